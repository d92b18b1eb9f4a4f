/* A package as the importer of documents tells what it read: for pages, commands and --json. */
#include "app/standards/case/package_inside.h"

#include <string.h>

static const char *const lists[] = {"levels", "descriptors", "ratings", "links", "furniture"};

static void put_document(struct arena *a, const struct case_package *p, struct val *out)
{
	struct val *document = val_set_object(out, "document");
	val_set_str(document, "title", p->title);
	val_set_str(document, "subtitle", p->summary);
	val_set_str(document, "publisher", p->publisher);
	val_set_str(document, "url", p->source_url);
	val_set_str(document, "version", p->version);
	val_set_str(document, "lang", p->lang);
	val_set_bool(document, "lang_guessed", !p->lang_given);
	val_set_str(document, "layout", S("case"));
	val_set_str(document, "layout_why", S("it is a CASE package"));
	val_set_str(document, "uuid", p->uuid);
	if (p->of.n)
		val_set_str(document, "of", p->of);
	if (p->listed)
		val_set(document, "documents", p->listed);
	if (p->error.n)
		val_set_str(document, "error", str_dup(a, p->error));
}

static void put_item(struct val *list, struct arena *a, const struct case_package *p, int32_t at,
		     const int32_t *place, const int32_t *depth)
{
	const struct case_item *item = &p->items[at];
	struct val *out = val_push_object(list);
	bool heading = !item->body.n;
	val_set_int(out, "id", place[at] + 1);
	if (item->parent >= 0)
		val_set_int(out, "parent", place[item->parent] + 1);
	else
		val_set_null(out, "parent");
	val_set_int(out, "depth", depth[at]);
	val_set_str(out, "code", item->code);
	val_set_str(out, "kind", item->kind);
	if (heading)
		val_set_bool(out, "heading", true);
	else if (item->title.n)
		val_set_str(out, "title", item->title);
	val_set_str(out, "text", heading ? item->title : item->body);
	val_set_str(out, "markdown", heading ? item->title : item->body);
	val_set_str(out, "uuid", item->uuid);
	val_set_str(out, "pointer", case_pointer(a, item->ref));
	val_set_bool(out, "guessed", item->guess);
	if (item->guess)
		val_set_str(out, "guess", str_of(item->guess));
}

static void put_items(struct arena *a, const struct case_package *p, int most, struct val *out)
{
	struct val *items = val_set_list(out, "items");
	int32_t *place = arena_many(a, int32_t, (size_t)p->items_n + 1);
	int32_t *depth = arena_many(a, int32_t, (size_t)p->items_n + 1);
	for (int32_t i = 0; i < p->order_n && i < most; i++) {
		int32_t at = p->order[i], above = p->items[at].parent;
		place[at] = i;
		depth[at] = above < 0 ? 0 : depth[above] + 1;
		put_item(items, a, p, at, place, depth);
	}
}

static void put_unplaced(struct arena *a, const struct case_package *p, struct val *out)
{
	struct val *list = val_set_list(out, "unplaced");
	for (int32_t i = 0; i < p->unplaced_n; i++) {
		struct val *one = val_push_object(list);
		val_set_str(one, "pointer", case_pointer(a, p->unplaced[i].ref));
		val_set_str(one, "text", p->unplaced[i].words);
		val_set_str(one, "reason", str_of(p->unplaced[i].reason));
	}
}

static void count(struct val *counts, const char *name)
{
	val_set_int(counts, name, val_i(counts, name) + 1);
}

static void put_counts(struct arena *a, const struct case_package *p, struct val *out)
{
	static const char *const parts[] = {"concepts", "subjects", "licences", "item types",
					    "groupings"};
	struct val *counts = val_set_object(out, "counts"), *kinds = val_object(a),
		   *kept = val_set_object(out, "kept");
	int64_t guessed = 0, descriptors = 0;
	for (int32_t i = 0; i < p->items_n; i++) {
		count(kinds, str_c(a, p->items[i].kind));
		guessed += p->items[i].guess != NULL;
	}
	for (int32_t i = 0; i < p->parts_n; i++)
		descriptors += p->parts[i].level >= 0;
	val_set_int(counts, "items", p->items_n);
	val_set_int(counts, "guessed", guessed);
	val_set_int(counts, "levels", p->levels_n);
	val_set_int(counts, "descriptors", descriptors);
	for (size_t i = 2; i < sizeof lists / sizeof *lists; i++)
		val_set_int(counts, lists[i], 0);
	val_set_int(counts, "not_given", 0);
	val_set_int(counts, "unplaced", p->unplaced_n);
	val_set_int(counts, "kept", 1 + p->associations_n + p->definitions_n + p->parts_n);
	val_set(counts, "kinds", kinds);
	val_set_int(kept, "documents", p->has_document);
	for (int32_t i = 0; i < p->associations_n; i++)
		count(kept, p->associations[i].placing ? "places" : "associations");
	for (int32_t i = 0; i < p->definitions_n; i++)
		count(kept, parts[p->definitions[i].ref.list - CASE_CONCEPTS]);
	for (int32_t i = 0; i < p->parts_n; i++)
		count(kept, "parts of rubrics");
}

struct val *case_result(struct arena *a, const struct case_package *p, int most_items)
{
	struct val *out = val_object(a);
	if (p->refused) {
		struct val *why = val_set_object(out, "refused");
		val_set_str(why, "code", str_of(p->refused_code));
		val_set_str(why, "reason", str_of(p->refused));
	}
	put_document(a, p, out);
	put_items(a, p, p->refused ? 0 : most_items, out);
	put_unplaced(a, p, out);
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		val_set_list(out, lists[i]);
	for (int32_t i = 0; i < p->levels_n; i++) {
		struct val *level = val_push_object(val_get(out, "levels"));
		val_set_int(level, "id", i + 1);
		val_set_str(level, "name", p->levels[i].name);
	}
	put_counts(a, p, out);
	return out;
}
