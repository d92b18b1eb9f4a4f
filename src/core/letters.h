#pragma once
/*
 * Letters to many: a few receivers a transaction. The first few are written inside the request that
 * asks for them, so that a class is written to when its page comes back; the others by a job. A job
 * that dies or is started again begins where the request ended: a letter has a key (core/letter.h),
 * so none is written twice.
 */
#include "core/job.h"

struct letters_work {
	const char *job; /* the kind of the job */
	int step;        /* how many a few are */
	/* Writes to a few, from behind input.after on, in the transaction that is open. Gives where
	 * the next few begin; 0: that was all. */
	int64_t (*some)(struct db *, struct arena *, const struct val *org, const struct val *input,
			int64_t now);
};
struct letters_asked {
	const struct val *org, *input;
	int64_t owner, now;
	struct str title; /* of the job, in the owner's words */
};
/* Inside the caller's transaction. The job's id; 0 where none was needed. */
int64_t letters_write(struct db *, struct arena *, const struct letters_work *,
		      const struct letters_asked *);
/* What the job does; `path` is where its page leads. */
enum job_end letters_job(struct job *, struct val *result, const struct letters_work *,
			 struct str path);
