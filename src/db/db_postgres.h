#pragma once
/*
 * What the two halves of the PostgreSQL engine share. The connection is always in pipeline mode:
 * commands are sent one after the other and answered at the next sync, so BEGIN and the
 * organisation's lock travel with the first query. Values go both ways in binary.
 */
#include "db/engine.h"

#include <libpq-fe.h>

struct postgres {
	struct db db;
	const char *conninfo;
	PGconn *conn;
	unsigned connection; /* counts reconnections: statements of an older one are gone */
	bool lost, pending;  /* pending: the transaction's beginning has not been sent */
	int unread;          /* syncs sent whose answers have not been read to the end */
	PGresult *results[CALLS_MAX]; /* being turned into rows: to be cleared after a jump */
};

/* Type oids of pg_type.dat, which never change. */
enum oid {
	OID_BYTEA = 17,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_FLOAT4 = 700,
	OID_FLOAT8 = 701,
	OID_VARCHAR = 1043
};

/* Sets the sticky error from a result, or from the connection if it is NULL. */
void postgres_failed(struct db *, const PGresult *, const char *what);
/* Takes the answers that are still to come; what they say no longer matters. */
void postgres_drain(struct db *);
/* Outside pipeline mode; NULL with the error set. The caller clears it. */
PGresult *postgres_simple(struct db *, const char *name, const char *sql);
bool postgres_connect(struct db *);
void postgres_disconnect(struct db *);
void postgres_set_wait(struct db *);
bool postgres_begin_now(struct db *); /* where it is pending; false: failed */

void postgres_script(struct db *, const char *name, const char *sql);
void postgres_migrating(struct db *, bool on);
void postgres_check(struct db *);
void postgres_backup(struct db *, const char *to_path);
void postgres_restore(struct db *, const char *from_path);
void postgres_shape(struct db *, const struct query *, struct arena *, struct db_shape *);
extern const char postgres_free_ids[], postgres_prelude[];
