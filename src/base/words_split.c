/* Text into words. A piece is what stands between white space and punctuation; inside one, hyphens,
 * apostrophes, points ("C.V.", "s6.1.7") and what writes both genders ("conseiller·ère",
 * "employé(e)s") hold parts together. */
#include "base/words_inside.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <string.h>
#include <unicode/uchar.h>

#define LONGEST_ENDING 5
#define LONGEST        120 /* bytes of a part; what is longer is no word of any language */

bool words_have(const char *const *list, struct str word)
{
	for (; *list; list++)
		if (str_is(word, *list))
			return true;
	return false;
}

/* Begins a part. */
static bool is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
	/* Letters to Unicode, an apostrophe to whoever typed them, and to fold(). */
	return u_isalnum((UChar32)c) && c != 0x2BC && c != 0x1C0;
}

/* Goes on in one. */
static bool is_mark(uint32_t c)
{
	return c >= 0x300 && (U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK);
}

/* What holds parts together: '-' for any hyphen, '\'' for any apostrophe, '.', ':' before an ending
 * that stands for the other gender or number; or 0. */
static char connector(uint32_t c)
{
	switch (c) {
	case '-':
	case 0x2010:
	case 0x2011:
		return '-';
	case '\'':
	case 0x2018:
	case 0x2019:
	case 0x2BC:
	case 0x1C0:
		return '\'';
	case 0xB7:
	case 0x2027:
	case 0x2022:
	case '(':
	case ')':
		return ':';
	case '.':
		return '.';
	}
	return 0;
}

static struct str short_connectors(struct arena *a, struct str piece)
{
	char *p = arena_alloc(a, piece.n);
	size_t n = 0;
	while (piece.n) {
		struct str here = piece;
		char with = connector(utf8_next(&piece));
		size_t bytes = here.n - piece.n;
		if (with)
			p[n] = with;
		else
			memcpy(p + n, here.p, bytes);
		n += with ? 1 : bytes;
	}
	return (struct str){p, n};
}

/* One piece, with its connectors in their short form; mostly a view of the text. */
static struct str take_piece(struct arena *a, struct str *rest)
{
	struct str from = *rest;
	bool plain = true;
	while (rest->n && !is_letter(utf8_next(rest)))
		from = *rest;
	while (rest->n) {
		struct str here = *rest;
		uint32_t c = utf8_next(rest);
		if (is_letter(c) || is_mark(c))
			continue;
		char with = connector(c);
		struct str after = *rest;
		if (!with || !after.n || !is_letter(utf8_next(&after))) {
			*rest = here;
			break;
		}
		plain &= c == (unsigned char)with;
	}
	struct str piece = str_sub(from, 0, from.n - rest->n);
	return plain ? piece : short_connectors(a, piece);
}

static struct str without(struct arena *a, struct str piece, const char *what)
{
	char *p = arena_alloc(a, piece.n);
	size_t n = 0;
	for (size_t i = 0; i < piece.n; i++)
		if (!strchr(what, piece.p[i]))
			p[n++] = piece.p[i];
	return (struct str){p, n};
}

/* "l'arc" is arc, "adviser's" is adviser, "don't" is dont. */
static struct str cut_apostrophes(struct arena *a, struct str piece)
{
	ptrdiff_t at;
	while ((at = str_find_char(piece, '\'')) > 0) {
		if (words_have(words_kept_whole, fold(a, piece)))
			return without(a, piece, "'");
		if (!words_have(french_elisions, str_sub(piece, 0, (size_t)at)))
			break;
		piece = str_from(piece, (size_t)at + 1);
	}
	if (at <= 0)
		return piece;
	struct str left = str_sub(piece, 0, (size_t)at), right = str_from(piece, (size_t)at + 1);
	if (str_is(right, "t"))
		return without(a, piece, "'");
	return words_have(english_contractions, right) ? left : piece;
}

static bool has_digit(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return true;
	return false;
}

static void add_part(struct word_piece *piece, struct str part, bool code)
{
	if (part.n == 0 || part.n > LONGEST || piece->count == WORD_PARTS)
		return;
	piece->code[piece->count] = code;
	piece->parts[piece->count++] = part;
}

/* Between hyphens: a code keeps its points, anything else is parted by them. `before` is what
 * stands before it; an ending is no word, but it is in the joined form. */
static void add_parts(struct word_piece *piece, struct str text, char before)
{
	struct str part = {0};
	if (before == ':' && piece->count && utf8_length(text) <= LONGEST_ENDING)
		return;
	if (str_find_char(text, '.') >= 0 && has_digit(text)) {
		add_part(piece, text, true);
		return;
	}
	while (str_cut(&text, '.', &part))
		add_part(piece, part, false);
}

/* "R.O.I." is one word; so is any piece of single letters. */
static bool is_acronym(const struct word_piece *piece)
{
	for (int i = 0; i < piece->count; i++)
		if (piece->code[i] || utf8_length(piece->parts[i]) > 1)
			return false;
	return piece->count > 1;
}

static void split(struct word_piece *piece, struct str text)
{
	char before = 0;
	for (size_t i = 0, from = 0; i <= text.n; i++) {
		if (i < text.n && !strchr("-':", text.p[i]))
			continue;
		add_parts(piece, str_sub(text, from, i), before);
		before = i < text.n ? text.p[i] : 0;
		from = i + 1;
	}
}

bool words_next(struct arena *a, struct str *rest, struct word_piece *piece)
{
	struct str text = {0};
	*piece = (struct word_piece){0};
	while (piece->count == 0) {
		text = take_piece(a, rest);
		if (text.n == 0)
			return false;
		text = cut_apostrophes(a, text);
		split(piece, text);
	}
	bool single = piece->count == 1 && str_eq(piece->parts[0], text);
	struct str joined = single ? (struct str){0} : without(a, text, "-'.:");
	if (joined.n > LONGEST)
		joined.n = 0;
	if (is_acronym(piece) && joined.n) {
		*piece = (struct word_piece){.parts = {joined}, .count = 1};
		joined.n = 0;
	}
	piece->joined = joined;
	return true;
}
