/* Coming in: an archive becomes an organisation here, or nothing happens. */
#include "server/move.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/code.h"
#include "base/json.h"
#include "core/archive.h"
#include "core/args.h"
#include "core/audit.h"
#include "core/file.h"
#include "core/org.h"
#include "db/migrate.h"
#include "queries.h"
#include "server/features.h"

enum { PART_MOST = 64 << 20, FILE_MOST = 1 << 30 };

struct later {
	struct move_sheet *sheet;
	const struct move_column *column;
	int64_t id, number;
	struct later *next;
};

struct coming {
	struct command_call *call;
	struct move m;
	struct move_in *in;
	struct str *problem;
	struct arena *work; /* of one part */
	const struct val *manifest;
	struct str slug;
	const struct query *insert; /* of the table under way */
	struct later *later;        /* pointers within a table */
};

static bool refuse(struct coming *c, struct str why)
{
	if (!c->problem->n)
		*c->problem = str_dup(c->call->arena, why);
	return false;
}

/* ---- the archive, entry by entry ---- */

struct visitor {
	bool (*row)(struct coming *, struct move_sheet *, const struct val *row, struct str where);
	bool (*file)(struct coming *, struct str hash, struct str bytes);
};

static bool visit_rows(struct coming *c, const struct visitor *v, struct str name, struct str text)
{
	struct str table = str_from(name, 5), line;
	table = str_sub(table, 0, (size_t)(str_find_char(table, '.') + 1) - 1);
	struct move_sheet *s = move_sheet(&c->m, table);
	if (!s || !move_goes(s))
		return refuse(c, str_fmt(c->work, STR_FMT ": no table of this name comes along",
					 STR_ARG(name)));
	for (int number = 1; str_cut(&text, '\n', &line); number++) {
		struct json_error wrong;
		struct str where = str_fmt(c->work, STR_FMT ", row %d", STR_ARG(name), number);
		const struct val *row = json_read(c->work, line, PART_MOST, &wrong);
		if (!row || val_kind(row) != VAL_OBJECT)
			return refuse(c, str_fmt(c->work, STR_FMT ": it is no object of JSON",
						 STR_ARG(where)));
		if (!v->row(c, s, row, where))
			return false;
	}
	return true;
}

static bool visit_entry(struct coming *c, const struct visitor *v, struct archive *from,
			struct str name)
{
	struct json_error wrong;
	if (str_starts(name, S("rows/")) && v->row)
		return visit_rows(c, v, name, archive_bytes(from, c->work, PART_MOST));
	if (str_starts(name, S("files/")) && v->file)
		return v->file(c, str_from(name, 6), archive_bytes(from, c->work, FILE_MOST));
	if (str_is(name, "summary.json")) {
		struct val *summary =
			json_read(c->call->arena, archive_bytes(from, c->call->arena, PART_MOST),
				  PART_MOST, &wrong);
		c->in->summary = summary ? summary : val_null();
	}
	return true;
}

/* To the end: only there is it known that nothing was changed. */
static bool visit(struct coming *c, const struct visitor *v)
{
	struct val *manifest;
	struct str name;
	struct err *err = c->call->err;
	struct archive *from =
		archive_open(c->call->arena, c->in->path, c->in->key, &manifest, err);
	bool good = err->kind == ERR_NONE;
	c->manifest = manifest;
	while (good && archive_next(from, &name)) {
		good = visit_entry(c, v, from, name) && err->kind == ERR_NONE;
		arena_reset(c->work);
	}
	archive_close(from);
	return good && err->kind == ERR_NONE;
}

/* ---- judging ---- */

static bool is_id(const struct move_sheet *s, const struct move_column *c)
{
	return s->has_id && !strcmp(c->name, "id");
}

static const struct move_column *column_named(const struct move_sheet *s, const char *name)
{
	for (size_t i = 0; i < s->count; i++)
		if (!strcmp(s->columns[i].name, name))
			return &s->columns[i];
	return NULL;
}

static int64_t shipped_id(const struct move *m, const struct val *named)
{
	for (size_t i = 0; i < val_count(m->shipped); i++) {
		const struct val *term = val_at(m->shipped, i);
		if (str_eq(val_s(term, "scheme"), val_s(named, "scheme")) &&
		    str_eq(val_s(term, "code"), val_s(named, "code")))
			return val_i(term, "id");
	}
	return 0;
}

/* A number of a row that came before, or of the same table; or a shipped term. */
static const char *wrong_pointer(struct coming *c, const struct move_sheet *s,
				 const struct move_column *column, const struct val *row)
{
	const struct val *value = val_get(row, column->name);
	const struct move_sheet *to = move_target(&c->m, column, row);
	if (!to)
		return "points at what does not come along";
	if (val_kind(value) == VAL_OBJECT)
		return strcmp(to->table->name, "term") ? "is no number"
		       : shipped_id(&c->m, value)      ? NULL
						  : "names a term that this server does not have";
	if (val_kind(value) != VAL_INT || val_get_int(value) < 1)
		return "is no number";
	return to == s || val_get_int(value) <= to->rows ? NULL : "points at no row before it";
}

static const char *wrong_value(struct coming *c, const struct move_sheet *s,
			       const struct move_column *column, const struct val *row)
{
	struct str bytes;
	const struct val *value = val_get(row, column->name);
	if (val_is_null(value))
		return NULL;
	if (column->target)
		return wrong_pointer(c, s, column, row);
	if (column->kind == VAL_BLOB)
		return val_kind(value) == VAL_TEXT &&
				       base64url_read(c->work, val_get_str(value), &bytes)
			       ? NULL
			       : "is not base64url";
	if (column->kind == VAL_REAL && val_kind(value) == VAL_INT)
		return NULL;
	return val_kind(value) == column->kind ? NULL : "is of another kind than the column";
}

static bool judge_row(struct coming *c, struct move_sheet *s, const struct val *row,
		      struct str where)
{
	s->rows++;
	if (s->has_id && val_i(row, "id") != s->rows)
		return refuse(c, str_fmt(c->work, STR_FMT ": its number should be %lld",
					 STR_ARG(where), (long long)s->rows));
	for (size_t i = 0; i < val_count(row); i++) {
		const char *name = val_name_at(row, i), *wrong = "is no column here";
		const struct move_column *column = column_named(s, name);
		if (column)
			wrong = is_id(s, column) ? NULL : wrong_value(c, s, column, row);
		if (wrong)
			return refuse(c, str_fmt(c->work, STR_FMT ": \"%s\" %s", STR_ARG(where),
						 name, wrong));
	}
	if (!strcmp(s->table->name, "org") && s->rows > 1)
		return refuse(c, S("there is more than one organisation in it"));
	/* Pointers within the table are known to be right at its end. */
	for (size_t i = 0; i < s->count; i++)
		if (s->columns[i].target && !strcmp(s->columns[i].target, s->table->name) &&
		    val_i(row, s->columns[i].name) > (int64_t)s->ids.room)
			s->ids.room = (size_t)val_i(row, s->columns[i].name);
	return true;
}

static bool judge_archive(struct coming *c)
{
	static const struct visitor judge = {.row = judge_row};
	if (!visit(c, &judge))
		return false;
	for (size_t i = 0; i < c->m.count; i++) {
		struct move_sheet *s = &c->m.sheets[i];
		if ((int64_t)s->ids.room > s->rows)
			return refuse(c, str_fmt(c->work, "%s: a row points at none of its table",
						 s->table->name));
		s->ids.room = 0;
		s->rows = 0;
	}
	return true;
}

/* Is it one of ours, for this program, under a name that is free? */
static bool judge_manifest(struct coming *c)
{
	struct db *db = c->call->db;
	struct arena *a = c->call->arena;
	if (!str_is(val_s(c->manifest, "format"), MOVE_FORMAT))
		return refuse(c, S("it is no organisation: a backup is put back by `waypost "
				   "restore`"));
	if (val_i(c->manifest, "schema") != db_schema_newest())
		return refuse(c,
			      str_fmt(a,
				      "it was written at schema %lld and this program has %d: "
				      "bring both servers to one version and export again",
				      (long long)val_i(c->manifest, "schema"), db_schema_newest()));
	c->slug = c->in->as.n ? c->in->as : val_s(c->manifest, "slug");
	const char *wrong = org_slug_wrong(c->slug);
	if (wrong)
		return refuse(c, str_of(wrong));
	db_begin(db, DB_READ, 0);
	bool taken = val_i(db_row(db, &q_move_taken, ARGS(a, ARG_AS("slug", c->slug))), "n") > 0;
	db_rollback(db);
	if (taken)
		return refuse(c, str_fmt(a,
					 "there is an organisation \"" STR_FMT
					 "\" here: say --as SLUG for another short name",
					 STR_ARG(c->slug)));
	return c->call->err->kind == ERR_NONE;
}

/* ---- writing ---- */

static bool take_file(struct coming *c, struct str hash, struct str bytes)
{
	return file_take(c->call->files, c->work, c->call->err, hash, bytes);
}

static const struct query *insert_into(struct coming *c, const struct move_sheet *s)
{
	struct buf names = {.arena = c->m.arena}, values = {.arena = c->m.arena};
	for (size_t i = 0; i < s->count; i++) {
		if (is_id(s, &s->columns[i]))
			continue;
		buf_fmt(&names, "%s%s", names.n ? ", " : "", s->columns[i].name);
		buf_fmt(&values, "%s:%s", values.n ? ", " : "", s->columns[i].name);
	}
	return move_query(&c->m, true, "INSERT INTO %s (" STR_FMT ") VALUES (" STR_FMT ")%s",
			  s->table->name, STR_ARG(buf_str(&names)), STR_ARG(buf_str(&values)),
			  s->has_id ? " RETURNING id AS id" : "");
}

static struct val *as_here(struct coming *c, const struct move_sheet *s,
			   const struct move_column *column, const struct val *row)
{
	struct val *value = val_get(row, column->name);
	struct str bytes;
	if (val_is_null(value) || !column->target) {
		if (column->kind == VAL_BLOB && base64url_read(c->work, val_get_str(value), &bytes))
			return val_is_null(value) ? value : val_blob(c->work, bytes);
		if (column->kind == VAL_REAL && val_kind(value) == VAL_INT)
			return val_real(c->work, (double)val_get_int(value));
		return value;
	}
	if (val_kind(value) == VAL_OBJECT)
		return val_int(c->work, shipped_id(&c->m, value));
	const struct move_sheet *to = move_target(&c->m, column, row);
	return to == s ? val_null() : val_int(c->work, to->ids.known[val_get_int(value) - 1]);
}

/* The name it has here, and a host that nobody else has. */
static void rename_org(struct coming *c, struct val *params)
{
	struct db *db = c->call->db;
	struct str host = val_s(params, "host"), base = val_s(params, "base");
	struct str old = str_fmt(c->work, "/" STR_FMT, STR_ARG(val_s(params, "slug")));
	if (host.n && val_i(db_row(db, &q_move_host_taken, params), "n")) {
		c->in->host_left = str_dup(c->call->arena, host);
		val_set_null(params, "host");
	}
	if (!str_eq(val_s(params, "slug"), c->slug) && str_ends(base, old))
		val_set_str(params, "base",
			    str_fmt(c->work, STR_FMT "/" STR_FMT,
				    STR_ARG(str_sub(base, 0, base.n - old.n)), STR_ARG(c->slug)));
	val_set_str(params, "slug", c->slug);
}

static void keep_for_later(struct coming *c, struct move_sheet *s, const struct val *row,
			   int64_t id)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct move_column *column = &s->columns[i];
		if (!column->target || move_target(&c->m, column, row) != s ||
		    val_kind(val_get(row, column->name)) != VAL_INT)
			continue;
		struct later *l = arena_one(c->m.arena, struct later);
		*l = (struct later){s, column, id, val_i(row, column->name), c->later};
		c->later = l;
	}
}

static bool write_row(struct coming *c, struct move_sheet *s, const struct val *row,
		      struct str where)
{
	(void)where;
	struct db *db = c->call->db;
	struct val *params = val_object(c->work);
	if (!s->rows++)
		c->insert = insert_into(c, s);
	for (size_t i = 0; i < s->count; i++)
		if (!is_id(s, &s->columns[i]))
			val_set(params, s->columns[i].name, as_here(c, s, &s->columns[i], row));
	if (!strcmp(s->table->name, "org"))
		rename_org(c, params);
	if (!s->has_id) {
		db_exec(db, c->insert, params);
	} else {
		int64_t id = db_id(db, c->insert, params);
		move_push(&c->m, &s->ids, id);
		keep_for_later(c, s, row, id);
	}
	return c->call->err->kind == ERR_NONE;
}

static void write_later(struct coming *c)
{
	for (const struct later *l = c->later; l && c->call->err->kind == ERR_NONE; l = l->next)
		db_exec(c->call->db,
			move_query(&c->m, true, "UPDATE %s SET %s = :other WHERE id = :id",
				   l->sheet->table->name, l->column->name),
			ARGS(c->m.arena, ARG_AS("id", l->id),
			     ARG_AS("other", l->sheet->ids.known[l->number - 1])));
}

static void write_rest(struct coming *c)
{
	struct command_call *call = c->call;
	const struct move_sheet *org = move_sheet(&c->m, S("org"));
	c->in->id = org->ids.count ? org->ids.known[0] : 0;
	for (const struct feature *const *f = features; *f && call->err->kind == ERR_NONE; f++)
		if ((*f)->reindex)
			(*f)->reindex(call->db, c->work, call->err, c->in->id);
	audit_add(call->db, c->work,
		  &(struct audit){.verb = "org.imported",
				  .object_kind = "org",
				  .object = c->in->id,
				  .at = call->now});
}

static bool write_all(struct coming *c)
{
	static const struct visitor files = {.file = take_file}, rows = {.row = write_row};
	struct command_call *call = c->call;
	if (!visit(c, &files))
		return false;
	db_use(call->db, c->work, call->err);
	db_begin(call->db, DB_WRITE, 0);
	if (visit(c, &rows))
		write_later(c);
	if (!c->problem->n && call->err->kind == ERR_NONE)
		write_rest(c);
	bool good =
		!c->problem->n && call->err->kind == ERR_NONE && c->in->id && db_commit(call->db);
	if (!good)
		db_rollback(call->db);
	return good;
}

int move_come(struct command_call *call, struct move_in *in, struct str *problem)
{
	struct coming c = {
		.call = call, .in = in, .problem = problem, .work = arena_new(SIZE_MAX / 2)};
	db_begin(call->db, DB_READ, 0);
	move_open(&c.m, call->db, call->arena, call->err, 0);
	db_rollback(call->db);
	*problem = (struct str){0};
	bool judged = call->err->kind == ERR_NONE && judge_archive(&c) && judge_manifest(&c);
	bool written = judged && write_all(&c);
	db_use(call->db, call->arena, call->err);
	arena_free(c.work);
	return written ? EXIT_OK : judged ? EXIT_FAILED : EXIT_REFUSED;
}
