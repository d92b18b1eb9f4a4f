#include "app/standards/forest.h"

#include "base/arena.h"

#include <string.h>

static size_t slot_of(const struct forest *f, int64_t item)
{
	size_t i = ((uint64_t)item * 0x9E3779B97F4A7C15u >> 17) & f->mask;
	while (f->slots[i] >= 0 && f->places[f->slots[i]].item != item)
		i = (i + 1) & f->mask;
	return i;
}

struct place *forest_find(const struct forest *f, int64_t item)
{
	int32_t i = f->slots[slot_of(f, item)];
	return i < 0 ? NULL : &f->places[i];
}

struct place *forest_parent(const struct forest *f, const struct place *p)
{
	int64_t up = val_i(p->row, "parent");
	struct place *parent = up ? forest_find(f, up) : NULL;
	return parent == p ? NULL : parent;
}

static void link_last(struct forest *f, int32_t i, struct place *parent)
{
	int32_t *first = parent ? &parent->first : &f->first;
	int32_t *last = parent ? &parent->last : &f->last;
	if (*last < 0)
		*first = i;
	else
		f->places[*last].next = i;
	*last = i;
}

struct forest forest_of(struct arena *a, const struct val *rows)
{
	size_t n = val_count(rows), size = 16;
	while (size < n * 2)
		size *= 2;
	struct forest f = {.places = arena_many(a, struct place, n + 1),
			   .count = (int32_t)n,
			   .first = -1,
			   .last = -1,
			   .slots = arena_many(a, int32_t, size),
			   .mask = size - 1};
	memset(f.slots, 0xff, size * sizeof *f.slots);
	for (int32_t i = 0; i < f.count; i++) {
		struct val *row = val_at(rows, (size_t)i);
		f.places[i] = (struct place){.row = row,
					     .item = val_i(row, "item"),
					     .first = -1,
					     .last = -1,
					     .next = -1};
		f.slots[slot_of(&f, f.places[i].item)] = i;
	}
	for (int32_t i = 0; i < f.count; i++)
		link_last(&f, i, forest_parent(&f, &f.places[i]));
	return f;
}

static void walk_from(struct arena *a, struct forest *f, int32_t start, forest_visit *visit,
		      void *context)
{
	int32_t *stack = arena_many(a, int32_t, (size_t)f->count + 1);
	int depth = 0;
	stack[0] = start;
	while (depth >= 0) {
		int32_t i = stack[depth];
		if (i < 0) {
			depth--;
			continue;
		}
		struct place *p = &f->places[i];
		stack[depth] = p->next;
		if (p->seen)
			continue;
		p->seen = true;
		visit(context, p, depth);
		if (p->first >= 0)
			stack[++depth] = p->first;
	}
}

void forest_walk(struct arena *a, struct forest *f, forest_visit *visit, void *context)
{
	walk_from(a, f, f->first, visit, context);
	for (int32_t i = 0; i < f->count; i++) {
		if (f->places[i].seen)
			continue;
		f->places[i].next = -1; /* a circle is cut where we enter it */
		walk_from(a, f, i, visit, context);
	}
}
