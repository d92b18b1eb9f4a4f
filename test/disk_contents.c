#include "disk.h"

#include "base/buf.h"
#include "base/err.h"

#include <sqlite3.h>
#include <stdio.h>

static uint64_t hashed(uint64_t hash, const void *bytes, size_t n) /* FNV-1a */
{
	for (size_t i = 0; i < n; i++)
		hash = (hash ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3;
	return hash;
}

static uint64_t row_hash(uint64_t hash, sqlite3_stmt *s)
{
	for (int i = 0; i < sqlite3_column_count(s); i++) {
		int type = sqlite3_column_type(s, i);
		const void *p = sqlite3_column_blob(s, i);
		size_t n = (size_t)sqlite3_column_bytes(s, i);
		hash = hashed(hash, &type, sizeof type);
		hash = hashed(hash, &n, sizeof n);
		hash = n ? hashed(hash, p, n) : hash;
	}
	return hash;
}

static void add_soundness(sqlite3 *db, struct buf *out)
{
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &s, NULL) == SQLITE_OK &&
	    sqlite3_step(s) == SQLITE_ROW)
		buf_fmt(out, "%s\n", (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
}

static void add_table(sqlite3 *db, struct buf *out, const char *name)
{
	sqlite3_stmt *s = NULL;
	char sql[200];
	uint64_t hash = 0xcbf29ce484222325;
	int rows = 0;
	snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", name);
	MUST(sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK);
	for (; sqlite3_step(s) == SQLITE_ROW; rows++)
		hash = row_hash(hash, s);
	buf_fmt(out, "%s %d %016llx\n", name, rows, (unsigned long long)hash);
	sqlite3_finalize(s);
}

struct str disk_contents(struct arena *a, const char *path)
{
	struct buf out = {.arena = a};
	sqlite3 *db = NULL;
	sqlite3_stmt *s = NULL;
	MUST(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK);
	add_soundness(db, &out);
	add_table(db, &out, "sqlite_schema");
	if (sqlite3_prepare_v2(db,
			       "SELECT m.name FROM sqlite_schema m WHERE m.type = 'table' "
			       "AND m.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY m.name",
			       -1, &s, NULL) != SQLITE_OK)
		buf_fmt(&out, "%s\n", sqlite3_errmsg(db));
	while (s && sqlite3_step(s) == SQLITE_ROW)
		add_table(db, &out, (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	sqlite3_close(db);
	return buf_str(&out);
}
