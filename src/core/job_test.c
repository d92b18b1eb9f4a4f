#include "core/job.h"

#include "base/arena.h"
#include "core/args.h"
#include "fixture.h"

enum { NOW = 1795262400 };

static int64_t clock_now;
static int64_t now(void)
{
	return clock_now;
}

static struct {
	int64_t org, owner, other;
} who;

static void begin(struct db *db)
{
	clock_now = NOW;
	db_begin(db, DB_WRITE, 0);
	who.org = db_id(db,
			SQL("INSERT INTO org (slug, base, zone, made_at) VALUES ('one', "
			    "'https://example.test', 'UTC', 1) RETURNING id"),
			val_object(test_arena));
	int64_t *const people[] = {&who.owner, &who.other};
	for (int i = 0; i < 2; i++)
		*people[i] = db_id(db,
				   SQL("INSERT INTO person (name, sort_name, lang, made_at) VALUES "
				       "('Zoe', 'Zoe', 'en', 1) RETURNING id"),
				   val_object(test_arena));
	CHECK(db_commit(db));
}

static int64_t ask(struct db *db, const char *kind, const char *key)
{
	db_begin(db, DB_WRITE, who.org);
	int64_t id = job_ask(db, test_arena,
			     &(struct job_asked){.org = who.org,
						 .owner = who.owner,
						 .now = clock_now,
						 .kind = kind,
						 .input = ARGS(test_arena, ARG_AS("rows", 3)),
						 .key = key});
	CHECK(db_commit(db));
	return id;
}

static struct job runner(struct db *db, struct err *err, const char *name)
{
	return (struct job){
		.db = db, .arena = test_arena, .err = err, .holder = str_of(name), .now = now};
}

static struct val *seen(struct db *db, int64_t owner, int64_t id)
{
	db_begin(db, DB_READ, 0);
	struct val *row = job_seen(db, test_arena, who.org, owner, id);
	CHECK(db_commit(db));
	return row;
}

static void press_stop(struct db *db, int64_t owner, int64_t id, bool works)
{
	db_begin(db, DB_WRITE, who.org);
	CHECK_INT(job_stop(db, test_arena, who.org, owner, id, clock_now), works);
	CHECK(db_commit(db));
}

/* Counts its input's rows, a second each; in the middle its owner presses stop if `stopping`. */
static bool stopping;
static enum job_end count_rows(struct job *j, struct val *result)
{
	int64_t rows = val_i(j->input, "rows");
	for (int64_t i = 1; i <= rows; i++) {
		clock_now++;
		if (!job_go_on(j, i, rows, "Counting"))
			return JOB_STOPPED;
		if (stopping && i == 2)
			press_stop(j->db, who.owner, j->id, true);
	}
	val_set_int(result, "counted", rows);
	return JOB_DONE;
}

static enum job_end world_fails(struct job *j, struct val *result)
{
	(void)result;
	db_begin(j->db, DB_WRITE, j->org);
	db_exec(j->db, SQL("INSERT INTO audit (verb, request_id, made_at) VALUES (NULL, '', 1)"),
		val_object(test_arena));
	return JOB_DONE; /* it did not look */
}

static enum job_end refuses(struct job *j, struct val *result)
{
	(void)j;
	val_set_str(result, "message", S("Line 3 has no name."));
	return JOB_REFUSED;
}

static const struct job_kind kinds[] = {
	{"test.count", count_rows, 0, 60},
	{"test.fails", world_fails, 2, 60},
	{"test.refuses", refuses, 0, 0},
	{NULL, NULL, 0, 0},
};

TEST_DB("a job runs once, shows its progress to its owner, and keeps its result")
{
	begin(db);
	stopping = false;
	int64_t id = ask(db, "test.count", NULL);
	CHECK_STR(val_s(seen(db, who.owner, id), "state"), "waiting");
	CHECK(val_is_null(seen(db, who.other, id))); /* not theirs */
	CHECK(!val_is_null(seen(db, 0, id)));        /* the organisation's administrators */
	struct job j = runner(db, err, "a");
	CHECK(job_run_next(&j, kinds));
	CHECK(!job_run_next(&j, kinds));
	struct val *row = seen(db, who.owner, id);
	CHECK_STR(val_s(row, "state"), "done");
	CHECK_INT(val_i(row, "done"), 3);
	CHECK_INT(val_i(row, "total"), 3);
	CHECK_STR(val_s(row, "words"), "Counting");
	CHECK_INT(val_i(val_get(row, "result"), "counted"), 3);
}

TEST_DB("asked twice under one key is one job until it is finished")
{
	begin(db);
	stopping = false;
	int64_t id = ask(db, "test.count", "import-7");
	CHECK_INT(ask(db, "test.count", "import-7"), id);
	CHECK(ask(db, "test.count", NULL) != id);
	struct job j = runner(db, err, "a");
	while (job_run_next(&j, kinds))
		;
	CHECK(ask(db, "test.count", "import-7") != id);
}

TEST_DB("its owner stops a running job; nobody else can")
{
	begin(db);
	int64_t id = ask(db, "test.count", NULL), waiting = ask(db, "test.count", NULL);
	press_stop(db, who.other, id, false);
	press_stop(db, who.owner, waiting, true); /* one that has not begun is over at once */
	CHECK_STR(val_s(seen(db, who.owner, waiting), "state"), "stopped");
	stopping = true;
	struct job j = runner(db, err, "a");
	CHECK(job_run_next(&j, kinds));
	stopping = false;
	struct val *row = seen(db, who.owner, id);
	CHECK_STR(val_s(row, "state"), "stopped");
	CHECK_INT(val_i(row, "done"), 3); /* it is told with its next sign of life */
	CHECK(!job_run_next(&j, kinds));
	press_stop(db, who.owner, id, false);
}

TEST_DB("a clock that is set back runs no job twice and takes no lease away")
{
	enum { BACK = 3600 };
	begin(db);
	stopping = false;
	int64_t done = ask(db, "test.count", NULL), id = ask(db, "test.count", NULL);
	struct job a = runner(db, err, "a"), b = runner(db, err, "b");
	CHECK(job_run_next(&a, kinds));
	CHECK_STR(val_s(seen(db, who.owner, done), "state"), "done");
	CHECK(job_claim(&a, kinds) != NULL);
	CHECK_INT(a.id, id);
	int64_t ahead = clock_now;
	clock_now = NOW - BACK;
	CHECK(!job_claim(&b, kinds)); /* neither what is done nor what another does */
	CHECK(job_go_on(&a, 1, 3, "Counting"));
	clock_now += 59;
	CHECK(!job_claim(&b, kinds));
	CHECK(job_go_on(&a, 2, 3, "Counting"));
	CHECK_STR(val_s(seen(db, who.owner, id), "state"), "running");
	clock_now += 60; /* the lease is told by the clock as it goes now */
	CHECK(ahead > clock_now);
	CHECK(!job_claim(&b, kinds)); /* what was asked for ahead is not due yet */
	clock_now = ahead + 60;
	CHECK(job_claim(&b, kinds) != NULL);
	CHECK_INT(b.id, id);
	CHECK(!job_go_on(&a, 3, 3, "Counting"));
	job_settle(&a, &kinds[0], JOB_DONE, val_object(test_arena));
	CHECK_STR(val_s(seen(db, who.owner, id), "state"), "running"); /* the other's */
	job_settle(&b, &kinds[0], JOB_DONE, val_object(test_arena));
	CHECK_STR(val_s(seen(db, who.owner, id), "state"), "done");
	clock_now = NOW;
	CHECK(!job_claim(&a, kinds));
}

TEST_DB("a runner that dies loses its job to the next one, and can no longer write")
{
	begin(db);
	stopping = false;
	int64_t id = ask(db, "test.count", NULL);
	struct job dead = runner(db, err, "a"), next = runner(db, err, "b");
	NEED(job_claim(&dead, kinds) != NULL);
	CHECK(job_claim(&next, kinds) == NULL);
	clock_now += 30;
	CHECK(job_go_on(&dead, 1, 3, "Counting")); /* a sign of life is a new lease */
	clock_now += 59;
	CHECK(job_claim(&next, kinds) == NULL);
	clock_now += 1;
	NEED(job_claim(&next, kinds) != NULL);
	CHECK_INT(next.id, id);
	CHECK_INT(next.tries, 2);
	clock_now += 1;
	CHECK(!job_go_on(&dead, 2, 3, "Counting"));
	job_settle(&dead, &kinds[0], JOB_DONE, val_object(test_arena));
	CHECK_STR(val_s(seen(db, who.owner, id), "state"), "running");
	CHECK(job_go_on(&next, 1, 3, "Counting"));
	job_settle(&next, &kinds[0], JOB_DONE, val_object(test_arena));
	CHECK_STR(val_s(seen(db, who.owner, id), "state"), "done");
}

TEST_DB("a job that fails leaves nothing behind, is tried again later, then left as failed")
{
	begin(db);
	int64_t id = ask(db, "test.fails", NULL);
	struct job j = runner(db, err, "a");
	CHECK(job_run_next(&j, kinds));
	CHECK_INT(err->kind, ERR_NONE);
	CHECK_STR(val_s(seen(db, who.owner, id), "state"), "waiting");
	CHECK(!job_run_next(&j, kinds));
	clock_now += job_delay(1);
	CHECK(job_run_next(&j, kinds));
	CHECK_STR(val_s(seen(db, who.owner, id), "state"), "failed");
	clock_now += 86400;
	CHECK(!job_run_next(&j, kinds));
}

TEST_DB("a person's mistake is told and not tried again")
{
	begin(db);
	int64_t id = ask(db, "test.refuses", NULL);
	struct job j = runner(db, err, "a");
	CHECK(job_run_next(&j, kinds));
	struct val *row = seen(db, who.owner, id);
	CHECK_STR(val_s(row, "state"), "refused");
	CHECK_STR(val_s(val_get(row, "result"), "message"), "Line 3 has no name.");
	clock_now += 86400;
	CHECK(!job_run_next(&j, kinds));
}

TEST_DB("a job that takes its runners with it is given up, and one of a newer program is left "
	"alone")
{
	begin(db);
	int64_t id = ask(db, "test.fails", NULL), unknown = ask(db, "test.newer", NULL);
	for (int i = 0; i < 2; i++) { /* claimed, and never heard of again */
		struct job j = runner(db, err, "a");
		NEED(job_claim(&j, kinds) != NULL);
		clock_now += 61;
	}
	struct job j = runner(db, err, "b");
	CHECK(job_run_next(&j, kinds));
	CHECK_STR(val_s(seen(db, who.owner, id), "state"), "failed");
	CHECK_STR(val_s(seen(db, who.owner, unknown), "state"), "waiting");
	db_begin(db, DB_READ, 0);
	CHECK_INT(val_count(job_list(db, test_arena, who.org, who.owner, 0, 10)), 2);
	CHECK_INT(val_count(job_list(db, test_arena, who.org, who.other, 0, 10)), 0);
	CHECK(db_commit(db));
}

TEST_DB("many due jobs of a newer program hide none that this one can do")
{
	begin(db);
	for (int i = 0; i < 50; i++)
		ask(db, "test.newer", NULL);
	int64_t id = ask(db, "test.refuses", NULL);
	struct job j = runner(db, err, "a");
	CHECK(job_run_next(&j, kinds));
	CHECK_STR(val_s(seen(db, who.owner, id), "state"), "refused");
	db_begin(db, DB_READ, 0);
	CHECK(!job_is_due(db, test_arena, kinds, clock_now));
	CHECK(db_commit(db));
}

TEST("a failed job waits longer each time")
{
	CHECK_INT(job_delay(1), 120);
	CHECK_INT(job_delay(2), 240);
	CHECK_INT(job_delay(100), 3600);
}
