#pragma once
/* What a command or a process opens before its work: libraries, the database, the keys. */
#include "core/feature.h"
#include "server/config.h"

/* Global state of libraries, once per program. */
bool open_libraries(void);

/* Fills call->db. The schema must be the program's unless `any_schema`; says on the standard error
 * what to do otherwise. An exit_code. */
int open_database(struct command_call *, bool any_schema);
void open_close(struct command_call *);
