#include "server/life.h"
#include "web/cookie.h"
#include "web/url.h"

/* Path and query, and what the address says about the form of the answer. */
bool read_target(struct life *l)
{
	struct str target = l->request->target;
	ptrdiff_t mark = str_find_char(target, '?');
	l->raw_path = mark < 0 ? target : str_sub(target, 0, (size_t)mark);
	l->req.query = mark < 0 ? (struct str){0} : str_from(target, (size_t)mark + 1);
	l->req.cookies = cookies_parse(l->a, request_header(l->request, "Cookie"), false);
	who_lang_alone(l);
	if (!str_starts(target, S("/")) || str_starts(target, S("//"))) {
		l->status = 400;
		return false;
	}
	return true;
}

static bool ends_without_route(struct life *l, enum route_found found)
{
	switch (found) {
	case ROUTE_MATCH:
		return false;
	case ROUTE_METHOD:
		l->status = 405;
		return true;
	case ROUTE_MALFORMED:
		l->status = 400;
		return true;
	case ROUTE_REDIRECT:
		l->status = 308;
		l->location = str_fmt(l->a, STR_FMT STR_FMT, STR_ARG(l->req.prefix),
				      STR_ARG(l->match.location));
		if (l->req.query.n)
			l->location = str_fmt(l->a, STR_FMT "?" STR_FMT, STR_ARG(l->location),
					      STR_ARG(l->req.query));
		return true;
	case ROUTE_NONE:
		break;
	}
	l->status = 404;
	return true;
}

static enum route_found find(struct life *l, struct str path)
{
	enum method method = l->get ? GET : POST;
	enum route_found found = ROUTE_NONE;
	if (!val_is_null(l->req.org))
		found = routes_find(l->site->of_org, l->a, method, path, &l->match);
	if (found == ROUTE_NONE)
		found = routes_find(l->site->of_server, l->a, method, path, &l->match);
	return found;
}

bool read_route(struct life *l)
{
	struct str path = l->req.path;
	l->media = media_of_suffix(&path);
	enum route_found found = find(l, path);
	if (found == ROUTE_NONE && l->media != MEDIA_NONE) {
		l->media = MEDIA_NONE; /* the suffix may belong to the name of a thing */
		found = find(l, l->req.path);
	}
	if (!str_is(l->request->method, "GET") && !str_is(l->request->method, "HEAD") &&
	    !str_is(l->request->method, "POST") && found == ROUTE_MATCH)
		found = ROUTE_METHOD;
	if (ends_without_route(l, found))
		return false;
	l->req.route = l->match.route;
	l->response->route = l->match.route->path;
	if (l->media == MEDIA_NONE)
		l->media = media_accepted(request_header(l->request, "Accept"),
					  1u << MEDIA_HTML | 1u << MEDIA_JSON | 1u << MEDIA_CSV);
	if (l->media == MEDIA_NONE)
		l->media = MEDIA_HTML; /* a page that cannot be asked for is of no use to anybody */
	return true;
}

static bool form_refused(struct life *l, enum form_result result)
{
	static const int statuses[] = {
		[FORM_OK] = 0, [FORM_MALFORMED] = 400, [FORM_TOO_MANY] = 413, [FORM_STRANGE] = 415};
	l->status = statuses[result];
	return l->status != 0;
}

bool read_form(struct life *l)
{
	l->sent = (struct form){0};
	if (l->get)
		return !form_refused(l, query_parse(l->a, l->req.query, &l->sent));
	return !form_refused(l, form_parse(l->a, request_header(l->request, "Content-Type"),
					   l->request->body, &l->sent));
}

/* Browsers say where a POST comes from: in Sec-Fetch-Site, older ones in Origin only. A program
 * that says neither has no cookies of anybody. */
bool read_same_site(struct life *l)
{
	struct str site = request_header(l->request, "Sec-Fetch-Site");
	struct str origin = request_header(l->request, "Origin");
	bool same = true;
	if (l->get || l->req.route->flags & ROUTE_TOKEN)
		return true;
	if (site.n) {
		same = str_is(site, "same-origin") || str_is(site, "none");
	} else if (origin.n) {
		ptrdiff_t scheme = str_find(origin, S("://"));
		same = scheme >= 0 && str_eq_nocase(str_from(origin, (size_t)scheme + 3),
						    request_header(l->request, "Host"));
	}
	if (!same)
		l->status = 403;
	return same;
}

enum fields_result read_fields(struct life *l, const struct route *route)
{
	l->req.in = val_object(l->a);
	l->req.errors = val_object(l->a);
	return fields_read(l->a, l->lang->words, route->fields, &l->match.params, &l->sent,
			   l->req.in, l->req.errors);
}
