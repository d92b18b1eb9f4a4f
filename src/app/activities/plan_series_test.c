/* Series of activities, and who is told of their changes. */
#include "app/activities/plan_tell.h"
#include "base/arena.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/event.h"
#include "core/group.h"
#include "core/participation.h"
#include "core/person.h"
#include "scenario.h"

#define LEAD .as = "careers_lead"
#define CLUB                                                                                       \
	"title=Club&kind=session&mode=in_person&minutes=60&visibility=public&time=16:00&work=en"
#define NEW "/alder/activities/new"

SCENARIOS("a plan repeats; one is changed, or it and all that follow, each with the row it was",
	  NULL,
	  {.url = NEW,
	   LEAD,
	   .form = CLUB "&date=2026-12-24&repeat=weekly&repeat_until=2026-12-01",
	   .status = 422,
	   .has = {"takes place last"}},
	  {.url = NEW,
	   LEAD,
	   .form = CLUB "&date=2026-12-24&repeat=weekly&repeat_until=2029-12-01",
	   .status = 422,
	   .has = {"more than 60 times"}},
	  {.url = NEW,
	   LEAD,
	   .form = CLUB
	   "&date=2026-12-03&repeat=weekly&repeat_until=2026-12-24&answer_by=2026-12-01",
	   .status = 303,
	   .keep = {"club", "Location: /alder/activities/"}},
	  {.url = "/alder/activities.csv",
	   .status = 200,
	   .has = {"2026-12-03T16:00", "2026-12-10T16:00", "2026-12-17T16:00", "2026-12-24T16:00"}},
	  {.url = "/alder/activities/%club%",
	   LEAD,
	   .status = 200,
	   .has = {"The series", "Thursday 24 December 2026, 16:00\u00a0– 17:00"},
	   .keep = {"second", "</strong></li>\n<li><a href=\"/alder/activities/"}},
	  {.url = "/alder/activities/%second%/edit",
	   LEAD,
	   .status = 200,
	   .has = {"This one and all that follow", "value=\"2026-12-08\""}},
	  {.url = "/alder/activities/%second%/edit",
	   LEAD,
	   .form = CLUB "&date=2026-12-11&rev=1&change=following&why=Hall",
	   .status = 303},
	  {.url = "/alder/activities.csv",
	   .status = 200,
	   .has = {"2026-12-03T16:00", "2026-12-11T16:00", "2026-12-18T16:00", "2026-12-25T16:00"},
	   .has_not = {"2026-12-10", "2026-12-24"}},
	  {.url = "/alder/activities/%second%/edit",
	   LEAD,
	   .form = CLUB "&date=2026-12-12&rev=2&change=one",
	   .status = 303},
	  {.url = "/alder/activities/%second%/cancel",
	   LEAD,
	   .form = "rev=3&why=Ill&change=following",
	   .status = 303},
	  {.url = "/alder/activities.csv",
	   .status = 200,
	   .has = {"planned,2026-12-03", "cancelled,2026-12-12", "cancelled,2026-12-18",
		   "cancelled,2026-12-25"}});

SCENARIOS("a series is not put on a night whose clocks skip its time", NULL,
	  {.url = NEW,
	   LEAD,
	   .form = "title=Watch&kind=session&mode=in_person&minutes=60&visibility=public&time=02:30"
		   "&date=2027-03-07&repeat=weekly&repeat_until=2027-03-21&zone=America/Toronto",
	   .status = 422,
	   .has = {"clocks skip this time"}});

static void with_member(struct world *w)
{
	int64_t member = world_person(w, "member");
	contact_add(w->db, w->arena,
		    ARGS(w->arena, ARG_AS("person", member), ARG_AS("kind", "email"),
			 ARG_AS("value", "member@home.example")),
		    w->now);
	world_know_id(w, "member", member);
}

static int64_t one(struct db *db, const char *sql)
{
	return val_i(db_row(db, fixture_sql(sql), val_object(test_arena)), "n");
}

/* Whoever comes to all of them: the member. */
static void expect_member(struct db *db)
{
	struct val *rows = db_rows(
		db,
		SQL("SELECT a.id AS id, a.org AS org, w.person AS person FROM activity a, "
		    "contact w WHERE w.value = 'member@home.example' AND a.series IS NOT NULL"),
		val_object(test_arena));
	for (size_t i = 0; i < val_count(rows); i++)
		CHECK(participation_add(
			db, test_arena,
			&(struct participation){.org = val_i(val_at(rows, i), "org"),
						.activity = val_i(val_at(rows, i), "id"),
						.person = val_i(val_at(rows, i), "person"),
						.role = "participant",
						.state = "expected",
						.ground = "duty",
						.attested_by = val_i(val_at(rows, i), "person"),
						.now = 5}));
}

/* A minor who comes has two guardians, of whom a court keeps one away. */
static void add_guardians(struct db *db, int64_t org)
{
	static const char *const emails[] = {"near@home.example", "apart@home.example"};
	int64_t child = one(db, "SELECT min(c.person) AS n FROM contact c WHERE c.value = "
				"'member@home.example'");
	minor_until(db, test_arena, org, child, S("2099-01-01"));
	for (int i = 0; i < 2; i++) {
		int64_t person = person_add(
			db, test_arena,
			ARGS(test_arena, ARG_AS("name", "Guardian"), ARG_AS("lang", "fr")), org, 5);
		contact_add(db, test_arena,
			    ARGS(test_arena, ARG(person), ARG_AS("kind", "email"),
				 ARG_AS("value", emails[i])),
			    5);
		db_exec(db,
			SQL("INSERT INTO guardian (org, child, person, since, no_contact) VALUES "
			    "(:org, :child, :person, '1960-01-01', :apart)"),
			ARGS(test_arena, ARG(org), ARG(child), ARG(person), ARG_AS("apart", i)));
	}
}

TEST_DB("whoever comes is told once of what changed together, and not of what does not concern "
	"them")
{
	static const struct scenario plan[] = {
		{.url = NEW,
		 LEAD,
		 .form = CLUB "&date=2026-12-03&repeat=weekly&repeat_until=2026-12-17",
		 .status = 303},
	};
	scenarios_run(db, err, with_member, plan, 1, __FILE__, __LINE__);
	db_begin(db, DB_WRITE, 0);
	expect_member(db);
	int64_t first = one(db, "SELECT min(a.id) AS n FROM activity a WHERE a.series IS NULL AND "
				"a.starts_wall = '2026-12-03T16:00'"),
		org = one(db, "SELECT min(o.id) AS n FROM org o WHERE o.slug = 'alder'");
	add_guardians(db, org);
	int64_t by =
		one(db, "SELECT min(a.made_by) AS n FROM activity a WHERE a.series IS NOT NULL");
	struct val *ids =
		db_rows(db, SQL("SELECT a.id AS id FROM activity a WHERE a.series = :first"),
			ARGS(test_arena, ARG(first)));
	struct str list = str_fmt(test_arena, "[%lld,%lld,%lld]", (long long)first,
				  (long long)val_i(val_at(ids, 0), "id"),
				  (long long)val_i(val_at(ids, 1), "id"));
	struct event e = {.org = org,
			  .kind = "activities.cancelled",
			  .object_kind = "activity",
			  .object = first,
			  .data = ARGS(test_arena, ARG_AS("ids", list), ARG(by),
				       ARG_AS("why", "The hall is flooded")),
			  .at = 9};
	event_say(db, test_arena, &e);
	event_say(db, test_arena, &e); /* said twice, told once */
	CHECK(db_commit(db));
	while (events_deliver(db, test_arena, err, plan_reactions, 1795262400, 10) > 0)
		continue;
	db_begin(db, DB_READ, 0);
	struct val *letters = db_rows(db,
				      SQL("SELECT l.to_address AS to_address, l.subject AS "
					  "subject, l.body AS body, l.file AS file "
					  "FROM letter l WHERE l.kind = 'activities.cancelled' "
					  "ORDER BY l.to_address"),
				      val_object(test_arena));
	CHECK_INT(val_count(letters), 2);
	CHECK_STR(val_s(val_at(letters, 1), "to_address"), "near@home.example");
	CHECK_STR(val_s(val_at(letters, 1), "subject"), "Annulation : Club");
	CHECK_STR(val_s(val_at(letters, 0), "to_address"), "member@home.example");
	CHECK_STR(val_s(val_at(letters, 0), "subject"), "Cancelled: Club");
	struct str body = val_s(val_at(letters, 0), "body");
	CHECK(str_find(body, S("Thursday 10 December 2026, 16:00\u00a0– 17:00\nThursday 17 "
			       "December")) > 0);
	CHECK(str_find(body, S("The hall is flooded")) > 0);
	CHECK(str_find(body, S("3 December")) < 0); /* they do not come then */
	struct str file = val_s(val_at(letters, 0), "file");
	CHECK(str_find(file, S("SEQUENCE:")) > 0);
	CHECK(str_find(file, S("DTSTART;TZID=America/Toronto:20261217T160000")) > 0);
	CHECK(str_find(file, S("20261203T160000")) < 0);
	CHECK(db_commit(db));
}
