#pragma once
/*
 * The directory: people by name, role, group, school year and state, and the same as a CSV that goes
 * out and comes back in unchanged as a roster (roster_rules.h). The file has the columns that its
 * reader may see and no others: contacts for who manages people, until when somebody is a minor for who
 * enters guardians, the school's own numbers for who imports rosters. Everybody in it can read that they
 * were taken along, and by whom. Whom a court keeps from the reader is in neither.
 */
#include "db/db.h"

struct req;

/* People as the fields of the request ask for, at most `most` behind the last of the page before. Each
 * has `roles`, the numbers of those they hold here: "7 12". */
struct val *directory_find(struct req *, int most);
struct db_question directory_question(struct req *, int most); /* the same, not asked yet */
bool directory_is_narrowed(struct req *);                      /* by more than words */
/* Of all pages, of a list that is narrowed. */
int64_t directory_count(struct req *, const struct db_question *);
/* The form's choices; `all` the roles as roles_list() gives them, labelled; `open` the groups of
 * q_people_open_groups. */
void directory_choices(struct req *, const struct val *all, const struct val *open,
		       const struct val *years);
/* "Guide, Learner": the labels of `held` ("7 12") among roles_list()'s, in its order. */
struct str directory_held(struct arena *, const struct val *roles, struct str held,
			  const char *between);
/* "one, two": `name` of the rows of one person, of rows that come by person; with `kind`, of those of that kind. */
struct str directory_values(struct arena *, const struct val *rows, int64_t person,
			    const char *name, const char *kind, const char *between);
int directory_export(struct req *); /* POST /people/export */
