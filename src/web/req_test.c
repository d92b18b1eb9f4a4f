#include "web/req.h"

#include "base/arena.h"
#include "test.h"

static struct req request(void)
{
	struct arena *a = test_arena;
	struct req r = {.arena = a,
			.in = val_object(a),
			.out = val_object(a),
			.errors = val_object(a),
			.me = val_null(),
			.org = val_object(a),
			.now = 1000,
			.lang = S("fr"),
			.prefix = S("/cdpc")};
	val_set_int(r.org, "id", 3);
	return r;
}

static struct str location(struct req *r)
{
	return val_s(r->headers_out, "Location");
}

TEST("a redirect stays in the organisation and never leads to a place a value names")
{
	struct req r = request();
	CHECK_INT(see_other(&r, "/standards/%d", 7), SEE_OTHER);
	CHECK_STR(location(&r), "/cdpc/standards/7");
	see_other(&r, "%s", "https://evil.test/");
	CHECK_STR(location(&r), "/cdpc/");
	see_other(&r, "%s", "//evil.test/");
	CHECK_STR(location(&r), "/cdpc/");
	see_other(&r, "%s", "/\\evil.test/");
	CHECK_STR(location(&r), "/cdpc/");
	r.prefix = S("");
	see_other(&r, "%s", "/a\r\nSet-Cookie: x");
	CHECK_STR(location(&r), "/a%0D%0ASet-Cookie:%20x");
	see_other(&r, "https://example.test/%s", "é");
	CHECK_STR(location(&r), "https://example.test/%C3%A9");
}

TEST("parameters are the input and who asks, where, when and in which language")
{
	struct req r = request();
	val_set_str(r.in, "title", S("T"));
	val_set_int(r.in, "me", 99);
	struct val *p = params(&r);
	CHECK_STR(val_s(p, "title"), "T");
	CHECK(val_has(p, "me") && val_is_null(val_get(p, "me")));
	CHECK_INT(val_i(p, "org"), 3);
	CHECK_INT(val_i(p, "now"), 1000);
	CHECK_STR(val_s(p, "lang"), "fr");
	r.me = val_object(test_arena);
	val_set_int(r.me, "id", 5);
	CHECK_INT(val_i(params(&r), "me"), 5);
	CHECK_INT(val_i(r.in, "me"), 99);
}

TEST("the first message about a field stays, and right 0 is nobody's")
{
	struct req r = request();
	invalid(&r, "title", "One");
	invalid(&r, "title", "Two");
	CHECK_STR(val_s(r.errors, "title"), "One");
	r.right_bits = 0xb;
	CHECK(!has_right(&r, 0));
	CHECK(has_right(&r, 1) && !has_right(&r, 2) && has_right(&r, 3));
	CHECK(!has_right(&r, 64) && !has_right(&r, -1));
}

TEST("several cookies are set, secure where the organisation's address is")
{
	struct req r = request();
	set_cookie(&r, "a", S("1"), 0);
	val_set_str(r.org, "base", S("https://x.test"));
	set_cookie(&r, "b", S("2"), 60);
	struct val *list = val_get(r.headers_out, "Set-Cookie");
	NEED(val_count(list) == 2);
	CHECK_STR(val_get_str(val_at(list, 0)), "a=1; Path=/; HttpOnly; SameSite=Lax");
	CHECK_STR(val_get_str(val_at(list, 1)),
		  "__Host-b=2; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Lax");
}
