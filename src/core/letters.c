#include "core/letters.h"

#include "base/arena.h"
#include "core/org.h"

enum { STEP_BYTES = 64 << 20 };

int64_t letters_write(struct db *db, struct arena *a, const struct letters_work *work,
		      const struct letters_asked *asked)
{
	struct val *rest = val_object(a);
	int64_t after = work->some(db, a, asked->org, asked->input, asked->now);
	if (!after)
		return 0;
	val_merge(rest, asked->input);
	val_set_int(rest, "after", after);
	return job_ask(db, a,
		       &(struct job_asked){.org = val_i(asked->org, "id"),
					   .owner = asked->owner,
					   .kind = work->job,
					   .title = asked->title,
					   .input = rest,
					   .now = asked->now});
}

/* One transaction, in an arena that the next one begins anew. */
static int64_t step(struct job *job, const struct letters_work *work, const struct val *input,
		    struct arena *a, bool *good)
{
	db_use(job->db, a, job->err);
	db_begin(job->db, DB_WRITE, job->org);
	const struct val *org = org_by_id(job->db, a, job->org);
	int64_t after = work->some(job->db, a, org, input, job->now());
	*good = db_commit(job->db);
	db_use(job->db, job->arena, job->err);
	arena_reset(a);
	return after;
}

enum job_end letters_job(struct job *job, struct val *result, const struct letters_work *work,
			 struct str path)
{
	struct val *input = val_object(job->arena);
	struct arena *a = arena_new(STEP_BYTES);
	int64_t done = 0, after = val_i(job->input, "after");
	bool good = true;
	val_merge(input, job->input);
	while (good && after && job_go_on(job, done, 0, N_("Letters are being written"))) {
		val_set_int(input, "after", after);
		after = step(job, work, input, a, &good);
		done += work->step;
	}
	arena_free(a);
	val_set_str(result, "message", str_of(N_("The letters are written.")));
	val_set_str(result, "path", path);
	return !good ? JOB_FAILED : after ? JOB_STOPPED : JOB_DONE;
}
