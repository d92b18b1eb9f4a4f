#include "app/people/people.h"

#include "app/people/demo.h"
#include "app/people/groups.h"
#include "app/people/people_batch.h"
#include "app/people/people_directory.h"
#include "app/people/people_keys.h"
#include "app/people/people_merge.h"
#include "app/people/rollover.h"
#include "app/people/roster.h"
#include "app/people/roster_read.h"
#include "base/lang.h"
#include "core/choices.h"
#include "core/conflict.h"
#include "core/contact.h"
#include "core/pages.h"
#include "core/person.h"
#include "core/second.h"

/* ---- add ---- */

static int new_page(struct req *req)
{
	choice_langs(req, val_set_list(req->out, "languages"), req->lang);
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

/* What a person is called on a certificate, or was called before, can give them away: the first is for
 * who writes to them, the second for who keeps their names. */
static void show_names(struct req *req, const struct val *whole, bool reach)
{
	struct val *person = val_copy(req->arena, whole, 0);
	int64_t id = val_i(person, "id");
	if (!reach)
		val_set_null(person, "formal_name");
	if (id != val_i(req->me, "id") && !people_may_change(req, id))
		val_set(person, "former", val_list(req->arena));
	val_set(req->out, "person", person);
}

static int show(struct req *req)
{
	const struct val *person = people_person_whole(req);
	int64_t id = val_i(person, "id");
	if (val_is_null(person))
		return NOT_FOUND;
	bool only_here = person_is_only_of(req->db, req->arena, id, people_org(req), req->now);
	val_set_str(req->out, "language", lang_name(req->arena, val_s(person, "lang"), req->lang));
	/* Where somebody can be reached is for who writes to them, not for every reader of the list. */
	bool reach = has_right(req, PEOPLE_MANAGE) || id == val_i(req->me, "id");
	show_names(req, person, reach);
	val_set_bool(req->out, "reach", reach);
	val_set_list(req->out, "contacts");
	val_set_bool(req->out, "may_reach", false);
	if (reach)
		people_contacts_show(req, id);
	val_set(req->out, "signins", reach ? people_signins(req, id) : val_list(req->arena));
	val_set_bool(req->out, "is_me", id == val_i(req->me, "id"));
	val_set_bool(req->out, "elsewhere", !only_here);
	val_set_bool(req->out, "may_change", people_may_change(req, id));
	val_set_bool(req->out, "may_merge", people_may_merge(req, id));
	val_set_bool(req->out, "may_let_in", people_may_let_in(req, id));
	val_set_bool(req->out, "has_second", second_state(req->db, req->arena, id) == SECOND_ON);
	val_set(req->out, "groups", groups_of(req, id));
	show_roles(req, id);
	return OK;
}

static int edit_page(struct req *req)
{
	static const char *const shown[] = {"name", "sort_name", "formal_name", "rev"};
	struct val *person = people_person_whole(req);
	if (val_is_null(person))
		return NOT_FOUND;
	if (!people_may_change(req, val_i(person, "id")))
		return FORBIDDEN;
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		val_set(req->in, shown[i], val_get(person, shown[i]));
	val_set_bool(req->in, "keep_former", true);
	val_set(req->out, "person", person);
	choice_langs(req, val_set_list(req->out, "languages"), val_s(person, "lang"));
	conflict_none(req);
	return OK;
}

static int edit_conflict(struct req *req)
{
	const struct val *now = people_person_whole(req);
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

/* ---- routes ---- */

static const char *const list_states[] = {"minors", "left", NULL};
static const char *const list_sorts[] = {"newest", NULL};
#define NARROWED                                                                                   \
	{.name = "words", .kind = FIELD_TEXT, .max = 100}, {.name = "role", .kind = FIELD_ID},     \
		{.name = "group", .kind = FIELD_ID}, {.name = "year", .kind = FIELD_ID},           \
		{.name = "state", .kind = FIELD_TEXT, .one_of = list_states},                      \
	{                                                                                          \
		.name = "sort", .kind = FIELD_TEXT, .one_of = list_sorts                           \
	}
static const struct field list_fields[] = {
	NARROWED,
	{.name = "after_fold", .kind = FIELD_TEXT, .max = 400},
	{.name = "after_since", .kind = FIELD_INT},
	{.name = "after_id", .kind = FIELD_INT},
	{0},
};
static const struct field export_fields[] = {NARROWED, {0}};
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
	{.name = "value", .kind = FIELD_LINES, .required = true, .max = 400},
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

static const struct field groups_fields[] = {
	{.name = "kind", .kind = FIELD_TEXT, .max = 20},
	{.name = "year", .kind = FIELD_ID},
	{.name = "day", .kind = FIELD_DATE},
	{0},
};
#define GROUP                                                                                      \
	{                                                                                          \
		.name = "group", .kind = FIELD_ID, .required = true                                \
	}
static const struct field group_fields[] = {GROUP, {.name = "day", .kind = FIELD_DATE}, {0}};
static const struct field group_read_fields[] = {
	GROUP, {.name = "day", .kind = FIELD_DATE}, PAGES_FIRST, {0}};
static const struct field group_add_fields[] = {
	{.name = "name", .kind = FIELD_TEXT, .required = true, .max = 100},
	{.name = "kind", .kind = FIELD_TEXT, .required = true, .one_of = groups_kinds},
	{.name = "year", .kind = FIELD_ID},
	{.name = "since", .kind = FIELD_DATE},
	{0},
};
static const struct field group_edit_fields[] = {
	GROUP,
	{.name = "name", .kind = FIELD_TEXT, .required = true, .max = 100},
	{.name = "kind", .kind = FIELD_TEXT, .required = true, .one_of = groups_kinds},
	{.name = "year", .kind = FIELD_ID},
	{.name = "since", .kind = FIELD_DATE, .required = true},
	{.name = "rev", .kind = FIELD_INT, .required = true},
	{0},
};
static const struct field group_end_fields[] = {
	GROUP, {.name = "last_day", .kind = FIELD_DATE, .required = true}, {0}};
static const char *const group_parts[] = {"members", "staff", NULL};
static const struct field choose_fields[] = {
	GROUP,
	{.name = "to", .kind = FIELD_TEXT, .one_of = group_parts},
	{.name = "words", .kind = FIELD_TEXT, .max = 100},
	{.name = "since", .kind = FIELD_DATE},
	{0},
};
static const struct field join_fields[] = {
	GROUP,
	{.name = "to", .kind = FIELD_TEXT, .one_of = group_parts},
	{.name = "words", .kind = FIELD_TEXT, .max = 100},
	{.name = "since", .kind = FIELD_DATE, .required = true},
	{.name = "people", .kind = FIELD_MANY},
	{0},
};
static const struct field member_fields[] = {
	GROUP,
	{.name = "member", .kind = FIELD_ID, .required = true},
	{.name = "last_day", .kind = FIELD_DATE},
	{.name = "mistake", .kind = FIELD_FLAG},
	{0},
};
static const struct field staff_fields[] = {
	GROUP,
	{.name = "staff", .kind = FIELD_ID, .required = true},
	{.name = "last_day", .kind = FIELD_DATE},
	{.name = "mistake", .kind = FIELD_FLAG},
	{0},
};
static const struct field year_add_fields[] = {
	{.name = "name", .kind = FIELD_TEXT, .required = true, .max = 60},
	{.name = "since", .kind = FIELD_DATE, .required = true},
	{.name = "last_day", .kind = FIELD_DATE, .required = true},
	{0},
};
static const struct field year_fields[] = {
	{.name = "year", .kind = FIELD_ID, .required = true},
	{.name = "name", .kind = FIELD_TEXT, .required = true, .max = 60},
	{.name = "since", .kind = FIELD_DATE, .required = true},
	{.name = "last_day", .kind = FIELD_DATE, .required = true},
	{.name = "rev", .kind = FIELD_INT, .required = true},
	{0},
};

static const struct field batch_send_fields[] = {
	{.name = "file", .kind = FIELD_FILE, .required = true, .max = ROSTER_BYTES}, {0}};
#define BATCH                                                                                      \
	{                                                                                          \
		.name = "batch", .kind = FIELD_ID, .required = true                                \
	}
static const struct field batch_list_fields[] = {PAGES_FIRST, {0}};
static const struct field batch_fields[] = {BATCH, {0}};
static const struct field batch_page_fields[] = {
	BATCH,
	{.name = "part", .kind = FIELD_TEXT, .max = 20},
	{.name = "from", .kind = FIELD_INT, .max = 1000000},
	{0},
};
static const char *const date_orders[] = {"dmy", "mdy", NULL};
static const char *const separators[] = {",", ";", "\t", NULL};
static const char *const encodings[] = {"utf-8", "windows-1252", "utf-16le", "utf-16be", NULL};
static const struct field batch_settle_fields[] = {
	BATCH,
	{.name = "rev", .kind = FIELD_INT, .required = true},
	{.name = "columns", .kind = FIELD_COLUMN},
	{.name = "separator", .kind = FIELD_TEXT, .one_of = separators},
	{.name = "encoding", .kind = FIELD_TEXT, .one_of = encodings},
	{.name = "date_order", .kind = FIELD_TEXT, .required = true, .one_of = date_orders},
	{.name = "school", .kind = FIELD_TEXT},
	{.name = "year", .kind = FIELD_ID},
	{.name = "since", .kind = FIELD_DATE, .required = true},
	{.name = "last_day", .kind = FIELD_DATE, .required = true},
	{.name = "by_name", .kind = FIELD_FLAG},
	{.name = "end_gone", .kind = FIELD_FLAG},
	{.name = "learners", .kind = FIELD_FLAG},
	{.name = "minors", .kind = FIELD_FLAG},
	{0},
};
static const struct field batch_apply_fields[] = {
	BATCH, {.name = "digest", .kind = FIELD_TEXT, .required = true}, {0}};

static const struct field rollover_fields[] = {
	{.name = "from", .kind = FIELD_ID},
	{.name = "to", .kind = FIELD_ID},
	{.name = "last", .kind = FIELD_INT, .min = 1, .max = 99},
	{0},
};
static const struct field rollover_add_fields[] = {
	{.name = "from", .kind = FIELD_ID, .required = true},
	{.name = "to", .kind = FIELD_ID, .required = true},
	{.name = "last", .kind = FIELD_INT, .min = 1, .max = 99},
	{.name = "groups", .kind = FIELD_COLUMN},
	{.name = "names", .kind = FIELD_COLUMN},
	{.name = "purposes", .kind = FIELD_MANY},
	{0},
};
static const struct field claim_fields[] = {
	{.name = "code", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "email", .kind = FIELD_TEXT, .required = true, .max = 254},
	{0},
};

static const struct route routes[] = {
	{GET, "/people", PEOPLE_READ, people_index, "people/index", .fields = list_fields,
	 .summary = "The people of the organisation"},
	{POST, "/people/export", PEOPLE_READ, directory_export, .fields = export_fields,
	 .summary = "Take the list along as CSV; everybody in it can read that"},
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
	{GET, "/people/:person/contacts", PEOPLE_MANAGE, people_contact_page, "people/contact",
	 .fields = person_fields, .summary = "Form for a person's contact"},
	{POST, "/people/:person/contacts", PEOPLE_MANAGE, people_contact_add, "people/contact",
	 .fields = contact_fields, .summary = "Add a contact to a person"},
	{POST, "/people/:person/contacts/:contact/remove", PEOPLE_MANAGE, people_contact_remove,
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
	{GET, "/people/batches", ROSTER_IMPORT, batch_index, "people/people_batches",
	 .fields = batch_list_fields, .summary = "Rosters that came in, and the form for another"},
	{POST, "/people/batches", ROSTER_IMPORT, roster_send, "people/people_batches",
	 .fields = batch_send_fields, .flags = ROUTE_SLOW, .summary = "Send a roster: reads it"},
	{GET, "/people/batches/:batch", ROSTER_IMPORT, batch_page, "people/people_batch",
	 .fields = batch_page_fields, .summary = "What a roster would change, or what was changed"},
	{GET, "/people/batches/:batch/columns", ROSTER_IMPORT, roster_columns,
	 "people/people_batch_columns", .fields = batch_fields,
	 .summary = "What was found in a roster, and what its columns mean"},
	{POST, "/people/batches/:batch/columns", ROSTER_IMPORT, roster_settle,
	 "people/people_batch_columns", .fields = batch_settle_fields, .flags = ROUTE_SLOW,
	 .summary = "Say what the columns of a roster mean"},
	{POST, "/people/batches/:batch/apply", ROSTER_IMPORT, batch_apply,
	 .fields = batch_apply_fields, .flags = ROUTE_SLOW,
	 .summary = "Do what a roster would change, as it was seen"},
	{POST, "/people/batches/:batch/undo", ROSTER_IMPORT, batch_undo_post,
	 .fields = batch_fields, .summary = "Undo what a batch changed"},
	{POST, "/people/batches/:batch/codes", ROSTER_IMPORT, rollover_codes,
	 "people/rollover_codes", .fields = batch_fields,
	 .summary = "Print new codes for who leaves, to claim their account with"},
	{GET, "/people/rollover", ROSTER_IMPORT, rollover_page, "people/rollover",
	 .fields = rollover_fields, .summary = "The next school year: what becomes of each group"},
	{POST, "/people/rollover", ROSTER_IMPORT, rollover_add, "people/rollover",
	 .fields = rollover_add_fields,
	 .summary = "Look at what the next school year would change"},
	{GET, "/people/claim", PUBLIC, claim_page, "people/claim",
	 .summary = "Form for who left a school and has a code"},
	{POST, "/people/claim", PUBLIC, claim_ask, "people/claim", .fields = claim_fields,
	 .flags = ROUTE_COUNTS,
	 .summary = "Have an invitation sent with the code of who left a school"},
	{POST, "/people/batches/:batch/go-on", ROSTER_IMPORT, batch_go_on_post,
	 .fields = batch_fields, .summary = "Go on with a batch that was stopped"},
	{POST, "/people/batches/:batch/discard", ROSTER_IMPORT, batch_discard,
	 .fields = batch_fields, .summary = "Throw a roster away before it is done"},
	{GET, "/people/groups", GROUPS_READ, groups_index, "people/groups", .fields = groups_fields,
	 .summary = "Groups: all of them, or those one is responsible for"},
	{GET, "/people/groups/new", GROUPS_MANAGE, groups_new, "people/group_new",
	 .summary = "Form for a new group"},
	{POST, "/people/groups", GROUPS_MANAGE, groups_add, "people/group_new",
	 .fields = group_add_fields, .summary = "Add a group"},
	{GET, "/people/groups/:group", GROUPS_READ, groups_page, "people/group",
	 .fields = group_read_fields, .summary = "A group and its members on a day"},
	{GET, "/people/groups/:group/edit", GROUPS_MANAGE, groups_edit_page, "people/group_edit",
	 .fields = group_fields, .summary = "Form for a group"},
	{POST, "/people/groups/:group/edit", GROUPS_MANAGE, groups_edit, "people/group_edit",
	 .fields = group_edit_fields, .summary = "Change a group"},
	{POST, "/people/groups/:group/end", GROUPS_MANAGE, groups_end, .fields = group_end_fields,
	 .summary = "End a group and its memberships"},
	{GET, "/people/groups/:group/choose", GROUPS_MANAGE, groups_choose, "people/group_choose",
	 .fields = choose_fields, .summary = "Choose people for a group"},
	{POST, "/people/groups/:group/choose", GROUPS_MANAGE, groups_join, "people/group_choose",
	 .fields = join_fields, .summary = "Add members or staff to a group"},
	{GET, "/people/groups/:group/members/:member", GROUPS_MANAGE, groups_leave_page,
	 "people/group_leave", .fields = member_fields, .summary = "Form for leaving a group"},
	{POST, "/people/groups/:group/members/:member", GROUPS_MANAGE, groups_leave,
	 .fields = member_fields, .summary = "Somebody leaves a group"},
	{GET, "/people/groups/:group/staff/:staff", GROUPS_MANAGE, groups_staff_page,
	 "people/group_leave", .fields = staff_fields,
	 .summary = "Form for the end of a responsibility"},
	{POST, "/people/groups/:group/staff/:staff", GROUPS_MANAGE, groups_staff_end,
	 .fields = staff_fields, .summary = "Somebody is no longer responsible for a group"},
	{GET, "/people/groups/years", GROUPS_MANAGE, groups_years, "people/group_years",
	 .summary = "School years"},
	{POST, "/people/groups/years", GROUPS_MANAGE, groups_year_add, "people/group_years",
	 .fields = year_add_fields, .summary = "Add a school year"},
	{POST, "/people/groups/years/:year", GROUPS_MANAGE, groups_year_change,
	 "people/group_years", .fields = year_fields, .summary = "Change a school year"},
	{0},
};

static const struct letter_kind *const letters[] = {&people_invitation_letter, NULL};

const struct feature people_feature = {
	.name = "people",
	.routes = routes,
	.letters = letters,
	.jobs = people_batch_jobs,
	.apart = roster_apart,
	.personal = people_personal,
	.label = N_("People"),
	.about = N_("Who is here, with which role, and how they sign in"),
	.path = "/people",
	.right = PEOPLE_READ,
	.else_path = "/people/groups",
	.else_right = GROUPS_READ,
	.demo_fill = people_demo_fill,
};
