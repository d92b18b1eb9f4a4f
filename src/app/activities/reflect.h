#pragma once
/*
 * The question asked afterwards of whoever was there, in whichever role. It is written with the plan
 * (reflect_plan.c): words in the organisation's languages, and from when it is asked. It waits on /me
 * of who was there and, where an adult was invited by letter, a letter asks it once (reflect_letters.c,
 * link purpose "activity.reflect"). Minors get no letter: theirs would go to a guardian.
 *
 * An answer is its author's (reflect.c). It may be given and changed for so many days as the organisation
 * says (org.reflect_days, as it was when the question was written) from when it is asked or, if that was
 * later, from when it was written down that they were there; it may be deleted at any time. Behind the
 * link of the letter it is never shown, as others may read the mailbox: it is replaced or deleted unseen.
 *
 * Nobody else reads it unless its author says so, which they take back at any time: then whoever is
 * responsible for the activity, and who holds CONFIDENTIAL_READ, never over their own child nor over one
 * whom a court keeps from them (reflect_read.c). Each look is on the author's record. Those who may take
 * attendance see besides how many answered, as reflect_rules.h allows.
 *
 * Whose participation is corrected to absent is asked no more, and what they had answered is theirs
 * alone again; the same when the activity turns out not to have been held.
 */
#include "core/feature.h"
#include "core/job.h"

#define REFLECT_LINK "activity.reflect"
#define REFLECT_JOB  "activities.reflections"

extern const struct feature reflect_feature;

/* ---- in the plan ---- */

/* The choices of the form. */
void reflect_choices(struct req *);
/* in.asked_after of an activity that stands. */
void reflect_stored(struct req *, int64_t activity);
/* Looks at what was typed; an offered question that was chosen becomes in.question. `activity` 0: a
 * new one. */
void reflect_typed(struct req *, int64_t activity);
/* Stores it, the text in the form's language excepted. True: something changed. */
bool reflect_put(struct req *, int64_t activity);

/* ---- letters ---- */

/* After attendance was taken, or the plan of what was held has changed: sees to it that those who were
 * there are written to when it is time. Inside the caller's transaction. */
void reflect_soon(struct db *, struct arena *, int64_t org, int64_t activity, int64_t now);
extern const struct letter_kind *const reflect_letters[]; /* ends with NULL */
enum job_end reflect_job(struct job *, struct val *result);

/* ---- answers ---- */

/* The reader is asked about this activity, or has answered. */
bool reflect_is_mine(struct req *, int64_t activity);
/* { activity, answered } of those among `rows` (by their name `activity`) of which the reader
 * has an answer, or may give one. */
struct val *reflect_of(struct req *, const struct val *rows);

int reflect_shared(struct req *); /* reflect_read.c */

void reflect_demo_fill(struct db *, struct arena *, struct err *, int64_t now);
