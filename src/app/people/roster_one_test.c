/* OneRoster 1.1: as a ZIP of its files, and file by file. */
#include "app/people/people_batch.h"
#include "app/people/people_plan_rules.h"
#include "app/people/roster_read.h"
#include "app/people/roster_rules.h"
#include "base/arena.h"
#include "base/json.h"
#include "core/apart.h"
#include "core/args.h"
#include "core/band.h"
#include "core/group.h"
#include "core/job.h"
#include "core/people_world.h"
#include "web/zipped.h"

static const char users[] =
	"sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,"
	"givenName,"
	"familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
	"u1,,,true,s1,student,ada,,Ada,Moss,,,ada@example.org,,,,07,secret\n"
	"u2,,,true,s1,student,p,,Pauloosie,,,,,,,,07,\n"
	"u3,,,true,s1,teacher,rd,,Ruth,Delorme,,,,,,,,\n"
	"u4,,,true,s2,student,x,,Elsewhere,Pupil,,,,,,,07,\n"
	"u5,tobedeleted,,true,s1,student,y,,Left,Pupil,,,,,,,07,\n"
	"u1,,,true,s1,student,ada,,Ada,Again,,,,,,,07,\n"
	"u6,,,true,s1,student,z,,,,,,,,,,07,\n";
static const char classes[] =
	"sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,"
	"location,"
	"schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods,Colour\n"
	"c1,,,7A,07,k,,homeroom,,s1,t1,,,,blue\n"
	"c2,,,9Z,09,k,,homeroom,,s2,t1,,,,\n"
	"c3,,,,09,k,,homeroom,,s1,t1,,,,\n";
static const char enrollments[] = "sourcedId,status,dateLastModified,classSourcedId,"
				  "schoolSourcedId,userSourcedId,role,primary,"
				  "beginDate,endDate\n"
				  "e1,,,c1,s1,u1,student,,2026-09-02,\n"
				  "e2,,,c1,s1,u2,student,,,\n"
				  "e3,,,c1,s1,u3,teacher,true,,\n"
				  "e4,,,c9,s1,u1,student,,,\n"
				  "e5,,,c1,s1,u9,student,,,\n"
				  "e6,,,c2,s2,u4,student,,,\n"
				  "e7,tobedeleted,,c1,s1,u4,student,,,\n"
				  "e8,,,c1,s1,,student,,,\n";
static const char sessions[] = "sourcedId,status,dateLastModified,title,type,startDate,endDate,"
			       "parentSourcedId,schoolYear\n"
			       "t1,,,2026-2027,schoolYear,2026-08-31,2027-06-30,,2027\n";
static const char orgs[] =
	"sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
	"d,,,District,district,,\ns1,,,Lakeside,school,,d\ns2,,,Hill,school,,d\n";

static struct str archive(struct err *err)
{
	const struct zipped_entry entries[] = {
		{S("users.csv"), S("")},
		{S("classes.csv"), S("")},
		{S("enrollments.csv"), S("")},
		{S("academicSessions.csv"), S("")},
		{S("orgs.csv"), S("")},
		{S("demographics.csv"), S("sourcedId,birthDate\nu1,2014-01-01\n")},
		{{0}, {0}}};
	const char *const bytes[] = {users, classes, enrollments, sessions, orgs};
	struct zipped_entry filled[7];
	for (size_t i = 0; i < 7; i++)
		filled[i] = entries[i];
	for (size_t i = 0; i < 5; i++)
		filled[i].bytes = str_of(bytes[i]);
	return zipped(test_arena, err, filled, NOW);
}

static bool told(const struct val *list, const char *name, const char *text)
{
	for (size_t i = 0; i < val_count(list); i++)
		if (str_is(val_s(val_at(list, i), name), text))
			return true;
	return false;
}

static struct val *settings_of(const char *scheme)
{
	return ARGS(test_arena, ARG_AS("scheme", scheme), ARG_AS("since", "2026-09-01"),
		    ARG_AS("until", "2026-09-01"), ARG_AS("lang", "en"), ARG_AS("school", "s1"),
		    ARG_AS("date_order", "dmy"));
}

TEST("a ZIP of OneRoster is read in a process of its own: who, which classes, what is wrong, what "
     "is left")
{
	struct err err = {0};
	const char *wrong;
	struct val *read = roster_read_apart(APART_ALONE, test_arena, archive(&err),
					     val_object(test_arena), &wrong);
	NEED(read);
	CHECK(roster_is_one(read));
	CHECK_INT(val_count(roster_schools(test_arena, read)), 2);
	const struct val *all = roster_entries(test_arena, read, settings_of("oneroster"));
	const struct val *people = val_get(all, "people"), *errors = val_get(all, "errors"),
			 *left = val_get(all, "left");
	CHECK_INT(val_count(people), 3);
	CHECK_STR(val_s(val_at(people, 1), "name"), "Pauloosie");
	CHECK_STR(val_s(val_at(people, 0), "sort_name"), "Moss, Ada");
	CHECK_STR(val_s(val_at(people, 2), "role"), "teacher");
	CHECK_INT(val_count(val_get(all, "groups")), 1);
	CHECK_STR(val_s(val_at(val_get(all, "groups"), 0), "since"), "2026-08-31");
	const struct val *in = val_at(val_get(val_at(people, 0), "groups"), 0);
	CHECK_STR(val_s(in, "ref"), "oneroster:c1");
	CHECK_STR(val_s(in, "since"), "2026-09-02");
	CHECK(val_b(val_at(val_get(val_at(people, 2), "groups"), 0), "staff"));
	CHECK_INT(val_count(errors), 6);
	CHECK(told(errors, "message", "The class of this row is not in classes.csv."));
	CHECK(told(errors, "message", "The person of this row is not in users.csv."));
	CHECK(told(errors, "message", "Another row has the same sourcedId."));
	CHECK(told(errors, "message", "There is no name in this row."));
	CHECK(told(errors, "message", "A class needs a sourcedId and a title."));
	CHECK(told(left, "file", "demographics.csv"));
	CHECK(told(left, "column", "password"));
	CHECK(told(left, "column", "Colour"));
	CHECK(!told(left, "column", "grades"));
	CHECK_INT(val_count(val_get(all, "gone")), 1);
}

static void apply(struct db *db, struct err *err, int64_t org, const struct val *plan)
{
	int64_t id = db_id(
		db,
		SQL("INSERT INTO people_batch (org, kind, title, state, settings, made_at) "
		    "VALUES (:org, 'roster', 'x', 'preview', :settings, 1) RETURNING id AS id"),
		PARAMS("org", INT(org), "settings", TEXT("{\"scheme\":\"oneroster\"}")));
	CHECK(batch_apply_now(db, test_arena, err, batch_by_id(db, test_arena, org, id), plan, 0,
			      NOW));
}

/* Looks at a file as a registrar would, and does it. */
static struct val *import(struct db *db, struct err *err, int64_t org, const char *bytes,
			  const char *name, bool end_gone)
{
	struct val *options = ARGS(test_arena, ARG_AS("file_name", name));
	struct val *read = roster_read(test_arena, str_of(bytes), options),
		   *settings = settings_of("oneroster");
	val_set_bool(settings, "end_gone", end_gone);
	val_set_bool(settings, "guardians", true);
	struct val *stands =
		batch_stands(db, test_arena, org, S("oneroster"), S("2026-09-01"), NOW);
	val_set_list(stands, "roles");
	struct val *all = roster_entries(test_arena, read, settings);
	for (size_t i = 0; i < val_count(val_get(all, "people")); i++)
		val_set_str(val_at(val_get(all, "people"), i), "role", S(""));
	struct val *plan = plan_roster(test_arena, all, stands, settings);
	apply(db, err, org, plan);
	return plan;
}

static int64_t part_of(const struct val *plan, const char *part)
{
	return val_i(val_get(plan, "counts"), part);
}

static int64_t members(struct db *db, int64_t org)
{
	return val_i(db_row(db,
			    SQL("SELECT count(*) AS n FROM membership WHERE org = :org AND until "
				"IS NULL"),
			    PARAMS("org", INT(org))),
		     "n");
}

TEST_DB("the files of a OneRoster come in one by one; who is gone leaves only if it is wanted")
{
	db_begin(db, DB_WRITE, 1);
	int64_t org = world_org(db, "alder");
	struct val *plan = import(db, err, org, enrollments, "enrollments.csv", false);
	CHECK_INT(part_of(plan, "new"), 0);
	CHECK(told(val_get(plan, "errors"), "message",
		   "An enrollment needs a class and a person."));
	CHECK(told(val_get(plan, "errors"), "message",
		   "This person is not known here. Import users.csv first."));
	plan = import(db, err, org, users, "users.csv", false);
	CHECK_INT(part_of(plan, "new"), 3);
	plan = import(db, err, org, classes, "classes.csv", false);
	CHECK_INT(part_of(plan, "group"), 1);
	plan = import(db, err, org, enrollments, "enrollments.csv", false);
	CHECK_INT(part_of(plan, "changed"), 3);
	CHECK_INT(members(db, org), 2);
	/* Again: nothing. */
	plan = import(db, err, org, users, "users.csv", false);
	CHECK_INT(part_of(plan, "steps"), 0);
	plan = import(db, err, org, enrollments, "enrollments.csv", false);
	CHECK_INT(part_of(plan, "steps"), 0);
	CHECK_INT(part_of(plan, "gone"), 0);
	static const char fewer[] =
		"sourcedId,status,classSourcedId,schoolSourcedId,userSourcedId,role\n"
		"e1,,c1,s1,u1,student\n";
	plan = import(db, err, org, fewer, "enrollments.csv", false);
	CHECK_INT(part_of(plan, "gone"), 1);
	CHECK_INT(members(db, org), 2);
	import(db, err, org, fewer, "enrollments.csv", true);
	CHECK_INT(members(db, org), 1);
	plan = import(db, err, org, fewer, "enrollments.csv", true);
	CHECK_INT(part_of(plan, "gone"), 0);
	WORLD_END(db, err);
}

static int64_t job_now(void)
{
	return NOW + 10;
}

static int64_t guardians(struct db *db, int64_t org)
{
	return val_i(
		db_row(db,
		       SQL("SELECT count(*) AS n FROM guardian g JOIN person c ON c.id = g.child "
			   "WHERE g.org = :org AND c.name = 'Ada Moss' AND g.confirmed_at IS NOT "
			   "NULL "
			   "AND (g.until IS NULL OR g.until > g.since)"),
		       PARAMS("org", INT(org))),
		"n");
}

TEST_DB("guardians of a OneRoster are planned for whoever may enter them, entered once, and taken "
	"back")
{
	static const char families[] =
		"sourcedId,status,orgSourcedIds,role,givenName,familyName,agentSourcedIds\n"
		"u1,,s1,student,Ada,Moss,\"p1, p2\"\n"
		"u2,,s1,student,Ben,Ross,\"u3,x9\"\n"
		"u3,,s1,teacher,Ruth,Delorme,\n"
		"p1,,s1,parent,Ann,Moss,u1\n"
		"p2,,s1,guardian,Bo,Moss,\n"
		"p3,,s1,parent,Cy,Ross,u2\n";
	db_begin(db, DB_WRITE, 1);
	int64_t org = world_org(db, "alder");
	struct val *plan = import(db, err, org, families, "users.csv", false);
	CHECK_INT(part_of(plan, "new"), 6);
	CHECK_INT(part_of(plan, "guardian"), 3); /* the new children's too, behind them */
	CHECK(told(val_get(plan, "errors"), "message",
		   "Not entered: a guardian is the parent or guardian of a student in users.csv."));
	CHECK(told(val_get(plan, "errors"), "message",
		   "The guardian of this row is not in users.csv."));
	CHECK_INT(guardians(db, org), 2);
	plan = import(db, err, org, families, "users.csv", false);
	CHECK_INT(part_of(plan, "steps"), 0);
	struct val *settings = settings_of("oneroster"); /* who may not enter guardians */
	struct val *read = roster_read(test_arena, str_of(families), val_object(test_arena));
	const struct val *entries = roster_entries(test_arena, read, settings);
	CHECK_INT(val_count(val_get(entries, "guardians")), 0);
	CHECK(told(val_get(entries, "left"), "column", "agentSourcedIds"));
	int64_t batch = val_i(
		db_row(db, SQL("SELECT min(b.id) AS n FROM people_batch b WHERE b.org = :org"),
		       PARAMS("org", INT(org))),
		"n");
	CHECK(batch_undo(db, test_arena, batch_by_id(db, test_arena, org, batch), 0, NOW));
	CHECK(db_commit(db));
	struct job job = {
		.db = db, .arena = test_arena, .err = err, .holder = S("test"), .now = job_now};
	CHECK(job_run_next(&job, people_batch_jobs));
	db_begin(db, DB_WRITE, org);
	CHECK_INT(guardians(db, org), 0);
	CHECK_INT(val_i(db_row(db,
			       SQL("SELECT count(*) AS n FROM person_org o WHERE o.org = :org AND "
				   "o.until IS NULL"),
			       PARAMS("org", INT(org))),
			"n"),
		  0);
	WORLD_END(db, err);
}

TEST("bytes of another process are only taken if they are a roster")
{
	static const struct {
		const char *files;
		bool sound;
	} cases[] = {
		{"[]", true},
		{"[{\"name\":\"a\",\"separator\":\",\",\"columns\":[\"x\"],\"rows\":[[\"1\"]],"
		 "\"lines\":"
		 "[2],\"errors\":[]}]",
		 true},
		{"[{\"name\":\"a\",\"separator\":\",\",\"columns\":[\"x\"],\"rows\":[[\"1\",\"2\"]]"
		 ","
		 "\"lines\":[2],\"errors\":[]}]",
		 false},
		{"[{\"name\":\"a\",\"separator\":\",\",\"columns\":[\"x\"],\"rows\":[[1]],"
		 "\"lines\":[2],"
		 "\"errors\":[]}]",
		 false},
		{"[{\"name\":\"a\",\"separator\":\",\",\"columns\":[\"x\"],\"rows\":[[\"\\u202e\"]]"
		 ","
		 "\"lines\":[2],\"errors\":[]}]",
		 false},
		{"[{\"name\":\"a\",\"separator\":\",\",\"columns\":[\"x\"],\"rows\":[],\"lines\":["
		 "2],"
		 "\"errors\":[]}]",
		 false},
		{"[3]", false},
		{"{}", false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct json_error error;
		struct str text = str_fmt(test_arena, "{\"files\":%s,\"left\":[]}", cases[i].files);
		CHECK_INT(roster_is_sound(json_read(test_arena, text, 1 << 20, &error)),
			  cases[i].sound);
	}
}

TEST_DB("until when somebody is a minor is taken from a roster, unless they are in an age band")
{
	static const char file[] = "name,minor until\nAda Moss,2031-05-01\n";
	db_begin(db, DB_WRITE, 1);
	int64_t org = world_org(db, "alder"), ada = world_person(db, org, "Ada Moss");
	struct val *read = roster_read(test_arena, str_of(file), val_object(test_arena)),
		   *settings = settings_of("roster"), *plan = val_null(), *early = NULL;
	val_set(settings, "columns",
		roster_guess(test_arena, val_get(val_at(val_get(read, "files"), 0), "columns")));
	for (int turn = 0; turn < 2; turn++) {
		struct val *stands =
			batch_stands(db, test_arena, org, S("roster"), S("2026-09-01"), NOW);
		val_set_list(stands, "roles");
		plan = plan_roster(test_arena, roster_entries(test_arena, read, settings), stands,
				   settings);
		CHECK_INT(part_of(plan, "changed"), turn == 0);
		early = early ? early : plan;
		struct age_band young = {.org = org, .position = 1};
		if (turn == 0 && CHECK_INT(band_add(db, test_arena, &young), BAND_DONE))
			band_place(db, test_arena,
				   &(struct band_place){.org = org,
							.person = ada,
							.band = young.id,
							.since = S("2026-01-01")});
	}
	CHECK(told(val_get(plan, "errors"), "message",
		   "Their age band says until when this person is a minor."));
	apply(db, err, org, early); /* seen before the band was chosen, done after */
	CHECK(minor_is(db, test_arena, org, ada, S("2031-05-02"))); /* as the band says */
	CHECK_INT(val_count(db_rows(
			  db,
			  SQL("SELECT r.id AS id FROM people_batch_row r WHERE r.org = :org AND "
			      "r.action = 'minor_set' AND r.state = 'skipped'"),
			  PARAMS("org", INT(org)))),
		  1);
	WORLD_END(db, err);
}
