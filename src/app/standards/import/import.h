#pragma once
/*
 * Documents of standards, as publishers publish them, into items: pure functions of bytes and
 * layouts (README.md in this folder). No database, no clock, no files.
 *
 * The result, also what `waypost import standard --json` prints:
 *
 *   document    title, subtitle, code, lang, publisher, date, version, url … as far as seen;
 *               layout, layout_why; encoding, newline, bom; kinds [{kind, label}] as the headings
 *               call them; ends_at {line, next} where another document begins; columns of a table
 *               file
 *   counts      lines, blank; items, furniture, unplaced (lines of the two last); item_lines,
 *               guessed, levels, descriptors, ratings, not_given, links, kinds {kind: count}
 *   items       in reading order: id (from 1), parent (an id, or null), depth, code, kind, heading
 *               (a short text that others stand under), title (of a term, a role: what `text` is
 *               about), text (plain), markdown (the same, lightly marked), line (the first), lines
 *               (all), guessed and guess (the rule by which); and, where there are such: examples,
 *               languages, scale, question, answer, given, also, url, label
 *   levels      id, name, line
 *   descriptors criterion (an item's id), level (a level's id), text, markdown, line; several of one
 *               cell are its paragraphs
 *   ratings     item (of which), rating (the item that holds it), scale, question, answer, given,
 *               state ("given", "not given")
 *   links       item, text, code or url, to (an id inside, else null), outside, line
 *   furniture   line, text, why
 *   unplaced    line, text, reason
 *   refused     {code, reason}: only where nothing was imported; the lists are empty then
 *
 * Conservation: every line that is not blank is in the `lines` of items, or in furniture, or in
 * unplaced, and in one of the three only (a row of a table is in the lines of all its items).
 * why, reason, guess are English msgids without arguments.
 */
#include "app/standards/import/layout.h"
#include "base/val.h"

struct import_options {
	struct str layout;    /* a name, or "auto" or nothing */
	struct str lang;      /* "en", "fr", …; nothing: find out */
	struct str file_name; /* gives a title where the text has none */
};

struct val *import_document(struct arena *, struct str bytes, const struct layouts *,
			    const struct import_options *);

/* Is a result that came from elsewhere one that this module could have given, as far as its numbers
 * go? Of one that is not refused. A CASE package has no lines. */
bool import_is_sound(const struct val *result, bool has_lines);

/* The layouts the program ships, as embedded; MUST() be right. */
const struct layouts *import_layouts(struct arena *);
