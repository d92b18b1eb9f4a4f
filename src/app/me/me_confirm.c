/* A further address to sign in with is first shown to be the reader's own: a letter goes there, and
 * its link is finished by a button, while its owner is signed in. */
#include "app/me/me.h"

#include "base/buf.h"
#include "core/contact.h"
#include "core/letter.h"
#include "core/link.h"
#include "core/mail.h"

enum { CONFIRM_SECONDS = 86400 };

static const struct letter_blank blanks[] = {
	{.name = "link",
	 .link = true,
	 .required = true,
	 .meaning = N_("The link that confirms"),
	 .sample = "/me/confirm/3k9PqLw7"},
	LETTER_ORG,
	{0},
};

static const struct letter_words words[] = {
	{"en", "Is this your address?",
	 "Hello,\n\n"
	 "somebody wants to sign in to {{org}} with this address. If it was you, confirm it within "
	 "a "
	 "day:\n\n"
	 "{{link}}\n\n"
	 "If it was not you, do nothing."},
	{"fr", "Est-ce bien votre adresse ?",
	 "Bonjour,\n\n"
	 "quelqu’un souhaite se connecter à « {{org}} » avec cette adresse. Si c’est "
	 "vous, "
	 "confirmez-la dans "
	 "les vingt-quatre heures :\n\n"
	 "{{link}}\n\n"
	 "Si ce n’est pas vous, ne faites rien."},
	{0},
};

const struct letter_kind me_confirm_letter = {
	.name = "me.confirm",
	.summary = N_("A link that confirms an address"),
	.blanks = blanks,
	.words = words,
	.secret = true,
};

static void post_letter(struct req *req, struct str email, struct str token)
{
	struct val *values = val_object(req->arena);
	val_set_str(values, "link",
		    str_fmt(req->arena, STR_FMT "/me/confirm/" STR_FMT,
			    STR_ARG(val_s(req->org, "base")), STR_ARG(token)));
	val_set_str(values, "org", val_s(req->org, "name"));
	letter_post(req->db, req->arena,
		    &(struct letter){.kind = &me_confirm_letter,
				     .org = val_i(req->org, "id"),
				     .person = me_id(req),
				     .to_address = email,
				     .to_name = val_s(req->me, "name"),
				     .lang = req->lang,
				     .values = values,
				     .key = str_c(req->arena, secret_hash(req->arena, token)),
				     .now = req->now});
}

int me_confirm_ask(struct req *req)
{
	struct str email = contact_fold(req->arena, S("email"), val_s(req->in, "email"));
	struct throttle who = {.account =
				       str_fmt(req->arena, "confirm %lld", (long long)me_id(req)),
			       .network = req->network};
	if (me_unproven(req))
		return me_prove_first(req, "/me/access");
	if (!mail_address_ok(email)) {
		invalid(req, "email", N_("This is not an e-mail address."));
		return INVALID;
	}
	if (throttle_settle(req->db, req->arena, req->secrets, &who, false, req->now)) {
		invalid(req, "email",
			N_("That was tried too often. Wait a little, and try again."));
		return INVALID;
	}
	struct link_new link = {.purpose = "confirm",
				.org = val_i(req->org, "id"),
				.owner = me_id(req),
				.address = email,
				.now = req->now,
				.ends_at = req->now + CONFIRM_SECONDS};
	post_letter(req, email, link_make(req->db, req->arena, &link));
	flash(req, N_("A letter is on its way to this address. Follow its link to confirm it."));
	return see_other(req, "/me/access");
}

int me_confirm_page(struct req *req)
{
	const struct val *link =
		link_peek(req->db, req->arena, "confirm", val_s(req->in, "token"), req->now);
	bool mine = !val_is_null(link) && val_i(link, "owner") == me_id(req);
	val_set_bool(req->out, "works", mine);
	val_set_str(req->out, "address", mine ? val_s(link, "address") : S(""));
	return mine ? OK : GONE;
}

int me_confirm(struct req *req)
{
	struct str token = val_s(req->in, "token");
	const struct val *seen = link_peek(req->db, req->arena, "confirm", token, req->now);
	struct signin at = signin_at(req);
	if (val_is_null(seen) || val_i(seen, "owner") != me_id(req))
		return me_confirm_page(req);
	if (val_is_null(link_use(req->db, req->arena, "confirm", token, S(""), req->now)))
		return GONE;
	struct str email = val_s(seen, "address");
	struct val *contact = val_object(req->arena);
	val_set_int(contact, "person", me_id(req));
	val_set_str(contact, "kind", S("email"));
	val_set_str(contact, "value", email);
	if (!contact_has(req->db, req->arena, 0, me_id(req), S("email"), email))
		contact_add(req->db, req->arena, contact, req->now);
	contact_confirm(req->db, req->arena, me_id(req), email, req->now);
	signin_add_email(&at, me_id(req), email);
	me_note(req, "signin.added");
	flash(req, N_("The address is confirmed. You can sign in with it."));
	return see_other(req, "/me/access");
}
