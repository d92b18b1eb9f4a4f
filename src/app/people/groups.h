#pragma once
/*
 * Groups and school years as pages. Who keeps groups sees all of them; whoever else may see groups
 * sees those they are responsible for (group_staff), and that is asked again in every query.
 * Everything is as of a day: today where the organisation is, unless the reader asks for another.
 */
#include "web/req.h"

/* The group of the address, if this reader may see it (groups.c); else the null value. */
struct val *groups_seen(struct req *);
/* For {{>face/select}}: the kinds of groups; the school years, and first none, called `none`. */
struct val *groups_kind_choices(struct req *, struct str chosen, const char *none);
struct val *groups_year_choices(struct req *, const struct val *years, int64_t chosen,
				const char *none);
extern const char *const groups_kinds[]; /* ends with NULL */
/* A person's groups, newest first, for their page. */
struct val *groups_of(struct req *, int64_t person);
/* The last day of what ends before `until`, and back. Empty stays empty. */
struct str groups_last_day(struct arena *, struct str until);
struct str groups_until(struct arena *, struct str last_day);

int groups_index(struct req *), groups_page(struct req *);
/* groups_edit.c */
int groups_new(struct req *), groups_add(struct req *), groups_edit_page(struct req *),
	groups_edit(struct req *), groups_end(struct req *);
int groups_years(struct req *), groups_year_add(struct req *), groups_year_change(struct req *);
/* groups_people.c */
int groups_choose(struct req *), groups_join(struct req *);
int groups_leave_page(struct req *), groups_leave(struct req *), groups_staff_page(struct req *),
	groups_staff_end(struct req *);
