#include "base/code.h"
#include "core/file.h"
#include "test.h"

#include <string.h>

TEST("a file's type is what its bytes say")
{
	static const struct {
		struct str bytes;
		const char *type;
	} cases[] = {
		{{"\x89PNG\r\n\x1a\n....", 12}, "image/png"},
		{{"\xff\xd8\xff\xe0....", 8}, "image/jpeg"},
		{{"GIF89a..", 8}, "image/gif"},
		{{"RIFF\x04\0\0\0WEBP", 12}, "image/webp"},
		{{"RIFF\x04\0\0\0WAVE", 12}, "application/octet-stream"},
		{{"%PDF-1.7\n", 9}, "application/pdf"},
		{{"PK\3\4..", 6}, "application/zip"},
		{{"caf\xc3\xa9\r\n", 7}, "text/plain"},
		{{"caf\xe9\n", 5}, "application/octet-stream"},
		{{"a\0b", 3}, "application/octet-stream"},
		{{"\xff\xd8", 2}, "application/octet-stream"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_STR(file_sniff(cases[i].bytes), cases[i].type);
}

TEST("a file's name loses its folders and what a system cannot take")
{
	struct arena *a = test_arena;
	CHECK_STR(file_plain_name(a, S("C:\\Users\\zoe\\plan.pdf")), "plan.pdf");
	CHECK_STR(file_plain_name(a, S("../../etc/passwd")), "passwd");
	CHECK_STR(file_plain_name(a, S("r\xc3\xa9sum\xc3\xa9 \"final\"?.txt")),
		  "r\xc3\xa9sum\xc3\xa9 final.txt");
	CHECK_STR(file_plain_name(a, S("...htaccess")), "htaccess");
	CHECK_STR(file_plain_name(a, S("a\r\nb.txt")), "ab.txt");
	CHECK_STR(file_plain_name(a, S("//")), "file");
}

static struct str bytes_of(const char *hex)
{
	struct str bytes = {0};
	CHECK(hex_read(test_arena, str_of(hex), &bytes));
	return bytes;
}

/* SOI, APP1 with EXIF (little-endian, orientation 6 and a maker's note), a comment, then SOS. */
static const char jpeg_hex[] = "ffd8"
			       "ffe1002e457869660000"
			       "49492a0008000000"
			       "0200"
			       "120103000100000006000000"
			       "0f0102000800000043616d6572610000"
			       "fffe0006686f6d65"
			       "ffda0004aabb"
			       "ffd9";

TEST("a JPEG loses camera, place and comment and keeps which way is up")
{
	struct str out = file_without_exif(test_arena, bytes_of(jpeg_hex));
	CHECK_STR(hex_of(test_arena, out),
		  "ffd8"
		  "ffe100224578696600004d4d002a00000008000101120003000000010006000000000000"
		  "ffda0004aabbffd9");
}

TEST("a JPEG that lies about its lengths is stored as it is and read no further than it goes")
{
	static const char *const cases[] = {
		"ffd8ffe1ffff4578",
		"ffd8ffe10000",
		"ffd8ffe1",
		"ffd8ffe10001ffff",
		/* EXIF whose directory lies far outside */
		"ffd8ffe1001645786966000049492a00ffffff7f00000000ffda0004",
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str in = bytes_of(cases[i]), out = file_without_exif(test_arena, in);
		CHECK(out.n <= in.n);
	}
}

TEST("a PNG loses its text and EXIF chunks")
{
	struct str in = bytes_of("89504e470d0a1a0a"
				 "000000044948445200000001aabbccdd"
				 "000000037445587461006211223344"
				 "000000026558496641421122334400000000"
				 "49454e44ae426082");
	CHECK_STR(hex_of(test_arena, file_without_exif(test_arena, in)),
		  "89504e470d0a1a0a000000044948445200000001aabbccdd0000000049454e44ae426082");
}

TEST("a WebP loses EXIF and XMP, and its header says so")
{
	/* the EXIF chunk of 3 bytes is padded to 4 */
	struct str in = bytes_of("524946462a00000057454250"
				 "565038580a0000000c000000000000000000"
				 "455849460300000041424300"
				 "5650384c020000002f00");
	CHECK_STR(hex_of(test_arena, file_without_exif(test_arena, in)),
		  "524946462000000057454250"
		  "565038580a00000000000000000000000000"
		  "5650384c020000002f00");
}

TEST("what is no picture is stored as it came")
{
	struct str text = S("Exif\0\0 is only a word here\n");
	CHECK(file_without_exif(test_arena, text).p == text.p);
}
