#pragma once
/* Finding and running the commands of the table: those of server/ and those of every feature. */
#include "core/feature.h"

/* The program: returns an exit_code. */
int command_run(int argc, char **argv);
