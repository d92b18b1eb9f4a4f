#include "app/standards/case/package.h"
#include "app/standards/import/edit.h"
#include "app/standards/import/import.h"
#include "app/standards/import/source.h"
#include "base/arena.h"
#include "base/asset.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "targets.h"

#include <ctype.h>

enum { NOWHERE, IN_ITEMS, IN_FURNITURE, IN_UNPLACED };

static void place(unsigned char *fate, int lines, int64_t line, unsigned char where)
{
	MUST(line >= 1 && line <= lines);
	MUST(fate[line] == NOWHERE || (fate[line] == IN_ITEMS && where == IN_ITEMS));
	fate[line] = where;
}

static void place_list(unsigned char *fate, int lines, const struct val *list, const char *why,
		       unsigned char where)
{
	for (size_t i = 0; i < val_count(list); i++) {
		const struct val *row = val_at(list, i);
		MUST(val_s(row, why).n > 0);
		if (!val_b(row, "part"))
			place(fate, lines, val_i(row, "line"), where);
	}
}

/* What import.h promises: every line that is not blank is in one of the three places and in one
 * only, and items stand under items that are there and come before them. Only what was `cut` off an
 * item by hand has no line of its own. */
static void check_result(struct arena *a, struct str bytes, const struct val *result, bool cut)
{
	struct source source = source_read(a, bytes);
	unsigned char *fate = arena_alloc(a, (size_t)source.count + 2);
	const struct val *items = val_get(result, "items");
	int64_t most = 0;
	for (size_t i = 0; i < val_count(items); i++)
		if (val_i(val_at(items, i), "id") > most)
			most = val_i(val_at(items, i), "id");
	bool *seen = arena_many(a, bool, (size_t)most + 1);
	for (size_t i = 0; i < val_count(items); i++) {
		const struct val *item = val_at(items, i), *lines = val_get(item, "lines");
		int64_t id = val_i(item, "id"), parent = val_i(item, "parent");
		MUST(id > 0 && !seen[id] && parent >= 0 && parent <= most);
		MUST(!parent || seen[parent]);
		seen[id] = true;
		MUST(cut || val_count(lines) > 0);
		for (size_t k = 0; k < val_count(lines); k++)
			place(fate, source.count, val_get_int(val_at(lines, k)), IN_ITEMS);
	}
	place_list(fate, source.count, val_get(result, "furniture"), "why", IN_FURNITURE);
	place_list(fate, source.count, val_get(result, "unplaced"), "reason", IN_UNPLACED);
	for (int i = 1; i <= source.count; i++)
		MUST((fate[i] != NOWHERE) == (source.lines[i - 1].text.n > 0));
}

/* It is stored and travels as JSON. */
static void check_json(struct arena *a, const struct val *result)
{
	struct buf b = {.arena = a};
	struct json_error error;
	json_write(&b, result);
	MUST(json_read(a, buf_str(&b), (size_t)64 << 20, &error));
}

static const struct layouts *shipped(void)
{
	static struct arena *kept;
	static const struct layouts *layouts;
	if (!kept) {
		kept = arena_new((size_t)64 << 20);
		layouts = import_layouts(kept);
	}
	return layouts;
}

static void read_document(struct arena *a, struct str bytes, const struct layouts *layouts,
			  const char *layout)
{
	struct import_options options = {.layout = str_of(layout), .file_name = S("sample.txt")};
	struct val *result = import_document(a, bytes, layouts, &options);
	if (!val_has(result, "refused")) {
		check_result(a, bytes, result, false);
		MUST(import_is_sound(result, true));
	} else {
		MUST(val_s(val_get(result, "refused"), "reason").n > 0);
	}
	check_json(a, result);
}

#define DOCUMENT(layout)                                                                           \
	void fuzz_document_##layout(struct arena *a, struct str input)                             \
	{                                                                                          \
		read_document(a, input, shipped(), #layout);                                       \
	}
DOCUMENT(auto)
DOCUMENT(competency)
DOCUMENT(conduct)
DOCUMENT(consensus)
DOCUMENT(csv)
DOCUMENT(definitions)
DOCUMENT(glossary)
DOCUMENT(guidelines)
DOCUMENT(markdown)
DOCUMENT(rubric)
#undef DOCUMENT

/* A CASE package: each object is in one place, and what is told of them holds together. */
void fuzz_package(struct arena *a, struct str input)
{
	struct case_options options = {.file_name = S("package.json")};
	const struct case_package *p = case_read(a, input, &options);
	struct val *result = case_result(a, p, 400);
	check_json(a, result);
	if (p->refused)
		return;
	MUST(import_is_sound(result, false));
	MUST(p->order_n <= p->items_n);
	for (int32_t i = 0; i < p->order_n; i++)
		MUST(p->order[i] >= 0 && p->order[i] < p->items_n);
}

/* A layout that somebody wrote, and a document read with it. */
void fuzz_layout(struct arena *a, struct str input)
{
	static const char document[] =
		"THE HARBOUR TEAM\n\nOur purpose\nA harbour is kept (see 2.1).\n\n"
		"1.1 Mooring boats\n  a) by day, e.g.\n    - at the quay\n  b) by night\n"
		"K1 Ropes: what they hold\n\nLevel 1 | Level 2\nTies a knot | Splices\n\n"
		"**Lamps**\n* Trim the wick\n* Q: How often? Daily\n\nFin: merci; et au revoir.\n";
	struct layout_file files[2] = {{S("own"), input}, {S("common"), {0}}};
	files[1].text = asset_str(asset_find("src/app/standards/import/layouts/common.layout"));
	struct str fault = {0};
	const struct layouts *layouts = layouts_read(a, files, 2, &fault);
	MUST(layouts || fault.n);
	if (layouts)
		read_document(a, str_of(document), layouts, "own");
}

/* How often each letter and digit is shown somewhere. */
static void count_letters(const struct val *result, size_t counts[256])
{
	static const char *const lists[] = {"items", "descriptors", "unplaced", "furniture"};
	static const char *const fields[] = {"code", "title", "text"};
	for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
		const struct val *rows = val_get(result, lists[l]);
		for (size_t i = 0; i < val_count(rows) * 3; i++) {
			struct str text = val_s(val_at(rows, i / 3), fields[i % 3]);
			for (size_t k = 0; k < text.n; k++)
				if (isalnum((unsigned char)text.p[k]))
					counts[(unsigned char)text.p[k]]++;
		}
	}
}

/* No correction takes a word away, or shows it twice. */
static void check_words(const struct val *before, const struct val *after)
{
	size_t was[256] = {0}, is[256] = {0};
	count_letters(before, was);
	count_letters(after, is);
	for (int c = 0; c < 256; c++)
		MUST(was[c] == is[c]);
}

/* Corrections: four bytes are one (operation, item, two numbers). What they make of a document
 * still keeps every line, each in one place, and lies onto itself. */
void fuzz_edit(struct arena *a, struct str input)
{
	static const char *const operations[] = {"indent", "outdent", "join",    "split",
						 "kind",   "drop",    "restore", "cell"};
	static const char document[] =
		"# Harbour\n\n## Mooring\n\n- Ties knots\n  - a bowline\n  - a hitch\n- Splices\n"
		"- Keeps watch\n\n## Lamps\n\n| Skill | New | Expert |\n|---|---|---|\n"
		"| Trims | slowly | fast |\n| Fills | spills | neatly |\n\nA last word.\n";
	struct import_options options = {.layout = S("markdown")};
	struct val *result = import_document(a, str_of(document), shipped(), &options);
	struct val *before = import_document(a, str_of(document), shipped(), &options);
	struct val *edits = val_list(a);
	for (size_t i = 0; i + 4 <= input.n && i < 400; i += 4) {
		const unsigned char *b = (const unsigned char *)input.p + i;
		struct val *op = val_push_object(edits);
		val_set_str(op, "op", str_of(operations[b[0] % 8]));
		val_set_int(op, "item", b[1]);
		val_set_int(op, "line", b[1]);
		val_set_int(op, "at", (signed char)b[2]);
		val_set_int(op, "descriptor", b[1]);
		val_set_int(op, "criterion", b[2]);
		val_set_int(op, "level", b[3]);
		val_set_str(op, "kind", b[3] % 2 ? S("term") : S("task"));
	}
	struct str fault = {0};
	struct val *after = import_apply(a, result, edits, &fault);
	MUST(val_equal(result, before));
	check_result(a, str_of(document), after, true);
	check_words(before, after);
	check_json(a, after);
	struct val *known = val_list(a), *items = val_get(before, "items");
	for (size_t i = 0; i < val_count(items); i++) {
		struct val *item = val_push_object(known);
		val_merge(item, val_at(items, i));
		val_set_int(item, "item", val_i(item, "id"));
	}
	struct val *laid = import_lay_onto(a, known, after);
	MUST(val_count(val_get(laid, "pairs")) + val_count(val_get(laid, "only_here")) ==
	     val_count(val_get(after, "items")));
}
