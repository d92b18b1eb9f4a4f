#pragma once
/* Node rows (standards_rules.h) as a forest: found by item, walked in reading order without
 * recursion, since the depth of a foreign document is not ours to trust. Owned by the arena. */
#include "base/val.h"

struct arena;

struct place {
	struct val *row;
	int64_t item;
	int32_t first, last, next; /* children and sibling as indexes of places; -1 for none */
	bool seen;
};

struct forest {
	struct place *places; /* in the order of the rows */
	int32_t count, first, last;
	int32_t *slots; /* open-addressed hash table of indexes, -1 empty */
	size_t mask;
};

struct forest forest_of(struct arena *, const struct val *rows);
struct place *forest_find(const struct forest *, int64_t item); /* NULL if it is not there */
struct place *forest_parent(const struct forest *, const struct place *);

/* Every place once, depth 0 at the top; places in a circle come last. Walk a forest once only. */
typedef void forest_visit(void *context, struct place *, int depth);
void forest_walk(struct arena *, struct forest *, forest_visit *, void *context);
