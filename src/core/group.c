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

struct val *group_by_id(struct db *db, struct arena *a, int64_t org, int64_t group)
{
	return db_row(db, &q_group_by_id, ARGS(a, ARG(org), ARG_AS("people_group", group)));
}

bool group_change(struct db *db, struct arena *a, int64_t org, const struct val *group)
{
	return db_id(db, &q_group_change,
		     ARGS(a, ARG(org), ARG_AS("people_group", val_i(group, "id")),
			  ARG_AS("rev", val_i(group, "rev")), ARG_AS("kind", val_s(group, "kind")),
			  ARG_AS("name", val_s(group, "name")),
			  ARG_AS("since", val_s(group, "since")),
			  ARG_NULL("year", val_i(group, "year")))) != 0;
}

bool group_end(struct db *db, struct arena *a, int64_t org, int64_t group, struct str until)
{
	struct val *args = ARGS(a, ARG(org), ARG_AS("people_group", group), ARG(until));
	if (!db_id(db, &q_group_finish, args))
		return false;
	db_exec(db, &q_group_leave_all, args);
	db_exec(db, &q_group_staff_end_all, args);
	return true;
}

struct val *years_list(struct db *db, struct arena *a, int64_t org)
{
	return db_rows(db, &q_group_years, ARGS(a, ARG(org)));
}

struct val *year_among(const struct val *years, int64_t year)
{
	for (size_t i = 0; i < val_count(years); i++)
		if (val_i(val_at(years, i), "id") == year)
			return val_at(years, i);
	return val_null();
}

struct val *year_by_id(struct db *db, struct arena *a, int64_t org, int64_t year)
{
	return year_among(years_list(db, a, org), year);
}

int64_t year_add(struct db *db, struct arena *a, int64_t org, struct str name, struct str since,
		 struct str until)
{
	return db_id(db, &q_group_year_add, ARGS(a, ARG(org), ARG(name), ARG(since), ARG(until)));
}

enum year_answer year_change(struct db *db, struct arena *a, int64_t org, const struct val *year)
{
	struct val *args =
		ARGS(a, ARG(org), ARG_AS("id", val_i(year, "id")),
		     ARG_AS("rev", val_i(year, "rev")), ARG_AS("name", val_s(year, "name")),
		     ARG_AS("since", val_s(year, "since")), ARG_AS("until", val_s(year, "until")));
	if (val_i(db_row(db, &q_group_year_twice, args), "n"))
		return YEAR_TWICE;
	return db_id(db, &q_group_year_change, args) ? YEAR_DONE : YEAR_STALE;
}

int64_t group_staff_add(struct db *db, struct arena *a, int64_t org, int64_t group, int64_t person,
			struct str since)
{
	return db_id(db, &q_group_staff_add,
		     ARGS(a, ARG(org), ARG_AS("people_group", group), ARG(person), ARG(since)));
}

bool group_staff_end(struct db *db, struct arena *a, int64_t org, int64_t staff, struct str until)
{
	return db_exec(db, &q_group_staff_end, ARGS(a, ARG(org), ARG(staff), ARG(until))) == 1;
}

bool group_staff_is(struct db *db, struct arena *a, int64_t org, int64_t group, int64_t person,
		    struct str day)
{
	return db_id(db, &q_group_staff_is,
		     ARGS(a, ARG(org), ARG_AS("people_group", group), ARG(person), ARG(day))) != 0;
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
