#pragma once
/* The lines of a source as they look one by one, before any are joined (block.h): their markers,
 * whether they are rows, and the width at which the text was wrapped. */
#include "app/standards/import/block.h"

struct look {
	bool blank, row, rule, coded, repeated;
	int level; /* of # */
	enum mark mark;
	int ordinal;
	struct str label, content; /* content: after # and bullet */
	size_t label_bytes;
	int tabs, lead; /* tabs after the text began, and before */
};

struct looks {
	struct arena *arena;
	const struct source *source;
	const struct layout *layout;
	struct look *at;
	int width[3]; /* at which the text was wrapped: characters, bytes, columns; 0: it was not */
};

struct looks looks_read(struct arena *, const struct source *, const struct layout *);
bool look_fills(const struct looks *, int line); /* had the first word of the next line no room? */
bool look_ordinal(struct str text, struct look *); /* 1. 1) (1) a) A. iv): fills the label */
int look_count(struct str, char);

/* wrap.c: does the line after the block, with no blank one between, belong to it? `expected`: the
 * tabs of a row of the table it stands in, 0 for none. */
bool wrap_joins(const struct looks *, const struct block *, int expected);
/* The tabs of a row of the wrapped table that begins on this line; 0: there is none. */
int wrap_tabs(const struct looks *, int line);
struct str wrap_text(const struct looks *, const struct block *); /* its lines as one */
