#include "db/db.h"

#include "base/arena.h"
#include "fixture.h"

#include <math.h>

static void make_table(struct db *db)
{
	db_begin(db, DB_WRITE, 0);
	db_exec(db,
		SQL("INSERT INTO org (slug, base, zone, made_at) VALUES ('a', 'b', 'UTC', :now)"),
		PARAMS("now", INT(7)));
	db_commit(db);
}

TEST_DB("what was written in one request is read in the next")
{
	make_table(db);
	CHECK_STR(err->text, "");
	db_begin(db, DB_READ, 0);
	struct val *row =
		db_row(db, SQL("SELECT o.slug AS slug, o.made_at AS made_at FROM org o"), NULL);
	CHECK_STR(val_s(row, "slug"), "a");
	CHECK_INT(val_i(row, "made_at"), 7);
	CHECK(db_commit(db));
}
