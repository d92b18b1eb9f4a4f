#include "app/people/people_cards.h"

#include "base/arena.h"
#include "core/args.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/person.h"
#include "core/signin.h"
#include "core/throttle.h"
#include "db/db.h"
#include "example.h"

static int64_t class_of(struct world *w, const char *name, const char *called)
{
	int64_t id = group_add(w->db, w->arena, w->a, "class", str_of(called), S("2020-01-01"));
	world_know_id(w, name, id);
	return id;
}

static void joins(struct world *w, int64_t group, int64_t person)
{
	group_join(w->db, w->arena, w->a, group, person, S("2020-01-01"));
}

/* The teacher leads 5A and not 5B; one of 5A is their own child, one is known to birch too. */
static void fill(struct world *w)
{
	int64_t teacher = world_person(w, "teacher"),
		own = world_newcomer(w, "own", "Owen Own", "en");
	int64_t a = class_of(w, "a5", "5A"), b = class_of(w, "b5", "5B");
	int64_t both = world_newcomer(w, "both", "Bo Both", "en");
	group_staff_add(w->db, w->arena, w->a, a, teacher, S("2020-01-01"));
	joins(w, a, world_newcomer(w, "pia", "Pia Sky", "en"));
	joins(w, a, world_newcomer(w, "pia2", "Pia Sky", "en"));
	joins(w, a, world_newcomer(w, "inuk", "ᐱᑕ ᐊᕐᓇᖅ", "en"));
	joins(w, a, own);
	joins(w, a, both);
	joins(w, b, world_newcomer(w, "bea", "Bea Bee", "en"));
	person_join(w->db, w->arena, both, w->b, w->now);
	guardian_add(w->db, w->arena, w->a, own, teacher, S("2020-01-01"));
}

SCENARIOS("a teacher prints cards for their own class, and not for their own child", fill,
	  {.url = "/alder/people/groups/%a5%/cards",
	   .as = "teacher",
	   .status = 200,
	   .has = {"Pia", "or your child", "Another organisation knows", "value=\"%pia%\" checked"},
	   .has_not = {"value=\"%own%\"", "value=\"%both%\"", "New PIN"}},
	  {.url = "/alder/people/groups/%b5%/cards", .as = "teacher", .status = 404},
	  {.url = "/alder/people/groups/%a5%/cards", .as = "coordinator", .status = 403},
	  {.url = "/alder/people/groups/%a5%/cards",
	   .as = "teacher",
	   .form = "",
	   .status = 422,
	   .has = {"Choose at least one person", "Pia"}},
	  {.url = "/alder/people/groups/%a5%/cards",
	   .as = "teacher",
	   .form = "people=%own%",
	   .status = 404},
	  {.url = "/alder/people/groups/%a5%/cards",
	   .as = "teacher",
	   .form = "people=%bea%",
	   .status = 404},
	  {.url = "/alder/people/groups/%a5%/cards",
	   .as = "teacher",
	   .form = "people=%pia%&people=%pia2%&people=%inuk%&people=%both%",
	   .status = 200,
	   .has = {">pia.sky</dd>", ">pia.sky2</dd>", "ᐱᑕ ᐊᕐᓇᖅ", "3 cards", "no-store"},
	   .has_not = {"Bo Both"},
	   .keep = {"code", "<dt>Code</dt><dd class=\"code\">"}},
	  {.url = "/alder/people/groups/%a5%/cards",
	   .as = "teacher",
	   .status = 200,
	   .has = {"New PIN", ">pia.sky2<"},
	   .has_not = {"value=\"%pia%\" checked"}});

SCENARIOS("a new PIN is given by who is responsible, the card stays, and it is on record", fill,
	  {.url = "/alder/people/groups/%a5%/pin",
	   .as = "teacher",
	   .form = "member=%pia%",
	   .status = 303,
	   .has = {"/cards"}},
	  {.url = "/alder/people/groups/%a5%/cards",
	   .as = "teacher",
	   .form = "people=%pia%",
	   .status = 200,
	   .keep = {"code", "<dt>Code</dt><dd class=\"code\">"}},
	  {.url = "/alder/people/groups/%a5%/pin",
	   .as = "teacher",
	   .form = "member=%own%",
	   .status = 403},
	  {.url = "/alder/people/groups/%b5%/pin",
	   .as = "teacher",
	   .form = "member=%bea%",
	   .status = 404},
	  {.url = "/alder/people/groups/%a5%/pin",
	   .as = "teacher",
	   .form = "member=%bea%",
	   .status = 404},
	  {.url = "/alder/people/groups/%a5%/pin",
	   .as = "teacher",
	   .form = "member=%pia%",
	   .status = 200,
	   .has = {"shown only now", "no-store"},
	   .keep = {"pin", "<dt>PIN</dt><dd class=\"code\">"}},
	  {.url = "/alder/org/record",
	   .as = "admin",
	   .status = 200,
	   .has = {"New PIN given for a sign-in card", "Sign-in card made"}});

/* ---- a class, and a school, behind one address ---- */

struct hall {
	struct signin at;
	struct val *cards[30];
	int waited, in;
};

static void cards_for_a_class(struct hall *h, int64_t org, int64_t now)
{
	for (int i = 0; i < 30; i++) {
		struct val *who = ARGS(test_arena, ARG_AS("name", "Pupil"), ARG_AS("lang", "en"));
		int64_t id = person_add(h->at.db, test_arena, who, org, now);
		h->cards[i] = signin_card_make(&h->at, id, str_fmt(test_arena, "pupil%d", i));
	}
}

static void tries(struct hall *h, int i, bool right)
{
	struct signin_result r =
		signin_by_card(&h->at, val_s(h->cards[i], "user_name"), val_s(h->cards[i], "card"),
			       right ? val_s(h->cards[i], "pin") : S("x"));
	h->waited += r.answer == SIGNIN_WAIT;
	h->in += r.answer == SIGNIN_YES;
}

TEST_DB("30 pupils sign in by card in 10 seconds from one address, a third mistyping once, while "
	"somebody behind it guesses")
{
	struct world w;
	struct secrets keys = world_keys();
	if (!CHECK(world_begin(&w, db, err, NULL)))
		return;
	db_begin(db, DB_WRITE, w.a);
	struct hall h = {.at = {.arena = test_arena,
				.db = db,
				.secrets = &keys,
				.org = w.a,
				.now = w.now,
				.address = S("198.51.100.7")}};
	cards_for_a_class(&h, w.a, w.now);
	/* 250 wrong ones at user names make the network hot before the bell. */
	for (int i = 0; i < 250; i++)
		signin_by_card(&h.at, str_fmt(test_arena, "pupil%d", i % 30),
			       str_fmt(test_arena, "ABCDEFGH%04d", i), S("0000"));
	for (int i = 0; i < 30; i++) {
		h.at.now = w.now + i / 3;
		tries(&h, i, i % 3 != 0);
	}
	CHECK_INT(h.waited, 0);
	CHECK_INT(h.in, 20);
	h.at.now += 2; /* the longest that one mistake costs there */
	for (int i = 0; i < 30; i += 3)
		tries(&h, i, true);
	CHECK_INT(h.waited, 0);
	CHECK_INT(h.in, 30);
	db_commit(db);
	world_end(&w);
}

/* ---- for the tests over all routes ---- */

static void carded(struct world *w)
{
	int64_t id = world_newcomer(w, "carded", "Cara Card", "en");
	struct secrets keys = world_keys();
	struct signin at = {.arena = w->arena,
			    .db = w->db,
			    .secrets = &keys,
			    .org = w->a,
			    .now = w->now,
			    .address = S("203.0.113.1")};
	joins(w, class_of(w, "carded_class", "6C"), id);
	signin_card_make(&at, id, S("cara.card"));
}

EXAMPLES(carded,
	 {.url = "/people/groups/%carded_class%/cards",
	  .as = "admin",
	  .form = "people=%carded%",
	  .status = 200},
	 {.url = "/people/groups/%carded_class%/pin",
	  .as = "admin",
	  .form = "member=%carded%",
	  .status = 200});
