#include "base/code.h"

#include "test.h"

TEST("hexadecimal goes both ways and refuses the rest")
{
	struct str bytes;
	CHECK_STR(hex_of(test_arena, S("\0\x01\xfe\xff")), "0001feff");
	CHECK(hex_read(test_arena, S("0001FEff"), &bytes));
	CHECK_STR(bytes, S("\0\x01\xfe\xff"));
	CHECK(hex_read(test_arena, S(""), &bytes) && bytes.n == 0);
	CHECK(!hex_read(test_arena, S("0"), &bytes));
	CHECK(!hex_read(test_arena, S("0g"), &bytes));
	CHECK(!hex_read(test_arena, S("\x10\x10"), &bytes));
}

TEST("base64url is RFC 4648's, without padding")
{
	static const char *const pairs[][2] = {
		{"", ""},
		{"f", "Zg"},
		{"fo", "Zm8"},
		{"foo", "Zm9v"},
		{"foob", "Zm9vYg"},
		{"fooba", "Zm9vYmE"},
		{"foobar", "Zm9vYmFy"},
		{"\xfb\xff\xfe", "-__-"},
	};
	struct str bytes;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		CHECK_STR(base64url_of(test_arena, str_of(pairs[i][0])), pairs[i][1]);
		CHECK(base64url_read(test_arena, str_of(pairs[i][1]), &bytes));
		CHECK_STR(bytes, pairs[i][0]);
	}
	static const char *const bad[] = {"Z",    "Zg==", "Zm9vY", "Zm+v",
					  "Zm/v", "Zm9 ", "Zh",    "Zm9"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK_INT(base64url_read(test_arena, str_of(bad[i]), &bytes), 0);
	CHECK(!base64url_read(test_arena, S("Zm\0v"), &bytes));
}
