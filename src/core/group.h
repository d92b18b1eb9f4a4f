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

int64_t guardian_add(struct db *, struct arena *, int64_t org, int64_t child, int64_t person,
		     struct str since);
/* Is `person` the guardian of `child` on a day, as this organisation entered it? */
bool guardian_is(struct db *, struct arena *, int64_t org, int64_t child, int64_t person,
		 struct str day);
void minor_until(struct db *, struct arena *, int64_t org, int64_t person, struct str until);
bool minor_is(struct db *, struct arena *, int64_t org, int64_t person, struct str day);
/* In any organisation: what only adults may do is not done by going to the next one. */
bool minor_anywhere(struct db *, struct arena *, int64_t person, struct str day);
