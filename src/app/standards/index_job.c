#include "app/standards/index_job.h"

#include "app/standards/store.h"
#include "base/arena.h"
#include "base/steady.h"
#include "core/feature.h"
#include "queries.h"

#include <time.h>
#include <unistd.h>

enum { STEP_MS = 25, FIRST_STEP = 100, LEAST_STEP = 20, MOST_STEP = 3200, BATCH_BYTES = 256 << 20 };

struct indexing {
	struct job *job;
	struct arena *batch;
	int64_t done;
};

typedef int64_t step(struct writer *, int64_t version, int64_t after, int64_t most);

/* As many at a time as the machine does while others may wait. */
static bool walk(struct indexing *x, int64_t version, step *one)
{
	struct job *j = x->job;
	struct writer w = {.db = j->db, .arena = x->batch, .org = j->org, .now = j->now()};
	int64_t after = 0, most = FIRST_STEP;
	do {
		int64_t began = steady_ms();
		db_use(j->db, x->batch, j->err);
		db_begin(j->db, DB_WRITE, j->org);
		after = one(&w, version, after, most);
		if (!db_commit(j->db))
			return false;
		int64_t took = steady_ms() - began;
		arena_reset(x->batch);
		x->done += after ? most : 0;
		if (took < STEP_MS / 2 && most < MOST_STEP)
			most *= 2;
		else if (took > STEP_MS && most > LEAST_STEP)
			most /= 2;
		if (!job_go_on(j, x->done, 0, N_("Search")))
			return false;
	} while (after);
	return true;
}

static bool index_all(struct indexing *x, int64_t version)
{
	struct job *j = x->job;
	if (!walk(x, version, store_index_published))
		return false;
	struct val *p = val_object(j->arena);
	val_set_int(p, "org", j->org);
	val_set_int(p, "version", version);
	db_use(j->db, j->arena, j->err);
	db_begin(j->db, DB_READ, j->org);
	struct val *older = db_rows(j->db, &q_store_older_versions, p);
	db_rollback(j->db);
	for (size_t i = 0; i < val_count(older); i++)
		if (!walk(x, val_i(val_at(older, i), "id"), store_unindex_some))
			return false;
	return true;
}

enum job_end index_job(struct job *j, struct val *result)
{
	struct indexing x = {.job = j, .batch = arena_new(BATCH_BYTES)};
	bool done = index_all(&x, val_i(j->input, "version"));
	db_rollback(j->db);
	db_use(j->db, j->arena, j->err);
	arena_free(x.batch);
	val_set_str(result, "message", str_of(N_("The search finds what was published.")));
	if (j->err->kind != ERR_NONE)
		return JOB_FAILED;
	return done ? JOB_DONE : JOB_STOPPED;
}

static int64_t clock_seconds(void)
{
	return (int64_t)time(NULL);
}

void index_now(struct command_call *c)
{
	static const struct job_kind kinds[] = {{.name = "standards.index", .run = index_job}, {0}};
	char host[64] = "";
	gethostname(host, sizeof host - 1);
	struct job job = {
		.db = c->db,
		.arena = c->arena,
		.err = c->err,
		.files = c->files,
		.now = clock_seconds,
		.holder = str_fmt(c->arena, "%s:%d:command", host, (int)getpid()),
	};
	while (c->err->kind == ERR_NONE && job_run_next(&job, kinds))
		continue;
}
