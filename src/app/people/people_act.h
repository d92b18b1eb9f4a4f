#pragma once
/*
 * The steps of a batch: what each writes, and how it is taken back. One table of rows, one for each
 * `action` of a plan (people_plan_rules.h).
 *
 * Taking back restores only what nobody changed since; else it says why (a msgid), and the row is
 * told and not overwritten. Nobody is deleted: whom a batch added goes off the list again.
 */
#include "db/db.h"

struct act {
	struct db *db;
	struct arena *arena;
	int64_t org, by, now;
	struct str scheme, request_id;
	const struct val *step; /* of the plan */
	int64_t person;         /* of the plan's row; 0 until person_add made them */
	int64_t group;          /* whom it concerns; set by the action */
	/* What the journal keeps: */
	int64_t object;
	struct val *data, *before;
	/* NULL-safe look-up of groups that this batch made: their `ref` -> id. */
	int64_t (*group_made)(void *context, struct str ref);
	void *context;
};

struct act_row {
	const char *name;
	const char *(*apply)(struct act *); /* NULL: done; else a msgid: skipped, because */
	/* `object`, `data`, `before`, `person` and `group` are the journal's. NULL: undone. */
	const char *(*undo)(struct act *);
};
extern const struct act_row act_table[];          /* ends with a NULL name */
const struct act_row *act_named(struct str name); /* NULL: a newer program's */
