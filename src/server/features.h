#pragma once
/* The table of everything this program does. A new feature is one line in features.c. */
#include "core/feature.h"

extern const struct feature *const features[]; /* ends with NULL */
