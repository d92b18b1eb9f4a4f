/* Somebody asks to be erased, and reads the answer line by line. */
#include "app/erasures/erasures.h"

#include "base/arena.h"
#include "base/instant.h"
#include "core/activity.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/erasure.h"
#include "core/participation.h"
#include "core/person.h"
#include "core/personal.h"
#include "core/right.h"
#include "example.h"
#include "queries.h"

#define ADMIN .as = "admin"

static struct str number(struct world *w, int64_t n)
{
	return str_fmt(w->arena, "%lld", (long long)n);
}

/* ---- the decision ---- */

TEST("a rule keeps what is younger than it says, the longest of several rules holds")
{
	static const struct {
		const char *newest, *today;
		int64_t first, second; /* months of two rules, 0: none */
		enum erasure_end end;
		const char *until;
	} cases[] = {
		{"2026-01-10", "2026-11-28", 0, 0, ERASURE_ANONYMISED, ""},
		{"2026-01-10", "2026-11-28", 84, 0, ERASURE_KEPT, "2033-01-10"},
		{"2026-01-10", "2026-11-28", 12, 84, ERASURE_KEPT, "2033-01-10"},
		{"2026-01-10", "2026-11-28", 84, 12, ERASURE_KEPT, "2033-01-10"},
		{"2019-11-28", "2026-11-28", 84, 0, ERASURE_ANONYMISED, ""}, /* the day itself */
		{"2019-11-29", "2026-11-28", 84, 0, ERASURE_KEPT, "2026-11-29"},
		{"2026-08-31", "2026-11-28", 6, 0, ERASURE_KEPT, "2027-02-28"},
	};
	static const struct personal kind = {.name = "activities", .end = ERASURE_ANONYMISED};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct val *rules = val_list(test_arena);
		int64_t newest, today, months[] = {cases[i].first, cases[i].second};
		CHECK(day_read(str_of(cases[i].newest), &newest));
		CHECK(day_read(str_of(cases[i].today), &today));
		for (int r = 0; r < 2; r++)
			if (months[r])
				val_push(rules, ARGS(test_arena, ARG_AS("kind", "activities"),
						     ARG_AS("months", months[r]),
						     ARG_AS("jurisdiction", "CA-ON"),
						     ARG_AS("because", "the school act")));
		val_push(rules,
			 ARGS(test_arena, ARG_AS("kind", "letters"), ARG_AS("months", 1200)));
		struct erasure_line line = erasure_line(test_arena, &kind, 3, newest, rules, today);
		CHECK_INT(line.end, cases[i].end);
		CHECK_STR(line.until, cases[i].until);
	}
}

/* ---- pages ---- */

static int64_t took_part(struct world *w, int64_t person)
{
	struct activity visit = {.status = "held",
				 .starts_at = w->now - 86400,
				 .minutes = 90,
				 .by = world_person(w, "admin")};
	struct participation part = {.org = w->a,
				     .activity = world_activity(w, &visit),
				     .person = person,
				     .role = "learner",
				     .state = "attended",
				     .minutes = 90,
				     .ground = "duty",
				     .attested_by = world_person(w, "admin"),
				     .now = w->now,
				     .by = world_person(w, "admin")};
	return participation_add(w->db, w->arena, &part);
}

static void fill(struct world *w)
{
	int64_t noor =
		person_add(w->db, w->arena,
			   ARGS(w->arena, ARG_AS("name", "Noor Haddad"), ARG_AS("lang", "fr")),
			   w->a, w->now - 86400);
	contact_add(w->db, w->arena,
		    ARGS(w->arena, ARG_AS("person", noor), ARG_AS("kind", "email"),
			 ARG_AS("value", "noor@example.org")),
		    w->now);
	struct retention_rule rule = {.org = w->a,
				      .by = world_person(w, "admin"),
				      .now = w->now,
				      .kind = S("record"),
				      .jurisdiction = S("CA-ON"),
				      .lang = S("en"),
				      .because = S("the auditor asks for it"),
				      .months = 12};
	struct erasure_ask ask = {
		.org = w->a, .person = noor, .how = "paper", .words = S("Please"), .now = w->now};
	world_know(w, "noor", number(w, noor));
	world_know(w, "noors", number(w, took_part(w, noor)));
	world_know(w, "erasure", number(w, erasure_ask(w->db, w->arena, &ask)));
	world_know(w, "rule", number(w, retention_rule_add(w->db, w->arena, &rule)));
}

/* One of the reader's own, for /me/erase. */
static void fill_mine(struct world *w)
{
	struct erasure_ask ask = {
		.org = w->a, .person = stage_owner(w), .how = "page", .now = w->now};
	fill(w);
	world_know(w, "my_erasure", number(w, erasure_ask(w->db, w->arena, &ask)));
}

WORLD(erasures_world)
{
	fill(w);
}

EXAMPLES(fill_mine,
	 {.url = "/erasures", ADMIN, .form = "person=%listed%&asked_how=paper&words=Please"},
	 {.url = "/erasures/%erasure%", ADMIN, .form = ""},
	 {.url = "/erasures/rules",
	  ADMIN,
	  .form = "kind=letters&jurisdiction=CA-ON&months=84&because=the+act"},
	 {.url = "/erasures/rules/%rule%/retire", ADMIN, .form = ""},
	 {.url = "/me/erase", .as = "member", .form = "words=Please"},
	 {.url = "/me/erase/%my_erasure%/withdraw", .as = "translator", .form = ""});

SCENARIOS("a request is answered line by line: what no rule keeps goes, a participation keeps its "
	  "minutes",
	  fill, {.url = "/alder/erasures", ADMIN, .status = 200, .has = {"Noor Haddad", "Open"}},
	  {.url = "/alder/erasures/%erasure%",
	   ADMIN,
	   .status = 200,
	   .has = {"Activities taken part in", "Kept without the name", "Please", "Erase it"}},
	  {.url = "/alder/erasures/%erasure%", ADMIN, .form = "", .status = 303},
	  {.url = "/alder/erasures/%erasure%",
	   ADMIN,
	   .status = 200,
	   .has = {"What was done", "Kept without the name"},
	   .has_not = {"Erase it", "Noor Haddad"}},
	  {.url = "/alder/erasures/%erasure%", ADMIN, .form = "", .status = 303});

TEST_DB("what was done without a name keeps its minutes; the account goes when nobody knows it")
{
	struct world w;
	CHECK(world_begin(&w, db, err, fill));
	int64_t noor = 0, part = 0;
	str_int(world_known(&w, "noor"), &noor);
	str_int(world_known(&w, "noors"), &part);
	world_ask(&w, &(struct scenario){.url = "/alder/erasures/%erasure%", ADMIN, .form = ""});
	CHECK_INT(w.last.status, 303);
	db_begin(db, DB_READ, 0);
	const struct val *row = participation_row(db, test_arena, w.a, 0, part);
	CHECK_INT(val_i(row, "minutes"), 90);
	CHECK_INT(val_i(row, "heads"), 1);
	CHECK_INT(val_i(row, "person"), 0);
	CHECK_STR(val_s(db_row(db, SQL("SELECT p.name AS name FROM person p WHERE p.id = :id"),
			       PARAMS("id", INT(noor))),
			"name"),
		  "–");
	CHECK_INT((int64_t)val_count(contacts_of(db, test_arena, 0, noor)), 0);
	/* told at the address they had, in their language, and no longer under their name */
	const struct val *letter = db_row(
		db,
		SQL("SELECT l.to_address AS to_address, l.lang AS lang, l.person AS "
		    "person FROM letter l WHERE l.kind = 'erasures.answered' AND l.org = :org"),
		PARAMS("org", INT(w.a)));
	CHECK_STR(val_s(letter, "to_address"), "noor@example.org");
	CHECK_STR(val_s(letter, "lang"), "fr");
	CHECK_INT(val_i(letter, "person"), 0);
	db_rollback(db);
	world_end(&w);
}

TEST_DB("what a rule keeps until a day is erased on that day by the clock")
{
	struct world w;
	CHECK(world_begin(&w, db, err, fill));
	int64_t noor = 0;
	str_int(world_known(&w, "noor"), &noor);
	world_ask(&w, &(struct scenario){
			      .url = "/alder/erasures/rules",
			      ADMIN,
			      .form = "kind=activities&jurisdiction=CA-ON&months=2&because=act"});
	CHECK_INT(w.last.status, 303);
	world_ask(&w, &(struct scenario){.url = "/alder/erasures/%erasure%", ADMIN, .form = ""});
	CHECK_INT(w.last.status, 303);
	const struct query *whose =
		SQL("SELECT count(*) AS n FROM participation p WHERE p.person = :person");

	static struct personal all[100];
	size_t n = 0;
	for (const struct personal *kind = personal_core; kind->name; kind++)
		all[n++] = *kind;
	db_begin(db, DB_READ, 0);
	CHECK_INT(val_i(db_row(db, whose, PARAMS("person", INT(noor))), "n"), 1);
	db_rollback(db);
	/* behind more than are taken at once, of kinds that a newer program knows */
	db_begin(db, DB_WRITE, w.a);
	db_exec(db,
		SQL("INSERT INTO erasure_line (erasure, kind, entries, answer, until, "
		    "jurisdiction, because) "
		    "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT i + 1 FROM "
		    "n WHERE i < 250) "
		    "SELECT l.erasure, 'newer_' || CAST(n.i AS text), 1, l.answer, '2000-01-01', "
		    "'', '' "
		    "FROM erasure_line l JOIN n ON true WHERE l.until IS NOT NULL"),
		PARAMS("org", INT(w.a)));
	CHECK(db_commit(db));
	CHECK_INT(erasures_due(db, test_arena, err, all, w.now + 30 * 86400), 0);
	CHECK_INT(erasures_due(db, test_arena, err, all, w.now + 70 * 86400), 1);
	CHECK_INT(erasures_due(db, test_arena, err, all, w.now + 70 * 86400), 0);
	db_begin(db, DB_READ, 0);
	CHECK_INT(val_i(db_row(db, whose, PARAMS("person", INT(noor))), "n"), 0);
	db_rollback(db);
	CHECK_INT(err->kind, ERR_NONE);
	world_end(&w);
}

SCENARIOS(
	"I ask, take it back, ask again and read the answer; another person's request is not mine",
	NULL, {.url = "/alder/me/erase", .as = "member", .status = 200, .has = {"Alder Guild"}},
	{.url = "/alder/me/erase", .as = "member", .form = "words=Thank+you", .status = 303},
	{.url = "/alder/me/erase",
	 .as = "member",
	 .form = "",
	 .status = 422,
	 .has = {"asked already"}},
	{.url = "/alder/me/erase",
	 .as = "member",
	 .status = 200,
	 .has = {"Waits for an answer"},
	 .keep = {"mine", "action=\"/alder/me/erase/"}},
	{.url = "/alder/me/erase/%mine%", .as = "assessor", .form = "", .status = 404},
	{.url = "/alder/me/erase/%mine%", .as = "member", .form = "", .status = 303},
	{.url = "/alder/me/erase", .as = "member", .form = "", .status = 303});

SCENARIOS("nobody answers their own request", NULL,
	  {.url = "/alder/me/erase", ADMIN, .form = "words=me", .status = 303},
	  {.url = "/alder/erasures",
	   ADMIN,
	   .status = 200,
	   .keep = {"own", "<th scope=\"row\"><a href=\"/alder/erasures/"}},
	  {.url = "/alder/erasures/%own%", ADMIN, .form = "", .status = 403},
	  {.url = "/birch/erasures/%own%", .as = "admin_of_b", .status = 404});
