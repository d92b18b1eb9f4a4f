/* fold() of base/words.h: what two spellings must share to count as one; and half of it, the text
 * in lower case with its accents, for the stemmers. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"
#include "base/words_inside.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* Letters that Unicode does not decompose, and the signs that are typed for an apostrophe. */
static const struct {
	uint32_t from;
	const char *to;
} letters[] = {
	{0xE6, "ae"},  {0xF8, "o"},  {0x111, "d"}, {0x127, "h"},  {0x131, "i"},  {0x142, "l"},
	{0x153, "oe"}, {0x167, "t"}, {0x2BC, "'"}, {0x2018, "'"}, {0x2019, "'"}, {0x201B, "'"},
	{0x2032, "'"}, {0x1C0, "'"}, {0xB4, "'"},  {0x60, "'"},   {0x2010, "-"}, {0x2011, "-"},
};

static void put_folded(struct buf *b, uint32_t c)
{
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
		if (letters[i].from == c) {
			buf_add(b, str_of(letters[i].to));
			return;
		}
	}
	utf8_put(b, c);
}

static struct str fold_ascii(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n);
	for (size_t i = 0; i < s.n; i++)
		p[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] | 0x20
			      : s.p[i] == '`'                ? '\''
							     : s.p[i]);
	return (struct str){p, s.n};
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* ICU grows the text by an amount known only to itself: it is asked first. */
static UChar *normalised(struct arena *a, const UNormalizer2 *form, const UChar *from, int32_t n,
			 int32_t *made)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t room = n * 2 + 16;
	UChar *p = arena_many(a, UChar, (size_t)room);
	*made = unorm2_normalize(form, from, n, p, room, &status);
	if (status == U_BUFFER_OVERFLOW_ERROR) {
		status = U_ZERO_ERROR;
		p = arena_many(a, UChar, (size_t)*made + 1);
		unorm2_normalize(form, from, n, p, *made + 1, &status);
	}
	MUST(U_SUCCESS(status));
	return p;
}

struct wide {
	UChar *p;
	int32_t n;
};

static struct wide case_folded(struct arena *a, struct str s)
{
	MUST(s.n <= INT32_MAX / 64);
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *casefold = unorm2_getNFKCCasefoldInstance(&status);
	struct wide from = {.p = arena_many(a, UChar, s.n + 1)}, to;
	u_strFromUTF8WithSub(from.p, (int32_t)s.n + 1, &from.n, s.p, (int32_t)s.n, UTF8_BAD, NULL,
			     &status);
	MUST(U_SUCCESS(status));
	to.p = normalised(a, casefold, from.p, from.n, &to.n);
	return to;
}

struct str fold_case(struct arena *a, struct str text)
{
	if (is_ascii(text))
		return fold_ascii(a, text);
	struct wide folded = case_folded(a, text);
	UErrorCode status = U_ZERO_ERROR;
	int32_t n = 0;
	char *p = arena_alloc(a, (size_t)folded.n * 3 + 1);
	u_strToUTF8(p, folded.n * 3 + 1, &n, folded.p, folded.n, &status);
	MUST(U_SUCCESS(status));
	return (struct str){p, (size_t)n};
}

struct str fold(struct arena *a, struct str s)
{
	if (is_ascii(s))
		return fold_ascii(a, s);
	struct wide folded = case_folded(a, s);
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *decompose = unorm2_getNFDInstance(&status);
	MUST(U_SUCCESS(status));
	int32_t n;
	UChar *apart = normalised(a, decompose, folded.p, folded.n, &n);
	struct buf b = {.arena = a};
	buf_room(&b, s.n + 1);
	for (int32_t i = 0; i < n;) {
		UChar32 c;
		U16_NEXT(apart, i, n, c);
		if (u_charType(c) != U_NON_SPACING_MARK)
			put_folded(&b, (uint32_t)c);
	}
	return buf_str(&b);
}
