#pragma once
/*
 * Asking for consents and answering them. An organisation asks for a purpose for the learners of a
 * group, until a day; who has to answer follows from guardians and age bands on the day it is read:
 * a guardian in touch who may consent to it, or the learner who decides it alone. A guardian kept
 * away by a court is never asked and never sees the child's name.
 *
 * One sheet holds all that is asked of one person in one organisation, and what they have answered
 * there: the page behind the link of a letter and /me/consents show the same one. An answer that
 * stands is changed or taken back on it.
 */
#include "web/req.h"

#define CONSENT_LINK "consent.answer" /* purpose of the link (core/link.h); owner: who answers */

/* Sets out.learners: { learner, name, self, rows: [{ purpose, label, words, asked_by, asked_at,
 * answer_by, yes, no, given_at, choices }] } and out.sheet_open: how many have no answer. `people`
 * are the accounts of who answers (person_accounts()), `today` the day where the organisation is. */
void consent_sheet(struct req *, struct str people, struct str today);
/* Stores the columns `learner`, `purpose` and `answer` ("yes", "no", "back", or empty: left alone) of
 * the form. False, and nothing is stored: one of them is not theirs to answer. */
bool consent_sheet_take(struct req *, struct str people, struct str today);
/* { base, org_name }: where else this person is asked, or has answered. */
struct val *consent_sheet_elsewhere(struct req *, struct str people);

struct consent_ask {
	int64_t org, group, by, now;
	struct str purpose, answer_by;
};
void consent_ask(struct db *, struct arena *, const struct consent_ask *); /* again: anew */
struct val *consent_asks(struct db *, struct arena *, int64_t org, int64_t group);
/* { giver, name, lang, answer_by, asked_at } of who has not answered all, by id, after `after`. */
struct val *consent_receivers(struct db *, struct arena *, int64_t org, int64_t group,
			      struct str today, int64_t after, int64_t most, int64_t now);
/* Answers that stand for the members of a group on that day, newest first: { learner, purpose,
 * answer, given_by, given_by_name, given_how, given_at, version }. */
struct val *consent_answers(struct db *, struct arena *, int64_t org, int64_t group,
			    struct str today, int64_t now);
/* { learner }: of whom nothing confidential may come to this person here. */
struct val *consent_hidden(struct db *, struct arena *, int64_t org, int64_t reader,
			   struct str today);
