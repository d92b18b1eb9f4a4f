#pragma once
/*
 * The table that `waypost export standard` writes, taken in again: by their uuids the standard, its
 * items and its levels are the same ones. A table that nobody touched changes nothing; another one
 * becomes the standard's next draft, or a new standard where there is none of this uuid. Whatever a
 * spreadsheet makes of it is understood: semicolons, a BOM, an apostrophe before what looks like a
 * formula.
 */
#include "app/standards/store.h"

enum table_end { TABLE_SAVED, TABLE_SAME, TABLE_DRAFT, TABLE_WRONG };

/* Is it such a table? */
bool table_is_export(struct arena *, struct str bytes);
/* Its rows by the names of its columns; an empty list: none of them can be used. */
struct val *table_rows(struct arena *, struct str bytes);
/* DRAFT: there is a draft already; WRONG: no "(standard)" row, or one without a uuid. `*standard`
 * receives which it is. `now_here` is what the standard's newest version would be written as. */
enum table_end table_save(struct writer *, const struct val *rows, const struct val *now_here,
			  int64_t *standard);
/* The standard that the table is of: {id, slug}, or null. */
struct val *table_standard(struct writer *, const struct val *rows);
