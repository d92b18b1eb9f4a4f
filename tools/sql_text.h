#pragma once
/*
 * Reads the text of one SQL statement far enough to number its `:name` parameters by first
 * appearance: skips '…', "…", comments and `::`. Used by the embedder, and by the tests for the
 * statements they make up. It knows no memory but the caller's.
 */
#include <stdbool.h>
#include <stddef.h>

enum { SQL_PARAMS_MAX = 60 };

struct piece { /* a stretch of the source text */
	const char *p;
	size_t n;
};

struct sql_text {
	struct piece source;
	struct piece params[SQL_PARAMS_MAX]; /* in order of number, without the colon */
	int param_count;
	bool writes;         /* INSERT, UPDATE or DELETE outside every parenthesis */
	struct piece insert; /* one row of VALUES put in, its new id wanted: what stands before
					RETURNING; else empty */
	struct piece scan, all_orgs; /* what follows "-- scan:" and "-- all orgs:" */
};

/* What is wrong with it, or NULL. A second statement, an unclosed quote or a statement that is
 * neither a SELECT nor a change of rows is wrong. */
const char *sql_read(struct sql_text *, struct piece source);

/* Gives the statement to `put` piece by piece: comments gone, white space made one space, `mark`
 * ('?' or '$') and the number from `numbers` for every parameter. */
void sql_write(const struct sql_text *, char mark, const struct sql_text *numbers,
	       void (*put)(void *context, const char *p, size_t n), void *context);

int sql_param_number(const struct sql_text *, struct piece name); /* from 1; 0 if unknown */
