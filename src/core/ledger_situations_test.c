/*
 * The twelve situations that prove the design of the ledger. Each is told as it happens and read by
 * the five readers: coverage (has this learner been reached?), contact (what did we do with this
 * giver?), CPD (a practitioner's hours), evidence (which standard items were exercised?) and figure
 * (numbers). The answer begins with the ground on which it is read.
 */
#include "base/arena.h"
#include "core/args.h"
#include "core/ledger_story.h"

#include <stdio.h>

enum { OUTCOME = 501, COMPETENCY = 601 }; /* standard items */

TEST_DB("situation 1: a visit to a class of 28, of whom 3 were absent")
{
	struct story *s = story_begin(db);
	int64_t pupils[28], class = story_class(s, "3B", 28, pupils);
	int64_t rosa = story_person(s, "Rosa"),
		visit = story_held(s, s->school, "2026-03-12T10:00", 60);
	struct val *absent = val_list(s->a);
	for (int i = 0; i < 3; i++)
		val_push(absent, val_int(s->a, pupils[i]));

	/* The teacher says once that the class was there, but for three. */
	struct participation learners = story_row(s, s->school, visit, 0, "learner", 60);
	learners.group = class;
	struct val *rows = participation_group(db, s->a, &learners, S("2026-03-12"), absent);
	CHECK_INT(val_count(rows), 28);
	for (size_t i = 0; i < val_count(rows); i++)
		if (str_is(val_s(val_at(rows, i), "state"), "attended"))
			story_exercised(s, val_i(val_at(rows, i), "id"), OUTCOME);
	story_took_part(s, s->school, visit, rosa, "influencer", 60);
	story_took_part(s, s->school, visit, s->teacher, "teacher", 60);
	/* Sent twice is sent once. */
	CHECK_INT(val_count(participation_group(db, s->a, &learners, S("2026-03-12"), absent)), 0);

	CHECK_STR(story_coverage(s, class),
		  "duty: 25 of 28 seen, 1 encounter(s); not yet 3B 01, 3B 02, 3B 03");
	CHECK_STR(story_contact(s, s->school, rosa),
		  "agreement: 1 time(s), 1 in person, 60 minutes");
	CHECK_STR(story_cpd(s, 0, s->teacher), "own: 60 minutes, 1 entry(ies), 60 attested");
	CHECK_STR(story_evidence(s, 0, pupils[10]),
		  "own: 1 item(s); item 501 v1: 1 time(s), 1 attested, 60 minutes");
	CHECK_STR(story_evidence(s, s->school, pupils[10]), "consent: 0 item(s), 1 withheld");
	CHECK_STR(story_evidence(s, 0, pupils[0]), "own: 0 item(s)"); /* was absent */
	CHECK_STR(story_figure(s, s->school),
		  "duty: 1 held, 25 reached, 1500 minutes, 1 gave, 60 given");
	CHECK(db_commit(db));
}

TEST_DB("situation 2: a class of six-year-olds, counted and not named")
{
	struct story *s = story_begin(db);
	int64_t children[22], class = story_class(s, "1A", 22, children);
	int64_t sam = story_person(s, "Sam"),
		visit = story_held(s, s->school, "2026-04-02T09:30", 30);
	struct participation count = story_row(s, s->school, visit, 0, "learner", 30);
	count.heads = 21;
	count.group = class;
	int64_t row = participation_add(db, s->a, &count);
	CHECK(row > 0);
	story_exercised(s, row, OUTCOME);
	story_took_part(s, s->school, visit, sam, "speaker", 30);
	story_took_part(s, s->school, visit, s->teacher, "teacher", 30);

	/* Nobody can say which child was missing, so nobody is said to be. */
	CHECK_STR(story_coverage(s, class), "duty: 0 of 22 seen, 21 by count, 1 encounter(s)");
	CHECK_STR(story_contact(s, s->school, sam),
		  "agreement: 1 time(s), 1 in person, 30 minutes");
	CHECK_STR(story_cpd(s, 0, s->teacher), "own: 30 minutes, 1 entry(ies), 30 attested");
	CHECK_STR(story_evidence(s, 0, children[0]), "own: 0 item(s)");
	CHECK_STR(story_figure(s, s->school),
		  "duty: 1 held, 21 by count, 630 minutes, 1 gave, 30 given");
	CHECK(db_commit(db));
}

TEST_DB("situation 3: an elder who has no account said yes by telephone")
{
	struct story *s = story_begin(db);
	int64_t pupils[12], class = story_class(s, "6C", 12, pupils);
	int64_t elder = story_person(s, "Kokum Mary"); /* no sign-in, no address */
	int64_t circle = story_held(s, s->school, "2026-05-08T13:00", 90);
	int64_t yes = consent_give(db, s->a,
				   &(struct consent){.org = s->school,
						     .person = elder,
						     .purpose = "contact",
						     .words = "giver",
						     .words_rev = 1,
						     .given_by = elder,
						     .given_how = "telephone",
						     .taken_by = s->teacher,
						     .now = s->now,
						     .today = S("2026-05-01")});
	CHECK(yes > 0);
	struct participation learners = story_row(s, s->school, circle, 0, "learner", 90);
	learners.group = class;
	CHECK_INT(val_count(participation_group(db, s->a, &learners, S("2026-05-08"), val_null())),
		  12);
	int64_t gift = story_took_part(s, s->school, circle, elder, "influencer", 90);
	story_exercised(s, gift, COMPETENCY);

	CHECK_STR(story_coverage(s, class), "duty: 12 of 12 seen, 1 encounter(s)");
	CHECK_STR(story_contact(s, s->school, elder),
		  "agreement: 1 time(s), 1 in person, 90 minutes");
	CHECK_STR(story_cpd(s, s->body, elder), "agreement: 0 minutes");
	/* Nobody asked her about being shown as evidence: the school may not. */
	CHECK_STR(story_evidence(s, s->school, elder), "consent: 0 item(s), 1 withheld");
	CHECK_STR(story_figure(s, s->school),
		  "duty: 1 held, 12 reached, 1080 minutes, 1 gave, 90 given");
	CHECK(db_commit(db));
}

/* A course at an organisation that is not on this server, as its taker says. */
static int64_t course_elsewhere(struct story *s, int64_t person, int64_t minutes)
{
	int64_t course = activity_add(s->db, s->a,
				      &(struct activity){.person = person,
							 .elsewhere = S("Open University"),
							 .kind = "course",
							 .mode = "technology",
							 .status = "held",
							 .starts_wall = S("2026-02-03"),
							 .zone = S("America/Toronto"),
							 .starts_at = 1770094800,
							 .now = s->now += 60,
							 .by = person});
	struct participation mine = story_row(s, 0, course, person, "participant", minutes);
	mine.attested_by = 0;
	mine.claimed_by = person;
	int64_t row = participation_add(s->db, s->a, &mine);
	CHECK(row > 0);
	story_exercised(s, row, COMPETENCY);
	return course;
}

TEST_DB("situation 4: a course taken elsewhere is its taker's own claim")
{
	struct story *s = story_begin(db);
	int64_t staff[1], group = story_class(s, "Staff", 1, staff), paul = staff[0];
	course_elsewhere(s, paul, 180);

	/* Nobody sees it before he lays it before them, and then it is his word. */
	CHECK_STR(story_cpd(s, s->body, paul), "agreement: 0 minutes");
	story_grant(s, paul, s->body, "cpd");
	CHECK_STR(story_cpd(s, s->body, paul), "agreement: 180 minutes, 1 entry(ies), 180 claimed");
	CHECK_STR(story_cpd(s, s->other_body, paul), "agreement: 0 minutes");
	CHECK_STR(story_coverage(s, group), "duty: 0 of 1 seen; not yet Staff 01");
	story_grant(s, paul, s->school, "coverage");
	CHECK_STR(story_coverage(s, group), "duty: 0 of 1 seen, 1 beside; not yet Staff 01");
	CHECK_STR(story_contact(s, s->school, paul), "agreement: 0 time(s)");
	CHECK_STR(story_evidence(s, 0, paul),
		  "own: 1 item(s); item 601 v1: 1 time(s), 0 attested, 180 minutes");
	CHECK_STR(story_figure(s, s->body), "duty: 0 held");
	CHECK_STR(story_figure(s, s->school), "duty: 0 held");
	CHECK(db_commit(db));
}

TEST_DB("situation 5: one hour is laid before two bodies and stays one hour")
{
	struct story *s = story_begin(db);
	int64_t staff[1], group = story_class(s, "Staff", 1, staff), paul = staff[0];
	int64_t webinar =
		story_activity(s, s->agency, "event", "held", "2026-01-20T18:00", 60, "technology");
	int64_t row = story_took_part(s, s->agency, webinar, paul, "participant", 60);
	story_exercised(s, row, COMPETENCY);
	story_grant(s, paul, s->body, "cpd");
	story_grant(s, paul, s->other_body, "cpd");

	CHECK_STR(story_cpd(s, s->body, paul), "agreement: 60 minutes, 1 entry(ies), 60 attested");
	CHECK_STR(story_cpd(s, s->other_body, paul),
		  "agreement: 60 minutes, 1 entry(ies), 60 attested");
	CHECK_STR(story_cpd(s, 0, paul), "own: 60 minutes, 1 entry(ies), 60 attested");
	/* The school was not asked to look. */
	CHECK_STR(story_coverage(s, group), "duty: 0 of 1 seen; not yet Staff 01");
	CHECK_STR(story_contact(s, s->agency, paul), "agreement: 0 time(s)");
	CHECK_STR(story_evidence(s, 0, paul),
		  "own: 1 item(s); item 601 v1: 1 time(s), 1 attested, 60 minutes");
	CHECK_STR(story_figure(s, s->agency), "duty: 1 held, 1 reached, 60 minutes");
	CHECK_STR(story_figure(s, s->body), "duty: 0 held");
	CHECK(db_commit(db));
}

TEST_DB("situation 6: a row is corrected after a body has decided on it")
{
	struct story *s = story_begin(db);
	int64_t staff[1], group = story_class(s, "Staff", 1, staff), paul = staff[0];
	int64_t eva = story_person(s, "Eva"),
		course = story_held(s, s->school, "2026-02-10T09:00", 120);
	int64_t row = story_took_part(s, s->school, course, paul, "learner", 120);
	story_exercised(s, row, COMPETENCY);
	story_took_part(s, s->school, course, eva, "speaker", 120);
	story_grant(s, paul, s->body, "cpd");

	struct ledger_question verdict = {
		.reader = READ_CPD, .org = s->body, .person = paul, .as_of = s->now};
	CHECK_STR(story_ask(s, verdict), "agreement: 120 minutes, 1 entry(ies), 120 attested");

	/* The list at the door shows that he left after an hour and a half. */
	struct participation ninety = story_row(s, s->school, course, paul, "learner", 90);
	ninety.why = "left early";
	int64_t corrected = participation_correct(db, s->a, s->school, row, &ninety);
	CHECK(corrected > 0);
	CHECK_INT(participation_correct(db, s->a, s->school, row, &ninety), 0); /* only once */

	CHECK_STR(story_cpd(s, s->body, paul), "agreement: 90 minutes, 1 entry(ies), 90 attested");
	/* What the verdict saw can still be read, and that it no longer stands. */
	CHECK_STR(story_ask(s, verdict),
		  "agreement: 120 minutes, 1 entry(ies), 120 attested, 1 changed");
	CHECK_STR(story_coverage(s, group), "duty: 1 of 1 seen, 1 encounter(s)");
	CHECK_STR(story_contact(s, s->school, eva),
		  "agreement: 1 time(s), 1 in person, 120 minutes");
	CHECK_STR(story_evidence(s, 0, paul),
		  "own: 1 item(s); item 601 v1: 1 time(s), 1 attested, 90 minutes");
	CHECK_STR(story_figure(s, s->school),
		  "duty: 1 held, 1 reached, 90 minutes, 1 gave, 120 given");
	struct val *chain = participation_chain(db, s->a, s->school, 0, corrected);
	CHECK_INT(val_count(chain), 2);
	CHECK_INT(val_i(val_at(chain, 0), "minutes"), 120);
	CHECK_STR(val_s(val_at(chain, 1), "why"), "left early");
	CHECK(db_commit(db));
}

static int64_t says_yes(struct story *s, int64_t person, const char *purpose, int64_t given_by)
{
	return consent_give(s->db, s->a,
			    &(struct consent){.org = s->school,
					      .person = person,
					      .purpose = purpose,
					      .words = purpose,
					      .words_rev = 1,
					      .given_by = given_by,
					      .given_how = "page",
					      .now = s->now += 60,
					      .today = S("2026-05-01")});
}

TEST_DB("situation 7: consent is withdrawn")
{
	struct story *s = story_begin(db);
	int64_t pupils[2], class = story_class(s, "4A", 2, pupils), lea = pupils[0];
	int64_t omar = story_person(s, "Omar");
	int64_t evening = story_held(s, s->school, "2026-05-20T19:00", 30);
	/* An evening outside school: who reads there reads by consent. */
	int64_t yes = says_yes(s, lea, "coverage", lea);
	CHECK(says_yes(s, lea, "evidence", lea) > 0);
	struct participation reading = story_row(s, s->school, evening, lea, "reader", 30);
	reading.ground = "consent";
	reading.consent = yes;
	int64_t row = participation_add(db, s->a, &reading);
	CHECK(row > 0);
	story_exercised(s, row, OUTCOME);
	story_took_part(s, s->school, evening, omar, "book", 30);

	CHECK_STR(story_coverage(s, class), "duty: 1 of 2 seen, 1 encounter(s); not yet 4A 02");
	CHECK_STR(story_evidence(s, s->school, lea),
		  "consent: 1 item(s); item 501 v1: 1 time(s), 1 attested, 30 minutes");
	CHECK_STR(story_figure(s, s->school),
		  "duty: 1 held, 1 reached, 30 minutes, 1 gave, 30 given");

	CHECK(!consent_withdraw(db, s->a, yes, omar, S("2026-06-01"), s->now)); /* not his */
	CHECK(consent_withdraw(db, s->a, yes, lea, S("2026-06-01"), s->now += 60));

	CHECK_STR(story_coverage(s, class), "duty: 0 of 2 seen, 1 withheld; not yet 4A 01, 4A 02");
	CHECK_STR(story_contact(s, s->school, omar),
		  "agreement: 1 time(s), 1 in person, 30 minutes");
	CHECK_STR(story_cpd(s, s->school, lea), "agreement: 0 minutes, 1 withheld");
	CHECK_STR(story_evidence(s, s->school, lea), "consent: 0 item(s), 1 withheld");
	CHECK_STR(story_evidence(s, 0, lea),
		  "own: 1 item(s); item 501 v1: 1 time(s), 1 attested, 30 minutes");
	/* One head was there; whose it was is nobody's business now. */
	CHECK_STR(story_figure(s, s->school),
		  "duty: 1 held, 1 by count, 30 minutes, 1 gave, 30 given");
	CHECK(db_commit(db));
}

static void same_person(struct story *s, int64_t account, int64_t as)
{
	db_exec(s->db, SQL("UPDATE person SET same_as = :same_as WHERE id = :id"),
		ARGS(s->a, ARG_NULL("same_as", as), ARG_AS("id", account)));
}

TEST_DB("situation 8: two accounts turn out to be one person, and then not to be")
{
	struct story *s = story_begin(db);
	int64_t zoe[2], group = story_class(s, "Zoe", 2, zoe);
	int64_t first = story_held(s, s->school, "2026-03-01T10:00", 60);
	int64_t second = story_held(s, s->school, "2026-03-08T10:00", 45);
	/* The school listed her under one account, she claimed the same hour under the other. */
	story_exercised(s, story_took_part(s, s->school, first, zoe[0], "learner", 60), OUTCOME);
	struct participation claim = story_row(s, s->school, first, zoe[1], "learner", 70);
	claim.attested_by = 0;
	claim.claimed_by = zoe[1];
	story_exercised(s, participation_add(db, s->a, &claim), OUTCOME);
	story_exercised(s, story_took_part(s, s->school, second, zoe[1], "learner", 45), OUTCOME);
	int64_t talk = story_held(s, s->school, "2026-04-01T10:00", 20);
	story_took_part(s, s->school, talk, zoe[1], "speaker", 20);
	story_grant(s, zoe[1], s->body, "cpd");

	CHECK_STR(story_figure(s, s->school),
		  "duty: 3 held, 2 reached, 105 minutes, 1 gave, 20 given");
	CHECK_STR(story_cpd(s, s->body, zoe[0]), "agreement: 0 minutes");
	CHECK_STR(story_cpd(s, s->body, zoe[1]),
		  "agreement: 135 minutes, 3 entry(ies), 65 attested, 70 claimed");

	same_person(s, zoe[1], zoe[0]);
	CHECK_STR(story_coverage(s, group), "duty: 1 of 1 seen, 2 encounter(s)");
	CHECK_STR(story_contact(s, s->school, zoe[0]),
		  "agreement: 1 time(s), 1 in person, 20 minutes");
	/* The school's hour stands for the claimed one: 60 + 45 + 20. Whoever asks by either
	 * account. */
	CHECK_STR(story_cpd(s, s->body, zoe[0]),
		  "agreement: 125 minutes, 3 entry(ies), 125 attested");
	CHECK_STR(story_cpd(s, 0, zoe[1]), "own: 125 minutes, 3 entry(ies), 125 attested");
	CHECK_STR(story_evidence(s, 0, zoe[0]),
		  "own: 1 item(s); item 501 v1: 2 time(s), 2 attested, 105 minutes");
	CHECK_STR(story_figure(s, s->school),
		  "duty: 3 held, 1 reached, 105 minutes, 1 gave, 20 given");

	same_person(s, zoe[1], 0);
	CHECK_STR(story_coverage(s, group), "duty: 2 of 2 seen, 2 encounter(s), 1 beside");
	CHECK_STR(story_figure(s, s->school),
		  "duty: 3 held, 2 reached, 105 minutes, 1 gave, 20 given");
	CHECK(db_commit(db));
}

TEST_DB("situation 9: an event is cancelled, and one that was said to be held was not")
{
	struct story *s = story_begin(db);
	int64_t pupils[3], class = story_class(s, "5D", 3, pupils);
	int64_t rosa = story_person(s, "Rosa");
	int64_t fair = story_activity(s, s->school, "event", "planned", "2026-06-05T09:00", 120,
				      "in_person");
	struct participation expected = story_row(s, s->school, fair, 0, "learner", 120);
	expected.group = class;
	/* Nobody has attended what was not held. */
	CHECK_INT(val_count(participation_group(db, s->a, &expected, S("2026-06-05"), val_null())),
		  0);
	expected.state = "expected";
	CHECK_INT(val_count(participation_group(db, s->a, &expected, S("2026-06-05"), val_null())),
		  3);
	struct participation speaker = story_row(s, s->school, fair, rosa, "speaker", 120);
	speaker.state = "expected";
	CHECK(participation_add(db, s->a, &speaker) > 0);
	CHECK(activity_settle(db, s->a, s->school, fair, "cancelled"));

	/* Snow: the teacher had already written the visit down. */
	int64_t visit = story_held(s, s->school, "2026-02-16T10:00", 60);
	story_exercised(s, story_took_part(s, s->school, visit, pupils[0], "learner", 60), OUTCOME);
	story_took_part(s, s->school, visit, rosa, "influencer", 60);
	story_took_part(s, s->school, visit, s->teacher, "teacher", 60);
	CHECK_STR(story_cpd(s, 0, s->teacher), "own: 60 minutes, 1 entry(ies), 60 attested");
	CHECK_STR(story_coverage(s, class),
		  "duty: 1 of 3 seen, 1 encounter(s); not yet 5D 02, 5D 03");
	struct activity off = {.org = s->school,
			       .kind = "event",
			       .mode = "in_person",
			       .status = "cancelled",
			       .starts_wall = S("2026-02-16T10:00"),
			       .zone = S("America/Toronto"),
			       .starts_at = 1771254000,
			       .minutes = 60,
			       .now = s->now += 60,
			       .by = s->teacher};
	CHECK(activity_correct(db, s->a, visit, 1, &off, "the school was closed"));
	CHECK(!activity_correct(db, s->a, visit, 1, &off, "again"));
	CHECK_INT(val_count(activity_past(db, s->a, s->school, visit)), 1);

	CHECK_STR(story_coverage(s, class), "duty: 0 of 3 seen; not yet 5D 01, 5D 02, 5D 03");
	/* She was ready twice. */
	CHECK_STR(story_contact(s, s->school, rosa), "agreement: 0 time(s), 2 cancelled");
	CHECK_STR(story_cpd(s, 0, s->teacher), "own: 0 minutes");
	CHECK_STR(story_evidence(s, 0, pupils[0]), "own: 0 item(s)");
	CHECK_STR(story_figure(s, s->school), "duty: 0 held, 2 cancelled");
	CHECK(db_commit(db));
}

TEST_DB("situation 10: a series of six is one encounter and six evenings")
{
	struct story *s = story_begin(db);
	int64_t pupils[2], class = story_class(s, "2E", 2, pupils);
	int64_t mentor = story_person(s, "Mentor"), session[6];
	int64_t series =
		story_activity(s, s->school, "series", "held", "2026-01-07T18:00", 0, "in_person");
	for (int i = 0; i < 6; i++) {
		char when[32];
		snprintf(when, sizeof when, "2026-01-%02dT18:00", 8 + i);
		session[i] = story_activity(s, s->school, "session", "held", when, 90,
					    i == 5 ? "technology" : "in_person");
		db_exec(db, SQL("UPDATE activity SET series = :series WHERE id = :id"),
			ARGS(s->a, ARG(series), ARG_AS("id", session[i])));
		story_took_part(s, s->school, session[i], mentor, "mentor", 90);
		story_took_part(s, s->school, session[i], s->teacher, "facilitator", 90);
		if (i < 4) /* missed the last two */
			story_exercised(s,
					story_took_part(s, s->school, session[i], pupils[0],
							"participant", 90),
					OUTCOME);
	}

	CHECK_STR(story_coverage(s, class), "duty: 1 of 2 seen, 1 encounter(s); not yet 2E 02");
	CHECK_STR(story_contact(s, s->school, mentor),
		  "agreement: 6 time(s), 5 in person, 1 by technology, 540 minutes");
	CHECK_STR(story_cpd(s, 0, s->teacher), "own: 540 minutes, 6 entry(ies), 540 attested");
	CHECK_STR(story_evidence(s, 0, pupils[0]),
		  "own: 1 item(s); item 501 v1: 4 time(s), 4 attested, 360 minutes");
	CHECK_STR(story_figure(s, s->school),
		  "duty: 6 held, 1 series, 1 reached, 360 minutes, 1 gave, 540 given");
	CHECK(db_commit(db));
}

TEST_DB("situation 11: a seat at a workshop, taken without a name, is claimed later")
{
	struct story *s = story_begin(db);
	int64_t staff[1], group = story_class(s, "Staff", 1, staff), nadia = staff[0];
	int64_t workshop = story_held(s, s->school, "2026-03-25T13:00", 120);
	struct participation seat = story_row(s, s->school, workshop, 0, "participant", 120);
	seat.heads = 1;
	seat.seat = S("hash of the code on the card");
	int64_t row = participation_add(db, s->a, &seat);
	story_exercised(s, row, COMPETENCY);
	CHECK_STR(story_figure(s, s->school), "duty: 1 held, 1 by count, 120 minutes");
	CHECK_STR(story_cpd(s, 0, nadia), "own: 0 minutes");

	CHECK_INT(participation_claim_seat(db, s->a, S("another"), nadia, s->now += 60), 0);
	CHECK(participation_claim_seat(db, s->a, seat.seat, nadia, s->now += 60) > 0);
	CHECK_INT(participation_claim_seat(db, s->a, seat.seat, s->teacher, s->now += 60), 0);

	CHECK_STR(story_coverage(s, group), "duty: 1 of 1 seen, 1 encounter(s)");
	CHECK_STR(story_contact(s, s->school, nadia), "agreement: 0 time(s)");
	CHECK_STR(story_cpd(s, 0, nadia), "own: 120 minutes, 1 entry(ies), 120 attested");
	CHECK_STR(story_evidence(s, 0, nadia),
		  "own: 1 item(s); item 601 v1: 1 time(s), 1 attested, 120 minutes");
	/* Still one person in the room. */
	CHECK_STR(story_figure(s, s->school), "duty: 1 held, 1 reached, 120 minutes");
	CHECK(db_commit(db));
}

TEST_DB("situation 12: a minor is a human book, through the school and with the guardian's yes")
{
	struct story *s = story_begin(db);
	int64_t pupils[2], class = story_class(s, "9F", 2, pupils), tom = pupils[0];
	int64_t ann = story_person(s, "Ann");
	minor_until(db, s->a, s->school, tom, S("2028-01-15"));
	CHECK(guardian_add(db, s->a, s->school, tom, ann, S("2025-09-01")) > 0);
	int64_t day = story_held(s, s->school, "2026-05-22T10:00", 30);

	/* His own agreement is not enough, his own consent is not taken, another organisation's
	 * event is no way round. */
	struct participation book = story_row(s, s->school, day, tom, "book", 30);
	CHECK_INT(participation_add(db, s->a, &book), 0);
	CHECK_INT(says_yes(s, tom, "contact", tom), 0);
	int64_t fair = story_held(s, s->agency, "2026-05-23T10:00", 30);
	struct participation at_fair = story_row(s, s->agency, fair, tom, "book", 30);
	CHECK_INT(participation_add(db, s->a, &at_fair), 0);

	int64_t yes = says_yes(s, tom, "contact", ann);
	CHECK(yes > 0);
	book.ground = "consent";
	book.consent = yes;
	int64_t row = participation_add(db, s->a, &book);
	CHECK(row > 0);
	story_exercised(s, row, OUTCOME);
	story_took_part(s, s->school, day, pupils[1], "reader", 30);

	/* He gave; he was not taught. */
	CHECK_STR(story_coverage(s, class), "duty: 1 of 2 seen, 1 encounter(s); not yet 9F 01");
	CHECK_STR(story_contact(s, s->school, tom),
		  "agreement: 1 time(s), 1 in person, 30 minutes");
	story_grant(s, tom, s->agency, "contact"); /* a click he may make, which opens nothing */
	CHECK_STR(story_contact(s, s->agency, tom), "agreement: 0 time(s), 1 withheld");
	CHECK_STR(story_cpd(s, 0, tom), "own: 30 minutes, 1 entry(ies), 30 attested");
	CHECK_STR(story_evidence(s, 0, tom),
		  "own: 1 item(s); item 501 v1: 1 time(s), 1 attested, 30 minutes");
	CHECK_STR(story_figure(s, s->school),
		  "duty: 1 held, 1 reached, 30 minutes, 1 gave, 30 given");
	/* What goes outside names no single child. */
	CHECK_STR(story_ask(s, (struct ledger_question){.reader = READ_FIGURE, .org = s->school}),
		  "duty: 1 held, few reached, few minutes, few gave, few given");

	CHECK(consent_withdraw(db, s->a, yes, ann, S("2026-06-01"), s->now += 60));
	CHECK_STR(story_contact(s, s->school, tom), "agreement: 0 time(s), 1 withheld");
	CHECK(db_commit(db));
}
