/* Leaving: an organisation's rows and files, to an archive. */
#include "server/move.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "core/archive.h"
#include "core/args.h"
#include "core/file.h"
#include "db/migrate.h"

enum { PART = 4 << 20 };

struct leaving {
	struct move *m;
	struct move_sheet *sheet;
	struct archive *to;
	struct buf part;
	struct arena *part_arena;
	int part_number;
	size_t next; /* of sheet->ids: the number of the next row that goes along */
};

static int64_t number_in(const struct move_sheet *s, int64_t id)
{
	size_t from = 0, to = s->ids.count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (s->ids.known[middle] < id)
			from = middle + 1;
		else
			to = middle;
	}
	return from < s->ids.count && s->ids.known[from] == id ? (int64_t)from + 1 : 0;
}

static struct val *shipped_term(const struct move *m, struct arena *a, int64_t id)
{
	for (size_t i = 0; i < val_count(m->shipped); i++) {
		const struct val *term = val_at(m->shipped, i);
		if (val_i(term, "id") != id)
			continue;
		struct val *named = val_object(a);
		val_set_str(named, "scheme", val_s(term, "scheme"));
		val_set_str(named, "code", val_s(term, "code"));
		return named;
	}
	return val_null();
}

/* What a pointer is in the archive; null if what it points at does not go along. */
static struct val *pointed(const struct move *m, struct arena *a, const struct move_column *c,
			   const struct val *row)
{
	const struct move_sheet *s = move_target(m, c, row);
	int64_t id = val_i(row, c->name), number = s ? number_in(s, id) : 0;
	if (!number && s && !strcmp(s->table->name, "term"))
		return shipped_term(m, a, id);
	return number ? val_int(a, number) : val_null();
}

static bool points_at_itself(const struct move_sheet *s, const struct move_column *c)
{
	return c->target && !strcmp(c->target, s->table->name);
}

/* The first column without which the row cannot go along; NULL: it goes. */
static const struct move_column *held_by(const struct move *m, const struct move_sheet *s,
					 struct arena *a, const struct val *row)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct move_column *c = &s->columns[i];
		if (c->target && !points_at_itself(s, c) && !val_is_null(val_get(row, c->name)) &&
		    move_is_needed(s, c) && val_is_null(pointed(m, a, c, row)))
			return c;
	}
	return NULL;
}

/* Columns as they go along; only the pointers and what they need for the first walk. */
static const char *selected(struct move *m, const struct move_sheet *s)
{
	struct buf sql = {.arena = m->arena};
	for (size_t i = 0; i < s->count; i++) {
		const struct move_column *c = &s->columns[i];
		if (c->sql)
			buf_fmt(&sql, "%s%s AS %s", i ? ", " : "", c->sql, c->name);
		else
			buf_fmt(&sql, "%st.%s AS %s", i ? ", " : "", c->name, c->name);
	}
	buf_lit(&sql, " ");
	return str_c(m->arena, buf_str(&sql));
}

static const char *in_order(struct move *m, const struct move_sheet *s)
{
	struct buf sql = {.arena = m->arena};
	for (int64_t key = 1; key < 10; key++)
		for (size_t i = 0; i < s->count; i++)
			if (s->columns[i].key == key)
				buf_fmt(&sql, "%st.%s", sql.n ? ", " : "", s->columns[i].name);
	return str_c(m->arena, buf_str(&sql));
}

static const struct query *rows_of(struct move *m, const struct move_sheet *s)
{
	return move_query(m, false, "SELECT %sFROM %s t WHERE %s ORDER BY %s", selected(m, s),
			  s->table->name, s->where, in_order(m, s));
}

/* ---- first walk: which rows go along ---- */

static bool take_id(void *context, const struct val *row)
{
	struct leaving *l = context;
	struct arena *scratch = l->part_arena;
	const struct move_column *held = held_by(l->m, l->sheet, scratch, row);
	if (held)
		move_note(l->m, l->sheet, held, true);
	else
		move_push(l->m, &l->sheet->ids, val_i(row, "id"));
	arena_reset(scratch);
	return l->m->err->kind == ERR_NONE;
}

/* ---- second walk: the rows ---- */

static struct val *as_it_goes(struct leaving *l, const struct val *row)
{
	struct arena *a = l->part_arena;
	struct val *out = val_object(a);
	for (size_t i = 0; i < l->sheet->count; i++) {
		const struct move_column *c = &l->sheet->columns[i];
		struct val *value = val_get(row, c->name);
		if (l->sheet->has_id && !strcmp(c->name, "id")) {
			val_set_int(out, "id", number_in(l->sheet, val_get_int(value)));
			continue;
		}
		if (c->target && !val_is_null(value)) {
			value = pointed(l->m, a, c, row);
			if (val_is_null(value))
				move_note(l->m, l->sheet, c, false);
		}
		if (!val_is_null(value))
			val_set(out, c->name, value);
	}
	return out;
}

static void end_part(struct leaving *l)
{
	if (l->part.n)
		archive_add(l->to,
			    str_c(l->m->arena, str_fmt(l->m->arena, "rows/%s.%04d",
						       l->sheet->table->name, ++l->part_number)),
			    buf_str(&l->part));
	arena_reset(l->part_arena);
	l->part = (struct buf){.arena = l->part_arena};
}

static bool write_row(void *context, const struct val *row)
{
	struct leaving *l = context;
	if (l->sheet->has_id ? !number_in(l->sheet, val_i(row, "id")) : false)
		return true;
	const struct move_column *held =
		l->sheet->has_id ? NULL : held_by(l->m, l->sheet, l->part_arena, row);
	if (held) {
		move_note(l->m, l->sheet, held, true);
		return true;
	}
	json_write(&l->part, as_it_goes(l, row));
	buf_char(&l->part, '\n');
	l->sheet->rows++;
	if (l->part.n > PART)
		end_part(l);
	return l->m->err->kind == ERR_NONE;
}

static void walk(struct leaving *l, bool (*each)(void *, const struct val *))
{
	struct move *m = l->m;
	db_each(m->db, rows_of(m, l->sheet), ARGS(m->arena, ARG_AS("org", m->org)), each, l);
	end_part(l);
}

/* ---- all of it ---- */

static int64_t add_files(struct leaving *l, const struct file_store *files)
{
	struct move *m = l->m;
	struct val *rows =
		db_rows(m->db,
			move_query(m, false,
				   "SELECT DISTINCT t.hash AS hash FROM file t WHERE t.org = :org "
				   "ORDER BY t.hash"),
			ARGS(m->arena, ARG_AS("org", m->org)));
	for (size_t i = 0; i < val_count(rows) && m->err->kind == ERR_NONE; i++) {
		struct str hash = val_s(val_at(rows, i), "hash");
		struct str bytes = file_bytes(files, l->part_arena, m->err, hash);
		if (m->err->kind == ERR_NONE)
			archive_add(
				l->to,
				str_c(m->arena, str_fmt(m->arena, "files/" STR_FMT, STR_ARG(hash))),
				bytes);
		arena_reset(l->part_arena);
	}
	return (int64_t)val_count(rows);
}

static void add_summary(struct leaving *l, int64_t files)
{
	struct move *m = l->m;
	struct buf json = {.arena = m->arena};
	struct val *summary = val_object(m->arena), *rows = val_set_object(summary, "rows");
	for (size_t i = 0; i < m->count; i++)
		if (m->sheets[i].rows)
			val_set_int(rows, m->sheets[i].table->name, m->sheets[i].rows);
	val_set_int(summary, "files", files);
	val_set(summary, "outside", m->outside);
	json_write_pretty(&json, summary);
	archive_add(l->to, "summary.json", buf_str(&json));
}

bool move_leave(struct move *m, const struct file_store *files, const char *path,
		const struct seal_key *key, struct str slug, int64_t now, int64_t *file_count)
{
	struct val *manifest = val_object(m->arena);
	struct leaving l = {.m = m, .part_arena = arena_new(SIZE_MAX / 2)};
	l.part.arena = l.part_arena;
	val_set_str(manifest, "format", S(MOVE_FORMAT));
	val_set_int(manifest, "schema", db_schema_newest());
	val_set_str(manifest, "slug", slug);
	val_set_int(manifest, "made_at", now);
	for (size_t i = 0; i < m->count; i++) {
		l.sheet = &m->sheets[i];
		if (move_goes(l.sheet) && l.sheet->has_id)
			walk(&l, take_id);
	}
	l.to = archive_create(m->arena, path, key, manifest, now, m->err);
	for (size_t i = 0; i < m->count; i++) {
		l.sheet = &m->sheets[i];
		l.part_number = 0;
		if (move_goes(l.sheet))
			walk(&l, write_row);
	}
	*file_count = add_files(&l, files);
	add_summary(&l, *file_count);
	bool made = archive_finish(l.to);
	arena_free(l.part_arena);
	return made && archive_verify(path, key, m->err);
}
