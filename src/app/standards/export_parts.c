#include "app/standards/export_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "core/text.h"
#include "queries.h"

/* A table while it is made; its first rows are those of the nodes. */
struct table {
	struct req *r;
	struct val *nodes, *rows;
	const struct val *langs;
	struct val *p;
};

static const char *name_of(struct table *t, const char *format, const char *a, const char *b)
{
	return str_c(t->r->arena, str_fmt(t->r->arena, format, a, b));
}

static struct str lang_at(const struct table *t, size_t i)
{
	return val_s(val_at(t->langs, i), "lang");
}

/* A column for every row, empty at first. */
static void add_column(struct table *t, const char *name)
{
	bool there = val_has(val_at(t->rows, 0), name);
	for (size_t i = 0; i < val_count(t->rows) && !there; i++)
		val_set_str(val_at(t->rows, i), name, (struct str){0});
}

static struct val *row_of(struct table *t, int64_t item)
{
	for (size_t i = 0; i < val_count(t->nodes); i++)
		if (val_i(val_at(t->nodes, i), "item") == item)
			return val_at(t->rows, i);
	return val_null();
}

/* Exactly in this language, as NAME_here. */
static void texts_in(struct table *t, struct val *list, const char *kind, const char *const *fields,
		     struct str lang)
{
	text_attach_here(
		t->r->db, t->r->arena, list,
		&(struct text_want){.kind = kind, .id = "id", .fields = fields, .lang = lang});
}

static void add_notes(struct table *t)
{
	static const char *const notes[] = {"notes", NULL};
	for (size_t k = 0; k < val_count(t->langs); k++) {
		struct str lang = lang_at(t, k);
		const char *column = name_of(t, "notes_%s", str_c(t->r->arena, lang), "");
		texts_in(t, t->nodes, "standard_node", notes, lang);
		for (size_t i = 0; i < val_count(t->nodes); i++) {
			struct str text = val_s(val_at(t->nodes, i), "notes_here");
			if (!text.n)
				continue;
			add_column(t, column);
			val_set_str(val_at(t->rows, i), column, text);
		}
	}
	for (size_t i = 0; i < val_count(t->nodes); i++)
		if (val_b(val_at(t->nodes, i), "guessed")) {
			add_column(t, "guessed");
			val_set_str(val_at(t->rows, i), "guessed", S("1"));
		}
}

static void add_cells(struct table *t, const struct val *levels)
{
	static const char *const body[] = {"body", NULL};
	struct val *cells = db_rows(t->r->db, &q_standards_descriptors, t->p);
	for (size_t n = 0; n < val_count(levels); n++)
		for (size_t k = 0; k < val_count(t->langs); k++) {
			const char *number = str_c(t->r->arena, str_fmt(t->r->arena, "%zu", n + 1));
			const char *column = name_of(t, "level_%s_%s", number,
						     str_c(t->r->arena, lang_at(t, k)));
			texts_in(t, cells, "standard_descriptor", body, lang_at(t, k));
			add_column(t, column);
			for (size_t i = 0; i < val_count(cells); i++)
				if (str_eq(val_s(val_at(cells, i), "level"),
					   val_s(val_at(levels, n), "uuid")))
					val_set(row_of(t, val_i(val_at(cells, i), "item")), column,
						val_get(val_at(cells, i), "body_here"));
		}
}

static void add_ratings(struct table *t)
{
	static const char *const body[] = {"body", NULL};
	struct val *ratings = db_rows(t->r->db, &q_standards_ratings, t->p);
	for (size_t i = 0; i < val_count(ratings); i++) {
		const struct val *one = val_at(ratings, i);
		const char *scale = str_c(t->r->arena, val_s(one, "scale")),
			   *column = name_of(t, "rating_%s", scale, "");
		add_column(t, column);
		val_set_str(row_of(t, val_i(one, "item")), column,
			    val_i(one, "given") ? S("given") : S("asked"));
	}
	for (size_t k = 0; k < val_count(t->langs); k++) {
		texts_in(t, ratings, "standard_rating", body, lang_at(t, k));
		for (size_t i = 0; i < val_count(ratings); i++) {
			const struct val *one = val_at(ratings, i);
			const char *column =
				name_of(t, "rating_%s_%s", str_c(t->r->arena, val_s(one, "scale")),
					str_c(t->r->arena, lang_at(t, k)));
			if (!val_s(one, "body_here").n)
				continue;
			add_column(t, column);
			val_set(row_of(t, val_i(one, "item")), column, val_get(one, "body_here"));
		}
	}
}

static void add_links(struct table *t)
{
	struct val *links = db_rows(t->r->db, &q_standards_links, t->p);
	for (size_t i = 0; i < val_count(links); i++) {
		const struct val *one = val_at(links, i);
		struct val *row = row_of(t, val_i(one, "item"));
		struct buf b = {.arena = t->r->arena};
		add_column(t, "links");
		buf_add(&b, val_s(row, "links"));
		if (b.n)
			buf_char(&b, '\n');
		buf_fmt(&b, STR_FMT "\t" STR_FMT "\t" STR_FMT, STR_ARG(val_s(one, "label")),
			STR_ARG(val_s(one, "url")), STR_ARG(val_s(one, "reference")));
		val_set_str(row, "links", buf_str(&b));
	}
}

/* A row of something that is no item, with the same columns. */
static struct val *other_row(struct table *t, const char *kind, struct str code, struct str uuid)
{
	struct val *row = val_push_object(t->rows), *like = val_at(t->rows, 0);
	for (size_t i = 0; i < val_count(like); i++)
		val_set_str(row, val_name_at(like, i), (struct str){0});
	val_set_str(row, "code", code);
	val_set_str(row, "kind", str_of(kind));
	val_set_str(row, "uuid", uuid);
	return row;
}

static void add_others(struct table *t, const struct val *list, const char *kind, const char *owner,
		       const char *const *fields)
{
	static const char *const columns[] = {"title", "body"};
	size_t first = val_count(t->rows);
	for (size_t i = 0; i < val_count(list); i++)
		other_row(t, kind,
			  val_has(val_at(list, i), "slug")   ? val_s(val_at(list, i), "slug")
			  : val_has(val_at(list, i), "code") ? val_s(val_at(list, i), "code")
							     : str_fmt(t->r->arena, "%zu", i + 1),
			  val_s(val_at(list, i), "uuid"));
	for (size_t k = 0; k < val_count(t->langs); k++) {
		texts_in(t, (struct val *)list, owner, fields, lang_at(t, k));
		for (size_t i = 0; i < val_count(list); i++)
			for (int f = 0; fields[f]; f++)
				val_set(val_at(t->rows, first + i),
					name_of(t, "%s_%s", columns[f],
						str_c(t->r->arena, lang_at(t, k))),
					val_get(val_at(list, i),
						name_of(t, "%s_here", fields[f], "")));
	}
}

void export_parts(struct req *r, const struct reading *x, struct val *nodes, struct val *rows,
		  const struct val *langs)
{
	static const char *const of_standard[] = {"title", "summary", NULL}, *const name[] = {
										     "name", NULL};
	struct table t = {.r = r, .nodes = nodes, .rows = rows, .langs = langs, .p = params(r)};
	val_set_int(t.p, "version", x->version_id);
	val_set_int(t.p, "standard", x->id);
	struct val *levels = db_rows(r->db, &q_standards_levels, t.p),
		   *standard = val_list(r->arena);
	if (!val_count(rows))
		return;
	val_push(standard, x->standard);
	add_notes(&t);
	add_cells(&t, levels);
	add_ratings(&t);
	add_links(&t);
	add_others(&t, standard, "(standard)", "standard", of_standard);
	add_others(&t, reading_kinds_named(r, x), "(kind)", "standard_kind", name);
	add_others(&t, levels, "(level)", "standard_level", name);
}
