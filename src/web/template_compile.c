#include "base/arena.h"
#include "web/template_inside.h"

#include <string.h>

enum {
	DEEPEST = 40,       /* partials inside partials */
	MOST_WORK = 100000, /* tokens read and walked, instructions written */
	MOST_BYTES = 4 << 20,
	MOST_PROGRAMS = 40, /* recursive partials of one template */
};

/* A block's content, given by whoever inherits. The outermost stands first and wins. */
struct block {
	struct str name;
	const struct file *file;
	int from, to;
	const struct block *next;
};

struct file {
	const char *name;
	struct tokens tokens;
	struct str source; /* with its parameters replaced: what makes it equal to another */
};

/* A partial that includes itself becomes a program of its own, which is called. */
struct recursive {
	const struct file *file;
	const struct block *blocks;
	struct html_place entry;
	int start; /* -1: not yet written */
};

struct gen {
	const struct template_set *set;
	struct arena *keep, *scratch;
	struct val *messages;
	struct complaint *complaint;
	const struct file *file, *stack[DEEPEST];
	int depth;
	const struct block *blocks;
	struct html_place place;
	struct buf text; /* not yet an instruction */
	struct ins *ins;
	int count, cap, work;
	size_t bytes; /* of partials read, each time, and of text written */
	struct recursive recursive[MOST_PROGRAMS];
	int recursive_count;
	struct str indent; /* written before each line */
	size_t dedent;     /* taken from each line */
	bool skip_indent;  /* of the first line: it is there already */
};

static void range(struct gen *, int from, int to);

static void complain(struct gen *g, int line, const char *text)
{
	if (g->complaint->text || !text)
		return;
	*g->complaint = (struct complaint){.file = g->file->name, .line = line, .text = text};
}

static struct ins *emit_raw(struct gen *g, enum op op)
{
	if (g->count == g->cap) {
		int cap = g->cap ? g->cap * 2 : 128;
		g->ins = arena_grow(g->scratch, g->ins, sizeof *g->ins * (size_t)g->cap,
				    sizeof *g->ins * (size_t)cap);
		g->cap = cap;
	}
	struct ins *ins = &g->ins[g->count++];
	*ins = (struct ins){.op = (uint8_t)op};
	return ins;
}

static void flush(struct gen *g)
{
	if (!g->text.n)
		return;
	struct str text = buf_str(&g->text);
	g->bytes += text.n;
	emit_raw(g, OP_TEXT)->text = (struct str){arena_copy(g->keep, text.p, text.n), text.n};
	g->text.n = 0;
}

/* Partials, blocks and sections may stand in each other many times: without a bound, two to the power of the depth. */
static void spend(struct gen *g, int line, int work, size_t bytes)
{
	g->work += work;
	g->bytes += bytes;
	if (g->work > MOST_WORK || g->bytes + g->text.n > MOST_BYTES)
		complain(g, line, "the template with its partials is too large");
}

static struct ins *emit(struct gen *g, enum op op)
{
	flush(g);
	g->work++;
	return emit_raw(g, op);
}

/* Literal text of the page: trusted, and followed to know the place. */
static void literal(struct gen *g, struct str text, int line)
{
	if (!g->set->text)
		complain(g, line, html_feed(&g->place, text));
	buf_add(&g->text, text);
}

static enum html_mode place_for(struct gen *g, int line)
{
	enum html_mode mode = HTML_PLAIN;
	if (!g->set->text)
		complain(g, line, html_value(&g->place, &mode));
	return mode;
}

/* --- names --- */

bool template_path(struct arena *a, struct str text, struct path *path)
{
	*path = (struct path){0};
	ptrdiff_t bar = str_find_char(text, '|');
	if (bar >= 0) {
		path->how = str_c(a, str_from(text, (size_t)bar + 1));
		text = str_sub(text, 0, (size_t)bar);
	}
	path->full = text;
	if (str_is(text, "."))
		return true;
	struct str rest = text, part;
	while (str_cut(&rest, '.', &part)) {
		if (!part.n || path->count == sizeof path->part / sizeof *path->part)
			return false;
		path->part[path->count++] = val_name(str_c(a, part));
	}
	struct str first = str_of(path->part[0].text);
	path->optional = path->count > 1 && (str_is(first, "in") || str_is(first, "errors") ||
					     str_is(first, "theirs"));
	return path->count > 0 && text.p[text.n - 1] != '.';
}

static const struct path *new_path(struct gen *g, struct str name, struct str how, int line)
{
	struct path *path = arena_one(g->keep, struct path);
	if (!template_path(g->keep, str_dup(g->keep, name), path))
		complain(g, line, "not a name");
	if (how.n)
		path->how = str_c(g->keep, how);
	return path;
}

static void value(struct gen *g, struct str name, struct str how, int line)
{
	enum html_mode mode = place_for(g, line);
	struct ins *ins = emit(g, OP_VALUE);
	ins->mode = (uint8_t)mode;
	const struct path *path = new_path(g, name, how, line);
	g->ins[g->count - 1].path = path;
}

/* --- words --- */

static bool placeholder_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '|';
}

struct str template_placeholder(struct str *text, struct str *name)
{
	struct str all = *text;
	for (size_t i = 0; i < all.n; i++) {
		size_t n = i + 1;
		if (all.p[i] != '%')
			continue;
		while (n < all.n && placeholder_char(all.p[n]))
			n++;
		if (n > i + 1 && n < all.n && all.p[n] == '%') {
			*name = str_sub(all, i + 1, n);
			*text = str_from(all, n + 1);
			return str_sub(all, 0, i);
		}
	}
	*name = *text = (struct str){0};
	return all;
}

static void collect(struct gen *g, const struct token *t, struct str one, struct str many)
{
	if (!g->messages)
		return;
	struct val *message = val_push_object(g->messages);
	struct arena *a = g->keep;
	val_set_str(message, "msgid", str_dup(a, one));
	if (many.n)
		val_set_str(message, "plural", str_dup(a, many));
	else
		val_set_null(message, "plural");
	val_set_str(message, "file", str_dup(a, str_of(g->file->name)));
	val_set_int(message, "line", t->line);
}

/* Where words may stand, and the mode of the values inside them. */
static enum html_mode place_for_words(struct gen *g, int line)
{
	enum html_mode mode = place_for(g, line);
	if (mode != HTML_TEXT && mode != HTML_QUOTED && mode != HTML_PLAIN)
		complain(g, line, "translated words in an address");
	return mode;
}

static void words(struct gen *g, const struct token *t)
{
	collect(g, t, t->name, (struct str){0});
	enum html_mode mode = place_for_words(g, t->line);
	struct str text = t->name, name;
	if (g->set->words)
		text = str_of(g->set->words(g->set->context, str_c(g->scratch, t->name)));
	while (text.n) {
		struct str before = template_placeholder(&text, &name);
		if (mode == HTML_PLAIN)
			buf_add(&g->text, before);
		else
			buf_html(&g->text, before);
		if (name.n)
			value(g, name, (struct str){0}, t->line);
	}
}

static void words_of(struct gen *g, const struct token *t)
{
	enum html_mode mode = place_for_words(g, t->line);
	emit(g, OP_WORDS_OF)->mode = (uint8_t)mode;
	const struct path *path = new_path(g, t->name, t->rest, t->line);
	g->ins[g->count - 1].path = path;
}

static void plural(struct gen *g, const struct token *t)
{
	struct str many = t->rest, one;
	str_cut(&many, '|', &one);
	collect(g, t, one, many);
	enum html_mode mode = place_for_words(g, t->line);
	struct plural *p = arena_one(g->keep, struct plural);
	p->count = new_path(g, t->name, (struct str){0}, t->line);
	p->one = str_c(g->keep, one);
	p->many = str_c(g->keep, many);
	struct ins *ins = emit(g, OP_PLURAL);
	ins->mode = (uint8_t)mode;
	ins->plural = p;
}

/* --- sections --- */

/* A section's content may be written not at all, once, or many times: the page must be in the same
 * place before and after it. Where it is not quite, the content is written again from the merged
 * place, which must then hold. */
static void section(struct gen *g, int i, enum op op)
{
	const struct token *t = &g->file->tokens.token[i];
	emit(g, op);
	int at = g->count - 1;
	const struct path *path = new_path(g, t->name, (struct str){0}, t->line);
	g->ins[at].path = path;
	struct html_place entry = g->place, met;
	range(g, i + 1, t->match);
	met = entry;
	complain(g, t->line, html_merge(&met, &g->place));
	if (!html_same(&met, &entry) && !g->complaint->text) {
		g->count = at + 1;
		g->text.n = 0;
		g->place = met;
		range(g, i + 1, t->match);
		entry = met;
		complain(g, t->line, html_merge(&met, &g->place));
		if (!html_same(&met, &entry))
			complain(g, t->line,
				 "the section ends in another place of the page than it began");
	}
	g->place = met;
	emit(g, OP_END);
	g->ins[at].jump = g->count;
}

/* --- partials and inheritance --- */

static const struct file *open_file(struct gen *g, const struct token *t)
{
	const char *name = str_c(g->scratch, t->name);
	struct str source = g->set->source(g->set->context, name);
	if (!source.p) {
		complain(g, t->line, "there is no such partial");
		return NULL;
	}
	struct complaint where = {.line = t->line};
	struct val *given = template_arguments(g->scratch, t->rest, &where);
	complain(g, t->line, where.text);
	struct file *file = arena_one(g->scratch, struct file);
	file->name = name;
	where = (struct complaint){0};
	file->source = template_parameters(g->scratch, source, given, &where);
	if (!where.text)
		template_parse(g->scratch, file->source, &file->tokens, &where);
	if (where.text && !g->complaint->text)
		*g->complaint = (struct complaint){name, where.line, where.text};
	spend(g, t->line, file->tokens.count, source.n + file->source.n);
	return file;
}

/* The white space that what stands here is indented by, beyond what is taken away. */
static struct str deeper(struct gen *g, struct str indent)
{
	struct buf b = {.arena = g->scratch};
	buf_add(&b, g->indent);
	buf_add(&b, str_from(indent, g->dedent));
	return buf_str(&b);
}

static void content(struct gen *g, const struct file *file, int from, int to, struct str indent,
		    size_t dedent, bool skip_indent)
{
	const struct file *outer_file = g->file;
	struct str outer_indent = g->indent;
	size_t outer_dedent = g->dedent;
	g->file = file;
	g->indent = indent;
	g->dedent = dedent;
	g->skip_indent = skip_indent;
	range(g, from, to);
	g->file = outer_file;
	g->indent = outer_indent;
	g->dedent = outer_dedent;
	g->skip_indent = false;
}

static bool on_stack(const struct gen *g, const char *name)
{
	for (int i = 0; i < g->depth; i++)
		if (!strcmp(g->stack[i]->name, name))
			return true;
	return false;
}

static int find_recursive(struct gen *g, const struct file *file, const struct block *blocks)
{
	for (int i = 0; i < g->recursive_count; i++) {
		struct recursive *r = &g->recursive[i];
		if (!strcmp(r->file->name, file->name) && str_eq(r->file->source, file->source) &&
		    r->blocks == blocks && html_same(&r->entry, &g->place))
			return i;
	}
	return -1;
}

static void call(struct gen *g, const struct token *t, const struct file *file, int found)
{
	if (found < 0 && g->recursive_count == MOST_PROGRAMS) {
		complain(g, t->line, "partials that include each other without end");
		return;
	}
	if (found < 0) {
		found = g->recursive_count++;
		g->recursive[found] = (struct recursive){file, g->blocks, g->place, -1};
	}
	emit(g, OP_CALL)->jump = found; /* the program's number until all are written */
}

static void include(struct gen *g, const struct token *t, const struct block *blocks)
{
	const struct file *file = open_file(g, t);
	if (g->complaint->text)
		return;
	const struct block *outer = g->blocks;
	g->blocks = blocks;
	int found = find_recursive(g, file, blocks);
	if (found >= 0 || (blocks == outer && on_stack(g, file->name))) {
		call(g, t, file, found);
	} else if (g->depth == DEEPEST) {
		complain(g, t->line, "partials nested too deeply");
	} else {
		g->stack[g->depth++] = file;
		struct str indent = t->standalone ? deeper(g, t->indent) : g->indent;
		content(g, file, 0, file->tokens.count, indent, 0, !t->standalone);
		g->depth--;
	}
	g->blocks = outer;
}

static void parent(struct gen *g, int i)
{
	const struct tokens *all = &g->file->tokens;
	const struct token *t = &all->token[i];
	const struct block *blocks = g->blocks;
	struct block *own = NULL, **end = &own;
	for (int k = i + 1; k < t->match; k++) {
		const struct token *b = &all->token[k];
		if (b->match <= k)
			continue;
		if (b->kind == TOKEN_BLOCK) {
			*end = arena_one(g->scratch, struct block);
			**end = (struct block){b->name, g->file, k + 1, b->match, NULL};
			end = (struct block **)&(*end)->next;
		}
		k = b->match;
	}
	/* What was given from outside stands before what this parent is given. */
	struct block *copies = NULL, **copy = &copies;
	for (const struct block *b = blocks; own && b; b = b->next) {
		*copy = arena_one(g->scratch, struct block);
		**copy = *b;
		copy = (struct block **)&(*copy)->next;
	}
	*copy = own;
	include(g, t, own ? copies : blocks);
}

static struct str leading_space(struct str line)
{
	size_t n = 0;
	while (n < line.n && (line.p[n] == ' ' || line.p[n] == '\t'))
		n++;
	return str_sub(line, 0, n);
}

/* The white space before the first line of what stands in [from, to). */
static struct str own_indent(const struct file *file, int from, int to)
{
	const struct token *t = &file->tokens.token[from];
	for (; from < to; from++, t++) {
		if (t->standalone && t->indent.n)
			return t->indent;
		if (t->kind == TOKEN_TEXT && t->name.n)
			return t->line_start ? leading_space(t->name) : (struct str){0};
	}
	return (struct str){0};
}

static void block(struct gen *g, int i)
{
	const struct token *t = &g->file->tokens.token[i];
	const struct block *b = g->blocks;
	while (b && !str_eq(b->name, t->name))
		b = b->next;
	if (!b) {
		range(g, i + 1, t->match);
		return;
	}
	if (g->depth == DEEPEST) {
		complain(g, t->line, "blocks nested too deeply");
		return;
	}
	struct str indent = t->indent;
	if (t->standalone && own_indent(g->file, i + 1, t->match).n)
		indent = own_indent(g->file, i + 1, t->match);
	g->stack[g->depth++] = b->file;
	content(g, b->file, b->from, b->to, deeper(g, indent),
		own_indent(b->file, b->from, b->to).n, !t->standalone);
	g->depth--;
}

/* --- the walk --- */

static void text(struct gen *g, const struct token *t)
{
	struct str s = t->name;
	size_t space = t->line_start ? leading_space(s).n : 0;
	if (space)
		s = str_from(s, space < g->dedent ? space : g->dedent);
	literal(g, s, t->line);
}

static void start_line(struct gen *g, const struct token *t)
{
	if (!t->line_start || t->standalone || (t->kind == TOKEN_TEXT && !t->name.n))
		return;
	if (g->indent.n && !g->skip_indent && (g->set->text || html_may_indent(&g->place)))
		buf_add(&g->text, g->indent);
	g->skip_indent = false;
}

static void range(struct gen *g, int from, int to)
{
	const struct file *file = g->file;
	for (int i = from; i < to && !g->complaint->text; i++) {
		const struct token *t = &file->tokens.token[i];
		spend(g, t->line, 1, 0);
		start_line(g, t);
		switch (t->kind) {
		case TOKEN_TEXT:
			text(g, t);
			break;
		case TOKEN_VALUE:
			value(g, t->name, t->rest, t->line);
			break;
		case TOKEN_WORDS:
			words(g, t);
			break;
		case TOKEN_WORDS_OF:
			words_of(g, t);
			break;
		case TOKEN_PLURAL:
			plural(g, t);
			break;
		case TOKEN_SECTION:
			section(g, i, OP_SECTION);
			break;
		case TOKEN_INVERTED:
			section(g, i, OP_INVERTED);
			break;
		case TOKEN_PARTIAL:
			include(g, t, g->blocks);
			break;
		case TOKEN_PARENT:
			parent(g, i);
			break;
		case TOKEN_BLOCK:
			block(g, i);
			break;
		case TOKEN_CLOSE:
		case TOKEN_COMMENT:
			break;
		}
		if (t->match > i)
			i = t->match;
	}
}

static void recursive_programs(struct gen *g)
{
	for (int i = 0; i < g->recursive_count && !g->complaint->text; i++) {
		struct recursive *r = &g->recursive[i];
		r->start = g->count;
		g->blocks = r->blocks;
		g->place = r->entry;
		g->stack[0] = r->file;
		g->depth = 1;
		content(g, r->file, 0, r->file->tokens.count, (struct str){0}, 0, false);
		g->file = r->file;
		if (!html_same(&g->place, &g->recursive[i].entry))
			complain(g, 1, "a partial that includes itself must end where it began");
		emit(g, OP_END);
	}
	for (int i = 0; i < g->count; i++)
		if (g->ins[i].op == OP_CALL)
			g->ins[i].jump = g->recursive[g->ins[i].jump].start;
}

struct program *template_compile(const struct template_set *set, const char *name,
				 struct arena *keep, struct arena *scratch, struct val *messages,
				 struct complaint *complaint)
{
	struct gen *g = arena_one(scratch, struct gen);
	struct file top = {.name = name};
	*g = (struct gen){.set = set, .keep = keep, .scratch = scratch, .messages = messages};
	g->complaint = complaint;
	g->file = &top;
	g->text.arena = scratch;
	struct token self = {.kind = TOKEN_PARTIAL, .name = str_of(name), .standalone = true};
	include(g, &self, NULL);
	emit(g, OP_END);
	recursive_programs(g);
	if (complaint->text)
		return NULL;
	struct program *program = arena_one(keep, struct program);
	program->name = str_c(keep, str_of(name));
	program->count = g->count;
	program->ins = arena_copy(keep, g->ins, sizeof *g->ins * (size_t)g->count);
	return program;
}
