#include "web/markdown.h"

#include "test.h"

#include <stdio.h>

static const struct {
	const char *source, *want;
} pages[] = {
	{"", ""},
	{"One *two* **three** `a<b` ~~four~~",
	 "<p>One <em>two</em> <strong>three</strong> <code>a&lt;b</code> <del>four</del></p>\n"},
	{"# A\n\n###### B", "<h2>A</h2>\n<h6>B</h6>\n"},
	{"- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"},
	{"3. a", "<ol start=\"3\">\n<li>a</li>\n</ol>\n"},
	{"> q", "<blockquote>\n<p>q</p>\n</blockquote>\n"},
	{"a\\\nb\nc", "<p>a<br>\nb\nc</p>\n"},
	{"    code <b>", "<pre><code>code &lt;b&gt;\n</code></pre>\n"},
	{"---", "<hr>\n"},
	{"|a|b|\n|---|---|\n|1|2|",
	 "<div class=\"table\"><table>\n<thead><tr><th scope=\"col\">a</th>\n<th "
	 "scope=\"col\">b</th>\n"
	 "</tr>\n</thead>\n<tbody><tr><td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table></div>\n"},
	{"<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"},
	{"a <b onclick=x>c</b>", "<p>a &lt;b onclick=x&gt;c&lt;/b&gt;</p>\n"},
	{"[a](https://x.test/?b&c \"t\")",
	 "<p><a href=\"https://x.test/?b&amp;c\" title=\"t\">a</a></p>\n"},
	{"[a](/here) [b](#there) [c](page)",
	 "<p><a href=\"/here\">a</a> <a href=\"#there\">b</a> <a href=\"page\">c</a></p>\n"},
	{"[a](mailto:x@y.test)", "<p><a href=\"mailto:x@y.test\">a</a></p>\n"},
	{"<https://x.test>", "<p><a href=\"https://x.test\">https://x.test</a></p>\n"},
	{"see https://x.test now",
	 "<p>see <a href=\"https://x.test\">https://x.test</a> now</p>\n"},
	{"[a](javascript:alert(1))", "<p>a</p>\n"},
	{"[a](JaVaScRiPt:alert(1))", "<p>a</p>\n"},
	{"[a](&#106;avascript:alert(1))", "<p>a</p>\n"},
	{"[a](&#x6A;avascript:alert(1))", "<p>a</p>\n"},
	{"[a](javascript&colon;alert(1))", "<p>a</p>\n"},
	{"[a](java&Tab;script:alert(1))", "<p>a</p>\n"},
	{"[a](data:text/html;base64,xx)", "<p>a</p>\n"},
	{"[a](<java\tscript:alert(1)>)", "<p>a</p>\n"},
	{"[a](\"onmouseover=alert(1))", "<p>a</p>\n"},
	{"[a](/x\"onmouseover=\"y)", "<p><a href=\"/x&quot;onmouseover=&quot;y\">a</a></p>\n"},
	{"![al *t*](https://x.test/p.png)", "<p><a href=\"https://x.test/p.png\">al t</a></p>\n"},
	{"[![alt](/p.png)](/there)", "<p><a href=\"/there\">alt</a></p>\n"},
	{"![alt](javascript:x) b", "<p>alt b</p>\n"},
	{"![a ![b](/c) d](/e)", "<p><a href=\"/e\">a b d</a></p>\n"},
	{"&amp; &lt; &copy; &#65; &#x1F600; &#0; &#xD800;",
	 "<p>&amp; &lt; &copy; A \U0001F600 \uFFFD \uFFFD</p>\n"},
};

TEST("what people write becomes HTML that asks nothing of anybody and runs nothing")
{
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct val *v = markdown(test_arena, str_of(pages[i].source), 2, 0);
		CHECK_INT(val_kind(v), VAL_HTML);
		if (!CHECK_STR(val_get_str(v), pages[i].want))
			printf("\t%s\n", pages[i].source);
	}
}

TEST("Markdown can mark links, stand inside a line, and give its words alone")
{
	CHECK_STR(val_get_str(markdown(test_arena, S("[a](/b)"), 2, MARKDOWN_UGC)),
		  "<p><a href=\"/b\" rel=\"nofollow ugc\">a</a></p>\n");
	CHECK_STR(val_get_str(markdown(test_arena, S("a *b*"), 2, MARKDOWN_INLINE)),
		  "a <em>b</em>");
	CHECK_STR(val_get_str(markdown(test_arena, S("a\n\nb"), 2, MARKDOWN_INLINE)),
		  "<p>a</p>\n<p>b</p>\n");
	CHECK_STR(val_get_str(markdown(test_arena, S(""), 2, MARKDOWN_INLINE)), "");
	CHECK_STR(
		markdown_text(test_arena,
			      S("# T\n\na *b* [c](/d)\n\n- e &amp; f\n\n|g|h|\n|---|---|\n|i|j|")),
		"T\na b c\ne & f\ng h \ni j");
	struct str zero = {"a\0b", 3};
	CHECK_STR(val_get_str(markdown(test_arena, zero, 2, 0)), "<p>a\uFFFDb</p>\n");
}

TEST("nothing beside the text is read, where md4c 0.4.8 looks one byte too far")
{
	struct str more = S("a ![b](/c)secret");
	CHECK_STR(val_get_str(markdown(test_arena, str_sub(more, 0, 9), 2, 0)),
		  "<p>a ![b](/c</p>\n");
	CHECK_STR(markdown_text(test_arena, str_sub(more, 0, 9)), "a ![b](/c");
}
