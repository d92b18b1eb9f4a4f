#include "test.h"

#include "app/standards/import/pattern.h"
#include "app/standards/import/rich.h"

static bool fits(const char *pattern, const char *text, struct match *match)
{
	const char *fault;
	const struct pattern *p = pattern_new(test_arena, str_of(pattern), &fault);
	struct key key = key_of(test_arena, str_of(text));
	return p && pattern_match(p, &key, match);
}

TEST("a pattern does not mind capitals, accents, quotes, ampersands and a mark at the end")
{
	static const struct {
		const char *pattern, *text;
		bool fits;
	} cases[] = {
		{"Purpose & Context", "PURPOSE AND CONTEXT:", true},
		{"Compétences clés", "competences cles", true},
		{"L’élève", "l'eleve", true},
		{"Why is it important?", "Why is it important", true},
		{"Œuvre", "oeuvre", true},
		{"Notes", "Notes on things", false},
		{"*methods*", "with varied methods, such as", true},
		{"page # of #", "Page 3 of 20", true},
		{"page # of #", "Page three of 20", false},
		{"20#", "2004", true},
		{"20#", "1999", false},
		{"Level *", "LEVEL ONE", true},
		{"a\\*b", "a*b", true},
		{"a\\*b", "axb", false},
		{"*end", "the end of the end", true},
		{"*end", "the end of it", false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (fits(cases[i].pattern, cases[i].text, NULL) != cases[i].fits)
			test_check(false, cases[i].pattern, (int)i, cases[i].text);
}

TEST("a pattern keeps pieces of the original text")
{
	struct match m = {0};
	const char *text = "École  Élémentaire : un lieu, d’abord";
	NEED(fits("{title}: {text}", text, &m));
	CHECK_INT(m.n, 2);
	CHECK_STR(str_sub(str_of(text), m.at[0].from, m.at[0].to), "École  Élémentaire ");
	CHECK_STR(str_sub(str_of(text), m.at[1].from, m.at[1].to), "un lieu, d’abord");
	CHECK(!fits("{title}: {text}", "no colon here", &m));
	CHECK(fits("{title=*register*}: {text}", "The register: yes", &m));
	CHECK(!fits("{title=*register*}: {text}", "The list: yes", &m));
}

TEST("a piece to keep is at most 100 characters unless it stands last")
{
	char text[300];
	for (int i = 0; i < 298; i++)
		text[i] = 'a';
	text[150] = ':';
	text[151] = ' ';
	text[298] = 0;
	CHECK(!fits("{title}: {text}", text, NULL));
	text[90] = ':';
	text[91] = ' ';
	CHECK(fits("{title}: {text}", text, NULL));
}

TEST("a code is told from its text whatever separates them")
{
	static const struct {
		const char *pattern, *text, *code, *rest;
	} cases[] = {
		{"P#", "P1. Identify", "P1", "Identify"},
		{"P#", "P12 Identify", "P12", "Identify"},
		{"P#", "P 3 – Identify", "P3", "Identify"},
		{"P#", "P1", "P1", ""},
		{"P#", "P1Identify", NULL, NULL},
		{"P#", "Peers", NULL, NULL},
		{"#.#", "20.2 – Mobilize", "20.2", "Mobilize"},
		{"#.#", "20.2.1 More", NULL, NULL},
		{"@#.#.#", "SSC2.1.1 describe", "SSC2.1.1", "describe"},
		{"@#.#", "S6.1.1 describe", NULL, NULL},
		{"%)", "a) develop", "a", "develop"},
		{"%)", "ab) develop", NULL, NULL},
		{"(~)", "(iv) fourth", "iv", "fourth"},
		{"Critère #", "CRITERE 4 : juste", "CRITERE 4", "juste"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str code = {0}, text = str_of(cases[i].text);
		size_t n = code_match(test_arena, str_of(cases[i].pattern), text, &code);
		if (!cases[i].code) {
			CHECK_INT(n, 0);
			continue;
		}
		CHECK_STR(code, cases[i].code);
		CHECK_STR(str_from(text, n), cases[i].rest);
	}
}

TEST("light Markdown and HTML are read into plain words and written back lightly")
{
	static const struct {
		const char *source, *text, *markdown;
	} cases[] = {
		{"<p><b>Models</b> good  work.</p>", "Models good work.", "**Models** good work."},
		{"see *this, that* and **more**", "see this, that and more",
		 "see *this, that* and **more**"},
		{"individual contexts* of work", "individual contexts* of work",
		 "individual contexts\\* of work"},
		{"**a / b*", "*a / b", "\\**a / b*"},
		{"5 * 3 and a_b_c", "5 * 3 and a_b_c", "5 \\* 3 and a\\_b\\_c"},
		{"A &amp; B &eacute;t&#233;", "A & B été", "A & B été"},
		{"[A:](http://x.org/1) First", "A: First", "[A:](http://x.org/1) First"},
		{"x < y <z> a<br>b", "x < y <z> a\nb", "x \\< y \\<z> a\nb"},
		{"one <!-- two --> three", "one three", "one three"},
		{"<ul style=\"a: b\"> • one • two </ul>", "• one • two", "• one • two"},
		{"<li>one</li><li>two</li>", "one\n• two", "one\n• two"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rich r = rich_read(test_arena, str_of(cases[i].source));
		CHECK_STR(r.text, cases[i].text);
		CHECK_STR(rich_markdown(test_arena, &r), cases[i].markdown);
	}
}

TEST("a rich text is cut and joined with what is bold in it")
{
	struct rich r = rich_read(test_arena, S("**bold words** and plain"));
	struct rich cut = rich_sub(test_arena, &r, 5, 14), end = rich_sub(test_arena, &r, 11, 20);
	CHECK_STR(rich_markdown(test_arena, &cut), "**words** and");
	struct rich both = rich_join(test_arena, &end, S(" "), &cut);
	CHECK_STR(rich_markdown(test_arena, &both), "and plain **words** and");
	CHECK(rich_is(&(struct rich){.text = S("x")}, RICH_BOLD) == false);
	struct rich whole = rich_read(test_arena, S("**All of it**."));
	CHECK(rich_is(&whole, RICH_BOLD));
}

TEST("names are alike by their words, a letter more or less forgiven")
{
	CHECK(key_alike(S("make evidence-based case for career development"),
			S("make evidence-based cases for career development")) > 90);
	CHECK(key_alike(S("co-create and empower our community"),
			S("clarify, unify and elevate the profession")) < 50);
}
