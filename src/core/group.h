#pragma once
/*
 * Groups of people with dates: a class, a cohort, a team, a family. Membership runs from `since`
 * until before `until` (civil dates), so "who was in 3B on that day" always has an answer.
 * Guardians and the date until which somebody is a minor are entered by the organisation; there are
 * no birth dates.
 */
#include "db/db.h"

int64_t group_add(struct db *, struct arena *, int64_t org, const char *kind, struct str name,
		  struct str since);
/* 0 if the person is a member now. */
int64_t group_join(struct db *, struct arena *, int64_t org, int64_t group, int64_t person,
		   struct str since);
bool group_leave(struct db *, struct arena *, int64_t org, int64_t group, int64_t person,
		 struct str until);
/* Members on a day, in the order of a list: {person, name, sort_name}; merged accounts once. */
struct val *group_members(struct db *, struct arena *, int64_t org, int64_t group, struct str day);

/* { id, kind, name, since, until, year, year_name, source, rev } or the null value. */
struct val *group_by_id(struct db *, struct arena *, int64_t org, int64_t group);
/* `group` is { id, rev, kind, name, year (0: none), since }. False: changed since `rev`. */
bool group_change(struct db *, struct arena *, int64_t org, const struct val *group);
/* Ends the group, and with it every membership and responsibility that is open; before `until`.
 * False: it has ended already, or begins later. */
bool group_end(struct db *, struct arena *, int64_t org, int64_t group, struct str until);

/* School years, which may be of any length: { id, name, since, until, rev, group_count }, newest
 * first. 0: one begins on that day already. */
struct val *years_list(struct db *, struct arena *, int64_t org);
struct val *year_by_id(struct db *, struct arena *, int64_t org, int64_t year); /* or null */
struct val *year_among(const struct val *years, int64_t year); /* one of years_list()'s, or null */
int64_t year_add(struct db *, struct arena *, int64_t org, struct str name, struct str since,
		 struct str until);
enum year_answer { YEAR_DONE, YEAR_STALE, YEAR_TWICE };
enum year_answer year_change(struct db *, struct arena *, int64_t org, const struct val *year);

/* Who is responsible for a group, as group_join() and group_leave(); by the row's id. */
int64_t group_staff_add(struct db *, struct arena *, int64_t org, int64_t group, int64_t person,
			struct str since);
bool group_staff_end(struct db *, struct arena *, int64_t org, int64_t staff, struct str until);
/* Is the person responsible for the group on a day? Whichever of their accounts. */
bool group_staff_is(struct db *, struct arena *, int64_t org, int64_t group, int64_t person,
		    struct str day);

int64_t guardian_add(struct db *, struct arena *, int64_t org, int64_t child, int64_t person,
		     struct str since);
/* Is `person` the guardian of `child` on a day, as this organisation entered it? */
bool guardian_is(struct db *, struct arena *, int64_t org, int64_t child, int64_t person,
		 struct str day);
void minor_until(struct db *, struct arena *, int64_t org, int64_t person, struct str until);
bool minor_is(struct db *, struct arena *, int64_t org, int64_t person, struct str day);
/* In any organisation: what only adults may do is not done by going to the next one. */
bool minor_anywhere(struct db *, struct arena *, int64_t person, struct str day);
