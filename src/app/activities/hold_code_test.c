/* A code on the projector: right for a step and the next, typed by whoever is on the list. */
#include "app/activities/ask.h"
#include "app/activities/ask_letters.h"
#include "app/activities/hold.h"
#include "app/activities/hold_rules.h"
#include "base/arena.h"
#include "core/activity.h"
#include "core/args.h"
#include "core/group.h"
#include "core/participation.h"
#include "core/person.h"
#include "core/secret.h"
#include "example.h"
#include "fixture.h"

#define LEAD .as = "careers_lead"
#define CODE "/alder/activities/%lesson%/code"
#define HERE "/alder/activities/%lesson%/here"

static int64_t lesson(struct world *w, int64_t in)
{
	return world_activity(w,
			      &(struct activity){.kind = "session",
						 .starts_at = w->now + in,
						 .minutes = 45,
						 .responsible = world_person(w, "careers_lead")});
}

/* The member's class is invited, and Noor was asked; the code has been on since now. */
static void fill(struct world *w)
{
	int64_t class = group_add(w->db, w->arena, w->a, "class", S("5D"), S("2020-09-01"));
	int64_t id = lesson(w, 600), by = world_person(w, "careers_lead");
	int64_t noor = person_add(w->db, w->arena,
				  ARGS(w->arena, ARG_AS("name", "Noor"), ARG_AS("lang", "en")),
				  w->a, w->now);
	group_join(w->db, w->arena, w->a, class, world_person(w, "member"), S("2020-09-01"));
	db_exec(w->db,
		SQL("INSERT INTO activity_group (org, activity, people_group) VALUES (:org, :a, "
		    ":g)"),
		PARAMS("org", INT(w->a), "a", INT(id), "g", INT(class)));
	int64_t ask = ask_add(w->db, w->arena,
			      &(struct ask_new){.org = w->a,
						.activity = id,
						.person = noor,
						.role = "participant",
						.lang = S("en"),
						.by = by,
						.now = w->now});
	world_know_id(w, "lesson", id);
	world_know_id(w, "tomorrow", lesson(w, 86400));
	world_know(w, "noor_key",
		   ask_link(w->db, w->arena, ask_row(w->db, w->arena, w->a, ask, w->now), noor,
			    w->a, S(""), w->now));
}

static void fill_open(struct world *w)
{
	int64_t id = 0;
	fill(w);
	str_int(world_known(w, "lesson"), &id);
	db_exec(w->db,
		SQL("INSERT INTO activity_code (activity, org, opened_at, opened_by, closes_at) "
		    "VALUES "
		    "(:a, :org, :now, :by, :until)"),
		PARAMS("a", INT(id), "org", INT(w->a), "now", INT(w->now), "by",
		       INT(world_person(w, "careers_lead")), "until", INT(w->now + 600)));
	struct secrets keys = world_keys();
	struct str hash = secret_keyed_hash(w->arena, &keys, S("attendance code"),
					    code_text(w->arena, id, w->now, code_step(w->now)));
	world_know(w, "screen_code", code_digits(w->arena, hash));
}

EXAMPLES(fill_open, {.url = "/activities/%lesson%/code", LEAD, .form = ""},
	 {.url = "/activities/%lesson%/here", .as = "member", .form = "code=%screen_code%"},
	 {.url = "/activities/answer/%noor_key%/here"},
	 {.url = "/activities/answer/%noor_key%/here", .form = "code=%screen_code%"});

TEST("a code has six digits, is right in its step, and is read with a space or a hyphen")
{
	struct str digits = code_digits(test_arena, S("some hash"));
	CHECK_INT(digits.n, CODE_DIGITS);
	CHECK(!str_eq(digits, code_digits(test_arena, S("some hasi"))));
	CHECK(code_is(digits, digits) && code_is(code_shown(test_arena, digits), digits));
	CHECK(!code_is(S(""), digits) && !code_is(str_sub(digits, 0, 5), digits));
	CHECK(!code_is(str_fmt(test_arena, STR_FMT "0", STR_ARG(digits)), digits));
	CHECK_INT(code_left(120), CODE_STEP);
	CHECK_INT(code_left(179), 1);
	CHECK(code_step(119) + 1 == code_step(120));
}

SCENARIOS("a class comes by the code on the screen; who is not on the list is told so", fill,
	  {.url = CODE, LEAD, .status = 200, .has = {"Show the code"}, .has_not = {"Refresh: "}},
	  {.url = CODE, .as = "member", .status = 404},
	  {.url = CODE, .as = "safeguarding_lead", .status = 403},
	  {.url = HERE, .as = "member", .form = "code=123456", .status = 422},
	  {.url = CODE, LEAD, .form = "", .status = 303, .has = {"/code\n"}},
	  {.url = CODE,
	   LEAD,
	   .status = 200,
	   .has = {"Refresh: ", "/activities/%lesson%/here", "0 people are here"},
	   .keep = {"code", "<data class=\"digits\" value=\""}},
	  {.url = HERE, .status = 303, .has = {"sign-in"}},
	  {.url = HERE, .as = "member", .form = "code=12345", .status = 422, .has = {"it changes"}},
	  {.url = HERE, .as = "member", .form = "code=%code%", .status = 303, .has = {"said=1"}},
	  {.url = HERE "?said=1", .as = "member", .status = 200, .has = {"You are on the sheet"}},
	  {.url = HERE, .as = "member", .form = "code=%code%", .status = 303},
	  {.url = HERE,
	   .as = "translator",
	   .form = "code=%code%",
	   .status = 422,
	   .has = {"not on the list"}},
	  {.url = "/alder/activities/answer/%noor_key%", .status = 200, .has = {"I am here"}},
	  {.url = "/alder/activities/answer/%noor_key%/here",
	   .form = "code=%code%",
	   .status = 303,
	   .has = {"said=1"}},
	  {.url = CODE, LEAD, .status = 200, .has = {"2 people are here"}},
	  {.url = "/alder/activities/%lesson%/attendance",
	   LEAD,
	   .status = 200,
	   .has = {"Noor", "checked"}},
	  {.url = CODE, LEAD, .form = "close=1", .status = 303, .has = {"/attendance\n"}},
	  {.url = HERE, .as = "translator", .form = "code=%code%", .status = 422},
	  {.url = "/alder/activities/%tomorrow%/code", LEAD, .form = "", .status = 303},
	  {.url = "/alder/activities/%tomorrow%/code",
	   LEAD,
	   .status = 200,
	   .has = {"The sheet opens"}},
	  {.url = "/birch/activities/%lesson%/here",
	   .as = "admin_of_b",
	   .form = "code=%code%",
	   .status = 404},
	  {.url = "/birch/activities/answer/%noor_key%/here",
	   .form = "code=%code%",
	   .status = 410});

TEST_DB("a code is good for its minute and the next, and wrong ones slow down who types them")
{
	struct world w;
	struct scenario late = {.url = HERE, .as = "member", .form = "code=%screen_code%"};
	NEED(world_begin(&w, db, err, fill_open));
	w.now += 2 * CODE_STEP;
	world_ask(&w, &late);
	CHECK_INT(w.last.status, 422);
	w.now -= CODE_STEP;
	world_ask(&w, &late);
	CHECK_INT(w.last.status, 303);
	struct scenario guess = {.url = HERE, .as = "translator", .form = "code=000000"};
	bool slowed = false;
	for (int i = 0; i < 8; i++) {
		world_ask(&w, &guess);
		CHECK_INT(w.last.status, 422);
		slowed |= str_find(world_answer(&w), S("Too many wrong codes")) >= 0;
	}
	CHECK(slowed);
	world_end(&w);
}
