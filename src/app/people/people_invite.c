#include "app/people/people.h"

#include "core/args.h"
#include "core/choices.h"
#include "core/guardian.h"
#include "core/invite.h"
#include "core/letter.h"
#include "core/mail.h"
#include "core/person.h"
#include "core/secret.h"

enum { PAGE = 50 };

static const struct letter_blank blanks[] = {
	{.name = "link",
	 .link = true,
	 .required = true,
	 .meaning = N_("The link to the invitation"),
	 .sample = "/invitation/3k9PqLw7"},
	LETTER_ORG,
	{.name = "name", .meaning = N_("The name of who is invited"), .sample = "Camille Roy"},
	{.name = "by", .meaning = N_("The name of who invites"), .sample = "Dominique Ross"},
	{0},
};

static const struct letter_words words[] = {
	{"en", "Your invitation to {{org}}",
	 "Hello {{name}},\n\n"
	 "{{by}} invites you to {{org}}. Open this link to accept and to choose a password. It "
	 "stands for "
	 "two weeks:\n\n"
	 "{{link}}\n\n"
	 "If you do not know what this is about, do nothing."},
	{"fr", "Votre invitation – {{org}}",
	 "Bonjour {{name}},\n\n"
	 "{{by}} vous invite à rejoindre « {{org}} ». Ouvrez ce lien pour accepter et "
	 "choisir un "
	 "mot "
	 "de passe. "
	 "Il est valable deux semaines :\n\n"
	 "{{link}}\n\n"
	 "Si vous ne savez pas de quoi il s’agit, ne faites rien."},
	{0},
};

const struct letter_kind people_invitation_letter = {
	.name = "people.invitation",
	.summary = N_("An invitation"),
	.blanks = blanks,
	.words = words,
	.secret = true,
};

static void language_choices(struct req *req)
{
	struct str chosen = val_s(req->in, "language");
	choice_langs(req, val_set_list(req->out, "languages"), chosen.n ? chosen : req->lang);
}

static void show_states(struct req *req, struct val *rows)
{
	static const struct {
		const char *state, *words;
	} states[] = {{"open", N_("open")},
		      {"accepted", N_("accepted")},
		      {"revoked", N_("withdrawn")},
		      {"ended", N_("too old")}};
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		struct val *role = ARGS(req->arena, ARG_AS("shipped", val_s(row, "role_shipped")),
					ARG_AS("name", val_s(row, "role_name")));
		val_set_str(row, "role", role_shown(req, role));
		val_set_bool(row, "open", str_is(val_s(row, "state"), "open"));
		for (size_t k = 0; k < sizeof states / sizeof *states; k++)
			if (str_is(val_s(row, "state"), states[k].state))
				val_set_str(row, "state", str_of(tr(req, states[k].words)));
	}
}

/* With a person in the address, the invitation lets in somebody who is on the list already. */
static bool show_person(struct req *req)
{
	int64_t id = val_i(req->in, "person");
	val_set_null(req->out, "person");
	if (!id)
		return true;
	struct val *person = people_person(req);
	if (val_is_null(person) || !people_may_let_in(req, id))
		return false;
	val_set(req->out, "person", person);
	if (!val_s(req->in, "name").n)
		val_set_str(req->in, "name", val_s(person, "name"));
	return true;
}

int people_invitations(struct req *req)
{
	struct val *rows = invites_list(req->db, req->arena, people_org(req),
					val_i(req->in, "before"), PAGE, req->now);
	if (!show_person(req))
		return NOT_FOUND;
	show_states(req, rows);
	val_set(req->out, "rows", guardian_shown(req, rows, "accepted_by"));
	val_set_int(req->out, "older",
		    val_count(rows) == PAGE ? val_i(val_at(rows, PAGE - 1), "id") : 0);
	val_set(req->out, "role_choices",
		people_role_choices(req, val_i(req->in, "role"), N_("No role yet")));
	language_choices(req);
	return OK;
}

static void post_letter(struct req *req, struct str token)
{
	struct str base = val_s(req->org, "base"), name = val_s(req->in, "name");
	struct val *values = ARGS(req->arena,
				  ARG_AS("link", str_fmt(req->arena, STR_FMT "/invitation/" STR_FMT,
							 STR_ARG(base), STR_ARG(token))),
				  ARG_AS("org", val_s(req->org, "name")), ARG(name),
				  ARG_AS("by", val_s(req->me, "name")));
	letter_post(req->db, req->arena,
		    &(struct letter){.kind = &people_invitation_letter,
				     .org = people_org(req),
				     .person = val_i(req->in, "person"),
				     .to_address = val_s(req->in, "email"),
				     .to_name = name,
				     .lang = val_s(req->in, "language"),
				     .values = values,
				     .key = str_c(req->arena, secret_hash(req->arena, token)),
				     .now = req->now});
}

int people_invite(struct req *req)
{
	int64_t role = val_i(req->in, "role"), person = val_i(req->in, "person");
	struct str token;
	if (person && (val_is_null(people_person(req)) || !people_may_let_in(req, person)))
		return NOT_FOUND;
	if (role && val_is_null(role_read(req->db, req->arena, people_org(req), role)))
		return NOT_FOUND;
	if (role && !people_may_promise(req, role))
		return FORBIDDEN;
	if (!mail_address_ok(val_s(req->in, "email"))) {
		invalid(req, "email", N_("This is not an e-mail address."));
		return INVALID;
	}
	int64_t id = invite_make(req->db, req->arena,
				 ARGS(req->arena, ARG_AS("org", people_org(req)),
				      ARG_AS("email", val_s(req->in, "email")),
				      ARG_AS("name", val_s(req->in, "name")),
				      ARG_AS("lang", val_s(req->in, "language")), ARG(role),
				      ARG(person)),
				 val_i(req->me, "id"), req->now, &token);
	post_letter(req, token);
	people_note(req, "invitation.sent", person, "invitation", id);
	flash(req, N_("The invitation is on its way."));
	return see_other(req, "/people/invitations");
}

int people_invitation_revoke(struct req *req)
{
	int64_t id = val_i(req->in, "invitation");
	if (!invite_revoke(req->db, req->arena, people_org(req), id, req->now))
		return NOT_FOUND;
	people_note(req, "invitation.revoked", 0, "invitation", id);
	flash(req, N_("The invitation is withdrawn. Its link no longer works."));
	return see_other(req, "/people/invitations");
}
