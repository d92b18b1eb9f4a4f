#include "db/db.h"

#include "db/upkeep.h"
#include "fixture.h"
#include "fixture_postgres.h"

#include <string.h>

/* A PostgreSQL server that goes away and comes back. */

static bool end_connections(void)
{
	return postgres_run(
		"SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a "
		"WHERE a.pid <> pg_backend_pid() AND a.backend_type = 'client backend'");
}

static const char count[] = "SELECT count(*) AS n FROM org";
static const char insert[] =
	"INSERT INTO org (slug, base, zone, made_at) VALUES (:slug, 'b', 'UTC', 0)";

TEST_POSTGRES("a request whose server is lost fails, keeps nothing, and the next one is served")
{
	db_begin(db, DB_WRITE, 1);
	CHECK_INT(db_exec(db, SQL(insert), PARAMS("slug", TEXT("a"))), 1);
	CHECK(end_connections());
	CHECK_INT(db_exec(db, SQL(insert), PARAMS("slug", TEXT("b"))), 0);
	CHECK_INT(err->kind, ERR_FAILED);
	CHECK(!db_commit(db));
	*err = (struct err){0};
	db_begin(db, DB_WRITE, 1);
	CHECK_INT(val_i(db_row(db, SQL(count), NULL), "n"), 0);
	CHECK_INT(db_exec(db, SQL(insert), PARAMS("slug", TEXT("a"))), 1);
	CHECK(db_commit(db));
	CHECK_STR(err->text, "");
}

TEST_POSTGRES("a script whose server is lost fails as a query does")
{
	db_begin(db, DB_WRITE, 1);
	CHECK_INT(db_exec(db, SQL(insert), PARAMS("slug", TEXT("a"))), 1);
	CHECK(end_connections());
	db_script(db, "script", "SELECT 1");
	CHECK_INT(err->kind, ERR_FAILED);
	CHECK(!db_commit(db));
	*err = (struct err){0};
	db_begin(db, DB_WRITE, 1);
	db_script(db, "script", "SELECT 1");
	CHECK(db_commit(db));
}

TEST_POSTGRES("a server lost between two requests is noticed by neither")
{
	db_begin(db, DB_READ, 1);
	CHECK_INT(val_i(db_row(db, SQL(count), NULL), "n"), 0);
	CHECK(db_commit(db));
	CHECK(end_connections());
	CHECK(postgres_run("SELECT pg_sleep(0.05)"));
	db_begin(db, DB_WRITE, 1);
	CHECK_INT(db_exec(db, SQL(insert), PARAMS("slug", TEXT("a"))), 1);
	CHECK(db_commit(db));
	CHECK_STR(err->text, "");
}

TEST_POSTGRES("a commit whose server is lost is a failure and not a reason to try again")
{
	db_begin(db, DB_WRITE, 1);
	db_exec(db, SQL(insert), PARAMS("slug", TEXT("a")));
	CHECK(end_connections());
	CHECK(!db_commit(db));
	CHECK_INT(err->kind, ERR_FAILED); /* it may have been done */
}

TEST_POSTGRES(
	"a server that refuses every connection is an error of each request until it does not")
{
	for (int i = 0; i < 2; i++) {
		CHECK(postgres_allow("test", false));
		end_connections();
		CHECK(postgres_run("SELECT pg_sleep(0.05)"));
		db_begin(db, DB_READ, 1);
		CHECK_INT(val_i(db_row(db, SQL(count), NULL), "n"), 0);
		CHECK(!db_commit(db));
		CHECK_INT(err->kind, ERR_FAILED);
		CHECK(strstr(err->text, "no connection to PostgreSQL"));
		*err = (struct err){0};
	}
	CHECK(postgres_allow("test", true));
	db_begin(db, DB_READ, 1);
	db_row(db, SQL(count), NULL);
	CHECK(db_commit(db));
}

TEST_POSTGRES("a database that does not order text by bytes is refused with the way to make one")
{
	struct err wrong = {0};
	char url[400];
	NEED(postgres_make_icu("test", url, sizeof url));
	CHECK(!db_open(url, &wrong));
	CHECK(strstr(wrong.text, "createdb"));
}
