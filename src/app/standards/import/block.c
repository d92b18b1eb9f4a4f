#include "app/standards/import/look.h"

#include "base/arena.h"
#include "base/buf.h"

#include <string.h>

enum { MOST_JOINED = 64 }; /* cells in the text of a row; the rest stay cells */

struct reader {
	struct arena *arena;
	const struct source *source;
	const struct looks *looks;
	struct blocks out;
};

/* ------------------------------------------------------------------ cells */

static struct str next_cell(struct str *rest, char by)
{
	size_t i = 0;
	while (i < rest->n && !(rest->p[i] == by && !(i && rest->p[i - 1] == '\\')))
		i++;
	struct str cell = str_sub(*rest, 0, i);
	*rest = i < rest->n ? str_from(*rest, i + 1) : (struct str){NULL, 0};
	return cell;
}

static struct str html_cells(struct arena *a, struct str text)
{
	struct buf out = {.arena = a};
	for (size_t i = 0; i < text.n;) {
		struct str rest = str_from(text, i);
		bool cell = str_starts(rest, S("</td>")) || str_starts(rest, S("</th>"));
		buf_char(&out, cell ? '\t' : text.p[i]);
		i += cell ? 5 : 1;
	}
	return source_trim(buf_str(&out));
}

static void read_cells(struct reader *r, struct block *b, struct str text)
{
	char by = '\t';
	if (text.p[0] == '|') {
		by = '|';
		text = source_trim(str_from(text, 1));
		if (text.n && text.p[text.n - 1] == '|')
			text.n--;
	} else if (str_starts(text, S("<tr"))) {
		text = html_cells(r->arena, text);
	}
	int most = look_count(text, by) + 1;
	b->cells = arena_many(r->arena, struct rich, (size_t)most);
	while (text.p && b->cells_n < most)
		b->cells[b->cells_n++] = rich_read(r->arena, source_trim(next_cell(&text, by)));
	struct rich all = {0};
	for (int i = 0; i < b->cells_n && i < MOST_JOINED; i++)
		if (b->cells[i].text.n)
			all = rich_join(r->arena, &all, S(" | "), &b->cells[i]);
	b->text = all;
}

/* ------------------------------------------------------------------ blocks */

/* The same line again right before or after it, a doubled running head, is no neighbour. */
static void find_gaps(const struct reader *r, struct block *b)
{
	const struct line *lines = r->source->lines;
	int first = b->first, end = b->first + b->n;
	while (b->n == 1 && first && str_eq(lines[first - 1].text, lines[b->first].text))
		first--;
	while (b->n == 1 && end < r->source->count && str_eq(lines[end].text, lines[b->first].text))
		end++;
	b->gap_before = !first || r->looks->at[first - 1].blank;
	b->gap_after = end == r->source->count || r->looks->at[end].blank;
}

static void finish(struct reader *r, struct block *b)
{
	struct str text = wrap_text(r->looks, b);
	if (b->type == BLOCK_ROW)
		read_cells(r, b, text);
	else if (b->type != BLOCK_RULE)
		b->text = rich_read(r->arena, text);
	if (b->text.item && !b->mark) {
		b->mark = MARK_PLAIN;
		b->type = BLOCK_BULLET;
	}
	if (b->text.heading)
		b->level = b->text.heading;
	struct look again = {0};
	if (b->label.n && look_ordinal(b->text.text, &again))
		b->label_bytes = again.label_bytes;
	else
		b->label = (struct str){0};
	b->key = key_of(r->arena, b->text.text);
	b->heading = key_heading(r->arena, b->text.text);
	b->bold = rich_is(&b->text, RICH_BOLD);
	b->italic = rich_is(&b->text, RICH_ITALIC);
	b->capitals = text_is_capitals(b->text.text);
	find_gaps(r, b);
}

/* Text underlined by === or --- on the next line is a heading. */
static bool underlined(struct reader *r, struct block *b)
{
	int next = b->first + b->n;
	if (b->type != BLOCK_PARA || b->n > 2 || next >= r->source->count ||
	    !r->looks->at[next].rule)
		return false;
	struct str line = r->source->lines[next].text;
	if (!strchr("=-", line.p[0]) || look_count(line, line.p[0]) != (int)line.n)
		return false;
	b->level = line.p[0] == '=' ? 1 : 2;
	b->n++;
	return true;
}

static enum block_type type_of(const struct look *look, int tabs)
{
	if (look->rule)
		return BLOCK_RULE;
	if (look->row || tabs)
		return BLOCK_ROW;
	return look->mark ? BLOCK_BULLET : BLOCK_PARA;
}

/* The tabs of a row of the table that line i stands in, 0 for none. Where text was wrapped, the
 * first line of a row may have no tab yet. */
static int tabs_of(const struct reader *r, int i, int before)
{
	const struct look *look = &r->looks->at[i];
	bool joined = before && i && !r->looks->at[i - 1].blank;
	if (!r->looks->width[0] || look->level || look->rule)
		return look->row && joined ? before : 0;
	return joined ? before : wrap_tabs(r->looks, i);
}

/* The block that begins on line i. `tabs`: of a row of the table the block before it stood in. */
static struct block *read_block(struct reader *r, int i, int *tabs)
{
	const struct look *look = &r->looks->at[i];
	struct block *b = &r->out.at[r->out.n++];
	int expected = tabs_of(r, i, *tabs);
	*b = (struct block){.first = i,
			    .n = 1,
			    .type = type_of(look, expected),
			    .indent = r->source->lines[i].indent,
			    .mark = look->mark,
			    .ordinal = look->ordinal,
			    .label = look->label,
			    .level = look->level,
			    .repeated = look->repeated};
	while (b->first + b->n < r->source->count && !r->looks->at[b->first + b->n].blank &&
	       wrap_joins(r->looks, b, expected))
		b->n++;
	underlined(r, b);
	*tabs = b->type == BLOCK_ROW ? expected : 0;
	for (int l = b->first; b->type == BLOCK_ROW && !expected && l < b->first + b->n; l++)
		*tabs += r->looks->at[l].tabs;
	finish(r, b);
	return b;
}

struct blocks blocks_read(struct arena *a, const struct source *source, const struct layout *layout)
{
	struct looks looks = looks_read(a, source, layout);
	struct reader r = {.arena = a, .source = source, .looks = &looks};
	r.out.at = arena_many(a, struct block, (size_t)source->count + 1);
	int tabs = 0;
	for (int i = 0; i < source->count;)
		i += looks.at[i].blank ? 1 : read_block(&r, i, &tabs)->n;
	return r.out;
}
