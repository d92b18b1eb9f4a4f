#pragma once
/* What store.c and store_items.c share; nobody else includes it. */
#include "app/standards/store.h"
#include "base/val.h"

struct val *store_params(struct writer *); /* {org, now, me}: what every statement binds */
/* The first text of something just made; a new revision of a text, false if someone was faster. */
void store_text(struct writer *, const char *kind, int64_t owner, const char *field,
		struct str lang, struct str body);
bool store_retext(struct writer *, const char *kind, int64_t owner, const char *field,
		  struct str lang, struct str body, int64_t seen_rev);
void store_touch(struct writer *, int64_t standard);
struct val *store_version(struct writer *, int64_t version); /* row or null */
bool store_is_frozen(struct writer *, int64_t version, struct str lang);
int64_t store_standard_of(struct writer *, int64_t item);
