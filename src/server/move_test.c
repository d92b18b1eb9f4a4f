/* An organisation leaves and comes in elsewhere: on both engines, and from one to the other. */
#include "server/move.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "core/archive.h"
#include "db/migrate.h"
#include "db/upkeep.h"
#include "fixture_postgres.h"
#include "queries.h"
#include "server/move_story.h"

/* ---- the list ---- */

static int place_of(struct str table)
{
	for (int i = 0; move_tables[i].name; i++)
		if (str_is(table, move_tables[i].name))
			return i;
	return -1;
}

TEST_DB("every table of the schema has its place in the list, after all that it points at")
{
	db_begin(db, DB_READ, 0);
	struct val *rows = db_rows(db, &q_move_columns, NULL);
	db_rollback(db);
	CHECK(val_count(rows) > 300);
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		struct str table = val_s(row, "table_name"), target = val_s(row, "target");
		int mine = place_of(table), other = place_of(target);
		if (!CHECK(mine >= 0))
			printf("    say in move_tables.c to whom \"" STR_FMT "\" belongs\n",
			       STR_ARG(table));
		if (target.n && !CHECK(other <= mine && other >= 0))
			printf("    " STR_FMT " stands before " STR_FMT "\n", STR_ARG(table),
			       STR_ARG(target));
		if (mine < 0 || move_tables[mine].kind > MOVE_PERSONS)
			continue;
		static const char *const types[] = {"bigint", "INTEGER",          "text",
						    "bytea",  "double precision", NULL};
		bool known = false;
		for (const char *const *t = types; *t; t++)
			known |= str_eq_nocase(val_s(row, "type"), str_of(*t));
		CHECK(known);
	}
	for (int i = 0; move_tables[i].name; i++)
		CHECK((move_tables[i].why != NULL) == (move_tables[i].kind >= MOVE_STAYS));
}

TEST_DB("what the lists name is there")
{
	struct move m;
	db_begin(db, DB_READ, 0);
	NEED(move_open(&m, db, test_arena, err, 1));
	for (const struct move_pointer *x = move_pointers; x->table; x++) {
		struct move_sheet *s = move_sheet(&m, str_of(x->table));
		bool found = false;
		for (size_t i = 0; s && i < s->count; i++)
			found |= !strcmp(s->columns[i].name, x->column) && s->columns[i].target;
		CHECK(found);
	}
	for (const struct move_value *x = move_values; x->table; x++)
		CHECK(move_sheet(&m, str_of(x->table)) != NULL);
	for (const struct move_needed *x = move_needed; x->table; x++)
		CHECK(move_sheet(&m, str_of(x->table)) != NULL);
	db_rollback(db);
}

static int64_t found(struct db *db, int64_t org)
{
	db_begin(db, DB_READ, 0);
	int64_t n = val_i(
		db_row(db,
		       SQL("SELECT count(*) AS n FROM search_document d JOIN standard_node n ON "
			   "n.id = d.item JOIN standard_version v ON v.id = n.version WHERE "
			   "d.org = :org AND v.state = 'adopted'"),
		       PARAMS("org", INT(org))),
		"n");
	db_rollback(db);
	return n;
}

static void every_table_is_tried(const struct val *counts)
{
	/* Rows that only a CASE package, an affiliation or a person's own act makes. */
	static const char *const without[] = {"affiliation",
					      "invitation",
					      "agreement",
					      "terms",
					      "role_right",
					      "standard_kept_document",
					      "standard_kept_item",
					      "standard_association",
					      "standard_definition",
					      "standard_rubric_part",
					      NULL};
	for (const struct move_table *t = move_tables; t->name; t++) {
		bool excused = t->kind > MOVE_PERSONS;
		for (const char *const *x = without; *x; x++)
			excused |= !strcmp(*x, t->name);
		if (!excused && !CHECK(val_i(counts, t->name) > 0))
			printf("    no row of %s went along\n", t->name);
	}
}

static void round_trip(struct db *db, struct world *w, const char *to)
{
	struct str said;
	struct err other_err = {0};
	CHECK_INT(program_run(&said, NULL, "migrate", "--db", to, NULL), EXIT_OK);
	CHECK_INT(move_in_by(&said, to, move_path("a"), NULL), EXIT_OK);
	CHECK(program_has(said, "imported"));
	CHECK_INT(move_in_by(&said, to, move_path("a"), NULL), EXIT_REFUSED);
	CHECK(program_has(said, "--as SLUG"));
	CHECK_INT(move_out(&said, to, "boreal", move_path("b")), EXIT_OK);
	CHECK(move_same(move_contents(move_path("a")), move_contents(move_path("b"))));
	struct db *other = db_open(to, &other_err);
	NEED(other);
	CHECK(db_check(other, &other_err));
	CHECK_STR(other_err.text, "");
	db_use(other, test_arena, &other_err);
	db_begin(other, DB_READ, 0);
	int64_t id = val_i(
		db_row(other, SQL("SELECT o.id AS id FROM org o WHERE o.slug = 'boreal'"), NULL),
		"id");
	db_rollback(other);
	CHECK(found(other, id) > 0);
	CHECK_INT(found(other, id), found(db, w->a));
	db_close(other);
	unlink(move_path("b"));
}

TEST_DB("an organisation that moved to another server, of either engine, gives the same rows again")
{
	struct world w;
	struct str said;
	char url[600];
	NEED_PROGRAM();
	NEED(move_begin(&w, db, err));
	CHECK_INT(move_out(&said, fixture_url(), "boreal", move_path("a")), EXIT_OK);
	CHECK(program_has(said, "read again to its end"));
	CHECK(program_has(said,
			  "1 rows of access_grant: what \"from_org\" points at does not go along; "
			  "they stay behind"));
	every_table_is_tried(val_get(move_contents(move_path("a")), "counts"));
	struct str sent = val_s(move_contents(move_path("a")), "rows/letter.0001");
	CHECK(program_has(sent, "\"letter_key\":\"one\""));
	CHECK(str_find(sent, S("\"letter_key\":\"two\"")) < 0); /* it goes from here */
	round_trip(db, &w,
		   str_c(test_arena, str_fmt(test_arena, "sqlite:%s", move_path("other.db"))));
	if (getenv("WAYPOST_TEST_PG")) {
		NEED(postgres_make("other", NULL, url, sizeof url));
		round_trip(db, &w, url);
	}
	move_end(&w);
}

TEST_DB("what comes in changes nothing of the others, and goes by another name")
{
	struct world w;
	struct str said;
	NEED_PROGRAM();
	NEED(move_begin(&w, db, err));
	CHECK_INT(move_out(&said, fixture_url(), "boreal", move_path("a")), EXIT_OK);
	CHECK_INT(move_out(&said, fixture_url(), "birch", move_path("b")), EXIT_OK);
	CHECK_INT(move_in_by(&said, fixture_url(), move_path("a"), NULL), EXIT_REFUSED);
	CHECK_INT(move_in_by(&said, fixture_url(), move_path("a"), "Not A Slug"), EXIT_REFUSED);
	CHECK_INT(move_in_by(&said, fixture_url(), move_path("a"), "elder"), EXIT_OK);
	CHECK_INT(move_out(&said, fixture_url(), "boreal", move_path("a2")), EXIT_OK);
	CHECK_INT(move_out(&said, fixture_url(), "birch", move_path("b2")), EXIT_OK);
	CHECK(move_same(move_contents(move_path("a")), move_contents(move_path("a2"))));
	CHECK(move_same(move_contents(move_path("b")), move_contents(move_path("b2"))));
	CHECK_INT(move_out(&said, fixture_url(), "elder", move_path("e")), EXIT_OK);
	struct val *one = move_contents(move_path("a")), *two = move_contents(move_path("e"));
	CHECK(program_has(val_s(two, "rows/org.0001"), "\"slug\":\"elder\""));
	val_set_str(one, "rows/org.0001", S(""));
	val_set_str(two, "rows/org.0001", S(""));
	CHECK(move_same(one, two));
	CHECK(db_check(db, err));
	CHECK_STR(err->text, "");
	move_end(&w);
}

/* ---- archives that are wrong ---- */

static void make(const char *path, const char *table, const char *rows, int64_t schema)
{
	struct err err = {0};
	struct val *manifest = val_object(test_arena);
	val_set_str(manifest, "format", S(MOVE_FORMAT));
	val_set_int(manifest, "schema", schema);
	val_set_str(manifest, "slug", S("cedar"));
	unlink(path);
	struct archive *r = archive_create(test_arena, path, NULL, manifest, 0, &err);
	archive_add(r, "rows/org.0001",
		    S("{\"id\":1,\"slug\":\"cedar\",\"base\":\"b\",\"zone\":\"UTC\",\"made_at\":1,"
		      "\"rev\":1,\"fewest\":5,\"reflect_days\":30}\n"));
	archive_add(r, str_c(test_arena, str_fmt(test_arena, "rows/%s.0001", table)), str_of(rows));
	CHECK(archive_finish(r));
}

TEST_DB("an archive that is damaged, or says what cannot be, changes nothing")
{
	static const struct {
		const char *table, *rows, *why;
	} cases[] = {
		{"place", "no json\n", "no object"},
		{"place", "{\"id\":2}\n", "its number should be 1"},
		{"place", "{\"id\":1,\"colour\":\"red\"}\n", "\"colour\" is no column here"},
		{"place", "{\"id\":1,\"org\":7}\n", "points at no row before it"},
		{"place", "{\"id\":1,\"org\":\"1\"}\n", "is no number"},
		{"place", "{\"id\":1,\"org\":1,\"name\":5}\n", "of another kind"},
		{"term",
		 "{\"id\":1,\"org\":1,\"scheme\":\"s\",\"code\":\"c\",\"position\":1,"
		 "\"broader\":9}\n",
		 "points at none of its table"},
		{"term", "{\"id\":1,\"broader\":{\"scheme\":\"no\",\"code\":\"such\"}}\n",
		 "a term that this server does not have"},
		{"texts", "{\"id\":1,\"owner_kind\":\"session\",\"owner\":1}\n",
		 "does not come along"},
		{"session", "{\"id\":1}\n", "no table of this name comes along"},
		{"nonsense", "{}\n", "no table of this name comes along"},
		{"org", "{\"id\":2}\n", "more than one organisation"},
		{"place", "{\"id\":1,\"org\":1}\n", "place"}, /* the database refuses it */
	};
	struct world w;
	struct str said;
	struct stat info;
	NEED_PROGRAM();
	NEED(move_begin(&w, db, err));
	CHECK_INT(move_out(&said, fixture_url(), "boreal", move_path("a")), EXIT_OK);
	struct str before = world_rows(&w);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		make(move_path("bad"), cases[i].table, cases[i].rows, db_schema_newest());
		int code = move_in_by(&said, fixture_url(), move_path("bad"), NULL);
		CHECK(code == EXIT_REFUSED || code == EXIT_FAILED);
		CHECK(program_has(said, cases[i].why));
	}
	make(move_path("bad"), "place", "", db_schema_newest() - 1);
	CHECK_INT(move_in_by(&said, fixture_url(), move_path("bad"), NULL), EXIT_REFUSED);
	CHECK(program_has(said, "one version"));
	NEED(!stat(move_path("a"), &info) && !truncate(move_path("a"), info.st_size - 2000));
	CHECK_INT(move_in_by(&said, fixture_url(), move_path("a"), "elder"), EXIT_REFUSED);
	CHECK(program_has(said, "cut short"));
	CHECK_STR(world_rows(&w), before);
	move_end(&w);
}

TEST_DB("an organisation's archive is sealed with a key, and read with it alone")
{
	struct world w;
	struct str said;
	NEED_PROGRAM();
	NEED(move_begin(&w, db, err));
	CHECK_INT(program_run(&said, NULL, "key", move_path("k"), NULL), EXIT_OK);
	CHECK_INT(program_run(&said, NULL, "export", "--org", "boreal", move_path("a"), "--key",
			      move_path("k"), "--db", fixture_url(), "--files", move_path("files"),
			      NULL),
		  EXIT_OK);
	CHECK_INT(move_in_by(&said, fixture_url(), move_path("a"), "elder"), EXIT_REFUSED);
	CHECK(program_has(said, "it is sealed"));
	CHECK_INT(program_run(&said, NULL, "import", "--org", move_path("a"), "--as", "elder",
			      "--key", move_path("k"), "--db", fixture_url(), "--files",
			      move_path("files"), NULL),
		  EXIT_OK);
	CHECK_INT(program_run(&said, NULL, "export", "--org", "nobody", move_path("x"), "--db",
			      fixture_url(), NULL),
		  EXIT_REFUSED);
	CHECK(program_has(said, "no organisation of this short name"));
	CHECK_INT(program_run(&said, NULL, "restore", move_path("a"), "--db", "sqlite:/tmp/never",
			      "--key", move_path("k"), NULL),
		  EXIT_REFUSED);
	CHECK(program_has(said, "waypost import"));
	move_end(&w);
}

TEST_DB("an export and an import are recorded by the server itself")
{
	struct world w;
	struct str said;
	static const char records[] =
		"SELECT a.verb AS verb FROM audit a WHERE a.org IS NULL AND a.object_kind = 'org' "
		"ORDER BY a.id";
	NEED_PROGRAM();
	NEED(move_begin(&w, db, err));
	CHECK_INT(move_out(&said, fixture_url(), "boreal", move_path("a")), EXIT_OK);
	CHECK_INT(move_in_by(&said, fixture_url(), move_path("a"), "elder"), EXIT_OK);
	db_begin(db, DB_READ, 0);
	struct val *rows = db_rows(db, SQL(records), NULL);
	db_rollback(db);
	CHECK_INT(val_count(rows), 2);
	CHECK_STR(val_s(val_at(rows, 0), "verb"), "org.exported");
	CHECK_STR(val_s(val_at(rows, 1), "verb"), "org.imported");
	move_end(&w);
}

TEST_DB("a password goes along only where no other organisation knows the person")
{
	struct world w;
	struct str said;
	NEED_PROGRAM();
	NEED(move_begin(&w, db, err));
	db_begin(db, DB_WRITE, 0);
	move_run(db, "signin (person, kind, handle, handle_fold, secret, made_at) VALUES "
		     "($1, 'email', 'x@y', 'x@y', 'hash-of-one', 1), "
		     "($2, 'email', 'z@y', 'z@y', 'hash-of-two', 1)");
	move_run(db, "person_org (org, person, sort_fold, since) VALUES ($b, $2, 'z', 1)");
	CHECK(db_commit(db));
	CHECK_INT(move_out(&said, fixture_url(), "boreal", move_path("a")), EXIT_OK);
	struct str rows = val_s(move_contents(move_path("a")), "rows/signin.0001");
	CHECK(program_has(rows, "hash-of-one"));
	CHECK(str_find(rows, S("hash-of-two")) < 0);
	CHECK(program_has(rows, "z@y"));
	move_end(&w);
}
