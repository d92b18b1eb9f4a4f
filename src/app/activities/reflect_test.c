/* The question asked afterwards, from the plan to the answer, on both engines. */
#include "app/activities/reflect.h"

#include "app/activities/reflect_world.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/link.h"
#include "core/person.h"
#include "example.h"

#define LEAD .as = "careers_lead"

/* A learner, a member and a volunteer were there, as was the facilitator; a practitioner was absent. */
static void fill(struct world *w)
{
	int64_t mill = visit(w, 2 * HOUR, 0), later = visit(w, 2 * HOUR, 1);
	activity_settle(w->db, w->arena, w->a, mill, "held");
	activity_settle(w->db, w->arena, w->a, later, "held");
	there(w, mill, world_person(w, "learner"), "learner", "attended");
	there(w, mill, world_person(w, "member"), "participant", "attended");
	there(w, mill, world_person(w, "facilitator"), "facilitator", "attended");
	there(w, mill, world_person(w, "moderator"), "volunteer", "attended");
	there(w, mill, world_person(w, "practitioner"), "participant", "absent");
	there(w, later, world_person(w, "member"), "participant", "attended");
	world_know_id(w, "mill", mill);
	world_know_id(w, "later", later);
}

#define MINE   "/alder/activities/%mill%/reflection"
#define OTHERS "/alder/activities/%mill%/reflections"

SCENARIOS(
	"whoever was there is asked, in whichever role; their answer is theirs until they share it",
	fill,
	{.url = "/alder/me",
	 .as = "member",
	 .status = 200,
	 .has = {"At the mill", MINE, "one question for you"},
	 .has_not = {"/alder/activities/%later%/"}},
	{.url = "/alder/me", .as = "moderator", .status = 200, .has = {MINE}},
	{.url = "/alder/me", .as = "learner", .status = 200, .has = {MINE}},
	{.url = "/alder/me", .as = "practitioner", .status = 200, .has_not = {"reflection"}},
	{.url = MINE, .as = "practitioner", .status = 404},
	{.url = MINE, .as = "practitioner", .form = "words=I+was+ill&rev=0", .status = 404},
	{.url = MINE, .status = 303, .has = {"sign-in"}},
	{.url = "/alder/activities/%later%/reflection", .as = "member", .status = 404},
	{.url = "/birch/activities/%mill%/reflection", .as = "admin_of_b", .status = 404},
	{.url = MINE,
	 .as = "member",
	 .status = 200,
	 .has = {"What was new?</label>", "Nobody but you, unless you tick the box"}},
	{.url = MINE, .as = "member", .form = "words=+&rev=0", .status = 422},
	{.url = MINE,
	 .as = "member",
	 .form = "words=The+dust&rev=0",
	 .status = 303,
	 .has = {MINE "?said=saved"}},
	{.url = "%location%",
	 .as = "member",
	 .status = 200,
	 .has = {"Your answer is kept", ">The dust</textarea>", "name=\"rev\" value=\"1\""}},
	{.url = MINE,
	 .as = "member",
	 .form = "words=The+noise&rev=0",
	 .status = 409,
	 .has = {"changed in another window", "The noise</textarea>", "The dust",
		 "name=\"rev\" value=\"1\""}},
	{.url = "/alder/me", .as = "member", .status = 200, .has_not = {MINE}},
	{.url = "/alder/activities/mine",
	 .as = "member",
	 .status = 200,
	 .has = {MINE "\">My answer"}},
	{.url = OTHERS,
	 .as = "facilitator",
	 .status = 200,
	 .has = {"How many answered is not shown", "What was new?"},
	 .has_not = {"The dust"}},
	{.url = OTHERS, LEAD, .status = 200, .has_not = {"The dust", "1 answered"}},
	{.url = OTHERS ".json", LEAD, .status = 200, .has_not = {"dust", "\"answered\":1"}},
	{.url = OTHERS, .as = "learner", .status = 404},
	{.url = MINE,
	 .as = "learner",
	 .status = 200,
	 .has = {"What was new?"},
	 .has_not = {"The dust"}},
	{.url = MINE, .as = "member", .form = "words=The+dust&rev=1&shared=1", .status = 303},
	{.url = OTHERS, .as = "facilitator", .status = 200, .has = {"The dust", "Participant"}},
	{.url = OTHERS, LEAD, .status = 200, .has = {"The dust"}},
	{.url = OTHERS, .as = "teacher", .status = 200, .has_not = {"The dust"}},
	{.url = "/alder/me/record",
	 .as = "member",
	 .status = 200,
	 .has = {"Own answer may be read by those responsible", "Personal record read"}},
	{.url = MINE "/end",
	 .as = "member",
	 .form = "what=private",
	 .status = 303,
	 .has = {MINE "?said=private"}},
	{.url = OTHERS, LEAD, .status = 200, .has_not = {"The dust"}},
	{.url = MINE "/end", .as = "learner", .form = "what=delete", .status = 404},
	{.url = MINE "/end", .as = "member", .form = "what=delete", .status = 303},
	{.url = MINE,
	 .as = "member",
	 .status = 200,
	 .has = {"rows=\"6\""},
	 .has_not = {"The dust"}});

/* The learner and the member share; the lead is the learner's guardian, the coordinator is kept from
 * them, and somebody else is led by neither. Seven more answered. */
static void fill_shared(struct world *w)
{
	fill(w);
	int64_t mill = known(w, "mill"), learner = world_person(w, "learner");
	answer(w, mill, learner, true);
	db_exec(w->db, SQL("UPDATE reflection SET words = 'The cat' WHERE person = :learner"),
		ARGS(w->arena, ARG(learner)));
	answer(w, mill, world_person(w, "member"), true);
	minor_until(w->db, w->arena, w->a, learner, S("2098-01-01"));
	guardian_add(w->db, w->arena, w->a, learner, world_person(w, "careers_lead"),
		     S("2020-01-01"));
	struct guardian kept = {.org = w->a,
				.child = learner,
				.person = world_person(w, "coordinator"),
				.position = 1,
				.since = S("2020-01-01"),
				.purposes = val_list(w->arena),
				.no_contact = true,
				.why = S("A court says so"),
				.by = world_person(w, "admin"),
				.now = w->now};
	guardian_enter(w->db, w->arena, &kept);
	for (int i = 0; i < 14; i++) {
		int64_t one = person_add(
			w->db, w->arena,
			ARGS(w->arena, ARG_AS("name", "One"), ARG_AS("lang", "en")), w->a, w->now);
		there(w, mill, one, "learner", "attended");
		if (i < 7)
			answer(w, mill, one, false);
	}
}

SCENARIOS(
	"nobody reads their own child’s answer, nor that of a child whom a court keeps from them; "
	"who was absent after all is read by nobody",
	fill_shared,
	{.url = OTHERS, .as = "facilitator", .status = 200, .has = {"The cat", "Flour"}},
	{.url = OTHERS, LEAD, .status = 200, .has = {"Flour"}, .has_not = {"The cat"}},
	{.url = OTHERS,
	 .as = "coordinator",
	 .status = 200,
	 .has = {"Flour"},
	 .has_not = {"The cat"}},
	/* 17 others: two share, seven answered alone, of which full steps are shown */
	{.url = OTHERS,
	 .as = "facilitator",
	 .status = 200,
	 .has = {"17 other people", "at least 7 answered"}},
	/* 18 others for the guardian: one shares, eight alone */
	{.url = OTHERS, LEAD, .status = 200, .has = {"18 other people", "at least 6 answered"}},
	{.url = "/alder/activities/%mill%/attendance",
	 LEAD,
	 .status = 200,
	 .keep = {"row", "name=\"here\" value=\""}},
	{.url = "/alder/activities/%mill%/cancel",
	 LEAD,
	 .form = "rev=2&why=Never+held",
	 .status = 303},
	{.url = OTHERS, .as = "facilitator", .status = 200, .has_not = {"Flour", "The cat"}},
	{.url = MINE,
	 .as = "member",
	 .status = 200,
	 .has = {"Flour", "The time for changing it is over", "Delete my answer"},
	 .has_not = {"<textarea"}},
	{.url = MINE, .as = "moderator", .status = 404},
	{.url = MINE, .as = "member", .form = "words=Bread&rev=1", .status = 422},
	{.url = "/alder/me", .as = "moderator", .status = 200, .has_not = {"reflection"}});

/* As if it had been, and been written down, at another time. */
static void shift(struct world *w, int64_t activity, int64_t by)
{
	struct val *args = ARGS(w->arena, ARG(activity), ARG(by));
	db_begin(w->db, DB_WRITE, w->a);
	db_exec(w->db, SQL("UPDATE activity SET starts_at = starts_at + :by WHERE id = :activity"),
		args);
	db_exec(w->db,
		SQL("UPDATE participation SET made_at = made_at + :by WHERE activity = :activity"),
		args);
	CHECK(db_commit(w->db));
}

/* For how many days the member may answer, from now. */
static int64_t days_of(struct world *w, const char *activity)
{
	const struct val *row =
		db_row(w->db, &q_reflect_mine,
		       ARGS(w->arena, ARG_AS("org", w->a), ARG_AS("activity", known(w, activity)),
			    ARG_AS("now", w->now),
			    ARG_AS("people",
				   person_accounts(w->db, w->arena, world_person(w, "member")))));
	return (val_i(row, "until_at") - w->now) / DAY;
}

/* The days are the organisation's to say, and a question keeps those it was written with. */
static void ten_days(struct world *w)
{
	db_begin(w->db, DB_WRITE, w->a);
	db_exec(w->db, SQL("UPDATE org SET reflect_days = 10 WHERE id = :org"),
		ARGS(w->arena, ARG_AS("org", w->a)));
	int64_t next = visit(w, 2 * HOUR, 0);
	world_know_id(w, "next", next);
	activity_settle(w->db, w->arena, w->a, next, "held");
	there(w, next, world_person(w, "member"), "participant", "attended");
	CHECK_INT(days_of(w, "mill"), 30);
	CHECK_INT(days_of(w, "next"), 10);
	CHECK(db_commit(w->db));
}

TEST_DB("a correction to absent takes the question away and leaves the answer to its author; 30 "
	"days, or as "
	"many as the organisation says, end the answering, not the answer")
{
	static const struct scenario asked = {.url = "/alder/me",
					      .as = "moderator",
					      .status = 200,
					      .has = {MINE}},
				     not_asked = {.url = "/alder/me",
						  .as = "moderator",
						  .status = 200,
						  .has_not = {"reflection"}},
				     closed = {.url = MINE, .as = "moderator", .status = 404},
				     kept = {.url = MINE,
					     .as = "member",
					     .status = 200,
					     .has = {"Flour", "It stays yours"},
					     .has_not = {"<textarea"}};
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	int64_t mill = known(&w, "mill");
	ten_days(&w);
	db_begin(db, DB_WRITE, w.a);
	answer(&w, mill, world_person(&w, "member"), true);
	const struct val *rows = participation_list(db, w.arena, w.a, mill);
	CHECK(db_commit(db));
	world_ask(&w, &asked);
	CHECK(world_as_told(&w, &asked, __FILE__, __LINE__));
	shift(&w, mill, -31 * DAY);
	world_ask(&w, &not_asked);
	CHECK(world_as_told(&w, &not_asked, __FILE__, __LINE__));
	world_ask(&w, &closed);
	CHECK(world_as_told(&w, &closed, __FILE__, __LINE__));
	world_ask(&w, &kept);
	CHECK(world_as_told(&w, &kept, __FILE__, __LINE__));
	shift(&w, mill, 31 * DAY);
	db_begin(db, DB_WRITE, w.a);
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		struct participation to = {.org = w.a,
					   .activity = mill,
					   .person = val_i(row, "person"),
					   .role = str_c(w.arena, val_s(row, "role")),
					   .state = "absent",
					   .ground = "duty",
					   .attested_by = world_person(&w, "admin"),
					   .now = w.now,
					   .by = world_person(&w, "admin"),
					   .why = "attendance"};
		participation_correct(db, w.arena, w.a, val_i(row, "id"), &to);
	}
	CHECK(db_commit(db));
	world_ask(&w, &not_asked);
	CHECK(world_as_told(&w, &not_asked, __FILE__, __LINE__));
	world_ask(&w, &kept);
	CHECK(world_as_told(&w, &kept, __FILE__, __LINE__));
	CHECK_STR(err->text, "");
	world_end(&w);
}

SCENARIOS("whoever leads it finds the sheet and the answers, and so does who may read what one "
	  "person did",
	  fill,
	  {.url = "/alder/activities/%mill%",
	   .as = "facilitator",
	   .status = 200,
	   .has = {"href=\"" OTHERS "\">Answers afterwards", "/attendance\">Attendance",
		   "One question for you"}},
	  {.url = "/alder/activities/%mill%",
	   .as = "safeguarding_lead",
	   .status = 200,
	   .has = {"Answers afterwards"},
	   .has_not = {"/attendance\"", "One question for you"}},
	  {.url = "/alder/activities/%activity%",
	   LEAD,
	   .status = 200,
	   .has = {"Attendance"},
	   .has_not = {"Answers afterwards"}});

/* Rows of the file that these accounts take away. */
static size_t in_file(struct world *w, struct str people)
{
	return val_count(db_rows(w->db, &q_reflect_personal,
				 ARGS(w->arena, ARG(people), ARG_AS("lang", "fr"))));
}

TEST_DB("an answer follows accounts that are made one and parted again, is in the file, and is "
	"erased")
{
	static const struct scenario answers = {.url = MINE,
						.as = "practitioner",
						.form = "words=Oats&rev=0",
						.status = 303},
				     shows = {.url = "/alder/me",
					      .as = "practitioner",
					      .status = 200,
					      .has = {MINE}},
				     gone = {.url = MINE, .as = "practitioner", .status = 404};
	struct world w;
	NEED(world_begin(&w, db, err, NULL));
	db_begin(db, DB_WRITE, w.a);
	int64_t mill = visit(&w, 2 * HOUR, 0), kept = world_person(&w, "practitioner"),
		alias = person_add(db, w.arena,
				   ARGS(w.arena, ARG_AS("name", "Other"), ARG_AS("lang", "fr")),
				   w.a, w.now);
	world_know_id(&w, "mill", mill);
	activity_settle(db, w.arena, w.a, mill, "held");
	there(&w, mill, alias, "volunteer", "attended");
	struct val *both = ARGS(w.arena, ARG(kept), ARG(alias), ARG_AS("org", w.a));
	CHECK_INT(db_exec(db, &q_merge_join, both), 1);
	CHECK(db_commit(db));
	world_ask(&w, &shows);
	CHECK(world_as_told(&w, &shows, __FILE__, __LINE__));
	world_ask(&w, &answers);
	CHECK(world_as_told(&w, &answers, __FILE__, __LINE__));
	db_begin(db, DB_WRITE, w.a);
	struct str one = person_accounts(db, w.arena, kept);
	CHECK_INT(in_file(&w, one), 1);
	db_exec(db, &q_merge_part, both);
	struct str hers = person_accounts(db, w.arena, alias);
	CHECK_INT(in_file(&w, hers), 1); /* it is about what that account did */
	CHECK_INT(in_file(&w, person_accounts(db, w.arena, kept)), 0);
	struct val *erase = ARGS(w.arena, ARG_AS("org", w.a), ARG_AS("people", hers));
	CHECK_INT(val_i(db_row(db, &q_reflect_personal_kept, erase), "n"), 1);
	db_exec(db, &q_reflect_personal_gone, erase);
	CHECK_INT(in_file(&w, hers), 0);
	CHECK(db_commit(db));
	world_ask(&w, &gone);
	CHECK(world_as_told(&w, &gone, __FILE__, __LINE__));
	CHECK_STR(err->text, "");
	world_end(&w);
}

#define PLAN                                                                                       \
	"title=Mill&kind=visit&mode=in_person&date=2099-05-12&time=10:00&minutes=60&visibility="   \
	"private"
#define EDIT "/alder/activities/%plan%/edit"

SCENARIOS(
	"a question is planned, offered ones come in both languages, and taking it back takes all",
	NULL,
	{.url = "/alder/activities/new",
	 LEAD,
	 .status = 200,
	 .has = {"A question afterwards", "What surprised you?", "Nothing is asked"},
	 .has_not = {"<details open"}},
	{.url = "/alder/activities/new",
	 LEAD,
	 .form = PLAN "&question=Why?",
	 .status = 422,
	 .has = {"Say when it is asked", "<details open", "Why?</textarea>"}},
	{.url = "/alder/activities/new",
	 LEAD,
	 .form = PLAN "&asked_after=end",
	 .status = 422,
	 .has = {"Write the question, or choose"}},
	{.url = "/alder/activities/new",
	 LEAD,
	 .form = PLAN "&asked_after=day&suggested=nothing",
	 .status = 422},
	{.url = "/alder/activities/new",
	 LEAD,
	 .form = PLAN "&asked_after=day&suggested=surprise",
	 .status = 303,
	 .keep = {"plan", "Location: /alder/activities/"}},
	{.url = "/alder/activities/%plan%", LEAD, .status = 200, .has = {"What surprised you?"}},
	{.url = EDIT "?work=fr",
	 LEAD,
	 .status = 200,
	 .has = {"Qu’est-ce qui vous a surpris ?</textarea>", "<details open",
		 "value=\"day\" selected"}},
	{.url = EDIT, LEAD, .form = PLAN "&rev=1&asked_after=week&question=Why?", .status = 303},
	{.url = EDIT,
	 LEAD,
	 .status = 200,
	 .has = {"Why?</textarea>", "value=\"week\" selected", "value=\"2\""}},
	{.url = EDIT, LEAD, .form = PLAN "&rev=2&asked_after=week&question=Why?", .status = 303},
	{.url = EDIT, LEAD, .status = 200, .has = {"name=\"rev\" value=\"2\""}},
	{.url = EDIT, LEAD, .form = PLAN "&rev=2", .status = 303},
	{.url = EDIT "?work=fr",
	 LEAD,
	 .status = 200,
	 .has_not = {"surpris ?</textarea>", "<details open"}},
	{.url = "/alder/activities/%plan%", LEAD, .status = 200, .has_not = {"Asked afterwards"}});

/* ---- a good request for each route ---- */

static void to_answer(struct world *w)
{
	int64_t asked = visit(w, 2 * HOUR, 0), answered = visit(w, 2 * HOUR, 0),
		me = stage_owner(w);
	activity_settle(w->db, w->arena, w->a, asked, "held");
	activity_settle(w->db, w->arena, w->a, answered, "held");
	there(w, asked, me, "participant", "attended");
	there(w, answered, me, "participant", "attended");
	answer(w, answered, me, true);
	world_know_id(w, "asked_afterwards", asked);
	world_know_id(w, "answered_afterwards", answered);
	world_know(w, "reflection_key",
		   link_make(w->db, w->arena,
			     &(struct link_new){.purpose = REFLECT_LINK,
						.org = w->a,
						.owner = me,
						.subject = answered,
						.now = w->now,
						.ends_at = w->now + DAY,
						.uses = 9}));
}

EXAMPLES(to_answer,
	 {.url = "/activities/%asked_afterwards%/reflection",
	  .as = "translator",
	  .form = "words=Flour&rev=0&shared=1"},
	 {.url = "/activities/%answered_afterwards%/reflection", .as = "translator"},
	 {.url = "/activities/%answered_afterwards%/reflection/end",
	  .as = "translator",
	  .form = "what=delete"},
	 {.url = "/activities/%answered_afterwards%/reflections", LEAD},
	 {.url = "/activities/reflection/%reflection_key%"},
	 {.url = "/activities/reflection/%reflection_key%", .form = "words=Bread&rev=1"},
	 {.url = "/activities/reflection/%reflection_key%/end", .form = "what=private"});
