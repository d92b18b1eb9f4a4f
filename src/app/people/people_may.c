#include "app/people/people.h"

#include "core/audit.h"
#include "core/choices.h"
#include "core/guardian.h"
#include "core/person.h"
#include "core/signin.h"

int64_t people_org(const struct req *req)
{
	return val_i(req->org, "id");
}

struct rights people_mine(const struct req *req)
{
	return (struct rights){req->right_bits};
}

struct val *people_person_whole(struct req *req)
{
	int64_t id = val_i(req->in, "person"), me = val_i(req->me, "id");
	struct val *person = person_in_org(req->db, req->arena, people_org(req), id, req->now);
	if (!val_is_null(person) &&
	    guardian_apart(req->db, req->arena, people_org(req), id, me, req_today(req)))
		return val_null();
	return person;
}

struct val *people_person(struct req *req)
{
	static const char *const shown[] = {"id", "name", "sort_name", "lang", "rev"};
	const struct val *whole = people_person_whole(req);
	struct val *person = val_object(req->arena);
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		val_set(person, shown[i], val_get(whole, shown[i]));
	return val_is_null(whole) ? val_null() : person;
}

bool people_may_reach(struct req *req, int64_t person)
{
	return right_over(people_mine(req), PEOPLE_MANAGE, val_i(req->me, "id"), person);
}

bool people_may_change(struct req *req, int64_t person)
{
	return people_may_reach(req, person) &&
	       person_is_only_of(req->db, req->arena, person, people_org(req), req->now);
}

bool people_may_let_in(struct req *req, int64_t person)
{
	struct rights theirs = rights_of(req->db, req->arena, people_org(req), person, req->now);
	return people_may_change(req, person) && rights_within(theirs, people_mine(req));
}

struct val *people_signins(struct req *req, int64_t person)
{
	static const char *const hidden[] = {N_("By e-mail"),
					     N_("With a card of another organisation")};
	if (person == val_i(req->me, "id"))
		return signins_of(req->db, req->arena, person);
	bool only = person_is_only_of(req->db, req->arena, person, people_org(req), req->now);
	struct val *rows = signins_seen(req->db, req->arena, people_org(req), person, only);
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		bool card = str_is(val_s(row, "kind"), "card");
		val_set_str(row, "way", str_of(tr(req, hidden[card])));
	}
	return rows;
}

bool people_may_promise(struct req *req, int64_t role)
{
	struct rights rights = role_rights(req->db, req->arena, people_org(req), role);
	return has_right(req, PEOPLE_MANAGE) && rights_within(rights, people_mine(req)) &&
	       !val_is_null(role_read(req->db, req->arena, people_org(req), role));
}

void people_note(struct req *req, const char *verb, int64_t person, const char *object_kind,
		 int64_t object)
{
	audit_add(req->db, req->arena,
		  &(struct audit){.org = people_org(req),
				  .made_by = val_i(req->me, "id"),
				  .verb = verb,
				  .object_kind = object_kind,
				  .object = object,
				  .person = person,
				  .request_id = req->request_id,
				  .at = req->now});
}

struct val *people_role_choices(struct req *req, int64_t chosen, const char *none)
{
	const struct val *roles = roles_list(req->db, req->arena, people_org(req));
	struct val *list = val_list(req->arena);
	choice(list, S(""), str_of(tr(req, none)), !chosen);
	for (size_t i = 0; i < val_count(roles); i++) {
		const struct val *role = val_at(roles, i);
		int64_t id = val_i(role, "id");
		if (rights_within(role_rights(req->db, req->arena, people_org(req), id),
				  people_mine(req)))
			choice_id(list, id, role_shown(req, role), id == chosen);
	}
	return list;
}
