#include "core/file.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

/* What the first bytes say. `at` is where the mark stands; the first that fits is taken. */
static const struct mark {
	size_t at;
	struct str bytes;
	size_t also_at; /* a second mark, where also.n > 0 */
	struct str also;
	const char *type;
} marks[] = {
	{0, {"\x89PNG\r\n\x1a\n", 8}, 0, {0}, "image/png"},
	{0, {"\xff\xd8\xff", 3}, 0, {0}, "image/jpeg"},
	{0, {"GIF87a", 6}, 0, {0}, "image/gif"},
	{0, {"GIF89a", 6}, 0, {0}, "image/gif"},
	{0, {"RIFF", 4}, 8, {"WEBP", 4}, "image/webp"},
	{0, {"%PDF-", 5}, 0, {0}, "application/pdf"},
	{0,
	 {"PK\3\4", 4},
	 30,
	 {"mimetypeapplication/vnd.oasis.opendocument.text", 47},
	 "application/vnd.oasis.opendocument.text"},
	{0,
	 {"PK\3\4", 4},
	 30,
	 {"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", 54},
	 "application/vnd.oasis.opendocument.spreadsheet"},
	{0, {"PK\3\4", 4}, 0, {0}, "application/zip"}, /* and Office files, which are that */
};

static bool stands_at(struct str s, size_t at, struct str mark)
{
	return s.n >= at + mark.n && !memcmp(s.p + at, mark.p, mark.n);
}

const char *file_sniff(struct str bytes)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		const struct mark *m = &marks[i];
		if (stands_at(bytes, m->at, m->bytes) &&
		    (!m->also.n || stands_at(bytes, m->also_at, m->also)))
			return m->type;
	}
	if (utf8_valid(bytes) && !utf8_has_control(bytes, true))
		return "text/plain";
	return "application/octet-stream";
}

const char *file_refusal_words(enum file_refusal why)
{
	static const char *const words[] = {
		[FILE_OK] = "",
		[FILE_EMPTY] = N_("The file is empty."),
		[FILE_TOO_LARGE] = N_("The file is too large."),
		[FILE_KIND_NOT_TAKEN] = N_("Files of this kind are not taken here."),
	};
	return words[why];
}

struct str file_plain_name(struct arena *a, struct str name)
{
	struct buf b = {.arena = a};
	size_t last = 0;
	for (size_t i = 0; i < name.n; i++) /* some browsers send the whole path */
		if (name.p[i] == '/' || name.p[i] == '\\')
			last = i + 1;
	name = str_from(name, last);
	for (size_t i = 0; i < name.n; i++)
		if ((unsigned char)name.p[i] >= ' ' && name.p[i] != 127 &&
		    !strchr("<>:\"|?*", name.p[i]))
			buf_char(&b, name.p[i]);
	struct str plain = utf8_cut(utf8_one_line(a, buf_str(&b)), 120);
	while (str_starts(plain, S(".")))
		plain = str_from(plain, 1);
	return plain.n ? plain : S("file");
}

static uint32_t big(const char *p, int bytes)
{
	uint32_t v = 0;
	for (int i = 0; i < bytes; i++)
		v = v << 8 | (unsigned char)p[i];
	return v;
}

static uint32_t little(const char *p, int bytes)
{
	uint32_t v = 0;
	for (int i = bytes - 1; i >= 0; i--)
		v = v << 8 | (unsigned char)p[i];
	return v;
}

/* The orientation (1 to 8) an EXIF block gives, 1 if it gives none (TIFF 6.0; EXIF 2.3, tag
 * 0x0112). */
static uint32_t orientation(struct str exif)
{
	if (exif.n < 14 + 6 || memcmp(exif.p, "Exif\0\0", 6))
		return 1;
	struct str tiff = str_from(exif, 6);
	uint32_t (*number)(const char *, int) = tiff.p[0] == 'I' ? little : big;
	uint32_t at = number(tiff.p + 4, 4);
	if (at > tiff.n || tiff.n - at < 2)
		return 1;
	uint32_t count = number(tiff.p + at, 2);
	struct str entries = str_from(tiff, at + 2);
	for (uint32_t i = 0; i < count && entries.n >= 12; i++, entries = str_from(entries, 12))
		if (number(entries.p, 2) == 0x0112) {
			uint32_t way = number(entries.p + 8, 2);
			return way >= 1 && way <= 8 ? way : 1;
		}
	return 1;
}

/* An EXIF block that says nothing but which way is up. */
static void orientation_to(struct buf *b, uint32_t way)
{
	static const char block[] = "\xff\xe1\0\x22"
				    "Exif\0\0"
				    "MM\0\x2a\0\0\0\x08"
				    "\0\x01"
				    "\x01\x12\0\x03\0\0\0\x01\0";
	buf_add(b, (struct str){block, sizeof block - 1});
	buf_char(b, (char)way);
	buf_add(b, (struct str){"\0\0\0\0\0\0", 6});
}

/* Application segments but JFIF (0), colour profile (2) and Adobe's colour transform (14);
 * comments. */
static bool jpeg_says_more(unsigned char marker)
{
	return marker == 0xfe ||
	       (marker > 0xe0 && marker <= 0xef && marker != 0xe2 && marker != 0xee);
}

static struct str jpeg_without(struct arena *a, struct str jpeg)
{
	struct buf b = {.arena = a};
	struct str rest = str_from(jpeg, 2);
	uint32_t way = 1;
	buf_add(&b, str_sub(jpeg, 0, 2));
	while (rest.n >= 4 && (unsigned char)rest.p[0] == 0xff) {
		unsigned char marker = (unsigned char)rest.p[1];
		if (marker == 0xda) /* the picture itself */
			break;
		size_t length = 2 + big(rest.p + 2, 2);
		if (length > rest.n || length < 4)
			break;
		struct str segment = str_sub(rest, 0, length);
		if (!jpeg_says_more(marker))
			buf_add(&b, segment);
		else if (marker == 0xe1 && way == 1 &&
			 (way = orientation(str_from(segment, 4))) != 1)
			orientation_to(&b, way);
		rest = str_from(rest, length);
	}
	buf_add(&b, rest);
	return buf_str(&b);
}

static struct str png_without(struct arena *a, struct str png)
{
	struct buf b = {.arena = a};
	struct str rest = str_from(png, 8);
	buf_add(&b, str_sub(png, 0, 8));
	while (rest.n >= 12) {
		size_t length = 12 + (size_t)big(rest.p, 4);
		if (length > rest.n)
			break;
		struct str kind = str_sub(rest, 4, 8);
		if (!str_is(kind, "eXIf") && !str_is(kind, "tEXt") && !str_is(kind, "zTXt") &&
		    !str_is(kind, "iTXt") && !str_is(kind, "tIME"))
			buf_add(&b, str_sub(rest, 0, length));
		rest = str_from(rest, length);
	}
	buf_add(&b, rest);
	return buf_str(&b);
}

static struct str webp_without(struct arena *a, struct str webp)
{
	enum { HAS_EXIF_OR_XMP = 0x08 | 0x04 }; /* flags of VP8X */
	struct buf body = {.arena = a}, b = {.arena = a};
	struct str rest = str_from(webp, 12);
	while (rest.n >= 8) {
		size_t length = 8 + (size_t)little(rest.p + 4, 4);
		length += length & 1;
		if (length > rest.n)
			break;
		struct str chunk = str_sub(rest, 0, length);
		if (str_starts(chunk, S("VP8X")) && chunk.n > 8) {
			buf_add(&body, str_sub(chunk, 0, 8));
			buf_char(&body, (char)(chunk.p[8] & ~HAS_EXIF_OR_XMP));
			buf_add(&body, str_from(chunk, 9));
		} else if (!str_starts(chunk, S("EXIF")) && !str_starts(chunk, S("XMP "))) {
			buf_add(&body, chunk);
		}
		rest = str_from(rest, length);
	}
	buf_add(&body, rest);
	uint32_t size = (uint32_t)body.n + 4;
	buf_lit(&b, "RIFF");
	for (int i = 0; i < 4; i++)
		buf_char(&b, (char)(size >> (8 * i) & 0xff));
	buf_lit(&b, "WEBP");
	buf_add(&b, buf_str(&body));
	return buf_str(&b);
}

struct str file_without_exif(struct arena *a, struct str picture)
{
	const char *type = file_sniff(picture);
	if (!strcmp(type, "image/jpeg"))
		return jpeg_without(a, picture);
	if (!strcmp(type, "image/png"))
		return png_without(a, picture);
	if (!strcmp(type, "image/webp"))
		return webp_without(a, picture);
	return picture;
}
