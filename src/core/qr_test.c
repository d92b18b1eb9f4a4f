#include "core/qr.h"

#include "base/val.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

TEST("a QR code has its three finder patterns inside a quiet zone")
{
	const struct val *code = qr_code(test_arena, S("otpauth://totp/Cedar:awa?secret=MZXW6YTB"));
	int64_t size = val_i(code, "size");
	const char *path = str_c(test_arena, val_s(code, "path"));
	CHECK(size >= 21 + 8 && (size - 8 - 17) % 4 == 0);
	/* the first row begins with the seven dark modules of a finder and ends with another's */
	CHECK(str_starts(str_of(path), S("M4 4h7v1h-7z")));
	CHECK(strstr(path,
		     str_c(test_arena, str_fmt(test_arena, "M%d 4h7v1h-7z", (int)size - 11))));
	CHECK(strstr(path, str_c(test_arena, str_fmt(test_arena, "M4 %dh7v1h-7z", (int)size - 5))));
	for (const char *p = path; (p = strchr(p, 'M')); p++) {
		long x = strtol(p + 1, NULL, 10);
		NEED(x >= 4 && x < size - 4);
	}
}

TEST("what is too long for a QR code has none")
{
	char *text = arena_alloc(test_arena, 5000);
	memset(text, 'a', 5000);
	CHECK(val_is_null(qr_code(test_arena, (struct str){text, 5000})));
}
