/* The demonstration's class 7A has a pupil whose name is written in syllabics, and the child of its
 * own teacher. */
#include "app/people/people_cards.h"

#include "core/args.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/org.h"
#include "core/person.h"
#include "queries.h"

void people_cards_demo_fill(struct db *db, struct arena *a, struct err *err, int64_t now)
{
	static const struct {
		const char *name, *lang;
	} pupils[] = {{"ᐱᑕ ᐊᕐᓇᖅ", "iu"}, {"Daniel Delorme", "en"}};
	int64_t org = val_i(org_by_slug(db, a, S("lakeside")), "id");
	const struct val *led = db_row(db, &q_people_cards_demo, ARGS(a, ARG(org)));
	if (val_is_null(led) || err->kind != ERR_NONE)
		return;
	for (size_t i = 0; i < sizeof pupils / sizeof *pupils; i++) {
		int64_t id = person_add(
			db, a,
			ARGS(a, ARG_AS("name", pupils[i].name), ARG_AS("lang", pupils[i].lang)),
			org, now);
		group_join(db, a, org, val_i(led, "people_group"), id, val_s(led, "since"));
		if (i)
			guardian_add(db, a, org, id, val_i(led, "person"), val_s(led, "since"));
	}
}
