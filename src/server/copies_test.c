/* Backup and restore as a person does them, on both engines. */
#include "base/arena.h"
#include "base/buf.h"
#include "core/feature.h"
#include "core/file.h"
#include "fixture.h"
#include "fixture_postgres.h"
#include "program.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct program p; /* only its folder */

/* An organisation with a file, in the database of the test and the folder "files". */
static void fill(struct db *db, struct err *err)
{
	p = (struct program){.folder = "/tmp/waypost-copies-XXXXXX"};
	CHECK(mkdtemp(p.folder) != NULL && !mkdir(program_path(&p, "files"), 0700));
	struct file_store files = {.folder = program_path(&p, "files")};
	enum file_refusal why;
	db_use(db, test_arena, err);
	db_begin(db, DB_WRITE, 0);
	int64_t org = db_id(db,
			    SQL("INSERT INTO org (slug, base, zone, made_at) VALUES ('alder', "
				"'http://x/alder', 'UTC', 0) RETURNING id"),
			    NULL);
	db_exec(db,
		SQL("INSERT INTO org_lang (org, lang, position, name) VALUES (:org, 'en', 1, "
		    "'Alder Guild')"),
		PARAMS("org", INT(org)));
	struct file_sent sent = {
		.org = org, .name = S("a.txt"), .bytes = S("%PDF-1.4 something\n")};
	CHECK(file_put(db, test_arena, err, &files, &sent, &why) > 0);
	CHECK(db_commit(db));
	CHECK_STR(err->text, "");
}

/* A new database of the same engine. */
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

static int backup(struct str *said, const char *to, const char *key)
{
	return program_run(said, NULL, "backup", to, "--db", fixture_url(), "--files",
			   program_path(&p, "files"), key ? "--key" : NULL, key, NULL);
}

static int restore(struct str *said, const char *from, const char *to, const char *key)
{
	return program_run(said, NULL, "restore", from, "--db", to, "--files",
			   program_path(&p, "again"), key ? "--key" : NULL, key, NULL);
}

static void is_there_again(const char *url)
{
	struct str said;
	CHECK_INT(program_run(&said, NULL, "org", "list", "--db", url, NULL), EXIT_OK);
	CHECK(program_has(said, "Alder Guild"));
	CHECK_INT(program_run(&said, NULL, "check", "--db", url, "--keys", program_path(&p, "none"),
			      NULL),
		  EXIT_OK);
	CHECK_INT(program_run(&said, NULL, "backup", program_path(&p, "second"), "--db", url,
			      "--files", program_path(&p, "again"), NULL),
		  EXIT_OK);
	CHECK(program_has(said, "and 1 files"));
}

TEST_DB("a backup of the running database and its files is restored elsewhere")
{
	struct str said;
	NEED_PROGRAM();
	fill(db, err);
	CHECK_INT(backup(&said, program_path(&p, "b"), NULL), EXIT_OK);
	CHECK(program_has(said, "and 1 files"));
	program_run(&said, NULL, "check", "--db", fixture_url(), "--keys", program_path(&p, "none"),
		    NULL);
	CHECK(program_has(said, "backups    ok   the last one 20"));
	CHECK_INT(backup(&said, program_path(&p, "b"), NULL), EXIT_REFUSED);
	CHECK(program_has(said, "name a new file"));
	const char *to = another(db);
	CHECK_INT(restore(&said, program_path(&p, "b"), to, NULL), EXIT_OK);
	CHECK(program_has(said, "1 files"));
	is_there_again(to);
	CHECK_INT(restore(&said, program_path(&p, "b"), to, NULL), EXIT_REFUSED);
	end(db);
}

TEST_DB("a sealed backup wants its key, and a damaged one touches nothing")
{
	struct str said;
	struct stat info;
	NEED_PROGRAM();
	fill(db, err);
	CHECK_INT(program_run(&said, NULL, "key", program_path(&p, "k"), NULL), EXIT_OK);
	CHECK_INT(program_run(&said, NULL, "key", program_path(&p, "k"), NULL), EXIT_REFUSED);
	CHECK_INT(program_run(&said, NULL, "key", program_path(&p, "k2"), NULL), EXIT_OK);
	CHECK_INT(backup(&said, program_path(&p, "b"), program_path(&p, "k")), EXIT_OK);
	CHECK(program_has(said, "sealed"));
	const char *to = another(db);
	CHECK_INT(restore(&said, program_path(&p, "b"), to, NULL), EXIT_REFUSED);
	CHECK(program_has(said, "--key FILE"));
	CHECK_INT(restore(&said, program_path(&p, "b"), to, program_path(&p, "k2")), EXIT_REFUSED);
	CHECK(program_has(said, "another key"));
	NEED(!stat(program_path(&p, "b"), &info));
	CHECK(!truncate(program_path(&p, "b"), info.st_size - 1));
	CHECK_INT(restore(&said, program_path(&p, "b"), to, program_path(&p, "k")), EXIT_REFUSED);
	CHECK(program_has(said, "cut short"));
	CHECK(access(program_path(&p, "again"), F_OK) != 0 &&
	      access(program_path(&p, "again.db"), F_OK) != 0);
	CHECK(!unlink(program_path(&p, "b")));
	CHECK_INT(backup(&said, program_path(&p, "b"), program_path(&p, "k")), EXIT_OK);
	CHECK_INT(restore(&said, program_path(&p, "b"), to, program_path(&p, "k")), EXIT_OK);
	is_there_again(to);
	end(db);
}

TEST_DB("a file that is missing or changed on disk stops a backup, and leaves none")
{
	struct str said;
	NEED_PROGRAM();
	fill(db, err);
	CHECK_INT(program_run(&said, NULL, "restore", program_path(&p, "nothing"), "--db",
			      "sqlite:x", NULL),
		  EXIT_REFUSED);
	rename(program_path(&p, "files"), program_path(&p, "moved"));
	CHECK_INT(backup(&said, program_path(&p, "b"), NULL), EXIT_FAILED);
	CHECK(program_has(said, "files: open"));
	CHECK(access(program_path(&p, "b"), F_OK) != 0 &&
	      access(program_path(&p, "b.part"), F_OK) != 0);
	end(db);
}

TEST_BOTH("a backup of one engine is refused by the other, which says why")
{
	struct str said;
	(void)sqlite;
	struct err err = {0};
	NEED_PROGRAM();
	fill(postgres, &err);
	const char *pg = another(postgres);
	CHECK_INT(backup(&said, program_path(&p, "b"), NULL),
		  EXIT_OK); /* of the one opened last: SQLite */
	CHECK_INT(restore(&said, program_path(&p, "b"), pg, NULL), EXIT_REFUSED);
	CHECK(program_has(said, "embedded database"));
	end(postgres);
}
