#include "base/json.h"

#include "base/utf8.h"
#include "test.h"

#include <math.h>
#include <string.h>

static struct str again(struct str text, bool pretty)
{
	struct json_error error;
	struct val *v = json_read(test_arena, text, 1 << 20, &error);
	if (!v)
		return str_fmt(test_arena, "%d:%d %s", error.line, error.column, error.text);
	struct buf b = {.arena = test_arena};
	if (pretty)
		json_write_pretty(&b, v);
	else
		json_write(&b, v);
	return buf_str(&b);
}

TEST("JSON is read and written again as it was")
{
	static const char *const texts[] = {
		"null",
		"true",
		"[]",
		"{}",
		"[1,-2,0.5,2.0,1e+300,9223372036854775807,-9223372036854775808]",
		"{\"b\":1,\"a\":{\"c\":[null,false,\"x\"]},\"\":2}",
		"\"é \\\"\\\\ \\n\\t\\b\\f\\r\\u001f 🎓 /\"",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		CHECK_STR(again(str_of(texts[i]), false), texts[i]);
	CHECK_STR(again(S("\xEF\xBB\xBF [1 ,\n 2]"), false), "[1,2]");
	CHECK_STR(again(S("\"\\u00e9\\ud83c\\udf93\\/\""), false), "\"é🎓/\"");
}

TEST("pretty JSON has two spaces a level")
{
	CHECK_STR(again(S("{\"a\":[1,{\"b\":[]}],\"c\":{}}"), true),
		  "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}\n");
}

static bool refused(struct str text)
{
	struct json_error error;
	return !json_read(test_arena, text, 1 << 20, &error) && error.text[0];
}

TEST("what is not strictly JSON is refused, with the place")
{
	static const char *const bad[] = {
		"",
		" ",
		"[",
		"{",
		"[1,]",
		"{\"a\":1,}",
		"{a:1}",
		"'a'",
		"01",
		"1 2",
		"-",
		"1.",
		".5",
		"1e+",
		"+1",
		"[1 2]",
		"{\"a\" 1}",
		"{1:2}",
		"\"\\u12g4\"",
		"\"\\ud83cx\\udf93\"",
		"\"\\ud83c\\u0041\"",
		"truefalse",
		"[1]]",
		"\xC3",
		"nul",
		"[1}",
		"\"\\x\"",
		"\"a\nb\"",
		"\"\\ud800\"",
		"\"\\udc00\"",
		"1e999",
		"NaN",
		"\"\xE9\"",
		"\"\\u0000\"",
		"{\"\\u0000\":1}",
		"9223372036854775808",
		"{\"a\":1,\"a\":2}",
		"{\"a\":1,\"\\u0061\":2}",
		"\"\xED\xA0\x80\"",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (!CHECK(refused(str_of(bad[i]))))
			CHECK_STR(bad[i], "the case that failed");
	CHECK(refused(S("\"a\0b\"")));
	CHECK(refused(S("1\0")));
	CHECK(refused((struct str){0}));
	struct json_error error;
	CHECK(!json_read(test_arena, S("{\n  \"a\": tru }"), 100, &error));
	CHECK_INT(error.line, 2);
	CHECK(error.column > 0);
	CHECK(!json_read(test_arena, S("{\"é\": [true,\n \"été\" 1]}"), 100, &error));
	CHECK_INT(error.line, 2);
	CHECK(error.column > 0);
	CHECK(!json_read(test_arena, S("[1,2,3]"), 6, &error));
	CHECK_STR((const char *)error.text, "longer than 6 bytes");
}

/* {"n0":0, … } with the last name as given. */
static struct str members(int count, const char *last)
{
	struct buf b = {.arena = test_arena};
	buf_char(&b, '{');
	for (int i = 0; i < count; i++)
		buf_fmt(&b, "\"n%d\":%d,", i, i);
	buf_fmt(&b, "\"%s\":0}", last);
	return buf_str(&b);
}

TEST("a name twice is found in small objects and in large ones")
{
	for (int count = 1; count < 300; count += count < 40 ? 1 : 97) {
		CHECK(!refused(members(count, "n")));
		CHECK(refused(members(count, "n0")));
		CHECK(refused(
			members(count, str_c(test_arena, str_fmt(test_arena, "n%d", count - 1)))));
	}
	struct json_error e;
	size_t at = 0;
	struct str many = members(100, "\\u006e7");
	CHECK(!json_read_at(test_arena, many, &at, &e) && e.held);
	CHECK_INT(at, many.n);
}

static struct str nested(int levels)
{
	struct buf b = {.arena = test_arena};
	for (int i = 0; i < levels; i++)
		buf_char(&b, '[');
	for (int i = 0; i < levels; i++)
		buf_char(&b, ']');
	return buf_str(&b);
}

TEST("the words of an error are text, whatever bytes they repeat")
{
	struct json_error error;
	size_t at = 0;
	CHECK(!json_read(test_arena, S("{\"a\": \"\\u0\xc7\x9a\xc6\xdd\"}"), 100, &error));
	CHECK(error.text[0] && utf8_valid(str_of(error.text)));
	CHECK(!json_read_at(test_arena, S("\"\\u0\xc7\xc7\xc7\xc7\""), &at, &error));
	CHECK(error.text[0] && utf8_valid(str_of(error.text)));
}

TEST("depth is bounded")
{
	CHECK(!refused(nested(JSON_DEPTH)));
	CHECK(refused(nested(JSON_DEPTH + 1)));
	CHECK(refused(nested(5000)));
	CHECK(refused(nested(400000)));
}

TEST("every prefix of a document is refused without harm")
{
	struct str whole = S("{\"a\":[1,2.5e3,\"\\u00e9 é\",true,null],\"b\":{\"c\":-7}}");
	CHECK(!refused(whole));
	for (size_t n = 0; n < whole.n; n++)
		CHECK(refused(str_dup(test_arena, str_sub(whole, 0, n))));
}

TEST("kinds that JSON has not are written as it can")
{
	struct val *list = val_list(test_arena);
	val_push(list, val_html(test_arena, S("<p>\"x\"</p>")));
	val_push(list, val_blob(test_arena, S("\0\xff")));
	val_push(list, val_real(test_arena, (double)NAN));
	val_push(list, val_real(test_arena, (double)INFINITY));
	val_push(list, val_real(test_arena, -0.0));
	struct buf b = {.arena = test_arena};
	json_write(&b, list);
	CHECK_STR(buf_str(&b), "[\"<p>\\\"x\\\"</p>\",\"AP8\",null,null,-0.0]");
}

static struct str many_lists(void)
{
	struct buf b = {.arena = test_arena};
	buf_char(&b, '[');
	for (int i = 0; i < 20000; i++)
		buf_lit(&b, "[],");
	buf_lit(&b, "1]");
	return buf_str(&b);
}

TEST("jansson's tree is freed when the arena reaches its limit while it is copied")
{
	struct arena *small = arena_new(100000);
	struct str text = many_lists();
	struct json_error error;
	if (setjmp(*arena_guard(small)) == 0) {
		json_read(small, text, 1 << 20, &error);
		CHECK(!"it should have jumped");
	}
	arena_free(small); /* the leak sanitizer watches */
}

TEST("values of a long text are read where they stand")
{
	struct str text = S(" [ {\"a\": 1} ,\"b\\\"]\", 12 "
			    ",{\"a\":1,\"a\":2},99999999999999999999, \"\\u0000\",tru");
	size_t at = 0;
	struct json_error e;
	CHECK_INT(json_next(text, &at), '[');
	at++;
	json_next(text, &at);
	CHECK_INT(val_i(json_read_at(test_arena, text, &at, &e), "a"), 1);
	CHECK_INT(json_next(text, &at), ',');
	at++;
	CHECK_STR(val_get_str(json_read_at(test_arena, text, &at, &e)), "b\"]");
	CHECK_INT(json_next(text, &at), ',');
	at++;
	json_next(text, &at);
	CHECK_INT(val_get_int(json_read_at(test_arena, text, &at, &e)), 12);
	for (int i = 0; i < 3; i++) { /* a name twice, too large, a NUL */
		CHECK_INT(json_next(text, &at), ',');
		at++;
		json_next(text, &at);
		CHECK(!json_read_at(test_arena, text, &at, &e) && e.held);
	}
	CHECK_INT(json_next(text, &at), ',');
	at++;
	CHECK(!json_read_at(test_arena, text, &at, &e) && !e.held);
}

TEST("a value too deep is stepped over")
{
	struct buf b = {.arena = test_arena};
	for (int i = 0; i < 5000; i++)
		buf_char(&b, '[');
	for (int i = 0; i < 5000; i++)
		buf_char(&b, ']');
	buf_lit(&b, ",7");
	size_t at = 0;
	struct json_error e;
	CHECK(!json_read_at(test_arena, buf_str(&b), &at, &e) && e.held);
	CHECK_INT(at, 10000);
}
