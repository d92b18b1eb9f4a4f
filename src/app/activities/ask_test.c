#include "app/activities/ask.h"

#include "app/activities/ask_model.h"
#include "base/buf.h"
#include "core/activity.h"
#include "core/consent.h"
#include "core/group.h"
#include "core/participation.h"
#include "core/people_world.h"
#include "db/queue.h"
#include "queries.h"

#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { STARTS = NOW + 400 * 86400 };

struct hall {
	struct db *db;
	int64_t org, staff, activity, asks[MODEL_PEOPLE];
};

static int64_t an_activity(struct db *db, int64_t org, int64_t by, int64_t places)
{
	return activity_add(db, test_arena,
			    &(struct activity){.org = org,
					       .kind = "event",
					       .mode = "in_person",
					       .status = "planned",
					       .starts_wall = S("2027-02-05T10:00"),
					       .zone = S("America/Toronto"),
					       .starts_at = STARTS,
					       .minutes = 90,
					       .capacity = places,
					       .now = NOW,
					       .by = by});
}

/* `count` people are asked as participants; a write transaction is open. */
static struct hall hall_of(struct db *db, int64_t places, int count)
{
	struct hall h = {.db = db, .org = world_org(db, "cedar")};
	h.staff = world_person(db, h.org, "Mina Sauvé");
	h.activity = an_activity(db, h.org, h.staff, places);
	for (int i = 1; i <= count; i++) {
		const char *name = str_c(test_arena, str_fmt(test_arena, "Person %02d", i));
		h.asks[i] = ask_add(db, test_arena,
				    &(struct ask_new){.org = h.org,
						      .activity = h.activity,
						      .person = world_person(db, h.org, name),
						      .role = "participant",
						      .lang = S("en"),
						      .by = h.staff,
						      .now = NOW});
		CHECK(h.asks[i] > 0);
	}
	return h;
}

/* Who is on the list of the asked, in its order: "Person 02, Person 01". */
static struct str listed(struct hall *h, const char *state)
{
	struct buf b = {.arena = test_arena};
	struct val *p = ARGS(test_arena, ARG_AS("org", h->org), ARG_AS("activity", h->activity),
			     ARG_AS("now", NOW), ARG_AS("most", 9), ARG_AS("after", 0));
	val_set_null(p, "state");
	if (state)
		val_set_str(p, "state", str_of(state));
	const struct val *rows = db_rows(h->db, &q_ask_list, p);
	for (size_t i = 0; i < val_count(rows); i++)
		buf_fmt(&b, "%s" STR_FMT, i ? ", " : "", STR_ARG(val_s(val_at(rows, i), "name")));
	return buf_str(&b);
}

static enum ask_end say(struct hall *h, int who, enum ask_act act, int64_t adults, int64_t children,
			int64_t now)
{
	enum ask_state state;
	return ask_say(h->db, test_arena,
		       &(struct ask_answer){.org = h->org,
					    .ask = h->asks[who],
					    .act = act,
					    .adults = adults,
					    .children = children,
					    .how = "page",
					    .now = now},
		       &state, val_list(test_arena));
}

static const char *state_of(struct hall *h, int who, int64_t now)
{
	return str_c(test_arena,
		     val_s(ask_row(h->db, test_arena, h->org, h->asks[who], now), "state"));
}

static void places(struct hall *h, int64_t to)
{
	db_exec(h->db, SQL("UPDATE activity SET capacity = :to WHERE id = :id AND org = :org"),
		ARGS(test_arena, ARG_NULL("to", to), ARG_AS("id", h->activity),
		     ARG_AS("org", h->org)));
}

static struct str expected_rows(struct hall *h)
{
	struct buf b = {.arena = test_arena};
	const struct val *rows = participation_list(h->db, test_arena, h->org, h->activity);
	for (size_t i = 0; i < val_count(rows); i++)
		buf_fmt(&b, "%s" STR_FMT " " STR_FMT, i ? ", " : "",
			STR_ARG(val_s(val_at(rows, i), "name")),
			STR_ARG(val_s(val_at(rows, i), "state")));
	return buf_str(&b);
}

TEST_DB("seats go to a family, the next one waits, and what is given back is offered for two days")
{
	db_begin(db, DB_WRITE, 1);
	struct hall h = hall_of(db, 6, 4);
	CHECK_INT(say(&h, 1, ACT_ACCEPT, 2, 3, NOW), ASK_SAID);
	CHECK_INT(say(&h, 2, ACT_ACCEPT, 2, 0, NOW), ASK_SAID);
	CHECK_INT(say(&h, 3, ACT_ACCEPT, 1, 0, NOW), ASK_SAID); /* one seat is free, but 2 waits */
	CHECK_STR(state_of(&h, 2, NOW), "waiting");
	CHECK_STR(state_of(&h, 3, NOW), "waiting");
	CHECK_INT(ask_turn(db, test_arena, h.org, h.asks[3]), 2);
	CHECK_STR(expected_rows(&h), "Person 01 expected");
	CHECK_INT(say(&h, 4, ACT_ACCEPT, 4, 3, NOW), ASK_REFUSED_MANY);
	CHECK_INT(say(&h, 1, ACT_ACCEPT, 2, 4, NOW), ASK_REFUSED_FULL);
	CHECK_INT(say(&h, 1, ACT_ACCEPT, 2, 1, NOW + 10), ASK_SAID); /* two children are ill */
	CHECK_STR(state_of(&h, 2, NOW + 10), "offered");
	CHECK_STR(state_of(&h, 3, NOW + 10), "offered");
	CHECK_STR(state_of(&h, 2, NOW + 10 + 2 * 86400), "expired");
	CHECK_INT(say(&h, 3, ACT_ACCEPT, 1, 0, NOW + 20), ASK_SAID);
	CHECK_INT(say(&h, 2, ACT_ACCEPT, 2, 0, NOW + 10 + 2 * 86400),
		  ASK_SAID); /* nobody else waits */
	CHECK_STR(state_of(&h, 2, NOW + 10 + 2 * 86400), "accepted");
	CHECK_STR(expected_rows(&h), "Person 01 expected, Person 02 expected, Person 03 expected");
	WORLD_END(db, err);
}

TEST_DB("who declines is no longer expected, and is again when they accept again")
{
	db_begin(db, DB_WRITE, 1);
	struct hall h = hall_of(db, 0, 1);
	CHECK_INT(say(&h, 1, ACT_ACCEPT, 1, 0, NOW), ASK_SAID);
	CHECK_INT(say(&h, 1, ACT_CALL_ME, 1, 0, NOW + 1), ASK_SAID);
	CHECK_STR(expected_rows(&h), "Person 01 void");
	CHECK_INT(say(&h, 1, ACT_ACCEPT, 1, 0, NOW + 2), ASK_SAID);
	CHECK_STR(expected_rows(&h), "Person 01 expected");
	CHECK(ask_become(db, test_arena, ACT_WITHDRAW, h.org, h.asks[1], h.staff, NOW + 3,
			 val_list(test_arena)));
	CHECK_STR(expected_rows(&h), "Person 01 void");
	CHECK_INT(say(&h, 1, ACT_ACCEPT, 1, 0, NOW + 4), ASK_REFUSED_GONE);
	WORLD_END(db, err);
}

TEST_DB("answers are over when it begins, when it is cancelled, and for another organisation")
{
	db_begin(db, DB_WRITE, 1);
	struct hall h = hall_of(db, 3, 2), other = h;
	other.org = world_org(db, "birch");
	CHECK_INT(say(&other, 1, ACT_ACCEPT, 1, 0, NOW), ASK_REFUSED_GONE);
	CHECK(!ask_become(db, test_arena, ACT_WITHDRAW, other.org, h.asks[1], h.staff, NOW,
			  val_list(test_arena)));
	CHECK_INT(say(&h, 1, ACT_ACCEPT, 1, 0, STARTS), ASK_REFUSED_OVER);
	CHECK_INT(say(&h, 1, ACT_ACCEPT, 1, 0, STARTS - 1), ASK_SAID);
	CHECK(activity_settle(db, test_arena, h.org, h.activity, "cancelled"));
	CHECK_INT(say(&h, 2, ACT_ACCEPT, 1, 0, NOW), ASK_REFUSED_OVER);
	WORLD_END(db, err);
}

TEST_DB("the asked are listed by name, whoever was asked first; who waits in the order of waiting")
{
	db_begin(db, DB_WRITE, 1);
	struct hall h = hall_of(db, 1, 3);
	int64_t eve = world_person(db, h.org, "Ève Person 00");
	h.asks[4] = ask_add(db, test_arena,
			    &(struct ask_new){.org = h.org,
					      .activity = h.activity,
					      .person = eve,
					      .role = "participant",
					      .lang = S("fr"),
					      .by = h.staff,
					      .now = NOW});
	CHECK_STR(listed(&h, NULL), "Ève Person 00, Person 01, Person 02, Person 03");
	CHECK_INT(say(&h, 1, ACT_ACCEPT, 1, 0, NOW), ASK_SAID);
	CHECK_INT(say(&h, 3, ACT_ACCEPT, 1, 0, NOW), ASK_SAID);
	CHECK_INT(say(&h, 4, ACT_ACCEPT, 1, 0, NOW), ASK_SAID);
	CHECK_INT(say(&h, 2, ACT_ACCEPT, 1, 0, NOW), ASK_SAID);
	CHECK_STR(listed(&h, "waiting"), "Person 03, Ève Person 00, Person 02");
	WORLD_END(db, err);
}

TEST_DB("more places are offered in order, fewer take nobody's seat")
{
	db_begin(db, DB_WRITE, 1);
	struct hall h = hall_of(db, 2, 4);
	struct val *offered = val_list(test_arena);
	CHECK_INT(say(&h, 1, ACT_ACCEPT, 2, 0, NOW), ASK_SAID);
	CHECK_INT(say(&h, 2, ACT_ACCEPT, 2, 0, NOW), ASK_SAID);
	CHECK_INT(say(&h, 3, ACT_ACCEPT, 1, 0, NOW), ASK_SAID);
	places(&h, 1);
	ask_settle(db, test_arena, h.org, h.activity, NOW, offered);
	CHECK_INT(val_count(offered), 0);
	CHECK_STR(state_of(&h, 1, NOW), "accepted");
	places(&h, 4);
	ask_settle(db, test_arena, h.org, h.activity, NOW, offered);
	CHECK_INT(val_count(offered), 1);
	CHECK_STR(state_of(&h, 2, NOW), "offered");
	CHECK_STR(state_of(&h, 3, NOW), "waiting");
	places(&h, 0);
	ask_settle(db, test_arena, h.org, h.activity, NOW, offered);
	CHECK_STR(state_of(&h, 3, NOW), "offered");
	WORLD_END(db, err);
}

TEST_DB("a pupil gives their time only when a guardian has agreed; asking twice is asking once")
{
	db_begin(db, DB_WRITE, 1);
	struct hall h = hall_of(db, 3, 0);
	int64_t tom = world_person(db, h.org, "Tom"), ann = world_person(db, h.org, "Ann");
	struct ask_new asked = {.org = h.org,
				.activity = h.activity,
				.person = tom,
				.role = "book",
				.lang = S("en"),
				.by = h.staff,
				.now = NOW};
	minor_until(db, test_arena, h.org, tom, S("2030-01-01"));
	guardian_add(db, test_arena, h.org, tom, ann, S("2020-01-01"));
	h.asks[1] = ask_add(db, test_arena, &asked);
	CHECK_INT(ask_add(db, test_arena, &asked), 0);
	CHECK_INT(say(&h, 1, ACT_ACCEPT, 1, 0, NOW), ASK_REFUSED_GUARDIAN);
	CHECK(consent_give(db, test_arena,
			   &(struct consent){.org = h.org,
					     .person = tom,
					     .purpose = CONSENT_GIVE_TIME,
					     .words = "books",
					     .words_rev = 1,
					     .given_by = ann,
					     .given_how = "paper",
					     .taken_by = h.staff,
					     .now = NOW,
					     .today = S("2026-01-01")}));
	CHECK_INT(say(&h, 1, ACT_ACCEPT, 1, 0, NOW), ASK_SAID);
	CHECK_STR(expected_rows(&h), "Tom expected");
	CHECK_INT(val_i(ask_row(db, test_arena, h.org, h.asks[1], NOW), "seats"), 0);
	CHECK(ask_become(db, test_arena, ACT_WITHDRAW, h.org, h.asks[1], h.staff, NOW,
			 val_list(test_arena)));
	CHECK_INT(ask_add(db, test_arena, &asked), h.asks[1]); /* asked once more */
	CHECK_STR(state_of(&h, 1, NOW), "asked");
	WORLD_END(db, err);
}

/* ---- against the sheet of paper ---- */

static uint32_t dice(uint64_t *seed, uint32_t sides)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33) % sides;
}

static bool same(struct hall *h, const struct model *m, int64_t now)
{
	bool ok = true;
	for (int i = 1; i <= m->count && ok; i++) {
		const struct val *row = ask_row(h->db, test_arena, h->org, h->asks[i], now);
		bool counts = model_holds(m, i) || m->says[i] == ASK_WAITING;
		ok = ask_state_of(val_s(row, "state")) == m->says[i] &&
		     (!counts || val_i(row, "seats") == m->seats[i]);
	}
	return ok;
}

static void history(struct db *db, struct err *err, uint64_t seed)
{
	static const enum ask_act acts[] = {ACT_ACCEPT,     ACT_ACCEPT,  ACT_ACCEPT,   ACT_DECLINE,
					    ACT_OTHER_DATE, ACT_CALL_ME, ACT_WITHDRAW, ACT_ASK};
	uint64_t state = seed;
	int64_t now = NOW;
	struct model m = {.places = 8, .count = 8};
	db_begin(db, DB_WRITE, 1);
	struct hall h = hall_of(db, m.places, m.count);
	for (int i = 1; i <= m.count; i++)
		m.says[i] = ASK_ASKED;
	for (int step = 0; step < 200; step++) {
		int who = 1 + (int)dice(&state, (uint32_t)m.count);
		int64_t want = 1 + dice(&state, 4);
		enum ask_act act = acts[dice(&state, sizeof acts / sizeof *acts)];
		now += dice(&state, 30000);
		if (!dice(&state, 25)) {
			m.places = 1 + dice(&state, 12);
			places(&h, m.places);
		}
		bool done = act == ACT_WITHDRAW || act == ACT_ASK
				    ? ask_become(db, test_arena, act, h.org, h.asks[who], h.staff,
						 now, val_list(test_arena))
				    : say(&h, who, act, want, 0, now) == ASK_SAID;
		ask_settle(db, test_arena, h.org, h.activity, now, val_list(test_arena));
		if (!CHECK_INT(done, model_do(&m, act, who, want, now)) ||
		    !CHECK(step % 10 || same(&h, &m, now))) {
			printf("    seed %llu, step %d\n", (unsigned long long)seed, step);
			break;
		}
	}
	CHECK(same(&h, &m, now));
	WORLD_END(db, err);
}

TEST_DB("a random history of answers in the database is that of the sheet of paper")
{
	uint64_t seed = 7;
	randombytes_buf(&seed, sizeof seed);
	history(db, err, seed);
}

/* ---- two hundred at once ---- */

enum { CLIENTS = 16, EACH = 13, PEOPLE = 40, PLACES = 30 };
struct shared {
	_Atomic int ready, go, said, failed;
};

static bool one_answer(struct hall *h, struct err *err, uint64_t *seed)
{
	int who = 1 + (int)dice(seed, PEOPLE);
	bool accepts = dice(seed, 3) != 0;
	int64_t seats = 1 + dice(seed, 4);
	for (int tries = 0; tries < 5; tries++) {
		*err = (struct err){0};
		db_use(h->db, test_arena, err);
		db_begin(h->db, DB_WRITE, h->org);
		enum ask_end end =
			say(h, who, accepts ? ACT_ACCEPT : ACT_DECLINE, seats, 0, NOW + tries);
		if (end != ASK_SAID) {
			db_rollback(h->db);
			return false;
		}
		if (db_commit(h->db))
			return true;
	}
	return false;
}

static _Noreturn void client(struct hall h, struct queue *queue, struct shared *s, uint64_t seed)
{
	struct err err = {0};
	h.db = db_open(fixture_url(), &err);
	if (!h.db)
		_exit(1);
	db_set_queue(h.db, queue);
	s->ready++;
	while (!s->go)
		nanosleep(&(struct timespec){0, 1000000L}, NULL);
	for (int i = 0; i < EACH; i++) {
		s->said += one_answer(&h, &err, &seed);
		s->failed += err.kind != ERR_NONE;
	}
	db_close(h.db);
	_exit(0);
}

/* Every answer in the order in which it was taken, told to somebody with a sheet of paper. */
static void replay(struct hall *h, int said)
{
	struct model m = {.places = PLACES, .count = PEOPLE};
	const struct val *rows =
		db_rows(h->db,
			SQL("SELECT w.ask AS ask, w.state AS state, w.adults AS adults FROM "
			    "activity_answer w WHERE w.how <> '' ORDER BY w.id"),
			NULL);
	CHECK_INT(val_count(rows), said); /* none lost */
	for (int i = 1; i <= m.count; i++)
		m.says[i] = ASK_ASKED;
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		int who = 1;
		while (h->asks[who] != val_i(row, "ask"))
			who++;
		bool no = str_is(val_s(row, "state"), "declined");
		CHECK(model_do(&m, no ? ACT_DECLINE : ACT_ACCEPT, who, val_i(row, "adults"), NOW));
		/* Who waits for fewer may be offered them at once, by the same answer. */
		enum ask_state kept = ask_state_of(val_s(row, "state"));
		if (kept != ASK_WAITING || m.says[who] != ASK_OFFERED)
			CHECK_INT(kept, m.says[who]);
		if (!CHECK(model_taken(&m) <= PLACES))
			return;
	}
	CHECK(same(h, &m, NOW));
}

TEST_DB("two hundred answers at once, some of them cancellations: never overbooked, the order "
	"kept, none lost")
{
	struct queue *queue = queue_new();
	struct shared *s =
		mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	uint64_t seed = 0;
	int status, bad = 0;
	randombytes_buf(&seed, sizeof seed);
	db_begin(db, DB_WRITE, 1);
	struct hall h = hall_of(db, PLACES, PEOPLE);
	NEED(db_commit(db));
	for (int i = 0; i < CLIENTS; i++)
		if (fork() == 0)
			client(h, queue, s, seed + (uint64_t)i);
	for (int i = 0; i < 3000 && s->ready < CLIENTS; i++)
		nanosleep(&(struct timespec){0, 5000000L}, NULL);
	CHECK_INT(s->ready, CLIENTS);
	s->go = 1;
	while (wait(&status) > 0)
		bad += !WIFEXITED(status) || WEXITSTATUS(status) != 0;
	CHECK_INT(bad, 0);
	CHECK_INT(s->failed, 0);
	CHECK(s->said > CLIENTS * EACH / 2);
	db_begin(db, DB_READ, h.org);
	replay(&h, s->said);
	CHECK(db_commit(db));
	CHECK_INT(err->kind, ERR_NONE);
	queue_free(queue);
	munmap(s, sizeof *s);
}
