#include "server/cache.h"

#include "base/arena.h"

enum { SLOTS = 2048, SHARE = 8 }; /* an answer may take an eighth of a half */

struct half {
	struct arena *arena;
	struct cached *slots[SLOTS]; /* open addressing */
	size_t used, bytes;
};

struct cache {
	struct half halves[2];
	int younger;
	size_t half_bytes;
	void (*drop)(void *prepared);
};

struct cache *cache_new(struct arena *own, size_t bytes)
{
	struct cache *c = arena_one(own, struct cache);
	c->half_bytes = bytes / 2;
	return c;
}

void cache_drops(struct cache *c, void (*drop)(void *prepared))
{
	c->drop = drop;
}

bool cache_prepares(const struct cache *c)
{
	return c->drop;
}

static void drop_prepared(const struct cache *c, struct cached *kept)
{
	for (int i = 0; kept && c->drop && i < 2; i++) {
		if (kept->prepared[i])
			c->drop(kept->prepared[i]);
		kept->prepared[i] = NULL;
	}
}

static void drop_all(const struct cache *c, struct half *h)
{
	for (size_t i = 0; i < SLOTS; i++)
		drop_prepared(c, h->slots[i]);
}

void cache_free(struct cache *c)
{
	for (int i = 0; i < 2; i++) {
		drop_all(c, &c->halves[i]);
		arena_free(c->halves[i].arena);
	}
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

struct cached *cache_find(const struct cache *c, struct str key)
{
	for (int age = 0; age < 2; age++) {
		const struct half *h = &c->halves[c->younger ^ age];
		struct cached *found = h->slots[slot_for(h, key)];
		if (found)
			return found;
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
		drop_all(c, h);
		if (arena)
			arena_reset(arena);
		*h = (struct half){.arena = arena};
	}
	if (!h->arena)
		h->arena = arena_new(c->half_bytes * 2 + 1024 * 1024);
	return h;
}

static const struct header *copy_headers(struct arena *a, const struct cached *from)
{
	struct header *to = arena_many(a, struct header, from->header_count + 1);
	for (size_t i = 0; i < from->header_count; i++)
		to[i] = (struct header){str_dup(a, from->headers[i].name),
					str_dup(a, from->headers[i].value)};
	return to;
}

static struct val *copy_param(struct arena *a, const struct val *v)
{
	switch (val_kind(v)) {
	case VAL_TEXT:
		return val_text(a, str_dup(a, val_get_str(v)));
	case VAL_INT:
		return val_int(a, val_get_int(v));
	case VAL_BOOL:
		return val_bool(a, val_get_bool(v));
	default:
		return val_null();
	}
}

static struct val *copy_params(struct arena *a, const struct val *from)
{
	struct val *to = val_object(a);
	for (size_t i = 0; i < val_count(from); i++) {
		const char *name = val_name_at(from, i);
		val_add(to, str_c(a, str_of(name)), copy_param(a, val_get(from, name)));
	}
	return to;
}

static bool params_are_plain(const struct val *params)
{
	for (size_t i = 0; i < val_count(params); i++) {
		enum val_kind kind = val_kind(val_get(params, val_name_at(params, i)));
		if (kind != VAL_TEXT && kind != VAL_INT && kind != VAL_BOOL && kind != VAL_NULL)
			return false;
	}
	return true;
}

void cache_put(struct cache *c, const struct cached *put)
{
	/* The 4 KB are headers and parameters; what is prepared has a body of its own. */
	size_t bodies = put->body.n * (c->drop ? 2 : 1);
	size_t bytes = sizeof *put + put->key.n + bodies + 4096;
	if (bytes > c->half_bytes / SHARE || !params_are_plain(put->params))
		return;
	struct half *h = room_for(c, bytes);
	struct cached *kept = arena_one(h->arena, struct cached);
	*kept = *put;
	kept->key = str_dup(h->arena, put->key);
	kept->etag = str_dup(h->arena, put->etag);
	kept->slug = str_dup(h->arena, put->slug);
	kept->body = str_dup(h->arena, put->body);
	kept->headers = copy_headers(h->arena, put);
	kept->params = copy_params(h->arena, put->params);
	size_t slot = slot_for(h, kept->key);
	h->used += !h->slots[slot];
	drop_prepared(c, h->slots[slot]);
	h->slots[slot] = kept;
	h->bytes += bytes;
}
