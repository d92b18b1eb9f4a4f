#include "app/standards/export.h"

#include "app/standards/export_parts.h"
#include "base/arena.h"
#include "core/text.h"

static const char *const node_fields[] = {"title", "body", NULL};

/* What is told of the standard itself, then the list `rows`. */
static struct val *begin(struct req *r, const struct reading *x)
{
	static const char *const of_standard[] = {"slug",       "uuid",       "title",
						  "summary",    "publisher",  "licence",
						  "source_url", "source_lang"};
	static const char *const of_version[] = {
		"number", "label", "state", "note", "published_at", "deprecated_at", "review_by"};
	r->out = val_object(r->arena);
	struct val *standard = val_set_object(r->out, "standard"),
		   *version = val_set_object(r->out, "version");
	for (size_t i = 0; i < sizeof of_standard / sizeof *of_standard; i++)
		val_set(standard, of_standard[i], val_get(x->standard, of_standard[i]));
	for (size_t i = 0; i < sizeof of_version / sizeof *of_version; i++)
		val_set(version, of_version[i], val_get(x->version, of_version[i]));
	return val_set_list(r->out, "rows");
}

/* One language: the texts that are in it, and only those. */
static void add_language(struct req *r, struct val *nodes, struct val *rows, struct str lang)
{
	const char *from[2], *from_lang[2], *to[2];
	for (int f = 0; f < 2; f++) {
		from[f] = str_c(r->arena, str_fmt(r->arena, "in_%s", node_fields[f]));
		from_lang[f] = str_c(r->arena, str_fmt(r->arena, "in_%s_lang", node_fields[f]));
		to[f] = str_c(r->arena,
			      str_fmt(r->arena, "%s_" STR_FMT, node_fields[f], STR_ARG(lang)));
	}
	text_attach(r->db, r->arena, nodes,
		    &(struct text_want){.kind = "standard_node",
					.id = "id",
					.prefix = "in_",
					.fields = node_fields,
					.lang = lang});
	for (size_t i = 0; i < val_count(nodes); i++)
		for (int f = 0; f < 2; f++) {
			const struct val *node = val_at(nodes, i);
			bool here = str_eq(val_s(node, from_lang[f]), lang);
			val_set_str(val_at(rows, i), to[f],
				    here ? val_s(node, from[f]) : (struct str){0});
		}
}

int export_items(struct req *r, const struct reading *x, struct val *nodes)
{
	struct val *langs = val_get(r->out, "read_langs"), *rows = begin(r, x);
	struct val **above = arena_many(r->arena, struct val *, val_count(nodes) + 1);
	for (size_t i = 0; i < val_count(nodes); i++) {
		struct val *node = val_at(nodes, i), *row = val_push_object(rows);
		int64_t depth = val_i(node, "depth");
		above[depth] = node;
		val_set(row, "code", val_get(node, "code"));
		val_set(row, "kind", val_get(node, "kind"));
		val_set_str(row, "parent",
			    depth ? val_s(above[depth - 1], "code") : (struct str){0});
		val_set_int(row, "depth", depth);
		val_set(row, "uuid", val_get(node, "uuid"));
		val_set_str(row, "parent_uuid",
			    depth ? val_s(above[depth - 1], "uuid") : (struct str){0});
	}
	for (size_t i = 0; i < val_count(langs); i++)
		add_language(r, nodes, rows, val_s(val_at(langs, i), "lang"));
	export_parts(r, x, nodes, rows, langs);
	return OK;
}

int export_rubric(struct req *r, const struct val *areas)
{
	r->out = val_object(r->arena);
	struct val *rows = val_set_list(r->out, "rows");
	for (size_t i = 0; i < val_count(areas); i++) {
		const struct val *area = val_at(areas, i), *criteria = val_get(area, "rows");
		for (size_t k = 0; k < val_count(criteria); k++) {
			const struct val *criterion = val_at(criteria, k),
					 *cells = val_get(criterion, "cells");
			struct val *row = val_push_object(rows);
			val_set(row, "area", val_get(area, "label"));
			val_set(row, "code", val_get(criterion, "code"));
			val_set(row, "title", val_get(criterion, "title"));
			val_set(row, "body", val_get(criterion, "body"));
			for (size_t c = 0; c < val_count(cells); c++)
				val_set(row, str_c(r->arena, val_s(val_at(cells, c), "level_name")),
					val_get(val_at(cells, c), "body"));
		}
	}
	return OK;
}

int export_terms(struct req *r, const struct val *terms)
{
	r->out = val_object(r->arena);
	struct val *rows = val_set_list(r->out, "rows");
	for (size_t i = 0; i < val_count(terms); i++) {
		struct val *row = val_push_object(rows);
		val_set(row, "term", val_get(val_at(terms, i), "title"));
		val_set(row, "meaning", val_get(val_at(terms, i), "body"));
		val_set(row, "lang", val_get(val_at(terms, i), "body_lang"));
		val_set(row, "uuid", val_get(val_at(terms, i), "uuid"));
	}
	return OK;
}
