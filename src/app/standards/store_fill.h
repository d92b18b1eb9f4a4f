#pragma once
/*
 * A version of any size, written in many short transactions (standard_version.filling): nobody sees
 * it before store_fill_show(), and until then store_fill_undo() takes it away again, a little at a
 * time. Each call runs in the caller's write transaction; the caller decides how many to put into
 * one. What store.h looks up for a person's single change is the caller's to know here: parents
 * come before children, positions are given, an identity is known or new.
 */
#include "app/standards/store.h"

/* A standard that nobody sees yet; `as` as for store_standard(), with uuid instead of slug. Returns
 * its id, 0 if there is one of this uuid. */
int64_t store_fill_standard(struct writer *, const struct val *as);
/* The version to fill: the new standard's first, or one without items beside its others. 0: it has
 * a draft, shown or not. */
int64_t store_fill_begin(struct writer *, int64_t standard);

/* Where texts and rows of one object come from. Empty texts are not stored. */
struct fill_item {
	int64_t item, parent; /* item 0: a new identity of `uuid`; parent 0: at the top */
	struct str uuid, kind, code, lang, title, body, notes;
	int64_t position;
	bool guessed;
};
/* Fills in `node`; the item's id, 0 if `uuid` belongs to another standard of the organisation. */
int64_t store_fill_item(struct writer *, int64_t standard, int64_t version,
			const struct fill_item *, int64_t *node);
/* The kind and what it is called, once for each kind; an empty name: a shipped kind's own. */
void store_fill_kind(struct writer *, int64_t standard, struct str kind, struct str lang,
		     struct str name);

/* It is there: a draft like any other. A new standard gets `slug` and its place in the lists. */
void store_fill_show(struct writer *, int64_t standard, int64_t version, struct str slug);
/* Takes away at most about `most` rows of what is not shown yet; false when nothing is left: the
 * version, and a standard without another one, are gone too. */
bool store_fill_undo(struct writer *, int64_t standard, int64_t version, int64_t most);

/* Brings the search index up to date for at most `most` nodes of a draft with ids above `after`;
 * returns the last one, 0 when there are no more. For a draft just filled, none of which is in the
 * index yet. */
int64_t store_index_some(struct writer *, int64_t version, int64_t after, int64_t most);
