#pragma once
/*
 * Bytes that are written one after another and may be more than memory should hold: up to
 * SPOOL_MEMORY they stay in the arena, from then on they lie in a file without a name, which is
 * gone with the arena. Reading them back maps the file. A disk that fails is the sticky error.
 */
#include "base/buf.h"
#include "base/err.h"

enum { SPOOL_MEMORY = 1 << 20 };

struct spool {
	struct buf
		buf; /* what is not in the file yet: writers may write here and call spool_turn() */
	struct err *err;
	const char *folder;
	int file; /* 0: none */
	size_t written;
};

/* `folder` is where the file would lie; NULL: the system's. */
struct spool spool_new(struct arena *, struct err *, const char *folder);
/* Moves the buffer into the file if it is full. To be called between writes of bounded size. */
void spool_turn(struct spool *);
/* All of it, for the arena's life. `*file` is its descriptor, or 0; it belongs to the arena. */
struct str spool_end(struct spool *, int *file);
