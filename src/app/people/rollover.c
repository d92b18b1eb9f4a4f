#include "app/people/rollover.h"

#include "app/people/groups.h"
#include "app/people/people.h"
#include "app/people/people_batch.h"
#include "app/people/people_plan_rules.h"
#include "app/people/rollover_rules.h"
#include "app/people/roster.h"
#include "base/instant.h"
#include "base/json.h"
#include "core/args.h"
#include "core/group.h"
#include "core/purpose.h"
#include "queries.h"

enum { JSON_BYTES = 1 << 20, LAST_GRADE = 12 };

struct val *rollover_stands(struct db *db, struct arena *a, int64_t org, int64_t from, int64_t to,
			    int64_t at)
{
	struct val *old = ARGS(a, ARG(org), ARG_AS("year", from), ARG(at)),
		   *new = ARGS(a, ARG(org), ARG_AS("year", to)), *stands = val_object(a);
	val_set(stands, "groups", db_rows(db, &q_rollover_groups, old));
	val_set(stands, "members", db_rows(db, &q_rollover_members, old));
	val_set(stands, "staff", db_rows(db, &q_rollover_staff, old));
	val_set(stands, "consents", db_rows(db, &q_rollover_consents, old));
	val_set(stands, "targets", db_rows(db, &q_rollover_groups, new));
	val_set(stands, "joined", db_rows(db, &q_rollover_members, new));
	return stands;
}

struct val *rollover_plan_of(struct req *req, const struct val *batch)
{
	struct json_error error;
	struct val *settings = json_read(req->arena, val_s(batch, "settings"), JSON_BYTES, &error);
	if (!settings)
		settings = val_object(req->arena);
	return rollover_plan(req->arena,
			     rollover_stands(req->db, req->arena, people_org(req),
					     val_i(settings, "from"), val_i(settings, "to"),
					     val_i(settings, "at")),
			     settings);
}

/* Without a choice: the newest year that has begun, and the one after it. */
static void first_years(struct req *req, const struct val *years)
{
	struct str today = req_today(req);
	for (size_t i = 0; i < val_count(years); i++) {
		if (str_cmp(val_s(val_at(years, i), "since"), today) > 0)
			continue;
		val_set(req->in, "from", val_get(val_at(years, i), "id"));
		if (i)
			val_set(req->in, "to", val_get(val_at(years, i - 1), "id"));
		return;
	}
}

static void show_purposes(struct req *req)
{
	const struct val *chosen = val_get(req->in, "purposes");
	struct val *list = val_set_list(req->out, "purposes");
	const struct val *all = purposes_of(req, true);
	for (size_t k = 0; k < val_count(all); k++) {
		const struct val *purpose = val_at(all, k);
		struct val *one = val_push_object(list);
		bool ticked = false;
		for (size_t i = 0; i < val_count(chosen) && !ticked; i++)
			ticked = str_eq(val_get_str(val_at(chosen, i)), val_s(purpose, "code"));
		val_set_str(one, "code", val_s(purpose, "code"));
		val_set_str(one, "label", val_s(purpose, "name"));
		val_set_str(one, "lang", val_s(purpose, "name_lang"));
		val_set_bool(one, "other", val_b(purpose, "name_other"));
		val_set_bool(one, "ticked", ticked);
	}
}

/* Each group of the old year with the name it would have: as it was typed, else as numbers go on. */
static void show_groups(struct req *req, int64_t from, int64_t last)
{
	const struct val *groups = db_rows(req->db, &q_rollover_groups,
					   ARGS(req->arena, ARG_AS("org", people_org(req)),
						ARG_AS("year", from))),
			 *typed = val_get(req->in, "names");
	struct val *list = val_set_list(req->out, "groups");
	for (size_t i = 0; i < val_count(groups); i++) {
		const struct val *group = val_at(groups, i);
		struct val *one = val_push_object(list);
		struct str name = val_s(group, "name");
		val_set_int(one, "id", val_i(group, "id"));
		val_set_str(one, "name", name);
		val_set_int(one, "members", val_i(group, "members"));
		val_set_str(one, "next",
			    val_count(typed) == val_count(groups)
				    ? val_get_str(val_at(typed, i))
				    : rollover_name(req->arena, name, last));
	}
}

int rollover_page(struct req *req)
{
	const struct val *years = years_list(req->db, req->arena, people_org(req));
	if (!val_i(req->in, "from"))
		first_years(req, years);
	if (!val_i(req->in, "last"))
		val_set_int(req->in, "last", LAST_GRADE);
	int64_t from = val_i(req->in, "from"), to = val_i(req->in, "to");
	const struct val *old = year_among(years, from), *new = year_among(years, to);
	if ((from && val_is_null(old)) || (to && val_is_null(new)))
		return NOT_FOUND;
	val_set(req->out, "from_choices",
		groups_year_choices(req, years, from, N_("Choose a year")));
	val_set(req->out, "to_choices", groups_year_choices(req, years, to, N_("Choose a year")));
	bool ready = from && to && str_cmp(val_s(old, "since"), val_s(new, "since")) < 0;
	val_set_bool(req->out, "ready", ready);
	val_set_bool(req->out, "backward", from && to && !ready);
	val_set_str(req->out, "old_name", val_s(old, "name"));
	val_set_str(req->out, "new_name", val_s(new, "name"));
	val_set_str(req->out, "begins", val_s(new, "since"));
	show_groups(req, ready ? from : 0, val_i(req->in, "last"));
	show_purposes(req);
	return OK;
}

static bool is_among(const struct val *groups, int64_t id)
{
	for (size_t i = 0; i < val_count(groups); i++)
		if (val_i(val_at(groups, i), "id") == id)
			return true;
	return false;
}

/* Groups and names stand side by side. */
static struct val *chosen_groups(struct req *req, int64_t from)
{
	const struct val *known =
		db_rows(req->db, &q_rollover_groups,
			ARGS(req->arena, ARG_AS("org", people_org(req)), ARG_AS("year", from)));
	const struct val *ids = val_get(req->in, "groups"), *names = val_get(req->in, "names");
	struct val *list = val_list(req->arena);
	for (size_t i = 0; i < val_count(ids) && i < val_count(names); i++) {
		int64_t id = 0;
		if (!str_int(val_get_str(val_at(ids, i)), &id) || !is_among(known, id)) {
			invalid(req, "names",
				N_("Somebody else changed this meanwhile. This is how it is now."));
			continue;
		}
		struct val *one = val_push_object(list);
		val_set_int(one, "id", id);
		val_set_str(one, "name", str_trim(val_get_str(val_at(names, i))));
		if (val_s(one, "name").n > 100)
			invalid(req, "names", N_("A name has at most 100 characters."));
	}
	return list;
}

int rollover_add(struct req *req)
{
	int64_t from = val_i(req->in, "from"), to = val_i(req->in, "to"), day = 0;
	const struct val *old = year_by_id(req->db, req->arena, people_org(req), from),
			 *new = year_by_id(req->db, req->arena, people_org(req), to);
	if (val_is_null(old) || val_is_null(new))
		return NOT_FOUND;
	struct str since = val_s(new, "since");
	if (str_cmp(val_s(old, "since"), since) >= 0)
		invalid(req, "to", N_("The new year begins after the old one."));
	struct val *groups = chosen_groups(req, from), *p = params(req);
	if (val_count(req->errors))
		return INVALID;
	struct wall midnight = {0};
	if (day_read(since, &day))
		midnight.day = day;
	struct val *settings = ARGS(req->arena, ARG(from), ARG(to), ARG(since),
				    ARG_AS("at", wall_instant(midnight, req_zone(req), NULL)));
	val_set(settings, "groups", groups);
	val_set(settings, "purposes", val_get(req->in, "purposes"));
	val_set_str(p, "kind", S("rollover"));
	val_set_str(p, "title",
		    str_fmt(req->arena, STR_FMT " → " STR_FMT, STR_ARG(val_s(old, "name")),
			    STR_ARG(val_s(new, "name"))));
	val_set_null(p, "bytes");
	val_set_null(p, "tables");
	val_set_str(p, "settings", json_text(req->arena, settings));
	return see_other(req, "/people/batches/%lld",
			 (long long)db_id(req->db, &q_people_batch_add, p));
}
