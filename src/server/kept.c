/*
 * The shortest way through the dispatcher. A reader without a session who asks for a page that this
 * lane has just given to another gets it again, if the route's version, the organisation's revision
 * and the day are what they were: two look-ups by key, and no handler, no model, no template.
 */
#include "core/session.h"
#include "queries.h"
#include "server/answer_words.h"
#include "server/life.h"
#include "server/metrics.h"
#include "web/cookie.h"
#include "web/etag.h"

static bool is_stranger(const struct life *l)
{
	const struct val *sent = l->req.cookies;
	return l->get && !cookie_value(sent, SESSION_COOKIE).n &&
	       !cookie_value(sent, FLASH_COOKIE).n;
}

/* What the page is made with where the organisation is served by https: which cookies count is not
 * known before the organisation is. */
static const struct val *own_cookies(const struct life *l)
{
	return val_count(l->req.cookies)
		       ? cookies_parse(l->a, request_header(l->request, "Cookie"), true)
		       : l->req.cookies;
}

/* All of the request that decides the page. What the headers wish for is brought down to what it
 * can mean here, so that browsers' many ways of saying it share one answer. */
static struct str key_of(struct life *l)
{
	struct str accept = request_header(l->request, "Accept");
	struct str wished =
		lang_accepted(request_header(l->request, "Accept-Language"), l->site->lang_tags);
	enum media media =
		media_accepted(accept, 1u << MEDIA_HTML | 1u << MEDIA_JSON | 1u << MEDIA_CSV);
	struct buf key = {.arena = l->a};
	buf_add(&key, l->request->target);
	buf_char(&key, '\n');
	buf_add(&key, request_header(l->request, "Host"));
	buf_char(&key, '\n');
	buf_add(&key, wished);
	buf_char(&key, '\n');
	buf_add(&key, cookie_value(l->req.cookies, LANGUAGE_COOKIE));
	buf_char(&key, '\n');
	buf_add(&key, cookie_value(own_cookies(l), LANGUAGE_COOKIE));
	buf_char(&key, '\n');
	buf_int(&key, media);
	return buf_str(&key);
}

static int64_t look_up(struct life *l, const struct query *query, const struct val *p,
		       const char *name)
{
	struct val *row = db_row(l->req.db, query, p);
	return val_is_null(row) ? -1 : val_i(row, name);
}

static bool stands(struct life *l, struct cached *kept)
{
	bool today = kept->day == l->req.now / 86400;
	if (l->lane->turn && kept->seen == l->lane->turn)
		return today;
	struct val *p = val_object(l->a);
	val_merge(p, kept->params);
	val_set_int(p, "now", l->req.now);
	bool stands = today && look_up(l, kept->route->version, p, "version") == kept->version &&
		      (!kept->org || look_up(l, &q_server_org_rev, p, "rev") == kept->org_rev) &&
		      l->req.err.kind == ERR_NONE;
	kept->seen = stands ? l->lane->turn : 0;
	return stands;
}

static void give(struct life *l, struct cached *kept)
{
	struct response *r = l->response;
	bool same = etag_matches(request_header(l->request, "If-None-Match"), kept->etag);
	r->route = kept->route->path;
	r->org = kept->slug;
	r->status = l->status = same ? 304 : 200;
	if (!same)
		r->body = kept->body;
	if (cache_prepares(l->lane->cache))
		r->prepared = &kept->prepared[same];
	if (r->prepared && *r->prepared)
		return;
	r->header_count = kept->header_count;
	for (size_t i = 0; i < kept->header_count; i++)
		r->headers[i] = kept->headers[i];
}

bool kept_answer(struct life *l)
{
	struct cached *kept = NULL;
	if (l->lane->cache && is_stranger(l))
		kept = cache_find(l->lane->cache, key_of(l));
	bool given = kept && stands(l, kept);
	if (l->lane->cache && is_stranger(l))
		metrics_cache(l->site->metrics, given);
	if (given)
		give(l, kept);
	return given;
}

void kept_put(struct life *l)
{
	struct req *r = &l->req;
	if (!l->lane->cache || !is_stranger(l))
		return;
	struct cached put = {
		.key = key_of(l),
		.route = r->route,
		.params = params(r),
		.version = l->version,
		.org = val_i(r->org, "id"),
		.org_rev = val_i(r->org, "rev"),
		.day = r->now / 86400,
		.etag = l->etag,
		.slug = l->response->org,
		.body = l->response->body,
		.headers = l->response->headers,
		.header_count = l->response->header_count,
	};
	cache_put(l->lane->cache, &put);
}
