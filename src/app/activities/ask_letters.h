#pragma once
/*
 * Letters about an asking: each goes to the person, of a minor to the guardians, in the receiver's
 * own language, with a link that answers without an account (core/link.h, purpose "activity.ask") and
 * the date as a file for their calendar. Each is written once: its key holds what it tells of.
 *
 * Whoever wants no more invitations (RFC 8058) gets none and no reminders; what they said yes to is
 * still confirmed, and its change or cancellation told.
 */
#include "core/event.h"
#include "core/job.h"
#include "core/letter.h"
#include "web/req.h"

enum ask_letter {
	LETTER_INVITATION,
	LETTER_REMINDER,
	LETTER_OFFER,
	LETTER_CONFIRMATION,
	LETTER_MOVED,
	LETTER_CANCELLED,
	LETTER_NOTICE, /* printed, never sent */
	LETTER_CALL,   /* read out, never sent */
	ASK_LETTERS
};
extern const struct letter_kind *const ask_letters[]; /* ends with NULL */

/* What is printed on the notice that a child takes home: with a code instead of a link. */
extern const struct letter_kind ask_notice_kind;
/* What is read out on the telephone: without a link, since the answer is taken down at once. */
extern const struct letter_kind ask_call_kind;
/* The values that the texts of all of them have blanks for, but link and code. `ask` is ask_row(). */
struct val *ask_values(struct db *, struct arena *, const struct val *org, const struct val *ask,
		       int64_t now);

#define ASK_LINK "activity.ask"

/* What a page would know, for what is written without one. */
struct req ask_as_page(struct db *, struct arena *, const struct val *org, struct str lang,
		       int64_t now);
/* Inside a write transaction. `org` is core/org.h's model. The number of letters. */
int ask_write(struct db *, struct arena *, const struct val *org, int64_t ask, enum ask_letter,
	      int64_t now);
/* To each {id} of a list, as ask_say() and ask_settle() give them: they have an offer. */
void ask_write_offers(struct db *, struct arena *, const struct val *org, const struct val *offered,
		      int64_t now);
/* A link for the person themself, for a page that sends them on; lives as long as the others. */
struct str ask_link(struct db *, struct arena *, const struct val *ask, int64_t person, int64_t org,
		    struct str address, int64_t now);

/* Work on many, a few in each transaction, so that nobody else waits: asks the members of a group,
 * reminds who has not answered, tells those concerned. `input` is { activity, group, role, by, what,
 * after }. The first few are done at once, inside the caller's transaction; a job does the rest. */
enum { ASK_STEP = 25 };
int64_t ask_many(struct db *, struct arena *, const struct val *org, const struct val *input,
		 int64_t owner, int64_t now);
/* After the plan was written: seats may be free now. */
void ask_replanned(struct req *, int64_t activity);
/* Who is asked is told, once, that the plan was moved or cancelled; "activities.changed" and
 * "activities.cancelled". */
extern const struct reaction ask_reactions[];
enum job_end ask_many_job(struct job *, struct val *result);
enum job_end ask_offers_job(struct job *, struct val *result);
#define ASK_JOB_MANY "activities.letters"
