/* Who was there: a class by name, a class by count, somebody who walks in, and a second thought. */
#include "app/activities/hold.h"

#include "base/arena.h"
#include "core/activity.h"
#include "core/args.h"
#include "core/group.h"
#include "core/participation.h"
#include "core/person.h"
#include "example.h"
#include "fixture.h"

#define LEAD .as = "careers_lead"

static int64_t person(struct world *w, const char *name)
{
	return person_add(w->db, w->arena, ARGS(w->arena, ARG(name), ARG_AS("lang", "en")), w->a,
			  w->now);
}

static int64_t visit(struct world *w, int64_t starts_at)
{
	return world_activity(w,
			      &(struct activity){.starts_at = starts_at, .visibility = "invited"});
}

static void fill(struct world *w)
{
	int64_t class = group_add(w->db, w->arena, w->a, "class", S("3B"), S("2020-09-01"));
	int64_t counted = group_add(w->db, w->arena, w->a, "class", S("4C"), S("2020-09-01"));
	int64_t shop = visit(w, w->now - 3600), ada = person(w, "Ada Blue"),
		ben = person(w, "Ben Gray");
	int64_t groups[] = {class, counted};
	group_join(w->db, w->arena, w->a, class, ada, S("2020-09-01"));
	group_join(w->db, w->arena, w->a, class, ben, S("2020-09-01"));
	for (int i = 0; i < 2; i++)
		db_exec(w->db,
			SQL("INSERT INTO activity_group (org, activity, people_group) VALUES "
			    "(:org, :activity, :g)"),
			PARAMS("org", INT(w->a), "activity", INT(shop), "g", INT(groups[i])));
	world_know_id(w, "shop", shop);
	world_know_id(w, "later", visit(w, w->now + 5 * 86400));
	world_know_id(w, "class_of", class);
	world_know_id(w, "counted_of", counted);
	world_know_id(w, "ada", ada);
	world_know_id(w, "ben", ben);
	world_know_id(w, "walks_in", person(w, "Chi Green"));
}

EXAMPLES(fill, {.url = "/activities/%shop%/attendance",
		LEAD,
		.form = "row=m%class_of%-%ada%&here=m%class_of%-%ada%&came=%walks_in%&minutes=45"
			"&counted_group=%counted_of%&counted=24"});

#define SHEET "/alder/activities/%shop%/attendance"
#define ADA   "m%class_of%-%ada%"
#define BEN   "m%class_of%-%ben%"

SCENARIOS("a class is ticked off, another counted, somebody walks in; said again, it is corrected",
	  fill,
	  {.url = SHEET,
	   LEAD,
	   .status = 200,
	   .has = {"Ada Blue", "Ben Gray", "4C", "Others, not by name"}},
	  {.url = SHEET "?words=chi", LEAD, .status = 200, .has = {"Chi Green", "They came too"}},
	  {.url = SHEET,
	   LEAD,
	   .form = "row=" ADA "&row=" BEN "&here=" ADA
		   "&came=%walks_in%&minutes=45&counted_group=%counted_of%"
		   "&counted=24&counted_group=0&counted=",
	   .status = 303},
	  {.url = SHEET,
	   LEAD,
	   .status = 200,
	   .has = {"Chi Green", "absent", "value=\"24\"", "checked"},
	   .has_not = {"m%class_of%"}},
	  {.url = "/alder/activities/%shop%", LEAD, .status = 200, .has = {"held"}},
	  {.url = SHEET,
	   LEAD,
	   .form = "minutes=45&counted_group=%counted_of%&counted=many",
	   .status = 422,
	   .has = {"Give numbers of people"}},
	  {.url = SHEET,
	   LEAD,
	   .form = "minutes=45&counted_group=%counted_of%&counted=0",
	   .status = 303},
	  {.url = SHEET, LEAD, .status = 200, .has_not = {"value=\"24\""}});

static void fill_apart(struct world *w)
{
	fill(w);
	db_exec(w->db,
		SQL("INSERT INTO guardian (org, child, person, since, no_contact) "
		    "SELECT CAST(:org AS bigint), p.id, CAST(:lead AS bigint), '2020-01-01', 1 "
		    "FROM person p WHERE p.name = 'Ben Gray'"),
		PARAMS("org", INT(w->a), "lead", INT(world_person(w, "careers_lead"))));
}

SCENARIOS(
	"whom a court keeps from the teacher is not on their sheet, and is not absent by it either",
	fill_apart,
	{.url = SHEET,
	 LEAD,
	 .status = 200,
	 .has = {"Ada", "everybody=1"},
	 .has_not = {"Ben Gray", "\" checked"}},
	{.url = SHEET "?everybody=1&first=",
	 LEAD,
	 .status = 200,
	 .has = {"value=\"" ADA "\" checked"},
	 .has_not = {"Ben Gray"}},
	{.url = SHEET "?words=ben", LEAD, .status = 200, .has_not = {"Ben Gray"}},
	{.url = SHEET,
	 LEAD,
	 .form = "row=" ADA "&here=" ADA "&came=%ben%&minutes=45",
	 .status = 422},
	{.url = SHEET, LEAD, .form = "row=" ADA "&here=" ADA "&minutes=45", .status = 303},
	{.url = SHEET,
	 .as = "coordinator",
	 .status = 200,
	 .has = {"Ben Gray", "value=\"" BEN "\""}}); /* of the class, not of the ledger */

SCENARIOS("the sheet opens when it begins, and only for whoever may take it", fill,
	  {.url = "/alder/activities/%later%/attendance",
	   LEAD,
	   .status = 200,
	   .has = {"The sheet opens"}},
	  {.url = "/alder/activities/%later%/attendance",
	   LEAD,
	   .form = "minutes=45",
	   .status = 303,
	   .has = {"/alder/activities/%later%\n"}},
	  {.url = SHEET, .status = 303, .has = {"sign-in"}},
	  {.url = SHEET, .as = "member", .status = 404},
	  {.url = SHEET, .as = "safeguarding_lead", .status = 403},
	  {.url = "/birch/activities/%shop%/attendance", .as = "admin_of_b", .status = 404});

static int64_t state_count(struct world *w, const char *state)
{
	struct val *rows;
	int64_t shop = 0, n = 0;
	str_int(world_known(w, "shop"), &shop);
	db_begin(w->db, DB_READ, 0);
	rows = participation_list(w->db, test_arena, w->a, shop);
	for (size_t i = 0; i < val_count(rows); i++)
		n += str_is(val_s(val_at(rows, i), "state"), state);
	db_rollback(w->db);
	return n;
}

TEST_DB("two teachers with the same sheet: the second is told, and nobody stands twice")
{
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	struct scenario save = {
		.url = SHEET, LEAD, .form = "row=" ADA "&row=" BEN "&here=" ADA "&minutes=60"};
	world_ask(&w, &save);
	CHECK_INT(w.last.status, 303);
	CHECK_INT(state_count(&w, "attended"), 1);
	CHECK_INT(state_count(&w, "absent"), 1);
	struct str saved = str_dup(test_arena, world_header(&w, "Set-Cookie"));
	CHECK(saved.n > 0);
	/* another teacher's page was open before: those rows are in the ledger already */
	save.form = "row=" ADA "&row=" BEN "&here=" BEN "&minutes=60";
	world_ask(&w, &save);
	CHECK_INT(w.last.status, 303);
	CHECK(!str_eq(world_header(&w, "Set-Cookie"), saved)); /* is told something else */
	CHECK_INT(state_count(&w, "attended"), 1);
	CHECK_INT(state_count(&w, "absent"), 1);
	world_end(&w);
}

/* A school in one hall: 620 of one group, whose names are in order of their numbers. */
static void fill_hall(struct world *w)
{
	fill(w);
	int64_t all = group_add(w->db, w->arena, w->a, "other", S("All"), S("2020-09-01")),
		shop = 0;
	str_int(world_known(w, "shop"), &shop);
	struct val *p = PARAMS("org", INT(w->a), "g", INT(all), "now", INT(w->now));
	db_exec(w->db,
		SQL("INSERT INTO person (name, sort_name, lang, made_at) "
		    "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS bigint) UNION ALL "
		    "SELECT i + 1 FROM n WHERE i < 620) "
		    "SELECT 'Pupil ' || CAST(10000 + n.i AS text), 'Pupil ' || CAST(10000 + n.i AS "
		    "text), 'en', CAST(:now AS bigint) FROM n"),
		p);
	db_exec(w->db,
		SQL("INSERT INTO membership (org, people_group, person, since) SELECT CAST(:org AS "
		    "bigint), CAST(:g AS bigint), p.id, '2020-09-01' FROM person p "
		    "WHERE p.name LIKE 'Pupil 1%'"),
		p);
	db_exec(w->db,
		SQL("INSERT INTO activity_group (org, activity, people_group) SELECT a.org, a.id, "
		    "CAST(:g AS bigint) FROM activity a WHERE a.id = :activity AND a.org = :org"),
		PARAMS("org", INT(w->a), "g", INT(all), "activity", INT(shop)));
}

SCENARIOS("the sheet of a hall of 620 comes page by page, and each page can be saved", fill_hall,
	  {.url = SHEET,
	   LEAD,
	   .status = 200,
	   .has = {"Ada Blue", "Pupil 10298<", "1 to 300 of 622", "attendance?first=300"},
	   .has_not = {"Pupil 10299<"}},
	  {.url = SHEET "?first=600",
	   LEAD,
	   .status = 200,
	   .has = {"Pupil 10599<", "Pupil 10620<", "601 to 622 of 622"}},
	  {.url = SHEET,
	   LEAD,
	   .form = "first=0&row=" ADA "&here=" ADA "&minutes=45",
	   .status = 303,
	   .has = {"/attendance?first=300\n"}},
	  {.url = SHEET,
	   LEAD,
	   .form = "first=600&row=" BEN "&here=" BEN "&minutes=45",
	   .status = 303,
	   .has = {"/attendance\n"}});
