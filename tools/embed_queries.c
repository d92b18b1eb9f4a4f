#include "embed.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum engine { SQLITE, POSTGRES, ENGINES, PART };

struct block {
	const char *file;
	int line;
	char name[96]; /* person_by_name */
	struct sql_text text[ENGINES];
	bool has[ENGINES];
};

enum { BLOCKS_MAX = 4000 };
static struct block blocks[BLOCKS_MAX];
static int block_count;

/* "-- by_name", "-- by_name postgres" or "-- part rows", alone on its line. */
static bool name_line(struct piece line, char *name, size_t size, int *engine)
{
	char text[80], word[2][64] = {"", ""};
	int end = 0;
	if (line.n < 4 || line.n >= sizeof text || memcmp(line.p, "-- ", 3))
		return false;
	memcpy(text, line.p, line.n);
	text[line.n] = 0;
	int n = sscanf(text, "-- %63[a-z0-9_] %63[a-z0-9_]%n", word[0], word[1], &end);
	*engine = ENGINES;
	if (n == 1 && strlen(word[0]) + 3 == line.n) {
		snprintf(name, size, "%s", word[0]);
		return isalpha((unsigned char)*name);
	}
	if (n != 2 || (size_t)end != line.n)
		return false;
	*engine = !strcmp(word[1], "sqlite")     ? SQLITE
		  : !strcmp(word[1], "postgres") ? POSTGRES
		  : !strcmp(word[0], "part")     ? PART
						 : -1;
	snprintf(name, size, "%s", word[*engine == PART]);
	return *engine >= 0;
}

/* ---- parts: of one file ---- */

struct part {
	char name[64];
	int line, uses;
	struct piece text;
};

enum { PARTS_MAX = 20 };
static struct part parts[PARTS_MAX];
static int part_count;

static struct piece line_at(struct piece rest)
{
	const char *stops = memchr(rest.p, '\n', rest.n);
	return (struct piece){rest.p, stops ? (size_t)(stops + 1 - rest.p) : rest.n};
}

static void part_add(const char *file, int line, const char *name, struct piece text)
{
	if (part_count == PARTS_MAX)
		stop(file, line, "more than %d parts", PARTS_MAX);
	struct part *part = &parts[part_count++];
	*part = (struct part){.line = line, .text = text};
	snprintf(part->name, sizeof part->name, "%s", name);
}

/* The part that a line asks for; NULL: it is another line. */
static struct part *part_of(const char *file, int line, struct piece text)
{
	char name[64], copy[80];
	int end = 0;
	if (text.n >= sizeof copy || text.n < 8)
		return NULL;
	memcpy(copy, text.p, text.n);
	copy[text.n] = 0;
	if (sscanf(copy, "-- use %63[a-z0-9_]%n", name, &end) != 1 ||
	    (copy[end] && copy[end] != '\n'))
		return NULL;
	for (int i = 0; i < part_count; i++)
		if (!strcmp(parts[i].name, name))
			return &parts[i];
	stop(file, line, "there is no part %s above", name);
}

/* The statement, or the part, with its parts in it. */
static struct piece put_parts(const char *file, int line, struct piece source)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	while (source.n) {
		struct piece next = line_at(source);
		struct part *part = part_of(file, line, next);
		struct piece put = part ? part->text : next;
		fwrite(put.p, 1, put.n, out);
		if (part)
			part->uses++;
		source = (struct piece){source.p + next.n, source.n - next.n};
	}
	if (fclose(out))
		stop(file, line, "no memory");
	return (struct piece){text, size};
}

static void parts_end(const char *file)
{
	for (int i = 0; i < part_count; i++) {
		if (parts[i].uses < 2)
			stop(file, parts[i].line, "part %s is used by fewer than two statements",
			     parts[i].name);
		free((char *)parts[i].text.p);
	}
	part_count = 0;
}

/* ---- statements ---- */

static struct block *block_open(const char *file, int line, const char *name, int engine)
{
	for (int i = 0; i < block_count; i++) {
		struct block *b = &blocks[i];
		if (strcmp(b->name, name))
			continue;
		if (engine == ENGINES || b->has[engine])
			stop(file, line, "query %s is also at %s:%d", name, b->file, b->line);
		return b;
	}
	if (block_count == BLOCKS_MAX)
		stop(file, line, "more than %d queries", BLOCKS_MAX);
	struct block *b = &blocks[block_count++];
	b->file = file;
	b->line = line;
	snprintf(b->name, sizeof b->name, "%s", name);
	return b;
}

static void block_close(struct block *b, const char *file, int line, int engine,
			struct piece source)
{
	for (int i = 0; i < ENGINES; i++) {
		if (engine != ENGINES && engine != i)
			continue;
		const char *wrong = sql_read(&b->text[i], source);
		if (wrong)
			stop(file, line, "query %s: %s", b->name, wrong);
		b->has[i] = true;
	}
}

static void stem_of(const char *path, char *stem, size_t size)
{
	const char *slash = strrchr(path, '/'), *from = slash ? slash + 1 : path;
	snprintf(stem, size, "%.*s", (int)strcspn(from, "."), from);
	for (const char *p = stem; *p; p++)
		if (!islower((unsigned char)*p) && !isdigit((unsigned char)*p) && *p != '_')
			stop(path, 0, "a .sql file's name is lower-case letters, digits and _");
}

/* Before the first name only comments and blank lines may stand. */
static void preamble(const char *file, struct piece source)
{
	struct sql_text text;
	const char *wrong = sql_read(&text, source);
	if (!wrong || strcmp(wrong, "no statement"))
		stop(file, 1, "a statement without a name");
}

/* What is open while a file is read. */
struct reading {
	const char *path, *from; /* from: where its text begins */
	char stem[40], name[64];
	struct block *block; /* NULL in a part, and before the first name */
	int engine, line;
};

static void close_open(struct reading *r, const char *end)
{
	struct piece text = {r->from, (size_t)(end - r->from)};
	if (r->engine == PART || r->block)
		text = put_parts(r->path, r->line, text);
	if (r->engine == PART)
		part_add(r->path, r->line, r->name, text);
	else if (r->block)
		block_close(r->block, r->path, r->line, r->engine, text);
	else
		preamble(r->path, text);
}

static void open_next(struct reading *r, int engine, int line)
{
	char full[sizeof blocks->name];
	snprintf(full, sizeof full, "%s_%.55s", r->stem, r->name);
	r->engine = engine, r->line = line;
	r->block = engine == PART ? NULL : block_open(r->path, line, full, engine);
}

static void read_file(const char *path)
{
	struct piece all = file_bytes(path);
	const char *end = all.p + all.n;
	struct reading r = {.path = path, .from = all.p, .engine = ENGINES};
	int line_number = 1;
	stem_of(path, r.stem, sizeof r.stem);
	for (const char *p = all.p; p < end; line_number++) {
		struct piece line = line_at((struct piece){p, (size_t)(end - p)});
		size_t n = line.n && line.p[line.n - 1] == '\n' ? line.n - 1 : line.n;
		char name[64];
		int engine;
		if (name_line((struct piece){p, n}, name, sizeof name, &engine)) {
			close_open(&r, p);
			snprintf(r.name, sizeof r.name, "%s", name);
			open_next(&r, engine, line_number);
			r.from = p + n;
		}
		p += line.n;
	}
	close_open(&r, end);
	parts_end(path);
}

/* Both texts take the same parameters: PostgreSQL cannot type a number that is not used. */
static void check_twins(const struct block *b)
{
	const struct sql_text *one = &b->text[SQLITE], *two = &b->text[POSTGRES];
	if (!b->has[SQLITE] || !b->has[POSTGRES])
		stop(b->file, b->line, "query %s is written for one engine only", b->name);
	bool same = one->param_count == two->param_count && one->writes == two->writes;
	for (int i = 0; same && i < one->param_count; i++)
		same = sql_param_number(two, one->params[i]) > 0;
	if (!same)
		stop(b->file, b->line, "query %s: its two texts do not take the same parameters",
		     b->name);
}

static void put_literal(void *context, const char *p, size_t n)
{
	FILE *out = context;
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '"' || p[i] == '\\')
			fputc('\\', out);
		if (p[i] == '\n')
			fputs("\\n", out);
		else
			fputc(p[i], out);
	}
}

static void count(void *context, const char *p, size_t n)
{
	(void)p;
	*(size_t *)context += n;
}

static void put_reason(FILE *out, const char *field, struct piece reason)
{
	if (!reason.p)
		return;
	fprintf(out, "\t.%s = \"", field);
	put_literal(out, reason.p, reason.n);
	fputs("\",\n", out);
}

static void put_block(FILE *out, const struct block *b, int id)
{
	const struct sql_text *t = &b->text[SQLITE];
	static const char *const fields[] = {"sqlite", "postgres"};
	static const char marks[] = "?$";
	fprintf(out, "\n/* %s:%d */\nconst struct query q_%s = {\n\t.name = \"%s\",\n", b->file,
		b->line, b->name, b->name);
	for (int i = 0; i < ENGINES; i++) {
		fprintf(out, "\t.%s = \"", fields[i]);
		sql_write(&b->text[i], marks[i], t, put_literal, out);
		fputs("\",\n", out);
	}
	fputs("\t.params = (const char *const[]){", out);
	for (int i = 0; i < t->param_count; i++)
		fprintf(out, "\"%.*s\", ", (int)t->params[i].n, t->params[i].p);
	fprintf(out, "NULL},\n\t.id = %d,\n\t.writes = %s,\n", id, t->writes ? "true" : "false");
	struct sql_text insert = {.source = t->insert};
	size_t insert_bytes = 0;
	sql_write(&insert, '?', t, count, &insert_bytes);
	fprintf(out, "\t.insert_bytes = %zu,\n", insert_bytes);
	put_reason(out, "scan", t->scan.p ? t->scan : b->text[POSTGRES].scan);
	put_reason(out, "all_orgs", t->all_orgs.p ? t->all_orgs : b->text[POSTGRES].all_orgs);
	fputs("};\n", out);
}

static FILE *output(const char *path)
{
	FILE *out = fopen(path, "w");
	if (!out)
		stop(path, 0, "cannot be written");
	return out;
}

static void finish(FILE *out, const char *path)
{
	if (ferror(out) | fclose(out))
		stop(path, 0, "cannot be written");
}

void embed_queries(const char *root, const char *build, char **args, int count)
{
	(void)root, (void)build;
	if (count < 2)
		stop("embed queries", 0, "needs two files to write");
	for (int i = 2; i < count; i++)
		read_file(args[i]);
	FILE *h = output(args[0]), *c = output(args[1]);
	fputs("/* Made by tools/embed from the .sql files. */\n#pragma once\n#include "
	      "\"db/db.h\"\n\n",
	      h);
	fputs("/* Made by tools/embed from the .sql files. */\n#include \"queries.h\"\n", c);
	fputs("#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n", c);
	for (int i = 0; i < block_count; i++) {
		check_twins(&blocks[i]);
		fprintf(h, "extern const struct query q_%s;\n", blocks[i].name);
		put_block(c, &blocks[i], i);
	}
	fputs("\nconst struct query *const all_queries[] = {\n", c);
	for (int i = 0; i < block_count; i++)
		fprintf(c, "\t&q_%s,\n", blocks[i].name);
	fprintf(c, "\tNULL,\n};\nconst int all_queries_count = %d;\n", block_count);
	finish(h, args[0]);
	finish(c, args[1]);
}
