#include "core/people_world.h"

#include "core/acting.h"
#include "core/link.h"
#include "core/session.h"

static struct str start(struct db *db, int64_t person, bool shared, bool waiting)
{
	return session_start(
		db, test_arena,
		&(struct session_start){
			.person = person,
			.now = NOW,
			.means = "password",
			.shared = shared,
			.waiting = waiting,
			.network = S("203.0.113.77"),
			.agent = S("Mozilla/5.0 (Windows NT 10.0) Gecko Firefox/128.0")});
}

static bool lives(struct db *db, struct str token, int64_t now)
{
	return !val_is_null(session_find(db, test_arena, token, 0, now));
}

TEST("of an address only the neighbourhood is kept, of a browser only its name")
{
	static const char *const networks[][2] = {{"203.0.113.77", "203.0.113.0/24"},
						  {"2001:db8:12:34::1", "2001:db8:12::/48"},
						  {"nonsense", ""},
						  {"", ""}};
	static const char *const agents[][2] = {
		{"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537 Chrome/120 Safari/537 Edg/120",
		 "Edge, Linux"},
		{"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17 Safari/604",
		 "Safari, iPhone"},
		{"Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile Safari/537", "Chrome, Android"},
		{"curl/8", ""},
		{"", ""}};
	for (size_t i = 0; i < sizeof networks / sizeof *networks; i++)
		CHECK_STR(session_network(test_arena, str_of(networks[i][0])), networks[i][1]);
	for (size_t i = 0; i < sizeof agents / sizeof *agents; i++)
		CHECK_STR(session_agent(test_arena, str_of(agents[i][0])), agents[i][1]);
}

TEST_DB("a session is found by its token, which the database does not hold")
{
	db_begin(db, DB_WRITE, 0);
	int64_t person = world_person(db, 0, "Awa Diop");
	struct str token = start(db, person, false, false);
	const struct val *me = session_find(db, test_arena, token, 0, NOW + 1);
	CHECK_INT(val_i(me, "id"), person);
	CHECK_STR(val_s(me, "name"), "Awa Diop");
	CHECK_STR(val_s(me, "lang"), "en");
	CHECK(!val_b(me, "second") && !val_b(me, "shared") && !val_b(me, "due"));
	CHECK_INT(val_count(val_get(me, "held")), 0);
	int64_t cedar = world_org(db, "cedar"), birch = world_org(db, "birch");
	person_join(db, test_arena, person, cedar, NOW);
	CHECK(world_give(db, cedar, person, "standards_editor") > 0);
	me = session_find(db, test_arena, token, cedar, NOW + 1);
	CHECK(rights_has(acting_of(test_arena, me).rights, STANDARDS_EDIT));
	me = session_find(db, test_arena, token, birch, NOW + 1);
	CHECK_INT(val_i(me, "id"), person);
	CHECK(!acting_of(test_arena, me).any);
	const struct val *row = db_row(db,
				       SQL("SELECT s.token AS token, s.network AS network, "
					   "s.agent AS agent FROM session s"),
				       PARAMS("x", INT(0)));
	CHECK(val_s(row, "token").n > 0 && str_find(val_s(row, "token"), token) < 0);
	CHECK_STR(val_s(row, "network"), "203.0.113.0/24");
	CHECK_STR(val_s(row, "agent"), "Firefox, Windows");
	CHECK(!lives(db, val_s(row, "token"), NOW + 1));
	CHECK(!lives(db, S(""), NOW + 1));
	CHECK(!lives(db, S("x"), NOW + 1));
	WORLD_END(db, err);
}

TEST_DB("a session ends when it is not used, and in the end also when it is")
{
	static const struct {
		bool shared;
		int64_t idle, whole;
	} cases[] = {{false, 14 * 86400, 60 * 86400}, {true, 20 * 60, 8 * 3600}};
	for (size_t i = 0; i < 2; i++) {
		db_begin(db, DB_WRITE, 0);
		int64_t idle = cases[i].idle, whole = cases[i].whole;
		struct str token = start(db, world_person(db, 0, "Awa"), cases[i].shared, false);
		int64_t session = val_i(session_find(db, test_arena, token, 0, NOW), "session");
		CHECK(lives(db, token, NOW + idle - 1));
		CHECK(!lives(db, token, NOW + idle));
		session_touch(db, test_arena, session, cases[i].shared, NOW + idle); /* too late */
		CHECK(!lives(db, token, NOW + idle));
		int64_t now = NOW;
		for (; now + idle / 2 < NOW + whole; now += idle / 2)
			session_touch(db, test_arena, session, cases[i].shared, now);
		CHECK(lives(db, token, NOW + whole - 1));
		CHECK(!lives(db, token, NOW + whole));
		WORLD_END(db, err);
	}
}

TEST_DB("using a session is written now and then, not each time")
{
	db_begin(db, DB_WRITE, 0);
	struct str token = start(db, world_person(db, 0, "Awa"), false, false);
	CHECK(!val_b(session_find(db, test_arena, token, 0, NOW + 599), "due"));
	const struct val *me = session_find(db, test_arena, token, 0, NOW + 600);
	CHECK(val_b(me, "due"));
	session_touch(db, test_arena, val_i(me, "session"), false, NOW + 600);
	CHECK(!val_b(session_find(db, test_arena, token, 0, NOW + 601), "due"));
	WORLD_END(db, err);
}

TEST_DB("while the second factor is waited for nobody is signed in, and its passing changes the "
	"token")
{
	db_begin(db, DB_WRITE, 0);
	int64_t person = world_person(db, 0, "Awa");
	struct str before = start(db, person, false, true);
	CHECK(!lives(db, before, NOW));
	CHECK_INT(val_count(sessions_of(db, test_arena, person, NOW)), 0);
	const struct val *waiting = session_find_waiting(db, test_arena, before, NOW + 599);
	CHECK_INT(val_i(waiting, "id"), person);
	CHECK(val_is_null(session_find_waiting(db, test_arena, before, NOW + 600)));
	struct str after =
		session_pass(db, test_arena, person, val_i(waiting, "session"), false, NOW + 5);
	CHECK(!lives(db, before, NOW + 6));
	CHECK(val_is_null(session_find_waiting(db, test_arena, before, NOW + 6)));
	CHECK(val_b(session_find(db, test_arena, after, 0, NOW + 6), "second"));
	CHECK(lives(db, after, NOW + 10 * 86400));
	WORLD_END(db, err);
}

TEST_DB("five wrong codes and the first factor is asked again")
{
	db_begin(db, DB_WRITE, 0);
	int64_t person = world_person(db, 0, "Awa");
	struct str token = start(db, person, false, true);
	int64_t session = val_i(session_find_waiting(db, test_arena, token, NOW), "session");
	for (int i = 1; i < SESSION_MISSES; i++)
		CHECK(session_miss(db, test_arena, session, person));
	CHECK(!session_miss(db, test_arena, session, person));
	CHECK(val_is_null(session_find_waiting(db, test_arena, token, NOW)));
	CHECK(!session_miss(db, test_arena, session, person));
	WORLD_END(db, err);
}

TEST_DB("a person ends their own sessions, one or all others, and nobody else's")
{
	db_begin(db, DB_WRITE, 0);
	int64_t awa = world_person(db, 0, "Awa"), bo = world_person(db, 0, "Bo");
	struct str one = start(db, awa, false, false), two = start(db, awa, true, false);
	struct str three = start(db, awa, false, false), other = start(db, bo, false, false);
	int64_t session = val_i(session_find(db, test_arena, one, 0, NOW), "session");
	int64_t foreign = val_i(session_find(db, test_arena, other, 0, NOW), "session");
	CHECK_INT(val_count(sessions_of(db, test_arena, awa, NOW)), 3);
	CHECK(!session_end(db, test_arena, awa, foreign));
	CHECK_INT(sessions_end_others(db, test_arena, awa, session), 2);
	CHECK(lives(db, one, NOW) && lives(db, other, NOW));
	CHECK(!lives(db, two, NOW) && !lives(db, three, NOW));
	CHECK(session_end(db, test_arena, awa, session));
	CHECK(!lives(db, one, NOW));
	WORLD_END(db, err);
}

TEST_DB("a proof of identity is fresh for a quarter of an hour")
{
	db_begin(db, DB_WRITE, 0);
	struct str token = start(db, world_person(db, 0, "Awa"), false, false);
	const struct val *me = session_find(db, test_arena, token, 0, NOW + 1000);
	CHECK(session_is_fresh(me, NOW + SESSION_FRESH - 1));
	CHECK(!session_is_fresh(me, NOW + SESSION_FRESH));
	session_prove(db, test_arena, val_i(me, "session"), NOW + 1000);
	CHECK(session_is_fresh(session_find(db, test_arena, token, 0, NOW + 1000), NOW + 1001));
	CHECK(!session_is_fresh(val_null(), NOW));
	WORLD_END(db, err);
}

TEST_DB("sweeping removes ended sessions and only them")
{
	db_begin(db, DB_WRITE, 0);
	int64_t person = world_person(db, 0, "Awa");
	struct str kept = start(db, person, false, false);
	start(db, person, true, false);
	CHECK_INT(sessions_sweep(db, test_arena, NOW + 3600), 1);
	CHECK(lives(db, kept, NOW + 3600));
	WORLD_END(db, err);
}

/* Signed links */

static struct str make(struct db *db, int uses, const char *browser)
{
	return link_make(db, test_arena,
			 &(struct link_new){.purpose = "signin",
					    .subject = 7,
					    .address = S("awa@example.org"),
					    .browser = str_of(browser),
					    .now = NOW,
					    .ends_at = NOW + 900,
					    .uses = uses});
}

static bool opens(struct db *db, struct str token, int64_t now)
{
	return !val_is_null(link_peek(db, test_arena, "signin", token, now));
}

static bool spends(struct db *db, struct str token, const char *browser, int64_t now)
{
	return !val_is_null(link_use(db, test_arena, "signin", token, str_of(browser), now));
}

TEST_DB("a link has one purpose, one end, and as many uses as it was given; looking is not using")
{
	db_begin(db, DB_WRITE, 0);
	struct str token = make(db, 2, "");
	CHECK(opens(db, token, NOW) && opens(db, token, NOW) && opens(db, token, NOW + 899));
	CHECK(!opens(db, token, NOW + 900));
	CHECK(val_is_null(link_peek(db, test_arena, "password", token, NOW)));
	CHECK(val_is_null(link_use(db, test_arena, "password", token, S(""), NOW)));
	CHECK(!spends(db, token, "", NOW + 900));
	const struct val *used = link_use(db, test_arena, "signin", token, S(""), NOW);
	CHECK_INT(val_i(used, "subject"), 7);
	CHECK_STR(val_s(used, "address"), "awa@example.org");
	CHECK(spends(db, token, "", NOW));
	CHECK(!spends(db, token, "", NOW) && !opens(db, token, NOW));
	CHECK(!opens(db, S(""), NOW) && !opens(db, S("x"), NOW));
	const struct val *row =
		db_row(db, SQL("SELECT k.token AS token FROM link k"), PARAMS("x", INT(0)));
	CHECK(str_find(val_s(row, "token"), token) < 0);
	CHECK(!opens(db, val_s(row, "token"), NOW));
	WORLD_END(db, err);
}

TEST_DB("a link that a browser asked for is finished there and nowhere else")
{
	db_begin(db, DB_WRITE, 0);
	struct str token = make(db, 1, "cookie of the asker");
	CHECK(val_b(link_peek(db, test_arena, "signin", token, NOW), "needs_browser"));
	CHECK(!spends(db, token, "", NOW));
	CHECK(!spends(db, token, "another cookie", NOW));
	CHECK(spends(db, token, "cookie of the asker", NOW));
	WORLD_END(db, err);
}

TEST_DB("a revoked link is dead; only its owner sees and revokes it")
{
	db_begin(db, DB_WRITE, 0);
	int64_t awa = world_person(db, 0, "Awa"), bo = world_person(db, 0, "Bo");
	struct link_new link = {
		.purpose = "signin", .owner = awa, .subject = 3, .now = NOW, .ends_at = NOW + 900};
	struct str one = link_make(db, test_arena, &link), two = link_make(db, test_arena, &link);
	const struct val *mine = links_of(db, test_arena, awa, NOW);
	NEED(val_count(mine) == 2);
	CHECK_INT(val_count(links_of(db, test_arena, bo, NOW)), 0);
	int64_t id = val_i(val_at(mine, 1), "id");
	CHECK(!link_revoke(db, test_arena, bo, id, NOW));
	CHECK(link_revoke(db, test_arena, awa, id, NOW));
	CHECK(!opens(db, one, NOW) && !spends(db, one, "", NOW) && opens(db, two, NOW));
	link_revoke_of(db, test_arena, "password", 3, NOW);
	CHECK(opens(db, two, NOW));
	link_revoke_of(db, test_arena, "signin", 3, NOW);
	CHECK(!opens(db, two, NOW));
	struct str three = make(db, 1, "");
	link_revoke_to(db, test_arena, "signin", S("awa@example.org"), NOW);
	CHECK(!opens(db, three, NOW));
	WORLD_END(db, err);
}
