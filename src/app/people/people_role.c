#include "app/people/people.h"

#include "base/instant.h"
#include "core/conflict.h"
#include "core/person.h"

/* ---- who holds a role ---- */

/* The role holds through the day that is typed, where the organisation is. 0: no end. */
static int64_t end_of_day(struct req *req, struct str text)
{
	int64_t day;
	struct zone *zone = zone_open(req->arena, val_s(req->org, "zone"));
	if (!day_read(text, &day))
		return 0;
	if (!zone)
		return (day + 1) * 86400;
	return wall_instant((struct wall){.day = day + 1}, zone, NULL);
}

int people_role_give(struct req *req)
{
	struct val *person = people_person(req);
	int64_t id = val_i(person, "id"), role = val_i(req->in, "role"), me = val_i(req->me, "id");
	int64_t until = end_of_day(req, val_s(req->in, "until"));
	struct rights rights = role_rights(req->db, req->arena, people_org(req), role);
	if (val_is_null(person) ||
	    val_is_null(role_read(req->db, req->arena, people_org(req), role)))
		return NOT_FOUND;
	if (!right_to_give(people_mine(req), rights, me, id))
		return FORBIDDEN;
	if (until && until <= req->now) {
		invalid(req, "until",
			N_("This day is over. Choose a later one, or leave it empty."));
		return INVALID;
	}
	int64_t given =
		role_give(req->db, req->arena, people_org(req), id, role, until, me, req->now);
	if (given)
		people_note(req, "role.given", id, "role", role);
	flash(req, given ? N_("The role is given.") : N_("The person has this role already."));
	return see_other(req, "/people/%lld", (long long)id);
}

int people_role_take(struct req *req)
{
	int64_t id = val_i(req->in, "given"), me = val_i(req->me, "id");
	const struct val *given = role_given(req->db, req->arena, people_org(req), id, req->now);
	int64_t person = val_i(given, "person"), role = val_i(given, "role");
	struct rights rights = role_rights(req->db, req->arena, people_org(req), role);
	if (val_is_null(given) || person != val_i(req->in, "person"))
		return NOT_FOUND;
	if (!right_to_give(people_mine(req), rights, me, person))
		return FORBIDDEN;
	switch (role_take(req->db, req->arena, people_org(req), id, req->now)) {
	case ROLE_LAST:
		flash(req, N_("This is the last person who may give roles. Give somebody else that "
			      "role first."));
		break;
	case ROLE_DONE:
		people_note(req, "role.taken", person, "role", role);
		flash(req, N_("The role is taken away."));
		break;
	default:
		return NOT_FOUND;
	}
	return see_other(req, "/people/%lld", (long long)person);
}

/* ---- what a role allows ---- */

int people_roles(struct req *req)
{
	struct val *roles = roles_counted(req->db, req->arena, people_org(req), req->now);
	roles_label(req, roles);
	for (size_t i = 0; i < val_count(roles); i++) {
		struct val *role = val_at(roles, i);
		struct rights rights =
			role_rights(req->db, req->arena, people_org(req), val_i(role, "id"));
		val_set_int(role, "right_count", __builtin_popcountll(rights.bits));
	}
	val_set(req->out, "rows", roles);
	return OK;
}

static struct rights chosen(struct req *req)
{
	const struct val *names = val_get(req->in, "allowed");
	struct rights rights = {0};
	for (size_t i = 0; i < val_count(names); i++) {
		int right = right_named(val_get_str(val_at(names, i)));
		if (right > SIGNED_IN)
			rights = rights_with(rights, right);
	}
	return rights;
}

static void show_rights(struct req *req, struct rights rights, bool fixed)
{
	struct val *list = val_set_list(req->out, "choices");
	for (int right = SIGNED_IN + 1; right < RIGHT_COUNT; right++) {
		struct val *one = val_push_object(list);
		val_set_str(one, "right_name", str_of(right_table[right].name));
		val_set_str(one, "label", str_of(right_table[right].label));
		val_set_bool(one, "held", rights_has(rights, right));
		val_set_bool(one, "second", right_table[right].second);
		val_set_bool(one, "locked", fixed || !rights_has(people_mine(req), right));
	}
}

int people_role_new(struct req *req)
{
	show_rights(req, chosen(req), false);
	return OK;
}

int people_role_add(struct req *req)
{
	struct rights rights = chosen(req);
	if (!rights_within(rights, people_mine(req)))
		return FORBIDDEN;
	int64_t role = role_add(req->db, req->arena, people_org(req), val_s(req->in, "name"),
				rights, req->now);
	people_note(req, "role.added", 0, "role", role);
	flash(req, N_("The role is added. Give it to people on their pages."));
	return see_other(req, "/people/roles/%lld", (long long)role);
}

static bool is_fixed(const struct val *role)
{
	return str_is(val_s(role, "shipped"), ROLE_ADMIN);
}

int people_role_page(struct req *req)
{
	int64_t id = val_i(req->in, "role");
	struct val *role = role_read(req->db, req->arena, people_org(req), id);
	if (val_is_null(role))
		return NOT_FOUND;
	bool fixed = is_fixed(role);
	val_set_str(role, "label", role_shown(req, role));
	val_set_bool(role, "shipped", val_s(role, "shipped").n > 0);
	val_set(req->out, "role", role);
	val_set_bool(req->out, "fixed", fixed);
	val_set(req->in, "name", val_get(role, "name"));
	val_set(req->in, "rev", val_get(role, "rev"));
	show_rights(req, role_rights(req->db, req->arena, people_org(req), id), fixed);
	conflict_none(req);
	return OK;
}

/* A box that is locked is not sent: rights that the reader has not got stay as they are. */
static struct rights wanted(struct req *req, struct rights before)
{
	struct rights mine = people_mine(req), want = chosen(req);
	want.bits = (want.bits & mine.bits) | (before.bits & ~mine.bits);
	return want;
}

static int role_conflict(struct req *req, int64_t id)
{
	const struct val *now = role_read(req->db, req->arena, people_org(req), id);
	struct rights rights = role_rights(req->db, req->arena, people_org(req), id);
	conflict_with(req, N_("Name"), role_shown(req, now));
	for (int right = SIGNED_IN + 1; right < RIGHT_COUNT; right++)
		if (rights_has(rights, right))
			conflict_with(req, N_("Allows"), str_of(tr(req, right_table[right].label)));
	show_rights(req, wanted(req, rights), false);
	return conflict_answer(req, val_i(now, "rev"));
}

int people_role_save(struct req *req)
{
	int64_t id = val_i(req->in, "role"), rev = val_i(req->in, "rev"), org = people_org(req);
	struct val *role = role_read(req->db, req->arena, org, id);
	struct str name = val_s(req->in, "name");
	struct rights before = role_rights(req->db, req->arena, org, id);
	if (val_is_null(role))
		return NOT_FOUND;
	if (is_fixed(role))
		return FORBIDDEN;
	if (!val_s(role, "shipped").n && !name.n) {
		invalid(req, "name", N_("Give the role a name."));
		return INVALID;
	}
	switch (role_change(req->db, req->arena, org, id, rev, name, wanted(req, before),
			    req->now)) {
	case ROLE_STALE:
		return role_conflict(req, id);
	case ROLE_LAST:
		flash(req, N_("Then nobody could give roles any more. Give somebody another role "
			      "that may."));
		return see_other(req, "/people/roles/%lld", (long long)id);
	default:
		people_note(req, "role.changed", 0, "role", id);
		flash(req, N_("The role is saved."));
		return see_other(req, "/people/roles/%lld", (long long)id);
	}
}
