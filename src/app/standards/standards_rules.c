#include "app/standards/standards_rules.h"

#include "app/standards/forest.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/words.h"

struct outline {
	struct arena *arena;
	struct val *list;
	struct val **open; /* children lists by depth, for the tree */
};

static struct val *with_depth(struct arena *a, const struct val *row, int depth)
{
	enum { WHAT_PAGES_ADD = 12 };
	struct val *copy = val_copy(a, row, WHAT_PAGES_ADD);
	val_set_int(copy, "depth", depth);
	return copy;
}

static void visit_outline(void *context, struct place *p, int depth)
{
	struct outline *o = context;
	val_push(o->list, with_depth(o->arena, p->row, depth));
}

static void visit_tree(void *context, struct place *p, int depth)
{
	struct outline *o = context;
	struct val *node = with_depth(o->arena, p->row, depth), *siblings = o->open[depth];
	const struct val *before = val_at(siblings, val_count(siblings) - 1);
	val_set_bool(node, "new_kind",
		     !val_count(siblings) || !str_eq(val_s(before, "kind"), val_s(node, "kind")));
	val_push(siblings, node);
	o->open[depth + 1] = val_set_list(node, "children");
	val_set_bool(node, "branch", p->first >= 0);
}

struct val *standards_outline(struct arena *a, const struct val *rows)
{
	struct forest f = forest_of(a, rows);
	struct outline o = {.arena = a, .list = val_list(a)};
	forest_walk(a, &f, visit_outline, &o);
	return o.list;
}

struct val *standards_tree(struct arena *a, const struct val *rows)
{
	struct forest f = forest_of(a, rows);
	struct outline o = {.arena = a,
			    .list = val_list(a),
			    .open = arena_many(a, struct val *, (size_t)f.count + 2)};
	o.open[0] = o.list;
	forest_walk(a, &f, visit_tree, &o);
	return o.list;
}

bool standards_may_move(struct arena *a, const struct val *rows, int64_t item, int64_t parent)
{
	struct forest f = forest_of(a, rows);
	const struct place *up = parent ? forest_find(&f, parent) : NULL;
	for (int32_t steps = 0; up && steps <= f.count; steps++, up = forest_parent(&f, up))
		if (up->item == item)
			return false;
	return true;
}
struct str standards_slug(struct arena *a, struct str title)
{
	struct str folded = fold(a, title);
	struct buf b = {.arena = a};
	for (size_t i = 0; i < folded.n && b.n < 60; i++) {
		char c = folded.p[i];
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			buf_char(&b, c);
		else if (b.n && b.p[b.n - 1] != '-')
			buf_char(&b, '-');
	}
	while (b.n && b.p[b.n - 1] == '-')
		b.n--;
	return b.n ? buf_str(&b) : S("standard");
}
