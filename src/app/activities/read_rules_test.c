/* Nothing small can be read off figures, or worked out of them: an attacker solves the equations. */
#include "app/activities/read_rules.h"

#include "base/arena.h"
#include "base/err.h"
#include "test.h"

#include <math.h>

enum { FEWEST = 5, MOST_ATOMS = 40, MOST_CELLS = 24, WAYS = 2 };

struct draw {
	uint64_t state;
	struct read_cell cells[MOST_CELLS];
	bool in[WAYS][MOST_CELLS * MOST_ATOMS];
	int64_t people[WAYS][MOST_ATOMS];
	struct read_atoms ways[WAYS];
	size_t count;
};

static unsigned drawn(struct draw *d, unsigned below)
{
	MUST(below > 0);
	d->state = d->state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(d->state >> 33) % below;
}

/* Occasions lie in one cell of each table; in the last one in two, which may be the same. */
static void draw_occasions(struct draw *d, const size_t *parts, size_t tables, size_t count)
{
	for (size_t k = 0; k < count; k++) {
		size_t n = 1;
		d->in[1][k] = true;
		for (size_t t = 0; t < tables; n += parts[t++])
			for (int times = t + 1 == tables ? 2 : 1; times; times--)
				d->in[1][(n + drawn(d, (unsigned)parts[t])) * count + k] = true;
	}
	d->ways[1] = (struct read_atoms){d->in[1], d->people[1], count};
}

/* People who were at one occasion, or at two, and so in the cells of both. */
static void draw_people(struct draw *d, size_t count)
{
	size_t occasions = d->ways[1].count;
	for (size_t k = 0; k < count; k++) {
		size_t at[2] = {k < occasions ? k : drawn(d, (unsigned)occasions)};
		int64_t people = 1 + drawn(d, drawn(d, 2) ? 4 : 40);
		at[1] = drawn(d, 3) ? at[0] : drawn(d, (unsigned)occasions);
		d->people[0][k] = people;
		for (size_t i = 0; i < (at[0] == at[1] ? 1 : 2); i++) {
			d->people[1][at[i]] += people;
			for (size_t c = 0; c < d->count; c++)
				d->in[0][c * count + k] |= d->in[1][c * occasions + at[i]];
		}
		for (size_t c = 0; c < d->count; c++)
			d->cells[c].people += d->in[0][c * count + k] ? people : 0;
	}
	d->ways[0] = (struct read_atoms){d->in[0], d->people[0], count};
}

/* A total, and tables that divide it, seen in two ways; the first says how many people there are. */
static void draw(struct draw *d)
{
	size_t tables, parts[4], occasions;
	*d = (struct draw){.state = d->state, .count = 1};
	d->cells[0].table = READ_TOTAL;
	tables = 2 + drawn(d, 3);
	for (size_t t = 0; t < tables; t++) {
		parts[t] = 1 + drawn(d, 5);
		for (size_t p = 0; p < parts[t]; p++)
			d->cells[d->count++].table = (int)t;
	}
	occasions = 2 + drawn(d, drawn(d, 4) ? 12 : MOST_ATOMS / 2);
	draw_occasions(d, parts, tables, occasions);
	draw_people(d, occasions + drawn(d, MOST_ATOMS / 2 - 2));
}

static void take_row(double *rows, size_t to, size_t from, size_t columns)
{
	for (size_t j = 0; j < columns; j++) {
		double swap = rows[to * columns + j];
		rows[to * columns + j] = rows[from * columns + j];
		rows[from * columns + j] = swap;
	}
}

/* The rank of the shown cells, and of one sum of atoms more, by elimination in reals. */
static size_t rank(const struct draw *d, const struct read_atoms *way, const double *more)
{
	static double rows[(MOST_CELLS + 1) * MOST_ATOMS];
	size_t n = 0, found = 0, columns = way->count;
	for (size_t c = 0; c < d->count; c++)
		for (size_t k = 0; k < columns && !d->cells[c].hidden; k++)
			rows[n++] = way->in[c * columns + k];
	for (size_t k = 0; more && k < columns; k++)
		rows[n++] = more[k];
	MUST(columns > 0);
	n /= columns;
	for (size_t k = 0; k < columns && found < n; k++) {
		size_t best = found;
		for (size_t i = best; i < n; i++)
			if (fabs(rows[i * columns + k]) > fabs(rows[best * columns + k]))
				best = i;
		if (fabs(rows[best * columns + k]) < 1e-6)
			continue;
		take_row(rows, found, best, columns);
		for (size_t i = found + 1; i < n; i++) {
			double times = rows[i * columns + k] / rows[found * columns + k];
			for (size_t j = 0; j < columns; j++)
				rows[i * columns + j] -= times * rows[found * columns + j];
		}
		found++;
	}
	return found;
}

/* The attacker learns the number of a small cell, or of what a table withholds together. */
static int solved(const struct draw *d, const struct read_atoms *way, size_t cell, size_t known)
{
	double sum[MOST_ATOMS], rest[MOST_ATOMS] = {0};
	int64_t people = 0;
	bool some = false; /* of what this way does not see nothing is learned */
	int table = d->cells[cell].table;
	for (size_t k = 0; k < way->count; k++) {
		sum[k] = way->in[cell * way->count + k];
		some |= sum[k] > 0;
		for (size_t c = 0; c < d->count; c++)
			if (d->cells[c].table == table && d->cells[c].hidden &&
			    way->in[c * way->count + k])
				rest[k] = 1;
		people += rest[k] > 0 ? way->people[k] : 0;
	}
	bool small = some && d->cells[cell].people > 0 && d->cells[cell].people < FEWEST;
	return (small && rank(d, way, sum) == known) + (table != READ_TOTAL && people > 0 &&
							people < FEWEST &&
							rank(d, way, rest) == known);
}

/* Of two shown cells one lies in the other, and the rest is too few. */
static int left_over(const struct draw *d, const struct read_atoms *way, size_t inner, size_t outer)
{
	int64_t rest = 0;
	if (d->cells[inner].hidden || d->cells[outer].hidden || !d->cells[inner].people)
		return 0;
	for (size_t k = 0; k < way->count; k++) {
		bool in = way->in[inner * way->count + k], out = way->in[outer * way->count + k];
		if (in && !out)
			return 0;
		rest += in ? 0 : out ? way->people[k] : 0;
	}
	return rest > 0 && rest < FEWEST;
}

static int learned(const struct draw *d)
{
	int n = 0;
	for (size_t w = 0; w < WAYS; w++) {
		size_t known = rank(d, &d->ways[w], NULL);
		for (size_t c = 0; c < d->count; c++) {
			n += solved(d, &d->ways[w], c, known);
			for (size_t e = 0; e < d->count; e++)
				n += left_over(d, &d->ways[w], c, e);
		}
	}
	return n;
}

TEST("no hidden figure can be computed from those that are shown: an attacker solves the equations")
{
	struct draw *d = arena_one(test_arena, struct draw);
	int shown = 0, open_before = 0;
	d->state = 20261128;
	for (int i = 0; i < 1500; i++) {
		draw(d);
		/* small cells alone withheld: then the attacker mostly succeeds */
		for (size_t c = 0; c < d->count; c++)
			d->cells[c].hidden = d->cells[c].people > 0 && d->cells[c].people < FEWEST;
		open_before += learned(d) > 0;
		read_hide(test_arena, d->cells, d->count, d->ways, WAYS, FEWEST);
		if (!CHECK_INT(learned(d), 0))
			break;
		for (size_t c = 0; c < d->count; c++) {
			NEED(d->cells[c].hidden || !d->cells[c].people ||
			     d->cells[c].people >= FEWEST);
			shown += !d->cells[c].hidden && d->cells[c].people;
		}
	}
	CHECK(open_before > 400);
	CHECK(shown > 10000); /* not by withholding everything */
}

TEST("a figure too small takes the next smallest with it, and not the total")
{
	struct read_cell cells[] = {{READ_TOTAL, 60, false}, {0, 3, false},  {0, 20, false},
				    {0, 37, false},          {1, 30, false}, {1, 30, false}};
	static const bool in[] = {1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 0, 0,
				  0, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1}; /* by cell: four atoms */
	int64_t people[] = {3, 20, 30, 7};
	struct read_atoms way = {in, people, 4};
	read_hide(test_arena, cells, 6, &way, 1, FEWEST);
	CHECK(!cells[0].hidden && cells[1].hidden && cells[2].hidden && !cells[3].hidden);
	CHECK(!cells[4].hidden && !cells[5].hidden);
}

TEST("figures of a year that goes on stand still or go on by a whole threshold")
{
	for (int64_t n = 0; n < 40; n++)
		for (int64_t more = 0; more < FEWEST; more++) {
			int64_t step = read_cut(n + more, FEWEST) - read_cut(n, FEWEST);
			CHECK(step == 0 || step == FEWEST);
		}
	CHECK_INT(read_cut(4, FEWEST), 0);
	CHECK_INT(read_cut(23, FEWEST), 20);
}

TEST("two years that overlap do not both have figures")
{
	static const struct read_span years[] = {{400, 700}, {300, 401}, {100, 400}, {90, 110}};
	bool apart[4];
	read_apart(years, 4, apart);
	CHECK(apart[0] && !apart[1] && apart[2] && !apart[3]);
}
