/* How a person can be reached, as their organisation keeps it. */
#include "app/people/people.h"

#include "core/contact.h"

int people_contact_add(struct req *req)
{
	struct val *person = people_person(req), *contact = val_object(req->arena);
	int64_t id = val_i(person, "id");
	if (val_is_null(person))
		return NOT_FOUND;
	if (!people_may_reach(req, id))
		return FORBIDDEN;
	val_merge(contact, req->in);
	val_set_int(contact, "person", id);
	val_set_int(contact, "org", people_org(req));
	if (!contact_add(req->db, req->arena, contact, req->now)) {
		invalid(req, "value",
			N_("This does not look like an address or number of this kind."));
		return INVALID;
	}
	people_note(req, "contact.added", id, "person", id);
	flash(req, N_("The contact is added."));
	return see_other(req, "/people/%lld", (long long)id);
}

/* Their own stay theirs to change where another organisation knows them too. */
static struct val *contacts(struct req *req, int64_t person)
{
	struct val *rows = contacts_of(req->db, req->arena, people_org(req), person);
	bool reach = people_may_reach(req, person), change = people_may_change(req, person);
	for (size_t i = 0; i < val_count(rows); i++)
		val_set_bool(val_at(rows, i), "may_remove",
			     val_i(val_at(rows, i), "own") ? change : reach);
	return rows;
}

void people_contacts_show(struct req *req, int64_t person)
{
	val_set(req->out, "contacts", contacts(req, person));
	val_set_bool(req->out, "may_reach", people_may_reach(req, person));
}

static const struct val *asked(struct req *req, int64_t person)
{
	const struct val *rows = contacts(req, person);
	for (size_t i = 0; i < val_count(rows); i++)
		if (val_i(val_at(rows, i), "id") == val_i(req->in, "contact"))
			return val_at(rows, i);
	return val_null();
}

int people_contact_remove(struct req *req)
{
	struct val *person = people_person(req);
	int64_t id = val_i(person, "id");
	if (val_is_null(person))
		return NOT_FOUND;
	if (!people_may_reach(req, id))
		return FORBIDDEN;
	const struct val *contact = asked(req, id);
	if (!val_is_null(contact) && !val_b(contact, "may_remove"))
		return FORBIDDEN;
	if (!contact_remove(req->db, req->arena, people_org(req), id, val_i(req->in, "contact")))
		return NOT_FOUND;
	people_note(req, "contact.removed", id, "person", id);
	flash(req, N_("The contact is removed."));
	return see_other(req, "/people/%lld", (long long)id);
}

int people_contact_page(struct req *req)
{
	struct val *person = people_person(req);
	if (val_is_null(person))
		return NOT_FOUND;
	if (!people_may_reach(req, val_i(person, "id")))
		return FORBIDDEN;
	val_set(req->out, "person", person);
	contact_kind_choices(req);
	return OK;
}
