#pragma once
/*
 * Finds the route of a method and a path. A literal segment wins over a parameter, whatever the
 * order of the tables. Two routes that could answer the same request, or a table with a mistake,
 * stop the program when it starts (and route_table_check() in the tests before).
 */
#include "web/form.h"
#include "web/req.h"

struct routes;

enum route_found {
	ROUTE_MATCH,
	ROUTE_NONE,      /* 404 */
	ROUTE_METHOD,    /* 405: the path is there for another method */
	ROUTE_REDIRECT,  /* 308 to `location`: a slash too many */
	ROUTE_MALFORMED, /* 400: the path does not decode */
};

struct route_match {
	const struct route *route;
	struct form params;  /* by name, decoded */
	struct str location; /* of ROUTE_REDIRECT */
};

/* Each table ends with a NULL path. */
struct routes *routes_compile(struct arena *, const struct route *const *tables, size_t count);
/* HEAD is asked as GET. `path` is without the organisation's prefix, suffix and query. */
enum route_found routes_find(const struct routes *, struct arena *, enum method, struct str path,
			     struct route_match *);

/* The mistakes of a table, one a line, empty if there is none: a field name that is taken or twice,
 * a parameter that is no declared field, right NOBODY, no handler or summary, a GET that takes a
 * file, a path that is not ours, a :key or :token that no flag calls a secret, a view that
 * `view_exists` denies. Every feature's tests call it.
 */
struct str route_table_check(struct arena *, const struct route *table,
			     bool (*view_exists)(const char *view));
