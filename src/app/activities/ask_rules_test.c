#include "app/activities/ask_model.h"
#include "app/activities/ask_rules.h"

#include "base/arena.h"
#include "test.h"

#include <sodium.h>
#include <stdio.h>

/* "accepted", "waiting at the end", or why not. */
static const char *told(struct ask_next next)
{
	static const char *const why[] = {"", "not now", "no room", "too many"};
	if (next.why != ASK_DONE)
		return why[next.why];
	return str_c(test_arena, str_fmt(test_arena, "%s%s", ask_states[next.state].code,
					 next.to_end ? " at the end" : ""));
}

TEST("an acceptance gets seats, a place in the line or a reason")
{
	static const struct {
		const char *what;
		struct ask_room room;
		int64_t seats;
		const char *becomes;
	} cases[] = {
		{"room for one", {10, 9, 0, ASK_ASKED, 0}, 1, "accepted"},
		{"the last seat is gone", {10, 10, 0, ASK_ASKED, 0}, 1, "waiting at the end"},
		{"two adults and three children fit", {10, 5, 0, ASK_ASKED, 0}, 5, "accepted"},
		{"the five of them do not", {10, 6, 0, ASK_ASKED, 0}, 5, "waiting at the end"},
		{"there is room, but somebody waits for more",
		 {10, 6, 1, ASK_ASKED, 0},
		 1,
		 "waiting at the end"},
		{"no limit", {ASK_NO_LIMIT, 900, 0, ASK_ASKED, 0}, 40, "accepted"},
		{"no limit any more, and people wait",
		 {ASK_NO_LIMIT, 9, 4, ASK_WAITING, 2},
		 2,
		 "accepted"},
		{"more than there will ever be", {4, 0, 0, ASK_ASKED, 0}, 5, "too many"},
		{"a speaker takes no seat", {10, 10, 3, ASK_ASKED, 0}, 0, "accepted"},
		{"comes with one less", {10, 9, 5, ASK_ACCEPTED, 3}, 2, "accepted"},
		{"comes with one more", {10, 7, 0, ASK_ACCEPTED, 2}, 3, "accepted"},
		{"one more, and it is full", {10, 8, 0, ASK_ACCEPTED, 2}, 3, "no room"},
		{"one more, and somebody waits", {10, 5, 1, ASK_ACCEPTED, 2}, 3, "no room"},
		{"takes the offer", {10, 8, 5, ASK_OFFERED, 2}, 2, "accepted"},
		{"takes half of the offer", {10, 8, 5, ASK_OFFERED, 2}, 1, "accepted"},
		{"wants more than was offered", {10, 8, 5, ASK_OFFERED, 2}, 3, "no room"},
		{"fewer places now than are taken", {4, 6, 0, ASK_ACCEPTED, 2}, 2, "accepted"},
		{"fewer places, and a new answer",
		 {4, 6, 0, ASK_ASKED, 0},
		 1,
		 "waiting at the end"},
		{"waits, and says so again", {10, 10, 2, ASK_WAITING, 2}, 2, "waiting"},
		{"waits for fewer", {10, 10, 2, ASK_WAITING, 2}, 1, "waiting"},
		{"waits for more", {10, 10, 2, ASK_WAITING, 2}, 3, "waiting at the end"},
		{"waits alone, and fits with fewer", {10, 9, 0, ASK_WAITING, 2}, 1, "accepted"},
		{"the offer has ended", {10, 9, 2, ASK_EXPIRED, 1}, 1, "waiting at the end"},
		{"has declined, and comes after all", {10, 9, 0, ASK_DECLINED, 1}, 1, "accepted"},
		{"is no longer asked", {10, 0, 0, ASK_WITHDRAWN, 0}, 1, "not now"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (!CHECK_STR(told(ask_next(ACT_ACCEPT, cases[i].room, cases[i].seats)),
			       cases[i].becomes))
			printf("    %s\n", cases[i].what);
}

TEST("every act of every state is allowed or refused as the table of people's turns says")
{
	/* accept decline other_date call_me offer expire withdraw ask; "-": refused */
	static const char *const cases[ASK_STATES][ASK_ACTS] = {
		[ASK_NONE] = {"-", "-", "-", "-", "-", "-", "-", "-"},
		[ASK_ASKED] = {"accepted", "declined", "other_date", "call_me", "-", "-",
			       "withdrawn", "-"},
		[ASK_ACCEPTED] = {"accepted", "declined", "other_date", "call_me", "-", "-",
				  "withdrawn", "-"},
		[ASK_WAITING] = {"accepted", "declined", "other_date", "call_me", "offered", "-",
				 "withdrawn", "-"},
		[ASK_OFFERED] = {"accepted", "declined", "other_date", "call_me", "-", "expired",
				 "withdrawn", "-"},
		[ASK_DECLINED] = {"accepted", "declined", "other_date", "call_me", "-", "-",
				  "withdrawn", "asked"},
		[ASK_OTHER_DATE] = {"accepted", "declined", "other_date", "call_me", "-", "-",
				    "withdrawn", "asked"},
		[ASK_CALL_ME] = {"accepted", "declined", "other_date", "call_me", "-", "-",
				 "withdrawn", "asked"},
		[ASK_EXPIRED] = {"accepted", "declined", "other_date", "call_me", "-", "-",
				 "withdrawn", "asked"},
		[ASK_WITHDRAWN] = {"-", "-", "-", "-", "-", "-", "-", "asked"},
	};
	for (int state = 0; state < ASK_STATES; state++)
		for (int act = 0; act < ASK_ACTS; act++) {
			struct ask_room room = {.places = 10, .state = state};
			struct ask_next next = ask_next((enum ask_act)act, room, 1);
			CHECK_STR(next.why == ASK_NOT_NOW ? "-" : ask_states[next.state].code,
				  cases[state][act]);
		}
}

TEST("the first of the line gets an offer, or nobody does")
{
	static const struct {
		struct ask_waiter line[3];
		int64_t count, places, free, first;
	} cases[] = {
		{{{7, 1}, {8, 1}}, 2, 10, 1, 0},
		{{{7, 3}, {8, 1}}, 2, 10, 2, -1}, /* the household in front blocks */
		{{{7, 12}, {8, 1}}, 2, 10, 2, 1}, /* but not one that can never come in */
		{{{7, 12}, {8, 3}, {9, 1}}, 3, 10, 2, -1},
		{{{7, 12}}, 1, ASK_NO_LIMIT, ASK_NO_LIMIT, 0},
		{{{7, 1}}, 1, 10, 0, -1},
		{{{7, 1}}, 1, 10, -3, -1}, /* fewer places than are taken */
		{{{0}}, 0, 10, 5, -1},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_INT(ask_first(cases[i].line, cases[i].count, cases[i].places, cases[i].free),
			  cases[i].first);
}

TEST("an offer stands for two days and never beyond the beginning; households count heads")
{
	CHECK_INT(ask_offer_until(1000, 1000000), 1000 + 172800);
	CHECK_INT(ask_offer_until(1000, 5000), 5000);
	CHECK_INT(ask_seats(S("participant"), 2, 3), 5);
	CHECK_INT(ask_seats(S("guardian"), 1, 0), 1);
	CHECK_INT(ask_seats(S("speaker"), 1, 0), 0);
	CHECK_INT(ask_seats(S("teacher"), 1, 2), 0);
}

TEST("codes of states and answers are read back, and strange ones are none")
{
	for (int s = ASK_ASKED; s < ASK_STATES; s++)
		CHECK_INT(ask_state_of(str_of(ask_states[s].code)), s);
	CHECK_INT(ask_state_of(S("")), ASK_NONE);
	CHECK_INT(ask_state_of(S("Accepted")), ASK_NONE);
	CHECK_INT(ask_answer_act(S("call_me")), ACT_CALL_ME);
	CHECK_INT(ask_answer_act(S("withdraw")), ASK_ACTS);
}

/* ---- random histories ---- */

/* The same paper, kept by the rules. */
struct ruled {
	struct model at; /* its line is not used: tickets are */
	int64_t ticket[MODEL_PEOPLE], next_ticket;
};

static bool holding(enum ask_state s)
{
	return s == ASK_ACCEPTED || s == ASK_OFFERED;
}

static struct ask_room room_of(const struct ruled *r, int who)
{
	struct ask_room room = {
		.places = r->at.places, .state = r->at.says[who], .seats = r->at.seats[who]};
	for (int i = 1; i <= r->at.count; i++) {
		if (i == who)
			continue;
		room.taken += holding(r->at.says[i]) ? r->at.seats[i] : 0;
		room.waiting += r->at.says[i] == ASK_WAITING &&
				(room.places < 0 || r->at.seats[i] <= room.places);
	}
	if (!holding(r->at.says[who]) && r->at.says[who] != ASK_WAITING)
		room.seats = 0;
	return room;
}

static void offers(struct ruled *r, int64_t now)
{
	for (;;) {
		struct ask_waiter line[MODEL_PEOPLE];
		int64_t count = 0, free = r->at.places;
		for (int i = 1; i <= r->at.count; i++) {
			free -= free != ASK_NO_LIMIT && holding(r->at.says[i]) ? r->at.seats[i] : 0;
			if (r->at.says[i] != ASK_WAITING)
				continue;
			int64_t at = count++;
			for (; at > 0 && r->ticket[line[at - 1].id] > r->ticket[i]; at--)
				line[at] = line[at - 1];
			line[at] = (struct ask_waiter){i, r->at.seats[i]};
		}
		int64_t first = ask_first(line, count, r->at.places, free);
		if (first < 0)
			return;
		r->at.says[line[first].id] = ASK_OFFERED;
		r->at.offer_until[line[first].id] = ask_offer_until(now, INT64_MAX);
	}
}

static bool act_on(struct ruled *r, enum ask_act act, int who, int64_t want, int64_t now)
{
	for (int i = 1; i <= r->at.count; i++)
		if (r->at.says[i] == ASK_OFFERED && r->at.offer_until[i] <= now)
			r->at.says[i] = ask_next(ACT_EXPIRE, room_of(r, i), 0).state;
	offers(r, now);
	struct ask_next next = ask_next(act, room_of(r, who), want);
	if (next.why == ASK_DONE) {
		r->at.says[who] = next.state;
		if (act == ACT_ACCEPT)
			r->at.seats[who] = want;
		if (next.to_end)
			r->ticket[who] = ++r->next_ticket;
	}
	offers(r, now);
	return next.why == ASK_DONE;
}

/* A small generator of its own, so that a seed tells the whole history. */
static uint32_t dice(uint64_t *seed, uint32_t sides)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33) % sides;
}

static bool same(const struct model *m, const struct model *r)
{
	for (int i = 1; i <= m->count; i++) {
		bool counts = model_holds(m, i) || m->says[i] == ASK_WAITING;
		if (m->says[i] != r->says[i] || (counts && m->seats[i] != r->seats[i]))
			return false;
	}
	return true;
}

static bool history(uint64_t seed, int steps)
{
	static const enum ask_act acts[] = {ACT_ACCEPT,     ACT_ACCEPT,  ACT_ACCEPT,   ACT_DECLINE,
					    ACT_OTHER_DATE, ACT_CALL_ME, ACT_WITHDRAW, ACT_ASK};
	uint64_t state = seed;
	int64_t now = 1000;
	struct model m = {.places = 5 + dice(&state, 15), .count = 12};
	struct ruled r = {0};
	for (int i = 1; i <= m.count; i++)
		m.says[i] = ASK_ASKED;
	r.at = m;
	for (int step = 0; step < steps; step++) {
		int who = 1 + (int)dice(&state, 12);
		int64_t want = 1 + dice(&state, 5), before = model_taken(&m);
		enum ask_act act = acts[dice(&state, sizeof acts / sizeof *acts)];
		now += dice(&state, 40000);
		if (!dice(&state, 20))
			m.places = r.at.places =
				dice(&state, 8) ? (int64_t)dice(&state, 20) + 1 : -1;
		bool a = model_do(&m, act, who, want, now), b = act_on(&r, act, who, want, now);
		bool over = m.places >= 0 && model_taken(&r.at) > m.places &&
			    model_taken(&r.at) > before;
		if (a != b || over || !same(&m, &r.at)) {
			printf("    seed %llu, step %d: %s of %d for %d%s\n",
			       (unsigned long long)seed, step, ask_answers[act % 4].code, who,
			       (int)want, over ? ", overbooked" : "");
			return false;
		}
	}
	return true;
}

TEST("random histories of seats: the rules do what somebody with a sheet of paper would")
{
	uint64_t first = 0;
	randombytes_buf(&first, sizeof first);
	for (uint64_t i = 0; i < 20; i++)
		if (!CHECK(history(i < 10 ? i + 1 : first + i, 500)))
			printf("    the first of this run's own seeds was %llu\n",
			       (unsigned long long)first);
}
