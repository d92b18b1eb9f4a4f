#include "core/consent.h"

#include "base/arena.h"
#include "core/args.h"
#include "core/person.h"
#include "queries.h"

const struct consent_purpose consent_purposes[] = {
	{"contact", N_("Be asked to take part"),
	 N_("We may write or call to ask whether they take part in an activity."), 2},
	{CONSENT_GIVE_TIME, N_("Give time to others"),
	 N_("They may give their time at an activity, for example as a helper or as somebody who "
	    "tells of their life."),
	 1},
	{"coverage", N_("Show that what is to be learned was covered"),
	 N_("We may show with their activities that what is to be learned was covered."), 1},
	{"evidence", N_("Use what they did as evidence"),
	 N_("We may use what they did in activities as evidence of what they can do."), 1},
	{"figure", N_("Be counted in published figures"),
	 N_("They may be counted in figures that we publish. No name is ever in them."), 1},
	{"cpd", N_("Count towards a professional record"),
	 N_("Their activities may count towards a record of professional learning."), 1},
	{0},
};

int64_t consent_give(struct db *db, struct arena *a, const struct consent *c)
{
	return db_id(db, &q_consent_give,
		     ARGS(a, ARG_AS("org", c->org), ARG_AS("person", c->person),
			  ARG_AS("purpose", c->purpose), ARG_NULL("activity", c->activity),
			  ARG_AS("words", c->words), ARG_AS("words_rev", c->words_rev),
			  ARG_AS("given_by", c->given_by), ARG_AS("given_how", c->given_how),
			  ARG_NULL("taken_by", c->taken_by),
			  ARG_NULL("ends_at", c->no ? 0 : c->ends_at),
			  ARG_AS("answer", c->no ? "no" : "yes"), ARG_AS("lang", c->lang),
			  ARG_AS("now", c->now), ARG_AS("today", c->today)));
}

bool consent_withdraw(struct db *db, struct arena *a, int64_t id, int64_t by, struct str today,
		      int64_t now)
{
	return db_exec(db, &q_consent_withdraw,
		       ARGS(a, ARG(id), ARG_AS("withdrawn_by", by), ARG(today), ARG(now))) == 1;
}

int64_t consent_in_force(struct db *db, struct arena *a, int64_t org, int64_t person,
			 const char *purpose, int64_t activity, int64_t now)
{
	return db_id(db, &q_consent_in_force,
		     ARGS(a, ARG(org), ARG(person), ARG(purpose), ARG_NULL("activity", activity),
			  ARG(now)));
}

struct val *consent_list(struct db *db, struct arena *a, int64_t person)
{
	return db_rows(db, &q_consent_list, ARGS(a, ARG(person)));
}

struct val *consents_of(struct db *db, struct arena *a, int64_t org, int64_t person)
{
	return db_rows(db, &q_consent_of_org,
		       ARGS(a, ARG(org), ARG_AS("people", person_accounts(db, a, person))));
}

struct val *consent_left(struct db *db, struct arena *a, int64_t person, int64_t id)
{
	return db_rows(db, &q_consent_left, ARGS(a, ARG(person), ARG(id)));
}

int64_t access_grant_give(struct db *db, struct arena *a, const struct access_grant *g)
{
	return db_id(db, &q_consent_grant_give,
		     ARGS(a, ARG_AS("person", g->person), ARG_AS("org", g->org),
			  ARG_NULL("from_org", g->from_org), ARG_AS("purpose", g->purpose),
			  ARG_NULL("activity", g->activity), ARG_NULL("ends_at", g->ends_at),
			  ARG_AS("now", g->now)));
}

bool access_grant_revoke(struct db *db, struct arena *a, int64_t person, int64_t id, int64_t now)
{
	return db_exec(db, &q_consent_grant_revoke, ARGS(a, ARG(person), ARG(id), ARG(now))) == 1;
}

struct val *access_grant_list(struct db *db, struct arena *a, int64_t person, struct str lang)
{
	return db_rows(db, &q_consent_grant_list, ARGS(a, ARG(person), ARG(lang)));
}

struct val *access_grant_orgs(struct db *db, struct arena *a, int64_t person, struct str lang,
			      int64_t now)
{
	return db_rows(db, &q_consent_grant_orgs, ARGS(a, ARG(person), ARG(lang), ARG(now)));
}

struct val *access_grant_released(struct db *db, struct arena *a, const struct access_grant *g,
				  struct str activities)
{
	return db_rows(db, &q_consent_grant_released,
		       ARGS(a, ARG_AS("org", g->org), ARG_AS("person", g->person),
			    ARG_AS("purpose", g->purpose), ARG_AS("now", g->now),
			    ARG_AS("ids", activities)));
}
