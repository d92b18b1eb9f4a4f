#include "app/standards/standards_rules.h"
#include "base/arena.h"
#include "base/buf.h"
#include "test.h"

#include <string.h>

/* A version as a table of cases reads it: item, parent, body, in the order of position. */
struct line {
	int64_t item, parent;
	const char *body;
};

static struct val *rows_of(struct arena *a, const struct line *lines)
{
	struct val *rows = val_list(a);
	for (; lines->item; lines++) {
		struct val *row = val_push_object(rows);
		val_set_int(row, "item", lines->item);
		if (lines->parent)
			val_set_int(row, "parent", lines->parent);
		val_set_str(row, "body", str_of(lines->body));
	}
	return rows;
}

/* "1 added, 2 same" and so on, so that a case reads as a sentence. */
static struct str told(struct arena *a, const struct val *diff)
{
	struct buf b = {.arena = a};
	for (size_t i = 0; i < val_count(diff); i++)
		buf_fmt(&b, "%s%d %s", i ? ", " : "", (int)val_i(val_at(diff, i), "item"),
			str_c(a, val_s(val_at(diff, i), "change")));
	return buf_str(&b);
}

TEST("standards: rows nest under their parents whatever their order")
{
	static const struct line lines[] = {
		{3, 2, "c"}, {1, 0, "a"}, {2, 1, "b"}, {4, 1, "d"}, {0}};
	struct val *tree = standards_tree(test_arena, rows_of(test_arena, lines));
	CHECK_INT(val_count(tree), 1);
	const struct val *children = val_get(val_at(tree, 0), "children");
	CHECK_INT(val_count(children), 2);
	CHECK_INT(val_i(val_at(val_get(val_at(children, 0), "children"), 0), "item"), 3);
	CHECK_INT(val_i(val_at(val_get(val_at(children, 0), "children"), 0), "depth"), 2);
}

TEST("standards: a kind is named once for each run of siblings")
{
	static const struct {
		const char *kind;
		bool named;
	} cases[] = {{"lead", true}, {"example", true}, {"example", false},
		     {"note", true}, {"example", true}, {"example", false}};
	enum { CASES = sizeof cases / sizeof *cases };
	struct val *rows = val_list(test_arena);
	for (size_t i = 0; i < CASES; i++) {
		struct val *row = val_push_object(rows);
		val_set_int(row, "item", (int64_t)i + 1);
		val_set_str(row, "kind", str_of(cases[i].kind));
	}
	const struct val *tree = standards_tree(test_arena, rows);
	for (size_t i = 0; i < CASES; i++)
		CHECK_INT(val_b(val_at(tree, i), "new_kind"), cases[i].named);
}

TEST("standards: an orphan and a circle still show")
{
	static const struct line lines[] = {
		{1, 9, "orphan"}, {2, 3, "b"}, {3, 2, "c"}, {4, 4, "self"}, {0}};
	CHECK_INT(val_count(standards_outline(test_arena, rows_of(test_arena, lines))), 4);
	CHECK_INT(val_count(standards_tree(test_arena, rows_of(test_arena, lines))), 3);
}

TEST("standards: an item may not move under itself or its own branch")
{
	static const struct line lines[] = {
		{1, 0, "a"}, {2, 1, "b"}, {3, 2, "c"}, {4, 0, "d"}, {0}};
	struct val *rows = rows_of(test_arena, lines);
	CHECK(!standards_may_move(test_arena, rows, 1, 1));
	CHECK(!standards_may_move(test_arena, rows, 1, 3));
	CHECK(standards_may_move(test_arena, rows, 3, 4));
	CHECK(standards_may_move(test_arena, rows, 3, 0));
}

TEST("standards: a diff names what was added, removed, changed and moved, in reading order")
{
	static const struct {
		struct line before[8], after[8];
		const char *told;
	} cases[] = {
		{{{1, 0, "a"}, {2, 0, "b"}}, {{1, 0, "a"}, {2, 0, "b"}}, "1 same, 2 same"},
		{{{1, 0, "a"}}, {{1, 0, "a"}, {2, 1, "b"}}, "1 same, 2 added"},
		{{{1, 0, "a"}, {2, 0, "b"}, {3, 0, "c"}},
		 {{1, 0, "a"}, {3, 0, "c"}},
		 "1 same, 2 removed, 3 same"},
		{{{1, 0, "a"}, {2, 0, "b"}}, {{2, 0, "b"}}, "1 removed, 2 same"},
		{{{1, 0, "a"}}, {{1, 0, "A"}}, "1 changed"},
		{{{1, 0, "a"}, {2, 0, "b"}}, {{1, 0, "a"}, {2, 1, "b"}}, "1 same, 2 moved"},
		/* one item dragged past four is one move */
		{{{1, 0, ""}, {2, 0, ""}, {3, 0, ""}, {4, 0, ""}, {5, 0, ""}},
		 {{5, 0, ""}, {1, 0, ""}, {2, 0, ""}, {3, 0, ""}, {4, 0, ""}},
		 "5 moved, 1 same, 2 same, 3 same, 4 same"},
		{{{0}}, {{1, 0, "a"}}, "1 added"},
		{{{1, 0, "a"}, {2, 1, "b"}}, {{0}}, "1 removed, 2 removed"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_STR(told(test_arena,
			       standards_diff(test_arena, rows_of(test_arena, cases[i].before),
					      rows_of(test_arena, cases[i].after))),
			  cases[i].told);
}

/* "a [-old-] {+new+}" */
static struct str marked(struct arena *a, const char *old_text, const char *new_text)
{
	const struct val *words = standards_words(a, str_of(old_text), str_of(new_text));
	struct buf b = {.arena = a};
	for (size_t i = 0; i < val_count(words); i++) {
		const struct val *w = val_at(words, i);
		const char *open = val_b(w, "added") ? "{+" : val_b(w, "removed") ? "[-" : "";
		const char *close = val_b(w, "added") ? "+}" : val_b(w, "removed") ? "-]" : "";
		buf_fmt(&b, "%s" STR_FMT "%s", open, STR_ARG(val_s(w, "text")), close);
	}
	return buf_str(&b);
}

TEST("standards: a changed sentence shows the words that changed")
{
	struct arena *a = test_arena;
	CHECK_STR(marked(a, "listens to people", "listens to young people"),
		  "listens to{+ young+} people");
	CHECK_STR(marked(a, "plans the visit", "plans each visit"), "plans[- the-]{+ each+} visit");
	CHECK_STR(marked(a, "", "new"), "{+new+}");
	CHECK_STR(marked(a, "gone", ""), "[-gone-]");
	CHECK_STR(marked(a, "same", "same"), "same");
}

TEST("standards: texts too long to compare by words are given whole")
{
	struct arena *a = test_arena;
	struct buf x = {.arena = a}, y = {.arena = a};
	for (int i = 0; i < 3000; i++) {
		buf_fmt(&x, "a%d ", i);
		buf_fmt(&y, "b%d ", i);
	}
	CHECK_INT(val_count(standards_words(a, buf_str(&x), buf_str(&y))), 2);
}

TEST("standards: a slug keeps letters, digits and nothing else")
{
	struct arena *a = test_arena;
	CHECK_STR(standards_slug(a, S("Guider les adultes : l’œuvre d’une équipe")),
		  "guider-les-adultes-l-oeuvre-d-une-equipe");
	CHECK_STR(standards_slug(a, S("20.2 – Mobilize")), "20-2-mobilize");
	CHECK_STR(standards_slug(a, S("!!!")), "standard");
}
