/* Asking told through its pages, on both engines. */
#include "app/activities/ask.h"
#include "app/activities/ask_letters.h"
#include "base/arena.h"
#include "core/activity.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/job.h"
#include "core/org.h"
#include "core/person.h"
#include "core/text.h"
#include "example.h"
#include "scenario.h"

#include <string.h>

static int64_t person(struct world *w, const char *name, const char *lang, const char *kind,
		      const char *value)
{
	int64_t id =
		person_add(w->db, w->arena, ARGS(w->arena, ARG(name), ARG(lang)), w->a, w->now);
	if (*value)
		contact_add(w->db, w->arena,
			    ARGS(w->arena, ARG_AS("person", id), ARG(kind), ARG(value)), w->now);
	return id;
}

static int64_t plan(struct world *w, int64_t capacity)
{
	int64_t id =
		world_activity(w, &(struct activity){.kind = "event",
						     .starts_wall = S("2099-05-12T10:00"),
						     .capacity = capacity,
						     .responsible = world_person(w, "careers_lead"),
						     .answer_by = S("2099-05-02")});
	world_activity_says(w, id, "title", "en", "Evening of trades");
	world_activity_says(w, id, "title", "fr", "Soirée des métiers");
	world_activity_says(w, id, "bring", "en", "Sturdy shoes");
	world_activity_says(w, id, "bring", "fr", "Des souliers solides");
	return id;
}

static int64_t ask_of(struct world *w, int64_t activity, int64_t who, const char *role)
{
	return ask_add(w->db, w->arena,
		       &(struct ask_new){.org = w->a,
					 .activity = activity,
					 .person = who,
					 .role = role,
					 .lang = val_s(person_by_id(w->db, w->arena, who), "lang"),
					 .by = world_person(w, "careers_lead"),
					 .now = w->now});
}

static struct str key_of(struct world *w, int64_t ask, int64_t who)
{
	struct val *row = ask_row(w->db, w->arena, w->a, ask, w->now);
	return ask_link(w->db, w->arena, row, who, w->a, S(""), w->now);
}

static void invite(struct world *w, int64_t activity, int64_t group)
{
	db_exec(w->db,
		SQL("INSERT INTO activity_group (org, activity, people_group) VALUES (:org, :a, "
		    ":g)"),
		ARGS(w->arena, ARG_AS("org", w->a), ARG_AS("a", activity), ARG_AS("g", group)));
}

/* An evening with five places; a family and Léa, who reads French, are asked; 8B is invited. */
static void fill(struct world *w)
{
	int64_t evening = plan(w, 5);
	int64_t ann = person(w, "Ann Family", "en", "email", "ann@example.org"),
		lea = person(w, "Léa", "fr", "email", "lea@example.org"),
		elder = person(w, "Moses", "en", "phone", "204 555 0199"),
		class = group_add(w->db, w->arena, w->a, "class", S("8B"), S("2020-09-01"));
	int64_t first = ask_of(w, evening, ann, "guardian"),
		second = ask_of(w, evening, lea, "participant"),
		third = ask_of(w, evening, elder, "speaker");
	group_join(w->db, w->arena, w->a, class,
		   person(w, "Pupil One", "fr", "email", "one@example.org"), S("2020-09-01"));
	invite(w, evening, class);
	world_know_id(w, "evening", evening);
	world_know_id(w, "ask", first);
	world_know_id(w, "ask_lea", second);
	world_know_id(w, "ask_elder", third);
	world_know_id(w, "askclass", class);
	world_know_id(w, "unasked", person(w, "Not Asked", "en", "email", "not@example.org"));
	struct secrets keys = world_keys();
	struct str code = S("ABCDE-FGHJK");
	struct str hash = secret_keyed_hash(w->arena, &keys, S("activity.ask"),
					    secret_code_typed(w->arena, code));
	db_exec(w->db, SQL("UPDATE activity_ask SET code = :code WHERE id = :ask AND org = :org"),
		ARGS(w->arena, ARG_AS("code", hash), ARG_AS("ask", first), ARG_AS("org", w->a)));
	world_know(w, "askcode", code);
	world_know(w, "key", key_of(w, first, ann));
	world_know(w, "key_lea", key_of(w, second, lea));
}

WORLD(asks_of_the_world)
{
	int64_t sam = person(w, "Asked Person", "en", "email", "asked@example.org");
	int64_t ask = ask_of(w, val_get_int(val_text(w->arena, world_known(w, "activity"))), sam,
			     "participant");
	world_know_id(w, "ask", ask);
	world_know(w, "key", key_of(w, ask, sam));
}

#define LEAD .as = "careers_lead"
#define YES  "answer=accept&adults=2&children=3"

EXAMPLES(fill, {.url = "/activities/%evening%/reminders", LEAD, .form = ""},
	 {.url = "/activities/%evening%/ask/group",
	  LEAD,
	  .form = "group=%askclass%&role=participant"},
	 {.url = "/activities/%evening%/ask/people",
	  .as = "admin",
	  .form = "people=%unasked%&role=participant"},
	 {.url = "/activities/%evening%/ask/person",
	  LEAD,
	  .form = "name=Noor&email=noor@example.org&speaks=fr&role=volunteer"},
	 {.url = "/activities/%evening%/asked/%ask%", LEAD, .form = YES "&how=telephone"},
	 {.url = "/activities/%evening%/asked/%ask%/withdraw", LEAD, .form = ""},
	 {.url = "/activities/%evening%/notices", LEAD, .form = "group=%askclass%", .status = 200},
	 {.url = "/activities/answer", .form = "code=ABCDE-FGHJK"},
	 {.url = "/activities/answer/%key%", .form = YES},
	 {.url = "/activities/answer/%key%/stop", .form = "", .status = 200});

SCENARIOS("a family answers by its link, without an account; the next one waits and is told", fill,
	  {.url = "/alder/activities/answer/%key%",
	   .status = 200,
	   .has = {"<h1>Evening of trades</h1>", "Tuesday 12 May 2099",
		   "<dt>What to bring</dt><dd>Sturdy shoes</dd>", "Referrer-Policy: no-referrer",
		   "Cache-Control: no-store", "name=\"children\""},
	   .has_not = {"Sign in"}},
	  {.url = "/alder/activities/answer/%key%",
	   .form = "",
	   .status = 422,
	   .has = {"Choose an answer."}},
	  {.url = "/alder/activities/answer/%key%",
	   .form = "answer=accept&adults=0&children=0",
	   .status = 422,
	   .has = {"Say how many of you come."}},
	  {.url = "/alder/activities/answer/%key%",
	   .form = "answer=call_me",
	   .status = 422,
	   .has = {"Write the number at which we may call you."}},
	  {.url = "/alder/activities/answer/%key%",
	   .form = YES,
	   .headers = "Origin: https://mail.example\nSec-Fetch-Site: cross-site",
	   .status = 303,
	   .has = {"Location: /alder/activities/answer/%key%?said=1"}},
	  {.url = "/alder/activities/answer/%key%?said=1",
	   .status = 200,
	   .has = {"Your answer has arrived", "5 seats are yours",
		   "<option value=\"3\" selected>"}},
	  {.url = "/alder/activities/answer/%key_lea%",
	   .form = "answer=accept&adults=1&children=0",
	   .headers = "Accept-Language: en",
	   .status = 303},
	  {.url = "/alder/activities/answer/%key_lea%",
	   .headers = "Accept-Language: en",
	   .status = 200,
	   .has = {"<html lang=\"fr\">", "Soirée des métiers", "liste d’attente",
		   "mardi 12 mai 2099"}},
	  {.url = "/alder/activities/answer/%key_lea%?speaks=en",
	   .status = 200,
	   .has = {"<html lang=\"en\">", "You are next on the waiting list"}},
	  {.url = "/alder/activities/%evening%/asked",
	   LEAD,
	   .status = 200,
	   .has = {"Ann Family", "On the waiting list", "no e-mail", "(2 + 3)"}},
	  /* Two children are ill: Léa gets an offer. */
	  {.url = "/alder/activities/answer/%key%",
	   .form = "answer=accept&adults=2&children=1",
	   .status = 303},
	  {.url = "/alder/activities/answer/%key_lea%?speaks=en",
	   .status = 200,
	   .has = {"One seat is kept for you."}},
	  {.url = "/alder/outbox.json",
	   .as = "admin",
	   .status = 200,
	   .has = {"\"kind\":\"activities.confirmation\"", "\"kind\":\"activities.offer\"",
		   "Il y a de la place pour vous"}},
	  {.url = "/birch/activities/answer/%key%", .status = 410, .has = {"no longer works"}},
	  {.url = "/birch/activities/answer/%key%", .form = YES, .status = 410});

SCENARIOS("an elder answers by telephone: who took it, when, and what was read out is kept", fill,
	  {.url = "/alder/activities/%evening%/asked/%ask_elder%",
	   LEAD,
	   .status = 200,
	   .has = {"What to read out", "Hello, is that Moses", "Evening of trades", "204 555 0199",
		   "activities.call/en/0/1", "- What to bring: Sturdy shoes\n"},
	   .has_not = {"by the same link", "answer here"}},
	  {.url = "/alder/activities/%evening%/asked/%ask_elder%",
	   LEAD,
	   .form = "answer=call_me&phone=204+555+0199&how=telephone&was_read=1&"
		   "reading_code=activities.call/en/0/1&words=After+six",
	   .status = 303},
	  {.url = "/alder/activities/%evening%/asked/%ask_elder%",
	   LEAD,
	   .status = 200,
	   .has = {"Asks for a call", "204 555 0199", "By telephone", "After six",
		   "read out:", "activities.call/en/0/1"}},
	  {.url = "/alder/activities/%evening%/asked/%ask_elder%",
	   .as = "teacher",
	   .status = 200,
	   .has = {"Only the person responsible sees the number."},
	   .has_not = {"204 555 0199"}},
	  {.url = "/alder/activities/%evening%/asked", .as = "member", .status = 403},
	  {.url = "/alder/activities/%evening%/asked.json",
	   .as = "teacher",
	   .status = 200,
	   .has_not = {"0199"}},
	  {.url = "/birch/activities/%evening%/asked/%ask_elder%", LEAD, .status = 403});

SCENARIOS(
	"a new person is asked by letter, a group at once, and one reminder goes to who is silent",
	fill,
	{.url = "/alder/activities/%evening%/ask",
	 .as = "teacher",
	 .status = 200,
	 .has = {"Somebody new"},
	 .has_not = {"From the directory"}},
	{.url = "/alder/activities/%evening%/ask",
	 LEAD,
	 .status = 200,
	 .has = {"Ask everybody in 8B", "From the directory", "name=\"once\" value=\""},
	 .has_not = {"name=\"once\" value=\"\""}},
	{.url = "/alder/activities/%evening%/ask?q=lea",
	 .as = "admin",
	 .status = 200,
	 .has = {"From the directory", "name=\"people\""}},
	{.url = "/alder/activities/%evening%/ask/person",
	 LEAD,
	 .form = "name=Noor&email=&phone=&speaks=fr&role=volunteer",
	 .status = 422,
	 .has = {"Write an e-mail address or a telephone number.", "value=\"Noor\""}},
	{.url = "/alder/activities/%evening%/ask/person",
	 LEAD,
	 .form = "name=Noor&email=noor@example.org&speaks=fr&role=volunteer",
	 .status = 303},
	{.url = "/alder/activities/%evening%/ask/person",
	 LEAD,
	 .form = "name=NOOR&email=Noor@example.org&speaks=fr&role=volunteer",
	 .status = 303},
	{.url = "/alder/activities/%evening%/ask/group",
	 LEAD,
	 .form = "group=%askclass%&role=participant",
	 .status = 303},
	{.url = "/alder/activities/%evening%/asked",
	 LEAD,
	 .status = 200,
	 .has = {"Noor", "Pupil One", "Remind the 5 who have not answered"}},
	{.url = "/alder/activities/%evening%/asked/%ask_elder%",
	 LEAD,
	 .status = 200,
	 .has = {"call us back no later than Saturday 2 May 2099."}},
	{.url = "/alder/activities/%evening%.ics",
	 LEAD,
	 .status = 200,
	 .has = {"What to bring: Sturdy shoes"}},
	{.url = "/alder/activities/%evening%/reminders", LEAD, .form = "", .status = 303},
	{.url = "/alder/activities/%evening%/asked",
	 LEAD,
	 .status = 200,
	 .has_not = {"Remind the"}},
	{.url = "/alder/outbox.json",
	 .as = "admin",
	 .status = 200,
	 .has = {"Invitation : Soirée des métiers", "Do you come? Evening of trades",
		 "noor@example.org"}});

SCENARIOS("one click stops invitations, and not what follows from a yes", fill,
	  {.url = "/alder/activities/answer/%key%/stop",
	   .form = "List-Unsubscribe=One-Click",
	   .headers = "Origin: https://mail.example\nSec-Fetch-Site: cross-site",
	   .status = 200,
	   .has = {"You get no more invitations"}},
	  {.url = "/alder/activities/%evening%/reminders", LEAD, .form = "", .status = 303},
	  {.url = "/alder/outbox.json",
	   .as = "admin",
	   .status = 200,
	   .has = {"lea@example.org"},
	   .has_not = {"ann@example.org"}},
	  {.url = "/alder/activities/answer/%key%", .form = YES, .status = 303},
	  {.url = "/alder/activities/%evening%/cancel",
	   LEAD,
	   .form = "rev=1&why=Snow",
	   .status = 303},
	  {.url = "/alder/activities/answer/%key%",
	   .status = 200,
	   .has = {"This activity is cancelled."},
	   .has_not = {"Send the answer"}},
	  {.url = "/alder/activities/answer/%key%", .form = YES, .status = 422});

SCENARIOS("a notice goes home with a code, which answers for the child", fill,
	  {.url = "/alder/activities/%evening%/notices",
	   LEAD,
	   .form = "group=%askclass%",
	   .status = 200,
	   .has = {"À la famille de Pupil One", "Votre code : ", "<svg class=\"qr\"",
		   "- À apporter : Des souliers solides\n",
		   "Répondez au plus tard le samedi 2 mai 2099 : visez", "Print this page now"},
	   .keep = {"code", "Votre code : "}},
	  {.url = "/alder/activities/answer?code=ABC", .status = 200, .has = {"value=\"ABC\""}},
	  {.url = "/alder/activities/answer",
	   .form = "code=ABCDE-FGHJM",
	   .status = 422,
	   .has = {"There is no such code."}},
	  {.url = "/alder/activities/answer",
	   .form = "code=&speaks=",
	   .status = 422,
	   .has = {"Type the code that stands on the notice."}},
	  /* The other language, nothing judged yet and the code kept; from there on it stays. */
	  {.url = "/alder/activities/answer?code=ABC",
	   .status = 200,
	   .has = {"name=\"instead\" value=\"fr\""},
	   .has_not = {"value=\"en\""}},
	  {.url = "/alder/activities/answer",
	   .form = "code=ABCDE-FGH&speaks=&instead=fr",
	   .status = 200,
	   .has = {"<html lang=\"fr\">", "value=\"ABCDE-FGH\"", "name=\"speaks\" value=\"fr\"",
		   "name=\"instead\" value=\"en\""},
	   .has_not = {"class=\"error\""}},
	  {.url = "/alder/activities/answer",
	   .form = "code=ABCDE-FGHJM&speaks=fr",
	   .status = 422,
	   .has = {"<html lang=\"fr\">", "value=\"ABCDE-FGHJM\"", "n’existe pas"}},
	  {.url = "/alder/activities/answer", .form = "code=%askcode%&speaks=fr", .status = 303},
	  {.url = "%location%", .status = 200, .has = {"<html lang=\"fr\">", "Soirée des métiers"}},
	  {.url = "/alder/activities/answer",
	   .form = "code=%askcode%",
	   .status = 303,
	   .has = {"Location: /alder/activities/answer/"}},
	  {.url = "%location%", .status = 200, .has = {"Evening of trades"}},
	  {.url = "/birch/activities/answer", .form = "code=%askcode%", .status = 422});

/* The teacher leads 8B and not 9C, which is invited as well. */
static void fill_groups(struct world *w)
{
	fill(w);
	int64_t other = group_add(w->db, w->arena, w->a, "class", S("9C"), S("2020-09-01"));
	invite(w, val_get_int(val_text(w->arena, world_known(w, "evening"))), other);
	group_staff_add(w->db, w->arena, w->a,
			val_get_int(val_text(w->arena, world_known(w, "askclass"))),
			world_person(w, "teacher"), S("2020-09-01"));
	world_know_id(w, "other_class", other);
}

SCENARIOS("a teacher asks the groups they are responsible for, and no other", fill_groups,
	  {.url = "/alder/activities/%evening%/ask",
	   .as = "teacher",
	   .status = 200,
	   .has = {"8B"},
	   .has_not = {"9C"}},
	  {.url = "/alder/activities/%evening%/ask/group",
	   .as = "teacher",
	   .form = "group=%other_class%&role=participant",
	   .status = 404},
	  {.url = "/alder/activities/%evening%/notices",
	   .as = "teacher",
	   .form = "group=%other_class%",
	   .status = 404},
	  {.url = "/alder/activities/%evening%/ask/group",
	   .as = "teacher",
	   .form = "group=%askclass%&role=participant",
	   .status = 303},
	  {.url = "/alder/activities/%evening%/ask", LEAD, .status = 200, .has = {"8B", "9C"}},
	  {.url = "/alder/activities/%evening%/notices",
	   LEAD,
	   .status = 200,
	   .has = {"All languages", "<option value=\"fr\""}},
	  {.url = "/alder/activities/%evening%/notices",
	   LEAD,
	   .form = "group=%askclass%&speaks=en",
	   .status = 200,
	   .has = {"<option value=\"en\" selected"},
	   .has_not = {"Pupil One"}},
	  {.url = "/alder/activities/%evening%/asked/%ask_elder%",
	   LEAD,
	   .status = 200,
	   .has = {"Their answer"},
	   .has_not = {"Your answer"}});

/* ---- letters ---- */

static struct val *letters(struct world *w)
{
	return db_rows(
		w->db,
		SQL("SELECT l.kind AS kind, l.to_address AS to_address, l.lang AS lang, l.body AS "
		    "body, l.unsubscribe AS unsubscribe, l.file_name AS file_name, l.file AS file "
		    "FROM letter l WHERE l.kind LIKE 'activities.%' ORDER BY l.id"),
		NULL);
}

static int64_t written_to(struct world *w, const char *address)
{
	return val_i(db_row(w->db,
			    SQL("SELECT count(*) AS n FROM letter l WHERE l.to_address = :at"),
			    ARGS(w->arena, ARG_AS("at", address))),
		     "n");
}

static int64_t test_now(void)
{
	return 4000000000;
}

TEST_DB("guardians are written to for a minor, each in their language, with the date for their "
	"calendar")
{
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	db_begin(db, DB_WRITE, w.a);
	int64_t child = person(&w, "Alix", "en", "email", "alix@example.org"),
		mother = person(&w, "Inès", "fr", "email", "ines@example.org"),
		father = person(&w, "Bo", "en", "phone", "2045550123");
	minor_until(db, w.arena, w.a, child, S("2100-01-01"));
	guardian_add(db, w.arena, w.a, child, mother, S("2020-01-01"));
	guardian_add(db, w.arena, w.a, child, father, S("2020-01-01"));
	int64_t evening = val_get_int(val_text(w.arena, world_known(&w, "evening")));
	int64_t ask = ask_of(&w, evening, child, "participant");
	const struct val *org = org_by_id(db, w.arena, w.a);
	CHECK_INT(ask_write(db, w.arena, org, ask, LETTER_INVITATION, w.now), 1);
	CHECK_INT(ask_write(db, w.arena, org, ask, LETTER_INVITATION, w.now), 0); /* once */
	const struct val *all = letters(&w), *letter = val_at(all, val_count(all) - 1);
	CHECK_STR(val_s(letter, "to_address"), "ines@example.org");
	CHECK_STR(val_s(letter, "lang"), "fr");
	CHECK(str_find(val_s(letter, "body"), S("(Alix)")) > 0);
	CHECK(str_find(val_s(letter, "body"), S("mardi 12 mai 2099")) > 0);
	CHECK(str_find(val_s(letter, "body"), S("Répondez ici au plus tard le samedi 2 mai 2099")) >
	      0);
	CHECK(str_ends(val_s(letter, "unsubscribe"), S("/stop")));
	CHECK_STR(val_s(letter, "file_name"), "activity.ics");
	CHECK(str_starts(val_s(letter, "file"), S("BEGIN:VCALENDAR\r\n")));
	CHECK(str_find(val_s(letter, "file"), S("Soirée des métiers")) > 0);
	world_know(&w, "hers", key_of(&w, ask, mother));
	CHECK(db_commit(db));
	static const struct scenario before = {
		.url = "/alder/activities/answer/%hers%", .status = 200, .has = {"Pour Alix"}};
	static const struct scenario after = {.url = "/alder/activities/answer/%hers%",
					      .status = 410,
					      .has = {"no longer works"},
					      .has_not = {"Alix"}};
	world_ask(&w, &before);
	CHECK(world_as_told(&w, &before, __FILE__, __LINE__));
	db_begin(db, DB_WRITE, w.a); /* a court says so */
	db_exec(db, SQL("UPDATE guardian SET no_contact = 1 WHERE child = :child AND person = :m"),
		ARGS(w.arena, ARG(child), ARG_AS("m", mother)));
	CHECK_INT(ask_write(db, w.arena, org, ask, LETTER_REMINDER, w.now), 0);
	CHECK(db_commit(db));
	world_ask(&w, &after);
	CHECK(world_as_told(&w, &after, __FILE__, __LINE__));
	CHECK_STR(err->text, "");
	world_end(&w);
}

TEST_DB("a change and a cancellation are told once to everybody who is asked, with their link")
{
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	int64_t evening = val_get_int(val_text(w.arena, world_known(&w, "evening")));
	struct str ids = str_fmt(w.arena, "[%lld]", (long long)evening);
	static const struct {
		const char *event, *kind;
	} told[] = {{"activities.changed", "activities.asked_moved"},
		    {"activities.cancelled", "activities.asked_cancelled"}};
	for (size_t i = 0; i < 2; i++) {
		struct event e = {.org = w.a,
				  .kind = told[i].event,
				  .object_kind = "activity",
				  .object = evening,
				  .data = ARGS(w.arena, ARG(ids), ARG_AS("by", 1)),
				  .at = w.now};
		db_begin(db, DB_WRITE, w.a);
		event_say(db, w.arena, &e);
		event_say(db, w.arena, &e); /* said twice, told once */
		CHECK(db_commit(db));
		while (events_deliver(db, w.arena, err, ask_reactions, w.now + 5, 10) > 0)
			continue;
		db_begin(db, DB_READ, w.a);
		const struct val *all = letters(&w);
		CHECK_INT(val_count(all), (i + 1) * 2); /* Ann and Léa; Moses has no e-mail */
		for (size_t k = i * 2; k < val_count(all); k++) {
			CHECK_STR(val_s(val_at(all, k), "kind"), told[i].kind);
			CHECK(str_find(val_s(val_at(all, k), "body"), S("/activities/answer/")) >
			      0);
			CHECK_INT(val_s(val_at(all, k), "unsubscribe").n, 0);
		}
		db_rollback(db);
	}
	CHECK_STR(err->text, "");
	world_end(&w);
}

TEST_DB("a large group is asked a few at a time, and a job that is started again asks nobody twice")
{
	enum { NOW_ALREADY = ASK_STEP * 2 + 6, MEMBERS = NOW_ALREADY + 1 };
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	db_begin(db, DB_WRITE, w.a);
	int64_t evening = val_get_int(val_text(w.arena, world_known(&w, "evening"))),
		group = group_add(db, w.arena, w.a, "team", S("All"), S("2020-01-01"));
	for (int i = 0; i < NOW_ALREADY; i++) {
		const char *at = str_c(w.arena, str_fmt(w.arena, "m%d@example.org", i));
		group_join(db, w.arena, w.a, group, person(&w, at, "en", "email", at),
			   S("2020-01-01"));
	}
	int64_t gone = person(&w, "Leaves", "en", "email", "leaves@example.org");
	group_join(db, w.arena, w.a, group, gone, S("2020-01-01")); /* before the evening */
	CHECK(group_leave(db, w.arena, w.a, group, gone, S("2099-05-12")));
	group_join(db, w.arena, w.a, group, person(&w, "Comes", "en", "email", "c@example.org"),
		   S("2099-05-12"));
	invite(&w, evening, group);
	CHECK(db_commit(db));
	struct val *input =
		ARGS(w.arena, ARG_AS("what", "ask"), ARG_AS("activity", evening), ARG(group),
		     ARG_AS("role", "participant"), ARG_AS("by", world_person(&w, "careers_lead")),
		     ARG_AS("after", 0), ARG_AS("title", "All"));
	db_begin(db, DB_WRITE, w.a);
	const struct val *org = org_by_id(db, w.arena, w.a);
	CHECK(ask_many(db, w.arena, org, input, 0, w.now) > 0);
	CHECK(db_commit(db));
	db_begin(db, DB_READ, w.a);
	CHECK_INT(val_count(letters(&w)), ASK_STEP);
	db_rollback(db);
	static const struct job_kind kinds[] = {{.name = ASK_JOB_MANY, .run = ask_many_job}, {0}};
	struct job job = {
		.db = db, .arena = w.arena, .err = err, .now = test_now, .holder = S("test")};
	CHECK(job_run_next(&job, kinds));
	db_begin(db, DB_WRITE, w.a);
	CHECK_INT(val_count(letters(&w)), MEMBERS);
	CHECK_INT(written_to(&w, "c@example.org"), 1);
	CHECK_INT(written_to(&w, "leaves@example.org"), 0);
	val_set_int(input, "after", 0); /* the job died after its first step, and begins again */
	ask_many(db, w.arena, org, input, 0, w.now);
	CHECK_INT(val_count(letters(&w)), MEMBERS);
	if (!strcmp(db_engine(db), "postgresql")) {
		const struct val *most = db_row(
			db,
			SQL("SELECT max(t.n) AS n FROM (SELECT count(*) AS n FROM letter l GROUP "
			    "BY l.xmin) t"),
			NULL);
		CHECK_INT(val_i(most, "n"), ASK_STEP);
	}
	CHECK(db_commit(db));
	CHECK_STR(err->text, "");
	world_end(&w);
}
