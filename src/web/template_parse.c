#include "base/arena.h"
#include "web/template_inside.h"

#include <string.h>

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '.' || c == '-' || c == '/' || c == '~';
}

static bool is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_name_char(s.p[i]))
			return false;
	return s.n > 0 && s.n <= 100;
}

static void complain(struct complaint *c, int line, const char *text)
{
	if (c->text)
		return;
	c->line = line;
	c->text = text;
}

/* --- [[parameters]] --- */

/* The inside of the [[…]] at the start of `s`; p NULL if it is ordinary text. */
static struct str parameter_at(struct str s)
{
	ptrdiff_t end = str_find(s, S("]]"));
	struct str none = {0};
	if (end < 3 || end > 200)
		return none;
	struct str inside = str_sub(s, 2, (size_t)end), name = inside, rest = inside;
	if (strchr("#^/", name.p[0]))
		name = str_from(name, 1);
	else
		str_cut(&rest, '|', &name);
	for (size_t i = 0; i < name.n; i++)
		if (!((name.p[i] >= 'a' && name.p[i] <= 'z') || name.p[i] == '_'))
			return none;
	return name.n ? inside : none;
}

static int line_of(struct str source, size_t at)
{
	int line = 1;
	for (size_t i = 0; i < at && i < source.n; i++)
		line += source.p[i] == '\n';
	return line;
}

struct str template_parameters(struct arena *a, struct str source, const struct val *given,
			       struct complaint *complaint)
{
	if (str_find(source, S("[[")) < 0)
		return source;
	struct buf out = {.arena = a};
	struct str rest = source;
	int depth = 0, hidden = 0; /* nesting of [[#…]]; the depth from which text is dropped */
	while (rest.n) {
		ptrdiff_t at = str_find(rest, S("[["));
		if (at < 0)
			at = (ptrdiff_t)rest.n;
		if (!hidden)
			buf_add(&out, str_sub(rest, 0, (size_t)at));
		rest = str_from(rest, (size_t)at);
		struct str inside = parameter_at(rest);
		if (!inside.p) {
			size_t skip = rest.n < 2 ? rest.n : 2;
			if (!hidden)
				buf_add(&out, str_sub(rest, 0, skip));
			rest = str_from(rest, skip);
			continue;
		}
		int line = line_of(source, (size_t)(inside.p - source.p));
		rest = str_from(rest, inside.n + 4);
		char kind = inside.p[0];
		bool tag = kind == '#' || kind == '^' || kind == '/';
		ptrdiff_t bar = tag ? -1 : str_find_char(inside, '|');
		struct str name = tag ? str_from(inside, 1)
				      : str_sub(inside, 0, bar < 0 ? inside.n : (size_t)bar);
		const char *key = str_c(a, name);
		if (kind == '/') {
			if (depth-- == 0)
				complain(complaint, line, "[[/…]] without its start");
			if (depth < hidden)
				hidden = 0;
		} else if (tag) {
			depth++;
			bool keep = (val_s(given, key).n > 0) == (kind == '#');
			if (!hidden && !keep)
				hidden = depth;
		} else if (hidden) {
			continue;
		} else if (val_has(given, key)) {
			buf_add(&out, val_s(given, key));
		} else if (bar >= 0) {
			buf_add(&out, str_from(inside, (size_t)bar + 1));
		} else {
			complain(complaint, line, "a [[parameter]] that was not given");
		}
	}
	if (depth > 0)
		complain(complaint, line_of(source, source.n), "[[#…]] without its end");
	return buf_str(&out);
}

struct val *template_arguments(struct arena *a, struct str text, struct complaint *complaint)
{
	struct val *given = val_object(a);
	for (text = str_trim(text); text.n; text = str_trim(text)) {
		ptrdiff_t equals = str_find_char(text, '=');
		struct str key = equals > 0 ? str_sub(text, 0, (size_t)equals) : (struct str){0};
		if (!is_name(key) || (size_t)equals + 1 >= text.n) {
			complain(complaint, complaint->line,
				 "a partial's parameter is not key=value");
			break;
		}
		text = str_from(text, (size_t)equals + 1);
		char quote = text.p[0] == '"' || text.p[0] == '\'' ? text.p[0] : ' ';
		if (quote != ' ')
			text = str_from(text, 1);
		ptrdiff_t end = str_find_char(text, quote);
		if (end < 0 && quote != ' ')
			complain(complaint, complaint->line, "a quote that does not end");
		size_t n = end < 0 ? text.n : (size_t)end;
		val_set_str(given, str_c(a, key), str_sub(text, 0, n));
		text = str_from(text, n + 1);
	}
	return given;
}

/* --- tokens --- */

static struct token *add(struct arena *a, struct tokens *t, enum token_kind kind, int line)
{
	if (t->count == t->cap) {
		int cap = t->cap ? t->cap * 2 : 64;
		t->token = arena_grow(a, t->token, sizeof *t->token * (size_t)t->cap,
				      sizeof *t->token * (size_t)cap);
		t->cap = cap;
	}
	struct token *token = &t->token[t->count++];
	*token = (struct token){.kind = kind, .line = line, .match = -1};
	return token;
}

static bool ends_line(const struct token *t)
{
	return t->kind == TOKEN_TEXT && t->name.n && t->name.p[t->name.n - 1] == '\n';
}

static void add_text(struct arena *a, struct tokens *t, struct str text, int *line)
{
	while (text.n) {
		ptrdiff_t end = str_find_char(text, '\n');
		size_t n = end < 0 ? text.n : (size_t)end + 1;
		add(a, t, TOKEN_TEXT, *line)->name = str_sub(text, 0, n);
		text = str_from(text, n);
		*line += end >= 0;
	}
}

/* Words may be wrapped in the source: white space is one space. */
static struct str one_line(struct arena *a, struct str words)
{
	struct buf out = {.arena = a};
	words = str_trim(words);
	bool space = false;
	for (size_t i = 0; i < words.n; i++) {
		char c = words.p[i];
		bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
		if (!blank && space)
			buf_char(&out, ' ');
		if (!blank)
			buf_char(&out, c);
		space = blank;
	}
	return buf_str(&out);
}

static const char *words_tag(struct arena *a, struct token *t, struct str inside)
{
	if (inside.n && inside.p[0] == '$') {
		t->kind = TOKEN_WORDS_OF;
		t->name = str_from(inside, 1);
		return is_name(t->name) ? NULL : "{{_$…}} needs a name";
	}
	struct str rest = one_line(a, inside);
	t->kind = TOKEN_WORDS;
	t->name = rest;
	if (str_starts(rest, S("n ")) && str_find_char(rest, '|') >= 0) {
		rest = str_from(rest, 2);
		t->kind = TOKEN_PLURAL;
		str_cut(&rest, '|', &t->name);
		t->rest = rest;
		if (!is_name(t->name) || str_find_char(rest, '|') < 1)
			return "{{_n name|one|many}} is not complete";
	}
	return t->name.n ? NULL : "{{_…}} has no words";
}

static const char *value_tag(struct token *t, struct str inside)
{
	ptrdiff_t bar = str_find_char(inside, '|');
	t->kind = TOKEN_VALUE;
	t->name = bar < 0 ? inside : str_trim_end(str_sub(inside, 0, (size_t)bar));
	t->rest = bar < 0 ? (struct str){0} : str_trim(str_from(inside, (size_t)bar + 1));
	if (!is_name(t->name) || (bar >= 0 && !is_name(t->rest)))
		return "a tag that is not one of ours";
	return NULL;
}

static const struct {
	char sign;
	enum token_kind kind;
} signs[] = {{'#', TOKEN_SECTION}, {'^', TOKEN_INVERTED}, {'/', TOKEN_CLOSE},
	     {'>', TOKEN_PARTIAL}, {'<', TOKEN_PARENT},   {'$', TOKEN_BLOCK}};

static const char *read_tag(struct arena *a, struct token *t, struct str inside)
{
	char sign = inside.n ? inside.p[0] : 0;
	struct str rest = str_trim(str_from(inside, 1));
	if (sign == '!') {
		t->kind = TOKEN_COMMENT;
		return NULL;
	}
	if (sign == '_')
		return words_tag(a, t, rest);
	if (sign == '{' || sign == '&')
		return "raw values are refused: only Markdown makes HTML";
	if (sign == '=')
		return "other delimiters are not supported";
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		if (signs[i].sign != sign)
			continue;
		t->kind = signs[i].kind;
		t->name = rest;
		size_t n = 0;
		while (t->kind == TOKEN_PARTIAL && n < rest.n && is_name_char(rest.p[n]))
			n++;
		if (n) {
			t->name = str_sub(rest, 0, n);
			t->rest = str_from(rest, n);
		}
		return is_name(t->name) ? NULL : "a tag without a name";
	}
	return value_tag(t, str_trim(inside));
}

static void tokenize(struct arena *a, struct str source, struct tokens *t,
		     struct complaint *complaint)
{
	int line = 1;
	while (source.n) {
		ptrdiff_t start = str_find(source, S("{{"));
		add_text(a, t, start < 0 ? source : str_sub(source, 0, (size_t)start), &line);
		if (start < 0)
			return;
		source = str_from(source, (size_t)start + 2);
		ptrdiff_t end = str_find(source, S("}}"));
		if (end < 0) {
			complain(complaint, line, "a tag that does not end");
			return;
		}
		struct str inside = str_sub(source, 0, (size_t)end);
		struct token *token = add(a, t, TOKEN_TEXT, line);
		const char *refused = read_tag(a, token, str_trim(inside));
		if (refused)
			complain(complaint, line, refused);
		for (size_t i = 0; i < inside.n; i++)
			line += inside.p[i] == '\n';
		source = str_from(source, (size_t)end + 2);
	}
}

static bool opens(enum token_kind kind)
{
	return kind == TOKEN_SECTION || kind == TOKEN_INVERTED || kind == TOKEN_PARENT ||
	       kind == TOKEN_BLOCK;
}

static void match_tags(struct tokens *t, struct complaint *complaint)
{
	int open[64], depth = 0;
	for (int i = 0; i < t->count; i++) {
		struct token *token = &t->token[i];
		if (opens(token->kind)) {
			if (depth == 64) {
				complain(complaint, token->line, "sections nested too deeply");
				return;
			}
			open[depth++] = i;
		} else if (token->kind == TOKEN_CLOSE) {
			if (!depth || !str_eq(t->token[open[depth - 1]].name, token->name)) {
				complain(complaint, token->line,
					 "an end that does not match its start");
				return;
			}
			token->match = open[--depth];
			t->token[token->match].match = i;
		}
	}
	if (depth)
		complain(complaint, t->token[open[depth - 1]].line, "a section that does not end");
}

/* --- lines on which tags stand alone leave nothing behind --- */

static bool is_blank(const struct token *t)
{
	return t->kind == TOKEN_TEXT && !str_trim(t->name).n;
}

static bool inherits(const struct tokens *t, const struct token *token)
{
	enum token_kind kind =
		token->kind == TOKEN_CLOSE ? t->token[token->match].kind : token->kind;
	return kind == TOKEN_PARENT || kind == TOKEN_BLOCK;
}

static bool can_stand_alone(const struct token *t)
{
	return opens(t->kind) || t->kind == TOKEN_CLOSE || t->kind == TOKEN_PARTIAL ||
	       t->kind == TOKEN_COMMENT;
}

/* The tags of one line, without the white space around them. */
static bool stand_alone(const struct tokens *t, int first, int last)
{
	const struct token *start = &t->token[first];
	if (first == last)
		return can_stand_alone(start);
	if (start->kind == TOKEN_PARENT && start->match == last)
		return true;
	for (int i = first; i <= last; i++)
		if (!inherits(t, &t->token[i]))
			return false;
	return !(start->kind == TOKEN_BLOCK && start->match == last);
}

static void finish_line(struct tokens *t, int from, int to)
{
	t->token[from].line_start = true;
	int first = from, last = to;
	if (first < last && is_blank(&t->token[first]))
		first++;
	if (last > first && is_blank(&t->token[last]))
		last--;
	if (!can_stand_alone(&t->token[first]))
		return;
	struct str before = first > from ? t->token[from].name : (struct str){0};
	if (t->token[first].kind == TOKEN_BLOCK)
		t->token[first].indent = before;
	if (!stand_alone(t, first, last))
		return;
	t->token[first].standalone = true;
	t->token[first].indent = before;
	t->token[from].name = first > from ? (struct str){0} : t->token[from].name;
	t->token[from].line_start = first == from;
	if (last < to)
		t->token[to].name.n = 0;
	for (int i = first; i <= last; i++)
		t->token[i].standalone = true;
}

void template_parse(struct arena *a, struct str source, struct tokens *t,
		    struct complaint *complaint)
{
	tokenize(a, source, t, complaint);
	if (!complaint->text)
		match_tags(t, complaint);
	for (int i = 0, from = 0; i < t->count && !complaint->text; i++) {
		if (ends_line(&t->token[i]) || i + 1 == t->count) {
			finish_line(t, from, i);
			from = i + 1;
		}
	}
}
