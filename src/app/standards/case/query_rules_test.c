#include "app/standards/case/query_rules.h"
#include "base/arena.h"
#include "base/json.h"
#include "test.h"

static const char *const known[] = {
	"identifier", "title", "language",   "subject", "lastChangeDateTime",
	"licenseURI", "notes", "subjectURI", "weight",  "extensions",
	NULL};
static const char *const inside[] = {"title", "identifier", "uri", NULL};

static const char documents[] =
	"[{\"identifier\":\"1\",\"title\":\"Écoles\",\"language\":\"fr\",\"subject\":[\"Math\","
	"\"Art\"],"
	"\"lastChangeDateTime\":\"2026-01-05T10:00:00Z\",\"licenseURI\":{\"title\":\"CC BY\"}},"
	"{\"identifier\":\"2\",\"title\":\"alpha\",\"language\":\"en\",\"subject\":[\"Art\"],"
	"\"lastChangeDateTime\":\"2026-03-05T10:00:00Z\",\"weight\":10,"
	"\"subjectURI\":[{\"title\":\"Art\"},{\"title\":\"Sport\"}]},"
	"{\"identifier\":\"3\",\"title\":\"O'Brien AND Sons\",\"language\":\"EN\",\"weight\":9,"
	"\"lastChangeDateTime\":\"2025-12-31T23:00:00Z\",\"extensions\":{\"a\":{\"b\":\"x\"}}}]";

static struct case_page ask(const struct case_query *q)
{
	struct val *rows =
		json_read(test_arena, str_of(documents), sizeof documents, &(struct json_error){0});
	return case_query(test_arena, rows, q, known, inside);
}

/* "1 2 3", or the word that refuses. */
static struct str told(const struct case_page *page)
{
	struct buf b = {.arena = test_arena};
	if (page->refused) {
		buf_fmt(&b, "%s %s", page->refused, page->field);
		return buf_str(&b);
	}
	for (size_t i = 0; i < val_count(page->rows); i++)
		buf_fmt(&b, "%s" STR_FMT, i ? " " : "",
			STR_ARG(val_s(val_at(page->rows, i), "identifier")));
	return buf_str(&b);
}

#define BAD "invalid_selection_field filter"

TEST("case query: a filter, every predicate of it")
{
	static const struct {
		const char *filter, *want;
	} cases[] = {
		{"title='alpha'", "2"},
		{"title='ALPHA'", "2"},
		{"title='écoles'", "1"},
		{"title='ecoles'", ""},
		{"title!='alpha'", "1 3"},
		{"language='en'", "2 3"},
		{"title~'o'", "1 3"},
		{"title~''", "1 2 3"},
		{"title>'alpha'", "1 3"},
		{"title>='alpha'", "1 2 3"},
		{"title<'b'", "2"},
		{"title<='alpha'", "2"},
		{"lastChangeDateTime>'2026-01-05T10:00:00Z'", "2"},
		{"lastChangeDateTime>='2026-01-05T11:00:00+01:00'", "1 2"},
		{"lastChangeDateTime<'2026'", "3"},
		{"lastChangeDateTime<'2026-01-01T00:30:00+01:00'", "3"},
		{"lastChangeDateTime<'2026-01-01T00:00:00+01:00'", ""},
		{"lastChangeDateTime<='2026-01-01T00:00:00+01:00'", "3"},
		{"weight>'9'", "2"},
		{"weight='9'", "3"},
		{"title='O'Brien AND Sons'", "3"},
		{"title='O'Brien AND Sons' OR title='alpha'", "2 3"},
		{"language='en' AND title~'a'", "2 3"},
		{"language='en' AND weight='10'", "2"},
		{"language='fr' OR weight='10'", "1 2"},
		{"title='a'and title='b'", ""}, /* one value */
		/* what a document has not */
		{"notes='x'", ""},
		{"notes!='x'", "1 2 3"},
		{"notes~''", ""},
		/* nested, and lists */
		{"licenseURI.title='cc by'", "1"},
		{"licenseURI='cc by'", ""},
		{"subject='Art'", "2"},
		{"subject='art,math'", "1"},
		{"subject='math, art'", "1"},
		{"subject!='Art'", "1 3"},
		{"subject~'Art'", "1 2"},
		{"subject~'Math,Music'", "1"},
		{"subject~'Ar'", ""},
		{"subject>'b'", "1"},
		{"subjectURI.title~'sport'", "2"},
		{"subjectURI.title='sport,art'", "2"},
		{"extensions.a.b='X'", "3"},
		/* refused */
		{"colour='red'", BAD},
		{"licenseURI.colour='red'", BAD},
		{"title.='x'", BAD},
		{"title='x' AND colour='red'", BAD},
		{"title", BAD},
		{"title=alpha", BAD},
		{"title='alpha", BAD},
		{"='alpha'", BAD},
		{"title='a' AND  title='b'", BAD},
		{"title='a' AND title='b' AND title='c'", BAD},
		{"title ='a'", BAD},
		{" ", BAD},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct case_page page =
			ask(&(struct case_query){.filter = str_of(cases[i].filter)});
		if (!CHECK_STR(told(&page), cases[i].want))
			CHECK_STR(cases[i].filter, "the filter of the line above");
	}
}

TEST("case query: sort, order, pages and fields")
{
	static const struct {
		struct case_query q;
		const char *want;
		int64_t total;
	} cases[] = {
		{{.has_fields = false}, "1 2 3", 3},
		{{.sort = STR("title")}, "2 1 3", 3},
		{{.sort = STR("title"), .order = STR("desc")}, "3 1 2", 3},
		{{.sort = STR("lastChangeDateTime"), .order = STR("asc")}, "3 1 2", 3},
		{{.sort = STR("weight")}, "3 2 1", 3},
		{{.sort = STR("weight"), .order = STR("desc")}, "2 3 1", 3},
		{{.sort = STR("licenseURI.title")}, "1 2 3", 3},
		{{.sort = STR("colour")}, "1 2 3", 3},
		{{.sort = STR("title"), .order = STR("up")}, "invalid_sort_field orderBy", 0},
		{{.limit = STR("2")}, "1 2", 3},
		{{.limit = STR("2"), .offset = STR("2")}, "3", 3},
		{{.offset = STR("3")}, "", 3},
		{{.offset = STR("9000000000000000000")}, "", 3},
		{{.limit = STR("9000000000000000000"), .offset = STR("1")}, "2 3", 3},
		{{.limit = STR("0")}, "invalid_selection_field limit", 0},
		{{.limit = STR("-1")}, "invalid_selection_field limit", 0},
		{{.limit = STR("ten")}, "invalid_selection_field limit", 0},
		{{.limit = STR("99999999999999999999")}, "invalid_selection_field limit", 0},
		{{.offset = STR("-1")}, "invalid_selection_field offset", 0},
		{{.offset = STR("1.5")}, "invalid_selection_field offset", 0},
		{{.filter = STR("language='en'"), .limit = STR("1")}, "2", 2},
		{{.has_fields = true}, "invalid_selection_field fields", 0},
		{{.has_fields = true, .fields = STR(" ")}, "invalid_selection_field fields", 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct case_page page = ask(&cases[i].q);
		CHECK_STR(told(&page), cases[i].want);
		CHECK_INT(page.total, cases[i].total);
	}
}

TEST("case query: chosen fields, and all of them where one is unknown")
{
	static const struct {
		const char *fields, *want;
	} cases[] = {
		{"title", "{\"title\":\"alpha\"}"},
		{"title, weight", "{\"title\":\"alpha\",\"weight\":10}"},
		{"notes,language", "{\"language\":\"en\"}"},
		{"notes", "{}"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct case_page page = ask(&(struct case_query){.has_fields = true,
								 .fields = str_of(cases[i].fields),
								 .filter = S("title='alpha'")});
		struct buf b = {.arena = test_arena};
		json_write(&b, val_at(page.rows, 0));
		CHECK_STR(buf_str(&b), cases[i].want);
	}
	struct case_page page =
		ask(&(struct case_query){.has_fields = true, .fields = S("title,colour")});
	CHECK_INT(val_count(val_at(page.rows, 0)), 6);
}

TEST("case query: links to the other pages")
{
	static const struct {
		int64_t total, limit, offset;
		const char *rest, *want;
	} cases[] = {
		{503, 10, 0, "",
		 "<A?limit=10&offset=0>; rel=\"first\", "
		 "<A?limit=10&offset=10>; rel=\"next\", "
		 "<A?limit=3&offset=500>; rel=\"last\""},
		{503, 10, 500, "limit=10&sort=title&offset=500",
		 "<A?sort=title&limit=10&offset=0>; rel=\"first\", "
		 "<A?sort=title&limit=10&offset=490>; rel=\"prev\", "
		 "<A?sort=title&limit=3&offset=500>; rel=\"last\""},
		{20, 10, 5, "filter=a%3D'<b\"\n",
		 "<A?filter=a%3D'%3Cb%22%0A&limit=10&offset=0>; rel=\"first\", "
		 "<A?filter=a%3D'%3Cb%22%0A&limit=10&offset=0>; rel=\"prev\", "
		 "<A?filter=a%3D'%3Cb%22%0A&limit=10&offset=15>; rel=\"next\", "
		 "<A?filter=a%3D'%3Cb%22%0A&limit=10&offset=10>; rel=\"last\""},
		{1, 100, 0, "",
		 "<A?limit=100&offset=0>; rel=\"first\", "
		 "<A?limit=1&offset=0>; rel=\"last\""},
		{0, 100, 0, "", ""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct case_page page = {.total = cases[i].total,
					 .limit = cases[i].limit,
					 .offset = cases[i].offset};
		CHECK_STR(case_links(test_arena, S("A"), str_of(cases[i].rest), &page),
			  cases[i].want);
	}
}
