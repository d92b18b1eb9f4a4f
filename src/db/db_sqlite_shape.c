#include "db/db_sqlite.h"

#include "base/buf.h"

#include <string.h>

/* A set of names, each ended with a NUL. */
struct names {
	struct buf text;
	int count;
};

static void add_name(struct names *set, const char *name)
{
	size_t at = 0;
	while (at < set->text.n && strcmp(set->text.p + at, name))
		at += strlen(set->text.p + at) + 1;
	if (at < set->text.n)
		return;
	buf_add(&set->text, (struct str){name, strlen(name) + 1});
	set->count++;
}

static const char *const *list(const struct names *set)
{
	const char **names = arena_many(set->text.arena, const char *, (size_t)set->count + 1);
	const char *name = set->text.p;
	for (int i = 0; i < set->count; i++, name += strlen(name) + 1)
		names[i] = name;
	return names;
}

static sqlite3 *handle_of(struct db *db)
{
	return ((struct sqlite *)db)->handle;
}

/* Through views too: SQLite asks for every column of every table. */
static int note_table(void *tables, int action, const char *table, const char *column,
		      const char *base, const char *view)
{
	(void)column, (void)base, (void)view;
	if (action == SQLITE_READ || action == SQLITE_INSERT || action == SQLITE_UPDATE ||
	    action == SQLITE_DELETE)
		add_name(tables, table);
	return SQLITE_OK;
}

/* Full scans, as the program that SQLite compiled shows them: a cursor of a table or of an index is
 * set to one end (Rewind, Last) and moved on (Next, Prev), or its rows are counted. EXPLAIN QUERY
 * PLAN would name aliases, among them those of temporary results. */
enum { CURSORS_MAX = 200 };

struct cursors {
	int64_t root[CURSORS_MAX]; /* page of the table or index it is opened on */
	bool at_end[CURSORS_MAX];
	/* Until this address: the look for children of a new row, which SQLite takes only while a
	 * foreign key is broken. */
	int skip_to;
};

static void note_scan(struct db *db, int64_t root, struct names *scans)
{
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(handle_of(db),
			       "SELECT tbl_name FROM sqlite_master WHERE rootpage = ?1"
			       " AND tbl_name <> 'sqlite_sequence'",
			       -1, &s, NULL) == SQLITE_OK) {
		sqlite3_bind_int64(s, 1, root);
		if (sqlite3_step(s) == SQLITE_ROW)
			add_name(scans, (const char *)sqlite3_column_text(s, 0));
	}
	sqlite3_finalize(s);
}

static void note_step(struct db *db, sqlite3_stmt *program, struct cursors *c, struct names *scans)
{
	const char *op = (const char *)sqlite3_column_text(program, 1);
	int64_t cursor = sqlite3_column_int64(program, 2);
	if (sqlite3_column_int(program, 0) == 0)
		*c = (struct cursors){0}; /* a program inside the program, of a foreign key */
	if (!strcmp(op, "FkIfZero"))
		c->skip_to = sqlite3_column_int(program, 3);
	if (sqlite3_column_int(program, 0) < c->skip_to)
		return;
	if (cursor < 0 || cursor >= CURSORS_MAX)
		return;
	if (!strcmp(op, "OpenRead") || !strcmp(op, "OpenWrite"))
		c->root[cursor] = sqlite3_column_int64(program, 3);
	if (!strcmp(op, "Rewind") || !strcmp(op, "Last"))
		c->at_end[cursor] = true;
	bool moved = !strcmp(op, "Next") || !strcmp(op, "Prev");
	if (c->root[cursor] && ((moved && c->at_end[cursor]) || !strcmp(op, "Count")))
		note_scan(db, c->root[cursor], scans);
}

static void find_scans(struct db *db, const struct query *query, struct names *scans)
{
	struct cursors cursors = {0};
	sqlite3_stmt *s = NULL;
	const char *sql =
		str_c(scans->text.arena, str_fmt(scans->text.arena, "EXPLAIN %s", query->sqlite));
	if (sqlite3_prepare_v2(handle_of(db), sql, -1, &s, NULL) == SQLITE_OK)
		while (sqlite3_step(s) == SQLITE_ROW)
			note_step(db, s, &cursors, scans);
	sqlite3_finalize(s);
}

void sqlite_shape(struct db *db, const struct query *query, struct arena *arena,
		  struct db_shape *shape)
{
	struct names tables = {.text.arena = arena}, scans = {.text.arena = arena};
	sqlite3_stmt *s = NULL;
	sqlite3_set_authorizer(handle_of(db), note_table, &tables);
	int code = sqlite3_prepare_v2(handle_of(db), query->sqlite, -1, &s, NULL);
	sqlite3_set_authorizer(handle_of(db), NULL, NULL);
	if (code != SQLITE_OK) {
		sqlite_failed(db, code, query->name);
		return;
	}
	find_scans(db, query, &scans);
	int columns = sqlite3_column_count(s);
	const char **names = arena_many(arena, const char *, (size_t)columns + 1);
	for (int i = 0; i < columns; i++)
		names[i] = str_c(arena, str_of(sqlite3_column_name(s, i)));
	*shape = (struct db_shape){
		.param_count = sqlite3_bind_parameter_count(s),
		.column_count = columns,
		.names = names,
		.table_count = tables.count,
		.tables = list(&tables),
		.scan_count = scans.count,
		.scans = list(&scans),
	};
	sqlite3_finalize(s);
}
