#pragma once
/*
 * Which items of one standard say what an item of another says, by their words alone: a suggestion
 * for a person to take or leave. No database, no clock.
 *
 * A *text row* is one text of one item in one language: {item, parent (null at the top), code, lang,
 * body}; an item has a row for each of its title and body and each language, or one without a language.
 * Rows come ordered by item.
 *
 * Texts are compared in a language that both items have, never across two; where they share several
 * the best counts. A text is the set of its words and their stems (base/words.h), each weighed by
 * how few items of the standard sought in have it (Robertson and Spärck Jones' weight, as in BM25);
 * two texts are alike by the cosine of these sets, 0 to 1. What stands above both items counts a
 * quarter as much, what stands above that a quarter of it again. Equal codes decide only between
 * items that are otherwise equally alike: publishers number what has nothing in common A1 as well.
 */
#include "base/val.h"

struct arena;
struct sought;

#define SUGGEST_MOST 3

/* The standard sought in, by its text rows; what it reads of them it keeps, so that several items
 * cost one reading. */
struct sought *suggest_from(struct arena *, const struct val *rows);

/* The items most alike `item`, best first, at most `most`: {item, likeness}. `from` has the text
 * rows of `item` and of what stands above it; `without` is a list of rows {item} that are not
 * wanted. An item that shares next to nothing with it is not suggested: the list may be empty. */
struct val *suggest_items(struct sought *, const struct val *from, int64_t item,
			  const struct val *without, size_t most);
