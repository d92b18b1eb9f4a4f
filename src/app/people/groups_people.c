/* Who belongs to a group and who is responsible for it: many chosen at once, each with their dates. */
#include "app/people/groups.h"
#include "app/people/people.h"

#include "base/instant.h"
#include "core/args.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/person.h"
#include "core/text.h"
#include "queries.h"

enum { FOUND = 100 };

static bool for_staff(const struct req *req)
{
	return str_is(val_s(req->in, "to"), "staff");
}

/* GET /people/groups/:group/choose: people found by name, to be ticked */
int groups_choose(struct req *req)
{
	struct val *group = groups_seen(req);
	if (val_is_null(group))
		return NOT_FOUND;
	struct val *found = people_found_some(req, val_s(req->in, "words"), FOUND),
		   *rows = val_set_list(req->out, "found");
	for (size_t i = 0; i < val_count(found); i++) {
		struct val *row = val_push_object(rows);
		val_set(row, "id", val_get(val_at(found, i), "id"));
		val_set(row, "sort_name", val_get(val_at(found, i), "sort_name"));
	}
	if (!val_s(req->in, "since").n)
		val_set_str(req->in, "since", req_today(req));
	val_set_bool(req->out, "staff", for_staff(req));
	val_set(req->out, "group", group);
	return OK;
}

/* Only people whom the organisation knows; each once. */
static const struct val *chosen(struct req *req)
{
	const struct val *ticked = val_get(req->in, "people");
	struct val *ids = val_list(req->arena);
	int64_t id;
	for (size_t i = 0; i < val_count(ticked); i++)
		if (str_int(val_get_str(val_at(ticked, i)), &id) && id > 0)
			val_push(ids, val_int(req->arena, id));
	struct val *known = db_rows(req->db, &q_groups_known,
				    ARGS(req->arena, ARG_AS("org", people_org(req)),
					 ARG_AS("ids", text_ids(req->arena, ids, NULL)),
					 ARG_AS("now", req->now)));
	return guardian_shown(req, known, "person");
}

static bool day_fits(struct req *req, const struct val *group)
{
	struct str since = val_s(req->in, "since"), until = val_s(group, "until");
	if (until.n) {
		invalid(req, "since", N_("The group has ended."));
		return false;
	}
	if (str_cmp(since, val_s(group, "since")) < 0) {
		invalid(req, "since", N_("The group begins later than this day."));
		return false;
	}
	return true;
}

int groups_join(struct req *req)
{
	struct val *group = groups_seen(req);
	if (val_is_null(group))
		return NOT_FOUND;
	const struct val *people = chosen(req);
	if (!val_count(people) && val_count(val_get(req->in, "people")))
		return NOT_FOUND;
	if (!val_count(people)) {
		invalid(req, "people", N_("Choose at least one person."));
		return INVALID;
	}
	if (!day_fits(req, group))
		return INVALID;
	int64_t id = val_i(group, "id"), added = 0;
	for (size_t i = 0; i < val_count(people); i++) {
		int64_t person = val_i(val_at(people, i), "person");
		int64_t row = (for_staff(req) ? group_staff_add : group_join)(
			req->db, req->arena, people_org(req), id, person, val_s(req->in, "since"));
		if (!row)
			continue;
		added++;
		people_note(req, for_staff(req) ? "group.led" : "group.joined", person,
			    "people_group", id);
	}
	flash(req, added ? N_("They are added.") : N_("They were there already."));
	return see_other(req, "/people/groups/%lld", (long long)id);
}

/* The day before which a row ends; empty if what was asked cannot be. */
static struct str ending(struct req *req, const struct val *row)
{
	struct str since = val_s(row, "since");
	if (val_b(req->in, "mistake"))
		return since;
	struct str until = groups_until(req->arena, val_s(req->in, "last_day"));
	return str_cmp(until, since) > 0 ? until : S("");
}

static int end_row(struct req *req, const struct val *row, const char *verb, bool staff)
{
	int64_t group = val_i(req->in, "group"), person = val_i(row, "person");
	struct str until = ending(req, row);
	bool done =
		until.n && !val_s(row, "until").n &&
		(staff ? group_staff_end(req->db, req->arena, people_org(req), val_i(row, "id"),
					 until)
		       : group_leave(req->db, req->arena, people_org(req), group, person, until));
	if (done)
		people_note(req, verb, person, "people_group", group);
	flash(req, done      ? N_("The end is written down.")
		   : until.n ? N_("That has ended already.")
			     : N_("They came later than that day."));
	return see_other(req, "/people/groups/%lld", (long long)group);
}

static const struct val *row_of(struct req *req, bool staff)
{
	struct val *rows =
		db_rows(req->db, staff ? &q_groups_staff_row : &q_groups_member, params(req));
	rows = guardian_shown(req, rows, "person");
	return val_count(rows) ? val_at(rows, 0) : val_null();
}

static int end_page(struct req *req, bool staff)
{
	struct val *group = groups_seen(req);
	const struct val *row = row_of(req, staff);
	if (val_is_null(group) || val_is_null(row) || val_s(row, "until").n)
		return NOT_FOUND;
	val_set_str(req->in, "last_day", req_today(req));
	val_set(req->out, "group", group);
	struct val *who = val_set_object(req->out, "who");
	val_set(who, "id", val_get(row, "id"));
	val_set(who, "since", val_get(row, "since"));
	val_set(who, "name",
		val_get(person_by_id(req->db, req->arena, val_i(row, "person")), "name"));
	val_set_bool(req->out, "staff", staff);
	return OK;
}

int groups_leave_page(struct req *req)
{
	return end_page(req, false);
}

int groups_staff_page(struct req *req)
{
	return end_page(req, true);
}

int groups_leave(struct req *req)
{
	const struct val *row = row_of(req, false);
	if (val_is_null(groups_seen(req)) || val_is_null(row))
		return NOT_FOUND;
	return end_row(req, row, "group.left", false);
}

int groups_staff_end(struct req *req)
{
	const struct val *row = row_of(req, true);
	if (val_is_null(groups_seen(req)) || val_is_null(row))
		return NOT_FOUND;
	return end_row(req, row, "group.led_no_more", true);
}
