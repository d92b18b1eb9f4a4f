#pragma once
/* The part of a text in which the words of a query stand, for a list of results: pieces {text,
 * hit}, plain words, beginning a little before the first hit. Without a hit, how the text begins.
 */
#include "base/val.h"

struct arena;

struct val *snippet(struct arena *, struct str lang, struct str body, struct str query);
