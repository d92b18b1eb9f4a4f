/* The pages that read a standard. */
#include "app/standards/export.h"
#include "app/standards/kinds.h"
#include "app/standards/reading.h"
#include "app/standards/scales.h"
#include "app/standards/standards.h"
#include "app/standards/standards_rules.h"
#include "base/arena.h"
#include "base/instant.h"
#include "core/affiliation.h"
#include "core/right.h"
#include "core/text.h"
#include "queries.h"

enum { INDEX_PAGE = 50 };

static const char *const standard_fields[] = {"title", "summary", NULL};
static const char *const body_field[] = {"body", NULL};
static const char *const name_field[] = {"name", NULL};

static void attach(struct req *r, struct val *rows, const char *kind, const char *const *fields,
		   const struct reading *x)
{
	reading_texts(r, x, rows, (struct text_want){.kind = kind, .id = "id", .fields = fields});
}

static void light(struct req *r, struct val *rows)
{
	for (size_t i = 0; i < val_count(rows); i++)
		val_set(val_at(rows, i), "says", reading_light(r, val_s(val_at(rows, i), "body")));
}

static struct val *of_version(struct req *r, const struct reading *x)
{
	struct val *p = params(r);
	val_set_int(p, "version", x->version_id);
	val_set_int(p, "standard", x->id);
	val_set_int(p, "drafts", has_right(r, STANDARDS_READ_DRAFT));
	return p;
}

/* Gives every node the rows of its item as the list `name`; rows come ordered by item. */
static void hang(struct req *r, struct val *nodes, const struct val *rows, const char *name)
{
	size_t n = val_count(rows);
	for (size_t i = 0; i < val_count(nodes); i++) {
		struct val *node = val_at(nodes, i), *list = val_list(r->arena);
		int64_t item = val_i(node, "item");
		size_t low = 0, high = n;
		while (low < high) {
			size_t middle = (low + high) / 2;
			if (val_i(val_at(rows, middle), "item") < item)
				low = middle + 1;
			else
				high = middle;
		}
		for (; low < n && val_i(val_at(rows, low), "item") == item; low++)
			val_push(list, val_at(rows, low));
		val_set(node, name, list);
	}
}

static void add_langs(struct req *r, struct val *standards)
{
	struct val *langs = db_rows(r->db, &q_standards_index_langs, params(r));
	for (size_t i = 0; i < val_count(standards); i++) {
		struct val *row = val_at(standards, i), *list = val_set_list(row, "langs");
		for (size_t k = 0; k < val_count(langs); k++)
			if (val_i(val_at(langs, k), "id") == val_i(row, "id"))
				val_push(list, val_get(val_at(langs, k), "lang"));
	}
}

int standards_index(struct req *r)
{
	struct val *p = params(r);
	val_set_int(p, "drafts", has_right(r, STANDARDS_READ_DRAFT));
	val_set_int(p, "limit", INDEX_PAGE + 1);
	struct val *rows = db_rows(r->db, &q_standards_index, p),
		   *list = val_set_list(r->out, "standards");
	for (size_t i = 0; i < val_count(rows) && i < INDEX_PAGE; i++) {
		struct val *row = val_at(rows, i);
		show_state(r, row);
		val_push(list, row);
	}
	text_attach(r->db, r->arena, list,
		    &(struct text_want){.kind = "standard",
					.id = "id",
					.fields = standard_fields,
					.lang = r->lang,
					.first = val_s(r->org, "lang")});
	add_langs(r, list);
	val_set_bool(r->out, "some", val_count(list) > 0);
	if (val_count(rows) > INDEX_PAGE)
		val_set_str(r->out, "next", val_s(val_at(list, INDEX_PAGE - 1), "slug"));
	else
		val_set_null(r->out, "next");
	val_set(r->out, "used",
		affiliation_standards(r->db, r->arena, val_i(r->org, "id"), r->lang,
				      day_text(r->arena, r->now / 86400)));
	return OK;
}

static struct val *read_ratings(struct req *r, const struct reading *x)
{
	struct val *ratings = db_rows(r->db, &q_standards_ratings, of_version(r, x));
	attach(r, ratings, "standard_rating", body_field, x);
	light(r, ratings);
	scales_label(r, ratings);
	return ratings;
}

void reading_parts(struct req *r, const struct reading *x, struct val *nodes)
{
	hang(r, nodes, read_ratings(r, x), "ratings");
	struct val *links = db_rows(r->db, &q_standards_links, of_version(r, x));
	reading_links(r, x, links);
	hang(r, nodes, links, "links");
}

int standards_show(struct req *r)
{
	struct reading x;
	if (!reading_open(r, &x, ""))
		return NOT_FOUND;
	struct val *nodes = reading_nodes(r, &x);
	if (r->data)
		return export_items(r, &x, nodes);
	reading_parts(r, &x, nodes);
	val_set_int(r->out, "count", (int64_t)val_count(nodes));
	struct val *tree = standards_tree(r->arena, nodes);
	val_set(r->out, "items", tree);
	val_set_bool(r->out, "several_parts", val_count(tree) > 1);
	return OK;
}

/* The cells of one row, one for each level; what the publisher left empty stays empty. */
static struct val *grid_row(struct req *r, const struct val *given, const struct val *levels)
{
	struct val *row = val_list(r->arena);
	for (size_t k = 0, next = 0; k < val_count(levels); k++) {
		struct val *level = val_at(levels, k), *cell = val_at(given, next);
		bool here = str_eq(val_s(cell, "level"), val_s(level, "uuid"));
		struct val *shown = val_push_object(row);
		next += here;
		val_merge(shown, here ? cell : val_null());
		val_set(shown, "level_name", val_get(level, "name"));
		val_set(shown, "level_name_lang", val_get(level, "name_lang"));
		val_set(shown, "level_name_other", val_get(level, "name_other"));
		val_set_bool(shown, "given", here && val_s(cell, "body").n);
	}
	return row;
}

static struct val *read_levels(struct req *r, const struct reading *x)
{
	struct val *levels = db_rows(r->db, &q_standards_levels, of_version(r, x));
	attach(r, levels, "standard_level", name_field, x);
	return levels;
}

static struct val *read_cells(struct req *r, const struct reading *x)
{
	struct val *cells = db_rows(r->db, &q_standards_descriptors, of_version(r, x));
	attach(r, cells, "standard_descriptor", body_field, x);
	light(r, cells);
	return cells;
}

void reading_cells(struct req *r, const struct reading *x, struct val *node)
{
	const struct kind_shipped *kind = kind_named(val_s(node, "kind"));
	struct val *one = val_list(r->arena);
	val_push(one, node);
	val_set_list(node, "cells");
	if (!kind || kind->place != KIND_ROW)
		return;
	hang(r, one, read_cells(r, x), "cells");
	val_set(node, "cells", grid_row(r, val_get(node, "cells"), read_levels(r, x)));
}

/* The grid: a table for each area, a row for each criterion that stands in it. */
int standards_rubric(struct req *r)
{
	struct reading x;
	if (!reading_open(r, &x, "/rubric"))
		return NOT_FOUND;
	struct val *levels = read_levels(r, &x);
	if (!val_count(levels))
		return NOT_FOUND;
	struct val *cells = read_cells(r, &x);
	struct val *nodes = reading_nodes(r, &x), *areas = val_set_list(r->out, "areas");
	struct val *area = val_null(),
		   **above = arena_many(r->arena, struct val *, val_count(nodes) + 1);
	hang(r, nodes, cells, "cells");
	for (size_t i = 0; i < val_count(nodes); i++) {
		struct val *node = val_at(nodes, i), *holder = above[val_i(node, "depth")];
		const struct kind_shipped *kind = kind_named(val_s(node, "kind"));
		above[val_i(node, "depth") + 1] = node;
		if (!kind || kind->place != KIND_ROW)
			continue;
		if (!holder || val_i(holder, "item") != val_i(area, "item") || !val_count(areas)) {
			area = holder ? holder : x.standard;
			if (!holder) {
				val_set(area, "label", val_get(area, "title"));
				val_set(area, "label_other", val_get(area, "title_other"));
				val_set(area, "label_lang", val_get(area, "title_lang"));
			}
			val_push(areas, area);
			val_set_list(area, "rows");
		}
		val_set(node, "cells", grid_row(r, val_get(node, "cells"), levels));
		val_push(val_get(area, "rows"), node);
	}
	val_set(r->out, "levels", levels);
	val_set_bool(r->out, "some", val_count(areas) > 0);
	return r->data ? export_rubric(r, areas) : OK;
}

int standards_glossary(struct req *r)
{
	struct reading x;
	if (!reading_open(r, &x, "/glossary"))
		return NOT_FOUND;
	struct val *nodes = reading_nodes(r, &x), *terms = val_set_list(r->out, "terms");
	for (size_t i = 0; i < val_count(nodes); i++)
		if (str_is(val_s(val_at(nodes, i), "kind"), "term"))
			val_push(terms, val_at(nodes, i));
	val_set_bool(r->out, "some", val_count(terms) > 0);
	return r->data ? export_terms(r, terms) : OK;
}
