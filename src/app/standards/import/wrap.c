/* Which lines are one: see block.h for the rule. */
#include "app/standards/import/look.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

/* A hyphen at the end of a wrapped line belongs to the word, unless the next word only adds to it:
 * "parent-" + "teacher", but "age-" + "and grade-appropriate". */
static bool hyphenated(const struct looks *r, struct str text, struct str next)
{
	static const char *const adds[] = {"and ", "or ", "to ", "et ", "ou ", "and/or "};
	bool hyphen = text.n > 1 && text.p[text.n - 1] == '-' && text.p[text.n - 2] != ' ' &&
		      text.p[text.n - 2] != '-';
	if (!hyphen || !text_starts_small(next) || !r->width[0])
		return false;
	for (size_t i = 0; i < sizeof adds / sizeof *adds; i++)
		if (str_starts(next, str_of(adds[i])))
			return false;
	return true;
}

struct str wrap_text(const struct looks *r, const struct block *b)
{
	struct buf out = {.arena = r->arena};
	for (int i = b->first; i < b->first + b->n; i++) {
		const struct line *line = &r->source->lines[i];
		struct str text = i == b->first ? r->at[i].content : line->text;
		if (b->type == BLOCK_ROW) {
			const char *end = line->raw.p + line->raw.n;
			if (i > b->first && r->at[i].lead)
				text.p = memchr(line->raw.p, '\t', line->raw.n);
			text.n = (size_t)(end - text.p);
		}
		if (i > b->first && !hyphenated(r, buf_str(&out), text) &&
		    !(out.n && out.p[out.n - 1] == '\t'))
			buf_char(&out, ' ');
		buf_add(&out, text);
	}
	return buf_str(&out);
}

/* ------------------------------------------------------------------ joining */

static bool ends_line(struct str text)
{
	return str_ends(text, S("<br>")) || str_ends(text, S("<br/>")) ||
	       str_ends(text, S("<br />")) || str_ends(text, S("\\"));
}

static bool goes_on(const struct looks *r, int line)
{
	struct str text = r->at[line].content, next = r->at[line + 1].content;
	if (str_eq(text, next) || !text_is_unfinished(text) || ends_line(text))
		return false;
	if (strchr(",-(", text.p[text.n - 1]) || text_starts_small(next))
		return true;
	return r->source->lines[line].length >= 50 && !text_is_capitals(text);
}

static bool in_comment(struct str text)
{
	ptrdiff_t at = str_find(text, S("<!--"));
	return at >= 0 && str_find(str_from(text, (size_t)at), S("-->")) < 0;
}

static bool is_alone(const struct looks *r, const struct block *b)
{
	struct key key = key_of(r->arena, r->at[b->first].content);
	return b->n == 1 && block_is_known(r->layout, &key);
}

enum { MOST_TABS = 20, MOST_TABLE = 2000, NO_ROWS = -100000 };

/* How much room was left on a line where the next one begins: the less, the surer it was wrapped.
 */
static int slack(const struct looks *r, int line)
{
	struct str word = r->source->lines[line + 1].text;
	ptrdiff_t end = str_find_char(word, ' ');
	int n = (int)utf8_length(str_sub(word, 0, end < 0 ? word.n : (size_t)end));
	return r->width[0] - (r->source->lines[line].length + 1 + n);
}

/* How likely a row ends on this line: room left, a sentence ended, a cell begins on the next. */
static int ends_row(const struct looks *r, int line)
{
	struct str text = r->source->lines[line].text, next = r->source->lines[line + 1].text;
	int likely = slack(r, line);
	likely -= text_starts_small(next) ? 1000 : 0;
	likely -= r->at[line + 1].mark == MARK_PLAIN ? 50 : 0;
	likely += next.p[0] == '<' ? 20 : 0;
	likely += text_is_unfinished(text) && !str_ends(text, S(">")) ? 0 : 20;
	return likely;
}

/* Paragraphs and bold words of HTML that are open after the line. */
static int count_open(struct str line)
{
	static const struct {
		const char *tag;
		int by;
	} tags[] = {{"<p>", 1}, {"</p>", -1}, {"<b>", 1}, {"</b>", -1}};
	int open = 0;
	for (size_t i = 0; i < line.n; i++)
		for (size_t t = 0; line.p[i] == '<' && t < sizeof tags / sizeof *tags; t++)
			open += str_starts(str_from(line, i), str_of(tags[t].tag)) ? tags[t].by : 0;
	return open;
}

/* A row has all its cells. The lines before the next tab are its last cell, then the first of the
 * next row: the row ends at the likeliest of these lines, and not inside a tag. */
static bool last_cell_goes_on(const struct looks *r, const struct block *b, int last)
{
	int stop = last + 1, open = 0, best = last, most = NO_ROWS;
	while (stop < r->source->count && stop < last + 100 && !r->at[stop].blank &&
	       !r->at[stop].tabs && !r->at[stop].level)
		stop++;
	if (stop == r->source->count || !r->at[stop].tabs)
		return look_fills(r, last);
	for (int i = b->first; i < stop; i++) {
		open += count_open(r->source->lines[i].text);
		int likely = i < last ? NO_ROWS : ends_row(r, i) - (open ? 1000 : 0);
		if (likely > most) {
			most = likely;
			best = i;
		}
	}
	return best != last;
}

/* Can rows have so many tabs? Each must end at the end of a line, and a likely one: returns the
 * least likely of the ends, NO_ROWS if one cannot be. `sums`: the tabs up to and with each line. */
static int fit_tabs(const struct looks *r, int first, const int *sums, int n, int tabs)
{
	if (tabs < 1 || sums[n - 1] % tabs)
		return NO_ROWS;
	int rows = sums[n - 1] / tabs, least = 0, line = 0;
	for (int row = 1; row < rows; row++) {
		int best = NO_ROWS;
		while (line < n && sums[line] < row * tabs)
			line++;
		for (int l = line; l + 1 < n && sums[l] == row * tabs; l++) {
			int likely = ends_row(r, first + l);
			best = likely > best ? likely : best;
		}
		least = best < least ? best : least;
	}
	return least;
}

/* The lines of a table from its first, and the tabs up to each. */
static int sum_tabs(const struct looks *r, int line, int *sums)
{
	int n = 0, inside = 0;
	for (int i = line; i < r->source->count && n < MOST_TABLE && !r->at[i].blank; i++) {
		const struct look *look = &r->at[i];
		if (look->level || look->rule || look->content.p[0] == '|')
			break;
		sums[n] = (n ? sums[n - 1] : 0) + look->tabs + (n ? look->lead : 0);
		inside += look->tabs;
		n++;
	}
	return inside ? n : 0; /* else the tabs are indentation */
}

/* The fewest tabs with which every row ends where one may end: twice as many would fit as well. */
int wrap_tabs(const struct looks *r, int line)
{
	int sums[MOST_TABLE], n = sum_tabs(r, line, sums), least = 0, best = 0, most = NO_ROWS;
	if (!n)
		return 0;
	for (int i = 0; i + 1 < n && !sums[i]; i++)
		if (!look_fills(r, line + i))
			return 0; /* a paragraph ends before the table begins */
	for (int i = 0; i < n && !least; i++)
		least = sums[i];
	for (int tabs = least; tabs <= MOST_TABS && tabs <= sums[n - 1]; tabs++) {
		int fit = fit_tabs(r, line, sums, n, tabs);
		if (fit > most) {
			most = fit;
			best = tabs;
		}
		if (fit > -60)
			return tabs;
	}
	return best;
}

static bool row_joins(const struct looks *r, const struct block *b, int expected)
{
	int tabs = 0, last = b->first + b->n - 1;
	const struct look *next = &r->at[last + 1];
	for (int i = b->first; i <= last; i++)
		tabs += r->at[i].tabs + (i > b->first ? r->at[i].lead : 0);
	int after = next->tabs + next->lead;
	bool wrapped = r->width[0], lacks = expected && tabs < expected;
	if (r->at[b->first].content.p[0] == '|')
		return wrapped && look_fills(r, last) && next->content.p[0] != '|' &&
		       !str_ends(r->at[last].content, S("|"));
	if (b->n > 200 || (expected && tabs + after > expected))
		return false;
	if (wrapped && expected && !lacks)
		return last_cell_goes_on(r, b, last);
	if (next->mark == MARK_PLAIN && !(lacks && wrapped && look_fills(r, last)))
		return false;
	if (wrapped && look_fills(r, last))
		return true;
	if (lacks)
		return !next->coded && after < expected;
	return b->n < 60 && rich_read(r->arena, wrap_text(r, b)).open;
}

/* "… to grade" + "12. winter …": a number at the beginning of a wrapped line that neither begins a
 * list nor goes on with the one it stands in. */
static bool is_stray_number(const struct looks *r, const struct block *b, const struct look *look)
{
	bool goes = b->mark == look->mark && look->ordinal == b->ordinal + 1;
	bool small = text_starts_small(str_from(look->content, look->label_bytes));
	bool bare = look->content.p == r->source->lines[b->first + b->n].text.p;
	return bare && look->mark == MARK_DIGIT && look->ordinal > 1 && !goes &&
	       (small || !look->coded) && text_is_unfinished(r->at[b->first + b->n - 1].content);
}

/* Does the line after the block belong to it? No blank line stands between them. */
bool wrap_joins(const struct looks *r, const struct block *b, int expected)
{
	int last = b->first + b->n - 1;
	const struct look *look = &r->at[last + 1];
	if (look->level || look->rule || b->type == BLOCK_RULE)
		return false;
	if (b->type == BLOCK_ROW)
		return row_joins(r, b, expected);
	bool filled = r->width[0] && look_fills(r, last);
	if (look->mark >= MARK_DIGIT && filled && is_stray_number(r, b, look))
		return true;
	if (look->row || look->mark)
		return false;
	bool number = look->content.p[0] >= '0' && look->content.p[0] <= '9';
	if (look->coded &&
	    !(filled && goes_on(r, last) && (number || text_starts_small(look->content))))
		return false;
	if (look_count(r->at[b->first].content, '*') % 4 == 2 && b->n == 1 &&
	    str_starts(r->at[b->first].content, S("**")) && str_ends(look->content, S("**")))
		return true;
	if (filled)
		return true;
	if (in_comment(r->at[b->first].content) && b->n < 60)
		return str_find(wrap_text(r, b), S("-->")) < 0;
	if (b->level || ends_line(r->at[last].content) || look->repeated || r->at[last].repeated ||
	    is_alone(r, b))
		return false;
	struct key key = key_of(r->arena, look->content);
	if (block_is_known(r->layout, &key) || block_is_labelled(r->layout, &key))
		return false;
	const struct line *line = &r->source->lines[last + 1];
	if (b->mark && line->indent > b->indent)
		return true;
	return goes_on(r, last);
}
