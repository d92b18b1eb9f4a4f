#pragma once
/*
 * An activity is whatever people do together: planned, held or cancelled; with a time, a mode, a
 * method and a place. It keeps its id for life. A correction raises `rev` and leaves what was said
 * before in activity_past, with who corrected it and why. What is said of it is core text (owner
 * "activity", fields "title", "about", "bring", "materials"): it has a language.
 *
 * What a person did elsewhere is their own claim: org is 0, `person` whose it is and `elsewhere`
 * who held it. Times are planned as wall time and zone; starts_at is computed from them.
 */
#include "db/db.h"

struct activity {
	int64_t org, person;
	struct str elsewhere;
	const char
		*kind; /* "event", "visit", "session", "series", "letter", "course", "conference" */
	int64_t method;     /* a term of scheme "method", 0 if none */
	const char *mode;   /* "in_person", "technology", "written" */
	const char *status; /* "planned", "held", "cancelled" */
	struct str starts_wall, zone;
	bool second; /* a wall time that clocks show twice: the second one */
	int64_t starts_at;
	int64_t minutes;
	int64_t place, series;
	int64_t responsible;        /* a person, 0: nobody yet */
	int64_t capacity;           /* places, 0: no limit */
	struct str link;            /* where it is online, or empty */
	bool going_out;             /* leaves the house: supervision is planned */
	int64_t learners_per_adult; /* at most so many, 0: not said */
	bool slip;                  /* a guardian's permission is asked */
	const char *visibility;     /* "private", "invited", "public"; NULL: private */
	struct str answer_by;       /* a date, or empty */
	struct str lang;            /* in which the reason of a correction is written */
	int64_t now, by;
};
int64_t activity_add(struct db *, struct arena *, const struct activity *);
/* Every column of activity as one object, or null: also null if it is another organisation's
 * (org 0: another person's). */
struct val *activity_row(struct db *, struct arena *, int64_t org, int64_t person, int64_t id);

/* Changes what differs from the row with revision `rev`; false if that is no longer the current
 * one. Taking back "held" voids everybody's participation, with the same reason: nobody took part
 * in what did not happen. `to` is the whole activity as it should be. */
bool activity_correct(struct db *, struct arena *, int64_t id, int64_t rev,
		      const struct activity *to, const char *why);
/* Planned to held or cancelled, the ordinary course; no correction. */
bool activity_settle(struct db *, struct arena *, int64_t org, int64_t id, const char *status);
/* What it said before, newest first. */
struct val *activity_past(struct db *, struct arena *, int64_t org, int64_t id);
