#pragma once
/* What the two halves of the SQLite engine share. */
#include "db/engine.h"

#include <sqlite3.h>

struct sqlite {
	struct db db;
	sqlite3 *handle;
	sqlite3_stmt *begin, *begin_write, *commit, *rollback;
	sqlite3_stmt *running; /* to be reset after a jump */
	int64_t ticket;        /* in the queue of writers; -1: none */
};

/* Sets the sticky error for a result code; `what` is the query or the deed. */
void sqlite_failed(struct db *, int code, const char *what);
/* One statement without rows, for pragmas. */
void sqlite_do(struct db *, const char *sql);
int64_t sqlite_number(struct db *, const char *sql); /* the first column of the first row */

void sqlite_script(struct db *, const char *name, const char *sql);
void sqlite_migrating(struct db *, bool on);
void sqlite_migrated(struct db *);
void sqlite_check(struct db *);
void sqlite_checkpoint(struct db *);
void sqlite_backup(struct db *, const char *to_path);
void sqlite_shape(struct db *, const struct query *, struct arena *, struct db_shape *);
/* Registers PostgreSQL's names of ICU collations ("fr-x-icu"), made when first used. */
void sqlite_collations(sqlite3 *);
void sqlite_rank(struct db *); /* registers search_rank() */
