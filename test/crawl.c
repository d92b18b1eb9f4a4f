#include "crawl.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "server/features.h"
#include "server/site.h"
#include "web/form.h"
#include "web/negotiate.h"
#include "web/url.h"

enum { PLACES_MAX = 2000, OF_ONE_ROUTE = 3 };

/* ---- a page's tags, as far as links and forms need them ---- */

struct tag {
	struct str name, inside; /* "a"; what stands between the name and the bracket */
};

static bool next_tag(struct str *page, struct tag *tag)
{
	for (;;) {
		ptrdiff_t open = str_find_char(*page, '<');
		if (open < 0)
			return false;
		*page = str_from(*page, (size_t)open + 1);
		ptrdiff_t close = str_find_char(*page, '>');
		if (close < 0)
			return false;
		struct str whole = str_sub(*page, 0, (size_t)close);
		*page = str_from(*page, (size_t)close + 1);
		size_t n = 0;
		while (n < whole.n && whole.p[n] != ' ' && whole.p[n] != '\n')
			n++;
		*tag = (struct tag){str_sub(whole, 0, n), str_from(whole, n)};
		return true;
	}
}

static struct str plain(struct arena *a, struct str html)
{
	static const struct {
		const char *name;
		char is;
	} names[] = {
		{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
	struct buf out = {.arena = a};
	for (size_t i = 0; i < html.n;) {
		size_t k = 0;
		while (k < 5 && !str_starts(str_from(html, i), str_of(names[k].name)))
			k++;
		buf_char(&out, k < 5 ? names[k].is : html.p[i]);
		i += k < 5 ? strlen(names[k].name) : 1;
	}
	return buf_str(&out);
}

/* The value of an attribute; .p is NULL if there is none. */
static struct str attribute(struct arena *a, const struct tag *tag, const char *name)
{
	struct str rest = tag->inside, wanted = str_fmt(a, " %s=\"", name);
	ptrdiff_t at = str_find(rest, wanted);
	if (at < 0)
		return (struct str){0};
	rest = str_from(rest, (size_t)at + wanted.n);
	ptrdiff_t quote = str_find_char(rest, '"');
	return plain(a, str_sub(rest, 0, quote < 0 ? rest.n : (size_t)quote));
}

static bool has_word(const struct tag *tag, const char *word)
{
	return str_find(tag->inside, str_of(word)) >= 0;
}

/* ---- routes ---- */

const struct route *const *crawl_routes(void)
{
	static const struct route *all[1000];
	size_t count = 0;
	for (const struct feature *const *f = features; *f; f++)
		for (const struct route *r = (*f)->routes; r && r->path; r++)
			all[count++] = r;
	all[count] = NULL;
	return all;
}

const struct route *crawl_route(const char *method, struct str path)
{
	static struct routes *of_org, *of_server;
	if (!of_org) {
		static struct arena *kept;
		kept = arena_new(4 << 20);
		struct route *tables[2] = {arena_many(kept, struct route, 1000),
					   arena_many(kept, struct route, 1000)};
		size_t counts[2] = {0, 0};
		for (const struct route *const *r = crawl_routes(); *r; r++) {
			int which = (*r)->flags & ROUTE_NO_ORG ? 1 : 0;
			tables[which][counts[which]++] = **r;
		}
		const struct route *const orgs[] = {tables[0]}, *const servers[] = {tables[1]};
		of_org = routes_compile(kept, orgs, 1);
		of_server = routes_compile(kept, servers, 1);
	}
	struct route_match match;
	ptrdiff_t query = str_find_char(path, '?');
	struct str bare = query < 0 ? path : str_sub(path, 0, (size_t)query);
	enum method m = strcmp(method, "GET") ? POST : GET;
	media_of_suffix(&bare); /* /a.csv is another form of /a, and not an /:anything */
	if (routes_find(of_org, test_arena, m, bare, &match) == ROUTE_MATCH ||
	    routes_find(of_server, test_arena, m, bare, &match) == ROUTE_MATCH)
		return match.route;
	return NULL;
}

/* ---- places ---- */

static bool wanted(const struct crawl *c, const char *method, struct str path,
		   const struct route *route)
{
	int same = 0;
	for (size_t i = 0; i < c->count; i++) {
		if (strcmp(c->places[i].method, method))
			continue;
		if (str_eq(c->places[i].path, path))
			return false;
		same += c->places[i].route == route;
	}
	return same < OF_ONE_ROUTE && c->count < PLACES_MAX;
}

static void found(struct crawl *c, const char *method, struct str address, struct str form)
{
	struct arena *a = c->world->arena;
	struct str prefix = str_of(c->prefix);
	ptrdiff_t hash = str_find_char(address, '#');
	if (hash >= 0)
		address = str_sub(address, 0, (size_t)hash);
	if (!str_starts(address, prefix) || (address.n > prefix.n && address.p[prefix.n] != '/'))
		return;
	struct str path = str_from(address, prefix.n);
	if (!path.n)
		path = S("/");
	const struct route *route = crawl_route(method, path);
	if (!route && !strcmp(method, "GET"))
		return; /* /a/x.csv: another form of a page that is found by itself */
	if (!CHECK(route)) {
		printf("    no route for %s " STR_FMT "\n", method, STR_ARG(path));
		return;
	}
	if (wanted(c, method, path, route))
		c->places[c->count++] =
			(struct place_found){method, str_dup(a, path), str_dup(a, form), route};
}

static void add_field(struct buf *form, struct str name, struct str value)
{
	if (form->n)
		buf_char(form, '&');
	buf_url(form, name);
	buf_char(form, '=');
	buf_url(form, value);
}

/* One control of a form; `page` stands behind its tag. */
static void control(struct arena *a, const struct tag *tag, struct str *page, struct buf *form)
{
	struct str name = attribute(a, tag, "name"), value = attribute(a, tag, "value");
	struct str type = attribute(a, tag, "type");
	bool box = str_is(type, "checkbox") || str_is(type, "radio");
	if (!name.p || (box && !has_word(tag, " checked")))
		return;
	if (str_is(tag->name, "textarea")) {
		ptrdiff_t end = str_find(*page, S("</textarea>"));
		value = plain(a, str_sub(*page, 0, end < 0 ? 0 : (size_t)end));
	}
	if (str_is(tag->name, "select")) {
		struct tag option;
		struct str rest = str_sub(*page, 0, page->n);
		bool first = true;
		while (next_tag(&rest, &option) && !str_is(option.name, "/select"))
			if (str_is(option.name, "option") &&
			    (first || has_word(&option, " selected"))) {
				value = attribute(a, &option, "value");
				first = false;
			}
	}
	if (!str_is(type, "submit") && !str_is(type, "file") && !str_is(tag->name, "button"))
		add_field(form, name, value);
}

static void read_form(struct crawl *c, const struct tag *start, struct str *page)
{
	struct arena *a = c->world->arena;
	struct buf form = {.arena = a};
	struct tag tag;
	struct str action = attribute(a, start, "action");
	bool post = str_is(attribute(a, start, "method"), "post");
	while (next_tag(page, &tag) && !str_is(tag.name, "/form"))
		if (str_is(tag.name, "input") || str_is(tag.name, "textarea") ||
		    str_is(tag.name, "select"))
			control(a, &tag, page, &form);
	if (post)
		found(c, "POST", action, buf_str(&form));
	else
		found(c, "GET",
		      str_fmt(a, STR_FMT "?" STR_FMT, STR_ARG(action), STR_ARG(buf_str(&form))),
		      (struct str){0});
}

static void read_page(struct crawl *c, struct str page)
{
	struct tag tag;
	while (next_tag(&page, &tag)) {
		if (str_is(tag.name, "a"))
			found(c, "GET", attribute(c->world->arena, &tag, "href"), (struct str){0});
		if (str_is(tag.name, "form"))
			read_form(c, &tag, &page);
	}
}

void crawl_run(struct crawl *c)
{
	struct arena *a = c->world->arena;
	c->places = arena_many(a, struct place_found, PLACES_MAX);
	found(c, "GET", str_fmt(a, "%s/", c->prefix), (struct str){0});
	for (size_t i = 0; i < c->count; i++) {
		const struct place_found *place = &c->places[i];
		if (strcmp(place->method, "GET"))
			continue;
		struct scenario ask = {
			.url = str_c(a, str_fmt(a, "%s" STR_FMT, c->prefix, STR_ARG(place->path))),
			.as = c->as,
			.headers = c->headers,
			.status = 200};
		world_ask(c->world, &ask);
		c->pages++;
		if (c->world->last.status != 303)
			world_as_told(c->world, &ask, __FILE__, __LINE__);
		/* a page for somebody is kept by nobody; the picture is of what is public */
		if (c->as && str_find(place->path, S("/picture")) < 0)
			CHECK_STR(world_header(c->world, "Cache-Control"), S("no-store"));
		read_page(c, str_dup(a, c->world->last.body));
	}
}

/* ---- filling forms ---- */

static struct str sample(const struct field *f)
{
	if (f->one_of)
		return str_of(f->one_of[0]);
	switch (f->kind) {
	case FIELD_INT:
	case FIELD_REAL:
		return str_fmt(test_arena, "%lld", (long long)(f->min > 1 ? f->min : 1));
	case FIELD_FLAG:
	case FIELD_ID:
		return S("1");
	case FIELD_DATE:
		return S("2026-12-01");
	case FIELD_LANG:
		return S("en");
	default:
		return S("Sample");
	}
}

struct str crawl_filled(struct arena *a, const struct place_found *place)
{
	struct form sent = {0};
	struct buf out = {.arena = a};
	query_parse(a, place->form, &sent);
	for (size_t i = 0; i < sent.count; i++)
		if (sent.part[i].value.n)
			add_field(&out, sent.part[i].name, sent.part[i].value);
	for (const struct field *f = place->route->fields; f && f->name; f++) {
		const struct form_part *part = form_find(&sent, f->name, 0);
		struct str in_path = str_fmt(a, "/:%s", f->name);
		if (f->required && (!part || !part->value.n) &&
		    str_find(str_of(place->route->path), in_path) < 0)
			add_field(&out, str_of(f->name), sample(f));
	}
	return buf_str(&out);
}
