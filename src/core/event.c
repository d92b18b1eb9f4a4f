#include "core/event.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "core/args.h"
#include "queries.h"

#include <string.h>

enum { DATA_MAX = 64 * 1024 };

void event_say(struct db *db, struct arena *a, const struct event *e)
{
	struct buf data = {.arena = a};
	if (e->data)
		json_write(&data, e->data);
	else
		buf_lit(&data, "{}");
	MUST(data.n <= DATA_MAX);
	db_exec(db, &q_event_say,
		ARGS(a, ARG_AS("org", e->org), ARG_AS("kind", e->kind),
		     ARG_AS("object_kind", e->object_kind), ARG_AS("object", e->object),
		     ARG_AS("data", buf_str(&data)), ARG_AS("at", e->at)));
}

struct delivery {
	struct db *db;
	struct arena *arena;
	struct err *err;
	int64_t now;
};

/* One event to one consumer in one transaction. True if it has had it, now or before. */
static bool deliver(struct delivery *d, const struct reaction *r, const struct val *event)
{
	db_begin(d->db, DB_WRITE, val_i(event, "org"));
	int64_t mine = db_id(d->db, &q_event_take,
			     ARGS(d->arena, ARG_AS("event", val_i(event, "id")),
				  ARG_AS("consumer", r->consumer), ARG_AS("now", d->now)));
	if (mine)
		r->react(d->db, d->arena, event);
	if (db_commit(d->db))
		return true;
	db_rollback(d->db);
	return false;
}

/* The first failure's words, "" if every consumer has had it. The sticky error is the event's
 * alone. */
static struct str deliver_to_all(struct delivery *d, const struct reaction *r, struct val *event)
{
	struct json_error wrong;
	struct val *data = json_read(d->arena, val_s(event, "data"), DATA_MAX, &wrong);
	struct str trouble = {0};
	val_set(event, "data", data ? data : val_object(d->arena));
	for (; r->consumer; r++) {
		if (!str_is(val_s(event, "kind"), r->kind) || deliver(d, r, event))
			continue;
		if (!trouble.n)
			trouble = str_fmt(d->arena, "%s: %s", r->consumer, d->err->text);
		*d->err = (struct err){0};
	}
	return trouble;
}

static bool settle(struct delivery *d, const struct val *event, struct str trouble)
{
	int64_t id = val_i(event, "id");
	db_begin(d->db, DB_WRITE, val_i(event, "org"));
	if (trouble.n)
		db_exec(d->db, &q_event_again,
			ARGS(d->arena, ARG(id), ARG(trouble),
			     ARG_AS("retry_at", d->now + event_delay(val_i(event, "tries") + 1))));
	else
		db_exec(d->db, &q_event_finish, ARGS(d->arena, ARG(id)));
	if (db_commit(d->db))
		return !trouble.n;
	db_rollback(d->db);
	return false;
}

int events_deliver(struct db *db, struct arena *a, struct err *err,
		   const struct reaction *reactions, int64_t now, int limit)
{
	struct delivery d = {.db = db, .arena = a, .err = err, .now = now};
	int finished = 0;
	db_begin(db, DB_READ, 0);
	struct val *due = db_rows(db, &q_event_due, ARGS(a, ARG(now), ARG(limit)));
	db_rollback(db);
	for (size_t i = 0; i < val_count(due) && err->kind == ERR_NONE; i++) {
		struct val *event = val_at(due, i);
		finished += settle(&d, event, deliver_to_all(&d, reactions, event));
	}
	return finished;
}

int64_t events_sweep(struct db *db, struct arena *a, int64_t before)
{
	db_begin(db, DB_WRITE, 0);
	int64_t gone = db_exec(db, &q_event_sweep, ARGS(a, ARG(before)));
	if (db_commit(db))
		return gone;
	db_rollback(db);
	return 0;
}

int64_t event_delay(int64_t tries)
{
	return tries >= 7 ? 3600 : (int64_t)60 << (tries > 0 ? tries - 1 : 0);
}
