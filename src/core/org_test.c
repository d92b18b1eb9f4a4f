#include "core/people_world.h"

TEST("a short name is letters, digits and hyphens, and not a word of the system")
{
	static const char *const right[] = {"cdpc", "cedar-college", "42", "a2"};
	static const char *const wrong[] = {"",
					    "a",
					    "-ab",
					    "ab-",
					    "Cedar",
					    "c d",
					    "é-t",
					    "me",
					    "static",
					    "ims",
					    "verify",
					    ".well-known",
					    "a/b",
					    "a.b",
					    "people",
					    "healthz",
					    "abcdefghijklmnopqrstuvwxyz-abcdefghijklmn"};
	for (size_t i = 0; i < sizeof right / sizeof *right; i++)
		CHECK(!org_slug_wrong(str_of(right[i])));
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		CHECK(org_slug_wrong(str_of(wrong[i])));
	CHECK(org_slug_wrong((struct str){"ab\0c", 4}));
}

TEST("a host is a bare name, a base address has neither query nor last slash")
{
	static const char *const hosts[] = {"careers.example.org", "localhost", "127.0.0.1"};
	static const char *const no_hosts[] = {"",     "https://a.b", "a.b:80", "A.b", "a..b",
					       "a.b.", ".a",          "a_b.c",  "a b", "-a.b"};
	static const char *const bases[] = {"https://a.example", "http://127.0.0.1:8080",
					    "http://127.0.0.1:8080/cdpc", "https://a.example/x/y"};
	static const char *const no_bases[] = {"",
					       "a.example",
					       "ftp://a.example",
					       "https://",
					       "https:///x",
					       "https://a.example/",
					       "https://a.example/x/",
					       "https://a.example/x?y",
					       "https://a.example:99999",
					       "https://a.example:",
					       "https://u@a.example",
					       "javascript:alert(1)",
					       "https://a.example/x//y"};
	for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
		CHECK(!org_host_wrong(str_of(hosts[i])));
	for (size_t i = 0; i < sizeof no_hosts / sizeof *no_hosts; i++)
		CHECK(org_host_wrong(str_of(no_hosts[i])));
	for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
		CHECK(!org_base_wrong(str_of(bases[i])));
	for (size_t i = 0; i < sizeof no_bases / sizeof *no_bases; i++)
		CHECK(org_base_wrong(str_of(no_bases[i])));
}

TEST_DB("an organisation is the request's host, or the first part of its path")
{
	static const struct {
		const char *host, *path, *prefix, *rest;
		int whose; /* 0 nobody, 1 the council, 2 the college */
	} cases[] = {
		{"way.example", "/council", "/council", "/", 1},
		{"way.example", "/council/", "/council", "/", 1},
		{"way.example", "/council/people/7", "/council", "/people/7", 1},
		{"college.example", "/council/people", "", "/council/people", 2},
		{"College.Example:8443", "/", "", "/", 2},
		{"way.example", "/", "", "/", 0},
		{"way.example", "", "", "", 0},
		{"way.example", "/static/style.css", "", "/static/style.css", 0},
		{"way.example", "/nobody/people", "", "/nobody/people", 0},
		{"way.example", "/COUNCIL/people", "", "/COUNCIL/people", 0},
		{"way.example", "//council", "", "//council", 0},
		{"", "/council", "/council", "/", 1},
		{"'; drop table org", "/council", "/council", "/", 1},
	};
	db_begin(db, DB_WRITE, 0);
	struct val *model = world_org_model("college");
	val_set_str(model, "host", S("college.example"));
	int64_t college = org_add(db, test_arena, model, NOW), council = world_org(db, "council");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str prefix, rest;
		int64_t want = cases[i].whose == 2 ? college : cases[i].whose == 1 ? council : 0;
		const struct val *org = org_of_request(db, test_arena, str_of(cases[i].host),
						       str_of(cases[i].path), &prefix, &rest);
		CHECK_INT(val_i(org, "id"), want);
		CHECK_STR(prefix, cases[i].prefix);
		CHECK_STR(rest, cases[i].rest);
	}
	WORLD_END(db, err);
}

TEST_DB("an organisation has its languages in order and a name in each")
{
	db_begin(db, DB_WRITE, 0);
	int64_t id = world_org(db, "cedar");
	struct val *org = org_by_slug(db, test_arena, S("cedar"));
	CHECK_INT(val_i(org, "id"), id);
	CHECK_STR(val_s(org, "lang"), "en");
	CHECK_STR(val_s(org, "name"), "Cedar Careers");
	CHECK_INT(val_count(val_get(org, "langs")), 2);
	org_speak(org, S("fr"));
	CHECK_STR(val_s(org, "name"), "Carrières Cèdre");
	org_speak(org, S("oj"));
	CHECK_STR(val_s(org, "name"), "Carrières Cèdre");
	CHECK(val_is_null(org_by_slug(db, test_arena, S("birch"))));
	WORLD_END(db, err);
}

TEST_DB("two organisations cannot have one short name or one host, and settings never overwrite")
{
	db_begin(db, DB_WRITE, 0);
	struct val *model = world_org_model("cedar");
	val_set_str(model, "host", S("cedar.example"));
	CHECK(org_add(db, test_arena, model, NOW) > 0);
	CHECK_INT(world_org(db, "cedar"), 0);
	int64_t birch = world_org(db, "birch");
	model = org_by_id(db, test_arena, birch);
	val_set_str(model, "slug", S("cedar"));
	CHECK_INT(org_change(db, test_arena, model), ORG_TAKEN);
	val_set_str(model, "slug", S("birch"));
	val_set_str(model, "host", S("cedar.example"));
	CHECK_INT(org_change(db, test_arena, model), ORG_TAKEN);
	val_set_str(model, "host", S("birch.example"));
	val_set_str(val_get(model, "names"), "fr", S("Bouleau"));
	CHECK_INT(org_change(db, test_arena, model), ORG_CHANGED);
	CHECK_INT(org_change(db, test_arena, model), ORG_STALE);
	struct str prefix, rest;
	const struct val *after =
		org_of_request(db, test_arena, S("birch.example"), S("/"), &prefix, &rest);
	CHECK_INT(val_i(after, "id"), birch);
	CHECK_STR(val_s(val_get(after, "names"), "fr"), "Bouleau");
	WORLD_END(db, err);
}
