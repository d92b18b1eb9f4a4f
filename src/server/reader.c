#include "server/reader.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/steady.h"
#include "server/log.h"
#include "server/process.h"

enum { CHILDREN = 4, KINDS = 32, LONGEST_WAIT_MS = 1000 };

struct reading {
	pid_t pid; /* 0: free */
	int socket;
	int64_t until; /* microseconds, by the clock */
	bool overdue;
};

struct reader {
	const struct apart_kind *kinds[KINDS + 1];
	int64_t longest; /* of any kind: which one it is, only the child knows */
	struct reading at[CHILDREN];
	int hear;
};

bool reader_open(struct reader_line *line)
{
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair))
		return false;
	*line = (struct reader_line){.ask = pair[0], .hear = pair[1]};
	return true;
}

static void know_kinds(struct reader *r, const struct feature *const *features)
{
	int n = 0;
	for (; *features; features++)
		for (const struct apart_kind *k = (*features)->apart; k && k->name; k++) {
			MUST(n < KINDS);
			r->kinds[n++] = k;
			if (apart_seconds(k) > r->longest)
				r->longest = apart_seconds(k);
			apart_warm(k);
		}
}

/* The socket that came with a message; -1 if none did. */
static int take_socket(int hear)
{
	int fd = -1;
	char mark;
	union {
		struct cmsghdr head;
		char bytes[CMSG_SPACE(sizeof fd)];
	} control;
	struct iovec one = {&mark, 1};
	struct msghdr message = {.msg_iov = &one,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof control.bytes};
	if (recvmsg(hear, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT) <= 0)
		return -1;
	struct cmsghdr *c = CMSG_FIRSTHDR(&message);
	if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS &&
	    c->cmsg_len == CMSG_LEN(sizeof fd))
		memcpy(&fd, CMSG_DATA(c), sizeof fd);
	return fd;
}

static void tell_end(struct reading *one, enum apart_end end)
{
	char byte = (char)end;
	send(one->socket, &byte, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
	close(one->socket);
	*one = (struct reading){0};
}

static void begin(struct reader *r, struct reading *one)
{
	int fd = take_socket(r->hear);
	if (fd < 0)
		return;
	*one = (struct reading){.socket = fd, .until = steady_us() + r->longest * 1000000};
	one->pid = fork();
	if (one->pid == 0)
		apart_child(fd, r->kinds, false);
	if (one->pid < 0) {
		log_line("reader", "what=fork-failed error=\"%s\"", strerror(errno));
		tell_end(one, APART_AWAY);
	}
}

static void reap(struct reader *r)
{
	int status;
	for (int i = 0; i < CHILDREN; i++) {
		struct reading *one = &r->at[i];
		if (!one->pid || waitpid(one->pid, &status, WNOHANG) != one->pid)
			continue;
		enum apart_end end = apart_end_of(status, one->overdue);
		if (end != APART_READ)
			log_line("reader", "what=broken pid=%d %s=%d overdue=%d", (int)one->pid,
				 WIFSIGNALED(status) ? "signal" : "exit",
				 WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
				 one->overdue);
		tell_end(one, end);
	}
}

/* Ends who is over time; returns for how long the others may go on. */
static int64_t end_overdue(struct reader *r)
{
	int64_t now = steady_us(), wait = LONGEST_WAIT_MS;
	for (int i = 0; i < CHILDREN; i++) {
		struct reading *one = &r->at[i];
		if (!one->pid || one->overdue)
			continue;
		int64_t left = (one->until - now) / 1000;
		if (left <= 0) {
			one->overdue = true;
			kill(one->pid, SIGKILL);
		} else if (left < wait) {
			wait = left;
		}
	}
	return wait;
}

static struct reading *free_place(struct reader *r)
{
	for (int i = 0; i < CHILDREN; i++)
		if (!r->at[i].pid)
			return &r->at[i];
	return NULL;
}

static void on_child(int signal)
{
	(void)signal; /* it only ends a wait */
}

int reader_run(int hear, const struct feature *const *features, const volatile sig_atomic_t *stop)
{
	struct reader r = {.hear = hear};
	sigset_t child, before;
	struct sigaction action = {.sa_handler = on_child};
	sigemptyset(&action.sa_mask);
	sigaction(SIGCHLD, &action, NULL);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, &before);
	know_kinds(&r, features);
	while (!*stop) {
		struct reading *place = free_place(&r);
		int64_t wait = end_overdue(&r);
		struct pollfd p = {hear, POLLIN, 0};
		struct timespec until = {wait / 1000, wait % 1000 * 1000000};
		/* A child's end is heard only here: never missed between looking and waiting. */
		if (ppoll(&p, place ? 1 : 0, &until, &before) > 0 && place)
			begin(&r, place);
		reap(&r);
		if (process_reopen) {
			process_reopen = 0;
			log_reopen();
		}
	}
	for (int i = 0; i < CHILDREN; i++)
		if (r.at[i].pid)
			kill(r.at[i].pid, SIGKILL);
	return EXIT_OK;
}
