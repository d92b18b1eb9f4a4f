#pragma once
/*
 * What can be decided about a standard from values alone: no database, no HTTP, no clock.
 *
 * A *node row* is what queries give for one item of one version: {item, parent (null at the top),
 * position, kind, code, title, body, …}. Rows come ordered by position within their parent; parents
 * may stand after children.
 */
#include "base/val.h"

struct arena;

/* Nests rows: every row gains `depth` (0 at the top), `children` (a list, maybe empty) and `branch`
 * (whether it has any) and `new_kind` (whether the sibling before it is of another kind, or there is
 * none: a page names a kind once for each run). A row whose parent is not among the rows stands at the top, so that nothing
 * is ever lost from sight. Rows in a circle cannot be reached from the top; they are appended there
 * too. */
struct val *standards_tree(struct arena *, const struct val *rows);

/* The same rows as one list in reading order, each with `depth`. */
struct val *standards_outline(struct arena *, const struct val *rows);

/* May `item` be put under `parent`? Not under itself or what stands below it. */
bool standards_may_move(struct arena *, const struct val *rows, int64_t item, int64_t parent);

/*
 * What changed between two versions, in the reading order of the newer with removed items where
 * they stood: a list of {change, item, code, kind, depth, old: row or null, new: row or null,
 * reworded, words, retitled, title_words, recoded, also_moved}. `change` is "added", "removed",
 * "changed" (code, kind, title or body), "moved" (parent, or its order among the siblings it kept)
 * or "same". `words` is standards_words() of the bodies when they differ, title_words of the
 * titles. Only a shortest set of siblings counts as moved: one item dragged past five is one move,
 * not six.
 */
struct val *standards_diff(struct arena *, const struct val *old_rows, const struct val *new_rows);

/* Two texts as a list of {text, how: "kept" | "added" | "removed", and that name: true}, by words.
 * Texts whose product of words exceeds 4,000,000 are given whole as removed and added. */
struct val *standards_words(struct arena *, struct str old_text, struct str new_text);

/* A slug from a title: folded letters and digits joined by '-', at most 60 characters, "standard"
 * if nothing is left. */
struct str standards_slug(struct arena *, struct str title);
