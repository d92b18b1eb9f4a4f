#pragma once
/*
 * The processes of `waypost serve`: a parent that only watches, and its children by role: workers
 * that share one listening socket, a clock, a post. A child that dies is started again, later and
 * later while it keeps dying young. SIGTERM or SIGINT: no new connections, running requests finish,
 * at most `grace` seconds, then everything ends. SIGHUP: log files are opened again.
 */
#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/str.h"

struct arena;
struct config;

/* "127.0.0.1:8080", "[::1]:8080" or ":8080", as `option` has it. A socket, or -1 with *problem
 * saying what to do. */
int process_listen(struct arena *, struct str address, const char *option, struct str *problem);
int process_port(int listening); /* the one the system chose, where the address says 0 */

/* A child's work: returns its exit code when *stop is set, or dies. */
typedef int process_work(const struct config *, int listening, const volatile sig_atomic_t *stop);
struct process_role {
	const char *name; /* for the log */
	process_work *work;
	int count;
};
/* Runs until told to stop; an exit_code. `roles` ends with a NULL name. `died` is told of every
 * child that ended without being told to. */
int process_run(const struct config *, int listening, const struct process_role *roles,
		void (*died)(const char *role, pid_t));
int process_workers(const struct config *); /* how many: as set, else one for each processor */

/* The calling thread, which answers many in little time each, is let in before those that work long
 * at a stretch: it asks for slices of a tenth of a millisecond (sched_setattr(2); Linux from 6.12
 * on heeds it, older ones do not). Threads it starts later inherit that. */
void process_short_turns(void);

/* Set by SIGHUP; a child that sees it calls log_reopen() and clears it. */
extern volatile sig_atomic_t process_reopen;
