#include "app/people/groups.h"

#include "app/people/people.h"
#include "base/buf.h"
#include "base/instant.h"
#include "core/args.h"
#include "core/choices.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/pages.h"
#include "core/text.h"
#include "queries.h"

const char *const groups_kinds[] = {"class", "cohort", "team", "family", "other", NULL};
static const char *const kind_labels[] = {N_("Class"), N_("Cohort"), N_("Team"), N_("Family"),
					  N_("Other group")};

enum { PAGE = 200, OTHERS = 200 };

/* ---- days ---- */

static struct str moved(struct arena *a, struct str day, int by)
{
	int64_t number;
	return day_read(day, &number) ? day_text(a, number + by) : day;
}

struct str groups_last_day(struct arena *a, struct str until)
{
	return moved(a, until, -1);
}

struct str groups_until(struct arena *a, struct str last_day)
{
	return moved(a, last_day, 1);
}

static void show_last_days(struct req *req, struct val *rows)
{
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		val_set_str(row, "until", groups_last_day(req->arena, val_s(row, "until")));
	}
}

/* The day of the page: the one asked for, or today. */
static struct str day_of_page(struct req *req)
{
	struct str day = val_s(req->in, "day");
	if (!day.n)
		day = req_today(req);
	val_set_str(req->in, "day", day);
	return day;
}

/* ---- who sees what ---- */

static bool sees_all(const struct req *req)
{
	return has_right(req, GROUPS_MANAGE) || has_right(req, PEOPLE_READ);
}

struct val *groups_seen(struct req *req)
{
	int64_t org = people_org(req), id = val_i(req->in, "group");
	struct val *group = group_by_id(req->db, req->arena, org, id);
	if (val_is_null(group) || sees_all(req))
		return group;
	return group_staff_is(req->db, req->arena, org, id, val_i(req->me, "id"), req_today(req))
		       ? group
		       : val_null();
}

static struct val *reach(struct req *req)
{
	struct val *p = params(req);
	val_set_int(p, "everything", sees_all(req));
	val_set_str(p, "today", req_today(req));
	return p;
}

/* ---- choices ---- */

static const char *kind_label(struct str kind)
{
	for (size_t i = 0; groups_kinds[i]; i++)
		if (str_is(kind, groups_kinds[i]))
			return kind_labels[i];
	return kind_labels[4];
}

struct val *groups_kind_choices(struct req *req, struct str chosen, const char *none)
{
	struct val *list = val_list(req->arena);
	if (none)
		choice(list, S(""), str_of(tr(req, none)), !chosen.n);
	for (size_t i = 0; groups_kinds[i]; i++)
		choice(list, str_of(groups_kinds[i]), str_of(tr(req, kind_labels[i])),
		       str_is(chosen, groups_kinds[i]));
	return list;
}

struct val *groups_year_choices(struct req *req, const struct val *years, int64_t chosen,
				const char *none)
{
	struct val *list = val_list(req->arena);
	choice(list, S(""), str_of(tr(req, none)), !chosen);
	for (size_t i = 0; i < val_count(years); i++) {
		const struct val *year = val_at(years, i);
		choice(list, val_show(req->arena, val_get(year, "id")), val_s(year, "name"),
		       val_i(year, "id") == chosen);
	}
	return list;
}

/* ---- the list ---- */

/* "A. Roy, B. Lee" of one group; rows come ordered by group. */
static struct str led_by(struct arena *a, const struct val *led, int64_t group)
{
	struct buf b = {.arena = a};
	for (size_t i = 0; i < val_count(led); i++) {
		const struct val *row = val_at(led, i);
		if (val_i(row, "people_group") != group)
			continue;
		if (b.n)
			buf_lit(&b, ", ");
		buf_add(&b, val_s(row, "name"));
	}
	return buf_str(&b);
}

int groups_index(struct req *req)
{
	struct str day = day_of_page(req);
	struct val *p = reach(req);
	if (!val_s(req->in, "kind").n)
		val_set_null(p, "kind");
	struct val *rows = db_rows(req->db, &q_groups_list, p);
	const struct val *led =
		db_rows(req->db, &q_groups_led,
			ARGS(req->arena, ARG_AS("org", people_org(req)),
			     ARG_AS("ids", text_ids(req->arena, rows, "id")), ARG(day)));
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		val_set_str(row, "kind_label", str_of(tr(req, kind_label(val_s(row, "kind")))));
		val_set_str(row, "staff", led_by(req->arena, led, val_i(row, "id")));
	}
	show_last_days(req, rows);
	val_set(req->out, "rows", rows);
	val_set(req->out, "kind_choices",
		groups_kind_choices(req, val_s(req->in, "kind"), N_("All kinds")));
	val_set(req->out, "year_choices",
		groups_year_choices(req, years_list(req->db, req->arena, people_org(req)),
				    val_i(req->in, "year"), N_("Not ended yet")));
	val_set_bool(req->out, "own_only", !sees_all(req));
	return OK;
}

/* ---- one group ---- */

int groups_page(struct req *req)
{
	struct val *group = groups_seen(req);
	if (val_is_null(group))
		return NOT_FOUND;
	struct str day = day_of_page(req);
	struct val *p = params(req);
	val_set_bool(group, "over",
		     val_s(group, "until").n &&
			     str_cmp(val_s(group, "until"), req_today(req)) <= 0);
	val_set_str(group, "until", groups_last_day(req->arena, val_s(group, "until")));
	val_set_str(group, "kind_label", str_of(tr(req, kind_label(val_s(group, "kind")))));
	struct val *members = guardian_shown(req, db_rows(req->db, &q_groups_members, p), "person");
	struct val *others = guardian_shown(req, db_rows(req->db, &q_groups_others, p), "person");
	struct val *staff = db_rows(req->db, &q_groups_staff, p);
	val_set_int(req->out, "member_count", (int64_t)val_count(members));
	val_set_int(req->out, "others_more", 0);
	if (!req->data && val_count(others) > OTHERS) {
		val_set_int(req->out, "others_more", (int64_t)val_count(others) - OTHERS);
		others = pages_rows(req, others, 0, OTHERS);
	}
	members = pages_of(req, members, PAGE,
			   str_fmt(req->arena, "/people/groups/%lld?day=" STR_FMT "&first=",
				   (long long)val_i(group, "id"), STR_ARG(day)));
	show_last_days(req, members);
	show_last_days(req, others);
	show_last_days(req, staff);
	val_set(req->out, "members", members);
	val_set(req->out, "others", others);
	val_set(req->out, "staff", staff);
	val_set(req->out, "group", group);
	val_set_bool(req->out, "is_today", str_eq(day, req_today(req)));
	return OK;
}

struct val *groups_of(struct req *req, int64_t person)
{
	struct val *p = reach(req);
	val_set_int(p, "person", person);
	val_set_str(p, "day", req_today(req));
	struct val *rows = db_rows(req->db, &q_groups_of_person, p);
	show_last_days(req, rows);
	return rows;
}
