#include "core/uuid.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#include <openssl/evp.h>
#include <sodium.h>

enum { LENGTH = 36 };

static bool is_hyphen_at(size_t i)
{
	return i == 8 || i == 13 || i == 18 || i == 23;
}

static struct str written(struct arena *a, unsigned char *bytes, int version)
{
	static const char digits[] = "0123456789abcdef";
	bytes[6] = (unsigned char)((bytes[6] & 0x0f) | version << 4);
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

struct str uuid_new(struct arena *a)
{
	unsigned char bytes[16];
	randombytes_buf(bytes, sizeof bytes);
	return written(a, bytes, 4);
}

static unsigned char value_of(char digit)
{
	return (unsigned char)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

struct str uuid_named(struct arena *a, struct str space, struct str name)
{
	unsigned char hash[EVP_MAX_MD_SIZE], bytes[16];
	MUST(uuid_ok(space));
	for (size_t i = 0, nibble = 0; i < LENGTH; i++) {
		if (is_hyphen_at(i))
			continue;
		unsigned char *byte = &bytes[nibble / 2];
		*byte = (unsigned char)(nibble++ % 2 ? *byte << 4 | value_of(space.p[i])
						     : value_of(space.p[i]));
	}
	struct buf b = {.arena = a};
	buf_add(&b, (struct str){(char *)bytes, sizeof bytes});
	buf_add(&b, name);
	MUST(EVP_Digest(b.p, b.n, hash, NULL, EVP_sha1(), NULL));
	return written(a, hash, 5);
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
