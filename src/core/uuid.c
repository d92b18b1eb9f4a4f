#include "core/uuid.h"

#include "base/arena.h"

#include <sodium.h>

enum { LENGTH = 36 };

static bool is_hyphen_at(size_t i)
{
	return i == 8 || i == 13 || i == 18 || i == 23;
}

struct str uuid_new(struct arena *a)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char bytes[16];
	randombytes_buf(bytes, sizeof bytes);
	bytes[6] = (unsigned char)((bytes[6] & 0x0f) | 0x40);
	bytes[8] = (unsigned char)((bytes[8] & 0x3f) | 0x80);
	char *text = arena_alloc(a, LENGTH + 1);
	for (size_t i = 0, nibble = 0; i < LENGTH; i++) {
		if (is_hyphen_at(i)) {
			text[i] = '-';
			continue;
		}
		unsigned char byte = bytes[nibble / 2];
		text[i] = digits[nibble++ % 2 ? byte & 15 : byte >> 4];
	}
	return (struct str){text, LENGTH};
}

bool uuid_ok(struct str s)
{
	if (s.n != LENGTH)
		return false;
	for (size_t i = 0; i < LENGTH; i++) {
		bool hex = (s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f');
		if (is_hyphen_at(i) ? s.p[i] != '-' : !hex)
			return false;
	}
	return true;
}
