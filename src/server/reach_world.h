#pragma once
/*
 * The world of reach_test.c: every text and every day that is kept of a person has a mark of its
 * column and its row. A table is a person's if core or a feature says so of one of its columns
 * (core/personal.h), or if it hangs on such a table.
 *
 * A text becomes "zqx017r23z": column 17, row 23. A day's year is one of three of its column, and
 * with month and day it is the row's; the day before it, which pages show of an end, is so too.
 */
#include "base/str.h"

struct world;

enum { REACH_COLUMNS = 1000 };

struct reach_column {
	struct str table, name, points; /* at which table; empty: it is no pointer */
	bool marked;
	int year; /* of a day; 0: a text */
};
struct reach_columns {
	struct reach_column column[REACH_COLUMNS];
	int count;
};
extern struct reach_columns reach;

void reach_read(struct world *); /* the columns there are */
void reach_rows(struct world *); /* rows that no example makes */
/* The person of one role has another instead. */
void reach_role(struct world *, const char *of, const char *role);
/* `of_keys`: what links are found by, which is marked when links have been tried. */
void reach_mark(struct world *, bool of_keys);
/* The teacher leads every group, the learner is in every class and asked to every activity, the
 * guardian has every other child, which is asked to every other activity. */
void reach_near(struct world *);
struct str reach_name(const struct reach_column *); /* "contact.value" */
/* The row of a day as an answer shows it ("2101-03-04", without more before it); -1: none. */
int64_t reach_day_row(const struct reach_column *, struct str day);

enum whose { OTHERS, OWN, CHILDS };
/* Whose row it is for a reader; for one of another organisation (else 0) what that one made or
 * whom it knew before, is its own. */
enum whose reach_whose(struct world *, struct str table, int64_t row, int64_t who, int64_t org);
