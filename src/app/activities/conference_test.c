/* A parents' evening: times, siblings side by side, an interpreter; and many who book at once. */
#include "app/activities/conference_world.h"

#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/queue.h"
#include "example.h"

/* ---- the story ---- */

/* Noor is the mother of Ali and Bea; Ray, of another class, has no child here; two teachers. */
static void fill(struct world *w)
{
	struct evening e = evening_of(w);
	int64_t noor = person(w, "noor", "Noor"), ray = person(w, "ray", "Ray");
	int64_t solange = person(w, "solange", "Solange");
	static const char *const slots[] = {"a1", "a2", "b1", "b2", NULL};
	world_know_id(w, "evening", e.activity);
	teaches(w, &e, person(w, "abel", "Abel"), 18 * 60 + 20);
	teaches(w, &e, person(w, "beth", "Beth"), 18 * 60 + 20);
	child_of(w, &e, person(w, "ali", "Ali"), noor);
	child_of(w, &e, person(w, "bea", "Bea"), noor);
	contact_add(w->db, w->arena,
		    ARGS(w->arena, ARG_AS("person", noor), ARG_AS("kind", "email"),
			 ARG_AS("value", "noor@home.example")),
		    w->now);
	know_slots(w, &e, slots);
	world_know(w, "noors", key_for(w, &e, noor));
	world_know(w, "rays", key_for(w, &e, ray));
	(void)solange;
}

#define BY_LINK .url = "/alder/activities/conference/%noors%"

SCENARIOS("a mother books for two children by link: no two teachers at once, moved, given back",
	  fill, {BY_LINK, .status = 200, .has = {"Ali", "Bea", "Abel", "Beth", "18\u00a0h"}},
	  {BY_LINK, .form = "child=%ali%&slot=%a1%", .status = 303},
	  {BY_LINK, .status = 200, .has = {"slot-time", "Une autre heure"}},
	  {BY_LINK, .form = "child=%bea%&slot=%a1%", .status = 422, .has = {"vient d’être prise"}},
	  {BY_LINK, .form = "child=%bea%&slot=%b1%", .status = 422,
	   .has = {"avec quelqu’un d’autre"}},
	  {BY_LINK, .form = "child=%bea%&slot=%b2%", .status = 303},
	  {BY_LINK, .form = "child=%ali%&slot=%a2%", .status = 422},
	  {BY_LINK, .form = "slot=%b2%&cancel=1", .status = 303},
	  {BY_LINK, .form = "child=%ali%&slot=%a2%", .status = 303},
	  {BY_LINK, .form = "child=%bea%&slot=%a1%", .status = 303},
	  {BY_LINK, .form = "child=%ali%&slot=%b1%&interpreter=1", .status = 422},
	  {BY_LINK, .form = "child=%noor%&slot=%b1%", .status = 404},
	  {.url = "/alder/activities/conference/%rays%",
	   .status = 410,
	   .has = {"ne fonctionne plus"}},
	  {.url = "/alder/activities/conference/%rays%",
	   .form = "child=%ali%&slot=%b1%",
	   .status = 410},
	  {.url = "/alder/outbox", .as = "admin", .status = 200, .has = {"Votre heure avec Abel"}});

/* The translator is Cleo's guardian; Abel and Beth teach her. */
static void fill_mine(struct world *w)
{
	struct evening e = evening_of(w);
	static const char *const slots[] = {"a1", "a2", "b1", "b2", NULL};
	world_know_id(w, "evening", e.activity);
	teaches(w, &e, person(w, "abel", "Abel"), 18 * 60 + 20);
	teaches(w, &e, person(w, "beth", "Beth"), 18 * 60 + 20);
	child_of(w, &e, person(w, "cleo", "Cleo"), world_person(w, "translator"));
	know_slots(w, &e, slots);
}

#define ME    .url = "/alder/me", .as = "translator", .status = 200
#define MINE  .url = "/alder/activities/%evening%/conference/mine", .as = "translator"
#define WAITS "Choose a time with the teachers"

SCENARIOS("a conference waits on /me until each teacher of the child is booked, and again once a "
	  "time is "
	  "given back",
	  fill_mine,
	  {ME, .has = {WAITS, "/alder/activities/%evening%/conference/mine\">Cleo</a>"},
	   .has_not = {"lang=\"\""}},
	  {.url = "/alder/me", .as = "member", .status = 200, .has_not = {WAITS}},
	  {MINE, .form = "child=%cleo%&slot=%a1%", .status = 303},
	  {ME, .has = {WAITS, "Abel – Cleo"}},
	  {MINE, .form = "child=%cleo%&slot=%b2%", .status = 303},
	  {ME, .has = {"Beth – Cleo"}, .has_not = {WAITS}},
	  {MINE, .form = "slot=%b2%&cancel=1", .status = 303},
	  {ME, .has = {WAITS}, .has_not = {"Beth – Cleo"}},
	  {.url = "/alder/activities/%evening%/cancel",
	   .as = "careers_lead",
	   .form = "rev=1&why=Snow",
	   .status = 303},
	  {ME, .has_not = {WAITS, "Abel – Cleo"}});

SCENARIOS("the school offers times, notes who interprets, writes, books on the telephone, prints",
	  fill,
	  {.url = "/alder/activities/%evening%/conference", .as = "translator", .status = 403},
	  {.url = "/alder/activities/%evening%/conference",
	   .as = "careers_lead",
	   .status = 200,
	   .has = {"0 of 4 times", "Noor", "Ali, Bea", ">Conference</a>"}},
	  {.url = "/alder/activities/%evening%/conference/times",
	   .as = "careers_lead",
	   .form = "teacher=%abel%&from=18:05&until=18:20&minutes=10",
	   .status = 422,
	   .has = {"other times then"}},
	  {.url = "/alder/activities/%evening%/conference/times",
	   .as = "careers_lead",
	   .form = "teacher=%noor%&from=18:05&until=18:20&minutes=10",
	   .status = 404},
	  {.url = "/alder/activities/%evening%/conference/times",
	   .as = "careers_lead",
	   .form = "teacher=%abel%&from=half+six&until=18:20&minutes=10",
	   .status = 422,
	   .has = {"as 18:30", "half six"}},
	  {.url = "/alder/activities/%evening%/conference/interpreters",
	   .as = "careers_lead",
	   .form = "who=solange&tongue=fr&from=18:00&until=18:20",
	   .status = 303},
	  {.url = "/alder/activities/%evening%/conference/letters",
	   .as = "careers_lead",
	   .form = "",
	   .status = 303},
	  {.url = "/alder/activities/%evening%/conference/family/%noor%",
	   .as = "careers_lead",
	   .form = "child=%ali%&slot=%a1%&interpreter=1",
	   .status = 303},
	  {.url = "/alder/activities/%evening%/conference/family/%noor%",
	   .as = "careers_lead",
	   .status = 200,
	   .has = {"Solange", "Give the time back", "value=\"1\" checked"}},
	  {.url = "/alder/activities/%evening%/conference/family/%ray%",
	   .as = "careers_lead",
	   .status = 404},
	  {.url = "/alder/activities/%evening%/conference/sheet?teacher=%abel%",
	   .as = "careers_lead",
	   .status = 200,
	   .has = {"Ali", "Solange", "<h1>Abel</h1>"}},
	  {.url = "/alder/activities/%evening%/conference/times/%a1%/remove",
	   .as = "careers_lead",
	   .form = "",
	   .status = 303},
	  {.url = "/alder/outbox",
	   .as = "admin",
	   .status = 200,
	   .has = {"Votre heure avec Abel est annulée", "Choisissez vos heures"}});

/* ---- many at once ---- */

enum { FAMILIES = 6, TIMES = 4 };
struct start {
	_Atomic int ready, go, failed;
};

/* The child who has a time; 0: nobody has. */
static int64_t holder(struct db *db, const struct conference_booking *b)
{
	return db_id(db,
		     SQL("SELECT coalesce(s.child, 0) AS id FROM conference_slot s WHERE s.id = "
			 ":slot AND s.org = :org"),
		     ARGS(test_arena, ARG_AS("slot", b->slot), ARG_AS("org", b->org)));
}

/* One family wants every time of both teachers, again and again. What is taken is not booked. */
static void books(const char *url, struct queue *queue, struct start *s,
		  struct conference_booking b, const int64_t *slots, int first)
{
	struct err err = {0};
	struct db *db = db_open(url, &err);
	s->ready++;
	while (!s->go)
		usleep(500);
	if (!db)
		_exit(1);
	db_set_queue(db, queue);
	static const int strides[] = {1, 3, 5, 7}; /* each goes its own way through all of them */
	for (int i = 0; i < 2 * TIMES; i++) {
		bool ok = false;
		for (int tries = 0; tries < 5 && !ok; tries++) {
			err = (struct err){0};
			db_use(db, test_arena, &err);
			db_begin(db, DB_WRITE, b.org);
			b.slot = slots[(first + i * strides[first % 4]) % (2 * TIMES)];
			int64_t before = holder(db, &b);
			if (conference_book(db, test_arena, &b) == CONFERENCE_BOOKED && before)
				s->failed++;
			ok = db_commit(db);
		}
		s->failed += !ok;
	}
	db_close(db);
	_exit(0);
}

/* Pairs of booked times that meet and have a teacher, a family, a child or an interpreter in common. */
static int64_t double_booked(struct world *w)
{
	return val_i(
		db_row(w->db,
		       SQL("SELECT count(*) AS n FROM conference_slot x JOIN conference_slot y "
			   "ON x.id < y.id AND x.starts_at < y.ends_at AND y.starts_at < x.ends_at "
			   "WHERE x.child IS NOT NULL AND y.child IS NOT NULL AND (x.teacher = "
			   "y.teacher OR x.guardian = y.guardian OR x.child = y.child OR "
			   "x.interpreter = y.interpreter)"),
		       NULL),
		"n");
}

static int64_t booked(struct world *w, const char *column)
{
	const char *sql = str_c(w->arena, str_fmt(w->arena,
						  "SELECT count(*) AS n FROM conference_slot WHERE "
						  "%s IS NOT NULL",
						  column));
	return val_i(db_row(w->db, fixture_sql(sql), NULL), "n");
}

TEST_DB("six families book every time of two teachers at once, half with the one interpreter: "
	"nobody is in two places, and nobody's time is taken")
{
	struct world w;
	struct queue *queue = queue_new();
	struct start *s =
		mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (!CHECK(world_begin(&w, db, err, NULL)))
		return;
	db_begin(db, DB_WRITE, w.a);
	struct evening e = evening_of(&w);
	struct conference_booking b[FAMILIES];
	int64_t slots[2 * TIMES];
	teaches(&w, &e, person(&w, "t1", "Abel"), 18 * 60 + 10 * TIMES);
	teaches(&w, &e, person(&w, "t2", "Beth"), 18 * 60 + 10 * TIMES);
	const struct val *rows =
		db_rows(db, &q_conference_slots,
			ARGS(w.arena, ARG_AS("org", w.a), ARG_AS("activity", e.activity)));
	if (!CHECK_INT(val_count(rows), 2 * TIMES))
		return;
	for (int i = 0; i < 2 * TIMES; i++)
		slots[i] = val_i(val_at(rows, (size_t)i), "id");
	db_id(db, &q_conference_interpret,
	      ARGS(w.arena, ARG_AS("org", w.a), ARG_AS("activity", e.activity),
		   ARG_AS("person", person(&w, "s", "Solange")), ARG_AS("tongue", "fr"),
		   ARG_AS("starts_at", val_i(val_at(rows, 0), "starts_at")),
		   ARG_AS("ends_at", val_i(val_at(rows, TIMES - 1), "ends_at"))));
	for (int i = 0; i < FAMILIES; i++) {
		b[i] = (struct conference_booking){.org = w.a,
						   .activity = e.activity,
						   .child = person(&w, "c", "Child"),
						   .guardian = person(&w, "g", "Guardian"),
						   .wants = i % 2 == 0,
						   .tongue = i % 2 ? S("en") : S("fr"),
						   .how = "link",
						   .now = w.now,
						   .today = day_text(w.arena, w.now / 86400),
						   .day = e.day};
		child_of(&w, &e, b[i].child, b[i].guardian);
	}
	CHECK(db_commit(db));
	for (int i = 0; i < FAMILIES; i++)
		if (fork() == 0)
			books(fixture_url(), queue, s, b[i], slots, i);
	while (s->ready < FAMILIES)
		usleep(500);
	s->go = 1;
	int status, bad = 0;
	while (wait(&status) > 0)
		bad += !WIFEXITED(status) || WEXITSTATUS(status) != 0;
	CHECK_INT(bad, 0);
	CHECK_INT(s->failed, 0);
	db_begin(db, DB_READ, w.a);
	CHECK_INT(double_booked(&w), 0);
	/* One interpreter: of two teachers' times at the same moment one is interpreted at most. */
	CHECK(booked(&w, "interpreter") <= TIMES);
	CHECK(booked(&w, "child") > 0);
	db_commit(db);
	world_end(&w);
	queue_free(queue);
	munmap(s, sizeof *s);
}

/* ---- for the tests over all routes ---- */

static void evening(struct world *w)
{
	struct evening e = evening_of(w);
	int64_t teacher = person(w, "conf_teacher", "Conf Teacher"),
		child = person(w, "conf_child", "Conf Child");
	static const char *const slots[] = {"conf_slot", NULL};
	world_know_id(w, "conf", e.activity);
	teaches(w, &e, teacher, 18 * 60 + 20);
	child_of(w, &e, child, stage_owner(w));
	world_know_id(w, "conf_guardian", stage_owner(w));
	person(w, "conf_interpreter", "Quilla Interprets");
	know_slots(w, &e, slots);
	world_know(w, "conf_key", key_for(w, &e, stage_owner(w)));
}

#define LEAD .as = "careers_lead"
EXAMPLES(evening, {.url = "/activities/%conf%/conference", LEAD},
	 {.url = "/activities/%conf%/conference/times",
	  LEAD,
	  .form = "teacher=%conf_teacher%&from=19:00&until=19:30&minutes=10&pause=5&room=7"},
	 {.url = "/activities/%conf%/conference/times/%conf_slot%/remove", LEAD, .form = ""},
	 {.url = "/activities/%conf%/conference/interpreters",
	  LEAD,
	  .form = "who=quilla&tongue=fr&from=18:00&until=19:00"},
	 {.url = "/activities/%conf%/conference/letters", LEAD, .form = ""},
	 {.url = "/activities/%conf%/conference/sheet?teacher=%conf_teacher%", LEAD},
	 {.url = "/activities/%conf%/conference/mine", .as = "translator"},
	 {.url = "/activities/%conf%/conference/mine",
	  .as = "translator",
	  .form = "child=%conf_child%&slot=%conf_slot%"},
	 {.url = "/activities/%conf%/conference/family/%conf_guardian%", LEAD},
	 {.url = "/activities/%conf%/conference/family/%conf_guardian%",
	  LEAD,
	  .form = "child=%conf_child%&slot=%conf_slot%"},
	 {.url = "/activities/conference/%conf_key%"},
	 {.url = "/activities/conference/%conf_key%/stop"},
	 {.url = "/activities/conference/%conf_key%/stop", .form = "", .status = 200},
	 {.url = "/activities/conference/%conf_key%",
	  .form = "child=%conf_child%&slot=%conf_slot%"});

TEST_DB("an evening of eighty teachers with thirty-six times each has all its times")
{
	enum { ALL = 80 * 36 };
	struct world w;
	NEED(world_begin(&w, db, err, NULL));
	db_begin(db, DB_WRITE, w.a);
	struct evening e = evening_of(&w);
	struct val *args = ARGS(w.arena, ARG_AS("org", w.a), ARG_AS("activity", e.activity),
				ARG_AS("teacher", person(&w, "t1", "Abel")), ARG_AS("all", ALL));
	db_exec(db,
		SQL("INSERT INTO conference_slot (org, activity, teacher, starts_wall, starts_at, "
		    "ends_at) WITH RECURSIVE n(i) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT i "
		    "+ "
		    "1 FROM n WHERE i < :all) SELECT CAST(:org AS bigint), CAST(:activity AS "
		    "bigint), CAST(:teacher AS bigint), '2099-01-01T18:00', i * 300, i * 300 + 300 "
		    "FROM n"),
		args);
	CHECK_INT((int64_t)val_count(db_rows(db, &q_conference_slots, args)), ALL);
	db_rollback(db);
	world_end(&w);
}
