#pragma once
/*
 * A stranger's document, CASE package or table, read in a process of its own (core/apart.h). What comes back is checked,
 * since that process may have been taken over by the document.
 */
#include "app/standards/case/package.h"
#include "app/standards/import/import.h"
#include "core/apart.h"

extern const struct apart_kind standards_apart[]; /* the last one has a NULL name */
#define apart_document standards_apart[0]
#define apart_package  standards_apart[1]
#define apart_table    standards_apart[2]
#define apart_whole    standards_apart[3] /* a package to be saved */

/* A document as import_document() with the shipped layouts; a CASE package as case_result() with
 * its first items. `*json`, if asked for, is the same as text, to be kept. NULL with *wrong a msgid if
 * nothing could be read. */
struct val *import_apart(struct apart, struct arena *, const struct apart_kind *, struct str bytes,
			 const struct import_options *, struct str *json, const char **wrong);
/* A CASE package to be saved, and *result as case_result() with at most so many items. NULL with *wrong
 * NULL if it is refused: *result says why. NULL with *wrong a msgid if nothing could be read. */
const struct case_package *import_apart_package(struct apart, struct arena *, struct str bytes,
						const struct case_options *, int most_items,
						struct val **result, const char **wrong);
/* A table's rows as table_rows(); null if it is not one that was exported (table_import.h). NULL with
 * *wrong a msgid if nothing could be read. */
struct val *import_apart_table(struct apart, struct arena *, struct str bytes, const char **wrong);
