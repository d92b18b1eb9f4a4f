#include "core/band.h"

#include "core/args.h"
#include "core/person.h"
#include "core/text.h"
#include "queries.h"

struct val *bands_of(struct db *db, struct arena *a, int64_t org, struct str lang, struct str first)
{
	static const char *const fields[] = {"name", NULL};
	struct val *rows = db_rows(db, &q_band_list, ARGS(a, ARG(org)));
	text_attach(db, a, rows,
		    &(struct text_want){.kind = "age_band",
					.id = "id",
					.fields = fields,
					.lang = lang,
					.first = first});
	return rows;
}

/* What is not named is decided alone from the first adult band on, and so long somebody is a minor. */
static void follow(struct db *db, struct arena *a, int64_t org, int64_t person)
{
	db_exec(db, &q_band_adults, ARGS(a, ARG(org), ARG(person)));
	db_exec(db, &q_band_minors,
		ARGS(a, ARG(org), ARG(person), ARG_AS("forever", BAND_FOREVER)));
}

static void settle(struct db *db, struct arena *a, int64_t org)
{
	db_exec(db, &q_band_rest_drop, ARGS(a, ARG(org)));
	db_exec(db, &q_band_rest, ARGS(a, ARG(org)));
	follow(db, a, org, 0);
}

static struct val *args_of_band(struct arena *a, const struct age_band *b)
{
	return ARGS(a, ARG_AS("org", b->org), ARG_AS("id", b->id), ARG_AS("rev", b->rev),
		    ARG_AS("position", b->position), ARG_AS("adult", (int)b->adult));
}

static bool taken(struct db *db, struct arena *a, const struct age_band *b)
{
	return val_i(db_row(db, &q_band_twice, args_of_band(a, b)), "n") > 0;
}

enum band_answer band_add(struct db *db, struct arena *a, struct age_band *b)
{
	if (taken(db, a, b))
		return BAND_TWICE;
	b->id = db_id(db, &q_band_add, args_of_band(a, b));
	settle(db, a, b->org);
	return BAND_DONE;
}

enum band_answer band_change(struct db *db, struct arena *a, const struct age_band *b)
{
	if (taken(db, a, b))
		return BAND_TWICE;
	if (!db_id(db, &q_band_change, args_of_band(a, b)))
		return BAND_STALE;
	settle(db, a, b->org);
	return BAND_DONE;
}

bool band_remove(struct db *db, struct arena *a, int64_t org, int64_t id)
{
	if (db_exec(db, &q_band_remove, ARGS(a, ARG(org), ARG(id))) != 1)
		return false;
	text_forget(db, a, "age_band", id);
	settle(db, a, org);
	return true;
}

struct val *band_purposes(struct db *db, struct arena *a, int64_t org)
{
	return db_rows(db, &q_band_purposes, ARGS(a, ARG(org)));
}

void band_purpose_set(struct db *db, struct arena *a, int64_t org, struct str purpose, int64_t band)
{
	db_exec(db, &q_band_purpose_drop, ARGS(a, ARG(org), ARG(purpose)));
	if (band)
		db_exec(db, &q_band_purpose_set, ARGS(a, ARG(org), ARG(purpose), ARG(band)));
}

bool band_place(struct db *db, struct arena *a, const struct band_place *p)
{
	struct val *args = ARGS(
		a, ARG_AS("org", p->org), ARG_AS("person", p->person), ARG_AS("band", p->band),
		ARG_AS("rev", p->rev), ARG_AS("since", p->since), ARG_AS("since_at", p->since_at),
		ARG_NULL("until", p->until), ARG_NULL("until_at", p->until.n ? p->until_at : 0));
	if (db_exec(db, &q_band_place, args) != 1)
		return false;
	follow(db, a, p->org, p->person);
	return true;
}

struct val *band_of(struct db *db, struct arena *a, int64_t org, int64_t person)
{
	return db_row(db, &q_band_of,
		      ARGS(a, ARG(org), ARG_AS("people", person_accounts(db, a, person))));
}

struct val *band_alone(struct db *db, struct arena *a, int64_t org, int64_t person)
{
	return db_rows(db, &q_band_alone,
		       ARGS(a, ARG(org), ARG_AS("people", person_accounts(db, a, person))));
}

int64_t band_on(const struct val *bands, const struct val *of, struct str day)
{
	int64_t band = val_i(of, "band");
	if (!val_s(of, "until").n || str_cmp(day, val_s(of, "until")) < 0)
		return band;
	for (size_t i = 0; i + 1 < val_count(bands); i++)
		if (val_i(val_at(bands, i), "id") == band)
			return val_i(val_at(bands, i + 1), "id");
	return band;
}

static const struct val *of_purpose(const struct val *rows, struct str purpose)
{
	for (size_t i = 0; i < val_count(rows); i++)
		if (str_eq(val_s(val_at(rows, i), "purpose"), purpose))
			return val_at(rows, i);
	return val_null();
}

const struct val *band_alone_for(const struct val *purposes, const struct val *alone,
				 struct str purpose)
{
	bool named = !val_is_null(of_purpose(purposes, purpose));
	return of_purpose(alone, named ? purpose : S("*"));
}
