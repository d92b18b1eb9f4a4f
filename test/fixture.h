#pragma once
/*
 * Tests of what touches the database run once on each engine, each time on a fresh, migrated one:
 *
 *   TEST_DB("a person is found by name") {
 *           db_begin(db, DB_WRITE, 1);
 *           db_exec(db, SQL("INSERT INTO …"), params);
 *           CHECK(db_commit(db));
 *   }
 *
 * `db` is a connection to it; rows go to test_arena and errors to `*err`, which the test looks at
 * itself. PostgreSQL is used where WAYPOST_TEST_PG holds libpq's words for a server on which
 * databases may be made ("host=/tmp/x user=app dbname=app", see script/pgtemp); where it does not,
 * that half of the test is skipped.
 */
#include "base/err.h"
#include "base/val.h"
#include "db/db.h"
#include "test.h"

/* The url of the running test's database, for further connections. */
const char *fixture_url(void);
/* For tests that begin again and again from one state: keeps the test's database as it is now, and
 * makes it so again. Each ends the connection there was and returns the new one, NULL with *err
 * set; nobody else may have one open. */
struct db *fixture_keep(struct err *);
struct db *fixture_back(struct err *);
/* A query made up by a test; the same text gives the same query. */
const struct query *fixture_sql(const char *text);
#define SQL(text) fixture_sql(text)
/* An object of the names and values that follow, until NULL: "id", val_int(test_arena, 1), … */
struct val *fixture_params(const char *name, ...) __attribute__((sentinel));
#define PARAMS(...) fixture_params(__VA_ARGS__, NULL)
#define INT(n)      val_int(test_arena, (n))
#define REAL(r)     val_real(test_arena, (r))
#define TEXT(s)     val_text(test_arena, TEST_STR(s))

typedef void fixture_body(struct db *db, struct err *err);
typedef void fixture_body_of_both(struct db *sqlite, struct db *postgres);
void fixture_run(const char *engine, bool migrated, fixture_body *body);
void fixture_run_both(fixture_body_of_both *body);

#define TEST_DB(sentence)       TEST_ENGINES_(sentence, true)
#define TEST_EMPTY_DB(sentence) TEST_ENGINES_(sentence, false) /* without a schema */
/* For what one engine alone can show. */
#define TEST_SQLITE(sentence)   TEST_ENGINE_(sentence, "sqlite")
#define TEST_POSTGRES(sentence) TEST_ENGINE_(sentence, "postgresql")
/* For what is compared: `sqlite` and `postgres`, both migrated. */
#define TEST_BOTH(sentence)                                                                        \
	static fixture_body_of_both TEST_JOIN(test_body_, __LINE__);                               \
	TEST(sentence)                                                                             \
	{                                                                                          \
		fixture_run_both(TEST_JOIN(test_body_, __LINE__));                                 \
	}                                                                                          \
	static void TEST_JOIN(test_body_, __LINE__)(struct db * sqlite, struct db * postgres)

#define TEST_ENGINE_(sentence, engine)                                                             \
	static fixture_body TEST_JOIN(test_body_, __LINE__);                                       \
	TEST_RUN_(sentence, engine, true, TEST_JOIN(test_e_, __LINE__))                            \
	TEST_BODY_(TEST_JOIN(test_body_, __LINE__))
#define TEST_ENGINES_(sentence, migrated)                                                          \
	static fixture_body TEST_JOIN(test_body_, __LINE__);                                       \
	TEST_RUN_(sentence " (SQLite)", "sqlite", migrated, TEST_JOIN(test_s_, __LINE__))          \
	TEST_RUN_(sentence " (PostgreSQL)", "postgresql", migrated, TEST_JOIN(test_p_, __LINE__))  \
	TEST_BODY_(TEST_JOIN(test_body_, __LINE__))
#define TEST_BODY_(name)                                                                           \
	static void name(struct db *db __attribute__((unused)),                                    \
			 struct err *err __attribute__((unused)))
#define TEST_RUN_(sentence_, engine, migrated, name)                                               \
	static void name(void)                                                                     \
	{                                                                                          \
		fixture_run(engine, migrated, TEST_JOIN(test_body_, __LINE__));                    \
	}                                                                                          \
	__attribute__((constructor)) static void TEST_JOIN(name, _add)(void)                       \
	{                                                                                          \
		static struct test test = {sentence_, __FILE__, name, NULL};                       \
		test_add(&test);                                                                   \
	}
