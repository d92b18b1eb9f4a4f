#include "core/event.h"

#include "base/arena.h"
#include "core/args.h"
#include "fixture.h"

#include <stdio.h>

enum { NOW = 1795262400 };

static int64_t an_org(struct db *db)
{
	return db_id(db,
		     SQL("INSERT INTO org (slug, base, zone, made_at) VALUES ('one', "
			 "'https://example.test', 'UTC', 1) RETURNING id"),
		     val_object(test_arena));
}

static void say(struct db *db, int64_t org, const char *kind, int64_t object)
{
	event_say(db, test_arena,
		  &(struct event){.org = org,
				  .kind = kind,
				  .object_kind = "thing",
				  .object = object,
				  .data = ARGS(test_arena, ARG_AS("note", "é\"")),
				  .at = NOW});
}

/* Consumers that leave a mark in the audit, which any transaction can write. */
static void mark(struct db *db, const struct val *event, const char *verb)
{
	db_exec(db,
		SQL("INSERT INTO audit (org, verb, object, request_id, made_at) VALUES (:org, "
		    ":verb, :object, :note, 1)"),
		ARGS(test_arena, ARG_AS("org", val_i(event, "org")), ARG(verb),
		     ARG_AS("object", val_i(event, "object")),
		     ARG_AS("note", val_s(val_get(event, "data"), "note"))));
}

static int64_t marks(struct db *db, const char *verb)
{
	db_begin(db, DB_READ, 0);
	int64_t n = val_i(db_row(db, SQL("SELECT count(*) AS n FROM audit a WHERE a.verb = :verb"),
				 ARGS(test_arena, ARG(verb))),
			  "n");
	CHECK(db_commit(db));
	return n;
}

static void first(struct db *db, struct arena *a, const struct val *event)
{
	(void)a;
	mark(db, event, "first");
}

static bool broken;
static void second(struct db *db, struct arena *a, const struct val *event)
{
	(void)a;
	mark(db, event, "second");
	if (broken) /* after it has written: that must not stay */
		db_exec(db,
			SQL("INSERT INTO audit (verb, request_id, made_at) VALUES (NULL, '', 1)"),
			val_object(test_arena));
}

static const struct reaction reactions[] = {
	{"test.first", "thing.made", first},
	{"test.second", "thing.made", second},
	{NULL, NULL, NULL},
};

TEST_DB("an event reaches every consumer of its kind once, whoever delivers it how often")
{
	db_begin(db, DB_WRITE, 0);
	int64_t org = an_org(db);
	say(db, org, "thing.made", 7);
	say(db, org, "thing.lost", 8); /* nobody listens */
	CHECK(db_commit(db));
	broken = false;
	CHECK_INT(events_deliver(db, test_arena, err, reactions, NOW, 100), 2);
	CHECK_INT(events_deliver(db, test_arena, err, reactions, NOW + 9999, 100), 0);
	CHECK_INT(marks(db, "first"), 1);
	CHECK_INT(marks(db, "second"), 1);
	db_begin(db, DB_READ, 0);
	struct val *row = db_row(db,
				 SQL("SELECT a.object AS object, a.request_id AS note FROM audit a "
				     "WHERE a.verb = 'first'"),
				 val_object(test_arena));
	CHECK_INT(val_i(row, "object"), 7);
	CHECK_STR(val_s(row, "note"), "é\"");
	CHECK(db_commit(db));
}

TEST_DB("an event of a transaction that was rolled back never happened")
{
	db_begin(db, DB_WRITE, 0);
	int64_t org = an_org(db);
	CHECK(db_commit(db));
	db_begin(db, DB_WRITE, org);
	say(db, org, "thing.made", 7);
	db_rollback(db);
	CHECK_INT(events_deliver(db, test_arena, err, reactions, NOW, 100), 0);
	CHECK_INT(marks(db, "first"), 0);
}

TEST_DB("a consumer that fails holds up no other, leaves nothing behind, and is tried again")
{
	db_begin(db, DB_WRITE, 0);
	int64_t org = an_org(db);
	say(db, org, "thing.made", 7);
	CHECK(db_commit(db));
	broken = true;
	CHECK_INT(events_deliver(db, test_arena, err, reactions, NOW, 100), 0);
	CHECK_INT(err->kind, ERR_NONE);
	CHECK_INT(marks(db, "first"), 1);
	CHECK_INT(marks(db, "second"), 0);
	db_begin(db, DB_READ, 0);
	struct val *row =
		db_row(db, SQL("SELECT e.trouble AS trouble, e.retry_at AS retry_at FROM event e"),
		       val_object(test_arena));
	CHECK(str_starts(val_s(row, "trouble"), S("test.second: ")));
	CHECK_INT(val_i(row, "retry_at"), NOW + 60);
	CHECK(db_commit(db));

	broken = false;
	CHECK_INT(events_deliver(db, test_arena, err, reactions, NOW + 59, 100), 0);
	CHECK_INT(events_deliver(db, test_arena, err, reactions, NOW + 60, 100), 1);
	CHECK_INT(marks(db, "first"), 1); /* had it before */
	CHECK_INT(marks(db, "second"), 1);

	CHECK_INT(events_sweep(db, test_arena, NOW), 0);
	CHECK_INT(events_sweep(db, test_arena, NOW + 1), 1);
}

TEST("a failing reaction is tried again after minutes, later hours, never more than one hour")
{
	CHECK_INT(event_delay(1), 60);
	CHECK_INT(event_delay(2), 120);
	CHECK_INT(event_delay(6), 1920);
	CHECK_INT(event_delay(7), 3600);
	CHECK_INT(event_delay(1000), 3600);
}
