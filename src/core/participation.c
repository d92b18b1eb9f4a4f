#include "core/participation.h"

#include "base/arena.h"
#include "core/activity.h"
#include "core/args.h"
#include "core/group.h"
#include "core/ledger.h"
#include "core/text.h"
#include "queries.h"

#include <string.h>

/* The person in whose name a claim is read: claims have no organisation. */
static struct val *args_of_row(struct arena *a, const struct participation *p, int64_t corrects)
{
	return ARGS(a, ARG_NULL("org", p->org), ARG_AS("activity", p->activity),
		    ARG_NULL("person", p->person), ARG_NULL("heads", p->heads),
		    ARG_NULL("people_group", p->group), ARG_AS("role", p->role),
		    ARG_AS("state", p->state), ARG_AS("minutes", p->minutes),
		    ARG_AS("ground", p->ground), ARG_NULL("consent", p->consent),
		    ARG_NULL("claimed_by", p->claimed_by), ARG_NULL("attested_by", p->attested_by),
		    ARG_NULL("seat", p->seat), ARG_AS("now", p->now), ARG_NULL("made_by", p->by),
		    ARG_NULL("corrects", corrects), ARG_AS("why", p->why ? p->why : ""));
}

/* A minor gives their time only through the school that knows them: their guardian said yes, or they
 * did where they decide alone (consent_give() knows). */
static bool minor_may(struct db *db, struct arena *a, const struct participation *p)
{
	if (!p->person || ledger_part(str_of(p->role)) != PART_GIVES)
		return true;
	struct val *activity = activity_row(db, a, p->org, p->person, p->activity);
	struct str day = str_sub(val_s(activity, "starts_wall"), 0, 10);
	if (!minor_anywhere(db, a, p->person, day))
		return true;
	if (!p->org || !minor_is(db, a, p->org, p->person, day) || strcmp(p->ground, "consent"))
		return false;
	struct val *consent = db_row(db, &q_consent_row,
				     ARGS(a, ARG_AS("id", p->consent), ARG_AS("org", p->org)));
	return val_i(consent, "person") == p->person &&
	       (val_i(consent, "given_by") == p->person ||
		guardian_is(db, a, p->org, p->person, val_i(consent, "given_by"), day));
}

static int64_t add(struct db *db, struct arena *a, const struct participation *p, int64_t corrects)
{
	if (!minor_may(db, a, p))
		return 0;
	return db_id(db, &q_participation_add, args_of_row(a, p, corrects));
}

int64_t participation_add(struct db *db, struct arena *a, const struct participation *p)
{
	return add(db, a, p, 0);
}

struct val *participation_group(struct db *db, struct arena *a, const struct participation *p,
				struct str day, const struct val *absent)
{
	struct val *args = args_of_row(a, p, 0);
	MUST(ledger_part(str_of(p->role)) != PART_GIVES); /* givers are asked one by one */
	val_set_str(args, "day", day);
	val_set_str(args, "absent", text_ids(a, absent, NULL));
	return db_rows(db, &q_participation_add_group, args);
}

int64_t participation_correct(struct db *db, struct arena *a, int64_t org, int64_t old,
			      const struct participation *to)
{
	struct val *args = ARGS(a, ARG_AS("id", old), ARG_NULL("org", org),
				ARG_NULL("person", to->claimed_by), ARG_AS("now", to->now));
	if (db_exec(db, &q_participation_mark_old, args) != 1)
		return 0;
	int64_t new_id = add(db, a, to, old);
	val_set_int(args, "new_id", new_id);
	if (!new_id) {
		db_exec(db, &q_participation_unmark_old, args);
		return 0;
	}
	db_exec(db, &q_participation_join_old, args);
	db_exec(db, &q_participation_copy_items, args);
	return new_id;
}

void participation_exercise(struct db *db, struct arena *a, const struct val *rows, int64_t item,
			    int64_t version)
{
	db_exec(db, &q_participation_exercise,
		ARGS(a, ARG_AS("ids", text_ids(a, rows, "id")), ARG(item), ARG(version)));
}

int64_t participation_claim_seat(struct db *db, struct arena *a, struct str seat, int64_t person,
				 int64_t now)
{
	struct val *row = db_row(db, &q_participation_seat, ARGS(a, ARG(seat)));
	if (val_is_null(row))
		return 0;
	struct participation mine = {
		.org = val_i(row, "org"),
		.activity = val_i(row, "activity"),
		.person = person,
		.group = val_i(row, "people_group"),
		.role = str_c(a, val_s(row, "role")),
		.state = str_c(a, val_s(row, "state")),
		.minutes = val_i(row, "minutes"),
		.ground = "agreement", /* they came with the code themselves */
		.claimed_by = person,
		.attested_by = val_i(row, "attested_by"),
		.now = now,
		.by = person,
		.why = "seat claimed",
	};
	return participation_correct(db, a, mine.org, val_i(row, "id"), &mine);
}

struct val *participation_row(struct db *db, struct arena *a, int64_t org, int64_t person,
			      int64_t id)
{
	return db_row(db, &q_participation_row,
		      ARGS(a, ARG_NULL("org", org), ARG_NULL("person", person), ARG(id)));
}

struct val *participation_chain(struct db *db, struct arena *a, int64_t org, int64_t person,
				int64_t id)
{
	return db_rows(db, &q_participation_chain,
		       ARGS(a, ARG_NULL("org", org), ARG_NULL("person", person), ARG(id)));
}

struct val *participation_list(struct db *db, struct arena *a, int64_t org, int64_t activity)
{
	return db_rows(db, &q_participation_list, ARGS(a, ARG(org), ARG(activity)));
}
