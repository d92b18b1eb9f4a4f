#include "base/arena.h"
#include "base/buf.h"
#include "core/org.h"
#include "db/search.h"
#include "fixture.h"
#include "server/demo.h"

#define TEXTS 400

static int64_t make(struct db *db, struct err *err, const char *slug, uint64_t seed)
{
	struct demo_size size = {
		.base = S("http://way.example"), .texts = TEXTS, .seed = seed, .now = 1767225600};
	CHECK_STR(demo_scale(db, test_arena, err, &size), slug);
	CHECK_STR(err->text, "");
	db_begin(db, DB_READ, 0);
	int64_t org = val_i(org_by_slug(db, test_arena, str_of(slug)), "id");
	db_rollback(db);
	CHECK(org > 0);
	return org;
}

static int64_t count(struct db *db, const char *sql, int64_t org)
{
	return val_i(db_row(db, fixture_sql(sql), PARAMS("org", INT(org))), "n");
}

/* All that was written for people to read, in one text. */
static struct str said(struct db *db, int64_t org)
{
	struct val *rows = db_rows(db,
				   SQL("SELECT t.body AS body FROM texts t WHERE t.org = :org "
				       "ORDER BY t.id"),
				   PARAMS("org", INT(org)));
	struct buf all = {.arena = test_arena};
	for (size_t i = 0; i < val_count(rows); i++)
		buf_add(&all, val_s(val_at(rows, i), "body"));
	return buf_str(&all);
}

TEST_DB("a made-up organisation has as many texts to find as were asked for, half of them French")
{
	int64_t org = make(db, err, "guild", 7);
	struct val *everybody = val_list(test_arena);
	val_push(everybody, TEXT("public"));
	db_begin(db, DB_READ, 0);
	CHECK_INT(count(db,
			"SELECT count(*) AS n FROM standard_node n JOIN standard_version v "
			"ON v.id = n.version WHERE n.org = :org AND v.number = 1",
			org),
		  TEXTS / 2);
	CHECK_INT(count(db, "SELECT count(*) AS n FROM standard WHERE org = :org", org), 2);
	CHECK(count(db, "SELECT count(*) AS n FROM search_document WHERE org = :org", org) >=
	      TEXTS);
	CHECK_INT(count(db,
			"SELECT count(*) AS n FROM search_document WHERE org = :org AND lang = "
			"'fr' AND kind = 'standard_node'",
			org),
		  TEXTS / 2);
	CHECK(val_count(search_find(db, org, NULL, everybody, S("meeting"), 50, 0)) > 1);
	CHECK(val_count(search_find(db, org, NULL, everybody, S("rencontre"), 50, 0)) > 1);
	CHECK_INT(count(db, "SELECT count(*) AS n FROM person_org WHERE org = :org", org),
		  TEXTS / 50 + 60);
	CHECK_INT(count(db, "SELECT count(*) AS n FROM activity WHERE org = :org", org),
		  TEXTS / 100 + 40);
	CHECK(count(db,
		    "SELECT count(*) AS n FROM participation WHERE org = :org AND state = "
		    "'attended'",
		    org) > 100);
	CHECK_INT(count(db, "SELECT count(*) AS n FROM letter WHERE org = :org", org),
		  TEXTS / 100 + 20);
	db_rollback(db);
}

TEST_DB("the same seed makes the same texts, another seed others")
{
	int64_t one = make(db, err, "guild", 7), same = make(db, err, "guild-2", 7),
		other = make(db, err, "guild-3", 8);
	db_begin(db, DB_READ, 0);
	struct str words = said(db, one);
	CHECK(words.n > 10000);
	CHECK(str_eq(words, said(db, same)));
	CHECK(!str_eq(words, said(db, other)));
	db_rollback(db);
}
