#include "app/people/people.h"

#include "app/people/demo.h"
#include "base/buf.h"
#include "base/lang.h"
#include "core/args.h"
#include "core/conflict.h"
#include "core/contact.h"
#include "core/person.h"
#include "core/second.h"
#include "core/signin.h"
#include "queries.h"

enum { PAGE = 50 };

/* ---- list ---- */

static struct str ids_of(struct arena *a, const struct val *rows)
{
	struct buf b = {.arena = a};
	buf_char(&b, '[');
	for (size_t i = 0; i < val_count(rows); i++) {
		if (i)
			buf_char(&b, ',');
		buf_int(&b, val_i(val_at(rows, i), "id"));
	}
	buf_char(&b, ']');
	return buf_str(&b);
}

/* Rows come ordered by person. */
static size_t first_of(const struct val *held, int64_t person)
{
	size_t low = 0, high = val_count(held);
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (val_i(val_at(held, middle), "person") < person)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* "Translator, Member": one text, so that the list is a table in every form. */
static struct str roles_text(struct req *req, const struct val *held, int64_t person)
{
	struct buf b = {.arena = req->arena};
	for (size_t i = first_of(held, person); i < val_count(held); i++) {
		const struct val *row = val_at(held, i);
		if (val_i(row, "person") != person)
			break;
		if (b.n)
			buf_lit(&b, ", ");
		buf_add(&b, role_shown(req, row));
	}
	return buf_str(&b);
}

/* A name from ICU costs more than the rest of a row; a page has few languages. */
static struct str language_of(struct req *req, struct val *known, struct str tag)
{
	const char *name = str_c(req->arena, tag);
	if (!val_has(known, name))
		val_set_str(known, name, lang_name(req->arena, tag, req->lang));
	return val_s(known, name);
}

static void show_row(struct req *req, struct val *rows, const struct val *person,
		     const struct val *held, struct val *languages)
{
	struct val *row = val_push_object(rows);
	val_set_int(row, "id", val_i(person, "id"));
	val_set_str(row, "name", val_s(person, "name"));
	val_set_str(row, "sort_name", val_s(person, "sort_name"));
	val_set_str(row, "language", language_of(req, languages, val_s(person, "lang")));
	val_set_str(row, "roles", roles_text(req, held, val_i(person, "id")));
}

static int index_page(struct req *req)
{
	int64_t org = people_org(req);
	const struct val *found = people_list(req->db, req->arena, org, val_s(req->in, "words"),
					      val_s(req->in, "after_fold"),
					      val_i(req->in, "after_id"), PAGE + 1, req->now);
	const struct val *held =
		db_rows(req->db, &q_people_roles_of,
			ARGS(req->arena, ARG(org), ARG_AS("ids", ids_of(req->arena, found)),
			     ARG_AS("now", req->now)));
	struct val *rows = val_set_list(req->out, "rows"), *languages = val_object(req->arena);
	size_t count = val_count(found) > PAGE ? PAGE : val_count(found);
	for (size_t i = 0; i < count; i++)
		show_row(req, rows, val_at(found, i), held, languages);
	val_set_null(req->out, "next");
	if (val_count(found) > PAGE) {
		struct val *next = val_set_object(req->out, "next");
		val_set_str(next, "after_fold", val_s(val_at(found, PAGE - 1), "sort_fold"));
		val_set_int(next, "after_id", val_i(val_at(found, PAGE - 1), "id"));
	}
	val_set_bool(req->out, "continued", val_i(req->in, "after_id") > 0);
	return OK;
}

/* ---- add ---- */

static struct val *language_choices(struct req *req, struct str chosen)
{
	const struct val *langs = val_get(req->org, "langs");
	struct val *list = val_list(req->arena);
	for (size_t i = 0; i < val_count(langs); i++) {
		struct val *one = val_push_object(list);
		struct str tag = val_get_str(val_at(langs, i));
		val_set_str(one, "value", tag);
		val_set_str(one, "label", lang_name(req->arena, tag, req->lang));
		val_set_bool(one, "selected", str_eq(tag, chosen));
	}
	return list;
}

static int new_page(struct req *req)
{
	val_set(req->out, "languages", language_choices(req, req->lang));
	return OK;
}

static int add(struct req *req)
{
	struct val *person = val_object(req->arena);
	val_merge(person, req->in);
	val_set_str(person, "lang", val_s(req->in, "language"));
	int64_t id = person_add(req->db, req->arena, person, people_org(req), req->now);
	people_note(req, "person.added", id, "person", id);
	flash(req, N_("The person is added."));
	return see_other(req, "/people/%lld", (long long)id);
}

/* ---- one person ---- */

static void show_roles(struct req *req, int64_t person)
{
	struct val *held = roles_of(req->db, req->arena, people_org(req), person, req->now);
	bool mine = person == val_i(req->me, "id");
	roles_label(req, held);
	for (size_t i = 0; i < val_count(held); i++) {
		struct val *row = val_at(held, i);
		struct rights rights =
			role_rights(req->db, req->arena, people_org(req), val_i(row, "role"));
		bool may = right_to_give(people_mine(req), rights, val_i(req->me, "id"), person);
		val_set_bool(row, "may_take", may);
		/* It ends before the stored moment: the day shown is the last one it holds. */
		if (val_i(row, "until"))
			val_set_int(row, "until", val_i(row, "until") - 1);
	}
	val_set(req->out, "roles", held);
	val_set_bool(req->out, "may_give", !mine && has_right(req, ROLES_MANAGE));
	val_set(req->out, "role_choices",
		people_role_choices(req, val_i(req->in, "role"), N_("Choose a role")));
}

static int show(struct req *req)
{
	struct val *person = people_person(req);
	int64_t id = val_i(person, "id");
	if (val_is_null(person))
		return NOT_FOUND;
	bool only_here = person_is_only_of(req->db, req->arena, id, people_org(req), req->now);
	val_set(req->out, "person", person);
	val_set_str(req->out, "language", lang_name(req->arena, val_s(person, "lang"), req->lang));
	val_set(req->out, "contacts", contacts_of(req->db, req->arena, id));
	val_set(req->out, "signins", signins_of(req->db, req->arena, id));
	val_set_bool(req->out, "is_me", id == val_i(req->me, "id"));
	val_set_bool(req->out, "elsewhere", !only_here);
	val_set_bool(req->out, "may_change", people_may_change(req, id));
	val_set_bool(req->out, "may_let_in", people_may_let_in(req, id));
	val_set_bool(req->out, "has_second", second_state(req->db, req->arena, id) == SECOND_ON);
	show_roles(req, id);
	return OK;
}

static int edit_page(struct req *req)
{
	static const char *const shown[] = {"name", "sort_name", "formal_name", "rev"};
	struct val *person = people_person(req);
	if (val_is_null(person))
		return NOT_FOUND;
	if (!people_may_change(req, val_i(person, "id")))
		return FORBIDDEN;
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		val_set(req->in, shown[i], val_get(person, shown[i]));
	val_set_bool(req->in, "keep_former", true);
	val_set(req->out, "person", person);
	val_set(req->out, "languages", language_choices(req, val_s(person, "lang")));
	conflict_none(req);
	return OK;
}

static int edit_conflict(struct req *req)
{
	const struct val *now = people_person(req);
	conflict_with(req, N_("Name"), val_s(now, "name"));
	conflict_with(req, N_("Name in lists"), val_s(now, "sort_name"));
	conflict_with(req, N_("Name on letters and certificates"), val_s(now, "formal_name"));
	return conflict_answer(req, val_i(now, "rev"));
}

static int edit(struct req *req)
{
	struct val *person = people_person(req), *changed = val_object(req->arena);
	int64_t id = val_i(person, "id");
	if (val_is_null(person))
		return NOT_FOUND;
	if (!people_may_change(req, id))
		return FORBIDDEN;
	val_merge(changed, req->in);
	val_set_int(changed, "id", id);
	val_set_str(changed, "lang", val_s(req->in, "language"));
	if (!person_change(req->db, req->arena, changed, val_b(req->in, "keep_former"), req->now))
		return edit_conflict(req);
	people_note(req, "person.changed", id, "person", id);
	flash(req, N_("The names are saved."));
	return see_other(req, "/people/%lld", (long long)id);
}

static int leave(struct req *req)
{
	struct val *person = people_person(req);
	int64_t id = val_i(person, "id");
	struct rights theirs = rights_of(req->db, req->arena, people_org(req), id, req->now);
	if (val_is_null(person))
		return NOT_FOUND;
	if (!right_over(people_mine(req), PEOPLE_MANAGE, val_i(req->me, "id"), id) ||
	    !rights_within(theirs, people_mine(req)))
		return FORBIDDEN;
	if (!person_leave(req->db, req->arena, id, people_org(req), req->now)) {
		flash(req, N_("This is the last person who may give roles. Give somebody else that "
			      "role first."));
		return see_other(req, "/people/%lld", (long long)id);
	}
	people_note(req, "person.left", id, "person", id);
	flash(req, N_("The person is no longer on your list. Their roles here have ended."));
	return see_other(req, "/people");
}

/* ---- contacts ---- */

static int contact_new(struct req *req)
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

static int contact_gone(struct req *req)
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

static int contact_page(struct req *req)
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

/* ---- routes ---- */

static const char *const contact_kinds[] = {"email", "phone", "post", "web", "other", NULL};

static const struct field list_fields[] = {
	{.name = "words", .kind = FIELD_TEXT, .max = 100},
	{.name = "after_fold", .kind = FIELD_TEXT, .max = 400},
	{.name = "after_id", .kind = FIELD_INT},
	{0},
};
static const struct field new_fields[] = {
	{.name = "name", .kind = FIELD_TEXT, .required = true},
	{.name = "sort_name", .kind = FIELD_TEXT},
	{.name = "formal_name", .kind = FIELD_TEXT},
	{.name = "language", .kind = FIELD_LANG, .required = true},
	{0},
};
static const struct field person_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field edit_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "name", .kind = FIELD_TEXT, .required = true},
	{.name = "sort_name", .kind = FIELD_TEXT},
	{.name = "formal_name", .kind = FIELD_TEXT},
	{.name = "language", .kind = FIELD_LANG, .required = true},
	{.name = "keep_former", .kind = FIELD_FLAG},
	{.name = "rev", .kind = FIELD_INT, .required = true},
	{0},
};
static const struct field contact_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "kind", .kind = FIELD_TEXT, .required = true, .one_of = contact_kinds},
	{.name = "value", .kind = FIELD_TEXT, .required = true, .max = 400},
	{.name = "label", .kind = FIELD_TEXT, .max = 100},
	{.name = "preferred", .kind = FIELD_FLAG},
	{0},
};
static const struct field contact_id_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "contact", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field card_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "user_name", .kind = FIELD_TEXT, .required = true, .max = 100},
	{0},
};
static const struct field give_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "role", .kind = FIELD_ID, .required = true},
	{.name = "until", .kind = FIELD_DATE},
	{0},
};
static const struct field given_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "given", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field role_fields[] = {
	{.name = "role", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field role_new_fields[] = {
	{.name = "name", .kind = FIELD_TEXT, .required = true, .max = 100},
	{.name = "allowed", .kind = FIELD_MANY},
	{0},
};
static const struct field role_save_fields[] = {
	{.name = "role", .kind = FIELD_ID, .required = true},
	{.name = "name", .kind = FIELD_TEXT, .max = 100},
	{.name = "allowed", .kind = FIELD_MANY},
	{.name = "rev", .kind = FIELD_INT, .required = true},
	{0},
};
static const struct field invitations_fields[] = {
	{.name = "before", .kind = FIELD_INT},
	{.name = "person", .kind = FIELD_ID},
	{0},
};
static const struct field invite_fields[] = {
	{.name = "email", .kind = FIELD_TEXT, .required = true, .max = 254},
	{.name = "name", .kind = FIELD_TEXT, .required = true},
	{.name = "language", .kind = FIELD_LANG, .required = true},
	{.name = "role", .kind = FIELD_ID},
	{.name = "person", .kind = FIELD_ID},
	{0},
};
static const struct field invitation_fields[] = {
	{.name = "invitation", .kind = FIELD_ID, .required = true},
	{0},
};

static const struct route routes[] = {
	{GET, "/people", PEOPLE_READ, index_page, "people/index", .fields = list_fields,
	 .summary = "The people of the organisation"},
	{GET, "/people/new", PEOPLE_MANAGE, new_page, "people/new",
	 .summary = "Form for a new person"},
	{POST, "/people", PEOPLE_MANAGE, add, "people/new", .fields = new_fields,
	 .summary = "Add a person"},
	{GET, "/people/:person", PEOPLE_READ, show, "people/show", .fields = person_fields,
	 .summary = "One person"},
	{GET, "/people/:person/edit", PEOPLE_MANAGE, edit_page, "people/edit",
	 .fields = person_fields, .summary = "Form for a person's names"},
	{POST, "/people/:person/edit", PEOPLE_MANAGE, edit, "people/edit", .fields = edit_fields,
	 .summary = "Change a person's names"},
	{POST, "/people/:person/leave", PEOPLE_MANAGE, leave, .fields = person_fields,
	 .summary = "Take a person off the list"},
	{GET, "/people/:person/contacts", PEOPLE_MANAGE, contact_page, "people/contact",
	 .fields = person_fields, .summary = "Form for a person's contact"},
	{POST, "/people/:person/contacts", PEOPLE_MANAGE, contact_new, "people/contact",
	 .fields = contact_fields, .summary = "Add a contact to a person"},
	{POST, "/people/:person/contacts/:contact/remove", PEOPLE_MANAGE, contact_gone,
	 .fields = contact_id_fields, .summary = "Remove a contact of a person"},
	{GET, "/people/:person/card", PEOPLE_MANAGE, people_card_page, "people/card_ask",
	 .fields = person_fields, .summary = "Form for a sign-in card"},
	{POST, "/people/:person/card", PEOPLE_MANAGE, people_card, "people/card",
	 .fields = card_fields, .flags = ROUTE_SLOW,
	 .summary = "Make a sign-in card; the one before no longer works"},
	{POST, "/people/:person/second/remove", PEOPLE_MANAGE, people_second_remove,
	 .fields = person_fields,
	 .summary = "Take off a person's second factor, and end their sessions"},
	{POST, "/people/:person/roles", ROLES_MANAGE, people_role_give, "people/show",
	 .fields = give_fields, .summary = "Give a person a role"},
	{POST, "/people/:person/roles/:given/take", ROLES_MANAGE, people_role_take,
	 .fields = given_fields, .summary = "Take a role from a person"},
	{GET, "/people/roles", ROLES_MANAGE, people_roles, "people/roles",
	 .summary = "The roles of the organisation"},
	{GET, "/people/roles/new", ROLES_MANAGE, people_role_new, "people/role_new",
	 .summary = "Form for a new role"},
	{POST, "/people/roles", ROLES_MANAGE, people_role_add, "people/role_new",
	 .fields = role_new_fields, .summary = "Add a role"},
	{GET, "/people/roles/:role", ROLES_MANAGE, people_role_page, "people/role",
	 .fields = role_fields, .summary = "What a role allows"},
	{POST, "/people/roles/:role", ROLES_MANAGE, people_role_save, "people/role",
	 .fields = role_save_fields, .summary = "Change what a role allows"},
	{GET, "/people/invitations", PEOPLE_MANAGE, people_invitations, "people/invitations",
	 .fields = invitations_fields, .summary = "Invitations"},
	{POST, "/people/invitations", PEOPLE_MANAGE, people_invite, "people/invitations",
	 .fields = invite_fields, .summary = "Invite somebody by e-mail"},
	{POST, "/people/invitations/:invitation/revoke", PEOPLE_MANAGE, people_invitation_revoke,
	 .fields = invitation_fields, .summary = "Withdraw an invitation"},
	{0},
};

static const struct letter_kind *const letters[] = {&people_invitation_letter, NULL};

const struct feature people_feature = {
	.name = "people",
	.routes = routes,
	.letters = letters,
	.label = N_("People"),
	.about = N_("Who is here, with which role, and how they sign in"),
	.path = "/people",
	.right = PEOPLE_READ,
	.demo_fill = people_demo_fill,
};
