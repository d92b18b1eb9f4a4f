#include "app/activities/ask.h"

#include "base/arena.h"
#include "base/err.h"
#include "core/args.h"
#include "core/consent.h"
#include "core/job.h"
#include "core/ledger.h"
#include "core/participation.h"
#include "queries.h"

enum { LINE = 1000 };

/* ---- who is expected ---- */

static struct participation expected(struct db *db, struct arena *a, const struct val *room,
				     int64_t org, int64_t by, int64_t now)
{
	int64_t person = val_i(room, "person"), activity = val_i(room, "activity");
	struct participation p = {
		.org = org,
		.activity = activity,
		.person = person,
		.group = val_i(room, "people_group"),
		.role = str_c(a, val_s(room, "role")),
		.state = "expected",
		.minutes = val_i(room, "minutes"),
		.ground = "agreement",
		.attested_by = by ? by : val_i(room, "made_by"),
		.now = now,
		.by = by,
	};
	if (!p.attested_by) /* asked by the program: their own word */
		p.claimed_by = person;
	if (ledger_part(val_s(room, "role")) == PART_GIVES)
		p.consent = consent_in_force(db, a, org, person, CONSENT_GIVE_TIME, activity, now);
	if (p.consent)
		p.ground = "consent";
	return p;
}

/* False if they may not: a minor who would give their time without the guardian's yes. */
static bool expect(struct db *db, struct arena *a, const struct val *room, int64_t org, bool comes,
		   int64_t by, int64_t now)
{
	const struct val *row = db_row(
		db, &q_ask_participation,
		ARGS(a, ARG(org), ARG_AS("activity", val_i(room, "activity")),
		     ARG_AS("person", val_i(room, "person")), ARG_AS("role", val_s(room, "role"))));
	struct str is = val_s(row, "state");
	bool none = val_is_null(row), out = str_is(is, "void"), in = str_is(is, "expected");
	struct participation p = expected(db, a, room, org, by, now);
	if (comes && none)
		return participation_add(db, a, &p) != 0;
	if (comes ? !out : !in) /* it says so already, or what happened was written down */
		return true;
	p.why = comes ? "accepted" : "not accepted any more";
	if (!comes)
		p.state = "void";
	return participation_correct(db, a, org, val_i(row, "id"), &p) != 0 || !comes;
}

/* ---- seats given back ---- */

static void keep(struct db *db, struct arena *a, int64_t org, int64_t ask, const char *how,
		 int64_t taken_by, struct str read_out, int64_t now)
{
	db_id(db, &q_ask_keep,
	      ARGS(a, ARG(org), ARG(ask), ARG(how), ARG_NULL("taken_by", taken_by), ARG(read_out),
		   ARG(now)));
}

static void notice_end(struct db *db, struct arena *a, int64_t org, int64_t activity, int64_t until,
		       int64_t now)
{
	job_ask_at(db, a,
		   &(struct job_asked){.org = org,
				       .kind = ASK_JOB_SETTLE,
				       .input = ARGS(a, ARG(activity)),
				       .not_before = until,
				       .now = now},
		   activity);
}

/* The next of the line, if there is a seat for them: true. */
static bool offer_next(struct db *db, struct arena *a, int64_t org, int64_t activity, int64_t now,
		       struct val *offered)
{
	struct val *args = ARGS(a, ARG(org), ARG(activity));
	const struct val *room = db_row(db, &q_ask_free, args), *line;
	struct ask_waiter waiting[LINE];
	int64_t places = val_i(room, "places"), starts_at = val_i(room, "starts_at"), count = 0;
	if (!str_is(val_s(room, "status"), "planned") || starts_at <= now)
		return false;
	line = db_rows(db, &q_ask_line, args);
	for (; count < (int64_t)val_count(line) && count < LINE; count++) {
		const struct val *row = val_at(line, (size_t)count);
		waiting[count] = (struct ask_waiter){val_i(row, "id"), val_i(row, "seats")};
	}
	int64_t first = ask_first(waiting, count, places, val_i(room, "free"));
	if (first < 0)
		return false;
	int64_t ask = waiting[first].id, until = ask_offer_until(now, starts_at);
	if (!db_id(db, &q_ask_offer, ARGS(a, ARG(ask), ARG(org), ARG(until), ARG(now))))
		return false;
	keep(db, a, org, ask, "", 0, S(""), now);
	notice_end(db, a, org, activity, until, now);
	val_set_int(val_push_object(offered), "id", ask);
	return true;
}

void ask_settle(struct db *db, struct arena *a, int64_t org, int64_t activity, int64_t now,
		struct val *offered)
{
	const struct val *ended =
		db_rows(db, &q_ask_expire, ARGS(a, ARG(org), ARG(activity), ARG(now)));
	for (size_t i = 0; i < val_count(ended); i++)
		keep(db, a, org, val_i(val_at(ended, i), "id"), "", 0, S(""), now);
	while (offer_next(db, a, org, activity, now, offered))
		;
}

/* ---- answers ---- */

static struct val *room_of(struct db *db, struct arena *a, int64_t org, int64_t ask)
{
	return db_row(db, &q_ask_room, ARGS(a, ARG(org), ARG(ask)));
}

static struct ask_next decide(const struct val *room, enum ask_act act, int64_t seats)
{
	enum ask_state state = ask_state_of(val_s(room, "state"));
	bool keeps = state == ASK_ACCEPTED || state == ASK_OFFERED || state == ASK_WAITING;
	return ask_next(act,
			(struct ask_room){.places = val_i(room, "places"),
					  .taken = val_i(room, "taken"),
					  .waiting = val_i(room, "waiting"),
					  .state = state,
					  .seats = keeps ? val_i(room, "seats") : 0},
			seats);
}

static bool write(struct db *db, struct arena *a, const struct ask_answer *t,
		  const struct val *room, struct ask_next next, int64_t seats)
{
	bool call = next.state == ASK_CALL_ME;
	return db_id(db, &q_ask_say,
		     ARGS(a, ARG_AS("org", t->org), ARG_AS("ask", t->ask),
			  ARG_AS("rev", val_i(room, "rev")),
			  ARG_AS("state", ask_states[next.state].code), ARG_AS("adults", t->adults),
			  ARG_AS("children", t->children), ARG(seats), ARG_AS("words", t->words),
			  ARG_AS("phone", call ? t->phone : S("")), ARG_AS("how", t->how),
			  ARG_NULL("taken_by", t->taken_by), ARG_AS("read_out", t->read_out),
			  ARG_AS("to_end", next.to_end), ARG_AS("now", t->now))) != 0;
}

static enum ask_end say(struct db *db, struct arena *a, const struct ask_answer *t,
			enum ask_state *state)
{
	static const enum ask_end ends[] = {[ASK_DONE] = ASK_SAID,
					    [ASK_NOT_NOW] = ASK_REFUSED_GONE,
					    [ASK_NO_ROOM] = ASK_REFUSED_FULL,
					    [ASK_TOO_MANY] = ASK_REFUSED_MANY};
	const struct val *room = room_of(db, a, t->org, t->ask);
	*state = ask_state_of(val_s(room, "state"));
	if (val_is_null(room))
		return ASK_REFUSED_GONE;
	if (!str_is(val_s(room, "status"), "planned") || val_i(room, "starts_at") <= t->now)
		return ASK_REFUSED_OVER;
	int64_t seats =
		t->act == ACT_ACCEPT ? ask_seats(val_s(room, "role"), t->adults, t->children) : 0;
	struct ask_next next = decide(room, t->act, seats);
	if (next.why != ASK_DONE)
		return ends[next.why];
	if (!expect(db, a, room, t->org, next.state == ASK_ACCEPTED, t->taken_by, t->now))
		return ASK_REFUSED_GUARDIAN;
	if (!write(db, a, t, room, next, seats))
		return ASK_REFUSED_FULL;
	keep(db, a, t->org, t->ask, t->how, t->taken_by, t->read_out, t->now);
	*state = next.state;
	return ASK_SAID;
}

static int64_t activity_of(struct db *db, struct arena *a, int64_t org, int64_t ask)
{
	return val_i(room_of(db, a, org, ask), "activity");
}

enum ask_end ask_say(struct db *db, struct arena *a, const struct ask_answer *t,
		     enum ask_state *state, struct val *offered)
{
	int64_t activity = activity_of(db, a, t->org, t->ask);
	ask_settle(db, a, t->org, activity, t->now, offered);
	enum ask_end end = say(db, a, t, state);
	if (end == ASK_SAID)
		ask_settle(db, a, t->org, activity, t->now, offered);
	return end;
}

bool ask_become(struct db *db, struct arena *a, enum ask_act act, int64_t org, int64_t ask,
		int64_t by, int64_t now, struct val *offered)
{
	int64_t activity = activity_of(db, a, org, ask);
	ask_settle(db, a, org, activity, now, offered);
	const struct val *room = room_of(db, a, org, ask);
	struct ask_next next = decide(room, act, 0);
	if (val_is_null(room) || next.why != ASK_DONE ||
	    !db_id(db, &q_ask_become,
		   ARGS(a, ARG(org), ARG(ask), ARG_AS("rev", val_i(room, "rev")),
			ARG_AS("state", ask_states[next.state].code))))
		return false;
	expect(db, a, room, org, false, by, now);
	keep(db, a, org, ask, "", by, S(""), now);
	ask_settle(db, a, org, activity, now, offered);
	return true;
}

int64_t ask_add(struct db *db, struct arena *a, const struct ask_new *t)
{
	struct val *args = ARGS(a, ARG_AS("org", t->org), ARG_AS("activity", t->activity),
				ARG_AS("person", t->person), ARG_NULL("people_group", t->group),
				ARG_AS("role", t->role), ARG_AS("lang", t->lang),
				ARG_AS("now", t->now), ARG_NULL("made_by", t->by));
	int64_t id = db_id(db, &q_ask_add, args);
	if (id)
		return id;
	const struct val *before = db_row(db, &q_ask_of_person, args);
	id = val_i(before, "id");
	if (!str_is(val_s(before, "state"), "withdrawn"))
		return 0;
	return ask_become(db, a, ACT_ASK, t->org, id, t->by, t->now, val_list(a)) ? id : 0;
}

struct val *ask_row(struct db *db, struct arena *a, int64_t org, int64_t ask, int64_t now)
{
	return db_row(db, &q_ask_one, ARGS(a, ARG(org), ARG(ask), ARG(now)));
}

int64_t ask_turn(struct db *db, struct arena *a, int64_t org, int64_t ask)
{
	return db_id(db, &q_ask_turn, ARGS(a, ARG(org), ARG(ask)));
}
