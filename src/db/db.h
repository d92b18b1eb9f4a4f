#pragma once
/*
 * One SQL text for two engines. A query is a constant made by tools/embed from a "-- name" block of
 * a .sql file; `:name` parameters are taken from a val object by name, and a missing one stops the
 * program (our bug). Rows come back as objects of the aliased column names, in the arena given to
 * db_use(). Text is UTF-8, blobs are VAL_BLOB, no other kinds appear (no booleans, no numerics).
 *
 * A parameter is null, an int, a bool (sent as 0 or 1), a finite real, text, a blob, or a list of
 * ints, which is sent as the JSON text that json_each(CAST(:ids AS text)) reads. Its kind must be
 * the parameter's type: PostgreSQL says what that is, and another one stops the program there.
 *
 * Errors are sticky: after the first failure every call does nothing and returns null, 0 or the
 * empty list; the caller looks once, at the end. Expected conflicts are written in SQL
 * (ON CONFLICT DO NOTHING RETURNING) and are never errors. A server that was lost is an error of
 * the request that finds out; the next db_begin() connects again.
 */
#include "base/err.h"
#include "base/val.h"

struct arena;
struct db;
struct queue;

struct query {
	const char *name;              /* "standards_list", for logs and tests */
	const char *sqlite, *postgres; /* the same text, parameters as ?1 and $1 */
	const char *const *params;     /* names in order of number, NULL at the end */
	int id;              /* dense number, the index of a connection's statement cache */
	bool writes;         /* INSERT, UPDATE or DELETE */
	size_t insert_bytes; /* of `sqlite`, before RETURNING: one row is put in, its id wanted; else 0 */
	bool counts;         /* db_count()'s form of the query of that id */
	const char *scan, *all_orgs; /* why a full scan, or not binding :org, is meant; else NULL */
};

enum db_mode {
	DB_READ,  /* one read-only snapshot; a write is refused by the engine */
	DB_WRITE, /* the organisation's write lock, then one transaction, opened by the first call
		   */
	DB_SLOW,  /* reads stand alone until the first write, which opens the transaction: for
		     handlers  that hash a password or wait between reading and writing */
};

/* "sqlite:FILE", "postgresql://…" or "postgresql:" and libpq's key=value words. NULL with *err set
 * if it cannot be opened. Refuses a database whose default collation is not C, and sets everything
 * sql.md's rules ask of a connection. A connection is used by one thread, never across a fork. */
struct db *db_open(const char *url, struct err *err);
void db_close(struct db *);
const char *db_engine(const struct db *); /* "sqlite" or "postgresql" */
/* SQLite's writers wait their turn in `queue`, made before the processes were (db/queue.h). */
void db_set_queue(struct db *, struct queue *queue);
/* How long a writer waits for its turn before ERR_RETRY; 10 s unless told. */
void db_set_wait(struct db *, int milliseconds);

/* Whose rows and errors come next. */
void db_use(struct db *, struct arena *, struct err *);

/* `org` is the organisation whose writes queue behind each other; 0 for the server's own rows. */
void db_begin(struct db *, enum db_mode, int64_t org);
bool db_commit(struct db *);   /* false with the err set; ERR_RETRY means the whole request again */
void db_rollback(struct db *); /* always allowed; also after a jump to the arena's guard */
/* Whether a failure was of the connection rather than of what was asked: its file cannot be read, is
 * damaged, or memory ran out. Nothing more is to be expected of it; close it and open another. */
bool db_broken(const struct db *);

struct val *db_row(struct db *, const struct query *,
		   const struct val *params); /* object or null */
struct val *db_rows(struct db *, const struct query *, const struct val *params); /* list */
/* Questions that do not wait for each other's answers: one trip to a database that is another process. The
 * rows of each are what db_rows() would give. None of them writes. */
struct db_question {
	const struct query *query;
	const struct val *params;
	struct val *rows;
};
void db_ask(struct db *, struct db_question *, int count);
int64_t db_exec(struct db *, const struct query *, const struct val *params); /* rows changed */
/* The one integer of a RETURNING clause, 0 if no row came (an expected conflict). */
int64_t db_id(struct db *, const struct query *, const struct val *params);
/* How many rows db_rows() would give: counted by the database, none is read. */
int64_t db_count(struct db *, const struct query *, const struct val *params);
/* For results too large to hold: `row` lives until the callback returns; false stops. The callback
 * makes no call on this connection. */
void db_each(struct db *, const struct query *, const struct val *params,
	     bool (*each)(void *context, const struct val *row), void *context);

/* Makes the call numbered `nth` from now fail with ERR_FAILED (0: never): for the tests that make
 * every db call fail in turn; a commit is a call. Returns how many calls were made since the last
 * db_use(). */
int db_fail_at(struct db *, int nth);

/* Every query of the program, generated. */
extern const struct query *const all_queries[];
extern const int all_queries_count;
