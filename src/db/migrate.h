#pragma once
/* Forward-only migrations: schema/NNNN_name.sql, embedded, each applied once in its own transaction
 * (SQLite with foreign keys off, then checked). A database written by a newer program is refused. */
#include "db/db.h"

bool db_migrate(struct db *, struct err *);	      /* to the program's version */
int db_schema_version(struct db *, struct err *);     /* what the database has; 0 if it is empty */
int db_schema_newest(void);			      /* what the program has */
