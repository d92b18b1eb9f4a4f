/* Writing plans: one activity, or a series of them. */
#include "app/activities/plan_write.h"
#include "app/activities/conference.h"

#include "app/activities/ask_letters.h"
#include "app/activities/plan.h"
#include "app/activities/plan_rules.h"
#include "app/activities/reflect.h"
#include "base/arena.h"
#include "core/event.h"
#include "core/text.h"
#include "queries.h"

#include <string.h>

/* ---- what stands beside the row ---- */

static bool put_texts(struct req *r, int64_t id)
{
	struct str work = plan_work_lang(r);
	struct val *one = val_list(r->arena), *row = val_push_object(one);
	bool changed = false;
	val_set_int(row, "id", id);
	text_attach_here(
		r->db, r->arena, one,
		&(struct text_want){
			.kind = "activity", .id = "id", .fields = plan_texts, .lang = work});
	for (const char *const *f = plan_texts; *f; f++) {
		struct str body = val_s(r->in, *f);
		if (str_eq(body, val_s(row, str_c(r->arena, str_fmt(r->arena, "%s_here", *f)))))
			continue;
		changed = true;
		text_put(r->db, r->arena,
			 &(struct text){.org = val_i(r->org, "id"),
					.kind = "activity",
					.owner = id,
					.field = *f,
					.lang = work,
					.body = body,
					.made_by = val_i(r->me, "id"),
					.made_at = r->now,
					.seen_rev = TEXT_ANY});
	}
	return changed;
}

static bool put_roles(struct req *r, struct val *p)
{
	struct val *has = db_rows(r->db, &q_activities_roles, p);
	size_t same = 0, wanted = 0;
	for (const struct plan_word *w = plan_roles; w->code; w++) {
		int64_t n = val_i(r->in, str_c(r->arena, str_fmt(r->arena, "wanted_%s", w->code)));
		wanted += n > 0;
		for (size_t i = 0; i < val_count(has); i++)
			same += n > 0 && str_is(val_s(val_at(has, i), "role"), w->code) &&
				val_i(val_at(has, i), "wanted") == n;
	}
	if (same == wanted && same == val_count(has))
		return false;
	db_exec(r->db, &q_activities_roles_clear, p);
	for (const struct plan_word *w = plan_roles; w->code; w++) {
		int64_t n = val_i(r->in, str_c(r->arena, str_fmt(r->arena, "wanted_%s", w->code)));
		val_set_str(p, "role", str_of(w->code));
		val_set_int(p, "wanted", n);
		if (n > 0)
			db_exec(r->db, &q_activities_role_put, p);
	}
	return true;
}

static bool put_list(struct req *r, struct val *p, const char *field, const struct query *keep,
		     const struct query *put)
{
	val_set_str(p, "ids", text_ids(r->arena, val_get(r->in, field), NULL));
	int64_t gone = db_exec(r->db, keep, p);
	return gone + db_exec(r->db, put, p) > 0;
}

/* What stands beside the row of activity; true if anything of it changed. */
static bool put_beside(struct req *r, int64_t id)
{
	struct val *p = params(r);
	val_set_int(p, "activity", id);
	bool changed = put_texts(r, id);
	changed |= put_roles(r, p);
	changed |= put_list(r, p, "items", &q_activities_items_keep, &q_activities_items_put);
	changed |= put_list(r, p, "groups", &q_activities_groups_keep, &q_activities_groups_put);
	changed |= reflect_put(r, id);
	return changed;
}

/* ---- new ones ---- */

static struct str text_of_day(struct req *r, struct str day, int64_t shift)
{
	int64_t n = 0;
	return day_read(day, &n) ? day_text(r->arena, n + shift) : (struct str){0};
}

/* The same plan so many days later; false on a night whose clocks skip its time. */
static bool shifted(struct req *r, const struct activity *from, int64_t days, struct activity *to)
{
	struct plan_time t;
	struct str date = text_of_day(r, str_sub(from->starts_wall, 0, 10), days);
	enum plan_when when =
		plan_time(r->arena, date, str_sub(from->starts_wall, 11, 16), from->zone, &t);
	*to = *from;
	to->second = when == WHEN_TWICE && from->second;
	to->starts_wall = t.wall;
	to->starts_at = to->second ? t.at_second : t.at;
	to->answer_by = text_of_day(r, from->answer_by, days);
	return when != WHEN_GAP;
}

/* The days on which it takes place, the first among them; 0 where what was typed is wrong. */
static size_t days_of(struct req *r, const struct activity *t, int64_t *days, size_t most)
{
	struct str repeat = val_s(r->in, "repeat");
	int64_t until = 0;
	if (!day_read(str_sub(t->starts_wall, 0, 10), &days[0]))
		return 0;
	if (!repeat.n)
		return 1;
	if (!day_read(val_s(r->in, "repeat_until"), &until) || until < days[0]) {
		invalid(r, "repeat_until", N_("Say on which day it takes place last."));
		return 0;
	}
	size_t count = plan_repeated(days[0], repeat, until, days, most);
	if (count > most)
		invalid(r, "repeat_until",
			N_("That is more than 60 times. Choose an earlier day."));
	return count > most ? 0 : count;
}

static void skipped(struct req *r)
{
	invalid(r, "time",
		N_("On one of these days clocks skip this time. Choose another time, or plan that "
		   "day by itself."));
}

int plan_add(struct req *r)
{
	int64_t days[PLAN_REPEATED_MOST + 1], first = 0;
	struct activity to = plan_typed(r, val_null()), one;
	size_t count = val_count(r->errors) ? 0 : days_of(r, &to, days, PLAN_REPEATED_MOST);
	for (size_t i = 0; i < count; i++)
		if (!shifted(r, &to, days[i] - days[0], &one))
			skipped(r);
	if (val_count(r->errors))
		return INVALID;
	for (size_t i = 0; i < count; i++) {
		shifted(r, &to, days[i] - days[0], &one);
		one.series = first;
		int64_t id = activity_add(r->db, r->arena, &one);
		put_beside(r, id);
		plan_note(r, "activity.planned", id);
		first = first ? first : id;
	}
	flash(r, count > 1 ? N_("The activities are planned.") : N_("The activity is planned."));
	return see_other(r, "/activities/%lld", (long long)first);
}

/* ---- a change ---- */

void plan_say(struct req *r, const char *kind, const struct val *ids)
{
	struct val *data = val_object(r->arena);
	if (!val_count(ids))
		return;
	val_set(data, "ids", val_text(r->arena, text_ids(r->arena, ids, NULL)));
	val_set(data, "by", val_get(r->me, "id"));
	val_set(data, "why", val_get(r->in, "why"));
	event_say(r->db, r->arena,
		  &(struct event){.org = val_i(r->org, "id"),
				  .kind = kind,
				  .object_kind = "activity",
				  .object = val_get_int(val_at(ids, 0)),
				  .data = data,
				  .at = r->now});
}

struct val *plan_following(struct req *r, const struct val *row)
{
	struct val *p = params(r), *ids, *rows = val_list(r->arena);
	val_set(p, "head", val_get(row, val_i(row, "series") ? "series" : "id"));
	val_set(p, "after", val_get(row, "starts_at"));
	ids = db_rows(r->db, &q_plan_following, p);
	for (size_t i = 0; i < val_count(ids); i++)
		val_push(rows, activity_row(r->db, r->arena, val_i(r->org, "id"), 0,
					    val_i(val_at(ids, i), "id")));
	return rows;
}

void plan_series_shown(struct req *r, const struct val *row)
{
	struct val *p = params(r), *rows;
	val_set(p, "head", val_get(row, val_i(row, "series") ? "series" : "id"));
	rows = db_rows(r->db, &q_plan_series, p);
	if (val_count(rows) < 2)
		rows = val_list(r->arena);
	plan_dress(r, rows);
	for (size_t i = 0; i < val_count(rows); i++)
		val_set_bool(val_at(rows, i), "this",
			     val_i(val_at(rows, i), "id") == val_i(row, "id"));
	val_set(r->out, "siblings", rows);
}

static bool differs(const struct val *was, const struct activity *to)
{
	return !str_is(val_s(was, "kind"), to->kind) || val_i(was, "method") != to->method ||
	       !str_is(val_s(was, "mode"), to->mode) ||
	       !str_eq(val_s(was, "starts_wall"), to->starts_wall) ||
	       !str_eq(val_s(was, "zone"), to->zone) || val_b(was, "second") != to->second ||
	       val_i(was, "minutes") != to->minutes || val_i(was, "place") != to->place ||
	       val_i(was, "responsible") != to->responsible ||
	       val_i(was, "capacity") != to->capacity || !str_eq(val_s(was, "link"), to->link) ||
	       val_b(was, "going_out") != to->going_out ||
	       val_i(was, "learners_per_adult") != to->learners_per_adult ||
	       val_b(was, "slip") != to->slip ||
	       !str_is(val_s(was, "visibility"), to->visibility) ||
	       !str_eq(val_s(was, "answer_by"), to->answer_by);
}

/* What those who come must know. */
static bool concerns(const struct val *was, const struct activity *to)
{
	return val_i(was, "starts_at") != to->starts_at || val_i(was, "minutes") != to->minutes ||
	       val_i(was, "place") != to->place || !str_eq(val_s(was, "link"), to->link) ||
	       !str_is(val_s(was, "mode"), to->mode);
}

/* A conference that is still to come, at another time now. */
static bool takes_along(const struct val *was, const struct activity *to)
{
	return str_is(val_s(was, "kind"), "conference") &&
	       str_is(val_s(was, "status"), "planned") &&
	       (val_i(was, "starts_at") != to->starts_at ||
		!str_eq(val_s(was, "starts_wall"), to->starts_wall));
}

static void change_one(struct req *r, const struct val *was, struct activity *to, struct val *told)
{
	int64_t id = val_i(was, "id");
	to->status = str_c(r->arena, val_s(was, "status"));
	to->series = val_i(was, "series");
	bool changed = put_beside(r, id);
	if (!changed && !differs(was, to))
		return;
	activity_correct(r->db, r->arena, id, val_i(was, "rev"), to,
			 str_c(r->arena, val_s(r->in, "why")));
	if (takes_along(was, to))
		conference_move(r->db, r->arena, r->org, id,
				&(struct conference_when){val_s(was, "starts_wall"),
							  val_s(was, "zone"), val_b(was, "second")},
				&(struct conference_when){to->starts_wall, to->zone, to->second},
				r->now);
	plan_note(r, "activity.changed", id);
	if (concerns(was, to) && str_is(val_s(was, "status"), "planned"))
		val_push(told, val_int(r->arena, id));
	ask_replanned(r, id);
	reflect_soon(r->db, r->arena, val_i(r->org, "id"), id, r->now);
}

/* The same move for one that follows: as many days on or back, at the same new time. */
static bool moved(struct req *r, const struct val *was, const struct val *row,
		  const struct activity *to, struct activity *one)
{
	int64_t before = 0, mine = 0;
	day_read(str_sub(val_s(was, "starts_wall"), 0, 10), &before);
	day_read(str_sub(val_s(row, "starts_wall"), 0, 10), &mine);
	return shifted(r, to, mine - before, one);
}

int plan_edit(struct req *r)
{
	struct val *was =
		activity_row(r->db, r->arena, val_i(r->org, "id"), 0, val_i(r->in, "activity"));
	if (val_is_null(was))
		return NOT_FOUND;
	struct activity to = plan_typed(r, was), one;
	struct val *rest = str_is(val_s(r->in, "change"), "following") ? plan_following(r, was)
								       : val_list(r->arena);
	if (val_count(r->errors))
		return INVALID;
	if (val_i(was, "rev") != val_i(r->in, "rev"))
		return CONFLICT;
	for (size_t i = 0; i < val_count(rest); i++)
		if (!moved(r, was, val_at(rest, i), &to, &one)) {
			skipped(r);
			return INVALID;
		}
	struct val *told = val_list(r->arena);
	change_one(r, was, &to, told);
	for (size_t i = 0; i < val_count(rest); i++) {
		moved(r, was, val_at(rest, i), &to, &one);
		change_one(r, val_at(rest, i), &one, told);
	}
	plan_say(r, "activities.changed", told);
	flash(r, N_("The plan is saved."));
	return see_other(r, "/activities/%lld", (long long)val_i(was, "id"));
}
