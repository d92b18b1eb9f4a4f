/*
 * Tables. `table rubric KIND`: a row is a criterion, its columns are levels. `table columns KIND`:
 * the cells of the first row are items, those below stand under them. `table rows KIND`: a row is
 * an item, the first row names its fields (rows.c).
 */
#include "app/standards/import/engine.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

enum { MOST_COLUMNS = 40 };

struct table {
	const struct rule *rule;
	int columns, first; /* first: the column of the first level */
	int line;
	struct str names[MOST_COLUMNS];
	int of[MOST_COLUMNS]; /* level or item of each column */
	bool named;           /* the head is complete */
	struct columns *fields;
};

/* ------------------------------------------------------------------ levels */

int level_find(struct engine *e, struct str name, int line, bool add)
{
	struct str key = key_heading(e->arena, name);
	for (int i = 0; i < e->levels_n; i++)
		if (str_eq(e->levels[i].key, key))
			return i;
	if (!add || e->levels_n == MOST_NESTED || !key.n)
		return -1;
	e->levels[e->levels_n] = (struct level){.name = name, .key = key, .line = line};
	return e->levels_n++;
}

void descriptor_add(struct engine *e, int item, int level, const struct rich *text, int line)
{
	if (e->cells_n == e->cells_cap) {
		int more = e->cells_cap ? e->cells_cap * 2 : 64;
		e->cells = arena_grow(e->arena, e->cells, sizeof *e->cells * (size_t)e->cells_cap,
				      sizeof *e->cells * (size_t)more);
		e->cells_cap = more;
	}
	e->cells[e->cells_n++] = (struct cell){item, level, line, *text};
}

bool level_is_named(const struct engine *e, struct str text)
{
	int from = 0;
	struct key key = {key_text(e->arena, text), NULL};
	if (!key.text.n || key.text.n > 100)
		return false;
	for (const struct rule *r; (r = rule_next(e->layout, NULL, RULE_LEVEL, &from));)
		if (rule_matches(r, "", &key, NULL))
			return true;
	return false;
}

/* Headings that are levels under every competency: their names are known, or stand at the depth
 * of known ones and come again. */
bool level_heading(struct engine *e, const struct block *b)
{
	int known = -1;
	if (engine_holder(e) < 0 || !block_is_heading(e, b, false))
		return false;
	for (int i = 0; i < e->level_names_n && known < 0; i++)
		if (str_eq(e->level_names[i], b->heading))
			known = i;
	if (known < 0)
		return false;
	e->level = level_find(e, b->text.text, b->first, true);
	e->lead = -1;
	list_reset(e);
	e->structured++;
	engine_furniture(e, b, N_("a heading that names a level"));
	return true;
}

struct name_count {
	struct str key;
	int n;
	bool known;
};

static int count_name(struct name_count *names, int n, const struct engine *e,
		      const struct block *b)
{
	for (int i = 0; i < n; i++)
		if (str_eq(names[i].key, b->heading)) {
			names[i].n++;
			return n;
		}
	if (n == MOST_COLUMNS)
		return n;
	names[n] = (struct name_count){b->heading, 1, level_is_named(e, b->text.text)};
	return n + 1;
}

void level_find_headings(struct engine *e)
{
	for (int style = 1; style <= 7; style++) {
		struct name_count names[MOST_COLUMNS];
		int n = 0, known = 0;
		for (int i = e->begins; i < e->blocks.n; i++) {
			const struct block *b = &e->blocks.at[i];
			bool bold = style == 7 && !b->level && b->bold;
			if ((b->level == style || bold) && block_is_heading(e, b, false))
				n = count_name(names, n, e, b);
		}
		for (int i = 0; i < n; i++)
			known += names[i].known;
		for (int i = 0; i < n && known >= 2; i++)
			if ((names[i].known || names[i].n > 1) && e->level_names_n < MOST_COLUMNS)
				e->level_names[e->level_names_n++] = names[i].key;
	}
}

/* ------------------------------------------------------------------ the head of a rubric */

static bool is_short(const struct rich *cell)
{
	struct str text = cell->text;
	return text.n <= 80 && words_count(text) <= 8 &&
	       !(text.n && strchr(".;", text.p[text.n - 1]));
}

/* How many cells name levels; -1 if one that is not the first does not. */
static int level_cells(const struct engine *e, const struct block *b)
{
	int levels = 0;
	for (int i = 0; i < b->cells_n; i++) {
		if (!b->cells[i].text.n)
			continue;
		if (level_is_named(e, b->cells[i].text))
			levels++;
		else if (i)
			return -1;
	}
	return levels;
}

static bool next_is_row(const struct engine *e)
{
	for (int i = e->block + 1; i < e->blocks.n; i++)
		if (e->blocks.at[i].type != BLOCK_RULE)
			return e->blocks.at[i].type == BLOCK_ROW;
	return false;
}

static bool all_short(const struct block *b)
{
	int said = 0;
	for (int i = 0; i < b->cells_n; i++) {
		if (!is_short(&b->cells[i]))
			return false;
		said += b->cells[i].text.n > 0;
	}
	return said >= 2;
}

static bool is_level_head(const struct engine *e, const struct rule *rule, const struct block *b)
{
	int levels = level_cells(e, b);
	bool any = !rule_has(rule, "known") && all_short(b) && next_is_row(e);
	return levels >= 2 || (levels <= 0 && any);
}

static void start_rubric(struct engine *e, struct table *t, const struct block *b)
{
	t->first = b->cells_n && !level_is_named(e, b->cells[0].text);
	if (level_cells(e, b) <= 0)
		t->first =
			b->cells_n > 2; /* of unknown names the first is the criterion's column */
	t->columns = b->cells_n < MOST_COLUMNS ? b->cells_n : MOST_COLUMNS;
	t->line = b->first;
	for (int i = 0; i < t->columns; i++)
		t->names[i] = b->cells[i].text;
	engine_furniture(e, b, N_("the head of a table: its levels"));
}

static bool is_second_head(const struct block *b)
{
	bool said = false;
	for (int i = 0; i < b->cells_n; i++) {
		const struct rich *cell = &b->cells[i];
		if (!cell->text.n)
			continue;
		said = true;
		if (!is_short(cell) || !(text_is_capitals(cell->text) || rich_is(cell, RICH_BOLD)))
			return false;
	}
	return said && b->cells_n > 1 && b->cells[1].text.n;
}

static void finish_head(struct engine *e, struct table *t)
{
	t->named = true;
	for (int i = t->first; i < t->columns; i++)
		t->of[i] = level_find(e, t->names[i], t->line, true);
}

/* ------------------------------------------------------------------ a criterion */

/* A row without a name of its own is called by what it says first, or by the bold words of it. */
static struct rich derived_name(struct engine *e, const struct rich *cell)
{
	size_t end = cell->text.n;
	if (cell->n && cell->spans[0].style == RICH_BOLD && !cell->spans[0].from &&
	    words_count(str_sub(cell->text, 0, cell->spans[0].to)) > 3)
		end = cell->spans[0].to;
	struct str name = utf8_shorten(e->arena, str_sub(cell->text, 0, end), 120);
	while (name.n && strchr(" .;,:", name.p[name.n - 1]))
		name.n--;
	return rich_plain(name);
}

static void add_criterion(struct engine *e, struct table *t, const struct block *b)
{
	int first = -1;
	for (int i = 0; i < b->cells_n && first < 0; i++)
		first = b->cells[i].text.n ? i : -1;
	if (first < 0) {
		engine_furniture(e, b, N_("an empty row"));
		return;
	}
	bool own = t->first && b->cells[0].text.n;
	struct rich name = own ? b->cells[0] : derived_name(e, &b->cells[first]);
	struct str kind = t->rule->n > 1 ? t->rule->args[1].text : S("criterion");
	int item = engine_add(e, kind, engine_holder(e), &name, b);
	e->structured++;
	if (own) {
		struct args codes = rule_strings(t->rule, "codes");
		for (int i = 0; i < codes.n && !e->items[item].code.n; i++) {
			struct str code;
			size_t end = code_match(e->arena, codes.at[i].text, name.text, &code);
			if (!end)
				continue;
			e->items[item].code = code;
			e->items[item].text = rich_sub(e->arena, &name, end, name.text.n);
		}
	} else {
		val_set_bool(engine_more(e, item), "derived", true);
	}
	for (int i = t->first; i < b->cells_n; i++) {
		if (!b->cells[i].text.n)
			continue;
		if (i < t->columns && t->of[i] >= 0) {
			descriptor_add(e, item, t->of[i], &b->cells[i], b->first);
			continue;
		}
		int stray = engine_add(e, S("note"), item, &b->cells[i], b);
		engine_guess(e, stray, N_("a cell in a column that has no head"));
	}
}

static void rubric_row(struct engine *e, struct table *t, const struct block *b)
{
	if (t->named && level_cells(e, b) >= 2 && level_cells(e, b) >= t->columns - t->first) {
		engine_furniture(e, b, N_("the head of the table again"));
		return;
	}
	if (!t->named && is_second_head(b)) {
		bool same = true;
		for (int i = 0; i < b->cells_n && i < t->columns; i++)
			same &= str_eq(key_text(e->arena, t->names[i]),
				       key_text(e->arena, b->cells[i].text));
		for (int i = 0; i < b->cells_n && i < t->columns && !same; i++)
			t->names[i] = source_trim(str_fmt(e->arena, STR_FMT " " STR_FMT,
							  STR_ARG(t->names[i]),
							  STR_ARG(b->cells[i].text)));
		engine_furniture(e, b,
				 same ? N_("the head of the table again")
				      : N_("the head of a table: its levels"));
		return;
	}
	if (!t->named)
		finish_head(e, t);
	add_criterion(e, t, b);
}

/* ------------------------------------------------------------------ columns of items */

static void start_columns(struct engine *e, struct table *t, const struct block *b)
{
	int64_t rank = 1;
	str_int(rule_word_after(t->rule, "rank"), &rank);
	t->named = true;
	t->columns = b->cells_n < MOST_COLUMNS ? b->cells_n : MOST_COLUMNS;
	for (int i = 0; i < t->columns; i++) {
		t->of[i] = -1;
		t->names[i] = b->cells[i].text;
		if (!b->cells[i].text.n)
			continue;
		t->of[i] = engine_add(e, t->rule->args[1].text, engine_holder(e), &b->cells[i], b);
		e->items[t->of[i]].rank = rank > 0 && rank < RANKS ? (int)rank : 1;
		e->items[t->of[i]].heading = true;
	}
}

/* Where the next bullet inside a cell stands, or SIZE_MAX. */
static size_t bullet_in(const struct engine *e, struct str text, size_t from, size_t *length)
{
	for (size_t at = from; at < text.n; at++) {
		if ((unsigned char)text.p[at] < 0x80)
			continue;
		int next = 0;
		for (const struct rule *r; (r = rule_next(e->layout, NULL, RULE_BULLETS, &next));)
			for (int i = 0; i < r->n; i++) {
				struct str bullet = r->args[i].text;
				if (!bullet.n || (unsigned char)bullet.p[0] < 0xe2 ||
				    !str_starts(str_from(text, at), bullet) ||
				    (at && !strchr(" \n", text.p[at - 1])))
					continue;
				*length = bullet.n;
				return at;
			}
	}
	return SIZE_MAX;
}

static void add_cell(struct engine *e, struct table *t, int column, const struct rich *cell,
		     const struct block *b)
{
	struct str kind = rule_word_after(t->rule, "cells"),
		   listed = rule_word_after(t->rule, "bullets");
	size_t length = 0, at = bullet_in(e, cell->text, 0, &length);
	bool known = column < t->columns && t->of[column] >= 0;
	int parent = known ? t->of[column] : engine_holder(e), item = -1;
	if (at > 0 || !listed.n) {
		struct rich text = rich_sub(e->arena, cell, 0, listed.n ? at : cell->text.n);
		item = engine_add(e, kind, parent, &text, b);
	}
	while (listed.n && at != SIZE_MAX) {
		size_t start = at + length;
		at = bullet_in(e, cell->text, start, &length);
		struct rich text = rich_sub(e->arena, cell, start, at);
		if (text.text.n)
			item = engine_add(e, listed, parent, &text, b);
	}
	if (!known && item >= 0)
		engine_guess(e, item, N_("a cell in a column that has no head"));
}

static bool same_head(struct engine *e, const struct table *t, const struct block *b)
{
	for (int i = 0; i < b->cells_n && i < t->columns; i++)
		if (!str_eq(key_text(e->arena, t->names[i]), key_text(e->arena, b->cells[i].text)))
			return false;
	return true;
}

static void columns_below(struct engine *e, struct table *t, const struct block *b)
{
	if (same_head(e, t, b)) {
		engine_furniture(e, b, N_("the head of the table again"));
		return;
	}
	bool any = false;
	for (int i = 0; i < b->cells_n; i++) {
		if (!b->cells[i].text.n)
			continue;
		any = true;
		add_cell(e, t, i, &b->cells[i], b);
	}
	if (!any)
		engine_furniture(e, b, N_("an empty row"));
}

/* ------------------------------------------------------------------ rows */

static void plain_row(struct engine *e, struct table *t, const struct block *b)
{
	if (!b->text.text.n) {
		engine_furniture(e, b, N_("an empty row"));
		return;
	}
	int item = engine_add(e, t->rule->args[1].text, engine_holder(e), &b->text, b);
	struct val *cells = val_set_list(engine_more(e, item), "cells");
	for (int i = 0; i < b->cells_n; i++)
		val_push(cells, val_text(e->arena, b->cells[i].text));
}

static bool start_table(struct engine *e, const struct rule *rule, const struct block *b)
{
	struct table *t = arena_one(e->arena, struct table);
	t->rule = rule;
	if (rule->n < 2)
		return false;
	if (str_is(rule->kind, "rubric")) {
		if (!is_level_head(e, rule, b))
			return false;
		start_rubric(e, t, b);
	} else if (str_is(rule->kind, "columns")) {
		start_columns(e, t, b);
	} else {
		t->named = true;
		t->fields = columns_of(e, b->cells, b->cells_n);
		if (t->fields)
			engine_furniture(e, b, N_("the head of a table: what its columns hold"));
		else
			plain_row(e, t, b);
	}
	e->table = t;
	e->structured++;
	engine_saw(e, rule);
	return true;
}

bool table_row(struct engine *e, const struct block *b)
{
	if (b->type != BLOCK_ROW) {
		if (e->table)
			table_end(e);
		return false;
	}
	if (!e->table) {
		const struct rule *places[] = {e->section, NULL};
		for (int p = e->section ? 0 : 1; p < 2; p++) {
			int from = 0;
			for (const struct rule *r;
			     (r = rule_next(e->layout, places[p], RULE_TABLE, &from));)
				if (start_table(e, r, b))
					return true;
		}
		return false;
	}
	struct table *t = e->table;
	if (str_is(t->rule->kind, "rubric"))
		rubric_row(e, t, b);
	else if (str_is(t->rule->kind, "columns"))
		columns_below(e, t, b);
	else if (t->fields)
		columns_row(e, t->fields, b->cells, b->cells_n, b);
	else
		plain_row(e, t, b);
	return true;
}

void table_end(struct engine *e)
{
	if (e->table && !e->table->named)
		finish_head(e, e->table);
	e->table = NULL;
}
