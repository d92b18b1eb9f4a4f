#include "web/route.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "web/field.h"
#include "web/url.h"

#include <string.h>

enum { MOST_SEGMENTS = 32 };

struct node {
	struct str literal;
	struct node *first, *next; /* children with literals; siblings */
	struct node *parameter;
	const struct route *route[2]; /* by method */
};

struct routes {
	struct node root;
};

struct segments {
	struct str raw[MOST_SEGMENTS], text[MOST_SEGMENTS];
	int count;
	bool extra_slash;
};

/* Splits at slashes; false if there are too many. */
static bool split(struct str path, struct segments *s)
{
	*s = (struct segments){.extra_slash = !str_starts(path, S("/"))};
	struct str rest = str_from(path, 1), piece;
	if (!rest.n)
		return true;
	s->extra_slash |= str_ends(rest, S("/"));
	while (str_cut(&rest, '/', &piece)) {
		if (!piece.n) {
			s->extra_slash = true;
			continue;
		}
		if (s->count == MOST_SEGMENTS)
			return false;
		s->raw[s->count++] = piece;
	}
	return true;
}

static struct node *child(struct arena *a, struct node *at, struct str segment)
{
	struct node **link = &at->first;
	if (segment.p[0] == ':') {
		link = &at->parameter;
	} else {
		while (*link && !str_eq((*link)->literal, segment))
			link = &(*link)->next;
	}
	if (!*link) {
		*link = arena_one(a, struct node);
		(*link)->literal = segment;
	}
	return *link;
}

struct routes *routes_compile(struct arena *a, const struct route *const *tables, size_t count)
{
	struct routes *routes = arena_one(a, struct routes);
	for (size_t i = 0; i < count; i++) {
		for (const struct route *r = tables[i]; r && r->path; r++) {
			struct segments s;
			struct node *at = &routes->root;
			if (!split(str_of(r->path), &s) || s.extra_slash)
				must_failed(r->path, __FILE__, __LINE__);
			for (int k = 0; k < s.count; k++)
				at = child(a, at, s.raw[k]);
			if (at->route[r->method])
				must_failed(r->path, __FILE__,
					    __LINE__); /* two routes, one address */
			at->route[r->method] = r;
		}
	}
	return routes;
}

/* Literals first; a parameter where they lead nowhere. */
static const struct route *walk(const struct node *at, const struct segments *s, int i,
				enum method method)
{
	if (i == s->count)
		return at->route[method];
	const struct route *found = NULL;
	for (const struct node *n = at->first; n && !found; n = n->next)
		if (str_eq(n->literal, s->text[i]))
			found = walk(n, s, i + 1, method);
	if (!found && at->parameter)
		found = walk(at->parameter, s, i + 1, method);
	return found;
}

static void read_params(struct arena *a, const struct segments *s, struct route_match *match)
{
	struct segments pattern;
	split(str_of(match->route->path), &pattern);
	for (int i = 0; i < pattern.count; i++)
		if (pattern.raw[i].p[0] == ':')
			form_add(a, &match->params, str_from(pattern.raw[i], 1), s->text[i]);
}

static struct str without_extra_slashes(struct arena *a, const struct segments *s)
{
	struct buf b = {.arena = a};
	for (int i = 0; i < s->count; i++) {
		buf_char(&b, '/');
		buf_add(&b, s->raw[i]);
	}
	return s->count ? buf_str(&b) : S("/");
}

enum route_found routes_find(const struct routes *routes, struct arena *a, enum method method,
			     struct str path, struct route_match *match)
{
	struct segments s;
	*match = (struct route_match){0};
	if (!split(path, &s))
		return ROUTE_NONE;
	for (int i = 0; i < s.count; i++) {
		if (!url_decode(a, s.raw[i], false, &s.text[i]))
			return ROUTE_MALFORMED;
		if (str_is(s.text[i], ".") || str_is(s.text[i], ".."))
			return ROUTE_NONE;
	}
	match->route = walk(&routes->root, &s, 0, method);
	if (!match->route)
		return walk(&routes->root, &s, 0, method == GET ? POST : GET) ? ROUTE_METHOD
									      : ROUTE_NONE;
	if (s.extra_slash) {
		match->location = without_extra_slashes(a, &s);
		return ROUTE_REDIRECT;
	}
	read_params(a, &s, match);
	return ROUTE_MATCH;
}

/* --- the mistakes a table can have --- */

struct check {
	struct buf text;
	const struct route *route;
};

static void mistake(struct check *c, const char *what, const char *name)
{
	buf_fmt(&c->text, "%s %s: %s%s%s\n", c->route->method == GET ? "GET" : "POST",
		c->route->path, what, *name ? " " : "", name);
}

static bool only(struct str s, const char *more)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && (!c || !strchr(more, c)))
			return false;
	}
	return s.n > 0;
}

static const struct field *field_named(const struct route *r, struct str name)
{
	for (const struct field *f = r->fields; f && f->name; f++)
		if (str_is(name, f->name))
			return f;
	return NULL;
}

static void check_path(struct check *c, struct arena *a)
{
	struct segments s;
	if (!split(str_of(c->route->path), &s) || s.extra_slash) {
		mistake(c, "the path is not ours", "");
		return;
	}
	for (int i = 0; i < s.count; i++) {
		bool parameter = s.raw[i].p[0] == ':';
		struct str name = str_from(s.raw[i], parameter);
		bool standard =
			str_starts(str_of(c->route->path), S("/ims/")); /* spelt as they are */
		if (!only(name, parameter  ? "_"
				: standard ? "_.-ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					   : "_.-"))
			mistake(c, "the path is not ours at", str_c(a, s.raw[i]));
		if (parameter && !field_named(c->route, name))
			mistake(c, "no field is declared for the parameter", str_c(a, name));
		if (parameter && (str_is(name, "key") || str_is(name, "token")) &&
		    !(c->route->flags & (ROUTE_TOKEN | ROUTE_SECRET)))
			mistake(c, "no flag says that this is a secret:", str_c(a, name));
	}
}

static void check_field(struct check *c, const struct field *f)
{
	for (int i = 0; field_names_taken[i]; i++)
		if (!strcmp(f->name, field_names_taken[i]))
			mistake(c, "the field's name is taken:", f->name);
	bool standard = str_starts(str_of(c->route->path), S("/ims/"));
	if (!only(str_of(f->name), standard ? "_ABCDEFGHIJKLMNOPQRSTUVWXYZ" : "_"))
		mistake(c, "the field's name is not ours:", f->name);
	if (field_named(c->route, str_of(f->name)) != f)
		mistake(c, "the field is declared twice:", f->name);
	if (f->kind == FIELD_FILE && c->route->method == GET)
		mistake(c, "a GET takes the file", f->name);
	if (f->max && f->min > f->max)
		mistake(c, "no value can be right for", f->name);
	if (f->one_of && f->kind != FIELD_TEXT && f->kind != FIELD_MANY)
		mistake(c, "only texts are one of a list, not", f->name);
}

static bool same_address(const struct route *a, const struct route *b)
{
	struct segments x, y;
	if (a->method != b->method || !split(str_of(a->path), &x) || !split(str_of(b->path), &y) ||
	    x.count != y.count)
		return false;
	for (int i = 0; i < x.count; i++) {
		bool both = x.raw[i].p[0] == ':' && y.raw[i].p[0] == ':';
		if (!both && !str_eq(x.raw[i], y.raw[i]))
			return false;
	}
	return true;
}

struct str route_table_check(struct arena *a, const struct route *table,
			     bool (*view_exists)(const char *view))
{
	struct check c = {.text = {.arena = a}};
	for (const struct route *r = table; r->path; r++) {
		c.route = r;
		check_path(&c, a);
		if (!r->right)
			mistake(&c, "nobody may", "");
		if (!r->handler)
			mistake(&c, "no handler", "");
		if (!r->summary || !*r->summary)
			mistake(&c, "no summary", "");
		if (r->view && view_exists && !view_exists(r->view))
			mistake(&c, "there is no view", r->view);
		if (r->version && r->method != GET)
			mistake(&c, "only a GET has a version", "");
		for (const struct field *f = r->fields; f && f->name; f++)
			check_field(&c, f);
		for (const struct route *other = table; other < r; other++)
			if (same_address(other, r) && !((other->flags ^ r->flags) & ROUTE_NO_ORG))
				mistake(&c, "the same address twice:", other->path);
	}
	return buf_str(&c.text);
}
