#include "app/account/account.h"

#include "base/val.h"
#include "core/agreement.h"
#include "core/contact.h"
#include "core/invite.h"
#include "core/person.h"
#include "core/right.h"

/* An invitation of this organisation that still stands, or null. */
static struct val *standing(struct req *req)
{
	struct val *invitation =
		invite_peek(req->db, req->arena, val_s(req->in, "token"), req->now);
	return val_i(invitation, "org") == val_i(req->org, "id") ? invitation : val_null();
}

int account_invitation_page(struct req *req)
{
	struct val *invitation = standing(req);
	int64_t org = val_i(req->org, "id");
	val_set_bool(req->out, "gone", val_is_null(invitation));
	val_set(req->out, "terms", terms_current(req->db, req->arena, org, req->lang));
	val_set_null(req->out, "role");
	val_set_null(req->out, "email");
	if (val_is_null(invitation))
		return GONE;
	if (!val_s(req->in, "name").n)
		val_set_str(req->in, "name", val_s(invitation, "name"));
	val_set_str(req->out, "email", val_s(invitation, "email"));
	if (val_i(invitation, "role"))
		val_set_str(req->out, "role",
			    role_shown(req, role_read(req->db, req->arena, org,
						      val_i(invitation, "role"))));
	return OK;
}

static bool looks_right(struct req *req, const struct val *invitation, const struct val *terms)
{
	struct str name = val_s(req->in, "name"), password = val_s(req->in, "password");
	const char *wrong = password_wrong(req->arena, password, val_s(invitation, "email"), name);
	bool as_me = val_b(req->in, "as_me") && !val_is_null(req->me);
	if (!as_me && !name.n)
		invalid(req, "name", N_("Write your name. One word is enough."));
	if (!as_me && wrong)
		invalid(req, "password", wrong);
	if (val_count(terms) && !val_b(req->in, "agree"))
		invalid(req, "agree", N_("To take part you need to agree to these terms."));
	return val_count(req->errors) == 0;
}

/* Somebody whom two organisations know signs in as themself first: no organisation's letter may
 * give away an account that reaches into another. */
static bool must_sign_in(struct req *req, const struct val *invitation)
{
	int64_t person = val_i(invitation, "person");
	return person &&
	       !person_is_only_of(req->db, req->arena, person, val_i(req->org, "id"), req->now);
}

static int64_t accept(struct req *req, int64_t person)
{
	return invite_accept(req->db, req->arena, val_s(req->in, "token"), person,
			     val_s(req->in, "name"), req->lang, req->now);
}

static void settle(struct req *req, int64_t person, const struct val *terms)
{
	for (size_t i = 0; i < val_count(terms); i++)
		agree(req->db, req->arena, val_i(req->org, "id"), person,
		      val_i(val_at(terms, i), "id"), req->now);
	account_note(req, "invitation.accepted", person);
}

static void give_address(struct req *req, int64_t person, struct str email)
{
	struct val *contact = val_object(req->arena);
	val_set_int(contact, "person", person);
	val_set_str(contact, "kind", S("email"));
	val_set_str(contact, "value", email);
	val_set_bool(contact, "preferred", true);
	contact_add(req->db, req->arena, contact, req->now);
	contact_confirm(req->db, req->arena, person, email, req->now);
}

int account_invitation_accept(struct req *req)
{
	const struct val *invitation = standing(req);
	const struct val *terms =
		terms_current(req->db, req->arena, val_i(req->org, "id"), req->lang);
	struct signin at = signin_at(req);
	struct str email = val_s(invitation, "email");
	bool as_me = val_b(req->in, "as_me") && !val_is_null(req->me);
	if (val_is_null(invitation) || (!as_me && must_sign_in(req, invitation))) {
		flash(req, val_is_null(invitation)
				   ? N_("This invitation no longer stands. Ask for a new one.")
				   : N_("You have an account already. Sign in, and then open the "
					"invitation again."));
		return see_other(req, "/sign-in");
	}
	if (!looks_right(req, invitation, terms))
		return INVALID;
	struct str secret = as_me ? S("") : signin_secret(&at, email, val_s(req->in, "password"));
	int64_t person = accept(req, as_me ? val_i(req->me, "id") : 0);
	if (!person) {
		flash(req, N_("This invitation no longer stands. Ask for a new one."));
		return see_other(req, "/sign-in");
	}
	settle(req, person, terms);
	if (as_me) {
		flash(req, N_("Welcome. You now have a role here."));
		return see_other(req, "/me");
	}
	give_address(req, person, email);
	signin_set_secret(&at, person, email, secret, 0);
	return account_begin(req, person, "invitation", email);
}
