#include "base/arena.h"
#include "base/val.h"
#include "test.h"
#include "web/template.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* Sources by name, an imaginary language that answers in capitals, and a note of unknown names. */
static struct pages {
	const char *name[12], *source[12];
	char unknown[200];
} pages;

static struct str source(void *context, const char *name)
{
	struct pages *p = context;
	for (int i = 0; i < 12 && p->name[i]; i++)
		if (!strcmp(p->name[i], name))
			return str_of(p->source[i]);
	return (struct str){0};
}

static const char *words(void *context, const char *msgid)
{
	(void)context;
	static const char *const known[][2] = {
		{"Open", "Ouvrir"},
		{"Hello %name%", "Bonjour %name% & Cie"},
		{"Two words", "Deux \"mots\""},
		{"%a% before %b%", "%b% après %a%"},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (!strcmp(known[i][0], msgid))
			return known[i][1];
	return msgid;
}

static const char *plural(void *context, const char *one, const char *many, int64_t n)
{
	(void)context;
	return n == 0 || n == 1 ? one : many;
}

static bool format(void *context, const struct val *m, const char *how, const struct val *v,
		   struct buf *to, void **kept)
{
	(void)context;
	(void)kept;
	(void)m;
	if (strcmp(how, "stars"))
		return false;
	for (int64_t i = 0; i < val_get_int(v); i++)
		buf_lit(to, "<*>");
	return true;
}

static void unknown(void *context, const char *name, struct str variable)
{
	struct pages *p = context;
	snprintf(p->unknown, sizeof p->unknown, "%s: " STR_FMT, name, STR_ARG(variable));
}

static struct val *model(void)
{
	struct arena *a = test_arena;
	struct val *m = val_object(a), *list = val_set_list(m, "items");
	for (int i = 1; i <= 3; i++)
		val_set_int(val_push_object(list), "n", i);
	val_set_str(m, "text", S("a < b & \"c\""));
	val_set_str(m, "name", S("Zoé"));
	val_set_str(m, "label", S("Open"));
	val_set(m, "html", val_html(a, S("<b class=\"x\">bold</b>")));
	val_set_int(m, "zero", 0);
	val_set_int(m, "one", 1);
	val_set_int(m, "many", 5);
	val_set_real(m, "real", 1.25);
	val_set_null(m, "nothing");
	val_set_list(m, "empty");
	val_set_bool(m, "yes", true);
	val_set_str(m, "path", S("/a/b?c=d&e"));
	val_set_str(m, "script", S("javascript:alert(1)"));
	val_set_str(m, "site", S("https://example.test/x"));
	val_set_str(m, "host", S("//evil.test"));
	val_set_str(m, "slash", S("/"));
	val_set_str(m, "hidden", S("/\t/evil.test"));
	val_set_str(m, "query", S("a b&c=d/é"));
	val_set_str(m, "blank", S(""));
	val_set_str(val_set_object(m, "who"), "name", S("Ann"));
	val_set_object(m, "in");
	struct val *tree = val_set_object(m, "tree");
	val_set_str(tree, "t", S("root"));
	struct val *kids = val_set_list(tree, "kids"), *kid = val_push_object(kids);
	val_set_str(kid, "t", S("leaf"));
	val_set_list(kid, "kids");
	return m;
}

static struct str render_with(const struct template_set *set, const char *name, struct err *err)
{
	struct templates *t = templates_new(test_arena, set);
	struct buf to = {.arena = test_arena};
	const struct val *scope = model();
	if (!template_render(t, name, &scope, 1, &to, err))
		return S("(refused)");
	return buf_str(&to);
}

static struct template_set set_of_pages(void)
{
	return (struct template_set){.source = source,
				     .words = words,
				     .plural = plural,
				     .format = format,
				     .context = &pages,
				     .unknown = unknown};
}

/* Renders `page` beside some partials. */
static struct str render(const char *page, struct err *err)
{
	struct template_set set = set_of_pages();
	pages = (struct pages){
		.name = {"page", "part", "input", "tree", "layout", "middle", "loop"},
		.source = {page, "({{name}})\n",
			   "<input name=\"[[key]]\" type=\"[[type|text]]\" value=\"{{[[key]]}}\">"
			   "[[#hint]]<i>{{_[[hint]]}}</i>[[/hint]]",
			   "{{t}}({{#kids}}{{>tree}}{{/kids}})",
			   "<title>{{$title}}None{{/title}}</title>{{$body}}empty{{/body}}",
			   "{{<layout}}{{$body}}[{{$inner}}-{{/inner}}]{{/body}}{{/layout}}",
			   "{{#yes}}{{>loop}}{{/yes}}<b title=\""}};
	return render_with(&set, "page", err);
}

TEST("a template writes values, sections, partials, inheritance and translated words")
{
	static const struct {
		const char *page, *want;
	} cases[] = {
		{"plain", "plain"},
		{"", ""},
		{"{{text}}", "a &lt; b &amp; &quot;c&quot;"},
		{"{{html}}", "<b class=\"x\">bold</b>"},
		{"<p title=\"{{html}}\">",
		 "<p title=\"&lt;b class=&quot;x&quot;&gt;bold&lt;/b&gt;\">"},
		{"<textarea>{{html}}</textarea>{{html}}",
		 "<textarea>&lt;b class=&quot;x&quot;&gt;bold&lt;/b&gt;</textarea><b "
		 "class=\"x\">bold</b>"},
		{"{{many}} {{real}} {{nothing}}|{{who.name}}", "5 1.25 |Ann"},
		{"{{#items}}{{n}},{{/items}}", "1,2,3,"},
		{"{{#items}}{{name}}{{/items}}", "ZoéZoéZoé"},
		{"{{#items.0}}some{{/items.0}}{{#empty.0}}none{{/empty.0}}", "some"},
		{"{{#empty}}x{{/empty}}{{^empty}}none{{/empty}}", "none"},
		{"{{#who}}{{name}}{{/who}}{{^who}}x{{/who}}", "Ann"},
		{"{{#zero}}x{{/zero}}{{#yes}}y{{/yes}}{{^nothing}}z{{/nothing}}", "yz"},
		{"{{in.title}}{{#in.title}}x{{/in.title}}", ""},
		{"a{{! nothing }}b", "ab"},
		{"{{_Open}} {{_Unknown words}}", "Ouvrir Unknown words"},
		{"{{_Two\n\t\twords}}", "Deux &quot;mots&quot;"},
		{"{{_Hello %name%}}", "Bonjour Zoé &amp; Cie"},
		{"{{_%many% before %one%, 50 % of them}}", "5 before 1, 50 % of them"},
		{"<a title=\"{{_Hello %text%}}\">",
		 "<a title=\"Hello a &lt; b &amp; &quot;c&quot;\">"},
		{"{{_n one|%one% item|%one% items}}, {{_n many|%many% item|%many% items}}",
		 "1 item, 5 items"},
		{"{{_n many|%many% <i>|%many% & %text%}}", "5 &amp; a &lt; b &amp; &quot;c&quot;"},
		{"{{_$label}} {{_$name}} {{_$nothing}}", "Ouvrir Zoé "},
		{"{{one|stars}}", "&lt;*&gt;"},
		{"{{>part}}", "(Zoé)\n"},
		{"<ul>\n  {{>part}}\n</ul>", "<ul>\n  (Zoé)\n</ul>"},
		{"<pre>\n  {{>part}}\n</pre>", "<pre>\n(Zoé)\n</pre>"},
		{"{{>input key=name}}", "<input name=\"name\" type=\"text\" value=\"Zoé\">"},
		{"{{>input key=name type='search' hint=\"Two words\"}}",
		 "<input name=\"name\" type=\"search\" value=\"Zoé\"><i>Deux &quot;mots&quot;</i>"},
		{"{{#tree}}{{>tree}}{{/tree}}", "root(leaf())"},
		{"{{<layout}}{{/layout}}", "<title>None</title>empty"},
		{"{{<layout}} ignored {{$title}}{{text}}{{/title}}{{/layout}}",
		 "<title>a &lt; b &amp; &quot;c&quot;</title>empty"},
		{"{{<middle}}{{$inner}}in{{/inner}}{{$title}}T{{/title}}{{/middle}}",
		 "<title>T</title>[in]"},
		{"[[not a parameter]] [[1]]", "[[not a parameter]] [[1]]"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err err = {0};
		struct str got = render(cases[i].page, &err);
		if (!CHECK_STR(got, cases[i].want) || !CHECK_STR(pages.unknown, ""))
			printf("\t%s: %s\n", cases[i].page, err.text);
	}
}

TEST("a value is written as its place in the page needs, addresses included")
{
	static const struct {
		const char *page, *want;
	} cases[] = {
		{"<a href=\"{{path}}\">", "<a href=\"/a/b?c=d&amp;e\">"},
		{"<a href=\"{{site}}\">", "<a href=\"https://example.test/x\">"},
		{"<a href=\"{{script}}\">", "<a href=\"#\">"},
		{"<a href='{{blank}}{{script}}'>", "<a href='#'>"},
		{"<a href=\"{{blank}}{{path}}\">", "<a href=\"/a/b?c=d&amp;e\">"},
		{"<a href=\"{{host}}\">", "<a href=\"//evil.test\">"},
		{"<form action=\"{{host}}\">", "<form action=\"#\">"},
		{"<link href=\"{{site}}\">", "<link href=\"#\">"},
		{"<form action=\"{{hidden}}\">", "<form action=\"#\">"},
		{"<a href=\"{{hidden}}\">", "<a href=\"#\">"},
		{"<base href=\"{{host}}\">", "<base href=\"#\">"},
		{"<form action=\"{{site}}\">", "<form action=\"#\">"},
		{"<form action=\"{{slash}}{{path}}\">", "<form action=\"/#\">"},
		{"<form action=\"{{path}}\">", "<form action=\"/a/b?c=d&amp;e\">"},
		{"<a href=\"/{{path}}\">", "<a href=\"/%2Fa%2Fb%3Fc=d%26e\">"},
		{"<a href=\"?q={{query}}\">", "<a href=\"?q=a%20b%26c%3Dd%2F%C3%A9\">"},
		{"<a href=\"#f-{{name}}\">", "<a href=\"#f-Zo%C3%A9\">"},
		{"<a href=\"{{blank}}/x?y={{query}}\">",
		 "<a href=\"/x?y=a%20b%26c%3Dd%2F%C3%A9\">"},
		{"<a href=\"mailto:{{name}}\">", "<a href=\"mailto:Zo%C3%A9\">"},
		{"<a href=\"https://x.test/{{one}}\">", "<a href=\"https://x.test/1\">"},
		{"<a href=\"items/{{one}}\">", "<a href=\"items/1\">"},
		{"<a href=\"/x{{#yes}}/{{one}}{{/yes}}\">", "<a href=\"/x/1\">"},
		{"<a {{#yes}}href=\"{{path}}\"{{/yes}}>t</a>", "<a href=\"/a/b?c=d&amp;e\">t</a>"},
		{"<p class=\"a{{#yes}} b{{/yes}}\"{{#yes}} hidden{{/yes}}>",
		 "<p class=\"a b\" hidden>"},
		{"<input{{#yes}} checked{{/yes}}>{{text}}",
		 "<input checked>a &lt; b &amp; &quot;c&quot;"},
		{"<p data-x='{{text}}'>", "<p data-x='a &lt; b &amp; &quot;c&quot;'>"},
		{"<!-- x --><script src=\"/a.js\"></script>{{one}}",
		 "<!-- x --><script src=\"/a.js\"></script>1"},
		{"<style>a>b{}</style>{{one}}", "<style>a>b{}</style>1"},
		{"a < b {{one}}", "a < b 1"},
		{"<{{#yes}}", "(refused)"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err err = {0};
		struct str got = render(cases[i].page, &err);
		if (!CHECK_STR(got, cases[i].want))
			printf("\t%s: %s\n", cases[i].page, err.text);
	}
}

TEST("a template with a value in an unsafe place, or with a mistake, is refused with its line")
{
	static const struct {
		const char *page, *why;
	} cases[] = {
		{"{{{text}}}", "raw"},
		{"{{&text}}", "raw"},
		{"{{=<% %>=}}", "delimiters"},
		{"<script>{{one}}</script>", "script"},
		{"<SCRIPT>x</scrip>{{one}}", "script"},
		{"<style>{{one}}</style>", "style"},
		{"<p style=\"{{one}}\">", "style"},
		{"<p onclick=\"{{one}}\">", "style"},
		{"<p ONCLICK = '{{one}}'>", "style"},
		{"<img srcset=\"/{{one}} 2x\">", "srcset"},
		{"<p class={{one}}>", "unquoted"},
		{"<p class=a{{one}}>", "unquoted"},
		{"<p {{one}}>", "inside a tag"},
		{"<{{one}}>", "inside a tag"},
		{"<p{{one}}>", "inside a tag"},
		{"<!-- {{one}} -->", "comment"},
		{"<!DOCTYPE {{one}}>", "comment"},
		{"<a href=\"javascript:{{one}}\">", "address"},
		{"<a href=\"java{{one}}\">", "address"},
		{"<a href=\"java&#115;cript:{{one}}\">", "address"},
		{"<a href=\"data:text/html,{{one}}\">", "address"},
		{"<a href=\"{{blank}}:{{one}}\">", "address"},
		{"<a href=\"{{#yes}}java{{/yes}}{{^yes}}/{{/yes}}{{one}}\">", "address"},
		{"<a href=\"{{_Open}}\">", "address"},
		{"{{#yes}}<p class=\"{{/yes}}", "another place"},
		{"<p{{#yes}} class{{/yes}}=\"{{one}}\">", "depends on a section"},
		{"{{#yes}}<script>{{/yes}}{{one}}", "another place"},
		{"{{>loop}}{{one}}\">", "must end where"},
		{"{{#yes}}x", "does not end"},
		{"x{{/yes}}", "does not match"},
		{"{{#yes}}{{/one}}", "does not match"},
		{"{{yes", "does not end"},
		{"{{}}", "not one of ours"},
		{"{{a b}}", "not one of ours"},
		{"{{#}}{{/}}", "without a name"},
		{"{{_}}", "no words"},
		{"{{_n one|x}}", "not complete"},
		{"{{a..b}}", "not a name"},
		{"{{>missing}}", "no such partial"},
		{"{{>input}}", "not given"},
		{"{{>input key}}", "key=value"},
		{"{{>input key=\"x}}", "does not end"},
		{"{{>part a=b}}[[#x]]", "without its end"},
		{"[[/x]]", "without its start"},
		{"[[x]]", "not given"},
		{"{{<page}}{{$a}}b{{/a}}{{/page}}", "deep"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err err = {0};
		struct str got = render(cases[i].page, &err);
		if (!CHECK_STR(got, "(refused)") || !CHECK(strstr(err.text, cases[i].why) != NULL))
			printf("\t%s: %s\n", cases[i].page, err.text);
	}
	struct err err = {0};
	render("a\n{{>part}}\n{{one", &err);
	CHECK(strstr(err.text, "page:3:") != NULL);
}

TEST("an unknown name is reported and writes nothing")
{
	static const char *const cases[] = {"{{missing}}", "{{who.missing}}",
					    "{{#missing}}{{/missing}}", "{{_Hello %missing%}}",
					    "{{_$missing}}"};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err err = {0};
		render(cases[i], &err);
		CHECK(strstr(pages.unknown, "missing") != NULL);
	}
	struct err err = {0};
	CHECK_STR(render("{{one|stripes}}", &err), "");
	CHECK_STR(pages.unknown, "page: stripes");
}

TEST("data that nests deeper than a page may is an error, not a crash")
{
	struct val *m = val_object(test_arena), *at = m;
	for (int i = 0; i < 500; i++) {
		val_set_str(at, "t", S("x"));
		at = val_push_object(val_set_list(at, "kids"));
	}
	val_set_str(at, "t", S("x"));
	val_set_list(at, "kids");
	struct err err = {0};
	struct template_set set = set_of_pages();
	pages = (struct pages){.name = {"tree"}, .source = {"{{t}}{{#kids}}{{>tree}}{{/kids}}"}};
	struct templates *t = templates_new(test_arena, &set);
	struct buf to = {.arena = test_arena};
	const struct val *scope = m;
	CHECK(!template_render(t, "tree", &scope, 1, &to, &err));
	CHECK_INT(err.kind, ERR_FAILED);
}

TEST("partials that multiply are refused before they fill the memory")
{
	struct err err = {0};
	struct template_set set = set_of_pages();
	pages = (struct pages){.name = {"a", "b", "c", "d", "e", "f", "g", "h"},
			       .source = {"{{>b}}{{>b}}{{>b}}{{>b}}{{>b}}{{>b}}{{>b}}{{>b}}",
					  "{{>c}}{{>c}}{{>c}}{{>c}}{{>c}}{{>c}}{{>c}}{{>c}}",
					  "{{>d}}{{>d}}{{>d}}{{>d}}{{>d}}{{>d}}{{>d}}{{>d}}",
					  "{{>e}}{{>e}}{{>e}}{{>e}}{{>e}}{{>e}}{{>e}}{{>e}}",
					  "{{>f}}{{>f}}{{>f}}{{>f}}{{>f}}{{>f}}{{>f}}{{>f}}",
					  "{{>g}}{{>g}}{{>g}}{{>g}}{{>g}}{{>g}}{{>g}}{{>g}}",
					  "{{one}}{{one}}{{one}}{{one}}"}};
	CHECK_STR(render_with(&set, "a", &err), "(refused)");
}

TEST("a plain text template escapes nothing and knows no places")
{
	struct err err = {0};
	struct template_set set = set_of_pages();
	set.text = true;
	pages = (struct pages){.name = {"letter"},
			       .source = {"{{text}} <p {{html}} {{_Two words}}"}};
	CHECK_STR(render_with(&set, "letter", &err),
		  "a < b & \"c\" <p <b class=\"x\">bold</b> Deux \"mots\"");
}

TEST("the words of a template and its partials are listed for the catalogue")
{
	struct err err = {0};
	struct template_set set = set_of_pages();
	set.words = NULL;
	pages = (struct pages){
		.name = {"page", "part"},
		.source = {"{{_Two\n words}}\n{{>part w=\"Given words\"}}{{_n one|%one% item|%one% "
			   "items}}",
			   "{{_[[w]]}}"}};
	struct templates *t = templates_new(test_arena, &set);
	struct val *list = template_messages(t, test_arena, "page", &err);
	NEED(val_count(list) == 3);
	CHECK_STR(val_s(val_at(list, 0), "msgid"), "Two words");
	CHECK_INT(val_i(val_at(list, 0), "line"), 1);
	CHECK_STR(val_s(val_at(list, 1), "msgid"), "Given words");
	CHECK_STR(val_s(val_at(list, 1), "file"), "part");
	CHECK_STR(val_s(val_at(list, 2), "plural"), "%one% items");
	CHECK_INT(val_i(val_at(list, 2), "line"), 3);
}

TEST("a page is compiled once, or at every rendering while somebody designs")
{
	for (int reload = 0; reload < 2; reload++) {
		struct template_set set = set_of_pages();
		set.reload = reload;
		pages = (struct pages){.name = {"page"}, .source = {"one"}};
		struct templates *t = templates_new(test_arena, &set);
		const struct val *scope = model();
		struct err err = {0};
		struct buf first = {.arena = test_arena}, second = {.arena = test_arena};
		CHECK(template_render(t, "page", &scope, 1, &first, &err));
		pages.source[0] = "two";
		CHECK(template_render(t, "page", &scope, 1, &second, &err));
		CHECK_STR(buf_str(&first), "one");
		CHECK_STR(buf_str(&second), reload ? "two" : "one");
	}
}

struct crowd {
	struct templates *templates;
	const struct val *scope;
	int wrong;
};

static void *render_all(void *context)
{
	struct crowd *crowd = context;
	struct arena *a = arena_new(1 << 20);
	for (int i = 0; i < 50; i++) {
		char name[] = {(char)('a' + i % 10), 0};
		struct buf to = {.arena = a};
		struct err err = {0};
		bool ok = template_render(crowd->templates, name, &crowd->scope, 1, &to, &err);
		if (!ok || !str_is(buf_str(&to), "1,2,3,"))
			crowd->wrong++;
		arena_reset(a);
	}
	arena_free(a);
	return NULL;
}

TEST("threads share compiled pages, also while they are compiled")
{
	static const char names[10][2] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
	struct template_set set = set_of_pages();
	pages = (struct pages){0};
	for (int i = 0; i < 10; i++) {
		pages.name[i] = names[i];
		pages.source[i] = "{{#items}}{{n}},{{/items}}";
	}
	enum { THREADS = 6 };
	struct crowd crowds[THREADS];
	pthread_t threads[THREADS];
	struct templates *t = templates_new(test_arena, &set);
	const struct val *scope = model();
	for (int i = 0; i < THREADS; i++) {
		crowds[i] = (struct crowd){t, scope, 0};
		NEED(pthread_create(&threads[i], NULL, render_all, &crowds[i]) == 0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		CHECK_INT(crowds[i].wrong, 0);
	}
}
