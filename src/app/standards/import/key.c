#include "app/standards/import/pattern.h"

#include "app/standards/import/source.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>
#include <unicode/uchar.h>

/* U+00C0 to U+017F without accents; '.' where a letter has none or needs two. */
static const char latin[] = "AAAAAA.CEEEEIIII.NOOOOO.OUUUUY..aaaaaa.ceeeeiiii.nooooo.ouuuuy.y"
			    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi..JjKkkLlLlLlLlLl"
			    "NnNnNnnNnOoOoOo..RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
_Static_assert(sizeof latin == 0x180 - 0xc0 + 1, "one letter for each");

static const struct {
	uint32_t from;
	const char *to;
} spelled[] = {
	{0x2018, "'"},  {0x2019, "'"},  {0x201a, "'"},  {0x02bc, "'"},   {0x2032, "'"},
	{0x60, "'"},    {0x201c, "\""}, {0x201d, "\""}, {0x201e, "\""},  {0xab, "\""},
	{0xbb, "\""},   {0x2010, "-"},  {0x2011, "-"},  {0x2012, "-"},   {0x2013, "-"},
	{0x2014, "-"},  {0x2015, "-"},  {0x2212, "-"},  {0x2026, "..."}, {'&', "and"},
	{0xc6, "ae"},   {0xe6, "ae"},   {0x152, "oe"},  {0x153, "oe"},   {0xdf, "ss"},
	{0xfb01, "fi"}, {0xfb02, "fl"},
};

/* The characters one character becomes; empty: it says nothing (a combining accent). */
static size_t key_put(uint32_t c, char out[8])
{
	if (c < 0x80 && c != '&' && c != '`') {
		out[0] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
		return 1;
	}
	if (c >= 0x300 && c < 0x370)
		return 0;
	for (size_t i = 0; i < sizeof spelled / sizeof *spelled; i++)
		if (spelled[i].from == c) {
			size_t n = strlen(spelled[i].to);
			memcpy(out, spelled[i].to, n);
			return n;
		}
	if (c >= 0xc0 && c < 0xc0 + sizeof latin - 1 && latin[c - 0xc0] != '.') {
		out[0] = (char)(latin[c - 0xc0] | 0x20);
		return 1;
	}
	char room[8];
	struct str one = {room, 0};
	c = (uint32_t)u_tolower((UChar32)c);
	if (c < 0x800) {
		room[one.n++] = (char)(0xc0 | c >> 6);
	} else if (c < 0x10000) {
		room[one.n++] = (char)(0xe0 | c >> 12);
		room[one.n++] = (char)(0x80 | (c >> 6 & 0x3f));
	} else {
		room[one.n++] = (char)(0xf0 | c >> 18);
		room[one.n++] = (char)(0x80 | (c >> 12 & 0x3f));
		room[one.n++] = (char)(0x80 | (c >> 6 & 0x3f));
	}
	room[one.n++] = (char)(0x80 | (c & 0x3f));
	memcpy(out, room, one.n);
	return one.n;
}

/* At most three bytes come of one byte ("&", "…" are shorter than what they become by at most 2).
 */
static struct key key_make(struct arena *a, struct str text, bool map)
{
	char *out = arena_alloc(a, text.n * 3 + 8);
	uint32_t *from = map ? arena_many(a, uint32_t, text.n * 3 + 8) : NULL;
	size_t n = 0, end = 0;
	bool space = false;
	for (struct str rest = text; rest.n;) {
		size_t at = text.n - rest.n;
		unsigned char first = (unsigned char)rest.p[0];
		uint32_t c = first < 0x80 ? first : utf8_next(&rest);
		if (first < 0x80)
			rest = (struct str){rest.p + 1, rest.n - 1};
		if (source_is_space(c) || c == '\n') {
			space = n > 0;
			continue;
		}
		char piece[8];
		size_t bytes = key_put(c, piece);
		if (space && bytes) {
			if (map)
				from[n] = (uint32_t)at;
			out[n++] = ' ';
			space = false;
		}
		for (size_t i = 0; i < bytes; i++) {
			if (map)
				from[n] = (uint32_t)at;
			out[n++] = piece[i];
		}
		end = text.n - rest.n;
	}
	if (map)
		from[n] = (uint32_t)end;
	return (struct key){{out, n}, from};
}

struct key key_of(struct arena *a, struct str text)
{
	return key_make(a, text, true);
}

struct str key_text(struct arena *a, struct str text)
{
	return key_make(a, text, false).text;
}

struct str key_heading(struct arena *a, struct str text)
{
	struct str k = key_text(a, text);
	while (k.n && strchr("#*-+_> ", k.p[0]))
		k = str_from(k, 1);
	size_t digits = 0;
	while (digits < k.n && ((k.p[digits] >= '0' && k.p[digits] <= '9') || k.p[digits] == '.'))
		digits++;
	if (digits && digits < k.n && strchr(".) ", k.p[digits]))
		k = str_from(k, digits + 1);
	while (k.n && strchr(" )-", k.p[0]))
		k = str_from(k, 1);
	while (k.n && strchr(" :.?!*_#", k.p[k.n - 1]))
		k.n--;
	return k;
}

/* ------------------------------------------------------------------ words and capitals */

int words_count(struct str s)
{
	int count = 0;
	bool inside = false;
	while (s.n) {
		bool space = source_is_space(utf8_next(&s));
		count += !space && !inside;
		inside = !space;
	}
	return count;
}

bool text_is_capitals(struct str s)
{
	int capitals = 0;
	while (s.n) {
		UChar32 c = (UChar32)utf8_next(&s);
		if (u_islower(c))
			return false;
		capitals += u_isupper(c) != 0;
	}
	return capitals >= 3;
}

bool text_starts_small(struct str s)
{
	return s.n && u_islower((UChar32)utf8_next(&s));
}

bool text_is_unfinished(struct str s)
{
	s = source_trim(s);
	while (s.n) {
		size_t at = s.n - 1;
		while (at && ((unsigned char)s.p[at] & 0xc0) == 0x80)
			at--;
		struct str rest = str_from(s, at);
		uint32_t c = utf8_next(&rest);
		if (c < 0x80 && strchr(".!?:;", (int)c))
			return false;
		if (c == 0x2026)
			return false;
		bool closing = c == 0x201d || c == 0x2019 || c == 0xbb || c == 0xa0 ||
			       c == 0x202f || (c < 0x80 && strchr("\"')]*_ ", (int)c));
		if (!closing)
			return true;
		s.n = at;
	}
	return false;
}

/* ------------------------------------------------------------------ alike */

static bool word_next(struct str *rest, struct str *word)
{
	while (rest->n && strchr(" -/'\",.:;()", rest->p[0]))
		*rest = str_from(*rest, 1);
	size_t n = 0;
	while (n < rest->n && !strchr(" -/'\",.:;()", rest->p[n]))
		n++;
	*word = str_sub(*rest, 0, n);
	*rest = str_from(*rest, n);
	return n > 0;
}

/* The same but for one letter more, less or other; short words must be the same. */
static bool word_alike(struct str a, struct str b)
{
	if (str_eq(a, b))
		return true;
	if (a.n < b.n) {
		struct str keep = a;
		a = b;
		b = keep;
	}
	if (b.n < 4 || a.n - b.n > 1)
		return false;
	size_t i = 0;
	while (i < b.n && a.p[i] == b.p[i])
		i++;
	return str_eq(str_from(a, i + 1), str_from(b, a.n == b.n ? i + 1 : i));
}

int key_alike(struct str a, struct str b)
{
	enum { MOST = 40 };
	struct str word, words[MOST];
	bool used[MOST] = {false};
	int n = 0, total = 0, common = 0;
	while (n < MOST && word_next(&b, &word))
		words[n++] = word;
	while (word_next(&a, &word)) {
		total++;
		for (int i = 0; i < n; i++) {
			if (used[i] || !word_alike(word, words[i]))
				continue;
			used[i] = true;
			common++;
			break;
		}
	}
	return total + n ? 200 * common / (total + n) : 0;
}
