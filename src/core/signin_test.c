#include "core/people_world.h"

#include "core/link.h"
#include "core/session.h"
#include "core/signin.h"

#include <time.h>

#define HOME   "203.0.113.9"
#define ABROAD "198.51.100.7"

struct world {
	struct secrets secrets;
	int64_t org, awa, bo;
};

static struct signin at_time(struct db *db, const struct world *world, int64_t now,
			     const char *address)
{
	return (struct signin){.arena = test_arena,
			       .db = db,
			       .secrets = &world->secrets,
			       .org = world->org,
			       .now = now,
			       .address = str_of(address)};
}

static void begin(struct db *db, struct world *world)
{
	world->secrets = world_secrets();
	db_begin(db, DB_WRITE, 0);
	world->org = world_org(db, "cedar");
	world->awa = world_person(db, world->org, "Awa Diop");
	world->bo = world_person(db, world->org, "Bo Diop");
	struct signin at = at_time(db, world, NOW, HOME);
	signin_set_password(&at, world->awa, S("Family@example.org"), S("the blue kettle"), 0);
}

static enum signin_answer try_password(struct db *db, struct world *world, int64_t now,
				       const char *address, const char *email, const char *password)
{
	struct signin at = at_time(db, world, now, address);
	return signin_by_password(&at, str_of(email), str_of(password)).answer;
}

TEST_DB("the right password signs in, however the address is written, and a wrong one does not")
{
	struct world world;
	begin(db, &world);
	struct signin at = at_time(db, &world, NOW, HOME);
	struct signin_result yes =
		signin_by_password(&at, S(" family@EXAMPLE.org "), S("the blue kettle"));
	CHECK_INT(yes.answer, SIGNIN_YES);
	NEED(val_count(yes.people) == 1);
	CHECK_INT(val_i(val_at(yes.people, 0), "person"), world.awa);
	CHECK(val_is_null(val_get(val_at(yes.people, 0), "secret")));
	CHECK_INT(try_password(db, &world, NOW, HOME, "family@example.org", "The blue kettle"),
		  SIGNIN_NO);
	CHECK_INT(try_password(db, &world, NOW, HOME, "family@example.org", ""), SIGNIN_NO);
	CHECK_INT(try_password(db, &world, NOW, HOME, "nobody@example.org", "the blue kettle"),
		  SIGNIN_NO);
	CHECK_INT(try_password(db, &world, NOW, HOME, "", "the blue kettle"), SIGNIN_NO);
	CHECK_INT(try_password(db, &world, NOW, HOME, "' OR 1=1 --", "the blue kettle"), SIGNIN_NO);
	WORLD_END(db, err);
}

TEST_DB("a hundred people behind one address all sign in by it, and each is proven")
{
	struct world world;
	struct str means, email = S("school@example.org");
	begin(db, &world);
	struct signin at = at_time(db, &world, NOW, HOME);
	int64_t last = 0;
	for (int i = 0; i < 100; i++) {
		struct str name = str_fmt(test_arena, "Learner %d", i);
		last = world_person(db, world.org, str_c(test_arena, name));
		signin_set_password(&at, last, email, i < 98 ? S("the blue kettle") : S("hers"), 0);
	}
	struct signin_result hers = signin_by_password(&at, email, S("hers"));
	CHECK_INT(val_count(hers.people), 2);
	CHECK_INT(val_i(val_at(hers.people, 1), "person"), last);
	struct signin_result all = signin_by_password(&at, email, S("the blue kettle"));
	CHECK_INT(val_count(all.people), 98);
	struct str proof = signin_proof(&at, all.people, "password");
	CHECK_INT(val_count(signin_proven(&at, proof, &means)), 98);
	CHECK_INT(val_count(signin_people_of(db, test_arena, email)), 100);
	CHECK_INT(try_password(db, &world, NOW, HOME, "school@example.org", "none's"), SIGNIN_NO);
	WORLD_END(db, err);
}

TEST_DB("an account that does not exist is refused and made to wait exactly as one that does")
{
	struct world world;
	begin(db, &world);
	for (int64_t i = 0; i < 40; i++) {
		int64_t now = NOW + i * 7;
		CHECK_INT(try_password(db, &world, now, HOME, "family@example.org", "wrong"),
			  try_password(db, &world, now, HOME, "nobody@example.org", "wrong"));
	}
	struct signin at = at_time(db, &world, NOW + 280, HOME);
	CHECK_INT(signin_by_password(&at, S("family@example.org"), S("wrong")).wait,
		  signin_by_password(&at, S("nobody@example.org"), S("wrong")).wait);
	WORLD_END(db, err);
}

static double cpu(struct db *db, struct world *world, const char *email)
{
	clock_t from = clock();
	CHECK_INT(try_password(db, world, NOW, HOME, email, "wrong password"), SIGNIN_NO);
	return (double)(clock() - from);
}

TEST_DB("an attempt costs one slow hash, whether nobody, one person or a family has the address")
{
	struct world world;
	begin(db, &world);
	world.secrets.password_passes = 3;
	world.secrets.password_memory = (size_t)24 << 20;
	struct signin at = at_time(db, &world, NOW, HOME);
	signin_set_password(&at, world.awa, S("one@example.org"), S("a grey goose in the rain"), 0);
	for (int i = 0; i < 6; i++)
		signin_set_password(&at, world_person(db, world.org, "Kin"), S("kin@example.org"),
				    S("a grey goose in the rain"), 0);
	double one = cpu(db, &world, "one@example.org"), none = cpu(db, &world, "none@example.org");
	double six = cpu(db, &world, "kin@example.org");
	CHECK(none > one / 2 && none < one * 2);
	CHECK(six > one / 2 && six < one * 2);
	WORLD_END(db, err);
}

TEST_DB("a family on one address: each has a password, and with the same one they choose who")
{
	struct world world;
	begin(db, &world);
	struct signin at = at_time(db, &world, NOW, HOME);
	signin_set_password(&at, world.bo, S("family@example.org"), S("seven grey geese"), 0);
	struct signin_result one =
		signin_by_password(&at, S("family@example.org"), S("seven grey geese"));
	NEED(one.answer == SIGNIN_YES && val_count(one.people) == 1);
	CHECK_INT(val_i(val_at(one.people, 0), "person"), world.bo);
	signin_set_password(&at, world.bo, S("family@example.org"), S("the blue kettle"), 0);
	struct signin_result two =
		signin_by_password(&at, S("family@example.org"), S("the blue kettle"));
	CHECK_INT(val_count(two.people), 2);
	CHECK_INT(val_count(signin_people_of(db, test_arena, S("FAMILY@example.org"))), 2);
	CHECK_INT(val_count(signin_people_of(db, test_arena, S("nobody@example.org"))), 0);
	CHECK_INT(val_count(signin_people_of(db, test_arena, S(""))), 0);

	struct str means, proof = signin_proof(&at, two.people, "password");
	const struct val *proven = signin_proven(&at, proof, &means);
	CHECK_STR(means, "password");
	NEED(val_count(proven) == 2);
	CHECK_STR(val_s(val_at(proven, 0), "name"), "Awa Diop");
	CHECK_INT(val_i(val_at(proven, 1), "person"), world.bo);
	at.now += 601;
	CHECK_INT(val_count(signin_proven(&at, proof, &means)), 0);
	CHECK_INT(val_count(signin_proven(&at, S("password 1 2"), &means)), 0);
	CHECK_STR(means, "");
	WORLD_END(db, err);
}

TEST_DB("guessing makes the guesser wait, not the owner elsewhere nor the owner's own browser")
{
	struct world world;
	begin(db, &world);
	for (int i = 0; i < 5; i++)
		CHECK_INT(try_password(db, &world, NOW, HOME, "family@example.org", "wrong"),
			  SIGNIN_NO);
	CHECK_INT(try_password(db, &world, NOW, HOME, "family@example.org", "the blue kettle"),
		  SIGNIN_WAIT);
	CHECK_INT(try_password(db, &world, NOW + 1, HOME, "family@example.org", "x"), SIGNIN_WAIT);
	/* the owner, from another place */
	CHECK_INT(try_password(db, &world, NOW, ABROAD, "family@example.org", "the blue kettle"),
		  SIGNIN_YES);
	/* the owner, behind the same address, where this browser signed in before */
	struct signin at = at_time(db, &world, NOW, HOME);
	at.browser = signin_browser_cookie(&at, S("family@example.org"));
	CHECK_INT(signin_by_password(&at, S("family@example.org"), S("the blue kettle")).answer,
		  SIGNIN_YES);
	/* a classmate behind it, with their own account or with a cookie of theirs */
	CHECK_INT(try_password(db, &world, NOW, HOME, "nobody@example.org", "x"), SIGNIN_NO);
	at.browser = signin_browser_cookie(&at, S("nobody@example.org"));
	CHECK_INT(signin_by_password(&at, S("family@example.org"), S("the blue kettle")).answer,
		  SIGNIN_WAIT);
	/* refused attempts did not lengthen the wait */
	CHECK_INT(try_password(db, &world, NOW + 2, HOME, "family@example.org", "the blue kettle"),
		  SIGNIN_YES);
	CHECK_INT(try_password(db, &world, NOW + 2, HOME, "family@example.org", "wrong"),
		  SIGNIN_NO);
	WORLD_END(db, err);
}

TEST_DB("guesses made at the same moment are counted before any of them is answered")
{
	struct world world;
	begin(db, &world);
	struct throttle who = {.account = S("family@example.org"), .network = S(HOME)};
	for (int i = 0; i < 20; i++) /* all asked before the first was settled */
		CHECK_INT(throttle_ask(db, test_arena, &world.secrets, &who, NOW), 0);
	int told = 0;
	for (int i = 0; i < 19; i++)
		told += throttle_settle(db, test_arena, &world.secrets, &who, false, NOW) == 0;
	CHECK_INT(told, 5);
	CHECK(throttle_settle(db, test_arena, &world.secrets, &who, true, NOW) > 0);
	WORLD_END(db, err);
}

TEST_DB("the throttle keeps no name and no address, and forgets")
{
	struct world world;
	begin(db, &world);
	try_password(db, &world, NOW, HOME, "family@example.org", "wrong");
	const struct val *rows =
		db_rows(db, SQL("SELECT t.key AS key FROM throttle t"), PARAMS("x", INT(0)));
	CHECK_INT(val_count(rows), 2);
	for (size_t i = 0; i < val_count(rows); i++) {
		CHECK(str_find(val_s(val_at(rows, i), "key"), S("family")) < 0);
		CHECK(str_find(val_s(val_at(rows, i), "key"), S("203.0")) < 0);
	}
	CHECK_INT(throttle_sweep(db, test_arena, NOW + 86400), 0);
	CHECK_INT(throttle_sweep(db, test_arena, NOW + 3 * 86400), 2);
	WORLD_END(db, err);
}

TEST_DB("a whole network that guesses gets one free mistake an account, and its people still get "
	"in")
{
	struct world world;
	begin(db, &world);
	for (int i = 0; i < 210; i++) {
		struct str email = str_fmt(test_arena, "pupil%d@example.org", i);
		CHECK_INT(try_password(db, &world, NOW, HOME, str_c(test_arena, email),
				       "Summer2025!"),
			  SIGNIN_NO);
	}
	CHECK_INT(try_password(db, &world, NOW, HOME, "pupil0@example.org", "Winter2025!"),
		  SIGNIN_WAIT);
	CHECK_INT(try_password(db, &world, NOW, HOME, "family@example.org", "the blue kettle"),
		  SIGNIN_YES);
	CHECK_INT(try_password(db, &world, NOW, ABROAD, "pupil0@example.org", "Winter2025!"),
		  SIGNIN_NO);
	WORLD_END(db, err);
}

TEST_DB("a new password ends the other sessions and the links on their way")
{
	struct world world;
	begin(db, &world);
	struct session_start start = {.person = world.awa, .now = NOW, .means = "password"};
	struct str here = session_start(db, test_arena, &start),
		   there = session_start(db, test_arena, &start);
	struct link_new link = {.purpose = "signin",
				.address = S("family@example.org"),
				.now = NOW,
				.ends_at = NOW + 900};
	struct str reset = link_make(db, test_arena, &link);
	int64_t keep = val_i(session_find(db, test_arena, here, 0, NOW), "session");
	struct signin at = at_time(db, &world, NOW, HOME);
	signin_set_password(&at, world.awa, S("family@example.org"), S("rain on the tin roof"),
			    keep);
	CHECK(!val_is_null(session_find(db, test_arena, here, 0, NOW)));
	CHECK(val_is_null(session_find(db, test_arena, there, 0, NOW)));
	CHECK(val_is_null(link_peek(db, test_arena, "signin", reset, NOW)));
	CHECK_INT(try_password(db, &world, NOW, HOME, "family@example.org", "the blue kettle"),
		  SIGNIN_NO);
	CHECK_INT(try_password(db, &world, NOW, HOME, "family@example.org", "rain on the tin roof"),
		  SIGNIN_YES);
	CHECK(signin_password_is(&at, world.awa, S("rain on the tin roof")));
	CHECK(!signin_password_is(&at, world.awa, S("the blue kettle")));
	CHECK(!signin_password_is(&at, world.bo, S("rain on the tin roof")));
	WORLD_END(db, err);
}

TEST_DB("an address without a password is for e-mailed links only, and keeps a password it has")
{
	struct world world;
	begin(db, &world);
	struct signin at = at_time(db, &world, NOW, HOME);
	signin_add_email(&at, world.bo, S("bo@example.org"));
	CHECK_INT(try_password(db, &world, NOW, HOME, "bo@example.org", ""), SIGNIN_NO);
	CHECK_INT(val_count(signin_people_of(db, test_arena, S("bo@example.org"))), 1);
	signin_add_email(&at, world.awa, S("family@example.org"));
	CHECK_INT(try_password(db, &world, NOW, HOME, "family@example.org", "the blue kettle"),
		  SIGNIN_YES);
	const struct val *mine = signins_of(db, test_arena, world.bo);
	NEED(val_count(mine) == 1);
	CHECK(!val_b(val_at(mine, 0), "has_secret"));
	CHECK(val_is_null(val_get(val_at(mine, 0), "secret")));
	CHECK(!signin_remove(db, test_arena, world.awa, val_i(val_at(mine, 0), "id")));
	CHECK(signin_remove(db, test_arena, world.bo, val_i(val_at(mine, 0), "id")));
	WORLD_END(db, err);
}

static enum signin_answer try_card(struct db *db, struct world *world, int64_t org, int64_t now,
				   struct str user_name, struct str card, struct str pin)
{
	struct signin at = at_time(db, world, now, HOME);
	at.org = org;
	return signin_by_card(&at, user_name, card, pin).answer;
}

TEST_DB("a user name, the printed card and its PIN sign in together, in that organisation only")
{
	struct world world;
	begin(db, &world);
	int64_t other = world_org(db, "birch");
	struct signin at = at_time(db, &world, NOW, HOME);
	const struct val *made = signin_card_make(&at, world.bo, S("Bo.Diop"));
	struct str card = val_s(made, "card"), pin = val_s(made, "pin");
	struct str lower =
		str_fmt(test_arena, " %c" STR_FMT, card.p[0] | 32, STR_ARG(str_from(card, 1)));
	CHECK_INT(pin.n, 4);
	CHECK_INT(try_card(db, &world, world.org, NOW, S("bo.diop"), lower, pin), SIGNIN_YES);
	CHECK_INT(try_card(db, &world, other, NOW, S("bo.diop"), card, pin), SIGNIN_NO);
	CHECK_INT(try_card(db, &world, world.org, NOW, S("awa.diop"), card, pin), SIGNIN_NO);
	CHECK_INT(try_card(db, &world, world.org, NOW, S("bo.diop"), card, S("")), SIGNIN_NO);
	CHECK_INT(try_card(db, &world, world.org, NOW, S("bo.diop"), S(""), pin), SIGNIN_NO);
	CHECK_INT(try_password(db, &world, NOW, HOME, "bo.diop", "x"), SIGNIN_NO);
	CHECK(val_is_null(signin_card_make(&at, world.awa, S("BO.diop"))));

	const struct val *renewed = signin_card_make(&at, world.bo, S("bo.diop"));
	CHECK_INT(try_card(db, &world, world.org, NOW, S("bo.diop"), card, pin), SIGNIN_NO);
	CHECK_INT(try_card(db, &world, world.org, NOW, S("bo.diop"), val_s(renewed, "card"),
			   val_s(renewed, "pin")),
		  SIGNIN_YES);
	WORLD_END(db, err);
}

TEST_DB("who has not the card cannot make its holder wait; who has it guesses PINs ever more "
	"slowly")
{
	struct world world;
	begin(db, &world);
	struct signin at = at_time(db, &world, NOW, HOME);
	const struct val *made = signin_card_make(&at, world.bo, S("bo"));
	struct str card = val_s(made, "card"), pin = val_s(made, "pin");
	for (int i = 0; i < 30; i++)
		try_card(db, &world, world.org, NOW, S("bo"), S("ABCD-EFGH-2345"), S("0000"));
	CHECK_INT(try_card(db, &world, world.org, NOW, S("bo"), card, pin), SIGNIN_YES);
	for (int i = 0; i < 5; i++)
		CHECK_INT(try_card(db, &world, world.org, NOW, S("bo"), card, S("x")), SIGNIN_NO);
	CHECK_INT(try_card(db, &world, world.org, NOW, S("bo"), card, pin), SIGNIN_WAIT);
	WORLD_END(db, err);
}

TEST_DB("a user name is proposed from the name and is free")
{
	struct world world;
	begin(db, &world);
	struct signin at = at_time(db, &world, NOW, HOME);
	CHECK_STR(signin_user_name_free(db, test_arena, world.org, S("Élodie O’Brien"), NULL),
		  "elodie.o.brien");
	CHECK_STR(signin_user_name_free(db, test_arena, world.org, S("!!!"), NULL), "reader");
	CHECK_STR(signin_user_name_free(db, test_arena, world.org, S("ᐱᑕ ᐊᕐᓇᖅ"), NULL), "reader");
	signin_card_make(&at, world.awa, S("aicha"));
	signin_card_make(&at, world.bo, S("aicha2"));
	CHECK_STR(signin_user_name_free(db, test_arena, world.org, S("Aïcha"), NULL), "aicha3");
	WORLD_END(db, err);
}

TEST("a password is long and not what everybody would try first")
{
	static const char *const wrong[] = {"",
					    "short",
					    "ninechars",
					    "password2025",
					    "Motdepasse123!",
					    "azertyuiop",
					    "1234567890",
					    "0987654321",
					    "abcdefghijkl",
					    "aaaaaaaaaaaa",
					    "abababababab",
					    "Bienvenue2025",
					    "awadiop2025!",
					    "Diop-Awa-12",
					    "awa.diop@example"};
	static const char *const right[] = {"the blue kettle", "seven grey geese",
					    "pluie sur le toit", "Tq7#mZ1!pW", "élan hâtif œuvre"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		CHECK(password_wrong(test_arena, str_of(wrong[i]), S("awa.diop@example.org"),
				     S("Awa Diop")));
	for (size_t i = 0; i < sizeof right / sizeof *right; i++)
		CHECK(!password_wrong(test_arena, str_of(right[i]), S("awa.diop@example.org"),
				      S("Awa Diop")));
}
