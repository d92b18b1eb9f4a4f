#include "app/standards/import/pattern.h"

#include "app/standards/import/source.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

enum { MOST_TOKENS = 16, MOST_KEPT = 100 };

enum token_type { LITERAL, ANYTHING, NUMBER, KEEP };

struct token {
	enum token_type type;
	struct str text; /* of a literal its key, of a piece to keep its name */
	const struct pattern *inner;
};

struct pattern {
	struct token tokens[MOST_TOKENS];
	int n, kept;
};

static bool is_wild(const struct token *t)
{
	return t->type == ANYTHING || t->type == KEEP;
}

static size_t literal_end(struct str source, size_t at)
{
	while (at < source.n && !strchr("*#{", source.p[at]))
		at += source.p[at] == '\\' && at + 1 < source.n ? 2 : 1;
	return at;
}

/* key_text() trims; a literal keeps one space at either end, where it meets what it stands beside.
 */
static struct str literal_key(struct arena *a, struct str raw)
{
	struct buf plain = {.arena = a}, out = {.arena = a};
	for (size_t i = 0; i < raw.n; i++) {
		if (raw.p[i] == '\\' && i + 1 < raw.n)
			i++;
		buf_char(&plain, raw.p[i]);
	}
	struct str text = buf_str(&plain), key = key_text(a, text), trimmed = source_trim(text);
	if (!key.n)
		return text.n ? S(" ") : (struct str){0};
	if (trimmed.p > text.p)
		buf_char(&out, ' ');
	buf_add(&out, key);
	if (trimmed.p + trimmed.n < text.p + text.n)
		buf_char(&out, ' ');
	return buf_str(&out);
}

static const char *token_keep(struct arena *a, struct str inside, struct token *t)
{
	ptrdiff_t equals = str_find_char(inside, '=');
	t->type = KEEP;
	t->text = str_sub(inside, 0, equals < 0 ? inside.n : (size_t)equals);
	if (!t->text.n)
		return "a piece in {} needs a name";
	const char *fault = NULL;
	if (equals >= 0)
		t->inner = pattern_new(a, str_from(inside, (size_t)equals + 1), &fault);
	return fault;
}

const struct pattern *pattern_new(struct arena *a, struct str source, const char **fault)
{
	struct pattern *p = arena_one(a, struct pattern);
	*fault = NULL;
	for (size_t at = 0; at < source.n && !*fault;) {
		if (p->n == MOST_TOKENS)
			*fault = "a pattern has at most 16 parts";
		if (*fault)
			break;
		struct token *t = &p->tokens[p->n++];
		char c = source.p[at];
		if (c == '{') {
			ptrdiff_t close = str_find_char(str_from(source, at), '}');
			if (close < 0 || (p->n > 1 && is_wild(t - 1))) {
				*fault =
					close < 0 ? "a { is never closed" : "* and {} cannot touch";
				break;
			}
			*fault = token_keep(a, str_sub(source, at + 1, at + (size_t)close), t);
			at += (size_t)close + 1;
			*fault = ++p->kept > 6 ? "a pattern keeps at most 6 pieces" : *fault;
		} else if (strchr("*#", c)) {
			t->type = c == '*' ? ANYTHING : NUMBER;
			if (p->n > 1 && t->type == ANYTHING && is_wild(t - 1))
				*fault = "* and {} cannot touch";
			at++;
		} else {
			size_t end = literal_end(source, at);
			t->text = literal_key(a, str_sub(source, at, end));
			at = end;
		}
	}
	if (!p->n && !*fault)
		*fault = "a pattern cannot be empty";
	struct token *last = p->n ? &p->tokens[p->n - 1] : NULL;
	while (!p->kept && last && last->type == LITERAL && last->text.n > 1 &&
	       strchr(" :.?!", last->text.p[last->text.n - 1]))
		last->text.n--;
	return *fault ? NULL : p;
}

bool pattern_captures(const struct pattern *p)
{
	return p->kept > 0;
}

bool pattern_is_exact(const struct pattern *p)
{
	return p->n == 1 && p->tokens[0].type == LITERAL;
}

/* The end of a run of tokens without wildcards at `at`, or SIZE_MAX. */
static size_t match_run(const struct token *t, int n, struct str text, size_t at)
{
	for (int i = 0; i < n; i++) {
		size_t digits = 0;
		if (t[i].type == LITERAL) {
			if (!str_starts(str_from(text, at), t[i].text))
				return SIZE_MAX;
			at += t[i].text.n;
			continue;
		}
		while (at + digits < text.n && text.p[at + digits] >= '0' &&
		       text.p[at + digits] <= '9')
			digits++;
		if (!digits)
			return SIZE_MAX;
		at += digits;
	}
	return at;
}

static bool keep(const struct token *t, const struct key *key, size_t from, size_t to, bool last,
		 struct match *match)
{
	if (t->type == ANYTHING)
		return true;
	if (to <= from || (!last && to - from > MOST_KEPT))
		return false;
	if (t->inner) {
		struct key inside = {str_sub(key->text, from, to), NULL};
		if (!pattern_match(t->inner, &inside, NULL))
			return false;
	}
	if (match && key->from && match->n < 6) {
		/* where the piece ends is where the next character begins, less a space between */
		match->at[match->n++] = (struct capture){t->text, key->from[from], key->from[to]};
	}
	return true;
}

bool pattern_match(const struct pattern *p, const struct key *key, struct match *match)
{
	struct str text = key->text;
	if (!p->kept)
		while (text.n && strchr(" :.?!", text.p[text.n - 1]))
			text.n--;
	if (match)
		match->n = 0;
	int i = 0;
	while (i < p->n && !is_wild(&p->tokens[i]))
		i++;
	size_t at = match_run(p->tokens, i, text, 0);
	while (at != SIZE_MAX && i < p->n) {
		const struct token *wild = &p->tokens[i++];
		int run = i;
		while (i < p->n && !is_wild(&p->tokens[i]))
			i++;
		bool last = i == p->n;
		if (run == i)
			return keep(wild, key, at, text.n, true, match);
		size_t end = SIZE_MAX, most = wild->type == KEEP ? at + MOST_KEPT : text.n;
		for (size_t from = at; from <= text.n && from <= most; from++) {
			end = match_run(p->tokens + run, i - run, text, from);
			if (end != SIZE_MAX && (!last || end == text.n) &&
			    keep(wild, key, at, from, false, match))
				break;
			end = SIZE_MAX;
		}
		at = end;
	}
	return at == text.n;
}

/* ------------------------------------------------------------------ codes */

static bool is_letter(char c)
{
	return c == '@' || c == '%' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static size_t run_of(struct str text, size_t at, size_t most, const char *letters, char low,
		     char high)
{
	size_t n = 0;
	while (n < most && at + n < text.n &&
	       (letters ? strchr(letters, text.p[at + n]) && text.p[at + n]
			: text.p[at + n] >= low && text.p[at + n] <= high))
		n++;
	return n;
}

/* Letters of a code pattern: short ones as they are, words in any case and accent. */
static size_t code_word(struct arena *a, struct str want, struct str text)
{
	if (want.n < 3)
		return str_starts(text, want) ? want.n : 0;
	struct key key = key_of(a, str_sub(text, 0, want.n * 3));
	struct str folded = key_text(a, want);
	return str_starts(key.text, folded) ? key.from[folded.n] : 0;
}

static bool is_separator(struct str *rest)
{
	struct str after = *rest;
	uint32_t c = utf8_next(&after);
	bool mark = c == 0x2013 || c == 0x2014 || (c < 0x80 && strchr(".):]-", (int)c));
	if (!mark && !source_is_space(c))
		return false;
	*rest = after;
	return true;
}

/* A code ends where a space, the end, or marks and then a space stand. */
static size_t code_end(struct str text, size_t at)
{
	struct str rest = str_from(text, at);
	bool space = !rest.n;
	while (rest.n) {
		struct str before = rest;
		if (!is_separator(&rest))
			break;
		space |= source_is_space(utf8_next(&before)) || !rest.n;
	}
	return space ? text.n - rest.n : 0;
}

static size_t code_part(struct arena *a, struct str pattern, size_t *i, struct str text, size_t at)
{
	char c = pattern.p[*i];
	size_t n;
	if (c == '#')
		n = run_of(text, at, 4, NULL, '0', '9');
	else if (c == '@')
		n = run_of(text, at, 5, NULL, 'A', 'Z');
	else if (c == '%')
		n = run_of(text, at, 1, NULL, 'a', 'z');
	else if (c == '~')
		n = run_of(text, at, 7, "ivxl", 0, 0);
	else {
		size_t end = *i + (c == '\\');
		size_t from = end;
		while (end < pattern.n && !strchr("#@%~\\.)", pattern.p[end]))
			end++;
		end += end == from;
		n = code_word(a, str_sub(pattern, from, end), str_from(text, at));
		*i = end;
		return n;
	}
	++*i;
	return n;
}

/* The mark that closes a pattern stands for any that close a code: "%)" is a) and a. and (a). */
static size_t code_close(struct str text, size_t at)
{
	return at < text.n && strchr(".):", text.p[at]) ? 1 : 0;
}

size_t code_prefix(struct arena *a, struct str pattern, struct str text, struct str *code)
{
	bool closed = pattern.n > 1 && strchr(".)", pattern.p[pattern.n - 1]);
	bool bracket = closed && text.n && text.p[0] == '(' && pattern.p[0] != '(';
	if (bracket && run_of(text, 1, 3, NULL, '0', '9') > 2)
		return 0; /* a year */
	size_t at = bracket, gap = SIZE_MAX, gap_end = 0, open = at;
	for (size_t i = 0; i < pattern.n;) {
		struct str rest = str_from(text, at);
		bool number = pattern.p[i] == '#' && i && is_letter(pattern.p[i - 1]);
		if (number && rest.n > 1 && source_is_space(utf8_next(&rest)) && rest.n) {
			gap = at; /* "P 1" is P1 */
			at = gap_end = text.n - rest.n;
		}
		bool last = closed && i == pattern.n - 1;
		size_t n = last ? code_close(text, at) : code_part(a, pattern, &i, text, at);
		i += last;
		if (!n)
			return 0;
		at += n;
	}
	struct str got = str_sub(text, open, at);
	if (gap != SIZE_MAX)
		got = str_fmt(a, STR_FMT STR_FMT, STR_ARG(str_sub(text, open, gap)),
			      STR_ARG(str_sub(text, gap_end, at)));
	while (got.n && strchr(".):-", got.p[got.n - 1]))
		got.n--;
	while (got.n && strchr("([", got.p[0]))
		got = str_from(got, 1);
	*code = got;
	return at;
}

size_t code_match(struct arena *a, struct str pattern, struct str text, struct str *code)
{
	size_t at = code_prefix(a, pattern, text, code);
	return at ? code_end(text, at) : 0;
}
