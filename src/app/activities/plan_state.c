/* What becomes of a plan: cancelled, held, or planned again. The row before stays, with the reason. */
#include "app/activities/plan.h"
#include "app/activities/plan_write.h"
#include "base/arena.h"
#include "core/activity.h"
#include "core/crumbs.h"

enum { EARLY = 12 * 3600 };

struct activity plan_stored(struct req *r, const struct val *row)
{
	return (struct activity){
		.org = val_i(r->org, "id"),
		.kind = str_c(r->arena, val_s(row, "kind")),
		.method = val_i(row, "method"),
		.mode = str_c(r->arena, val_s(row, "mode")),
		.status = str_c(r->arena, val_s(row, "status")),
		.starts_wall = val_s(row, "starts_wall"),
		.zone = val_s(row, "zone"),
		.second = val_b(row, "second"),
		.starts_at = val_i(row, "starts_at"),
		.minutes = val_i(row, "minutes"),
		.place = val_i(row, "place"),
		.series = val_i(row, "series"),
		.responsible = val_i(row, "responsible"),
		.capacity = val_i(row, "capacity"),
		.link = val_s(row, "link"),
		.going_out = val_b(row, "going_out"),
		.learners_per_adult = val_i(row, "learners_per_adult"),
		.slip = val_b(row, "slip"),
		.visibility = str_c(r->arena, val_s(row, "visibility")),
		.answer_by = val_s(row, "answer_by"),
		.lang = r->lang,
		.now = r->now,
		.by = val_i(r->me, "id"),
	};
}

static struct val *stored(struct req *r)
{
	return activity_row(r->db, r->arena, val_i(r->org, "id"), 0, val_i(r->in, "activity"));
}

static int back(struct req *r, const char *message)
{
	flash(r, message);
	return see_other(r, "/activities/%lld", (long long)val_i(r->in, "activity"));
}

/* False if somebody was faster. */
static bool settle(struct req *r, const struct val *row, int64_t rev, const char *status,
		   const char *verb)
{
	struct activity to = plan_stored(r, row);
	to.status = status;
	if (!activity_correct(r->db, r->arena, val_i(row, "id"), rev, &to,
			      str_c(r->arena, val_s(r->in, "why"))))
		return false;
	plan_note(r, verb, val_i(row, "id"));
	return true;
}

#define FASTER N_("Someone else changed this activity. Look at it, then try again.")

static int faster(struct req *r)
{
	invalid(r, "rev", FASTER);
	return INVALID;
}

int plan_cancel_page(struct req *r)
{
	struct val *row = plan_open(r);
	if (val_is_null(row))
		return NOT_FOUND;
	val_set(r->in, "rev", val_get(row, "rev"));
	plan_series_shown(r, row);
	crumb(r, N_("Cancel the activity"), NULL);
	return OK;
}

int plan_cancel(struct req *r)
{
	struct val *row = stored(r), *told = val_list(r->arena);
	if (val_is_null(row))
		return NOT_FOUND;
	if (str_is(val_s(row, "status"), "cancelled"))
		return back(r, N_("The activity was cancelled before."));
	bool was_held = str_is(val_s(row, "status"), "held");
	struct val *rest = str_is(val_s(r->in, "change"), "following") ? plan_following(r, row)
								       : val_list(r->arena);
	if (!settle(r, row, val_i(r->in, "rev"), "cancelled", "activity.cancelled"))
		return faster(r);
	if (!was_held)
		val_push(told, val_get(row, "id"));
	for (size_t i = 0; i < val_count(rest); i++) {
		const struct val *one = val_at(rest, i);
		settle(r, one, val_i(one, "rev"), "cancelled", "activity.cancelled");
		val_push(told, val_get(one, "id"));
	}
	plan_say(r, "activities.cancelled", told);
	return back(r, val_count(rest) ? N_("The activities are cancelled.")
				       : N_("The activity is cancelled."));
}

int plan_held(struct req *r)
{
	struct val *row = stored(r);
	if (val_is_null(row))
		return NOT_FOUND;
	if (!str_is(val_s(row, "status"), "planned"))
		return back(r, N_("Only what is planned can be held."));
	if (val_i(row, "starts_at") > r->now + EARLY)
		return back(r, N_("The activity has not begun yet."));
	if (!settle(r, row, val_i(r->in, "rev"), "held", "activity.held"))
		return faster(r);
	return back(r, N_("The activity was held."));
}

int plan_again(struct req *r)
{
	struct val *row = stored(r);
	if (val_is_null(row))
		return NOT_FOUND;
	if (str_is(val_s(row, "status"), "planned"))
		return back(r, N_("The activity is planned already."));
	if (!settle(r, row, val_i(r->in, "rev"), "planned", "activity.planned"))
		return faster(r);
	if (str_is(val_s(row, "status"), "cancelled")) {
		struct val *told = val_list(r->arena);
		val_push(told, val_get(row, "id"));
		plan_say(r, "activities.changed", told);
	}
	return back(r, N_("The activity is planned again."));
}
