/* The result as one tree of values: import.h says what is in it. */
#include "app/standards/import/engine.h"

#include "base/arena.h"

#include <stdlib.h>

struct walk {
	struct engine *e;
	int *first, *last, *next; /* children of an item; at n those of none */
	int64_t *ids;             /* by index; 0: not in the result */
	int *depths, *order, n;   /* indexes in reading order */
};

static int by_order(const void *x, const void *y, void *engine)
{
	const struct item *items = ((const struct engine *)engine)->items;
	int64_t a = items[*(const int *)x].order, b = items[*(const int *)y].order;
	return a < b ? -1 : a > b;
}

static struct walk walk_items(struct engine *e)
{
	size_t n = (size_t)e->n;
	struct walk w = {.e = e};
	int *sorted = arena_many(e->arena, int, n + 1);
	w.first = arena_many(e->arena, int, n + 1);
	w.last = arena_many(e->arena, int, n + 1);
	w.next = arena_many(e->arena, int, n + 1);
	w.ids = arena_many(e->arena, int64_t, n + 1);
	w.depths = arena_many(e->arena, int, n + 1);
	w.order = arena_many(e->arena, int, n + 1);
	for (int i = 0; i <= e->n; i++) {
		w.first[i] = w.last[i] = w.next[i] = -1;
		sorted[i] = i;
	}
	qsort_r(sorted, n, sizeof *sorted, by_order, e);
	for (int s = 0; s < e->n; s++) {
		int i = sorted[s];
		int parent = e->items[i].parent < 0 ? e->n : e->items[i].parent;
		if (e->items[i].gone)
			continue;
		if (w.last[parent] < 0)
			w.first[parent] = i;
		else
			w.next[w.last[parent]] = i;
		w.last[parent] = i;
	}
	int at = w.first[e->n], depth = 0;
	while (at >= 0) {
		w.ids[at] = w.n + 1;
		w.depths[at] = depth;
		w.order[w.n++] = at;
		if (w.first[at] >= 0) {
			at = w.first[at];
			depth++;
			continue;
		}
		while (at >= 0 && w.next[at] < 0) {
			at = e->items[at].parent;
			depth--;
		}
		at = at >= 0 ? w.next[at] : -1;
	}
	return w;
}

static void put_more(struct val *out, const struct val *more)
{
	for (size_t i = 0; i < val_count(more); i++) {
		const char *name = val_name_at(more, i);
		if (!str_is(str_of(name), "row") && !str_is(str_of(name), "parent"))
			val_set(out, name, val_get(more, name));
	}
}

static void put_item(const struct walk *w, int index, struct val *list)
{
	const struct item *item = &w->e->items[index];
	struct arena *a = w->e->arena;
	struct val *out = val_push_object(list);
	val_set_int(out, "id", w->ids[index]);
	if (item->parent >= 0)
		val_set_int(out, "parent", w->ids[item->parent]);
	else
		val_set_null(out, "parent");
	val_set_int(out, "depth", w->depths[index]);
	val_set_str(out, "code", item->code);
	val_set_str(out, "kind", item->kind);
	if (item->heading)
		val_set_bool(out, "heading", true);
	if (item->title.n)
		val_set_str(out, "title", item->title);
	val_set_str(out, "text", item->text.text);
	val_set_str(out, "markdown", rich_markdown(a, &item->text));
	val_set_int(out, "line", item->lines_n ? item->lines[0] + 1 : 0);
	struct val *lines = val_set_list(out, "lines");
	for (int i = 0; i < item->lines_n; i++)
		val_push(lines, val_int(a, item->lines[i] + 1));
	val_set_bool(out, "guessed", item->guessed);
	if (item->guess)
		val_set_str(out, "guess", str_of(item->guess));
	if (item->more)
		put_more(out, item->more);
}

static void put_tables(const struct walk *w, struct val *out)
{
	struct engine *e = w->e;
	struct val *levels = val_set_list(out, "levels");
	for (int i = 0; i < e->levels_n; i++) {
		struct val *level = val_push_object(levels);
		val_set_int(level, "id", i + 1);
		val_set_str(level, "name", e->levels[i].name);
		val_set_int(level, "line", e->levels[i].line + 1);
	}
	struct val *descriptors = val_set_list(out, "descriptors");
	for (int i = 0; i < e->cells_n; i++) {
		const struct cell *cell = &e->cells[i];
		struct val *one = val_push_object(descriptors);
		val_set_int(one, "criterion", w->ids[cell->item]);
		val_set_int(one, "level", cell->level + 1);
		val_set_str(one, "text", cell->text.text);
		val_set_str(one, "markdown", rich_markdown(e->arena, &cell->text));
		val_set_int(one, "line", cell->line + 1);
	}
}

static void put_ratings(const struct walk *w, struct val *out)
{
	static const char *const names[] = {"scale", "question", "answer", "given"};
	struct val *ratings = val_set_list(out, "ratings");
	for (int i = 0; i < w->n; i++) {
		const struct item *item = &w->e->items[w->order[i]];
		if (!item->more || !val_has(item->more, "scale"))
			continue;
		struct val *one = val_push_object(ratings);
		val_set_int(one, "item", item->parent >= 0 ? w->ids[item->parent] : 0);
		val_set_int(one, "rating", w->ids[w->order[i]]);
		for (size_t n = 0; n < sizeof names / sizeof *names; n++)
			val_set(one, names[n], val_get(item->more, names[n]));
		val_set_str(one, "state", val_b(one, "given") ? S("given") : S("not given"));
	}
}

static void put_links(const struct walk *w, const struct val *found, struct val *out)
{
	struct val *links = val_set_list(out, "links");
	for (size_t i = 0; i < val_count(found); i++) {
		struct val *link = val_at(found, i);
		int64_t item = w->ids[val_i(link, "item")], to = val_i(link, "to");
		if (!item)
			continue;
		val_set_int(link, "item", item);
		val_set_bool(link, "outside", to < 0 || !w->ids[to]);
		if (to < 0 || !w->ids[to])
			val_set_null(link, "to");
		else
			val_set_int(link, "to", w->ids[to]);
		val_push(links, link);
	}
}

static void put_lines(const struct engine *e, struct val *out, const char *name, const char *why,
		      enum fate fate)
{
	struct val *list = val_set_list(out, name);
	for (int i = 0; i < e->source->count; i++) {
		bool outside = fate == FATE_UNPLACED && e->fates[i] == FATE_OUTSIDE;
		if ((e->fates[i] != fate && !outside) || !e->source->lines[i].text.n)
			continue;
		struct val *one = val_push_object(list);
		val_set_int(one, "line", i + 1);
		val_set_str(one, "text", e->source->lines[i].text);
		val_set_str(one, why, str_of(e->reasons[i]));
	}
}

void import_count(struct arena *a, struct val *result)
{
	struct val *counts = val_get(result, "counts"), *items = val_get(result, "items");
	struct val *kinds = val_object(a);
	int64_t guessed = 0, not_given = 0;
	for (size_t i = 0; i < val_count(items); i++) {
		struct val *item = val_at(items, i);
		const char *kind = str_c(a, val_s(item, "kind"));
		val_set_int(kinds, kind, val_i(kinds, kind) + 1);
		guessed += val_b(item, "guessed");
	}
	for (size_t i = 0; i < val_count(val_get(result, "ratings")); i++)
		not_given += !val_b(val_at(val_get(result, "ratings"), i), "given");
	static const char *const lists[] = {"items",       "furniture", "unplaced", "levels",
					    "descriptors", "ratings",   "links"};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		val_set_int(counts, lists[i], (int64_t)val_count(val_get(result, lists[i])));
	val_set_int(counts, "guessed", guessed);
	val_set_int(counts, "not_given", not_given);
	val_set(counts, "kinds", kinds);
}

struct val *engine_result(struct engine *e)
{
	struct walk w = walk_items(e);
	struct val *out = val_object(e->arena), *document = val_object(e->arena);
	struct val *found = val_get(e->document, "links");
	for (size_t i = 0; i < val_count(e->document); i++) {
		const char *name = val_name_at(e->document, i);
		if (!str_is(str_of(name), "links"))
			val_set(document, name, val_get(e->document, name));
	}
	val_set(out, "document", document);
	struct val *counts = val_set_object(out, "counts");
	val_set_int(counts, "lines", e->source->count);
	val_set_int(counts, "blank", e->source->blank);
	int item_lines = 0;
	for (int i = 0; i < e->source->count; i++)
		item_lines += e->fates[i] == FATE_ITEM && e->source->lines[i].text.n;
	val_set_int(counts, "item_lines", item_lines);
	struct val *items = val_set_list(out, "items");
	for (int i = 0; i < w.n; i++)
		put_item(&w, w.order[i], items);
	put_tables(&w, out);
	put_ratings(&w, out);
	put_links(&w, found, out);
	put_lines(e, out, "furniture", "why", FATE_FURNITURE);
	put_lines(e, out, "unplaced", "reason", FATE_UNPLACED);
	import_count(e->arena, out);
	return out;
}
