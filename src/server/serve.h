#pragma once
/* `waypost serve`. */
#include "core/feature.h"

int serve(struct command_call *);
