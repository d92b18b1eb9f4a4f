/* Deleting an organisation: every row of it, but not one that somebody else's row needs. */
#include "server/move.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "core/args.h"
#include "queries.h"

enum { PEOPLE_AT_ONCE = 500 };

struct deleting {
	struct move *m;
	struct val *kept;      /* rows {what, rows, why} */
	struct val *standards; /* ids of those that others refer to */
	struct val *people;    /* ids of those it knew */
	bool needed;           /* the organisation's own row */
};

static struct val *own_org(const struct deleting *d)
{
	struct val *p = val_object(d->m->arena);
	val_set_int(p, "org", d->m->org);
	return p;
}

static void keep(struct deleting *d, const char *what, int64_t rows, const char *why)
{
	if (!rows)
		return;
	struct val *row = val_push_object(d->kept);
	val_set_str(row, "what", str_of(what));
	val_set_int(row, "rows", rows);
	val_set_str(row, "why", str_of(why));
}

/* Rows t of this organisation, whatever their state. */
static const char *own_rows(const struct move_sheet *s)
{
	return s->has_org && strcmp(s->table->name, "org") != 0 ? "t.org = :org" : s->where;
}

static bool points_at(const struct move_column *c, const char *table)
{
	return c->target && !strcmp(c->target, table);
}

/* ---- what others need ---- */

static void push_ids(struct val *to, const struct val *rows)
{
	for (size_t i = 0; i < val_count(rows); i++)
		val_push(to, val_get(val_at(rows, i), "id"));
}

/* Standards that a row of another organisation points at, by one of its columns. */
static void find_standards(struct deleting *d, const struct move_sheet *s,
			   const struct move_column *c)
{
	static const struct {
		const char *table, *standard;
	} parts[] = {{"standard", "x.id"},
		     {"standard_version", "x.standard"},
		     {"standard_item", "x.standard"}};
	struct move *m = d->m;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (points_at(c, parts[i].table) && own_rows(s))
			push_ids(d->standards,
				 db_rows(m->db,
					 move_query(
						 m, false,
						 "SELECT DISTINCT %s AS id FROM %s t JOIN %s x ON "
						 "x.id = t.%s WHERE x.org = :org AND NOT (%s)",
						 parts[i].standard, s->table->name, parts[i].table,
						 c->name, own_rows(s)),
					 own_org(d)));
}

/* Rows of others that point at the organisation itself. */
static void find_needs(struct deleting *d, const struct move_sheet *s, const struct move_column *c)
{
	struct move *m = d->m;
	if (!c->foreign || !points_at(c, "org") || !own_rows(s) || !strcmp(c->name, "org"))
		return;
	int64_t n =
		val_i(db_row(m->db,
			     move_query(m, false,
					"SELECT count(*) AS n FROM %s t WHERE t.%s = :org AND NOT "
					"(%s)",
					s->table->name, c->name, own_rows(s)),
			     own_org(d)),
		      "n");
	d->needed |= n > 0;
	keep(d, s->table->name, n, "rows of other organisations that name this one");
}

static void look_around(struct deleting *d)
{
	struct move *m = d->m;
	for (size_t i = 0; i < m->count; i++)
		for (size_t j = 0; j < m->sheets[i].count; j++) {
			find_standards(d, &m->sheets[i], &m->sheets[i].columns[j]);
			find_needs(d, &m->sheets[i], &m->sheets[i].columns[j]);
		}
	push_ids(d->people,
		 db_rows(m->db,
			 move_query(m, false,
				    "SELECT t.id AS id FROM person t WHERE %s ORDER BY t.id",
				    move_sheet(m, S("person"))->where),
			 own_org(d)));
	d->needed |= val_count(d->standards) > 0;
}

/* ---- deleting ---- */

/* The same question in the form that each engine answers in one walk of the table. */
static void add_need(const struct move *m, struct buf *sql, const char *table, const char *column,
		     const char *others, const char *end)
{
	if (strcmp(db_engine(m->db), "sqlite"))
		buf_fmt(sql, " AND NOT EXISTS (SELECT 1 FROM %s x WHERE x.%s = t.id%s%s)", table,
			column, others, end);
	else
		buf_fmt(sql, " AND t.id NOT IN (SELECT x.%s FROM %s x WHERE x.%s IS NOT NULL%s%s)",
			column, table, column, others, end);
}

/* " AND (no row points here)". Rows of the same table that go in the same statement
 * do not count; nor do, for a person, rows that go with them. */
static const char *unless_needed(struct deleting *d, const struct move_sheet *s)
{
	struct move *m = d->m;
	struct buf sql = {.arena = m->arena};
	for (size_t i = 0; i < m->count; i++) {
		const struct move_sheet *other = &m->sheets[i];
		bool same = other == s;
		bool with_person = s->table->kind == MOVE_PEOPLE &&
				   (other->table->kind == MOVE_PERSONS ||
				    (other->table->kind == MOVE_STAYS && !other->has_org));
		bool with_org =
			!strcmp(s->table->name, "org") && !strcmp(other->table->name, "org_lang");
		for (size_t j = 0; j < other->count && !with_person && !with_org; j++) {
			const struct move_column *c = &other->columns[j];
			if (!c->foreign || !points_at(c, s->table->name))
				continue;
			const char *others = same && s->has_org
						     ? " AND (x.org IS NULL OR x.org <> :org)"
					     : same ? " AND x.id <> x."
						    : "";
			add_need(m, &sql, other->table->name, c->name, others,
				 same && !s->has_org ? c->name : "");
		}
	}
	return str_c(m->arena, buf_str(&sql));
}

static const char *unless_kept(const struct move_sheet *s, struct arena *a)
{
	if (!s->table->standard)
		return "";
	return str_c(
		a,
		str_fmt(a, " AND %s NOT IN (SELECT k.value FROM json_each(CAST(:kept AS text)) k)",
			s->table->standard));
}

static int64_t left_of(struct deleting *d, const struct move_sheet *s)
{
	struct move *m = d->m;
	return val_i(db_row(m->db,
			    move_query(m, false, "SELECT count(*) AS n FROM %s t WHERE %s",
				       s->table->name, own_rows(s)),
			    own_org(d)),
		     "n");
}

static bool is_one_of(const struct move_sheet *s, const char *const *names)
{
	for (; *names; names++)
		if (!strcmp(s->table->name, *names))
			return true;
	return false;
}

static void delete_rows(struct deleting *d, const struct move_sheet *s)
{
	static const char *const last[] = {"org", "org_lang", "texts", NULL};
	struct move *m = d->m;
	const char *own = own_rows(s);
	if (!own || s->table->kind == MOVE_SERVER || s->table->kind == MOVE_PEOPLE ||
	    (s->table->kind == MOVE_PERSONS && !s->has_org) || is_one_of(s, last))
		return;
	struct val *p = own_org(d);
	if (s->table->standard)
		val_set(p, "kept", d->standards);
	db_exec(m->db,
		move_query(m, true, "DELETE FROM %s AS t WHERE %s%s%s", s->table->name, own,
			   unless_kept(s, m->arena), unless_needed(d, s)),
		p);
	keep(d, s->table->name, left_of(d, s),
	     s->table->standard ? "part of a standard that other organisations refer to"
				: "rows of others refer to them");
}

/* Texts go where the row they are of has gone. */
static void delete_texts(struct deleting *d)
{
	struct move *m = d->m;
	struct buf sql = {.arena = m->arena};
	for (size_t i = 0; i < m->count; i++)
		if (m->sheets[i].table->standard && m->sheets[i].has_id)
			buf_fmt(&sql,
				" AND NOT (t.owner_kind = '%s' AND EXISTS (SELECT 1 FROM %s o "
				"WHERE "
				"o.id = t.owner))",
				m->sheets[i].table->name, m->sheets[i].table->name);
	db_exec(m->db,
		move_query(m, true, "DELETE FROM texts AS t WHERE t.org = :org" STR_FMT,
			   STR_ARG(buf_str(&sql))),
		own_org(d));
	keep(d, "texts", left_of(d, move_sheet(m, S("texts"))),
	     "words of standards that other organisations refer to");
}

static void delete_people(struct deleting *d)
{
	struct move *m = d->m;
	const struct move_sheet *s = move_sheet(m, S("person"));
	const struct query *q = move_query(
		m, true,
		"DELETE FROM person AS t WHERE t.id IN (SELECT k.value FROM json_each(CAST(:ids AS "
		"text)) k)%s",
		unless_needed(d, s));
	int64_t gone = 0;
	for (size_t from = 0; from < val_count(d->people);) {
		struct val *ids = val_list(m->arena), *p = val_object(m->arena);
		for (int i = 0; i < PEOPLE_AT_ONCE && from < val_count(d->people); i++)
			val_push(ids, val_at(d->people, from++));
		val_set(p, "ids", ids);
		gone += db_exec(m->db, q, p);
	}
	keep(d, "person", (int64_t)val_count(d->people) - gone,
	     "other organisations know them, or have their names in rows of their own");
}

static void delete_org(struct deleting *d, int64_t now)
{
	struct move *m = d->m;
	struct val *p = own_org(d);
	const struct move_sheet *s = move_sheet(m, S("org"));
	int64_t gone = 0;
	if (!d->needed)
		gone = db_exec(m->db,
			       move_query(m, true, "DELETE FROM org AS t WHERE t.id = :org%s",
					  unless_needed(d, s)),
			       p);
	if (gone)
		return;
	val_set_int(p, "now", now);
	db_exec(m->db, &q_move_close, p);
	keep(d, "org", 1, "its name, closed: what was kept is shown under it");
}

struct val *move_delete(struct move *m, int64_t now)
{
	struct deleting d = {.m = m,
			     .kept = val_list(m->arena),
			     .standards = val_list(m->arena),
			     .people = val_list(m->arena)};
	look_around(&d);
	for (size_t i = m->count; i-- > 0;)
		delete_rows(&d, &m->sheets[i]);
	delete_texts(&d);
	delete_org(&d, now);
	delete_people(&d);
	return d.kept;
}
