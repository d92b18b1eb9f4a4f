#pragma once
/* A buf grows text in an arena. It starts as { .arena = a }; what buf_str() returns stays valid
 * until the arena is reset, but a later write may move the buffer and is not seen by it. Pages are
 * made of tens of thousands of short writes, so those are inline. */
#include <string.h>

#include "base/str.h"

struct buf {
	struct arena *arena;
	char *p;
	size_t n, cap;
};

void buf_room(struct buf *, size_t bytes); /* so many more may be written at b->p + b->n */
static inline void buf_add(struct buf *, struct str);
static inline void buf_char(struct buf *, char);
void buf_fmt(struct buf *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_int(struct buf *, int64_t);
void buf_real(struct buf *, double);     /* shortest text that reads back the same */
void buf_html(struct buf *, struct str); /* escapes & < > " ' */
void buf_url(struct buf *, struct str);  /* percent-encodes all but unreserved (RFC 3986, 2.3) */
static inline struct str buf_str(const struct buf *);

#define buf_lit(b, literal) buf_add((b), S(literal))

static inline void buf_add(struct buf *b, struct str s)
{
	if (s.n == 0)
		return;
	if (b->cap - b->n < s.n)
		buf_room(b, s.n);
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

static inline void buf_char(struct buf *b, char c)
{
	if (b->cap == b->n)
		buf_room(b, 1);
	b->p[b->n++] = c;
}

static inline struct str buf_str(const struct buf *b)
{
	return (struct str){b->p, b->n};
}
