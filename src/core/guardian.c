#include "core/guardian.h"

#include "base/buf.h"
#include "base/json.h"
#include "core/args.h"
#include "core/person.h"
#include "db/db.h"
#include "queries.h"

static struct val *args_of_guardian(struct arena *a, const struct guardian *g)
{
	struct buf list = {.arena = a};
	json_write(&list, g->purposes);
	return ARGS(a, ARG_AS("org", g->org), ARG_AS("child", g->child),
		    ARG_AS("person", g->person), ARG_AS("position", g->position),
		    ARG_AS("since", g->since), ARG_NULL("until", g->until),
		    ARG_AS("may_consent", buf_str(&list)), ARG_AS("no_contact", (int)g->no_contact),
		    ARG_AS("why", g->why), ARG_NULL("confirmed_by", g->by), ARG_AS("now", g->now));
}

int64_t guardian_enter(struct db *db, struct arena *a, const struct guardian *g)
{
	if (str_eq(person_accounts(db, a, g->child), person_accounts(db, a, g->person)))
		return 0;
	return db_id(db, &q_guardian_enter, args_of_guardian(a, g));
}

bool guardian_change(struct db *db, struct arena *a, int64_t id, int64_t rev,
		     const struct guardian *g)
{
	struct val *args = args_of_guardian(a, g);
	val_set_int(args, "id", id);
	val_set_int(args, "rev", rev);
	return db_id(db, &q_guardian_change, args) != 0;
}

bool guardian_take_back(struct db *db, struct arena *a, int64_t org, int64_t id)
{
	return db_id(db, &q_guardian_take_back, ARGS(a, ARG(org), ARG(id))) != 0;
}

static struct val *rows_of(struct db *db, struct arena *a, int64_t org, int64_t child, int64_t id,
			   struct str day)
{
	return db_rows(db, &q_guardian_of,
		       ARGS(a, ARG(org), ARG_AS("people", person_accounts(db, a, child)), ARG(id),
			    ARG(day)));
}

struct val *guardians_of(struct db *db, struct arena *a, int64_t org, int64_t child, struct str day)
{
	return rows_of(db, a, org, child, 0, day);
}

struct val *guardian_row(struct db *db, struct arena *a, int64_t org, int64_t child, int64_t id)
{
	struct val *rows = rows_of(db, a, org, child, id, S("9999-12-31"));
	return val_count(rows) ? val_at(rows, 0) : val_null();
}

/* A code has no quotation mark, so what stands between two of them is a whole one. */
static bool says(struct str may_consent, struct str code)
{
	for (size_t i = 0; i + code.n + 2 <= may_consent.n; i++)
		if (may_consent.p[i] == '"' && may_consent.p[i + code.n + 1] == '"' &&
		    str_eq(str_sub(may_consent, i + 1, i + 1 + code.n), code))
			return true;
	return false;
}

bool guardian_may(struct str may_consent, struct str purpose)
{
	return says(may_consent, S(GUARDIAN_ANYTHING)) || says(may_consent, purpose);
}

static bool stands(struct db *db, struct arena *a, int64_t org, int64_t child, int64_t person,
		   struct str day, int any)
{
	return db_id(db, &q_guardian_apart,
		     ARGS(a, ARG(org), ARG_AS("children", person_accounts(db, a, child)),
			  ARG_AS("people", person_accounts(db, a, person)), ARG(day), ARG(any))) !=
	       0;
}

bool guardian_apart(struct db *db, struct arena *a, int64_t org, int64_t child, int64_t person,
		    struct str day)
{
	return stands(db, a, org, child, person, day, 0);
}

bool guardian_is_own(struct db *db, struct arena *a, int64_t org, int64_t child, int64_t person,
		     struct str day)
{
	return stands(db, a, org, child, person, day, 1);
}

bool right_over_person(struct db *db, struct arena *a, struct rights mine, int right, int64_t org,
		       int64_t me, int64_t whose, struct str day)
{
	return right_over(mine, right, me, whose) &&
	       !str_eq(person_accounts(db, a, me), person_accounts(db, a, whose)) &&
	       !stands(db, a, org, whose, me, day, 1);
}

struct val *guardian_kept(struct req *r)
{
	int64_t org = val_i(r->org, "id"), me = val_i(r->me, "id");
	struct str day = req_today(r);
	if (!org || !me)
		return val_list(r->arena);
	return db_rows(r->db, &q_guardian_kept, ARGS(r->arena, ARG(org), ARG(me), ARG(day)));
}

struct val *guardian_own(struct req *r)
{
	int64_t org = val_i(r->org, "id"), me = val_i(r->me, "id");
	struct str day = req_today(r), people = person_accounts(r->db, r->arena, me);
	return db_rows(r->db, &q_guardian_own, ARGS(r->arena, ARG(org), ARG(people), ARG(day)));
}

bool guardian_keeps(const struct val *kept, int64_t person)
{
	for (size_t i = 0; i < val_count(kept); i++)
		if (val_i(val_at(kept, i), "child") == person)
			return true;
	return false;
}

struct val *guardian_shown(struct req *r, struct val *rows, const char *name)
{
	const struct val *kept = val_count(rows) ? guardian_kept(r) : val_null();
	if (!val_count(kept))
		return rows;
	struct val *shown = val_list(r->arena);
	for (size_t i = 0; i < val_count(rows); i++)
		if (!guardian_keeps(kept, val_i(val_at(rows, i), name)))
			val_push(shown, val_at(rows, i));
	return shown;
}

bool guardian_named(struct arena *a, const struct val *kept, struct str text)
{
	const struct val *words = val_count(kept) ? person_words(a, text) : val_null();
	for (size_t i = 0; i < val_count(kept); i++) {
		const struct val *name = person_words(a, val_s(val_at(kept, i), "name"));
		size_t k = 0;
		while (k < val_count(name) && val_holds(words, val_get_str(val_at(name, k))))
			k++;
		if (k && k == val_count(name))
			return true;
	}
	return false;
}
