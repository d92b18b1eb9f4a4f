#include "server/move.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "queries.h"

enum { PARAMS_MOST = 60, QUERIES_FROM = 4096 };

/* ---- the catalogue ---- */

static enum val_kind kind_of(struct str type)
{
	static const struct {
		const char *type;
		enum val_kind kind;
	} kinds[] = {{"INTEGER", VAL_INT},
		     {"bigint", VAL_INT},
		     {"text", VAL_TEXT},
		     {"double precision", VAL_REAL},
		     {"bytea", VAL_BLOB}};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_eq_nocase(type, str_of(kinds[i].type)))
			return kinds[i].kind;
	return VAL_NULL;
}

static bool is(const char *x, const char *y)
{
	return strcmp(x, y) == 0;
}

static const char *pointer_of(const char *table, const char *column)
{
	for (const struct move_pointer *p = move_pointers; p->table; p++)
		if (is(p->table, table) && is(p->column, column))
			return p->target;
	return NULL;
}

static const char *value_of(const char *table, const char *column)
{
	for (const struct move_value *v = move_values; v->table; v++)
		if (is(v->table, table) && is(v->column, column))
			return v->sql;
	return NULL;
}

static struct move_column column_of(struct arena *a, const char *table, const struct val *row)
{
	struct move_column c = {.name = str_c(a, val_s(row, "column_name")),
				.kind = kind_of(val_s(row, "type")),
				.required = val_i(row, "required") != 0,
				.key = val_i(row, "key"),
				.foreign = val_s(row, "target").n > 0};
	c.target = c.foreign ? str_c(a, val_s(row, "target")) : pointer_of(table, c.name);
	c.sql = value_of(table, c.name);
	return c;
}

static void read_sheet(struct move *m, struct move_sheet *s, const struct val *rows)
{
	const char *table = s->table->name;
	s->columns = arena_many(m->arena, struct move_column, val_count(rows) + 1);
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		if (!str_is(val_s(row, "table_name"), table))
			continue;
		struct move_column c = column_of(m->arena, table, row);
		s->has_id |= is(c.name, "id") && c.key == 1;
		s->has_org |= is(c.name, "org");
		s->columns[s->count++] = c;
	}
}

/* Those whose names stand in rows that go along, and those who belong to it. */
static const char *people_where(struct move *m)
{
	struct buf sql = {.arena = m->arena};
	buf_lit(&sql, "t.id IN (SELECT m.person FROM person_org m WHERE m.org = :org");
	for (size_t i = 0; i < m->count; i++) {
		const struct move_sheet *s = &m->sheets[i];
		for (size_t j = 0; j < s->count && s->table->kind == MOVE_ROWS; j++)
			if (s->columns[j].foreign && is(s->columns[j].target, "person"))
				buf_fmt(&sql, " UNION SELECT t.%s FROM %s t WHERE %s",
					s->columns[j].name, s->table->name, s->where);
	}
	buf_char(&sql, ')');
	return str_c(m->arena, buf_str(&sql));
}

bool move_open(struct move *m, struct db *db, struct arena *a, struct err *err, int64_t org)
{
	size_t most = 0;
	while (move_tables[most].name)
		most++;
	*m = (struct move){.db = db, .arena = a, .err = err, .org = org};
	m->outside = val_list(a);
	m->sheets = arena_many(a, struct move_sheet, most);
	struct val *rows = db_rows(db, &q_move_columns, NULL);
	m->shipped = db_rows(db, &q_move_shipped, NULL);
	for (size_t i = 0; i < most && err->kind == ERR_NONE; i++) {
		struct move_sheet *s = &m->sheets[m->count];
		*s = (struct move_sheet){.table = &move_tables[i], .where = move_tables[i].where};
		read_sheet(m, s, rows);
		m->count += s->count > 0;
	}
	for (size_t i = 0; i < m->count; i++)
		if (m->sheets[i].table->kind == MOVE_PEOPLE)
			m->sheets[i].where = people_where(m);
	return err->kind == ERR_NONE;
}

struct move_sheet *move_sheet(const struct move *m, struct str table)
{
	for (size_t i = 0; i < m->count; i++)
		if (str_is(table, m->sheets[i].table->name))
			return &m->sheets[i];
	return NULL;
}

bool move_goes(const struct move_sheet *s)
{
	return s->table->kind <= MOVE_PERSONS;
}

struct move_sheet *move_target(const struct move *m, const struct move_column *c,
			       const struct val *row)
{
	if (!c->target)
		return NULL;
	struct str name = c->target[0] == '=' ? val_s(row, c->target + 1) : str_of(c->target);
	struct move_sheet *s = move_sheet(m, name);
	return s && move_goes(s) && s->has_id ? s : NULL;
}

bool move_is_needed(const struct move_sheet *s, const struct move_column *c)
{
	for (const struct move_needed *n = move_needed; n->table; n++)
		if (is(n->table, s->table->name) && is(n->column, c->name))
			return true;
	return c->required;
}

void move_push(struct move *m, struct move_ids *ids, int64_t id)
{
	if (ids->count == ids->room) {
		size_t more = ids->room ? ids->room * 2 : 256;
		int64_t *larger = arena_many(m->arena, int64_t, more);
		if (ids->count)
			memcpy(larger, ids->known, ids->count * sizeof *larger);
		ids->known = larger;
		ids->room = more;
	}
	ids->known[ids->count++] = id;
}

void move_note(struct move *m, const struct move_sheet *s, const struct move_column *c, bool left)
{
	struct val *row = NULL;
	for (size_t i = 0; i < val_count(m->outside) && !row; i++) {
		struct val *r = val_at(m->outside, i);
		if (str_is(val_s(r, "table"), s->table->name) &&
		    str_is(val_s(r, "column"), c->name) && val_b(r, "left") == left)
			row = r;
	}
	if (!row) {
		row = val_push_object(m->outside);
		val_set_str(row, "table", str_of(s->table->name));
		val_set_str(row, "column", str_of(c->name));
		val_set_str(row, "target", str_of(c->target[0] == '=' ? c->name : c->target));
		val_set_bool(row, "left", left);
	}
	val_set_int(row, "rows", val_i(row, "rows") + 1);
}

/* ---- statements ---- */

static int param_number(const char **names, struct arena *a, struct str name)
{
	int i = 0;
	while (names[i] && !str_is(name, names[i]))
		i++;
	MUST(i < PARAMS_MOST);
	if (!names[i])
		names[i] = str_c(a, name);
	return i + 1;
}

/* ":org" becomes "?1" and "$1". */
static const char *numbered(struct arena *a, struct str text, char mark, const char **names)
{
	struct buf out = {.arena = a};
	for (size_t i = 0; i < text.n; i++) {
		size_t end = i + 1;
		while (end < text.n && (islower((unsigned char)text.p[end]) || text.p[end] == '_' ||
					isdigit((unsigned char)text.p[end])))
			end++;
		if (text.p[i] != ':' || end == i + 1) {
			buf_char(&out, text.p[i]);
			continue;
		}
		buf_fmt(&out, "%c%d", mark, param_number(names, a, str_sub(text, i + 1, end)));
		i = end - 1;
	}
	return str_c(a, buf_str(&out));
}

const struct query *move_query(struct move *m, bool writes, const char *format, ...)
{
	static int made; /* a connection knows its statements by number */
	struct buf text = {.arena = m->arena};
	va_list args;
	va_start(args, format);
	int n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	buf_room(&text, (size_t)n + 1);
	va_start(args, format);
	vsnprintf(text.p, (size_t)n + 1, format, args);
	va_end(args);
	text.n = (size_t)n;
	const char **names = arena_many(m->arena, const char *, PARAMS_MOST + 1);
	struct query *q = arena_one(m->arena, struct query);
	*q = (struct query){.name = "move",
			    .sqlite = numbered(m->arena, buf_str(&text), '?', names),
			    .postgres = numbered(m->arena, buf_str(&text), '$', names),
			    .params = names,
			    .id = all_queries_count + QUERIES_FROM + made++,
			    .writes = writes};
	return q;
}
