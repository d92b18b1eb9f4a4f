#include "core/job.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "core/args.h"
#include "queries.h"

enum { INPUT_MAX = 16 * 1024 * 1024, MAX_TRIES = 5, LEASE = 60 };

static struct str json_of(struct arena *a, const struct val *v)
{
	struct buf b = {.arena = a};
	if (val_kind(v) == VAL_OBJECT)
		json_write(&b, v);
	else
		buf_lit(&b, "{}");
	return buf_str(&b);
}

static struct val *object_of(struct arena *a, struct str json)
{
	struct json_error wrong;
	struct val *v = json_read(a, json, INPUT_MAX, &wrong);
	return val_kind(v) == VAL_OBJECT ? v : val_object(a);
}

int64_t job_delay(int64_t tries)
{
	return tries >= 6 ? 3600 : (int64_t)60 << (tries > 0 ? tries : 0);
}

int64_t job_ask(struct db *db, struct arena *a, const struct job_asked *j)
{
	struct str key = str_of(j->key);
	int64_t id = db_id(db, &q_job_ask,
			   ARGS(a, ARG_NULL("org", j->org), ARG_NULL("owner", j->owner),
				ARG_AS("kind", j->kind), ARG_AS("title", j->title),
				ARG_NULL("key", key), ARG_AS("input", json_of(a, j->input)),
				ARG_AS("not_before", j->not_before ? j->not_before : j->now),
				ARG_AS("now", j->now)));
	if (id || !key.n)
		return id;
	return db_id(db, &q_job_asked, ARGS(a, ARG_NULL("org", j->org), ARG(key)));
}

void job_ask_at(struct db *db, struct arena *a, const struct job_asked *asked, int64_t about)
{
	struct job_asked job = *asked;
	job.key = str_c(a, str_fmt(a, "%s.%lld.%lld", job.kind, (long long)about,
				   (long long)job.not_before));
	job_ask(db, a, &job);
}

static const struct job_kind *kind_of(const struct job_kind *kinds, struct str name)
{
	for (; kinds->name; kinds++)
		if (str_is(name, kinds->name))
			return kinds;
	return NULL;
}

/* Only of `kinds`: a newer program's jobs, however many, hide none of ours. */
static struct val *due_of(struct db *db, struct arena *a, const struct job_kind *kinds, int64_t now)
{
	struct val *names = val_list(a);
	for (; kinds->name; kinds++)
		val_push(names, val_text(a, str_of(kinds->name)));
	return db_rows(db, &q_job_due, ARGS(a, ARG(now), ARG_AS("kinds", json_text(a, names))));
}

bool job_is_due(struct db *db, struct arena *a, const struct job_kind *kinds, int64_t now)
{
	return val_count(due_of(db, a, kinds, now)) > 0;
}

/* In a transaction of its own; null if another runner was faster. */
static struct val *take(struct job *j, int64_t id)
{
	int64_t now = j->now();
	db_begin(j->db, DB_WRITE, 0);
	struct val *row = db_row(j->db, &q_job_claim,
				 ARGS(j->arena, ARG(id), ARG(now), ARG_AS("holder", j->holder),
				      ARG_AS("lease_until", now + j->lease)));
	if (db_commit(j->db))
		return row;
	db_rollback(j->db);
	return val_null();
}

const struct job_kind *job_claim(struct job *j, const struct job_kind *kinds)
{
	db_begin(j->db, DB_READ, 0);
	struct val *due = due_of(j->db, j->arena, kinds, j->now());
	db_rollback(j->db);
	for (size_t i = 0; i < val_count(due); i++) {
		const struct job_kind *kind = kind_of(kinds, val_s(val_at(due, i), "kind"));
		j->id = val_i(val_at(due, i), "id");
		j->lease = kind->lease ? kind->lease : LEASE;
		j->lost = false;
		j->told_at = 0;
		struct val *row = take(j, j->id);
		if (val_is_null(row))
			continue;
		j->org = val_i(row, "org");
		j->owner = val_i(row, "owner");
		j->tries = val_i(row, "tries");
		j->input = object_of(j->arena, val_s(row, "input"));
		return kind;
	}
	return NULL;
}

bool job_go_on(struct job *j, int64_t done, int64_t total, const char *words)
{
	int64_t now = j->now();
	if (j->lost || j->err->kind != ERR_NONE)
		return false;
	if (now == j->told_at)
		return true;
	j->told_at = now;
	db_begin(j->db, DB_WRITE, j->org);
	int64_t answer = db_id(j->db, &q_job_go_on,
			       ARGS(j->arena, ARG_AS("id", j->id), ARG_AS("holder", j->holder),
				    ARG_AS("tries", j->tries), ARG(done), ARG(total),
				    ARG_AS("words", words ? words : ""),
				    ARG_AS("lease_until", now + j->lease)));
	if (!db_commit(j->db)) {
		db_rollback(j->db);
		return false;
	}
	j->lost = answer != 1; /* 0: the lease is another's; 2: stop */
	return !j->lost;
}

/* A failure is tried again later, until it has been tried often enough. */
static const char *state_after(const struct job *j, const struct job_kind *kind, enum job_end end)
{
	static const char *const states[] = {
		[JOB_DONE] = "done",
		[JOB_REFUSED] = "refused",
		[JOB_STOPPED] = "stopped",
		[JOB_FAILED] = "failed",
	};
	int max = kind->max_tries ? kind->max_tries : MAX_TRIES;
	return end == JOB_FAILED && j->tries < max ? "waiting" : states[end];
}

void job_settle(struct job *j, const struct job_kind *kind, enum job_end end,
		const struct val *result)
{
	const char *state = state_after(j, kind, end);
	int64_t now = j->now();
	bool again = str_is(str_of(state), "waiting");
	db_begin(j->db, DB_WRITE, j->org);
	db_exec(j->db, &q_job_settle,
		ARGS(j->arena, ARG_AS("id", j->id), ARG_AS("holder", j->holder),
		     ARG_AS("tries", j->tries), ARG(state),
		     ARG_AS("result", json_of(j->arena, result)),
		     ARG_AS("due_at", again ? now + job_delay(j->tries) : now),
		     ARG_NULL("finished_at", again ? (int64_t)0 : now)));
	if (!db_commit(j->db))
		db_rollback(j->db);
}

bool job_run_next(struct job *j, const struct job_kind *kinds)
{
	const struct job_kind *kind = job_claim(j, kinds);
	if (!kind)
		return false;
	struct val *result = val_object(j->arena);
	enum job_end end = JOB_FAILED;
	/* A job that took its runners with it more often than it may be tried is not started again.
	 */
	if (j->tries <= (kind->max_tries ? kind->max_tries : MAX_TRIES))
		end = kind->run(j, result);
	if (j->err->kind != ERR_NONE) {
		db_rollback(j->db);
		*j->err = (struct err){0};
		end = JOB_FAILED;
	}
	job_settle(j, kind, end, result);
	return true;
}

struct val *job_seen(struct db *db, struct arena *a, int64_t org, int64_t owner, int64_t id)
{
	struct val *row = db_row(db, &q_job_seen, ARGS(a, ARG(org), ARG(owner), ARG(id)));
	if (!val_is_null(row))
		val_set(row, "result", object_of(a, val_s(row, "result")));
	return row;
}

struct val *job_list(struct db *db, struct arena *a, int64_t org, int64_t owner, int64_t before,
		     int64_t most)
{
	return db_rows(db, &q_job_list,
		       ARGS(a, ARG(org), ARG(owner), ARG_NULL("before", before), ARG(most)));
}

bool job_stop(struct db *db, struct arena *a, int64_t org, int64_t owner, int64_t id, int64_t now)
{
	if (db_exec(db, &q_job_stop, ARGS(a, ARG(org), ARG(owner), ARG(id))) != 1)
		return false;
	db_exec(db, &q_job_stop_waiting, ARGS(a, ARG(org), ARG(id), ARG(now)));
	return true;
}
