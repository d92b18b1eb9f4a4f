#pragma once
/*
 * Text is UTF-8 everywhere. What comes from outside is checked once, at the door, with
 * utf8_valid() and utf8_has_control(), and stored in NFC; inside, text is trusted to be valid. A
 * character here is a Unicode code point. The functions that look at text never run past it, and
 * take a bad byte for U+FFFD.
 */
#include "base/buf.h"

#define UTF8_BAD 0xFFFDu

/* Well-formed by Unicode's table 3-7: no overlong form, no surrogate, nothing above U+10FFFF. */
bool utf8_valid(struct str);
uint32_t utf8_next(struct str *rest); /* takes one character off; `rest` is not empty */
void utf8_put(struct buf *, uint32_t character);

size_t utf8_length(struct str); /* in characters */
/* At most so many characters, never between a letter and what combines with it. */
struct str utf8_cut(struct str, size_t characters);
/* For a title or a list: at most so many characters, cut between words where it can be, with "…".
 */
struct str utf8_shorten(struct arena *, struct str, size_t characters);
/* One line: every run of white space and line breaks is one space, none at the ends. Non-breaking
 * spaces stay. */
struct str utf8_one_line(struct arena *, struct str);

struct str utf8_nfc(struct arena *, struct str); /* the same str where nothing changes */

/* Characters that have no place in typed text: C0 (but tab; and with `lines` line feed and carriage
 * return), DEL, C1, the line and paragraph separators, non-characters, and the controls that turn
 * the direction of text around (U+202A-202E, U+2066-2069), which can make a page lie. */
bool utf8_has_control(struct str, bool lines);

/* From other encodings. false (and *out left alone) where bytes have no meaning in them: the five
 * holes of Windows-1252, an odd length or a lone surrogate of UTF-16. A BOM is not looked for. */
bool utf8_from_windows_1252(struct arena *, struct str bytes, struct str *out);
bool utf8_from_utf16(struct arena *, struct str bytes, bool big_endian, struct str *out);
