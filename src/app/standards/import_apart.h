#pragma once
/*
 * A stranger's document or CASE package, read in a process of its own (core/apart.h). What comes back is checked,
 * since that process may have been taken over by the document.
 */
#include "app/standards/import/import.h"
#include "core/apart.h"

extern const struct apart_kind standards_apart[]; /* the last one has a NULL name */
#define apart_document standards_apart[0]
#define apart_package  standards_apart[1]

/* A document as import_document() with the shipped layouts; a CASE package as case_result() with
 * its first items. `*json`, if asked for, is the same as text. NULL with *wrong a msgid if
 * nothing could be read. */
struct val *import_apart(struct apart, struct arena *, const struct apart_kind *, struct str bytes,
			 const struct import_options *, struct str *json, const char **wrong);
