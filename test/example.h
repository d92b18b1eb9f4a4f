#pragma once
/*
 * One good request for every POST route of the program, so that what must hold for all of them is
 * tried on each (src/server/routes_test.c). A route without one fails a test.
 *
 *   EXAMPLES(fill,
 *            {.url = "/people/%person%/roles", .as = "admin", .form = "role=%role%"},
 *            {.url = "/people/%person%", .as = "admin"}); // a GET
 *
 * `url` is without the organisation's prefix. `fill` makes what the requests need and says its ids
 * with world_know(), as WORLD does; it is called twice, so that w->a is each organisation once, and
 * %person% of the other one is what no request may reach. Whatever names a row (every id, and every
 * text of the path) is therefore written as a %name%, never as a number. Each example begins with
 * the same contents of the database, whatever the ones before did.
 */
#include "scenario.h"
#include "web/route.h"

struct example {
	const char *url, *as, *form, *headers; /* as in struct scenario; form NULL: a GET */
	int status;        /* as it should be; 0: 303 for a POST, 200 for a GET */
	const char *words; /* of a path that name no row: "kind language" */
	int refused; /* what the id of another organisation gets; 0: 404, 410 of a link, or 422 */
};

#define EXAMPLES(fill_, ...)                                                                       \
	__attribute__((constructor)) static void TEST_JOIN(examples_add_, __LINE__)(void)          \
	{                                                                                          \
		static const struct example list[] = {__VA_ARGS__};                                \
		static struct examples examples = {fill_, list, sizeof list / sizeof *list, NULL}; \
		examples_add(&examples);                                                           \
	}                                                                                          \
	_Static_assert(1, "")
struct examples {
	world_fill *fill;
	const struct example *list;
	size_t count;
	struct examples *next;
};
void examples_add(struct examples *);

struct stage {
	struct world w;      /* of a demonstration, so that its own routes answer too */
	struct val *theirs;  /* what `b` has under the names of w.known */
	struct str contents; /* world_contents() at the beginning */
};
/* Makes the world of all examples and remembers it. */
bool stage_begin(struct stage *, struct db *, struct err *);
void stage_end(struct stage *);
bool stage_back(struct stage *); /* to its beginning */
/* Whose own things (/me) `fill` makes: "translator" of a, "admin_of_b" of b. */
int64_t stage_owner(struct world *);

/* One at a time, until NULL; `*asked` is the example as a request. */
const struct example *example_next(struct world *, const struct example *last,
				   struct scenario *asked);
const struct route *example_route(struct world *, const struct scenario *asked);
