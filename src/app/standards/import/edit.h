#pragma once
/*
 * Corrections a person makes to what was read, before anything is saved. They are a list of
 * operations, applied to a fresh result each time, so that any can be taken back:
 *
 *   {op: "indent",  item}         under the sibling before it
 *   {op: "outdent", item}         beside its parent, after it
 *   {op: "join",    item}         to the end of the item read before it; what it held goes along
 *   {op: "split",   item, at}     after `at` characters; the rest becomes the next sibling
 *   {op: "kind",    item, kind}   what it is
 *   {op: "drop",    item}         its lines are unplaced, with all its words; what it held moves
 *                                 up. What was split off has no line: it is a {part: true} of one
 *   {op: "restore", line}         an unplaced line, or furniture, becomes an item where it was read
 *   {op: "cell",    descriptor, criterion, level}   moves a cell; descriptor is its index
 *
 * Conservation is kept: a line is still in one place only. What a person has touched is no longer
 * guessed. Pure functions; nothing is shared with the result given.
 */
#include "base/val.h"

/* The corrected result, with counts made again. A correction that does not fit is the first thing
 * wrong: *fault is then a msgid and the result is as far as the ones before it. */
struct val *import_apply(struct arena *, const struct val *result, const struct val *edits,
			 struct str *fault);

/*
 * The same publication in another language, laid onto items that are there: {item, parent, kind,
 * code, text}, ordered. Items meet by their code; those without one by their place among the
 * siblings of their kind, under parents that met. Gives
 *
 *   pairs       {item, id, by: "code" | "position", heading, title, text, markdown}
 *   only_here   of the document, {id, code, kind, text}
 *   only_there  of the items, the same rows
 */
struct val *import_lay_onto(struct arena *, const struct val *items, const struct val *result);
