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
		const char *subject, *body, *field, *blank; /* no field: it is good */
	} cases[] = {
		{"Hello", "Go to {{link}}.", NULL, ""},
		{"Hello {{name}}", "{{ name }}: {{link}}", NULL, ""},
		{"", "{{link}}", "subject", ""},
		{"  ", "{{link}}", "subject", ""},
		{"Two\nlines", "{{link}}", "subject", ""},
		{"Hello", " \n ", "body", ""},
		{"Hello", "Go there.", "body", "link"},
		{"Hello {{link}}", "Go there.", "body", "link"}, /* in the subject it is no link */
		{"Hello", "{{link}} {{nmae}}", "body", "nmae"},
		{"Hello {{you}}", "{{link}}", "subject", "you"},
		{"Hello", "{{link}} {{name", "body", ""},
		{"Hello }}", "{{link}}", "subject", ""},
		{"Hello", "{{link}} name}}", "body", ""},
		{"Hello", "{{link}} {{}}", "body", ""},
		{"Hello", "{{link\n}}", "body", ""}, /* its lines are made HTML one by one */
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct letter_fault fault;
		bool wrong = letter_wrong(&kind, str_of(cases[i].subject), str_of(cases[i].body),
					  &fault);
		CHECK_INT(wrong, cases[i].field ? 1 : 0);
		if (!cases[i].field)
			continue;
		CHECK_STR(str_of(fault.field), cases[i].field);
		CHECK_STR(fault.blank, cases[i].blank);
		CHECK(fault.why != NULL);
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

TEST("a point of a list that is one placeholder falls away with it; other lines stay")
{
	struct arena *a = test_arena;
	struct str body = S("- Where: {{where}}\n- {{bring}}\n- {{name}} comes\n\n{{bring}}\nBye");
	struct val *none = ARGS(a, ARG_AS("where", ""), ARG_AS("bring", ""), ARG_AS("name", "")),
		   *some = ARGS(a, ARG_AS("where", "Gym"), ARG_AS("bring", "Boots"),
				ARG_AS("name", "Zoé"));
	CHECK_STR(letter_text(a, body, none), "- Where: \n-  comes\n\n\nBye\n");
	CHECK_STR(letter_text(a, body, some), "- Where: Gym\n- Boots\n- Zoé comes\n\nBoots\nBye\n");
	struct str html = letter_html(a, &kind, S("en"), S("x"), body, none);
	CHECK(str_find(html, S("<ul>\n<li>Where: </li>\n<li> comes</li>\n</ul>")) >= 0);
}

TEST("a link placeholder becomes a link only for a web address")
{
	struct val *values = ARGS(test_arena, ARG_AS("link", "javascript:alert(1)"));
	struct str html = letter_html(test_arena, &kind, S("en"), S("x"), S("{{link}}"), values);
	CHECK(str_find(html, S("<p>javascript:alert(1)</p>")) >= 0);
	CHECK(str_find(html, S("href")) < 0);
}
