#pragma once
/*
 * An organisation moves whole: what the four files move_*.c share. The list of tables
 * (move_tables.h) and the database's own catalogue make every statement, so nothing here knows a
 * column. An organisation's archive (core/archive.h) holds:
 *
 *   manifest.json     format "waypost-organisation-1", schema, slug, made_at
 *   rows/TABLE.NNNN   rows as JSON, one a line, in the order of their keys, 4 MB a part
 *   files/HASH        the bytes of its files
 *   summary.json      {rows: {TABLE: n}, files, outside: [{table, column, target, rows}]}
 *
 * Ids are the archive's own: 1, 2, 3 … in each table, by the order of the ids they stand for; a
 * column that points at a row has its number. A shipped term is {"scheme", "code"}. What points at
 * something that does not go along is empty, or its row stays behind; either is counted in
 * `outside`. So an organisation that came in gives, exported again, the same rows and files, byte
 * for byte.
 */
#include "base/buf.h"
#include "core/feature.h"
#include "core/sealed.h"
#include "db/db.h"
#include "server/move_tables.h"

#define MOVE_FORMAT "waypost-organisation-1"

struct move_column {
	const char *name;
	enum val_kind kind; /* VAL_NULL: of a type that no moved table has */
	bool required;
	int64_t key;        /* its place in the primary key, from 1; 0: none */
	const char *target; /* the table it points at; "=kind": the one named in that column */
	bool foreign;       /* the database knows it too */
	const char *sql;    /* what goes along; NULL: itself */
};

struct move_ids {
	int64_t *known; /* ascending when leaving; by number when coming in */
	size_t count, room;
};

struct move_sheet {
	const struct move_table *table;
	struct move_column *columns;
	size_t count;
	bool has_id, has_org;
	const char *where; /* of :org; NULL: no row of this table is an organisation's */
	struct move_ids ids;
	int64_t rows;
};

struct move {
	struct db *db;
	struct arena *arena; /* for the whole move */
	struct err *err;
	int64_t org;
	struct move_sheet *sheets; /* in the order of move_tables, those the schema has */
	size_t count;
	struct val *shipped; /* rows {id, scheme, code} */
	struct val *outside; /* rows of summary.outside */
};

/* Reads the catalogue; inside a transaction. False with the err set. */
bool move_open(struct move *, struct db *, struct arena *, struct err *, int64_t org);
struct move_sheet *move_sheet(const struct move *, struct str table); /* NULL if there is none */
bool move_goes(const struct move_sheet *);                            /* along */
/* The target of a column in this row: NULL if it names no table that goes along. */
struct move_sheet *move_target(const struct move *, const struct move_column *,
			       const struct val *row);
bool move_is_needed(const struct move_sheet *, const struct move_column *);
void move_push(struct move *, struct move_ids *, int64_t id);
/* One more row that lost what `column` pointed at, or (`left`) stays behind for it. */
void move_note(struct move *, const struct move_sheet *, const struct move_column *, bool left);
/* A statement with :named parameters, as this program's own are made. */
const struct query *move_query(struct move *, bool writes, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Leaving: from a read transaction that is open to an archive. False with the err set. */
bool move_leave(struct move *, const struct file_store *, const char *path, const struct seal_key *,
		struct str slug, int64_t now, int64_t *file_count);

/* Coming in. All of the archive is read and judged first; then one transaction. `as` empty: the
 * slug it has. An exit_code; *problem says what is wrong. Sets `id`. */
struct move_in {
	const char *path;
	const struct seal_key *key;
	struct str as;
	int64_t id;
	struct val *summary;  /* of the archive */
	struct str host_left; /* another organisation has it here */
};
int move_come(struct command_call *, struct move_in *, struct str *problem);

/* Deletes everything of one organisation, in the write transaction that is open. `kept`: a list of
 * {what, rows, why}. */
struct val *move_delete(struct move *, int64_t now);

extern const struct feature move_jobs; /* the job that deletes when the time has come */
