#include "core/term.h"

#include "base/arena.h"
#include "core/args.h"
#include "core/text.h"
#include "queries.h"

int64_t term_add(struct db *db, struct arena *a, const struct term *t)
{
	return db_id(db, &q_term_add,
		     ARGS(a, ARG_NULL("org", t->org), ARG_AS("scheme", t->scheme),
			  ARG_AS("code", t->code), ARG_NULL("broader", t->broader),
			  ARG_AS("position", t->position)));
}

bool term_retire(struct db *db, struct arena *a, int64_t org, int64_t id, int64_t at)
{
	return db_exec(db, &q_term_retire, ARGS(a, ARG(org), ARG(id), ARG_NULL("at", at))) == 1;
}

struct val *term_list(struct db *db, struct arena *a, int64_t org, const char *scheme,
		      struct str lang, struct str first)
{
	static const char *const fields[] = {"name", NULL};
	struct val *list = db_rows(db, &q_term_list, ARGS(a, ARG(org), ARG(scheme)));
	text_attach(db, a, list,
		    &(struct text_want){.kind = "term",
					.id = "id",
					.fields = fields,
					.lang = lang,
					.first = first});
	return list;
}

int64_t term_find(struct db *db, struct arena *a, int64_t org, const char *scheme, struct str code)
{
	return db_id(db, &q_term_find, ARGS(a, ARG(org), ARG(scheme), ARG(code)));
}

static void name_put(struct db *db, struct arena *a, int64_t term, const char *lang,
		     const char *name, int64_t now)
{
	text_put(db, a,
		 &(struct text){.kind = "term",
				.owner = term,
				.field = "name",
				.lang = str_of(lang),
				.body = str_of(name),
				.made_at = now,
				.seen_rev = TEXT_ANY});
}

void term_ship(struct db *db, struct arena *a, const struct term_shipped *shipped, int64_t now)
{
	for (int64_t position = 1; shipped->scheme; shipped++, position++) {
		struct term term = {.scheme = shipped->scheme,
				    .code = str_of(shipped->code),
				    .position = position};
		int64_t id = term_find(db, a, 0, term.scheme, term.code);
		if (!id)
			id = term_add(db, a, &term);
		name_put(db, a, id, "en", shipped->en, now);
		name_put(db, a, id, "fr", shipped->fr, now);
	}
}

bool term_ship_all(struct db *db, struct arena *a, struct err *err, int64_t now)
{
	db_use(db, a, err);
	db_begin(db, DB_WRITE, 0);
	term_ship(db, a, term_shipped, now);
	if (db_commit(db))
		return true;
	db_rollback(db);
	return false;
}

/* Ways of working with people; the names of methods that standards of the field list (CDPC 20.2,
 * P2). */
const struct term_shipped term_shipped[] = {
	{"method", "classroom_visit", "Classroom visit", "Visite en classe"},
	{"method", "open_house", "Open house", "Journée portes ouvertes"},
	{"method", "conference_parents", "Parent-teacher conference",
	 "Rencontre parents-enseignants"},
	{"method", "after_school", "After-school event", "Activité après l’école"},
	{"method", "career_fair", "Career fair", "Salon des carrières"},
	{"method", "show_and_tell", "Show and tell", "Présentation d’un objet"},
	{"method", "meet_and_greet", "Meet and greet", "Rencontre informelle"},
	{"method", "interview", "Informational interview", "Entrevue d’information"},
	{"method", "work_site_visit", "Visit to a workplace", "Visite d’un lieu de travail"},
	{"method", "field_trip", "Field trip", "Sortie éducative"},
	{"method", "human_library", "Human Library reading", "Lecture à la Bibliothèque humaine"},
	{"method", "lesson", "Lesson", "Leçon"},
	{"method", "workshop", "Workshop", "Atelier"},
	{"method", "course", "Course", "Formation"},
	{"method", "guidance_interview", "Guidance interview", "Entretien d’orientation"},
	{"method", "website", "School website", "Site web de l’école"},
	{"method", "email", "E-mail", "Courriel"},
	{"method", "social_media", "Social media", "Médias sociaux"},
	{"method", "webinar", "Webinar", "Webinaire"},
	{"method", "telephone", "Telephone", "Téléphone"},
	{"method", "newsletter", "Newsletter", "Bulletin"},
	{"method", "notice", "Take-home notice", "Avis à rapporter à la maison"},
	{"adult_check", "police_record", "Police record check",
	 "Vérification des antécédents judiciaires"},
	{"adult_check", "vulnerable_sector", "Vulnerable sector check",
	 "Vérification pour secteur vulnérable"},
	{"adult_check", "child_welfare", "Child welfare register check",
	 "Vérification au registre de la protection de l’enfance"},
	{"adult_check", "references", "References taken up", "Références vérifiées"},
	{NULL, NULL, NULL, NULL},
};
