#include "base/arena.h"
#include "test.h"
#include "web/cookie.h"
#include "web/form.h"
#include "web/url.h"

#include <stdio.h>

/* "name=value;name=value" with files as "name=[file name|type|content]". */
static struct str described(const struct form *f)
{
	struct buf b = {.arena = test_arena};
	for (size_t i = 0; i < f->count; i++) {
		const struct form_part *p = &f->part[i];
		buf_add(&b, p->name);
		buf_char(&b, '=');
		if (p->file)
			buf_fmt(&b, "[" STR_FMT "|" STR_FMT "|", STR_ARG(p->file_name),
				STR_ARG(p->type));
		buf_add(&b, p->value);
		buf_add(&b, p->file ? S("];") : S(";"));
	}
	return buf_str(&b);
}

static const char *const results[] = {"ok", "malformed", "too many", "strange"};

TEST("an address is decoded to clean text or refused")
{
	static const struct {
		const char *in;
		bool plus;
		const char *want; /* NULL: refused */
	} cases[] = {
		{"", true, ""},
		{"abc", true, "abc"},
		{"a+b%20c", true, "a b c"},
		{"a+b", false, "a+b"},
		{"%C3%A9t%c3%a9", true, "été"},
		{"e%CC%81", true, "é"},
		{"%", true, NULL},
		{"%4", true, NULL},
		{"%4g", true, NULL},
		{"%%34", true, NULL},
		{"a%00b", true, NULL},
		{"%C3", true, NULL},
		{"%C0%AF", true, NULL},
		{"%ED%A0%80", true, NULL},
		{"%41", true, "A"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str out = S("untouched");
		bool ok = url_decode(test_arena, str_of(cases[i].in), cases[i].plus, &out);
		CHECK_STR(ok ? out : S("(refused)"), cases[i].want ? cases[i].want : "(refused)");
	}
}

TEST("a query is read pair by pair, repeated names included")
{
	static const struct {
		const char *in, *want;
	} cases[] = {
		{"", ""},
		{"a=1", "a=1;"},
		{"a=1&b=2&a=3", "a=1;b=2;a=3;"},
		{"a", "a=;"},
		{"a&b=", "a=;b=;"},
		{"&&a=1&", "a=1;"},
		{"=x&a==y", "a==y;"},
		{"q=caf%C3%A9+noir", "q=café noir;"},
		{"a%3D=b%26", "a==b&;"},
		{"a=%", "malformed"},
		{"%FF=1", "malformed"},
		{"a=%00", "malformed"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct form f = {0};
		enum form_result result = query_parse(test_arena, str_of(cases[i].in), &f);
		CHECK_STR(result ? str_of(results[result]) : described(&f), cases[i].want);
	}
	struct buf many = {.arena = test_arena};
	for (int i = 0; i < FORM_PARTS + 1; i++)
		buf_lit(&many, "a=1&");
	struct form f = {0};
	CHECK_INT(query_parse(test_arena, buf_str(&many), &f), FORM_TOO_MANY);
	struct buf wide = {.arena = test_arena};
	for (int i = 0; i < FORM_NAME + 1; i++)
		buf_char(&wide, 'n');
	f = (struct form){0};
	CHECK_INT(query_parse(test_arena, buf_str(&wide), &f), FORM_MALFORMED);
}

TEST("a query is added to an address with the right sign")
{
	struct buf b = {.arena = test_arena};
	buf_lit(&b, "/standards");
	query_add(&b, "q", S("a b&c"));
	query_add(&b, "page", S("2"));
	CHECK_STR(buf_str(&b), "/standards?q=a%20b%26c&page=2");
}

#define DISPOSITION "Content-Disposition: form-data; "

TEST("a multipart body is read part by part, or refused")
{
	static const struct {
		const char *type, *body, *want;
	} cases[] = {
		{"multipart/form-data; boundary=X",
		 "--X\r\n" DISPOSITION "name=\"a\"\r\n\r\none\r\n--X--\r\n", "a=one;"},
		{"Multipart/Form-Data ; charset=utf-8; boundary=\"a b\"",
		 "--a b\r\n" DISPOSITION "name=a\r\n\r\n\r\n--a b--", "a=;"},
		{"multipart/form-data; boundary=X",
		 "preamble\r\n--X  \r\ncontent-disposition: Form-Data; "
		 "name=\"a\"\r\n\r\n1\r\n--\r\n\r\n--X\r\n" DISPOSITION
		 "name=\"a\"\r\n\r\n2\r\n--X--epilogue",
		 "a=1\r\n--\r\n;a=2;"},
		{"multipart/form-data; boundary=X",
		 "--X\r\n" DISPOSITION "name=\"f\"; filename=\"C:\\x\\caf\xC3\xA9.txt\"\r\n"
		 "Content-Type: text/plain\r\nX-Other: y\r\n\r\nline\r\n\r\n--X--",
		 "f=[café.txt|text/plain|line\r\n];"},
		{"multipart/form-data; boundary=X",
		 "--X\r\n" DISPOSITION "name=\"f\"; filename=\"\"\r\n\r\n\r\n--X--", "f=[||];"},
		{"multipart/form-data; boundary=X",
		 "--X\r\n" DISPOSITION
		 "name=\"f\"; filename=\"../../etc/pass%22wd\"\r\n\r\n\xFF\xFE\r\n--X--",
		 "f=[pass\"wd||\xFF\xFE];"},
		{"multipart/form-data; boundary=X",
		 "--X\r\n" DISPOSITION "name=\"a\\\"b\"\r\n\r\n1\r\n--X--", "a\"b=1;"},
		{"multipart/form-data; boundary=X", "--X--", ""},
		{"multipart/form-data; boundary=X", "", ""},
		{"application/x-www-form-urlencoded", "a=1&b=2", "a=1;b=2;"},
		{"application/x-www-form-urlencoded; charset=UTF-8", "a=%C3%A9", "a=é;"},
		{"text/plain", "a=1", "strange"},
		{"", "a=1", "strange"},
		{"multipart/form-data", "--X--", "malformed"},
		{"multipart/form-data; boundary=", "--X--", "malformed"},
		{"multipart/form-data; boundary=\"X", "--X--", "malformed"},
		{"multipart/form-data; boundary=X", "no boundary", "malformed"},
		{"multipart/form-data; boundary=X", "--X\r\n", "malformed"},
		{"multipart/form-data; boundary=X",
		 "--Xjunk\r\n" DISPOSITION "name=a\r\n\r\n1\r\n--X--", "malformed"},
		{"multipart/form-data; boundary=X", "--X\r\n" DISPOSITION "name=a\r\n\r\n1",
		 "malformed"},
		{"multipart/form-data; boundary=X",
		 "--X\r\n" DISPOSITION "name=a\r\n\r\n1\r\n--X\r\n", "malformed"},
		{"multipart/form-data; boundary=X", "--X\r\n\r\n1\r\n--X--", "malformed"},
		{"multipart/form-data; boundary=X", "--X\r\nnonsense\r\n\r\n1\r\n--X--",
		 "malformed"},
		{"multipart/form-data; boundary=X",
		 "--X\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--X--", "malformed"},
		{"multipart/form-data; boundary=X", "--X\r\nContent-Disposition:\r\n\r\n1\r\n--X--",
		 "malformed"},
		{"multipart/form-data; boundary=X",
		 "--X\r\n" DISPOSITION "filename=\"a\"\r\n\r\n1\r\n--X--", "malformed"},
		{"multipart/form-data; boundary=X",
		 "--X\r\n" DISPOSITION "name=a\r\n" DISPOSITION "name=b\r\n\r\n1\r\n--X--",
		 "malformed"},
		{"multipart/form-data; boundary=X",
		 "--X\r\n" DISPOSITION "name=a\r\n\r\nbad \xFF text\r\n--X--", "malformed"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct form f = {0};
		enum form_result result =
			form_parse(test_arena, str_of(cases[i].type), str_of(cases[i].body), &f);
		if (!CHECK_STR(result ? str_of(results[result]) : described(&f), cases[i].want))
			printf("\tcase %zu: %s\n", i, cases[i].body);
	}
}

TEST("every cut of a multipart body is refused or read, never run past")
{
	struct str whole =
		S("--X\r\n" DISPOSITION "name=\"a\"\r\n\r\none\r\n--X\r\n" DISPOSITION
		  "name=\"f\"; filename=\"x\"\r\nContent-Type: a/b\r\n\r\nbytes\r\n--X--");
	for (size_t n = 1; n < whole.n; n++) {
		/* A copy of exactly that size, so that the sanitizer sees one byte too far. */
		struct arena *a = arena_new(1 << 20);
		struct str cut = str_dup(a, str_sub(whole, 0, n));
		struct form f = {0};
		CHECK_INT(form_parse(a, S("multipart/form-data; boundary=X"), cut, &f),
			  FORM_MALFORMED);
		arena_free(a);
	}
}

TEST("cookies are read forgivingly and written strictly")
{
	static const struct {
		const char *header, *name, *want;
	} cases[] = {
		{"a=1; b=2", "b", "2"},
		{"a=1;b=2;a=3", "a", "1"},
		{"  a = \"quoted\" ; b=", "a", "quoted"},
		{"a=x=y", "a", "x=y"},
		{"novalue; a=1", "a", "1"},
		{"=1; a=2", "a", "2"},
		{"a=b c", "a", ""},
		{"a=\x01", "a", ""},
		{"a,b=1; c=2", "c", "2"},
		{"", "a", ""},
		{"a=neighbour; __Host-a=own", "a", "own"},
		{"__Host-=1; a=2", "a", "2"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_STR(cookie_value(cookies_parse(test_arena, str_of(cases[i].header), false),
				       cases[i].name),
			  cases[i].want);
	struct val *own = cookies_parse(test_arena, S("a=neighbour; __Host-b=own"), true);
	CHECK_STR(cookie_value(own, "a"), "");
	CHECK_STR(cookie_value(own, "b"), "own");
	struct buf many = {.arena = test_arena};
	for (int i = 0; i < 1000; i++)
		buf_fmt(&many, "c%d=1;", i);
	CHECK_INT(val_count(cookies_parse(test_arena, buf_str(&many), false)), 50);

	CHECK_STR(cookie_make(test_arena, "s", S("abc"), 0, COOKIE_SECURE),
		  "__Host-s=abc; Path=/; HttpOnly; Secure; SameSite=Lax");
	CHECK_STR(cookie_make(test_arena, "s", S("abc"), 60, COOKIE_STRICT),
		  "s=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Strict");
	CHECK_STR(cookie_make(test_arena, "s", S(""), -1, COOKIE_SCRIPTS),
		  "s=; Path=/; Max-Age=0; SameSite=Lax");
}
