/* Coverage: items x groups, and the learners of one group x what they were at. */
#include "app/activities/plan.h"
#include "app/activities/read.h"
#include "base/arena.h"
#include "core/crumbs.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/ledger.h"
#include "core/pages.h"
#include "core/text.h"
#include "queries.h"

#include <stdlib.h>

enum { GROUPS_A_PAGE = 8, LEARNERS_A_PAGE = 30, COLUMNS = 10, NAMED_MOST = 100 };

/* ---- who belonged to what, when ---- */

struct member {
	int64_t person, group;
	struct str since, until;
};
struct members {
	struct member *list; /* by person */
	size_t n;
};

static int by_person(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	return (x->person > y->person) - (x->person < y->person);
}

static struct members members_of(struct arena *a, const struct val *rows)
{
	struct members m = {arena_many(a, struct member, val_count(rows) + 1), val_count(rows)};
	for (size_t i = 0; i < m.n; i++) {
		const struct val *row = val_at(rows, i);
		m.list[i] = (struct member){val_i(row, "person"), val_i(row, "people_group"),
					    val_s(row, "since"), val_s(row, "until")};
	}
	qsort(m.list, m.n, sizeof *m.list, by_person);
	return m;
}

static size_t first_of(const struct members *m, int64_t person)
{
	size_t low = 0, high = m->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (m->list[middle].person < person)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool was_member(const struct member *m, struct str wall)
{
	struct str day = str_sub(wall, 0, 10);
	return str_cmp(m->since, day) <= 0 && (!m->until.n || str_cmp(day, m->until) < 0);
}

/* ---- items x groups ---- */

struct reached {
	int64_t item, group, person;
	int64_t people; /* after counting */
};
struct overview {
	struct arena *arena;
	const struct ledger_question *q;
	struct members members;
	struct reached *list;
	size_t n, room;
	struct val *heads; /* {item, people_group, heads}: the most of each */
};

static bool add_reached(void *context, const struct val *row)
{
	struct overview *o = context;
	int64_t person = val_i(row, "person");
	if (!ledger_reached(o->q, row))
		return true;
	for (size_t i = first_of(&o->members, person);
	     i < o->members.n && o->members.list[i].person == person; i++) {
		if (!was_member(&o->members.list[i], val_s(row, "starts_wall")))
			continue;
		if (o->n == o->room) {
			size_t room = o->room ? 2 * o->room : 256;
			o->list = arena_grow(o->arena, o->list, o->room * sizeof *o->list,
					     room * sizeof *o->list);
			o->room = room;
		}
		o->list[o->n++] =
			(struct reached){val_i(row, "item"), o->members.list[i].group, person, 1};
	}
	return true;
}

static bool add_heads(void *context, const struct val *row)
{
	struct overview *o = context;
	if (!ledger_counted(o->q, row))
		return true;
	for (size_t i = 0; i < val_count(o->heads); i++) {
		struct val *known = val_at(o->heads, i);
		if (val_i(known, "item") != val_i(row, "item") ||
		    val_i(known, "people_group") != val_i(row, "people_group"))
			continue;
		if (val_i(known, "heads") < val_i(row, "heads"))
			val_set_int(known, "heads", val_i(row, "heads"));
		return true;
	}
	struct val *one = val_push_object(o->heads);
	val_set_int(one, "item", val_i(row, "item"));
	val_set_int(one, "people_group", val_i(row, "people_group"));
	val_set_int(one, "heads", val_i(row, "heads"));
	return true;
}

static int by_item(const void *a, const void *b)
{
	const struct reached *x = a, *y = b;
	if (x->item != y->item)
		return x->item < y->item ? -1 : 1;
	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	return (x->person > y->person) - (x->person < y->person);
}

/* Sorted, each item and group becomes one entry, with how many people it reached. */
static void count_people(struct overview *o)
{
	size_t n = 0;
	int64_t last = 0;
	if (o->n)
		qsort(o->list, o->n, sizeof *o->list, by_item);
	for (size_t i = 0; i < o->n; i++) {
		struct reached one = o->list[i];
		bool same =
			n && o->list[n - 1].item == one.item && o->list[n - 1].group == one.group;
		if (same && one.person == last)
			continue;
		last = one.person;
		if (same)
			o->list[n - 1].people++;
		else
			o->list[n++] = (struct reached){one.item, one.group, one.person, 1};
	}
	o->n = n;
}

static int64_t seen_of(const struct overview *o, int64_t item, int64_t group)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->list[i].item == item && o->list[i].group == group)
			return o->list[i].people;
	return 0;
}

static int64_t heads_of(const struct overview *o, int64_t item, int64_t group)
{
	for (size_t i = 0; i < val_count(o->heads); i++)
		if (val_i(val_at(o->heads, i), "item") == item &&
		    val_i(val_at(o->heads, i), "people_group") == group)
			return val_i(val_at(o->heads, i), "heads");
	return 0;
}

static int64_t members_in(const struct members *m, int64_t group)
{
	int64_t n = 0, last = 0;
	for (size_t i = 0; i < m->n; i++)
		if (m->list[i].group == group && m->list[i].person != last) {
			last = m->list[i].person;
			n++;
		}
	return n;
}

static struct val *asked(struct req *r, const struct read_period *p)
{
	struct val *args = params(r);
	val_set_bool(args, "everything", read_sees_all(r));
	val_set_str(args, "today", req_today(r));
	val_set_str(args, "since", p->since);
	val_set_str(args, "until", p->until);
	val_set_int(args, "starts", p->from);
	val_set_int(args, "ends", p->to);
	return args;
}

static struct ledger_question question(struct req *r, const struct read_period *p)
{
	return (struct ledger_question){.reader = READ_COVERAGE,
					.org = val_i(r->org, "id"),
					.from = p->from,
					.to = p->to,
					.now = r->now};
}

/* Those that were planned, and those that were exercised, with what they are called. */
static struct val *items_of(struct req *r, const struct overview *o, const struct val *args)
{
	struct val *ids = val_list(r->arena);
	const struct val *planned = db_rows(r->db, &q_read_planned_items, args);
	for (size_t i = 0; i < val_count(planned); i++)
		val_push(ids, val_get(val_at(planned, i), "item"));
	for (size_t i = 0; i < o->n; i++)
		if (!i || o->list[i].item != o->list[i - 1].item)
			val_push(ids, val_int(r->arena, o->list[i].item));
	for (size_t i = 0; i < val_count(o->heads); i++)
		val_push(ids, val_get(val_at(o->heads, i), "item"));
	plan_items(r, "items", ids);
	return val_get(r->out, "items");
}

static void cells_of(struct req *r, const struct overview *o, struct val *item,
		     const struct val *groups, struct val *data)
{
	struct val *cells = val_set_list(item, "cells");
	for (size_t g = 0; g < val_count(groups); g++) {
		const struct val *group = val_at(groups, g);
		int64_t id = val_i(group, "id"), of = val_i(group, "members");
		int64_t seen = seen_of(o, val_i(item, "item"), id);
		int64_t heads = heads_of(o, val_i(item, "item"), id);
		struct val *cell = val_push_object(cells);
		val_set(cell, "name", val_get(group, "name"));
		val_set_int(cell, "seen", seen);
		val_set_int(cell, "members", of);
		val_set_int(cell, "heads", heads);
		val_set_bool(cell, "none", !seen && !heads);
		val_set_bool(cell, "whole", of && seen == of);
		if (!r->data)
			continue;
		struct val *row = val_push_object(data);
		val_set(row, "item", val_get(item, "item"));
		val_set(row, "code", val_get(item, "code"));
		val_set(row, "label", val_get(item, "label"));
		val_set_int(row, "group_id", id);
		val_merge(row, cell);
	}
}

int read_coverage(struct req *r)
{
	struct read_period p;
	if (r->may_wait)
		return ON_POOL;
	if (!read_period(r, false, &p))
		return NOT_FOUND;
	struct val *args = asked(r, &p), *all = db_rows(r->db, &q_read_groups, args);
	struct str path =
		str_fmt(r->arena, "/activities/coverage?year=%.0lld&first=", (long long)p.year);
	size_t begin = pages_begin(r, val_count(all), GROUPS_A_PAGE, val_i(r->in, "first"), path);
	struct val *groups = pages_rows(r, all, begin, GROUPS_A_PAGE);
	val_set_str(args, "ids", text_ids(r->arena, groups, "id"));
	const struct val *rows = db_rows(r->db, &q_read_members, args);
	struct ledger_question q = question(r, &p);
	struct overview o = {.arena = r->arena,
			     .q = &q,
			     .members = members_of(r->arena, rows),
			     .heads = val_list(r->arena)};
	ledger_each(r->db, r->arena, &q, rows, true, add_reached, &o);
	ledger_each_head(r->db, r->arena, &q, true, add_heads, &o);
	count_people(&o);
	for (size_t g = 0; g < val_count(groups); g++) {
		struct val *group = val_at(groups, g);
		val_set_int(group, "members", members_in(&o.members, val_i(group, "id")));
	}
	struct val *items = items_of(r, &o, args), *data = val_list(r->arena);
	for (size_t i = 0; i < val_count(items); i++)
		cells_of(r, &o, val_at(items, i), groups, data);
	if (r->data) {
		r->out = val_object(r->arena);
		val_set(r->out, "rows", data);
		return OK;
	}
	val_set(r->out, "groups", groups);
	val_set_bool(r->out, "own_only", !read_sees_all(r));
	read_tabs(r, "coverage");
	crumb(r, N_("Coverage"), NULL);
	return OK;
}

/* ---- learners x activities ---- */

struct mark {
	int64_t person, activity;
};
struct grid {
	const struct ledger_question *q;
	struct arena *arena;
	struct mark *list;
	size_t n, room;
};

static bool add_mark(void *context, const struct val *row)
{
	struct grid *g = context;
	if (!ledger_reached(g->q, row))
		return true;
	if (g->n == g->room) {
		size_t room = g->room ? 2 * g->room : 256;
		g->list = arena_grow(g->arena, g->list, g->room * sizeof *g->list,
				     room * sizeof *g->list);
		g->room = room;
	}
	g->list[g->n++] = (struct mark){val_i(row, "person"), val_i(row, "activity")};
	return true;
}

static int by_mark(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;
	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return (x->activity > y->activity) - (x->activity < y->activity);
}

static bool marked(const struct grid *g, int64_t person, int64_t activity)
{
	struct mark key = {person, activity};
	return g->n && bsearch(&key, g->list, g->n, sizeof key, by_mark);
}

static bool belonged(const struct members *m, int64_t person, struct str wall)
{
	for (size_t i = first_of(m, person); i < m->n && m->list[i].person == person; i++)
		if (was_member(&m->list[i], wall))
			return true;
	return false;
}

/* What a member was at, of all that the group had while they were one. */
static void row_of(const struct grid *g, const struct members *m, struct val *learner,
		   const struct val *columns, size_t begin)
{
	struct val *cells = val_set_list(learner, "cells");
	int64_t person = val_i(learner, "person"), came = 0, of = 0;
	for (size_t i = 0; i < val_count(columns); i++) {
		const struct val *column = val_at(columns, i);
		bool member = belonged(m, person, val_s(column, "starts_wall"));
		bool here = member && marked(g, person, val_i(column, "id"));
		of += member;
		came += here;
		if (i < begin || i >= begin + COLUMNS)
			continue;
		struct val *cell = val_push_object(cells);
		val_set(cell, "id", val_get(column, "id"));
		val_set(cell, "day", val_get(column, "day"));
		val_set(cell, "title", val_get(column, "title"));
		val_set_bool(cell, "member", member);
		val_set_bool(cell, "here", here);
	}
	val_set_int(learner, "came", came);
	val_set_int(learner, "had", of);
}

/* Each person of the group once. */
static struct val *learners_of(struct req *r, const struct val *rows)
{
	struct val *list = val_list(r->arena);
	int64_t last = 0;
	for (size_t i = 0; i < val_count(rows); i++) {
		if (val_i(val_at(rows, i), "person") != last)
			val_push(list, val_at(rows, i));
		last = val_i(val_at(rows, i), "person");
	}
	return list;
}

/* Who was not reached yet, of those who belong to it today or did at the end. */
static void not_yet(struct req *r, const struct read_period *p, size_t learners)
{
	val_set_null(r->out, "summary");
	if (learners > NAMED_MOST)
		return;
	struct ledger_question q = question(r, p);
	struct str today = req_today(r);
	q.group = val_i(r->in, "group");
	q.day = p->over ? val_s(val_get(r->out, "period"), "last_day") : today;
	struct val *answer = ledger_read(r->db, r->arena, &q);
	val_set_str(answer, "day", q.day);
	val_set(r->out, "summary", answer);
}

static void data_of(struct req *r, const struct val *learners)
{
	struct val *out = val_object(r->arena), *rows = val_set_list(out, "rows");
	for (size_t i = 0; i < val_count(learners); i++) {
		const struct val *learner = val_at(learners, i), *cells = val_get(learner, "cells");
		for (size_t c = 0; c < val_count(cells); c++) {
			struct val *row = val_push_object(rows);
			val_set(row, "person", val_get(learner, "person"));
			val_set(row, "name", val_get(learner, "name"));
			val_merge(row, val_at(cells, c));
		}
	}
	r->out = out;
}

static void days_of(struct val *columns)
{
	for (size_t i = 0; i < val_count(columns); i++) {
		struct val *column = val_at(columns, i);
		val_set_str(column, "day", str_sub(val_s(column, "starts_wall"), 0, 10));
	}
}

/* The last columns, unless earlier ones are asked for. */
static size_t columns_begin(struct req *r, size_t total, struct str path)
{
	int64_t asked = val_is_null(val_get(r->in, "column")) ? -1 : val_i(r->in, "column");
	size_t begin = asked >= 0 && (size_t)asked < total ? (size_t)asked
		       : total > COLUMNS                   ? total - COLUMNS
							   : 0;
	val_set_null(r->out, "earlier");
	val_set_null(r->out, "later");
	if (begin)
		val_set_str(r->out, "earlier",
			    str_fmt(r->arena, STR_FMT "&column=%zu", STR_ARG(path),
				    begin > COLUMNS ? begin - COLUMNS : 0));
	if (begin + COLUMNS < total)
		val_set_str(
			r->out, "later",
			str_fmt(r->arena, STR_FMT "&column=%zu", STR_ARG(path), begin + COLUMNS));
	val_set_int(r->out, "column", (int64_t)begin);
	return begin;
}

static const struct val *group_seen(const struct val *groups, int64_t id)
{
	for (size_t i = 0; i < val_count(groups); i++)
		if (val_i(val_at(groups, i), "id") == id)
			return val_at(groups, i);
	return val_null();
}

/* The grid of one page: these learners, and the columns from `begin`. */
static void grid_of(struct req *r, const struct read_period *p, const struct val *members,
		    struct val *learners, const struct val *columns, size_t begin)
{
	struct ledger_question q = question(r, p);
	struct grid g = {.q = &q, .arena = r->arena};
	struct members m = members_of(r->arena, members);
	ledger_each(r->db, r->arena, &q, learners, false, add_mark, &g);
	if (g.n)
		qsort(g.list, g.n, sizeof *g.list, by_mark);
	for (size_t i = 0; i < val_count(learners); i++)
		row_of(&g, &m, val_at(learners, i), columns, begin);
}

/* What may not be opened of one's own child is no link. */
static void say_own(struct req *r, struct val *learners)
{
	const struct val *own = guardian_own(r);
	for (size_t i = 0; i < val_count(learners); i++)
		val_set_bool(val_at(learners, i), "own",
			     guardian_keeps(own, val_i(val_at(learners, i), "person")));
}

int read_group(struct req *r)
{
	struct read_period p;
	int64_t id = val_i(r->in, "group");
	if (r->may_wait)
		return ON_POOL;
	if (!read_period(r, false, &p))
		return NOT_FOUND;
	struct val *args = asked(r, &p), *ids = val_list(r->arena);
	const struct val *group = group_seen(db_rows(r->db, &q_read_groups, args), id);
	if (val_is_null(group))
		return NOT_FOUND;
	val_push(ids, val_get(group, "id"));
	val_set_str(args, "ids", text_ids(r->arena, ids, NULL));
	const struct val *members =
		guardian_shown(r, db_rows(r->db, &q_read_members, args), "person");
	struct val *all = learners_of(r, members), *columns = db_rows(r->db, &q_read_columns, args);
	struct str path = str_fmt(r->arena, "/activities/coverage/%lld?year=%.0lld", (long long)id,
				  (long long)p.year);
	size_t at = columns_begin(r, val_count(columns), path);
	size_t begin =
		pages_begin(r, val_count(all), LEARNERS_A_PAGE, val_i(r->in, "first"),
			    str_fmt(r->arena, STR_FMT "&column=%zu&first=", STR_ARG(path), at));
	struct val *learners = pages_rows(r, all, begin, LEARNERS_A_PAGE);
	days_of(columns);
	struct val *shown = pages_rows(r, columns, at, COLUMNS);
	plan_dress(r, shown);
	grid_of(r, &p, members, learners, columns, at);
	if (r->data) {
		data_of(r, learners);
		return OK;
	}
	not_yet(r, &p, val_count(all));
	say_own(r, learners);
	val_set(r->out, "group", val_copy(r->arena, group, 0));
	val_set(r->out, "learners", learners);
	val_set(r->out, "columns", shown);
	val_set_int(r->out, "column_count", (int64_t)val_count(columns));
	read_tabs(r, "coverage");
	crumb(r, N_("Coverage"), "/activities/coverage");
	crumb_named(r, val_s(group, "name"), (struct str){0});
	return OK;
}
