/* A database of an older program under this one, and one of a newer program, on both engines. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/feature.h"
#include "db/migrate.h"
#include "db/upkeep.h"
#include "fixture.h"
#include "fixture_postgres.h"
#include "program.h"

static struct program p; /* only its folder */

static const char *schema_words(int number)
{
	return str_c(test_arena, str_fmt(test_arena, "schema %d", number));
}

/* An empty database becomes one of the schema before the newest, with an organisation in it. */
static void make_old(struct db *db, struct err *err)
{
	struct buf script = {.arena = test_arena};
	int old = db_schema_newest() - 1;
	p = (struct program){.folder = "/tmp/waypost-upgrade-XXXXXX"};
	CHECK(mkdtemp(p.folder) != NULL);
	db_use(db, test_arena, err);
	db_begin(db, DB_WRITE, 0);
	if (strcmp(db_engine(db), "sqlite") != 0)
		db_script(db, "prelude",
			  "CREATE FUNCTION json_each(text) RETURNS TABLE(value bigint) LANGUAGE "
			  "sql IMMUTABLE STRICT ROWS 20 AS 'SELECT CAST(x AS bigint) FROM "
			  "json_array_elements_text(CAST($1 AS json)) x'");
	db_migration_texts(db, &script, old);
	db_script(db, "old", str_c(test_arena, buf_str(&script)));
	db_exec(db,
		SQL("INSERT INTO migration (version, name, made_at) VALUES (:version, 'old', 0)"),
		PARAMS("version", INT(old)));
	db_exec(db,
		SQL("INSERT INTO org (slug, base, zone, made_at) VALUES ('alder', 'b', 'UTC', 0)"),
		NULL);
	CHECK(db_commit(db));
	CHECK_STR(err->text, "");
}

/* The path of the one backup in the folder; empty if there is none. */
static const char *the_backup(void)
{
	const char *found = "";
	DIR *d = opendir(program_path(&p, "backups"));
	for (struct dirent *e; d && (e = readdir(d));)
		if (strstr(e->d_name, ".schema-")) {
			CHECK_STR(found, "");
			found = program_path(&p, str_c(test_arena, str_fmt(test_arena, "backups/%s",
									   e->d_name)));
		}
	if (d)
		closedir(d);
	return found;
}

static int migrate(struct str *said, const char *more)
{
	return program_run(said, NULL, "migrate", "--db", fixture_url(), "--backup-dir",
			   program_path(&p, "backups"), more, NULL);
}

static const char *another(struct db *db)
{
	static char url[600];
	if (!strcmp(db_engine(db), "sqlite"))
		return str_c(test_arena,
			     str_fmt(test_arena, "sqlite:%s", program_path(&p, "again.db")));
	return CHECK(postgres_make("other", NULL, url, sizeof url)) ? url : "";
}

static void end(struct db *db)
{
	if (strcmp(db_engine(db), "sqlite") != 0)
		postgres_drop("other");
	program_gone(&p);
}

TEST_EMPTY_DB("an older database is backed up before it is migrated, and the backup is the old one")
{
	struct str said;
	int newest = db_schema_newest();
	NEED_PROGRAM();
	make_old(db, err);
	CHECK_INT(migrate(&said, NULL), EXIT_REFUSED); /* no such folder */
	CHECK(program_has(said, "nothing was migrated"));
	CHECK_INT(db_schema_version(db, err), newest - 1);
	CHECK(!mkdir(program_path(&p, "backups"), 0700));
	CHECK_INT(migrate(&said, NULL), EXIT_OK);
	CHECK(program_has(said, "the database as it was: "));
	CHECK(program_has(said, the_backup()));
	CHECK_INT(db_schema_version(db, err), newest);
	const char *to = another(db);
	CHECK_INT(program_run(&said, NULL, "restore", the_backup(), "--db", to, "--files",
			      program_path(&p, "files"), NULL),
		  EXIT_OK);
	CHECK(program_has(said, schema_words(newest - 1)));
	CHECK(program_has(said, "no files"));
	const char *keys =
		program_path(&p, "keys"); /* none yet, whatever the folder has where this runs */
	CHECK_INT(program_run(&said, NULL, "check", "--db", to, "--keys", keys, NULL), EXIT_FAILED);
	CHECK(program_has(said, schema_words(newest - 1)));
	CHECK_INT(program_run(&said, NULL, "migrate", "--db", to, "--no-backup", NULL), EXIT_OK);
	CHECK_INT(program_run(&said, NULL, "check", "--db", to, "--keys", keys, NULL), EXIT_OK);
	db_use(db, test_arena, err);
	db_begin(db, DB_READ, 0); /* what is watched is the nightly command */
	CHECK(val_is_null(db_row(
		db, SQL("SELECT s.at AS at FROM server_state s WHERE s.name = 'backup'"), NULL)));
	db_rollback(db);
	CHECK_INT(migrate(&said, NULL), EXIT_OK); /* nothing to do: no second backup */
	CHECK(*the_backup());
	end(db);
}

TEST_DB("a database of a newer program is refused by every way in, and no backup is made of it")
{
	struct str said;
	NEED_PROGRAM();
	p = (struct program){.folder = "/tmp/waypost-upgrade-XXXXXX"};
	CHECK(mkdtemp(p.folder) != NULL && !mkdir(program_path(&p, "backups"), 0700));
	db_begin(db, DB_WRITE, 0);
	db_exec(db, SQL("INSERT INTO migration (version, name, made_at) VALUES (9999, 'new', 0)"),
		NULL);
	CHECK(db_commit(db));
	CHECK_INT(migrate(&said, NULL), EXIT_REFUSED);
	CHECK(program_has(said, "newer"));
	CHECK_INT(migrate(&said, "--no-backup"), EXIT_REFUSED);
	CHECK_INT(program_run(&said, NULL, "serve", "--db", fixture_url(), "--listen",
			      "127.0.0.1:0", "--keys", program_path(&p, "keys"), "--files",
			      program_path(&p, "files"), "--backup-dir",
			      program_path(&p, "backups"), NULL),
		  EXIT_REFUSED);
	CHECK(program_has(said, "written by a newer program"));
	CHECK_STR(the_backup(), "");
	CHECK_INT(db_schema_version(db, err), 9999);
	end(db);
}

TEST_EMPTY_DB("with a key among the settings the backup before an upgrade is sealed")
{
	struct str said;
	NEED_PROGRAM();
	make_old(db, err);
	CHECK(!mkdir(program_path(&p, "backups"), 0700));
	CHECK_INT(program_run(&said, NULL, "key", program_path(&p, "k"), NULL), EXIT_OK);
	CHECK_INT(program_run(&said, NULL, "migrate", "--db", fixture_url(), "--backup-dir",
			      program_path(&p, "backups"), "--backup-key", program_path(&p, "k"),
			      NULL),
		  EXIT_OK);
	CHECK(program_has(said, "event=upgrade what=backup"));
	CHECK_INT(program_run(&said, NULL, "restore", the_backup(), "--db", another(db), "--files",
			      program_path(&p, "files"), NULL),
		  EXIT_REFUSED);
	CHECK(program_has(said, "it is sealed"));
	end(db);
}

TEST_EMPTY_DB("serve upgrades an embedded database after a backup; another it leaves to migrate")
{
	struct str said;
	NEED_PROGRAM();
	make_old(db, err);
	if (!strcmp(db_engine(db), "sqlite")) {
		const char *const more[] = {"--db", fixture_url(), "--backup-dir", p.folder, NULL};
		CHECK(program_start(&p, more));
		CHECK(program_has(program_log(&p), "event=upgrade what=backup"));
		CHECK(program_has(program_log(&p), "event=upgrade what=migrated"));
		CHECK_INT(db_schema_version(db, err), db_schema_newest());
	} else {
		CHECK_INT(program_run(&said, NULL, "serve", "--db", fixture_url(), "--listen",
				      "127.0.0.1:0", "--keys", program_path(&p, "keys"), "--files",
				      program_path(&p, "files"), NULL),
			  EXIT_REFUSED);
		CHECK(program_has(said, "run `waypost migrate`"));
		CHECK_INT(db_schema_version(db, err), db_schema_newest() - 1);
	}
	end(db);
}
