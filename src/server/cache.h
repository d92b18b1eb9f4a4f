#pragma once
/*
 * Public answers that one lane has given, by address and language, to give again while their
 * version is the same. Bounded: two halves of memory; when the younger is full the older is
 * forgotten whole and they change places, so that nothing is ever freed singly.
 */
#include "base/str.h"

struct arena;
struct cache;

struct cached {
	struct str key, etag, type, lang, body;
};

struct cache *cache_new(struct arena *own, size_t bytes);
void cache_free(struct cache *);
/* NULL if there is none with this validator. What is returned lives until the next cache_put(). */
const struct cached *cache_find(const struct cache *, struct str key, struct str etag);
void cache_put(struct cache *,
	       const struct cached *); /* copied; one that is too large is not kept */
