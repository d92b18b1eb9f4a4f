#include "fixture.h"

#include "base/arena.h"
#include "base/buf.h"
#include "db/migrate.h"
#include "db/upkeep.h"
#include "fixture_postgres.h"
#include "sql_text.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena *kept;       /* for the whole run */
static char folder[64];          /* of this run's SQLite files */
static char url[PATH_MAX + 256]; /* of the running test */
static pid_t owner;              /* children that tests fork clean nothing up */

static struct arena *keep(void)
{
	if (!kept)
		kept = arena_new(256 << 20);
	return kept;
}

const char *fixture_url(void)
{
	return url;
}

struct val *fixture_params(const char *name, ...)
{
	struct val *object = val_object(test_arena);
	va_list rest;
	va_start(rest, name);
	for (; name; name = va_arg(rest, const char *))
		val_set(object, name, va_arg(rest, struct val *));
	va_end(rest);
	return object;
}

/* Queries made up by tests */

enum { QUERIES_MAX = 2000 };
static struct {
	const char *text;
	struct query query;
} queries[QUERIES_MAX];
static int query_count;

static void put(void *context, const char *p, size_t n)
{
	buf_add(context, (struct str){p, n});
}

static const char *numbered(const struct sql_text *text, char mark)
{
	struct buf out = {.arena = keep()};
	sql_write(text, mark, text, put, &out);
	return str_c(keep(), buf_str(&out));
}

const struct query *fixture_sql(const char *source)
{
	for (int i = 0; i < query_count; i++)
		if (!strcmp(queries[i].text, source))
			return &queries[i].query;
	static struct sql_text text;
	const char *wrong = sql_read(&text, (struct piece){source, strlen(source)});
	if (wrong)
		must_failed(wrong, source, 0);
	MUST(query_count < QUERIES_MAX);
	const char **params = arena_many(keep(), const char *, (size_t)text.param_count + 1);
	for (int i = 0; i < text.param_count; i++)
		params[i] = str_c(keep(), (struct str){text.params[i].p, text.params[i].n});
	struct sql_text insert = {.source = text.insert};
	struct buf before = {.arena = keep()};
	sql_write(&insert, '?', &text, put, &before);
	queries[query_count].text = str_c(keep(), str_of(source));
	queries[query_count].query = (struct query){
		.name = "test",
		.sqlite = numbered(&text, '?'),
		.postgres = numbered(&text, '$'),
		.params = params,
		.id = all_queries_count + query_count,
		.writes = text.writes,
		.insert_bytes = buf_str(&before).n,
	};
	return &queries[query_count++].query;
}

/* Databases: one is migrated at the first use, then copied for each test */

static void forget_folder(void)
{
	DIR *d = getpid() == owner ? opendir(folder) : NULL;
	if (!d)
		return;
	for (struct dirent *e; (e = readdir(d));)
		unlinkat(dirfd(d), e->d_name, 0);
	closedir(d);
	rmdir(folder);
}

static bool made_folder(void)
{
	const char *base = access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm";
	if (*folder)
		return true;
	owner = getpid();
	snprintf(folder, sizeof folder, "%s/waypost-test-XXXXXX", base);
	if (!mkdtemp(folder))
		return false;
	atexit(forget_folder);
	return true;
}

static bool migrated(const char *at_url)
{
	struct err err = {0};
	struct db *db = db_open(at_url, &err);
	bool ok = db && db_migrate(db, &err);
	db_close(db);
	if (!ok)
		printf("    %s\n", err.text);
	return ok;
}

static struct str file(const char *path)
{
	struct stat info;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	MUST(fd >= 0 && !fstat(fd, &info));
	struct str bytes = {arena_alloc(keep(), (size_t)info.st_size + 1), (size_t)info.st_size};
	MUST(read(fd, (char *)bytes.p, bytes.n) == info.st_size);
	close(fd);
	return bytes;
}

static struct str sqlite_template(void)
{
	static struct str bytes;
	char at[PATH_MAX], copy[PATH_MAX];
	struct err err = {0};
	if (bytes.n)
		return bytes;
	snprintf(at, sizeof at, "sqlite:%s/first.db", folder);
	snprintf(copy, sizeof copy, "%s/template.db", folder);
	struct db *db = migrated(at) ? db_open(at, &err) : NULL;
	if (db && db_backup(db, copy, &err))
		bytes = file(copy);
	db_close(db);
	return bytes;
}

/* A new file of these bytes; none at all if there are none. */
static bool put_sqlite(struct str bytes)
{
	static int number;
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s/%d.db", folder, ++number);
	snprintf(url, sizeof url, "sqlite:%s", path);
	if (!bytes.n)
		return true;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool ok = fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n;
	close(fd);
	return ok;
}

static bool make_sqlite(bool with_schema)
{
	if (!made_folder())
		return false;
	struct str bytes = with_schema ? sqlite_template() : (struct str){0};
	return bytes.n == 0 && with_schema ? false : put_sqlite(bytes);
}

static void drop_sqlite(void)
{
	static const char *const ends[] = {"", "-wal", "-shm", "-queue"};
	for (int i = 0; i < 3; i++) {
		char path[PATH_MAX + 300];
		snprintf(path, sizeof path, "%s%s", url + strlen("sqlite:"), ends[i]);
		unlink(path);
	}
}

static bool make_postgres(bool with_schema)
{
	static bool template;
	if (with_schema && !template) {
		template = postgres_make("template", NULL, url, sizeof url) && migrated(url);
		if (!template)
			return false;
	}
	return with_schema ? postgres_fresh(url, sizeof url)
			   : postgres_make("empty", NULL, url, sizeof url);
}

/* What PostgreSQL has is left to the next test (postgres_fresh()). */
static void drop(bool sqlite)
{
	if (sqlite)
		drop_sqlite();
}

static struct db *opened(bool sqlite, bool with_schema, struct err *err)
{
	if (!(sqlite ? make_sqlite(with_schema) : make_postgres(with_schema)))
		return NULL;
	struct db *db = db_open(url, err);
	if (db)
		db_use(db, test_arena, err);
	else
		printf("    %s\n", err->text);
	return db;
}

/* Begun from again and again */

static struct db *current; /* of the running test */
static struct str kept_file;

static struct db *again(bool sqlite, struct err *err)
{
	bool made = sqlite ? put_sqlite(kept_file) : postgres_back();
	current = made ? db_open(url, err) : NULL;
	if (current)
		db_use(current, test_arena, err);
	return current;
}

struct db *fixture_keep(struct err *err)
{
	bool sqlite = !strcmp(db_engine(current), "sqlite"), kept_it;
	char copy[PATH_MAX + 300];
	if (sqlite) {
		snprintf(copy, sizeof copy, "%s.kept", url + strlen("sqlite:"));
		kept_it = db_backup(current, copy, err);
		kept_file = kept_it ? file(copy) : (struct str){0};
		unlink(copy);
	}
	db_close(current);
	current = NULL;
	if (sqlite)
		drop_sqlite();
	else
		kept_it = postgres_keep();
	return kept_it ? again(sqlite, err) : NULL;
}

struct db *fixture_back(struct err *err)
{
	bool sqlite = !strcmp(db_engine(current), "sqlite");
	db_close(current);
	if (sqlite)
		drop_sqlite();
	return again(sqlite, err);
}

static const char no_server[] = "WAYPOST_TEST_PG is not set: run under script/pgtemp";

void fixture_run(const char *engine, bool with_schema, fixture_body *body)
{
	bool sqlite = !strcmp(engine, "sqlite");
	if (!sqlite && !getenv("WAYPOST_TEST_PG"))
		SKIP(no_server);
	struct err err = {0};
	current = opened(sqlite, with_schema, &err);
	if (CHECK(current))
		body(current, &err);
	db_close(current);
	drop(sqlite);
}

void fixture_run_both(fixture_body_of_both *body)
{
	if (!getenv("WAYPOST_TEST_PG"))
		SKIP(no_server);
	struct err err = {0};
	struct db *postgres = opened(false, true, &err), *sqlite = opened(true, true, &err);
	if (CHECK(postgres) && CHECK(sqlite))
		body(sqlite, postgres);
	db_close(sqlite);
	db_close(postgres);
	drop(true);
	drop(false);
}
