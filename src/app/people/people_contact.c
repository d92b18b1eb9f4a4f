/* How a person can be reached, as their organisation keeps it. */
#include "app/people/people.h"

#include "core/contact.h"

int people_contact_add(struct req *req)
{
	struct val *person = people_person(req), *contact = val_object(req->arena);
	int64_t id = val_i(person, "id");
	if (val_is_null(person))
		return NOT_FOUND;
	if (!people_may_change(req, id))
		return FORBIDDEN;
	val_merge(contact, req->in);
	val_set_int(contact, "person", id);
	if (!contact_add(req->db, req->arena, contact, req->now)) {
		invalid(req, "value",
			N_("This does not look like an address or number of this kind."));
		return INVALID;
	}
	people_note(req, "contact.added", id, "person", id);
	flash(req, N_("The contact is added."));
	return see_other(req, "/people/%lld", (long long)id);
}

int people_contact_remove(struct req *req)
{
	struct val *person = people_person(req);
	int64_t id = val_i(person, "id");
	if (val_is_null(person))
		return NOT_FOUND;
	if (!people_may_change(req, id))
		return FORBIDDEN;
	if (!contact_remove(req->db, req->arena, id, val_i(req->in, "contact")))
		return NOT_FOUND;
	people_note(req, "contact.removed", id, "person", id);
	flash(req, N_("The contact is removed."));
	return see_other(req, "/people/%lld", (long long)id);
}

int people_contact_page(struct req *req)
{
	static const struct {
		const char *value, *label;
	} kinds[] = {{"email", N_("E-mail")},
		     {"phone", N_("Telephone")},
		     {"post", N_("Postal address")},
		     {"web", N_("Web page")},
		     {"other", N_("Something else")}};
	struct val *person = people_person(req), *list = val_set_list(req->out, "kinds");
	if (val_is_null(person))
		return NOT_FOUND;
	if (!people_may_change(req, val_i(person, "id")))
		return FORBIDDEN;
	val_set(req->out, "person", person);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct val *one = val_push_object(list);
		val_set_str(one, "value", str_of(kinds[i].value));
		val_set_str(one, "label", str_of(tr(req, kinds[i].label)));
		val_set_bool(one, "selected", str_is(val_s(req->in, "kind"), kinds[i].value));
	}
	return OK;
}
