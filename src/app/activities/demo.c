#include "app/activities/demo.h"

#include "base/arena.h"
#include "base/instant.h"
#include "core/activity.h"
#include "core/args.h"
#include "core/org.h"
#include "core/place.h"
#include "core/term.h"
#include "core/text.h"
#include "queries.h"

enum { DAY = 86400, MOST_PLACES = 3 };

static const struct {
	const char *name, *address, *zone, *access;
} places[MOST_PLACES] = {
	{"Lakeside gym", "14 Shore Road\nLakeside", "America/Winnipeg",
	 "Ramp at the east door. Accessible toilet beside the changing rooms."},
	{"Halloran’s mill", "2 Weir Lane\nLakeside", "America/Winnipeg",
	 "Gravel yard; stairs to the upper floor, no lift. Ear protection is there."},
	{"Harbour training centre", "9 Pier Street\nSt. John’s", "America/St_Johns",
	 "Lift to all floors. Hearing loop in the hall."},
};

struct planned {
	int days, hour, minutes, place; /* from today; place: 0 none, or one of those above */
	const char *kind, *method, *mode, *status, *visibility;
	const char *en, *fr, *about_en, *about_fr;
	int capacity, per_adult;
	const char *why;
};
static const struct planned plans[] = {
	{6, 10, 90, 2, "visit", "work_site_visit", "in_person", "planned", "invited",
	 "Morning at the mill", "Matinée au moulin",
	 "We see how oats become flour, and ask the people there how they came to their work.",
	 "On voit comment l’avoine devient farine, et on demande aux gens comment ils sont arrivés "
	 "à "
	 "leur métier.",
	 24, 8, NULL},
	{13, 18, 120, 1, "event", "open_house", "in_person", "planned", "public",
	 "Evening of trades and callings", "Soirée des métiers",
	 "Twelve tables, twelve people from around the lake. Families are welcome.",
	 "Douze tables, douze personnes des environs du lac. Les familles sont les bienvenues.",
	 120, 0, NULL},
	{20, 13, 45, 3, "session", "webinar", "technology", "planned", "public",
	 "A day on the harbour: questions to a pilot",
	 "Une journée au port : questions à un pilote", "Live from St. John’s. Bring one question.",
	 "En direct de Saint-Jean. Apportez une question.", 0, 0, NULL},
	{27, 9, 60, 1, "event", "show_and_tell", "in_person", "cancelled", "public",
	 "Tools of the trade", "Les outils du métier", "Bring a tool and its story.",
	 "Apportez un outil et son histoire.", 60, 0, "The gym floor is being mended."},
	{-9, 11, 45, 0, "session", "classroom_visit", "in_person", "held", "private",
	 "A nurse visits 8B", "Une infirmière visite la 8B", "", "", 0, 0, NULL},
	{-30, 0, 0, 0, "letter", "newsletter", "written", "held", "private",
	 "Autumn letter to families", "Lettre d’automne aux familles", "", "", 0, 0, NULL},
};

struct filling {
	struct db *db;
	struct arena *a;
	int64_t org, by, now, place[MOST_PLACES];
};

static void put_text(struct filling *f, int64_t id, const char *field, const char *lang,
		     const char *body)
{
	text_first(f->db, f->a,
		   &(struct text){.org = f->org,
				  .kind = "activity",
				  .owner = id,
				  .field = field,
				  .lang = str_of(lang),
				  .body = str_of(body),
				  .made_by = f->by,
				  .made_at = f->now});
}

static void put_plan(struct filling *f, const struct planned *p)
{
	struct str zone = p->place ? str_of(places[p->place - 1].zone) : S("America/Winnipeg");
	struct wall wall = {.day = f->now / DAY + p->days, .seconds = p->hour * 3600};
	struct activity is = {
		.org = f->org,
		.kind = p->kind,
		.method = term_find(f->db, f->a, f->org, "method", str_of(p->method)),
		.mode = p->mode,
		.status = p->why ? "planned" : p->status,
		.starts_wall = wall_text(f->a, wall),
		.zone = zone,
		.starts_at = wall_instant(wall, zone_open(f->a, zone), NULL),
		.minutes = p->minutes,
		.place = p->place ? f->place[p->place - 1] : 0,
		.responsible = f->by,
		.capacity = p->capacity,
		.going_out = p->per_adult > 0,
		.learners_per_adult = p->per_adult,
		.slip = p->per_adult > 0,
		.visibility = p->visibility,
		.now = f->now,
		.by = f->by,
	};
	int64_t id = activity_add(f->db, f->a, &is);
	put_text(f, id, "title", "en", p->en);
	put_text(f, id, "title", "fr", p->fr);
	put_text(f, id, "about", "en", p->about_en);
	put_text(f, id, "about", "fr", p->about_fr);
	is.status = p->status;
	is.lang = S("en");
	if (p->why)
		activity_correct(f->db, f->a, id, 1, &is, p->why);
	if (p->per_adult) {
		put_text(f, id, "bring", "en", "Sturdy shoes, a question written down");
		put_text(f, id, "bring", "fr", "Des souliers solides, une question par écrit");
		put_text(f, id, "materials", "en", "Safety glasses for everybody");
		put_text(f, id, "materials", "fr", "Des lunettes de protection pour chacun");
		db_exec(f->db, &q_activities_role_put,
			ARGS(f->a, ARG_AS("org", f->org), ARG_AS("activity", id),
			     ARG_AS("role", "volunteer"), ARG_AS("wanted", 2)));
	}
}

void activities_demo_fill(struct db *db, struct arena *a, struct err *err, int64_t now)
{
	const struct val *org = org_by_slug(db, a, S("lakeside"));
	struct filling f = {.db = db, .a = a, .org = val_i(org, "id"), .now = now};
	const struct val *admin =
		db_row(db, &q_activities_demo_admin, ARGS(a, ARG_AS("org", f.org)));
	f.by = val_i(admin, "id");
	for (int i = 0; i < MOST_PLACES; i++)
		f.place[i] = place_add(
			db, a, f.org,
			&(struct place){str_of(places[i].name), str_of(places[i].address),
					str_of(places[i].zone), str_of(places[i].access), S("en")});
	for (size_t i = 0; i < sizeof plans / sizeof *plans && err->kind == ERR_NONE; i++)
		put_plan(&f, &plans[i]);
}
