/* The next school year: names of groups as cases, a small school's story, and 1,200 pupils in time. */
#include "app/people/people_batch.h"
#include "app/people/people_plan_rules.h"
#include "app/people/rollover.h"
#include "app/people/rollover_rules.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/steady.h"
#include "core/args.h"
#include "core/consent.h"
#include "core/group.h"
#include "core/link.h"
#include "core/person.h"
#include "core/secret.h"
#include "core/throttle.h"
#include "example.h"

#include <stdio.h>

#define REGISTRAR .as = "registrar"

TEST("a group's next name is its number and one, and nothing from the last grade on")
{
	static const struct {
		const char *name, *next;
	} cases[] = {{"7A", "8A"},
		     {"Grade 9", "Grade 10"},
		     {"11-2", "12-2"},
		     {"12C", ""},
		     {"Choir", "Choir"},
		     {"Secondaire 4", "Secondaire 5"},
		     {"Room 2041", "Room 2041"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_STR(rollover_name(test_arena, str_of(cases[i].name), 12), cases[i].next);
}

/* ---- a small school ---- */

static int64_t group_in(struct world *w, const char *kind, const char *name, int64_t year)
{
	int64_t id = group_add(w->db, w->arena, w->a, kind, str_of(name), S("2025-09-01"));
	group_change(w->db, w->arena, w->a,
		     ARGS(w->arena, ARG(id), ARG_AS("rev", 1), ARG(kind), ARG(name), ARG(year),
			  ARG_AS("since", "2025-09-01")));
	return id;
}

static int64_t pupil(struct world *w, const char *name, int64_t group)
{
	int64_t id = person_add(w->db, w->arena, ARGS(w->arena, ARG(name), ARG_AS("lang", "en")),
				w->a, w->now);
	group_join(w->db, w->arena, w->a, group, id, S("2025-09-01"));
	return id;
}

static int64_t agrees(struct world *w, int64_t person, const char *purpose)
{
	return consent_give(w->db, w->arena,
			    &(struct consent){.org = w->a,
					      .person = person,
					      .purpose = purpose,
					      .words = purpose,
					      .words_rev = 1,
					      .lang = S("en"),
					      .given_by = person,
					      .given_how = "paper",
					      .taken_by = world_person(w, "registrar"),
					      .now = w->now,
					      .today = S("2026-01-05")});
}

static void small_school(struct world *w)
{
	int64_t old =
		year_add(w->db, w->arena, w->a, S("2025–2026"), S("2025-09-01"), S("2026-08-31"));
	world_know_id(w, "old", old);
	world_know_id(
		w, "new",
		year_add(w->db, w->arena, w->a, S("2026–2027"), S("2026-08-31"), S("2027-08-31")));
	int64_t seven = group_in(w, "class", "7A", old), twelve = group_in(w, "class", "12B", old),
		choir = group_in(w, "other", "Choir", old);
	int64_t ada = pupil(w, "Ada Moss", seven), ben = pupil(w, "Ben Ross", twelve);
	group_join(w->db, w->arena, w->a, choir, ada, S("2025-09-01"));
	group_join(w->db, w->arena, w->a, choir, ben, S("2025-09-01"));
	group_staff_add(w->db, w->arena, w->a, seven, world_person(w, "teacher"), S("2025-09-01"));
	CHECK(agrees(w, ada, "evidence"));
	CHECK(agrees(w, ada, "figure"));
	CHECK(agrees(w, ben, "figure"));
	world_know_id(w, "seven", seven);
	world_know_id(w, "twelve", twelve);
	world_know_id(w, "choir", choir);
	world_know_id(w, "ada", ada);
	world_know_id(w, "ben", ben);
}

static void newest(struct world *w)
{
	world_know_id(w, "batch",
		      world_count(w, "SELECT max(id) AS n FROM people_batch WHERE org = :org"));
}

#define OPEN_MEMBERS  "SELECT count(*) AS n FROM membership WHERE org = :org AND until IS NULL"
#define OPEN_CONSENTS "SELECT count(*) AS n FROM consent WHERE org = :org AND ends_at IS NULL"

static void look(struct world *w)
{
	TELL(w, .url = "/alder/people/rollover?from=%old%&to=%new%", REGISTRAR, .status = 200,
	     .has = {"value=\"8A\"", "value=\"\" maxlength", "value=\"Choir\"", "31 August 2026"});
	TELL(w, .url = "/alder/people/rollover", REGISTRAR, .form = "from=%new%&to=%old%",
	     .status = 422);
	TELL(w, .url = "/alder/people/rollover", REGISTRAR,
	     .form = "from=%old%&to=%new%&groups=%seven%&names=8A&groups=%twelve%&names=&"
		     "groups=%choir%&names=Choir&purposes=evidence",
	     .status = 303);
	newest(w);
	TELL(w, .url = "%location%", REGISTRAR, .status = 200,
	     .has = {"Ada Moss", "Joins the group: 8A", "A consent ends: Ada Moss",
		     "Leave <strong>1"},
	     .keep = {"digest", "name=\"digest\" value=\""});
}

/* The last letters of a code are tried one after another: that becomes slow. */
static void guess(struct world *w)
{
	static const char letters[] = "ABCDEFGH";
	struct str code = world_known(w, "code");
	bool slowed = false;
	for (size_t i = 0; letters[i] && !slowed; i++) {
		struct scenario ask = {
			.url = "/alder/people/claim",
			.form = str_c(w->arena,
				      str_fmt(w->arena,
					      "code=" STR_FMT "%c%c&email=ben@home.example",
					      STR_ARG(str_sub(code, 0, code.n - 2)), letters[i],
					      letters[i])),
		};
		world_ask(w, &ask);
		CHECK_INT(w->last.status, 422);
		slowed = str_find(world_answer(w), S("Too many wrong codes")) >= 0;
	}
	CHECK(slowed);
}

/* Who leaves: a code, typed in any way, has a letter sent to an address of their own. */
static void claims(struct world *w)
{
	TELL(w, .url = "/alder/people/batches/%batch%/codes", REGISTRAR, .form = "", .status = 200,
	     .has = {"Ben Ross", "/people/claim"}, .has_not = {"Ada Moss"},
	     .keep = {"first", "<dd class=\"code\">"});
	struct str first = world_known(w, "first");
	world_know(w, "first", str_sub(first, 0, (size_t)str_find_char(first, '<')));
	TELL(w, .url = "/alder/people/batches/%batch%/codes", REGISTRAR, .form = "", .status = 200,
	     .keep = {"code", "<dd class=\"code\">"});
	struct str code = world_known(w, "code");
	world_know(w, "code", str_sub(code, 0, (size_t)str_find_char(code, '<')));
	TELL(w, .url = "/alder/people/claim", .form = "code=%first%&email=ben@home.example",
	     .status = 422, .has = {"This code is not known"});
	TELL(w, .url = "/birch/people/claim", .form = "code=%code%&email=ben@home.example",
	     .status = 422);
	TELL(w, .url = "/alder/people/claim", .form = "code=%code%&email=nowhere", .status = 422);
	guess(w);
	TELL(w, .url = "/alder/people/claim", .form = "code=%code%&email=ben@home.example",
	     .status = 422, .has = {"Too many wrong codes"});
	w->now += THROTTLE_WAIT_MOST;
	TELL(w, .url = "/alder/people/claim", .form = "code=+%code%+&email=ben@home.example",
	     .status = 303);
	CHECK_INT(world_count(
			  w, "SELECT count(*) AS n FROM invitation i JOIN letter l ON l.to_address "
			     "= i.email WHERE i.org = :org AND i.email = 'ben@home.example'"),
		  1);
}

TEST_DB("a school year goes over into the next: seen, done, undone; who leaves claims their "
	"account")
{
	struct world held, *w = &held;
	NEED(world_begin(w, db, err, small_school));
	int64_t members = world_count(w, OPEN_MEMBERS), consents = world_count(w, OPEN_CONSENTS);
	look(w);
	TELL(w, .url = "/alder/people/batches/%batch%/apply", REGISTRAR, .form = "digest=%digest%",
	     .status = 303, .has = {"/jobs/"});
	world_jobs(w, people_batch_jobs);
	/* Ben's two have ended; on the last day of the old year everybody is where they were. */
	CHECK_INT(world_count(w, OPEN_MEMBERS), members - 2);
	CHECK_INT(world_count(w, OPEN_CONSENTS), consents - 2);
	TELL(w, .url = "/alder/people/groups/%seven%?day=2026-08-30", REGISTRAR, .status = 200,
	     .has = {"Moss, Ada"});
	TELL(w, .url = "/alder/people/groups?day=2026-08-31&year=%new%", REGISTRAR, .status = 200,
	     .has = {"8A", "Choir"});
	claims(w);
	TELL(w, .url = "/alder/people/batches/%batch%/undo", REGISTRAR, .form = "", .status = 303);
	TELL(w, .url = "/alder/people/rollover", REGISTRAR,
	     .form = "from=%old%&to=%new%&groups=%seven%&names=8A", .status = 422);
	TELL(w, .url = "/alder/people/rollover", REGISTRAR, .form = "from=%old%&to=%new%",
	     .status = 303);
	TELL(w, .url = "%location%", REGISTRAR, .status = 200, .has = {"There is nothing to do"});
	/* Somebody ended one consent's row anew: that one is told. */
	db_begin(w->db, DB_WRITE, w->a);
	db_exec(w->db,
		SQL("UPDATE consent SET withdrawn_at = 5 WHERE org = :org AND purpose = "
		    "'evidence'"),
		PARAMS("org", INT(w->a)));
	CHECK(db_commit(w->db));
	world_jobs(w, people_batch_jobs);
	CHECK_INT(world_count(w, OPEN_MEMBERS), members);
	CHECK_INT(world_count(w, OPEN_CONSENTS), consents - 1);
	TELL(w, .url = "/alder/people/batches/%batch%", REGISTRAR, .status = 200,
	     .has = {"undone", "Changed since by somebody else"});
	TELL(w, .url = "/alder/people/groups?year=%old%", REGISTRAR, .status = 200,
	     .has = {"7A", "12B", "Choir", "Person teacher"});
	world_end(w);
}

/* ---- a large one ---- */

enum { PUPILS = 1200, CLASSES = 48 };

static void statement(struct db *db, int64_t org, const char *sql)
{
	db_exec(db, fixture_sql(sql), PARAMS("org", INT(org)));
}

/* Made in a few statements: the school, not its making, is what is measured. */
static void large_school(struct world *w)
{
	static const char *const sql[] = {
		"WITH RECURSIVE n(i) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT i + 1 FROM n "
		"WHERE "
		"i < 1200) INSERT INTO person (name, sort_name, lang, made_at) SELECT 'Pupil ' || "
		"CAST(i AS text), 'Large', 'en', 1 FROM n WHERE CAST(:org AS bigint) > 0",
		"INSERT INTO person_org (org, person, sort_fold, since) SELECT CAST(:org AS "
		"bigint), "
		"p.id, 'large', 1 FROM person p WHERE p.sort_name = 'Large'",
		"WITH RECURSIVE n(i) AS (SELECT CAST(0 AS bigint) UNION ALL SELECT i + 1 FROM n "
		"WHERE "
		"i < 47) INSERT INTO people_group (org, kind, name, since, year) SELECT CAST(:org "
		"AS "
		"bigint), 'class', CAST(i / 4 + 1 AS text) || substr('ABCD', CAST(i % 4 + 1 AS "
		"integer), 1), '2025-09-01', y.id FROM n, academic_year y WHERE y.org = :org AND "
		"y.since = '2025-09-01'",
		"INSERT INTO membership (org, people_group, person, since) SELECT g.org, g.id, "
		"p.id, "
		"'2025-09-01' FROM person p, people_group g WHERE p.sort_name = 'Large' AND g.org "
		"= "
		":org AND g.kind = 'class' AND g.since = '2025-09-01' AND g.id % 48 = p.id % 48",
		"INSERT INTO consent (org, person, purpose, words, words_rev, given_by, given_how, "
		"given_at, lang) SELECT CAST(:org AS bigint), p.id, 'figure', 'w', 1, p.id, "
		"'paper', "
		"5, 'en' FROM person p WHERE p.sort_name = 'Large' AND p.id % 4 = 0"};
	world_know_id(w, "old",
		      year_add(w->db, w->arena, w->a, S("2025"), S("2025-09-01"), S("2026-08-31")));
	world_know_id(w, "new",
		      year_add(w->db, w->arena, w->a, S("2026"), S("2026-08-31"), S("2027-08-31")));
	for (size_t i = 0; i < sizeof sql / sizeof *sql; i++)
		statement(w->db, w->a, sql[i]);
}

/* Each group of the old year with its next name, as the page sends them. */
static struct str all_groups(struct world *w)
{
	int64_t old = 0;
	struct buf form = {.arena = w->arena};
	CHECK(str_int(world_known(w, "old"), &old));
	db_begin(w->db, DB_READ, w->a);
	const struct val *groups =
		db_rows(w->db,
			SQL("SELECT g.id AS id, g.name AS name FROM people_group g WHERE "
			    "g.org = :org AND g.year = :year ORDER BY g.id"),
			PARAMS("org", INT(w->a), "year", INT(old)));
	CHECK_INT(val_count(groups), CLASSES);
	buf_lit(&form, "from=%old%&to=%new%&purposes=figure");
	for (size_t i = 0; i < val_count(groups); i++)
		buf_fmt(&form, "&groups=%lld&names=" STR_FMT,
			(long long)val_i(val_at(groups, i), "id"),
			STR_ARG(rollover_name(w->arena, val_s(val_at(groups, i), "name"), 12)));
	db_rollback(w->db);
	return buf_str(&form);
}

TEST_DB("the rollover of 1,200 pupils takes less than five seconds, in writes of forty of them")
{
	struct world held, *w = &held;
	NEED(world_begin(w, db, err, large_school));
	int64_t members = world_count(w, OPEN_MEMBERS);
	world_ask(w, &(struct scenario){.url = "/alder/people/rollover",
					REGISTRAR,
					.form = str_c(w->arena, all_groups(w))});
	newest(w);
	TELL(w, .url = "%location%", REGISTRAR, .status = 200,
	     .has = {"Move on <strong>1,100", "Leave <strong>100"},
	     .keep = {"digest", "name=\"digest\" value=\""});
	TELL(w, .url = "/alder/people/batches/%batch%/apply", REGISTRAR, .form = "digest=%digest%",
	     .status = 303);
	int64_t began = steady_ms();
	world_jobs(w, people_batch_jobs);
	int64_t took = steady_ms() - began;
	printf("    %s: the rollover of %d pupils took %lld ms\n", db_engine(w->db), PUPILS,
	       (long long)took);
	CHECK(took < 5000);
	CHECK_INT(world_count(w, OPEN_MEMBERS), members - 100);
	CHECK_INT(
		world_count(w,
			    "SELECT count(*) AS n FROM consent WHERE org = :org AND ends_at IS NOT "
			    "NULL"),
		PUPILS / 4);
	world_end(w);
}

/* ---- one good request for each route ---- */

static void to_ask(struct world *w)
{
	int64_t old = year_add(w->db, w->arena, w->a, S("2041"), S("2041-01-01"), S("2042-01-01"));
	world_know_id(w, "roll_from", old);
	world_know_id(w, "roll_to",
		      year_add(w->db, w->arena, w->a, S("2042"), S("2042-01-01"), S("2043-01-01")));
	int64_t twelve = group_in(w, "class", "12Z", old), lea = pupil(w, "Lea Leaves", twelve);
	int64_t batch =
		db_id(w->db,
		      SQL("INSERT INTO people_batch (org, kind, title, state, made_at) VALUES "
			  "(:org, 'rollover', '2041', 'applied', 1) RETURNING id AS id"),
		      PARAMS("org", INT(w->a)));
	db_exec(w->db,
		SQL("INSERT INTO people_batch_row (org, batch, position, line, action, person, "
		    "data, "
		    "before, state) VALUES (:org, :batch, 0, 0, 'leave', :person, '{}', '{}', "
		    "'done')"),
		PARAMS("org", INT(w->a), "batch", INT(batch), "person", INT(lea)));
	group_leave(w->db, w->arena, w->a, twelve, lea, S("2025-09-01"));
	world_know_id(w, "rolled", batch);
	world_know_id(w, "roll_group", twelve);
	world_know(w, "claim_code",
		   link_make(w->db, w->arena,
			     &(struct link_new){.purpose = CLAIM_PURPOSE,
						.code = true,
						.org = w->a,
						.subject = lea,
						.now = w->now,
						.ends_at = w->now + 9999}));
}

EXAMPLES(to_ask, {.url = "/people/rollover?from=%roll_from%&to=%roll_to%", REGISTRAR},
	 {.url = "/people/rollover",
	  REGISTRAR,
	  .form = "from=%roll_from%&to=%roll_to%&groups=%roll_group%&names=13Z"},
	 {.url = "/people/batches/%rolled%/codes", REGISTRAR, .form = "", .status = 200},
	 {.url = "/people/claim",
	  .form = "code=%claim_code%&email=lea@home.example",
	  .refused = 422});
