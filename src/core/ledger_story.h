#pragma once
/*
 * For the tests of the ledger: a school, an agency and two professional bodies, in which people do
 * things together, and the five readers' answers as sentences, so that a situation reads as a story
 * and its expected answers stand beside it.
 */
#include "core/activity.h"
#include "core/consent.h"
#include "core/group.h"
#include "core/ledger.h"
#include "core/participation.h"
#include "fixture.h"

struct story {
	struct db *db;
	struct arena *a;
	int64_t school, agency, body, other_body;
	int64_t teacher; /* writes down what happened */
	int64_t now;     /* moves on by a minute with everything that is written down */
};
struct story *story_begin(struct db *);

int64_t story_person(struct story *, const char *name);
/* A group of the school with so many members, "<name> 01" and so on; `members` receives their ids.
 */
int64_t story_class(struct story *, const char *name, int count, int64_t *members);

/* `when` is wall time in Toronto. */
int64_t story_activity(struct story *, int64_t org, const char *kind, const char *status,
		       const char *when, int64_t minutes, const char *mode);
int64_t story_held(struct story *, int64_t org, const char *when, int64_t minutes);
/* Attested by the organisation, attended, on the ground of an agreement where they give and of duty
 * where they learn. */
int64_t story_took_part(struct story *, int64_t org, int64_t activity, int64_t person,
			const char *role, int64_t minutes);
struct participation story_row(struct story *, int64_t org, int64_t activity, int64_t person,
			       const char *role, int64_t minutes);
/* The rows exercised an item, at version 1. */
void story_exercised(struct story *, int64_t participation, int64_t item);
void story_grant(struct story *, int64_t person, int64_t to, const char *purpose);

/* The answers. */
struct str story_coverage(struct story *, int64_t group);
struct str story_contact(struct story *, int64_t org, int64_t person);
struct str story_cpd(struct story *, int64_t org, int64_t person); /* org 0: they ask themself */
struct str story_evidence(struct story *, int64_t org, int64_t person);
struct str story_figure(struct story *, int64_t org);
struct str story_ask(struct story *, struct ledger_question); /* org, from, to, now are filled in */
