#include "core/guardian.h"

#include "core/consent.h"
#include "core/group.h"
#include "core/link.h"
#include "core/people_world.h"
#include "core/personal.h"
#include "db/db.h"
#include "queries.h"

#define DAY S("2026-01-01")

struct home {
	struct db *db;
	int64_t org, tom, ann, ben, staff;
};

static struct home home_of(struct db *db)
{
	struct home h = {.db = db, .org = world_org(db, "cedar")};
	h.tom = world_person(db, h.org, "Tom");
	h.ann = world_person(db, h.org, "Ann");
	h.ben = world_person(db, h.org, "Ben");
	h.staff = world_person(db, h.org, "Staff");
	minor_until(db, test_arena, h.org, h.tom, S("2030-01-01"));
	return h;
}

static struct guardian of(struct home *h, int64_t person, const char *purpose)
{
	struct val *list = val_list(test_arena);
	val_push(list, val_text(test_arena, str_of(purpose)));
	return (struct guardian){.org = h->org,
				 .child = h->tom,
				 .person = person,
				 .position = 1,
				 .since = S("2025-09-01"),
				 .purposes = list,
				 .by = h->staff,
				 .now = NOW};
}

static int64_t answer(struct home *h, int64_t by, const char *purpose, bool no)
{
	return consent_give(h->db, test_arena,
			    &(struct consent){.org = h->org,
					      .person = h->tom,
					      .purpose = purpose,
					      .no = no,
					      .words = "w",
					      .words_rev = 1,
					      .lang = S("fr"),
					      .given_by = by,
					      .given_how = "paper",
					      .taken_by = h->staff,
					      .now = NOW,
					      .today = DAY});
}

static int64_t in_force(struct home *h, const char *purpose)
{
	return consent_in_force(h->db, test_arena, h->org, h->tom, purpose, 0, NOW);
}

TEST_DB("a guardian consents to what they may consent to and to nothing else")
{
	db_begin(db, DB_WRITE, 1);
	struct home h = home_of(db);
	struct guardian ann = of(&h, h.ann, "contact"), ben = of(&h, h.ben, GUARDIAN_ANYTHING);
	int64_t row = guardian_enter(db, test_arena, &ann);
	CHECK(row);
	CHECK_INT(guardian_enter(db, test_arena, &ann), 0); /* stands already */
	CHECK(guardian_enter(db, test_arena, &ben));
	CHECK(answer(&h, h.ann, "contact", false));
	CHECK_INT(answer(&h, h.ann, "evidence", false), 0);
	CHECK_INT(answer(&h, h.ann, "contac", false), 0);
	CHECK_INT(answer(&h, h.staff, "contact", false), 0);
	CHECK_INT(answer(&h, h.tom, "contact", false), 0); /* a minor */
	CHECK(answer(&h, h.ben, "evidence", false));
	struct val *rows = guardians_of(db, test_arena, h.org, h.tom, DAY);
	CHECK_INT(val_count(rows), 2);
	CHECK(guardian_may(val_s(val_at(rows, 0), "may_consent"), S("contact")));
	CHECK(!guardian_may(val_s(val_at(rows, 0), "may_consent"), S("cpd")));
	CHECK(guardian_may(val_s(val_at(rows, 1), "may_consent"), S("cpd")));
	CHECK(!guardian_change(db, test_arena, row, 2, &ann)); /* another revision */
	CHECK(guardian_change(db, test_arena, row, 1, &ben));
	WORLD_END(db, err);
}

TEST_DB("one no wins over every yes, at once, until its giver takes it back or says yes")
{
	db_begin(db, DB_WRITE, 1);
	struct home h = home_of(db);
	struct guardian ann = of(&h, h.ann, GUARDIAN_ANYTHING),
			ben = of(&h, h.ben, GUARDIAN_ANYTHING);
	CHECK(guardian_enter(db, test_arena, &ann));
	CHECK(guardian_enter(db, test_arena, &ben));
	CHECK_INT(in_force(&h, "contact"), 0);
	int64_t yes = answer(&h, h.ann, "contact", false);
	CHECK_INT(in_force(&h, "contact"), yes);
	int64_t no = answer(&h, h.ben, "contact", true);
	CHECK(no);
	CHECK_INT(in_force(&h, "contact"), 0);
	CHECK(answer(&h, h.ann, "contact", false)); /* another yes changes nothing */
	CHECK_INT(in_force(&h, "contact"), 0);
	CHECK_INT(in_force(&h, "evidence"), 0);
	CHECK(consent_withdraw(db, test_arena, no, h.ben, DAY, NOW));
	CHECK(in_force(&h, "contact"));
	CHECK(answer(&h, h.ben, "contact", true));
	CHECK_INT(in_force(&h, "contact"), 0);
	int64_t last = answer(&h, h.ben, "contact", false);
	CHECK_INT(in_force(&h, "contact"), last);
	WORLD_END(db, err);
}

/* How much of Tom's comes to Ben by every reader that looks at guardians. */
static struct str comes(struct home *h, int64_t to)
{
	struct val *args =
		ARGS(test_arena, ARG_AS("people", person_accounts(h->db, test_arena, to)),
		     ARG_AS("lang", "en"));
	bool said = answer(h, to, "contact", true) != 0;
	return str_fmt(test_arena, "%d guardian, %d children in the file, %d consents, %s",
		       guardian_is(h->db, test_arena, h->org, h->tom, to, DAY),
		       (int)val_count(db_rows(h->db, &q_personal_guardians, args)),
		       (int)val_count(db_rows(h->db, &q_personal_consents, args)),
		       said ? "answers" : "no answer");
}

TEST_DB("where a court forbids contact nothing of the child comes to that person, by no account")
{
	db_begin(db, DB_WRITE, 1);
	struct home h = home_of(db);
	struct guardian ben = of(&h, h.ben, GUARDIAN_ANYTHING);
	int64_t row = guardian_enter(db, test_arena, &ben);
	int64_t second = world_person(db, h.org, "Ben B.");
	CHECK(answer(&h, h.ben, "evidence", false));
	CHECK_STR(comes(&h, h.ben), "1 guardian, 1 children in the file, 2 consents, answers");
	ben.no_contact = true;
	ben.why = S("Order 12");
	CHECK(guardian_change(db, test_arena, row, 1, &ben));
	CHECK_STR(comes(&h, h.ben), "0 guardian, 0 children in the file, 0 consents, no answer");
	CHECK(guardian_apart(db, test_arena, h.org, h.tom, h.ben, DAY));
	CHECK(!guardian_apart(db, test_arena, h.org, h.tom, h.ann, DAY));
	/* Entered once more by another of their accounts, before or after the two are made one. */
	struct guardian again = of(&h, second, GUARDIAN_ANYTHING);
	CHECK(guardian_enter(db, test_arena, &again));
	CHECK(guardian_is(db, test_arena, h.org, h.tom, second, DAY));
	db_exec(db, SQL("UPDATE person SET same_as = :ben WHERE id = :second"),
		ARGS(test_arena, ARG_AS("ben", h.ben), ARG(second)));
	CHECK_STR(comes(&h, second), "0 guardian, 0 children in the file, 0 consents, no answer");
	CHECK(guardian_apart(db, test_arena, h.org, h.tom, second, DAY));
	WORLD_END(db, err);
}

TEST_DB("staff rights end at one's own child, in touch or not, and come back when that has ended")
{
	db_begin(db, DB_WRITE, 1);
	struct home h = home_of(db);
	struct rights all = {~(uint64_t)0};
	struct guardian ann = of(&h, h.ann, GUARDIAN_ANYTHING);
	ann.until = S("2026-06-01");
	CHECK(guardian_enter(db, test_arena, &ann));
#define OVER(me, whose, day)                                                                       \
	right_over_person(db, test_arena, all, GUARDIANS_MANAGE, h.org, me, whose, day)
	CHECK(OVER(h.staff, h.tom, DAY));
	CHECK(!OVER(h.tom, h.tom, DAY));
	CHECK(!OVER(h.ann, h.tom, DAY));
	CHECK(OVER(h.ann, h.tom, S("2026-06-01")));
	CHECK(OVER(h.ann, h.ben, DAY));
#undef OVER
	WORLD_END(db, err);
}

/* Who reads the table itself, and why nothing comes to anybody by it. */
static const char *const direct[] = {
	"guardian_",               /* the school's own list */
	"erasure_",                /* counts and deletes */
	"people_act_person_used",  /* a count: does anything stand of them */
	"people_stands_guardians", /* pairs that a roster need not enter again */
	"audit_list",              /* leaves out what concerns the reader's own child */
	"merge_against",           /* what stands against two accounts being one */
	"personal_guardians",      /* who guards me, in a child's own file */
	NULL,
};

static bool reads_table(struct str text)
{
	static const char *const ways[] = {"FROM guardian ", "JOIN guardian ", "FROM guardian\n"};
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (str_find(text, str_of(ways[i])) >= 0)
			return true;
	return false;
}

TEST("whatever tells, asks or shows reads the guardians that may be in touch, not all of them")
{
	int found = 0;
	for (int i = 0; i < all_queries_count; i++) {
		const struct query *q = all_queries[i];
		bool known = false;
		if (!reads_table(str_of(q->sqlite)))
			continue;
		for (int k = 0; direct[k]; k++)
			known = known || str_starts(str_of(q->name), str_of(direct[k]));
		if (!CHECK(known))
			printf("    %s: read guardian_in_touch\n", q->name);
		found++;
	}
	CHECK(found > 3);
}

TEST_DB("what a guardian answered before a court’s bar counts no longer from then on, yes or no")
{
	db_begin(db, DB_WRITE, 1);
	struct home h = home_of(db);
	struct guardian ann = of(&h, h.ann, GUARDIAN_ANYTHING), ben = of(&h, h.ben, "*");
	int64_t row = guardian_enter(db, test_arena, &ann);
	guardian_enter(db, test_arena, &ben);
	int64_t yes = answer(&h, h.ann, "evidence", false);
	CHECK(answer(&h, h.ann, "figure", true));
	int64_t bens = answer(&h, h.ben, "figure", false);
	CHECK_INT(in_force(&h, "evidence"), yes);
	CHECK_INT(in_force(&h, "figure"), 0);
	ann.no_contact = true;
	ann.why = S("Order 12");
	ann.now = NOW + 10;
	CHECK(guardian_change(db, test_arena, row, 1, &ann));
	CHECK_INT(in_force(&h, "evidence"), 0);
	CHECK_INT(in_force(&h, "figure"), bens);
	const struct val *said = consents_of(db, test_arena, h.org, h.tom);
	CHECK_INT(val_i(val_at(said, val_count(said) - 1), "barred_at"), NOW + 10);
	/* the bar ends: what was said before it stays void; it was a mistake: it counts again */
	ann.until = S("2026-02-01");
	CHECK(guardian_change(db, test_arena, row, 2, &ann));
	CHECK_INT(in_force(&h, "evidence"), 0);
	ann.no_contact = false;
	CHECK(guardian_change(db, test_arena, row, 3, &ann));
	CHECK_INT(in_force(&h, "evidence"), yes);
	WORLD_END(db, err);
}
