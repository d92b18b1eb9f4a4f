#include "db/upkeep.h"

#include "base/arena.h"
#include "db/engine.h"
#include "db/migrate.h"
#include "fixture.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char add_org[] =
	"INSERT INTO org (slug, base, zone, made_at) VALUES (:slug, 'b', 'UTC', 0)";
static const char count_orgs[] = "SELECT count(*) AS n FROM org";

/* Beside the test's database; taken away at its end. */
static const char *beside(const char *end)
{
	return str_c(test_arena,
		     str_fmt(test_arena, "%s%s", fixture_url() + strlen("sqlite:"), end));
}

static void put_org(struct db *db, struct err *err, const char *slug)
{
	db_use(db, test_arena, err);
	db_begin(db, DB_WRITE, 0);
	db_exec(db, SQL(add_org), PARAMS("slug", TEXT(slug)));
	CHECK(db_commit(db));
}

static int64_t orgs_of(const char *path)
{
	struct err err = {0};
	struct db *db = db_open(str_c(test_arena, str_fmt(test_arena, "sqlite:%s", path)), &err);
	if (!CHECK(db))
		return -1;
	db_use(db, test_arena, &err);
	db_begin(db, DB_READ, 0);
	int64_t n = val_i(db_row(db, SQL(count_orgs), NULL), "n");
	CHECK(db_commit(db));
	CHECK(db_check(db, &err));
	db_close(db);
	return n;
}

TEST_SQLITE("a copy made while others write has every committed row and no other")
{
	struct err other_err = {0}, copy_err = {0};
	struct db *other = db_open(fixture_url(), &other_err);
	const char *copy = beside(".copy");
	NEED(other);
	put_org(db, err, "one");
	db_begin(db, DB_WRITE, 0);
	db_exec(db, SQL(add_org), PARAMS("slug", TEXT("two")));
	CHECK(db_backup(other, copy, &copy_err));
	CHECK_STR(copy_err.text, "");
	CHECK(db_commit(db));
	CHECK_INT(orgs_of(copy), 1);
	struct stat info;
	CHECK(!stat(copy, &info) && (info.st_mode & 0777) == 0600);
	CHECK(!db_backup(other, copy, &copy_err));
	CHECK(strstr(copy_err.text, "already"));
	CHECK_INT(orgs_of(copy), 1);
	CHECK(access(beside(".copy.part"), F_OK) && access(beside(".copy-wal"), F_OK));
	unlink(copy);
	db_close(other);
}

TEST_SQLITE("a copy that cannot be written leaves nothing behind")
{
	CHECK(!db_backup(db, "/nowhere/copy.db", err));
	CHECK_INT(err->kind, ERR_FAILED);
	CHECK(strstr(err->text, "/nowhere/copy.db"));
}

TEST_POSTGRES("PostgreSQL is copied by its own tool, which is named")
{
	CHECK(!db_backup(db, "/tmp/x", err));
	CHECK(strstr(err->text, "pg_dump"));
}

TEST_DB("a healthy database passes the check")
{
	put_org(db, err, "one");
	CHECK(db_check(db, err));
	CHECK_STR(err->text, "");
}

/* One page of a table overwritten, as a failing disk would. */
TEST_SQLITE("a damaged file does not pass the check")
{
	const char *copy = beside(".bad");
	for (int i = 0; i < 200; i++)
		put_org(db, err, str_c(test_arena, str_fmt(test_arena, "slug-%d", i)));
	NEED(db_backup(db, copy, err));
	int fd = open(copy, O_RDWR | O_CLOEXEC);
	char noise[4096];
	memset(noise, 0xa5, sizeof noise);
	for (int page = 2; page < 20; page++)
		CHECK(pwrite(fd, noise, sizeof noise, page * 4096L) == sizeof noise);
	close(fd);
	struct err bad = {0};
	struct db *opened =
		db_open(str_c(test_arena, str_fmt(test_arena, "sqlite:%s", copy)), &bad);
	CHECK(!opened || !db_check(opened, &bad));
	CHECK(bad.kind != ERR_NONE);
	db_close(opened);
	unlink(copy);
	unlink(beside(".bad-wal"));
	unlink(beside(".bad-shm"));
}

TEST_SQLITE("a row that points nowhere does not pass the check")
{
	db_use(db, test_arena, err);
	db->engine->migrating(db, true); /* foreign keys are off */
	db_begin(db, DB_WRITE, 0);
	db_exec(db,
		SQL("INSERT INTO org_lang (org, lang, position, name) VALUES (77, 'fr', 1, 'a')"),
		NULL);
	CHECK(db_commit(db));
	db->engine->migrating(db, false);
	CHECK(!db_check(db, err));
	CHECK(strstr(err->text, "org_lang"));
}

TEST_SQLITE("a full disk is told from other failures, and nothing is kept")
{
	put_org(db, err, "one");
	db_begin(db, DB_WRITE, 0);
	db_script(db, "limit", "PRAGMA max_page_count = 1"); /* as many as it has */
	CHECK(db_commit(db));
	db_begin(db, DB_WRITE, 0);
	struct str big = {arena_alloc(test_arena, 100000), 100000};
	memset((char *)big.p, 'x', big.n);
	db_exec(db, SQL(add_org), PARAMS("slug", TEXT(big)));
	CHECK(!db_commit(db));
	CHECK_INT(err->kind, ERR_FULL);
	*err = (struct err){0};
	db_begin(db, DB_READ, 0);
	CHECK_INT(val_i(db_row(db, SQL(count_orgs), NULL), "n"), 1);
	CHECK(db_commit(db));
}

TEST_SQLITE("the log goes into the file when told, and what it held is still there")
{
	struct stat before, after;
	const char *path = beside("");
	for (int i = 0; i < 50; i++)
		put_org(db, err, str_c(test_arena, str_fmt(test_arena, "slug-%d", i)));
	NEED(!stat(path, &before));
	db_checkpoint(db);
	NEED(!stat(path, &after));
	CHECK(after.st_mtim.tv_sec != before.st_mtim.tv_sec ||
	      after.st_mtim.tv_nsec != before.st_mtim.tv_nsec);
	CHECK_INT(orgs_of(path), 50);
}

TEST_SQLITE("a new database file is its owner's alone")
{
	struct stat info;
	struct err fresh_err = {0};
	const char *path = beside(".fresh");
	struct db *fresh =
		db_open(str_c(test_arena, str_fmt(test_arena, "sqlite:%s", path)), &fresh_err);
	CHECK(fresh && db_migrate(fresh, &fresh_err));
	CHECK(!stat(path, &info) && (info.st_mode & 0777) == 0600);
	CHECK(!stat(beside(".fresh-wal"), &info) && (info.st_mode & 0777) == 0600);
	db_close(fresh);
	unlink(path);
}
