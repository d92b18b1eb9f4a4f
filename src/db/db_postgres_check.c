/* Is the whole of it sound? What PostgreSQL keeps by itself is asked, what it only promises
 * (foreign keys, once triggers were off) is counted. */
#include "db/db_postgres.h"

#include "base/buf.h"
#include "db/expected.h"
#include "db/migrate.h"

#include <stdio.h>
#include <string.h>

static bool good(const struct db *db)
{
	return !db->err->kind;
}

static void run(struct db *db, const char *sql)
{
	PQclear(postgres_simple(db, "check", sql));
}

/* The first column of the first row; empty if there is none. */
static struct str answer(struct db *db, const char *sql)
{
	PGresult *r = postgres_simple(db, "check", sql);
	struct str text = {0};
	if (r && PQntuples(r))
		text = str_dup(db->scratch, str_of(PQgetvalue(r, 0, 0)));
	PQclear(r);
	return text;
}

/* ---- the schema, in lines ---- */

#define HERE "n.nspname = current_schema"

static const char describe[] =
	"SELECT line FROM ("
	"SELECT 'table ' || c.relname AS line FROM pg_class c JOIN pg_namespace n "
	"ON n.oid = c.relnamespace WHERE " HERE " AND c.relkind = 'r' "
	"UNION ALL "
	"SELECT format('column %s.%s %s%s%s%s', c.relname, a.attname, "
	"format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ' not null' ELSE '' "
	"END, "
	"coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''), "
	"' ' || a.attidentity::text || a.attgenerated::text) "
	"FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
	"JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
	"LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum "
	"WHERE " HERE " AND c.relkind = 'r' "
	"UNION ALL "
	"SELECT format('constraint %s.%s %s', c.relname, k.conname, pg_get_constraintdef(k.oid)) "
	"FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid "
	"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE " HERE " AND k.contype <> 't' "
	"UNION ALL "
	"SELECT 'index ' || replace(pg_get_indexdef(i.indexrelid), ' ON ' || "
	"quote_ident(n.nspname) "
	"|| '.', ' ON ') FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid "
	"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE " HERE " AND c.relkind = 'r' "
	"UNION ALL "
	"SELECT format('view %s %s', c.relname, pg_get_viewdef(c.oid)) FROM pg_class c "
	"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE " HERE " AND c.relkind = 'v' "
	"UNION ALL "
	"SELECT format('function %s %s', p.oid::regprocedure, md5(p.prosrc)) FROM pg_proc p "
	"JOIN pg_namespace n ON n.oid = p.pronamespace WHERE " HERE " AND p.prokind = 'f' "
	"UNION ALL "
	"SELECT format('trigger %s.%s %s', c.relname, t.tgname, pg_get_triggerdef(t.oid)) "
	"FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
	"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE " HERE " AND NOT t.tgisinternal"
	") AS lines ORDER BY line COLLATE \"C\"";

static struct str described(struct db *db)
{
	struct buf lines = {.arena = db->scratch};
	PGresult *r = postgres_simple(db, "schema", describe);
	for (int i = 0; r && i < PQntuples(r); i++) {
		const char *line = PQgetvalue(r, i, 0);
		for (; *line; line++)
			buf_char(&lines, *line == '\n' ? ' ' : *line);
		buf_char(&lines, '\n');
	}
	PQclear(r);
	return buf_str(&lines);
}

/* The schema to compare with is made beside the real one by the same migrations, in a transaction
 * that is taken back. */
static void check_schema(struct db *db, int version)
{
	char sql[200];
	struct str script = expected_script(db, version), want = {0};
	struct str have = described(db);
	struct err why;
	if (!good(db))
		return;
	run(db, "BEGIN READ WRITE; SET LOCAL statement_timeout = 0");
	snprintf(sql, sizeof sql,
		 "CREATE SCHEMA waypost_expected_%d; SET LOCAL search_path = waypost_expected_%d",
		 PQbackendPID(((struct postgres *)db)->conn),
		 PQbackendPID(((struct postgres *)db)->conn));
	run(db, sql);
	if (!good(db)) {
		struct str was = str_dup(db->scratch, str_of(db->err->text));
		*db->err = (struct err){0};
		err_set(db->err, ERR_FAILED,
			"no schema can be made to compare with (GRANT CREATE ON DATABASE): %.100s",
			str_c(db->scratch, was));
	} else {
		run(db, script.p);
		want = described(db);
	}
	why = *db->err;
	*db->err = (struct err){0};
	run(db, "ROLLBACK");
	if (why.kind)
		*db->err = why;
	if (good(db))
		expected_compare(db, have, want);
}

/* ---- the rows ---- */

static const char not_valid[] =
	"SELECT 'index ' || i.indexrelid::regclass || ' is not valid' FROM pg_index i "
	"WHERE NOT (i.indisvalid AND i.indisready) UNION ALL "
	"SELECT 'constraint ' || conname || ' is not valid' FROM pg_constraint "
	"WHERE NOT convalidated UNION ALL "
	"SELECT 'the triggers of ' || tgrelid::regclass || ' are off' FROM pg_trigger "
	"WHERE tgenabled = 'D' LIMIT 1";

/* One statement for each foreign key: a row that points at none. */
static const char foreign_keys[] =
	"SELECT format('SELECT ''a row of %s points at a row of %s that is not there'' "
	"FROM %s c WHERE %s AND NOT EXISTS (SELECT 1 FROM %s p WHERE %s) LIMIT 1', "
	"k.conrelid::regclass, k.confrelid::regclass, k.conrelid::regclass, "
	"string_agg(format('c.%I IS NOT NULL', f.attname), ' AND '), k.confrelid::regclass, "
	"string_agg(format('p.%I = c.%I', t.attname, f.attname), ' AND ')) "
	"FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace "
	"CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS u(own, other) "
	"JOIN pg_attribute f ON f.attrelid = k.conrelid AND f.attnum = u.own "
	"JOIN pg_attribute t ON t.attrelid = k.confrelid AND t.attnum = u.other "
	"WHERE k.contype = 'f' AND " HERE " GROUP BY k.oid, k.conrelid, k.confrelid";

/* Likewise for each column whose next number would be one that is taken. */
static const char next_ids[] =
	"SELECT format('SELECT ''the next id of %s is taken'' FROM %s s WHERE CASE WHEN "
	"s.is_called "
	"THEN s.last_value ELSE s.last_value - 1 END < "
	"(SELECT coalesce(max(t.%I), 0) FROM %s t)', c.oid::regclass, "
	"pg_get_serial_sequence(c.oid::regclass::text, a.attname), a.attname, c.oid::regclass) "
	"FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
	"JOIN pg_namespace n ON n.oid = c.relnamespace "
	"WHERE a.attidentity <> '' AND c.relkind = 'r' AND " HERE;

static const char search_in_step[] =
	"SELECT 'the search index is out of step: document ' || d.id FROM search_document d "
	"WHERE NOT EXISTS (SELECT 1 FROM search_words w WHERE w.id = d.id) UNION ALL "
	"SELECT 'the search index is out of step: words ' || w.id FROM search_words w "
	"WHERE NOT EXISTS (SELECT 1 FROM search_document d WHERE d.id = w.id) LIMIT 1";

/* An answer is what is wrong. */
static void none(struct db *db, const char *sql)
{
	struct str wrong = answer(db, sql);
	if (good(db) && wrong.n)
		err_set(db->err, ERR_FAILED, STR_FMT, STR_ARG(wrong));
}

static void each(struct db *db, const char *statements)
{
	PGresult *r = postgres_simple(db, "check", statements);
	for (int i = 0; r && i < PQntuples(r) && good(db); i++)
		none(db, PQgetvalue(r, i, 0));
	PQclear(r);
}

void postgres_check(struct db *db)
{
	struct str version;
	int64_t number = 0;
	postgres_migrating(db, true); /* no limit of time */
	none(db, not_valid);
	each(db, foreign_keys);
	each(db, next_ids);
	if (answer(db, "SELECT to_regclass('search_words')").n)
		none(db, search_in_step);
	if (answer(db, "SELECT to_regclass('migration')").n) {
		version = answer(db, "SELECT max(version) FROM migration");
		if (str_int(version, &number) && number > 0 && number <= db_schema_newest())
			check_schema(db, (int)number);
	}
	struct err why = *db->err;
	*db->err = (struct err){0};
	postgres_migrating(db, false);
	if (why.kind)
		*db->err = why;
}
