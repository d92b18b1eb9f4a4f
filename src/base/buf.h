#pragma once
/* A buf grows text in an arena. It starts as { .arena = a }; what buf_str() returns stays valid
 * until the arena is reset, but a later write may move the buffer and is not seen by it. */
#include "base/str.h"

struct buf {
	struct arena *arena;
	char *p;
	size_t n, cap;
};

void buf_add(struct buf *, struct str);
void buf_char(struct buf *, char);
void buf_fmt(struct buf *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_int(struct buf *, int64_t);
void buf_real(struct buf *, double); /* shortest text that reads back the same */
void buf_html(struct buf *, struct str); /* escapes & < > " ' */
void buf_url(struct buf *, struct str);	 /* percent-encodes all but unreserved (RFC 3986, 2.3) */
struct str buf_str(const struct buf *);

#define buf_lit(b, literal) buf_add((b), S(literal))
