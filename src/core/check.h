#pragma once
/*
 * Checks of adults who work with young people: of which kind (terms of the scheme "adult_check"),
 * who saw the paper, until when it holds. The paper itself is never kept. A check ends by itself
 * after its last day, or is taken back before.
 */
#include "base/str.h"

struct arena;
struct db;
struct val;

#define CHECK_SCHEME "adult_check"

struct adult_check {
	int64_t org, person;
	int64_t kind; /* term */
	int64_t by;   /* who saw it; never the person themself */
	struct str valid_until;
	int64_t now;
};
/* The id; 0 where somebody would verify themself or the kind is no term of the organisation's. */
int64_t check_add(struct db *, struct arena *, const struct adult_check *);
bool check_end(struct db *, struct arena *, int64_t org, int64_t person, int64_t id, int64_t now);
/* One that holds on a day: its id, 0 if none. */
int64_t check_holds(struct db *, struct arena *, int64_t org, int64_t person, struct str day);
/* { id, kind, verified_by_name, verified_at, valid_until, ended_at, holds }, newest first. */
struct val *checks_of(struct db *, struct arena *, int64_t org, int64_t person, struct str day);
/* People whose last check of a kind ends before a day and who are still known here, soonest first:
 * { person, name, kind, valid_until }. */
struct val *checks_ending(struct db *, struct arena *, int64_t org, struct str before, int64_t now);
