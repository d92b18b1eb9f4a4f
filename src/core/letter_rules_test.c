#include "core/letter.h"

#include "core/args.h"
#include "test.h"

static const struct letter_blank blanks[] = {
	{"name", .meaning = "who it is to"},
	{"link", .link = true, .required = true, .meaning = "where to go"},
	{NULL},
};
static const struct letter_words words[] = {
	{"en", "Hello {{name}}", "Go to {{link}}"},
	{NULL},
};
static const struct letter_kind kind = {"test.hello", "A greeting", blanks, words};

TEST("a letter's text is refused for a placeholder it does not know, lacks, or does not close")
{
	static const struct {
		const char *subject, *body, *blank;
		bool refused;
	} cases[] = {
		{"Hello", "Go to {{link}}.", "", false},
		{"Hello {{name}}", "{{ name }}: {{link}}", "", false},
		{"", "{{link}}", "", true},
		{"  ", "{{link}}", "", true},
		{"Two\nlines", "{{link}}", "", true},
		{"Hello", "Go there.", "link", true},
		{"Hello {{link}}", "Go there.", "link",
		 true}, /* a link in the subject is no link */
		{"Hello", "{{link}} {{nmae}}", "nmae", true},
		{"Hello {{you}}", "{{link}}", "you", true},
		{"Hello", "{{link}} {{name", "", true},
		{"Hello", "{{link}} name}}", "", true},
		{"Hello", "{{link}} {{}}", "", true},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str blank;
		const char *why = letter_refused(&kind, str_of(cases[i].subject),
						 str_of(cases[i].body), &blank);
		CHECK(!!why == cases[i].refused);
		CHECK_STR(blank, cases[i].blank);
	}
}

TEST("values are put into a letter as words, whatever they contain")
{
	struct arena *a = test_arena;
	struct val *values = ARGS(a, ARG_AS("name", "<b>Zoé</b>\n{{link}}"),
				  ARG_AS("link", "https://example.test/a?b=1&c=2"));
	CHECK_STR(letter_subject(a, S("Hello {{name}}"), values), "Hello <b>Zoé</b> {{link}}");
	CHECK_STR(letter_text(a, S("{{name}}\n\n{{link}}\n\n"), values),
		  "<b>Zoé</b>\n{{link}}\n\nhttps://example.test/a?b=1&c=2\n");
	CHECK_STR(letter_html(a, &kind, S("fr"), S("{{name}}"),
			      S("Hi {{name}} & co\nsecond line\n\n- one\n- two {{link}}\n\nBye"),
			      values),
		  "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n"
		  "<title>&lt;b&gt;Zoé&lt;/b&gt; {{link}}</title>\n</head>\n<body>\n"
		  "<p>Hi &lt;b&gt;Zoé&lt;/b&gt;<br>{{link}} &amp; co<br>\nsecond line</p>\n"
		  "<ul>\n<li>one</li>\n<li>two <a href=\"https://example.test/a?b=1&amp;c=2\">"
		  "https://example.test/a?b=1&amp;c=2</a></li>\n</ul>\n<p>Bye</p>\n</body>\n</"
		  "html>\n");
}

TEST("a link placeholder becomes a link only for a web address")
{
	struct val *values = ARGS(test_arena, ARG_AS("link", "javascript:alert(1)"));
	struct str html = letter_html(test_arena, &kind, S("en"), S("x"), S("{{link}}"), values);
	CHECK(str_find(html, S("<p>javascript:alert(1)</p>")) >= 0);
	CHECK(str_find(html, S("href")) < 0);
}
