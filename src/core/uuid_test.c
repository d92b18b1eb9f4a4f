#include "core/uuid.h"
#include "test.h"

TEST("a new identifier has the form of version 4 and is not the last one")
{
	struct str a = uuid_new(test_arena), b = uuid_new(test_arena);
	CHECK(uuid_ok(a));
	CHECK_INT(a.p[14], '4');
	CHECK(str_find_char(S("89ab"), a.p[19]) >= 0);
	CHECK(!str_eq(a, b));
}

TEST("what is not an identifier is seen")
{
	CHECK(!uuid_ok(S("")));
	CHECK(!uuid_ok(S("6F9619FF-8B86-D011-B42D-00CF4FC964FF")));
	CHECK(!uuid_ok(S("6f9619ff8b86d011b42d00cf4fc964ff0000")));
	CHECK(uuid_ok(S("6f9619ff-8b86-4011-b42d-00cf4fc964ff")));
}

/* RFC 9562, appendix A.4 */
TEST("a name gives the identifier of version 5 that the standard shows")
{
	struct str dns = S("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
	CHECK_STR(uuid_named(test_arena, dns, S("www.example.com")),
		  "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}
