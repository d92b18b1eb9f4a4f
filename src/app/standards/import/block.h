#pragma once
/*
 * The lines of a source as blocks: paragraphs, list entries and table rows. A block is what a
 * publisher typed as one thing; the lines it stands on may be many, because text was wrapped.
 *
 * Two lines are one paragraph when nothing definite begins the second (marker, code, heading, row)
 * and: the first is so long that the first word of the second had no room on it (the width is
 * measured on the whole text); or the second hangs under a marker; or the first plainly goes on
 * (a comma, a hyphen, no end of sentence on a long line; a small letter on the second).
 */
#include "app/standards/import/layout.h"
#include "app/standards/import/rich.h"
#include "app/standards/import/source.h"

enum block_type { BLOCK_PARA, BLOCK_BULLET, BLOCK_ROW, BLOCK_RULE };
enum mark { MARK_NONE, MARK_PLAIN, MARK_DIGIT, MARK_LOWER, MARK_UPPER, MARK_ROMAN };

struct block {
	enum block_type type;
	int first, n; /* lines of the source, by index; they follow one another */
	int indent;
	enum mark mark;
	int ordinal;        /* of a), 2., iv): 1, 2, 4 */
	struct str label;   /* "a", "2", "iv" */
	size_t label_bytes; /* of the text: "a) " */
	struct rich text;
	struct key key;              /* of the text */
	struct str heading;          /* key_heading() of it */
	int level;                   /* of # to ######, <h1> to <h6> or an underline; 0: none */
	bool bold, italic, capitals; /* the whole of it */
	bool gap_before, gap_after;  /* a blank line, or the end */
	bool repeated;               /* the same short line stands here and there in the text */
	struct rich *cells;
	int cells_n;
};

struct blocks {
	struct block *at;
	int n;
};

struct blocks blocks_read(struct arena *, const struct source *, const struct layout *);

/* Would this line, alone, be a heading, a code or furniture of the layout? */
bool block_is_known(const struct layout *, const struct key *);
/* Does a line begin with the label of a `line` rule, "Goal: …"? It begins a paragraph of its own.
 */
bool block_is_labelled(const struct layout *, const struct key *);
