#include "core/correction.h"

#include "core/args.h"
#include "core/person.h"
#include "queries.h"

int64_t correction_ask(struct db *db, struct arena *a, const struct correction *c)
{
	return db_id(db, &q_correction_ask,
		     ARGS(a, ARG_AS("org", c->org), ARG_AS("person", c->person),
			  ARG_NULL("to_person", c->to), ARG_AS("words", c->words),
			  ARG_AS("now", c->now)));
}

bool correction_answer(struct db *db, struct arena *a, int64_t org, int64_t id, int64_t by,
		       struct str answer, int64_t now)
{
	return db_exec(db, &q_correction_answer,
		       ARGS(a, ARG(org), ARG(id), ARG(by), ARG(answer), ARG(now))) == 1;
}

struct val *correction_list(struct db *db, struct arena *a, int64_t org)
{
	return db_rows(db, &q_correction_list, ARGS(a, ARG(org)));
}

struct val *correction_row(struct db *db, struct arena *a, int64_t org, int64_t id)
{
	return db_row(db, &q_correction_row, ARGS(a, ARG(org), ARG(id)));
}

struct val *corrections_of(struct db *db, struct arena *a, int64_t person, struct str lang)
{
	return db_rows(db, &q_correction_of,
		       ARGS(a, ARG_AS("people", person_accounts(db, a, person)), ARG(lang)));
}
