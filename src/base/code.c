#include "base/code.h"

#include "base/arena.h"

#include <string.h>

struct str hex_of(struct arena *a, struct str bytes)
{
	static const char digits[] = "0123456789abcdef";
	char *p = arena_alloc(a, bytes.n * 2);
	for (size_t i = 0; i < bytes.n; i++) {
		p[2 * i] = digits[(unsigned char)bytes.p[i] >> 4];
		p[2 * i + 1] = digits[bytes.p[i] & 15];
	}
	return (struct str){p, bytes.n * 2};
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool hex_read(struct arena *a, struct str text, struct str *bytes)
{
	if (text.n % 2)
		return false;
	char *p = arena_alloc(a, text.n / 2);
	for (size_t i = 0; i < text.n; i += 2) {
		int high = hex_digit(text.p[i]), low = hex_digit(text.p[i + 1]);
		if (high < 0 || low < 0)
			return false;
		p[i / 2] = (char)(high << 4 | low);
	}
	*bytes = (struct str){p, text.n / 2};
	return true;
}

static const char alphabet[65] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

struct str base64url_of(struct arena *a, struct str bytes)
{
	size_t n = bytes.n / 3 * 4 + (bytes.n % 3 ? bytes.n % 3 + 1 : 0), at = 0;
	char *p = arena_alloc(a, n);
	uint32_t bits = 0;
	int have = 0;
	for (size_t i = 0; i < bytes.n; i++) {
		bits = bits << 8 | (unsigned char)bytes.p[i];
		for (have += 8; have >= 6; have -= 6)
			p[at++] = alphabet[bits >> (have - 6) & 63];
	}
	if (have)
		p[at++] = alphabet[bits << (6 - have) & 63];
	return (struct str){p, at};
}

bool base64url_read(struct arena *a, struct str text, struct str *bytes)
{
	if (text.n % 4 == 1)
		return false;
	size_t n = text.n / 4 * 3 + (text.n % 4 ? text.n % 4 - 1 : 0), at = 0;
	char *p = arena_alloc(a, n);
	uint32_t bits = 0;
	int have = 0;
	for (size_t i = 0; i < text.n; i++) {
		const char *digit = text.p[i] ? strchr(alphabet, text.p[i]) : NULL;
		if (!digit)
			return false;
		bits = bits << 6 | (uint32_t)(digit - alphabet);
		have += 6;
		if (have >= 8) {
			have -= 8;
			p[at++] = (char)(bits >> have);
		}
	}
	if (bits & ((1u << have) - 1))
		return false;
	*bytes = (struct str){p, at};
	return true;
}
