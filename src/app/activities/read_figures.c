/* Figures of a school year: each number is the ledger's own (core/ledger.h), asked for one part. */
#include "app/activities/plan.h"
#include "app/activities/plan_rules.h"
#include "app/activities/read.h"
#include "app/activities/read_rules.h"
#include "base/arena.h"
#include "base/instant.h"
#include "core/crumbs.h"
#include "core/ledger.h"
#include "core/text.h"
#include "queries.h"

#include <stdlib.h>
#include <string.h>

enum table { BY_MONTH, BY_KIND, BY_METHOD, BY_MODE, BY_GROUP, TABLES, ALL = READ_TOTAL };
static const char *const table_names[TABLES] = {"month", "kind", "method", "mode", "group"};
enum { CELLS_MOST = 400, ATOMS_MOST = 4000, GROUPS_OF_ONE = 8, OF_ONE = TABLES + GROUPS_OF_ONE };

/* A part of the year's rows, with what the ledger counts of it. */
struct part {
	int table;
	struct str code, label;
	struct ledger_sum *sum;
	struct val *answer;
	int64_t held, learners, givers;
	bool no_learners, no_givers; /* withheld */
};
/* What falls into the same cells. */
struct atom {
	int cells[OF_ONE];
	int n;
	struct ledger_sum *sum;
	int64_t learners, givers;
};
/* Whoever was there, and in which cells: as a learner, as a giver. */
struct someone {
	int64_t person;
	uint64_t in[2][CELLS_MOST / 64 + 1];
};
struct figures {
	struct req *r;
	struct ledger_question q;
	struct part *cells;
	struct atom *atoms;
	int cell_count, atom_count;
	struct someone *people; /* a table by number, of power-of-two room */
	size_t people_count, room;
	bool full;                     /* more than there is room for: nothing is shown */
	const struct val *memberships; /* by person */
};

static int cell_of(struct figures *f, int table, struct str code)
{
	for (int c = 0; c < f->cell_count; c++)
		if (f->cells[c].table == table && str_eq(f->cells[c].code, code))
			return c;
	if (f->cell_count == CELLS_MOST) {
		f->full = true;
		return 0;
	}
	f->cells[f->cell_count] = (struct part){.table = table,
						.code = str_dup(f->r->arena, code),
						.sum = ledger_sum(f->r->arena, &f->q)};
	return f->cell_count++;
}

static struct atom *atom_of(struct figures *f, const int *cells, int n)
{
	for (int i = 0; i < f->atom_count; i++)
		if (f->atoms[i].n == n &&
		    !memcmp(f->atoms[i].cells, cells, (size_t)n * sizeof *cells))
			return &f->atoms[i];
	if (f->atom_count == ATOMS_MOST) {
		f->full = true;
		return &f->atoms[0];
	}
	struct atom *atom = &f->atoms[f->atom_count++];
	*atom = (struct atom){.n = n, .sum = ledger_sum(f->r->arena, &f->q)};
	memcpy(atom->cells, cells, (size_t)n * sizeof *cells);
	return atom;
}

static struct str number_text(struct figures *f, int64_t n)
{
	return n ? str_fmt(f->r->arena, "%lld", (long long)n) : S("");
}

static int add_group(struct figures *f, int *cells, int n, int64_t group)
{
	int cell = cell_of(f, BY_GROUP, number_text(f, group));
	for (int i = 0; i < n; i++)
		if (cells[i] == cell)
			return n;
	if (n == OF_ONE) {
		f->full = true;
		return n;
	}
	int at = n; /* in order, so that the same groups are the same atom */
	for (; at > TABLES && cells[at - 1] > cell; at--)
		cells[at] = cells[at - 1];
	cells[at] = cell;
	return n + 1;
}

/* The groups the person belonged to on that day; the memberships come ordered by person. */
static int add_groups(struct figures *f, int *cells, int n, const struct val *row)
{
	int64_t person = val_i(row, "person");
	struct str day = str_sub(val_s(row, "starts_wall"), 0, 10);
	size_t low = 0, high = val_count(f->memberships);
	int before = n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (val_i(val_at(f->memberships, middle), "person") < person)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < val_count(f->memberships); low++) {
		const struct val *m = val_at(f->memberships, low);
		if (val_i(m, "person") != person)
			break;
		if (str_cmp(val_s(m, "since"), day) <= 0 &&
		    (!val_s(m, "until").n || str_cmp(day, val_s(m, "until")) < 0))
			n = add_group(f, cells, n, val_i(m, "people_group"));
	}
	return n > before ? n : add_group(f, cells, n, 0);
}

static struct someone *slot(const struct figures *f, int64_t person)
{
	size_t i = (size_t)((uint64_t)person * 0x9e3779b97f4a7c15u >> 20) & (f->room - 1);
	while (f->people[i].person && f->people[i].person != person)
		i = (i + 1) & (f->room - 1);
	return &f->people[i];
}

static struct someone *someone(struct figures *f, int64_t person)
{
	if (2 * (f->people_count + 1) > f->room) {
		struct someone *old = f->people;
		size_t n = f->room;
		f->room = n ? 2 * n : 256;
		f->people = arena_many(f->r->arena, struct someone, f->room);
		for (size_t i = 0; i < n; i++)
			if (old[i].person)
				*slot(f, old[i].person) = old[i];
	}
	struct someone *one = slot(f, person);
	f->people_count += !one->person;
	one->person = person;
	return one;
}

/* In which cells somebody was, for what could be learned from numbers of people. */
static void remember(struct figures *f, const struct val *row, const int *cells, int n)
{
	enum ledger_part part = ledger_part(val_s(row, "role"));
	bool gives = part == PART_GIVES;
	if (!val_i(row, "person") || (!gives && part != PART_LEARNS) || !val_i(row, "attested") ||
	    val_i(row, "superseded_at") || !str_is(val_s(row, "state"), "attended"))
		return;
	struct someone *one = someone(f, val_i(row, "person"));
	for (int i = 0; i < n; i++)
		one->in[gives][cells[i] / 64] |= (uint64_t)1 << cells[i] % 64;
}

static bool add_row(void *context, const struct val *row)
{
	struct figures *f = context;
	int cells[OF_ONE], n = TABLES;
	cells[BY_MONTH] = cell_of(f, BY_MONTH, str_sub(val_s(row, "starts_wall"), 0, 7));
	cells[BY_KIND] = cell_of(f, BY_KIND, val_s(row, "kind"));
	cells[BY_METHOD] = cell_of(f, BY_METHOD, number_text(f, val_i(row, "method")));
	cells[BY_MODE] = cell_of(f, BY_MODE, val_s(row, "mode"));
	cells[BY_GROUP] = cell_of(f, ALL, S("")); /* stands in the place; groups follow */
	if (val_i(row, "heads"))
		n = add_group(f, cells, n, val_i(row, "people_group"));
	else
		n = add_groups(f, cells, n, row);
	for (int i = 0; i < n; i++)
		ledger_add(f->cells[cells[i]].sum, row);
	ledger_add(atom_of(f, cells, n)->sum, row);
	remember(f, row, cells, n);
	return !f->full;
}

/* ---- what is withheld ---- */

static void close_sums(struct figures *f)
{
	for (int c = 0; c < f->cell_count; c++) {
		struct part *cell = &f->cells[c];
		cell->answer = ledger_answer(cell->sum, NULL);
		cell->learners = val_i(cell->answer, "reached") + val_i(cell->answer, "heads");
		cell->givers = val_i(cell->answer, "gave");
	}
	for (int i = 0; i < f->atom_count; i++) {
		const struct val *answer = ledger_answer(f->atoms[i].sum, NULL);
		f->atoms[i].learners = val_i(answer, "reached") + val_i(answer, "heads");
		f->atoms[i].givers = val_i(answer, "gave");
	}
}

/* What adds up over occasions: minutes. */
static struct read_atoms by_occasion(struct figures *f, bool givers)
{
	struct arena *a = f->r->arena;
	size_t n = (size_t)f->atom_count, used = 0;
	int64_t *people = arena_many(a, int64_t, n + 1);
	const struct atom **which = arena_many(a, const struct atom *, n + 1);
	for (size_t i = 0; i < n; i++) {
		people[used] = givers ? f->atoms[i].givers : f->atoms[i].learners;
		if (people[used])
			which[used++] = &f->atoms[i];
	}
	bool *in = arena_many(a, bool, (size_t)f->cell_count *used + 1);
	for (size_t k = 0; k < used; k++)
		for (int i = 0; i < which[k]->n; i++)
			in[(size_t)which[k]->cells[i] * used + k] = true;
	return (struct read_atoms){in, people, used};
}

static int by_cells(const void *a, const void *b)
{
	return memcmp(*(uint64_t *const *)a, *(uint64_t *const *)b,
		      sizeof((struct someone *)0)->in[0]);
}

/* What adds up over people: those who were in the same cells. Who was only counted is not among
 * them: nobody knows where else they were. */
static struct read_atoms by_people(struct figures *f, bool givers)
{
	static const uint64_t nowhere[CELLS_MOST / 64 + 1];
	struct arena *a = f->r->arena;
	uint64_t **list = arena_many(a, uint64_t *, f->people_count + 1);
	int64_t *people = arena_many(a, int64_t, f->people_count + 1);
	size_t n = 0, types = 0;
	for (size_t i = 0; i < f->room; i++)
		if (memcmp(f->people[i].in[givers], nowhere, sizeof nowhere))
			list[n++] = f->people[i].in[givers];
	qsort(list, n, sizeof *list, by_cells);
	for (size_t i = 0; i < n; i++) {
		if (!types || by_cells(&list[types - 1], &list[i]))
			list[types++] = list[i];
		people[types - 1]++;
	}
	bool *in = arena_many(a, bool, (size_t)f->cell_count *types + 1);
	for (int c = 0; c < f->cell_count; c++)
		for (size_t k = 0; k < types; k++)
			in[(size_t)c * types + k] = list[k][c / 64] >> c % 64 & 1;
	return (struct read_atoms){in, people, types};
}

/* Learners and givers are two publications: nobody's number says something of the other's. */
static void withhold(struct figures *f, bool givers, int64_t fewest)
{
	size_t count = (size_t)f->cell_count;
	struct read_cell *cells = arena_many(f->r->arena, struct read_cell, count + 1);
	struct read_atoms ways[] = {by_occasion(f, givers), by_people(f, givers)};
	for (size_t c = 0; c < count; c++)
		cells[c] = (struct read_cell){.table = f->cells[c].table,
					      .people = givers ? f->cells[c].givers
							       : f->cells[c].learners};
	read_hide(f->r->arena, cells, count, ways, 2, fewest);
	for (size_t c = 0; c < count; c++)
		*(givers ? &f->cells[c].no_givers : &f->cells[c].no_learners) = cells[c].hidden;
}

/* ---- the page ---- */

static void held_of(struct figures *f, const struct val *args)
{
	const struct val *rows = db_rows(f->r->db, &q_read_held, args);
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		int64_t held = val_i(row, "held");
		f->cells[cell_of(f, ALL, S(""))].held += held;
		f->cells[cell_of(f, BY_MONTH, val_s(row, "month"))].held += held;
		f->cells[cell_of(f, BY_KIND, val_s(row, "kind"))].held += held;
		f->cells[cell_of(f, BY_METHOD, number_text(f, val_i(row, "method")))].held += held;
		f->cells[cell_of(f, BY_MODE, val_s(row, "mode"))].held += held;
	}
}

static int64_t number_of(struct str code)
{
	int64_t n = 0;
	return str_int(code, &n) ? n : 0;
}

static struct str name_of(const struct val *rows, int64_t id)
{
	for (size_t i = 0; i < val_count(rows); i++)
		if (val_i(val_at(rows, i), "id") == id)
			return val_s(val_at(rows, i), "name");
	return (struct str){0};
}

static struct str label_of(struct figures *f, const struct part *cell, const struct val *methods,
			   const struct val *groups)
{
	struct req *r = f->r;
	struct str name = {0};
	int64_t day = 0;
	switch (cell->table) {
	case BY_MONTH:
		day_read(str_fmt(r->arena, STR_FMT "-01", STR_ARG(cell->code)), &day);
		return day_show(r->arena, r->lang, DAY_MONTH, day);
	case BY_KIND:
		return str_of(tr(r, plan_label(r->arena, plan_kinds, cell->code)));
	case BY_MODE:
		return str_of(tr(r, plan_label(r->arena, plan_modes, cell->code)));
	case BY_METHOD:
		name = name_of(methods, number_of(cell->code));
		return name.n ? name : str_of(tr(r, N_("No method said")));
	case BY_GROUP:
		name = name_of(groups, number_of(cell->code));
		return name.n ? name : str_of(tr(r, N_("In no group")));
	default:
		return str_of(tr(r, N_("Everything together")));
	}
}

static void put_number(struct val *row, const char *name, bool hidden, int64_t number, int64_t step)
{
	if (hidden)
		val_set_null(row, name);
	else
		val_set_int(row, name, read_cut(number, step));
}

/* One row: null is withheld. Before the year is over numbers are cut (read_rules.h). */
static void put_part(struct val *rows, const struct part *cell, int64_t step)
{
	struct val *row = val_push_object(rows);
	val_set_str(row, "by", str_of(cell->table == ALL ? "all" : table_names[cell->table]));
	val_set_str(row, "code", cell->code);
	val_set_str(row, "label", cell->label);
	if (cell->table == BY_GROUP)
		val_set_null(row, "held");
	else
		val_set_int(row, "held", cell->held);
	put_number(row, "reached", cell->no_learners, cell->learners, step);
	put_number(row, "minutes", cell->no_learners, val_i(cell->answer, "minutes"), step * 60);
	put_number(row, "gave", cell->no_givers, cell->givers, step);
	put_number(row, "given", cell->no_givers, val_i(cell->answer, "given"), step * 60);
	val_set_bool(row, "learners_withheld", cell->no_learners);
	val_set_bool(row, "givers_withheld", cell->no_givers);
}

static struct val *names(struct figures *f, enum table table, const struct query *query)
{
	static const char *const name[] = {"name", NULL};
	struct val *ids = val_list(f->r->arena), *args = params(f->r);
	for (int c = 0; c < f->cell_count; c++)
		if (f->cells[c].table == (int)table && f->cells[c].code.n)
			val_push(ids, val_int(f->r->arena, number_of(f->cells[c].code)));
	val_set_str(args, "ids", text_ids(f->r->arena, ids, NULL));
	struct val *rows = db_rows(f->r->db, query, args);
	if (table == BY_METHOD)
		text_attach(f->r->db, f->r->arena, rows,
			    &(struct text_want){.kind = "term",
						.id = "id",
						.fields = name,
						.lang = f->r->lang,
						.first = val_s(f->r->org, "lang")});
	return rows;
}

static int before(const struct part *x, const struct part *y)
{
	return x->table == BY_MONTH ? str_cmp(x->code, y->code) : str_cmp(x->label, y->label);
}

/* The parts of one table in the order in which they are read. */
static struct val *table_of(struct figures *f, int table, int64_t step)
{
	struct val *rows = val_list(f->r->arena);
	bool *done = arena_many(f->r->arena, bool, (size_t)f->cell_count + 1);
	for (;;) {
		const struct part *next = NULL;
		for (int c = 0; c < f->cell_count; c++) {
			const struct part *cell = &f->cells[c];
			if (cell->table == table && !done[c] && (!next || before(cell, next) < 0))
				next = cell;
		}
		if (!next)
			return rows;
		done[next - f->cells] = true;
		if (next->held || next->learners || next->givers || table == ALL)
			put_part(rows, next, step);
	}
}

static void lay_out(struct figures *f, int64_t step)
{
	static const char *const titles[TABLES] = {N_("By month"), N_("By kind"), N_("By method"),
						   N_("By mode"), N_("By group")};
	struct req *r = f->r;
	struct val *methods = names(f, BY_METHOD, &q_read_terms);
	struct val *groups = names(f, BY_GROUP, &q_read_group_names);
	for (int c = 0; c < f->cell_count; c++)
		f->cells[c].label = label_of(f, &f->cells[c], methods, groups);
	struct val *all = table_of(f, ALL, step), *flat = val_list(r->arena);
	struct val *tables = val_list(r->arena);
	val_push(flat, val_at(all, 0));
	for (int t = 0; t < TABLES; t++) {
		struct val *rows = table_of(f, t, step);
		struct val *table = val_push_object(tables);
		val_set_str(table, "title", str_of(tr(r, titles[t])));
		val_set_bool(table, "groups", t == BY_GROUP);
		val_set(table, "rows", rows);
		for (size_t i = 0; i < val_count(rows); i++)
			val_push(flat, val_at(rows, i));
	}
	if (r->data)
		r->out = val_object(r->arena);
	val_set(r->out, "rows", flat);
	if (r->data)
		return;
	val_set(r->out, "all", val_at(all, 0));
	val_set(r->out, "tables", tables);
}

int read_figures(struct req *r)
{
	struct read_period p;
	if (r->may_wait)
		return ON_POOL;
	if (!read_period(r, true, &p))
		return NOT_FOUND;
	struct val *args = params(r);
	int64_t fewest = val_i(db_row(r->db, &q_read_fewest, args), "fewest");
	struct figures f = {.r = r,
			    .q = {.reader = READ_FIGURE,
				  .org = val_i(r->org, "id"),
				  .from = p.from,
				  .to = p.to,
				  .now = r->now,
				  .fewest = 1},
			    .cells = arena_many(r->arena, struct part, CELLS_MOST),
			    .atoms = arena_many(r->arena, struct atom, ATOMS_MOST)};
	val_set_str(args, "since", p.since);
	val_set_str(args, "until", p.until);
	val_set_int(args, "starts", p.from);
	val_set_int(args, "ends", p.to);
	f.memberships = db_rows(r->db, &q_read_memberships, args);
	cell_of(&f, ALL, S(""));
	ledger_each(r->db, r->arena, &f.q, NULL, false, add_row, &f);
	held_of(&f, args);
	close_sums(&f);
	for (int c = 0; f.full && c < f.cell_count; c++)
		f.cells[c].no_learners = f.cells[c].no_givers = true;
	if (!f.full) {
		withhold(&f, false, fewest);
		withhold(&f, true, fewest);
	}
	lay_out(&f, p.over ? 1 : fewest);
	if (r->data)
		return OK;
	val_set_int(r->out, "fewest", fewest);
	val_set_bool(r->out, "full", f.full);
	read_tabs(r, "figures");
	crumb(r, N_("Figures"), NULL);
	return OK;
}
