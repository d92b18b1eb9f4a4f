#include "server/answer_words.h"

#include <string.h>

#include "base/code.h"
#include "base/csv.h"
#include "base/json.h"
#include "core/session.h"
#include "server/life.h"
#include "server/log.h"
#include "web/cookie.h"
#include "web/etag.h"
#include "web/url.h"

#define POLICY                                                                                     \
	"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "          \
	"font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "           \
	"frame-ancestors 'none'; base-uri 'none'"

static const struct {
	const char *name, *value;
} always[] = {
	{"Content-Security-Policy", POLICY},
	{"X-Content-Type-Options", "nosniff"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
};

void answer_header(struct life *l, const char *name, struct str value)
{
	struct response *r = l->response;
	MUST(r->header_count < RESPONSE_HEADERS_MAX);
	for (size_t i = 0; i < value.n; i++)
		MUST((unsigned char)value.p[i] >= ' '); /* no header ends early */
	r->headers[r->header_count++] = (struct header){str_of(name), value};
}

static bool is_public(const struct life *l)
{
	return val_is_null(l->req.me);
}

/* The feature whose addresses are for programs, if this is one of them; also where nobody knows the
 * organisation that its first segment would name. */
static const struct feature *for_programs(const struct life *l)
{
	struct str path = l->raw_path;
	ptrdiff_t second = str_find_char(str_from(path, 1), '/');
	struct str after = second < 0 ? (struct str){0} : str_from(path, (size_t)second + 1);
	for (const struct feature *const *f = l->site->features; *f; f++) {
		struct str prefix = str_of((*f)->data_prefix);
		if (prefix.n && (str_starts(path, prefix) || str_starts(after, prefix)))
			return *f;
	}
	return NULL;
}

static void security_headers(struct life *l)
{
	unsigned flags = l->req.route      ? l->req.route->flags
			 : for_programs(l) ? ROUTE_ANY_ORIGIN
					   : 0;
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		answer_header(l, always[i].name, str_of(always[i].value));
	/* no-referrer would take the Origin away, by which a POST that has cookies is judged */
	answer_header(l, "Referrer-Policy",
		      flags & ROUTE_TOKEN    ? S("no-referrer")
		      : flags & ROUTE_SECRET ? S("strict-origin")
					     : S("same-origin"));
	answer_header(l, "Cross-Origin-Resource-Policy",
		      flags & ROUTE_ANY_ORIGIN ? S("cross-origin") : S("same-origin"));
	if (flags & ROUTE_ANY_ORIGIN)
		answer_header(l, "Access-Control-Allow-Origin", S("*"));
	if (org_is_secure(l->req.org))
		answer_header(l, "Strict-Transport-Security", S("max-age=31536000"));
}

/* What a handler or set_cookie() asked for. */
static void own_headers(struct life *l)
{
	for (size_t i = 0; i < val_count(l->req.headers_out); i++) {
		const char *name = val_name_at(l->req.headers_out, i);
		const struct val *value = val_get(l->req.headers_out, name);
		if (val_kind(value) != VAL_LIST)
			answer_header(l, name, val_get_str(value));
		for (size_t k = 0; val_kind(value) == VAL_LIST && k < val_count(value); k++)
			answer_header(l, name, val_get_str(val_at(value, k)));
	}
}

struct str answer_location(struct life *l)
{
	return l->location.n ? l->location : val_s(l->req.headers_out, "Location");
}

struct str answer_session(struct life *l)
{
	const struct val *cookies = val_get(l->req.headers_out, "Set-Cookie");
	for (size_t i = 0; i < val_count(cookies); i++) {
		struct str rest = val_get_str(val_at(cookies, i)), value;
		str_cut(&rest, ';', &value);
		const struct val *cookie = cookies_parse(l->a, value, false);
		if (val_has(cookie, SESSION_COOKIE))
			return cookie_value(cookie, SESSION_COOKIE);
	}
	return (struct str){0};
}

static void caching_headers(struct life *l)
{
	if (val_has(l->req.headers_out, "Cache-Control"))
		return;
	bool keep = l->get && is_public(l) && l->status < 400 &&
		    !val_has(l->req.headers_out, "Set-Cookie") &&
		    !(l->req.route && l->req.route->flags & (ROUTE_TOKEN | ROUTE_SECRET));
	answer_header(l, "Cache-Control", keep ? S("no-cache") : S("no-store"));
	answer_header(l, "Vary", S("Accept, Accept-Language, Cookie"));
	if (l->etag.n && l->status == 200)
		answer_header(l, "ETag", l->etag);
}

void answer_bytes(struct life *l, int status, struct str type, struct str body)
{
	l->status = status;
	l->response->status = status;
	l->response->body = body;
	if (type.n && !val_has(l->req.headers_out, "Content-Type"))
		answer_header(l, "Content-Type", type);
	security_headers(l);
	caching_headers(l);
	own_headers(l);
}

void answer_redirect(struct life *l, int status)
{
	if (l->req.flashed) {
		struct buf text = {.arena = l->a};
		buf_url(&text, secret_sign(l->a, &l->site->secrets, S("flash"), l->req.now + 60,
					   str_of(l->req.flashed)));
		set_cookie(&l->req, FLASH_COOKIE, buf_str(&text), 60);
	}
	if (l->location.n)
		val_set_str(l->req.headers_out, "Location", l->location);
	answer_bytes(l, status, (struct str){0}, (struct str){0});
}

/* ---- the three forms of a model ---- */

static void as_html(struct life *l, const char *view, struct buf *to)
{
	const struct val *scopes[] = {model_make(l), l->req.out};
	struct err err = {0};
	(void)site_unknown();
	bool good = template_render(l->lang->pages, view, scopes, 2, to, &err);
	const char *unknown = site_unknown();
	if (good && unknown)
		err_set(&l->req.err, ERR_FAILED, "template asks for an unknown name: %s", unknown);
	if (!good)
		err_set(&l->req.err, ERR_FAILED, "page %s: %s", view, err.text);
}

static void as_json(struct life *l, struct buf *to)
{
	if (val_count(l->req.errors)) {
		struct val *refused = val_object(l->a);
		val_set_int(refused, "status", l->status);
		val_set(refused, "errors", l->req.errors);
		json_write(to, refused);
	} else {
		json_write(to, l->req.out);
	}
	buf_char(to, '\n');
}

/* The list a page is about: `rows`, or else the first list. */
static const struct val *rows_of(const struct val *out)
{
	if (val_kind(val_get(out, "rows")) == VAL_LIST)
		return val_get(out, "rows");
	for (size_t i = 0; i < val_count(out); i++) {
		const char *name = val_name_at(out, i);
		const struct val *list = val_get(out, name);
		if (val_kind(list) == VAL_LIST && !str_ends(str_of(name), S("_choices")))
			return list;
	}
	return NULL;
}

static bool as_csv(struct life *l, struct buf *to)
{
	static const struct csv_style plain = {.guard = true};
	const struct val *rows = rows_of(l->req.out), *first = val_at(rows, 0);
	const struct form_part *excel = form_find(&l->sent, "excel", 0);
	const struct csv_style *style = excel ? &csv_excel_fr : &plain;
	struct val *names = val_list(l->a);
	if (!rows)
		return false;
	for (size_t i = 0; i < val_count(first); i++)
		val_push(names, val_text(l->a, str_of(val_name_at(first, i))));
	csv_begin(to, style);
	if (val_count(first))
		csv_write(to, style, names);
	for (size_t i = 0; i < val_count(rows); i++)
		csv_write(to, style, val_at(rows, i));
	return true;
}

static void file_name(struct life *l, const char *ending)
{
	struct str path = l->req.path;
	size_t end = path.n;
	while (end > 0 && path.p[end - 1] != '/')
		end--;
	struct buf name = {.arena = l->a};
	for (size_t i = end; i < path.n && path.p[i] != '.'; i++)
		if (strchr("abcdefghijklmnopqrstuvwxyz0123456789-_", path.p[i] | 32))
			buf_char(&name, path.p[i]);
	answer_header(l, "Content-Disposition",
		      str_fmt(l->a, "attachment; filename=\"" STR_FMT "%s\"",
			      STR_ARG(name.n ? buf_str(&name) : S("list")), ending));
}

static void finish_page(struct life *l, struct str body)
{
	/* A form with its own token is for one reader only. */
	if (l->once.n && body.n && memmem(body.p, body.n, l->once.p, l->once.n))
		l->etag = (struct str){0};
	answer_header(l, "Content-Language", l->req.lang);
	answer_bytes(l, l->status, str_of(media_table[l->media].header), body);
	if (l->etag.n && l->status == 200 && is_public(l))
		kept_put(l);
}

void answer_raw(struct life *l)
{
	answer_bytes(l, l->status, S("application/octet-stream"), l->req.raw);
	l->response->file = l->req.raw_file;
	if (l->etag.n && l->status == 200 && is_public(l) && !l->req.raw_file)
		kept_put(l);
}

void answer_page(struct life *l, const char *view)
{
	struct buf body = {.arena = l->a};
	if (!view && l->media == MEDIA_HTML)
		l->media = MEDIA_JSON;
	bool there = l->media == MEDIA_CSV ? as_csv(l, &body) : l->media != MEDIA_ICS;
	if (!there) { /* no list to make rows of, no dates */
		l->media = MEDIA_HTML;
		answer_error(l, 404);
		return;
	}
	if (l->media == MEDIA_JSON)
		as_json(l, &body);
	if (l->media == MEDIA_HTML)
		as_html(l, view, &body);
	if (l->req.err.kind != ERR_NONE)
		return;
	if (l->media == MEDIA_CSV)
		file_name(l, ".csv");
	finish_page(l, buf_str(&body));
}

/* ---- errors ---- */

static void error_json(struct life *l, int status, const struct answer_words *w, struct buf *to)
{
	struct val *error = val_object(l->a);
	val_set_int(error, "status", status);
	val_set_str(error, "error", str_of(tr(&l->req, w->title)));
	val_set_str(error, "request_id", l->req.request_id);
	json_write(to, error);
	buf_char(to, '\n');
}

static bool error_html(struct life *l, int status, const struct answer_words *w, struct buf *to)
{
	struct err err = {0};
	struct val *out = val_object(l->a);
	val_set_int(out, "status", status);
	val_set_str(out, "error_title", str_of(w->title));
	val_set_str(out, "error_what", str_of(w->what));
	val_set_str(out, "error_todo", str_of(w->todo));
	const struct val *scopes[] = {model_make(l), out};
	bool good = template_render(l->lang->pages, "server/error", scopes, 2, to, &err);
	if (!good)
		log_line("error", "id=" STR_FMT " what=error-page why=\"%s\"",
			 STR_ARG(l->req.request_id), err.text);
	return good;
}

/* An answer for programs in the words of their standard. */
static void error_data(struct life *l, const struct feature *f, int status)
{
	struct buf body = {.arena = l->a};
	const struct val *error = f->data_error(&l->req, &status);
	json_write(&body, error);
	buf_char(&body, '\n');
	l->req.errors = val_object(l->a);
	l->req.in = val_object(l->a);
	answer_bytes(l, status, str_of(media_table[MEDIA_JSON].header), buf_str(&body));
}

void answer_error(struct life *l, int status)
{
	const struct answer_words *w = answer_words(status);
	struct buf body = {.arena = l->a};
	struct str type = str_of(media_table[MEDIA_HTML].header);
	l->etag = (struct str){0};
	l->status = status;
	if (status != INVALID) {
		l->req.errors = val_object(l->a);
		l->req.in = val_object(l->a);
	}
	if (status == 405)
		answer_header(l, "Allow", l->get ? S("POST") : S("GET, HEAD"));
	if (status == 429 || status == 503)
		if (!val_has(l->req.headers_out, "Retry-After"))
			answer_header(l, "Retry-After", S("30"));
	const struct feature *programs = for_programs(l);
	if (programs) {
		error_data(l, programs, status);
		return;
	}
	if (l->media == MEDIA_JSON) {
		error_json(l, status, w, &body);
		type = str_of(media_table[MEDIA_JSON].header);
	} else if (!error_html(l, status, w, &body)) {
		body = (struct buf){.arena = l->a};
		buf_fmt(&body, "%s\n\n%s\n%s\n\n" STR_FMT "\n", tr(&l->req, w->title),
			tr(&l->req, w->what), tr(&l->req, w->todo), STR_ARG(l->req.request_id));
		type = S("text/plain; charset=utf-8");
	}
	answer_bytes(l, status, type, buf_str(&body));
}

/* ---- what need not be made again ---- */

static void version_etag(struct life *l, int64_t version)
{
	struct str audience;
	int64_t day = l->req.now / 86400, rev = val_i(l->req.org, "rev");
	if (is_public(l))
		audience = str_fmt(l->a, "public %lld %lld %d", (long long)day, (long long)rev,
				   l->media);
	else
		audience = str_fmt(l->a, "%lld %lld %lld %llx %d",
				   (long long)val_i(l->req.me, "session"), (long long)day,
				   (long long)rev, (unsigned long long)l->rights.bits, l->media);
	struct str url = str_fmt(l->a, STR_FMT STR_FMT, STR_ARG(request_header(l->request, "Host")),
				 STR_ARG(l->request->target));
	l->etag = etag_make(l->a, l->site->build, l->req.lang, audience, url, version);
}

bool answer_known(struct life *l)
{
	const struct query *query = l->req.route->version;
	bool trace = l->req.route->flags & ROUTE_TRACE; /* also of a page that did not change */
	if (!query || !l->get || trace || l->site->config->assets.n)
		return false;
	struct val *row = db_row(l->req.db, query, params(&l->req));
	if (l->req.err.kind != ERR_NONE || val_is_null(row) || l->flash_shown.n)
		return false;
	l->version = val_i(row, "version");
	version_etag(l, l->version);
	if (!etag_matches(request_header(l->request, "If-None-Match"), l->etag))
		return false;
	answer_header(l, "ETag", l->etag);
	answer_bytes(l, 304, (struct str){0}, (struct str){0});
	return true;
}
