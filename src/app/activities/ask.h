#pragma once
/*
 * Asking people for an activity: the only module that writes activity_ask and activity_answer. All
 * of it runs inside the caller's write transaction, which holds the organisation's lock; each write
 * says its condition again in SQL, so that no seat is given twice whoever calls it.
 *
 * Who accepts is expected (core/participation.h); who takes it back no longer is. Every change of a
 * state adds a row to activity_answer, also when time or the organisation made it.
 */
#include "app/activities/ask_rules.h"
#include "db/db.h"

struct ask_new {
	int64_t org, activity, person, group;
	const char *role;
	struct str lang;
	int64_t by, now;
};
/* The id; 0 if this person is asked already, is not known to the organisation, or the activity is
 * not planned or has begun. Who was asked before and is no longer is asked again. */
int64_t ask_add(struct db *, struct arena *, const struct ask_new *);

struct ask_answer {
	int64_t org, ask;
	enum ask_act act; /* one of ask_answers */
	int64_t adults, children;
	struct str words, phone;
	const char *how;  /* "page", "paper", "telephone", "in_person" */
	int64_t taken_by; /* 0: they answered themselves */
	struct str read_out;
	int64_t now;
};
enum ask_end {
	ASK_SAID,
	ASK_REFUSED_FULL,     /* has seats and wanted more than there are */
	ASK_REFUSED_MANY,     /* more than the activity has */
	ASK_REFUSED_OVER,     /* it has begun, or is not planned any more */
	ASK_REFUSED_GONE,     /* no longer asked */
	ASK_REFUSED_GUARDIAN, /* a minor who would give their time, and no guardian has agreed */
};
/* What it came to is in *state. Seats that are free afterwards are offered, as by ask_settle(). The
 * caller of what was refused rolls back. */
enum ask_end ask_say(struct db *, struct arena *, const struct ask_answer *, enum ask_state *state,
		     struct val *offered);
/* The organisation no longer asks (ACT_WITHDRAW), or asks once more (ACT_ASK). */
bool ask_become(struct db *, struct arena *, enum ask_act, int64_t org, int64_t ask, int64_t by,
		int64_t now, struct val *offered);

/* Ends the offers whose time has come and offers what is free to who waits, in order: after the
 * number of places was changed, and when an offer's end has come. Adds {id} to the list `offered` for
 * each who was offered a seat, and sees to it that the end of the offer is noticed. */
void ask_settle(struct db *, struct arena *, int64_t org, int64_t activity, int64_t now,
		struct val *offered);

/* The row with everything a page or letter says of it, or null. `state` is as it is now. */
struct val *ask_row(struct db *, struct arena *, int64_t org, int64_t ask, int64_t now);
int64_t ask_turn(struct db *, struct arena *, int64_t org, int64_t ask); /* 1: next; 0: waits not */

#define ASK_JOB_SETTLE "activities.offers"
