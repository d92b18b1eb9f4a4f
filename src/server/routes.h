#pragma once
/* `waypost routes`: every address the program answers, and the right each needs. */
#include "core/feature.h"

int routes_run(struct command_call *);
