/*
 * Lists: which entry stands under which.
 *
 * Indentation decides among plain bullets. A code or an ordinal (a, b, c) shows by itself that it
 * stands beside the others of its row, whatever its indentation; a plain bullet after one stands
 * under it. Where a layout says `guess colon`, what follows an entry that ends with a colon (or
 * with "e.g.,") at the same depth is taken to stand under it, until an entry that itself ends with
 * a colon comes, or one that is not italic where the others were. Whatever the indentation does not
 * show is marked as guessed.
 */
#include "app/standards/import/engine.h"

#include "base/arena.h"

#include <string.h>

void list_reset(struct engine *e)
{
	e->depth = 0;
	e->lead = -1;
}

static bool is_ordinal(const struct block *b)
{
	return b->mark > MARK_PLAIN;
}

/* Words that begin examples, at the end of the text: what follows is an example of it. */
static bool ends_with_words(struct engine *e, const struct rule *rule, const char *name,
			    struct str text)
{
	struct str key = key_text(e->arena, str_from(text, text.n > 60 ? text.n - 60 : 0));
	while (key.n && strchr(" :,", key.p[key.n - 1]))
		key.n--;
	struct args words = rule_strings(rule, name);
	for (int i = 0; i < words.n; i++)
		if (str_ends(key, words.at[i].key))
			return true;
	return false;
}

static bool leads_on(struct engine *e, struct str text)
{
	int from = 0;
	if (str_ends(text, S(":")))
		return true;
	for (const struct rule *r; (r = rule_next(e->layout, NULL, RULE_EXAMPLE, &from));)
		if (ends_with_words(e, r, "", text))
			return true;
	return false;
}

static bool guesses_colon(const struct engine *e)
{
	int from = 0;
	for (const struct rule *r; (r = rule_next(e->layout, NULL, RULE_GUESS, &from));)
		if (str_is(r->kind, "colon"))
			return true;
	return false;
}

static void push(struct engine *e, int item, const struct block *b, int indent, bool ordered)
{
	if (e->depth == MOST_NESTED)
		e->depth--;
	e->list[e->depth++] =
		(struct entry){.item = item,
			       .indent = indent,
			       .ordered = ordered,
			       .mark = b->mark,
			       .ordinal = b->ordinal,
			       .leads = guesses_colon(e) && leads_on(e, e->items[item].text.text)};
}

void list_base(struct engine *e, int item, const struct block *b)
{
	push(e, item, b, b->indent, true);
}

/* The entry of an open row of ordinals that this one comes after: 2 after 1, b after a. */
static int row_before(const struct engine *e, const struct block *b)
{
	for (int i = e->depth; i-- > 0;) {
		const struct entry *entry = &e->list[i];
		/* i) may be the letter after h or the first Roman number */
		bool small = (entry->mark == MARK_LOWER || entry->mark == MARK_ROMAN) &&
			     (b->mark == MARK_LOWER || b->mark == MARK_ROMAN);
		if (entry->mark == b->mark && b->ordinal == entry->ordinal + 1)
			return i;
		if ((small || entry->mark == b->mark) && entry->indent == b->indent)
			return i;
	}
	return -1;
}

/* At the same depth after an entry that ends with a colon: under it, or beside it? */
static bool goes_under(struct engine *e, struct entry *top, const struct block *b)
{
	bool leads = leads_on(e, b->text.text);
	if (!top->leads)
		return false;
	if (top->children && (leads || (top->italic && !b->italic))) {
		top->leads = false;
		return false;
	}
	return true;
}

/* Pops what the block does not stand under. Sets `guess` where the indentation does not show it. */
static int find_depth(struct engine *e, const struct block *b, const char **guess)
{
	int indent = b->indent;
	if (is_ordinal(b)) {
		int row = row_before(e, b);
		if (row >= 0) {
			e->depth = row;
			return indent;
		}
	}
	for (int i = 0; i < e->depth && !is_ordinal(b); i++) {
		struct entry *entry = &e->list[i];
		bool last = i == e->depth - 1 || !e->list[i + 1].ordered;
		if (!entry->ordered || indent > entry->indent || !last)
			continue;
		indent = entry->indent + 1;
		entry->opened |= b->gap_before && !entry->children &&
				 str_ends(e->items[entry->item].text.text, S(":"));
		if (!entry->opened)
			*guess = N_("a plain entry stands under the numbered one before it");
	}
	while (e->depth) {
		struct entry *top = &e->list[e->depth - 1];
		if (top->indent < indent)
			break;
		if (top->indent == indent && goes_under(e, top, b)) {
			*guess = N_("it follows an entry that ends with a colon");
			break;
		}
		if (top->ordered && e->items[top->item].rank)
			break;
		e->depth--;
	}
	return indent;
}

static struct str nested_kind(struct engine *e, int parent)
{
	struct str text = e->items[parent].text.text;
	struct str tail = key_text(e->arena, str_from(text, text.n > 120 ? text.n - 120 : 0));
	const struct rule *places[] = {e->section, NULL};
	for (int p = e->section ? 0 : 1; p < 2; p++) {
		int from = 0;
		for (const struct rule *r;
		     (r = rule_next(e->layout, places[p], RULE_NESTED, &from));) {
			struct args words = rule_strings(r, "if");
			bool ends = rule_has(r, "ends"), fits = !rule_has(r, "if") && !ends;
			fits |= ends && ends_with_words(e, r, "ends", text);
			for (int i = 0; i < words.n && !fits; i++)
				fits = str_find(tail, words.at[i].key) >= 0;
			if (fits)
				return r->kind;
		}
	}
	return S("detail");
}

static struct str top_kind(struct engine *e)
{
	int from = 0;
	const struct rule *rule =
		e->section ? rule_next(e->layout, e->section, RULE_BULLET, &from) : NULL;
	if (rule)
		return rule->kind;
	if (e->section && e->section->verb == RULE_SECTION)
		return e->section->kind;
	from = 0;
	if (engine_holder(e) >= 0 && (rule = rule_next(e->layout, NULL, RULE_LOOSE, &from)))
		return rule->kind;
	from = 0;
	rule = rule_next(e->layout, NULL, RULE_BULLET, &from);
	return rule ? rule->kind : S("text");
}

static bool into_level(struct engine *e, const struct block *b)
{
	int criterion = engine_holder(e);
	if (e->level < 0 || criterion < 0)
		return false;
	struct rich text = rich_sub(e->arena, &b->text, b->label_bytes, b->text.text.n);
	descriptor_add(e, criterion, e->level, &text, b->first);
	engine_take(e, criterion, b);
	return true;
}

void engine_bullet(struct engine *e, const struct block *b)
{
	const char *guess = NULL;
	if (into_level(e, b))
		return;
	bool loose = !e->section && engine_holder(e) >= 0 && !e->depth && e->lead < 0 &&
		     engine_rule(e, RULE_LOOSE);
	int indent = find_depth(e, b, &guess), holder = engine_holder(e);
	int parent = e->depth ? e->list[e->depth - 1].item : e->lead >= 0 ? e->lead : holder;
	bool under = e->depth ? !e->items[parent].heading || !e->items[parent].rank
			      : e->lead >= 0 && !str_is(e->items[e->lead].kind, "lead");
	struct rich text = rich_sub(e->arena, &b->text, b->label_bytes, b->text.text.n);
	int item = engine_add(e, under ? nested_kind(e, parent) : top_kind(e), parent, &text, b);
	e->items[item].code = b->label;
	e->items[item].loose = loose;
	if (e->depth) {
		struct entry *above = &e->list[e->depth - 1];
		above->italic = above->children++ ? above->italic && b->italic : b->italic;
	}
	legend_apply(e, item);
	if (guess)
		engine_guess(e, item, guess);
	else if (loose)
		engine_guess(e, item, N_("it stands before any heading that says what it is"));
	push(e, item, b, indent, is_ordinal(b));
}
