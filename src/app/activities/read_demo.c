/* The demonstration's school has held something: who was there, for the readers of the ledger. */
#include "app/activities/demo.h"

#include "base/arena.h"
#include "base/instant.h"
#include "core/activity.h"
#include "core/args.h"
#include "core/group.h"
#include "core/org.h"
#include "core/participation.h"
#include "core/person.h"
#include "core/text.h"
#include "queries.h"

enum { DAY = 86400, GROUPS = 3 };

static const struct {
	int days_ago;
	const char *kind, *mode, *en, *fr;
	bool came[GROUPS]; /* which of the classes, in the order of their names */
	int items;         /* of the school's first standard */
} past[] = {
	{82, "visit", "in_person", "At the sawmill", "À la scierie", {true, true, true}, 2},
	{61,
	 "session",
	 "in_person",
	 "What a welder does all day",
	 "La journée d’une soudeuse",
	 {true, false, true},
	 3},
	{40,
	 "session",
	 "technology",
	 "A call from the research ship",
	 "Un appel du navire de recherche",
	 {true, true, false},
	 1},
	{12, "event", "in_person", "Trades day", "Journée des métiers", {true, true, true}, 4},
};

struct filling {
	struct db *db;
	struct arena *a;
	int64_t org, by, now, speaker;
	const struct val *groups, *items;
};

static int64_t hold(struct filling *f, size_t i)
{
	struct wall wall = {.day = f->now / DAY - past[i].days_ago, .seconds = 10 * 3600};
	struct str zone = S("America/Winnipeg");
	struct activity is = {.org = f->org,
			      .kind = past[i].kind,
			      .mode = past[i].mode,
			      .status = "held",
			      .starts_wall = wall_text(f->a, wall),
			      .zone = zone,
			      .starts_at = wall_instant(wall, zone_open(f->a, zone), NULL),
			      .minutes = 60,
			      .responsible = f->by,
			      .visibility = "invited",
			      .now = f->now,
			      .by = f->by};
	int64_t id = activity_add(f->db, f->a, &is);
	const char *const langs[] = {"en", "fr"}, *const titles[] = {past[i].en, past[i].fr};
	for (int l = 0; l < 2; l++)
		text_first(f->db, f->a,
			   &(struct text){.org = f->org,
					  .kind = "activity",
					  .owner = id,
					  .field = "title",
					  .lang = str_of(langs[l]),
					  .body = str_of(titles[l]),
					  .made_by = f->by,
					  .made_at = f->now});
	return id;
}

static struct participation row_of(struct filling *f, int64_t activity)
{
	return (struct participation){.org = f->org,
				      .activity = activity,
				      .role = "learner",
				      .state = "attended",
				      .minutes = 60,
				      .ground = "duty",
				      .attested_by = f->by,
				      .now = f->now,
				      .by = f->by,
				      .why = ""};
}

/* A teacher of the school was a book at the last of them: people asked her about her work. */
static void add_book(struct filling *f, int64_t activity)
{
	const struct val *who =
		db_row(f->db, &q_read_demo_book,
		       ARGS(f->a, ARG_AS("org", f->org), ARG_AS("name", "Aurélie Blackwood")));
	struct participation as = row_of(f, activity);
	as.person = val_i(who, "id");
	as.role = "book";
	as.ground = "agreement";
	if (as.person)
		participation_add(f->db, f->a, &as);
}

/* Each class, but for one who was ill. */
static void fill_past(struct filling *f, size_t i)
{
	int64_t activity = hold(f, i);
	struct participation to = row_of(f, activity);
	struct str day = day_text(f->a, f->now / DAY - past[i].days_ago);
	struct val *ids = val_list(f->a);
	for (size_t g = 0; g < GROUPS && g < val_count(f->groups); g++) {
		struct val *absent = val_list(f->a), *rows;
		if (!past[i].came[g])
			continue;
		to.group = val_i(val_at(f->groups, g), "value");
		val_push(ids, val_int(f->a, to.group));
		const struct val *members = group_members(f->db, f->a, f->org, to.group, day);
		val_push(absent, val_get(val_at(members, i), "person"));
		rows = participation_group(f->db, f->a, &to, day, absent);
		for (size_t k = 0; k < val_count(f->items) && k < (size_t)past[i].items; k++)
			participation_exercise(f->db, f->a, rows,
					       val_i(val_at(f->items, k), "item"),
					       val_i(val_at(f->items, k), "version"));
	}
	db_exec(f->db, &q_activities_groups_put,
		ARGS(f->a, ARG_AS("org", f->org), ARG(activity),
		     ARG_AS("ids", text_ids(f->a, ids, NULL))));
	to.group = 0;
	to.person = f->speaker;
	to.role = "speaker";
	to.ground = "agreement";
	participation_add(f->db, f->a, &to);
	if (i == sizeof past / sizeof *past - 1)
		add_book(f, activity);
}

/* The first class goes to the mill, so that its notices can be printed and its sheet opened. */
static void put_class(struct filling *f)
{
	const struct val *visit = db_row(f->db, &q_activities_demo_visit,
					 ARGS(f->a, ARG_AS("org", f->org), ARG_AS("now", f->now)));
	struct val *ids = val_list(f->a);
	if (val_is_null(visit) || !val_count(f->groups))
		return;
	val_push(ids, val_get(val_at(f->groups, 0), "value"));
	db_exec(f->db, &q_activities_groups_put,
		ARGS(f->a, ARG_AS("org", f->org), ARG_AS("activity", val_i(visit, "id")),
		     ARG_AS("ids", text_ids(f->a, ids, NULL))));
}

void read_demo_fill(struct db *db, struct arena *a, struct err *err, int64_t now)
{
	const struct val *org = org_by_slug(db, a, S("lakeside"));
	struct filling f = {.db = db, .a = a, .org = val_i(org, "id"), .now = now};
	struct val *args = ARGS(a, ARG_AS("org", f.org), ARG_AS("today", day_text(a, now / DAY)));
	f.by = val_i(db_row(db, &q_activities_demo_admin, args), "id");
	f.groups = db_rows(db, &q_activities_groups_offered, args);
	f.items = db_rows(db, &q_read_demo_items, args);
	f.speaker = person_add(
		db, a, ARGS(a, ARG_AS("name", "Berit Sandvik"), ARG_AS("lang", "en")), f.org, now);
	for (size_t i = 0; i < sizeof past / sizeof *past && err->kind == ERR_NONE; i++)
		fill_past(&f, i);
	if (err->kind == ERR_NONE)
		put_class(&f);
}
