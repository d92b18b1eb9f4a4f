#include "app/me/me.h"

#include "base/buf.h"
#include "core/contact.h"
#include "core/link.h"
#include "core/mail.h"
#include "core/second.h"
#include "core/session.h"
#include "web/url.h"

/* ---- a fresh proof ---- */

bool me_unproven(struct req *req)
{
	return !session_is_fresh(req->me, req->now);
}

int me_prove_first(struct req *req, const char *back)
{
	struct buf to = {.arena = req->arena};
	buf_add(&to, S("/me/prove"));
	query_add(&to, "next", str_of(back));
	return see_other(req, STR_FMT, STR_ARG(buf_str(&to)));
}

static bool has_password(struct req *req)
{
	const struct val *rows = signins_of(req->db, req->arena, me_id(req));
	for (size_t i = 0; i < val_count(rows); i++)
		if (str_is(val_s(val_at(rows, i), "kind"), "email") &&
		    val_b(val_at(rows, i), "has_secret"))
			return true;
	return false;
}

static bool has_second(struct req *req)
{
	return second_state(req->db, req->arena, me_id(req)) == SECOND_ON;
}

int me_prove_page(struct req *req)
{
	bool password = has_password(req), code = !password && has_second(req);
	val_set_bool(req->out, "by_password", password);
	val_set_bool(req->out, "by_code", code);
	val_set_bool(req->out, "by_signing_in", !password && !code);
	return OK;
}

static bool proves(struct req *req, struct str secret)
{
	struct signin at = signin_at(req);
	if (has_password(req))
		return signin_password_is(&at, me_id(req), secret);
	return has_second(req) &&
	       second_check(req->db, req->arena, req->secrets, me_id(req), secret, req->now);
}

int me_prove(struct req *req)
{
	struct str next = val_s(req->in, "next");
	struct throttle who = {.account = str_fmt(req->arena, "prove %lld", (long long)me_id(req)),
			       .network = req->network};
	int64_t wait = throttle_ask(req->db, req->arena, req->secrets, &who, req->now);
	bool right = !wait && proves(req, val_s(req->in, "secret"));
	if (!wait)
		wait = throttle_settle(req->db, req->arena, req->secrets, &who, right, req->now);
	if (wait) {
		invalid(req, "secret",
			N_("That was tried too often. Wait a little, and try again."));
		return INVALID;
	}
	if (!right) {
		invalid(req, "secret", N_("This is not right. Try again."));
		return INVALID;
	}
	session_prove(req->db, req->arena, val_i(req->me, "session"), req->now);
	return see_other(req, STR_FMT, STR_ARG(next.n ? next : S("/me/access")));
}

/* ---- sessions ---- */

int me_sessions(struct req *req)
{
	struct val *rows = sessions_of(req->db, req->arena, me_id(req), req->now);
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		val_set_bool(row, "here", val_i(row, "id") == val_i(req->me, "session"));
	}
	val_set(req->out, "sessions", rows);
	val_set_bool(req->out, "others", val_count(rows) > 1);
	return OK;
}

int me_session_end(struct req *req)
{
	if (!session_end(req->db, req->arena, me_id(req), val_i(req->in, "session")))
		return NOT_FOUND;
	me_note(req, "session.ended");
	flash(req, N_("That session is ended."));
	return see_other(req, "/me/sessions");
}

int me_sessions_end(struct req *req)
{
	sessions_end_others(req->db, req->arena, me_id(req), val_i(req->me, "session"));
	me_note(req, "session.ended");
	flash(req, N_("You are signed out everywhere else."));
	return see_other(req, "/me/sessions");
}

/* ---- ways to sign in ---- */

/* Those that went out in a letter; calendar addresses have a page of their own. */
static struct val *sent_links(struct req *req)
{
	struct val *all = links_of(req->db, req->arena, me_id(req), req->now),
		   *sent = val_list(req->arena);
	for (size_t i = 0; i < val_count(all); i++)
		if (!str_starts(val_s(val_at(all, i), "purpose"), S("feed.")))
			val_push(sent, val_at(all, i));
	return sent;
}

int me_access(struct req *req)
{
	struct val *rows = signins_of(req->db, req->arena, me_id(req));
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		bool card = str_is(val_s(row, "kind"), "card");
		val_set_bool(row, "card", card);
		val_set_bool(row, "password", !card && val_b(row, "has_secret"));
		val_set_bool(row, "link_only", !card && !val_b(row, "has_secret"));
	}
	val_set(req->out, "signins", rows);
	val_set(req->out, "links", sent_links(req));
	val_set_bool(req->out, "can_remove", val_count(rows) > 1);
	val_set_bool(req->out, "has_second", has_second(req));
	return OK;
}

/* Only an address that this person has shown to be theirs, by a link or an invitation. */
static bool is_confirmed(struct req *req, struct str email)
{
	const struct val *rows = contacts_of(req->db, req->arena, 0, me_id(req));
	struct str wanted = contact_fold(req->arena, S("email"), email);
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		struct str kind = val_s(row, "kind");
		if (str_is(kind, "email") && !val_is_null(val_get(row, "confirmed_at")) &&
		    str_eq(contact_fold(req->arena, kind, val_s(row, "value")), wanted))
			return true;
	}
	return false;
}

int me_link_revoke(struct req *req)
{
	if (!link_revoke(req->db, req->arena, me_id(req), val_i(req->in, "link"), req->now))
		return NOT_FOUND;
	me_note(req, "link.revoked");
	flash(req, N_("The link no longer works."));
	return see_other(req, "/me/access");
}

int me_signin_remove(struct req *req)
{
	if (me_unproven(req))
		return me_prove_first(req, "/me/access");
	if (val_count(signins_of(req->db, req->arena, me_id(req))) < 2) {
		flash(req, N_("This is your only way to sign in. Add another one first."));
		return see_other(req, "/me/access");
	}
	if (!signin_remove(req->db, req->arena, me_id(req), val_i(req->in, "signin")))
		return NOT_FOUND;
	me_note(req, "signin.removed");
	flash(req, N_("This way to sign in is removed."));
	return see_other(req, "/me/access");
}

/* The address whose password this person would set: what they signed in with before, else where
 * they can be written to. */
static struct str own_address(struct req *req)
{
	const struct val *rows = signins_of(req->db, req->arena, me_id(req));
	for (size_t i = 0; i < val_count(rows); i++)
		if (str_is(val_s(val_at(rows, i), "kind"), "email"))
			return val_s(val_at(rows, i), "handle");
	return contact_email(req->db, req->arena, 0, me_id(req));
}

int me_password_page(struct req *req)
{
	if (me_unproven(req))
		return me_prove_first(req, "/me/password");
	val_set_str(req->in, "email", own_address(req));
	return OK;
}

static bool has_address(struct req *req, struct str email)
{
	const struct val *rows = signins_of(req->db, req->arena, me_id(req));
	struct str wanted = contact_fold(req->arena, S("email"), email);
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		if (str_is(val_s(row, "kind"), "email") &&
		    str_eq(contact_fold(req->arena, S("email"), val_s(row, "handle")), wanted))
			return true;
	}
	return is_confirmed(req, email);
}

int me_password(struct req *req)
{
	struct signin at = signin_at(req);
	struct str email = val_s(req->in, "email"), password = val_s(req->in, "password");
	const char *wrong = password_wrong(req->arena, password, email, val_s(req->me, "name"));
	if (me_unproven(req))
		return me_prove_first(req, "/me/password");
	if (!mail_address_ok(email) || !has_address(req, email))
		invalid(req, "email", N_("This is not a confirmed address of yours."));
	if (wrong)
		invalid(req, "password", wrong);
	if (val_count(req->errors))
		return INVALID;
	signin_set_password(&at, me_id(req), email, password, val_i(req->me, "session"));
	me_note(req, "password.changed");
	flash(req, N_("Your new password is set. You are signed out everywhere else."));
	return see_other(req, "/me/access");
}
