#include "app/people/people_directory.h"

#include "app/people/groups.h"
#include "app/people/people.h"
#include "base/buf.h"
#include "base/csv.h"
#include "core/args.h"
#include "core/choices.h"
#include "core/group.h"
#include "core/person.h"
#include "core/text.h"
#include "queries.h"

/* ---- finding ---- */

static bool state_is(const struct req *req, const char *state)
{
	return str_is(val_s(req->in, "state"), state);
}

bool directory_is_narrowed(struct req *req)
{
	return val_i(req->in, "role") || val_i(req->in, "group") || val_i(req->in, "year") ||
	       state_is(req, "left") || state_is(req, "minors") ||
	       str_is(val_s(req->in, "sort"), "newest");
}

/* The words that names are to have: as many as a query takes, for which the first may stand again. */
static void ask_words(struct req *req, struct val *args, const struct val *words, bool again)
{
	static const char *const low[] = {"low1", "low2", "low3", "low4"};
	static const char *const high[] = {"high1", "high2", "high3", "high4"};
	for (size_t i = 0; i < sizeof low / sizeof *low; i++) {
		bool given = i < val_count(words);
		struct str word = val_get_str(val_at(words, given || !again ? i : 0));
		val_set_str(args, low[i], word);
		val_set_str(args, high[i],
			    str_fmt(req->arena, STR_FMT "\xf4\x8f\xbf\xbf", STR_ARG(word)));
	}
}

struct db_question directory_question(struct req *req, int most)
{
	const struct val *words = person_words(req->arena, val_s(req->in, "words"));
	bool newest = str_is(val_s(req->in, "sort"), "newest");
	bool narrowed = directory_is_narrowed(req);
	int64_t after = val_i(req->in, "after_since");
	struct val *args = ARGS(
		req->arena, ARG_AS("org", people_org(req)), ARG(most), ARG_AS("now", req->now),
		ARG_AS("day", req_today(req)), ARG_AS("me", val_i(req->me, "id")),
		ARG_AS("place", state_is(req, "left") ? "left" : "here"),
		ARG_AS("minors", state_is(req, "minors")), ARG_AS("role", val_i(req->in, "role")),
		ARG_AS("group", val_i(req->in, "group")), ARG_AS("year", val_i(req->in, "year")),
		ARG_AS("after_fold", val_s(req->in, "after_fold")),
		ARG_AS("after_since", after ? after : INT64_MAX),
		ARG_AS("after_id", val_i(req->in, "after_id")));
	if (narrowed || val_count(words))
		ask_words(req, args, words, !narrowed);
	const struct query *query = newest             ? &q_people_directory_newest
				    : narrowed         ? &q_people_directory
				    : val_count(words) ? &q_people_directory_words
						       : &q_people_directory_whole;
	return (struct db_question){query, args};
}

int64_t directory_count(struct req *req, const struct db_question *asked)
{
	return val_i(db_row(req->db, &q_people_directory_count, asked->params), "total");
}

struct val *directory_find(struct req *req, int most)
{
	struct db_question asked = directory_question(req, most);
	return db_rows(req->db, asked.query, asked.params);
}

/* ---- the form ---- */

void directory_choices(struct req *req, const struct val *all, const struct val *open,
		       const struct val *years)
{
	static const struct {
		const char *value, *label;
	} states[] = {{"", N_("On the list")},
		      {"minors", N_("On the list, minors")},
		      {"left", N_("Off the list")}},
	  sorts[] = {{"", N_("By name")}, {"newest", N_("Newest first")}};
	struct val *roles = val_set_list(req->out, "role_choices"),
		   *groups = val_set_list(req->out, "group_choices");
	choice(roles, S(""), str_of(tr(req, N_("Any role"))), false);
	for (size_t i = 0; i < val_count(all); i++)
		choice(roles, val_show(req->arena, val_get(val_at(all, i), "id")),
		       val_s(val_at(all, i), "label"), false);
	choice(groups, S(""), str_of(tr(req, N_("Any group"))), false);
	for (size_t i = 0; i < val_count(open); i++) {
		const struct val *group = val_at(open, i);
		struct str name = val_s(group, "name"), year = val_s(group, "year");
		choice(groups, val_show(req->arena, val_get(group, "id")),
		       year.n ? str_fmt(req->arena, STR_FMT " (" STR_FMT ")", STR_ARG(name),
					STR_ARG(year))
			      : name,
		       false);
	}
	val_set(req->out, "year_choices",
		groups_year_choices(req, years, 0, N_("Any school year")));
	struct val *list = val_set_list(req->out, "state_choices");
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		choice(list, str_of(states[i].value), str_of(tr(req, states[i].label)), false);
	list = val_set_list(req->out, "sort_choices");
	for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
		choice(list, str_of(sorts[i].value), str_of(tr(req, sorts[i].label)), false);
}

/* ---- out ---- */

/* The first of the rows, which come by `name`, that has this number or a greater one there. */
static size_t first_of(const struct val *rows, const char *name, int64_t number)
{
	size_t low = 0, high = val_count(rows);
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (val_i(val_at(rows, middle), name) < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct str directory_values(struct arena *a, const struct val *rows, int64_t person,
			    const char *name, const char *kind, const char *between)
{
	struct buf b = {.arena = a};
	for (size_t i = first_of(rows, "person", person); i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		if (val_i(row, "person") != person)
			break;
		if (kind && !str_is(val_s(row, "kind"), kind))
			continue;
		if (b.n)
			buf_add(&b, str_of(between));
		buf_add(&b, val_s(row, name));
	}
	return buf_str(&b);
}

static int64_t role_after(struct str held, int64_t after)
{
	int64_t role, next = 0;
	struct str one;
	while (str_cut(&held, ' ', &one))
		if (str_int(one, &role) && role > after && (!next || role < next))
			next = role;
	return next;
}

struct str directory_held(struct arena *a, const struct val *roles, struct str held,
			  const char *between)
{
	struct buf b = {.arena = a};
	for (int64_t role = role_after(held, 0); role; role = role_after(held, role)) {
		if (b.n)
			buf_add(&b, str_of(between));
		buf_add(&b, val_s(val_at(roles, first_of(roles, "id", role)), "label"));
	}
	return buf_str(&b);
}

struct out {
	const char *label; /* the header: what roster_rules.h reads back */
	int right;
	const char *field;         /* of the person's own row */
	const struct query *query; /* rows by person, and which of their columns; else the roles */
	const char *value, *kind;
};

static const struct out columns[] = {
	{N_("Number in Waypost"), PEOPLE_READ, "id"},
	{N_("Number in the school's own system"), ROSTER_IMPORT, NULL, &q_people_keys_out, "value"},
	{N_("Name"), PEOPLE_READ, "name"},
	{N_("Name in lists"), PEOPLE_READ, "sort_name"},
	{N_("Name on letters and certificates"), PEOPLE_MANAGE, "formal_name"},
	{N_("Language"), PEOPLE_READ, "lang"},
	{N_("Group"), PEOPLE_READ, NULL, &q_people_groups_out, "name"},
	{N_("Role"), PEOPLE_READ},
	{N_("E-mail"), PEOPLE_MANAGE, NULL, &q_people_contacts_out, "value", "email"},
	{N_("Telephone"), PEOPLE_MANAGE, NULL, &q_people_contacts_out, "value", "phone"},
	{N_("A minor until"), GUARDIANS_MANAGE, NULL, &q_people_minors_out, "until"},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static struct val *rows_of(struct req *req, const struct query *query, struct str ids)
{
	return db_rows(req->db, query,
		       ARGS(req->arena, ARG_AS("org", people_org(req)), ARG(ids),
			    ARG_AS("now", req->now)));
}

static struct val *row_of(struct req *req, const struct val *person, const struct val *roles,
			  const struct val **found)
{
	struct val *row = val_list(req->arena);
	for (size_t c = 0; c < COLUMNS; c++) {
		const struct out *o = &columns[c];
		struct str value;
		if (!has_right(req, o->right))
			continue;
		if (o->field)
			value = val_show(req->arena, val_get(person, o->field));
		else if (o->query)
			value = directory_values(req->arena, found[c], val_i(person, "id"),
						 o->value, o->kind, "; ");
		else
			value = directory_held(req->arena, roles, val_s(person, "roles"), "; ");
		val_push(row, val_text(req->arena, value));
	}
	return row;
}

static struct str list_text(struct req *req, const struct val *people)
{
	static const struct csv_style plain = {.bom = true, .guard = true};
	const struct csv_style *style = str_is(req->lang, "fr") ? &csv_excel_fr : &plain;
	struct str ids = text_ids(req->arena, people, "id");
	struct buf b = {.arena = req->arena};
	const struct val *found[COLUMNS];
	struct val *head = val_list(req->arena),
		   *roles = roles_list(req->db, req->arena, people_org(req));
	roles_label(req, roles);
	for (size_t c = 0; c < COLUMNS; c++) {
		found[c] = val_null();
		if (!has_right(req, columns[c].right))
			continue;
		val_push(head, val_text(req->arena, str_of(tr(req, columns[c].label))));
		if (columns[c].query)
			found[c] = rows_of(req, columns[c].query, ids);
	}
	csv_begin(&b, style);
	csv_write(&b, style, head);
	for (size_t i = 0; i < val_count(people); i++)
		csv_write(&b, style, row_of(req, val_at(people, i), roles, found));
	return buf_str(&b);
}

/* What the list is narrowed by is this organisation's. */
static bool is_ours(struct req *req)
{
	int64_t org = people_org(req), role = val_i(req->in, "role"),
		group = val_i(req->in, "group"), year = val_i(req->in, "year");
	return (!year || !val_is_null(year_by_id(req->db, req->arena, org, year))) &&
	       (!role || !val_is_null(role_read(req->db, req->arena, org, role))) &&
	       (!group || !val_is_null(group_by_id(req->db, req->arena, org, group)));
}

int directory_export(struct req *req)
{
	if (!is_ours(req))
		return NOT_FOUND;
	struct val *people = directory_find(req, INT32_MAX);
	struct val *args =
		ARGS(req->arena, ARG_AS("org", people_org(req)), ARG_AS("me", val_i(req->me, "id")),
		     ARG_AS("now", req->now), ARG_AS("request", req->request_id),
		     ARG_AS("ids", text_ids(req->arena, people, "id")));
	req->raw = list_text(req, people);
	db_exec(req->db, &q_people_disclose_list, args);
	people_note(req, "people.exported", 0, "org", people_org(req));
	val_set_str(req->headers_out, "Content-Type", S("text/csv; charset=utf-8"));
	val_set_str(req->headers_out, "Content-Disposition",
		    S("attachment; filename=\"waypost-people.csv\""));
	return OK;
}
