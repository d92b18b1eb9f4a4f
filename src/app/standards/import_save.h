#pragma once
/*
 * From what the importer read (import/import.h) to rows: a new standard with its first draft, the
 * next draft of one that is there, or the texts of another language. Runs in the caller's
 * transaction.
 */
#include "app/standards/store.h"

/* A new standard. `as` may give title, slug, publisher; what is missing comes from the document.
 * Returns its id, 0 if nothing could be saved. */
int64_t import_save(struct writer *, const struct val *result, const struct val *as);

/* The same publication again: a new draft of the standard in which items are known by their code,
 * or by kind and text where they have none; others are new, and those no longer there are left out.
 * A level stays the same one where its name does, or its place among as many levels. Words in other
 * languages come along where this edition says the same as the last (store_carry()). Returns the
 * draft's version; 0 if there is a draft already, since nobody's work is thrown away, or if the
 * document is in another language than the standard's own. */
int64_t import_save_again(struct writer *, int64_t standard, const struct val *result);

/* Another language laid onto the items of the standard's newest version (import_lay_onto()): only
 * its words are added, of items, levels, descriptors and ratings; no identity changes. REFUSED: it
 * is the language the standard was written in, FROZEN: that language is published already. `*laid`
 * receives the matching: {version, pairs, only_here, only_there}. */
enum stored import_save_onto(struct writer *, int64_t standard, const struct val *result,
			     struct val **laid);
