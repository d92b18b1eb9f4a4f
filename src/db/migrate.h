#pragma once
/*
 * Forward-only migrations: schema/NNNN_name.sql, embedded, each applied once in its own transaction
 * (SQLite with foreign keys off, then checked). A database written by a newer program is refused.
 *
 * One text serves both engines; `INTEGER PRIMARY KEY` becomes what each needs for ids that are
 * never given twice. Where the engines truly differ there are two files, NNNN_name.sqlite.sql and
 * NNNN_name.postgres.sql. Several processes may migrate at once: one does, the others find it done.
 */
#include "base/buf.h"
#include "db/db.h"

bool db_migrate(struct db *, struct err *err);       /* to the program's version */
int db_schema_version(struct db *, struct err *err); /* what the database has; 0 if it is empty */
int db_schema_newest(void);                          /* what the program has */

/* The text of a migration as this engine runs it; and of all up to a version. */
struct str db_migration_text(struct db *, struct arena *, struct str sql);
void db_migration_texts(struct db *, struct buf *to, int up_to);
