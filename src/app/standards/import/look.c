/* Single lines: see look.h. */
#include "app/standards/import/look.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <string.h>

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

bool look_ordinal(struct str text, struct look *look)
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

int look_count(struct str s, char c)
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
		if (rule_has(r, "alone"))
			continue; /* an ordinal like any other, until it is seen to stand alone */
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

static void look_at(struct looks *r, int i)
{
	const struct line *line = &r->source->lines[i];
	struct look *look = &r->at[i];
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
	look_ordinal(text, look);
	look->content = text;
	look->coded = is_coded(r->arena, r->layout, text);
	struct str rest = str_from(text, look->label_bytes);
	look->tabs = look_count(rest, '\t') + (int)(line->raw.p + line->raw.n - (text.p + text.n));
	if (look->tabs) {
		struct str tail = {text.p + text.n,
				   (size_t)(line->raw.p + line->raw.n - text.p) - text.n};
		look->tabs = look_count(rest, '\t') + look_count(tail, '\t');
	}
	look->lead =
		look_count((struct str){line->raw.p, (size_t)(line->text.p - line->raw.p)}, '\t');
	ptrdiff_t tab = str_find_char(text, '\t');
	if (look->coded && look->tabs == 1 && tab >= 0 && tab < 12)
		look->tabs = 0; /* the tab after a code */
	look->row = look->tabs > 0 || (text.p[0] == '|' && look_count(text, '|') > 1) ||
		    str_starts(text, S("<tr"));
	if (look->row && look->mark == MARK_PLAIN)
		look->content = line->text;
}

/* "Goal: {text}": words that stand at the beginning of a line of its own. */
static bool is_label(struct str form)
{
	struct str words = str_sub(form, 0, form.n - (str_ends(form, S(": {text}")) ? 6 : 0));
	return words.n < form.n && str_find_char(words, '{') < 0 && str_find_char(words, '*') < 0;
}

static bool labels(const struct layout *layout, const struct rule *within, const struct key *key)
{
	int from = 0;
	for (const struct rule *r; (r = rule_next(layout, within, RULE_LINE, &from));) {
		struct args forms = rule_strings(r, "");
		for (int i = 0; i < forms.n; i++)
			if (is_label(forms.at[i].text) && forms.at[i].pattern &&
			    pattern_match(forms.at[i].pattern, key, NULL))
				return true;
	}
	return false;
}

bool block_is_labelled(const struct layout *layout, const struct key *key)
{
	int from = 0;
	if (labels(layout, NULL, key))
		return true;
	for (const struct rule *s; (s = rule_next(layout, NULL, RULE_SECTION, &from));)
		if (labels(layout, s, key))
			return true;
	return false;
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

/* Is there a line after this one that could be its continuation? */
static bool is_followed(const struct looks *r, int i)
{
	const struct look *here = &r->at[i], *next = &r->at[i + 1];
	return !here->blank && !next->blank && !next->mark && !next->level && !next->rule &&
	       next->content.p[0] != '|' && here->content.p[0] != '|';
}

/* At which width was this text wrapped? The longest of the lines that another follows at once, if
 * nearly all of them are short and many about as long as that. */
static int find_width(const struct looks *r, int how)
{
	int most = 0, lines = 0, wide = 0, full = 0;
	for (int i = 0; i + 1 < r->source->count; i++) {
		if (!is_followed(r, i))
			continue;
		int n = measure(&r->source->lines[i], how);
		lines++;
		wide += n > 160;
		if (n <= 160 && n > most && words_count(r->source->lines[i].text) > 2)
			most = n;
	}
	for (int i = 0; i + 1 < r->source->count; i++) {
		int n = is_followed(r, i) ? measure(&r->source->lines[i], how) : 0;
		full += n > most - 20 && n <= 160;
	}
	return lines >= 3 && wide * 5 <= lines && full * 3 >= lines && most >= 40 ? most : 0;
}

bool look_fills(const struct looks *r, int line)
{
	const struct line *next = &r->source->lines[line + 1];
	size_t end = 0;
	while (end < next->text.n && next->text.p[end] != ' ')
		end++; /* a tab does not end it: text is wrapped at spaces */
	struct str word = str_sub(next->text, 0, end);
	int lengths[3] = {(int)utf8_length(word), (int)word.n, (int)utf8_length(word)};
	bool one_word = words_count(r->source->lines[line].text) < 3;
	for (int how = 0; how < 3; how++) {
		int here = measure(&r->source->lines[line], how);
		if (r->width[how] && (one_word || here <= r->width[how]) &&
		    here + 1 + lengths[how] >= r->width[how] - 1)
			return true;
	}
	return false;
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
static void find_repeated(struct looks *r)
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
		const struct look *l = &r->at[i];
		if (l->blank || l->row || l->mark || l->level || l->coded || l->content.n > 100)
			continue;
		struct str key = repeat_key(r->arena, l->content);
		struct key whole = {key_text(r->arena, l->content), NULL};
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
		r->at[i].repeated = of[i] && of[i]->n >= most;
}

struct looks looks_read(struct arena *a, const struct source *source, const struct layout *layout)
{
	struct looks r = {.arena = a, .source = source, .layout = layout};
	r.at = arena_many(a, struct look, (size_t)source->count + 1);
	for (int i = 0; i < source->count; i++)
		look_at(&r, i);
	for (int how = 0; how < 3; how++)
		r.width[how] = find_width(&r, how);
	find_repeated(&r);
	return r;
}
