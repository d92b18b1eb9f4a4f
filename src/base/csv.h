#pragma once
/*
 * CSV (RFC 4180 and what spreadsheets really write). Reading detects the encoding (BOM; else UTF-8
 * if it is; else Windows-1252), the separator (`sep=;` line; else the one of , ; tab that gives the
 * rows most evenly the columns of the first) and whether the first row names the columns, and says
 * what it found, so that a page can show it and a person can correct it. Nothing is lost silently:
 * what is wrong with a row is in `errors`, and the row is still there.
 */
#include "base/buf.h"
#include "base/val.h"

enum csv_header { CSV_HEADER_DETECT, CSV_HEADER_YES, CSV_HEADER_NO };

/* What a person or a program already knows; zero means: find out. */
struct csv_options {
	char separator;
	const char *encoding; /* one of those below */
	enum csv_header header;
	const char *const *names; /* column names that would show a header, NULL-terminated;
				     compared by fold() */
	size_t most_rows;         /* 0: 200,000; more are an error and not read */
};

struct csv {
	const char *encoding; /* "utf-8", "windows-1252", "utf-16le", "utf-16be" */
	bool bom;
	char separator;
	bool header;
	struct val *columns; /* the header's cells, trimmed; without a header "1", "2", … */
	struct val *rows; /* lists of text, as many cells as there are columns or more; blank lines
			     are no rows */
	const int64_t *lines; /* of the file, from 1: where each row begins */
	struct val *errors; /* objects {row, line, message}: row counts from 1 without the header, 0
			       is the whole file; message is an English msgid */
};

/* Always returns; if nothing could be read, there are no rows and an error says why. */
struct csv csv_read(struct arena *, struct str bytes, const struct csv_options *options);

/* Writing: rows end in CRLF; a cell is quoted where it must be. `guard` puts an apostrophe before a
 * text that a spreadsheet would run as a formula (= + - @ tab CR at its start, unless it is a
 * number). Zero is RFC 4180 in UTF-8. */
struct csv_style {
	char separator; /* 0: ',' */
	char decimal;   /* 0: '.' */
	bool bom, guard;
};
extern const struct csv_style csv_excel_fr; /* BOM, semicolon, decimal comma, guarded */

void csv_begin(struct buf *, const struct csv_style *); /* the BOM, where the style has one */
void csv_write(struct buf *, const struct csv_style *, const struct val *row); /* list or object */
