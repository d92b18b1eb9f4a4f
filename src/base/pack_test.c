#include "base/pack.h"

#include "base/json.h"
#include "test.h"

#include <math.h>
#include <string.h>

enum { MOST = 1 << 20 };

static struct str packed(const struct val *v)
{
	struct buf b = {.arena = test_arena};
	pack_write(&b, v);
	return buf_str(&b);
}

TEST("what was packed is read again as it was")
{
	static const char *const texts[] = {
		"null",
		"true",
		"[]",
		"{}",
		"\"\"",
		"[1,-2,0.5,2.0,1e+300,9223372036854775807,-9223372036854775808]",
		"{\"b\":1,\"a\":{\"c\":[null,false,\"x\"]},\"\":2}",
		"\"é \\\"\\\\ \\n\\u001f 🎓 /\"",
	};
	struct json_error error;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct val *v = json_read(test_arena, str_of(texts[i]), MOST, &error);
		struct val *again = pack_read(test_arena, packed(v), MOST);
		NEED(v && again);
		CHECK(val_equal(v, again));
		CHECK_STR(json_text(test_arena, again), texts[i]);
	}
	struct val *html = pack_read(test_arena, packed(val_html(test_arena, S("<b>"))), MOST);
	CHECK_INT(val_kind(html), VAL_TEXT); /* only this process's own Markdown makes html */
}

/* Bytes that pack_write() would not have written. */
static bool refused(const void *bytes, size_t n)
{
	return !pack_read(test_arena, (struct str){bytes, n}, MOST);
}

TEST("packed bytes that are not sound are refused")
{
	const struct val *text = val_text(test_arena, S("été")), *real = val_real(test_arena, NAN),
			 *zero = val_text(test_arena, S("a\0b"));
	struct val *twice = val_object(test_arena), *deep = val_list(test_arena);
	val_add(twice, "a", val_null());
	val_add(twice, "a", val_null());
	for (int i = 0; i < JSON_DEPTH; i++) {
		struct val *around = val_list(test_arena);
		val_push(around, deep);
		deep = around;
	}
	const struct val *const bad[] = {real, zero, twice, deep};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK(refused(packed(bad[i]).p, packed(bad[i]).n));
	struct str good = packed(text);
	for (size_t n = 0; n < good.n; n++)
		CHECK(refused(good.p, n));
	char *changed = arena_copy(test_arena, good.p, good.n);
	changed[good.n - 1] = 'x'; /* the second byte of é */
	CHECK(refused(changed, good.n));
	CHECK(refused("\xf6\xf6", 2)); /* one more than null */
	CHECK(refused("\x41x", 2));    /* bytes that are no text */
	CHECK(refused("\x9f\xff", 2)); /* a list that does not say how long it is */
	CHECK(refused("\xc0\xf6", 2)); /* a tag */
	CHECK(refused("\x01", 1));     /* a number in another form */
	CHECK(refused("\xf7", 1));     /* undefined */
	CHECK(refused("\x1b\xff\xff\xff\xff\xff\xff\xff\xff", 9)); /* more than an int64_t */
	CHECK(refused("\xa1\xf6\xf6", 3));                         /* a name that is no text */
	CHECK(!pack_read(test_arena, good, good.n - 1));
	/* more items than there are bytes */
	CHECK(refused("\x9b\xff\xff\xff\xff\xff\xff\xff\xff\xf6", 10));
}
