#include "app/standards/import/engine.h"

#include "base/arena.h"

#include <string.h>

struct engine *engine_new(struct arena *a, const struct source *source, const struct layout *layout)
{
	struct engine *e = arena_one(a, struct engine);
	e->arena = a;
	e->layout = layout;
	e->source = source;
	e->fates = arena_many(a, unsigned char, (size_t)source->count + 1);
	e->reasons = arena_many(a, const char *, (size_t)source->count + 1);
	e->seen = arena_many(a, unsigned char, (size_t)layout->ids + 1);
	e->document = val_object(a);
	e->levels = arena_many(a, struct level, MOST_NESTED);
	e->lead = e->last = e->level = e->rating = -1;
	e->skip = -1;
	for (int i = 0; i < RANKS; i++)
		e->holder[i] = -1;
	return e;
}

int engine_holder(const struct engine *e)
{
	for (int rank = RANKS; rank-- > 0;)
		if (e->holder[rank] >= 0)
			return e->holder[rank];
	return -1;
}

void engine_take(struct engine *e, int index, const struct block *b)
{
	struct item *item = &e->items[index];
	for (int i = b->first; i < b->first + b->n; i++) {
		/* A cell in quotes may hold a blank line. */
		bool taken = item->lines_n && item->lines[item->lines_n - 1] == i;
		if (taken || !e->source->lines[i].text.n)
			continue;
		if (item->lines_n == item->lines_cap) {
			int more = item->lines_cap ? item->lines_cap * 2 : 2;
			item->lines = arena_grow(e->arena, item->lines,
						 sizeof(int) * (size_t)item->lines_cap,
						 sizeof(int) * (size_t)more);
			item->lines_cap = more;
		}
		item->lines[item->lines_n++] = i;
		e->fates[i] = FATE_ITEM;
	}
}

int engine_add(struct engine *e, struct str kind, int parent, const struct rich *text,
	       const struct block *b)
{
	if (e->n == e->cap) {
		int more = e->cap ? e->cap * 2 : 64;
		e->items = arena_grow(e->arena, e->items, sizeof *e->items * (size_t)e->cap,
				      sizeof *e->items * (size_t)more);
		e->cap = more;
	}
	struct item *item = &e->items[e->n];
	*item = (struct item){.parent = parent,
			      .kind = kind,
			      .text = *text,
			      .order = (int64_t)e->n * 1000,
			      .section = e->section,
			      .indent = b->mark ? b->indent : -1};
	engine_take(e, e->n, b);
	e->last = e->n;
	int from = 0;
	const struct rule *again = rule_next(e->layout, NULL, RULE_AGAIN, &from);
	if (again && str_eq(again->kind, kind) && e->named_n < 64)
		e->named[e->named_n++] = e->n;
	return e->n++;
}

static void close_from(struct engine *e, int rank)
{
	for (int i = RANKS; i-- > rank;) {
		if (e->holder[i] >= 0)
			finish_loose(e, e->holder[i]);
		e->holder[i] = -1;
	}
	e->lead = -1;
	e->level = -1;
	table_end(e);
	list_reset(e);
}

int engine_open(struct engine *e, const struct rule *rule, int rank, struct str code,
		const struct rich *text, const struct block *b)
{
	bool inner = false;
	if (e->section)
		for (int i = 0; i < e->section->inner_n; i++)
			inner |= &e->section->inner[i] == rule;
	close_from(e, rank);
	int item = engine_add(e, rule->kind, engine_holder(e), text, b);
	e->items[item].rank = rank;
	e->items[item].heading = !inner;
	e->items[item].inner = inner;
	e->items[item].code = code;
	e->holder[rank] = item;
	e->structured++;
	if (!inner)
		e->section = rule->inner_n ? rule : NULL;
	return item;
}

void engine_close_inner(struct engine *e)
{
	for (int i = RANKS; i-- > 0;)
		if (e->holder[i] >= 0 && e->items[e->holder[i]].inner)
			e->holder[i] = -1;
}

void engine_enter(struct engine *e, const struct rule *section)
{
	engine_close_inner(e);
	if (section->rank)
		close_from(e, section->rank);
	e->section = section;
	e->rating = -1;
	e->lead = -1;
	e->level = -1;
	table_end(e);
	list_reset(e);
}

void engine_guess(struct engine *e, int item, const char *rule)
{
	e->items[item].guessed = true;
	if (!e->items[item].guess)
		e->items[item].guess = rule;
}

static void fate(struct engine *e, const struct block *b, enum fate fate, const char *why)
{
	for (int i = b->first; i < b->first + b->n; i++) {
		if (e->fates[i] != FATE_NONE)
			continue;
		e->fates[i] = (unsigned char)fate;
		e->reasons[i] = why;
	}
}

void engine_furniture(struct engine *e, const struct block *b, const char *why)
{
	fate(e, b, FATE_FURNITURE, why);
}

void engine_unplaced(struct engine *e, const struct block *b, const char *reason)
{
	fate(e, b, FATE_UNPLACED, reason);
}

void engine_outside(struct engine *e, const struct block *b, const char *reason)
{
	fate(e, b, FATE_OUTSIDE, reason);
}

struct val *engine_more(struct engine *e, int item)
{
	if (!e->items[item].more)
		e->items[item].more = val_object(e->arena);
	return e->items[item].more;
}

void engine_saw(struct engine *e, const struct rule *rule)
{
	e->seen[rule->id] = 1;
}

const struct rule *engine_rule(const struct engine *e, enum verb verb)
{
	return rule_near(e->layout, e->section, verb);
}

struct str match_piece(const struct match *match, const char *name, struct str text, size_t *from,
		       size_t *to)
{
	for (int i = 0; i < match->n; i++) {
		if (!str_is(match->at[i].name, name))
			continue;
		if (from)
			*from = match->at[i].from;
		if (to)
			*to = match->at[i].to;
		return source_trim(str_sub(text, match->at[i].from, match->at[i].to));
	}
	return (struct str){0};
}

/* ------------------------------------------------------------------ codes */

static size_t code_slot(const struct engine *e, struct str code)
{
	size_t hash = 5381;
	for (size_t i = 0; i < code.n; i++)
		hash = hash * 33 + (unsigned char)code.p[i];
	while (e->codes[hash & e->codes_mask] >= 0 &&
	       !str_eq(e->items[e->codes[hash & e->codes_mask]].code, code))
		hash++;
	return hash & e->codes_mask;
}

int engine_coded(const struct engine *e, struct str code)
{
	return e->codes && code.n ? e->codes[code_slot(e, code)] : -1;
}

/* There are at most as many items with a code of their own as there are lines. */
void engine_index(struct engine *e, int item)
{
	if (!e->codes) {
		e->codes_mask = 63;
		while (e->codes_mask < (size_t)e->source->count * 2)
			e->codes_mask = e->codes_mask * 2 + 1;
		e->codes = arena_many(e->arena, int, e->codes_mask + 1);
		for (size_t i = 0; i <= e->codes_mask; i++)
			e->codes[i] = -1;
	}
	size_t slot = code_slot(e, e->items[item].code);
	if (e->codes[slot] < 0)
		e->codes[slot] = item;
}

void engine_reenter(struct engine *e, int item)
{
	close_from(e, 0);
	e->section = NULL;
	for (int i = item; i >= 0; i = e->items[i].parent)
		if (e->items[i].rank)
			e->holder[e->items[i].rank] = i;
}
