/* Places: where activities happen, and how one gets in. */
#include "core/place.h"
#include "core/crumbs.h"

#include "app/activities/plan.h"
#include "base/arena.h"
#include "base/instant.h"
#include "core/audit.h"
#include "core/pages.h"
#include "queries.h"

enum { PAGE = 50 };

static void note(struct req *r, const char *verb, int64_t place)
{
	audit_add(r->db, r->arena,
		  &(struct audit){.org = val_i(r->org, "id"),
				  .made_by = val_i(r->me, "id"),
				  .verb = verb,
				  .object_kind = "place",
				  .object = place,
				  .request_id = r->request_id,
				  .at = r->now});
}

static void dress(struct req *r, struct val *row)
{
	struct str zone = val_s(row, "zone");
	plan_other(r, row, "access");
	val_set_bool(row, "retired", val_i(row, "retired_at") != 0);
	val_set_str(row, "zone_city",
		    zone_open(r->arena, zone) ? zone_city_show(r->arena, r->lang, zone) : zone);
}

static void crumbs(struct req *r, const char *last)
{
	crumb(r, N_("Activities"), "/activities");
	crumb(r, N_("Places"), last ? "/activities/places" : NULL);
	if (last)
		crumb(r, last, NULL);
}

int place_index(struct req *r)
{
	struct val *rows = db_rows(r->db, &q_activities_places, params(r));
	for (size_t i = 0; i < val_count(rows); i++)
		dress(r, val_at(rows, i));
	val_set(r->out, "rows", rows);
	if (!r->data)
		crumbs(r, NULL);
	return OK;
}

static struct val *open_place(struct req *r)
{
	struct val *row = place_row(r->db, r->arena, val_i(r->org, "id"), val_i(r->in, "place"));
	if (!val_is_null(row)) {
		dress(r, row);
		val_set(r->out, "place", row);
	}
	return row;
}

int place_page(struct req *r)
{
	struct val *row = open_place(r), *p = params(r);
	if (val_is_null(row))
		return NOT_FOUND;
	val_set_int(p, "edge", r->now);
	struct val *coming = db_rows(r->db, &q_activities_at_place, p);
	coming = pages_of(
		r, coming, PAGE,
		str_fmt(r->arena, "/activities/places/%lld?first=", (long long)val_i(row, "id")));
	plan_dress(r, coming);
	val_set(r->out, "coming", coming);
	crumb(r, N_("Activities"), "/activities");
	crumb(r, N_("Places"), "/activities/places");
	crumb_named(r, val_s(row, "name"), (struct str){0});
	return OK;
}

static bool typed(struct req *r, struct place *to)
{
	*to = (struct place){val_s(r->in, "name"), val_s(r->in, "address"), val_s(r->in, "zone"),
			     val_s(r->in, "access"), r->lang};
	if (!to->zone.n)
		to->zone = val_s(r->org, "zone");
	if (!zone_open(r->arena, to->zone))
		invalid(r, "zone",
			N_("There is no time zone of this name. It is like America/Toronto."));
	return !val_count(r->errors);
}

int place_new(struct req *r)
{
	val_set(r->in, "zone", val_get(r->org, "zone"));
	crumbs(r, N_("Add a place"));
	return OK;
}

int place_put(struct req *r)
{
	struct place to;
	if (!typed(r, &to))
		return INVALID;
	int64_t id = place_add(r->db, r->arena, val_i(r->org, "id"), &to);
	note(r, "place.added", id);
	flash(r, N_("The place is added."));
	return see_other(r, "/activities/places/%lld", (long long)id);
}

int place_change_page(struct req *r)
{
	static const char *const shown[] = {"name", "address", "zone", "access", "rev"};
	struct val *row = open_place(r);
	if (val_is_null(row))
		return NOT_FOUND;
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		val_set(r->in, shown[i], val_get(row, shown[i]));
	crumbs(r, N_("Change a place"));
	return OK;
}

int place_change(struct req *r)
{
	struct place to;
	int64_t id = val_i(r->in, "place");
	if (val_is_null(open_place(r)))
		return NOT_FOUND;
	if (!typed(r, &to))
		return INVALID;
	if (!place_edit(r->db, r->arena, val_i(r->org, "id"), id, val_i(r->in, "rev"), &to))
		return CONFLICT;
	note(r, "place.changed", id);
	flash(r, N_("The place is saved."));
	return see_other(r, "/activities/places/%lld", (long long)id);
}

static int retire(struct req *r, int64_t at, const char *verb, const char *message)
{
	int64_t id = val_i(r->in, "place");
	if (!place_retire(r->db, r->arena, val_i(r->org, "id"), id, at))
		return NOT_FOUND;
	note(r, verb, id);
	flash(r, message);
	return see_other(r, "/activities/places/%lld", (long long)id);
}

int place_leave(struct req *r)
{
	return retire(r, r->now, "place.retired", N_("The place is no longer offered."));
}

int place_return(struct req *r)
{
	return retire(r, 0, "place.returned", N_("The place is offered again."));
}
