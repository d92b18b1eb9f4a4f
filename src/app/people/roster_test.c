/* A roster from the file to the list and back, on both engines; and its rules as tables of cases. */
#include "app/people/people_batch.h"
#include "app/people/people_plan_rules.h"
#include "app/people/roster.h"
#include "app/people/roster_read.h"
#include "app/people/roster_rules.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/person.h"
#include "example.h"

#define PART      "--frontier\r\nContent-Disposition: form-data; name="
#define REGISTRAR .as = "registrar"
#define SEND(name, bytes)                                                                          \
	.headers = "Content-Type: multipart/form-data; boundary=frontier",                         \
	.form = PART "\"file\"; filename=\"" name "\"\r\nContent-Type: text/csv\r\n\r\n" bytes     \
		     "\r\n--frontier--\r\n"

static int64_t clock_now;

static int64_t now_is(void)
{
	return clock_now;
}

/* ---- rules ---- */

TEST("columns are known by their headers in English and French, and what is never kept says why")
{
	static const struct {
		const char *header, *code;
	} cases[] = {{"Student Number", "key"},    {"Matricule", "key"},  {"Prénom", "given"},
		     {"NOM DE FAMILLE", "family"}, {"Courriel", "email"}, {"E-mail", "email"},
		     {"Classe", "group"},          {"Homeroom", "group"}, {"Langue", "lang"},
		     {"Cellulaire", "phone"},      {"Locker", ""}};
	struct val *columns = val_list(test_arena);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		val_push(columns, val_text(test_arena, str_of(cases[i].header)));
	const struct val *codes = roster_guess(test_arena, columns);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str code = val_get_str(val_at(codes, i));
		/* The second of what may be there once is left to the person. */
		CHECK_STR(code, i == 1 ? "" : cases[i].code);
	}
	CHECK(roster_never(test_arena, S("Date de naissance")));
	CHECK(roster_never(test_arena, S("Password")));
	CHECK(!roster_never(test_arena, S("Locker")));
	struct val *alone = val_list(test_arena);
	val_push(alone, val_text(test_arena, S("Nom")));
	CHECK_STR(val_get_str(val_at(roster_guess(test_arena, alone), 0)), "name");
}

TEST("a date is read in the order its column shows")
{
	static const struct {
		const char *text;
		enum roster_order order;
		const char *day; /* NULL: no date */
	} cases[] = {{"2026-09-01", ORDER_ANY, "2026-09-01"},
		     {"2026/9/1", ORDER_DMY, "2026-09-01"},
		     {"03/04/2026", ORDER_DMY, "2026-04-03"},
		     {"03/04/2026", ORDER_MDY, "2026-03-04"},
		     {"3.4.2026", ORDER_DMY, "2026-04-03"},
		     {"31/02/2026", ORDER_DMY, NULL},
		     {"13/25/2026", ORDER_MDY, NULL},
		     {"03/04/26", ORDER_DMY, NULL},
		     {"2026-09-01T00:00:00Z", ORDER_ANY, "2026-09-01"},
		     {"soon", ORDER_DMY, NULL},
		     {"", ORDER_DMY, NULL}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str day = {0};
		bool good = roster_day(test_arena, str_of(cases[i].text), cases[i].order, &day);
		CHECK_INT(good, cases[i].day != NULL);
		CHECK_STR(day, cases[i].day ? cases[i].day : "");
	}
}

static struct val *role_in(struct val *roles, int64_t id, const char *name)
{
	struct val *role = val_push_object(roles);
	val_set_int(role, "id", id);
	val_push(val_set_list(role, "names"), val_text(test_arena, str_of(name)));
	val_set_str(role, "label", str_of(name));
	val_set_bool(role, "may", true);
	return role;
}

/* How many steps of this name a plain file plans, with that setting on or off. */
static size_t planned(const char *file, const char *setting, bool on, const char *step)
{
	const struct val *read = roster_read(test_arena, str_of(file), val_object(test_arena));
	struct val *stands = val_object(test_arena), *roles = val_set_list(stands, "roles");
	struct val *settings =
		ARGS(test_arena, ARG_AS("scheme", "roster"), ARG_AS("since", "2026-01-05"),
		     ARG_AS("date_order", "dmy"), ARG_AS("lang", "en"));
	role_in(roles, 1, "teacher");
	role_in(roles, 2, "learner");
	val_set_bool(settings, setting, on);
	val_set(settings, "columns",
		roster_guess(test_arena, val_get(val_at(val_get(read, "files"), 0), "columns")));
	struct val *plan = plan_roster(test_arena, roster_entries(test_arena, read, settings),
				       stands, settings);
	struct str text = json_text(test_arena, val_get(plan, "rows"));
	size_t count = 0;
	for (ptrdiff_t at; (at = str_find(text, str_of(step))) >= 0; count++)
		text = str_from(text, (size_t)at + 1);
	return count;
}

TEST("who learns is a minor while nobody said until when; who teaches is not")
{
	const char *file =
		"name,role,minor until\nAda,,\nTom,teacher,\nEve,learner,\nJo,,2031-05-06\n";
	CHECK_INT(planned(file, "minors", false, "minor_set"), 1);
	CHECK_INT(planned(file, "minors", true, "minor_set"), 3);
}

TEST("everybody of a class list is a learner if that is said; a column of roles says it itself")
{
	const char *list = "name,class\nAda,7A\nTom,7A\n",
		   *roles = "name,role\nAda,\nTom,teacher\n";
	CHECK_INT(planned(list, "learners", false, "role_give"), 0);
	CHECK_INT(planned(list, "learners", true, "role_give"), 2);
	CHECK_INT(planned(roles, "learners", true, "role_give"), 1);
}

static enum roster_order order_of(const char *values)
{
	struct str csv = str_fmt(test_arena, "name;since\n%s", values);
	struct val *read = roster_read(test_arena, csv, val_object(test_arena)),
		   *file = val_at(val_get(read, "files"), 0);
	return roster_order(test_arena, file, roster_guess(test_arena, val_get(file, "columns")));
}

TEST("the order of dates is what every date allows, or it is told that none does")
{
	CHECK_INT(order_of("A;3/4/2026\nB;25/4/2026\n"), ORDER_DMY);
	CHECK_INT(order_of("A;3/4/2026\nB;4/25/2026\n"), ORDER_MDY);
	CHECK_INT(order_of("A;13/4/2026\nB;4/25/2026\n"), ORDER_MIXED);
	CHECK_INT(order_of("A;3/4/2026\nB;4/5/2026\n"), ORDER_ANY);
	CHECK_INT(order_of("A;2026-04-03\nB;\n"), ORDER_ISO);
}

static struct str encoded(const char *text, bool wide)
{
	struct buf b = {.arena = test_arena};
	struct str rest = str_of(text);
	buf_lit(&b, "");
	if (!wide)
		return rest;
	buf_add(&b, (struct str){"\xff\xfe", 2});
	for (size_t i = 0; i < rest.n; i++) {
		buf_char(&b, rest.p[i]);
		buf_char(&b, 0);
	}
	return buf_str(&b);
}

TEST("encoding and separator of a roster are found out and told")
{
	static const struct {
		const char *bytes, *encoding, *separator, *name;
		bool wide;
	} cases[] = {{"Name;Class\nZo\xc3\xab;7A\n", "utf-8", ";", "Zoë", false},
		     {"Name,Class\nZo\xeb,7A\n", "windows-1252", ",", "Zoë", false},
		     {"\xef\xbb\xbfName\tClass\nZo\xc3\xab\t7A\n", "utf-8", "\t", "Zoë", false},
		     {"Name,Class\r\nZoe,7A\r\n", "utf-16le", ",", "Zoe", true}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct val *read = roster_read(
			test_arena, encoded(cases[i].bytes, cases[i].wide), val_object(test_arena));
		const struct val *file = val_at(val_get(read, "files"), 0);
		CHECK(roster_is_sound(read));
		CHECK_STR(val_s(file, "encoding"), cases[i].encoding);
		CHECK_STR(val_s(file, "separator"), cases[i].separator);
		CHECK_STR(val_get_str(val_at(val_at(val_get(file, "rows"), 0), 0)), cases[i].name);
	}
}

/* ---- the story ---- */

#define CLASS_CSV                                                                                  \
	"Num\xc3\xa9ro;Nom;Pr\xc3\xa9nom;Classe;Courriel;Langue;Casier;Date de naissance\r\n"      \
	"1001;Th\xc3\xa9riault;No\xc3\xa9mie;7C;famille@theriault.example;fr;12;2014-02-03\r\n"    \
	"1002;;\xe1\x90\x8b\xe1\x93\x97\xe1\x93\x97;7C;;iu;;\r\n"                                  \
	"1003;;Pauloosie;7C;famille@theriault.example;en;;\r\n"                                    \
	"1004;Roy;Zo\xc3\xab;7C;pas-une-adresse;fr;;\r\n"                                          \
	"1005;;;7C;;;;\r\n"                                                                        \
	"1001;Autre;Nom;7C;;;;\r\n"

#define PEOPLE  "SELECT count(*) AS n FROM person_org WHERE org = :org AND until IS NULL"
#define MEMBERS "SELECT count(*) AS n FROM membership WHERE org = :org AND until IS NULL"

/* The batch that was sent last. */
static void newest(struct world *w, const char *name)
{
	world_know_id(w, name,
		      world_count(w, "SELECT max(id) AS n FROM people_batch WHERE org = :org"));
}

static void told_preview(struct world *w)
{
	newest(w, "batch");
	TELL(w, .url = "%location%", REGISTRAR, .status = 200,
	     .has = {"UTF-8", "Semicolon", "not known", "No birth dates are kept", "Casier"});
	TELL(w, .url = "/alder/people/batches/%batch%/columns", REGISTRAR,
	     .form = "rev=1&columns=key&columns=family&columns=given&columns=group&columns=email&"
		     "columns=lang&columns=&columns=&date_order=dmy&since=2026-01-05&last_day="
		     "2026-01-04&minors=1",
	     .status = 303);
	TELL(w, .url = "%location%", REGISTRAR, .status = 200,
	     .has = {"Another row has the same number and another name. (1001)",
		     "There is no name in this row. (1005)",
		     "This is no e-mail address. (pas-une-adresse)", "Casier", "Wrong <strong>3",
		     "New <strong>4"},
	     .keep = {"digest", "name=\"digest\" value=\""});
	TELL(w, .url = "/alder/people/batches/%batch%?part=new", REGISTRAR, .status = 200,
	     .has = {"\xe1\x90\x8b\xe1\x93\x97\xe1\x93\x97", "Pauloosie", "Joins the group: 7C",
		     "A minor until somebody says otherwise"});
}

static void apply_story(struct world *w)
{
	TELL(w, .url = "/alder/people/batches/%batch%/apply", REGISTRAR, .form = "digest=0",
	     .status = 303, .has = {"/people/batches/"});
	TELL(w, .url = "/alder/people/batches/%batch%/apply", REGISTRAR, .form = "digest=%digest%",
	     .status = 303, .has = {"/jobs/"});
	world_jobs(w, people_batch_jobs);
	TELL(w, .url = "/alder/people/batches/%batch%", REGISTRAR, .status = 200,
	     .has = {"What was changed", "tag on\">done", "Undo all of it"});
}

/* The same file, another time: nothing. */
static void same_again(struct world *w)
{
	TELL(w, .url = "/alder/people/batches", REGISTRAR, .status = 303,
	     SEND("classe.csv", CLASS_CSV));
	TELL(w, .url = "%location%", REGISTRAR, .status = 200,
	     .has = {"As you said it the last time"});
	newest(w, "again");
	TELL(w, .url = "/alder/people/batches/%again%", REGISTRAR, .status = 200,
	     .has = {"There is nothing to do", "Already as the file says: 3", "New <strong>0",
		     "Changed <strong>0"},
	     .has_not = {">Do it<"});
	TELL(w, .url = "/alder/people/batches/%again%/discard", REGISTRAR, .form = "",
	     .status = 303);
	TELL(w, .url = "/alder/people/batches/%again%", REGISTRAR, .status = 404);
}

/* Whoever does it reads what they confirm. */
static void with_guardians(struct world *w)
{
	TELL(w, .url = "/alder/people/batches", REGISTRAR, .status = 303,
	     SEND("users.csv",
		  "sourcedId,status,orgSourcedIds,role,givenName,familyName,agentSourcedIds\r\n"
		  "u1,,,student,Ada,Moss,p1\r\np1,,,parent,Ann,Moss,\r\n"));
	newest(w, "families");
	TELL(w, .url = "/alder/people/batches/%families%?part=guardian", REGISTRAR, .status = 200,
	     .has = {"Guardian: Ann Moss", "Doing it confirms them, in your name",
		     "Guardians <strong>1"});
	TELL(w, .url = "/alder/people/batches/%families%?part=new", REGISTRAR, .status = 200,
	     .has_not = {"Doing it confirms them"});
}

TEST_DB("a class list comes in: seen, done by a job, the same again changes nothing, undone as one")
{
	struct world held, *w = &held;
	NEED(world_begin(w, db, err, NULL));
	int64_t people = world_count(w, PEOPLE), members = world_count(w, MEMBERS);
	TELL(w, .url = "/alder/people/batches", .as = "teacher", .status = 403);
	TELL(w, .url = "/alder/people/batches", REGISTRAR, .status = 422, SEND("x.csv", ""));
	TELL(w, .url = "/alder/people/batches", REGISTRAR, .status = 303,
	     SEND("classe.csv", CLASS_CSV));
	told_preview(w);
	CHECK_INT(world_count(w, PEOPLE), people);
	apply_story(w);
	CHECK_INT(world_count(w, PEOPLE), people + 4);
	CHECK_INT(world_count(w, MEMBERS), members + 4);
	CHECK_INT(world_count(w,
			      "SELECT count(*) AS n FROM people_batch WHERE org = :org AND (bytes "
			      "IS NOT NULL OR tables IS NOT NULL OR plan IS NOT NULL)"),
		  0);
	TELL(w, .url = "/alder/people?words=pauloosie", REGISTRAR, .status = 200,
	     .has = {"Pauloosie"});
	TELL(w, .url = "/birch/people/batches/%batch%", REGISTRAR, .status = 403);
	same_again(w);
	/* Somebody changes one of them: that one is told, the others go. */
	db_begin(w->db, DB_WRITE, w->a);
	int64_t zoe = val_i(db_row(w->db,
				   SQL("SELECT person AS id FROM person_key WHERE org = "
				       ":org AND value = '1004'"),
				   PARAMS("org", INT(w->a))),
			    "id");
	db_exec(w->db, SQL("UPDATE person SET rev = rev + 1 WHERE id = :id"),
		PARAMS("id", INT(zoe)));
	CHECK(db_commit(w->db));
	TELL(w, .url = "/alder/people/batches/%batch%/undo", REGISTRAR, .form = "", .status = 303,
	     .has = {"/jobs/"});
	world_jobs(w, people_batch_jobs);
	CHECK_INT(world_count(w, PEOPLE), people + 1);
	CHECK_INT(world_count(w, MEMBERS), members);
	TELL(w, .url = "/alder/people/batches/%batch%", REGISTRAR, .status = 200,
	     .has = {"tag\">undone", "Zoë Roy",
		     "Something was written of this person since: they stay on the list."});
	/* And in again: the same people come back, nobody twice. */
	int64_t all =
		world_count(w, "SELECT count(*) AS n FROM person WHERE CAST(:org AS bigint) > 0");
	TELL(w, .url = "/alder/people/batches", REGISTRAR, .status = 303,
	     SEND("classe.csv", CLASS_CSV));
	newest(w, "batch");
	TELL(w, .url = "/alder/people/batches/%batch%", REGISTRAR, .status = 200,
	     .keep = {"digest", "name=\"digest\" value=\""});
	apply_story(w);
	CHECK_INT(world_count(w, PEOPLE), people + 4);
	CHECK_INT(world_count(w, "SELECT count(*) AS n FROM person WHERE CAST(:org AS bigint) > 0"),
		  all);
	with_guardians(w);
	world_end(w);
}

/* ---- one good request for each route ---- */

static int64_t batch_in(struct world *w, const char *state)
{
	const struct val *read = roster_read(test_arena, S("name,class\nAdaline Roster,7D\n"),
					     val_object(test_arena));
	struct val *settings = ARGS(test_arena, ARG_AS("scheme", "roster"),
				    ARG_AS("since", "2026-01-05"), ARG_AS("until", "2026-01-05"),
				    ARG_AS("date_order", "dmy"), ARG_AS("lang", "en"));
	const struct val *headers = val_get(val_at(val_get(read, "files"), 0), "columns");
	val_set(settings, "columns", roster_guess(test_arena, headers));
	int64_t id =
		db_id(w->db,
		      SQL("INSERT INTO people_batch (org, kind, title, state, tables, settings, "
			  "plan, bytes, made_at) VALUES (:org, 'roster', 'class.csv', :state, "
			  ":tables, :settings, '[]', :bytes, 1) RETURNING id AS id"),
		      PARAMS("org", INT(w->a), "state", TEXT(state), "tables",
			     TEXT(json_text(test_arena, read)), "settings",
			     TEXT(json_text(test_arena, settings)), "bytes",
			     val_blob(test_arena, S("name,class\nAdaline Roster,7D\n"))));
	return id;
}

WORLD(roster_world)
{
	world_know_id(w, "batch", batch_in(w, "preview"));
}

/* What the registrar would see of it. */
static void know_digest(struct world *w, int64_t id)
{
	struct json_error error;
	const struct val *batch = batch_by_id(w->db, w->arena, w->a, id);
	struct val *settings = json_read(w->arena, val_s(batch, "settings"), 1 << 20, &error),
		   *read = json_read(w->arena, val_s(batch, "tables"), 1 << 20, &error),
		   *stands = batch_stands(w->db, w->arena, w->a, S("roster"), S("2026-01-05"),
					  w->now);
	val_set_list(stands, "roles");
	struct val *plan =
		plan_roster(w->arena, roster_entries(w->arena, read, settings), stands, settings);
	world_know(w, "roster_digest", plan_digest(w->arena, plan));
}

static void to_ask(struct world *w)
{
	world_know_id(w, "roster_year",
		      year_add(w->db, w->arena, w->a, S("2031"), S("2031-01-01"), S("2032-01-01")));
	world_know_id(w, "roster_seen", batch_in(w, "preview"));
	int64_t seen = 0;
	CHECK(str_int(world_known(w, "roster_seen"), &seen));
	know_digest(w, seen);
	world_know_id(w, "roster_done", batch_in(w, "applied"));
	world_know_id(w, "roster_going", batch_in(w, "applying"));
}

EXAMPLES(
	to_ask,
	{.url = "/people/batches", REGISTRAR, SEND("class.csv", "name,class\nAdaline Roster,7D\n")},
	{.url = "/people/batches/%roster_seen%?part=new", REGISTRAR},
	{.url = "/people/batches/%roster_seen%/columns", REGISTRAR},
	{.url = "/people/batches/%roster_seen%/columns",
	 REGISTRAR,
	 .form = "rev=1&columns=name&columns=group&year=%roster_year%&date_order=dmy&since=2026-01-"
		 "05&last_day="
		 "2026-01-04"},
	{.url = "/people/batches/%roster_seen%/apply", REGISTRAR, .form = "digest=%roster_digest%"},
	{.url = "/people/batches/%roster_seen%/discard", REGISTRAR, .form = ""},
	{.url = "/people/batches/%roster_done%/undo", REGISTRAR, .form = ""},
	{.url = "/people/batches/%roster_going%/go-on", REGISTRAR, .form = ""});

/* ---- a job that dies ---- */

/* Ninety pupils in three classes, each with an address. */
static struct str many_rows(void)
{
	struct buf b = {.arena = test_arena};
	buf_lit(&b,
		"--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"many.csv\""
		"\r\nContent-Type: text/csv\r\n\r\nnumber,name,class,email\n");
	for (int i = 0; i < 90; i++)
		buf_fmt(&b, "m%d,Many %d,M%d,many%d@home.example\n", i, i, i % 3, i);
	buf_lit(&b, "\r\n--frontier--\r\n");
	return buf_str(&b);
}

/* Runs the jobs with the database failing again and again, further on each time, until one gets
 * through. How often it died. */
static int run_dying(struct world *w)
{
	int died = 0;
	struct job job = {.db = w->db,
			  .arena = test_arena,
			  .err = w->err,
			  .holder = S("test"),
			  .now = now_is};
	clock_now = w->now + 10;
	for (int nth = 150; nth < 100000; nth += 400) {
		db_use(w->db, test_arena, w->err);
		db_fail_at(w->db, nth);
		job_run_next(&job, people_batch_jobs);
		db_fail_at(w->db, 0);
		db_rollback(w->db);
		*w->err = (struct err){0};
		clock_now += 100000;
		if (!world_count(
			    w,
			    "SELECT count(*) AS n FROM people_batch WHERE org = :org AND state IN "
			    "('applying', 'undoing')"))
			break;
		died++;
	}
	w->now = clock_now;
	return died;
}

TEST_DB("a job that dies in the middle goes on where it was, and does nothing twice")
{
	struct world held, *w = &held;
	NEED(world_begin(w, db, err, NULL));
	int64_t people = world_count(w, PEOPLE), members = world_count(w, MEMBERS);
	TELL(w, .url = "/alder/people/batches", REGISTRAR, .status = 303,
	     .headers = "Content-Type: multipart/form-data; boundary=frontier",
	     .form = str_c(w->arena, many_rows()));
	newest(w, "batch");
	TELL(w, .url = "/alder/people/batches/%batch%", REGISTRAR, .status = 200,
	     .has = {"New <strong>90"}, .keep = {"digest", "name=\"digest\" value=\""});
	TELL(w, .url = "/alder/people/batches/%batch%/apply", REGISTRAR, .form = "digest=%digest%",
	     .status = 303);
	CHECK(run_dying(w) > 0);
	CHECK_INT(world_count(w, PEOPLE), people + 90);
	CHECK_INT(world_count(w, MEMBERS), members + 90);
	CHECK_INT(world_count(
			  w,
			  "SELECT count(*) AS n FROM person p JOIN person_org o ON o.person = p.id "
			  "WHERE o.org = :org AND p.name = 'Many 50'"),
		  1);
	TELL(w, .url = "/alder/people/batches/%batch%/undo", REGISTRAR, .form = "", .status = 303);
	CHECK(run_dying(w) > 0);
	CHECK_INT(world_count(w, PEOPLE), people);
	CHECK_INT(world_count(w, MEMBERS), members);
	TELL(w, .url = "/alder/people/batches/%batch%", REGISTRAR, .status = 200,
	     .has = {"tag\">undone"}, .has_not = {"What was left as it is"});
	world_end(w);
}
