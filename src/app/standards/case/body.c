#include "app/standards/case/body.h"

#include "base/arena.h"
#include "queries.h"

#include <stdlib.h>

static int by_item(const void *left, const void *right)
{
	const struct case_spot *x = left, *y = right;
	return x->item < y->item ? -1 : x->item > y->item;
}

struct case_spot *case_body_find(const struct case_body *b, int64_t item)
{
	struct case_spot key = {.item = item};
	return b->count ? bsearch(&key, b->spots, b->count, sizeof key, by_item) : NULL;
}

static bool has_cell(const struct case_body *b, int64_t item)
{
	size_t low = 0, high = val_count(b->cells);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (val_i(val_at(b->cells, middle), "item") < item)
			low = middle + 1;
		else
			high = middle;
	}
	return low < val_count(b->cells) && val_i(val_at(b->cells, low), "item") == item;
}

static void note_kind(struct case_body *b, const struct case_spot *s)
{
	struct str kind = val_s(s->row, "kind");
	if (s->kept && str_eq(val_s(s->row, "kept_kind"), kind))
		return;
	for (size_t i = 0; i < val_count(b->kinds); i++)
		if (str_eq(val_get_str(val_at(b->kinds, i)), kind))
			return;
	val_push(b->kinds, val_text(b->view->r->arena, str_dup(b->view->r->arena, kind)));
}

static struct str kept_words(struct case_body *b, const struct case_spot *s, const char *name,
			     const char *source)
{
	return str_dup(b->view->r->arena, val_s(s->row, s->spoken ? name : source));
}

static void note_term(struct case_body *b, const struct case_spot *s)
{
	struct case_view *v = b->view;
	if (s->kept || !str_is(val_s(s->row, "kind"), "term"))
		return;
	struct val *term = val_push_object(b->terms);
	struct str title = kept_words(b, s, "title", "source_title");
	val_set_str(term, "identifier", case_turned(v->r->arena, s->identifier, v->concept));
	val_set_str(term, "title", title.n ? title : s->label);
	val_set_str(term, "description", kept_words(b, s, "body", "source_body"));
}

static void note_criterion(struct case_body *b, const struct case_spot *s)
{
	if (!str_is(val_s(s->row, "kind"), "criterion") && !has_cell(b, s->item))
		return;
	struct val *criterion = val_push_object(b->criteria);
	struct str body = kept_words(b, s, "body", "source_body");
	struct str title = kept_words(b, s, "title", "source_title");
	val_set_int(criterion, "item", s->item);
	val_set_int(criterion, "parent", val_i(s->row, "parent"));
	val_set_str(criterion, "words", body.n ? body : title);
}

static void forget(struct case_view *v)
{
	if (v->scratch != v->r->arena)
		arena_reset(v->scratch);
}

static bool pass_by(void *context, const struct val *row)
{
	struct case_body *b = context;
	struct case_view *v = b->view;
	/* The number of rows was asked for before, in the same snapshot. */
	struct case_spot *s = &b->spots[b->count++];
	*s = case_spot_of(v, b->doc, (struct val *)(uintptr_t)row);
	if (val_count(b->levels))
		s->name = kept_words(b, s, "title", "source_title");
	note_kind(b, s);
	note_term(b, s);
	note_criterion(b, s);
	if (b->each)
		b->each(b->context, case_item_object(v, b->doc, s, &b->parts, false));
	s->row = s->came = NULL;
	forget(v);
	return true;
}

struct case_body case_body_of(struct case_view *v, struct case_doc *d, case_give *each,
			      void *context)
{
	struct arena *a = v->r->arena;
	struct val *p = case_params(v, d);
	struct case_body b = {.view = v, .doc = d, .each = each, .context = context};
	if (case_must_wait(v, d))
		return b;
	int64_t count = val_i(db_row(v->r->db, &q_provide_count, p), "n");
	b.spots = arena_many(a, struct case_spot, (size_t)count + 1);
	b.parts = case_parts_of(v, d, 0);
	b.cells = db_rows(v->r->db, &q_provide_cells, p);
	b.levels = db_rows(v->r->db, &q_provide_levels, p);
	b.kinds = val_list(a);
	b.terms = val_list(a);
	b.criteria = val_list(a);
	case_kind_label(v, d, (struct str){0}); /* its rows: no call is made while others come */
	db_each(v->r->db, &q_provide_items, p, pass_by, &b);
	qsort(b.spots, b.count, sizeof *b.spots, by_item);
	return b;
}

/* ---- associations ---- */

struct placing {
	struct case_body *body;
	struct case_relations *relations;
	int64_t parent, before;
};

/* First all numbers are looked at, since the last sibling may be the one that is out of order. */
static bool look_at_number(void *context, const struct val *row)
{
	struct placing *x = context;
	int64_t parent = val_i(row, "parent");
	if (parent != x->parent)
		x->before = INT64_MIN;
	x->parent = parent;
	struct case_spot *above = case_body_find(x->body, parent);
	if (!case_in_order(x->body->view, row, &x->before))
		*(above ? &above->disordered : &x->body->disordered) = true;
	forget(x->body->view);
	return true;
}

static bool give_placed(void *context, const struct val *row)
{
	struct placing *x = context;
	const struct case_spot *s = case_body_find(x->body, val_i(row, "item"));
	const struct case_spot *above = case_body_find(x->body, val_i(row, "parent"));
	bool disordered = above ? above->disordered : x->body->disordered;
	if (s) {
		case_give_child(x->relations, row, s, above, !disordered);
		case_give_own(x->relations, val_s(row, "kind"), s, above);
	}
	forget(x->body->view);
	return true;
}

void case_body_relations(struct case_body *b, case_give *to, void *context)
{
	struct case_relations r = case_relations_of(b->view, b->doc, to, context);
	struct placing x = {.body = b, .relations = &r, .before = INT64_MIN};
	struct db *db = b->view->r->db;
	struct val *p = case_params(b->view, b->doc);
	r.spots = b->spots;
	r.count = b->count;
	case_give_document(&r);
	db_each(db, &q_provide_placed, p, look_at_number, &x);
	db_each(db, &q_provide_placed, p, give_placed, &x);
	case_give_kept(&r, NULL);
	case_give_crossing(&r, NULL);
	forget(b->view);
}
