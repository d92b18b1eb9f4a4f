#include "core/check.h"

#include "core/args.h"
#include "core/person.h"
#include "db/db.h"
#include "queries.h"

int64_t check_add(struct db *db, struct arena *a, const struct adult_check *c)
{
	if (str_eq(person_accounts(db, a, c->person), person_accounts(db, a, c->by)))
		return 0;
	return db_id(db, &q_check_add,
		     ARGS(a, ARG_AS("org", c->org), ARG_AS("person", c->person),
			  ARG_AS("kind", c->kind), ARG_AS("verified_by", c->by),
			  ARG_AS("valid_until", c->valid_until), ARG_AS("now", c->now)));
}

bool check_end(struct db *db, struct arena *a, int64_t org, int64_t person, int64_t id, int64_t now)
{
	return db_id(db, &q_check_end,
		     ARGS(a, ARG(org), ARG_AS("people", person_accounts(db, a, person)), ARG(id),
			  ARG(now))) != 0;
}

struct val *checks_of(struct db *db, struct arena *a, int64_t org, int64_t person, struct str day)
{
	return db_rows(
		db, &q_check_of,
		ARGS(a, ARG(org), ARG_AS("people", person_accounts(db, a, person)), ARG(day)));
}

int64_t check_holds(struct db *db, struct arena *a, int64_t org, int64_t person, struct str day)
{
	const struct val *rows = checks_of(db, a, org, person, day);
	for (size_t i = 0; i < val_count(rows); i++)
		if (val_i(val_at(rows, i), "holds"))
			return val_i(val_at(rows, i), "id");
	return 0;
}

struct val *checks_ending(struct db *db, struct arena *a, int64_t org, struct str before,
			  int64_t now)
{
	return db_rows(db, &q_check_ending, ARGS(a, ARG(org), ARG(before), ARG(now)));
}
