#include "app/people/people_merge.h"

#include "app/people/groups.h"
#include "app/people/people.h"
#include "core/contact.h"
#include "core/guardian.h"
#include "core/merge.h"
#include "core/pages.h"
#include "core/person.h"

enum { FOUND = 50, PAGE = 100 };

bool people_may_merge(struct req *req, int64_t person)
{
	int64_t org = people_org(req);
	return right_over_person(req->db, req->arena, people_mine(req), PEOPLE_MERGE, org,
				 val_i(req->me, "id"), person, req_today(req)) &&
	       rights_within(rights_of(req->db, req->arena, org, person, req->now),
			     people_mine(req));
}

/* ---- side by side ---- */

static void show_side(struct req *req, struct val *sides, const struct val *person)
{
	struct val *side = val_push_object(sides);
	int64_t id = val_i(person, "id");
	struct val *roles = roles_of(req->db, req->arena, people_org(req), id, req->now);
	roles_label(req, roles);
	val_set_int(side, "id", id);
	val_set(side, "name", val_get(person, "name"));
	val_set(side, "sort_name", val_get(person, "sort_name"));
	val_set(side, "contacts", contacts_of(req->db, req->arena, people_org(req), id));
	val_set(side, "signins", people_signins(req, id));
	val_set(side, "groups", groups_of(req, id));
	val_set(side, "roles", roles);
	val_set_bool(side, "kept", val_count(sides) == 1);
}

static struct merge asked(struct req *req)
{
	return (struct merge){.org = people_org(req),
			      .kept = val_i(req->in, "person"),
			      .alias = val_i(req->in, "other"),
			      .by = val_i(req->me, "id"),
			      .now = req->now,
			      .day = req_today(req)};
}

static struct val *against_shown(struct req *req)
{
	struct merge m = asked(req);
	const struct val *list = merge_against(req->db, req->arena, &m);
	struct val *shown = val_list(req->arena);
	for (size_t i = 0; i < val_count(list); i++) {
		struct val *one = val_push_object(shown);
		const char *words = str_c(req->arena, val_get_str(val_at(list, i)));
		val_set_str(one, "words", str_of(tr(req, words)));
	}
	return shown;
}

static void find(struct req *req, int64_t not_this)
{
	struct val *rows = val_set_list(req->out, "found");
	const struct val *found = people_found_some(req, val_s(req->in, "words"), FOUND);
	for (size_t i = 0; i < val_count(found); i++) {
		if (val_i(val_at(found, i), "id") == not_this)
			continue;
		struct val *row = val_push_object(rows);
		val_set(row, "id", val_get(val_at(found, i), "id"));
		val_set(row, "sort_name", val_get(val_at(found, i), "sort_name"));
	}
}

/* Both, or the answer that refuses. */
static int both(struct req *req, struct val **person, struct val **other)
{
	int64_t id = val_i(req->in, "other");
	*person = people_person(req);
	if (val_is_null(*person))
		return NOT_FOUND;
	if (!people_may_merge(req, val_i(*person, "id")))
		return FORBIDDEN;
	*other = val_null();
	if (!id)
		return 0;
	*other = person_in_org(req->db, req->arena, people_org(req), id, req->now);
	if (val_is_null(*other) || id == val_i(*person, "id") ||
	    guardian_keeps(guardian_kept(req), id))
		return NOT_FOUND;
	return people_may_merge(req, id) ? 0 : FORBIDDEN;
}

/* GET /people/:person/merge: the other account is looked for, then both are seen. */
static int page(struct req *req)
{
	struct val *person, *other, *sides = val_set_list(req->out, "sides");
	int refused = both(req, &person, &other);
	if (refused)
		return refused;
	val_set(req->out, "person", person);
	val_set(req->out, "against", val_list(req->arena));
	find(req, val_i(person, "id"));
	if (val_is_null(other))
		return OK;
	show_side(req, sides, person);
	show_side(req, sides, other);
	val_set(req->out, "against", against_shown(req));
	return OK;
}

static int make(struct req *req)
{
	struct val *person, *other;
	int refused = both(req, &person, &other);
	if (refused)
		return refused;
	struct merge m = asked(req);
	int64_t id = merge_make(req->db, req->arena, &m);
	if (!id) {
		invalid(req, "other", N_("These two accounts cannot be made one."));
		return INVALID;
	}
	people_note(req, "person.merged", m.kept, "person_merge", id);
	people_note(req, "person.merged", m.alias, "person_merge", id);
	flash(req, N_("The two accounts are one. This can be undone for 30 days."));
	return see_other(req, "/people/merges");
}

/* ---- what was made one ---- */

static int list(struct req *req)
{
	struct val *all = merges_list(req->db, req->arena, people_org(req), req->now);
	all = guardian_shown(req, guardian_shown(req, all, "kept"), "alias");
	val_set(req->out, "rows", pages_of(req, all, PAGE, S("/people/merges?first=")));
	return OK;
}

static int undo(struct req *req)
{
	int64_t id = val_i(req->in, "merge");
	const struct val *row = merge_row(req->db, req->arena, people_org(req), id, req->now);
	if (val_is_null(row))
		return NOT_FOUND;
	if (!people_may_merge(req, val_i(row, "kept")) ||
	    !people_may_merge(req, val_i(row, "alias")))
		return FORBIDDEN;
	if (!merge_undo(req->db, req->arena, people_org(req), id, val_i(req->me, "id"), req->now)) {
		flash(req, N_("This was undone before, or more than 30 days have passed."));
		return see_other(req, "/people/merges");
	}
	people_note(req, "person.unmerged", val_i(row, "kept"), "person_merge", id);
	people_note(req, "person.unmerged", val_i(row, "alias"), "person_merge", id);
	flash(req, N_("They are two accounts again."));
	return see_other(req, "/people/merges");
}

/* ---- routes ---- */

static const struct field list_fields[] = {PAGES_FIRST, {0}};
static const struct field page_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "words", .kind = FIELD_TEXT, .max = 100},
	{.name = "other", .kind = FIELD_ID},
	{0},
};
static const struct field make_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "other", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field undo_fields[] = {
	{.name = "merge", .kind = FIELD_ID, .required = true},
	{0},
};

static const struct route routes[] = {
	{GET, "/people/:person/merge", PEOPLE_MERGE, page, "people/people_merge",
	 .fields = page_fields, .summary = "Two accounts of a person side by side"},
	{POST, "/people/:person/merge", PEOPLE_MERGE, make, "people/people_merge",
	 .fields = make_fields, .summary = "Make one of two accounts of a person"},
	{GET, "/people/merges", PEOPLE_MERGE, list, "people/people_merges", .fields = list_fields,
	 .summary = "Accounts that were made one"},
	{POST, "/people/merges/:merge/undo", PEOPLE_MERGE, undo, .fields = undo_fields,
	 .summary = "Make two of an account that was made one"},
	{0},
};

const struct feature people_merge_feature = {.name = "people", .routes = routes};
