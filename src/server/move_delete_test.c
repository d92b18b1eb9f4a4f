/* An organisation is deleted, and what others refer to is kept. */
#include "server/move.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "db/upkeep.h"
#include "server/clock.h"
#include "server/config.h"
#include "server/features.h"
#include "server/move_story.h"
#include "server/site.h"

static int64_t real_time(void)
{
	return 4000000000; /* long after */
}

static struct site *site_of(void)
{
	static struct config config;
	struct secrets secrets = {0};
	config = (struct config){.db = str_of(fixture_url()), .files = str_of(move_path("files"))};
	return site_new(test_arena, &config, features, &secrets, real_time);
}

static int ask(struct str *said, const char *slug, const char *more)
{
	return program_run(said, NULL, "delete", "--org", slug, "--db", fixture_url(), more, NULL);
}

/* Rows of each table that are the organisation's, as "table n" where there are any. */
static void run_jobs(struct db *db)
{
	struct site *site = site_of();
	for (bool ran = true; ran;)
		ran = clock_run_job(site, db);
}

static struct str rows_left(struct db *db, struct err *err, int64_t org)
{
	struct move m;
	struct buf out = {.arena = test_arena};
	db_use(db, test_arena, err);
	db_begin(db, DB_READ, 0);
	CHECK(move_open(&m, db, test_arena, err, org));
	for (size_t i = 0; i < m.count; i++) {
		const struct move_sheet *s = &m.sheets[i];
		if (!s->where || s->table->kind == MOVE_PEOPLE)
			continue;
		int64_t n = val_i(
			db_row(db,
			       move_query(&m, false, "SELECT count(*) AS n FROM %s t WHERE %s",
					  s->table->name, s->has_org ? "t.org = :org" : s->where),
			       PARAMS("org", INT(org))),
			"n");
		if (n)
			buf_fmt(&out, "%s %lld\n", s->table->name, (long long)n);
	}
	db_rollback(db);
	CHECK_STR(err->text, "");
	return buf_str(&out);
}

static struct str job_said(struct db *db)
{
	db_begin(db, DB_READ, 0);
	struct val *row = db_row(db,
				 SQL("SELECT j.state AS state, j.result AS result FROM job j WHERE "
				     "j.kind = 'org.delete' ORDER BY j.id DESC LIMIT 1"),
				 NULL);
	db_rollback(db);
	CHECK_STR(val_s(row, "state"), "done");
	return val_s(row, "result");
}

TEST_DB("an organisation is deleted after its time, unless that is taken back")
{
	struct world w;
	struct str said;
	NEED_PROGRAM();
	NEED(move_begin(&w, db, err));
	CHECK_INT(move_out(&said, fixture_url(), "birch", move_path("b")), EXIT_OK);
	CHECK_INT(ask(&said, "nobody", NULL), EXIT_REFUSED);
	CHECK_INT(ask(&said, "boreal", "--undo"), EXIT_REFUSED);
	CHECK_INT(ask(&said, "boreal", "--days=soon"), EXIT_REFUSED);
	CHECK_INT(ask(&said, "boreal", NULL), EXIT_OK);
	CHECK(program_has(said, "goes on as before"));
	CHECK_INT(ask(&said, "boreal", NULL), EXIT_OK); /* once */
	CHECK_INT(ask(&said, "boreal", "--undo"), EXIT_OK);
	run_jobs(db);
	db_use(db, test_arena, err);
	CHECK(program_has(rows_left(db, err, w.a), "standard "));
	db_begin(db, DB_WRITE, 0);
	db_script(db, "alone", "DELETE FROM affiliation"); /* else its name is kept for others */
	CHECK(db_commit(db));
	CHECK_STR(err->text, "");
	CHECK_INT(ask(&said, "boreal", "--days=0"), EXIT_OK);
	run_jobs(db);
	db_use(db, test_arena, err);
	CHECK_STR(rows_left(db, err, w.a), "");
	said = job_said(db);
	CHECK(str_find(said, S("\"org\"")) < 0);
	CHECK(db_check(db, err));
	CHECK_STR(err->text, "");
	CHECK_INT(move_out(&said, fixture_url(), "birch", move_path("b2")), EXIT_OK);
	CHECK(move_same(move_contents(move_path("b")), move_contents(move_path("b2"))));
	CHECK_INT(move_out(&said, fixture_url(), "boreal", move_path("a")), EXIT_REFUSED);
	move_end(&w);
}

TEST_DB("what others refer to is kept when an organisation is deleted, and is told")
{
	struct world w;
	struct str said;
	NEED_PROGRAM();
	NEED(move_begin(&w, db, err));
	db_begin(db, DB_WRITE, 0);
	move_run(db,
		 "crosswalk (org, slug, title, from_standard, to_standard, created_at) VALUES ($b, "
		 "'ours', 'Ours', $standard, $standard, 5)");
	move_run(db, "person_org (org, person, sort_fold, since) VALUES ($b, $2, 'z', 1)");
	move_run(
		db,
		"affiliation (org, other, kind, since) VALUES ($b, $a, 'member_of', '2026-01-01')");
	CHECK(db_commit(db));
	db_begin(db, DB_READ, 0);
	int64_t nodes =
		val_i(db_row(db,
			     SQL("SELECT count(*) AS n FROM standard_node n JOIN "
				 "standard_version v ON v.id = n.version WHERE v.standard = "
				 "(SELECT min(s.id) FROM standard s WHERE s.org = :org)"),
			     PARAMS("org", INT(w.a))),
		      "n");
	db_rollback(db);
	CHECK_INT(ask(&said, "boreal", "--days=0"), EXIT_OK);
	run_jobs(db);
	db_use(db, test_arena, err);
	said = job_said(db);
	CHECK(program_has(
		said, "\"what\":\"standard\",\"rows\":1,\"why\":\"part of a standard that other "
		      "organisations refer to\""));
	CHECK(program_has(said, "\"what\":\"person\"") &&
	      program_has(said, "\"what\":\"affiliation\""));
	struct str left = rows_left(db, err, w.a);
	CHECK(program_has(left, str_c(test_arena, str_fmt(test_arena, "standard_node %lld\n",
							  (long long)nodes))));
	CHECK(program_has(left, "texts ") && program_has(left, "org_lang "));
	CHECK(str_find(left, S("activity")) < 0 && str_find(left, S("person_org")) < 0);
	db_begin(db, DB_READ, 0);
	CHECK(val_i(db_row(db, SQL("SELECT o.closed_at AS closed_at FROM org o WHERE o.id = :org"),
			   PARAMS("org", INT(w.a))),
		    "closed_at") > 0);
	db_rollback(db);
	CHECK(db_check(db, err));
	CHECK_STR(err->text, "");
	move_end(&w);
}

/* Else deleting one row reads the whole of a table: an organisation of 50,000 texts took minutes. */
TEST_SQLITE("every column that points at rows of which there are many has an index")
{
	db_begin(db, DB_READ, 0);
	struct val *rows = db_rows(
		db,
		SQL("SELECT l.name AS table_name, f.\"from\" AS column_name FROM pragma_table_list "
		    "l "
		    "JOIN pragma_foreign_key_list(l.name) f WHERE f.\"table\" IN ('participation', "
		    "'activity', 'consent', 'standard_item', 'standard_node') AND NOT EXISTS "
		    "(SELECT 1 "
		    "FROM pragma_index_list(l.name) i JOIN pragma_index_info(i.name) c WHERE "
		    "c.seqno = "
		    "0 AND c.name = f.\"from\") AND NOT EXISTS (SELECT 1 FROM "
		    "pragma_table_info(l.name) "
		    "k WHERE k.name = f.\"from\" AND k.pk = 1)"),
		NULL);
	db_rollback(db);
	for (size_t i = 0; i < val_count(rows); i++)
		printf("    " STR_FMT "." STR_FMT "\n",
		       STR_ARG(val_s(val_at(rows, i), "table_name")),
		       STR_ARG(val_s(val_at(rows, i), "column_name")));
	CHECK_INT(val_count(rows), 0);
}
