#include "app/people/people_plan_rules.h"

#include "app/people/roster_rules.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/words.h"
#include "core/band.h"
#include "core/contact.h"
#include "core/person.h"

struct planner {
	struct arena *a;
	const struct val *stands, *settings;
	struct val *out;
	struct roster_index *ids, *names, *keys, *with_key, *contacts, *groups, *members, *staff,
		*roles, *held, *minors;
	struct roster_index *in_file; /* "group person" that the file says */
	int64_t same;
	bool all_learn; /* a class list: no column holds roles, and whoever sent it says what that means */
};

/* ---- building ---- */

static void row_begin(struct val *row, const char *part, struct str name, int64_t person)
{
	val_set_str(row, "part", str_of(part));
	val_set_str(row, "name", name);
	val_set_int(row, "person", person);
	val_set_int(row, "line", 0);
	val_set_str(row, "file", (struct str){0});
	val_set_list(row, "steps");
}

struct val *plan_row(struct val *plan, const char *part, struct str name, int64_t person)
{
	struct val *row = val_push_object(val_get(plan, "rows"));
	row_begin(row, part, name, person);
	return row;
}

static struct val *row_new(struct planner *p, const char *part, struct str name, int64_t person)
{
	struct val *row = val_object(p->a);
	row_begin(row, part, name, person);
	return row;
}

struct val *plan_step(struct val *row, const char *action, const char *label, struct str detail)
{
	struct val *step = val_push_object(val_get(row, "steps"));
	val_set_str(step, "action", str_of(action));
	val_set_str(step, "label", str_of(label));
	val_set_str(step, "detail", detail);
	return step;
}

struct str plan_digest(struct arena *a, const struct val *plan)
{
	struct buf b = {.arena = a};
	uint64_t sum = 14695981039346656037u; /* FNV-1a */
	json_write(&b, val_get(plan, "rows"));
	for (size_t i = 0; i < b.n; i++)
		sum = (sum ^ (unsigned char)b.p[i]) * 1099511628211u;
	return str_fmt(a, "%016llx", (unsigned long long)sum);
}

/* ---- what stands, by what it is looked for ---- */

static struct str number(struct arena *a, int64_t n)
{
	return str_fmt(a, "%lld", (long long)n);
}

static struct str pair(struct arena *a, int64_t x, int64_t y)
{
	return str_fmt(a, "%lld %lld", (long long)x, (long long)y);
}

static struct str contact_key(struct arena *a, int64_t person, struct str kind, struct str value)
{
	struct str folded = contact_fold(a, kind, value);
	return str_fmt(a, "%lld " STR_FMT " " STR_FMT, (long long)person, STR_ARG(kind),
		       STR_ARG(folded));
}

typedef struct str key_of(struct planner *, const struct val *row);

static struct str key_id(struct planner *p, const struct val *row)
{
	return number(p->a, val_i(row, "id"));
}
static struct str key_name(struct planner *p, const struct val *row)
{
	return val_i(row, "here") || val_i(row, "undone") ? fold(p->a, val_s(row, "name"))
							  : (struct str){0};
}
static struct str key_value(struct planner *p, const struct val *row)
{
	(void)p;
	return val_s(row, "value");
}
static struct str key_person(struct planner *p, const struct val *row)
{
	return number(p->a, val_i(row, "person"));
}
static struct str key_contact(struct planner *p, const struct val *row)
{
	return contact_key(p->a, val_i(row, "person"), val_s(row, "kind"), val_s(row, "value"));
}
static struct str key_member(struct planner *p, const struct val *row)
{
	return pair(p->a, val_i(row, "people_group"), val_i(row, "person"));
}
static struct str key_held(struct planner *p, const struct val *row)
{
	return pair(p->a, val_i(row, "role"), val_i(row, "person"));
}
/* Of the year that was chosen, or of none. */
static struct str key_group(struct planner *p, const struct val *row)
{
	int64_t year = val_i(p->settings, "year");
	if (year && val_i(row, "year") && val_i(row, "year") != year)
		return (struct str){0};
	return fold(p->a, val_s(row, "name"));
}
static struct str key_source(struct planner *p, const struct val *row)
{
	(void)p;
	return val_s(row, "source");
}

static void fill(struct planner *p, struct roster_index *index, const char *list, key_of *key)
{
	const struct val *rows = val_get(p->stands, list);
	for (size_t i = 0; i < val_count(rows); i++) {
		struct str k = key(p, val_at(rows, i));
		if (k.n)
			roster_index_add(index, k, val_at(rows, i));
	}
}

static struct roster_index *indexed(struct planner *p, const char *list, key_of *key)
{
	struct roster_index *index = roster_index_new(p->a, val_count(val_get(p->stands, list)));
	fill(p, index, list, key);
	roster_index_sort(index);
	return index;
}

static struct roster_index *roles_indexed(struct planner *p)
{
	const struct val *roles = val_get(p->stands, "roles");
	struct roster_index *index = roster_index_new(p->a, val_count(roles) * 8);
	for (size_t i = 0; i < val_count(roles); i++) {
		const struct val *names = val_get(val_at(roles, i), "names");
		for (size_t k = 0; k < val_count(names); k++)
			roster_index_add(index, val_get_str(val_at(names, k)), val_at(roles, i));
	}
	roster_index_sort(index);
	return index;
}

static void planner_begin(struct planner *p)
{
	size_t groups = val_count(val_get(p->stands, "groups"));
	p->ids = indexed(p, "people", key_id);
	p->names = indexed(p, "people", key_name);
	p->keys = indexed(p, "keys", key_value);
	p->with_key = indexed(p, "keys", key_person);
	p->contacts = indexed(p, "contacts", key_contact);
	p->members = indexed(p, "members", key_member);
	p->staff = indexed(p, "staff", key_member);
	p->held = indexed(p, "held", key_held);
	p->minors = indexed(p, "minors", key_person);
	p->roles = roles_indexed(p);
	p->groups = roster_index_new(p->a, groups * 2);
	fill(p, p->groups, "groups", key_group);
	fill(p, p->groups, "groups", key_source);
	roster_index_sort(p->groups);
}

/* ---- one entry ---- */

/* Who it is. The null value: nobody yet; NULL: that cannot be said, and the errors tell why. */
static struct val *whose(struct planner *p, const struct val *entry)
{
	struct str key = val_s(entry, "key"), id = val_s(entry, "id");
	struct val *found = NULL;
	size_t same = 0;
	if (id.n) {
		found = roster_index_find(p->ids, id, NULL);
		if (!found)
			roster_error(p->out, entry, N_("Nobody here has this number in Waypost."),
				     id);
		return found;
	}
	if (!key.n && !val_s(entry, "name").n) {
		roster_error(p->out, entry, N_("There is no name in this row."), key);
		return NULL;
	}
	if (key.n) {
		struct val *row = roster_index_find(p->keys, key, NULL);
		found = row ? roster_index_find(p->ids, number(p->a, val_i(row, "person")), NULL)
			    : NULL;
		if (found)
			return found;
		if (val_b(entry, "known_only")) {
			roster_error(p->out, entry,
				     N_("This person is not known here. Import users.csv first."),
				     key);
			return NULL;
		}
		if (!val_b(p->settings, "by_name"))
			return val_null();
	}
	found = roster_index_find(p->names, fold(p->a, val_s(entry, "name")), &same);
	if (found && key.n &&
	    roster_index_find(p->with_key, number(p->a, val_i(found, "id")), NULL))
		return val_null(); /* a namesake, with another number */
	if (same > 1) {
		roster_error(p->out, entry,
			     N_("Several people here have this name. Give a number."),
			     (struct str){0});
		return NULL;
	}
	return found ? found : val_null();
}

static bool differs(struct str now, struct str wanted)
{
	return wanted.n && !str_eq(now, wanted);
}

static struct str arrow(struct planner *p, struct str from, struct str to)
{
	return str_fmt(p->a, STR_FMT " → " STR_FMT, STR_ARG(from), STR_ARG(to));
}

/* Names and language: what the file says, and else what stands. */
static void plan_names(struct planner *p, struct val *row, const struct val *entry,
		       const struct val *person)
{
	static const char *const fields[] = {"name", "sort_name", "formal_name", "lang"};
	bool renamed = differs(val_s(person, "name"), val_s(entry, "name")), any = false;
	struct buf detail = {.arena = p->a};
	struct val *values = val_object(p->a);
	for (size_t i = 0; i < 4; i++) {
		struct str now = val_s(person, fields[i]), wanted = val_s(entry, fields[i]);
		if (i == 1 && renamed && !wanted.n)
			wanted = person_sorted(p->a, val_s(entry, "name"));
		bool other = differs(now, wanted);
		val_set_str(values, fields[i], other ? wanted : now);
		/* A name in lists that goes with the name needs no words of its own. */
		if (other && !(i == 1 && renamed)) {
			if (detail.n)
				buf_lit(&detail, " · ");
			buf_add(&detail, now.n ? arrow(p, now, wanted) : wanted);
		}
		any |= other;
	}
	if (!any)
		return;
	if (val_i(person, "others") || val_i(person, "id") == val_i(p->settings, "me")) {
		roster_error(p->out, entry,
			     N_("Only they themself change this person's names: another "
				"organisation knows them too, or it is you."),
			     buf_str(&detail));
		return;
	}
	val_merge(plan_step(row, "person_change", renamed ? N_("Name") : N_("Names and language"),
			    buf_str(&detail)),
		  values);
}

static void plan_contacts(struct planner *p, struct val *row, const struct val *entry,
			  const char *list, const char *kind, const char *label, bool closed)
{
	const struct val *values = val_get(entry, list);
	int64_t person = val_i(row, "person");
	for (size_t i = 0; i < val_count(values); i++) {
		struct str value = val_get_str(val_at(values, i));
		if (!contact_fold(p->a, str_of(kind), value).n) {
			roster_error(p->out, entry,
				     str_is(str_of(kind), "email")
					     ? N_("This is no e-mail address.")
					     : N_("This is no telephone number."),
				     value);
			continue;
		}
		if (closed ||
		    (person &&
		     roster_index_find(p->contacts, contact_key(p->a, person, str_of(kind), value),
				       NULL)))
			continue;
		struct val *step = plan_step(row, "contact_add", label, value);
		val_set_str(step, "kind", str_of(kind));
		val_set_str(step, "value", value);
	}
}

static void plan_role(struct planner *p, struct val *row, const struct val *entry,
		      struct str wanted)
{
	struct val *role = roster_index_find(p->roles, fold(p->a, wanted), NULL);
	int64_t person = val_i(row, "person");
	if (!role) {
		roster_error(p->out, entry, N_("There is no role of this name."), wanted);
		return;
	}
	val_set_bool(role, "in_file", true);
	if (person && roster_index_find(p->held, pair(p->a, val_i(role, "id"), person), NULL))
		return;
	if (!val_b(role, "may") || (person && person == val_i(p->settings, "me"))) {
		roster_error(p->out, entry, N_("You may not give this role."), wanted);
		return;
	}
	val_set_int(plan_step(row, "role_give", N_("Role"), val_s(role, "label")), "role",
		    val_i(role, "id"));
}

static bool all_learn(const struct val *settings)
{
	const struct val *columns = val_get(settings, "columns");
	bool one = str_is(val_s(settings, "scheme"), "oneroster");
	for (size_t i = 0; i < val_count(columns); i++)
		if (str_is(val_get_str(val_at(columns, i)), "role"))
			return false;
	return !one && val_b(settings, "learners");
}

/* "Teacher; Translator" */
static void plan_roles(struct planner *p, struct val *row, const struct val *entry)
{
	struct str rest = p->all_learn ? S("learner") : val_s(entry, "role"), piece;
	while (str_cut(&rest, ';', &piece))
		if (str_trim(piece).n)
			plan_role(p, row, entry, str_trim(piece));
}

/* Of several groups of one name the one where the person is already; else the first. */
static struct val *group_named(struct planner *p, struct str ref, int64_t person, bool staff)
{
	struct val *group;
	for (size_t n = 0; person && (group = roster_index_nth(p->groups, ref, n)); n++)
		if (roster_index_find(staff ? p->staff : p->members,
				      pair(p->a, val_i(group, "id"), person), NULL))
			return group;
	return roster_index_find(p->groups, ref, NULL);
}

static void plan_groups(struct planner *p, struct val *row, const struct val *entry)
{
	const struct val *groups = val_get(entry, "groups");
	int64_t person = val_i(row, "person");
	for (size_t i = 0; i < val_count(groups); i++) {
		const struct val *in = val_at(groups, i);
		struct str ref = val_s(in, "ref"), since = val_s(in, "since");
		bool staff = val_b(in, "staff");
		struct val *group = group_named(p, ref, person, staff);
		if (!group) {
			roster_error(p->out, entry, N_("There is no such group."), ref);
			continue;
		}
		struct str at = pair(p->a, val_i(group, "id"), person);
		val_set_bool(group, staff ? "staff_in_file" : "in_file", true);
		if (val_i(group, "id") && person) {
			roster_index_add(p->in_file, at, group);
			if (roster_index_find(staff ? p->staff : p->members, at, NULL))
				continue;
		}
		struct val *step = plan_step(row, staff ? "staff_add" : "join",
					     staff ? N_("Leads the group") : N_("Joins the group"),
					     val_s(group, "name"));
		val_set_int(step, "group", val_i(group, "id"));
		val_set_str(step, "ref", val_i(group, "id") ? (struct str){0} : ref);
		val_set_str(step, "since", since.n ? since : val_s(p->settings, "since"));
	}
}

/* A pupil, as far as the file says. In a plain one who has no role is of the class. */
static bool learns(struct planner *p, const struct val *entry)
{
	struct str role = val_s(entry, "role");
	if (!role.n)
		return !str_is(val_s(p->settings, "scheme"), "oneroster");
	struct val *learner = roster_index_find(p->roles, S("learner"), NULL);
	return str_is(role, "learner") ||
	       (learner && roster_index_find(p->roles, fold(p->a, role), NULL) == learner);
}

static void plan_minor(struct planner *p, struct val *row, const struct val *entry)
{
	struct str until = val_s(entry, "minor_until");
	const struct val *now =
		roster_index_find(p->minors, number(p->a, val_i(row, "person")), NULL);
	if (!until.n && !val_i(row, "person") && val_b(p->settings, "minors") && learns(p, entry))
		val_set_str(plan_step(row, "minor_set", N_("A minor until somebody says otherwise"),
				      until),
			    "until", S(BAND_FOREVER));
	if (!until.n || (now && str_eq(until, val_s(now, "until"))))
		return;
	if (now && val_i(now, "banded"))
		roster_error(p->out, entry,
			     N_("Their age band says until when this person is a minor."), until);
	else
		val_set_str(plan_step(row, "minor_set", N_("A minor until"), until), "until",
			    until);
}

static void plan_add(struct planner *p, struct val *row, const struct val *entry)
{
	static const char *const fields[] = {"name", "sort_name", "formal_name", "lang"};
	struct val *step = plan_step(row, "person_add", N_("New"), (struct str){0});
	for (size_t i = 0; i < 4; i++)
		val_set(step, fields[i], val_get(entry, fields[i]));
	if (!val_s(entry, "lang").n)
		val_set(step, "lang", val_get(p->settings, "lang"));
}

static void plan_person(struct planner *p, const struct val *entry)
{
	struct val *person = whose(p, entry);
	if (!person)
		return;
	int64_t id = val_i(person, "id");
	if (id && val_b(person, "in_file")) {
		roster_error(p->out, entry, N_("Another row is the same person."),
			     val_s(person, "name"));
		return;
	}
	struct val *row =
		row_new(p, id ? "changed" : "new",
			val_s(entry, "name").n ? val_s(entry, "name") : val_s(person, "name"), id);
	size_t errors = val_count(val_get(p->out, "errors"));
	struct str key = val_s(entry, "key");
	val_set(row, "line", val_get(entry, "line"));
	val_set(row, "file", val_get(entry, "file"));
	if (id) {
		val_set_bool(person, "in_file", true);
		if (!val_i(person, "here"))
			plan_step(row, "person_back", N_("Comes back"), (struct str){0});
		plan_names(p, row, entry, person);
	} else {
		plan_add(p, row, entry);
	}
	if (key.n && !roster_index_find(p->keys, key, NULL))
		val_set_str(plan_step(row, "key_add", N_("Number"), key), "value", key);
	bool closed = id && (val_i(person, "others") || id == val_i(p->settings, "me"));
	plan_contacts(p, row, entry, "emails", "email", N_("E-mail"), closed);
	plan_contacts(p, row, entry, "phones", "phone", N_("Telephone"), closed);
	plan_minor(p, row, entry);
	plan_roles(p, row, entry);
	plan_groups(p, row, entry);
	if (val_count(val_get(row, "steps")))
		val_push(val_get(p->out, "rows"), row);
	else if (val_count(val_get(p->out, "errors")) == errors)
		p->same++;
}

/* ---- groups that are new, and who is gone ---- */

static void plan_new_groups(struct planner *p, const struct val *entries)
{
	const struct val *groups = val_get(entries, "groups");
	struct roster_index *both = roster_index_new(
		p->a, val_count(groups) + 2 * val_count(val_get(p->stands, "groups")));
	fill(p, both, "groups", key_group);
	fill(p, both, "groups", key_source);
	for (size_t i = 0; i < val_count(groups); i++) {
		const struct val *group = val_at(groups, i);
		struct str ref = val_s(group, "ref"), since = val_s(group, "since");
		if (roster_index_find(p->groups, ref, NULL))
			continue;
		struct val *row = plan_row(p->out, "group", val_s(group, "name"), 0);
		val_set(row, "line", val_get(group, "line"));
		val_set(row, "file", val_get(group, "file"));
		struct val *step = plan_step(row, "group_add", N_("New group"), (struct str){0});
		val_set_str(step, "ref", ref);
		val_set_str(step, "name", val_s(group, "name"));
		val_set_str(step, "source", val_s(group, "source"));
		val_set_str(step, "kind", S("class"));
		val_set_int(step, "year", val_i(p->settings, "year"));
		val_set_str(step, "since", since.n ? since : val_s(p->settings, "since"));
		struct val *made = val_object(p->a);
		val_set_int(made, "id", 0);
		val_set(made, "name", val_get(group, "name"));
		roster_index_add(both, ref, made);
	}
	roster_index_sort(both);
	p->groups = both;
}

static struct val *gone_row(struct planner *p, struct val *list, int64_t person)
{
	const struct val *who = roster_index_find(p->ids, number(p->a, person), NULL);
	struct val *last = val_count(list) ? val_at(list, val_count(list) - 1) : val_null();
	if (who && val_i(last, "person") == person)
		return last;
	struct val *row = row_new(p, "gone", who ? val_s(who, "name") : (struct str){0}, person);
	val_push(list, row);
	return row;
}

/* Members of a group that the file names, whom it does not name there. */
static void plan_gone_of(struct planner *p, struct val *list, const char *which, bool staff)
{
	const struct val *rows = val_get(p->stands, which);
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		int64_t in = val_i(row, "people_group"), person = val_i(row, "person");
		const struct val *group = NULL, *all = val_get(p->stands, "groups");
		for (size_t k = 0; k < val_count(all) && !group; k++)
			if (val_i(val_at(all, k), "id") == in)
				group = val_at(all, k);
		if (!group || !val_b(group, staff ? "staff_in_file" : "in_file") ||
		    roster_index_find(p->in_file, pair(p->a, in, person), NULL))
			continue;
		struct val *step =
			plan_step(gone_row(p, list, person), staff ? "staff_end" : "leave",
				  staff ? N_("No longer leads the group") : N_("Leaves the group"),
				  val_s(group, "name"));
		val_set_int(step, "row", val_i(row, "id"));
		val_set_str(step, "until", val_s(p->settings, "until"));
	}
}

/* Roles that the file gives, held by who has a number of this roster and is not in the file. */
static void plan_gone_roles(struct planner *p, struct val *list)
{
	const struct val *held = val_get(p->stands, "held"), *roles = val_get(p->stands, "roles");
	for (size_t i = 0; i < val_count(held); i++) {
		const struct val *row = val_at(held, i), *role = NULL;
		int64_t person = val_i(row, "person");
		const struct val *who = roster_index_find(p->ids, number(p->a, person), NULL);
		for (size_t k = 0; k < val_count(roles) && !role; k++)
			if (val_i(val_at(roles, k), "id") == val_i(row, "role"))
				role = val_at(roles, k);
		if (!who || val_b(who, "in_file") || !role || !val_b(role, "in_file") ||
		    !val_b(role, "may") || person == val_i(p->settings, "me") ||
		    !roster_index_find(p->with_key, number(p->a, person), NULL))
			continue;
		struct val *step = plan_step(gone_row(p, list, person), "role_end", N_("Role ends"),
					     val_s(role, "label"));
		val_set_int(step, "row", val_i(row, "id"));
	}
}

static void count(struct planner *p)
{
	static const char *const parts[] = {"new", "changed", "guardian", "group", "gone"};
	struct val *counts = val_set_object(p->out, "counts");
	const struct val *rows = val_get(p->out, "rows");
	for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
		int64_t n = 0;
		for (size_t i = 0; i < val_count(rows); i++)
			n += str_is(val_s(val_at(rows, i), "part"), parts[k]);
		val_set_int(counts, parts[k], n);
	}
	val_set_int(counts, "gone", (int64_t)val_count(val_get(p->out, "gone")));
	val_set_int(counts, "same", p->same);
	val_set_int(counts, "wrong", (int64_t)val_count(val_get(p->out, "errors")));
	val_set_int(counts, "steps", (int64_t)val_count(rows));
}

struct val *plan_roster(struct arena *a, const struct val *entries, const struct val *stands,
			const struct val *settings)
{
	struct planner p = {.a = a,
			    .stands = stands,
			    .settings = settings,
			    .out = val_object(a),
			    .all_learn = all_learn(settings)};
	const struct val *people = val_get(entries, "people");
	size_t joins = 0;
	val_set_list(p.out, "rows");
	val_set(p.out, "errors", val_get(entries, "errors"));
	val_set(p.out, "left", val_get(entries, "left"));
	struct val *gone = val_set_list(p.out, "gone");
	planner_begin(&p);
	plan_new_groups(&p, entries);
	for (size_t i = 0; i < val_count(people); i++)
		joins += val_count(val_get(val_at(people, i), "groups"));
	p.in_file = roster_index_new(a, joins);
	for (size_t i = 0; i < val_count(people); i++)
		plan_person(&p, val_at(people, i));
	roster_index_sort(p.in_file);
	plan_guardians(a, p.out, entries, stands, settings);
	plan_gone_of(&p, gone, "members", false);
	plan_gone_of(&p, gone, "staff", true);
	plan_gone_roles(&p, gone);
	for (size_t i = 0; i < val_count(gone) && val_b(settings, "end_gone"); i++)
		val_push(val_get(p.out, "rows"), val_at(gone, i));
	count(&p);
	return p.out;
}
