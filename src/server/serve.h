#pragma once
/* The command `waypost serve`: prepares what its processes inherit, then runs them. */
#include "core/feature.h"

int serve(struct command_call *);
