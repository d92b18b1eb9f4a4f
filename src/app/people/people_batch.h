#pragma once
/*
 * A batch changes many people as one: a roster that came as a file (roster.h), or the year that begins
 * (rollover.h). It is looked at before anything is written (state "preview"), done by a job in short
 * writes, and undone as one by another.
 *
 * The plan (people_plan_rules.h) lies in the batch while it is done. What was done is a journal,
 * people_batch_row: a row of the plan with all its steps in one transaction, so that a job that died goes
 * on behind the last of them. Undone is from the end; what somebody else changed since is kept and told.
 */
#include "core/job.h"

struct req;

enum { BATCH_STEPS = 100, BATCH_AT_ONCE = 40 }; /* most steps of a row; rows in one write */

extern const struct job_kind people_batch_jobs[];

/* The row of people_batch.sql's by_id, or the null value. */
struct val *batch_by_id(struct db *, struct arena *, int64_t org, int64_t batch);
/* What stands now, as people_plan_rules.h wants it, but for `roles`. `scheme` is of the keys. */
struct val *batch_stands(struct db *, struct arena *, int64_t org, struct str scheme,
			 struct str day, int64_t now);
/* Writes the plan into the batch and asks for the job. 0: it is no longer a preview. */
int64_t batch_start(struct db *, struct arena *, const struct val *batch, const struct val *plan,
		    int64_t by, int64_t now);
/* Asks for the job that undoes it, or goes on with what was stopped. 0: there is nothing to do. */
int64_t batch_undo(struct db *, struct arena *, const struct val *batch, int64_t by, int64_t now);
int64_t batch_go_on(struct db *, struct arena *, const struct val *batch, int64_t by, int64_t now);
/* The whole plan at once, without a job: for the demonstration and for tests. */
bool batch_apply_now(struct db *, struct arena *, struct err *, const struct val *batch,
		     const struct val *plan, int64_t by, int64_t now);

/* Pages (people_batch_pages.c) */
int batch_index(struct req *), batch_page(struct req *), batch_apply(struct req *),
	batch_undo_post(struct req *), batch_go_on_post(struct req *), batch_discard(struct req *);
