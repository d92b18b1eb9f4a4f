/* The demonstration's trades day is over, and a question is asked of whoever was there. */
#include "app/activities/reflect.h"
#include "app/activities/reflect_rules.h"
#include "core/args.h"
#include "core/org.h"
#include "core/text.h"
#include "queries.h"

static const struct {
	const char *lang, *words;
	bool shared;
} answers[] = {
	{"en", "That the welder failed her first test and laughed about it.", true},
	{"fr", "Qu’une boulangère commence à deux heures de la nuit, et qu’elle aime ça.", true},
	{"en", "I thought I would be bored at the electricians’ table.", false},
	{"en", "How much maths a roofer does.", false},
	{"fr", "Je ne savais pas qu’on pouvait changer de métier à quarante ans.", false},
	{"en", "They asked me questions back.", false},
	{"en", "Nobody had planned what they do now.", false},
};

void reflect_demo_fill(struct db *db, struct arena *a, struct err *err, int64_t now)
{
	int64_t org = val_i(org_by_slug(db, a, S("lakeside")), "id");
	const struct val *held = db_row(db, &q_reflect_demo_held, ARGS(a, ARG(org), ARG(now)));
	int64_t activity = val_i(held, "id");
	if (!activity || err->kind != ERR_NONE)
		return;
	const char *const langs[] = {"en", "fr"};
	for (int l = 0; l < 2; l++)
		text_first(db, a,
			   &(struct text){.org = org,
					  .kind = "activity",
					  .owner = activity,
					  .field = "question",
					  .lang = str_of(langs[l]),
					  .body = reflect_offered(S("surprise"), str_of(langs[l])),
					  .made_by = val_i(held, "responsible"),
					  .made_at = now});
	db_exec(db, &q_reflect_question_put, ARGS(a, ARG(org), ARG(activity), ARG_AS("days", 0)));
	const struct val *there =
		db_rows(db, &q_reflect_demo_there, ARGS(a, ARG(org), ARG(activity)));
	for (size_t i = 0; i < sizeof answers / sizeof *answers && i < val_count(there); i++)
		db_id(db, &q_reflect_add,
		      ARGS(a, ARG(org), ARG(activity),
			   ARG_AS("person", val_i(val_at(there, i), "person")),
			   ARG_AS("question",
				  reflect_offered(S("surprise"), str_of(answers[i].lang))),
			   ARG_AS("words", answers[i].words), ARG_AS("lang", answers[i].lang),
			   ARG_NULL("shared_at", answers[i].shared ? now : 0), ARG(now)));
}
