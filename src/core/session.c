#include "core/session.h"

#include "core/args.h"
#include "core/secret.h"
#include "db/db.h"
#include "queries.h"

enum { WAITS = 10 * 60 }; /* for the second factor */

/* One row a role held, or one without a role, made one object: the person of the session. */
static struct val *me_from(struct arena *a, const struct val *rows)
{
	static const char *const own[] = {"session",   "id",        "name",    "lang", "shared",
					  "second_at", "proved_at", "seen_at", "means"};
	struct val *me = val_object(a), *held = val_set_list(me, "held");
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		val_set(me, own[i], val_get(val_at(rows, 0), own[i]));
	for (size_t i = 0; i < val_count(rows); i++)
		if (val_i(val_at(rows, i), "role"))
			val_push(held, val_at(rows, i));
	return me;
}

struct val *session_find(struct db *db, struct arena *a, struct str token, int64_t org, int64_t now)
{
	if (!token.n)
		return val_null();
	struct str hash = secret_hash(a, token);
	const struct val *rows =
		db_rows(db, &q_session_find, ARGS(a, ARG_AS("token", hash), ARG(org), ARG(now)));
	if (!val_count(rows))
		return val_null();
	struct val *me = me_from(a, rows);
	bool shared = val_b(me, "shared");
	val_set_bool(me, "second", !val_is_null(val_get(me, "second_at")));
	val_set_bool(me, "due", session_is_due(val_i(me, "seen_at"), shared, now));
	return me;
}

struct val *session_find_waiting(struct db *db, struct arena *a, struct str token, int64_t now)
{
	if (!token.n)
		return val_null();
	struct str hash = secret_hash(a, token);
	return db_row(db, &q_session_find_waiting, ARGS(a, ARG_AS("token", hash), ARG(now)));
}

static struct str token_of(struct arena *a, struct str token, int64_t person)
{
	return str_fmt(a, STR_FMT ".%lld", STR_ARG(token), (long long)person);
}

int64_t session_was_of(struct str token)
{
	int64_t person;
	ptrdiff_t mark = str_find_char(token, '.');
	return mark >= 0 && str_int(str_from(token, (size_t)mark + 1), &person) ? person : 0;
}

void session_touch(struct db *db, struct arena *a, int64_t session, bool shared, int64_t now)
{
	int64_t ends_at = now + session_rules(shared).idle;
	db_exec(db, &q_session_touch, ARGS(a, ARG(session), ARG(ends_at), ARG(now)));
}

struct str session_start(struct db *db, struct arena *a, const struct session_start *start)
{
	struct session_rules rules = session_rules(start->shared);
	int64_t now = start->now, ends_at = now + (start->waiting ? WAITS : rules.idle);
	int64_t ends_last = now + (start->waiting ? WAITS : rules.whole);
	struct str token = token_of(a, secret_token(a), start->person);
	struct str hash = secret_hash(a, token);
	db_id(db, &q_session_start,
	      ARGS(a, ARG_AS("token", hash), ARG_AS("person", start->person),
		   ARG_AS("means", start->means), ARG_AS("shared", start->shared),
		   ARG_AS("waiting", start->waiting),
		   ARG_NULL("second_at", start->second ? now : 0), ARG(now), ARG(ends_at),
		   ARG(ends_last), ARG_AS("network", session_network(a, start->network)),
		   ARG_AS("agent", session_agent(a, start->agent))));
	return token;
}

struct str session_pass(struct db *db, struct arena *a, int64_t person, int64_t session,
			bool shared, int64_t now)
{
	struct session_rules rules = session_rules(shared);
	int64_t ends_at = now + rules.idle, ends_last = now + rules.whole;
	struct str token = token_of(a, secret_token(a), person), hash = secret_hash(a, token);
	db_id(db, &q_session_pass,
	      ARGS(a, ARG_AS("token", hash), ARG(session), ARG(ends_at), ARG(ends_last), ARG(now)));
	return token;
}

bool session_miss(struct db *db, struct arena *a, int64_t session, int64_t person)
{
	int64_t misses = db_id(db, &q_session_miss, ARGS(a, ARG(session)));
	if (misses > 0 && misses < SESSION_MISSES)
		return true;
	session_end(db, a, person, session);
	return false;
}

void session_prove(struct db *db, struct arena *a, int64_t session, int64_t now)
{
	db_exec(db, &q_session_prove, ARGS(a, ARG(session), ARG(now)));
}

void session_forget_second(struct db *db, struct arena *a, int64_t person)
{
	db_exec(db, &q_session_forget_second, ARGS(a, ARG(person)));
}

struct val *sessions_of(struct db *db, struct arena *a, int64_t person, int64_t now)
{
	return db_rows(db, &q_session_of_person, ARGS(a, ARG(person), ARG(now)));
}

bool session_end(struct db *db, struct arena *a, int64_t person, int64_t session)
{
	return db_id(db, &q_session_end, ARGS(a, ARG(person), ARG(session))) != 0;
}

int64_t sessions_end_others(struct db *db, struct arena *a, int64_t person, int64_t keep)
{
	return db_exec(db, &q_session_end_others, ARGS(a, ARG(person), ARG(keep)));
}

int64_t sessions_sweep(struct db *db, struct arena *a, int64_t now)
{
	return db_exec(db, &q_session_sweep, ARGS(a, ARG(now)));
}
