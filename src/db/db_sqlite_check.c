/* Is the whole of it sound? The file, its foreign keys, its schema, the search index. */
#include "db/db_sqlite.h"

#include "base/buf.h"
#include "db/expected.h"
#include "db/migrate.h"

#include <string.h>

static sqlite3 *handle_of(struct db *db)
{
	return ((struct sqlite *)db)->handle;
}

static bool good(const struct db *db)
{
	return !db->err->kind;
}

static void check_file(struct db *db)
{
	sqlite3_stmt *s = NULL;
	int code = sqlite3_prepare_v2(handle_of(db), "PRAGMA integrity_check(1)", -1, &s, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(s);
	if (code != SQLITE_ROW)
		sqlite_failed(db, code, "integrity_check");
	else if (strcmp((const char *)sqlite3_column_text(s, 0), "ok"))
		err_set(db->err, ERR_FAILED, "the file is damaged: %s", sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
}

/* A name and the text that made it tell everything here: columns, constraints and all. */
static const char describe[] =
	"SELECT line FROM (SELECT type || ' ' || CASE type WHEN 'index' THEN name ELSE "
	"CASE WHEN type = 'trigger' THEN tbl_name || '.' || name ELSE name END END || ' ' || "
	"replace(coalesce(sql, ''), char(10), ' ') AS line FROM sqlite_master "
	"WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' "
	"UNION ALL SELECT 'table ' || name FROM sqlite_master WHERE type = 'table' "
	"AND name NOT LIKE 'sqlite!_%' ESCAPE '!') ORDER BY line";

static struct str described(struct db *db, sqlite3 *handle)
{
	struct buf lines = {.arena = db->scratch};
	sqlite3_stmt *s = NULL;
	int code = sqlite3_prepare_v2(handle, describe, -1, &s, NULL);
	while (code == SQLITE_OK || code == SQLITE_ROW) {
		code = sqlite3_step(s);
		if (code == SQLITE_ROW)
			buf_fmt(&lines, "%s\n", sqlite3_column_text(s, 0));
	}
	if (code != SQLITE_DONE)
		err_set(db->err, ERR_FAILED, "schema: %s", sqlite3_errmsg(handle));
	sqlite3_finalize(s);
	return buf_str(&lines);
}

static void check_schema(struct db *db, int version)
{
	sqlite3 *fresh = NULL;
	char *problem = NULL;
	struct str script = expected_script(db, version);
	if (sqlite3_open_v2(":memory:", &fresh, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) !=
	    SQLITE_OK) {
		err_set(db->err, ERR_FAILED, "no memory to compare the schema in");
		sqlite3_close(fresh);
		return;
	}
	sqlite_collations(fresh);
	if (sqlite3_exec(fresh, script.p, NULL, NULL, &problem) != SQLITE_OK)
		err_set(db->err, ERR_FAILED, "making the schema to compare with: %s", problem);
	sqlite3_free(problem);
	struct str have = described(db, handle_of(db)), want = described(db, fresh);
	if (good(db))
		expected_compare(db, have, want);
	sqlite3_close(fresh);
}

/* Rows on one side only; and the index against what it holds, which is a statement that writes. */
static void check_search(struct db *db)
{
	if (!sqlite_number(db, "SELECT count(*) FROM sqlite_master WHERE name = 'search_words'"))
		return;
	int64_t odd = sqlite_number(db, "SELECT count(*) FROM search_document d WHERE NOT EXISTS "
					"(SELECT 1 FROM search_words w WHERE w.rowid = d.id)");
	odd += sqlite_number(db, "SELECT count(*) FROM search_words w WHERE NOT EXISTS "
				 "(SELECT 1 FROM search_document d WHERE d.id = w.rowid)");
	if (good(db) && odd)
		err_set(db->err, ERR_FAILED, "the search index is out of step: %lld rows",
			(long long)odd);
	if (!good(db))
		return;
	int code = sqlite3_exec(
		handle_of(db), "INSERT INTO search_words (search_words) VALUES ('integrity-check')",
		NULL, NULL, NULL);
	if ((code & 0xff) == SQLITE_CORRUPT)
		err_set(db->err, ERR_FAILED, "the search index is damaged");
	else if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY)
		sqlite_failed(db, code, "search index");
}

void sqlite_check(struct db *db)
{
	check_file(db);
	if (good(db))
		sqlite_migrated(db);
	int version = 0;
	if (good(db) &&
	    sqlite_number(db, "SELECT count(*) FROM sqlite_master WHERE name = 'migration'"))
		version = (int)sqlite_number(db, "SELECT max(version) FROM migration");
	if (good(db) && version > 0 && version <= db_schema_newest())
		check_schema(db, version);
	if (good(db))
		check_search(db);
}
