/* Writing plans: the form of a new one and of one that stands. */
#include "app/activities/plan.h"
#include "app/activities/plan_rules.h"
#include "app/activities/plan_write.h"
#include "app/activities/reflect.h"
#include "base/arena.h"
#include "core/activity.h"
#include "core/choices.h"
#include "core/crumbs.h"
#include "core/place.h"
#include "core/term.h"
#include "core/text.h"
#include "queries.h"

#include <string.h>

enum { HOUR = 60 };

const char *const plan_texts[] = {"title", "about", "bring", "materials", "question", NULL};

/* Zones that a country's people are likely to plan in; the organisation's and the place's own are
 * always among them. */
static const char *const zones[] = {
	"America/St_Johns",    "America/Halifax",   "America/Moncton",    "America/Toronto",
	"America/Iqaluit",     "America/Winnipeg",  "America/Regina",     "America/Edmonton",
	"America/Yellowknife", "America/Vancouver", "America/Whitehorse", "Europe/Paris",
	"Europe/London"};

/* ---- the form ---- */

static void zone_choice(struct req *r, struct val *list, struct str zone)
{
	for (size_t i = 0; i < val_count(list); i++)
		if (str_eq(val_s(val_at(list, i), "value"), zone))
			return;
	choice(list, zone, zone_city_show(r->arena, r->lang, zone), false);
}

static struct val *none(struct req *r, struct val *list, const char *label)
{
	return choice(list, S(""), str_of(tr(r, label)), false);
}

static void place_choices(struct req *r, int64_t stands)
{
	struct val *rows = place_list(r->db, r->arena, val_i(r->org, "id"));
	struct val *list = val_set_list(r->out, "place_choices");
	struct val *zone_list = val_set_list(r->out, "zone_choices");
	none(r, list, N_("None of these"));
	none(r, zone_list, N_("The place’s, or else the organisation’s"));
	zone_choice(r, zone_list, val_s(r->org, "zone"));
	if (stands) {
		struct val *row = place_row(r->db, r->arena, val_i(r->org, "id"), stands);
		if (val_i(row, "retired_at"))
			val_push(rows, row);
	}
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		choice_id(list, val_i(row, "id"), val_s(row, "name"), false);
		zone_choice(r, zone_list, val_s(row, "zone"));
	}
	if (val_s(r->in, "zone").n && zone_open(r->arena, val_s(r->in, "zone")))
		zone_choice(r, zone_list, val_s(r->in, "zone"));
	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
		zone_choice(r, zone_list, str_of(zones[i]));
}

/* The methods, each with the mode in which standards list it. */
static void method_choices(struct req *r)
{
	struct val *terms = term_list(r->db, r->arena, val_i(r->org, "id"), "method", r->lang,
				      val_s(r->org, "lang"));
	struct val *list = val_set_list(r->out, "method_choices");
	struct val *one = none(r, list, N_("Not said"));
	val_set_null(one, "label_lang");
	val_set_bool(one, "label_other", false);
	for (size_t i = 0; i < val_count(terms); i++) {
		const struct val *term = val_at(terms, i);
		struct str mode = str_of(plan_method_mode(val_s(term, "code")));
		struct str label = val_s(term, "name");
		if (mode.n)
			label = str_fmt(r->arena, STR_FMT " (%s)", STR_ARG(label),
					tr(r, plan_label(r->arena, plan_modes, mode)));
		one = choice_id(list, val_i(term, "id"), label, false);
		val_set(one, "label_lang", val_get(term, "name_lang"));
		val_set(one, "label_other", val_get(term, "name_other"));
	}
}

static struct val *leaders(struct req *r)
{
	return db_rows(r->db, &q_activities_leaders, params(r));
}

static void responsible_choices(struct req *r, const struct val *row)
{
	struct val *list = val_set_list(r->out, "responsible_choices"), *found = leaders(r);
	bool there = val_is_null(val_get(row, "responsible"));
	none(r, list, N_("Nobody yet"));
	for (size_t i = 0; i < val_count(found); i++) {
		val_push(list, val_at(found, i));
		there |= val_i(val_at(found, i), "value") == val_i(row, "responsible");
	}
	if (!there)
		choice_id(list, val_i(row, "responsible"), val_s(row, "responsible_name"), false);
}

/* The language in which the plan_texts are typed: in.work if it is one of the organisation's. */
struct str plan_work_lang(struct req *r)
{
	struct val *langs = val_get(r->org, "langs"), *list = val_set_list(r->out, "work_langs");
	struct str work = val_s(r->in, "work").n ? val_s(r->in, "work") : r->lang;
	bool known = false;
	for (size_t i = 0; i < val_count(langs); i++)
		known |= str_eq(val_get_str(val_at(langs, i)), work);
	if (!known)
		work = val_s(r->org, "lang");
	for (size_t i = 0; i < val_count(langs); i++) {
		struct val *one = val_push_object(list);
		val_set(one, "tag", val_at(langs, i));
		val_set_bool(one, "current", str_eq(val_get_str(val_at(langs, i)), work));
	}
	val_set_bool(r->out, "several_work", val_count(langs) > 1);
	val_set_str(r->in, "work", work);
	return work;
}

struct val *plan_groups_offered(struct req *r)
{
	struct val *p = params(r);
	val_set_str(p, "today", req_today(r));
	return db_rows(r->db, &q_activities_groups_offered, p);
}

static void form_parts(struct req *r, const struct val *row)
{
	static const struct plan_word which[] = {{NULL, NULL}};
	place_choices(r, val_i(row, "place"));
	method_choices(r);
	responsible_choices(r, row);
	plan_choices(r, "kind_choices", plan_kinds_offered, NULL);
	plan_choices(r, "mode_choices", plan_modes, NULL);
	plan_choices(r, "visibility_choices", plan_visibilities, NULL);
	plan_choices(r, "which_choices", which, NULL);
	val_set(r->out, "groups_choices", plan_groups_offered(r));
	plan_items(r, "picked_items", val_get(r->in, "items"));
	reflect_choices(r);
}

/* Asked of one that clocks show twice: which. */
static void which_choices(struct req *r, const struct plan_time *t, struct str zone)
{
	struct val *list = val_set_list(r->out, "which_choices");
	choice(list, S("first"), zone_hour_show(r->arena, r->lang, zone, t->at), false);
	choice(list, S("second"), zone_hour_show(r->arena, r->lang, zone, t->at_second), false);
}

int plan_new(struct req *r)
{
	plan_work_lang(r);
	val_set_str(r->in, "kind", S("event"));
	val_set_str(r->in, "mode", S("in_person"));
	val_set_str(r->in, "visibility", S("private"));
	val_set_int(r->in, "minutes", HOUR);
	val_set(r->in, "responsible", val_get(r->me, "id"));
	plan_choices(r, "repeat_choices", plan_repeats, N_("It does not repeat"));
	form_parts(r, val_null());
	return OK;
}

static void wanted_of(struct req *r)
{
	struct val *roles = db_rows(r->db, &q_activities_roles, params(r));
	for (size_t i = 0; i < val_count(roles); i++) {
		const struct val *role = val_at(roles, i);
		const char *name = str_c(r->arena, str_fmt(r->arena, "wanted_" STR_FMT,
							   STR_ARG(val_s(role, "role"))));
		val_set(r->in, name, val_get(role, "wanted"));
	}
}

static void stored_lists(struct req *r)
{
	struct val *groups = val_set_list(r->in, "groups"),
		   *has = db_rows(r->db, &q_activities_groups, params(r));
	for (size_t i = 0; i < val_count(has); i++)
		val_push(groups, val_get(val_at(has, i), "id"));
	if (val_b(r->in, "items_sent"))
		return;
	struct val *items = val_set_list(r->in, "items"),
		   *chosen = db_rows(r->db, &q_activities_items, params(r));
	for (size_t i = 0; i < val_count(chosen); i++)
		val_push(items, val_get(val_at(chosen, i), "item"));
}

static void stored_time(struct req *r, const struct val *row)
{
	struct str wall = val_s(row, "starts_wall"), zone = val_s(row, "zone");
	struct plan_time t;
	val_set_str(r->in, "date", str_sub(wall, 0, 10));
	val_set_str(r->in, "time", str_sub(wall, 11, 16));
	val_set_str(r->in, "which", val_i(row, "second") ? S("second") : S("first"));
	if (plan_time(r->arena, str_sub(wall, 0, 10), str_sub(wall, 11, 16), zone, &t) ==
	    WHEN_TWICE)
		which_choices(r, &t, zone);
}

int plan_edit_page(struct req *r)
{
	static const char *const shown[] = {"kind",        "method",
					    "mode",        "place",
					    "link",        "zone",
					    "minutes",     "capacity",
					    "responsible", "visibility",
					    "answer_by",   "going_out",
					    "slip",        "learners_per_adult",
					    "rev"};
	struct str work = plan_work_lang(r);
	struct val *row = plan_open(r), *one = val_list(r->arena);
	if (val_is_null(row))
		return NOT_FOUND;
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		val_set(r->in, shown[i], val_get(row, shown[i]));
	val_push(one, row);
	text_attach_here(
		r->db, r->arena, one,
		&(struct text_want){
			.kind = "activity", .id = "id", .fields = plan_texts, .lang = work});
	for (const char *const *f = plan_texts; *f; f++)
		val_set(r->in, *f, val_get(row, str_c(r->arena, str_fmt(r->arena, "%s_here", *f))));
	wanted_of(r);
	reflect_stored(r, val_i(row, "id"));
	stored_lists(r);
	form_parts(r, row);
	stored_time(r, row);
	plan_series_shown(r, row);
	crumb(r, N_("Change the plan"), NULL);
	return OK;
}

/* ---- what was typed ---- */

static bool offered(const struct val *rows, int64_t value)
{
	for (size_t i = 0; i < val_count(rows); i++)
		if (val_i(val_at(rows, i), "value") == value)
			return true;
	return false;
}

static void read_time(struct req *r, struct str zone, struct activity *to)
{
	struct plan_time t;
	bool second = str_is(val_s(r->in, "which"), "second");
	switch (plan_time(r->arena, val_s(r->in, "date"), val_s(r->in, "time"), zone, &t)) {
	case WHEN_NO_TIME:
		invalid(r, "time", N_("Write the time as 14:30."));
		return;
	case WHEN_NO_ZONE:
		invalid(r, "zone",
			N_("There is no time zone of this name. It is like "
			   "America/Toronto."));
		return;
	case WHEN_GAP:
		invalid(r, "time",
			N_("Clocks go forward that night and skip this time. Choose "
			   "another one."));
		return;
	case WHEN_TWICE:
		which_choices(r, &t, zone);
		if (!val_s(r->in, "which").n)
			invalid(r, "which",
				N_("Clocks go back that night, and this time comes "
				   "twice. Say which one you mean."));
		break;
	case WHEN_PLAIN:
		second = false;
	}
	to->starts_wall = t.wall;
	to->zone = zone;
	to->second = second;
	to->starts_at = second ? t.at_second : t.at;
}

static void read_links(struct req *r, const struct val *was, struct activity *to)
{
	int64_t org = val_i(r->org, "id"), place = val_i(r->in, "place");
	struct val *row = place ? place_row(r->db, r->arena, org, place) : val_null();
	struct str zone = val_s(r->in, "zone");
	if (place &&
	    (val_is_null(row) || (val_i(row, "retired_at") && place != val_i(was, "place"))))
		invalid(r, "place", N_("Choose one of the places"));
	if (!zone.n)
		zone = val_s(row, "zone").n ? val_s(row, "zone") : val_s(r->org, "zone");
	read_time(r, zone, to);
	to->place = place;
	to->responsible = val_i(r->in, "responsible");
	if (to->responsible && to->responsible != val_i(was, "responsible") &&
	    !offered(leaders(r), to->responsible))
		invalid(r, "responsible", N_("Choose one of these people"));
	to->method = val_i(r->in, "method");
	if (to->method && to->method != val_i(was, "method")) {
		struct val *terms = term_list(r->db, r->arena, org, "method", r->lang, r->lang);
		bool known = false;
		for (size_t i = 0; i < val_count(terms); i++)
			known |= val_i(val_at(terms, i), "id") == to->method;
		if (!known)
			invalid(r, "method", N_("Choose one of the methods"));
	}
	to->link = val_s(r->in, "link");
	if (to->link.n && !str_starts(to->link, S("https://")) &&
	    !str_starts(to->link, S("http://")))
		invalid(r, "link", N_("An address begins with https://"));
}

struct activity plan_typed(struct req *r, const struct val *was)
{
	struct activity to = {
		.org = val_i(r->org, "id"),
		.kind = str_c(r->arena, val_s(r->in, "kind")),
		.mode = str_c(r->arena, val_s(r->in, "mode")),
		.status = "planned",
		.minutes = val_i(r->in, "minutes"),
		.capacity = val_i(r->in, "capacity"),
		.going_out = val_b(r->in, "going_out"),
		.learners_per_adult = val_i(r->in, "learners_per_adult"),
		.slip = val_b(r->in, "slip"),
		.visibility = str_c(r->arena, val_s(r->in, "visibility")),
		.answer_by = val_s(r->in, "answer_by"),
		.lang = r->lang,
		.now = r->now,
		.by = val_i(r->me, "id"),
	};
	read_links(r, was, &to);
	if (to.answer_by.n && str_cmp(to.answer_by, val_s(r->in, "date")) > 0)
		invalid(r, "answer_by", N_("This is after the activity."));
	reflect_typed(r, val_i(was, "id"));
	return to;
}

/* ---- fields ---- */

static const char *const kinds[] = {"event",      "visit",  "session", "course",
				    "conference", "letter", NULL};
static const char *const modes[] = {"in_person", "technology", "written", NULL};
static const char *const visibilities[] = {"private", "invited", "public", NULL};
static const char *const whiches[] = {"first", "second", NULL};

static const char *const repeats[] = {"weekly", "fortnightly", "monthly", NULL};
static const char *const changes[] = {"one", "following", NULL};
static const char *const afters[] = {"end", "day", "week", NULL};

#define PLAN_FIELDS                                                                                \
	{.name = "work", .kind = FIELD_LANG},                                                      \
		{.name = "title", .kind = FIELD_TEXT, .required = true},                           \
		{.name = "about", .kind = FIELD_LINES, .max = 5000},                               \
		{.name = "bring", .kind = FIELD_TEXT, .max = 300},                                 \
		{.name = "materials", .kind = FIELD_LINES, .max = 2000},                           \
		{.name = "question", .kind = FIELD_LINES, .max = 500},                             \
		{.name = "suggested", .kind = FIELD_TEXT, .max = 20},                              \
		{.name = "asked_after", .kind = FIELD_TEXT, .one_of = afters},                     \
		{.name = "kind", .kind = FIELD_TEXT, .required = true, .one_of = kinds},           \
		{.name = "method", .kind = FIELD_ID},                                              \
		{.name = "mode", .kind = FIELD_TEXT, .required = true, .one_of = modes},           \
		{.name = "place", .kind = FIELD_ID},                                               \
		{.name = "link", .kind = FIELD_TEXT, .max = 500},                                  \
		{.name = "date", .kind = FIELD_DATE, .required = true},                            \
		{.name = "time", .kind = FIELD_TEXT, .required = true, .max = 20},                 \
		{.name = "which", .kind = FIELD_TEXT, .one_of = whiches},                          \
		{.name = "zone", .kind = FIELD_TEXT, .max = 60},                                   \
		{.name = "minutes", .kind = FIELD_INT, .required = true, .min = 0, .max = 44640},  \
		{.name = "capacity", .kind = FIELD_INT, .min = 1, .max = 100000},                  \
		{.name = "responsible", .kind = FIELD_ID}, {.name = "groups", .kind = FIELD_MANY}, \
		{.name = "items", .kind = FIELD_MANY}, {.name = "items_sent", .kind = FIELD_FLAG}, \
		{.name = "visibility",                                                             \
		 .kind = FIELD_TEXT,                                                               \
		 .required = true,                                                                 \
		 .one_of = visibilities},                                                          \
		{.name = "answer_by", .kind = FIELD_DATE},                                         \
		{.name = "going_out", .kind = FIELD_FLAG},                                         \
		{.name = "learners_per_adult", .kind = FIELD_INT, .min = 1, .max = 100},           \
		{.name = "slip", .kind = FIELD_FLAG},                                              \
		{.name = "wanted_speaker", .kind = FIELD_INT, .min = 0, .max = 1000},              \
		{.name = "wanted_host", .kind = FIELD_INT, .min = 0, .max = 1000},                 \
		{.name = "wanted_mentor", .kind = FIELD_INT, .min = 0, .max = 1000},               \
		{.name = "wanted_volunteer", .kind = FIELD_INT, .min = 0, .max = 1000},            \
		{.name = "wanted_facilitator", .kind = FIELD_INT, .min = 0, .max = 1000},          \
	{                                                                                          \
		.name = "wanted_second_adult", .kind = FIELD_INT, .min = 0, .max = 1000            \
	}

const struct field plan_new_fields[] = {
	PLAN_FIELDS,
	{.name = "repeat", .kind = FIELD_TEXT, .one_of = repeats},
	{.name = "repeat_until", .kind = FIELD_DATE},
	{0},
};
const struct field plan_edit_fields[] = {
	{.name = "activity", .kind = FIELD_ID, .required = true},
	{.name = "rev", .kind = FIELD_INT, .required = true},
	{.name = "why", .kind = FIELD_TEXT, .max = 300},
	{.name = "change", .kind = FIELD_TEXT, .one_of = changes},
	PLAN_FIELDS,
	{0},
};
