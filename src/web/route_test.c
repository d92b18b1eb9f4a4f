#include "web/route.h"

#include "base/arena.h"
#include "base/buf.h"
#include "test.h"
#include "web/etag.h"
#include "web/negotiate.h"

#include <stdio.h>
#include <string.h>

static int handler(struct req *r)
{
	(void)r;
	return OK;
}

static const struct field id_fields[] = {{"id", FIELD_ID}, {"item", FIELD_ID}, {0}};

#define ROUTE(method_, path_, summary_)                                                            \
	{                                                                                          \
		.method = (method_), .path = (path_), .right = 1, .handler = handler,              \
		.fields = id_fields, .summary = (summary_)                                         \
	}

static const struct route first[] = {
	ROUTE(GET, "/", "root"),
	ROUTE(GET, "/books", "list"),
	ROUTE(POST, "/books", "add"),
	ROUTE(GET, "/books/:id", "one"),
	ROUTE(POST, "/books/:id/items/:item", "change"),
	ROUTE(GET, "/books/:id/special", "special"),
	{0},
};
static const struct route second[] = {
	ROUTE(GET, "/books/new", "new"),
	ROUTE(GET, "/books/new/help", "help"),
	ROUTE(GET, "/café", "accent"),
	{0},
};

TEST("a path finds its route, literal names before parameters")
{
	static const struct {
		enum method method;
		const char *path, *want;
	} cases[] = {
		{GET, "/", "root"},
		{GET, "", "redirect /"},
		{GET, "/books", "list"},
		{POST, "/books", "add"},
		{GET, "/books/7", "one id=7"},
		{GET, "/books/new", "new"},
		{GET, "/books/new/help", "help"},
		{GET, "/books/new/special", "special id=new"},
		{GET, "/books/a%2Fb", "one id=a/b"},
		{GET, "/books/%6Eew", "new"},
		{POST, "/books/7/items/8", "change id=7 item=8"},
		{GET, "/caf%C3%A9", "accent"},
		{GET, "/books/", "redirect /books"},
		{GET, "//books//7", "redirect /books/7"},
		{GET, "//evil.test/", "none"},
		{GET, "/books/a%20b/", "redirect /books/a%20b"},
		{GET, "/nothing", "none"},
		{GET, "/books/7/nothing", "none"},
		{GET, "/books/7/items/8", "method"},
		{POST, "/", "method"},
		{POST, "/books/7", "method"},
		{GET, "/books/..", "none"},
		{GET, "/books/%2e%2E", "none"},
		{GET, "/books/%00", "malformed"},
		{GET, "/books/%", "malformed"},
		{GET, "/books/%FF", "malformed"},
		{GET, "/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a",
		 "none"},
	};
	static const char *const found_names[] = {"", "none", "method", "redirect ", "malformed"};
	const struct route *tables[] = {first, second};
	struct routes *routes = routes_compile(test_arena, tables, 2);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct route_match match;
		enum route_found found = routes_find(routes, test_arena, cases[i].method,
						     str_of(cases[i].path), &match);
		struct buf b = {.arena = test_arena};
		buf_add(&b, str_of(found_names[found]));
		buf_add(&b, match.location);
		if (found == ROUTE_MATCH)
			buf_add(&b, str_of(match.route->summary));
		for (size_t k = 0; k < match.params.count; k++)
			buf_fmt(&b, " " STR_FMT "=" STR_FMT, STR_ARG(match.params.part[k].name),
				STR_ARG(match.params.part[k].value));
		if (!CHECK_STR(buf_str(&b), cases[i].want))
			printf("\t%s\n", cases[i].path);
	}
}

static bool view_exists(const char *view)
{
	return !strcmp(view, "books/index");
}

TEST("a table's mistakes are all named")
{
	static const struct field taken[] = {
		{"me", FIELD_TEXT}, {"a", FIELD_INT, .min = 5, .max = 2},
		{"a", FIELD_TEXT},  {"Bad", FIELD_TEXT},
		{"f", FIELD_FILE},  {0}};
	static const struct field key_fields[] = {{"key", FIELD_TEXT}, {0}};
	const struct route bad[] = {
		{GET, "/a/:id", 1, handler, "books/index", NULL, id_fields, 0, "fine"},
		{GET, "/b/:id", 1, handler, NULL, NULL, NULL, 0, "undeclared"},
		{GET, "/c", 0, NULL, "books/missing", NULL, NULL, 0, ""},
		{GET, "/d", 1, handler, NULL, NULL, taken, 0, "fields"},
		{GET, "/e/", 1, handler, NULL, NULL, NULL, 0, "slash"},
		{GET, "/F", 1, handler, NULL, NULL, NULL, 0, "capital"},
		{GET, "/a/:item", 1, handler, NULL, NULL, id_fields, 0, "twice"},
		{GET, "/g/:key", 1, handler, NULL, NULL, key_fields, 0, "told"},
		{GET, "/h/:key", 1, handler, NULL, NULL, key_fields, ROUTE_SECRET, "fine"},
		{0},
	};
	CHECK_STR(route_table_check(test_arena, first, view_exists), "");
	CHECK_STR(route_table_check(test_arena, bad, view_exists),
		  "GET /b/:id: no field is declared for the parameter id\n"
		  "GET /c: nobody may\n"
		  "GET /c: no handler\n"
		  "GET /c: no summary\n"
		  "GET /c: there is no view books/missing\n"
		  "GET /d: the field's name is taken: me\n"
		  "GET /d: no value can be right for a\n"
		  "GET /d: the field is declared twice: a\n"
		  "GET /d: the field's name is not ours: Bad\n"
		  "GET /d: a GET takes the file f\n"
		  "GET /e/: the path is not ours\n"
		  "GET /F: the path is not ours at F\n"
		  "GET /a/:item: the same address twice: /a/:id\n"
		  "GET /g/:key: no flag says that this is a secret: key\n");
}

TEST("the form of an answer follows the suffix, else what the reader accepts")
{
	static const struct {
		const char *path, *left;
		enum media media;
	} suffixes[] = {
		{"/a.json", "/a", MEDIA_JSON},       {"/a.csv", "/a", MEDIA_CSV},
		{"/a.ics", "/a", MEDIA_ICS},         {"/a.txt", "/a.txt", MEDIA_NONE},
		{"/.json", "/.json", MEDIA_NONE},    {"/a/.csv", "/a/.csv", MEDIA_NONE},
		{"/20.2.json", "/20.2", MEDIA_JSON}, {"", "", MEDIA_NONE},
	};
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		struct str path = str_of(suffixes[i].path);
		CHECK_INT(media_of_suffix(&path), suffixes[i].media);
		CHECK_STR(path, suffixes[i].left);
	}
	enum { ALL = 1 << MEDIA_HTML | 1 << MEDIA_JSON | 1 << MEDIA_CSV };
	static const struct {
		const char *accept;
		unsigned offered;
		enum media want;
	} cases[] = {
		{"", ALL, MEDIA_HTML},
		{"*/*", ALL, MEDIA_HTML},
		{"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ALL,
		 MEDIA_HTML},
		{"application/json", ALL, MEDIA_JSON},
		{"application/json, text/html;q=0.5", ALL, MEDIA_JSON},
		{"text/*", ALL, MEDIA_HTML},
		{"text/*;q=0.5, text/csv", ALL, MEDIA_CSV},
		{"text/html;q=0, */*", ALL, MEDIA_JSON},
		{"image/png", ALL, MEDIA_NONE},
		{"application/json", 1 << MEDIA_HTML, MEDIA_NONE},
		{"APPLICATION/JSON ; Q=1.0 , text/html;q=nonsense", ALL, MEDIA_JSON},
		{",,;", ALL, MEDIA_NONE},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (!CHECK_INT(media_accepted(str_of(cases[i].accept), cases[i].offered),
			       cases[i].want))
			printf("\t%s\n", cases[i].accept);
}

TEST("the language is the one the reader's browser prefers among ours")
{
	static const struct {
		const char *header, *want;
	} cases[] = {
		{"", ""},
		{"fr", "fr"},
		{"fr-CA,fr;q=0.9,en;q=0.8", "fr"},
		{"de, en;q=0.5, fr;q=0.7", "fr"},
		{"en-CA", "en"},
		{"iu", "iu-Cans"},
		{"iu-Latn", "iu-Cans"},
		{"de", ""},
		{"*", "en"},
		{"fr;q=0", ""},
		{"fr;q=0.5, en;q=0.5", "fr"},
	};
	struct val *langs = val_list(test_arena);
	val_push(langs, val_text(test_arena, S("en")));
	val_push(langs, val_text(test_arena, S("fr")));
	val_push(langs, val_text(test_arena, S("iu-Cans")));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (!CHECK_STR(lang_accepted(str_of(cases[i].header), langs), cases[i].want))
			printf("\t%s\n", cases[i].header);
}

TEST("a validator changes with everything that makes the answer and is recognised again")
{
	struct str base = etag_make(test_arena, S("b"), S("en"), S("public"), S("/x"), 7);
	struct str others[] = {
		etag_make(test_arena, S("c"), S("en"), S("public"), S("/x"), 7),
		etag_make(test_arena, S("b"), S("fr"), S("public"), S("/x"), 7),
		etag_make(test_arena, S("b"), S("en"), S("org"), S("/x"), 7),
		etag_make(test_arena, S("b"), S("en"), S("public"), S("/y"), 7),
		etag_make(test_arena, S("b"), S("en"), S("public"), S("/x"), 8),
		etag_make(test_arena, S("be"), S("n"), S("public"), S("/x"), 7),
	};
	CHECK(base.p[0] == '"' && base.p[base.n - 1] == '"');
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		CHECK(!str_eq(base, others[i]) && !etag_matches(others[i], base));
	CHECK(etag_matches(base, base));
	CHECK(etag_matches(S("*"), base));
	CHECK(etag_matches(str_fmt(test_arena, "\"old\", W/" STR_FMT, STR_ARG(base)), base));
	CHECK(!etag_matches(S(""), base));
	CHECK(!etag_matches(S("garbage"), base));
}
