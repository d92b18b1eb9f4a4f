#include "app/activities/read_rules.h"

#include "base/arena.h"

enum { PRIME = 2147483647 };

/* ---- what can be computed: rows of numbers modulo a prime ---- */

static uint64_t power(uint64_t base, uint64_t exponent)
{
	uint64_t result = 1;
	for (; exponent; exponent >>= 1, base = base * base % PRIME)
		if (exponent & 1)
			result = result * base % PRIME;
	return result;
}

/* One way to see the cells. Each row of numbers is a sum of cells: its atoms, then how often each
 * cell is in it. */
struct span {
	struct read_cell *cells;
	size_t count;
	const struct read_atoms *atoms;
	uint64_t *base;    /* of each cell: its atoms */
	uint64_t *rows;    /* n of them, and room for the one that is looked at */
	size_t *pivots;    /* the first number that is not 0 */
	size_t n, columns; /* of base */
};

static size_t width(const struct span *s)
{
	return s->columns + s->count;
}

static bool lies_in(const struct span *s, size_t cell, size_t atom)
{
	return s->atoms->in[cell * s->atoms->count + atom];
}

/* More atoms than cells are mixed at random to a few more than there are cells: what was not a sum of
 * others is none afterwards (but for one chance in some hundred million). */
static void mix(struct span *s)
{
	uint64_t state = 1;
	for (size_t k = 0; k < s->atoms->count; k++)
		for (size_t column = 0; column < s->columns; column++) {
			state = state * 6364136223846793005u + 1442695040888963407u;
			uint64_t times = (state >> 33) % PRIME;
			for (size_t c = 0; c < s->count; c++)
				if (lies_in(s, c, k)) {
					uint64_t *to = &s->base[c * s->columns + column];
					*to = (*to + times) % PRIME;
				}
		}
}

static void open_span(struct arena *a, struct span *s)
{
	bool many = s->atoms->count > s->count + 8;
	s->columns = many ? s->count + 8 : s->atoms->count;
	s->base = arena_many(a, uint64_t, s->count * s->columns + 1);
	s->rows = arena_many(a, uint64_t, (s->count + 1) * width(s) + 1);
	s->pivots = arena_many(a, size_t, s->count + 1);
	if (many)
		mix(s);
	for (size_t c = 0; !many && c < s->count; c++)
		for (size_t k = 0; k < s->columns; k++)
			s->base[c * s->columns + k] = lies_in(s, c, k);
}

static uint64_t *row_at(const struct span *s, size_t row)
{
	return s->rows + row * width(s);
}

static size_t first_number(const struct span *s, const uint64_t *row)
{
	size_t k = 0;
	while (k < s->columns && !row[k])
		k++;
	return k;
}

/* The cell, without what the rows before it can make. */
static uint64_t *row_of(const struct span *s, size_t cell)
{
	uint64_t *row = row_at(s, s->n);
	for (size_t k = 0; k < width(s); k++)
		row[k] = k < s->columns ? s->base[cell * s->columns + k] : k == s->columns + cell;
	for (size_t i = 0; i < s->n; i++) {
		const uint64_t *other = row_at(s, i);
		uint64_t times = row[s->pivots[i]];
		for (size_t k = 0; times && k < width(s); k++)
			row[k] = (row[k] + (PRIME - times) * other[k]) % PRIME;
	}
	return row;
}

static void add_row(struct span *s, size_t cell)
{
	uint64_t *row = row_of(s, cell);
	size_t pivot = first_number(s, row);
	if (pivot == s->columns)
		return;
	uint64_t inverse = power(row[pivot], PRIME - 2);
	for (size_t k = 0; k < width(s); k++)
		row[k] = row[k] * inverse % PRIME;
	s->pivots[s->n++] = pivot;
}

static void span_shown(struct span *s)
{
	s->n = 0;
	for (size_t c = 0; c < s->count; c++)
		if (!s->cells[c].hidden && s->cells[c].people)
			add_row(s, c);
}

/* ---- what to withhold ---- */

/* Rather a cell of a table than the total, rather a small one. */
static bool rather(const struct span *s, size_t one, size_t other)
{
	if (other == s->count)
		return true;
	const struct read_cell *c = &s->cells[one], *d = &s->cells[other];
	if ((c->table == READ_TOTAL) != (d->table == READ_TOTAL))
		return d->table == READ_TOTAL;
	return c->people < d->people;
}

/* The cell to withhold so that `cell` cannot be computed in one of the ways; the count: it cannot. */
static size_t way_to(const struct span *s, size_t cell)
{
	const uint64_t *row = row_of(s, cell);
	size_t best = s->count;
	if (first_number(s, row) < s->columns)
		return best;
	for (size_t c = 0; c < s->count; c++)
		if (c != cell && row[s->columns + c] && rather(s, c, best))
			best = c;
	return best;
}

static bool protect(struct span *s, int64_t fewest)
{
	span_shown(s);
	for (size_t c = 0; c < s->count; c++) {
		bool small = s->cells[c].hidden && s->cells[c].people < fewest;
		size_t other = small ? way_to(s, c) : s->count;
		if (other == s->count)
			continue;
		s->cells[other].hidden = true;
		return true;
	}
	return false;
}

/* How many the hidden cells of a table have together; -1 if there is none. */
static int64_t hidden_people(const struct span *s, int table)
{
	int64_t people = 0;
	bool some = false;
	for (size_t k = 0; k < s->atoms->count; k++) {
		bool inside = false;
		for (size_t c = 0; c < s->count && !inside; c++)
			inside = s->cells[c].table == table && s->cells[c].hidden &&
				 lies_in(s, c, k);
		people += inside ? s->atoms->people[k] : 0;
		some |= inside;
	}
	return some ? people : -1;
}

static bool fill_up(struct span *s, int64_t fewest)
{
	for (size_t t = 0; t < s->count; t++) {
		int table = s->cells[t].table;
		bool first = !t || s->cells[t - 1].table != table;
		int64_t people = table == READ_TOTAL || !first ? -1 : hidden_people(s, table);
		size_t best = s->count;
		if (people < 0 || people >= fewest)
			continue;
		for (size_t c = 0; c < s->count; c++)
			if (s->cells[c].table == table && !s->cells[c].hidden &&
			    s->cells[c].people && rather(s, c, best))
				best = c;
		if (best == s->count)
			continue;
		s->cells[best].hidden = true;
		return true;
	}
	return false;
}

/* How many are in `outer` and not in `inner`; -1 if inner does not lie in it. */
static int64_t besides(const struct span *s, size_t inner, size_t outer)
{
	int64_t people = 0;
	for (size_t k = 0; k < s->atoms->count; k++) {
		bool in = lies_in(s, inner, k), out = lies_in(s, outer, k);
		if (in && !out)
			return -1;
		people += out && !in ? s->atoms->people[k] : 0;
	}
	return people;
}

static void part(struct span *s, int64_t fewest)
{
	for (size_t c = 0; c < s->count; c++)
		for (size_t d = 0; d < s->count && !s->cells[c].hidden && s->cells[c].people; d++) {
			int64_t rest = c == d || s->cells[d].hidden ? 0 : besides(s, c, d);
			if (rest <= 0 || rest >= fewest)
				continue;
			s->cells[s->cells[c].table == READ_TOTAL ? d : c].hidden = true;
		}
}

void read_hide(struct arena *a, struct read_cell *cells, size_t count,
	       const struct read_atoms *ways, size_t way_count, int64_t fewest)
{
	struct span *spans = arena_many(a, struct span, way_count);
	for (size_t c = 0; c < count; c++)
		cells[c].hidden = cells[c].people > 0 && cells[c].people < fewest;
	for (size_t w = 0; w < way_count; w++) {
		spans[w] = (struct span){.cells = cells, .count = count, .atoms = &ways[w]};
		open_span(a, &spans[w]);
		part(&spans[w], fewest);
	}
	for (bool again = true; again;) {
		again = false;
		for (size_t w = 0; w < way_count; w++)
			again |= fill_up(&spans[w], fewest) || protect(&spans[w], fewest);
	}
}

int64_t read_cut(int64_t number, int64_t step)
{
	return step > 0 ? number / step * step : number;
}

void read_apart(const struct read_span *spans, size_t count, bool *out)
{
	for (size_t i = 0; i < count; i++) {
		out[i] = true;
		for (size_t k = 0; k < i; k++)
			if (out[k] && spans[k].since < spans[i].until &&
			    spans[i].since < spans[k].until)
				out[i] = false;
	}
}
