/* A mother with children in two organisations, who is asked in both. */
#include "app/people/people_consent.h"
#include "base/arena.h"
#include "base/instant.h"
#include "core/args.h"
#include "core/band.h"
#include "core/consent_sheet.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/org.h"
#include "core/person.h"
#include "queries.h"

enum { WEEKS = 6 * 7 };

static int64_t asked(struct db *db, struct arena *a, int64_t org, const char *name)
{
	return val_i(db_row(db, &q_people_consent_demo_person, ARGS(a, ARG(org), ARG(name))), "id");
}

static void ask(struct db *db, struct arena *a, int64_t org, int64_t group, int64_t by, int64_t now)
{
	static const char *const purposes[] = {"figure", "evidence"};
	for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++)
		consent_ask(db, a,
			    &(struct consent_ask){.org = org,
						  .group = group,
						  .by = by,
						  .now = now,
						  .purpose = str_of(purposes[i]),
						  .answer_by = day_text(a, now / 86400 + WEEKS)});
}

void people_consent_demo_fill(struct db *db, struct arena *a, struct err *err, int64_t now)
{
	int64_t lake = val_i(org_by_slug(db, a, S("lakeside")), "id");
	int64_t boreal = val_i(org_by_slug(db, a, S("boreal")), "id");
	const struct val *class = db_row(db, &q_people_consent_demo_group,
					 ARGS(a, ARG_AS("org", lake), ARG_AS("name", "7A")));
	int64_t harpreet = asked(db, a, lake, "Harpreet Kaur");
	int64_t noe = asked(db, a, lake, "Noé Desrosiers-Kaur");
	struct val *all = val_list(a);
	if (!val_i(class, "id") || !harpreet || !boreal || err->kind != ERR_NONE)
		return;
	group_join(db, a, lake, val_i(class, "id"), noe, val_s(class, "since"));
	ask(db, a, lake, val_i(class, "id"), asked(db, a, lake, "Ines Achterberg"), now);
	int64_t kiran = person_add(
		db, a, ARGS(a, ARG_AS("name", "Kiran Kaur"), ARG_AS("lang", "en")), boreal, now);
	int64_t team =
		group_add(db, a, boreal, "team", S("Summer workshop"), val_s(class, "since"));
	person_join(db, a, harpreet, boreal, now);
	contact_add(db, a,
		    ARGS(a, ARG_AS("person", harpreet), ARG_AS("org", boreal),
			 ARG_AS("kind", "email"),
			 ARG_AS("value", "family@desrosiers-kaur.example")),
		    now);
	minor_until(db, a, boreal, kiran, S(BAND_FOREVER));
	group_join(db, a, boreal, team, kiran, val_s(class, "since"));
	val_push(all, val_text(a, S(GUARDIAN_ANYTHING)));
	guardian_enter(db, a,
		       &(struct guardian){.org = boreal,
					  .child = kiran,
					  .person = harpreet,
					  .position = 1,
					  .since = val_s(class, "since"),
					  .purposes = all,
					  .now = now});
	ask(db, a, boreal, team, asked(db, a, boreal, "Maude Okafor-Tremblay"), now);
}
