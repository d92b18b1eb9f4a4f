#pragma once
/*
 * The bytes of a document as lines. Encodings: UTF-8 with or without BOM, UTF-16 with BOM, else
 * Windows-1252; one bad byte in a text that is UTF-8 otherwise is read as Windows-1252 alone.
 * Lines end in LF, CRLF, or CR where there is no LF; they are numbered from 1 as an editor does.
 *
 * What is not text (a PDF, a word processor's file, a picture, a program) is refused, with advice.
 */
#include "base/str.h"

struct arena;

#define SOURCE_MOST_BYTES (4u << 20)
#define SOURCE_MOST_LINES 40000u

struct line {
	struct str text; /* without invisible characters, ends trimmed of every kind of space */
	struct str raw;  /* the same before trimming: tabs at the ends are empty cells */
	int indent;      /* columns of white space before the text; a tab goes to the next of 4 */
	int length;      /* characters of raw up to the end of text */
};

struct source {
	struct line *lines;
	int count, blank;
	const char *encoding, *newline;
	bool bom;
	const char *refusal_code; /* NULL: it is text */
	const char *refusal;      /* an English msgid for a person */
};

struct source source_read(struct arena *, struct str bytes);

/* White space of any script: also non-breaking, thin and ideographic. */
bool source_is_space(uint32_t character);
struct str source_trim(struct str); /* both ends, of any such space */
