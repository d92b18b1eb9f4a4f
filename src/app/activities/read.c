/* The readers of the ledger: what their pages share, and their routes. */
#include "app/activities/read.h"

#include "app/activities/demo.h"
#include "app/activities/plan.h"
#include "app/activities/plan_rules.h"
#include "app/activities/read_rules.h"
#include "base/arena.h"
#include "base/instant.h"
#include "core/choices.h"
#include "core/crumbs.h"
#include "core/group.h"
#include "core/right.h"
#include "queries.h"

#include <string.h>

bool read_sees_all(const struct req *r)
{
	return has_right(r, CONFIDENTIAL_READ) || has_right(r, GROUPS_MANAGE) ||
	       has_right(r, PEOPLE_READ);
}

/* ---- periods ---- */

/* The calendar year of today, for an organisation that keeps no school years. */
static void this_year(struct req *r, struct val *years)
{
	int year, month, day;
	int64_t first, next;
	day_split(instant_wall(r->now, req_zone(r)).day, &year, &month, &day);
	if (!day_of(year, 1, 1, &first) || !day_of(year + 1, 1, 1, &next))
		return;
	struct val *one = val_push_object(years);
	val_set_int(one, "id", 0);
	val_set_str(one, "name", str_fmt(r->arena, "%d", year));
	val_set_str(one, "since", day_text(r->arena, first));
	val_set_str(one, "until", day_text(r->arena, next));
}

static struct val *only_apart(struct req *r, const struct val *years)
{
	size_t n = val_count(years);
	struct read_span *spans = arena_many(r->arena, struct read_span, n + 1);
	bool *apart = arena_many(r->arena, bool, n + 1);
	struct val *list = val_list(r->arena);
	for (size_t i = 0; i < n; i++) {
		day_read(val_s(val_at(years, i), "since"), &spans[i].since);
		day_read(val_s(val_at(years, i), "until"), &spans[i].until);
	}
	read_apart(spans, n, apart);
	for (size_t i = 0; i < n; i++)
		if (apart[i])
			val_push(list, val_at(years, i));
	return list;
}

static struct val *years_of(struct req *r, bool apart)
{
	struct val *years = years_list(r->db, r->arena, val_i(r->org, "id"));
	if (!val_count(years))
		this_year(r, years);
	return apart ? only_apart(r, years) : years;
}

static const struct val *chosen(struct req *r, const struct val *years)
{
	struct str today = req_today(r);
	int64_t asked = val_i(r->in, "year");
	for (size_t i = 0; i < val_count(years); i++) {
		const struct val *year = val_at(years, i);
		if (asked ? val_i(year, "id") == asked
			  : str_cmp(val_s(year, "since"), today) <= 0 &&
				    str_cmp(today, val_s(year, "until")) < 0)
			return year;
	}
	return asked ? val_null() : val_at(years, 0);
}

/* Which is chosen, the dispatcher sees in in.year. */
static void offer(struct req *r, const struct val *years, bool any)
{
	struct val *list = val_set_list(r->out, "year_choices");
	if (any)
		choice(list, S(""), str_of(tr(r, N_("All years"))), false);
	for (size_t i = 0; i < val_count(years); i++) {
		const struct val *of = val_at(years, i), *id = val_get(of, "id");
		choice(list, val_true(id) ? val_show(r->arena, id) : S(""), val_s(of, "name"),
		       false);
	}
}

static void fill(struct req *r, const struct val *year, struct read_period *p)
{
	int64_t day = 0;
	*p = (struct read_period){.year = val_i(year, "id"),
				  .since = val_s(year, "since"),
				  .until = val_s(year, "until")};
	p->from = req_midnight(r, p->since);
	p->to = req_midnight(r, p->until);
	p->over = p->to <= r->now;
	if (p->year)
		val_set_int(r->in, "year", p->year);
	struct val *out = val_set_object(r->out, "period");
	val_set_str(out, "year", p->year ? val_show(r->arena, val_get(year, "id")) : S(""));
	val_set_str(out, "name", val_s(year, "name"));
	val_set_str(out, "since", p->since);
	day_read(p->until, &day);
	val_set_str(out, "last_day", day_text(r->arena, day - 1));
	val_set_bool(out, "over", p->over);
}

bool read_period(struct req *r, bool apart, struct read_period *p)
{
	const struct val *years = years_of(r, apart), *year = chosen(r, years);
	if (val_is_null(year))
		return false;
	offer(r, years, false);
	fill(r, year, p);
	return true;
}

bool read_any_period(struct req *r, struct read_period *p)
{
	const struct val *years = years_list(r->db, r->arena, val_i(r->org, "id"));
	const struct val *year = val_i(r->in, "year") ? chosen(r, years) : val_null();
	if (val_i(r->in, "year") && val_is_null(year))
		return false;
	offer(r, years, true);
	*p = (struct read_period){0};
	if (val_is_null(year))
		val_set_null(r->out, "period");
	else
		fill(r, year, p);
	return true;
}

/* ---- words and lists ---- */

void read_tabs(struct req *r, const char *current)
{
	static const struct {
		const char *path, *label;
		int right;
	} tabs[] = {{"coverage", N_("Coverage"), ACTIVITIES_READ},
		    {"figures", N_("Figures"), FIGURES_READ},
		    {"people", N_("One person"), CONFIDENTIAL_READ}};
	struct val *list = val_set_list(r->out, "tabs");
	for (size_t i = 0; i < sizeof tabs / sizeof *tabs; i++) {
		if (!has_right(r, tabs[i].right))
			continue;
		struct val *tab = val_push_object(list);
		val_set_str(tab, "path", str_fmt(r->arena, "/activities/%s", tabs[i].path));
		val_set_str(tab, "label", str_of(tr(r, tabs[i].label)));
		val_set_bool(tab, "current", !strcmp(tabs[i].path, current));
	}
	val_set_bool(r->out, "several_tabs", val_count(list) > 1);
	crumb(r, N_("Activities"), "/activities");
}

struct str read_role(struct req *r, struct str role)
{
	static const struct plan_word roles[] = {
		{"learner", N_("Learner")},
		{"participant", N_("Participant")},
		{"reader", N_("Reader")},
		{"client", N_("Client")},
		{"guardian", N_("Parent or guardian")},
		{"influencer", N_("Career influencer")},
		{"book", N_("Human book")},
		{"speaker", N_("Speaker")},
		{"host", N_("Host")},
		{"mentor", N_("Mentor")},
		{"volunteer", N_("Volunteer")},
		{"adviser", N_("Adviser")},
		{"teacher", N_("Teacher")},
		{"facilitator", N_("Facilitator")},
		{"organiser", N_("Organiser")},
		{"second_adult", N_("Second adult")},
		{0},
	};
	return str_of(tr(r, plan_label(r->arena, roles, role)));
}

/* ---- routes ---- */

static const struct field year_fields[] = {{.name = "year", .kind = FIELD_ID}, {0}};
static const struct field coverage_fields[] = {
	{.name = "year", .kind = FIELD_ID},
	{.name = "first", .kind = FIELD_INT, .min = 0, .max = 100000},
	{0},
};
static const struct field group_fields[] = {
	{.name = "group", .kind = FIELD_ID, .required = true},
	{.name = "year", .kind = FIELD_ID},
	{.name = "first", .kind = FIELD_INT, .min = 0, .max = 100000},
	{.name = "column", .kind = FIELD_INT, .min = 0, .max = 100000},
	{0},
};
static const struct field people_fields[] = {{.name = "words", .kind = FIELD_TEXT, .max = 100},
					     {0}};
static const struct field person_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "year", .kind = FIELD_ID},
	{0},
};

static const struct route routes[] = {
	{GET, "/activities/coverage", ACTIVITIES_READ, read_coverage, "activities/read_coverage",
	 .fields = coverage_fields,
	 .summary = "How many members of each group were reached by which items, in a school year"},
	{GET, "/activities/coverage/:group", ACTIVITIES_READ, read_group, "activities/read_group",
	 .fields = group_fields, .summary = "Which members of a group were at which activities"},
	{GET, "/activities/figures", FIGURES_READ, read_figures, "activities/read_figures",
	 .fields = year_fields,
	 .summary = "Numbers of a school year without names; small groups are withheld"},
	{GET, "/activities/people", CONFIDENTIAL_READ, read_people, "activities/read_people",
	 .fields = people_fields, .summary = "Find the person whose activities to read"},
	{GET, "/activities/people/:person/contact", CONFIDENTIAL_READ, read_contact,
	 "activities/read_contact", .fields = person_fields, .flags = ROUTE_TRACE,
	 .summary = "What the organisation did with a person who gives it their time"},
	{GET, "/activities/people/:person/cpd", CONFIDENTIAL_READ, read_cpd, "activities/read_cpd",
	 .fields = person_fields, .flags = ROUTE_TRACE,
	 .summary = "What a person did here that they could claim as CPD"},
	{GET, "/activities/people/:person/evidence", ACTIVITIES_READ, read_evidence,
	 "activities/read_evidence", .fields = person_fields, .flags = ROUTE_TRACE,
	 .summary = "Which items of standards a person exercised"},
	{GET, "/activities/mine", SIGNED_IN, read_mine, "activities/read_mine",
	 .fields = year_fields,
	 .summary = "What I did, in every organisation, as drafts of CPD entries"},
	{GET, "/activities/mine/evidence", SIGNED_IN, read_mine_evidence,
	 "activities/read_mine_evidence", .fields = year_fields,
	 .summary = "Which items of standards I exercised"},
	{0},
};

const struct feature read_feature = {
	.name = "activities", .routes = routes, .demo_fill = read_demo_fill};
