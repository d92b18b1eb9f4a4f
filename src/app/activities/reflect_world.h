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

static inline void put_text(struct world *w, int64_t id, const char *field, const char *lang,
			    const char *body)
{
	text_first(w->db, w->arena,
		   &(struct text){.org = w->a,
				  .kind = "activity",
				  .owner = id,
				  .field = field,
				  .lang = str_of(lang),
				  .body = str_of(body),
				  .made_at = w->now});
}

/* One hour, `ago` seconds ago, led by the facilitator, who has no right; not held yet. */
static inline int64_t visit(struct world *w, int64_t ago, int64_t days)
{
	struct activity is = {.org = w->a,
			      .kind = "visit",
			      .mode = "in_person",
			      .status = "planned",
			      .starts_wall = S("2026-11-20T10:00"),
			      .zone = S("America/Toronto"),
			      .starts_at = w->now - ago,
			      .minutes = 60,
			      .responsible = world_person(w, "facilitator"),
			      .visibility = "private",
			      .now = w->now - 9 * DAY};
	int64_t id = activity_add(w->db, w->arena, &is);
	put_text(w, id, "title", "en", "At the mill");
	put_text(w, id, "title", "fr", "Au moulin");
	put_text(w, id, "question", "en", "What was new?");
	put_text(w, id, "question", "fr", "Quoi de neuf ?");
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
