#pragma once
/*
 * What an engine does for db.c. Only files of src/db include this. Every function reports
 * through db->err and is not called once that is set, except rollback and close.
 */
#include "base/arena.h"
#include "db/db.h"
#include "db/upkeep.h"

enum { QUERY_PARAMS_MAX = 60, COLUMNS_MAX = 100, CALLS_MAX = 8 };
enum { ROW_GROWS = 6 }; /* handlers add to most rows */

/* A query prepared on one connection. It lives as long as that, in db->own. */
struct statement {
	bool ready;
	char name[24];       /* at PostgreSQL */
	unsigned connection; /* which of PostgreSQL's connections prepared it */
	void *handle;
	int param_count, column_count;
	uint32_t *param_types;
	struct val_name *names; /* of the columns */
	uint32_t *types;
};

/* One run of a query: what goes in, where rows go. */
struct call {
	const struct query *query;
	const struct val *params; /* by name */
	const struct val *args[QUERY_PARAMS_MAX];
	int arg_count;
	bool streamed;                               /* rows are taken from the engine one by one */
	struct arena *arena;                         /* where rows are made */
	bool (*row)(void *context, struct val *row); /* false: enough */
	void *context;
	int64_t changed;
};

struct engine {
	const char *name;
	void (*close)(struct db *);
	void (*ready)(struct db *);    /* before any use: connects again if need be; may be NULL */
	void (*set_wait)(struct db *); /* to db->wait_ms */
	void (*open)(struct db *, bool write); /* the transaction */
	void (*commit)(struct db *);           /* ends it even if it fails */
	void (*rollback)(struct db *);         /* and frees whatever a jump left behind */
	/* One after the other; a streamed or a writing one is alone. */
	void (*run)(struct db *, struct call *, int count);
	void (*script)(struct db *, const char *name, const char *sql);
	void (*migrating)(struct db *, bool on); /* around each migration's transaction */
	void (*migrated)(struct db *);           /* at its end, or NULL */
	void (*check)(struct db *);
	void (*checkpoint)(struct db *);
	void (*backup)(struct db *, const char *to_path);
	void (*restore)(struct db *, const char *from_path); /* NULL: a copy is a database */
	void (*shape)(struct db *, const struct query *, struct arena *, struct db_shape *);
	const char *id_column;          /* instead of INTEGER PRIMARY KEY */
	const char *suffix;             /* of its own migrations: ".sqlite.sql" */
	const char *prelude, *free_ids; /* scripts, or NULL; the prelude runs before migrations */
};

struct db {
	const struct engine *engine;
	struct arena *own, *scratch; /* the connection's; one row's, of db_each() */
	struct arena *arena;         /* the request's */
	struct err *err;
	struct queue *queue;
	enum db_mode mode;
	int64_t org;
	bool begun, open, writing, running;
	bool broken; /* see db_broken() */
	int calls, fail_in, wait_ms;
	const char *verified;         /* how the last backup was */
	struct statement *statements; /* by query id */
	int statement_count;
};

/* A new connection's db, first member of the engine's own struct of `size` bytes. */
void *db_new(const struct engine *, size_t size);
void db_delete(struct db *);
struct statement *db_statement(struct db *, const struct query *);

struct db *sqlite_open(const char *path, struct err *err);
int sqlite_hold(const char *path, int milliseconds, struct err *err);
struct db *postgres_open(const char *conninfo, struct err *err);
