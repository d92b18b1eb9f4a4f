#include "app/standards/case/names.h"

#include "base/arena.h"

#include <sodium.h>
#include <string.h>

/* Keyed, so that no file can be written whose names all collide. */
static size_t slot_of(const struct names *t, struct str name)
{
	unsigned char hash[crypto_shorthash_BYTES];
	size_t i;
	crypto_shorthash(hash, (const unsigned char *)name.p, name.n, t->key);
	memcpy(&i, hash, sizeof i);
	i &= t->size - 1;
	while (t->slots[i].name.p && !str_eq(t->slots[i].name, name))
		i = (i + 1) & (t->size - 1);
	return i;
}

int32_t names_get(const struct names *t, struct str name)
{
	if (!t->size || !name.n)
		return -1;
	size_t i = slot_of(t, name);
	return t->slots[i].name.p ? t->slots[i].index : -1;
}

static void grow(struct names *t)
{
	struct names more = {.arena = t->arena, .size = t->size ? 4 * t->size : 64};
	_Static_assert(sizeof more.key == crypto_shorthash_KEYBYTES, "the key of its hash");
	_Static_assert(sizeof(size_t) == crypto_shorthash_BYTES, "a hash is a number");
	randombytes_buf(more.key, sizeof more.key);
	more.slots = arena_alloc_many(t->arena, sizeof *t->slots, more.size);
	for (size_t i = 0; i < t->size; i++)
		if (t->slots[i].name.p)
			names_add(&more, t->slots[i].name, t->slots[i].index);
	*t = more;
}

bool names_add(struct names *t, struct str name, int32_t index)
{
	if (2 * (t->used + 1) > t->size)
		grow(t);
	size_t i = slot_of(t, name);
	if (t->slots[i].name.p || !name.n)
		return false;
	t->slots[i].name = name;
	t->slots[i].index = index;
	t->used++;
	return true;
}
