#include "app/standards/import/edit.h"

#include "base/arena.h"

/* Matching goes down both trees at once: first everything with a code, wherever it stands; then,
 * under parents that met, the first of a kind without a code with the first of that kind, and so
 * on. */
struct laying {
	struct arena *arena;
	const struct val *there, *here; /* items of the standard; items of the document */
	size_t *met_there, *met_here;   /* index + 1 of the other, 0: none */
	bool *by_code;                  /* of here */
};

static void meet(struct laying *l, size_t there, size_t here, bool by_code)
{
	l->met_there[there] = here + 1;
	l->met_here[here] = there + 1;
	l->by_code[here] = by_code;
}

static bool same_kind(const struct val *a, const struct val *b)
{
	return str_eq(val_s(a, "kind"), val_s(b, "kind"));
}

static void meet_by_code(struct laying *l)
{
	for (size_t h = 0; h < val_count(l->here); h++) {
		const struct val *here = val_at(l->here, h);
		if (!val_s(here, "code").n)
			continue;
		for (size_t t = 0; t < val_count(l->there) && !l->met_here[h]; t++) {
			const struct val *there = val_at(l->there, t);
			if (!l->met_there[t] && same_kind(here, there) &&
			    str_eq_nocase(val_s(here, "code"), val_s(there, "code")))
				meet(l, t, h, true);
		}
	}
}

/* The next item from `*from` on, not met, under `parent` and of the kind; false at the end. */
static bool next_under(const struct val *items, const size_t *met, int64_t parent, struct str kind,
		       size_t *from)
{
	for (; *from < val_count(items); ++*from) {
		const struct val *item = val_at(items, *from);
		if (!met[*from] && val_i(item, "parent") == parent &&
		    str_eq(val_s(item, "kind"), kind) && !val_s(item, "code").n)
			return true;
	}
	return false;
}

static void meet_children(struct laying *l, int64_t parent_there, int64_t parent_here)
{
	for (size_t h = 0; h < val_count(l->here); h++) {
		const struct val *here = val_at(l->here, h);
		size_t t = 0;
		if (l->met_here[h] || val_i(here, "parent") != parent_here || val_s(here, "code").n)
			continue;
		if (next_under(l->there, l->met_there, parent_there, val_s(here, "kind"), &t))
			meet(l, t, h, false);
	}
}

static void one_side(struct val *to, const struct val *items, const size_t *met, const char *id)
{
	for (size_t i = 0; i < val_count(items); i++) {
		const struct val *item = val_at(items, i);
		if (met[i])
			continue;
		struct val *row = val_push_object(to);
		val_set(row, id, val_get(item, id));
		val_set_str(row, "code", val_s(item, "code"));
		val_set_str(row, "kind", val_s(item, "kind"));
		val_set_str(row, "text", val_s(item, "text"));
	}
}

static void add_pair(struct laying *l, struct val *pairs, size_t h)
{
	static const char *const taken[] = {"id", "heading", "title", "text", "markdown"};
	const struct val *here = val_at(l->here, h);
	struct val *pair = val_push_object(pairs);
	val_set(pair, "item", val_get(val_at(l->there, l->met_here[h] - 1), "item"));
	val_set_str(pair, "by", str_of(l->by_code[h] ? "code" : "position"));
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		val_set(pair, taken[i], val_get(here, taken[i]));
}

struct val *import_lay_onto(struct arena *a, const struct val *items, const struct val *result)
{
	struct laying l = {.arena = a, .there = items, .here = val_get(result, "items")};
	size_t here = val_count(l.here), there = val_count(items);
	l.met_there = arena_many(a, size_t, there + 1);
	l.met_here = arena_many(a, size_t, here + 1);
	l.by_code = arena_many(a, bool, here + 1);
	meet_by_code(&l);
	meet_children(&l, 0, 0);
	/* Items come in reading order: a parent has met, or not, before its children are looked at.
	 */
	for (size_t h = 0; h < here; h++)
		if (l.met_here[h])
			meet_children(&l, val_i(val_at(items, l.met_here[h] - 1), "item"),
				      val_i(val_at(l.here, h), "id"));
	struct val *laid = val_object(a), *pairs = val_set_list(laid, "pairs");
	for (size_t h = 0; h < here; h++)
		if (l.met_here[h])
			add_pair(&l, pairs, h);
	one_side(val_set_list(laid, "only_here"), l.here, l.met_here, "id");
	one_side(val_set_list(laid, "only_there"), items, l.met_there, "item");
	return laid;
}
