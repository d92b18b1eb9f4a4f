#include "base/utf8.h"

#include "test.h"

#include <string.h>

TEST("only well-formed UTF-8 is valid")
{
	static const struct {
		const char *bytes;
		bool valid;
	} cases[] = {
		{"", true},
		{"plain", true},
		{"Élodie, cœur, ᐃᓄᒃᑎᑐᑦ, 🎓", true},
		{"\x7F", true},
		{"\xC2\x80", true},
		{"\xED\x9F\xBF", true},
		{"\xEE\x80\x80", true},
		{"\xF4\x8F\xBF\xBF", true},
		{"\x80", false},             /* a continuation alone */
		{"\xC3", false},             /* cut short */
		{"\xE2\x82", false},         /* cut short */
		{"\xF0\x9F\x8E", false},     /* cut short */
		{"\xC3 ", false},            /* continued by something else */
		{"\xC0\xAF", false},         /* overlong slash */
		{"\xC1\xBF", false},         /* overlong */
		{"\xE0\x80\xAF", false},     /* overlong */
		{"\xF0\x80\x80\xAF", false}, /* overlong */
		{"\xED\xA0\x80", false},     /* surrogate */
		{"\xED\xBF\xBF", false},     /* surrogate */
		{"\xF4\x90\x80\x80", false}, /* above U+10FFFF */
		{"\xF5\x80\x80\x80", false},
		{"\xFF", false},
		{"\xFE\xFE", false},
		{"good then bad \xE9t\xE9", false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (!CHECK_INT(utf8_valid(str_of(cases[i].bytes)), cases[i].valid))
			CHECK_STR(cases[i].bytes, "the case that failed");
}

TEST("every character is written and read back as itself")
{
	struct buf b = {.arena = test_arena};
	int wrong = 0;
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		b.n = 0;
		utf8_put(&b, c);
		struct str rest = buf_str(&b);
		bool surrogate = c >= 0xD800 && c <= 0xDFFF;
		wrong += utf8_next(&rest) != (surrogate ? UTF8_BAD : c) || rest.n;
	}
	CHECK_INT(wrong, 0);
	b.n = 0;
	utf8_put(&b, 0x110000);
	CHECK_STR(buf_str(&b), "\xEF\xBF\xBD");
}

TEST("a bad byte is one replacement character, and reading goes on")
{
	struct str rest = S("a\xE9\x7A\xE2\x82");
	CHECK_INT(utf8_next(&rest), 'a');
	CHECK_INT(utf8_next(&rest), UTF8_BAD);
	CHECK_INT(utf8_next(&rest), 'z');
	CHECK_INT(utf8_next(&rest), UTF8_BAD);
	CHECK_INT(utf8_next(&rest), UTF8_BAD);
	CHECK_INT(rest.n, 0);
}

TEST("text is cut by characters, never inside what is shown as one")
{
	CHECK_INT(utf8_length(S("Élodie🎓")), 7);
	CHECK_INT(utf8_length((struct str){0}), 0);
	CHECK_STR(utf8_cut(S("Élodie"), 1), "É");
	CHECK_STR(utf8_cut(S("Élodie"), 6), "Élodie");
	CHECK_STR(utf8_cut(S("Élodie"), 99), "Élodie");
	CHECK_STR(utf8_cut(S("Élodie"), 0), "");
	CHECK_STR(utf8_cut(S("ae\u0301b"), 2), "a");
	CHECK_STR(utf8_cut(S("ae\u0301b"), 3), "ae\u0301");
	CHECK_STR(utf8_cut(S("a👩\u200D🏫"), 2), "a");
	CHECK_STR(utf8_cut(S("a👩\u200D🏫"), 3), "a");
	CHECK_STR(utf8_cut(S("e\u0301\u0301\u0301"), 2), "e\u0301");
}

TEST("a title is shortened between words")
{
	CHECK_STR(utf8_shorten(test_arena, S("Career guidance"), 15), "Career guidance");
	CHECK_STR(utf8_shorten(test_arena, S("Career guidance, in schools"), 18),
		  "Career guidance…");
	CHECK_STR(utf8_shorten(test_arena, S("Orientationprofessionnelle"), 10), "Orientati…");
	CHECK_STR(utf8_shorten(test_arena, S("été été"), 4), "été…");
	CHECK_STR(utf8_shorten(test_arena, S("abc"), 1), "…");
	CHECK_STR(utf8_shorten(test_arena, S("abc"), 0), "");
}

TEST("one line has single spaces and keeps the French ones")
{
	CHECK_STR(utf8_one_line(test_arena, S("  a \r\n\t b\u2028c\xC2\x85"
					      "d  ")),
		  "a b c d");
	CHECK_STR(utf8_one_line(test_arena, S("«\u00A0Oui\u202F!\u00A0»")),
		  "«\u00A0Oui\u202F!\u00A0»");
	CHECK_STR(utf8_one_line(test_arena, S(" \n ")), "");
	CHECK_STR(utf8_one_line(test_arena, S("one line, l’été \u2029")), "one line, l’été");
	CHECK_STR(utf8_one_line(test_arena, S("one  line")), "one line");
	CHECK_STR(utf8_one_line(test_arena, S("one line ")), "one line");
	CHECK_STR(utf8_one_line(test_arena, S("un\xC2\x85 mot")), "un mot");
	CHECK_STR(utf8_one_line(test_arena, S("déjà “une” ligne – oui")), "déjà “une” ligne – oui");
}

TEST("NFC joins accents, and leaves alone what is NFC")
{
	struct str plain = S("L’élève « naïve » – œuvre, €");
	CHECK(utf8_nfc(test_arena, plain).p == plain.p);
	struct str syllabics = S("ᐃᓄᒃᑎᑐᑦ 🎓");
	CHECK(utf8_nfc(test_arena, syllabics).p == syllabics.p);
	CHECK_STR(utf8_nfc(test_arena, S("E\u0301lodie Lo\u0300\u0323")), "Élodie Lọ̀");
	CHECK_STR(utf8_nfc(test_arena, S("\u212B \u2000x")), "Å \u2002x");
	CHECK_STR(utf8_nfc(test_arena, S("\u1100\u1161\u11A8 \uFB2C")), "각 \u05E9\u05BC\u05C1");
	CHECK_STR(utf8_nfc(test_arena, S("e\u0301\xCC")), "é\uFFFD"); /* not trusted to be valid */
	CHECK_STR(utf8_nfc(test_arena, (struct str){0}), "");
	struct buf b = {.arena = test_arena};
	for (int i = 0; i < 50000; i++)
		buf_lit(&b, "\U0001D160e\u0301");
	CHECK_INT(utf8_nfc(test_arena, buf_str(&b)).n, 50000 * (4 + 4 + 4 + 2));
}

TEST("control characters, direction overrides and non-characters have no place in text")
{
	CHECK(!utf8_has_control(S("Tab\tis fine, é, «\u00A0»"), false));
	CHECK(!utf8_has_control(S("lines\r\nare fine"), true));
	CHECK(!utf8_has_control(S("right-to-left mark \u200F, joiner \u200D"), false));
	static const char *const bad[] = {"a\nb",   "\x1b[31m",  "\x7f",   "\xC2\x85",
					  "\u2028", "\u202Eabc", "\u2066", "\uFFFE",
					  "\uFDD0", "\U0001FFFF"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (!CHECK(utf8_has_control(str_of(bad[i]), false)))
			CHECK_STR(bad[i], "the case that failed");
	CHECK(utf8_has_control(S("nul\0"), true));
	CHECK(utf8_has_control(S("\f"), true));
}

TEST("Windows-1252 and UTF-16 become UTF-8, or are refused")
{
	struct str out = S("untouched");
	CHECK(utf8_from_windows_1252(test_arena, S("\x8Cuvre \x80 \x93\xE9t\xE9\x94 \x9F"), &out));
	CHECK_STR(out, "Œuvre € “été” Ÿ");
	CHECK(!utf8_from_windows_1252(test_arena, S("a\x81"), &out));
	CHECK_STR(out, "Œuvre € “été” Ÿ");
	CHECK(utf8_from_windows_1252(test_arena, S("a\0b"), &out));
	CHECK_STR(out, S("a\0b"));
	CHECK(utf8_from_utf16(test_arena, S("\xC9\0l\0\x3C\xD8\x93\xDF"), false, &out));
	CHECK_STR(out, "Él🎓");
	CHECK(utf8_from_utf16(test_arena, S("\0\xC9\0l\xD8\x3C\xDF\x93"), true, &out));
	CHECK_STR(out, "Él🎓");
	CHECK(!utf8_from_utf16(test_arena, S("a"), true, &out));
	CHECK(!utf8_from_utf16(test_arena, S("\xD8\x3C"), true, &out));
	CHECK(!utf8_from_utf16(test_arena, S("\xD8\x3C\0a"), true, &out));
	CHECK(!utf8_from_utf16(test_arena, S("\xDF\x93\xD8\x3C"), true, &out));
	CHECK(utf8_from_utf16(test_arena, (struct str){0}, true, &out));
	CHECK_STR(out, "");
}
