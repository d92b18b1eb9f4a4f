#include "app/people/people_guardian_demo.h"

#include "base/arena.h"
#include "base/instant.h"
#include "core/args.h"
#include "core/band.h"
#include "core/consent.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/org.h"
#include "core/person.h"
#include "core/text.h"

/* A shared address, somebody with one name, an elder who has a telephone and no e-mail. */
static const struct {
	const char *name, *lang, *kind, *contact;
} people[] = {
	{"Noé Desrosiers-Kaur", "fr", NULL, NULL},
	{"Harpreet Kaur", "fr", "email", "family@desrosiers-kaur.example"},
	{"Luc Desrosiers", "fr", "email", "family@desrosiers-kaur.example"},
	{"Pauloosie", "en", "phone", "+1 204 555 0148"},
	{"Marc Oakley", "en", "email", "marc.oakley@oakley.example"},
};
enum { NOE, HARPREET, LUC, PAULOOSIE, MARC, PEOPLE };

static const struct {
	int person, position;
	const char *allowed, *why;
} guards[] = {
	{HARPREET, 1, GUARDIAN_ANYTHING, NULL},
	{LUC, 2, GUARDIAN_ANYTHING, NULL},
	{PAULOOSIE, 3, "contact", NULL},
	{MARC, 4, "contact", "No 24-117, 2026-05-12"},
};

static const struct {
	int by;
	const char *purpose, *how, *lang;
	bool no;
} answers[] = {
	{HARPREET, "contact", "paper", "fr", false},
	{HARPREET, "evidence", "paper", "fr", false},
	{LUC, "evidence", "telephone", "fr", true},
};

static void add_people(struct db *db, struct arena *a, int64_t org, int64_t *ids, int64_t now)
{
	for (int i = 0; i < PEOPLE; i++) {
		struct val *who =
			ARGS(a, ARG_AS("name", people[i].name), ARG_AS("lang", people[i].lang));
		ids[i] = person_add(db, a, who, org, now);
		if (people[i].kind)
			contact_add(db, a,
				    ARGS(a, ARG_AS("person", ids[i]), ARG(org),
					 ARG_AS("kind", people[i].kind),
					 ARG_AS("value", people[i].contact)),
				    now);
	}
}

/* Three age bands; Noé changes from the first to the second next 15 March, and from then on decides
 * alone whether what he did is evidence. */
static void add_bands(struct db *db, struct arena *a, int64_t org, int64_t child,
		      const struct val *model, int64_t now)
{
	static const struct {
		const char *en, *fr;
		bool adult;
	} bands[] = {{"Younger pupils", "Jeunes élèves", false},
		     {"Older pupils", "Élèves plus âgés", false},
		     {"Adults", "Adultes", true}};
	enum { BANDS = sizeof bands / sizeof *bands };
	int64_t ids[BANDS];
	for (int i = 0; i < BANDS; i++) {
		struct age_band b = {.org = org, .position = i + 1, .adult = bands[i].adult};
		band_add(db, a, &b);
		ids[i] = b.id;
		for (int k = 0; k < 2; k++)
			text_first(db, a,
				   &(struct text){.org = org,
						  .kind = "age_band",
						  .owner = b.id,
						  .field = "name",
						  .lang = k ? S("fr") : S("en"),
						  .body = str_of(k ? bands[i].fr : bands[i].en),
						  .made_at = now});
	}
	struct zone *zone = zone_open(a, val_s(model, "zone"));
	int64_t today = instant_wall(now, zone).day, since, change;
	int year, month, of_month;
	day_split(today, &year, &month, &of_month);
	day_of(year - 1, 3, 15, &since);
	day_of(month < 3 || (month == 3 && of_month < 15) ? year : year + 1, 3, 15, &change);
	band_purpose_set(db, a, org, S("evidence"), ids[1]);
	band_place(db, a,
		   &(struct band_place){
			   .org = org,
			   .person = child,
			   .band = ids[0],
			   .since = day_text(a, since),
			   .since_at = wall_instant((struct wall){since, 0}, zone, NULL),
			   .until = day_text(a, change),
			   .until_at = wall_instant((struct wall){change, 0}, zone, NULL)});
}

void people_guardian_demo_fill(struct db *db, struct arena *a, struct err *err, int64_t now)
{
	const struct val *model = org_by_slug(db, a, S("lakeside"));
	int64_t org = val_i(model, "id"), ids[PEOPLE];
	if (!org || err->kind != ERR_NONE)
		return;
	add_people(db, a, org, ids, now);
	add_bands(db, a, org, ids[NOE], model, now);
	for (size_t i = 0; i < sizeof guards / sizeof *guards; i++) {
		struct val *allowed = val_list(a);
		val_push(allowed, val_text(a, str_of(guards[i].allowed)));
		guardian_enter(db, a,
			       &(struct guardian){.org = org,
						  .child = ids[NOE],
						  .person = ids[guards[i].person],
						  .position = guards[i].position,
						  .since = S("2025-09-01"),
						  .purposes = allowed,
						  .no_contact = guards[i].why != NULL,
						  .why = str_of(guards[i].why ? guards[i].why : ""),
						  .now = now});
	}
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
		consent_give(db, a,
			     &(struct consent){.org = org,
					       .person = ids[NOE],
					       .purpose = answers[i].purpose,
					       .no = answers[i].no,
					       .words = answers[i].purpose,
					       .words_rev = 1,
					       .lang = str_of(answers[i].lang),
					       .given_by = ids[answers[i].by],
					       .given_how = answers[i].how,
					       .now = now,
					       .today = S("2026-09-01")});
}
