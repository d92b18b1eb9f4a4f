#pragma once
/*
 * JSON (RFC 8259) in and out of vals. Reading is strict: valid UTF-8, no name twice in an object,
 * no NUL inside text, integers within 64 bits (they stay integers; only numbers with a point or an
 * exponent are reals), at most JSON_DEPTH levels. The size is bounded first, by the caller.
 */
#include "base/buf.h"
#include "base/val.h"

#define JSON_DEPTH 64

struct json_error {
	int line, column; /* from 1; 0 where it concerns the whole text */
	char text[160];   /* English, for a developer or a log */
	bool held; /* only what a value holds is refused: a name twice, a number too large, bad
		      bytes */
};

/* NULL, with *error filled, if the text is refused. Everything is copied into the arena. */
struct val *json_read(struct arena *, struct str text, size_t most_bytes, struct json_error *error);

/* For texts too long to be read whole, whose frame the caller walks itself. json_next() steps over
 * white space and gives the character that comes, 0 at the end. json_read_at() reads the value that
 * stands at *at and moves *at behind it; NULL if it is refused, and then *at is behind it only if
 * error->held. There is no NUL byte in `text`: the caller has looked. */
char json_next(struct str text, size_t *at);
struct val *json_read_at(struct arena *, struct str text, size_t *at, struct json_error *error);

/* html is written as its text, a blob as base64url, a real that is no number as null; a whole real
 * keeps its point ("2.0") so that it is read back as a real. */
void json_write(struct buf *, const struct val *);
struct str json_text(struct arena *, const struct val *); /* the same, as a text */
void json_write_pretty(struct buf *,
		       const struct val *); /* two spaces a level, a final line feed */
