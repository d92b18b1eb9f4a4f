#include "app/standards/case/case.h"
#include "base/buf.h"
#include "test.h"

static const struct {
	const char *said, *stored;
} turned[] = {
	/* no HTML: as it was */
	{"Give change for 20 $.", "Give change for 20 $."},
	{"if a < b and b > c", "if a < b and b > c"},
	{"a _table_:\r\n\r\n| A | B |\r\n| - | - |", "a _table_:\n\n| A | B |\n| - | - |"},
	{"$x = {-b \\pm \\sqrt{b^2-4ac} \\over 2a}$", "$x = {-b \\pm \\sqrt{b^2-4ac} \\over 2a}$"},
	{"<x> is not a tag, <unknown> neither", "<x> is not a tag, <unknown> neither"},
	{"  ends  ", "ends"},
	{"a\x01 bell\x07", "a bell"},
	{"e\xcc\x81t\xc3\xa9", "\xc3\xa9t\xc3\xa9"},
	/* Markdown with a few tags */
	{"_one_<br>two", "_one_\\\ntwo"},
	{"10 m<sup>2</sup> of CO<sub>2</sub>", "10 m² of CO₂"},
	/* HTML */
	{"<p>One</p><p>Two</p>", "One\n\nTwo"},
	{"<p>a\n   b</p>", "a b"},
	{"<b>bold</b> and <em>slanted </em>words", "**bold** and *slanted* words"},
	{"<p><strong></strong>x</p>", "x"},
	{"<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>after", "- a\n- b\n   - c\n\nafter"},
	{"<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"},
	{"<p>2 * 3 _ 4</p>", "2 \\* 3 \\_ 4"},
	{"<p>it is $a_1 * b$ here</p>", "it is $a_1 * b$ here"},
	{"<p># no heading</p>", "\\# no heading"},
	{"<p>R&amp;D &lt;here&gt; &eacute; &#233; &nosuch;</p>", "R&D \\<here> é é &nosuch;"},
	{"<a href=\"https://a.example/x\">there</a>", "[there](https://a.example/x)"},
	{"<a href='javascript:alert(1)'>there</a>", "there"},
	{"<script>alert(1)</script>words<style>p{}</style>", "words"},
	{"<p>one<!-- two -->three</p>", "onethree"},
	{"<p>cut <b>off", "cut **off**"},
	{"<p>cut </b>off</p>", "cut off"},
	{"<div><img src=\"http://a/x.png\" alt=\"a tree\"></div>", "a tree"},
	{"<p>last<br></p>", "last"},
	{"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"},
	{"<script>never closed", ""},
	{"<p", "<p"},
	{"<p>&lt;p&gt;</p>", "\\<p>"},
	{"a \\<b>c", "a \\<b>c"},
	{"", ""},
};

TEST("HTML of a statement becomes Markdown, and Markdown stays")
{
	for (size_t i = 0; i < sizeof turned / sizeof *turned; i++)
		CHECK_STR(case_text(test_arena, str_of(turned[i].said)), turned[i].stored);
}

TEST("what was turned once is not turned again")
{
	for (size_t i = 0; i < sizeof turned / sizeof *turned; i++) {
		struct str once = case_text(test_arena, str_of(turned[i].said));
		CHECK_STR(case_text(test_arena, once), once);
	}
}

TEST("a text of many open brackets takes no long time")
{
	struct buf b = {.arena = test_arena};
	for (int i = 0; i < 200000; i++)
		buf_lit(&b, "<p ");
	CHECK(case_text(test_arena, buf_str(&b)).n > 0);
}

TEST("a CFItemType becomes a kind")
{
	CHECK_STR(case_kind(test_arena, S("Competency")), "competency");
	CHECK_STR(case_kind(test_arena, S("Learning Target")), "learning-target");
	CHECK_STR(case_kind(test_arena, S("")), "statement");
	CHECK_STR(case_kind(test_arena, S("  ")), "statement");
	CHECK(str_starts(case_kind(test_arena, S("ᑎᑎᕋᐅᑎ")), S("type-")));
}
