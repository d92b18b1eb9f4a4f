#include "core/affiliation.h"

#include "core/args.h"
#include "queries.h"

const char *const affiliation_kinds[] = {"member_of", "uses_standards_of", "reports_to", NULL};

struct val *affiliation_others(struct db *db, struct arena *a, int64_t org, struct str lang)
{
	return db_rows(db, &q_affiliation_others, ARGS(a, ARG(org), ARG(lang)));
}

int64_t affiliation_propose(struct db *db, struct arena *a, const struct affiliation_ask *ask)
{
	return db_id(db, &q_affiliation_propose,
		     ARGS(a, ARG_AS("org", ask->org), ARG_AS("other", ask->other),
			  ARG_AS("kind", ask->kind), ARG_AS("since", ask->since),
			  ARG_NULL("by", ask->by), ARG_AS("now", ask->now)));
}

static struct val *act_args(struct arena *a, const struct affiliation_act *act)
{
	return ARGS(a, ARG_AS("org", act->org), ARG_AS("affiliation", act->affiliation),
		    ARG_NULL("by", act->by), ARG_AS("now", act->now));
}

bool affiliation_answer(struct db *db, struct arena *a, const struct affiliation_act *act, bool yes)
{
	struct val *args = act_args(a, act);
	val_set_str(args, "state", yes ? S("confirmed") : S("declined"));
	return db_id(db, &q_affiliation_answer, args) != 0;
}

bool affiliation_withdraw(struct db *db, struct arena *a, const struct affiliation_act *act)
{
	return db_id(db, &q_affiliation_withdraw, act_args(a, act)) != 0;
}

bool affiliation_end(struct db *db, struct arena *a, const struct affiliation_act *act,
		     struct str until)
{
	struct val *args = act_args(a, act);
	val_set_str(args, "until", until);
	return db_id(db, &q_affiliation_end, args) != 0;
}

struct val *affiliations(struct db *db, struct arena *a, int64_t org, struct str lang)
{
	return db_rows(db, &q_affiliation_list, ARGS(a, ARG(org), ARG(lang)));
}

struct val *affiliation_read(struct db *db, struct arena *a, int64_t org, struct str lang,
			     int64_t id)
{
	return db_row(db, &q_affiliation_by_id, ARGS(a, ARG(org), ARG(lang), ARG(id)));
}

bool affiliated(struct db *db, struct arena *a, int64_t org, int64_t other, const char *kind,
		struct str today)
{
	return val_i(db_row(db, &q_affiliation_holds,
			    ARGS(a, ARG(org), ARG(other), ARG(kind), ARG(today))),
		     "n") > 0;
}

struct val *affiliation_standards(struct db *db, struct arena *a, int64_t org, struct str lang,
				  struct str today)
{
	return db_rows(db, &q_affiliation_standards, ARGS(a, ARG(org), ARG(lang), ARG(today)));
}
