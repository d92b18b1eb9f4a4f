#pragma once
/*
 * The ledger of practice and its five readers. What people did together is entered once
 * (core/activity.h, core/participation.h); coverage, contact history, CPD, evidence and figures are
 * read from it. No reader keeps numbers of its own, so a correction, a withdrawal or a merge of two
 * accounts is seen by all of them at once.
 *
 * Every answer states its ground. A reader sees a row by name only if
 *  - the row is the asking organisation's, or the person granted it (consent.h), or asks themself;
 *  - the reader's ground for that role (ledger_grounds) or the row's own, whichever is stricter, holds;
 *    duty < agreement < consent. Consent holds while the row's consent is in force *now*.
 * A row that may not be read by name still counts as one head in figures, which name nobody.
 *
 * Facts are read as they stood at `as_of`, grounds as they stand now.
 */
#include "db/db.h"

enum ledger_reader {
	READ_COVERAGE, /* which learners of a group were reached, and who was not yet */
	READ_CONTACT,  /* what an organisation did with somebody who gives it their time */
	READ_CPD,      /* a practitioner's hours, before a body or for themself */
	READ_EVIDENCE, /* which standard items a person exercised */
	READ_FIGURE,   /* numbers of an organisation; nobody is named */
	LEDGER_READERS
};

/* What somebody does in a role. A minor gives only through the school that entered the guardian. */
enum ledger_part { PART_NONE, PART_LEARNS, PART_GIVES, PART_WORKS };
struct ledger_role {
	const char *name;
	enum ledger_part part;
};
extern const struct ledger_role ledger_roles[]; /* ends with a NULL name */
enum ledger_part ledger_part(struct str role);

enum ledger_ground { GROUND_NONE, GROUND_DUTY, GROUND_AGREEMENT, GROUND_CONSENT, GROUND_OWN };
const char *ledger_ground_name(enum ledger_ground);

struct ledger_question {
	enum ledger_reader reader;
	int64_t org;	/* who asks; 0 with `me`: the person themself */
	int64_t me;	/* the person who asks about themself, else 0 */
	int64_t person; /* whom contact, CPD and evidence are about */
	int64_t group;	/* coverage: of whom, on `day` */
	struct str day;
	int64_t item;	  /* only what exercised this item; 0: all */
	int64_t from, to; /* starts_at in [from, to) */
	int64_t as_of;	  /* facts as they stood; 0: now */
	int64_t now;
	int64_t fewest; /* figures below it are suppressed; 0: 5; 1 shows all */
};

/*
 * Answers, all with {ground, why}; `why` is a msgid, set when nothing may be read.
 *  coverage {people, seen, absent, not_yet: [{person, name}], heads, encounters, beside}
 *     heads: counted without names; encounters: a series is one; beside: own claims from elsewhere
 *  contact  {times, minutes, last_at, in_person, technology, written}
 *  cpd      {minutes, attested, claimed, entries, changed}: changed rows no longer stand as at as_of
 *  evidence {items: [{item, version, times, attested, minutes, last_at}]}
 *  figure   {held, cancelled, series, reached, gave, heads, minutes, suppressed}
 */
struct val *ledger_read(struct db *, struct arena *, const struct ledger_question *);

/* Pure (ledger_rules.c): reading row by row, so that a year of a large school needs no list of it.
 * Rows come ordered by activity, person, role. */
struct ledger_sum;
struct ledger_sum *ledger_sum(struct arena *, const struct ledger_question *);
void ledger_add(struct ledger_sum *, const struct val *row);
struct val *ledger_answer(struct ledger_sum *, const struct val *members);
