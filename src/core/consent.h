#pragma once
/*
 * Consent: a yes or a no by a person, or by a guardian for a minor, to a purpose, in words that are
 * kept with their revision. It can be taken on paper or by telephone; then the row says who wrote
 * it down. It is withdrawn, never deleted, and readers look at it when they read: a withdrawal
 * works at once. Of each giver the latest answer counts, and one no wins over every yes; a no has
 * no end.
 *
 * For a learner whose age band is known (core/band.h) a guardian answers until the day on which the
 * learner decides the purpose alone; from then on only the learner does, and what guardians had said
 * counts no longer, yes or no. What was recorded under it before stays until the learner takes it
 * back. What a guardian said before a court's "no contact" was entered counts no longer from that
 * moment, yes or no, and what rests on it is read as withdrawn; it stays so when the bar ends, and
 * counts again where the bar is taken back as a mistake.
 *
 * Access grant: leave for an organisation to read the person's rows kept by another one, or their
 * own claims, for one purpose. Both can be read and taken back by the person.
 */
#include "db/db.h"

/* What the program comes with; an organisation words it anew and adds its own (core/purpose.h). */
struct consent_purpose {
	const char *code;  /* "contact" */
	const char *label; /* msgid */
	const char *words; /* msgid: what they say yes or no to */
	int64_t version;   /* of the two; raised when one of them says something else */
};
#define CONSENT_GIVE_TIME "give_time" /* without it a minor gives nobody their time */
extern const struct consent_purpose consent_purposes[]; /* ends with a NULL code */

struct consent {
	int64_t org, person;
	const char *purpose;
	int64_t activity;  /* 0: everything the purpose covers */
	bool no;           /* they said no */
	const char *words; /* code of the text that was shown */
	int64_t words_rev;
	struct str lang; /* in which it was shown or read out; empty: not known */
	int64_t given_by;
	const char *given_how; /* "page", "paper", "telephone", "in_person" */
	int64_t taken_by;      /* who wrote it down; 0 where the person did */
	int64_t ends_at;       /* 0: open */
	int64_t now;
	struct str today; /* civil date in the organisation's zone */
};
/* Returns the id; 0 if given_by may not: neither the person (who is no minor, or decides this alone)
 * nor a guardian who may consent to this purpose (and the learner does not decide it alone). */
int64_t consent_give(struct db *, struct arena *, const struct consent *);
/* By the person or a guardian. False if it is not theirs or not in force. */
bool consent_withdraw(struct db *, struct arena *, int64_t id, int64_t by, struct str today,
		      int64_t now);
/* The consent in force for a purpose, of this activity or of everything: its id, 0 if none. */
int64_t consent_in_force(struct db *, struct arena *, int64_t org, int64_t person,
			 const char *purpose, int64_t activity, int64_t now);
/* What was answered for this person, newest first, withdrawn ones too. */
struct val *consent_list(struct db *, struct arena *, int64_t person);
/* The same for one organisation, of all that a purpose covers: { id, purpose, answer, given_by,
 * given_by_name, given_how, taken_by_name, lang, given_at, ends_at, withdrawn_at, barred_at,
 * outgrown_at }, newest first. */
struct val *consents_of(struct db *, struct arena *, int64_t org, int64_t person);
/* What was done under it and cannot be called back: the disclosures that rest on it. */
struct val *consent_left(struct db *, struct arena *, int64_t person, int64_t id);

struct access_grant {
	int64_t person, org;
	int64_t from_org; /* 0: any organisation's ledger, and the person's own claims */
	const char *purpose;
	int64_t activity; /* what they did in this one; 0: all */
	int64_t ends_at, now;
};
int64_t access_grant_give(struct db *, struct arena *, const struct access_grant *);
bool access_grant_revoke(struct db *, struct arena *, int64_t person, int64_t id, int64_t now);
/* { id, org, name, name_lang, from_org, from_name, from_lang, purpose, activity, given_at, ends_at,
 * revoked_at }, newest first; names in `lang` where the organisation has one. */
struct val *access_grant_list(struct db *, struct arena *, int64_t person, struct str lang);
/* The organisations that know the person: { id, name, name_lang }. */
struct val *access_grant_orgs(struct db *, struct arena *, int64_t person, struct str lang,
			      int64_t now);
/* Of activities (a list of ids as text) those in ledgers of others that `org` reads by a grant of
 * the person: { from_org, access_grant }. */
struct val *access_grant_released(struct db *, struct arena *, const struct access_grant *,
				  struct str activities);
