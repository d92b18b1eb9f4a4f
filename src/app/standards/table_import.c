#include "app/standards/table_import.h"

#include "app/standards/case/names.h"
#include "app/standards/store_fill.h"
#include "app/standards/store_inside.h"
#include "app/standards/store_kept.h"
#include "base/arena.h"
#include "base/csv.h"
#include "core/text.h"
#include "core/uuid.h"
#include "queries.h"

#include <string.h>

static const char *const needed[] = {"code", "kind", "parent_uuid", "depth", "uuid"};

static bool has_column(const struct val *columns, const char *name)
{
	for (size_t i = 0; i < val_count(columns); i++)
		if (str_is(val_get_str(val_at(columns, i)), name))
			return true;
	return false;
}

bool table_is_export(struct arena *a, struct str bytes)
{
	ptrdiff_t end = str_find_char(bytes, '\n');
	struct csv_options options = {.header = CSV_HEADER_YES};
	struct csv csv = csv_read(a, str_sub(bytes, 0, end < 0 ? bytes.n : (size_t)end), &options);
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (!has_column(csv.columns, needed[i]))
			return false;
	return true;
}

/* What the guard of the writer put there, and line ends as they were. */
static struct str cell(struct arena *a, struct str s, bool guarded)
{
	bool formula = s.n > 1 && s.p[0] == '\'' && s.p[1] && strchr("=+-@\t\r", s.p[1]);
	if (guarded && formula)
		s = str_from(s, 1);
	if (str_find(s, S("\r\n")) < 0)
		return s;
	char *p = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\r' || i + 1 == s.n || s.p[i + 1] != '\n')
			p[n++] = s.p[i];
	return (struct str){p, n};
}

struct val *table_rows(struct arena *a, struct str bytes)
{
	struct csv_options options = {.header = CSV_HEADER_YES};
	struct csv csv = csv_read(a, bytes, &options);
	struct val *rows = val_list(a);
	for (size_t i = 0; i < val_count(csv.rows); i++) {
		struct val *row = val_push_object(rows);
		for (size_t k = 0; k < val_count(csv.columns); k++)
			val_set_str(row, str_c(a, val_get_str(val_at(csv.columns, k))),
				    cell(a, val_get_str(val_at(val_at(csv.rows, i), k)), csv.bom));
	}
	return rows;
}

static const struct val *row_of_kind(const struct val *rows, const char *kind)
{
	for (size_t i = 0; i < val_count(rows); i++)
		if (str_is(val_s(val_at(rows, i), "kind"), kind))
			return val_at(rows, i);
	return val_null();
}

struct val *table_standard(struct writer *w, const struct val *rows)
{
	struct val *p = store_params(w);
	val_set_str(p, "uuid", val_s(row_of_kind(rows, "(standard)"), "uuid"));
	return db_row(w->db, &q_case_save_standard_of, p);
}

static bool same_rows(struct arena *a, const struct val *rows, const struct val *here)
{
	if (val_count(rows) != val_count(here))
		return false;
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i), *was = val_at(here, i);
		if (val_count(row) != val_count(was))
			return false;
		for (size_t k = 0; k < val_count(was); k++) {
			const char *name = val_name_at(was, k);
			if (!str_eq(val_s(row, name), val_show(a, val_get(was, name))))
				return false;
		}
	}
	return true;
}

/* ---- rows into a draft ---- */

struct taking {
	struct writer *w;
	const struct val *rows;
	int64_t standard, version;
	struct str source;
	struct str langs[20];
	int langs_n;
	struct val *levels; /* uuids in order */
	struct names at;    /* uuid -> index of items */
	int64_t *items;
	int32_t items_n;
};

/* The languages of its columns, the source's first. */
static void find_langs(struct taking *t)
{
	const struct val *first = val_at(t->rows, 0);
	t->langs[t->langs_n++] = t->source;
	for (size_t i = 0; i < val_count(first) && t->langs_n < 20; i++) {
		struct str name = str_of(val_name_at(first, i));
		if (str_starts(name, S("title_")) && !str_eq(str_from(name, 6), t->source))
			t->langs[t->langs_n++] = str_from(name, 6);
	}
}

static struct str said(const struct taking *t, const struct val *row, const char *column, int lang)
{
	return val_s(row, str_c(t->w->arena, str_fmt(t->w->arena, "%s_" STR_FMT, column,
						     STR_ARG(t->langs[lang]))));
}

static void take_level(struct taking *t, const struct val *row)
{
	struct str uuid = val_s(row, "uuid");
	val_push(t->levels, val_text(t->w->arena, uuid));
	for (int k = 0; k < t->langs_n; k++)
		if (!k || said(t, row, "title", k).n)
			store_level(t->w, t->version, uuid, (int64_t)val_count(t->levels),
				    t->langs[k], said(t, row, "title", k));
}

static void take_texts(struct taking *t, const struct val *row, int64_t item)
{
	static const char *const fields[] = {"title", "body", "notes"};
	int64_t node =
		val_i(db_row(t->w->db, &q_store_node, store_at(t->w, t->version, item)), "id");
	for (int k = 0; k < t->langs_n; k++)
		for (int f = 0; f < 3; f++)
			if ((k || f == 2) && said(t, row, fields[f], k).n)
				store_retext(t->w, "standard_node", node, fields[f], t->langs[k],
					     said(t, row, fields[f], k), TEXT_ANY);
}

static int64_t taken(const struct taking *t, struct str uuid)
{
	int32_t at = names_get(&t->at, uuid);
	return at < 0 ? 0 : t->items[at];
}

static int64_t known_item(struct taking *t, struct str uuid)
{
	struct val *p = store_params(t->w);
	val_set_str(p, "uuid", uuid);
	val_set_int(p, "standard", t->standard);
	return val_i(db_row(t->w->db, &q_case_save_item_of, p), "id");
}

static void take_item(struct taking *t, const struct val *row)
{
	struct str uuid = val_s(row, "uuid");
	if (!uuid_ok(uuid)) /* a row that a person added */
		uuid = uuid_new(t->w->arena);
	struct val *as = val_object(t->w->arena);
	int64_t known = known_item(t, uuid);
	if (known)
		val_set_int(as, "item", known);
	val_set_str(as, "uuid", uuid);
	val_set_int(as, "parent", taken(t, val_s(row, "parent_uuid")));
	val_set_str(as, "kind", val_s(row, "kind").n ? val_s(row, "kind") : S("statement"));
	val_set_str(as, "code", val_s(row, "code"));
	val_set_str(as, "lang", t->source);
	val_set_str(as, "title", said(t, row, "title", 0));
	val_set_str(as, "body", said(t, row, "body", 0));
	val_set_bool(as, "guessed", val_s(row, "guessed").n);
	int64_t item = store_item(t->w, t->version, as);
	if (item && names_add(&t->at, uuid, t->items_n))
		t->items[t->items_n++] = item;
	if (item)
		take_texts(t, row, item);
}

static void take_rating(struct taking *t, const struct val *row, int64_t item, struct str scale)
{
	const char *column =
		str_c(t->w->arena, str_fmt(t->w->arena, "rating_" STR_FMT, STR_ARG(scale)));
	store_rating(t->w, t->version, item, scale, t->source, said(t, row, column, 0), TEXT_ANY);
	for (int k = 1; k < t->langs_n; k++)
		if (said(t, row, column, k).n)
			store_rating(t->w, t->version, item, scale, t->langs[k],
				     said(t, row, column, k), TEXT_ANY);
}

static void take_links(struct taking *t, struct str all, int64_t item)
{
	struct str line, label, url;
	while (str_cut(&all, '\n', &line)) {
		str_cut(&line, '\t', &label);
		str_cut(&line, '\t', &url);
		store_link(t->w, t->version, item, label, url, line);
	}
}

static void take_parts(struct taking *t, const struct val *row)
{
	int64_t item = taken(t, val_s(row, "uuid"));
	for (size_t n = 0; n < val_count(t->levels) && item; n++)
		for (int k = 0; k < t->langs_n; k++) {
			const char *column =
				str_c(t->w->arena, str_fmt(t->w->arena, "level_%zu", n + 1));
			if (said(t, row, column, k).n)
				store_descriptor(t->w, t->version, item,
						 val_get_str(val_at(t->levels, n)), t->langs[k],
						 said(t, row, column, k), TEXT_ANY);
		}
	for (size_t i = 0; i < val_count(row) && item; i++) {
		struct str name = str_of(val_name_at(row, i)),
			   value = val_s(row, val_name_at(row, i));
		bool rating = str_starts(name, S("rating_")) &&
			      (str_is(value, "given") || str_is(value, "asked"));
		if (rating)
			take_rating(t, row, item, str_from(name, 7));
	}
	if (item)
		take_links(t, val_s(row, "links"), item);
}

static void take_kind(struct taking *t, const struct val *row)
{
	store_fill_kind(t->w, t->standard, val_s(row, "code"), t->source, said(t, row, "title", 0));
	struct val *p = store_params(t->w);
	val_set_int(p, "standard", t->standard);
	struct val *kinds = db_rows(t->w->db, &q_standards_kinds, p);
	for (size_t i = 0; i < val_count(kinds); i++)
		for (int k = 1; k < t->langs_n; k++)
			if (str_eq(val_s(val_at(kinds, i), "code"), val_s(row, "code")) &&
			    said(t, row, "title", k).n)
				store_retext(t->w, "standard_kind", val_i(val_at(kinds, i), "id"),
					     "name", t->langs[k], said(t, row, "title", k),
					     TEXT_ANY);
}

static bool is_other(const struct val *row)
{
	return str_starts(val_s(row, "kind"), S("("));
}

static void take_rows(struct taking *t)
{
	for (size_t i = 0; i < val_count(t->rows); i++) {
		const struct val *row = val_at(t->rows, i);
		if (str_is(val_s(row, "kind"), "(kind)"))
			take_kind(t, row);
		if (str_is(val_s(row, "kind"), "(level)"))
			take_level(t, row);
	}
	for (size_t i = 0; i < val_count(t->rows); i++)
		if (!is_other(val_at(t->rows, i)))
			take_item(t, val_at(t->rows, i));
	for (size_t i = 0; i < val_count(t->rows); i++)
		if (!is_other(val_at(t->rows, i)))
			take_parts(t, val_at(t->rows, i));
}

/* A standard that is not here yet: the language with the most titles of its own was its first. */
static bool begin_standard(struct taking *t, const struct val *row)
{
	struct val *as = val_object(t->w->arena);
	const struct val *first = val_at(t->rows, 0);
	for (size_t i = 0; i < val_count(first) && !t->source.n; i++) {
		struct str name = str_of(val_name_at(first, i));
		if (str_starts(name, S("title_")) && val_s(row, val_name_at(first, i)).n)
			t->source = str_from(name, 6);
	}
	if (!t->source.n)
		return false;
	find_langs(t);
	val_set_str(as, "uuid", val_s(row, "uuid"));
	val_set_str(as, "slug",
		    store_free_slug(t->w, val_s(row, "code").n ? val_s(row, "code")
							       : said(t, row, "title", 0)));
	val_set_str(as, "title", said(t, row, "title", 0));
	val_set_str(as, "summary", said(t, row, "body", 0));
	val_set_str(as, "source_lang", t->source);
	t->standard = store_standard(t->w, as);
	for (int k = 1; k < t->langs_n; k++) {
		store_retext(t->w, "standard", t->standard, "title", t->langs[k],
			     said(t, row, "title", k), TEXT_ANY);
		store_retext(t->w, "standard", t->standard, "summary", t->langs[k],
			     said(t, row, "body", k), TEXT_ANY);
	}
	t->version = store_draft(t->w, t->standard);
	return t->version;
}

enum table_end table_save(struct writer *w, const struct val *rows, const struct val *now_here,
			  int64_t *standard)
{
	const struct val *row = row_of_kind(rows, "(standard)");
	struct val *here = table_standard(w, rows);
	struct taking t = {.w = w, .rows = rows, .standard = val_i(here, "id")};
	struct val *p = store_params(w);
	*standard = t.standard;
	if (!uuid_ok(val_s(row, "uuid")))
		return TABLE_WRONG;
	if (t.standard && same_rows(w->arena, rows, now_here))
		return TABLE_SAME;
	t.levels = val_list(w->arena);
	t.items = arena_many(w->arena, int64_t, val_count(rows) + 1);
	t.at.arena = w->arena;
	int64_t before = 0;
	if (t.standard) {
		val_set_int(p, "standard", t.standard);
		before = db_id(w->db, &q_store_newest, p);
		t.source = val_s(here, "source_lang");
		find_langs(&t);
		t.version = store_empty_draft(w, t.standard);
		if (!t.version)
			return TABLE_DRAFT;
	} else if (!begin_standard(&t, row)) {
		return TABLE_WRONG;
	}
	take_rows(&t);
	if (before)
		store_kept_copy(w, before, t.version);
	store_index(w, t.version);
	store_touch(w, t.standard);
	*standard = t.standard;
	return TABLE_SAVED;
}
