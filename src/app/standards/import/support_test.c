#include "app/standards/import/support_test.h"

#include "app/standards/import/pattern.h"
#include "app/standards/import/source.h"
#include "base/arena.h"
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const documents[5] = {
	"sources/cdpc-20.2-mobilize-career-influencers.txt",
	"sources/canadian-sg-community-capacity-and-facilitation.txt",
	"sources/cacee-competency-rubric.txt",
	"sources/cdi-definitions-and-register.txt",
	"sources/ceric-consensus-session-capture.txt",
};
const char *const document_layouts[5] = {"competency", "guidelines", "rubric", "definitions",
					 "consensus"};

struct str shared_file(const char *path)
{
	const char *folder = getenv("WAYPOST_SHARED");
	struct str name = str_fmt(test_arena, "%s/%s", folder ? folder : "../shared", path);
	FILE *file = fopen(str_c(test_arena, name), "rb");
	struct buf b = {.arena = test_arena};
	char piece[4096];
	size_t n;
	if (!file)
		return (struct str){0};
	while ((n = fread(piece, 1, sizeof piece, file)) > 0)
		buf_add(&b, (struct str){piece, n});
	fclose(file);
	return buf_str(&b);
}

const struct layouts *shipped_layouts(void)
{
	return import_layouts(test_arena);
}

struct val *imported_with(const struct layouts *layouts, struct str bytes, const char *layout)
{
	struct import_options options = {.layout = str_of(layout), .file_name = S("sample.txt")};
	return import_document(test_arena, bytes, layouts, &options);
}

struct val *imported(struct str bytes, const char *layout)
{
	return imported_with(shipped_layouts(), bytes, layout);
}

struct val *imported_text(const char *text, const char *layout)
{
	return imported(str_of(text), layout);
}

/* ------------------------------------------------------------------ asking */

struct val *item_kind(const struct val *result, const char *kind, int nth)
{
	struct val *items = val_get(result, "items");
	for (size_t i = 0; i < val_count(items); i++)
		if (str_is(val_s(val_at(items, i), "kind"), kind) && !nth--)
			return val_at(items, i);
	return val_null();
}

struct val *item_code(const struct val *result, const char *code)
{
	struct val *items = val_get(result, "items");
	for (size_t i = 0; i < val_count(items); i++)
		if (str_is(val_s(val_at(items, i), "code"), code))
			return val_at(items, i);
	return val_null();
}

struct val *item_begins(const struct val *result, const char *text)
{
	struct val *items = val_get(result, "items");
	for (size_t i = 0; i < val_count(items); i++)
		if (str_starts(val_s(val_at(items, i), "text"), str_of(text)))
			return val_at(items, i);
	return val_null();
}

struct val *item_parent(const struct val *result, const struct val *item)
{
	int64_t id = val_i(item, "parent");
	return id ? val_at(val_get(result, "items"), (size_t)id - 1) : val_null();
}

int kinds(const struct val *result, const char *kind)
{
	return (int)val_i(val_path(result, "counts.kinds"), kind);
}

int children(const struct val *result, const struct val *item, const char *kind)
{
	struct val *items = val_get(result, "items");
	int n = 0;
	for (size_t i = 0; i < val_count(items); i++) {
		struct val *one = val_at(items, i);
		if (val_i(one, "parent") == val_i(item, "id") && val_i(item, "id"))
			n += !kind || str_is(val_s(one, "kind"), kind);
	}
	return n;
}

struct str outline(struct arena *a, const struct val *result, bool with_kinds)
{
	struct buf b = {.arena = a};
	struct val *items = val_get(result, "items");
	for (size_t i = 0; i < val_count(items); i++) {
		struct val *item = val_at(items, i);
		for (int64_t d = 0; d < val_i(item, "depth"); d++)
			buf_char(&b, '\t');
		if (with_kinds)
			buf_fmt(&b, STR_FMT ": ", STR_ARG(val_s(item, "kind")));
		if (val_s(item, "code").n)
			buf_fmt(&b, STR_FMT " ", STR_ARG(val_s(item, "code")));
		if (val_s(item, "title").n)
			buf_fmt(&b, STR_FMT " = ", STR_ARG(val_s(item, "title")));
		buf_add(&b, val_s(item, "text"));
		if (val_has(item, "scale"))
			buf_fmt(&b, " => " STR_FMT, STR_ARG(val_s(item, "answer")));
		buf_char(&b, '\n');
	}
	return buf_str(&b);
}

/* ------------------------------------------------------------------ conservation */

struct ledger {
	int lines;
	char *fate;       /* by line: 'i', 'f', 'u' */
	struct buf *said; /* by line: all that the result says of it */
};

static void say(struct ledger *l, int64_t line, struct str text)
{
	if (line < 1 || line > l->lines)
		return;
	buf_char(&l->said[line], ' ');
	buf_add(&l->said[line], text);
}

/* All texts of a value, however deep. */
static void collect(struct buf *b, const struct val *v)
{
	if (val_kind(v) == VAL_TEXT) {
		buf_char(b, ' ');
		buf_add(b, val_get_str(v));
	}
	if (val_kind(v) != VAL_LIST && val_kind(v) != VAL_OBJECT)
		return;
	for (size_t i = 0; i < val_count(v); i++) {
		if (val_kind(v) == VAL_OBJECT) {
			const char *name = val_name_at(v, i);
			buf_char(b, ' ');
			buf_add(b, str_of(name));
			collect(b, val_get(v, name));
		} else {
			collect(b, val_at(v, i));
		}
	}
}

static bool mark(struct ledger *l, int64_t line, char fate)
{
	if (line < 1 || line > l->lines)
		return test_check(false, __FILE__, __LINE__,
				  "a line of the result is one of the text");
	if (l->fate[line] && (l->fate[line] != fate || fate != 'i')) {
		char what[80];
		snprintf(what, sizeof what, "line %d is in one place only (%c, %c)", (int)line,
			 l->fate[line], fate);
		return test_check(false, __FILE__, __LINE__, what);
	}
	l->fate[line] = fate;
	return true;
}

static bool place_items(struct ledger *l, const struct val *result)
{
	struct val *items = val_get(result, "items"), *cells = val_get(result, "descriptors");
	bool ok = true;
	for (size_t i = 0; i < val_count(items); i++) {
		struct val *item = val_at(items, i), *lines = val_get(item, "lines");
		struct buf b = {.arena = test_arena};
		collect(&b, item);
		ok &= CHECK_INT(val_i(item, "id"), i + 1);
		ok &= CHECK(val_i(item, "parent") <= (int64_t)i);
		ok &= CHECK(val_count(lines) > 0);
		ok &= CHECK_INT(val_i(item, "line"), val_get_int(val_at(lines, 0)));
		for (size_t n = 0; n < val_count(lines); n++) {
			int64_t line = val_get_int(val_at(lines, n));
			ok &= mark(l, line, 'i');
			say(l, line, buf_str(&b));
		}
	}
	for (size_t i = 0; i < val_count(cells); i++) {
		struct val *cell = val_at(cells, i);
		struct val *of = val_at(items, (size_t)val_i(cell, "criterion") - 1);
		ok &= CHECK(val_i(of, "id") > 0);
		struct val *lines = val_get(of, "lines");
		for (size_t n = 0; n < val_count(lines); n++)
			say(l, val_get_int(val_at(lines, n)), val_s(cell, "text"));
	}
	return ok;
}

static bool place_lines(struct ledger *l, const struct val *list, char fate, const char *why)
{
	bool ok = true;
	for (size_t i = 0; i < val_count(list); i++) {
		struct val *one = val_at(list, i);
		if (!val_b(one, "part"))
			ok &= mark(l, val_i(one, "line"), fate);
		ok &= CHECK(val_s(one, why).n > 0);
		say(l, val_i(one, "line"), val_s(one, "text"));
	}
	return ok;
}

/* Marks and bullets begin with the byte E2; letters of English and French do not. */
static bool is_letter(unsigned char c)
{
	return (c >= 0x80 && c < 0xe2) || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

/* Every word of the line, without its markup, is among the words said of it. */
static bool says_all(struct str line, struct str said, int number, bool *in_tag)
{
	struct str words = key_text(test_arena, line), all = key_text(test_arena, said);
	for (size_t i = 0; i < words.n;) {
		size_t end = i;
		bool comment = str_starts(str_from(words, i), S("<!--"));
		if (*in_tag ||
		    (words.p[i] == '<' && !comment)) { /* a tag may go on in the next line */
			while (end < words.n && words.p[end] != '>')
				end++;
			*in_tag = end == words.n;
			i = end + 1;
			continue;
		}
		while (end < words.n && is_letter((unsigned char)words.p[end]))
			end++;
		/* a list of names keeps no word between them */
		struct str word = str_sub(words, i, end);
		bool joins = str_is(word, "and") || str_is(word, "et");
		if (word.n && !joins && str_find(all, word) < 0) {
			struct str what =
				str_fmt(test_arena, "line %d keeps its word “" STR_FMT "”", number,
					STR_ARG(str_sub(words, i, end)));
			return test_check(false, __FILE__, __LINE__, str_c(test_arena, what));
		}
		i = end > i ? end : i + ((unsigned char)words.p[i] >= 0xe2 ? 3 : 1);
	}
	return true;
}

bool conserved(struct str bytes, const struct val *result)
{
	struct source source = source_read(test_arena, bytes);
	struct ledger l = {.lines = source.count};
	bool ok = true;
	l.fate = arena_alloc(test_arena, (size_t)source.count + 2);
	l.said = arena_many(test_arena, struct buf, (size_t)source.count + 2);
	for (int i = 0; i <= source.count; i++)
		l.said[i].arena = test_arena;
	ok &= place_items(&l, result);
	ok &= place_lines(&l, val_get(result, "furniture"), 'f', "why");
	ok &= place_lines(&l, val_get(result, "unplaced"), 'u', "reason");
	bool in_tag = false;
	for (int i = 1; i <= source.count; i++) {
		struct str text = source.lines[i - 1].text;
		if (!text.n)
			continue;
		if (!l.fate[i]) {
			struct str what = str_fmt(test_arena, "line %d has a place: " STR_FMT, i,
						  STR_ARG(str_sub(text, 0, 60)));
			ok &= test_check(false, __FILE__, __LINE__, str_c(test_arena, what));
		} else {
			ok &= says_all(text, buf_str(&l.said[i]), i, &in_tag);
		}
	}
	return ok;
}

struct val *read_as(const char *text, const char *layout, const char *lang, const char *tree)
{
	struct val *result = imported_text(text, "auto"), *document = val_get(result, "document");
	CHECK_STR(val_s(document, "layout"), layout);
	CHECK_STR(val_s(document, "lang"), lang);
	CHECK_INT(val_count(val_get(result, "unplaced")), 0);
	CHECK_STR(outline(test_arena, result, true), tree);
	CHECK(conserved(str_of(text), result));
	return result;
}
