/* Groups and school years, as those who keep them change them. */
#include "app/people/groups.h"
#include "app/people/people.h"

#include "core/args.h"
#include "core/conflict.h"
#include "core/group.h"

static void choices(struct req *req, struct str kind, int64_t year)
{
	val_set(req->out, "kind_choices", groups_kind_choices(req, kind, NULL));
	val_set(req->out, "year_choices",
		groups_year_choices(req, years_list(req->db, req->arena, people_org(req)), year,
				    N_("No school year")));
}

int groups_new(struct req *req)
{
	choices(req, val_s(req->in, "kind"), val_i(req->in, "year"));
	val_set_null(req->out, "group");
	return OK;
}

/* Without a day of its own a group begins with its year, else today. */
static struct str beginning(struct req *req, const struct val *year)
{
	struct str since = val_s(req->in, "since");
	if (!since.n)
		since = val_s(year, "since");
	return since.n ? since : req_today(req);
}

int groups_add(struct req *req)
{
	int64_t org = people_org(req), year = val_i(req->in, "year");
	const struct val *in_year = year_by_id(req->db, req->arena, people_org(req), year);
	if (year && val_is_null(in_year))
		return NOT_FOUND;
	struct str since = beginning(req, in_year), name = val_s(req->in, "name");
	int64_t id = group_add(req->db, req->arena, org, str_c(req->arena, val_s(req->in, "kind")),
			       name, since);
	group_change(req->db, req->arena, org,
		     ARGS(req->arena, ARG(id), ARG_AS("rev", 1),
			  ARG_AS("kind", val_s(req->in, "kind")), ARG(name), ARG(since),
			  ARG(year)));
	people_note(req, "group.added", 0, "people_group", id);
	flash(req, N_("The group is added. Now say who belongs to it."));
	return see_other(req, "/people/groups/%lld", (long long)id);
}

int groups_edit_page(struct req *req)
{
	static const char *const shown[] = {"name", "kind", "year", "since", "rev"};
	struct val *group = groups_seen(req);
	if (val_is_null(group))
		return NOT_FOUND;
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		val_set(req->in, shown[i], val_get(group, shown[i]));
	val_set(req->out, "group", group);
	choices(req, val_s(group, "kind"), val_i(group, "year"));
	conflict_none(req);
	return OK;
}

static int edit_conflict(struct req *req)
{
	const struct val *now = groups_seen(req);
	conflict_with(req, N_("Name"), val_s(now, "name"));
	conflict_with(req, N_("School year"), val_s(now, "year_name"));
	conflict_with(req, N_("First day"), val_s(now, "since"));
	return conflict_answer(req, val_i(now, "rev"));
}

int groups_edit(struct req *req)
{
	struct val *group = groups_seen(req), *changed = val_object(req->arena);
	int64_t year = val_i(req->in, "year"), id = val_i(group, "id");
	if (val_is_null(group) ||
	    (year && val_is_null(year_by_id(req->db, req->arena, people_org(req), year))))
		return NOT_FOUND;
	val_merge(changed, req->in);
	val_set_int(changed, "id", id);
	struct str until = val_s(group, "until");
	if (until.n && str_cmp(until, val_s(req->in, "since")) < 0) {
		invalid(req, "since", N_("The group ended before this day."));
		return INVALID;
	}
	if (!group_change(req->db, req->arena, people_org(req), changed))
		return edit_conflict(req);
	people_note(req, "group.changed", 0, "people_group", id);
	flash(req, N_("The group is saved."));
	return see_other(req, "/people/groups/%lld", (long long)id);
}

int groups_end(struct req *req)
{
	struct val *group = groups_seen(req);
	int64_t id = val_i(group, "id");
	if (val_is_null(group))
		return NOT_FOUND;
	struct str until = groups_until(req->arena, val_s(req->in, "last_day"));
	if (!group_end(req->db, req->arena, people_org(req), id, until)) {
		flash(req, val_s(group, "until").n ? N_("The group has ended already.")
						   : N_("The group begins later than that day."));
		return see_other(req, "/people/groups/%lld", (long long)id);
	}
	people_note(req, "group.ended", 0, "people_group", id);
	flash(req, N_("The group ends, and with it who belongs to it and who is responsible."));
	return see_other(req, "/people/groups/%lld", (long long)id);
}

/* ---- school years ---- */

int groups_years(struct req *req)
{
	struct val *years = years_list(req->db, req->arena, people_org(req));
	for (size_t i = 0; i < val_count(years); i++) {
		struct val *year = val_at(years, i);
		val_set_str(year, "last_day", groups_last_day(req->arena, val_s(year, "until")));
	}
	val_set(req->out, "rows", years);
	return OK;
}

static bool in_order(struct req *req)
{
	if (str_cmp(val_s(req->in, "since"), val_s(req->in, "last_day")) < 0)
		return true;
	invalid(req, "last_day", N_("The last day comes after the first."));
	return false;
}

int groups_year_add(struct req *req)
{
	if (!in_order(req))
		return INVALID;
	int64_t year = year_add(req->db, req->arena, people_org(req), val_s(req->in, "name"),
				val_s(req->in, "since"),
				groups_until(req->arena, val_s(req->in, "last_day")));
	if (!year) {
		invalid(req, "since", N_("Another school year begins on this day."));
		return INVALID;
	}
	people_note(req, "year.added", 0, "academic_year", year);
	flash(req, N_("The school year is added."));
	return see_other(req, "/people/groups/years");
}

int groups_year_change(struct req *req)
{
	int64_t id = val_i(req->in, "year");
	struct val *year = val_object(req->arena);
	if (val_is_null(year_by_id(req->db, req->arena, people_org(req), id)))
		return NOT_FOUND;
	if (!in_order(req))
		return INVALID;
	val_merge(year, req->in);
	val_set_int(year, "id", id);
	val_set_str(year, "until", groups_until(req->arena, val_s(req->in, "last_day")));
	switch (year_change(req->db, req->arena, people_org(req), year)) {
	case YEAR_DONE:
		people_note(req, "year.changed", 0, "academic_year", id);
		flash(req, N_("The school year is saved."));
		break;
	case YEAR_TWICE:
		invalid(req, "since", N_("Another school year begins on this day."));
		return INVALID;
	case YEAR_STALE:
		invalid(req, "rev",
			N_("Somebody else changed this school year meanwhile. Look again."));
		return INVALID;
	}
	return see_other(req, "/people/groups/years");
}
