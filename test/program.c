#include "program.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"

enum { WORDS_MAX = 30, PATIENCE_MS = 10000 };

static const char *binary(void)
{
	static char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 20);
	if (n <= 0)
		return "";
	path[n] = '\0';
	for (int up = 0; up < 2; up++)
		*strrchr(path, '/') = '\0';
	strncat(path, "/waypost", sizeof path - strlen(path) - 1);
	return path;
}

bool program_is_built(void)
{
	return !access(binary(), X_OK);
}

const char *program_path(const struct program *p, const char *name)
{
	return str_c(test_arena, str_fmt(test_arena, "%s/%s", p->folder, name));
}

bool program_has(struct str text, const char *wanted)
{
	bool found = str_find(text, str_of(wanted)) >= 0;
	if (!found)
		printf("    no \"%s\" in:\n" STR_FMT "\n", wanted, STR_ARG(str_sub(text, 0, 6000)));
	return found;
}

static void pause_ms(int ms)
{
	struct timespec wait = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};
	nanosleep(&wait, NULL);
}

static struct str read_all(int fd)
{
	struct buf out = {.arena = test_arena};
	char part[4096];
	for (ssize_t n; (n = read(fd, part, sizeof part)) != 0;) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		buf_add(&out, (struct str){part, (size_t)n});
	}
	return buf_str(&out);
}

static int ended(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static _Noreturn void child(char **words, int input, int output)
{
	dup2(input, STDIN_FILENO);
	dup2(output, STDOUT_FILENO);
	dup2(output, STDERR_FILENO);
	/* What the machine's own environment says is nothing to a test. */
	extern char **environ;
	for (char **e = environ; e && *e;)
		if (!strncmp(*e, "WAYPOST_", 8)) {
			char name[200];
			snprintf(name, sizeof name, "%.*s", (int)strcspn(*e, "="), *e);
			unsetenv(name);
			e = environ;
		} else {
			e++;
		}
	execv(words[0], words);
	_exit(127);
}

static pid_t start(char **words, int input, int output)
{
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0)
		child(words, input, output);
	return pid;
}

int program_run(struct str *output, const char *input, const char *word, ...)
{
	char *words[WORDS_MAX] = {(char *)(uintptr_t)binary()};
	int count = 1, in[2], out[2], status = 0;
	va_list rest;
	va_start(rest, word);
	for (; word && count < WORDS_MAX - 1; word = va_arg(rest, const char *))
		words[count++] = (char *)(uintptr_t)word;
	va_end(rest);
	if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC))
		return -1;
	pid_t pid = start(words, in[0], out[1]);
	close(in[0]);
	close(out[1]);
	if (input && write(in[1], input, strlen(input)) < 0)
		status = -1;
	close(in[1]);
	*output = read_all(out[0]);
	close(out[0]);
	waitpid(pid, &status, 0);
	return ended(status);
}

/* ---- serving ---- */

static const char *in_folder(const struct program *p, const char *name)
{
	return str_c(test_arena, str_fmt(test_arena, "%s/%s", p->folder, name));
}

struct str program_log(const struct program *p)
{
	int fd = open(in_folder(p, "log"), O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return (struct str){0};
	struct str text = read_all(fd);
	close(fd);
	return text;
}

int64_t program_logged(const struct program *p, const char *with, const char *name)
{
	struct str rest = program_log(p), line, mark = str_fmt(test_arena, " %s=", name);
	int64_t found = 0;
	while (str_cut(&rest, '\n', &line)) {
		ptrdiff_t at = str_find(line, mark);
		if (str_find(line, str_of(with)) < 0 || at < 0)
			continue;
		struct str number = str_from(line, (size_t)at + mark.n), word;
		str_cut(&number, ' ', &word);
		str_int(word, &found);
	}
	return found;
}

bool program_says(const struct program *p, const char *text, int times)
{
	for (int waited = 0; waited < PATIENCE_MS; waited += 20) {
		struct str rest = program_log(p);
		int seen = 0;
		for (ptrdiff_t at; (at = str_find(rest, str_of(text))) >= 0; seen++)
			rest = str_from(rest, (size_t)at + 1);
		if (seen >= times)
			return true;
		pause_ms(20);
	}
	return false;
}

bool program_serve(struct program *p)
{
	*p = (struct program){.folder = "/tmp/waypost-program-XXXXXX"};
	return mkdtemp(p->folder) && program_start(p, NULL);
}

/* `output` is where its standard error goes. */
static void start_serving(struct program *p, const char *const *more, int output)
{
	const char *db = str_c(test_arena, str_fmt(test_arena, "sqlite:%s/w.db", p->folder));
	const char *words[WORDS_MAX] = {
		binary(),    "serve", "--db",    db,   "--listen", "127.0.0.1:0",
		"--workers", "1",     "--grace", "10", "--log",    in_folder(p, "log")};
	for (int i = 12; more && *more && i < WORDS_MAX - 1; i++)
		words[i] = *more++;
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	p->pid = start((char **)(uintptr_t)words, nothing, output < 0 ? nothing : output);
	close(nothing);
}

bool program_start(struct program *p, const char *const *more)
{
	start_serving(p, more, -1);
	if (!program_says(p, "name=worker", 1))
		return false;
	p->port = (int)program_logged(p, "what=listening", "port");
	return p->port > 0;
}

static int free_port(void)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t size = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool bound = !bind(fd, (const struct sockaddr *)&at, sizeof at) &&
		     !getsockname(fd, (struct sockaddr *)&at, &size);
	close(fd);
	return bound ? ntohs(at.sin_port) : 0;
}

bool program_serve_unheard(struct program *p, const char *log, int output)
{
	*p = (struct program){.folder = "/tmp/waypost-program-XXXXXX", .port = free_port()};
	const char *at = str_c(test_arena, str_fmt(test_arena, "127.0.0.1:%d", p->port));
	const char *const more[] = {"--listen", at, "--log", log, NULL};
	if (!mkdtemp(p->folder))
		return false;
	start_serving(p, more, output);
	for (int waited = 0; waited < PATIENCE_MS; waited += 20) {
		int fd = program_connect(p);
		if (fd >= 0) {
			close(fd);
			return true;
		}
		pause_ms(20);
	}
	return false;
}

int program_stop(struct program *p)
{
	int status = -1;
	if (p->pid > 0) {
		kill(p->pid, SIGTERM);
		waitpid(p->pid, &status, 0);
		p->pid = 0;
	}
	return ended(status);
}

static void remove_folder(const char *path)
{
	DIR *d = opendir(path);
	for (struct dirent *e; d && (e = readdir(d));) {
		const char *inner =
			str_c(test_arena, str_fmt(test_arena, "%s/%s", path, e->d_name));
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
			continue;
		if (unlink(inner))
			remove_folder(inner);
	}
	if (d)
		closedir(d);
	rmdir(path);
}

void program_gone(struct program *p)
{
	program_stop(p);
	remove_folder(p->folder);
}

/* ---- asking ---- */

int program_connect(const struct program *p)
{
	struct sockaddr_in to = {.sin_family = AF_INET,
				 .sin_port = htons((uint16_t)p->port),
				 .sin_addr = {htonl(INADDR_LOOPBACK)}};
	struct timeval patience = {.tv_sec = 20};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	if (connect(fd, (const struct sockaddr *)&to, sizeof to)) {
		close(fd);
		return -1;
	}
	return fd;
}

bool program_send(int socket, const char *text)
{
	size_t size = strlen(text);
	return send(socket, text, size, MSG_NOSIGNAL) == (ssize_t)size;
}

struct str program_answer(int socket)
{
	struct str answer = read_all(socket);
	close(socket);
	return answer;
}

struct str program_ask(const struct program *p, const char *request)
{
	int socket = program_connect(p);
	if (socket < 0)
		return (struct str){0};
	program_send(socket, request);
	return program_answer(socket);
}
