/* The order in which a block is tried against the rules of a layout. */
#include "app/standards/import/engine.h"

#include "base/arena.h"

#include <string.h>

/* ------------------------------------------------------------------ furniture and facts */

static bool is_number(struct str s)
{
	bool any = false;
	for (size_t i = 0; i < s.n; i++) {
		if (!strchr("0123456789ivxl. ", s.p[i]))
			return false;
		any |= s.p[i] != '.' && s.p[i] != ' ';
	}
	return any;
}

static bool drop_named(struct engine *e, const struct rule *within, const struct block *b)
{
	int from = 0;
	for (const struct rule *r; (r = rule_next(e->layout, within, RULE_DROP, &from));) {
		if (rule_has(r, "repeated") || !rule_matches(r, "", &b->key, NULL))
			continue;
		struct args why = rule_strings(r, "why");
		engine_furniture(e, b,
				 rule_has(r, "why") && why.n ? str_c(e->arena, why.at[0].text)
							     : N_("furniture, by the layout"));
		return true;
	}
	return false;
}

static bool is_title(const struct engine *e, const struct block *b)
{
	struct str subtitle = key_heading(e->arena, val_s(e->document, "subtitle"));
	return (e->title_key.n && str_eq(e->title_key, b->heading)) ||
	       (subtitle.n && str_eq(subtitle, b->heading));
}

static bool drop(struct engine *e, const struct block *b)
{
	const char *why = NULL;
	bool contents = b->type == BLOCK_ROW && b->cells_n == 2 && !e->table &&
			is_number(b->cells[1].text) && !is_number(b->cells[0].text);
	if (b->type == BLOCK_RULE)
		why = N_("a drawn line");
	else if (!b->text.text.n && b->text.comment.n)
		why = N_("a comment that no reader sees");
	else if (!b->text.text.n)
		why = N_("marks without words");
	else if (b->repeated)
		why = N_("a running head: the same short line stands here and there");
	else if (b->type == BLOCK_PARA && is_title(e, b))
		why = N_("the title of the document again");
	else if (contents)
		why = N_("a line of a table of contents");
	if (why) {
		engine_furniture(e, b, why);
		return true;
	}
	return (e->section && drop_named(e, e->section, b)) || drop_named(e, NULL, b);
}

static bool end(struct engine *e, const struct block *b)
{
	int from = 0;
	struct key bare = {b->heading, NULL};
	for (const struct rule *r; (r = rule_next(e->layout, NULL, RULE_END, &from));) {
		if (!rule_matches(r, "", &b->key, NULL) && !rule_matches(r, "", &bare, NULL))
			continue;
		struct val *at = val_set_object(e->document, "ends_at");
		val_set_int(at, "line", b->first + 1);
		val_set_str(at, "next", rule_word_after(r, "next"));
		e->ended = true;
		engine_outside(e, b, N_("after the end of this document: another begins here"));
		return true;
	}
	return false;
}

/* A fact about the document. One that keeps a piece counts only before the first item. */
static bool meta(struct engine *e, const struct block *b)
{
	int from = 0;
	bool before = !e->section && engine_holder(e) < 0;
	if (b->type == BLOCK_ROW || b->mark == MARK_PLAIN)
		return false;
	for (const struct rule *r; (r = rule_next(e->layout, NULL, RULE_META, &from));) {
		struct args strings = rule_strings(r, "");
		for (int i = 0; i < strings.n; i++) {
			const struct pattern *p = strings.at[i].pattern;
			struct match match = {0};
			if (!before && !pattern_is_exact(p))
				continue;
			if (!pattern_match(p, &b->key, &match))
				continue;
			struct str value = match_piece(&match, "text", b->text.text, NULL, NULL);
			bool label = !match.n && rule_has(r, "label") && pattern_is_exact(p);
			const char *name = str_c(e->arena, r->kind);
			if (!value.n && !label)
				value = b->text.text;
			if (value.n && !val_has(e->document, name))
				val_set_str(e->document, name, value);
			if (value.n && str_is(r->kind, "title"))
				e->title_key = key_heading(e->arena, value);
			engine_saw(e, r);
			engine_furniture(e, b, N_("a fact about the document"));
			return true;
		}
	}
	return false;
}

/* ------------------------------------------------------------------ what is left */

static bool bullet(struct engine *e, const struct block *b)
{
	if (b->type != BLOCK_BULLET)
		return false;
	e->structured++;
	engine_bullet(e, b);
	return true;
}

/* A paragraph that begins small goes on with what a page break cut. */
static bool continues(struct engine *e, const struct block *b)
{
	if (e->last < 0 || !text_starts_small(b->text.text) ||
	    b->text.text.p[b->text.text.n - 1] == ':')
		return false;
	struct item *item = &e->items[e->last];
	bool same = item->section == e->section && !item->heading && item->text.text.n > 30;
	if (!same || !text_is_unfinished(item->text.text) || !e->section)
		return false;
	item->text = rich_join(e->arena, &item->text, S(" "), &b->text);
	engine_take(e, e->last, b);
	engine_guess(e, e->last, N_("joined with a piece that begins with a small letter"));
	return true;
}

static struct str para_kind(const struct engine *e, const struct block *b)
{
	const struct rule *section = e->section;
	int from = 0;
	const struct rule *rule = NULL;
	if (section && b->capitals)
		rule = rule_next(e->layout, section, RULE_CAPS, &from);
	from = 0;
	if (section && !rule)
		rule = rule_next(e->layout, section, RULE_PARA, &from);
	if (rule)
		return rule->kind;
	if (section && section->verb == RULE_SECTION)
		return section->kind;
	from = 0;
	if (engine_holder(e) >= 0 && (rule = rule_next(e->layout, NULL, RULE_LOOSE, &from)))
		return rule->kind;
	from = 0;
	if ((rule = rule_next(e->layout, NULL, RULE_PARA, &from)))
		return rule->kind;
	return engine_holder(e) >= 0 ? S("text") : S("introduction");
}

/* Under the item it stands in: a paragraph that is not indented has left the coded list entry. */
static int para_parent(struct engine *e, const struct block *b)
{
	for (int rank = RANKS; rank-- > 0;) {
		int item = e->holder[rank];
		if (item >= 0 && e->items[item].inner && b->indent <= e->items[item].indent)
			e->holder[rank] = -1;
	}
	int from = 0;
	const struct rule *rule =
		e->section ? rule_next(e->layout, e->section, RULE_PARA, &from) : NULL;
	struct str under = rule ? rule_word_after(rule, "under") : (struct str){0};
	if (str_is(under, "none"))
		engine_close_inner(e);
	int stop = e->n > 500 ? e->n - 500 : 0;
	for (int i = e->n; under.n && i-- > stop && e->items[i].section == e->section;)
		if (str_eq(e->items[i].kind, under))
			return i;
	return engine_holder(e);
}

void engine_paragraph(struct engine *e, const struct block *b)
{
	struct str text = b->text.text;
	bool lead = text.p[text.n - 1] == ':' && words_count(text) > 1;
	bool loose = !e->section && engine_holder(e) >= 0 && engine_rule(e, RULE_LOOSE);
	if (continues(e, b))
		return;
	const struct rule *rule = engine_rule(e, RULE_LEAD);
	int parent = para_parent(e, b);
	bool first = e->last < 0 || e->items[e->last].section != e->section ||
		     e->items[e->last].parent != parent;
	list_reset(e);
	if (e->level >= 0 && parent >= 0) {
		descriptor_add(e, parent, e->level, &b->text, b->first);
		engine_take(e, parent, b);
		return;
	}
	if (lead && rule && str_is(rule->kind, "drop")) {
		engine_furniture(e, b, N_("a lead-in to the list below"));
		return;
	}
	int item = engine_add(e, lead ? rule ? rule->kind : S("lead") : para_kind(e, b), parent,
			      &b->text, b);
	const struct rule *para = engine_rule(e, RULE_PARA);
	if (para && rule_has(para, "numbered") && str_eq(para->kind, e->items[item].kind))
		number_item(e, item);
	/* A lead-in that opens a section speaks for all of it; a later one for its list alone. */
	bool opens = first && e->section && e->section->verb == RULE_SECTION;
	e->lead = lead && !opens ? item : -1;
	e->items[item].loose = loose;
	if (loose)
		engine_guess(e, item, N_("it stands before any heading that says what it is"));
}

static bool paragraph(struct engine *e, const struct block *b)
{
	if (b->type == BLOCK_ROW)
		return false;
	engine_paragraph(e, b);
	return true;
}

static bool unplaced(struct engine *e, const struct block *b)
{
	engine_unplaced(e, b,
			b->type == BLOCK_ROW
				? N_("a row of a table that the layout does not expect here")
				: N_("nothing in the layout says what this is"));
	return true;
}

/* ------------------------------------------------------------------ the whole */

static bool (*const steps[])(struct engine *, const struct block *) = {
	end,           meta,          drop,         legend_row, level_heading, heading_named,
	heading_coded, heading_again, rating_block, table_row,  line_match,    heading_title,
	heading_any,   bullet,        paragraph,    unplaced,
};

/* A row of which only the first cell says something, where no table is open, is a paragraph. */
static void read_block(struct engine *e, const struct block *b)
{
	struct block alone = *b;
	int said = 0;
	for (int i = 0; i < b->cells_n; i++)
		said += b->cells[i].text.n > 0;
	if (b->type == BLOCK_ROW && said == 1 && b->cells[0].text.n && !e->table) {
		alone.type = BLOCK_PARA;
		alone.text = b->cells[0];
		alone.key = key_of(e->arena, alone.text.text);
		alone.heading = key_heading(e->arena, alone.text.text);
		alone.bold = rich_is(&alone.text, RICH_BOLD);
		alone.capitals = text_is_capitals(alone.text.text);
		b = &alone;
	}
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (steps[i](e, b))
			return;
}

static void find_begin(struct engine *e)
{
	int from = 0;
	for (const struct rule *r; (r = rule_next(e->layout, NULL, RULE_BEGIN, &from));)
		for (int i = 0; i < e->blocks.n; i++) {
			const struct block *b = &e->blocks.at[i];
			struct key bare = {b->heading, NULL};
			struct match match = {0};
			if (!rule_matches(r, "", &b->key, &match) &&
			    !rule_matches(r, "", &bare, NULL))
				continue;
			struct str title = match_piece(&match, "title", b->text.text, NULL, NULL);
			if (str_ends(title, S(".")))
				title.n--;
			if (title.n)
				val_set_str(e->document, "title", title);
			engine_saw(e, r);
			e->begins = i;
			return;
		}
}

/* A heading doubled by a page break counts once. */
static void count_styles(struct engine *e)
{
	struct str last[8] = {{0}};
	for (int i = e->begins; i < e->blocks.n; i++) {
		const struct block *b = &e->blocks.at[i];
		struct key bare = {b->heading, NULL};
		if (b->repeated || !block_is_heading(e, b, false) ||
		    block_is_known(e->layout, &bare))
			continue;
		int style = b->level ? b->level : b->capitals ? 0 : 7;
		if (!str_eq(last[style], b->heading))
			e->styles[style]++;
		last[style] = b->heading;
	}
}

void engine_read(struct engine *e)
{
	e->blocks = blocks_read(e->arena, e->source, e->layout);
	find_begin(e);
	count_styles(e);
	level_find_headings(e);
	for (e->block = 0; e->block < e->blocks.n; e->block++) {
		const struct block *b = &e->blocks.at[e->block];
		if (e->block == e->skip)
			continue;
		if (e->block < e->begins)
			engine_outside(e, b, N_("before the beginning of this document"));
		else if (e->ended)
			engine_outside(e, b, N_("after the end of this document"));
		else
			read_block(e, b);
	}
	for (int rank = RANKS; rank-- > 0;)
		if (e->holder[rank] >= 0)
			finish_loose(e, e->holder[rank]);
}
