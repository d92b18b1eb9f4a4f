#pragma once
/*
 * For tests: an evening of conferences of class 7A in five days from six in the evening on, its teachers
 * and their times, children and guardians.
 */
#include "app/activities/conference.h"
#include "base/arena.h"
#include "core/activity.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/link.h"
#include "core/person.h"
#include "queries.h"
#include "scenario.h"

#define ZONE S("America/Toronto")

static inline int64_t person(struct world *w, const char *key, const char *name)
{
	int64_t id = person_add(w->db, w->arena, ARGS(w->arena, ARG(name), ARG_AS("lang", "fr")),
				w->a, w->now);
	world_know_id(w, key, id);
	return id;
}

struct evening {
	int64_t activity, class;
	struct str day;
};

static inline struct evening evening_of(struct world *w)
{
	struct wall wall = {.day = w->now / 86400 + 5, .seconds = 18 * 3600};
	struct evening e = {.day = day_text(w->arena, wall.day)};
	e.class = group_add(w->db, w->arena, w->a, "class", S("7A"), S("2020-09-01"));
	e.activity = world_activity(w, &(struct activity){.kind = "conference",
							  .starts_wall = wall_text(w->arena, wall),
							  .minutes = 120,
							  .visibility = "invited"});
	db_exec(w->db, &q_conference_demo_group,
		ARGS(w->arena, ARG_AS("org", w->a), ARG_AS("activity", e.activity),
		     ARG_AS("people_group", e.class)));
	return e;
}

static inline void teaches(struct world *w, const struct evening *e, int64_t teacher, int until)
{
	group_staff_add(w->db, w->arena, w->a, e->class, teacher, S("2020-09-01"));
	conference_offer(w->db, w->arena,
			 &(struct conference_offer){.org = w->a,
						    .activity = e->activity,
						    .teacher = teacher,
						    .day = e->day,
						    .zone = ZONE,
						    .from = 18 * 60,
						    .until = until,
						    .minutes = 10});
}

static inline void child_of(struct world *w, const struct evening *e, int64_t child,
			    int64_t guardian)
{
	group_join(w->db, w->arena, w->a, e->class, child, S("2020-09-01"));
	guardian_add(w->db, w->arena, w->a, child, guardian, S("2020-09-01"));
}

static inline struct str key_for(struct world *w, const struct evening *e, int64_t guardian)
{
	return link_make(w->db, w->arena,
			 &(struct link_new){.purpose = CONFERENCE_LINK,
					    .org = w->a,
					    .owner = guardian,
					    .subject = e->activity,
					    .now = w->now,
					    .ends_at = w->now + 86400,
					    .uses = 99});
}

static inline void know_slots(struct world *w, const struct evening *e, const char *const *names)
{
	const struct val *slots =
		db_rows(w->db, &q_conference_slots,
			ARGS(w->arena, ARG_AS("org", w->a), ARG_AS("activity", e->activity)));
	for (size_t i = 0; names[i]; i++)
		world_know_id(w, names[i], val_i(val_at(slots, i), "id"));
}
