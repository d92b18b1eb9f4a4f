#pragma once
/* What store.c and store_items.c share; nobody else includes it. */
#include "app/standards/store.h"
#include "base/val.h"
#include "core/text.h"

#define STORE_INDEXED                                                                              \
	"standard_node" /* the kind of what is found: one version's text of an item                \
			 */

struct val *store_params(struct writer *); /* {org, now, me}: what every statement binds */
/* The first text of something just made; a new revision of a text, false if someone was faster. */
void store_text(struct writer *, const char *kind, int64_t owner, const char *field,
		struct str lang, struct str body);
bool store_retext(struct writer *, const char *kind, int64_t owner, const char *field,
		  struct str lang, struct str body, int64_t seen_rev);
struct val *store_version(struct writer *, int64_t version);       /* row or null */
struct val *store_draft_version(struct writer *, int64_t version); /* null: it is not a draft */
/* The version if its words in `lang` may still change, else null with *why. */
struct val *store_writable(struct writer *, int64_t version, struct str lang, enum stored *why);
bool store_in_source(const struct val *version, struct str lang);
struct val *store_at(struct writer *, int64_t version, int64_t item); /* parameters */
int64_t store_standard_of(struct writer *, int64_t item);
void store_unindex(struct writer *, const struct val *nodes); /* rows with the id of each */
