#pragma once
/* Random identifiers, RFC 9562 version 4, in lower case: what items, levels and standards are known
 * by outside this database (CASE 1.1 asks for versions 1 to 5). */
#include "base/str.h"

struct arena;

struct str uuid_new(struct arena *);
bool uuid_ok(struct str); /* the 8-4-4-4-12 form, lower case */
