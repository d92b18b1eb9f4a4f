#include "db/upkeep.h"

#include "base/asset.h"
#include "fixture.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Every query of the program is prepared on both engines and held to the rules of writing one text
 * for both. A message names the query and what to do. */

static int param_count(const struct query *q)
{
	int n = 0;
	while (q->params[n])
		n++;
	return n;
}

static bool expected; /* by the tests of the lint itself: says nothing */

static bool complain(const struct query *q, const char *what, const char *which)
{
	if (!expected)
		printf("    %s: %s %s\n", q->name, what, which);
	return false;
}

static bool good_names(const struct query *q, const struct db_shape *shape)
{
	for (int i = 0; i < shape->column_count; i++) {
		const char *name = shape->names[i];
		bool word = islower((unsigned char)*name);
		for (const char *p = name; *p; p++)
			word = word && (islower((unsigned char)*p) || isdigit((unsigned char)*p) ||
					*p == '_');
		if (!word)
			return complain(q, "name this column with AS, in lower case:", name);
		for (int j = 0; j < i; j++)
			if (!strcmp(shape->names[j], name))
				return complain(q, "two columns are named", name);
	}
	return true;
}

static bool good_types(const struct query *q, const struct db_shape *shape)
{
	bool good = true;
	for (int i = 0; shape->params && i < shape->param_count; i++)
		if (shape->params[i] == VAL_LIST)
			good = complain(
				q,
				"CAST this parameter to bigint, double precision, text or bytea:",
				q->params[i]);
	for (int i = 0; shape->columns && i < shape->column_count; i++)
		if (shape->columns[i] == VAL_LIST)
			good = complain(
				q, "CAST this column to bigint, double precision, text or bytea:",
				shape->names[i]);
	return good;
}

TEST_DB("every query is understood, its types are allowed and its columns are named")
{
	for (int i = 0; i < all_queries_count; i++) {
		const struct query *q = all_queries[i];
		struct db_shape shape;
		struct err wrong = {0};
		if (!CHECK(db_shape(db, q, test_arena, &shape, &wrong))) {
			printf("    %s\n", wrong.text);
			continue;
		}
		CHECK_INT(shape.param_count, param_count(q));
		CHECK(good_names(q, &shape));
		CHECK(good_types(q, &shape));
	}
}

/* SQLite is not asked for the id of one new row: it is that of its rowid. */
TEST_DB("where a new row's id is wanted, the id is SQLite's rowid")
{
	const struct query *key = SQL("SELECT count(*) AS n FROM pragma_table_info(:name) c "
				      "WHERE c.name = 'id' AND c.type = 'INTEGER' AND c.pk = 1");
	int seen = 0;
	if (!str_is(str_of(db_engine(db)), "sqlite"))
		return;
	db_begin(db, DB_READ, 0);
	for (int i = 0; i < all_queries_count; i++) {
		struct str rest = str_of(all_queries[i]->sqlite), word = {0};
		if (!all_queries[i]->insert_bytes)
			continue;
		for (int words = 0; words < 3; words++) /* INSERT INTO name */
			str_cut(&rest, ' ', &word);
		seen++;
		if (!CHECK_INT(val_i(db_row(db, key, PARAMS("name", TEXT(word))), "n"), 1))
			complain(all_queries[i],
				 "wants the id of a table whose rowid it is not:", word.p);
	}
	CHECK(seen > 0);
	CHECK(db_commit(db));
}

static bool same_names(const struct query *q, const struct db_shape *a, const struct db_shape *b)
{
	if (a->column_count != b->column_count)
		return complain(q, "gives another number of columns on the other engine", "");
	for (int i = 0; i < a->column_count; i++)
		if (strcmp(a->names[i], b->names[i]))
			return complain(q, "names differ between the engines:", a->names[i]);
	return true;
}

static void shapes_of_all(struct db *db, struct db_shape *shapes)
{
	for (int i = 0; i < all_queries_count; i++) {
		struct err ignored = {0};
		db_shape(db, all_queries[i], test_arena, &shapes[i], &ignored);
	}
}

TEST_BOTH("both engines give every query's columns the same names")
{
	struct db_shape *a = arena_many(test_arena, struct db_shape, (size_t)all_queries_count + 1);
	struct db_shape *b = arena_many(test_arena, struct db_shape, (size_t)all_queries_count + 1);
	shapes_of_all(sqlite, a);
	shapes_of_all(postgres, b);
	for (int i = 0; i < all_queries_count; i++)
		CHECK(same_names(all_queries[i], &a[i], &b[i]));
}

static bool binds(const struct query *q, const char *name)
{
	for (int i = 0; q->params[i]; i++)
		if (!strcmp(q->params[i], name))
			return true;
	return false;
}

static bool has_org(struct db *db, const char *table)
{
	static const char *const params[] = {"table", NULL};
	struct query columns = {
		.name = "lint_columns",
		.sqlite = "SELECT count(*) AS n FROM pragma_table_info(?1) WHERE name = 'org'",
		.params = params,
		.id = all_queries_count + 5000, /* beyond those of SQL() */
	};
	return val_i(db_row(db, &columns, PARAMS("table", TEXT(table))), "n") > 0;
}

static bool bound_to_org(struct db *db, const struct query *q)
{
	struct db_shape shape;
	struct err wrong = {0};
	if (q->all_orgs || binds(q, "org") || !db_shape(db, q, test_arena, &shape, &wrong))
		return true; /* a query that is not understood fails above */
	bool bound = true;
	db_use(db, test_arena, &wrong);
	db_begin(db, DB_READ, 0);
	for (int i = 0; i < shape.table_count && bound; i++)
		if (has_org(db, shape.tables[i]))
			bound = complain(q, "bind :org, or say \"-- all orgs: why\"; it touches",
					 shape.tables[i]);
	CHECK(db_commit(db));
	return bound;
}

TEST_SQLITE("a query on an organisation's table binds the organisation or says why not")
{
	for (int i = 0; i < all_queries_count; i++)
		CHECK(bound_to_org(db, all_queries[i]));
}

/* What an INSERT reads for its rows; the rest of it only keeps keys and references, which EXPLAIN
 * shows as walks that are guarded or over SQLite's own tables. */
static struct query selected(const struct query *q)
{
	const char *from = strstr(q->sqlite, "SELECT"), *with = strstr(q->sqlite, "WITH ");
	if (with && with < from)
		from = with;
	struct str text = str_of(from);
	static const char *const ends[] = {"ON CONFLICT", "RETURNING"};
	for (size_t i = 0; i < 2; i++) {
		ptrdiff_t at = str_find(text, str_of(ends[i]));
		text = at < 0 ? text : str_sub(text, 0, (size_t)at);
	}
	struct query part = *q;
	part.sqlite = str_c(test_arena, text);
	part.id = q->id + 10000; /* beyond those of SQL() and lint_columns */
	return part;
}

static bool searches(struct db *db, const struct query *q)
{
	struct db_shape shape;
	struct err wrong = {0};
	struct query part = *q;
	if (!strncmp(q->sqlite, "INSERT", 6)) {
		if (!strstr(q->sqlite, "SELECT"))
			return true;
		part = selected(q);
	}
	if (q->scan || !db_shape(db, &part, test_arena, &shape, &wrong) || !shape.scan_count)
		return true;
	return complain(q, "add an index, or say \"-- scan: why\"; it reads from end to end",
			shape.scans[0]);
}

TEST_SQLITE("no query reads a table from end to end without saying why")
{
	for (int i = 0; i < all_queries_count; i++)
		CHECK(searches(db, all_queries[i]));
}

/* The lint itself: what it must see. */

TEST_SQLITE("the lint sees full scans under any name, and no others")
{
	static const struct {
		const char *sql;
		bool scans;
	} cases[] = {
		{"SELECT o.id FROM org o", true},
		{"SELECT o.id FROM org o WHERE o.slug = :a", false},
		{"SELECT o.id FROM org o WHERE o.zone = :a", true},
		{"SELECT count(*) AS n FROM org o", true},
		{"SELECT o.id FROM org o ORDER BY o.id DESC LIMIT 20", true},
		{"SELECT o.id FROM org o WHERE o.id IN (SELECT value FROM json_each(CAST(:a AS "
		 "text)))",
		 false},
		{"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT n.i + 1 FROM n WHERE n.i < 9) "
		 "SELECT o.id FROM n x JOIN org o ON o.id = x.i",
		 false},
		{"SELECT o.id FROM org o WHERE o.slug = :a AND EXISTS "
		 "(SELECT 1 FROM org p WHERE p.zone = o.zone)",
		 true},
		{"UPDATE org SET zone = :a WHERE zone = :b", true},
		{"UPDATE org SET zone = :a WHERE id = :b", false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct db_shape shape;
		NEED(db_shape(db, SQL(cases[i].sql), test_arena, &shape, err));
		if (!CHECK_INT(shape.scan_count > 0, cases[i].scans))
			printf("    %s\n", cases[i].sql);
		if (shape.scan_count)
			CHECK_STR(shape.scans[0], "org");
	}
}

TEST_SQLITE("the lint sees a table of an organisation that is not bound")
{
	expected = true;
	CHECK(!bound_to_org(db, SQL("SELECT l.name AS name FROM org_lang l WHERE l.lang = :lang")));
	CHECK(bound_to_org(db, SQL("SELECT l.name AS name FROM org_lang l WHERE l.org = :org")));
	CHECK(bound_to_org(db, SQL("SELECT o.zone AS zone FROM org o WHERE o.slug = :slug")));
	expected = false;
}

TEST_DB("the lint refuses the types and names that the rules do not allow")
{
	static const char *const names[] = {
		"SELECT o.id AS \"Id\" FROM org o",
		"SELECT o.id AS a, o.slug AS a FROM org o",
		"SELECT count(*) + 1 FROM org o",
	};
	static const char *const types[] = {
		"SELECT o.id = 1 AS one FROM org o",
		"SELECT sum(o.id) AS total FROM org o",
		"SELECT o.id FROM org o LIMIT :n + 1",
	};
	struct db_shape shape;
	expected = true;
	for (int i = 0; i < 3; i++) {
		const struct query *q = SQL(names[i]);
		bool sqlite_only = i == 2; /* PostgreSQL names it ?column? */
		NEED(db_shape(db, q, test_arena, &shape, err));
		CHECK(!good_names(q, &shape) || sqlite_only);
	}
	for (int i = 0; i < 3; i++) {
		const struct query *q = SQL(types[i]);
		NEED(db_shape(db, q, test_arena, &shape, err));
		CHECK_INT(good_types(q, &shape), !shape.params);
	}
	expected = false;
}
