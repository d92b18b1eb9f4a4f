#include "base/str.h"

#include "base/buf.h"
#include "base/err.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

TEST("strings compare by bytes, the shorter first")
{
	CHECK(str_cmp(S("a"), S("b")) < 0);
	CHECK(str_cmp(S("a"), S("ab")) < 0);
	CHECK(str_cmp(S("é"), S("z")) > 0);
	CHECK_INT(str_cmp((struct str){0}, S("")), 0);
	CHECK(str_eq((struct str){0}, S("")));
	CHECK(!str_eq(S("a"), S("A")));
	CHECK(str_eq_nocase(S("Content-TYPE"), S("content-type")));
	CHECK(!str_eq_nocase(S("É"), S("é")));
	CHECK(!str_eq_nocase(S("["), S("{")));
	CHECK(str_is(S("abc"), "abc"));
	CHECK(str_is(S(""), NULL));
	CHECK(!str_is(S("abc"), "abcd"));
}

TEST("parts of strings stay inside them")
{
	CHECK_STR(str_sub(S("waypost"), 3, 5), "po");
	CHECK_STR(str_sub(S("waypost"), 3, 99), "post");
	CHECK_STR(str_sub(S("waypost"), 9, 99), "");
	CHECK_STR(str_sub(S("waypost"), 5, 3), "");
	CHECK_STR(str_from(S("waypost"), 3), "post");
	CHECK_STR(str_trim(S(" \t\r\n a b \v\f")), "a b");
	CHECK_STR(str_trim(S("  ")), "");
	CHECK_STR(str_trim_end(S(" a ")), " a");
	CHECK(str_starts(S("waypost"), S("way")));
	CHECK(!str_starts(S("wa"), S("way")));
	CHECK(str_ends(S("waypost"), S("post")));
	CHECK(!str_ends(S("st"), S("post")));
	CHECK(str_ends(S("st"), S("")));
	CHECK_INT(str_find(S("waypost"), S("post")), 3);
	CHECK_INT(str_find(S("waypost"), S("x")), -1);
	CHECK_INT(str_find(S("x"), S("")), 0);
	CHECK_INT(str_find((struct str){0}, S("x")), -1);
	CHECK_INT(str_find_char(S("waypost"), 'y'), 2);
	CHECK_INT(str_find_char((struct str){0}, 'y'), -1);
}

TEST("cutting visits every piece, an empty one in the middle too")
{
	struct str rest = S("a,,b,"), piece;
	struct buf b = {.arena = test_arena};
	while (str_cut(&rest, ',', &piece)) {
		buf_char(&b, '[');
		buf_add(&b, piece);
		buf_char(&b, ']');
	}
	CHECK_STR(buf_str(&b), "[a][][b]");
}

TEST("whole numbers are read whole or not at all")
{
	static const struct {
		const char *text;
		bool ok;
		int64_t n;
	} cases[] = {
		{"0", true, 0},
		{"-0", true, 0},
		{"007", true, 7},
		{"9223372036854775807", true, INT64_MAX},
		{"-9223372036854775808", true, INT64_MIN},
		{"9223372036854775808", false, 0},
		{"-9223372036854775809", false, 0},
		{"99999999999999999999999", false, 0},
		{"", false, 0},
		{"-", false, 0},
		{"+1", false, 0},
		{" 1", false, 0},
		{"1 ", false, 0},
		{"1.0", false, 0},
		{"0x1", false, 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t n = 42;
		if (!CHECK_INT(str_int(str_of(cases[i].text), &n), cases[i].ok) ||
		    !CHECK_INT(n, cases[i].ok ? cases[i].n : 42))
			CHECK_STR(cases[i].text, "the case that failed");
	}
}

TEST("real numbers are decimals, not whatever strtod takes")
{
	static const struct {
		const char *text;
		bool ok;
		double r;
	} cases[] = {
		{"1", true, 1},
		{"-1.5", true, -1.5},
		{".5", true, .5},
		{"5.", true, 5},
		{"1e3", true, 1000},
		{"1E-3", true, .001},
		{"48.8566969", true, 48.8566969},
		{"1e-400", true, 0},
		{"1e400", false, 0},
		{"inf", false, 0},
		{"nan", false, 0},
		{"0x10", false, 0},
		{"1,5", false, 0},
		{" 1", false, 0},
		{".", false, 0},
		{"e5", false, 0},
		{"1e", false, 0},
		{"1e+", false, 0},
		{"-", false, 0},
		{"", false, 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		double r = 42;
		if (!CHECK_INT(str_real(str_of(cases[i].text), &r), cases[i].ok) ||
		    !CHECK(r == (cases[i].ok ? cases[i].r : 42)))
			CHECK_STR(cases[i].text, "the case that failed");
	}
	char *nines = arena_alloc(test_arena, 5000);
	double r;
	CHECK(!str_real((struct str){memset(nines, '9', 5000), 5000}, &r));
}

TEST("numbers are written as short as they read back the same")
{
	static const struct {
		double r;
		const char *text;
	} cases[] = {
		{0, "0"},
		{1, "1"},
		{-2.5, "-2.5"},
		{0.1, "0.1"},
		{0.000001, "0.000001"},
		{48.8566969, "48.8566969"},
		{1e15, "1e+15"},
		{123456789.125, "123456789.125"},
		{1.0 / 3, "0.3333333333333333"},
		{1e-300, "1e-300"},
		{5e-324, "4.94065645841247e-324"},
		{1.7976931348623157e308, "1.7976931348623157e+308"},
		{-0.0, "-0"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = {.arena = test_arena};
		buf_real(&b, cases[i].r);
		CHECK_STR(buf_str(&b), cases[i].text);
	}
	uint64_t bits = 88172645463325252u;
	for (int i = 0; i < 20000; i++) {
		bits ^= bits << 13;
		bits ^= bits >> 7;
		bits ^= bits << 17;
		double r, back = 0;
		memcpy(&r, &bits, sizeof r);
		if (i % 2)
			r = (double)(int64_t)(bits >> 20) / 1e4;
		if (!isfinite(r))
			continue;
		struct buf b = {.arena = test_arena};
		buf_real(&b, r);
		CHECK(str_real(buf_str(&b), &back) && back == r);
	}
	struct buf b = {.arena = test_arena};
	buf_int(&b, INT64_MIN);
	buf_char(&b, ' ');
	buf_int(&b, INT64_MAX);
	buf_char(&b, ' ');
	buf_int(&b, 0);
	CHECK_STR(buf_str(&b), "-9223372036854775808 9223372036854775807 0");
}

TEST("a buffer takes text of any length and escapes it for its place")
{
	struct buf b = {.arena = test_arena};
	buf_add(&b, (struct str){0});
	buf_html(&b, (struct str){0});
	CHECK_INT(buf_str(&b).n, 0);
	buf_html(&b, S("<a href='x'>Dupont & \"fils\"</a>"));
	CHECK_STR(buf_str(&b), "&lt;a href=&#39;x&#39;&gt;Dupont &amp; &quot;fils&quot;&lt;/a&gt;");
	b = (struct buf){.arena = test_arena};
	buf_url(&b, S("été à/50%~a-b_c.d"));
	CHECK_STR(buf_str(&b), "%C3%A9t%C3%A9%20%C3%A0%2F50%25~a-b_c.d");
	b = (struct buf){.arena = test_arena};
	for (int i = 0; i < 1000; i++)
		buf_fmt(&b, "%d,%s;", i, "é");
	CHECK_INT(buf_str(&b).n, 10 * 5 + 90 * 6 + 900 * 7);
	b = (struct buf){.arena = test_arena};
	char *long_text = arena_alloc(test_arena, 3000);
	memset(long_text, 'x', 2999);
	buf_fmt(&b, "<%s>", long_text);
	CHECK_INT(b.n, 3001);
	CHECK_STR(str_fmt(test_arena, "%s-%d", "S6", 1), "S6-1");
	CHECK_STR(str_c(test_arena, S("abc")), "abc");
	CHECK_STR(str_dup(test_arena, S("abc")), "abc");
}

TEST("the first error stays")
{
	struct err e = {0};
	err_set(&e, ERR_RETRY, "lock %d", 1);
	int line = __LINE__ - 1;
	err_set(&e, ERR_FAILED, "later");
	CHECK_INT(e.kind, ERR_RETRY);
	CHECK_INT(e.line, line);
	CHECK_STR((const char *)e.text, "lock 1");
	struct err cut = {0};
	err_set(&cut, ERR_FULL, "%0400d", 1);
	CHECK_INT(strlen(cut.text), sizeof cut.text - 1);
}
