#include "app/standards/import/block.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

/* What one line looks like before it is joined with others. */
struct look {
	bool blank, row, rule, coded, repeated;
	int level;
	enum mark mark;
	int ordinal;
	struct str label, content; /* after # and bullet */
	size_t label_bytes;
	int tabs;
};

struct reader {
	struct arena *arena;
	const struct source *source;
	const struct layout *layout;
	struct look *looks;
	int width[3]; /* at which the text was wrapped: characters, bytes, columns; 0: it was not */
	struct blocks out;
};

/* ------------------------------------------------------------------ markers */

static int roman(struct str s)
{
	static const struct {
		char letter;
		int value;
	} digits[] = {{'i', 1}, {'v', 5}, {'x', 10}, {'l', 50}};
	int total = 0, before = 0;
	for (size_t i = s.n; i-- > 0;) {
		int value = 0;
		for (size_t d = 0; d < 4; d++)
			value = digits[d].letter == s.p[i] ? digits[d].value : value;
		if (!value)
			return 0;
		total += value < before ? -value : value;
		before = value > before ? value : before;
	}
	return total;
}

/* 1. 1) (1) a. a) (a) A. A) iv) (iv): fills the label; false if the text begins otherwise. */
static bool read_ordinal(struct str text, struct look *look)
{
	size_t from = text.n && text.p[0] == '(', to = from;
	while (to < text.n && to - from < 5 &&
	       strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", text.p[to]))
		to++;
	struct str label = str_sub(text, from, to), after = str_from(text, to);
	bool closed = after.n && (after.p[0] == ')' || (!from && after.p[0] == '.'));
	if (!label.n || !closed)
		return false;
	after = str_from(after, 1);
	struct str peek = after;
	if (after.n && !source_is_space(utf8_next(&peek)))
		return false;
	int64_t number;
	char c = label.p[0];
	if (str_int(label, &number) && label.n <= 3) {
		look->mark = MARK_DIGIT;
		look->ordinal = (int)number;
	} else if (label.n == 1 && c >= 'a' && c <= 'z') {
		look->mark = MARK_LOWER;
		look->ordinal = c - 'a' + 1;
	} else if (label.n == 1 && c >= 'A' && c <= 'Z') {
		look->mark = MARK_UPPER;
		look->ordinal = c - 'A' + 1;
	} else if ((look->ordinal = roman(label))) {
		look->mark = MARK_ROMAN;
	} else {
		return false;
	}
	look->label = label;
	look->label_bytes = text.n - source_trim(after).n;
	return true;
}

/* The bytes of a bullet and the space after it. */
static size_t bullet_bytes(const struct layout *layout, struct str text, int indent)
{
	int from = 0;
	for (const struct rule *r; (r = rule_next(layout, NULL, RULE_BULLETS, &from));)
		for (int i = 0; i < r->n; i++) {
			struct str bullet = r->args[i].text, after;
			if (!bullet.n || !str_starts(text, bullet))
				continue;
			after = str_from(text, bullet.n);
			struct str peek = after;
			bool ascii = (unsigned char)bullet.p[0] < 0x80;
			bool letter = ascii && bullet.p[0] >= 'a' && bullet.p[0] <= 'z';
			if (ascii && (!after.n || !source_is_space(utf8_next(&peek))))
				continue;
			if (letter && !indent)
				continue;
			return text.n - source_trim(after).n;
		}
	return 0;
}

/* ------------------------------------------------------------------ one line */

static bool is_drawn(struct str text)
{
	size_t marks = 0;
	for (size_t i = 0; i < text.n; i++) {
		if (!strchr("-=_*~+|: \t", text.p[i]))
			return false;
		marks += text.p[i] != ' ';
	}
	return marks >= 3;
}

static int count_char(struct str s, char c)
{
	int n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == c;
	return n;
}

static bool code_begins(struct arena *a, const struct layout *layout, const struct rule *within,
			struct str text)
{
	int from = 0;
	struct str code;
	for (const struct rule *r; (r = rule_next(layout, within, RULE_CODE, &from));) {
		struct args codes = rule_strings(r, "");
		for (int i = 0; i < codes.n; i++)
			if (code_match(a, codes.at[i].text, text, &code))
				return true;
	}
	return false;
}

static bool is_coded(struct arena *a, const struct layout *layout, struct str text)
{
	while (text.n && strchr("*_[", text.p[0]))
		text = str_from(text, 1);
	if (code_begins(a, layout, NULL, text))
		return true;
	int from = 0;
	for (const struct rule *r; (r = rule_next(layout, NULL, RULE_SECTION, &from));)
		if (code_begins(a, layout, r, text))
			return true;
	return false;
}

static int heading_marks(struct str text)
{
	size_t n = 0;
	while (n < text.n && text.p[n] == '#')
		n++;
	return n <= 6 && n < text.n && strchr(" \t", text.p[n]) ? (int)n : 0;
}

static void look_at(struct reader *r, int i)
{
	const struct line *line = &r->source->lines[i];
	struct look *look = &r->looks[i];
	struct str text = line->text;
	look->blank = !text.n;
	if (look->blank)
		return;
	while (text.n > 1 && text.p[0] == '>' && text.p[1] == ' ')
		text = source_trim(str_from(text, 1));
	look->level = heading_marks(text);
	if (look->level) {
		while (text.n && text.p[text.n - 1] == '#')
			text.n--;
		look->content = source_trim(str_from(text, (size_t)look->level));
		return;
	}
	look->rule = is_drawn(text);
	size_t bullet = look->rule ? 0 : bullet_bytes(r->layout, text, line->indent);
	if (bullet && bullet < text.n) {
		look->mark = MARK_PLAIN;
		text = str_from(text, bullet);
	}
	read_ordinal(text, look);
	look->content = text;
	look->coded = is_coded(r->arena, r->layout, text);
	struct str rest = str_from(text, look->label_bytes);
	look->tabs = count_char(rest, '\t') + (int)(line->raw.p + line->raw.n - (text.p + text.n));
	if (look->tabs) {
		struct str tail = {text.p + text.n,
				   (size_t)(line->raw.p + line->raw.n - text.p) - text.n};
		look->tabs = count_char(rest, '\t') + count_char(tail, '\t');
	}
	ptrdiff_t tab = str_find_char(text, '\t');
	if (look->coded && look->tabs == 1 && tab >= 0 && tab < 12)
		look->tabs = 0; /* the tab after a code */
	look->row = look->tabs > 0 || (text.p[0] == '|' && count_char(text, '|') > 1) ||
		    str_starts(text, S("<tr"));
	if (look->row && look->mark == MARK_PLAIN)
		look->content = line->text;
}

bool block_is_known(const struct layout *layout, const struct key *key)
{
	static const enum verb verbs[] = {RULE_DROP, RULE_META,  RULE_SECTION, RULE_HEADING,
					  RULE_END,  RULE_LEVEL, RULE_BEGIN};
	for (size_t v = 0; v < sizeof verbs / sizeof *verbs; v++) {
		int from = 0;
		for (const struct rule *r; (r = rule_next(layout, NULL, verbs[v], &from));)
			if (rule_matches(r, "", key, NULL))
				return true;
	}
	int from = 0;
	for (const struct rule *s; (s = rule_next(layout, NULL, RULE_SECTION, &from));) {
		int inner = 0;
		for (const struct rule *r; (r = rule_next(layout, s, RULE_SCALE, &inner));)
			if (rule_matches(r, "", key, NULL))
				return true;
	}
	return false;
}

/* ------------------------------------------------------------------ the width */

static int measure(const struct line *line, int how)
{
	if (how < 2)
		return how ? (int)(line->text.p + line->text.n - line->raw.p) : line->length;
	int columns = 0;
	struct str rest = {line->raw.p, (size_t)(line->text.p + line->text.n - line->raw.p)};
	while (rest.n)
		columns += utf8_next(&rest) == '\t' ? 8 - columns % 8 : 1;
	return columns;
}

/* At which width was this text wrapped? The longest of the lines that another follows at once, if
 * nearly all of them are short. */
static int find_width(const struct reader *r, int how)
{
	int most = 0, lines = 0, wide = 0;
	for (int i = 0; i + 1 < r->source->count; i++) {
		const struct look *next = &r->looks[i + 1];
		if (r->looks[i].blank || next->blank || next->mark || next->level || next->rule)
			continue;
		int n = measure(&r->source->lines[i], how);
		bool one_word = words_count(r->source->lines[i].text) < 3;
		lines++;
		wide += n > 160;
		if (n <= 160 && n > most && !one_word)
			most = n;
	}
	return lines >= 3 && wide * 5 <= lines && most >= 40 ? most : 0;
}

static bool fills(const struct reader *r, int line)
{
	const struct line *next = &r->source->lines[line + 1];
	size_t end = 0;
	while (end < next->text.n && !strchr(" \t", next->text.p[end]))
		end++;
	struct str word = str_sub(next->text, 0, end);
	int lengths[3] = {(int)utf8_length(word), (int)word.n, (int)utf8_length(word)};
	for (int how = 0; how < 3; how++)
		if (r->width[how] &&
		    measure(&r->source->lines[line], how) + 1 + lengths[how] >= r->width[how] - 1)
			return true;
	return false;
}

/* ------------------------------------------------------------------ joining */

static bool ends_line(struct str text)
{
	return str_ends(text, S("<br>")) || str_ends(text, S("<br/>")) ||
	       str_ends(text, S("<br />")) || str_ends(text, S("\\"));
}

static bool goes_on(struct reader *r, int line)
{
	struct str text = r->looks[line].content, next = r->looks[line + 1].content;
	if (!text_is_unfinished(text) || ends_line(text))
		return false;
	if (strchr(",-(", text.p[text.n - 1]) || text_starts_small(next))
		return true;
	return r->source->lines[line].length >= 50 && !text_is_capitals(text);
}

static bool is_alone(struct reader *r, const struct block *b)
{
	struct key key = key_of(r->arena, r->looks[b->first].content);
	return b->n == 1 && block_is_known(r->layout, &key);
}

static struct str block_source(struct reader *r, const struct block *b);

static bool row_joins(struct reader *r, const struct block *b, int expected)
{
	int tabs = 0, last = b->first + b->n - 1;
	for (int i = b->first; i <= last; i++)
		tabs += r->looks[i].tabs;
	int after = r->looks[last + 1].tabs;
	if (r->looks[b->first].content.p[0] == '|' || r->looks[last + 1].mark == MARK_PLAIN)
		return false;
	if (expected && tabs + after > expected)
		return false;
	if (r->width[0] && fills(r, last))
		return true;
	if (expected && tabs < expected && after + tabs <= expected)
		return !r->looks[last + 1].coded && after < expected;
	return rich_read(r->arena, block_source(r, b)).open;
}

/* Does the line after the block belong to it? No blank line stands between them. */
static bool joins(struct reader *r, const struct block *b, int expected)
{
	int last = b->first + b->n - 1;
	const struct look *look = &r->looks[last + 1];
	if (look->level || look->rule || b->type == BLOCK_RULE)
		return false;
	if (b->type == BLOCK_ROW)
		return row_joins(r, b, expected);
	if (look->row || look->mark)
		return false;
	bool filled = fills(r, last);
	if (look->coded && !(filled && goes_on(r, last) && text_starts_small(look->content)))
		return false;
	if (count_char(r->looks[b->first].content, '*') % 4 == 2 && b->n == 1 &&
	    str_starts(r->looks[b->first].content, S("**")) && str_ends(look->content, S("**")))
		return true;
	if (filled)
		return true;
	if (b->level || ends_line(r->looks[last].content) || look->repeated ||
	    r->looks[last].repeated || is_alone(r, b))
		return false;
	struct key key = key_of(r->arena, look->content);
	if (block_is_known(r->layout, &key))
		return false;
	const struct line *line = &r->source->lines[last + 1];
	if (b->mark && line->indent > b->indent)
		return true;
	return goes_on(r, last);
}

/* A hyphen at the end of a wrapped line belongs to the word, unless the next word only adds to it:
 * "parent-" + "teacher", but "age-" + "and grade-appropriate". */
static bool hyphenated(const struct reader *r, struct str text, struct str next)
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

static struct str block_source(struct reader *r, const struct block *b)
{
	struct buf out = {.arena = r->arena};
	for (int i = b->first; i < b->first + b->n; i++) {
		const struct line *line = &r->source->lines[i];
		struct str text = i == b->first ? r->looks[i].content : line->text;
		if (b->type == BLOCK_ROW) {
			const char *end = line->raw.p + line->raw.n;
			text.n = (size_t)(end - text.p);
		}
		if (i > b->first && !hyphenated(r, buf_str(&out), text) &&
		    !(out.n && out.p[out.n - 1] == '\t'))
			buf_char(&out, ' ');
		buf_add(&out, text);
	}
	return buf_str(&out);
}

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
	int most = count_char(text, by) + 1;
	b->cells = arena_many(r->arena, struct rich, (size_t)most);
	while (text.p && b->cells_n < most)
		b->cells[b->cells_n++] = rich_read(r->arena, source_trim(next_cell(&text, by)));
	struct buf all = {.arena = r->arena};
	for (int i = 0; i < b->cells_n; i++) {
		if (!b->cells[i].text.n)
			continue;
		if (all.n)
			buf_lit(&all, " | ");
		buf_add(&all, b->cells[i].text);
	}
	b->text = rich_plain(buf_str(&all));
}

/* ------------------------------------------------------------------ blocks */

static void finish(struct reader *r, struct block *b)
{
	struct str text = block_source(r, b);
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
	if (b->label.n && read_ordinal(b->text.text, &again))
		b->label_bytes = again.label_bytes;
	else
		b->label = (struct str){0};
	b->key = key_of(r->arena, b->text.text);
	b->heading = key_heading(r->arena, b->text.text);
	b->bold = rich_is(&b->text, RICH_BOLD);
	b->italic = rich_is(&b->text, RICH_ITALIC);
	b->capitals = text_is_capitals(b->text.text);
	int end = b->first + b->n;
	b->gap_before = !b->first || r->looks[b->first - 1].blank;
	b->gap_after = end == r->source->count || r->looks[end].blank;
}

/* Text underlined by === or --- on the next line is a heading. */
static bool underlined(struct reader *r, struct block *b)
{
	int next = b->first + b->n;
	if (b->type != BLOCK_PARA || b->n > 2 || next >= r->source->count || !r->looks[next].rule)
		return false;
	struct str line = r->source->lines[next].text;
	if (!strchr("=-", line.p[0]) || count_char(line, line.p[0]) != (int)line.n)
		return false;
	b->level = line.p[0] == '=' ? 1 : 2;
	b->n++;
	return true;
}

static void find_repeated(struct reader *r);

struct blocks blocks_read(struct arena *a, const struct source *source, const struct layout *layout)
{
	struct reader r = {.arena = a, .source = source, .layout = layout};
	r.looks = arena_many(a, struct look, (size_t)source->count + 1);
	r.out.at = arena_many(a, struct block, (size_t)source->count + 1);
	for (int i = 0; i < source->count; i++)
		look_at(&r, i);
	for (int how = 0; how < 3; how++)
		r.width[how] = find_width(&r, how);
	find_repeated(&r);
	int expected = 0; /* tabs of the table's first row */
	for (int i = 0; i < source->count;) {
		const struct look *look = &r.looks[i];
		if (look->blank) {
			i++;
			continue;
		}
		struct block *b = &r.out.at[r.out.n++];
		*b = (struct block){.first = i,
				    .n = 1,
				    .indent = source->lines[i].indent,
				    .mark = look->mark,
				    .ordinal = look->ordinal,
				    .label = look->label,
				    .level = look->level,
				    .repeated = look->repeated};
		b->type = look->rule   ? BLOCK_RULE
			  : look->row  ? BLOCK_ROW
			  : look->mark ? BLOCK_BULLET
				       : BLOCK_PARA;
		while (b->first + b->n < source->count && !r.looks[b->first + b->n].blank &&
		       joins(&r, b, expected))
			b->n++;
		underlined(&r, b);
		if (b->type != BLOCK_ROW)
			expected = 0;
		else if (!expected)
			for (int l = b->first; l < b->first + b->n; l++)
				expected += r.looks[l].tabs;
		finish(&r, b);
		i = b->first + b->n;
	}
	return r.out;
}

/* ------------------------------------------------------------------ running heads */

static struct str repeat_key(struct arena *a, struct str text)
{
	struct str key = key_text(a, text);
	char *out = arena_copy(a, key.p, key.n + 1);
	for (size_t i = 0; i < key.n; i++)
		if (out[i] >= '0' && out[i] <= '9')
			out[i] = '0';
	return (struct str){out, key.n};
}

/* A layout that says `drop repeated N`: short plain lines that stand N times or more. */
static void find_repeated(struct reader *r)
{
	int from = 0;
	int64_t most = 0;
	for (const struct rule *rule; (rule = rule_next(r->layout, NULL, RULE_DROP, &from));)
		if (rule_has(rule, "repeated"))
			str_int(rule_word_after(rule, "repeated"), &most);
	int count = r->source->count;
	if (most < 2)
		return;
	size_t mask = 63;
	while (mask < (size_t)count * 2)
		mask = mask * 2 + 1;
	struct slot {
		struct str key;
		int n;
	} *slots = arena_many(r->arena, struct slot, mask + 1);
	struct slot **of = arena_many(r->arena, struct slot *, (size_t)count);
	for (int i = 0; i < count; i++) {
		const struct look *l = &r->looks[i];
		if (l->blank || l->row || l->mark || l->level || l->coded || l->content.n > 100)
			continue;
		struct str key = repeat_key(r->arena, l->content);
		struct key whole = {key, NULL};
		if (!key.n || block_is_known(r->layout, &whole))
			continue;
		size_t hash = 5381;
		for (size_t c = 0; c < key.n; c++)
			hash = hash * 33 + (unsigned char)key.p[c];
		while (slots[hash & mask].n && !str_eq(slots[hash & mask].key, key))
			hash++;
		of[i] = &slots[hash & mask];
		of[i]->key = key;
		of[i]->n++;
	}
	for (int i = 0; i < count; i++)
		r->looks[i].repeated = of[i] && of[i]->n >= most;
}
