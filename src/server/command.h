#pragma once
/* Finding and running the commands of the table: those of server/ and those of every feature. */
#include "core/feature.h"

/* The program: returns an exit_code. */
int command_run(int argc, char **argv);

/* The program's own, ends with a NULL name. */
extern const struct command server_commands[];
