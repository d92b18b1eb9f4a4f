#include "app/people/rollover_rules.h"

#include "app/people/people_plan_rules.h"
#include "app/people/roster_rules.h"
#include "base/words.h"

struct str rollover_name(struct arena *a, struct str name, int64_t last)
{
	size_t from = 0, to;
	int64_t number = 0;
	while (from < name.n && (name.p[from] < '0' || name.p[from] > '9'))
		from++;
	for (to = from; to < name.n && name.p[to] >= '0' && name.p[to] <= '9'; to++)
		;
	if (!str_int(str_sub(name, from, to), &number) || to - from > 3)
		return name;
	if (number >= last)
		return (struct str){0};
	struct str before = str_sub(name, 0, from), after = str_from(name, to);
	long long next = number + 1;
	return str_fmt(a, STR_FMT "%lld" STR_FMT, STR_ARG(before), next, STR_ARG(after));
}

struct mover {
	struct arena *a;
	const struct val *stands, *settings;
	struct val *out;
	struct roster_index *names, *targets, *joined, *leavers, *moved, *consents;
	int64_t moving, leaving, ending, groups;
};

static struct str number(struct arena *a, int64_t n)
{
	return str_fmt(a, "%lld", (long long)n);
}

/* The new name of a group; empty: it is not continued. */
static struct str next_name(struct mover *m, int64_t group)
{
	const struct val *chosen = roster_index_find(m->names, number(m->a, group), NULL);
	return val_s(chosen ? chosen : val_null(), "name");
}

static bool is_a_year(const struct val *group)
{
	return str_is(val_s(group, "kind"), "class") || str_is(val_s(group, "kind"), "cohort");
}

static struct roster_index *by(struct mover *m, const struct val *rows, const char *name)
{
	struct roster_index *index = roster_index_new(m->a, val_count(rows));
	for (size_t i = 0; i < val_count(rows); i++)
		roster_index_add(index, number(m->a, val_i(val_at(rows, i), name)),
				 val_at(rows, i));
	roster_index_sort(index);
	return index;
}

static void index_targets(struct mover *m)
{
	const struct val *targets = val_get(m->stands, "targets"),
			 *joined = val_get(m->stands, "joined");
	size_t most = val_count(targets) + val_count(val_get(m->stands, "groups"));
	m->targets = roster_index_new(m->a, most);
	for (size_t i = 0; i < val_count(targets); i++)
		roster_index_add(m->targets, fold(m->a, val_s(val_at(targets, i), "name")),
				 val_at(targets, i));
	m->joined = roster_index_new(m->a, val_count(joined));
	for (size_t i = 0; i < val_count(joined); i++)
		roster_index_add(m->joined,
				 str_fmt(m->a, "%lld %lld",
					 (long long)val_i(val_at(joined, i), "people_group"),
					 (long long)val_i(val_at(joined, i), "person")),
				 val_at(joined, i));
	roster_index_sort(m->joined);
}

/* New groups, each once, whichever old ones become it. */
static void plan_groups(struct mover *m)
{
	const struct val *groups = val_get(m->stands, "groups");
	struct val *made = val_list(m->a);
	roster_index_sort(m->targets);
	for (size_t i = 0; i < val_count(groups); i++) {
		const struct val *group = val_at(groups, i);
		struct str name = next_name(m, val_i(group, "id")), ref = fold(m->a, name);
		bool there = !name.n || roster_index_find(m->targets, ref, NULL);
		for (size_t k = 0; k < val_count(made) && !there; k++)
			there = str_eq(val_s(val_at(made, k), "ref"), ref);
		if (there)
			continue;
		struct val *row = plan_row(m->out, "group", name, 0);
		struct val *step = plan_step(row, "group_add", N_("New group"), (struct str){0});
		val_set_str(step, "ref", ref);
		val_set_str(step, "name", name);
		val_set_str(step, "source", (struct str){0});
		val_set_str(step, "kind", val_s(group, "kind"));
		val_set_int(step, "year", val_i(m->settings, "to"));
		val_set_str(step, "since", val_s(m->settings, "since"));
		struct val *one = val_push_object(made);
		val_set_str(one, "ref", ref);
		val_set_int(one, "id", 0);
		val_set_str(one, "name", name);
		m->groups++;
	}
	for (size_t k = 0; k < val_count(made); k++)
		roster_index_add(m->targets, val_s(val_at(made, k), "ref"), val_at(made, k));
	roster_index_sort(m->targets);
}

static void find_leavers(struct mover *m, struct roster_index *groups)
{
	const struct val *members = val_get(m->stands, "members");
	m->leavers = roster_index_new(m->a, val_count(members));
	for (size_t i = 0; i < val_count(members); i++) {
		const struct val *row = val_at(members, i);
		int64_t in = val_i(row, "people_group");
		const struct val *group = roster_index_find(groups, number(m->a, in), NULL);
		if (group && is_a_year(group) && !next_name(m, in).n)
			roster_index_add(m->leavers, number(m->a, val_i(row, "person")),
					 val_at(members, i));
	}
	roster_index_sort(m->leavers);
}

/* The consents that end with the year, of one person. */
static void end_consents(struct mover *m, struct val *row, int64_t person, bool leaver)
{
	size_t n = 0;
	const struct val *purposes = val_get(m->settings, "purposes"),
			 *all = val_get(m->stands, "consents");
	const struct val *first = roster_index_find(m->consents, number(m->a, person), &n);
	size_t at = n ? (size_t)val_i(first, "at") : 0;
	for (size_t i = 0; i < n; i++) {
		const struct val *consent = val_at(all, at + i);
		struct str purpose = val_s(consent, "purpose");
		bool ends = leaver;
		for (size_t k = 0; k < val_count(purposes) && !ends; k++)
			ends = str_eq(val_get_str(val_at(purposes, k)), purpose);
		if (!ends)
			continue;
		struct val *step = plan_step(row, "consent_end", N_("A consent ends"),
					     val_s(consent, "given_by_name"));
		val_set_str(step, "purpose", purpose);
		val_set_int(step, "row", val_i(consent, "id"));
		val_set_int(step, "at", val_i(m->settings, "at"));
	}
}

static void move_on(struct mover *m, struct val *row, const struct val *member, struct str name)
{
	int64_t person = val_i(member, "person");
	const struct val *target = roster_index_find(m->targets, fold(m->a, name), NULL);
	int64_t group = val_i(target, "id");
	if (group && roster_index_find(
			     m->joined,
			     str_fmt(m->a, "%lld %lld", (long long)group, (long long)person), NULL))
		return;
	struct val *step = plan_step(row, "join", N_("Joins the group"), val_s(target, "name"));
	val_set_int(step, "group", group);
	val_set_str(step, "ref", group ? (struct str){0} : fold(m->a, name));
	val_set_str(step, "since", val_s(m->settings, "since"));
}

/* Members come ordered by person: all the groups of one are one row. */
static void plan_members(struct mover *m, struct roster_index *groups)
{
	const struct val *members = val_get(m->stands, "members");
	struct val *row = NULL;
	int64_t last = 0;
	for (size_t i = 0; i < val_count(members); i++) {
		const struct val *member = val_at(members, i);
		int64_t person = val_i(member, "person"), in = val_i(member, "people_group");
		const struct val *group = roster_index_find(groups, number(m->a, in), NULL);
		bool leaver = roster_index_find(m->leavers, number(m->a, person), NULL);
		if (!row || person != last) {
			row = plan_row(m->out, leaver ? "leaving" : "moved", val_s(member, "name"),
				       person);
			m->leaving += leaver;
			m->moving += !leaver;
			end_consents(m, row, person, leaver);
		}
		last = person;
		struct val *step = plan_step(row, "leave", N_("Leaves the group"),
					     val_s(group ? group : val_null(), "name"));
		val_set_int(step, "row", val_i(member, "id"));
		val_set_str(step, "until", val_s(m->settings, "since"));
		if (!leaver && next_name(m, in).n)
			move_on(m, row, member, next_name(m, in));
	}
}

/* The old groups end, and who led them no longer does. */
static void plan_ends(struct mover *m)
{
	const struct val *groups = val_get(m->stands, "groups"),
			 *staff = val_get(m->stands, "staff");
	struct str since = val_s(m->settings, "since");
	for (size_t i = 0; i < val_count(staff); i++) {
		const struct val *one = val_at(staff, i);
		struct val *row =
			plan_row(m->out, "ending", val_s(one, "name"), val_i(one, "person"));
		struct val *step = plan_step(row, "staff_end", N_("No longer leads the group"),
					     val_s(one, "group_name"));
		val_set_int(step, "row", val_i(one, "id"));
		val_set_str(step, "until", since);
		m->ending++;
	}
	for (size_t i = 0; i < val_count(groups); i++) {
		const struct val *group = val_at(groups, i);
		struct val *row = plan_row(m->out, "ending", val_s(group, "name"), 0);
		struct val *step =
			plan_step(row, "group_end", N_("The group ends"), (struct str){0});
		val_set_int(step, "row", val_i(group, "id"));
		val_set_str(step, "until", since);
		m->ending++;
	}
}

static void number_consents(struct mover *m)
{
	const struct val *consents = val_get(m->stands, "consents");
	for (size_t i = 0; i < val_count(consents); i++)
		val_set_int(val_at(consents, i), "at", (int64_t)i);
	m->consents = by(m, consents, "person");
}

struct val *rollover_plan(struct arena *a, const struct val *stands, const struct val *settings)
{
	struct mover m = {.a = a, .stands = stands, .settings = settings, .out = val_object(a)};
	struct roster_index *groups;
	val_set_list(m.out, "rows");
	val_set_list(m.out, "errors");
	val_set_list(m.out, "left");
	val_set_list(m.out, "gone");
	m.names = by(&m, val_get(settings, "groups"), "id");
	groups = by(&m, val_get(stands, "groups"), "id");
	number_consents(&m);
	index_targets(&m);
	plan_groups(&m);
	find_leavers(&m, groups);
	plan_members(&m, groups);
	plan_ends(&m);
	struct val *counts = val_set_object(m.out, "counts");
	val_set_int(counts, "moved", m.moving);
	val_set_int(counts, "leaving", m.leaving);
	val_set_int(counts, "group", m.groups);
	val_set_int(counts, "ending", m.ending);
	val_set_int(counts, "steps", (int64_t)val_count(val_get(m.out, "rows")));
	return m.out;
}
