#pragma once
/* What a command or a process opens before its work: libraries, the keys, the database. Problems
 * are said on the standard error with what to do about them; answers are exit codes. */
#include "core/feature.h"
#include "core/secret.h"
#include "server/config.h"

/* Global state of libraries, once per program. */
bool open_libraries(void);

/* Reads the keys file; makes it, readable by its owner only, where `make` is set and it is not
 * there. */
int open_keys(struct arena *, const struct config *, bool make, struct secrets *);

enum open_schema {
	SCHEMA_MUST_FIT, /* what commands need */
	SCHEMA_ANY,      /* the command looks itself */
	SCHEMA_SERVE,    /* an embedded or an empty database is brought up to date */
};
int open_database(struct command_call *, enum open_schema);
void open_close(struct command_call *);
