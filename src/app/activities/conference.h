#pragma once
/*
 * A parent-teacher conference: an activity whose invited groups say which families and which teachers
 * (group_staff) meet. Times are offered teacher by teacher and booked by a family for one child: by
 * the link of a letter, signed in, or on the telephone with somebody of the school. All children of a
 * family stand on one page, side by side.
 *
 * Nobody is in two places: no teacher (a time that meets another of theirs is not offered), no family
 * (by guardian and by child), no interpreter (who is a resource with languages and hours of their
 * own). The condition is in the statement that writes. A child has one time with a teacher: booking
 * another one moves it.
 */
#include "base/instant.h"
#include "core/event.h"
#include "core/feature.h"
#include "core/job.h"
#include "web/req.h"

struct conference_offer {
	int64_t org, activity, teacher;
	struct str day, zone; /* YYYY-MM-DD; an IANA name */
	int from, until;      /* minutes since midnight */
	int minutes, pause;
	bool second; /* the evening begins in the second of two hours of the same name: so do its times */
	struct str room;
};
/* Pure: how many times fit. `starts` gets the first `most` of them, in minutes since midnight. */
int conference_times(const struct conference_offer *, int *starts, int most);
/* How many were offered: those that meet another time of the teacher's are left out. */
int conference_offer(struct db *, struct arena *, const struct conference_offer *);
/* "18:30", "1830", "18 h 30" as minutes since midnight, or -1. Pure. */
int conference_minute(struct str);

struct conference_booking {
	int64_t org, activity, slot, child, guardian;
	bool wants; /* an interpreter of `tongue` */
	struct str tongue;
	const char *how; /* "link", "page", "telephone" */
	int64_t by;      /* who wrote it down for them; 0: they themselves */
	int64_t now;
	struct str today, day; /* where the organisation is; of the conference */
};
enum conference_end { CONFERENCE_BOOKED, CONFERENCE_TAKEN, CONFERENCE_CLASH, CONFERENCE_ALONE };
/* TAKEN: no longer free, or not theirs to book. CLASH: the family is elsewhere then. ALONE: nobody
 * interprets then. */
enum conference_end conference_book(struct db *, struct arena *, const struct conference_booking *);
bool conference_give_back(struct db *, struct arena *, int64_t org, int64_t activity, int64_t slot,
			  int64_t child);

/* { guardian, name, sort_name, lang, child, child_name, written_to } of one guardian, or of all (0);
 * written_to: has an address, and does not refuse letters that invite. */
struct val *conference_families(struct db *, struct arena *, int64_t org, int64_t activity,
				int64_t guardian, struct str day, struct str today);

/* Letters, each written once; the texts are in conference_kinds.c. Whoever wants no more invitations by
 * e-mail (ask_letters.h) is not told that there are times nor reminded; what becomes of a booked time
 * they are told. Nobody is told of a child who is kept from them since. */
enum conference_letter { CONFERENCE_TIMES, CONFERENCE_YOURS, CONFERENCE_CANCELLED, CONFERENCE_DAY };
#define CONFERENCE_LINK "conference.book"
extern const struct letter_kind *const conference_letters[]; /* ends with NULL */
/* That there are times to book, to each guardian who has an address and was not written to before; and
 * by the reactions, that the evening is moved or cancelled: a few in the caller's transaction, the
 * others by a job (core/letters.h). */
void conference_invite(struct req *, int64_t activity);
enum job_end conference_letters_job(struct job *, struct val *result);
extern const struct reaction conference_reactions[];
#define CONFERENCE_JOB "activities.conference"
enum { CONFERENCE_STEP = 25 };
/* About a booked time: `slot` as q_conference_slot gives it, before it is given back. With it goes
 * the date as a file; of a child with a teacher it is one date, moved and cancelled. */
void conference_tell(struct db *, struct arena *, const struct val *org, const struct val *slot,
		     enum conference_letter, int64_t now);
/* The day before, at nine where it takes place, each guardian with booked times gets one letter about
 * all of them (conference_remind.c). Sees to it, in the caller's transaction; later bookings are in it
 * too. Pure: when that is. */
void conference_remind_soon(struct db *, struct arena *, int64_t org, int64_t activity,
			    int64_t now);
int64_t conference_reminded_at(struct str starts_wall, struct zone *);
enum job_end conference_remind_job(struct job *, struct val *result);
#define CONFERENCE_DAY_JOB "activities.conference_day"

/* What letters share: the link of one guardian; the plan in the letter's language, null if the world
 * failed; booked times as a calendar file; "TEACHER – CHILD"; whether news of the child may go there. */
struct str conference_link(struct db *, struct arena *, const struct val *org, int64_t activity,
			   int64_t guardian, struct str email, int64_t now);
struct val *conference_dressed(struct req *page, int64_t activity);
struct str conference_dates(struct req *page, const struct val *plan, const struct val *slots,
			    bool cancelled);
struct str conference_whose(struct arena *, const struct val *slot);
bool conference_in_touch(struct db *, struct arena *, const struct val *org, const struct val *slot,
			 int64_t now);

/* The whole evening is moved, in the transaction that moves it: every time by as much on the wall. One
 * that the clocks skip, or at which somebody has another conference, is taken away and told. Who keeps
 * theirs is told by the reaction to "activities.changed", once for each time. */
struct conference_when {
	struct str wall, zone;
	bool second; /* of an hour that exists twice */
};
void conference_move(struct db *, struct arena *, const struct val *org, int64_t activity,
		     const struct conference_when *from, const struct conference_when *to,
		     int64_t now);

/* What the pages share. Null: 404. */
struct val *conference_plan(struct req *);
struct str conference_day(const struct val *plan);
/* The instant of a wall time of an evening; `second` as above. */
int64_t conference_instant(struct wall, struct zone *, bool second, enum wall_case *);
struct str conference_time(struct req *, struct str starts_wall);
/* "Room 7" where only a number was noted; else what was. */
struct str conference_room(const struct req *, const struct val *slot);

/* conference_family.c */
int conference_link_page(struct req *), conference_link_put(struct req *);
int conference_mine_page(struct req *), conference_mine_put(struct req *);
int conference_phone_page(struct req *), conference_phone_put(struct req *);
int conference_stop_page(struct req *), conference_stop_put(struct req *);

void conference_demo_fill(struct db *, struct arena *, struct err *, int64_t now);
extern const struct feature conference_feature;
