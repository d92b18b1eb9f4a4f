#include "db/migrate.h"

#include "base/arena.h"
#include "base/asset.h"
#include "db/upkeep.h"
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int64_t number(struct db *db, const char *sql)
{
	db_begin(db, DB_READ, 0);
	int64_t n = val_i(db_row(db, SQL(sql), NULL), "n");
	db_commit(db);
	return n;
}

static void script(struct db *db, struct err *err, const char *sql)
{
	db_use(db, test_arena, err);
	db_begin(db, DB_WRITE, 0);
	db_script(db, "test", sql);
	CHECK(db_commit(db));
}

TEST_EMPTY_DB("an empty database is brought to the program's version, once")
{
	CHECK_INT(db_schema_version(db, err), 0);
	CHECK(db_migrate(db, err));
	CHECK_STR(err->text, "");
	CHECK_INT(db_schema_version(db, err), db_schema_newest());
	CHECK(db_schema_newest() > 0);
	db_use(db, test_arena, err);
	int64_t steps = number(db, "SELECT count(*) AS n FROM migration");
	CHECK(db_migrate(db, err));
	db_use(db, test_arena, err);
	CHECK_INT(number(db, "SELECT count(*) AS n FROM migration"), steps);
	CHECK(db_check(db, err));
}

TEST_DB("a database of a newer program is refused and left alone")
{
	script(db, err, "INSERT INTO migration (version, name, made_at) VALUES (9999, 'later', 0)");
	CHECK(!db_migrate(db, err));
	CHECK(strstr(err->text, "newer version (9999)"));
	*err = (struct err){0};
	CHECK_INT(db_schema_version(db, err), 9999);
}

TEST_EMPTY_DB("a migration that fails leaves nothing of itself")
{
	script(db, err, "CREATE TABLE person_word (word text)"); /* in the way of the first one */
	CHECK(!db_migrate(db, err));
	CHECK(strstr(err->text, "schema/0001_"));
	*err = (struct err){0};
	CHECK_INT(db_schema_version(db, err), 0);
	script(db, err, "CREATE TABLE org (id bigint)"); /* the failed one had made it before */
	script(db, err, "DROP TABLE org; DROP TABLE person_word");
	CHECK(db_migrate(db, err));
	CHECK_STR(err->text, "");
}

TEST_EMPTY_DB("of several processes that migrate at once each finds it done")
{
	for (int i = 0; i < 4; i++) {
		if (fork())
			continue;
		struct err e = {0};
		struct db *own = db_open(fixture_url(), &e);
		bool ok = own && db_migrate(own, &e);
		if (!ok)
			printf("    %s\n", e.text);
		db_close(own);
		fflush(stdout);
		_exit(!ok);
	}
	for (int status; wait(&status) > 0;)
		CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	CHECK_INT(db_schema_version(db, err), db_schema_newest());
}

/* Not even the file is there: each makes it, turns its log on and migrates, or finds it done. */
TEST("eight processes that open a new SQLite file at once all get it ready")
{
	for (int round = 0; round < 5; round++) {
		char folder[] = "/tmp/waypost-new-XXXXXX", url[80];
		NEED(mkdtemp(folder));
		snprintf(url, sizeof url, "sqlite:%s/new.db", folder);
		for (int i = 0; i < 8; i++) {
			if (fork())
				continue;
			struct err e = {0};
			struct db *own = db_open(url, &e);
			bool ok = own && db_migrate(own, &e) &&
				  db_schema_version(own, &e) == db_schema_newest();
			if (!ok)
				printf("    %s\n", e.text);
			db_close(own);
			fflush(stdout);
			_exit(!ok);
		}
		for (int status; wait(&status) > 0;)
			CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
		unlink(url + strlen("sqlite:"));
		CHECK(!rmdir(folder)); /* the last to close took the log away */
	}
}

TEST_DB("an id of a row that was deleted is not given again")
{
	const struct query *put = SQL("INSERT INTO person (name, sort_name, lang, made_at) "
				      "VALUES ('a', 'a', 'fr', 0) RETURNING id");
	db_begin(db, DB_WRITE, 0);
	int64_t id = db_id(db, put, NULL);
	db_exec(db, SQL("DELETE FROM person WHERE id = :id"), PARAMS("id", INT(id)));
	CHECK(db_id(db, put, NULL) > id);
	CHECK(db_commit(db));
}

TEST("migrations are numbered once, and those of one engine have their twin")
{
	int last = 0, count = 0;
	for (const struct asset *a = asset_first("schema/"); a; a = asset_next(a, "schema/")) {
		int number = 0;
		char rest[100] = "", twin[200];
		if (!CHECK(sscanf(a->name, "schema/%4d_%99s", &number, rest) == 2 && number > 0))
			printf("    %s\n", a->name);
		count++;
		char *dot = strchr(rest, '.');
		NEED(dot);
		bool sqlite = !strcmp(dot, ".sqlite.sql"), postgres = !strcmp(dot, ".postgres.sql");
		*dot = 0;
		snprintf(twin, sizeof twin, "schema/%04d_%s%s.sql", number, rest,
			 sqlite ? ".postgres" : ".sqlite");
		CHECK_INT(asset_find(twin) != NULL, sqlite || postgres);
		if (!CHECK(number > last || (number == last && sqlite)))
			printf("    %s: its number is taken\n", a->name);
		last = number;
	}
	CHECK(count > 0);
	CHECK_INT(last, db_schema_newest());
}

static const char *const no_params[] = {NULL};
static const struct query list = {
	.name = "columns",
	.sqlite = "SELECT t.name AS tab, c.name AS col, c.type AS kind, c.\"notnull\" AS "
		  "needed "
		  "FROM sqlite_master t JOIN pragma_table_xinfo(t.name) c WHERE t.type = "
		  "'table' "
		  "AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND t.name NOT LIKE "
		  "'search%' ESCAPE '!' "
		  "ORDER BY tab, col",
	.postgres = "SELECT CAST(table_name AS text) AS tab, CAST(column_name AS text) AS col, "
		    "CAST(data_type AS text) AS kind, "
		    "CASE WHEN is_nullable = 'NO' THEN 1 ELSE 0 END AS needed "
		    "FROM information_schema.columns WHERE table_schema = current_schema AND "
		    "table_name IN (SELECT relname FROM pg_class WHERE relkind = 'r') "
		    "AND table_name NOT LIKE 'search%' ORDER BY tab, col",
	.params = no_params,
	.id = 6000,
};

/* What a migration makes is the same on both; what search keeps is each engine's own. */
static struct val *columns(struct db *db)
{
	struct err err = {0};
	db_use(db, test_arena, &err);
	db_begin(db, DB_READ, 0);
	struct val *rows = db_rows(db, &list, NULL);
	CHECK(db_commit(db));
	CHECK_STR(err.text, "");
	return rows;
}

static bool same_column(const struct val *a, const struct val *b)
{
	bool id = str_is(val_s(a, "kind"), "INTEGER") && str_is(val_s(b, "kind"), "bigint");
	return str_eq(val_s(a, "tab"), val_s(b, "tab")) &&
	       str_eq(val_s(a, "col"), val_s(b, "col")) &&
	       (id || (str_eq_nocase(val_s(a, "kind"), val_s(b, "kind")) &&
		       val_i(a, "needed") == val_i(b, "needed")));
}

TEST_SQLITE("no index of the schema is there twice")
{
	/* name, table, columns with their order, and the condition of a partial one */
	static const char twice[] =
		"WITH written AS (SELECT m.name AS name, m.tbl_name AS tab, "
		"(SELECT group_concat(x.name || x.desc) FROM pragma_index_xinfo(m.name) AS x WHERE "
		"x.key = 1) AS cols, "
		"CASE WHEN instr(m.sql, ' WHERE ') THEN substr(m.sql, instr(m.sql, ' WHERE ')) "
		"ELSE '' END AS part "
		"FROM sqlite_schema AS m WHERE m.type = 'index') "
		"SELECT a.name AS name, b.name AS other FROM written AS a JOIN written AS b "
		"ON b.tab = a.tab AND b.cols = a.cols AND b.part = a.part AND b.name > a.name";
	static const char one_more[] = "CREATE INDEX person_again ON person_role (role)";
	db_use(db, test_arena, err);
	db_begin(db, DB_READ, 0);
	struct val *found = db_rows(db, SQL(twice), NULL);
	for (size_t i = 0; i < val_count(found); i++)
		CHECK_STR(val_s(val_at(found, i), "name"), "");
	db_commit(db);
	script(db, err, one_more);
	script(db, err, "CREATE INDEX person_again_2 ON person_role (role)");
	db_begin(db, DB_READ, 0);
	CHECK(val_count(db_rows(db, SQL(twice), NULL)) > 0);
	db_commit(db);
}

TEST_BOTH("the tables of both engines are the same")
{
	struct val *a = columns(sqlite), *b = columns(postgres);
	CHECK(val_count(a) > 20);
	CHECK_INT(val_count(a), val_count(b));
	for (size_t i = 0; i < val_count(a); i++) {
		struct val *left = val_at(a, i), *right = val_at(b, i);
		if (!CHECK(same_column(left, right))) {
			printf("    " STR_FMT "." STR_FMT " on SQLite, " STR_FMT "." STR_FMT
			       " on PostgreSQL\n",
			       STR_ARG(val_s(left, "tab")), STR_ARG(val_s(left, "col")),
			       STR_ARG(val_s(right, "tab")), STR_ARG(val_s(right, "col")));
			return;
		}
	}
}
