#pragma once
/*
 * What numbers may be shown together, as pure functions: no small group can be read off a page of
 * figures, nor worked out from it by adding and subtracting.
 *
 * Cells ("visits", "in March", "3B") are sums over atoms, and tables are cells that divide the total
 * by one thing; somebody may be in two cells of a table (groups overlap). There are two ways to see
 * the atoms, and both must hold: minutes and times add up over what was done by the same people on
 * the same occasions; numbers of people add up over people who were in exactly the same cells.
 * Withheld are
 *  1. cells with fewer people than the organisation's threshold, but for none at all;
 *  2. the smaller of two cells of which one lies in the other and the rest is too few;
 *  3. of every way to compute one of the first from cells that are shown, the smallest cell of it: a
 *     cell can be computed if it is a sum of multiples of shown ones (linear algebra modulo a prime,
 *     which finds every way there is over the fractions too);
 *  4. so much of every table that what it withholds are not too few together either.
 * Minutes go with the people whose they are. That nobody is in a cell is not withheld, and atoms
 * without people are taken as known.
 *
 * Two pages cannot be subtracted either. There is no choice of days: figures are of one of the
 * organisation's school years, and of those only ones that do not overlap (read_apart()); there is
 * no filter besides. A year that is not over grows, so until its end every number is cut to full
 * steps of the threshold (read_cut()): from one day to the next it stands still or goes on by a
 * whole step. What is left: a correction of a year that is over shows as the difference it makes,
 * and who keeps school years can move them, but they see the names as well.
 */
#include "base/str.h"

struct arena;

enum { READ_TOTAL = -1 };
struct read_cell {
	int table; /* READ_TOTAL: in no table */
	int64_t people;
	bool hidden; /* the answer */
};
/* One way to see them: `in[cell * count + atom]` says that the atom lies in the cell; `people` are
 * the atoms' and above 0. */
struct read_atoms {
	const bool *in;
	const int64_t *people;
	size_t count;
};
void read_hide(struct arena *, struct read_cell *, size_t count, const struct read_atoms *ways,
	       size_t way_count, int64_t fewest);

/* A number of a year that is not over. */
int64_t read_cut(int64_t number, int64_t step);

/* Years as days, from `since` until before `until`, newest first: `out[i]` is whether year i may have
 * figures, as none of those that came later overlaps it. */
struct read_span {
	int64_t since, until;
};
void read_apart(const struct read_span *, size_t count, bool *out);
