#include "core/activity.h"

#include "base/arena.h"
#include "core/args.h"
#include "core/uuid.h"
#include "queries.h"

#include <string.h>

static struct val *args_of_activity(struct arena *a, const struct activity *t)
{
	return ARGS(a, ARG_NULL("org", t->org), ARG_NULL("person", t->person),
		    ARG_AS("elsewhere", t->elsewhere), ARG_AS("kind", t->kind),
		    ARG_NULL("method", t->method), ARG_AS("mode", t->mode),
		    ARG_AS("status", t->status), ARG_AS("starts_wall", t->starts_wall),
		    ARG_AS("zone", t->zone), ARG_AS("second", t->second),
		    ARG_AS("starts_at", t->starts_at), ARG_AS("minutes", t->minutes),
		    ARG_NULL("place", t->place), ARG_NULL("series", t->series),
		    ARG_NULL("responsible", t->responsible), ARG_NULL("capacity", t->capacity),
		    ARG_AS("link", t->link), ARG_AS("going_out", t->going_out),
		    ARG_NULL("learners_per_adult", t->learners_per_adult), ARG_AS("slip", t->slip),
		    ARG_AS("visibility", t->visibility ? t->visibility : "private"),
		    ARG_NULL("answer_by", t->answer_by), ARG_AS("now", t->now),
		    ARG_NULL("made_by", t->by));
}

int64_t activity_add(struct db *db, struct arena *a, const struct activity *t)
{
	struct val *args = args_of_activity(a, t);
	val_set_str(args, "uuid", uuid_new(a));
	return db_id(db, &q_activity_add, args);
}

struct val *activity_row(struct db *db, struct arena *a, int64_t org, int64_t person, int64_t id)
{
	return db_row(db, &q_activity_row,
		      ARGS(a, ARG(id), ARG_NULL("org", org), ARG_NULL("person", person)));
}

static void nobody_took_part(struct db *db, struct val *args)
{
	db_exec(db, &q_activity_void_old, args);
	db_exec(db, &q_activity_void_new, args);
	db_exec(db, &q_activity_void_join, args);
}

bool activity_correct(struct db *db, struct arena *a, int64_t id, int64_t rev,
		      const struct activity *to, const char *why)
{
	struct val *was = activity_row(db, a, to->org, to->person, id);
	struct val *args = args_of_activity(a, to);
	val_set_int(args, "id", id);
	val_set_int(args, "rev", rev);
	val_set_str(args, "why", str_of(why));
	val_set_str(args, "why_lang", to->lang);
	if (db_exec(db, &q_activity_keep, args) != 1 || db_exec(db, &q_activity_change, args) != 1)
		return false;
	if (str_is(val_s(was, "status"), "held") && strcmp(to->status, "held"))
		nobody_took_part(db, args);
	return true;
}

bool activity_settle(struct db *db, struct arena *a, int64_t org, int64_t id, const char *status)
{
	return db_exec(db, &q_activity_settle, ARGS(a, ARG(org), ARG(id), ARG(status))) == 1;
}

struct val *activity_past(struct db *db, struct arena *a, int64_t org, int64_t id)
{
	return db_rows(db, &q_activity_past, ARGS(a, ARG(org), ARG(id)));
}
