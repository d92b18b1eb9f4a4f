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
#include "core/event.h"
#include "core/feature.h"
#include "core/job.h"
#include "web/req.h"

struct conference_offer {
	int64_t org, activity, teacher;
	struct str day, zone; /* YYYY-MM-DD; an IANA name */
	int from, until;      /* minutes since midnight */
	int minutes, pause;
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

/* { guardian, name, sort_name, lang, child, child_name } of one guardian, or of all (0). */
struct val *conference_families(struct db *, struct arena *, int64_t org, int64_t activity,
				int64_t guardian, struct str day, struct str today);

/* Letters: conference_letters.c. Each is written once; `what` names the text. */
enum conference_letter { CONFERENCE_TIMES, CONFERENCE_YOURS, CONFERENCE_CANCELLED };
#define CONFERENCE_LINK "conference.book"
extern const struct letter_kind *const conference_letters[]; /* ends with NULL */
/* That there are times to book, to each guardian who has an address and was not written to before: a
 * few in the caller's transaction, the others by a job (core/letters.h). */
void conference_invite(struct req *, int64_t activity);
enum job_end conference_invite_job(struct job *, struct val *result);
#define CONFERENCE_JOB "activities.conference"
/* About a booked time: `slot` as q_conference_slot gives it, before it is given back. With it goes
 * the date as a file; of a child with a teacher it is one date, moved and cancelled. */
void conference_tell(struct db *, struct arena *, const struct val *org, const struct val *slot,
		     enum conference_letter, int64_t now);
extern const struct reaction conference_reactions[];
/* The whole evening is moved, in the transaction that moves it: every time by as much on the wall. One
 * that the clocks skip, or at which somebody has another conference, is taken away and told. Who keeps
 * theirs is told by the reaction to "activities.changed", once for each time. */
struct conference_moved {
	int64_t activity, now;
	struct str from_wall, from_zone, to_wall, to_zone;
};
void conference_move(struct db *, struct arena *, const struct val *org,
		     const struct conference_moved *);

/* What the pages share. Null: 404. */
struct val *conference_plan(struct req *);
struct str conference_day(const struct val *plan);
struct str conference_today(struct req *);
struct str conference_time(struct req *, struct str starts_wall);

/* conference_family.c */
int conference_link_page(struct req *), conference_link_put(struct req *);
int conference_mine_page(struct req *), conference_mine_put(struct req *);
int conference_phone_page(struct req *), conference_phone_put(struct req *);

void conference_demo_fill(struct db *, struct arena *, struct err *, int64_t now);
extern const struct feature conference_feature;
