/* The demonstration's people who are asked: a family, a waiting list, and an elder on the telephone. */
#include "app/activities/demo.h"

#include "app/activities/ask.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/org.h"
#include "core/person.h"
#include "queries.h"

enum { PLACES = 9 }; /* so that somebody waits */

static const struct {
	const char *name, *lang, *kind, *value, *role;
	enum ask_act act; /* ASK_ACTS: no answer yet */
	int adults, children;
	const char *how, *words;
} asked[] = {
	{"Marguerite and Paul Desjarlais", "fr", "email", "desjarlais@home.example", "guardian",
	 ACT_ACCEPT, 2, 3, "page", "Une poussette, s’il y a de la place."},
	{"Old Joseph", "en", "phone", "204 555 0142", "speaker", ACT_ACCEPT, 1, 0, "telephone",
	 "Would like a ride home."},
	{"Sunniva Berg", "en", "email", "sunniva@home.example", "participant", ACT_ACCEPT, 1, 1,
	 "page", ""},
	{"Ahmed", "fr", "email", "ahmed@home.example", "participant", ACT_ACCEPT, 2, 0, "page", ""},
	{"Wen Li Fontaine", "fr", "email", "wenli@home.example", "guardian", ACT_ACCEPT, 1, 2,
	 "page", ""},
	{"Harriet Moosomin", "en", "email", "harriet@home.example", "participant", ACT_OTHER_DATE,
	 1, 0, "page", "Any Thursday in spring."},
	{"Lucas Abiodun", "en", "email", "lucas@home.example", "participant", ACT_DECLINE, 1, 0,
	 "page", ""},
	{"Odile Perreault", "fr", "email", "odile@home.example", "participant", ASK_ACTS, 0, 0, "",
	 ""},
};

void ask_demo_fill(struct db *db, struct arena *a, struct err *err, int64_t now)
{
	const struct val *org = org_by_slug(db, a, S("lakeside"));
	int64_t id = val_i(org, "id");
	const struct val *plan = db_row(db, &q_ask_demo_plan, ARGS(a, ARG_AS("org", id), ARG(now)));
	int64_t activity = val_i(plan, "id"), by = val_i(plan, "responsible");
	db_exec(db, &q_ask_demo_places,
		ARGS(a, ARG(activity), ARG_AS("org", id), ARG_AS("places", PLACES)));
	for (size_t i = 0; activity && i < sizeof asked / sizeof *asked; i++) {
		int64_t person = person_add(
			db, a,
			ARGS(a, ARG_AS("name", asked[i].name), ARG_AS("lang", asked[i].lang)), id,
			now);
		contact_add(db, a,
			    ARGS(a, ARG(person), ARG_AS("org", id), ARG_AS("kind", asked[i].kind),
				 ARG_AS("value", asked[i].value), ARG_AS("preferred", 1)),
			    now);
		int64_t ask = ask_add(db, a,
				      &(struct ask_new){.org = id,
							.activity = activity,
							.person = person,
							.role = asked[i].role,
							.lang = str_of(asked[i].lang),
							.by = by,
							.now = now});
		enum ask_state state;
		bool by_phone = str_is(str_of(asked[i].how), "telephone");
		if (asked[i].act != ASK_ACTS && err->kind == ERR_NONE)
			ask_say(db, a,
				&(struct ask_answer){
					.org = id,
					.ask = ask,
					.act = asked[i].act,
					.adults = asked[i].adults,
					.children = asked[i].children,
					.words = str_of(asked[i].words),
					.how = asked[i].how,
					.taken_by = by_phone ? by : 0,
					.read_out = by_phone ? S("activities.call/en/0/1") : S(""),
					.now = now},
				&state, val_list(a));
	}
}
