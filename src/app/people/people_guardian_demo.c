#include "app/people/people_guardian_demo.h"

#include "base/arena.h"
#include "core/args.h"
#include "core/consent.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/org.h"
#include "core/person.h"

/* A shared address, somebody with one name, an elder who has a telephone and no e-mail. */
static const struct {
	const char *name, *lang, *kind, *contact;
} people[] = {
	{"Noé Desrosiers-Kaur", "fr", NULL, NULL},
	{"Harpreet Kaur", "en", "email", "family@desrosiers-kaur.example"},
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
	{HARPREET, "contact", "paper", "en", false},
	{HARPREET, "evidence", "paper", "en", false},
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
				    ARGS(a, ARG_AS("person", ids[i]),
					 ARG_AS("kind", people[i].kind),
					 ARG_AS("value", people[i].contact)),
				    now);
	}
}

void people_guardian_demo_fill(struct db *db, struct arena *a, struct err *err, int64_t now)
{
	int64_t org = val_i(org_by_slug(db, a, S("lakeside")), "id"), ids[PEOPLE];
	if (!org || err->kind != ERR_NONE)
		return;
	add_people(db, a, org, ids, now);
	minor_until(db, a, org, ids[NOE], S("2031-07-01"));
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
