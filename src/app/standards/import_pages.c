#include "app/standards/import_pages.h"

#include "app/standards/case/package.h"
#include "app/standards/case_pages.h"
#include "app/standards/draft.h"
#include "app/standards/import/edit.h"
#include "app/standards/import/import.h"
#include "app/standards/import_apart.h"
#include "app/standards/import_save.h"
#include "app/standards/kinds.h"
#include "base/arena.h"
#include "base/json.h"
#include "base/utf8.h"
#include "core/choices.h"
#include "core/crumbs.h"
#include "core/pages.h"
#include "core/text.h"
#include "queries.h"

enum { RESULT_BYTES = 64 << 20, MOST_CUTS = 200, LISTED = 50, DOCUMENT_BYTES = 1 << 20 };

static const char *const title_field[] = {"title", NULL};

static void crumbs(struct req *r, const char *here)
{
	crumb(r, N_("Standards"), "/standards");
	crumb(r, here, NULL);
}

/* A choice whose label is a text of its own language. */
static void foreign(struct req *r, struct val *choice, struct str lang)
{
	val_set_str(choice, "label_lang", lang);
	val_set_bool(choice, "label_other", text_is_other(lang, r->lang));
}

/* What a layout is called in the reader's language; empty for one that is only there to be
 * included. */
static struct str layout_title(const struct layout *l, struct str lang)
{
	int from = 0;
	struct str title = {0};
	for (const struct rule *t; (t = rule_next(l, NULL, RULE_TITLE, &from));) {
		struct args words = rule_strings(t, str_is(lang, "fr") ? "fr" : "en");
		if (words.n && !title.n)
			title = words.at[0].text;
	}
	return title;
}

/* GET and POST /standards/imports/new */
int import_new_form(struct req *r)
{
	struct val *layouts = val_set_list(r->out, "layout_choices");
	const struct layouts *all = import_layouts(r->arena);
	choice(layouts, S("auto"), str_of(tr(r, N_("Find out"))), true);
	choice(layouts, S("case"), str_of(tr(r, N_("A CASE package"))),
	       str_is(val_s(r->in, "layout"), "case"));
	for (int i = 0; i < all->n; i++)
		if (layout_title(&all->at[i], r->lang).n)
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
	foreign(r, choice(onto, (struct str){0}, str_of(tr(r, N_("A new standard"))), true),
		r->lang);
	for (size_t i = 0; i < val_count(standards); i++) {
		const struct val *row = val_at(standards, i);
		foreign(r,
			choice(onto, val_show(r->arena, val_get(row, "id")), val_s(row, "title"),
			       false),
			val_s(row, "title_lang"));
	}
	val_set(r->out, "imports",
		pages_of(r, db_rows(r->db, &q_import_list, params(r)), LISTED,
			 S("/standards/imports/new?first=")));
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
	bool package = str_is(options.layout, "case") || case_is_json(bytes);
	if (bytes.n > DOCUMENT_BYTES && !package) {
		invalid(r, "file", N_("This file is larger than 1 MB."));
		return INVALID;
	}
	struct str json;
	const char *wrong;
	struct val *result =
		import_apart(*r->apart, r->arena, package ? &apart_package : &apart_document, bytes,
			     &options, &json, &wrong);
	if (!result) {
		invalid(r, "file", wrong);
		return INVALID;
	}
	if (!val_is_null(val_get(result, "refused"))) {
		invalid(r, "file", str_c(r->arena, val_s(val_get(result, "refused"), "reason")));
		return INVALID;
	}
	if (val_i(r->in, "onto")) {
		val_set(p, "standard", val_get(r->in, "onto"));
		if (val_is_null(db_row(r->db, &q_standards_by_id, p)))
			return NOT_FOUND;
	}
	struct val *document = val_get(result, "document");
	val_set_str(p, "file_name", options.file_name);
	val_set(p, "bytes", val_blob(r->arena, bytes));
	val_set_str(p, "layout", val_s(document, "layout"));
	val_set_str(p, "lang", val_s(document, "lang"));
	val_set_str(p, "result", json);
	return see_other(r, "/standards/imports/%d", (int)db_id(r->db, &q_import_add, p));
}

/* ---- the preview ---- */

struct import {
	struct val *row, *result, *edits;
};

static struct val *import_read(struct req *r, const struct val *row)
{
	struct json_error wrong;
	struct val *result = json_read(r->arena, val_s(row, "result"), RESULT_BYTES, &wrong);
	MUST(result); /* written by json_write() */
	return result;
}

static bool import_open(struct req *r, struct import *i)
{
	struct json_error wrong;
	struct str fault = {0};
	i->row = db_row(r->db, &q_import_by_id, params(r));
	if (val_is_null(i->row))
		return false;
	i->edits = json_read(r->arena, val_s(i->row, "edits"), RESULT_BYTES, &wrong);
	MUST(i->edits);
	i->result = import_apply(r->arena, import_read(r, i->row), i->edits, &fault);
	MUST(!fault.n); /* each was accepted when it was made */
	return true;
}

static bool is_package(const struct val *row)
{
	return str_is(val_s(row, "layout"), "case");
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
	bool unsaved = str_is(val_s(i.row, "state"), "preview"), package = is_package(i.row);
	val_set_bool(r->out, "unsaved", unsaved);
	val_set_bool(r->out, "saved", !unsaved);
	val_set_bool(r->out, "open", unsaved && !package);
	val_set_bool(r->out, "package", unsaved && package);
	int64_t more = val_i(val_get(i.result, "counts"), "items") - (int64_t)val_count(items);
	val_set_int(r->out, "more_items", package && more > 0 ? more : 0);
	if (!package)
		val_set_int(val_get(i.result, "counts"), "kept", 0);
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

/* POST /standards/imports/:import: one correction, or the last one taken back */
int import_correct(struct req *r)
{
	struct import i;
	if (!import_open(r, &i))
		return NOT_FOUND;
	struct val *edits = val_list(r->arena), *op = val_object(r->arena), *p = params(r);
	bool back = str_is(val_s(r->in, "op"), "undo");
	for (size_t k = 0; k + back < val_count(i.edits); k++)
		val_push(edits, val_at(i.edits, k));
	static const char *const names[] = {"op",   "item",       "at",        "kind",
					    "line", "descriptor", "criterion", "level"};
	for (size_t k = 0; k < sizeof names / sizeof *names; k++)
		val_set(op, names[k], val_get(r->in, names[k]));
	/* A quick button sends both in one word: "indent 12". */
	struct str quick = val_s(r->in, "quick"), name;
	int64_t item;
	if (str_cut(&quick, ' ', &name) && str_int(quick, &item)) {
		val_set_str(op, "op", name);
		val_set_int(op, str_is(name, "restore") ? "line" : "item", item);
	}
	struct str fault = {0};
	if (!back) {
		val_push(edits, op);
		import_apply(r->arena, import_read(r, i.row), edits, &fault);
	}
	if (fault.n) {
		invalid(r, "op", str_c(r->arena, fault));
		return INVALID;
	}
	val_set_str(p, "edits", json_text(r->arena, edits));
	if (!db_exec(r->db, &q_import_edit, p))
		return CONFLICT;
	int64_t near = val_i(op, "item") ? val_i(op, "item") : 0;
	return see_other(r, "/standards/imports/%d#n-%d", (int)val_i(r->in, "import"), (int)near);
}

/* GET /standards/imports/:import/items/:item: what needs more than one button */
int import_item_form(struct req *r)
{
	struct import i;
	if (!import_open(r, &i))
		return NOT_FOUND;
	struct val *items = val_get(i.result, "items"), *found = val_null(),
		   *document = val_get(i.result, "document");
	for (size_t k = 0; k < val_count(items); k++)
		if (val_i(val_at(items, k), "id") == val_i(r->in, "item"))
			found = val_at(items, k);
	if (val_is_null(found))
		return NOT_FOUND;
	struct val *kinds = val_set_list(r->out, "kind_choices");
	for (const struct kind_shipped *k = kinds_shipped; k->code; k++)
		choice(kinds, str_of(k->code), str_of(tr(r, k->label)),
		       str_is(val_s(found, "kind"), k->code));
	/* Where the text can be cut: before each word, so that nobody counts characters. */
	struct val *cuts = val_set_list(r->out, "cuts");
	struct str text = val_s(found, "text");
	size_t at = 0;
	for (size_t k = 0; k < text.n && val_count(cuts) < MOST_CUTS; k++) {
		at += (text.p[k] & 0xc0) != 0x80;
		if (text.p[k] == ' ' && k + 1 < text.n)
			foreign(r,
				choice(cuts, str_fmt(r->arena, "%zu", at),
				       utf8_cut(str_from(text, k + 1), 30), false),
				val_s(document, "lang"));
	}
	struct val *all = val_get(i.result, "descriptors"), *cells = val_set_list(r->out, "cells");
	for (size_t k = 0; k < val_count(all); k++)
		if (val_i(val_at(all, k), "criterion") == val_i(found, "id")) {
			val_set_int(val_at(all, k), "descriptor", (int64_t)k);
			val_push(cells, val_at(all, k));
		}
	val_set(r->out, "levels", val_get(i.result, "levels"));
	val_set(r->out, "import", i.row);
	val_set(r->out, "document", document);
	val_set(r->out, "item", found);
	val_set(r->in, "rev", val_get(i.row, "rev"));
	crumbs(r, N_("Correct an item"));
	return OK;
}

static const char *const onto_refused[] = {
	[STORED] = NULL,
	[STORE_MISSING] = N_("The standard has no version to lay it onto"),
	[STORE_FROZEN] = N_("This language is published already"),
	[STORE_REFUSED] =
		N_("The standard was written in this language: save it as the next version"),
};

/* Why a document is not the next version of a standard. */
static const char *not_again(struct req *r, int64_t standard, const struct val *result)
{
	struct val *p = params(r);
	val_set_int(p, "standard", standard);
	struct str source = val_s(db_row(r->db, &q_standards_by_id, p), "source_lang");
	if (!str_eq(val_s(val_get(result, "document"), "lang"), source))
		return N_("The document is in another language than the standard: save it as its "
			  "text in that language");
	return N_("This standard has a draft already: publish it first");
}

/* POST /standards/imports/:import/save */
int import_keep(struct req *r)
{
	struct import i;
	if (!import_open(r, &i))
		return NOT_FOUND;
	if (!str_is(val_s(i.row, "state"), "preview"))
		return CONFLICT;
	if (is_package(i.row))
		return case_keep(r, i.row);
	struct writer w = writer_of(r);
	struct val *p = params(r);
	int64_t standard = val_i(i.row, "onto");
	bool language = standard && str_is(val_s(r->in, "as"), "language");
	const char *wrong = NULL;
	struct val *laid;
	if (language)
		wrong = onto_refused[import_save_onto(&w, standard, i.result, &laid)];
	else if (standard && !import_save_again(&w, standard, i.result))
		wrong = not_again(r, standard, i.result);
	else if (!standard)
		standard = import_save(&w, i.result, r->in);
	if (wrong) {
		invalid(r, "as", wrong);
		return INVALID;
	}
	val_set_int(p, "standard", standard);
	if (!standard || !db_exec(r->db, &q_import_saved, p))
		return CONFLICT;
	struct str slug = val_s(db_row(r->db, &q_standards_by_id, p), "slug");
	flash(r, N_("The document was saved."));
	return see_other(r, "/standards/" STR_FMT "%s", STR_ARG(slug), language ? "" : "/draft");
}

/* POST /standards/imports/:import/remove */
int import_drop(struct req *r)
{
	if (!db_exec(r->db, &q_import_remove, params(r)))
		return NOT_FOUND;
	flash(r, N_("The import was thrown away."));
	return see_other(r, "/standards/imports/new");
}
