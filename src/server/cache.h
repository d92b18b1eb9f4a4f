#pragma once
/*
 * Public answers that one lane has given, to give again while their version is the same. Bounded:
 * two halves of memory; when the younger is full the older is forgotten whole and they change
 * places, so that nothing is ever freed singly.
 */
#include "base/val.h"
#include "server/dispatch.h"

struct arena;
struct cache;

struct cached {
	struct str key;
	/* It stands while these are as they were: what the route's version query gives for
	 * `params`, the organisation's revision, the day. */
	const struct route *route;
	const struct val *params; /* texts, integers and nulls */
	int64_t version, org, org_rev, day;
	/* The answer. */
	struct str etag, slug, body;
	const struct header *headers;
	size_t header_count;
	int64_t seen;      /* the lane's turn in which it was last seen to stand */
	void *prepared[2]; /* what the transport made of it: of a 200, of a 304 */
};

struct cache *cache_new(struct arena *own, size_t bytes);
void cache_free(struct cache *);
void cache_drops(struct cache *, void (*drop)(void *prepared)); /* frees what was prepared */
bool cache_prepares(const struct cache *);
/* NULL if there is none. What is returned lives until the next cache_put(). */
struct cached *cache_find(const struct cache *, struct str key);
/* Copied; one that is too large, or has other kinds of parameters, is not kept. */
void cache_put(struct cache *, const struct cached *);
