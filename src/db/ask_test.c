#include "db/upkeep.h"

#include "fixture.h"

TEST_DB("several questions are asked at once, each with its own rows; one that fails fails all")
{
	enum { MANY = 20 };
	struct db_question asked[MANY];
	db_begin(db, DB_WRITE, 0);
	db_script(db, "things", "CREATE TABLE thing (id bigint NOT NULL PRIMARY KEY, n bigint)");
	for (int i = 1; i <= MANY; i++)
		db_exec(db, SQL("INSERT INTO thing (id, n) VALUES (:id, 10)"),
			PARAMS("id", INT(i)));
	for (int i = 0; i < MANY; i++)
		asked[i] = (struct db_question){
			i % 2 ? SQL("SELECT x.id AS odd FROM thing x WHERE x.id > :id")
			      : SQL("SELECT x.id AS even, x.n AS n FROM thing x WHERE x.id > :id"),
			PARAMS("id", INT(i))};
	db_ask(db, asked, MANY); /* what was just written is seen */
	for (int i = 0; i < MANY; i++) {
		CHECK_INT(val_count(asked[i].rows), (size_t)(MANY - i));
		CHECK_INT(val_i(val_at(asked[i].rows, 0), i % 2 ? "odd" : "even"), i + 1);
	}
	db_ask(db, asked, 0);
	CHECK(db_commit(db));
	db_begin(db, DB_READ, 0);
	struct db_question good = asked[1];
	asked[1] = (struct db_question){SQL("SELECT abs(CAST(:low AS bigint)) AS n"),
					PARAMS("low", INT(INT64_MIN))};
	db_ask(db, asked, 4);
	CHECK_INT(err->kind, ERR_FAILED);
	for (int i = 0; i < 4; i++)
		CHECK_INT(val_count(asked[i].rows), 0);
	CHECK(!db_commit(db));
	*err = (struct err){0};
	asked[1] = good;
	db_begin(db, DB_READ, 0); /* on the same connection */
	db_ask(db, asked, 4);
	CHECK_INT(val_count(asked[3].rows), MANY - 3);
	db_fail_at(db, 3); /* each of them is a call */
	db_ask(db, asked, 4);
	CHECK_INT(err->kind, ERR_FAILED);
	CHECK_INT(val_count(asked[0].rows), 0);
	CHECK(!db_commit(db));
}
