#include "app/standards/import/source.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

/* What a file that is not text begins with. */
static const struct {
	const char *bytes;
	size_t n;
	const char *code, *refusal;
} signatures[] = {
	{"%PDF-", 5, "pdf",
	 N_("This is a PDF. Open it, copy its text into a text file, and import that.")},
	{"PK\3\4", 4, "office",
	 N_("This is a word processor's file or an archive. Save it as plain text and import "
	    "that.")},
	{"\xd0\xcf\x11\xe0", 4, "office",
	 N_("This is an old word processor's file. Save it as plain text and import that.")},
	{"{\\rtf", 5, "office", N_("This is an RTF file. Save it as plain text and import that.")},
	{"\x89PNG", 4, "binary", N_("This is a picture, not a text.")},
	{"\xff\xd8\xff", 3, "binary", N_("This is a picture, not a text.")},
	{"GIF8", 4, "binary", N_("This is a picture, not a text.")},
	{"\x7f"
	 "ELF",
	 4, "binary", N_("This is a program, not a text.")},
	{"\x1f\x8b", 2, "binary", N_("This is a compressed file. Unpack it first.")},
};

bool source_is_space(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == '\r' || c == 0xa0 ||
	       c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f ||
	       c == 0x3000 || c == 0x2028 || c == 0x2029;
}

/* Zero-width marks, soft hyphens and controls say nothing and would spoil every comparison. */
static bool is_invisible(uint32_t c)
{
	return (c < 0x20 && c != '\t') || c == 0x7f || (c >= 0x80 && c < 0xa0) || c == 0xad ||
	       (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x2069) || c == 0xfeff;
}

struct str source_trim(struct str s)
{
	while (s.n) {
		struct str rest = s;
		if (!source_is_space(utf8_next(&rest)))
			break;
		s = rest;
	}
	while (s.n) {
		size_t at = s.n - 1;
		while (at && ((unsigned char)s.p[at] & 0xc0) == 0x80)
			at--;
		struct str last = str_from(s, at);
		if (!source_is_space(utf8_next(&last)))
			break;
		s.n = at;
	}
	return s;
}

static void refuse(struct source *out, const char *code, const char *why)
{
	out->refusal_code = code;
	out->refusal = why;
}

static bool refuse_signature(struct source *out, struct str bytes)
{
	for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
		if (bytes.n < signatures[i].n ||
		    memcmp(bytes.p, signatures[i].bytes, signatures[i].n))
			continue;
		refuse(out, signatures[i].code, signatures[i].refusal);
		return true;
	}
	return false;
}

/* Of text that is not valid UTF-8: do most of its high bytes belong to good characters? */
static bool mostly_utf8(struct str bytes)
{
	size_t good = 0, bad = 0;
	for (struct str rest = bytes; rest.n;) {
		size_t before = rest.n;
		uint32_t c = utf8_next(&rest);
		if (c == UTF8_BAD)
			bad++;
		else if (before - rest.n > 1)
			good++;
	}
	return good > 20 * bad;
}

static struct str repair_utf8(struct arena *a, struct str bytes)
{
	struct buf b = {.arena = a};
	for (struct str rest = bytes; rest.n;) {
		struct str before = rest, one;
		uint32_t c = utf8_next(&rest);
		struct str piece = str_sub(before, 0, before.n - rest.n);
		if (c == UTF8_BAD && piece.n == 1 && utf8_from_windows_1252(a, piece, &one))
			piece = one;
		else if (c == UTF8_BAD)
			piece = S("\xef\xbf\xbd");
		buf_add(&b, piece);
	}
	return buf_str(&b);
}

/* The five bytes without meaning in Windows-1252 become U+FFFD: a broken text is still shown. */
static struct str from_1252(struct arena *a, struct str bytes)
{
	struct str out;
	if (utf8_from_windows_1252(a, bytes, &out))
		return out;
	struct buf b = {.arena = a};
	for (size_t i = 0; i < bytes.n; i++) {
		struct str one;
		if ((unsigned char)bytes.p[i] < 0x80)
			buf_char(&b, bytes.p[i]);
		else if (utf8_from_windows_1252(a, str_sub(bytes, i, i + 1), &one))
			buf_add(&b, one);
		else
			buf_lit(&b, "\xef\xbf\xbd");
	}
	return buf_str(&b);
}

static struct str decode(struct arena *a, struct str bytes, struct source *out)
{
	bool little = str_starts(bytes, S("\xff\xfe")), big = str_starts(bytes, S("\xfe\xff"));
	if (little || big) {
		struct str text;
		out->bom = true;
		out->encoding = little ? "utf-16le" : "utf-16be";
		if (utf8_from_utf16(a, str_from(bytes, 2), big, &text))
			return text;
		refuse(out, "encoding",
		       N_("This text says it is UTF-16 and is not. Save it as UTF-8."));
		return (struct str){0};
	}
	out->encoding = "utf-8";
	if (str_starts(bytes, S("\xef\xbb\xbf"))) {
		out->bom = true;
		bytes = str_from(bytes, 3);
	}
	if (utf8_valid(bytes))
		return bytes;
	if (mostly_utf8(bytes))
		return repair_utf8(a, bytes);
	out->encoding = "windows-1252";
	return from_1252(a, bytes);
}

static bool is_binary(struct str text)
{
	size_t controls = 0, unknown = 0;
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		if (!c)
			return true;
		controls += c < 0x20 && !strchr("\t\n\r\f\v", c);
		unknown += c == 0xef && i + 2 < text.n && !memcmp(text.p + i, "\xef\xbf\xbd", 3);
	}
	return (controls + unknown) * 50 > text.n;
}

static struct str clean(struct arena *a, struct str raw)
{
	bool dirty = false;
	for (struct str rest = raw; rest.n && !dirty;)
		dirty = is_invisible(utf8_next(&rest));
	if (!dirty)
		return raw;
	struct buf b = {.arena = a};
	for (struct str rest = raw; rest.n;) {
		uint32_t c = utf8_next(&rest);
		if (c == '\f' || c == '\v' || c == '\r')
			c = ' ';
		if (!is_invisible(c))
			utf8_put(&b, c);
	}
	return buf_str(&b);
}

static void read_line(struct arena *a, struct str raw, struct line *line)
{
	line->raw = clean(a, raw);
	line->text = source_trim(line->raw);
	size_t before = line->text.n ? (size_t)(line->text.p - line->raw.p) : 0;
	for (struct str rest = str_sub(line->raw, 0, before); rest.n;) {
		bool tab = utf8_next(&rest) == '\t';
		line->indent += tab ? 4 - line->indent % 4 : 1;
		line->length++;
	}
	line->length += (int)utf8_length(line->text);
}

static void split_lines(struct arena *a, struct str text, struct source *out)
{
	char end = str_find_char(text, '\n') < 0 ? '\r' : '\n';
	out->newline = end == '\r' ? "cr" : str_find(text, S("\r\n")) >= 0 ? "crlf" : "lf";
	size_t most = 1;
	for (size_t i = 0; i < text.n; i++)
		most += text.p[i] == end;
	if (most > SOURCE_MOST_LINES) {
		refuse(out, "long",
		       N_("This text has more than 40,000 lines: a standard has not."));
		return;
	}
	out->lines = arena_many(a, struct line, most);
	struct str raw;
	while (text.n && str_cut(&text, end, &raw)) {
		struct line *line = &out->lines[out->count++];
		read_line(a, str_ends(raw, S("\r")) ? str_sub(raw, 0, raw.n - 1) : raw, line);
		out->blank += !line->text.n;
	}
	if (out->blank == out->count)
		refuse(out, "empty", N_("There is no text in this file."));
}

struct source source_read(struct arena *a, struct str bytes)
{
	struct source out = {.encoding = "", .newline = ""};
	if (!bytes.n)
		refuse(&out, "empty", N_("This file is empty."));
	else if (refuse_signature(&out, bytes))
		return out;
	else if (bytes.n > SOURCE_MOST_BYTES)
		refuse(&out, "big", N_("This file is larger than 4 MB: a standard is not."));
	if (out.refusal)
		return out;
	struct str text = decode(a, bytes, &out);
	if (out.refusal)
		return out;
	if (is_binary(text)) {
		refuse(&out, "binary", N_("This file is not a text."));
		return out;
	}
	split_lines(a, text, &out);
	return out;
}
