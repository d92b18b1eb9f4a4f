#pragma once
/*
 * Two records that are only ever added to.
 *
 * Audit: who did what to what, and when, with the request's id. `verb` is a code ("right.given"),
 * never a sentence, and there is no column for words: what was said stays where it is kept and
 * erased.
 *
 * Disclosure: personal data of `person` was read outside the ordinary work of the organisation that
 * keeps it, or left it: to whom, for which purpose, on which ground. The person can read these
 * rows.
 */
#include "db/db.h"

struct audit {
	int64_t org;             /* 0: the server */
	int64_t made_by;         /* person who did it; 0: the program, or nobody signed in */
	const char *verb;        /* "standing.suspended" */
	const char *object_kind; /* may be NULL */
	int64_t object;
	int64_t person; /* whom it concerns, 0 if nobody: they may read that it happened */
	struct str request_id;
	int64_t at;
};
void audit_add(struct db *, struct arena *, const struct audit *);

struct disclosure {
	int64_t org;             /* whose record was opened */
	int64_t person;          /* whom it is about */
	const char *object_kind; /* what was seen */
	int64_t object;
	int64_t to_person, to_org; /* who saw it; both 0 with a named outside receiver */
	struct str to_outside; /* "the registrar of …": a body or office, not a private person */
	const char *purpose;   /* "cpd", "evidence", …: core/ledger.h */
	const char *ground;    /* "duty", "agreement", "consent" */
	int64_t consent, access_grant; /* the row it rests on, 0 if none */
	bool can_be_called_back;
	struct str request_id;
	int64_t at;
};
int64_t disclosure_add(struct db *, struct arena *, const struct disclosure *);

/* What was recorded about one person, newest first, both kinds together, across organisations: for
 * the person themself only. {at, org, record: "audit"|"disclosure", verb, object_kind, object,
 * made_by, to_person, to_org, to_outside, purpose, ground, id}, and the names of whom they mean, an
 * organisation's in `lang` or its first language. `before` is an instant, 0: the newest. */
struct val *recorded_about(struct db *, struct arena *, int64_t person, struct str lang,
			   int64_t before, int limit);
/* An organisation's audit, for those who hold the right: newest first. Zero is no condition. */
struct audit_find {
	int64_t org;
	int64_t person;       /* who did it, or whom it concerns */
	struct str verb;      /* "role.given" */
	int64_t since, until; /* instants; until itself is not meant */
	int64_t before;       /* an id */
	int64_t reader;       /* what concerns their own child is left out; 0: nobody's */
	int limit;
};
struct val *audit_list(struct db *, struct arena *, const struct audit_find *);

/* What a verb says, for those who read the record: by verb, ends with NULL. */
struct audit_words {
	const char *verb, *words; /* the words are a msgid */
};
extern const struct audit_words audit_table[];
const char *audit_says(struct str verb); /* NULL: it is none of the table */
