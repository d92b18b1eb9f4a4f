#include "app/account/account.h"

#include "base/buf.h"
#include "core/args.h"
#include "core/audit.h"
#include "core/feature.h"
#include "core/right.h"
#include "core/second.h"
#include "core/session.h"
#include "web/cookie.h"
#include "web/url.h"

enum { OWN_DEVICE = 60 * 86400, YEAR = 365 * 86400 };

void account_note(struct req *req, const char *verb, int64_t person)
{
	audit_add(req->db, req->arena,
		  &(struct audit){.org = val_i(req->org, "id"),
				  .made_by = person,
				  .verb = verb,
				  .person = person,
				  .request_id = req->request_id,
				  .at = req->now});
}

static int on_to(struct req *req, struct str next)
{
	return see_other(req, STR_FMT, STR_ARG(next.n ? next : S("/")));
}

static int on_to_step(struct req *req, const char *path)
{
	struct buf to = {.arena = req->arena};
	buf_add(&to, str_of(path));
	if (val_s(req->in, "next").n)
		query_add(&to, "next", val_s(req->in, "next"));
	return on_to(req, buf_str(&to));
}

/* ---- how every way of signing in ends ---- */

int account_begin(struct req *req, int64_t person, const char *means, struct str account)
{
	bool own = val_b(req->in, "own");
	bool waiting = second_state(req->db, req->arena, person) == SECOND_ON;
	struct signin at = signin_at(req);
	if (!val_is_null(req->me)) /* the session this browser had is over */
		session_end(req->db, req->arena, val_i(req->me, "id"), val_i(req->me, "session"));
	struct session_start start = {.person = person,
				      .now = req->now,
				      .means = means,
				      .shared = !own,
				      .waiting = waiting,
				      .network = req->network,
				      .agent = req->agent};
	set_cookie(req, SESSION_COOKIE, session_start(req->db, req->arena, &start),
		   own ? OWN_DEVICE : 0);
	if (own && account.n)
		set_cookie(req, BROWSER_COOKIE, signin_browser_cookie(&at, account), YEAR);
	if (waiting)
		return on_to_step(req, "/sign-in/second");
	account_note(req, "session.begun", person);
	return on_to(req, val_s(req->in, "next"));
}

int account_choose(struct req *req, const struct val *people, const char *means, struct str account)
{
	struct signin at = signin_at(req);
	const struct val *first = val_at(people, 0);
	if (val_count(people) == 1) {
		if (val_i(first, "signin"))
			signin_used(&at, val_i(first, "signin"));
		return account_begin(req, val_i(first, "person"), means, account);
	}
	struct val *list = val_set_list(req->out, "people");
	for (size_t i = 0; i < val_count(people); i++) {
		struct val *one = val_push_object(list);
		val_set_int(one, "person", val_i(val_at(people, i), "person"));
		val_set_str(one, "name", val_s(val_at(people, i), "name"));
	}
	val_set_str(req->out, "proof", signin_proof(&at, people, means));
	return OK;
}

void account_wait(struct req *req, const char *field, int64_t seconds)
{
	const char *text =
		seconds < 100
			? trn(req, "That was tried too often. Wait %n% second, and try again.",
			      "That was tried too often. Wait %n% seconds, and try again.", seconds)
			: trn(req, "That was tried too often. Wait %n% minute, and try again.",
			      "That was tried too often. Wait %n% minutes, and try again.",
			      (seconds + 59) / 60);
	struct str all = str_of(text);
	ptrdiff_t mark = str_find(all, S("%n%"));
	int64_t n = seconds < 100 ? seconds : (seconds + 59) / 60;
	if (mark >= 0)
		all = str_fmt(req->arena, STR_FMT "%lld" STR_FMT,
			      STR_ARG(str_sub(all, 0, (size_t)mark)), (long long)n,
			      STR_ARG(str_from(all, (size_t)mark + 3)));
	val_set_str(req->errors, field, all);
}

/* ---- e-mail and password, card ---- */

static int sign_in_page(struct req *req)
{
	if (!val_is_null(req->me))
		return on_to(req, val_s(req->in, "next"));
	val_set_list(req->out, "people");
	val_set_null(req->out, "proof");
	return OK;
}

/* One answer for a wrong password, an unknown address and an address without a password. */
static int refused(struct req *req, struct signin_result result, const char *field,
		   const char *message)
{
	if (result.answer == SIGNIN_WAIT)
		account_wait(req, field, result.wait);
	else
		invalid(req, field, message);
	return INVALID;
}

static int sign_in(struct req *req)
{
	struct signin at = signin_at(req);
	struct str email = val_s(req->in, "email");
	struct signin_result result = signin_by_password(&at, email, val_s(req->in, "password"));
	if (result.answer != SIGNIN_YES)
		return refused(
			req, result, "email",
			N_("The address and the password do not belong together. Check both, or "
			   "have a link sent to you."));
	return account_choose(req, result.people, "password",
			      signin_email_account(req->arena, email));
}

static int sign_in_card(struct req *req)
{
	struct signin at = signin_at(req);
	struct signin_result result = signin_by_card(&at, val_s(req->in, "user_name"),
						     val_s(req->in, "card"), val_s(req->in, "pin"));
	if (result.answer != SIGNIN_YES)
		return refused(
			req, result, "user_name",
			N_("The user name, the card and the PIN do not belong together. Look at "
			   "the card again, or ask whoever gave it to you for a new one."));
	return account_choose(req, result.people, "card", (struct str){0});
}

/* Several people share the address: who is it? */
static int sign_in_who(struct req *req)
{
	struct signin at = signin_at(req);
	struct str means;
	const struct val *people = signin_proven(&at, val_s(req->in, "proof"), &means);
	const char *how = str_is(means, "link") ? "link" : "password";
	for (size_t i = 0; i < val_count(people); i++)
		if (val_i(val_at(people, i), "person") == val_i(req->in, "person"))
			return account_begin(req, val_i(req->in, "person"), how, (struct str){0});
	flash(req, N_("That took too long. Please sign in again."));
	return on_to_step(req, "/sign-in");
}

/* Another way to sign in. Who has a form waiting comes by a button, so that it goes along (the
 * dispatcher shows the page that a redirect names); so does who signed in by a link meanwhile. */
static int sign_in_way(struct req *req)
{
	static const char *const pages[] = {"/sign-in/card", "/sign-in/link"};
	struct str way = val_s(req->in, "way");
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
		if (str_is(way, pages[i] + sizeof "/sign-in/" - 1))
			return on_to_step(req, pages[i]);
	return on_to_step(req, "/sign-in");
}

/* ---- second factor ---- */

static struct val *waiting_session(struct req *req)
{
	struct str token = cookie_value(req->cookies, SESSION_COOKIE);
	return session_find_waiting(req->db, req->arena, token, req->now);
}

static int second_page(struct req *req)
{
	if (val_is_null(waiting_session(req)))
		return on_to_step(req, "/sign-in");
	return OK;
}

static int second(struct req *req)
{
	const struct val *session = waiting_session(req);
	if (val_is_null(session)) {
		flash(req, N_("That took too long. Please sign in again."));
		return on_to_step(req, "/sign-in");
	}
	int64_t person = val_i(session, "id"), id = val_i(session, "session");
	struct throttle who = {.account = str_fmt(req->arena, "second %lld", (long long)person),
			       .network = req->network};
	int64_t wait = throttle_ask(req->db, req->arena, req->secrets, &who, req->now);
	bool right = !wait && second_check(req->db, req->arena, req->secrets, person,
					   val_s(req->in, "code"), req->now);
	if (!wait)
		wait = throttle_settle(req->db, req->arena, req->secrets, &who, right, req->now);
	if (wait) {
		account_wait(req, "code", wait);
		return INVALID;
	}
	if (right) {
		bool shared = val_b(session, "shared");
		struct str token = session_pass(req->db, req->arena, person, id, shared, req->now);
		set_cookie(req, SESSION_COOKIE, token, shared ? 0 : OWN_DEVICE);
		account_note(req, "session.begun", person);
		return on_to(req, val_s(req->in, "next"));
	}
	if (!session_miss(req->db, req->arena, id, person)) {
		flash(req, N_("Too many wrong codes. Please sign in again."));
		return on_to_step(req, "/sign-in");
	}
	invalid(req, "code",
		N_("This code is not right, or was used before. Codes change every 30 seconds."));
	return INVALID;
}

/* ---- out ---- */

static int sign_out(struct req *req)
{
	bool shared = val_b(req->me, "shared");
	if (!val_is_null(req->me))
		session_end(req->db, req->arena, val_i(req->me, "id"), val_i(req->me, "session"));
	set_cookie(req, SESSION_COOKIE, (struct str){0}, -1);
	/* On one's own device the mark that it is known stays. */
	val_set_str(req->headers_out, "Clear-Site-Data",
		    shared ? S("\"cache\", \"cookies\", \"storage\"")
			   : S("\"cache\", \"storage\""));
	flash(req, N_("You are signed out."));
	return see_other(req, "/");
}

static const struct field next_fields[] = {
	{.name = "next", .kind = FIELD_TEXT, .max = 1500},
	{0},
};

static const struct field way_fields[] = {
	{.name = "way", .kind = FIELD_TEXT, .max = 10},
	{.name = "next", .kind = FIELD_TEXT, .max = 1500},
	{0},
};

static const struct field password_fields[] = {
	{.name = "email", .kind = FIELD_TEXT, .required = true, .max = 254},
	{.name = "password", .kind = FIELD_SECRET, .required = true, .max = 200},
	{.name = "own", .kind = FIELD_FLAG},
	{.name = "next", .kind = FIELD_TEXT, .max = 1500},
	{0},
};

static const struct field card_page_fields[] = {
	{.name = "user_name", .kind = FIELD_TEXT, .max = 100},
	{.name = "next", .kind = FIELD_TEXT, .max = 1500},
	{0},
};

static const struct field card_fields[] = {
	{.name = "user_name", .kind = FIELD_TEXT, .required = true, .max = 100},
	{.name = "card", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "pin", .kind = FIELD_SECRET, .required = true, .max = 20},
	{.name = "own", .kind = FIELD_FLAG},
	{.name = "next", .kind = FIELD_TEXT, .max = 1500},
	{0},
};

static const struct field who_fields[] = {
	{.name = "proof", .kind = FIELD_TEXT, .required = true, .max = 60000},
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "own", .kind = FIELD_FLAG},
	{.name = "next", .kind = FIELD_TEXT, .max = 1500},
	{0},
};

static const struct field code_fields[] = {
	{.name = "code", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "next", .kind = FIELD_TEXT, .max = 1500},
	{0},
};

static const struct field ask_fields[] = {
	{.name = "email", .kind = FIELD_TEXT, .required = true, .max = 254},
	{.name = "own", .kind = FIELD_FLAG},
	{.name = "next", .kind = FIELD_TEXT, .max = 1500},
	{0},
};

static const struct field link_fields[] = {
	{.name = "token", .kind = FIELD_TEXT, .required = true, .max = 60},
	{.name = "own", .kind = FIELD_FLAG},
	{.name = "next", .kind = FIELD_TEXT, .max = 1500},
	{0},
};

static const struct field invitation_page_fields[] = {
	{.name = "token", .kind = FIELD_TEXT, .required = true, .max = 60},
	{0},
};

static const struct field invitation_fields[] = {
	{.name = "token", .kind = FIELD_TEXT, .required = true, .max = 60},
	{.name = "as_me", .kind = FIELD_FLAG},
	{.name = "name", .kind = FIELD_TEXT, .max = 200},
	{.name = "password", .kind = FIELD_SECRET, .max = 200},
	{.name = "agree", .kind = FIELD_FLAG},
	{.name = "own", .kind = FIELD_FLAG},
	{.name = "next", .kind = FIELD_TEXT, .max = 1500},
	{0},
};

static const struct route routes[] = {
	{GET, "/sign-in", PUBLIC, sign_in_page, "account/sign_in", .fields = next_fields,
	 .summary = "Sign in with e-mail and password"},
	{POST, "/sign-in", PUBLIC, sign_in, "account/sign_in", .fields = password_fields,
	 .flags = ROUTE_SLOW | ROUTE_COUNTS, .summary = "Begin a session with e-mail and password"},
	{GET, "/sign-in/card", PUBLIC, sign_in_page, "account/card", .fields = card_page_fields,
	 .summary = "Sign in with a user name, a printed card and its PIN"},
	{POST, "/sign-in/card", PUBLIC, sign_in_card, "account/card", .fields = card_fields,
	 .flags = ROUTE_SLOW | ROUTE_COUNTS, .summary = "Begin a session with a card"},
	{POST, "/sign-in/who", PUBLIC, sign_in_who, "account/sign_in", .fields = who_fields,
	 .flags = ROUTE_COUNTS, .summary = "Say which of the people with this address it is"},
	{POST, "/sign-in/way", PUBLIC, sign_in_way, .fields = way_fields,
	 .summary = "Sign in another way; a form that waits goes along"},
	{GET, "/sign-in/second", PUBLIC, second_page, "account/second", .fields = next_fields,
	 .summary = "Give the second factor"},
	{POST, "/sign-in/second", PUBLIC, second, "account/second", .fields = code_fields,
	 .flags = ROUTE_COUNTS, .summary = "Finish signing in with a code"},
	{GET, "/sign-in/link", PUBLIC, account_link_page, "account/link_ask", .fields = next_fields,
	 .summary = "Ask for a link by e-mail"},
	{POST, "/sign-in/link", PUBLIC, account_link_ask, "account/link_ask", .fields = ask_fields,
	 .flags = ROUTE_COUNTS, .summary = "Send a link that signs in"},
	{GET, "/sign-in/sent", PUBLIC, account_link_sent, "account/link_sent",
	 .summary = "A link is on its way"},
	{GET, "/sign-in/link/:token", PUBLIC, account_link_open, "account/link",
	 .fields = link_fields, .flags = ROUTE_SECRET, .summary = "Look at a link that signs in"},
	{POST, "/sign-in/link/:token", PUBLIC, account_link_use, "account/link",
	 .fields = link_fields, .flags = ROUTE_COUNTS | ROUTE_SECRET,
	 .summary = "Sign in with a link, in the browser that asked"},
	{GET, "/invitation/:token", PUBLIC, account_invitation_page, "account/invitation",
	 .fields = invitation_page_fields, .flags = ROUTE_SECRET,
	 .summary = "Look at an invitation"},
	{POST, "/invitation/:token", PUBLIC, account_invitation_accept, "account/invitation",
	 .fields = invitation_fields, .flags = ROUTE_SLOW | ROUTE_COUNTS | ROUTE_SECRET,
	 .summary = "Accept an invitation"},
	{POST, "/sign-out", PUBLIC, sign_out, .summary = "End this session"},
	{0},
};

static const struct letter_kind *const letters[] = {&account_link_letter, NULL};

const struct feature account_feature = {.name = "account", .routes = routes, .letters = letters};
