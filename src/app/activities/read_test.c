/* The five readers as pages: what is counted, who may look, and what is withheld. */
#include "app/activities/read.h"

#include "base/arena.h"
#include "base/instant.h"
#include "core/activity.h"
#include "core/args.h"
#include "core/group.h"
#include "core/ledger.h"
#include "core/participation.h"
#include "core/person.h"
#include "core/text.h"
#include "example.h"
#include "fixture.h"

enum { DAY = 86400, PUPILS = 8, FEW = 3 };

static struct str day(struct world *w, int from_today)
{
	return day_text(w->arena, w->now / DAY + from_today);
}

static int64_t person(struct world *w, struct str name)
{
	return person_add(w->db, w->arena, ARGS(w->arena, ARG(name), ARG_AS("lang", "en")), w->a,
			  w->now);
}

static int64_t held(struct world *w, const char *kind, int days_ago)
{
	int64_t at = w->now - (int64_t)days_ago * DAY;
	return world_activity(
		w, &(struct activity){.kind = kind, .status = "held", .starts_at = at, .now = at});
}

static int64_t took_part(struct world *w, int64_t activity, int64_t who, int64_t group,
			 const char *role)
{
	return participation_add(w->db, w->arena,
				 &(struct participation){.org = w->a,
							 .activity = activity,
							 .person = who,
							 .group = group,
							 .role = role,
							 .state = "attended",
							 .minutes = 60,
							 .ground = group ? "duty" : "agreement",
							 .attested_by = world_person(w, "admin"),
							 .now = w->now,
							 .why = ""});
}

static int64_t put(struct world *w, const char *sql, int64_t version, int64_t standard,
		   int64_t item)
{
	return db_id(w->db, fixture_sql(sql),
		     PARAMS("org", INT(w->a), "now", INT(w->now), "version", INT(version),
			    "standard", INT(standard), "item", INT(item)));
}

/* An item of a published standard: "R1 Asks about work". */
static int64_t an_item(struct world *w)
{
	int64_t standard = put(w,
			       "INSERT INTO standard (org, slug, uuid, source_lang, created_at) "
			       "VALUES (:org, 'read', 'read-standard', 'en', :now) RETURNING id",
			       0, 0, 0);
	int64_t version =
		put(w,
		    "INSERT INTO standard_version (org, standard, number, state, "
		    "published_at) VALUES (:org, :standard, 1, 'adopted', :now) RETURNING id",
		    0, standard, 0);
	int64_t item = put(w,
			   "INSERT INTO standard_item (org, standard, uuid) "
			   "VALUES (:org, :standard, 'read-item') RETURNING id",
			   0, standard, 0);
	int64_t node = put(w,
			   "INSERT INTO standard_node (org, version, item, position, kind, code) "
			   "VALUES (:org, :version, :item, 1, 'criterion', 'R1') RETURNING id",
			   version, 0, item);
	text_first(w->db, w->arena,
		   &(struct text){.org = w->a,
				  .kind = "standard_node",
				  .owner = node,
				  .field = "title",
				  .lang = S("en"),
				  .body = S("Asks about work"),
				  .made_at = w->now});
	return item;
}

static int64_t class_of(struct world *w, const char *name, int count, int64_t *pupils)
{
	int64_t group = group_add(w->db, w->arena, w->a, "class", str_of(name), S("2020-09-01"));
	for (int i = 0; i < count; i++) {
		pupils[i] = person(w, str_fmt(w->arena, "%s Pupil %d", name, i + 1));
		group_join(w->db, w->arena, w->a, group, pupils[i], S("2020-09-01"));
	}
	return group;
}

/* A visit with both classes, all but one of 3B; a session of 3B alone; Rosa speaks at both. */
static void fill(struct world *w)
{
	int64_t many[PUPILS], few[FEW], rosa = person(w, S("Rosa Speaker"));
	int64_t class = class_of(w, "3B", PUPILS, many), small = class_of(w, "4C", FEW, few);
	int64_t visit = held(w, "visit", 100), session = held(w, "session", 60);
	struct val *rows = val_list(w->arena);
	world_know_id(w, "last_year",
		      year_add(w->db, w->arena, w->a, S("Last year"), day(w, -400), day(w, -30)));
	world_know_id(w, "this_year",
		      year_add(w->db, w->arena, w->a, S("This year"), day(w, -30), day(w, 300)));
	world_know_id(w, "crossing",
		      year_add(w->db, w->arena, w->a, S("Crossing"), day(w, -430), day(w, -100)));
	for (int i = 1; i < PUPILS; i++) {
		struct val *row = val_push_object(rows);
		val_set_int(row, "id", took_part(w, visit, many[i], class, "learner"));
		took_part(w, session, many[i], class, "learner");
	}
	for (int i = 0; i < FEW; i++)
		took_part(w, visit, few[i], small, "learner");
	participation_exercise(w->db, w->arena, rows, an_item(w), 1);
	took_part(w, visit, rosa, 0, "speaker");
	took_part(w, session, rosa, 0, "speaker");
	took_part(w, visit, world_person(w, "member"), 0, "volunteer");
	group_staff_add(w->db, w->arena, w->a, class, world_person(w, "teacher"), S("2020-09-01"));
	guardian_add(w->db, w->arena, w->a, many[2], world_person(w, "coordinator"),
		     S("2020-09-01"));
	world_know_id(w, "read_class", class);
	world_know_id(w, "read_small", small);
	world_know_id(w, "visit", visit);
	world_know_id(w, "reached", many[1]);
	world_know_id(w, "own_child", many[2]);
	world_know_id(w, "of_small", few[0]);
	world_know_id(w, "rosa", rosa);
}

EXAMPLES(fill, {.url = "/activities/coverage?year=%last_year%", .as = "careers_lead"},
	 {.url = "/activities/coverage/%read_class%?year=%last_year%", .as = "careers_lead"},
	 {.url = "/activities/figures?year=%last_year%", .as = "careers_lead"},
	 {.url = "/activities/people?words=rosa", .as = "careers_lead"},
	 {.url = "/activities/people/%rosa%/contact", .as = "careers_lead"},
	 {.url = "/activities/people/%rosa%/cpd", .as = "careers_lead"},
	 {.url = "/activities/people/%reached%/evidence", .as = "careers_lead"},
	 {.url = "/activities/mine?year=%last_year%", .as = "careers_lead"},
	 {.url = "/activities/mine/evidence?year=%last_year%", .as = "careers_lead"});

#define LEAD     .as = "careers_lead"
#define COVERAGE "/alder/activities/coverage"
#define ONE      "/alder/activities/people"

SCENARIOS(
	"coverage by group is for whoever may see its names, and counts who was a member then",
	fill,
	{.url = COVERAGE "?year=%last_year%",
	 LEAD,
	 .status = 200,
	 .has = {"Asks about work", "4C", ">7<span class=\"soft\"> / 8",
		 ">0<span class=\"soft\"> / 3", "The ground is the organisation"}},
	{.url = COVERAGE ".json?year=%last_year%", LEAD, .status = 200, .has = {"\"seen\":7"}},
	{.url = COVERAGE "?year=%last_year%",
	 .as = "teacher",
	 .status = 200,
	 .has = {"3B", "responsible for"},
	 .has_not = {"4C"}},
	{.url = COVERAGE, LEAD, .status = 200, .has = {"<option value=\"%this_year%\" selected>"}},
	{.url = COVERAGE "?year=99999", LEAD, .status = 404},
	{.url = COVERAGE, .as = "member", .status = 403}, {.url = COVERAGE, .status = 303},
	{.url = COVERAGE "/%read_class%?year=%last_year%",
	 .as = "teacher",
	 .status = 200,
	 .has = {"7 of 8 members were reached", "Not reached yet", "<li>3B Pupil 1</li>",
		 ">2<span class=\"soft\"> / 2"}},
	{.url = COVERAGE "/%read_class%.csv?year=%last_year%",
	 .as = "teacher",
	 .status = 200,
	 .has = {"3B Pupil 2"}},
	{.url = COVERAGE "/%read_class%?year=%last_year%",
	 .as = "coordinator", /* what they may not open of their own child is no link */
	 .status = 200,
	 .has = {"<th scope=\"row\">3, 3B Pupil</th>", "/people/%reached%/evidence"},
	 .has_not = {"/people/%own_child%/evidence"}},
	{.url = COVERAGE "/%read_small%?year=%last_year%", .as = "teacher", .status = 404},
	{.url = COVERAGE "/%read_small%?year=%last_year%",
	 LEAD,
	 .status = 200,
	 .has = {"3 of 3 members were reached"}},
	{.url = "/birch/activities/coverage/%read_class%", .as = "admin_of_b", .status = 404});

SCENARIOS("pages of one person: not over one's own child, evidence by consent, a teacher their own "
	  "group",
	  fill, {.url = ONE "?words=rosa", LEAD, .status = 200, .has = {"Rosa Speaker"}},
	  {.url = ONE "?words=rosa", .as = "teacher", .status = 403},
	  {.url = ONE "/%rosa%/contact",
	   LEAD,
	   .status = 200,
	   .has = {"2 times · 120 minutes", "Speaker", "what was agreed with them"}},
	  {.url = ONE "/%rosa%/contact.csv", LEAD, .status = 200, .has = {"speaker,60"}},
	  {.url = ONE "/%rosa%/contact?year=%this_year%",
	   LEAD,
	   .status = 200,
	   .has = {"0 times", "Nothing that may be shown"}},
	  {.url = ONE "/%rosa%/cpd",
	   LEAD,
	   .status = 200,
	   .has = {"2 entries · 120 minutes · 120 attested</p>"}},
	  {.url = ONE "/%reached%/evidence",
	   .as = "teacher",
	   .status = 200,
	   .has = {"Nothing that may be shown", "1 more row may not be read"}},
	  {.url = ONE "/%of_small%/evidence", .as = "teacher", .status = 403},
	  {.url = ONE "/%reached%/contact", .as = "teacher", .status = 403},
	  {.url = ONE "/%own_child%/evidence", .as = "coordinator", .status = 403},
	  {.url = ONE "/%reached%/evidence", .as = "coordinator", .status = 200},
	  {.url = ONE "/%rosa%/contact", .as = "member", .status = 403},
	  {.url = "/birch/activities/people/%rosa%/contact", .as = "admin_of_b", .status = 404},
	  {.url = "/alder/activities/mine",
	   .as = "member",
	   .status = 200,
	   .has = {"1 entry · 60 minutes · 60 attested</p>", "Volunteer"}},
	  {.url = "/alder/activities/mine/evidence", .as = "member", .status = 200},
	  {.url = "/alder/activities/mine", .status = 303},
	  {.url = "/birch/activities/mine", /* has no school years to choose from */
	   .as = "admin_of_b",
	   .status = 200,
	   .has = {"All years</option>"},
	   .has_not = {"2026</option>"}});

SCENARIOS("figures name nobody and withhold what is too few, with what would give it away", fill,
	  {.url = "/alder/activities/figures?year=%last_year%",
	   LEAD,
	   .status = 200,
	   .has = {"Everything together", "withheld", "fewer than 5 people", "In no group"}},
	  {.url = "/alder/activities/figures.csv?year=%last_year%",
	   LEAD,
	   .status = 200,
	   /* ten learners, of whom three in 4C. Who was at the visit and not at the session is of
	    * 4C: so 3B goes with it, and the session, and its month */
	   .has = {"all,,Everything together,2,10,1020,,,false,true",
		   "group,2,3B,,,,0,0,true,false", "4C,,,,0,0,true,false",
		   "kind,session,Session,1,,,", "visit,Visit,1,10,600"}},
	  {.url = "/alder/activities/figures?year=%this_year%",
	   LEAD,
	   .status = 200,
	   .has = {"cut to steps of 5"}},
	  {.url = "/alder/activities/figures?year=%crossing%", LEAD, .status = 404},
	  {.url = "/alder/activities/figures", .as = "teacher", .status = 403},
	  {.url = "/alder/activities/figures", .as = "member", .status = 403});

/* The grid's test of one row, and the reader that adds rows up, over one year of the class. */
struct seen {
	const struct ledger_question *q;
	int64_t people[PUPILS];
	int n;
};

static bool add_seen(void *context, const struct val *row)
{
	struct seen *s = context;
	int64_t person = val_i(row, "person");
	for (int i = 0; i < s->n; i++)
		if (s->people[i] == person)
			return true;
	if (ledger_reached(s->q, row) && s->n < PUPILS)
		s->people[s->n++] = person;
	return true;
}

TEST_DB("the coverage grid reaches whom the ledger's own reader reaches, also after corrections")
{
	struct world w;
	int64_t class = 0, visit = 0;
	NEED(world_begin(&w, db, err, fill));
	str_int(world_known(&w, "read_class"), &class);
	str_int(world_known(&w, "visit"), &visit);
	db_begin(w.db, DB_WRITE, w.a);
	struct val *rows = participation_list(w.db, test_arena, w.a, visit);
	static const char *const states[] = {"attended", "absent", "void"};
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		struct participation to = {.org = w.a,
					   .activity = visit,
					   .person = val_i(row, "person"),
					   .group = val_i(row, "people_group"),
					   .role = i % 4 ? "learner" : "second_adult",
					   .state = states[i % 3],
					   .minutes = 30,
					   .ground = "duty",
					   .attested_by = world_person(&w, "admin"),
					   .now = w.now + 1,
					   .why = ""};
		participation_correct(w.db, test_arena, w.a, val_i(row, "id"), &to);
	}
	struct ledger_question q = {.reader = READ_COVERAGE,
				    .org = w.a,
				    .group = class,
				    .day = day(&w, 0),
				    .to = w.now - 80 * DAY,
				    .now = w.now + 2};
	const struct val *members = group_members(w.db, test_arena, w.a, class, q.day);
	struct seen s = {.q = &q};
	ledger_each(w.db, test_arena, &q, members, false, add_seen, &s);
	CHECK(s.n > 0 && s.n < PUPILS - 1);
	CHECK_INT(val_i(ledger_read(w.db, test_arena, &q), "seen"), s.n);
	db_rollback(w.db);
	world_end(&w);
}
