#pragma once
/*
 * What becomes of an asking of one person or household for one activity, as pure functions.
 *
 * Seats are taken by who has accepted and by who has an offer that stands. An answer that does not
 * fit waits. The list is strictly first come, first served: while somebody waits nobody passes them,
 * and a household that is first keeps a smaller one behind it waiting; only who could never come in,
 * because more seats are wanted than the activity has, is passed over. A seat given back is offered,
 * not given: an offer has an end, and one that has ended makes room again. Whoever gives their time
 * or works there takes no seat.
 *
 * Fewer places than are taken already: nobody loses a seat, and nobody gets one until there is room.
 */
#include "base/str.h"

enum ask_state {
	ASK_NONE,
	ASK_ASKED,
	ASK_ACCEPTED,
	ASK_WAITING,
	ASK_OFFERED,
	ASK_DECLINED,
	ASK_OTHER_DATE,
	ASK_CALL_ME,
	ASK_EXPIRED,
	ASK_WITHDRAWN,
	ASK_STATES
};
struct ask_word {
	const char *code, *label; /* label: a msgid */
};
extern const struct ask_word ask_states[ASK_STATES]; /* by enum ask_state */
enum ask_state ask_state_of(struct str code);        /* ASK_NONE if there is none */

enum ask_act {
	ACT_ACCEPT, /* or, having accepted: with other seats */
	ACT_DECLINE,
	ACT_OTHER_DATE,
	ACT_CALL_ME,
	ACT_OFFER,    /* a seat that was given back */
	ACT_EXPIRE,   /* the offer's end has come */
	ACT_WITHDRAW, /* the organisation no longer asks */
	ACT_ASK,      /* once more */
	ASK_ACTS
};
extern const struct ask_word ask_answers[];   /* what a person may answer; ends with a NULL code */
enum ask_act ask_answer_act(struct str code); /* ASK_ACTS if it is none of them */

#define ASK_NO_LIMIT   (-1)
#define ASK_SEATS_MOST 40

/* How things stand for one asking, without itself. */
struct ask_room {
	int64_t places;  /* ASK_NO_LIMIT: any number */
	int64_t taken;   /* seats of the others who have accepted or have an offer */
	int64_t waiting; /* how many others wait */
	int64_t state;   /* enum ask_state: as it is */
	int64_t seats;   /* it has or waits for now */
};
enum ask_why { ASK_DONE, ASK_NOT_NOW, ASK_NO_ROOM, ASK_TOO_MANY };
struct ask_next {
	enum ask_why why;     /* not ASK_DONE: nothing changes */
	enum ask_state state; /* what it becomes */
	bool to_end;          /* it goes to the end of the list */
};
/* `seats` are those wanted now; only ACT_ACCEPT looks at them. */
struct ask_next ask_next(enum ask_act, struct ask_room, int64_t seats);

/* Of those who wait, in order: the index of who gets an offer now, -1: nobody. `free` are the seats
 * that nobody has, ASK_NO_LIMIT where there is no end of them. */
struct ask_waiter {
	int64_t id, seats;
};
int64_t ask_first(const struct ask_waiter *, int64_t count, int64_t places, int64_t free);

/* Until when an offer made now stands: two days, and never beyond the beginning. */
int64_t ask_offer_until(int64_t now, int64_t starts_at);
/* A household's seats; of somebody whose role takes none, 0. */
int64_t ask_seats(struct str role, int64_t adults, int64_t children);
