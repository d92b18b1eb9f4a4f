#pragma once
/* `waypost check`: every setting in force and where it came from, then whether each of them works.
 * The exit code is 1 if anything does not. */
#include "core/feature.h"

int check_run(struct command_call *);
