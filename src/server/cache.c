#include "server/cache.h"

#include "base/arena.h"

enum { SLOTS = 2048, SHARE = 8 }; /* an answer may take an eighth of a half */

struct half {
	struct arena *arena;
	const struct cached *slots[SLOTS]; /* open addressing */
	size_t used, bytes;
};

struct cache {
	struct half halves[2];
	int younger;
	size_t half_bytes;
};

struct cache *cache_new(struct arena *own, size_t bytes)
{
	struct cache *c = arena_one(own, struct cache);
	c->half_bytes = bytes / 2;
	return c;
}

void cache_free(struct cache *c)
{
	for (int i = 0; i < 2; i++)
		arena_free(c->halves[i].arena);
}

static size_t slot_of(struct str key)
{
	uint64_t h = 14695981039346656037u; /* FNV-1a: keys are addresses that exist */
	for (size_t i = 0; i < key.n; i++)
		h = (h ^ (unsigned char)key.p[i]) * 1099511628211u;
	return (size_t)(h >> 20) % SLOTS;
}

/* The slot that holds the key, or the free one where it belongs. */
static size_t slot_for(const struct half *h, struct str key)
{
	size_t i = slot_of(key);
	while (h->slots[i] && !str_eq(h->slots[i]->key, key))
		i = (i + 1) % SLOTS;
	return i;
}

const struct cached *cache_find(const struct cache *c, struct str key, struct str etag)
{
	for (int age = 0; age < 2; age++) {
		const struct half *h = &c->halves[c->younger ^ age];
		const struct cached *found = h->slots[slot_for(h, key)];
		if (found)
			return str_eq(found->etag, etag) ? found : NULL;
	}
	return NULL;
}

static struct half *room_for(struct cache *c, size_t bytes)
{
	struct half *h = &c->halves[c->younger];
	if (h->bytes + bytes > c->half_bytes || h->used >= SLOTS / 2) {
		c->younger ^= 1;
		h = &c->halves[c->younger];
		struct arena *arena = h->arena;
		if (arena)
			arena_reset(arena);
		*h = (struct half){.arena = arena};
	}
	if (!h->arena)
		h->arena = arena_new(c->half_bytes * 2 + 1024 * 1024);
	return h;
}

void cache_put(struct cache *c, const struct cached *put)
{
	size_t bytes =
		sizeof *put + put->key.n + put->etag.n + put->type.n + put->lang.n + put->body.n;
	if (bytes > c->half_bytes / SHARE)
		return;
	struct half *h = room_for(c, bytes);
	struct cached *kept = arena_one(h->arena, struct cached);
	*kept = (struct cached){str_dup(h->arena, put->key), str_dup(h->arena, put->etag),
				str_dup(h->arena, put->type), str_dup(h->arena, put->lang),
				str_dup(h->arena, put->body)};
	size_t slot = slot_for(h, kept->key);
	h->used += !h->slots[slot];
	h->slots[slot] = kept;
	h->bytes += bytes;
}
