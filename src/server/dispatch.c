#include "server/dispatch.h"

#include <setjmp.h>
#include <sodium.h>
#include <string.h>
#include <time.h>

#include "base/code.h"
#include "core/audit.h"
#include "core/session.h"
#include "server/answer_words.h"
#include "server/assets.h"
#include "server/life.h"
#include "server/log.h"
#include "web/cookie.h"
#include "web/url.h"

enum {
	LANE_BYTES = 192 * 1024 * 1024, /* of one request; reaching it is 413 */
	TRIES = 8,
	BODY_BYTES = 1024 * 1024, /* of a form without files */
};

struct str request_header(const struct request *r, const char *name)
{
	for (size_t i = 0; i < r->header_count; i++)
		if (str_eq_nocase(r->headers[i].name, str_of(name)))
			return r->headers[i].value;
	return (struct str){0};
}

/* ---- lanes ---- */

struct lane *lane_new(const struct site *site, bool keeps_answers)
{
	struct arena *own = arena_new(SIZE_MAX / 2);
	struct lane *lane = arena_one(own, struct lane);
	*lane = (struct lane){.site = site, .own = own, .arena = arena_new(LANE_BYTES)};
	lane->may_wait = keeps_answers;
	randombytes_buf(lane->id, sizeof lane->id);
	if (keeps_answers && site->config->cache_mb)
		lane->cache = cache_new(own, (size_t)site->config->cache_mb * 1024 * 1024);
	return lane;
}

void lane_prepares(struct lane *lane, void (*drop)(void *prepared))
{
	if (lane->cache)
		cache_drops(lane->cache, drop);
}

void lane_turn(struct lane *lane)
{
	lane->turn++;
}

void lane_free(struct lane *lane)
{
	if (lane->db)
		db_close(lane->db);
	if (lane->cache)
		cache_free(lane->cache);
	arena_free(lane->arena);
	arena_free(lane->own);
}

struct arena *lane_arena(struct lane *lane)
{
	return lane->arena;
}

struct db *lane_db(struct lane *lane)
{
	struct err err = {0};
	if (!lane->db) {
		lane->db = db_open(str_c(lane->arena, lane->site->config->db), &err);
		if (lane->db)
			db_set_queue(lane->db, lane->site->queue);
		else
			log_line("error", "what=database-away at=%s:%d why=\"%s\"", err.file,
				 err.line, err.text);
	}
	return lane->db;
}

/* ---- before the body ---- */

/* Room for what the declared fields may hold, and never less than an ordinary form. */
static size_t body_room(const struct route *route)
{
	size_t room = BODY_BYTES;
	for (const struct field *f = route->fields; f && f->name; f++)
		if (f->kind == FIELD_FILE && f->max > 0)
			room += (size_t)f->max;
		else if (f->kind == FIELD_LINES || f->kind == FIELD_MANY || f->kind == FIELD_COLUMN)
			room += (size_t)(f->max ? f->max : 20000) * 12; /* UTF-8, percent-encoded */
	return room;
}

struct manner dispatch_manner(struct lane *lane, struct str method, struct str target)
{
	struct manner manner = {.body_limit = 16 * 1024};
	struct str path = target, after_slug;
	str_cut(&target, '?', &path);
	ptrdiff_t slash = str_find_char(str_from(path, 1), '/');
	after_slug = slash < 0 ? (struct str){0} : str_from(path, (size_t)slash + 1);
	if (!str_is(method, "POST"))
		return manner;
	manner.body_limit = BODY_BYTES;
	const struct routes *tables[] = {lane->site->of_org, lane->site->of_server};
	for (int i = 0; i < 4; i++) {
		struct str part = i < 2 ? path : after_slug;
		struct route_match match;
		if (!part.n ||
		    routes_find(tables[i % 2], lane->arena, POST, part, &match) != ROUTE_MATCH)
			continue;
		size_t room = body_room(match.route);
		manner.slow |= match.route->flags & ROUTE_SLOW;
		if (room > manner.body_limit)
			manner.body_limit = room;
	}
	return manner;
}

/* ---- the steps ---- */

/* The lane's own number, and a count: nobody needs to be kept from guessing it. */
static struct str next_id(struct lane *lane)
{
	for (size_t i = sizeof lane->id; i-- > sizeof lane->id / 2 && !++lane->id[i];)
		;
	return base64url_of(lane->arena, (struct str){(const char *)lane->id, sizeof lane->id});
}

static void begin(struct life *l, struct lane *lane, const struct request *request,
		  struct response *response)
{
	struct arena *a = lane->arena;
	*response = (struct response){0};
	*l = (struct life){.lane = lane,
			   .site = lane->site,
			   .a = a,
			   .request = request,
			   .response = response,
			   .media = MEDIA_HTML,
			   .lang = &lane->site->langs[0]};
	l->get = !str_is(request->method, "POST");
	l->rights = rights_with((struct rights){0}, PUBLIC);
	l->req = (struct req){.arena = a,
			      .in = val_object(a),
			      .out = val_object(a),
			      .errors = val_object(a),
			      .me = val_null(),
			      .org = val_null(),
			      .rights = val_list(a),
			      .lang = S("en"),
			      .now = lane->site->clock(),
			      .path = S("/"),
			      .cookies = val_object(a),
			      .demo = lane->site->config->demo,
			      .may_wait = lane->may_wait,
			      .secrets = &lane->site->secrets,
			      .files = &lane->site->files,
			      .apart = &lane->site->apart,
			      .letters = lane->site->letters,
			      .personal = lane->site->personal,
			      .mine = lane->site->mine,
			      .headers_out = val_object(a),
			      .sent = &l->sent,
			      .dispatch = l};
	l->req.request_id = next_id(lane);
	l->req.network = who_network(l);
	l->req.agent = request_header(request, "User-Agent");
	response->request_id = l->req.request_id;
}

static bool good(const struct life *l)
{
	return l->req.err.kind == ERR_NONE;
}

/* A message carried over a redirect is shown once. */
static void take_flash(struct life *l)
{
	struct str cookie = cookie_value(l->req.cookies, FLASH_COOKIE), text;
	if (!cookie.n || !l->get || !url_decode(l->a, cookie, false, &text))
		return;
	if (secret_signed(l->a, &l->site->secrets, S("flash"), l->req.now, text, &l->flash_shown))
		set_cookie(&l->req, FLASH_COOKIE, (struct str){0}, -1);
}

/* Who asks for what, and may they? False with `status`, or with an error. */
static bool arrive(struct life *l)
{
	if (!who_org(l))
		return false;
	bool found = read_route(l);
	if (found && l->req.route->flags & ROUTE_TOKEN)
		l->req.cookies = val_object(l->a);
	l->req.data = l->media != MEDIA_HTML;
	l->req.dates = l->media == MEDIA_ICS;
	l->url = !l->get          ? l->req.path
		 : l->req.query.n ? str_fmt(l->a, STR_FMT "?" STR_FMT, STR_ARG(l->req.path),
					    STR_ARG(l->req.query))
				  : l->req.path;
	if (!who_person(l))
		return false;
	if (l->site->config->demo && !val_is_null(l->req.org))
		l->roles = roles_counted(l->req.db, l->a, val_i(l->req.org, "id"), l->req.now);
	if (!found)
		return false;
	take_flash(l);
	if (!who_may(l, l->req.route)) {
		l->status = val_is_null(l->req.me) ? 401 : 403;
		return false;
	}
	return read_same_site(l) && read_form(l);
}

static bool input_is_right(struct life *l)
{
	static const int statuses[] = {
		[FIELDS_OK] = 0, [FIELDS_WRONG] = INVALID, [FIELDS_NOWHERE] = NOT_FOUND};
	l->status = statuses[read_fields(l, l->req.route)];
	return (l->status == NOT_FOUND || who_over(l)) && l->status == 0;
}

/* What leaves the organisation that keeps it by a grant of whom it is about. */
static void leave_released(struct life *l, const struct audit *row)
{
	struct req *r = &l->req;
	for (size_t i = 0; i < val_count(r->released); i++) {
		const struct val *one = val_at(r->released, i);
		disclosure_add(r->db, l->a,
			       &(struct disclosure){.org = val_i(one, "from_org"),
						    .person = val_i(one, "person"),
						    .object_kind = row->object_kind,
						    .object = row->object,
						    .to_person = row->made_by,
						    .to_org = row->org,
						    .purpose = str_c(l->a, val_s(one, "purpose")),
						    .ground = "consent",
						    .access_grant = val_i(one, "access_grant"),
						    .request_id = row->request_id,
						    .at = row->at});
	}
}

/* A read of something confidential leaves its trace before its first byte leaves. */
static void leave_trace(struct life *l)
{
	struct req *r = &l->req;
	const struct field *f = r->route->fields;
	struct audit row = {.org = val_i(r->org, "id"),
			    .made_by = val_i(r->me, "id"),
			    .verb = "record.read",
			    .object_kind = r->route->view,
			    .request_id = r->request_id,
			    .at = r->now,
			    .person = val_i(r->in, "person")};
	for (; f && f->name && !row.object; f++)
		if (f->kind == FIELD_ID)
			row.object = val_i(r->in, f->name);
	db_begin(r->db, DB_WRITE, row.org);
	for (size_t i = 0; i < val_count(r->concerned); i++) {
		row.person = val_get_int(val_at(r->concerned, i));
		audit_add(r->db, l->a, &row);
	}
	if (!val_count(r->concerned))
		audit_add(r->db, l->a, &row);
	leave_released(l, &row);
	if (!good(l) || !db_commit(r->db))
		db_rollback(r->db);
}

static void send_page(struct life *l)
{
	struct req *r = &l->req;
	MUST(l->status >= 200 && l->status < 600);
	if (r->raw.p && l->status < 300)
		answer_raw(l);
	else if (l->status < 300 || (l->status == GONE && r->route->view && val_count(r->out)))
		answer_page(l, r->route->view);
	else if (l->status == SEE_OTHER)
		answer_redirect(l, SEE_OTHER);
	else
		answer_error(l, l->status);
}

static void run_get(struct life *l)
{
	if (!input_is_right(l))
		return;
	if (answer_known(l) || !good(l))
		return;
	l->status = l->req.route->handler(&l->req);
	if (l->status == ON_POOL && good(l))
		return;
	if (good(l))
		db_commit(l->req.db);
	if (good(l) && l->req.route->flags & ROUTE_TRACE && l->status < 300)
		leave_trace(l);
	if (good(l))
		send_page(l);
}

/* INVALID and CONFLICT: the form again, with what was typed. */
static void send_form_back(struct life *l)
{
	int status = l->status;
	const struct route *post = l->req.route;
	bool shown = l->media == MEDIA_HTML && form_page(l, post);
	l->status = status;
	if (!good(l))
		return;
	if (shown || (post->view && status == CONFLICT && val_count(l->req.out)))
		answer_page(l, post->view);
	else if (l->media == MEDIA_JSON && val_count(l->req.errors))
		answer_page(l, NULL);
	else
		answer_error(l, status);
}

static void finish_post(struct life *l)
{
	bool first = l->status != SEE_OTHER || once_end(l);
	bool page = l->status < 400 && l->status != SEE_OTHER;
	if (page && good(l))
		send_page(l); /* before the commit: a page that cannot be made changes nothing */
	bool whole = l->status < 400 || (l->status < 500 && l->req.route->flags & ROUTE_COUNTS);
	if (!first || !good(l) || !whole)
		db_rollback(l->req.db);
	else
		db_commit(l->req.db);
	if (page || !good(l))
		return;
	if (l->status == INVALID || l->status == CONFLICT)
		send_form_back(l);
	else if (l->status != SEE_OTHER || !l->carry.n || !carry_on(l))
		send_page(l);
}

/* The item picker gives a half-filled form back: its page, nothing judged and nothing saved. */
static void show_picked(struct life *l)
{
	const struct route *post = l->req.route;
	db_rollback(l->req.db);
	if (read_fields(l, post) == FIELDS_NOWHERE) {
		l->status = NOT_FOUND;
		return;
	}
	l->req.errors = val_object(l->a);
	l->status = NOT_FOUND;
	if (!form_page(l, post))
		return;
	l->status = OK;
	answer_page(l, post->view);
}

static void run_post(struct life *l)
{
	struct req *r = &l->req;
	if (l->lane->turn)
		lane_turn(l->lane);
	const struct form_part *carry = form_find(&l->sent, "carry", 0);
	if (carry && !carry->file)
		l->carry = carry->value;
	if (l->media == MEDIA_HTML && form_find(&l->sent, "picked", 0)) {
		show_picked(l);
		return;
	}
	if (!input_is_right(l)) {
		db_rollback(r->db);
		if (l->status == INVALID)
			send_form_back(l);
		return;
	}
	db_rollback(r->db); /* the reading that found out who asks */
	db_begin(r->db, r->route->flags & ROUTE_SLOW ? DB_SLOW : DB_WRITE, val_i(r->org, "id"));
	l->status = SEE_OTHER;
	if (!once_begin(l)) {
		db_rollback(r->db);
		send_page(l);
		return;
	}
	if (good(l))
		l->status = r->route->handler(r);
	if (good(l))
		finish_post(l);
}

/* A session is kept alive by its use, written now and then, after the answer is made. */
static void touch_session(struct life *l)
{
	struct err err = {0};
	if (!good(l) || !val_b(l->req.me, "due"))
		return;
	db_use(l->req.db, l->a, &err);
	db_begin(l->req.db, DB_WRITE, 0);
	session_touch(l->req.db, l->a, val_i(l->req.me, "session"), val_b(l->req.me, "shared"),
		      l->req.now);
	if (err.kind != ERR_NONE || !db_commit(l->req.db))
		db_rollback(l->req.db);
}

static void live(struct life *l)
{
	struct req *r = &l->req;
	bool readable = read_target(l);
	if (l->request->refused)
		l->status = l->request->refused;
	if (l->request->refused || !readable || asset_answer(l))
		return;
	r->db = lane_db(l->lane);
	if (!r->db) {
		l->status = 503;
		return;
	}
	db_use(r->db, l->a, &r->err);
	db_begin(r->db, DB_READ, 0);
	if (kept_answer(l))
		return;
	if (arrive(l)) {
		if (l->get)
			run_get(l);
		else
			run_post(l);
	} else if (good(l) && l->status == 401) {
		db_rollback(r->db);
		carry_to_sign_in(l);
	} else if (good(l) && l->status == 403 && l->wants_role && l->get) {
		carry_to_role(l);
	} else if (good(l) && l->status == 403 && l->wants_second && l->get) {
		carry_to_second(l);
	}
	if (!l->response->status && l->status == 308)
		answer_redirect(l, 308);
	if (!good(l) && r->err.kind != ERR_RETRY && !l->response->status)
		l->status = 500;
}

/* Whatever ended early is answered here; so is what the world refused. */
static void settle(struct life *l, bool too_large)
{
	static const int statuses[] = {[ERR_RETRY] = 503, [ERR_FAILED] = 500, [ERR_FULL] = 507};
	struct req *r = &l->req;
	struct err err = r->err;
	if (r->db)
		db_rollback(r->db);
	if (err.kind == ERR_NONE && !too_large && l->status == ON_POOL) {
		*l->response = (struct response){.later = true};
		return;
	}
	if (err.kind == ERR_NONE && !too_large) {
		if (!l->response->status)
			answer_error(l, l->status);
		touch_session(l);
		return;
	}
	log_line("error", "id=" STR_FMT " at=%s:%d why=\"%s\"", STR_ARG(r->request_id),
		 err.file ? err.file : "-", err.line, too_large ? "request too large" : err.text);
	r->err = (struct err){0};
	l->response->header_count = 0;
	r->headers_out = val_object(l->a);
	answer_error(l, too_large ? 413 : statuses[err.kind]);
	/* After the answer, since rows borrow their names. */
	if (l->lane->db && db_broken(l->lane->db)) {
		db_close(l->lane->db);
		l->lane->db = r->db = NULL;
	}
}

static void wait_a_little(int tries)
{
	uint32_t most = 1000u << (tries < 6 ? tries : 6);
	struct timespec pause = {.tv_nsec = (long)(500 + randombytes_uniform(most)) * 1000};
	nanosleep(&pause, NULL);
}

void dispatch(struct lane *lane, const struct request *request, struct response *response)
{
	struct life l;
	for (volatile int tries = 1;; tries++) {
		arena_reset(lane->arena);
		bool too_large = setjmp(*arena_guard(lane->arena)) != 0;
		if (too_large) {
			if (lane->db)
				db_rollback(lane->db);
			arena_reset(lane->arena);
		}
		begin(&l, lane, request, response);
		if (!too_large)
			live(&l);
		if (l.req.err.kind == ERR_RETRY && tries < TRIES) {
			db_rollback(l.req.db);
			wait_a_little(tries);
			continue;
		}
		settle(&l, too_large);
		return;
	}
}
