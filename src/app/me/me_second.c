#include "app/me/me.h"

#include "base/buf.h"
#include "core/qr.h"
#include "core/second.h"
#include "core/session.h"
#include "web/url.h"

/* Here and back to where the right was needed. */
static int to_page(struct req *req)
{
	struct buf to = {.arena = req->arena};
	buf_add(&to, S("/me/second"));
	if (val_s(req->in, "next").n)
		query_add(&to, "next", val_s(req->in, "next"));
	return see_other(req, STR_FMT, STR_ARG(buf_str(&to)));
}

static void show_secret(struct req *req, struct str secret)
{
	struct str account = val_s(req->me, "name"), issuer = val_s(req->org, "name");
	struct str address = totp_address(req->arena, secret, issuer, account);
	val_set(req->out, "qr", qr_code(req->arena, address));
	val_set_str(req->out, "secret", totp_base32(req->arena, secret));
}

int me_second_page(struct req *req)
{
	enum second_state state = second_state(req->db, req->arena, me_id(req));
	struct str secret = S("");
	if (state != SECOND_ON && me_unproven(req))
		return me_prove_first(req, "/me/second");
	if (state == SECOND_BEGUN)
		secret = second_begun(req->db, req->arena, req->secrets, me_id(req));
	val_set_bool(req->out, "on", state == SECOND_ON);
	val_set_bool(req->out, "begun", secret.n > 0);
	val_set_bool(req->out, "off", state != SECOND_ON && !secret.n);
	val_set_int(req->out, "codes_left", second_codes_left(req->db, req->arena, me_id(req)));
	val_set_list(req->out, "codes");
	val_set_null(req->out, "qr");
	val_set_null(req->out, "secret");
	if (secret.n)
		show_secret(req, secret);
	return OK;
}

int me_second_begin(struct req *req)
{
	if (me_unproven(req))
		return me_prove_first(req, "/me/second");
	/* One that was begun before and never confirmed is made anew: somebody may have seen it. */
	if (second_state(req->db, req->arena, me_id(req)) == SECOND_BEGUN)
		second_remove(req->db, req->arena, me_id(req));
	second_begin(req->db, req->arena, req->secrets, me_id(req), req->now);
	return to_page(req);
}

static int show_codes(struct req *req, struct val *codes)
{
	if (!url_is_local(val_s(req->in, "next")))
		val_set_str(req->in, "next", S("/me"));
	val_set_bool(req->out, "on", true);
	val_set_bool(req->out, "begun", false);
	val_set_bool(req->out, "off", false);
	val_set_int(req->out, "codes_left", (int64_t)val_count(codes));
	val_set(req->out, "codes", codes);
	val_set_null(req->out, "qr");
	val_set_null(req->out, "secret");
	return OK;
}

int me_second_confirm(struct req *req)
{
	struct val *codes;
	if (me_unproven(req))
		return me_prove_first(req, "/me/second");
	if (!second_confirm(req->db, req->arena, req->secrets, me_id(req), val_s(req->in, "code"),
			    req->now, &codes)) {
		invalid(req, "code",
			N_("This code is not right. Look whether the clock of your device is "
			   "right, and "
			   "try the next code."));
		return INVALID;
	}
	/* The session has shown it now, under a new token; the others have not and end. */
	bool shared = val_b(req->me, "shared");
	int64_t session = val_i(req->me, "session");
	sessions_end_others(req->db, req->arena, me_id(req), session);
	set_cookie(req, SESSION_COOKIE,
		   session_pass(req->db, req->arena, me_id(req), session, shared, req->now),
		   shared ? 0 : session_rules(false).whole);
	me_note(req, "second.on");
	return show_codes(req, codes);
}

int me_second_codes(struct req *req)
{
	if (me_unproven(req))
		return me_prove_first(req, "/me/second");
	if (second_state(req->db, req->arena, me_id(req)) != SECOND_ON)
		return to_page(req);
	me_note(req, "second.codes");
	return show_codes(req, second_new_codes(req->db, req->arena, req->secrets, me_id(req)));
}

int me_second_remove(struct req *req)
{
	if (me_unproven(req))
		return me_prove_first(req, "/me/second");
	second_remove(req->db, req->arena, me_id(req));
	session_forget_second(req->db, req->arena, me_id(req));
	me_note(req, "second.off");
	flash(req, N_("The second factor is removed. What needs it is closed to you until you set "
		      "one up again."));
	return to_page(req);
}
