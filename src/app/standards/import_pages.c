#include "app/standards/import_pages.h"

#include "app/standards/draft.h"
#include "app/standards/import/import.h"
#include "app/standards/import_save.h"
#include "app/standards/kinds.h"
#include "base/arena.h"
#include "base/json.h"
#include "core/text.h"
#include "queries.h"

enum { RESULT_BYTES = 64 << 20 };

static const char *const title_field[] = {"title", NULL};

static void crumbs(struct req *r, const char *here)
{
	reading_crumbs(r, str_of(tr(r, N_("Standards"))), S("/standards"));
	reading_crumbs(r, str_of(tr(r, here)), (struct str){0});
}

static void choice(struct val *list, struct str value, struct str label, bool selected)
{
	struct val *row = val_push_object(list);
	val_set_str(row, "value", value);
	val_set_str(row, "label", label);
	val_set_bool(row, "selected", selected);
}

/* GET and POST /standards/imports/new */
int import_new_form(struct req *r)
{
	struct val *layouts = val_set_list(r->out, "layout_choices");
	const struct layouts *all = import_layouts(r->arena);
	choice(layouts, S("auto"), str_of(tr(r, N_("Find out"))), true);
	for (int i = 0; i < all->n; i++)
		if (layout_is_whole(&all->at[i]))
			choice(layouts, all->at[i].name, layout_title(&all->at[i], r->lang),
			       str_eq(all->at[i].name, val_s(r->in, "layout")));
	struct val *langs = val_set_list(r->out, "lang_choices"), *known = val_get(r->org, "langs");
	choice(langs, (struct str){0}, str_of(tr(r, N_("Find out"))), true);
	for (size_t i = 0; i < val_count(known); i++)
		choice(langs, val_get_str(val_at(known, i)), val_get_str(val_at(known, i)),
		       str_eq(val_get_str(val_at(known, i)), val_s(r->in, "language")));
	struct val *onto = val_set_list(r->out, "onto_choices");
	struct val *standards = db_rows(r->db, &q_import_targets, params(r));
	text_attach(r->db, r->arena, standards,
		    &(struct text_want){.kind = "standard",
					.id = "id",
					.fields = title_field,
					.lang = r->lang,
					.first = val_s(r->org, "lang")});
	choice(onto, (struct str){0}, str_of(tr(r, N_("A new standard"))), true);
	for (size_t i = 0; i < val_count(standards); i++)
		choice(onto, val_show(r->arena, val_get(val_at(standards, i), "id")),
		       val_s(val_at(standards, i), "title"), false);
	val_set(r->out, "imports", db_rows(r->db, &q_import_list, params(r)));
	for (size_t i = 0; i < val_count(val_get(r->out, "imports")); i++)
		show_day(r, val_at(val_get(r->out, "imports"), i), "made_at", "made_on");
	crumbs(r, N_("Import a document"));
	return OK;
}

int import_new(struct req *r)
{
	struct val *file = val_get(r->in, "file"), *p = params(r);
	struct str bytes = val_s(file, "bytes");
	struct import_options options = {.layout = val_s(r->in, "layout"),
					 .lang = val_s(r->in, "language"),
					 .file_name = val_s(file, "name")};
	struct val *result = import_document(r->arena, bytes, import_layouts(r->arena), &options);
	if (!val_is_null(val_get(result, "refused"))) {
		invalid(r, "file", str_c(r->arena, val_s(val_get(result, "refused"), "reason")));
		return INVALID;
	}
	if (val_i(r->in, "onto")) {
		val_set(p, "standard", val_get(r->in, "onto"));
		if (val_is_null(db_row(r->db, &q_standards_by_id, p)))
			return NOT_FOUND;
	}
	struct buf json = {.arena = r->arena};
	json_write(&json, result);
	struct val *document = val_get(result, "document");
	val_set_str(p, "file_name", options.file_name);
	val_set(p, "bytes", val_blob(r->arena, bytes));
	val_set_str(p, "layout", val_s(document, "layout"));
	val_set_str(p, "lang", val_s(document, "lang"));
	val_set_str(p, "result", buf_str(&json));
	return see_other(r, "/standards/imports/%d", (int)db_id(r->db, &q_import_add, p));
}

/* ---- the preview ---- */

struct import {
	struct val *row, *result, *edits;
};

static bool import_open(struct req *r, struct import *i)
{
	struct json_error wrong;
	i->row = db_row(r->db, &q_import_by_id, params(r));
	if (val_is_null(i->row))
		return false;
	i->result = json_read(r->arena, val_s(i->row, "result"), RESULT_BYTES, &wrong);
	i->edits = json_read(r->arena, val_s(i->row, "edits"), RESULT_BYTES, &wrong);
	MUST(i->result && i->edits);
	struct str fault = {0};
	i->result = import_apply(r->arena, i->result, i->edits, &fault);
	MUST(!fault.n); /* each was accepted when it was made */
	return true;
}

static void translate(struct req *r, struct val *rows, const char *name)
{
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		struct str words = val_s(row, name);
		if (words.n)
			val_set_str(row, name, str_of(tr(r, str_c(r->arena, words))));
	}
}

/* Nests the items as a page shows them. */
static struct val *as_tree(struct req *r, struct val *items)
{
	size_t most = 0;
	for (size_t i = 0; i < val_count(items); i++)
		if ((size_t)val_i(val_at(items, i), "id") > most)
			most = (size_t)val_i(val_at(items, i), "id");
	struct val **by_id = arena_many(r->arena, struct val *, most + 1),
		   *top = val_list(r->arena);
	static const char *const shown[] = {"code", "title", "text", "guess"};
	for (size_t i = 0; i < val_count(items); i++) {
		struct val *item = val_at(items, i), *parent = by_id[val_i(item, "parent")];
		by_id[val_i(item, "id")] = item;
		for (size_t k = 0; k < 4; k++)
			if (!val_has(item, shown[k]))
				val_set_null(item, shown[k]);
		val_set_bool(item, "guessed", val_b(item, "guessed"));
		val_set_list(item, "children");
		val_set_bool(item, "branch", false);
		val_push(parent ? val_get(parent, "children") : top, item);
		if (parent)
			val_set_bool(parent, "branch", true);
	}
	return top;
}

int import_preview(struct req *r)
{
	struct import i;
	if (!import_open(r, &i))
		return NOT_FOUND;
	struct val *document = val_get(i.result, "document"), *items = val_get(i.result, "items");
	kinds_label(r, items, val_null());
	translate(r, items, "guess");
	translate(r, val_get(i.result, "unplaced"), "reason");
	translate(r, val_get(i.result, "furniture"), "why");
	val_set(r->out, "import", i.row);
	val_set_bool(r->out, "open", str_is(val_s(i.row, "state"), "preview"));
	val_set(r->out, "document", document);
	val_set(r->out, "counts", val_get(i.result, "counts"));
	val_set(r->out, "items", as_tree(r, items));
	val_set(r->out, "levels", val_get(i.result, "levels"));
	val_set(r->out, "descriptors", val_get(i.result, "descriptors"));
	val_set(r->out, "unplaced", val_get(i.result, "unplaced"));
	val_set(r->out, "furniture", val_get(i.result, "furniture"));
	val_set_int(r->out, "edit_count", (int64_t)val_count(i.edits));
	val_set(r->in, "rev", val_get(i.row, "rev"));
	if (!val_s(r->in, "title").n)
		val_set(r->in, "title", val_get(document, "title"));
	crumbs(r, N_("Check the import"));
	return OK;
}
