#include "server/process.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched/types.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/steady.h"
#include "core/feature.h"
#include "server/config.h"
#include "server/log.h"

enum {
	CHILDREN_MAX = 260, /* the most workers, the clock, the post, the watch and the reader */
	YOUNG_US = 10 * 1000000,
	FIRST_WAIT_US = 100 * 1000,
	LONGEST_WAIT_US = 30 * 1000000,
};

struct child {
	const char *name;
	process_work *work;
	pid_t pid; /* 0: not running */
	int64_t began, again,
		wait; /* microseconds: when it began, when it may, how long it waits */
};

struct parent {
	const struct config *config;
	int listening;
	struct child children[CHILDREN_MAX];
	int count;
	void (*died)(const char *role, pid_t);
};

volatile sig_atomic_t process_reopen;
static volatile sig_atomic_t process_stop;

static void on_stop(int signal)
{
	(void)signal;
	process_stop = 1;
}

static void on_hangup(int signal)
{
	(void)signal;
	process_reopen = 1;
}

/* ---- the socket ---- */

static int open_socket(struct arena *a, const struct addrinfo *where, struct str address,
		       const char *option, struct str *problem)
{
	int on = 1;
	int fd = socket(where->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0 && !setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) &&
	    !bind(fd, where->ai_addr, where->ai_addrlen) && !listen(fd, 1024))
		return fd;
	if (errno == EADDRINUSE)
		*problem = str_fmt(a,
				   "another program already listens on " STR_FMT
				   ": stop it, or choose another with --%s",
				   STR_ARG(address), option);
	else if (errno == EACCES)
		*problem = str_fmt(a,
				   "not allowed to listen on " STR_FMT
				   ": ports below 1024 want CAP_NET_BIND_SERVICE, or a proxy",
				   STR_ARG(address));
	else
		*problem = str_fmt(a, "cannot listen on " STR_FMT ": %s", STR_ARG(address),
				   strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

int process_listen(struct arena *a, struct str address, const char *option, struct str *problem)
{
	ptrdiff_t colon = -1;
	for (size_t i = 0; i < address.n; i++)
		if (address.p[i] == ':')
			colon = (ptrdiff_t)i;
	struct str host = str_sub(address, 0, colon < 0 ? 0 : (size_t)colon);
	struct str port = str_from(address, (size_t)(colon + 1));
	int64_t number;
	if (host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']')
		host = str_sub(host, 1, host.n - 1);
	if (colon < 0 || !str_int(port, &number) || number < 0 || number > 65535) {
		*problem = str_fmt(a, "--%s wants ADDRESS:PORT, not \"" STR_FMT "\"", option,
				   STR_ARG(address));
		return -1;
	}
	struct addrinfo *found = NULL, hints = {.ai_family = AF_UNSPEC,
						.ai_socktype = SOCK_STREAM,
						.ai_flags = AI_PASSIVE | AI_NUMERICSERV};
	int failed = getaddrinfo(host.n ? str_c(a, host) : NULL, str_c(a, port), &hints, &found);
	if (failed) {
		*problem = str_fmt(a, "--%s " STR_FMT ": %s", option, STR_ARG(address),
				   gai_strerror(failed));
		return -1;
	}
	int fd = open_socket(a, found, address, option, problem);
	freeaddrinfo(found);
	return fd;
}

int process_port(int listening)
{
	union {
		struct sockaddr any;
		struct sockaddr_in four;
		struct sockaddr_in6 six;
	} at = {0};
	socklen_t size = sizeof at;
	if (getsockname(listening, &at.any, &size))
		return 0;
	return ntohs(at.any.sa_family == AF_INET6 ? at.six.sin6_port : at.four.sin_port);
}

/* ---- children ---- */

static void handle_signal(int signal, void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler}; /* no SA_RESTART: waits must end */
	sigemptyset(&action.sa_mask);
	sigaction(signal, &action, NULL);
}

static void start_child(struct parent *p, struct child *c)
{
	pid_t parent = getpid();
	c->began = steady_us();
	c->pid = fork();
	if (c->pid < 0) {
		log_line("process", "what=fork-failed name=%s error=\"%s\"", c->name,
			 strerror(errno));
		c->pid = 0;
		c->again = c->began + 1000000;
		return;
	}
	if (c->pid > 0) {
		log_line("process", "what=started name=%s pid=%d", c->name, (int)c->pid);
		return;
	}
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(EXIT_FAILED);
	handle_signal(SIGTERM, on_stop);
	handle_signal(SIGINT,
		      SIG_IGN); /* a Ctrl-C reaches the whole group: the parent passes it on */
	handle_signal(SIGHUP, on_hangup);
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	exit(c->work(p->config, p->listening, &process_stop));
}

/* A child that lived long starts again at once; one that keeps dying young waits twice as long
 * each time. */
static void child_died(struct child *c, int status, bool stopping)
{
	int64_t now = steady_us();
	bool young = now - c->began < YOUNG_US;
	c->wait = !young ? 0 : c->wait ? c->wait * 2 : FIRST_WAIT_US;
	if (c->wait > LONGEST_WAIT_US)
		c->wait = LONGEST_WAIT_US;
	c->again = now + c->wait;
	if (!stopping)
		log_line("process", "what=died name=%s pid=%d %s=%d again_ms=%lld", c->name,
			 (int)c->pid, WIFSIGNALED(status) ? "signal" : "exit",
			 WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
			 (long long)(c->wait / 1000));
	c->pid = 0;
}

static void reap(struct parent *p, bool stopping)
{
	int status;
	for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
		for (int i = 0; i < p->count; i++) {
			if (p->children[i].pid != pid)
				continue;
			child_died(&p->children[i], status, stopping);
			if (!stopping)
				p->died(p->children[i].name, pid);
		}
}

static int alive(const struct parent *p)
{
	int n = 0;
	for (int i = 0; i < p->count; i++)
		n += p->children[i].pid > 0;
	return n;
}

static void tell(const struct parent *p, int signal)
{
	for (int i = 0; i < p->count; i++)
		if (p->children[i].pid > 0)
			kill(p->children[i].pid, signal);
}

/* Starts whoever may; returns in how many microseconds someone else may. */
static int64_t start_due(struct parent *p)
{
	int64_t soonest = 60 * 1000000, now = steady_us();
	for (int i = 0; i < p->count; i++) {
		struct child *c = &p->children[i];
		if (c->pid > 0)
			continue;
		if (c->again <= now)
			start_child(p, c);
		else if (c->again - now < soonest)
			soonest = c->again - now;
	}
	return soonest;
}

static int next_signal(const sigset_t *set, int64_t microseconds)
{
	struct timespec wait = {.tv_sec = microseconds / 1000000,
				.tv_nsec = microseconds % 1000000 * 1000};
	return sigtimedwait(set, NULL, &wait);
}

static int stop_all(struct parent *p, const sigset_t *set)
{
	int64_t last_moment = steady_us() + (p->config->grace + 5) * 1000000;
	log_line("process", "what=stopping");
	tell(p, SIGTERM);
	reap(p, true);
	while (alive(p) && steady_us() < last_moment) {
		next_signal(set, 100000);
		reap(p, true);
	}
	bool clean = !alive(p);
	if (!clean)
		tell(p, SIGKILL);
	log_line("process", "what=stopped clean=%d", clean);
	return clean ? EXIT_OK : EXIT_FAILED;
}

int process_workers(const struct config *config)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	return config->workers ? (int)config->workers : processors < 1 ? 1 : (int)processors;
}

static void add_children(struct parent *p, const struct process_role *roles)
{
	for (; roles->name; roles++)
		for (int i = 0; i < roles->count && p->count < CHILDREN_MAX; i++)
			p->children[p->count++] =
				(struct child){.name = roles->name, .work = roles->work};
}

int process_run(const struct config *config, int listening, const struct process_role *roles,
		void (*died)(const char *role, pid_t))
{
	static const int watched[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD};
	struct parent p = {.config = config, .listening = listening, .died = died};
	sigset_t set;
	sigemptyset(&set);
	for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
		sigaddset(&set, watched[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	handle_signal(SIGPIPE, SIG_IGN);
	handle_signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of the write */
	add_children(&p, roles);
	for (;;) {
		int got = next_signal(&set, start_due(&p));
		if (got == SIGTERM || got == SIGINT)
			return stop_all(&p, &set);
		if (got == SIGHUP) {
			log_reopen();
			tell(&p, SIGHUP);
		}
		reap(&p, false);
	}
}

void process_short_turns(void)
{
	struct sched_attr a = {.size = sizeof a, .sched_runtime = 100000};
	syscall(SYS_sched_setattr, 0, &a, 0U);
}
