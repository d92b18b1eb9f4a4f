/*
 * Ratings: a scale is opened by its heading or by its question, and answered by the paragraph after
 * it. An answer may also stand alone, known by words of it. A scale without an answer is "not
 * given".
 */
#include "app/standards/import/engine.h"

#include "base/arena.h"

static const struct rule *find_scale(const struct engine *e, const char *what,
				     const struct block *b)
{
	int from = 0;
	struct key bare = {b->heading, NULL};
	for (const struct rule *r; (r = rule_next(e->layout, e->section, RULE_SCALE, &from));) {
		if (*what && !rule_has(r, what))
			continue;
		if (rule_matches(r, what, &b->key, NULL) || rule_matches(r, what, &bare, NULL))
			return r;
	}
	return NULL;
}

static int open_rating(const struct engine *e, struct str scale)
{
	int stop = e->n > 500 ? e->n - 500 : 0;
	for (int i = e->n; scale.n && i-- > stop && e->items[i].section == e->section;)
		if (e->items[i].more && str_eq(val_s(e->items[i].more, "scale"), scale))
			return i;
	return -1;
}

static int start(struct engine *e, struct str scale, const struct rich *text, const struct block *b)
{
	struct rich said = *text;
	int item = engine_add(e, S("rating"), engine_holder(e), &said, b);
	struct val *more = engine_more(e, item);
	val_set_str(more, "scale", scale);
	val_set_str(more, "question", S(""));
	val_set_str(more, "answer", S(""));
	val_set_bool(more, "given", false);
	e->structured++;
	return item;
}

static void answer(struct engine *e, int item, const struct block *b)
{
	struct val *more = engine_more(e, item);
	struct str said = val_s(more, "answer");
	if (said.n)
		said = str_fmt(e->arena, STR_FMT "\n" STR_FMT, STR_ARG(said),
			       STR_ARG(b->text.text));
	else
		said = b->text.text;
	val_set_str(more, "answer", said);
	val_set_bool(more, "given", true);
	engine_take(e, item, b);
}

static void ask(struct engine *e, int item, struct str question, const struct block *b)
{
	val_set_str(engine_more(e, item), "question", question);
	e->items[item].text = rich_plain(question);
	engine_take(e, item, b);
}

static bool is_question(const struct engine *e, const struct block *b, struct str *question)
{
	int from = 0;
	for (const struct rule *r; (r = rule_next(e->layout, e->section, RULE_QUESTION, &from));) {
		struct match match;
		if (!rule_matches(r, "", &b->key, &match))
			continue;
		*question = match_piece(&match, "text", b->text.text, NULL, NULL);
		if (!question->n)
			*question = b->text.text;
		return true;
	}
	return false;
}

/* The heading of a scale, or its question: opens it, or completes the one just opened. */
static bool opens(struct engine *e, const struct block *b)
{
	struct str question = {0};
	const struct rule *headed = find_scale(e, "", b);
	bool asked = !headed && is_question(e, b, &question);
	const struct rule *rule = asked ? find_scale(e, "ask", b) : headed;
	if (!headed && !asked)
		return false;
	if (rule)
		engine_saw(e, rule);
	struct str scale = rule ? rule->kind : (struct str){0};
	int item = open_rating(e, scale);
	bool last = e->rating >= 0 && !val_b(e->items[e->rating].more, "given") &&
		    !val_s(e->items[e->rating].more, "question").n;
	if (item < 0 && asked && !rule && last)
		item = e->rating;
	if (item < 0)
		item = start(e, scale, &b->text, b);
	else
		engine_take(e, item, b);
	if (asked)
		ask(e, item, question, b);
	else
		val_set_str(engine_more(e, item), "label", b->text.text);
	e->rating = item;
	return true;
}

bool rating_block(struct engine *e, const struct block *b)
{
	int from = 0;
	if (!e->section || b->type == BLOCK_ROW ||
	    !rule_next(e->layout, e->section, RULE_SCALE, &from))
		return false;
	if (opens(e, b))
		return true;
	const struct rule *known = find_scale(e, "answer", b);
	struct str scale =
		e->rating >= 0 ? val_s(e->items[e->rating].more, "scale") : (struct str){0};
	if (known && !str_eq(known->kind, scale) && open_rating(e, known->kind) < 0) {
		e->rating = start(e, known->kind, &b->text, b);
		engine_saw(e, known);
		answer(e, e->rating, b);
		return true;
	}
	if (e->rating < 0)
		return false;
	answer(e, e->rating, b);
	return true;
}
