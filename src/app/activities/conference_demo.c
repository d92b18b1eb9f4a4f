/* The demonstration's parents' evening: a mother with two children in the class of a teacher, who has
 * booked for one of them; an interpreter; and times that are free. */
#include "app/activities/conference.h"

#include "base/instant.h"
#include "core/activity.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/org.h"
#include "core/person.h"
#include "core/text.h"
#include "queries.h"

enum { IN_DAYS = 20 };

static int64_t evening(struct db *db, struct arena *a, int64_t org, const struct val *class,
		       struct wall wall, int64_t now)
{
	struct zone *zone = zone_open(a, S("America/Winnipeg"));
	int64_t id = activity_add(db, a,
				  &(struct activity){.org = org,
						     .kind = "conference",
						     .mode = "in_person",
						     .status = "planned",
						     .starts_wall = wall_text(a, wall),
						     .zone = S("America/Winnipeg"),
						     .starts_at = wall_instant(wall, zone, NULL),
						     .minutes = 120,
						     .responsible = val_i(class, "teacher"),
						     .visibility = "invited",
						     .now = now});
	db_exec(db, &q_conference_demo_group,
		ARGS(a, ARG(org), ARG_AS("activity", id),
		     ARG_AS("people_group", val_i(class, "people_group"))));
	return id;
}

static int64_t person(struct db *db, struct arena *a, int64_t org, const char *name,
		      const char *lang, int64_t now)
{
	return person_add(db, a, ARGS(a, ARG(name), ARG(lang)), org, now);
}

void conference_demo_fill(struct db *db, struct arena *a, struct err *err, int64_t now)
{
	int64_t org = val_i(org_by_slug(db, a, S("lakeside")), "id");
	const struct val *class = db_row(db, &q_conference_demo_class, ARGS(a, ARG(org)));
	if (val_is_null(class) || err->kind != ERR_NONE)
		return;
	struct str since = val_s(class, "since");
	struct wall wall = {.day = now / 86400 + IN_DAYS, .seconds = 18 * 3600};
	int64_t teacher = val_i(class, "teacher"), pupil = val_i(class, "pupil");
	int64_t remi = person(db, a, org, "Rémi Thériault", "fr", now);
	int64_t mother = person(db, a, org, "Mireille Thériault", "fr", now);
	int64_t interpreter = person(db, a, org, "Solange Petit", "fr", now);
	group_join(db, a, org, val_i(class, "people_group"), remi, since);
	guardian_add(db, a, org, pupil, mother, since);
	guardian_add(db, a, org, remi, mother, since);
	contact_add(db, a,
		    ARGS(a, ARG_AS("person", mother), ARG(org), ARG_AS("kind", "email"),
			 ARG_AS("value", "mireille@home.example")),
		    now);
	int64_t activity = evening(db, a, org, class, wall, now);
	struct str day = day_text(a, wall.day);
	conference_offer(db, a,
			 &(struct conference_offer){.org = org,
						    .activity = activity,
						    .teacher = teacher,
						    .day = day,
						    .zone = S("America/Winnipeg"),
						    .from = 18 * 60,
						    .until = 20 * 60,
						    .minutes = 10,
						    .pause = 5,
						    .room = S("7")});
	wall.seconds = 18 * 3600;
	int64_t starts_at = wall_instant(wall, zone_open(a, S("America/Winnipeg")), NULL);
	db_id(db, &q_conference_interpret,
	      ARGS(a, ARG(org), ARG(activity), ARG_AS("person", interpreter),
		   ARG_AS("tongue", "fr"), ARG(starts_at), ARG_AS("ends_at", starts_at + 3600)));
	const struct val *slots =
		db_rows(db, &q_conference_slots, ARGS(a, ARG(org), ARG(activity)));
	conference_book(db, a,
			&(struct conference_booking){.org = org,
						     .activity = activity,
						     .slot = val_i(val_at(slots, 1), "id"),
						     .child = remi,
						     .guardian = mother,
						     .wants = true,
						     .tongue = S("fr"),
						     .how = "telephone",
						     .by = teacher,
						     .now = now,
						     .today = day_text(a, now / 86400),
						     .day = day});
}
