#include "db/search.h"

#include "base/arena.h"
#include "base/words.h"
#include "db/upkeep.h"
#include "fixture.h"
#include "word_pairs.h"

#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct val *everybody(void)
{
	struct val *list = val_list(test_arena);
	val_push(list, TEXT("public"));
	return list;
}

static void make_org(struct db *db, int64_t id)
{
	db_exec(db,
		SQL("INSERT INTO org (id, slug, base, zone, made_at) VALUES (:id, :slug, 'b', "
		    "'UTC', 0)"),
		PARAMS("id", INT(id), "slug", TEXT(str_fmt(test_arena, "o%d", (int)id))));
}

static struct search_document item(int64_t id, const char *lang, const char *title,
				   const char *body)
{
	return (struct search_document){.org = 1,
					.kind = "item",
					.id = id,
					.lang = str_of(lang),
					.audience = S("public"),
					.title = str_of(title),
					.body = str_of(body)};
}

static void put(struct db *db, int64_t id, const char *lang, const char *title, const char *body)
{
	struct search_document one = item(id, lang, title, body);
	search_put(db, &one, 1);
}

static void take_away(struct db *db, int64_t id)
{
	struct val *ids = val_list(test_arena);
	val_push(ids, INT(id));
	search_remove(db, 1, "item", ids);
}

static struct val *find(struct db *db, const char *query)
{
	return search_find(db, 1, NULL, everybody(), str_of(query), 200, 0);
}

/* The ids found, in order: "3 1". */
static const char *found(struct db *db, const char *query)
{
	struct val *rows = find(db, query);
	struct str ids = S("");
	for (size_t i = 0; i < val_count(rows); i++)
		ids = str_fmt(test_arena, STR_FMT "%s%d", STR_ARG(ids), i ? " " : "",
			      (int)val_i(val_at(rows, i), "id"));
	return str_c(test_arena, ids);
}

static bool finds(struct db *db, const char *query, int64_t id)
{
	struct val *rows = find(db, query);
	for (size_t i = 0; i < val_count(rows); i++)
		if (val_i(val_at(rows, i), "id") == id)
			return true;
	return false;
}

/* One document for each side of each pair; what is found is what words_meet() says. */
static void check_pairs(struct db *db, const char *lang, const struct word_pair *pairs,
			size_t count, bool meet)
{
	for (size_t i = 0; i < count; i++) {
		int64_t a = (int64_t)i * 2 + 1, b = a + 1;
		put(db, a, lang, "", pairs[i].a);
		put(db, b, lang, "", pairs[i].b);
		bool ok = finds(db, pairs[i].a, b) == meet && finds(db, pairs[i].b, a) == meet &&
			  finds(db, pairs[i].a, a) && finds(db, pairs[i].b, b);
		if (!CHECK(ok))
			printf("    %s %s %s\n", pairs[i].a, meet ? "does not find" : "finds",
			       pairs[i].b);
	}
}

TEST_DB("words that must meet are found by each other, in English and in French")
{
	db_begin(db, DB_WRITE, 1);
	make_org(db, 1);
	check_pairs(db, "en", english_pairs_that_meet, COUNT(english_pairs_that_meet), true);
	check_pairs(db, "fr", french_pairs_that_meet, COUNT(french_pairs_that_meet), true);
	CHECK(db_commit(db));
}

TEST_DB("words that must not meet do not find each other")
{
	db_begin(db, DB_WRITE, 1);
	make_org(db, 1);
	check_pairs(db, "en", english_pairs_that_do_not, COUNT(english_pairs_that_do_not), false);
	check_pairs(db, "fr", french_pairs_that_do_not, COUNT(french_pairs_that_do_not), false);
	CHECK(db_commit(db));
}

TEST_DB("all words must be found, in title or body, and the title counts more")
{
	db_begin(db, DB_WRITE, 1);
	make_org(db, 1);
	put(db, 1, "en", "Community", "finding mentors among the elders, and again mentors");
	put(db, 2, "en", "Mentors", "in the community");
	put(db, 3, "en", "Elders", "nothing else");
	CHECK_STR(found(db, "mentor"), "2 1");
	CHECK_STR(found(db, "elder community"), "1");
	CHECK_STR(found(db, "elder mentoring career"), "");
	CHECK_STR(found(db, "nothing"), "3");
	CHECK(db_commit(db));
}

TEST_DB("many are put at once, in two languages, and what is removed is gone in each")
{
	const struct search_document docs[] = {
		item(1, "en", "Harbour", ""),        item(1, "fr", "Quai", "des brumes"),
		item(2, "en", "Harbour master", ""), item(3, "en", "", ""),
		item(3, "fr", "", "Les capitaines"),
	};
	db_begin(db, DB_WRITE, 1);
	make_org(db, 1);
	search_put(db, docs, COUNT(docs));
	search_put(db, docs, 0);
	CHECK_STR(found(db, "harbour"), "2 1");
	CHECK_STR(found(db, "capitaine"), "3");
	CHECK_STR(found(db, "quai"), "1");
	CHECK_INT(val_i(db_row(db, SQL("SELECT count(*) AS n FROM search_words"), NULL), "n"), 4);
	take_away(db, 1);
	put(db, 1, "en", "Lighthouse", "");
	take_away(db, 9);
	CHECK_STR(found(db, "harbour"), "2");
	CHECK_STR(found(db, "quai"), "");
	CHECK_STR(found(db, "lighthouse"), "1");
	db_exec(db, SQL("DELETE FROM org WHERE id = 1"), NULL);
	CHECK_INT(val_i(db_row(db, SQL("SELECT count(*) AS n FROM search_words"), NULL), "n"), 0);
	CHECK(db_commit(db));
}

TEST_DB("a document is found in its organisation, by its audience and under its kind")
{
	struct val *staff = everybody(), *nobody = val_list(test_arena);
	struct search_document doc = {
		.kind = "item", .lang = S("en"), .title = S("Harbour"), .body = S("")};
	db_begin(db, DB_WRITE, 1);
	make_org(db, 1);
	make_org(db, 11);
	val_push(staff, TEXT("people_manage"));
	doc.org = 1, doc.id = 1, doc.audience = S("public");
	search_put(db, &doc, 1);
	doc.org = 1, doc.id = 2, doc.audience = S("people_manage"), doc.kind = "person";
	search_put(db, &doc, 1);
	doc.org = 11, doc.id = 3, doc.audience = S("public"), doc.kind = "item";
	search_put(db, &doc, 1);
	CHECK_STR(found(db, "harbour"), "1");
	CHECK_INT(val_count(search_find(db, 1, NULL, staff, S("harbour"), 9, 0)), 2);
	CHECK_INT(val_count(search_find(db, 1, "person", staff, S("harbour"), 9, 0)), 1);
	CHECK_INT(val_count(search_find(db, 1, "person", everybody(), S("harbour"), 9, 0)), 0);
	CHECK_INT(val_count(search_find(db, 1, NULL, nobody, S("harbour"), 9, 0)), 0);
	struct val *there = search_find(db, 11, "item", staff, S("harbour"), 9, 0);
	CHECK_INT(val_count(there), 1);
	CHECK_INT(val_i(val_at(there, 0), "id"), 3);
	CHECK_STR(val_s(val_at(there, 0), "kind"), "item");
	CHECK_STR(val_s(val_at(there, 0), "lang"), "en");
	/* What says who may see it is no word that can be looked for. */
	CHECK_STR(found(db, "_1apublic"), "");
	CHECK_STR(found(db, "public"), "");
	CHECK(db_commit(db));
}

TEST_DB("results come in pages")
{
	db_begin(db, DB_WRITE, 1);
	make_org(db, 1);
	for (int i = 1; i <= 30; i++)
		put(db, i, "en", "Harbour", "");
	struct val *first = search_find(db, 1, NULL, everybody(), S("harbour"), 20, 0);
	struct val *second = search_find(db, 1, NULL, everybody(), S("harbour"), 20, 20);
	CHECK_INT(val_count(first), 20);
	CHECK_INT(val_count(second), 10);
	CHECK_INT(val_i(val_at(first, 0), "id"), 30); /* the latest first, where all are as good */
	CHECK_INT(val_i(val_at(second, 9), "id"), 1);
	CHECK_INT(val_count(search_find(db, 1, NULL, everybody(), S("harbour"), 100000, 0)), 30);
	CHECK_INT(val_count(search_find(db, 1, NULL, everybody(), S("harbour"), 0, 0)), 0);
	CHECK(db_commit(db));
}

TEST_DB("an unfinished word is looked for where the query says so")
{
	db_begin(db, DB_WRITE, 1);
	make_org(db, 1);
	put(db, 1, "fr", "Bibliothèque", "");
	put(db, 2, "en", "Bibliography", "");
	CHECK_STR(found(db, "bibli"), "");
	CHECK_STR(found(db, "bibli*"), "2 1");
	CHECK_STR(found(db, "biblio*"), "2 1");
	CHECK_STR(found(db, "bibliot*"), "1");
	CHECK(db_commit(db));
}

TEST_DB("whatever is typed is looked for or finds nothing, and is never an error")
{
	static const char *const queries[] = {
		"",
		"*",
		"\"",
		"'",
		"''",
		"\\",
		"\\'",
		"AND",
		"OR NOT",
		"harbour AND",
		"(",
		")",
		"harbour)",
		"a:b",
		"title:harbour",
		"{title}:harbour",
		"harbour*harbour*",
		"-harbour",
		"^harbour",
		"NEAR(a b)",
		"&",
		"|",
		"!harbour",
		"<->",
		"harbour:*",
		"harbour:A",
		"$1",
		"?1",
		"%",
		"_",
		"é",
		"漢字 *",
		"ᐃᓄᒃ",
		"…",
		"--",
		";",
		"harbour; DROP TABLE org",
		"\t\n",
		"~harbour",
		"=harbour",
		".",
		"...",
		"a.b.c",
		"20.2",
		"ǀe", /* a click, and the n of ŉ: what is typed for an apostrophe */
		"ŉe",
		"e\u02bce",
		"\xf0\x9f\x8c\x8a",
	};
	db_begin(db, DB_WRITE, 1);
	make_org(db, 1);
	put(db, 1, "en", "Harbour 20.2", "ᐃᓄᒃ & 漢字 'quoted' \"twice\" back\\slash");
	for (size_t i = 0; i < COUNT(queries); i++) {
		find(db, queries[i]);
		if (!CHECK_STR(err->text, ""))
			printf("    %s\n", queries[i]);
	}
	CHECK_STR(found(db, "!harbour"), "1");
	CHECK_STR(found(db, "20.2"), "1");
	CHECK_STR(found(db, "ᐃᓄᒃ"), "1");
	CHECK_STR(found(db, "quoted twice slash"), "1");
	CHECK(db_commit(db));
}

TEST_DB("a text too long for the engine is stored as far as it goes")
{
	struct buf_of_words {
		char text[900000];
	} *many = arena_one(test_arena, struct buf_of_words);
	size_t n = 0;
	n += (size_t)snprintf(many->text, sizeof many->text, "harbour ");
	for (int i = 0; n < sizeof many->text - 20; i++)
		n += (size_t)snprintf(many->text + n, sizeof many->text - n, "w%dx ", i);
	db_begin(db, DB_WRITE, 1);
	make_org(db, 1);
	put(db, 1, "en", "Long", many->text);
	CHECK_STR(found(db, "harbour long"), "1");
	CHECK(db_commit(db));
	CHECK_STR(err->text, "");
}
