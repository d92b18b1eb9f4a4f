#pragma once
/*
 * Writing plans: what was typed becomes rows, one or a series of them. A series is a first activity
 * and those that name it (activity.series); a change is made to one of them, or to it and all that
 * follow and are still planned. What concerns people (when, where, how, whether) is said as an event
 * ("activities.changed", "activities.cancelled"), once for all that changed together; plan_tell.c
 * writes the letters.
 */
#include "core/activity.h"
#include "web/req.h"

extern const char *const plan_texts[]; /* the fields that are core text; ends with NULL */

/* The activity as the form has it; r->errors says what is wrong with it. `was`: what is stored. */
struct activity plan_typed(struct req *, const struct val *was);
/* The activity as it is stored. */
struct activity plan_stored(struct req *, const struct val *row);
/* The language in which texts are typed; sets in.work and out.work_langs. */
struct str plan_work_lang(struct req *);

/* The others of its series that begin later and are planned: rows of core/activity.h. */
struct val *plan_following(struct req *, const struct val *row);
/* Sets out.siblings to every activity of its series, itself too; empty where there is none. */
void plan_series_shown(struct req *, const struct val *row);

/* Says that these activities (ids) changed together; in the same transaction. */
void plan_say(struct req *, const char *kind, const struct val *ids);
