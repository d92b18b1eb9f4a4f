#include "core/group.h"

#include "base/arena.h"
#include "core/args.h"
#include "queries.h"

int64_t group_add(struct db *db, struct arena *a, int64_t org, const char *kind, struct str name,
		  struct str since)
{
	return db_id(db, &q_group_add, ARGS(a, ARG(org), ARG(kind), ARG(name), ARG(since)));
}

int64_t group_join(struct db *db, struct arena *a, int64_t org, int64_t group, int64_t person,
		   struct str since)
{
	return db_id(db, &q_group_join,
		     ARGS(a, ARG(org), ARG_AS("people_group", group), ARG(person), ARG(since)));
}

bool group_leave(struct db *db, struct arena *a, int64_t org, int64_t group, int64_t person,
		 struct str until)
{
	return db_exec(db, &q_group_leave,
		       ARGS(a, ARG(org), ARG_AS("people_group", group), ARG(person), ARG(until))) ==
	       1;
}

struct val *group_members(struct db *db, struct arena *a, int64_t org, int64_t group,
			  struct str day)
{
	return db_rows(db, &q_group_members,
		       ARGS(a, ARG(org), ARG_AS("people_group", group), ARG(day)));
}

int64_t guardian_add(struct db *db, struct arena *a, int64_t org, int64_t child, int64_t person,
		     struct str since)
{
	return db_id(db, &q_group_guardian_add,
		     ARGS(a, ARG(org), ARG(child), ARG(person), ARG(since)));
}

bool guardian_is(struct db *db, struct arena *a, int64_t org, int64_t child, int64_t person,
		 struct str day)
{
	return db_id(db, &q_group_guardian_is,
		     ARGS(a, ARG(org), ARG(child), ARG(person), ARG(day))) != 0;
}

void minor_until(struct db *db, struct arena *a, int64_t org, int64_t person, struct str until)
{
	db_exec(db, &q_group_minor_until, ARGS(a, ARG(org), ARG(person), ARG(until)));
}

bool minor_is(struct db *db, struct arena *a, int64_t org, int64_t person, struct str day)
{
	return val_i(db_row(db, &q_group_minor_here, ARGS(a, ARG(org), ARG(person), ARG(day))),
		     "minor");
}

bool minor_anywhere(struct db *db, struct arena *a, int64_t person, struct str day)
{
	return val_i(db_row(db, &q_group_minor_anywhere, ARGS(a, ARG(person), ARG(day))), "count") >
	       0;
}
