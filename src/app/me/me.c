#include "app/me/me.h"

#include "core/agreement.h"
#include "core/audit.h"
#include "core/conflict.h"
#include "core/contact.h"
#include "core/merge.h"
#include "core/mine.h"
#include "core/person.h"
#include "core/right.h"
#include "core/second.h"
#include "core/session.h"
#include "queries.h"
#include "web/vcard.h"

int64_t me_id(const struct req *req)
{
	return val_i(req->me, "id");
}

void me_note(struct req *req, const char *verb)
{
	audit_add(req->db, req->arena,
		  &(struct audit){.org = val_i(req->org, "id"),
				  .made_by = me_id(req),
				  .verb = verb,
				  .person = me_id(req),
				  .request_id = req->request_id,
				  .at = req->now});
}

/* ---- overview ---- */

static int overview(struct req *req)
{
	struct val *roles = roles_of_me(req->db, req->arena, me_id(req), req->lang, req->now);
	roles_label(req, roles);
	val_set(req->out, "roles", roles);
	val_set(req->out, "person", person_by_id(req->db, req->arena, me_id(req)));
	val_set(req->out, "merges",
		merges_of_me(req->db, req->arena, me_id(req), req->lang, req->now));
	me_lists(req);
	val_set_bool(req->out, "has_second",
		     second_state(req->db, req->arena, me_id(req)) == SECOND_ON);
	val_set_int(req->out, "session_count",
		    (int64_t)val_count(sessions_of(req->db, req->arena, me_id(req), req->now)));
	return OK;
}

/* ---- names ---- */

static int names_page(struct req *req)
{
	struct val *person = person_by_id(req->db, req->arena, me_id(req));
	static const char *const shown[] = {"name", "sort_name", "formal_name", "rev"};
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		val_set(req->in, shown[i], val_get(person, shown[i]));
	val_set_bool(req->in, "keep_former", true);
	val_set(req->out, "former", val_get(person, "former"));
	conflict_none(req);
	return OK;
}

static int names_conflict(struct req *req)
{
	const struct val *now = person_by_id(req->db, req->arena, me_id(req));
	conflict_with(req, N_("Name"), val_s(now, "name"));
	conflict_with(req, N_("Name in lists"), val_s(now, "sort_name"));
	conflict_with(req, N_("Name on letters and certificates"), val_s(now, "formal_name"));
	return conflict_answer(req, val_i(now, "rev"));
}

static int names(struct req *req)
{
	struct val *person = val_object(req->arena);
	val_merge(person, req->in);
	val_set_int(person, "id", me_id(req));
	val_set_str(person, "lang", val_s(req->me, "lang"));
	if (!person_change(req->db, req->arena, person, val_b(req->in, "keep_former"), req->now))
		return names_conflict(req);
	me_note(req, "person.changed");
	flash(req, N_("Your names are saved."));
	return see_other(req, "/me/names");
}

static int former_remove(struct req *req)
{
	if (!person_forget_former(req->db, req->arena, me_id(req), val_i(req->in, "former")))
		return NOT_FOUND;
	me_note(req, "person.changed");
	flash(req, N_("The former name is removed."));
	return see_other(req, "/me/names");
}

/* ---- contacts ---- */

static int contacts_page(struct req *req)
{
	val_set(req->out, "contacts", contacts_of(req->db, req->arena, 0, me_id(req)));
	contact_kind_choices(req);
	return OK;
}

static int vcard(struct req *req)
{
	const struct val *person = person_by_id(req->db, req->arena, me_id(req));
	val_set_str(req->headers_out, "Content-Type", S("text/vcard; charset=utf-8"));
	val_set_str(req->headers_out, "Content-Disposition", S("attachment; filename=\"me.vcf\""));
	req->raw = vcard_write(
		req->arena,
		&(struct vcard){.name = val_s(person, "name"),
				.sort_name = val_s(person, "sort_name"),
				.lang = val_s(person, "lang"),
				.org = val_s(req->org, "name"),
				.contacts = contacts_of(req->db, req->arena, 0, me_id(req))});
	return OK;
}

static int contact_add_mine(struct req *req)
{
	struct val *contact = val_object(req->arena);
	val_merge(contact, req->in);
	val_set_int(contact, "person", me_id(req));
	if (!contact_add(req->db, req->arena, contact, req->now)) {
		invalid(req, "value",
			N_("This does not look like an address or number of this kind."));
		return INVALID;
	}
	me_note(req, "contact.added");
	flash(req, N_("The contact is added."));
	return see_other(req, "/me/contacts");
}

static int contact_remove_mine(struct req *req)
{
	if (!contact_remove(req->db, req->arena, 0, me_id(req), val_i(req->in, "contact")))
		return NOT_FOUND;
	me_note(req, "contact.removed");
	flash(req, N_("The contact is removed."));
	return see_other(req, "/me/contacts");
}

static int contact_prefer_mine(struct req *req)
{
	if (!contact_prefer(req->db, req->arena, 0, me_id(req), val_i(req->in, "contact")))
		return NOT_FOUND;
	flash(req, N_("This contact is now used first."));
	return see_other(req, "/me/contacts");
}

static const struct field name_fields[] = {
	{.name = "name", .kind = FIELD_TEXT, .required = true},
	{.name = "sort_name", .kind = FIELD_TEXT},
	{.name = "formal_name", .kind = FIELD_TEXT},
	{.name = "keep_former", .kind = FIELD_FLAG},
	{.name = "rev", .kind = FIELD_INT, .required = true},
	{0},
};
static const struct field former_fields[] = {
	{.name = "former", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field contact_fields[] = {
	{.name = "kind", .kind = FIELD_TEXT, .required = true, .one_of = contact_kinds},
	{.name = "value", .kind = FIELD_LINES, .required = true, .max = 400},
	{.name = "label", .kind = FIELD_TEXT, .max = 100},
	{.name = "preferred", .kind = FIELD_FLAG},
	{0},
};
static const struct field contact_id_fields[] = {
	{.name = "contact", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field session_fields[] = {
	{.name = "session", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field password_fields[] = {
	{.name = "email", .kind = FIELD_TEXT, .required = true, .max = 254},
	{.name = "password", .kind = FIELD_SECRET, .required = true},
	{0},
};
static const struct field email_fields[] = {
	{.name = "email", .kind = FIELD_TEXT, .required = true, .max = 254},
	{0},
};
static const struct field token_fields[] = {
	{.name = "token", .kind = FIELD_TEXT, .required = true, .max = 60},
	{0},
};
static const struct field link_fields[] = {
	{.name = "link", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field signin_fields[] = {
	{.name = "signin", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field next_fields[] = {
	{.name = "next", .kind = FIELD_TEXT, .max = 1500},
	{0},
};
static const struct field prove_fields[] = {
	{.name = "secret", .kind = FIELD_SECRET, .required = true},
	{.name = "next", .kind = FIELD_TEXT, .max = 1500},
	{0},
};
static const struct field code_fields[] = {
	{.name = "code", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "next", .kind = FIELD_TEXT, .max = 1500},
	{0},
};
static const struct field terms_fields[] = {
	{.name = "terms", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field agreement_fields[] = {
	{.name = "agreement", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field record_fields[] = {
	{.name = "before", .kind = FIELD_INT},
	{0},
};

static const struct field sheet_fields[] = {
	{.name = "learner", .kind = FIELD_COLUMN, .max = 20},
	{.name = "purpose", .kind = FIELD_COLUMN, .max = 40},
	{.name = "answer", .kind = FIELD_COLUMN, .max = 10},
	{0},
};
static const struct field correct_fields[] = {
	{.name = "words", .kind = FIELD_LINES, .required = true, .max = 2000},
	{0},
};
static const struct field erase_fields[] = {
	{.name = "words", .kind = FIELD_LINES, .max = 2000},
	{0},
};
static const struct field erasure_fields[] = {
	{.name = "erasure", .kind = FIELD_ID, .required = true},
	{0},
};

static const char *const granted_purposes[] = {"cpd", "evidence", "contact", NULL};
static const struct field grant_fields[] = {
	{.name = "reader", .kind = FIELD_ID, .required = true},
	{.name = "purpose", .kind = FIELD_TEXT, .required = true, .one_of = granted_purposes},
	{.name = "from", .kind = FIELD_ID},
	{.name = "until", .kind = FIELD_DATE, .required = true},
	{0},
};
static const struct field grant_end_fields[] = {
	{.name = "grant", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field acting_page_fields[] = {
	{.name = "next", .kind = FIELD_TEXT, .max = 1500},
	{0},
};
static const struct field acting_fields[] = {
	{.name = "role", .kind = FIELD_ID},
	{.name = "next", .kind = FIELD_TEXT, .max = 1500},
	{0},
};

static const struct route routes[] = {
	{GET, "/me", SIGNED_IN, overview, "me/overview", .summary = "My roles and what is open"},
	{GET, "/me/acting", SIGNED_IN, me_acting_page, "me/acting", .fields = acting_page_fields,
	 .summary = "In which role I act here"},
	{POST, "/me/acting", SIGNED_IN, me_acting, "me/acting", .fields = acting_fields,
	 .summary = "Choose the role I act in here, for this session"},
	{GET, "/me/names", SIGNED_IN, names_page, "me/names", .summary = "My names"},
	{POST, "/me/names", SIGNED_IN, names, "me/names", .fields = name_fields,
	 .summary = "Change my names"},
	{POST, "/me/names/former/:former/remove", SIGNED_IN, former_remove, .fields = former_fields,
	 .summary = "Remove a former name of mine"},
	{GET, "/me/vcard", SIGNED_IN, vcard,
	 .summary = "My names and contacts, for an address book"},
	{GET, "/me/contacts", SIGNED_IN, contacts_page, "me/contacts",
	 .summary = "How I can be reached"},
	{POST, "/me/contacts", SIGNED_IN, contact_add_mine, "me/contacts", .fields = contact_fields,
	 .summary = "Add a contact of mine"},
	{POST, "/me/contacts/:contact/remove", SIGNED_IN, contact_remove_mine,
	 .fields = contact_id_fields, .summary = "Remove a contact of mine"},
	{POST, "/me/contacts/:contact/prefer", SIGNED_IN, contact_prefer_mine,
	 .fields = contact_id_fields, .summary = "Use a contact of mine first"},
	{GET, "/me/sessions", SIGNED_IN, me_sessions, "me/sessions",
	 .summary = "Where I am signed in"},
	{POST, "/me/sessions/:session/end", SIGNED_IN, me_session_end, .fields = session_fields,
	 .summary = "Sign out elsewhere"},
	{POST, "/me/sessions/end", SIGNED_IN, me_sessions_end,
	 .summary = "Sign out everywhere else"},
	{GET, "/me/access", SIGNED_IN, me_access, "me/access", .summary = "My ways to sign in"},
	{POST, "/me/access", SIGNED_IN, me_confirm_ask, "me/access", .fields = email_fields,
	 .flags = ROUTE_COUNTS, .summary = "Have a letter sent that shows an address to be mine"},
	{POST, "/me/links/:link/revoke", SIGNED_IN, me_link_revoke, .fields = link_fields,
	 .summary = "Revoke a link of mine"},
	{GET, "/me/confirm/:token", SIGNED_IN, me_confirm_page, "me/confirm",
	 .fields = token_fields, .flags = ROUTE_SECRET,
	 .summary = "Look at a link that confirms an address"},
	{POST, "/me/confirm/:token", SIGNED_IN, me_confirm, "me/confirm", .fields = token_fields,
	 .flags = ROUTE_SECRET,
	 .summary = "Confirm an address of mine, and sign in with it from now on"},
	{POST, "/me/access/:signin/remove", SIGNED_IN, me_signin_remove, .fields = signin_fields,
	 .summary = "Remove a way to sign in"},
	{GET, "/me/password", SIGNED_IN, me_password_page, "me/password",
	 .summary = "Set a new password"},
	{POST, "/me/password", SIGNED_IN, me_password, "me/password", .fields = password_fields,
	 .flags = ROUTE_SLOW | ROUTE_COUNTS,
	 .summary = "Set my password, and end my other sessions"},
	{GET, "/me/prove", SIGNED_IN, me_prove_page, "me/prove", .fields = next_fields,
	 .summary = "Prove who I am before a sensitive change"},
	{POST, "/me/prove", SIGNED_IN, me_prove, "me/prove", .fields = prove_fields,
	 .flags = ROUTE_SLOW | ROUTE_COUNTS, .summary = "Prove who I am"},
	{GET, "/me/second", SIGNED_IN, me_second_page, "me/second", .fields = next_fields,
	 .summary = "My second factor"},
	{POST, "/me/second/begin", SIGNED_IN, me_second_begin, .fields = next_fields,
	 .summary = "Begin to set up a second factor"},
	{POST, "/me/second", SIGNED_IN, me_second_confirm, "me/second", .fields = code_fields,
	 .summary = "Confirm the second factor with its first code"},
	{POST, "/me/second/codes", SIGNED_IN, me_second_codes, "me/codes",
	 .summary = "New recovery codes"},
	{POST, "/me/second/remove", SIGNED_IN, me_second_remove,
	 .summary = "Remove my second factor"},
	{GET, "/me/agreements", SIGNED_IN, me_agreements, "me/agreements",
	 .summary = "What I agreed to"},
	{POST, "/me/agreements", SIGNED_IN, me_agree, "me/agreements", .fields = terms_fields,
	 .summary = "Agree to terms"},
	{POST, "/me/agreements/:agreement/withdraw", SIGNED_IN, me_withdraw,
	 .fields = agreement_fields, .summary = "Withdraw an agreement"},
	{GET, "/me/consents", SIGNED_IN, me_consents, "me/consents",
	 .summary = "Consents I am asked for, and those I gave"},
	{POST, "/me/consents", SIGNED_IN, me_consents_answer, "me/consents", .fields = sheet_fields,
	 .summary = "Answer for myself or a child, or take an answer back"},
	{GET, "/me/grants", SIGNED_IN, me_grants, "me/grants",
	 .summary = "Which organisations I let read what I did elsewhere"},
	{POST, "/me/grants", SIGNED_IN, me_grant_give, "me/grants", .fields = grant_fields,
	 .summary = "Let an organisation read what I did, for one purpose and until a day"},
	{POST, "/me/grants/:grant/end", SIGNED_IN, me_grant_end, .fields = grant_end_fields,
	 .summary = "Let an organisation read no longer"},
	{GET, "/me/record", SIGNED_IN, me_record, "me/record", .fields = record_fields,
	 .summary = "What was recorded about me"},
	{GET, "/me/file", SIGNED_IN, me_file_page, "me/file",
	 .summary = "What is kept of me, and my file to take away"},
	{GET, "/me/file/archive", SIGNED_IN, me_file, .flags = ROUTE_SLOW,
	 .summary = "My file to take away: a ZIP with a page to read, CSV and JSON"},
	{GET, "/me/correct", SIGNED_IN, me_correct_page, "me/correct",
	 .summary = "What I asked to have corrected, and what was answered"},
	{POST, "/me/correct", SIGNED_IN, me_correct, "me/correct", .fields = correct_fields,
	 .summary = "Ask the organisation to correct what it keeps of me"},
	{GET, "/me/erase", SIGNED_IN, me_erase_page, "me/erase",
	 .summary = "What I asked to be erased, and what was answered"},
	{POST, "/me/erase", SIGNED_IN, me_erase, "me/erase", .fields = erase_fields,
	 .summary = "Ask the organisation to erase what it keeps of me"},
	{POST, "/me/erase/:erasure/withdraw", SIGNED_IN, me_erase_withdraw,
	 .fields = erasure_fields, .summary = "Take back what I asked"},
	{0},
};

static const struct letter_kind *const letters[] = {&me_confirm_letter, NULL};

/* A child's are called as the child is; one's own as the page where they are answered. */
static const char *consents_called(struct arena *a, const struct val *row)
{
	(void)a, (void)row;
	return N_("My consents");
}

static const struct mine mine[] = {
	{MINE_TASK, N_("Read it, and say whether you agree"), &q_agreement_mine},
	{MINE_TASK, N_("You are asked what you agree to: answer with a yes or a no"),
	 &q_consent_sheet_mine, consents_called},
	{MINE_TASK, N_("They ask you to correct what is kept of them"), &q_correction_mine},
	{0},
};

const struct feature me_feature = {
	.mine = mine, .name = "me", .routes = routes, .letters = letters};
