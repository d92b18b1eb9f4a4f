#include "base/numbers.h"

#include "base/arena.h"

struct number {
	int64_t number;
	size_t what;
	bool taken;
};

/* Where the number is, or the free place where it would be: at most half of them are taken. */
static struct number *place_of(const struct numbers *n, int64_t number)
{
	uint64_t at = (uint64_t)number * 0x9E3779B97F4A7C15U; /* Fibonacci hashing: Knuth 6.4 */
	at ^= at >> 32;
	while (n->places[at & (n->room - 1)].taken &&
	       n->places[at & (n->room - 1)].number != number)
		at++;
	return &n->places[at & (n->room - 1)];
}

static void grow(struct numbers *n)
{
	struct numbers old = *n;
	n->room = old.room ? old.room * 2 : 16;
	n->places = arena_many(n->arena, struct number, n->room);
	for (size_t i = 0; i < old.room; i++)
		if (old.places[i].taken)
			*place_of(n, old.places[i].number) = old.places[i];
}

void numbers_put(struct numbers *n, int64_t number, size_t what)
{
	if (n->room < 2 * (n->count + 1))
		grow(n);
	struct number *place = place_of(n, number);
	n->count += !place->taken;
	*place = (struct number){number, what, true};
}

size_t numbers_get(const struct numbers *n, int64_t number)
{
	return n->room ? place_of(n, number)->what : 0;
}
