#pragma once
/*
 * Walks the pages of the demonstration in-process: what every page links to and every form on it, a
 * few of each route. It needs no data of its own, so the tests over all routes hold for features
 * that do not exist yet.
 */
#include "scenario.h"
#include "web/route.h"

struct place_found {
	const char *method; /* "GET" or "POST" */
	struct str path;    /* without the organisation's prefix, with the query of a link */
	struct str form;    /* of a POST: the form's fields as the page had them, urlencoded */
	const struct route *route;
};

struct crawl {
	struct world *world;
	const char *as;
	const char *prefix; /* "/boreal" */
	const char *headers;
	struct place_found *places;
	size_t count;
	int pages; /* that were asked for */
};

/* Begins at the prefix's first page; every GET must be 200 (or lead on), or a check fails. */
void crawl_run(struct crawl *);
/* The form's fields, those that are empty but wanted filled with something of their kind. */
struct str crawl_filled(struct arena *, const struct place_found *);
/* The route of a path in an organisation; NULL if there is none. */
const struct route *crawl_route(const char *method, struct str path);
/* Every route of the program; ends with NULL. */
const struct route *const *crawl_routes(void);
