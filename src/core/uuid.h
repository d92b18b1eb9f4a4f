#pragma once
/* Identifiers of RFC 9562, in lower case: what items, levels and standards are known by outside
 * this database (CASE 1.1 asks for versions 1 to 5). */
#include "base/str.h"

struct arena;

struct str uuid_new(struct arena *); /* version 4: random */
/* Version 5: the same name in the same namespace (a UUID in lower case) gives the same identifier.
 */
struct str uuid_named(struct arena *, struct str space, struct str name);
bool uuid_ok(struct str); /* the 8-4-4-4-12 form, lower case */
