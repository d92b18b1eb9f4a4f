#include "db/upkeep.h"

#include "base/arena.h"
#include "db/engine.h"
#include "db/migrate.h"
#include "fixture.h"
#include "fixture_postgres.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
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

/* ---- PostgreSQL ---- */

static const char *copy_path(void)
{
	return str_c(test_arena, str_fmt(test_arena, "/tmp/waypost-copy-%d", (int)getpid()));
}

static bool has(const struct err *err, const char *text)
{
	bool found = strstr(err->text, text) != NULL;
	if (!found)
		printf("    no \"%s\" in \"%s\"\n", text, err->text);
	return found;
}

TEST_POSTGRES("PostgreSQL is copied by its own tool, restored for a trial, and restored for good")
{
	char to[512];
	struct stat info;
	struct err other_err = {0};
	const char *copy = copy_path();
	put_org(db, err, "one");
	NEED(db_backup(db, copy, err));
	CHECK(strstr(db_verified(db), "restored into"));
	CHECK(!stat(copy, &info) && (info.st_mode & 0777) == 0600);
	put_org(db, err, "two");
	CHECK(!db_backup(db, copy, err) && has(err, "already"));
	NEED(postgres_make("other", NULL, to, sizeof to));
	CHECK(db_restore(to, copy, &other_err));
	CHECK_STR(other_err.text, "");
	struct db *other = db_open(to, &other_err);
	NEED(other);
	db_use(other, test_arena, &other_err);
	db_begin(other, DB_READ, 0);
	CHECK_INT(val_i(db_row(other, SQL(count_orgs), NULL), "n"), 1);
	CHECK(db_commit(other));
	put_org(other, &other_err, "three"); /* the next id is free */
	CHECK(db_check(other, &other_err));
	db_close(other);
	CHECK(!db_restore(to, copy, &other_err) && has(&other_err, "not empty"));
	postgres_drop("other");
	unlink(copy);
}

TEST_POSTGRES("a role that may not make databases has its copy read to the end instead")
{
	char url[600];
	struct err plain_err = {0};
	const char *copy = copy_path();
	put_org(db, err, "one");
	NEED(postgres_run("DROP ROLE IF EXISTS waypost_plain; CREATE ROLE waypost_plain LOGIN"));
	db_begin(db, DB_WRITE, 0);
	db_script(db, "grant",
		  "GRANT USAGE ON SCHEMA public TO waypost_plain;"
		  "GRANT SELECT ON ALL TABLES IN SCHEMA public TO waypost_plain;"
		  "GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO waypost_plain");
	CHECK(db_commit(db));
	snprintf(url, sizeof url, "%s user=waypost_plain", fixture_url());
	struct db *plain = db_open(url, &plain_err);
	if (CHECK(plain)) {
		CHECK(db_backup(plain, copy, &plain_err));
		CHECK_STR(plain_err.text, "");
		CHECK(strstr(db_verified(plain), "read to its end"));
		CHECK(!db_check(plain, &plain_err) && has(&plain_err, "GRANT CREATE"));
	}
	db_close(plain);
	unlink(copy);
	db_begin(db, DB_WRITE, 0);
	db_script(db, "drop", "DROP OWNED BY waypost_plain");
	CHECK(db_commit(db));
	postgres_run("DROP ROLE waypost_plain");
}

TEST_POSTGRES("without its tool on PATH, PostgreSQL's copy says what to install")
{
	const char *path = str_c(test_arena, str_of(getenv("PATH")));
	setenv("PATH", "/nowhere", 1);
	CHECK(!db_backup(db, copy_path(), err));
	setenv("PATH", path, 1);
	CHECK(has(err, "pg_dump was not found on PATH"));
	CHECK(access(copy_path(), F_OK) != 0);
}

TEST_POSTGRES("a copy that is not one is refused, and nothing is restored")
{
	char to[512];
	struct err other_err = {0};
	int fd = open(copy_path(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	CHECK(write(fd, "PGDMP no dump", 13) == 13);
	close(fd);
	NEED(postgres_make("other", NULL, to, sizeof to));
	CHECK(!db_restore(to, copy_path(), &other_err) && has(&other_err, "pg_restore"));
	postgres_drop("other");
	unlink(copy_path());
}

/* ---- the check ---- */

static void spoil(struct db *db, struct err *err, const char *sql)
{
	db_use(db, test_arena, err);
	db_begin(db, DB_WRITE, 0);
	db_script(db, "spoil", sql);
	CHECK(db_commit(db));
	db_use(db, test_arena, err);
}

static void not_sound(struct db *db, struct err *err, const char *sql, const char *why)
{
	spoil(db, err, sql);
	if (!CHECK(!db_check(db, err) && has(err, why)))
		printf("    after: %s\n", sql);
	*err = (struct err){0};
}

TEST_DB("a schema that is not what the migrations make does not pass the check")
{
	spoil(db, err, "CREATE INDEX somebody_elses ON org (zone); CREATE TABLE theirs (a bigint)");
	CHECK(db_check(db, err));
	CHECK_STR(err->text, "");
	not_sound(db, err, "DROP INDEX session_by_end", "session_by_end");
	spoil(db, err, "CREATE INDEX session_by_end ON session (ends_at)");
	CHECK(db_check(db, err));
	not_sound(db, err, "ALTER TABLE throttle ADD COLUMN more bigint", "throttle");
	spoil(db, err, "ALTER TABLE throttle DROP COLUMN more");
	not_sound(db, err, "DROP TABLE throttle", "throttle");
}

TEST_DB("a search index out of step does not pass the check")
{
	put_org(db, err, "one");
	not_sound(db, err,
		  "INSERT INTO search_document (org, kind, item, lang) "
		  "SELECT id, 'standard_item', 1, 'en' FROM org",
		  "the search index is out of step");
}

/* The word that is found is not the word that is kept: as a lost write would leave it. */
static void change_kept_word(const char *path, const char *word)
{
	struct stat info = {0};
	int fd = open(path, O_RDWR | O_CLOEXEC);
	NEED(fd >= 0 && !fstat(fd, &info));
	char *bytes = arena_alloc(test_arena, (size_t)info.st_size);
	size_t size = (size_t)info.st_size, length = strlen(word);
	CHECK(pread(fd, bytes, size, 0) == (ssize_t)size);
	for (size_t i = 1; i + length < size; i++)
		if (!memcmp(bytes + i, word, length) &&
		    bytes[i - 1] == 'b') /* after the title: not the index's */
			CHECK(pwrite(fd, "other", 5, (off_t)i) == 5);
	close(fd);
}

TEST_SQLITE("a damaged search index does not pass the check")
{
	struct err bad = {0};
	const char *copy = beside(".words");
	spoil(db, err,
	      "INSERT INTO search_words (rowid, scope, title, body) VALUES (1, 'a', 'b', "
	      "'zqxjwordy');"
	      "INSERT INTO org (slug, base, zone, made_at) VALUES ('one', 'b', 'UTC', 0);"
	      "INSERT INTO search_document (id, org, kind, item, lang) VALUES (1, 1, 'k', 1, "
	      "'en')");
	NEED(db_backup(db, copy, err));
	change_kept_word(copy, "zqxjwordy");
	struct db *opened =
		db_open(str_c(test_arena, str_fmt(test_arena, "sqlite:%s", copy)), &bad);
	NEED(opened);
	CHECK(!db_check(opened, &bad) && has(&bad, "the search index is damaged"));
	db_close(opened);
	unlink(copy);
}

TEST_POSTGRES("constraints, triggers, foreign keys and next ids are looked at")
{
	put_org(db, err, "one");
	not_sound(db, err, "ALTER TABLE texts DROP CONSTRAINT texts_current_check",
		  "texts_current_check");
	spoil(db, err,
	      "ALTER TABLE texts ADD CONSTRAINT texts_current_check "
	      "CHECK (current IN (0, 1)) NOT VALID");
	CHECK(!db_check(db, err) && has(err, "texts_current_check is not valid"));
	*err = (struct err){0};
	spoil(db, err, "ALTER TABLE texts VALIDATE CONSTRAINT texts_current_check");
	CHECK(db_check(db, err));
	not_sound(db, err,
		  "SET LOCAL session_replication_role = replica; INSERT INTO org_lang (org, lang, "
		  "position, name) VALUES (77, 'fr', 1, 'a')",
		  "a row of org_lang points at a row of org that is not there");
	spoil(db, err, "DELETE FROM org_lang");
	not_sound(db, err, "ALTER TABLE org_lang DISABLE TRIGGER ALL",
		  "triggers of org_lang are off");
	spoil(db, err, "ALTER TABLE org_lang ENABLE TRIGGER ALL");
	not_sound(db, err,
		  "INSERT INTO org (id, slug, base, zone, made_at) VALUES (50, 's', 'b', 'UTC', 0)",
		  "the next id of org is taken");
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
