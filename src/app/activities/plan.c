/* Reading plans: the list of activities, and the page of one. */
#include "app/activities/plan.h"

#include "app/activities/calendar.h"
#include "app/activities/plan_rules.h"
#include "app/activities/plan_write.h"
#include "app/activities/reflect.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "core/activity.h"
#include "core/args.h"
#include "core/audit.h"
#include "core/choices.h"
#include "core/crumbs.h"
#include "core/right.h"
#include "core/text.h"
#include "queries.h"
#include "web/markdown.h"

#include <string.h>

enum { PAGE = 50, SOON = 5, LABEL_LENGTH = 120 };

static const char *const title_field[] = {"title", NULL};
static const char *const texts[] = {"title", "about", "bring", "materials", "question", NULL};
static const char *const name_field[] = {"name", NULL};
static const char *const node_fields[] = {"title", "body", NULL};

/* What the queries of activities.sql ask about the reader. */
static struct val *asked(struct req *r)
{
	struct val *p = params(r);
	val_set_bool(p, "all", has_right(r, ACTIVITIES_READ));
	val_set_str(p, "today", req_today(r));
	return p;
}

void plan_note(struct req *r, const char *verb, int64_t activity)
{
	audit_add(r->db, r->arena,
		  &(struct audit){.org = val_i(r->org, "id"),
				  .made_by = val_i(r->me, "id"),
				  .verb = verb,
				  .object_kind = "activity",
				  .object = activity,
				  .request_id = r->request_id,
				  .at = r->now});
}

/* ---- in words ---- */

/* A zone opened for one row serves those that follow. */
struct clock {
	struct str name;
	struct zone *zone;
};

static void dress_time(struct req *r, struct val *row, struct clock *clock)
{
	struct str name = val_s(row, "zone");
	int64_t at = val_i(row, "starts_at"), minutes = val_i(row, "minutes");
	if (!str_eq(clock->name, name) || !clock->zone)
		*clock = (struct clock){name, zone_open(r->arena, name)};
	struct zone *zone = clock->zone ? clock->zone : req_zone(r);
	val_set_str(row, "when", plan_hours(r->arena, r->lang, at, minutes, zone));
	val_set_null(row, "zone_label");
	val_set_null(row, "here");
	if (str_eq(name, val_s(r->org, "zone")) || !clock->zone)
		return;
	val_set_str(row, "zone_label", zone_hour_show(r->arena, r->lang, name, at));
	val_set_str(row, "here", plan_hours(r->arena, r->lang, at, minutes, req_zone(r)));
}

const char *plan_called(struct arena *a, const struct val *row)
{
	return plan_label(a, plan_kinds, val_s(row, "kind"));
}

void plan_dress(struct req *r, struct val *rows)
{
	struct text_want want = {.kind = "activity",
				 .id = "id",
				 .fields = title_field,
				 .lang = r->lang,
				 .first = val_s(r->org, "lang")};
	struct clock clock = {0};
	text_attach(r->db, r->arena, rows, &want);
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		struct str status = val_s(row, "status");
		const char *label = plan_called(r->arena, row);
		dress_time(r, row, &clock);
		val_set_str(row, "kind_label", str_of(label));
		val_set_str(row, "mode_label",
			    str_of(plan_label(r->arena, plan_modes, val_s(row, "mode"))));
		val_set_str(row, "status_label",
			    str_of(plan_label(r->arena, plan_statuses, status)));
		for (const struct plan_word *s = plan_statuses; s->code; s++)
			val_set_bool(row, s->code, str_is(status, s->code));
		val_set_bool(row, "is_public", str_is(val_s(row, "visibility"), "public"));
		if (!val_s(row, "title").n)
			val_set_str(row, "title", str_of(tr(r, label)));
	}
}

void plan_choices(struct req *r, const char *name, const struct plan_word *words, const char *empty)
{
	struct val *list = val_set_list(r->out, name);
	if (empty)
		choice(list, S(""), str_of(tr(r, empty)), false);
	for (; words->code; words++)
		choice(list, str_of(words->code), str_of(tr(r, words->label)), false);
}

void plan_other(struct req *r, struct val *row, const char *name)
{
	struct str lang = val_s(row, str_c(r->arena, str_fmt(r->arena, "%s_lang", name)));
	val_set_bool(row, str_c(r->arena, str_fmt(r->arena, "%s_other", name)),
		     val_s(row, name).n && lang.n && text_is_other(lang, r->lang));
}

/* ---- the list ---- */

void plan_data_row(struct val *rows, const struct val *row)
{
	static const char *const columns[] = {"id",         "title",       "kind",      "mode",
					      "status",     "starts_wall", "zone",      "minutes",
					      "place_name", "capacity",    "visibility"};
	struct val *to = val_push_object(rows);
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		val_set(to, columns[i], val_get(row, columns[i]));
}

static void list_tabs(struct req *r, bool past)
{
	static const struct {
		const char *when, *label;
	} tabs[] = {{"coming", N_("Coming")}, {"past", N_("Past")}};
	struct val *list = val_set_list(r->out, "tabs");
	for (size_t i = 0; i < 2; i++) {
		struct val *tab = val_push_object(list);
		val_set_str(tab, "when", str_of(tabs[i].when));
		val_set_str(tab, "label", str_of(tr(r, tabs[i].label)));
		val_set_bool(tab, "current", past == (i == 1));
	}
}

int plan_list(struct req *r)
{
	bool past = str_is(val_s(r->in, "when"), "past");
	struct val *p = asked(r);
	int64_t edge = req_midnight(r, req_today(r));
	val_set_int(p, "edge", edge);
	val_set_int(p, "most", PAGE + 1);
	if (!val_s(r->in, "kind").n)
		val_set_null(p, "kind");
	if (!val_i(r->in, "after_id"))
		val_set_int(p, "after_at", past ? edge : edge - 1);
	val_set_int(p, "after_id", val_i(r->in, "after_id"));
	struct val *found = db_rows(r->db, past ? &q_activities_past : &q_activities_coming, p);
	size_t count = val_count(found) > PAGE ? PAGE : val_count(found);
	struct val *rows = val_list(r->arena);
	val_set_null(r->out, "next");
	if (val_count(found) > PAGE) {
		struct val *next = val_set_object(r->out, "next");
		val_set(next, "after_at", val_get(val_at(found, PAGE - 1), "starts_at"));
		val_set(next, "after_id", val_get(val_at(found, PAGE - 1), "id"));
	}
	for (size_t i = 0; i < count; i++)
		val_push(rows, val_at(found, i));
	plan_dress(r, rows);
	if (r->data) {
		struct val *data = val_set_list(r->out, "rows");
		for (size_t i = 0; i < count; i++)
			plan_data_row(data, val_at(rows, i));
		return OK;
	}
	list_tabs(r, past);
	val_set(r->out, "activities", rows);
	val_set_bool(r->out, "past", past);
	val_set_bool(r->out, "continued", val_i(r->in, "after_id") > 0);
	val_set_str(r->out, "when", past ? S("past") : S("coming"));
	plan_choices(r, "kind_choices", plan_kinds_offered, N_("All kinds"));
	return OK;
}

void plan_soon(struct req *r)
{
	struct val *p = asked(r);
	val_set_int(p, "edge", req_midnight(r, req_today(r)));
	val_set_int(p, "most", SOON);
	struct val *rows = db_rows(r->db, &q_activities_soon, p);
	plan_dress(r, rows);
	val_set(r->out, "soon", rows);
}

/* ---- one ---- */

struct plan_tab {
	const char *path, *label;
	int right, or_right;
	bool leads; /* also for whoever is responsible */
};

static bool tab_there(const struct req *r, const struct plan_tab *tab, const struct val *of)
{
	bool leads = val_i(r->me, "id") && val_i(of, "responsible") == val_i(r->me, "id");
	if (!strcmp(tab->path, "/conference") && !str_is(val_s(of, "kind"), "conference"))
		return false;
	if (!strcmp(tab->path, "/reflections") && !val_b(of, "asks"))
		return false;
	return has_right(r, tab->right) || has_right(r, tab->or_right) || (tab->leads && leads);
}

void plan_tabs(struct req *r, int64_t activity, const char *current)
{
	static const struct plan_tab tabs[] = {
		{"", N_("Plan"), PUBLIC},
		{"/asked", N_("Who is asked"), ACTIVITIES_PLAN},
		{"/conference", N_("Conference"), ACTIVITIES_PLAN},
		{"/attendance", N_("Attendance"), ACTIVITIES_ATTEND, .leads = true},
		{"/reflections", N_("Answers afterwards"), ACTIVITIES_ATTEND, CONFIDENTIAL_READ,
		 true},
	};
	const struct val *of = val_get(r->out, "activity");
	struct val *list = val_set_list(r->out, "tabs");
	for (size_t i = 0; i < sizeof tabs / sizeof *tabs; i++) {
		if (!tab_there(r, &tabs[i], of))
			continue;
		struct val *tab = val_push_object(list);
		val_set_str(
			tab, "path",
			str_fmt(r->arena, "/activities/%lld%s", (long long)activity, tabs[i].path));
		val_set_str(tab, "label", str_of(tr(r, tabs[i].label)));
		val_set_bool(tab, "current", !strcmp(tabs[i].path, current));
	}
	val_set_bool(r->out, "several_tabs", val_count(list) > 1);
}

struct val *plan_open(struct req *r)
{
	struct val *row = db_row(r->db, &q_activities_one, asked(r)), *one = val_list(r->arena);
	if (val_is_null(row))
		return row;
	val_push(one, row);
	text_attach_one(r->db, r->arena, row,
			&(struct text_want){.kind = "activity",
					    .id = "id",
					    .fields = texts,
					    .lang = r->lang,
					    .first = val_s(r->org, "lang")});
	text_attach_one(r->db, r->arena, row,
			&(struct text_want){.kind = "term",
					    .id = "method",
					    .prefix = "method_",
					    .fields = name_field,
					    .lang = r->lang,
					    .first = val_s(r->org, "lang")});
	if (!val_has(row, "method_name"))
		val_set_null(row, "method_name");
	plan_dress(r, one);
	plan_other(r, row, "place_access");
	val_set_bool(row, "inside", val_i(row, "inside"));
	val_set_bool(row, "asks", val_i(row, "asks"));
	if (!val_b(row, "inside")) { /* what strangers need not know */
		val_set_str(row, "link", (struct str){0});
		val_set_null(row, "responsible");
		val_set_null(row, "responsible_name");
	}
	val_set(r->out, "activity", row);
	crumb(r, N_("Activities"), "/activities");
	crumb_of(r, row, "title",
		 str_fmt(r->arena, "/activities/%lld", (long long)val_i(row, "id")));
	return row;
}

/* Items with one line that says what each is. */
static void items_shown(struct req *r, struct val *items)
{
	text_attach(r->db, r->arena, items,
		    &(struct text_want){.kind = "standard_node",
					.id = "node",
					.fields = node_fields,
					.lang = r->lang,
					.first = val_s(r->org, "lang")});
	for (size_t i = 0; i < val_count(items); i++) {
		struct val *item = val_at(items, i);
		const char *from = val_s(item, "title").n ? "title" : "body";
		struct str line =
			utf8_one_line(r->arena, markdown_text(r->arena, val_s(item, from)));
		val_set_str(item, "label", utf8_shorten(r->arena, line, LABEL_LENGTH));
		val_set(item, "label_lang",
			val_get(item, from[0] == 't' ? "title_lang" : "body_lang"));
		val_set(item, "label_other",
			val_get(item, from[0] == 't' ? "title_other" : "body_other"));
	}
}

void plan_items(struct req *r, const char *name, const struct val *ids)
{
	struct val *p = params(r);
	val_set(p, "ids", val_text(r->arena, text_ids(r->arena, ids, NULL)));
	struct val *items = db_rows(r->db, &q_activities_labels, p);
	items_shown(r, items);
	val_set(r->out, name, items);
}

/* What it said before each correction, newest first. */
static void show_past(struct req *r, int64_t activity)
{
	struct val *past = activity_past(r->db, r->arena, val_i(r->org, "id"), activity);
	struct val *writers = db_rows(r->db, &q_activities_writers, params(r));
	struct clock clock = {0};
	for (size_t i = 0; i < val_count(past); i++) {
		struct val *row = val_at(past, i);
		struct wall wall = {0};
		struct zone *zone = zone_open(r->arena, val_s(row, "zone"));
		if (zone && wall_read(val_s(row, "starts_wall"), &wall))
			val_set_int(row, "starts_at",
				    val_i(row, "second") ? wall_instant_second(wall, zone)
							 : wall_instant(wall, zone, NULL));
		else
			val_set_int(row, "starts_at", 0);
		dress_time(r, row, &clock);
		val_set_str(row, "status_label",
			    str_of(plan_label(r->arena, plan_statuses, val_s(row, "status"))));
		val_set_null(row, "by_name");
		plan_other(r, row, "why");
		for (size_t k = 0; k < val_count(writers); k++)
			if (val_i(val_at(writers, k), "id") == val_i(row, "corrected_by"))
				val_set(row, "by_name", val_get(val_at(writers, k), "name"));
	}
	val_set(r->out, "past", past);
}

int plan_page(struct req *r)
{
	struct val *row = plan_open(r);
	if (val_is_null(row))
		return NOT_FOUND;
	int64_t id = val_i(row, "id");
	if (r->dates)
		return calendar_one(r, row);
	struct val *p = params(r), *roles = db_rows(r->db, &q_activities_roles, p);
	struct val *items = db_rows(r->db, &q_activities_items, p);
	bool all = has_right(r, ACTIVITIES_READ);
	items_shown(r, items);
	for (size_t i = 0; i < val_count(roles); i++)
		val_set_str(
			val_at(roles, i), "label",
			str_of(plan_label(r->arena, plan_roles, val_s(val_at(roles, i), "role"))));
	val_set(r->out, "roles", roles);
	val_set(r->out, "items", items);
	val_set(r->out, "groups",
		all ? db_rows(r->db, &q_activities_groups, p) : val_list(r->arena));
	val_set(row, "about_html", markdown(r->arena, val_s(row, "about"), 3, MARKDOWN_UGC));
	val_set_str(row, "visibility_label",
		    str_of(plan_label(r->arena, plan_visibilities, val_s(row, "visibility"))));
	val_set_bool(row, "all", all);
	val_set_bool(row, "begun", val_i(row, "starts_at") <= r->now);
	val_set_bool(row, "asks_me",
		     val_b(row, "held") && val_b(row, "asks") && reflect_is_mine(r, id));
	val_set_bool(r->out, "may_plan", has_right(r, ACTIVITIES_PLAN));
	if (all)
		show_past(r, id);
	else
		val_set_list(r->out, "past");
	plan_series_shown(r, row);
	plan_tabs(r, id, "");
	struct val *crumbs = val_get(r->out, "crumbs");
	val_set_null(val_at(crumbs, val_count(crumbs) - 1), "path");
	return OK;
}
