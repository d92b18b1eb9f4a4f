/* What a process may still do that reads a stranger's file: compute, and use its one socket. */
#include "core/apart.h"

#include <errno.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static bool limit(int what, rlim_t most)
{
	return !setrlimit(what, &(struct rlimit){.rlim_cur = most, .rlim_max = most});
}

/* The soft one says why it ended. */
static bool limit_cpu(const struct apart_kind *kind)
{
	rlim_t most = (rlim_t)kind->cpu_seconds;
	return !setrlimit(RLIMIT_CPU, &(struct rlimit){.rlim_cur = most, .rlim_max = most + 1});
}

static bool limit_all(const struct apart_kind *kind)
{
	bool good = limit_cpu(kind) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) &&
		    limit(RLIMIT_NOFILE, 0) && limit(RLIMIT_NPROC, 0);
#ifndef WITH_ADDRESS_SANITIZER /* it needs terabytes of addresses; the arena has its limit too */
	good = good && limit(RLIMIT_DATA, (rlim_t)kind->memory + 64 * 1024 * 1024);
#endif
	return good;
}

#define ARG(n, how, ...) SCMP_CMP(n, how, __VA_ARGS__)

/* Memory without code, and the ways to end. What is not allowed kills. */
static bool allow_computing(scmp_filter_ctx filter)
{
	static const int plain[] = {
		SCMP_SYS(munmap),      SCMP_SYS(mremap),        SCMP_SYS(brk),
		SCMP_SYS(madvise),     SCMP_SYS(exit),          SCMP_SYS(exit_group),
		SCMP_SYS(futex),       SCMP_SYS(clock_gettime), SCMP_SYS(getrandom),
		SCMP_SYS(getpid),      SCMP_SYS(gettid),        SCMP_SYS(rt_sigprocmask),
		SCMP_SYS(sched_yield), SCMP_SYS(rt_sigreturn),  SCMP_SYS(restart_syscall),
#ifdef WITH_ADDRESS_SANITIZER /* it looks at its stacks before a call that does not return */
		SCMP_SYS(sigaltstack),
#endif
	};
	int failed = 0;
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, plain[i], 0);
	failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
				   ARG(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
				   ARG(3, SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS));
	failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
				   ARG(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	/* abort() of MUST(): to itself, and no other signal */
	failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 2,
				   ARG(0, SCMP_CMP_EQ, (scmp_datum_t)getpid()),
				   ARG(2, SCMP_CMP_EQ, SIGABRT));
	return !failed;
}

static bool allow_talking(scmp_filter_ctx filter, int socket, bool tells)
{
	int failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(read), 1,
				      ARG(0, SCMP_CMP_EQ, (scmp_datum_t)socket));
	failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
				   ARG(0, SCMP_CMP_EQ, (scmp_datum_t)socket));
	/* What MUST() says before it aborts: heard, or dropped without a fuss. */
	failed |= seccomp_rule_add(filter, tells ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(EBADF),
				   SCMP_SYS(write), 1, ARG(0, SCMP_CMP_EQ, STDERR_FILENO));
	return !failed;
}

bool apart_confine(const struct apart_kind *kind, int socket, bool tells)
{
	if (!limit_all(kind) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0))
		return false;
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	return filter && allow_computing(filter) && allow_talking(filter, socket, tells) &&
	       !seccomp_load(filter);
}
