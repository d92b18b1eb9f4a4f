/* What opens: named headings, coded ones, known names again, and anything that looks like one. */
#include "app/standards/import/engine.h"

#include "base/arena.h"

#include <string.h>

enum { LONGEST_HEADING = 400, LONGEST_TITLE = 200 };

static bool ends_with_mark(struct str text)
{
	return text.n && strchr(".;,:!", text.p[text.n - 1]);
}

/* Marked as a heading (#, bold, capitals); with `plain` also a short line between blank ones that
 * does not end as a sentence does and has something after it. */
bool block_is_heading(const struct engine *e, const struct block *b, bool plain)
{
	struct str text = b->text.text;
	if (b->type == BLOCK_ROW || b->mark == MARK_PLAIN || !text.n)
		return false;
	if (b->level)
		return true;
	if ((b->bold || b->capitals) && text.n <= 150 && text.p[text.n - 1] != '.')
		return true;
	bool last = b == &e->blocks.at[e->blocks.n - 1];
	return plain && text.n <= 100 && words_count(text) <= 12 && !ends_with_mark(text) &&
	       !last && b->gap_before && b->gap_after && !text_starts_small(text);
}

void label_kind(struct engine *e, struct str name, struct str label)
{
	struct val *kinds = val_get(e->document, "kinds");
	if (val_is_null(kinds))
		kinds = val_set_list(e->document, "kinds");
	for (size_t i = 0; i < val_count(kinds); i++)
		if (str_eq(val_s(val_at(kinds, i), "kind"), name))
			return;
	struct val *kind = val_push_object(kinds);
	val_set_str(kind, "kind", name);
	val_set_str(kind, "label", label);
}

/* What a heading line also says: "Notes: one more thing". */
static bool say_rest(struct engine *e, const struct block *b, const struct match *match)
{
	size_t from, to;
	if (!match_piece(match, "text", b->text.text, &from, &to).n)
		return false;
	struct block rest = *b;
	rest.text = rich_sub(e->arena, &b->text, from, to);
	rest.key = key_of(e->arena, rest.text.text);
	int before = e->n;
	if (!line_match(e, &rest))
		engine_paragraph(e, &rest);
	if (e->n > before)
		line_label(e, before, str_sub(b->text.text, 0, from));
	return true;
}

static bool enter_section(struct engine *e, const struct rule *rule, const struct block *b,
			  const struct match *match)
{
	bool again = rule == e->section;
	if (!again)
		engine_enter(e, rule);
	label_kind(e, rule->kind, b->text.text);
	e->structured++;
	if (say_rest(e, b, match))
		return true;
	if (rule_has(rule, "keep") && !again)
		engine_add(e, S("lead"), engine_holder(e), &b->text, b);
	engine_furniture(e, b,
			 again ? N_("the same heading again")
			       : N_("a heading that says what follows"));
	return true;
}

static struct str opened_key(struct engine *e, int item)
{
	return key_heading(e->arena, e->items[item].text.text);
}

/* A running head: it says again what stands open. */
static bool is_open(struct engine *e, int item, const struct rich *text, const struct block *b)
{
	if (item < 0)
		return false;
	int line = e->items[item].lines[0];
	return str_eq(opened_key(e, item), key_heading(e->arena, text->text)) ||
	       str_eq(e->source->lines[line].text, e->source->lines[b->first].text);
}

static int open_named(struct engine *e, const struct rule *rule, const struct block *b,
		      const struct match *match, int rank)
{
	size_t from = b->label_bytes, to = b->text.text.n;
	struct str code = match_piece(match, "code", b->text.text, NULL, NULL);
	match_piece(match, "text", b->text.text, &from, &to);
	struct rich text = rich_sub(e->arena, &b->text, from, to);
	if (is_open(e, e->holder[rank], &text, b)) {
		engine_furniture(e, b, N_("the same heading again"));
		return -1;
	}
	int item = engine_open(e, rule, rank, code, &text, b);
	if (!code.n && b->label.n)
		e->items[item].code = b->label;
	if (rule_has(rule, "numbered"))
		number_item(e, item);
	if (e->items[item].code.n)
		engine_index(e, item);
	return item;
}

bool heading_named(struct engine *e, const struct block *b)
{
	if (b->type == BLOCK_ROW || b->mark == MARK_PLAIN || b->key.text.n > LONGEST_HEADING)
		return false;
	struct key bare = {b->heading, NULL};
	for (int i = 0; i < e->layout->n; i++) {
		const struct rule *rule = &e->layout->rules[i];
		struct match match = {0};
		if (rule->verb != RULE_SECTION && rule->verb != RULE_HEADING)
			continue;
		if (!rule_matches(rule, "", &b->key, &match)) {
			struct args strings = rule_strings(rule, "");
			bool found = false;
			for (int s = 0; s < strings.n && !found; s++)
				found = !pattern_captures(strings.at[s].pattern) &&
					pattern_match(strings.at[s].pattern, &bare, NULL);
			if (!found)
				continue;
		}
		engine_saw(e, rule);
		if (rule->verb == RULE_SECTION)
			return enter_section(e, rule, b, &match);
		open_named(e, rule, b, &match, rule->rank);
		return true;
	}
	return false;
}

/* ------------------------------------------------------------------ codes */

static bool is_only_digits(struct str code)
{
	for (size_t i = 0; i < code.n; i++)
		if (!strchr("0123456789.", code.p[i]))
			return false;
	return true;
}

/* "2.5 million people" begins with no code, unless 2 or 2.4 has been one. */
static bool is_measure(struct engine *e, struct str code)
{
	ptrdiff_t dot = str_find_char(code, '.');
	int64_t last;
	if (!is_only_digits(code) || dot < 1 || !str_int(str_from(code, (size_t)dot + 1), &last))
		return false;
	struct str above = str_sub(code, 0, (size_t)dot);
	struct str before = str_fmt(e->arena, STR_FMT ".%d", STR_ARG(above), (int)last - 1);
	return engine_coded(e, above) < 0 && engine_coded(e, before) < 0;
}

/* A code alone on its line takes the next paragraph as its text. */
static void take_next(struct engine *e, int item)
{
	if (e->items[item].text.text.n || e->block + 1 >= e->blocks.n)
		return;
	const struct block *next = &e->blocks.at[e->block + 1];
	if (next->type != BLOCK_PARA || next->level || block_is_known(e->layout, &next->key) ||
	    block_is_labelled(e->layout, &next->key))
		return;
	e->items[item].text = next->text;
	engine_take(e, item, next);
	e->skip = e->block + 1;
}

/* A code seen before: a running head if it stands open; else it is taken up again, as after a table
 * of contents. With other words it is something new, and a guess. */
static bool coded_before(struct engine *e, int known, const struct rich *text,
			 const struct block *b)
{
	struct str old = opened_key(e, known), new = key_heading(e->arena, text->text);
	if (!str_starts(old, new) && !str_starts(new, old))
		return false;
	bool open = false;
	for (int i = 0; i < RANKS; i++)
		open |= e->holder[i] == known;
	if (!open)
		engine_reenter(e, known);
	engine_furniture(e, b,
			 open ? N_("a running head: the same code and words again")
			      : N_("a code and its words again: what follows stands under it"));
	return true;
}

static bool open_coded(struct engine *e, const struct rule *rule, const struct block *b)
{
	struct args codes = rule_strings(rule, "");
	for (int i = 0; i < codes.n; i++) {
		struct str code;
		size_t end = code_match(e->arena, codes.at[i].text, b->text.text, &code);
		if (!end)
			continue;
		struct rich text = rich_sub(e->arena, &b->text, end, b->text.text.n);
		if (is_measure(e, code) && text_starts_small(text.text))
			continue;
		if (rule_has(rule, "alone") &&
		    !(b->gap_before && b->gap_after && text.text.n < 120))
			continue;
		bool inner = e->section && e->section->inner_n && rule >= e->section->inner &&
			     rule < e->section->inner + e->section->inner_n;
		int known = inner ? -1 : engine_coded(e, code);
		engine_saw(e, rule);
		if (known >= 0 && coded_before(e, known, &text, b))
			return true;
		int item = engine_open(e, rule, rule->rank, code, &text, b);
		if (known >= 0)
			engine_guess(e, item, N_("its code has been seen before with other words"));
		take_next(e, item);
		if (!inner)
			engine_index(e, item);
		list_base(e, item, b);
		return true;
	}
	return false;
}

bool heading_coded(struct engine *e, const struct block *b)
{
	if (b->type == BLOCK_ROW)
		return false;
	int from = 0;
	const struct rule *rule;
	while (e->section && (rule = rule_next(e->layout, e->section, RULE_CODE, &from)))
		if (open_coded(e, rule, b))
			return true;
	from = 0;
	while ((rule = rule_next(e->layout, NULL, RULE_CODE, &from)))
		if (open_coded(e, rule, b))
			return true;
	return false;
}

/* ------------------------------------------------------------------ names again */

/* A heading that names an item of the kind, perhaps spelled a little otherwise. */
bool heading_again(struct engine *e, const struct block *b)
{
	int from = 0;
	const struct rule *rule = rule_next(e->layout, NULL, RULE_AGAIN, &from);
	if (!rule || b->type != BLOCK_PARA || b->text.text.n > LONGEST_TITLE ||
	    (!b->level && ends_with_mark(b->text.text)))
		return false;
	int best = -1, most = 69;
	for (int i = 0; i < e->named_n; i++) {
		struct str name = e->items[e->named[i]].text.text;
		int alike = key_alike(key_text(e->arena, name), b->heading);
		if (alike > most) {
			most = alike;
			best = e->named[i];
		}
	}
	if (best < 0)
		return false;
	engine_saw(e, rule);
	e->structured++;
	bool same = e->section == rule && engine_holder(e) == best;
	struct item *item = &e->items[best];
	if (!same)
		engine_reenter(e, best);
	e->section = rule;
	item->inner = false; /* the heading holds it open now, not the list it stood in */
	if (!str_eq(key_heading(e->arena, item->text.text), b->heading))
		val_set_str(engine_more(e, best), "also", b->text.text);
	engine_take(e, best, b);
	return true;
}

/* ------------------------------------------------------------------ any other */

void number_item(struct engine *e, int index)
{
	struct item *item = &e->items[index];
	int number = 1;
	if (item->code.n)
		return;
	for (int i = index; i-- > item->parent + 1;) /* children stand after their parent */
		if (e->items[i].parent == item->parent && str_eq(e->items[i].kind, item->kind)) {
			int64_t last = 0;
			struct str code = e->items[i].code;
			ptrdiff_t dot;
			while ((dot = str_find_char(code, '.')) >= 0)
				code = str_from(code, (size_t)dot + 1);
			if (str_int(code, &last))
				number = (int)last + 1;
			break;
		}
	struct str above = item->parent >= 0 ? e->items[item->parent].code : (struct str){0};
	item->code = above.n ? str_fmt(e->arena, STR_FMT ".%d", STR_ARG(above), number)
			     : str_fmt(e->arena, "%d", number);
	val_set_bool(engine_more(e, index), "numbered", true);
}

static int style_of(const struct block *b)
{
	return b->level ? b->level : b->capitals ? 0 : 7;
}

/* Without # the style gives the rank: below all #, capitals above bold above plain. */
static int style_rank(const struct engine *e, const struct block *b)
{
	int deepest = 0;
	for (int level = 1; level <= 6; level++)
		deepest = e->styles[level] ? level : deepest;
	if (b->level)
		return b->level;
	deepest += 1;
	if (b->capitals)
		return deepest;
	deepest += e->styles[0] > 0;
	return b->bold ? deepest : deepest + (e->styles[7] > 0);
}

/* "Name of the thing **What it is about.** And more": the name is the heading. */
static void split_heading(struct engine *e, int item, const struct block *b)
{
	struct rich whole = e->items[item].text;
	int i = 0;
	while (i < whole.n && !(whole.spans[i].style == RICH_BOLD && whole.spans[i].from))
		i++;
	if (!b->level || i == whole.n || whole.text.n < 60)
		return;
	e->items[item].text = rich_sub(e->arena, &whole, 0, whole.spans[i].from);
	struct rich rest = rich_sub(e->arena, &whole, whole.spans[i].from, whole.text.n);
	engine_add(e, S("purpose"), item, &rest, b);
}

static void add_comment(struct engine *e, int item, const struct block *b)
{
	if (!b->text.comment.n)
		return;
	int from = 0;
	struct key key = key_of(e->arena, b->text.comment);
	for (const struct rule *r; (r = rule_next(e->layout, NULL, RULE_COMMENT, &from));) {
		struct match match;
		if (!rule_matches(r, "", &key, &match))
			continue;
		struct rich text =
			rich_plain(match_piece(&match, "text", b->text.comment, NULL, NULL));
		item = engine_add(e, r->kind, item, &text, b);
		line_pieces(e, item, &match, b->text.comment);
		return;
	}
	val_set_str(engine_more(e, item), "comment", b->text.comment);
}

bool heading_any(struct engine *e, const struct block *b)
{
	int from = 0;
	for (const struct rule *r; (r = rule_next(e->layout, NULL, RULE_HEADING, &from));) {
		if (rule_strings(r, "").n || !block_is_heading(e, b, rule_has(r, "plain")))
			continue;
		struct match none = {0};
		int rank = r->rank ? r->rank : style_rank(e, b);
		int item = open_named(e, r, b, &none, rank < RANKS ? rank : RANKS - 1);
		if (item < 0)
			return true;
		split_heading(e, item, b);
		add_comment(e, item, b);
		legend_apply(e, item);
		return true;
	}
	return false;
}

static bool takes_any_heading(const struct engine *e)
{
	int from = 0;
	for (const struct rule *r; (r = rule_next(e->layout, NULL, RULE_HEADING, &from));)
		if (!rule_strings(r, "").n)
			return true;
	return false;
}

/* A heading right before another of its style has nothing under it: it is the title of all. */
static bool heading_follows(const struct engine *e, const struct block *b)
{
	const struct block *next = b + 1 < e->blocks.at + e->blocks.n ? b + 1 : NULL;
	return next && block_is_heading(e, next, false) && style_of(next) == style_of(b) &&
	       !str_eq(next->heading, b->heading);
}

/* The first line of a text that says nothing else is its title, short ones after it its subtitle.
 */
bool heading_title(struct engine *e, const struct block *b)
{
	struct str text = b->text.text;
	bool only = !block_is_heading(e, b, false) || e->styles[style_of(b)] == 1 ||
		    !takes_any_heading(e) || heading_follows(e, b);
	if (e->n || e->section || b->type != BLOCK_PARA || text.n > LONGEST_TITLE ||
	    words_count(text) > 25 || ends_with_mark(text) || !only)
		return false;
	if (!e->title_key.n) {
		val_set_str(e->document, "title", text);
		e->title_key = b->heading;
		engine_furniture(e, b, N_("the title of the document"));
		return true;
	}
	if (val_has(e->document, "subtitle") || block_is_heading(e, b, takes_any_heading(e)))
		return false;
	val_set_str(e->document, "subtitle", text);
	engine_furniture(e, b, N_("the subtitle of the document"));
	return true;
}
