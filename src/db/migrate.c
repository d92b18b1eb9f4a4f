#include "db/migrate.h"

#include "base/asset.h"
#include "db/engine.h"
#include "queries.h"

#include <string.h>
#include <time.h>

enum { TEXT_LIMIT = 16 << 20 };

static const char history[] =
	"CREATE TABLE IF NOT EXISTS migration (version bigint NOT NULL PRIMARY KEY, "
	"name text NOT NULL, made_at bigint NOT NULL)";

static int number_of(const struct asset *a)
{
	int64_t number = 0;
	struct str name = str_from(str_of(a->name), strlen("schema/"));
	str_int(str_sub(name, 0, 4), &number);
	MUST(number > 0); /* NNNN_name.sql */
	return (int)number;
}

static bool for_engine(const struct asset *a, const char *suffix)
{
	struct str name = str_of(a->name);
	bool special = str_ends(name, S(".sqlite.sql")) || str_ends(name, S(".postgres.sql"));
	return str_ends(name, S(".sql")) && (!special || str_ends(name, str_of(suffix)));
}

int db_schema_newest(void)
{
	int newest = 0;
	for (const struct asset *a = asset_first("schema/"); a; a = asset_next(a, "schema/"))
		newest = number_of(a);
	return newest;
}

struct str db_migration_text(struct db *db, struct arena *arena, struct str sql)
{
	static const struct str id = {"INTEGER PRIMARY KEY", 19};
	struct buf out = {.arena = arena};
	for (ptrdiff_t at; (at = str_find(sql, id)) >= 0; sql = str_from(sql, (size_t)at + id.n)) {
		buf_add(&out, str_sub(sql, 0, (size_t)at));
		buf_add(&out, str_of(db->engine->id_column));
	}
	buf_add(&out, sql);
	buf_char(&out, 0);
	return str_sub(buf_str(&out), 0, out.n - 1);
}

void db_migration_texts(struct db *db, struct buf *to, int up_to)
{
	buf_fmt(to, "%s;\n", history);
	for (const struct asset *a = asset_first("schema/"); a; a = asset_next(a, "schema/")) {
		if (number_of(a) > up_to || !for_engine(a, db->engine->suffix))
			continue;
		buf_add(to, db_migration_text(db, to->arena, asset_str(a)));
		buf_lit(to, ";\n");
	}
}

/* Inside a transaction. */
static int version(struct db *db)
{
	if (!val_i(db_row(db, &q_migrate_there, NULL), "n"))
		return 0;
	return (int)val_i(db_row(db, &q_migrate_version, NULL), "version");
}

int db_schema_version(struct db *db, struct err *err)
{
	struct arena *arena = arena_new(TEXT_LIMIT);
	db_use(db, arena, err);
	db_begin(db, DB_READ, 0);
	int v = version(db);
	if (!db_commit(db))
		v = 0;
	arena_free(arena);
	return v;
}

/* The version is asked again under the lock: another process may have been quicker. */
static void apply(struct db *db, const struct asset *a, struct arena *arena)
{
	struct str sql = db_migration_text(db, arena, asset_str(a));
	struct val *row = val_object(arena);
	val_set_int(row, "version", number_of(a));
	val_set_str(row, "name", str_of(a->name));
	val_set_int(row, "now", time(NULL));
	if (version(db) >= number_of(a))
		return;
	if (db->engine->prelude)
		db_script(db, "prelude", db->engine->prelude);
	db_script(db, "migration", history);
	db_script(db, a->name, sql.p);
	db_exec(db, &q_migrate_add, row);
	if (!db->err->kind && db->engine->migrated)
		db->engine->migrated(db);
}

static bool apply_alone(struct db *db, const struct asset *a, struct err *err)
{
	struct arena *arena = arena_new(TEXT_LIMIT);
	db_use(db, arena, err);
	db->engine->migrating(db, true);
	db_begin(db, DB_WRITE, 0);
	apply(db, a, arena);
	bool ok = db_commit(db);
	struct err ignored = {0};
	db_use(db, arena, ok ? err : &ignored);
	db->engine->migrating(db, false);
	arena_free(arena);
	return ok && !err->kind;
}

bool db_migrate(struct db *db, struct err *err)
{
	int has = db_schema_version(db, err), newest = db_schema_newest();
	if (has > newest)
		err_set(err, ERR_FAILED,
			"the database is of a newer version (%d) than this program (%d): run the "
			"newer program",
			has, newest);
	for (const struct asset *a = asset_first("schema/"); a; a = asset_next(a, "schema/"))
		if (!err->kind && number_of(a) > has && for_engine(a, db->engine->suffix))
			apply_alone(db, a, err);
	return !err->kind;
}
