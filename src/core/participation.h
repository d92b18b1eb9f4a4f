#pragma once
/*
 * The unit of the ledger: a person, or a number of heads, took part in an activity in a role for
 * some minutes; claimed by the person or attested by the organisation; exercising standard items,
 * each at the version in force then. It is entered once. A row never changes: what becomes of it
 * (expected, then attended; attended, then corrected) is a new row, and the old one says which.
 *
 * "attended" is only taken for an activity that was held. `ground` is the ground on which it was
 * recorded (core/ledger.h); "consent" needs the consent's row.
 */
#include "db/db.h"

struct participation {
	int64_t org, activity;
	int64_t person, heads; /* one of the two */
	int64_t group;         /* as a member of which group, or which group a count covers */
	const char *role;      /* core/ledger.h: ledger_roles */
	const char *state;     /* "expected", "attended", "absent", "void" */
	int64_t minutes;
	const char *ground;
	int64_t consent;
	int64_t claimed_by, attested_by;
	struct str seat; /* hash of the code of an unnamed seat */
	int64_t now, by;
	const char *why;
};

/* Returns the id; 0 if this person already has a row in force in this role, if "attended" is said
 * of what was not held, or if a minor would give their time without the guardian's consent given to
 * the school that knows them. */
int64_t participation_add(struct db *, struct arena *, const struct participation *);

/* Every member of a group on a day (of whom nobody gives: that is asked one by one), those in
 * `absent` (ids) as absent with no minutes. Who has a row already is left alone. Returns the new
 * ids as a list of {id, person, state}. */
struct val *participation_group(struct db *, struct arena *, const struct participation *,
				struct str day, const struct val *absent);

/* The new row for `old`: `to` is the whole row as it should be; its items are copied. 0 if `old`
 * was superseded already (someone was faster), or `to` would be a second row for the person. */
int64_t participation_correct(struct db *, struct arena *, int64_t org, int64_t old,
			      const struct participation *to);

/* Says that these rows exercised a standard item at a version. */
void participation_exercise(struct db *, struct arena *, const struct val *rows, int64_t item,
			    int64_t version);

/* A seat taken without a name becomes a person's, who shows its code: the count of heads stays what
 * it was, the hour becomes theirs. Returns the new row; 0 if there is no such seat any more. */
int64_t participation_claim_seat(struct db *, struct arena *, struct str seat, int64_t person,
				 int64_t now);

/* One row, and the chain of corrections it stands in, oldest first: the organisation's, or with org
 * 0 a person's own claim. */
struct val *participation_row(struct db *, struct arena *, int64_t org, int64_t person, int64_t id);
struct val *participation_chain(struct db *, struct arena *, int64_t org, int64_t person,
				int64_t id);
/* Those in force of one activity, with names: {id, person, name, heads, role, state, minutes, …}.
 */
struct val *participation_list(struct db *, struct arena *, int64_t org, int64_t activity);
