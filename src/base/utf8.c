#include "base/utf8.h"

#include "base/arena.h"
#include "base/err.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* The character at the start of `s`, and its length in bytes; 0 bytes if it is not well-formed. */
static size_t decode(struct str s, uint32_t *character)
{
	const unsigned char *p = (const unsigned char *)s.p;
	if (p[0] < 0x80) {
		*character = p[0];
		return 1;
	}
	size_t n = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
	if (p[0] < 0xC2 || p[0] > 0xF4 || n > s.n)
		return 0;
	uint32_t c = p[0] & (0x7Fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3F);
	}
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	if (c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return 0;
	*character = c;
	return n;
}

bool utf8_valid(struct str s)
{
	uint32_t c;
	while (s.n) {
		if ((unsigned char)*s.p < 0x80) {
			s.p++;
			s.n--;
			continue;
		}
		size_t n = decode(s, &c);
		if (n == 0)
			return false;
		s.p += n;
		s.n -= n;
	}
	return true;
}

uint32_t utf8_next(struct str *rest)
{
	uint32_t c = UTF8_BAD;
	size_t n = decode(*rest, &c);
	if (n == 0)
		n = 1;
	rest->p += n;
	rest->n -= n;
	return c;
}

void utf8_put(struct buf *b, uint32_t c)
{
	if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		c = UTF8_BAD;
	if (c < 0x80) {
		buf_char(b, (char)c);
		return;
	}
	char bytes[4];
	size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = n - 1; i > 0; i--, c >>= 6)
		bytes[i] = (char)(0x80 | (c & 0x3F));
	bytes[0] = (char)((0xF00u >> n & 0xF0) | c);
	buf_add(b, (struct str){bytes, n});
}

size_t utf8_length(struct str s)
{
	size_t length = 0;
	for (; s.n; length++)
		utf8_next(&s);
	return length;
}

/* Whether a cut between these two would part what is shown as one. */
static bool joined(uint32_t before, uint32_t after)
{
	const uint32_t joiner = 0x200D;
	return before == joiner || after == joiner ||
	       (after >= 0x300 && u_hasBinaryProperty((UChar32)after, UCHAR_GRAPHEME_EXTEND));
}

struct str utf8_cut(struct str s, size_t characters)
{
	if (s.n <= characters)
		return s;
	struct str rest = s;
	size_t fits = 0; /* bytes up to the last place where a cut is allowed */
	uint32_t before = ' ';
	for (size_t count = 0; rest.n; count++) {
		struct str here = rest;
		uint32_t c = utf8_next(&rest);
		if (!joined(before, c))
			fits = s.n - here.n;
		if (count == characters)
			return str_sub(s, 0, fits ? fits : s.n - here.n);
		before = c;
	}
	return s;
}

struct str utf8_shorten(struct arena *a, struct str s, size_t characters)
{
	struct str cut = utf8_cut(s, characters);
	if (cut.n == s.n || characters == 0)
		return cut;
	cut = utf8_cut(s, characters - 1);
	size_t end = cut.n;
	while (end > cut.n / 2 && s.p[end] != ' ')
		end--;
	if (end > cut.n / 2)
		cut.n = end;
	while (cut.n && str_find_char(S(" ,;:.-"), cut.p[cut.n - 1]) >= 0)
		cut.n--;
	return str_fmt(a, STR_FMT "…", STR_ARG(cut));
}

static bool breaks_line(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Most texts are: no break, and nothing but single spaces between words. */
static bool is_one_line(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	for (size_t i = 0; i < s.n; i++) {
		bool two = i + 1 < s.n, three = i + 2 < s.n;
		if ((p[i] >= '\t' && p[i] <= '\r') || (p[i] == 0xC2 && two && p[i + 1] == 0x85) ||
		    (p[i] == 0xE2 && three && p[i + 1] == 0x80 && (p[i + 2] & 0xFE) == 0xA8))
			return false;
		if (p[i] == ' ' && (!i || !two || p[i + 1] == ' '))
			return false;
	}
	return true;
}

struct str utf8_one_line(struct arena *a, struct str s)
{
	if (is_one_line(s))
		return s;
	struct buf b = {.arena = a};
	bool space = false;
	while (s.n) {
		struct str here = s;
		if (breaks_line(utf8_next(&s))) {
			space = true;
			continue;
		}
		if (space && b.n)
			buf_char(&b, ' ');
		space = false;
		buf_add(&b, str_sub(here, 0, here.n - s.n));
	}
	return buf_str(&b);
}

/* Most text of our languages needs no look at ICU's tables: nothing below U+0300 changes in NFC,
 * nor do the dashes, quotes and signs from U+2010 to U+203A. */
static bool is_plainly_nfc(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	for (size_t i = 0; i < s.n; i++) {
		if (p[i] < 0xCC)
			continue;
		if (p[i] != 0xE2 || i + 2 >= s.n || p[i + 1] != 0x80 || p[i + 2] < 0x90 ||
		    p[i + 2] > 0xBA)
			return false;
		i += 2;
	}
	return true;
}

struct str utf8_nfc(struct arena *a, struct str s)
{
	if (is_plainly_nfc(s))
		return s;
	MUST(s.n <= INT32_MAX / 4);
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
	UChar *wide = arena_many(a, UChar, s.n + 1);
	int32_t n = 0;
	u_strFromUTF8WithSub(wide, (int32_t)s.n + 1, &n, s.p, (int32_t)s.n, UTF8_BAD, NULL,
			     &status);
	if (unorm2_isNormalized(nfc, wide, n, &status) && U_SUCCESS(status))
		return s;
	/* No character becomes more than three in NFC, in UTF-16 (UAX 15, 9). */
	int32_t room = 3 * n + 1, made = 0, bytes = 0;
	UChar *normal = arena_many(a, UChar, (size_t)room);
	made = unorm2_normalize(nfc, wide, n, normal, room, &status);
	char *p = arena_alloc(a, (size_t)made * 3 + 1);
	u_strToUTF8(p, made * 3 + 1, &bytes, normal, made, &status);
	MUST(U_SUCCESS(status));
	return (struct str){p, (size_t)bytes};
}

static bool is_control(uint32_t c, bool lines)
{
	if (c < 0x20)
		return !(c == '\t' || (lines && (c == '\n' || c == '\r')));
	return (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
	       (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
	       (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

bool utf8_has_control(struct str s, bool lines)
{
	while (s.n)
		if (is_control(utf8_next(&s), lines))
			return true;
	return false;
}

/* What Windows-1252 has where Latin-1 has C1 controls; 0 where it has nothing (unicode.org's
 * CP1252.TXT). */
static const uint16_t windows_1252[32] = {
	0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
	0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

bool utf8_from_windows_1252(struct arena *a, struct str bytes, struct str *out)
{
	struct buf b = {.arena = a};
	buf_room(&b, bytes.n + 1);
	for (size_t i = 0; i < bytes.n; i++) {
		uint32_t c = (unsigned char)bytes.p[i];
		if (c >= 0x80 && c < 0xA0)
			c = windows_1252[c - 0x80];
		if (c == 0 && bytes.p[i])
			return false;
		utf8_put(&b, c);
	}
	*out = buf_str(&b);
	return true;
}

static uint32_t utf16_unit(struct str bytes, size_t at, bool big_endian)
{
	unsigned char first = (unsigned char)bytes.p[at], second = (unsigned char)bytes.p[at + 1];
	return big_endian ? (uint32_t)first << 8 | second : (uint32_t)second << 8 | first;
}

bool utf8_from_utf16(struct arena *a, struct str bytes, bool big_endian, struct str *out)
{
	struct buf b = {.arena = a};
	buf_room(&b, bytes.n + 1);
	if (bytes.n % 2)
		return false;
	for (size_t i = 0; i < bytes.n; i += 2) {
		uint32_t c = utf16_unit(bytes, i, big_endian);
		if (c >= 0xDC00 && c <= 0xDFFF)
			return false;
		if (c >= 0xD800 && c <= 0xDBFF) {
			i += 2;
			uint32_t low = i < bytes.n ? utf16_unit(bytes, i, big_endian) : 0;
			if (low < 0xDC00 || low > 0xDFFF)
				return false;
			c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
		}
		utf8_put(&b, c);
	}
	*out = buf_str(&b);
	return true;
}
