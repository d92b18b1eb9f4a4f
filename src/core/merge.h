#pragma once
/*
 * Two accounts of one person are made one: a row says so and person.same_as of the alias leads to the
 * account that is kept. Nothing is rewritten: readers follow same_as, the sign-ins of both lead to the
 * one that is kept, and lists show one. It can be undone for 30 days: then each has again what it had,
 * and what came meanwhile stays with the one that was kept. Making and undoing end every session of
 * both.
 *
 * Refused where something was decided on two people being two: merge_against() says what.
 */
#include "db/db.h"

#define MERGE_UNDO (30 * 86400)

struct merge {
	int64_t org, kept, alias, by, now;
	struct str day; /* today where the organisation is */
};
/* msgids of what stands against it, as a list of texts in the order of the table; empty: nothing. */
struct val *merge_against(struct db *, struct arena *, const struct merge *);
/* The row's id; 0: one of them is an alias or is kept for others already. Asks merge_against()
 * first. */
int64_t merge_make(struct db *, struct arena *, const struct merge *);
/* False: undone before, or 30 days have passed. */
bool merge_undo(struct db *, struct arena *, int64_t org, int64_t id, int64_t by, int64_t now);

/* { id, kept, kept_name, alias, alias_name, made_at, by_name, undo_until, undone_at, open } newest
 * first; one of them, or the null value. */
struct val *merges_list(struct db *, struct arena *, int64_t org, int64_t now);
struct val *merge_row(struct db *, struct arena *, int64_t org, int64_t id, int64_t now);
/* Those of a person's accounts that can still be undone: { org_name, alias_name, made_at, by_name,
 * undo_until }. */
struct val *merges_of_me(struct db *, struct arena *, int64_t person, struct str lang, int64_t now);
