#pragma once
/* Parsers that misbehave, for the tests of what reads strangers' files. */
#include "core/apart.h"

/* "good" gives {size, options}; the others do what their name says: see apart_test.c. */
extern const struct apart_kind apart_bad_kinds[]; /* ends with a NULL name */
const struct apart_kind *apart_bad_kind(const char *name);
