#pragma once
/*
 * What a roster's file holds, as tables of text: one CSV, or a ZIP of the CSV files of OneRoster 1.1
 * (IMS Global, "OneRoster CSV Tables", 2017). It was made by a stranger, so it is read in a process of
 * its own (core/apart.h), and what comes back is checked. What the columns mean is decided later
 * (roster_rules.h).
 *
 * Gives { refused: msgid or null, files: [{ name, encoding, bom, separator, columns, rows: lists of
 * texts, lines, errors: [{row, line, message}] }] }.
 */
#include "core/apart.h"

enum { ROSTER_ROWS = 20000, ROSTER_COLUMNS = 100, ROSTER_BYTES = 8 << 20, ROSTER_CELL = 1000 };

/* Pure. `options`: { separator: "" or one character, encoding: "" or csv.h's name, file_name }. */
struct val *roster_read(struct arena *, struct str bytes, const struct val *options);
/* Is it what roster_read() may give? */
bool roster_is_sound(const struct val *);

extern const struct apart_kind roster_apart[]; /* one, and the end */
/* NULL with *wrong a msgid if nothing could be read. */
struct val *roster_read_apart(struct apart, struct arena *, struct str bytes,
			      const struct val *options, const char **wrong);

/* The tables of OneRoster that are read, and those that are known and left. */
extern const char *const roster_one_files[], *const roster_left_files[]; /* end with NULL */
