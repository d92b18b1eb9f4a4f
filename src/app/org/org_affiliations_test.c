#include "base/arena.h"
#include "core/affiliation.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/org.h"
#include "core/person.h"
#include "scenario.h"

static int64_t tie(struct world *w, int64_t org, int64_t other, const char *kind, bool agreed)
{
	struct affiliation_ask ask = {
		.org = org, .other = other, .now = w->now, .kind = kind, .since = S("2026-03-01")};
	struct affiliation_act act = {.org = other, .now = w->now};
	act.affiliation = affiliation_propose(w->db, w->arena, &ask);
	if (agreed)
		affiliation_answer(w->db, w->arena, &act, true);
	return act.affiliation;
}

/* Alder uses the standards of Birch; Birch asks Alder; Cedar and Birch are none of Alder's. */
static void fill(struct world *w)
{
	struct val *org = org_by_id(w->db, w->arena, w->b);
	val_set_str(org, "slug", S("cedar"));
	val_set_str(val_get(org, "names"), "en", S("Cedar Circle"));
	val_set_str(val_get(org, "names"), "fr", S("Cercle du Cèdre"));
	int64_t cedar = org_add(w->db, w->arena, org, w->now);
	world_know_id(w, "cedar", cedar);
	world_know_id(w, "birch", w->b);
	world_know_id(w, "alder", w->a);
	world_know_id(w, "uses", tie(w, w->a, w->b, "uses_standards_of", true));
	world_know_id(w, "asked", tie(w, w->b, w->a, "reports_to", false));
	world_know_id(w, "others", tie(w, cedar, w->b, "member_of", false));
}

SCENARIOS("affiliations are seen by the two sides' administrators and nobody else", fill,
	  {.url = "/alder/org/affiliations",
	   .as = "admin",
	   .status = 200,
	   .has = {"We use the standards of", "We get reports from", "waits for your answer",
		   "/org/affiliations/%uses%\"", "/org/affiliations/%asked%\"", "Cedar Circle"},
	   .has_not = {"/org/affiliations/%others%\"", "Our member is"}},
	  {.url = "/birch/org/affiliations",
	   .as = "admin_of_b",
	   .status = 200,
	   .has = {"Our standards are used by", "waits for their answer", "Our member is"}},
	  {.url = "/alder/org/affiliations", .as = "registrar", .status = 403},
	  {.url = "/alder/org/affiliations", .as = "admin_of_b", .status = 403},
	  {.url = "/alder/org/affiliations/%others%", .as = "admin", .status = 404},
	  {.url = "/alder/org/affiliations/%others%/answer",
	   .as = "admin",
	   .form = "answer=confirm",
	   .status = 404},
	  {.url = "/alder/org/affiliations/%others%/withdraw",
	   .as = "admin",
	   .form = "",
	   .status = 404},
	  {.url = "/alder/org/affiliations/%others%/end",
	   .as = "admin",
	   .form = "until=2026-12-01",
	   .status = 404},
	  {.url = "/birch/org/affiliations/%others%",
	   .as = "admin_of_b",
	   .status = 200,
	   .has = {"Cedar Circle", "waits for your answer"}});

SCENARIOS("organisations are offered in the reader's language", fill,
	  {.url = "/alder/language", .as = "admin", .form = "language=fr&back=%2F", .status = 303},
	  {.url = "/alder/org/affiliations",
	   .as = "admin",
	   .status = 200,
	   .has = {">Cercle du Cèdre</option>", ">Conseil du Bouleau</option>"},
	   .has_not = {"Cedar Circle", "Guilde de l’Aulne</option>"}});

SCENARIOS("one side proposes, and only the other can confirm", fill,
	  {.url = "/alder/org/affiliations",
	   .as = "admin",
	   .form = "kind=member_of&other=%birch%&since=2026-04-01",
	   .status = 303,
	   .has = {"Location: /alder/org/affiliations"}},
	  {.url = "/alder/org/affiliations",
	   .as = "admin",
	   .form = "kind=member_of&other=%birch%&since=2026-05-01",
	   .status = 422,
	   .has = {"cannot be proposed", "value=\"2026-05-01\""}},
	  {.url = "/alder/org/affiliations",
	   .as = "admin",
	   .form = "kind=member_of&other=%alder%&since=2026-05-01",
	   .status = 422},
	  {.url = "/alder/org/affiliations",
	   .as = "admin",
	   .form = "kind=owns&other=%birch%&since=2026-05-01",
	   .status = 422},
	  {.url = "/alder/org/affiliations",
	   .as = "registrar",
	   .form = "kind=member_of&other=%birch%&since=2026-05-01",
	   .status = 403},
	  {.url = "/birch/org/affiliations/%asked%/answer",
	   .as = "admin_of_b",
	   .form = "answer=confirm",
	   .status = 303},
	  {.url = "/birch/org/affiliations/%asked%",
	   .as = "admin_of_b",
	   .status = 200,
	   .has = {"waits for their answer", "Withdraw the proposal"},
	   .has_not = {"value=\"confirm\"", "Set the end"}},
	  {.url = "/alder/org/affiliations/%asked%",
	   .as = "admin",
	   .status = 200,
	   .has = {"value=\"confirm\""},
	   .has_not = {"Withdraw the proposal"}},
	  {.url = "/alder/org/affiliations/%asked%/answer",
	   .as = "admin",
	   .form = "answer=confirm",
	   .status = 303},
	  {.url = "/birch/org/affiliations/%asked%",
	   .as = "admin_of_b",
	   .status = 200,
	   .has = {"holds</span>", "Set the end"}});

SCENARIOS("what is declined or withdrawn holds for nobody; a late answer is told so", fill,
	  {.url = "/alder/org/affiliations/%asked%/answer",
	   .as = "admin",
	   .form = "answer=decline",
	   .status = 303},
	  {.url = "/birch/org/affiliations/%asked%",
	   .as = "admin_of_b",
	   .status = 200,
	   .has = {"declined</span>"},
	   .has_not = {"Set the end"}},
	  {.url = "/birch/org/affiliations/%others%/answer",
	   .as = "admin_of_b",
	   .form = "answer=decline",
	   .status = 303},
	  {.url = "/birch/org/affiliations/%others%/answer",
	   .as = "admin_of_b",
	   .form = "answer=confirm",
	   .status = 303},
	  {.url = "/birch/org/affiliations/%others%",
	   .as = "admin_of_b",
	   .status = 200,
	   .has = {"declined</span>"}},
	  {.url = "/birch/org/affiliations",
	   .as = "admin_of_b",
	   .form = "kind=member_of&other=%cedar%&since=2026-05-01",
	   .status = 303},
	  {.url = "/alder/org/affiliations/%asked%/withdraw",
	   .as = "admin",
	   .form = "",
	   .status = 303},
	  {.url = "/alder/org/affiliations/%asked%",
	   .as = "admin",
	   .status = 200,
	   .has = {"declined</span>"}});

SCENARIOS("whose standards are used is linked where standards are read, while it holds", fill,
	  {.url = "/alder/standards",
	   .status = 200,
	   .has = {"Standards we use", "https://waypost.example/birch/standards"},
	   .has_not = {"/cedar/standards"}},
	  {.url = "/birch/standards", .status = 200, .has_not = {"Standards we use"}},
	  {.url = "/birch/org/affiliations/%uses%/end",
	   .as = "admin_of_b",
	   .form = "until=2026-02-01",
	   .status = 422,
	   .has = {"before it began", "value=\"2026-02-01\""}},
	  {.url = "/birch/org/affiliations/%uses%/end",
	   .as = "admin_of_b",
	   .form = "until=2026-11-01",
	   .status = 303},
	  {.url = "/alder/standards", .status = 200, .has_not = {"Standards we use"}},
	  {.url = "/alder/org/affiliations/%uses%",
	   .as = "admin",
	   .status = 200,
	   .has = {"ended</span>", "1 November 2026"},
	   .has_not = {"Set the end"}});

TEST_DB("who proposed, answered and ended an affiliation is in the record of their organisation")
{
	static const struct scenario steps[] = {
		{.url = "/alder/org/affiliations",
		 .as = "admin",
		 .form = "kind=member_of&other=%birch%&since=2026-04-01",
		 .status = 303},
		{.url = "/alder/org/affiliations/%asked%/answer",
		 .as = "admin",
		 .form = "answer=confirm",
		 .status = 303},
		{.url = "/birch/org/affiliations/%asked%/end",
		 .as = "admin_of_b",
		 .form = "until=2026-12-01",
		 .status = 303},
	};
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		world_ask(&w, &steps[i]);
		CHECK(world_as_told(&w, &steps[i], __FILE__, __LINE__));
	}
	db_begin(db, DB_READ, 0);
	const struct val *rows =
		db_rows(db,
			SQL("SELECT a.verb AS verb, a.org AS org, a.made_by AS by_id "
			    "FROM audit a WHERE a.object_kind = 'affiliation' "
			    "ORDER BY a.id"),
			val_object(test_arena));
	CHECK_INT(val_count(rows), 3);
	CHECK_STR(val_s(val_at(rows, 0), "verb"), "affiliation.proposed");
	CHECK_STR(val_s(val_at(rows, 1), "verb"), "affiliation.confirmed");
	CHECK_INT(val_i(val_at(rows, 1), "by_id"), world_person(&w, "admin"));
	CHECK_STR(val_s(val_at(rows, 2), "verb"), "affiliation.ended");
	CHECK_INT(val_i(val_at(rows, 2), "org"), w.b);
	CHECK_INT(val_i(val_at(rows, 2), "by_id"), world_person(&w, "admin_of_b"));
	db_rollback(db);
	world_end(&w);
}

static void fill_french(struct world *w)
{
	int64_t admin = world_person(w, "admin_of_b");
	fill(w);
	person_speaks(w->db, w->arena, admin, S("fr"));
	contact_add(w->db, w->arena,
		    ARGS(w->arena, ARG_AS("person", admin), ARG_AS("kind", "email"),
			 ARG_AS("value", "b@birch.example"), ARG_AS("label", ""),
			 ARG_AS("preferred", 1)),
		    w->now);
}

TEST_DB("who may answer a proposal gets a letter, from their own organisation, in their language")
{
	static const struct scenario propose = {
		.url = "/alder/org/affiliations",
		.as = "admin",
		.form = "kind=member_of&other=%birch%&since=2026-04-01",
		.status = 303};
	struct world w;
	NEED(world_begin(&w, db, err, fill_french));
	world_ask(&w, &propose);
	CHECK(world_as_told(&w, &propose, __FILE__, __LINE__));
	world_ask(&w, &propose); /* refused: it waits already */
	db_begin(db, DB_READ, 0);
	const struct val *rows = db_rows(
		db,
		SQL("SELECT l.org AS org, l.to_address AS to_address, l.subject AS "
		    "subject, l.body AS body FROM letter l WHERE l.kind = 'org.affiliation' "
		    "ORDER BY l.id"),
		val_object(test_arena));
	const struct val *letter = val_at(rows, 0);
	CHECK_INT(val_count(rows), 1);
	CHECK_INT(val_i(letter, "org"), w.b);
	CHECK_STR(val_s(letter, "to_address"), "b@birch.example");
	CHECK_STR(val_s(letter, "subject"),
		  "Guilde de l’Aulne propose une affiliation à Conseil du Bouleau");
	CHECK(str_find(val_s(letter, "body"),
		       S("https://waypost.example/birch/org/affiliations/")) > 0);
	db_rollback(db);
	world_end(&w);
}

/* The other side's words are not known to who asked unless they look every day. */
TEST_DB("who proposed gets one letter with the answer, once, from their own organisation")
{
	static const struct scenario steps[] = {
		{.url = "/alder/org/affiliations/%asked%/answer",
		 .as = "admin",
		 .form = "answer=decline",
		 .status = 303},
		{.url = "/alder/org/affiliations/%asked%/answer",
		 .as = "admin",
		 .form = "answer=confirm",
		 .status = 303},
		{.url = "/alder/org/affiliations",
		 .as = "admin",
		 .form = "kind=member_of&other=%birch%&since=2026-04-01",
		 .status = 303},
		{.url = "/alder/org/affiliations",
		 .as = "admin",
		 .status = 200,
		 .keep = {"mine", "/org/affiliations/"}},
		{.url = "/birch/org/affiliations/%mine%/answer",
		 .as = "admin_of_b",
		 .form = "answer=confirm",
		 .status = 303},
	};
	struct world w;
	NEED(world_begin(&w, db, err, fill_french));
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		world_ask(&w, &steps[i]);
		CHECK(world_as_told(&w, &steps[i], __FILE__, __LINE__));
	}
	db_begin(db, DB_READ, 0);
	const struct val *rows = db_rows(
		db,
		SQL("SELECT l.org AS org, l.kind AS kind, l.to_address AS to_address, l.subject AS "
		    "subject, l.body AS body FROM letter l WHERE l.kind IN "
		    "('org.affiliation_confirmed', 'org.affiliation_declined') ORDER BY l.id"),
		val_object(test_arena));
	const struct val *letter = val_at(rows, 0);
	CHECK_INT(val_count(rows), 1); /* an administrator of Alder has no address here */
	CHECK_INT(val_i(letter, "org"), w.b);
	CHECK_STR(val_s(letter, "kind"), "org.affiliation_declined");
	CHECK_STR(val_s(letter, "to_address"), "b@birch.example");
	CHECK_STR(val_s(letter, "subject"),
		  "Guilde de l’Aulne a décliné l’affiliation avec Conseil du Bouleau");
	CHECK(str_find(val_s(letter, "body"),
		       S("https://waypost.example/birch/org/affiliations/")) > 0);
	db_rollback(db);
	world_end(&w);
}
