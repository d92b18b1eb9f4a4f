#pragma once
/*
 * A file written or read once, from its beginning to its end; sealed if there is a key. Sealed, it
 * is libsodium's secretstream (XChaCha20-Poly1305): a chunk that was changed, moved or left out
 * does not open, and the last chunk says that it is the last.
 *
 *   "waypost-sealed-1\n", 8 bytes that name the key, the 24 bytes of the stream's header, then
 *   chunks of 65,536 bytes with 17 more each; the last one is shorter or as long, and is marked.
 *
 * Errors go to the err given at the beginning; after one nothing more happens.
 */
#include "base/err.h"

struct arena;
struct sealed;

struct seal_key {
	uint8_t bytes[32];
};

/* Keys live in files of their own, "waypost-key-1 " and 64 hexadecimal digits, readable by their
 * owner only. False with *problem, a sentence, saying what to do. */
bool seal_key_make(struct arena *, const char *path, struct str *problem);
bool seal_key_read(struct arena *, const char *path, struct seal_key *, struct str *problem);

/* Written as PATH.part and renamed when it is whole; `key` NULL: in the clear. */
struct sealed *sealed_create(struct arena *, const char *path, const struct seal_key *,
			     struct err *);
void sealed_write(struct sealed *, struct str);
bool sealed_finish(struct sealed *); /* synced, renamed; after an error: nothing is left behind */

/* A sealed file without a key, or one in the clear with a key, is refused. */
struct sealed *sealed_open(struct arena *, const char *path, const struct seal_key *, struct err *);
/* Fewer than asked only at the end, or with the err set. */
size_t sealed_read(struct sealed *, char *to, size_t most);
void sealed_close(struct sealed *);
