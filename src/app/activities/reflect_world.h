#pragma once
/*
 * For tests: an hour at the mill that is over, about which a question is asked; who was there, and
 * what they answered.
 */
#include "base/arena.h"
#include "core/activity.h"
#include "core/args.h"
#include "core/participation.h"
#include "core/text.h"
#include "queries.h"
#include "scenario.h"

enum { HOUR = 3600, DAY = 86400 };

static inline int64_t known(struct world *w, const char *name)
{
	return val_get_int(val_text(w->arena, world_known(w, name)));
}

/* One hour, `ago` seconds ago, led by the facilitator, who has no right; not held yet. */
static inline int64_t visit(struct world *w, int64_t ago, int64_t days)
{
	int64_t id =
		world_activity(w, &(struct activity){.starts_at = w->now - ago,
						     .responsible = world_person(w, "facilitator"),
						     .now = w->now - 9 * DAY});
	world_activity_says(w, id, "title", "en", "At the mill");
	world_activity_says(w, id, "title", "fr", "Au moulin");
	world_activity_says(w, id, "question", "en", "What was new?");
	world_activity_says(w, id, "question", "fr", "Quoi de neuf ?");
	db_exec(w->db, &q_reflect_question_put,
		ARGS(w->arena, ARG_AS("org", w->a), ARG_AS("activity", id), ARG(days)));
	return id;
}

static inline int64_t there(struct world *w, int64_t activity, int64_t person, const char *role,
			    const char *state)
{
	return participation_add(w->db, w->arena,
				 &(struct participation){.org = w->a,
							 .activity = activity,
							 .person = person,
							 .role = role,
							 .state = state,
							 .minutes = 60,
							 .ground = "duty",
							 .attested_by = world_person(w, "admin"),
							 .now = w->now,
							 .by = world_person(w, "admin"),
							 .why = "attendance"});
}

static inline int64_t answer(struct world *w, int64_t activity, int64_t person, bool shared)
{
	return db_id(w->db, &q_reflect_add,
		     ARGS(w->arena, ARG_AS("org", w->a), ARG(activity), ARG(person),
			  ARG_AS("question", "What was new?"), ARG_AS("words", "Flour"),
			  ARG_AS("lang", "en"), ARG_NULL("shared_at", shared ? w->now : 0),
			  ARG_AS("now", w->now)));
}
