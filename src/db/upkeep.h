#pragma once
/* What commands and tests do to a whole database, outside any request. */
#include "db/db.h"

/* Several statements without parameters, inside the transaction of db_begin(DB_WRITE): migrations.
 * `name` is for the error. */
void db_script(struct db *, const char *name, const char *sql);

/* Copies a running database to a new file and verifies the copy; a file that is there is never
 * written over. SQLite: a database file. PostgreSQL: pg_dump's custom format, made and read by its
 * own tools (found on PATH). */
bool db_backup(struct db *, const char *to_path, struct err *);
/* How the last copy was verified, in words. */
const char *db_verified(const struct db *);
/* From such a file to a new SQLite file or into an empty PostgreSQL database (in one transaction),
 * and checks it there. */
bool db_restore(const char *url, const char *from_path, struct err *);
/* For a server that must be the only one on its database, before it opens it: an SQLite file is held
 * by this process and every one it forks until the last of them has ended, however it ends. Nothing
 * else asks for that, so commands work beside it. Waits so long for another holder; -1 with
 * ERR_RETRY if there still is one. PostgreSQL serves any number of servers: 0. What comes back is an
 * open file: a process that uses SQLite keeps it open, one that must not reach the database closes it. */
int db_hold(const char *url, int milliseconds, struct err *err);
/* The queue of an SQLite file's writers (db/queue.h), which lies beside it: the server makes it once it
 * holds the database, and keeps *held open; commands join that of a running server, or have none.
 * NULL also where there is nothing to queue for: PostgreSQL's locks are first come, first served. */
struct queue *db_queue_serve(const char *url, int *held);
struct queue *db_queue_join(const char *url);
/* That the whole is sound: the file (SQLite), valid indexes and constraints (PostgreSQL), foreign
 * keys, a schema as the migrations make it, the next ids, the search index in step with what it
 * finds. False with *err saying the first thing that is wrong. */
bool db_check(struct db *, struct err *);
/* Moves SQLite's log into its file. The server calls it every second or so from a process that
 * answers nobody, so that no request waits for it; a request does it only past 40 MB. */
void db_checkpoint(struct db *);
/* After rows were inserted with ids of their own (import, restore, fixtures): the next id is free.
 * Inside the transaction of db_begin(DB_WRITE). */
void db_free_ids(struct db *);

/* What an engine makes of a query without running it, for the lint. PostgreSQL knows types, SQLite
 * knows tables. */
struct db_shape {
	int param_count, column_count, table_count, scan_count;
	const enum val_kind *params;  /* VAL_LIST: a type that the rules do not allow */
	const enum val_kind *columns; /* likewise */
	const char *const *names;     /* of the columns, from both engines */
	const char *const *tables;    /* read or written, once each */
	const char *const *scans;     /* tables read from end to end */
};
bool db_shape(struct db *, const struct query *, struct arena *, struct db_shape *, struct err *);
