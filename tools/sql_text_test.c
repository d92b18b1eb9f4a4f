#include "sql_text.h"

#include "base/arena.h"
#include "base/buf.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put(void *context, const char *p, size_t n)
{
	buf_add(context, (struct str){p, n});
}

static struct str written(const char *sql, char mark)
{
	struct sql_text text;
	struct buf out = {.arena = test_arena};
	const char *wrong = sql_read(&text, (struct piece){sql, strlen(sql)});
	if (wrong)
		return str_of(wrong);
	sql_write(&text, mark, &text, put, &out);
	return buf_str(&out);
}

TEST("parameters are numbered by their first appearance, and nothing else is taken for one")
{
	static const struct {
		const char *sql, *want;
	} cases[] = {
		{"SELECT :a, :b, :a", "SELECT $1, $2, $1"},
		{"SELECT ':a', \":b\", 'it''s :c', :d", "SELECT ':a', \":b\", 'it''s :c', $1"},
		{"SELECT a::text, :a_2::text", "SELECT a::text, $1::text"},
		{"SELECT 1 -- :no ' quote\n, :a", "SELECT 1 , $1"},
		{"SELECT /* :no 'x */ :a", "SELECT $1"},
		{"  SELECT\n\t:a ;\n", "SELECT $1"},
		{"SELECT a[1:2], ': b'", "SELECT a[1:2], ': b'"},
		{"SELECT ''", "SELECT ''"},
		{"SELECT :é, :x", "SELECT :é, $1"},
		{"WITH x AS (SELECT 1) SELECT :a", "WITH x AS (SELECT 1) SELECT $1"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_STR(written(cases[i].sql, '$'), cases[i].want);
	CHECK_STR(written("SELECT :a, :b", '?'), "SELECT ?1, ?2");
}

TEST("what is not one statement of the right sort is refused")
{
	CHECK_STR(written("", '$'), "no statement");
	CHECK_STR(written("-- only a comment", '$'), "no statement");
	CHECK_STR(written("SELECT 1; SELECT 2", '$'), "a second statement without a name");
	CHECK_STR(written("SELECT 'a", '$'), "a quote or comment is not closed");
	CHECK_STR(written("SELECT \"a", '$'), "a quote or comment is not closed");
	CHECK_STR(written("SELECT 1 /* a", '$'), "a quote or comment is not closed");
	CHECK_STR(written("DROP TABLE a", '$'),
		  "a query starts with SELECT, INSERT, UPDATE, DELETE or WITH");
}

static struct sql_text read_text(const char *sql)
{
	struct sql_text text;
	CHECK(!sql_read(&text, (struct piece){sql, strlen(sql)}));
	return text;
}

TEST("a statement that changes rows is told from one that reads them")
{
	CHECK(!read_text("SELECT 'insert', \"update\" FROM a").writes);
	CHECK(read_text("INSERT INTO a (b) VALUES (1)").writes);
	CHECK(read_text("delete from a").writes);
	CHECK(read_text("WITH x AS (SELECT 1) UPDATE a SET b = 1").writes);
	CHECK(!read_text("WITH x AS (SELECT 1) SELECT deleted FROM a").writes);
}

TEST("an INSERT of one row that wants its new id and nothing else is known")
{
	static const struct {
		const char *sql, *insert;
	} cases[] = {
		{"INSERT INTO a (b) VALUES (:b) RETURNING id", "INSERT INTO a (b) VALUES (:b) "},
		{"insert into a (b) values ((SELECT 1), ')') on conflict do nothing\nreturning id "
		 "as id;",
		 "insert into a (b) values ((SELECT 1), ')') on conflict do nothing\n"},
		{"INSERT INTO a (b) VALUES (1) ON CONFLICT (b, c) DO NOTHING RETURNING id",
		 "INSERT INTO a (b) VALUES (1) ON CONFLICT (b, c) DO NOTHING "},
		{"INSERT INTO a (b) VALUES (1)", ""},
		{"INSERT INTO a (b) VALUES (1), (2) RETURNING id", ""},
		{"INSERT INTO a (b) SELECT 1 RETURNING id", ""},
		{"INSERT INTO a (b) VALUES (1) ON CONFLICT (b) DO UPDATE SET b = 2 RETURNING id",
		 ""},
		{"INSERT INTO a (b) VALUES (1) RETURNING id, b", ""},
		{"INSERT INTO a (b) VALUES (1) RETURNING id AS number", ""},
		{"INSERT INTO a (b) VALUES (1) RETURNING id + 1", ""},
		{"INSERT INTO a (b) VALUES (1) RETURNING b", ""},
		{"DELETE FROM a WHERE id IN (SELECT 1) RETURNING id", ""},
		{"WITH x AS (SELECT 1) INSERT INTO a (b) VALUES (1) RETURNING id", ""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct piece insert = read_text(cases[i].sql).insert;
		CHECK_STR(((struct str){insert.p, insert.n}), cases[i].insert);
	}
}

TEST("the reasons for exceptions are read from comments")
{
	struct sql_text t =
		read_text("-- scan: a small table\n-- all orgs: it is the server's\nSELECT 1");
	CHECK_STR(((struct str){t.scan.p, t.scan.n}), "a small table");
	CHECK_STR(((struct str){t.all_orgs.p, t.all_orgs.n}), "it is the server's");
	CHECK(!read_text("SELECT 1").scan.p);
}

/* The embedder as the build runs it: its status, and what it says. */
static struct str embed(const char *source)
{
	static char text[4096];
	char path[] = "/tmp/waypost-embed-XXXXXX", command[600];
	int fd = mkstemp(path);
	FILE *f = fdopen(fd, "w");
	fputs(source, f);
	fclose(f);
	snprintf(command, sizeof command,
		 "mkdir %s.d && mv %s %s.d/some.sql && cd %s.d && '%s' queries . . q.h q.c "
		 "some.sql 2>&1 && "
		 "echo made; rm -r %s.d",
		 path, path, path, path, EMBED, path);
	FILE *p = popen(command, "r");
	size_t n = fread(text, 1, sizeof text - 1, p);
	text[n] = 0;
	pclose(p);
	return str_trim(str_of(text));
}

TEST("the build stops at two queries of one name, a nameless statement, or half of a pair")
{
	CHECK_STR(embed("-- Words first.\n\n-- a\nSELECT 1;\n\n-- b\nSELECT 2\n"), "made");
	CHECK_STR(embed("-- a sqlite\nSELECT :x, :y\n-- a postgres\nSELECT :y, :x\n"), "made");
	CHECK_STR(embed("-- a\nSELECT 1\n-- a\nSELECT 2\n"),
		  "some.sql:3: query some_a is also at some.sql:1");
	CHECK_STR(embed("SELECT 1\n"), "some.sql:1: a statement without a name");
	CHECK_STR(embed("-- a\nSELECT 1;\nSELECT 2\n"),
		  "some.sql:1: query some_a: a second statement without a name");
	CHECK_STR(embed("-- a sqlite\nSELECT 1\n"),
		  "some.sql:1: query some_a is written for one engine only");
	CHECK_STR(embed("-- a sqlite\nSELECT :x\n-- a postgres\nSELECT :y\n"),
		  "some.sql:1: query some_a: its two texts do not take the same parameters");
	CHECK_STR(embed("-- a\n-- b\nSELECT 1\n"), "some.sql:1: query some_a: no statement");
}

TEST("what statements of a file say alike is a part; one that is missing, or that one alone uses, "
     "stops "
     "the build")
{
#define PART "-- part here\n\tAND org = :org\n\n"
#define USES "FROM t WHERE id = :id\n-- use here\n"
	CHECK_STR(
		embed(PART "-- a\nSELECT 1 AS a " USES "ORDER BY id\n\n-- b\nSELECT 2 AS b " USES),
		"made");
	CHECK_STR(embed(PART "-- a\nSELECT 1 AS a " USES),
		  "some.sql:1: part here is used by fewer than two statements");
	CHECK_STR(embed("-- a\nSELECT 1 AS a " USES), "some.sql:1: there is no part here above");
	/* a part of a part is one, too */
	CHECK_STR(embed(PART "-- part there\n" USES "-- a\nSELECT 1 AS a\n-- use there\n-- b\n"
			     "SELECT 2 AS b\n-- use there\n-- c\nSELECT 3 AS c " USES),
		  "made");
	/* a query may be called so */
	CHECK_STR(embed("-- part\nSELECT 1 AS a\n\n-- use\nSELECT 2 AS b\n"), "made");
	CHECK_STR(embed("-- part sqlite\nSELECT 1 AS a\n-- part postgres\nSELECT 2 AS a\n"),
		  "made");
}
