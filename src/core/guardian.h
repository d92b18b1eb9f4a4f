#pragma once
/*
 * Guardians of a child, entered and confirmed by the organisation only: whom it calls first, what
 * they may consent to, from when until when. Several for each child, and siblings may have others.
 *
 * "No contact", where a court says so: nothing about the child comes to that person, by whichever
 * of their accounts. Readers that tell, ask or show take the view guardian_in_touch, which leaves
 * those out; only this module and the lists of guardian_test.c read the table itself.
 *
 * Whoever a court keeps from a child finds it nowhere, whichever office they hold: its pages are not
 * there (server/who.c), and no list, search, picker, sheet or file has it. A query that pages says so
 * itself, by the view guardian_kept; what is read for a page anyway goes through guardian_shown().
 * Counts that name nobody stay whole, and what a list leaves out its form leaves as it was: who is not
 * on an attendance sheet was not absent. What only names the child, a letter to somebody else or the
 * file of a roster, is known by its words (guardian_named()).
 *
 * Staff rights do not hold over the confidential pages of one's own child (right_over_person()). By
 * name it stands where its class does: that somebody's child is in 3B tells them nothing.
 */
#include "core/right.h"
#include "web/req.h"

#define GUARDIAN_ANYTHING "*" /* in may_consent: every purpose */

struct guardian {
	int64_t org, child, person;
	int64_t position;           /* 1: called first */
	struct str since, until;    /* civil days; until empty: open, else before that day */
	const struct val *purposes; /* list of texts: what they may consent to */
	bool no_contact;
	struct str why; /* of "no contact" */
	int64_t by, now;
};
/* The id; 0 where the two are the same person or it stands already. */
int64_t guardian_enter(struct db *, struct arena *, const struct guardian *);
/* All but who and since. False: changed since `rev`. */
bool guardian_change(struct db *, struct arena *, int64_t id, int64_t rev, const struct guardian *);

/* As if it had never been entered; false: changed or used since. */
bool guardian_take_back(struct db *, struct arena *, int64_t org, int64_t id);

/* { id, child, person, name, lang, position, may_consent, no_contact, no_contact_why, since, until,
 * confirmed_at, confirmed_by_name, rev } in the order of calling, ended ones last. */
struct val *guardians_of(struct db *, struct arena *, int64_t org, int64_t child, struct str day);
/* The same of one, or the null value. */
struct val *guardian_row(struct db *, struct arena *, int64_t org, int64_t child, int64_t id);
/* May what this JSON list says be consented to? Pure. */
bool guardian_may(struct str may_consent, struct str purpose);

/* Their own child, in touch or not. */
bool guardian_is_own(struct db *, struct arena *, int64_t org, int64_t child, int64_t person,
		     struct str day);
/* A "no contact" holds between the two on a day. */
bool guardian_apart(struct db *, struct arena *, int64_t org, int64_t child, int64_t person,
		    struct str day);
/* right_over(), and the person is not one's own child on that day, in touch or not. */
bool right_over_person(struct db *, struct arena *, struct rights mine, int right, int64_t org,
		       int64_t me, int64_t whose, struct str day);

/* Whom a court keeps today from the reader of this request: { child, name }, by every account. */
struct val *guardian_kept(struct req *);
/* The reader's own children today, in touch or not: { child }, by every account. */
struct val *guardian_own(struct req *);
/* One of guardian_kept()'s or guardian_own()'s. */
bool guardian_keeps(const struct val *kept, int64_t person);
/* The rows without those whose person, `name` of a row, is kept from the reader. */
struct val *guardian_shown(struct req *, struct val *rows, const char *name);
/* A text has every word of the name of one of them. Pure. */
bool guardian_named(struct arena *, const struct val *kept, struct str text);
