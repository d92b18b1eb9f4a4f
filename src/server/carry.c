/*
 * A form sent after the session ended is not lost. What was typed (never secrets or files) is
 * sealed into the sign-in form, goes with it through every step of signing in, and comes back in
 * its own page as it was, to be sent by its own button. It names the person whose session ended, and
 * nobody else is given it who signs in at the same computer; of whom nobody knows, it is not kept.
 */
#include "base/json.h"
#include "core/session.h"
#include "server/answer_words.h"
#include "server/life.h"
#include "web/cookie.h"
#include "web/url.h"

enum { CARRY_SECONDS = 3600, CARRY_BYTES = 600 * 1024 };

#define SIGN_IN       "/sign-in"
#define SECOND_FACTOR "/me/second"
#define ACTING_ROLE   "/me/acting"

static bool is_open(const struct field *fields, struct str name)
{
	for (; fields && fields->name; fields++)
		if (str_is(name, fields->name))
			return fields->kind != FIELD_SECRET && fields->kind != FIELD_FILE;
	return false;
}

static struct str seal(struct life *l, int64_t person)
{
	struct val *kept = val_object(l->a), *fields = val_set_list(kept, "fields");
	struct buf text = {.arena = l->a};
	val_set_str(kept, "path", l->req.path);
	val_set_int(kept, "org", val_i(l->req.org, "id"));
	val_set_int(kept, "person", person);
	val_set_int(kept, "ends", l->req.now + CARRY_SECONDS);
	for (size_t i = 0; i < l->sent.count; i++) {
		const struct form_part *part = &l->sent.part[i];
		if (part->file || !is_open(l->req.route->fields, part->name))
			continue;
		struct val *field = val_push_object(fields);
		val_set_str(field, "name", part->name);
		val_set_str(field, "value", part->value);
	}
	json_write(&text, kept);
	return secret_seal(l->a, &l->site->secrets, S("carry"), buf_str(&text));
}

static struct val *unseal(struct life *l, struct str sealed)
{
	struct str text;
	struct json_error error;
	if (!secret_open(l->a, &l->site->secrets, S("carry"), sealed, &text))
		return val_null();
	struct val *kept = json_read(l->a, text, CARRY_BYTES, &error);
	if (!kept || val_i(kept, "org") != val_i(l->req.org, "id") ||
	    val_i(kept, "ends") < l->req.now)
		return val_null();
	return kept;
}

static bool route_of(struct life *l, enum method method, struct str path)
{
	const struct routes *tables[] = {l->site->of_org, l->site->of_server};
	for (int i = val_is_null(l->req.org); i < 2; i++)
		if (routes_find(tables[i], l->a, method, path, &l->match) == ROUTE_MATCH)
			return true;
	return false;
}

/* The page of another GET route, with status and the sealed form. */
static bool show_other(struct life *l, const struct route *get, int status)
{
	if (!get || !get->view || read_fields(l, get) != FIELDS_OK || !form_page_get(l, get))
		return false;
	l->status = status;
	answer_page(l, get->view);
	return true;
}

static void redirect_with_next(struct life *l, const char *path)
{
	struct buf to = {.arena = l->a};
	buf_fmt(&to, STR_FMT "%s", STR_ARG(l->req.prefix), path);
	query_add(&to, "next", l->url);
	l->location = buf_str(&to);
	answer_redirect(l, 303);
}

void carry_to_role(struct life *l)
{
	if (l->media == MEDIA_HTML)
		redirect_with_next(l, ACTING_ROLE);
	else
		answer_error(l, 403);
}

/* A session without the second factor is one of somebody who has not set it up: whoever has is
 * asked for it at signing in. */
void carry_to_second(struct life *l)
{
	if (l->media == MEDIA_HTML)
		redirect_with_next(l, SECOND_FACTOR);
	else
		answer_error(l, 403);
}

void carry_to_sign_in(struct life *l)
{
	if (l->media != MEDIA_HTML) {
		answer_error(l, 401);
		return;
	}
	if (l->get) {
		redirect_with_next(l, SIGN_IN);
		return;
	}
	/* A browser sends no session with another site's form: it looks like this and is not. */
	if (!read_same_site(l)) {
		answer_error(l, 403);
		return;
	}
	int64_t person = session_was_of(cookie_value(l->req.cookies, SESSION_COOKIE));
	if (read_form(l) && person)
		l->carry = seal(l, person);
	if (l->carry.n > CARRY_BYTES)
		l->carry = (struct str){0};
	l->sent = (struct form){0};
	l->flash_asks = true;
	l->flash_shown = str_of(
		l->carry.n
			? N_("You are no longer signed in. Sign in, and what you typed comes back.")
			: N_("You are no longer signed in, and what was typed is not kept. Sign in "
			     "and fill it in again."));
	if (!route_of(l, GET, S(SIGN_IN)) || !show_other(l, l->match.route, 401))
		answer_error(l, 401);
}

/* Signing in has further steps: the next page is shown here, so that it can carry on. */
static bool next_step(struct life *l)
{
	struct str path = str_from(answer_location(l), l->req.prefix.n), query = {0};
	ptrdiff_t mark = str_find_char(path, '?');
	if (mark >= 0) {
		query = str_from(path, (size_t)mark + 1);
		path = str_sub(path, 0, (size_t)mark);
	}
	l->sent = (struct form){0};
	query_parse(l->a, query, &l->sent);
	l->get = true;
	if (!route_of(l, GET, path) || !who_may(l, l->match.route))
		return false;
	l->req.path = path;
	return show_other(l, l->match.route, OK);
}

static void fields_back(struct life *l, const struct val *kept)
{
	const struct val *fields = val_get(kept, "fields");
	l->sent = (struct form){0};
	for (size_t i = 0; i < val_count(fields); i++) {
		const struct val *field = val_at(fields, i);
		form_add(l->a, &l->sent, val_s(field, "name"), val_s(field, "value"));
	}
	l->req.out = val_object(l->a);
	val_set_str(l->req.out, "resume_path", val_s(kept, "path"));
	val_set(l->req.out, "resume_fields", val_get(kept, "fields"));
}

/* The page of the form with everything typed; where it has no page of its own, a button. */
static bool show_again(struct life *l, const struct val *kept)
{
	if (!route_of(l, POST, val_s(kept, "path")))
		return false;
	const struct route *post = l->match.route;
	fields_back(l, kept);
	l->req.path = val_s(kept, "path");
	if (!who_may(l, post)) {
		answer_error(l, 403);
		return true;
	}
	read_fields(l, post);
	l->req.errors = val_object(l->a);
	bool page = form_page(l, post);
	l->carry = (struct str){0};
	l->flash_asks = true;
	l->flash_shown = str_of(N_("You are signed in again. What you typed is not sent yet: look "
				   "at it, and send it."));
	l->status = OK;
	answer_page(l, page ? post->view : "server/resume");
	return true;
}

static bool is_of(const struct val *kept, const struct val *me)
{
	return val_i(kept, "person") == val_i(me, "id");
}

/* A page is shown where a redirect was meant: only its cookies are kept. */
static void stay_here(struct life *l)
{
	struct val *headers = val_object(l->a);
	l->location = str_dup(l->a, answer_location(l));
	val_set(headers, "Set-Cookie", val_get(l->req.headers_out, "Set-Cookie"));
	l->req.headers_out = headers;
}

bool carry_on(struct life *l)
{
	struct req *r = &l->req;
	struct val *kept = l->carry.n ? unseal(l, l->carry) : val_null();
	if (val_is_null(kept))
		return false;
	struct val *cookies = val_object(l->a);
	val_merge(cookies, r->cookies);
	if (answer_session(l).n)
		val_set_str(cookies, SESSION_COOKIE, answer_session(l));
	r->cookies = cookies;
	stay_here(l);
	db_begin(r->db, DB_READ, val_i(r->org, "id"));
	bool good = who_person(l);
	db_rollback(r->db);
	if (!good)
		return false;
	if (val_is_null(r->me))
		return next_step(l);
	if (is_of(kept, r->me))
		return show_again(l, kept);
	flash(r, N_("What somebody else had typed here is not shown to you."));
	answer_redirect(l, 303);
	return true;
}
