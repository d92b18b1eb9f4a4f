#pragma once
/*
 * What belongs to a number, of many: rows by the person they are about, so that two lists are gone
 * through once each and not one for every row of the other. A number that was not put has 0; what is
 * put for it again takes the place of what was there. It lives in its arena and grows as it must.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct numbers {
	struct arena *arena; /* the caller sets it; the rest is zero at first */
	struct number *places;
	size_t room, count; /* room: a power of two */
};

void numbers_put(struct numbers *, int64_t number, size_t what);
size_t numbers_get(const struct numbers *, int64_t number);
