#pragma once
/*
 * The ledger of practice and its five readers. What people did together is entered once
 * (core/activity.h, core/participation.h); coverage, contact history, CPD, evidence and figures are
 * read from it. No reader keeps numbers of its own, so a correction, a withdrawal or a merge of two
 * accounts is seen by all of them at once.
 *
 * Every answer states its ground: duty < agreement < consent. A row is read by name only if
 *  - it is the asking organisation's own, or the person granted it (consent.h), or asks themself;
 *  - the reader's ground for the role (ledger_rule) and the ground on which the row was recorded
 *    both hold.
 * Consent holds while its row is in force *now*, whatever the question's as_of. What may
 * not be read by name is counted in `withheld`, and in figures as one head: they name nobody.
 *
 * The row of an organisation outweighs the person's own claim of the same hour, and two accounts of
 * one person are one person. Facts are read as they stood at `as_of`, grounds as they stand now.
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
extern const char *const ledger_readers[LEDGER_READERS]; /* their names: the purposes of grants */

enum ledger_part { PART_NONE, PART_LEARNS, PART_GIVES, PART_WORKS, LEDGER_PARTS };
struct ledger_role {
	const char *name; /* "learner", "book", "facilitator", … */
	enum ledger_part part;
};
extern const struct ledger_role ledger_roles[]; /* ends with a NULL name */
enum ledger_part ledger_part(struct str role);

enum ledger_ground {
	GROUND_NONE, /* this reader does not read such a role */
	GROUND_DUTY,
	GROUND_AGREEMENT,
	GROUND_CONSENT,
	GROUND_OWN, /* the person asks about themself */
	LEDGER_GROUNDS
};
extern const char *const ledger_grounds[LEDGER_GROUNDS];
enum ledger_ground ledger_rule(enum ledger_reader, enum ledger_part);

struct ledger_question {
	enum ledger_reader reader;
	int64_t org;    /* who asks; 0 with `me`: the person themself */
	int64_t me;     /* the person who asks about themself, else 0 */
	int64_t person; /* whom contact, CPD and evidence are about */
	int64_t group;  /* coverage: of whom, on `day` */
	struct str day;
	int64_t item;     /* only what exercised this item; 0: all */
	int64_t from, to; /* starts_at in [from, to); to 0: no end */
	int64_t as_of;    /* facts as they stood; 0: now */
	int64_t now;
	bool list;      /* also what the sums are made of: `hours` */
	int64_t fewest; /* figures below it are suppressed; 0: 5; 1 shows all */
};

/*
 * Answers, all with {ground, grounds: {duty, agreement, consent, own}, withheld}: the reader's
 * rule, how many rows were read on which ground, and how many were not. coverage {people, seen,
 * not_yet: [{person, name}], heads, encounters, beside} heads: counted without a name, at least so
 * many; then who was not reached is not known and not_yet is empty. encounters: a series is one.
 * beside: own claims laid before the school, and rows nobody attested. Contact and figures count
 * attested rows only contact  {times, cancelled, minutes, last_at, in_person, technology, written}
 *  cpd      {minutes, attested, claimed, entries, changed}: attested and claimed are the minutes
 * that rest on each; changed: rows seen at as_of that no longer stand evidence {items: [{item,
 * version, times, attested, minutes, last_at}]} figure   {held, cancelled, series, reached, heads,
 * gave, minutes, given, suppressed}: minutes of those reached, given: of those who gave. null:
 * fewer than `fewest`
 * With `list` also hours, each {activity, role, item, starts_at, minutes, attested, cancelled}: one
 * person in one role in one activity (and one item of evidence), in the order of activities.
 */
struct val *ledger_read(struct db *, struct arena *, const struct ledger_question *);

/*
 * Pure (ledger_rules.c): row by row, so that a year of a large school needs no list of it. A row is
 * one of the view `ledger` with {granted, agreed, minor, consent_live} added and {item, version}
 * for evidence; rows come ordered by activity, person, role (and item). `members` of coverage:
 * {person, name}.
 */
struct ledger_sum;
struct ledger_sum *ledger_sum(struct arena *, const struct ledger_question *);
void ledger_add(struct ledger_sum *, const struct val *row);
struct val *ledger_answer(struct ledger_sum *, const struct val *members);

/* Pure: does this row alone say that coverage has reached its person (people counted without a name
 * are ledger_counted())? Whoever one such row is about is `seen`. */
bool ledger_reached(const struct ledger_question *, const struct val *row);
bool ledger_counted(const struct ledger_question *, const struct val *row);

/* The organisation's own rows in [from, to), one by one, for pages that divide what ledger_read()
 * sums up: of figures all, in the order that ledger_add() wants, with {kind, method, starts_wall,
 * people_group}; of coverage those of `people` ({person}) that were there, in no order, with
 * {starts_wall} and with `items` one row for each {item}. */
typedef bool ledger_row(void *context, const struct val *row);
void ledger_each(struct db *, struct arena *, const struct ledger_question *,
		 const struct val *people, bool items, ledger_row *, void *context);
/* Of coverage: groups counted by heads, with {people_group, item}; item null where `items` is false. */
void ledger_each_head(struct db *, struct arena *, const struct ledger_question *, bool items,
		      ledger_row *, void *context);
