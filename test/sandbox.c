/*
 * Runs a program under a filter of system calls like the one systemd makes of a unit:
 *
 *   sandbox FILE PROGRAM [ARGUMENT…]
 *
 * FILE names the calls that are allowed, one a line; all others fail with EPERM. Besides, as the unit says:
 * MemoryDenyWriteExecute, RestrictAddressFamilies (Unix and Internet), RestrictNamespaces, no new privileges.
 */
#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int refuse(scmp_filter_ctx filter, const char *call, struct scmp_arg_cmp when)
{
	return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), seccomp_syscall_resolve_name(call),
				1, when);
}

/* What is refused by its arguments is a filter of its own: the kernel takes the strictest. */
static int load_refusals(void)
{
	static const int namespaces[] = {CLONE_NEWNS,  CLONE_NEWUTS, CLONE_NEWIPC,   CLONE_NEWUSER,
					 CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWCGROUP};
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int failed = seccomp_rule_add(
		filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(mmap), 1,
		SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC | PROT_WRITE, PROT_EXEC | PROT_WRITE));
	failed |= refuse(filter, "mprotect", SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
	for (size_t i = 0; i < sizeof namespaces / sizeof *namespaces; i++) {
		scmp_datum_t one = (scmp_datum_t)namespaces[i];
		failed |= refuse(filter, "clone", SCMP_A0(SCMP_CMP_MASKED_EQ, one, one));
		failed |= refuse(filter, "unshare", SCMP_A0(SCMP_CMP_MASKED_EQ, one, one));
	}
	for (int family = 0; family <= AF_INET6; family++)
		if (family != AF_UNIX && family != AF_INET && family != AF_INET6)
			failed |= refuse(filter, "socket",
					 SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)family));
	failed |= refuse(filter, "socket", SCMP_A0(SCMP_CMP_GT, AF_INET6));
	failed = failed || seccomp_load(filter);
	seccomp_release(filter);
	return failed;
}

static int load_allowed(const char *path)
{
	char line[100];
	FILE *names = fopen(path, "r");
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int failed = 0;
	while (names && fgets(line, sizeof line, names)) {
		line[strcspn(line, "\n")] = 0;
		int call = seccomp_syscall_resolve_name(line);
		if (call >= 0) /* others are not of this machine */
			failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
	}
	failed = !names || failed || seccomp_load(filter);
	seccomp_release(filter);
	return failed;
}

int main(int count, char **words)
{
	if (count < 3) {
		fprintf(stderr, "usage: sandbox FILE PROGRAM [ARGUMENT...]\n");
		return 2;
	}
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || load_refusals() || load_allowed(words[1])) {
		fprintf(stderr, "sandbox: no filter: %s\n", strerror(errno));
		return 1;
	}
	execv(words[2], words + 2);
	fprintf(stderr, "sandbox: %s: %s\n", words[2], strerror(errno));
	return 1;
}
