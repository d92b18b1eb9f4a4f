/* A link by e-mail signs in, once, within half an hour, by a button, in the browser that asked. It
 * is also how a forgotten password is replaced: whoever came by link may set a new one. */
#include "app/account/account.h"

#include "base/buf.h"
#include "core/contact.h"
#include "core/feature.h"
#include "core/letter.h"
#include "core/link.h"
#include "core/mail.h"
#include "web/cookie.h"
#include "web/url.h"

#define ASKED_COOKIE "waypost_asked"
enum { LINK_SECONDS = 1800 };

static const struct letter_blank blanks[] = {
	{.name = "link",
	 .link = true,
	 .required = true,
	 .meaning = N_("The link that signs in"),
	 .sample = "/sign-in/link/3k9PqLw7"},
	LETTER_ORG,
	{0},
};

static const struct letter_words words[] = {
	{"en", "Your link to sign in to {{org}}",
	 "Hello,\n\n"
	 "somebody asked for a link to sign in to {{org}} with this address. If it was you, open "
	 "it in "
	 "the browser in which you asked, within half an hour:\n\n"
	 "{{link}}\n\n"
	 "If it was not you, do nothing: the link works only in the browser of the person who "
	 "asked."},
	{"fr", "Votre lien de connexion – {{org}}",
	 "Bonjour,\n\n"
	 "quelqu’un a demandé un lien de connexion à « {{org}} » pour cette adresse. Si "
	 "c’est "
	 "vous, "
	 "ouvrez-le "
	 "dans la demi-heure, dans le navigateur où vous l’avez demandé :\n\n"
	 "{{link}}\n\n"
	 "Si ce n’est pas vous, ne faites rien : le lien ne fonctionne que dans le navigateur de "
	 "la "
	 "personne qui l’a demandé."},
	{0},
};

const struct letter_kind account_link_letter = {
	.name = "account.link",
	.summary = N_("A link to sign in"),
	.blanks = blanks,
	.words = words,
	.secret = true,
};

int account_link_page(struct req *req)
{
	(void)req;
	return OK;
}

int account_link_sent(struct req *req)
{
	(void)req;
	return OK;
}

static void post_letter(struct req *req, const struct val *people, struct str email,
			struct str token)
{
	struct str lang = req->lang, name = val_s(req->org, "name");
	struct buf link = {.arena = req->arena};
	buf_fmt(&link, STR_FMT "/sign-in/link/" STR_FMT, STR_ARG(val_s(req->org, "base")),
		STR_ARG(token));
	if (val_b(req->in, "own"))
		query_add(&link, "own", S("1"));
	if (val_s(req->in, "next").n)
		query_add(&link, "next", val_s(req->in, "next"));
	struct val *values = val_object(req->arena);
	val_set_str(values, "link", buf_str(&link));
	val_set_str(values, "org", name);
	int64_t person = val_count(people) == 1 ? val_i(val_at(people, 0), "person") : 0;
	letter_post(req->db, req->arena,
		    &(struct letter){.kind = &account_link_letter,
				     .org = val_i(req->org, "id"),
				     .person = person,
				     .to_address = email,
				     .lang = lang,
				     .values = values,
				     .key = str_c(req->arena, secret_hash(req->arena, token)),
				     .now = req->now});
}

/* Asking is slowed down like guessing, so that nobody fills a stranger's mailbox; and it looks the
 * same whether or not anybody has the address. */
int account_link_ask(struct req *req)
{
	struct str email = signin_email_account(req->arena, val_s(req->in, "email"));
	struct str browser = cookie_value(req->cookies, ASKED_COOKIE);
	struct throttle who = {.account = str_fmt(req->arena, "link " STR_FMT, STR_ARG(email)),
			       .network = req->network};
	if (!mail_address_ok(email)) {
		invalid(req, "email", N_("This is not an e-mail address."));
		return INVALID;
	}
	int64_t wait = throttle_settle(req->db, req->arena, req->secrets, &who, false, req->now);
	if (wait) {
		account_wait(req, "email", wait);
		return INVALID;
	}
	if (browser.n < 20)
		browser = secret_token(req->arena);
	set_cookie(req, ASKED_COOKIE, browser, LINK_SECONDS);
	struct link_new link = {.purpose = "signin",
				.org = val_i(req->org, "id"),
				.address = email,
				.browser = browser,
				.now = req->now,
				.ends_at = req->now + LINK_SECONDS};
	const struct val *people = signin_people_of(req->db, req->arena, email);
	struct str token = link_make(req->db, req->arena, &link);
	if (val_count(people))
		post_letter(req, people, email, token);
	return see_other(req, "/sign-in/sent");
}

int account_link_open(struct req *req)
{
	const struct val *link =
		link_peek(req->db, req->arena, "signin", val_s(req->in, "token"), req->now);
	bool works = !val_is_null(link) && val_i(link, "org") == val_i(req->org, "id");
	bool asked = cookie_value(req->cookies, ASKED_COOKIE).n > 0;
	val_set_bool(req->out, "gone", !works);
	val_set_bool(req->out, "elsewhere", works && !asked);
	val_set_bool(req->out, "ready", works && asked);
	val_set_list(req->out, "people");
	val_set_null(req->out, "proof");
	return works ? OK : GONE;
}

int account_link_use(struct req *req)
{
	struct str browser = cookie_value(req->cookies, ASKED_COOKIE);
	struct str token = val_s(req->in, "token");
	const struct val *link = link_peek(req->db, req->arena, "signin", token, req->now);
	if (val_i(link, "org") == val_i(req->org, "id"))
		link = link_use(req->db, req->arena, "signin", token, browser, req->now);
	else
		link = val_null();
	struct str email = val_s(link, "address");
	const struct val *people = signin_people_of(req->db, req->arena, email);
	if (val_is_null(link) || !val_count(people)) {
		flash(req, N_("This link no longer works, or was asked for in another browser. Ask "
			      "for a new one here."));
		return see_other(req, "/sign-in/link");
	}
	for (size_t i = 0; i < val_count(people); i++)
		contact_confirm(req->db, req->arena, val_i(val_at(people, i), "person"), email,
				req->now);
	set_cookie(req, ASKED_COOKIE, (struct str){0}, -1);
	val_set_bool(req->out, "gone", false);
	val_set_bool(req->out, "elsewhere", false);
	val_set_bool(req->out, "ready", false);
	return account_choose(req, people, "link", email);
}
