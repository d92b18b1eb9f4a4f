#include "app/standards/import/layout.h"

#include "app/standards/import/source.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

enum { TOP = 1, INNER = 2, HOLDS = 4, KIND = 8, AMOUNT = 16, PATTERNS = 32 };

static const struct {
	const char *name;
	enum verb verb;
	int is;
} verbs[] = {
	{"layout", RULE_LAYOUT, TOP | KIND},
	{"title", RULE_TITLE, TOP | KIND},
	{"include", RULE_INCLUDE, TOP | KIND},
	{"needs", RULE_NEEDS, TOP | KIND | AMOUNT},
	{"language", RULE_LANGUAGE, TOP | KIND},
	{"bullets", RULE_BULLETS, TOP},
	{"drop", RULE_DROP, TOP | INNER | PATTERNS},
	{"meta", RULE_META, TOP | KIND | PATTERNS},
	{"begin", RULE_BEGIN, TOP | PATTERNS},
	{"end", RULE_END, TOP | PATTERNS},
	{"section", RULE_SECTION, TOP | HOLDS | KIND | PATTERNS},
	{"heading", RULE_HEADING, TOP | HOLDS | KIND | PATTERNS},
	{"again", RULE_AGAIN, TOP | HOLDS | KIND},
	{"code", RULE_CODE, TOP | INNER | HOLDS | KIND},
	{"line", RULE_LINE, TOP | INNER | HOLDS | KIND | PATTERNS},
	{"para", RULE_PARA, TOP | INNER | KIND},
	{"bullet", RULE_BULLET, TOP | INNER | KIND},
	{"nested", RULE_NESTED, TOP | INNER | KIND},
	{"caps", RULE_CAPS, TOP | INNER | KIND},
	{"lead", RULE_LEAD, TOP | INNER | KIND},
	{"loose", RULE_LOOSE, TOP | KIND},
	{"table", RULE_TABLE, TOP | INNER | KIND},
	{"level", RULE_LEVEL, TOP | PATTERNS},
	{"leveled", RULE_LEVELED, TOP | KIND},
	{"legend", RULE_LEGEND, TOP | PATTERNS},
	{"column", RULE_COLUMN, TOP | KIND | PATTERNS},
	{"scale", RULE_SCALE, TOP | INNER | KIND | PATTERNS},
	{"question", RULE_QUESTION, TOP | INNER | PATTERNS},
	{"split", RULE_SPLIT, TOP | INNER | KIND},
	{"refer", RULE_REFER, TOP | PATTERNS},
	{"example", RULE_EXAMPLE, TOP},
	{"comment", RULE_COMMENT, TOP | KIND | PATTERNS},
	{"guess", RULE_GUESS, TOP | KIND},
};

enum { MOST_ARGS = 120 };

struct parser {
	struct arena *arena;
	struct str file;
	int line;
	struct str *fault;
};

static bool wrong(struct parser *p, const char *why)
{
	*p->fault = str_fmt(p->arena, STR_FMT ", line %d: %s", STR_ARG(p->file), p->line, why);
	return false;
}

/* A quoted string ends at the next " without a backslash; \" stays for the pattern to read. */
static bool read_quoted(struct str *rest, struct str *out)
{
	size_t i = 1;
	while (i < rest->n && rest->p[i] != '"')
		i += rest->p[i] == '\\' ? 2 : 1;
	if (i >= rest->n)
		return false;
	*out = str_sub(*rest, 1, i);
	*rest = str_from(*rest, i + 1);
	return true;
}

static bool read_args(struct parser *p, struct str text, struct rule *rule, bool patterns)
{
	struct arg args[MOST_ARGS];
	int n = 0;
	while ((text = source_trim(text)).n && text.p[0] != '#') {
		struct arg *arg = &args[n];
		*arg = (struct arg){0};
		if (n == MOST_ARGS - 1)
			return wrong(p, "too many words in one rule");
		if (text.p[0] == '"') {
			const char *fault;
			if (!read_quoted(&text, &arg->text))
				return wrong(p, "a quoted string is never closed");
			arg->quoted = true;
			arg->key = key_text(p->arena, arg->text);
			if (patterns && !(arg->pattern = pattern_new(p->arena, arg->text, &fault)))
				return wrong(p, fault);
		} else {
			size_t end = 0;
			while (end < text.n && !strchr(" \t\"", text.p[end]))
				end++;
			arg->text = str_sub(text, 0, end);
			text = str_from(text, end);
		}
		n++;
	}
	rule->args = n ? arena_copy(p->arena, args, sizeof *args * (size_t)n) : NULL;
	rule->n = n;
	return true;
}

static bool read_rule(struct parser *p, struct str text, bool indented, struct rule *rule)
{
	size_t end = 0, which = 0;
	while (end < text.n && !strchr(" \t\"", text.p[end]))
		end++;
	struct str verb = str_sub(text, 0, end);
	while (which < sizeof verbs / sizeof *verbs && !str_is(verb, verbs[which].name))
		which++;
	if (which == sizeof verbs / sizeof *verbs)
		return wrong(p, "this word is no rule");
	int is = verbs[which].is;
	if (!(is & (indented ? INNER : TOP)))
		return wrong(p, indented ? "this rule cannot stand inside another"
					 : "this rule stands inside a section");
	*rule = (struct rule){.verb = verbs[which].verb, .line = p->line};
	if (!read_args(p, str_from(text, end), rule, is & PATTERNS))
		return false;
	if (is & KIND && (!rule->n || rule->args[0].quoted))
		return wrong(p, "this rule needs a word first, such as a kind");
	int64_t rank = 0;
	if (rule->n && !rule->args[0].quoted)
		rule->kind = rule->args[0].text;
	if (rule->n > 1 && !rule->args[1].quoted && str_int(rule->args[1].text, &rank) &&
	    (rank < 0 || rank > (is & AMOUNT ? 1000 : 9)))
		return wrong(p, is & AMOUNT ? "this amount is too large"
					    : "a rank is 1 (highest) to 9");
	rule->rank = (int)rank;
	return true;
}

static int count_lines(struct str text)
{
	int n = 1;
	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	return n;
}

static bool can_hold(const struct rule *rule)
{
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (verbs[i].verb == rule->verb)
			return verbs[i].is & HOLDS;
	return false;
}

static bool read_layout(struct parser *p, struct str text, struct layout *out)
{
	int most = count_lines(text);
	struct rule *inner = arena_many(p->arena, struct rule, (size_t)most);
	out->rules = arena_many(p->arena, struct rule, (size_t)most);
	struct str raw;
	for (p->line = 1; str_cut(&text, '\n', &raw); p->line++) {
		if (!utf8_valid(raw))
			return wrong(p, "this is not UTF-8");
		if (str_find_char(raw, 0) >= 0)
			return wrong(p, "there is a NUL in it");
		struct str line = source_trim(raw);
		if (!line.n || line.p[0] == '#')
			continue;
		bool indented = raw.p[0] == ' ' || raw.p[0] == '\t';
		struct rule *above = out->n ? &out->rules[out->n - 1] : NULL;
		if (indented && (!above || !can_hold(above)))
			return wrong(p, "nothing above this indented rule can hold it");
		struct rule *rule = indented ? inner : &out->rules[out->n];
		if (!read_rule(p, line, indented, rule))
			return false;
		rule->id = out->ids++;
		if (indented) {
			above->inner = above->inner_n ? above->inner : inner;
			above->inner_n++;
			inner++;
		} else {
			out->n++;
		}
		if (rule->verb == RULE_LAYOUT)
			out->name = rule->kind;
	}
	p->line = 1;
	return out->name.n || wrong(p, "there is no rule 'layout NAME'");
}

/* Its own rules first: they win over those of what it includes. One level deep is enough. */
static bool add_included(struct parser *p, const struct layouts *all, struct layout *layout)
{
	int own = layout->n;
	for (int i = 0; i < own; i++) {
		if (layout->rules[i].verb != RULE_INCLUDE)
			continue;
		p->line = layout->rules[i].line;
		const struct layout *from = layouts_find(all, layout->rules[i].kind);
		if (!from || from == layout)
			return wrong(p, "there is no such layout to include");
		struct rule *rules =
			arena_many(p->arena, struct rule, (size_t)(layout->n + from->n));
		memcpy(rules, layout->rules, sizeof *rules * (size_t)layout->n);
		for (int r = 0; r < from->n; r++) {
			if (from->rules[r].verb == RULE_LAYOUT || from->rules[r].verb == RULE_TITLE)
				continue;
			rules[layout->n] = from->rules[r];
			rules[layout->n++].id = layout->ids++;
		}
		layout->rules = rules;
	}
	return true;
}

const struct layouts *layouts_read(struct arena *a, const struct layout_file *files, int n,
				   struct str *fault)
{
	struct layouts *all = arena_one(a, struct layouts);
	all->at = arena_many(a, struct layout, (size_t)n);
	for (int i = 0; i < n; i++) {
		struct parser p = {a, files[i].name, 1, fault};
		if (!read_layout(&p, files[i].text, &all->at[i]))
			return NULL;
		if (layouts_find(all, all->at[i].name)) {
			wrong(&p, "another file has a layout of this name");
			return NULL;
		}
		all->n++;
	}
	for (int i = 0; i < n; i++) {
		struct parser p = {a, files[i].name, 1, fault};
		if (!add_included(&p, all, &all->at[i]))
			return NULL;
	}
	return all;
}

const struct layout *layouts_find(const struct layouts *all, struct str name)
{
	for (int i = 0; i < all->n; i++)
		if (str_eq(all->at[i].name, name))
			return &all->at[i];
	return NULL;
}

struct args rule_strings(const struct rule *rule, const char *name)
{
	int i = 0;
	if (*name)
		while (i < rule->n && (rule->args[i].quoted || !str_is(rule->args[i].text, name)))
			i++;
	while (i < rule->n && !rule->args[i].quoted)
		i++;
	/* bare words right after the name are no strings of it: `next conduct why "…"` */
	int n = 0;
	while (i + n < rule->n && rule->args[i + n].quoted)
		n++;
	return n ? (struct args){rule->args + i, n} : (struct args){0};
}

bool rule_has(const struct rule *rule, const char *word)
{
	for (int i = 0; i < rule->n; i++)
		if (!rule->args[i].quoted && str_is(rule->args[i].text, word))
			return true;
	return false;
}

struct str rule_word_after(const struct rule *rule, const char *word)
{
	for (int i = 0; i + 1 < rule->n; i++)
		if (!rule->args[i].quoted && str_is(rule->args[i].text, word))
			return rule->args[i + 1].text;
	return (struct str){0};
}

const struct rule *rule_next(const struct layout *layout, const struct rule *within, enum verb verb,
			     int *from)
{
	const struct rule *rules = within ? within->inner : layout->rules;
	int n = within ? within->inner_n : layout->n;
	while (*from < n) {
		const struct rule *rule = &rules[(*from)++];
		if (rule->verb == verb)
			return rule;
	}
	return NULL;
}

const struct rule *rule_near(const struct layout *layout, const struct rule *section,
			     enum verb verb)
{
	int from = 0;
	const struct rule *rule = section ? rule_next(layout, section, verb, &from) : NULL;
	from = 0;
	return rule ? rule : rule_next(layout, NULL, verb, &from);
}

bool rule_matches(const struct rule *rule, const char *name, const struct key *key,
		  struct match *match)
{
	struct args strings = rule_strings(rule, name);
	for (int i = 0; i < strings.n; i++)
		if (strings.at[i].pattern && pattern_match(strings.at[i].pattern, key, match))
			return true;
	return false;
}
