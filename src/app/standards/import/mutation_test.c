/*
 * Every published document, changed in two hundred ways. No change may lose a line or a word; a
 * harmless one (doubled heads, line ends, another encoding, wrapped lines, all of it indented,
 * headings renamed together with the layout) must give the same items.
 */
#include "app/standards/import/support_test.h"

#include "app/standards/import/source.h"
#include "base/arena.h"
#include "base/asset.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

enum { MUTATIONS = 200 };

struct document {
	struct str bytes;
	const char *layout;
	const struct layouts *layouts;
	struct val *result; /* of the bytes as they are */
	struct source source;
	struct str layout_text; /* of its own file, for renaming */
};

struct random {
	uint64_t state;
};

static uint32_t any(struct random *r, uint32_t below)
{
	r->state = r->state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(r->state >> 33) % below;
}

/* ------------------------------------------------------------------ lines */

static bool is_head(const struct document *d, int line)
{
	struct val *lists[] = {val_get(d->result, "furniture"), val_get(d->result, "items")};
	for (size_t i = 0; i < val_count(lists[0]); i++)
		if (val_i(val_at(lists[0], i), "line") == line)
			return true;
	for (size_t i = 0; i < val_count(lists[1]); i++) {
		struct val *item = val_at(lists[1], i);
		if (val_i(item, "line") == line && val_b(item, "heading") &&
		    val_count(val_get(item, "lines")) < 3 &&
		    str_find_char(val_s(item, "text"), '\n') < 0)
			return true;
	}
	return false;
}

/* A head alone between blank lines, or a row of a table's head: what a page break repeats. */
static bool can_double(const struct document *d, int i)
{
	const struct line *lines = d->source.lines;
	bool row = str_find_char(lines[i].text, '\t') >= 0;
	bool open = str_starts(lines[i].text, S("**")) && !str_ends(lines[i].text, S("**"));
	bool close = !str_starts(lines[i].text, S("**")) && str_ends(lines[i].text, S("**"));
	bool pair = i && lines[i - 1].text.n && i + 1 < d->source.count && !row;
	return lines[i].text.n && !open && !close && !pair && is_head(d, i + 1) &&
	       !(i + 1 < d->source.count && lines[i + 1].text.n && !row);
}

static struct str double_heads(const struct document *d, struct random *r)
{
	struct buf b = {.arena = test_arena};
	uint32_t of = 1 + any(r, 4);
	bool apart = any(r, 2);
	for (int i = 0; i < d->source.count; i++) {
		const struct line *line = &d->source.lines[i];
		buf_add(&b, line->raw);
		buf_char(&b, '\n');
		if (any(r, of) || !can_double(d, i))
			continue;
		if (apart && str_find_char(line->text, '\t') < 0)
			buf_char(&b, '\n');
		buf_add(&b, line->raw);
		buf_char(&b, '\n');
	}
	return buf_str(&b);
}

static struct str end_lines(const struct document *d, struct random *r)
{
	struct buf b = {.arena = test_arena};
	const char *end = any(r, 2) ? "\r\n" : "\r";
	if (any(r, 2))
		buf_lit(&b, "\xef\xbb\xbf");
	for (int i = 0; i < d->source.count; i++) {
		buf_add(&b, d->source.lines[i].raw);
		buf_add(&b, str_of(end));
	}
	return buf_str(&b);
}

static struct str encode_1252(const struct document *d, struct random *r)
{
	struct buf b = {.arena = test_arena};
	(void)r;
	for (struct str rest = d->bytes; rest.n;) {
		uint32_t c = utf8_next(&rest);
		struct str back = {0}, want;
		struct buf one = {.arena = test_arena};
		utf8_put(&one, c);
		want = buf_str(&one);
		int byte = c < 0x80 ? (int)c : 0x80;
		for (; c >= 0x80 && byte < 0x100; byte++) {
			char raw = (char)byte;
			if (utf8_from_windows_1252(test_arena, (struct str){&raw, 1}, &back) &&
			    str_eq(back, want))
				break;
		}
		buf_char(&b, (char)byte);
	}
	return buf_str(&b);
}

static struct str indent_all(const struct document *d, struct random *r)
{
	struct buf b = {.arena = test_arena};
	uint32_t by = 1 + any(r, 9);
	for (int i = 0; i < d->source.count; i++) {
		for (uint32_t n = 0; d->source.lines[i].text.n && n < by; n++)
			buf_char(&b, ' ');
		buf_add(&b, d->source.lines[i].raw);
		buf_char(&b, '\n');
	}
	return buf_str(&b);
}

/* Broken where a line had no more room, as `fold -s` and editors do; what follows hangs or not. */
static struct str wrap(const struct document *d, struct random *r)
{
	struct buf b = {.arena = test_arena};
	int width = 60 + (int)any(r, 50);
	bool hang = any(r, 2), trailing = any(r, 2);
	for (int i = 0; i < d->source.count; i++) {
		const struct line *line = &d->source.lines[i];
		struct str rest = line->raw, word;
		int at = 0;
		for (bool first = true; str_cut(&rest, ' ', &word); first = false) {
			int n = (int)utf8_length(word);
			/* a line that begins with a dash is a list entry to every reader */
			bool row =
				line->text.n && line->text.p[0] == '|'; /* one line by definition */
			if (!row && at && at + 1 + n > width && source_trim(word).n &&
			    !str_is(word, "-") && !str_is(word, "—") && !str_is(word, "–")) {
				if (trailing)
					buf_char(&b, ' ');
				buf_char(&b, '\n');
				at = 0;
				for (int s = 0; hang && s < line->indent + 2; s++, at++)
					buf_char(&b, ' ');
			} else if (!first) {
				buf_char(&b, ' ');
				at++;
			}
			buf_add(&b, word);
			at += n;
		}
		buf_char(&b, '\n');
	}
	return buf_str(&b);
}

/* Lines moved in and out at random: the depth is lost, no line is. */
static struct str indent_any(const struct document *d, struct random *r)
{
	struct buf b = {.arena = test_arena};
	for (int i = 0; i < d->source.count; i++) {
		for (uint32_t n = any(r, 7); n; n--)
			buf_char(&b, any(r, 8) ? ' ' : '\t');
		buf_add(&b, any(r, 3) ? d->source.lines[i].raw : d->source.lines[i].text);
		buf_char(&b, '\n');
	}
	return buf_str(&b);
}

/* Blank lines lost or won, lines doubled, dropped and swapped. */
static struct str tear(const struct document *d, struct random *r)
{
	struct buf b = {.arena = test_arena};
	for (int i = 0; i < d->source.count; i++) {
		int line = any(r, 30) ? i : (int)any(r, (uint32_t)d->source.count);
		if (!any(r, 12))
			continue;
		buf_add(&b, d->source.lines[line].raw);
		buf_add(&b, any(r, 20) ? S("\n") : S("\n\n"));
		if (!any(r, 25))
			buf_fmt(&b, "Page %d\f\n", (int)any(r, 90));
	}
	return buf_str(&b);
}

/* ------------------------------------------------------------------ renaming */

static struct str replace(struct str text, struct str what, struct str with)
{
	struct buf b = {.arena = test_arena};
	ptrdiff_t at;
	while ((at = str_find(text, what)) >= 0) {
		buf_add(&b, str_sub(text, 0, (size_t)at));
		buf_add(&b, with);
		text = str_from(text, (size_t)at + what.n);
	}
	buf_add(&b, text);
	return buf_str(&b);
}

/* The label of a kind, in the text and in the layout alike: only where the layout says it so. */
static struct str rename_heads(struct document *d, struct random *r)
{
	struct val *kinds_ = val_path(d->result, "document.kinds");
	struct str bytes = d->bytes, layout = d->layout_text;
	for (size_t i = 0; i < val_count(kinds_); i++) {
		struct str label = val_s(val_at(kinds_, i), "label");
		struct str quoted = str_fmt(test_arena, "\"" STR_FMT "\"", STR_ARG(label));
		if (str_find(layout, quoted) < 0 || !any(r, 3))
			continue;
		struct str name = str_fmt(test_arena, "Rubrique %u, dite « %c »", any(r, 1000),
					  'a' + (int)any(r, 26));
		layout = replace(layout, quoted,
				 str_fmt(test_arena, "\"" STR_FMT "\"", STR_ARG(name)));
		bytes = replace(bytes, str_fmt(test_arena, "\n" STR_FMT, STR_ARG(label)),
				str_fmt(test_arena, "\n" STR_FMT, STR_ARG(name)));
	}
	struct layout_file files[2] = {{S("own"), layout}, {S("common"), {0}}};
	files[1].text = asset_str(asset_find("src/app/standards/import/layouts/common.layout"));
	struct str fault = {0};
	d->layouts = layouts_read(test_arena, files, 2, &fault);
	CHECK_STR(fault, "");
	return bytes;
}

/* ------------------------------------------------------------------ running them */

static const struct {
	const char *name;
	struct str (*make)(const struct document *, struct random *);
	bool harmless;
} mutations[] = {
	{"doubled heads", double_heads, true},
	{"wrapped lines", wrap, true},
	{"line ends", end_lines, true},
	{"Windows-1252", encode_1252, true},
	{"all indented", indent_all, true},
	{"wrapped lines", wrap, true},
	{"indented at random", indent_any, false},
	{"torn", tear, false},
	{"doubled heads", double_heads, true},
	{"renamed headings", NULL, true},
};

static void first_difference(struct str got, struct str want, const char *what, int number)
{
	struct str g = {0}, w = {0};
	while (str_cut(&want, '\n', &w)) {
		if (!str_cut(&got, '\n', &g))
			g = (struct str){0};
		if (!str_eq(g, w))
			break;
	}
	printf("    %s %d\n      got  " STR_FMT "\n      want " STR_FMT "\n", what, number,
	       STR_ARG(str_sub(g, 0, 150)), STR_ARG(str_sub(w, 0, 150)));
}

static bool mutate(const struct document *original, int number, struct str want)
{
	struct document d = *original;
	struct random r = {(uint64_t)number * 977 + 5};
	size_t which = (size_t)number % (sizeof mutations / sizeof *mutations);
	any(&r, 2);
	struct str bytes =
		mutations[which].make ? mutations[which].make(&d, &r) : rename_heads(&d, &r);
	struct val *result = imported_with(d.layouts, bytes, d.layout);
	bool kept = val_has(result, "refused") || conserved(bytes, result);
	struct str got = outline(test_arena, result, true);
	bool same = !mutations[which].harmless || str_eq(got, want);
	if (!same)
		first_difference(got, want, mutations[which].name, number);
	if (!kept)
		printf("    %s %d loses something\n", mutations[which].name, number);
	return kept && same;
}

static void mutate_all(const char *path, const char *layout)
{
	struct document d = {.bytes = shared_file(path), .layout = layout};
	if (!d.bytes.p)
		SKIP("../shared is absent");
	struct arena *keep = test_arena;
	int good = 0;
	d.layouts = shipped_layouts();
	d.result = imported_with(d.layouts, d.bytes, layout);
	d.source = source_read(test_arena, d.bytes);
	d.layout_text = asset_str(asset_find(
		str_c(test_arena,
		      str_fmt(test_arena, "src/app/standards/import/layouts/%s.layout", layout))));
	struct str want = outline(test_arena, d.result, true);
	for (int i = 0; i < MUTATIONS; i++) {
		test_arena = arena_new((size_t)1 << 30);
		good += mutate(&d, i, want);
		arena_free(test_arena);
		test_arena = keep;
	}
	CHECK_INT(good, MUTATIONS);
}

TEST("two hundred changes of the competency page lose nothing; harmless ones change nothing")
{
	mutate_all(documents[0], "competency");
}

TEST("two hundred changes of the coded guidelines lose nothing; harmless ones change nothing")
{
	mutate_all(documents[1], "guidelines");
}

TEST("two hundred changes of the rubric lose nothing; harmless ones change nothing")
{
	mutate_all(documents[2], "rubric");
}

TEST("two hundred changes of the definitions lose nothing; harmless ones change nothing")
{
	mutate_all(documents[3], "definitions");
}

TEST("two hundred changes of the consensus session lose nothing; harmless ones change nothing")
{
	mutate_all(documents[4], "consensus");
}

TEST("two hundred changes of the code of conduct lose nothing; harmless ones change nothing")
{
	mutate_all(documents[0], "conduct");
}

TEST("two hundred changes of a Markdown rubric lose nothing; harmless ones change nothing")
{
	mutate_all("data/frameworks/cyber-security-competencies.md", "markdown");
}

TEST("two hundred changes of a Markdown tree lose nothing; harmless ones change nothing")
{
	mutate_all("data/frameworks/ld4pe-linked-data-competency-index.md", "markdown");
}

TEST("every document is read by every layout without losing a line")
{
	struct arena *keep = test_arena;
	const struct layouts *all = shipped_layouts();
	for (int d = 0; d < 5; d++) {
		struct str bytes = shared_file(documents[d]);
		if (!bytes.p)
			SKIP("../shared is absent");
		for (int l = 0; l < all->n; l++) {
			test_arena = arena_new((size_t)1 << 30);
			struct val *r =
				imported_with(all, bytes, str_c(test_arena, all->at[l].name));
			if (!val_has(r, "refused") && !CHECK(conserved(bytes, r)))
				printf("    %s by " STR_FMT "\n", documents[d],
				       STR_ARG(all->at[l].name));
			arena_free(test_arena);
			test_arena = keep;
		}
	}
}
