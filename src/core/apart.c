#include "core/apart.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/pack.h"
#include "base/steady.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	SOCKET = 3,    /* of the child, which has no other */
	PATIENCE = 20, /* seconds that a question may wait for its turn */
	YIELDS = 10,   /* nice(2): it holds no lock, and pages come first */
	MOST_OPTIONS = 64 * 1024,
	STEP = 64 * 1024,
	MOST_ANSWER = 256 * 1024 * 1024,
};

/* What is sent: this, the kind's name, the options as JSON, the bytes. What comes back is the
 * answer's length and the answer, packed; then, from the reader, one byte more: the end. */
struct question {
	uint64_t name, options, bytes;
};

const char *apart_words(enum apart_end end)
{
	static const char *const words[] = {
		[APART_READ] = "",
		[APART_FAULT] = N_("Reading this file failed, so nothing was imported. Save it "
				   "again from the program that made it, and try once more."),
		[APART_SLOW] = N_("Reading this file took too long, so nothing was imported. Split "
				  "it, or save it in a simpler form."),
		[APART_AWAY] = N_("Files cannot be read right now. Try again in a minute."),
	};
	return words[end];
}

int64_t apart_seconds(const struct apart_kind *kind)
{
	return kind->cpu_seconds * 3;
}

enum apart_end apart_end_of(int status, bool overdue)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return APART_READ;
	if (overdue || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU))
		return APART_SLOW;
	return WIFEXITED(status) && WEXITSTATUS(status) == APART_AWAY ? APART_AWAY : APART_FAULT;
}

/* ---- the child ---- */

static void take(char *to, size_t n)
{
	while (n) {
		ssize_t got = read(SOCKET, to, n < STEP ? n : STEP);
		if (got <= 0)
			_exit(APART_FAULT); /* who asked is gone */
		to += got;
		n -= (size_t)got;
	}
}

static struct str take_text(struct arena *a, size_t n)
{
	char *p = arena_alloc(a, n);
	take(p, n);
	return (struct str){p, n};
}

static void give(struct str s)
{
	while (s.n) {
		ssize_t put = write(SOCKET, s.p, s.n < STEP ? s.n : STEP);
		if (put <= 0)
			_exit(APART_FAULT);
		s = str_from(s, (size_t)put);
	}
}

static struct val *run(const struct apart_kind *kind, struct arena *a, struct str bytes,
		       struct str options)
{
	struct json_error wrong;
	struct val *given = json_read(a, options, MOST_OPTIONS, &wrong);
	MUST(given);
	return kind->read(a, bytes, given);
}

void apart_warm(const struct apart_kind *kind)
{
	struct arena *a = arena_new(kind->memory);
	struct buf b = {.arena = a};
	pack_write(&b, run(kind, a, str_of(kind->sample), S("{}")));
	arena_free(a);
}

/* Nothing of its parent's is left open, and no signal of its parent's is caught. */
static void be_nobody(int socket)
{
	static const int usual[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD, SIGPIPE, SIGABRT, SIGXCPU};
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		signal(usual[i], SIG_DFL);
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setpriority(PRIO_PROCESS, 0, YIELDS);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (socket != SOCKET)
		dup2(socket, SOCKET);
	close(STDIN_FILENO);
	close(STDOUT_FILENO);
	close_range(SOCKET + 1, ~0U, 0);
}

/* The name is read before the limits are known, hence before the filter: it chooses a row of a
 * table of ours, no more. */
_Noreturn void apart_child(int socket, const struct apart_kind *const *kinds, bool tells)
{
	struct question q;
	char name[64];
	be_nobody(socket);
	take((char *)&q, sizeof q);
	if (q.name > sizeof name || q.options > MOST_OPTIONS)
		_exit(APART_FAULT);
	take(name, q.name);
	while (*kinds && !str_is((struct str){name, q.name}, (*kinds)->name))
		kinds++;
	const struct apart_kind *kind = *kinds;
	if (!kind || q.bytes > kind->memory)
		_exit(APART_FAULT);
	/* With a zone that is said, the C library looks for none in the system's files afterwards:
	 * archives hold times, and libzip reads them. */
	setenv("TZ", "UTC0", 1);
	tzset();
	if (tells) /* the reader has done so before it forked */
		apart_warm(kind);
	if (!apart_confine(kind, SOCKET, tells))
		_exit(APART_AWAY);
	struct arena *a = arena_new(kind->memory);
	struct str options = take_text(a, q.options), bytes = take_text(a, q.bytes);
	struct buf b = {.arena = a};
	pack_write(&b, run(kind, a, bytes, options));
	uint64_t n = b.n;
	give((struct str){(const char *)&n, sizeof n});
	give(buf_str(&b));
	_exit(0);
}

/* ---- who asks ---- */

/* The answer's length comes first: then there is room for all of it, which costs nothing before it is
 * written. */
static void make_room(struct buf *got)
{
	uint64_t n = 0;
	if (got->n >= sizeof n)
		memcpy(&n, got->p, sizeof n);
	buf_room(got, n > got->n && n <= MOST_ANSWER ? n - got->n + 2 * STEP : STEP);
}

/* Sends the question and takes what comes until the other side closes. False if that was not in
 * time. A child that died while it was asked has closed its side: what is unsent is given up. */
static bool talk(int fd, struct str unsent, struct buf *got, int64_t seconds)
{
	int64_t until = steady_ms() + seconds * 1000;
	fcntl(fd, F_SETFL, O_NONBLOCK);
	for (;;) {
		int64_t left = until - steady_ms();
		struct pollfd p = {fd, (short)(POLLIN | (unsent.n ? POLLOUT : 0)), 0};
		if (left <= 0 || (poll(&p, 1, (int)left) < 0 && errno != EINTR))
			return false;
		if (p.revents & POLLOUT) {
			ssize_t put = send(fd, unsent.p, unsent.n, MSG_NOSIGNAL);
			if (put < 0 && errno != EAGAIN && errno != EINTR)
				unsent.n = 0;
			else if (put > 0)
				unsent = str_from(unsent, (size_t)put);
		}
		if (!(p.revents & (POLLIN | POLLHUP)))
			continue;
		if (got->n > MOST_ANSWER)
			return false;
		make_room(got);
		ssize_t n = recv(fd, got->p + got->n, STEP, 0);
		if (n > 0)
			got->n += (size_t)n;
		else if (n == 0 || (errno != EAGAIN && errno != EINTR))
			return true;
	}
}

static struct str question_of(struct arena *a, const struct apart_kind *kind, struct str bytes,
			      const struct val *options)
{
	struct buf b = {.arena = a}, json = {.arena = a};
	json_write(&json, options);
	struct question q = {strlen(kind->name), json.n, bytes.n};
	buf_room(&b, sizeof q + q.name + json.n + bytes.n);
	buf_add(&b, (struct str){(const char *)&q, sizeof q});
	buf_add(&b, str_of(kind->name));
	buf_add(&b, buf_str(&json));
	buf_add(&b, bytes);
	return buf_str(&b);
}

/* What came back, if it is all there and no more than it may be; else NULL. */
static struct val *answer_in(struct arena *a, const struct apart_kind *kind, struct str got)
{
	uint64_t n;
	if (got.n < sizeof n)
		return NULL;
	memcpy(&n, got.p, sizeof n);
	struct str packed = str_from(got, sizeof n);
	size_t most = kind->answer ? kind->answer : MOST_ANSWER;
	return packed.n == n ? pack_read(a, packed, most) : NULL;
}

static enum apart_end alone(const struct apart_kind *kind, struct str question, struct buf *got)
{
	int pair[2], status = 0;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		return APART_AWAY;
	pid_t pid = fork();
	if (pid == 0)
		apart_child(pair[1], (const struct apart_kind *const[]){kind, NULL}, true);
	close(pair[1]);
	bool in_time = pid > 0 && talk(pair[0], question, got, apart_seconds(kind));
	close(pair[0]);
	if (pid < 0)
		return APART_AWAY;
	if (!in_time)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	return apart_end_of(status, !in_time);
}

/* The reader gets one end of a socket and gives it to the child. */
static bool hand_over(int ask, int fd)
{
	char mark = 'r';
	union {
		struct cmsghdr head;
		char bytes[CMSG_SPACE(sizeof fd)];
	} control = {0};
	struct iovec one = {&mark, 1};
	struct msghdr message = {.msg_iov = &one,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof control.bytes};
	struct cmsghdr *c = CMSG_FIRSTHDR(&message);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof fd);
	memcpy(CMSG_DATA(c), &fd, sizeof fd);
	return sendmsg(ask, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == 1;
}

static enum apart_end by_reader(int ask, const struct apart_kind *kind, struct str question,
				struct buf *got)
{
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		return APART_AWAY;
	bool asked = hand_over(ask, pair[1]);
	close(pair[1]);
	bool told = asked && talk(pair[0], question, got, apart_seconds(kind) + PATIENCE);
	close(pair[0]);
	if (!told || !got->n)
		return APART_AWAY;
	unsigned char end = (unsigned char)got->p[--got->n];
	return end <= APART_AWAY ? (enum apart_end)end : APART_FAULT;
}

static void free_arena(void *arena)
{
	arena_free(arena);
}

enum apart_end apart_read(struct apart apart, struct arena *a, const struct apart_kind *kind,
			  struct str bytes, const struct val *options, struct val **given)
{
	/* An arena of its own: that of the request may jump away, with a socket open. */
	struct arena *own = arena_new(SIZE_MAX / 2);
	arena_defer(a, free_arena, own);
	struct buf got = {.arena = own};
	struct str question = question_of(own, kind, bytes, options);
	enum apart_end end = apart.ask < 0 ? alone(kind, question, &got)
					   : by_reader(apart.ask, kind, question, &got);
	struct val *answer = end == APART_READ ? answer_in(a, kind, buf_str(&got)) : NULL;
	if (end == APART_READ && !answer)
		return APART_FAULT;
	if (answer)
		*given = answer;
	return end;
}
