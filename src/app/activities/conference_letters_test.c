/* What families are told of an evening: that there are times, the day before, that it moves or does not
 * take place. */
#include "app/activities/conference_world.h"

#include "base/buf.h"
#include "core/event.h"
#include "core/job.h"

/* ---- many families ---- */

enum { FEW = 5, MANY = 70, STEP = 25 };

static void mail_of(struct world *w, int64_t person, int nth)
{
	struct str address = str_fmt(w->arena, "g%d@home.example", nth);
	contact_add(w->db, w->arena,
		    ARGS(w->arena, ARG_AS("person", person), ARG_AS("kind", "email"),
			 ARG_AS("value", address)),
		    w->now);
}

static void families(struct world *w, const struct evening *e, int many)
{
	static const char *const slots[] = {"a1", "a2", NULL};
	world_know_id(w, "evening", e->activity);
	world_know_id(w, "class", e->class);
	for (int i = 0; i < many; i++) {
		int64_t guardian = person(w, "guardian", "Guardian");
		child_of(w, e, person(w, "child", "Child"), guardian);
		mail_of(w, guardian, i);
	}
	know_slots(w, e, slots);
}

/* Abel has times of five minutes for all children: the last of these families has two of them, and one
 * more, Mute's, has no address. */
static void fill_families(struct world *w, int many)
{
	struct evening e = evening_of(w);
	int64_t abel = person(w, "abel", "Abel");
	teaches(w, &e, abel, 0);
	conference_offer(w->db, w->arena,
			 &(struct conference_offer){.org = w->a,
						    .activity = e.activity,
						    .teacher = abel,
						    .day = e.day,
						    .zone = ZONE,
						    .from = 18 * 60,
						    .until = 24 * 60,
						    .minutes = 5,
						    .room = S("7")});
	families(w, &e, many);
	child_of(w, &e, person(w, "sister", "Sister"),
		 val_get_int(val_text(w->arena, world_known(w, "guardian"))));
	child_of(w, &e, person(w, "quiet", "Quiet"), person(w, "mute", "Mute"));
}

static void fill_few(struct world *w)
{
	fill_families(w, FEW);
}

static struct val *letters_of(struct world *w, const char *kind)
{
	db_begin(w->db, DB_READ, w->a);
	struct val *rows =
		db_rows(w->db,
			SQL("SELECT l.subject AS subject, l.body AS body, l.file AS file, "
			    "l.unsubscribe AS unsubscribe FROM letter l WHERE l.org = :org AND "
			    "l.kind = :kind ORDER BY l.id"),
			ARGS(w->arena, ARG_AS("org", w->a), ARG(kind)));
	db_commit(w->db);
	return rows;
}

static bool says(const struct val *letters, size_t nth, const char *text)
{
	return str_find(val_s(val_at(letters, nth), "file"), str_of(text)) >= 0;
}

static int64_t known_id(struct world *w, const char *name)
{
	return val_get_int(val_text(w->arena, world_known(w, name)));
}

static struct val *args_of_evening(struct world *w)
{
	return ARGS(w->arena, ARG_AS("org", w->a), ARG_AS("activity", known_id(w, "evening")));
}

#define LAST .url = "/alder/activities/%evening%/conference/family/%guardian%", .as = "careers_lead"
#define EDIT .url = "/alder/activities/%evening%/edit", .as = "careers_lead"
#define TO(day, time)                                                                              \
	"title=Evening&kind=conference&mode=in_person&minutes=120&visibility=invited&groups=%"     \
	"class%&zone=America/Toronto&date=" day "&time=" time

static void one_date(struct world *w)
{
	TELL(w, .url = "/alder/activities/%evening%/conference", .as = "careers_lead",
	     .status = 200, .has = {"<span class=\"tag\">Room 7</span>"});
	TELL(w, LAST, .form = "child=%child%&slot=%a1%", .status = 303);
	TELL(w, LAST, .form = "child=%child%&slot=%a2%", .status = 303);
	TELL(w, LAST, .form = "slot=%a2%&cancel=1", .status = 303);
	const struct val *yours = letters_of(w, "conference.yours"),
			 *cancelled = letters_of(w, "conference.cancelled");
	const char *uid = str_c(w->arena, world_filled(w, "/activities/%evening%/conference/"));
	CHECK_INT(val_count(yours), 2);
	CHECK(says(yours, 0, "LOCATION:Salle 7\r\n"));
	CHECK(says(yours, 0, "T180000") && says(yours, 1, "T180500") &&
	      says(yours, 1, "CONFIRMED"));
	CHECK(says(yours, 0, uid) && says(yours, 1, uid) && says(cancelled, 0, uid));
	CHECK(says(cancelled, 0, "STATUS:CANCELLED") && says(cancelled, 0, "SEQUENCE:"));
	CHECK(says(cancelled, 0, "Abel – Child") && says(cancelled, 0, "T180500"));
}

/* Every child gets a time, on the telephone. */
static void all_book(struct world *w)
{
	struct val *args = args_of_evening(w);
	db_begin(w->db, DB_WRITE, w->a);
	const struct val *slots = db_rows(w->db, &q_conference_slots, args);
	struct str day = str_sub(val_s(val_at(slots, 0), "starts_wall"), 0, 10), today = day;
	const struct val *rows =
		conference_families(w->db, w->arena, w->a, known_id(w, "evening"), 0, day, today);
	for (size_t i = 0; i < val_count(rows); i++)
		CHECK_INT(conference_book(w->db, w->arena,
					  &(struct conference_booking){
						  .org = w->a,
						  .activity = known_id(w, "evening"),
						  .slot = val_i(val_at(slots, i), "id"),
						  .child = val_i(val_at(rows, i), "child"),
						  .guardian = val_i(val_at(rows, i), "guardian"),
						  .how = "telephone",
						  .by = world_person(w, "careers_lead"),
						  .now = w->now,
						  .today = today,
						  .day = day}),
			  CONFERENCE_BOOKED);
	CHECK(db_commit(w->db));
}

/* Before it is time: one family gives its time back, one wants no more letters that remind, and one
 * mother is kept from her child. */
static void three_leave(struct world *w)
{
	const struct val *letter = val_at(letters_of(w, "conference.times"), 2);
	struct val *args = args_of_evening(w);
	struct str stop = val_s(letter, "unsubscribe");
	world_know(w, "stop", str_from(stop, (size_t)str_find(stop, S("/activities/"))));
	TELL(w, .url = "/alder%stop%", .status = 200,
	     .has = {"lang=\"fr\"", "courriel – Heures avec", "%stop%\" method=\"post\""});
	TELL(w, .url = "/alder%stop%", .form = "List-Unsubscribe=One-Click", .status = 200);
	db_begin(w->db, DB_WRITE, w->a);
	const struct val *slots = db_rows(w->db, &q_conference_slots, args);
	const struct val *back = val_at(slots, 0), *apart = val_at(slots, 1);
	CHECK(conference_give_back(w->db, w->arena, w->a, known_id(w, "evening"), val_i(back, "id"),
				   val_i(back, "child")));
	CHECK_INT(
		db_exec(w->db,
			SQL("UPDATE guardian SET no_contact = 1 WHERE org = :org AND child = "
			    ":child AND person = :person"),
			ARGS(w->arena, ARG_AS("org", w->a), ARG_AS("child", val_i(apart, "child")),
			     ARG_AS("person", val_i(apart, "guardian")))),
		1);
	CHECK(db_commit(w->db));
}

/* Who is reminded; and who is told of the evening: whoever has a time, an address and their child. */
enum { REMINDED = FEW - 3, TOLD = FEW - 1 };

static int64_t due_of(struct world *w)
{
	db_begin(w->db, DB_READ, w->a);
	const struct val *row =
		db_row(w->db,
		       SQL("SELECT max(j.due_at) AS due_at, count(*) AS n FROM job j "
			   "WHERE j.org = :org AND j.kind = '" CONFERENCE_DAY_JOB
			   "' AND j.state = 'waiting'"),
		       ARGS(w->arena, ARG_AS("org", w->a)));
	db_commit(w->db);
	CHECK_INT(val_i(row, "n"), 1);
	return val_i(row, "due_at");
}

/* At nine of the day before, and not a second earlier. */
static void reminded(struct world *w, const char *day, size_t before)
{
	struct wall at = instant_wall(due_of(w), zone_open(w->arena, ZONE));
	CHECK_STR(wall_text(w->arena, at), str_c(w->arena, world_filled(w, day)));
	w->now = due_of(w) - 11; /* jobs run ten seconds later */
	world_jobs(w, conference_feature.jobs);
	CHECK_INT(val_count(letters_of(w, "conference.day")), before);
	w->now = wall_instant(at, zone_open(w->arena, ZONE), NULL);
	world_jobs(w, conference_feature.jobs);
	CHECK_INT(val_count(letters_of(w, "conference.day")), before + REMINDED);
}

static void one_letter(struct world *w)
{
	const struct val *all = letters_of(w, "conference.day");
	const struct val *letter = val_at(all, val_count(all) - 1); /* of the two children */
	struct str body = val_s(letter, "body"), file = val_s(letter, "file");
	struct str second = str_from(file, (size_t)str_find(file, S("BEGIN:VEVENT")) + 1);
	CHECK(str_find(body, S("· Abel – Child")) > 0 && str_find(body, S("· Abel – Sister")) > 0);
	CHECK(str_find(body, S("18\u00a0h\u00a020 – 18\u00a0h\u00a025")) > 0 &&
	      str_find(body, S("/activities/conference/")) > 0);
	CHECK(str_find(second, S("BEGIN:VEVENT")) > 0 &&
	      str_ends(val_s(letter, "unsubscribe"), S("/stop")));
	CHECK(str_find(val_s(letter, "subject"), S("Vos heures")) == 0);
}

/* A runner whose lease ends between two of its steps: another one takes the job over, and does it. */
static struct {
	struct world *w;
	int64_t now;
	int asked;
} slow;

static int64_t other_now(void)
{
	return slow.now + 120;
}

static int64_t slow_now(void)
{
	struct world *w = slow.w;
	struct job other = {.db = w->db,
			    .arena = w->arena,
			    .err = w->err,
			    .holder = S("other"),
			    .now = other_now};
	slow.now++;
	/* Claimed, told that it lives, wrote some; and before it tells so again: */
	if (++slow.asked == 5) {
		CHECK(job_run_next(&other, conference_feature.jobs));
		db_use(w->db, w->arena, w->err);
	}
	return slow.now;
}

static void lost_lease(struct world *w)
{
	struct job job = {.db = w->db,
			  .arena = w->arena,
			  .err = w->err,
			  .holder = S("slow"),
			  .now = slow_now};
	slow.w = w;
	slow.now = w->now + 60;
	slow.asked = 0;
	db_use(w->db, w->arena, w->err);
	CHECK(job_run_next(&job, conference_feature.jobs));
	CHECK(job.lost && slow.asked > 5);
	CHECK_INT(w->err->kind, ERR_NONE);
	CHECK(!job_run_next(&job, conference_feature.jobs));
}

static void delivered(struct world *w)
{
	while (events_deliver(w->db, w->arena, w->err, conference_reactions, w->now + 60, 10) > 0)
		continue;
}

static size_t count(struct world *w, const char *kind)
{
	return val_count(letters_of(w, kind));
}

/* The evening of a few: written to, reminded, moved, cancelled, and held after all. */
static void few(struct world *w)
{
	TELL(w, .url = "/alder/activities/%evening%/conference/letters", .as = "careers_lead",
	     .form = "", .status = 303);
	one_date(w);
	all_book(w);
	three_leave(w);
	TELL(w, .url = "/alder/activities/%evening%/conference", .as = "careers_lead",
	     .status = 200,
	     .has = {"family/%mute%\">Mute</a> <span class=\"tag\">not by e-mail<",
		     "family/%guardian%\">Guardian</a></th>"});
	reminded(w, "%eve%T09:00", 0);
	one_letter(w);
	TELL(w, EDIT, .form = TO("%next%", "17:30") "&rev=1", .status = 303);
	delivered(w);
	CHECK_INT(count(w, "conference.yours"), 2 + TOLD);
	TELL(w, .url = "/alder/activities/%evening%/cancel", .as = "careers_lead",
	     .form = "rev=2&why=Snow", .status = 303);
	delivered(w);
	CHECK_INT(count(w, "conference.cancelled"), 1 + TOLD);
	TELL(w, .url = "/alder/activities/%evening%/again", .as = "careers_lead", .form = "rev=3",
	     .status = 303);
	delivered(w);
	CHECK_INT(count(w, "conference.yours"), 2 + 2 * TOLD);
	int64_t eve = due_of(w);
	TELL(w, EDIT, .form = TO("%later%", "17:30") "&rev=4", .status = 303);
	delivered(w);
	w->now = eve; /* of the day on which it takes place no more */
	world_jobs(w, conference_feature.jobs);
	CHECK_INT(count(w, "conference.day"), REMINDED);
	reminded(w, "%later_eve%T09:00", REMINDED);
}

/* The evening of many: some letters by the request or the reaction, and the others by a job. */
static void many(struct world *w)
{
	size_t times = count(w, "conference.times"), yours = count(w, "conference.yours");
	db_begin(w->db, DB_WRITE, w->a);
	fill_families(w, MANY);
	world_know(w, "day", day_text(w->arena, w->now / 86400 + 6));
	CHECK(db_commit(w->db));
	for (int i = 0; i < 2; i++) {
		TELL(w, .url = "/alder/activities/%evening%/conference/letters",
		     .as = "careers_lead", .form = "", .status = 303);
		CHECK_INT(count(w, "conference.times"), times + (i ? MANY : STEP));
		world_jobs(w, conference_feature.jobs);
		CHECK_INT(count(w, "conference.times"), times + MANY);
	}
	all_book(w);
	TELL(w, EDIT, .form = TO("%day%", "17:30") "&rev=1", .status = 303);
	delivered(w);
	CHECK_INT(count(w, "conference.yours"), yours + STEP);
	lost_lease(w);
	CHECK_INT(count(w, "conference.yours"), yours + MANY + 1);
	delivered(w);
	CHECK_INT(count(w, "conference.yours"), yours + MANY + 1);
}

TEST_DB("families are reminded the day before by one letter, and told that the evening moves, is "
	"cancelled and takes place after all; seventy are written to once each, though a runner "
	"loses its lease")
{
	struct world w;
	if (!CHECK(world_begin(&w, db, err, fill_few)))
		return;
	int64_t day = w.now / 86400;
	static const struct {
		const char *name;
		int days;
	} days[] = {{"eve", 4}, {"next", 9}, {"later_eve", 13}, {"later", 14}};
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		world_know(&w, days[i].name, day_text(w.arena, day + days[i].days));
	few(&w);
	many(&w);
	world_end(&w);
}

/* ---- the evening moves ---- */

/* Beside two families: an interpreter, and another conference of Abel's a week later. */
static void fill_moving(struct world *w)
{
	struct evening e = evening_of(w), other = evening_of(w);
	teaches(w, &e, person(w, "abel", "Abel"), 18 * 60 + 20);
	families(w, &e, 2);
	int64_t abel = val_get_int(val_text(w->arena, world_known(w, "abel"))), day;
	day_read(other.day, &day);
	for (int i = 0; i < 2; i++)
		world_know(w, i ? "week" : "next", day_text(w->arena, day + (i ? 7 : 2)));
	conference_offer(w->db, w->arena,
			 &(struct conference_offer){.org = w->a,
						    .activity = other.activity,
						    .teacher = abel,
						    .day = day_text(w->arena, day + 7),
						    .zone = ZONE,
						    .from = 18 * 60,
						    .until = 18 * 60 + 10,
						    .minutes = 10});
	const struct val *slots =
		db_rows(w->db, &q_conference_slots,
			ARGS(w->arena, ARG_AS("org", w->a), ARG_AS("activity", e.activity)));
	int64_t starts_at = val_i(val_at(slots, 0), "starts_at");
	db_id(w->db, &q_conference_interpret,
	      ARGS(w->arena, ARG_AS("org", w->a), ARG_AS("activity", e.activity),
		   ARG_AS("person", person(w, "solange", "Solange")), ARG_AS("tongue", "fr"),
		   ARG(starts_at), ARG_AS("ends_at", starts_at + 1200)));
}

/* "2026-12-05T17:30 2026-12-05T17:40": the times of an evening; and who interprets first, and when. */
static const char *times_of(struct world *w)
{
	struct val *args = args_of_evening(w);
	struct buf all = {.arena = w->arena};
	db_begin(w->db, DB_READ, w->a);
	const struct val *slots = db_rows(w->db, &q_conference_slots, args),
			 *who = db_row(w->db, &q_conference_interpreters, args);
	db_commit(w->db);
	for (size_t i = 0; i < val_count(slots); i++)
		buf_fmt(&all, STR_FMT " ", STR_ARG(val_s(val_at(slots, i), "starts_wall")));
	struct wall wall = instant_wall(val_i(who, "starts_at"), zone_open(w->arena, ZONE));
	buf_add(&all, wall_text(w->arena, wall));
	return str_c(w->arena, buf_str(&all));
}

/* Times that are free or booked, and who is booked for the child of the last family. */
static void offered(struct world *w, const char *slot, size_t nth)
{
	db_begin(w->db, DB_READ, w->a);
	const struct val *slots = db_rows(w->db, &q_conference_slots, args_of_evening(w));
	world_know_id(w, slot, val_i(val_at(slots, nth), "id"));
	db_commit(w->db);
}

static size_t yours(struct world *w)
{
	delivered(w);
	return val_count(letters_of(w, "conference.yours"));
}

static size_t cancelled(struct world *w)
{
	return val_count(letters_of(w, "conference.cancelled"));
}

/* Into the night in which an hour is skipped, into the one in which an hour comes twice, and out. */
static void nights(struct world *w)
{
	size_t told = yours(w), gone = cancelled(w);
	TELL(w, .url = "/alder/activities/%evening%/conference/times", .as = "careers_lead",
	     .form = "teacher=%abel%&from=18:20&until=18:40&minutes=10", .status = 303);
	offered(w, "last", 2);
	TELL(w, LAST, .form = "child=%child%&slot=%last%", .status = 303);
	TELL(w, EDIT, .form = TO("2027-03-14", "02:30") "&rev=4", .status = 422,
	     .has = {"id=\"e-time\""});
	TELL(w, EDIT, .form = TO("2027-03-14", "01:40") "&rev=4", .status = 303);
	CHECK_STR(str_of(times_of(w)), "2027-03-14T01:50 2027-03-14T01:40");
	CHECK_INT(yours(w), told + 1); /* the booking; the time itself is gone */
	CHECK_INT(cancelled(w), gone + 1);
	offered(w, "last", 0);
	TELL(w, LAST, .form = "child=%child%&slot=%last%", .status = 303);
	TELL(w, EDIT, .form = TO("2027-11-07", "01:20") "&rev=5", .status = 422,
	     .has = {"value=\"second\""});
	TELL(w, EDIT, .form = TO("2027-11-07", "01:20") "&which=second&rev=5", .status = 303);
	CHECK_INT(yours(w), told + 3);
	CHECK(says(letters_of(w, "conference.yours"), told + 2, "DTSTART:20271107T063000Z"));
	TELL(w, EDIT, .form = TO("2027-11-07", "01:20") "&which=first&rev=6", .status = 303);
	CHECK_INT(yours(w), told + 4);
	CHECK(says(letters_of(w, "conference.yours"), told + 3, "DTSTART:20271107T053000Z"));
	TELL(w, EDIT, .form = TO("2027-11-08", "18:00") "&rev=7", .status = 303);
	CHECK_INT(yours(w), told + 5);
	CHECK(says(letters_of(w, "conference.yours"), told + 4, "20271108T181000"));
	CHECK_INT(cancelled(w), gone + 1);
}

/* Two evenings, a week apart: what follows goes along, and everybody is told of each. */
static void series(struct world *w)
{
	TELL(w, .url = "/alder/activities/new", .as = "careers_lead",
	     .form = TO("2027-01-12", "18:00") "&repeat=weekly&repeat_until=2027-01-19",
	     .status = 303, .keep = {"first", "Location: /alder/activities/"});
	int64_t first = known_id(w, "first");
	size_t told = yours(w), gone = cancelled(w);
	for (int64_t i = 0; i < 2; i++) {
		world_know_id(w, "evening", first + i);
		TELL(w, .url = "/alder/activities/%evening%/conference/times", .as = "careers_lead",
		     .form = "teacher=%abel%&from=18:00&until=18:10&minutes=10", .status = 303);
		offered(w, "slot", 0);
		TELL(w, LAST, .form = "child=%child%&slot=%slot%", .status = 303);
	}
	world_know_id(w, "evening", first);
	TELL(w, EDIT, .form = TO("2027-01-13", "19:00") "&rev=1&change=following", .status = 303);
	CHECK_INT(yours(w), told + 4);
	const struct val *all = letters_of(w, "conference.yours");
	CHECK(says(all, told + 2, "20270113T190000") && says(all, told + 3, "20270120T190000"));
	TELL(w, .url = "/alder/activities/%evening%/cancel", .as = "careers_lead",
	     .form = "rev=2&why=Snow&change=following", .status = 303);
	CHECK_INT(yours(w), told + 4);
	CHECK_INT(cancelled(w), gone + 2);
}

TEST_DB("an evening that is moved takes its times and interpreters along, and who booked is told "
	"once; "
	"a time that meets another of the teacher's is taken away, or one that the clocks skip; a "
	"series goes "
	"along")
{
	struct world w;
	if (!CHECK(world_begin(&w, db, err, fill_moving)))
		return;
	TELL(&w, LAST, .form = "child=%child%&slot=%a1%&interpreter=1", .status = 303);
	TELL(&w, EDIT, .form = TO("%next%", "17:30") "&rev=1", .status = 303);
	CHECK_STR(str_of(times_of(&w)),
		  str_c(w.arena, world_filled(&w, "%next%T17:30 %next%T17:40 %next%T17:30")));
	delivered(&w);
	CHECK_INT(val_count(letters_of(&w, "conference.yours")), 2);
	CHECK(says(letters_of(&w, "conference.yours"), 1, "T173000"));
	TELL(&w, EDIT, .form = TO("%next%", "17:30") "&rev=2&capacity=9", .status = 303);
	delivered(&w);
	CHECK_INT(val_count(letters_of(&w, "conference.yours")), 2);
	CHECK_INT(val_count(letters_of(&w, "conference.cancelled")), 0);
	TELL(&w, EDIT, .form = TO("%week%", "18:00") "&rev=3", .status = 303);
	CHECK_STR(str_of(times_of(&w)),
		  str_c(w.arena, world_filled(&w, "%week%T18:10 %week%T18:00")));
	delivered(&w);
	CHECK_INT(val_count(letters_of(&w, "conference.yours")), 2);
	CHECK_INT(val_count(letters_of(&w, "conference.cancelled")), 1);
	nights(&w);
	series(&w);
	world_end(&w);
}
