#include "sql_text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum token_kind { END, SPACE, COMMENT, QUOTED, PARAM, WORD, OTHER, UNCLOSED };

struct token {
	enum token_kind kind;
	struct piece text;
};

static bool word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* Length of a quoted stretch at p, a doubled quote being part of it; 0 if it never closes. */
static size_t quoted_length(const char *p, const char *end)
{
	for (const char *q = p + 1; q < end; q++) {
		if (*q != *p)
			continue;
		if (q + 1 < end && q[1] == *p)
			q++;
		else
			return (size_t)(q + 1 - p);
	}
	return 0;
}

static size_t run_length(const char *p, const char *end, bool (*belongs)(char))
{
	const char *q = p;
	while (q < end && belongs(*q))
		q++;
	return (size_t)(q - p);
}

static bool space_char(char c)
{
	return isspace((unsigned char)c);
}

static bool line_char(char c)
{
	return c != '\n';
}

static struct token block_comment(const char *p, const char *end)
{
	const char *close = memmem(p + 2, (size_t)(end - p) - 2, "*/", 2);
	if (!close)
		return (struct token){UNCLOSED, {p, (size_t)(end - p)}};
	return (struct token){COMMENT, {p, (size_t)(close + 2 - p)}};
}

static struct token next_token(const char *p, const char *end)
{
	if (p == end)
		return (struct token){END, {p, 0}};
	char next = p + 1 < end ? p[1] : 0;
	if (space_char(*p))
		return (struct token){SPACE, {p, run_length(p, end, space_char)}};
	if (*p == '-' && next == '-')
		return (struct token){COMMENT, {p, run_length(p, end, line_char)}};
	if (*p == '/' && next == '*')
		return block_comment(p, end);
	if (*p == '\'' || *p == '"') {
		size_t n = quoted_length(p, end);
		return n ? (struct token){QUOTED, {p, n}}
			 : (struct token){UNCLOSED, {p, (size_t)(end - p)}};
	}
	if (*p == ':' && next == ':')
		return (struct token){OTHER, {p, 2}};
	if (*p == ':' && (isalpha((unsigned char)next) || next == '_'))
		return (struct token){PARAM, {p, 1 + run_length(p + 1, end, word_char)}};
	if (word_char(*p))
		return (struct token){WORD, {p, run_length(p, end, word_char)}};
	return (struct token){OTHER, {p, 1}};
}

static bool word_is(struct piece word, const char *name)
{
	return word.n == strlen(name) && !strncasecmp(word.p, name, word.n);
}

int sql_param_number(const struct sql_text *text, struct piece name)
{
	for (int i = 0; i < text->param_count; i++)
		if (text->params[i].n == name.n && !memcmp(text->params[i].p, name.p, name.n))
			return i + 1;
	return 0;
}

/* The reviewed exceptions to the rules on queries, written as comments with their reason. */
static void note(struct sql_text *text, struct piece comment)
{
	static const char scan[] = "-- scan:", all_orgs[] = "-- all orgs:";
	struct piece *to = NULL;
	size_t skip = 0;
	if (comment.n > strlen(scan) && !memcmp(comment.p, scan, strlen(scan)))
		to = &text->scan, skip = strlen(scan);
	if (comment.n > strlen(all_orgs) && !memcmp(comment.p, all_orgs, strlen(all_orgs)))
		to = &text->all_orgs, skip = strlen(all_orgs);
	if (!to)
		return;
	while (skip < comment.n && space_char(comment.p[skip]))
		skip++;
	*to = (struct piece){comment.p + skip, comment.n - skip};
}

static const char *read_word(struct sql_text *text, struct piece word, int depth, bool first)
{
	static const char *const changes[] = {"insert", "update", "delete", NULL};
	bool change = false;
	for (int i = 0; changes[i]; i++)
		change = change || word_is(word, changes[i]);
	if (first && !change && !word_is(word, "select") && !word_is(word, "with"))
		return "a query starts with SELECT, INSERT, UPDATE, DELETE or WITH";
	text->writes = text->writes || (change && depth == 0);
	return NULL;
}

static const char *read_param(struct sql_text *text, struct piece param)
{
	struct piece name = {param.p + 1, param.n - 1};
	if (sql_param_number(text, name))
		return NULL;
	if (text->param_count == SQL_PARAMS_MAX)
		return "too many parameters";
	text->params[text->param_count++] = name;
	return NULL;
}

/* How far a statement that puts one row of VALUES in and returns its id was read. */
enum insert_state { NO_INSERT, TABLE, ONE_ROW, RETURNING, ID, ID_AS, ID_NAMED };

static enum insert_state read_insert(enum insert_state at, struct token t, int depth)
{
	static const struct {
		enum insert_state at;
		const char *word;
		enum insert_state next;
	} steps[] = {
		{TABLE, "values", ONE_ROW},     {ONE_ROW, "on", ONE_ROW},
		{ONE_ROW, "conflict", ONE_ROW}, {ONE_ROW, "do", ONE_ROW},
		{ONE_ROW, "nothing", ONE_ROW},  {ONE_ROW, "returning", RETURNING},
		{RETURNING, "id", ID},          {ID, "as", ID_AS},
		{ID_AS, "id", ID_NAMED},
	};
	bool closes = t.kind == OTHER && (*t.text.p == ')' || *t.text.p == ';');
	for (size_t i = 0; t.kind == WORD && !depth && i < sizeof steps / sizeof *steps; i++)
		if (steps[i].at == at && word_is(t.text, steps[i].word))
			return steps[i].next;
	return at == TABLE || depth || closes ? at : NO_INSERT;
}

const char *sql_read(struct sql_text *text, struct piece source)
{
	*text = (struct sql_text){.source = source};
	const char *p = source.p, *end = source.p + source.n, *wrong = NULL;
	int depth = 0;
	bool first = true, ended = false;
	enum insert_state insert = NO_INSERT;
	for (struct token t = next_token(p, end); t.kind != END && !wrong; t = next_token(p, end)) {
		p = t.text.p + t.text.n;
		if (t.kind == COMMENT)
			note(text, t.text);
		if (t.kind == SPACE || t.kind == COMMENT)
			continue;
		if (t.kind == UNCLOSED)
			return "a quote or comment is not closed";
		if (ended)
			return "a second statement without a name";
		char c = t.kind == OTHER ? *t.text.p : 0;
		depth += (c == '(') - (c == ')');
		ended = c == ';';
		insert = first && word_is(t.text, "insert") ? TABLE : read_insert(insert, t, depth);
		if (insert == RETURNING)
			text->insert = (struct piece){source.p, (size_t)(t.text.p - source.p)};
		if (t.kind == WORD)
			wrong = read_word(text, t.text, depth, first);
		if (t.kind == PARAM)
			wrong = read_param(text, t.text);
		first = false;
	}
	if (!wrong && first)
		return "no statement";
	if (insert != ID && insert != ID_NAMED)
		text->insert = (struct piece){0};
	return wrong;
}

void sql_write(const struct sql_text *text, char mark, const struct sql_text *numbers,
	       void (*put)(void *context, const char *p, size_t n), void *context)
{
	const char *p = text->source.p, *end = p + text->source.n;
	bool gap = false, any = false;
	for (struct token t = next_token(p, end); t.kind != END; t = next_token(p, end)) {
		p = t.text.p + t.text.n;
		if (t.kind == SPACE || t.kind == COMMENT) {
			gap = true;
			continue;
		}
		if (t.kind == OTHER && *t.text.p == ';')
			continue;
		if (gap && any)
			put(context, " ", 1);
		gap = false, any = true;
		if (t.kind != PARAM) {
			put(context, t.text.p, t.text.n);
			continue;
		}
		char number[16];
		struct piece name = {t.text.p + 1, t.text.n - 1};
		int n = snprintf(number, sizeof number, "%c%d", mark,
				 sql_param_number(numbers, name));
		put(context, number, (size_t)n);
	}
}
