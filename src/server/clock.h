#pragma once
/*
 * What happens without a request, in two processes of their own: the clock starts jobs, delivers
 * events and clears away what has ended; the post sends letters. All of it is rows claimed with a
 * lease, or can be done twice, so any number of machines may do it.
 *
 * A job runs in a child process with limits of memory, processor time and files, since it may read
 * a file that a stranger made: what kills it kills nothing else.
 */
#include <signal.h>

#include "core/job.h"
#include "core/mail.h"

struct site;

int clock_run(const struct site *, const volatile sig_atomic_t *stop);
int post_run(const struct site *, const volatile sig_atomic_t *stop);

/* For tests, and for a demonstration that wants its jobs done at once. */
bool clock_run_job(const struct site *, struct db *); /* one due job, here; false if none was */

/* The kinds of all features as one table each. */
const struct job_kind *clock_job_kinds(const struct site *, struct arena *);
/* From the settings; url NULL: letters stay listed. */
struct mail_server clock_mail_server(const struct site *, struct arena *);
