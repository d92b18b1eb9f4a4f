/* What holds for every route of the program, those of later features as well. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/asset.h"
#include "base/buf.h"
#include "core/right.h"
#include "crawl.h"
#include "server/features.h"

#define MATRIX "test/matrix.txt"

static bool view_exists(const char *view)
{
	static const char *const places[] = {"src/app/%s.html", "src/core/%s.html", "src/%s.html"};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		char path[256];
		snprintf(path, sizeof path, places[i], view);
		if (asset_find(path))
			return true;
	}
	return false;
}

TEST("every feature's table of routes is right")
{
	for (const struct feature *const *f = features; *f; f++)
		if ((*f)->routes)
			CHECK_STR(route_table_check(test_arena, (*f)->routes, view_exists), "");
}

/* ---- who may do what ---- */

static struct str example_path(struct world *w, const struct route *r)
{
	struct buf out = {.arena = w->arena};
	struct str rest = str_of(r->path), piece;
	if (!(r->flags & ROUTE_NO_ORG))
		buf_lit(&out, "/alder");
	if (str_is(rest, "/"))
		buf_char(&out, '/');
	str_cut(&rest, '/', &piece);
	while (str_cut(&rest, '/', &piece)) {
		buf_char(&out, '/');
		buf_add(&out, str_starts(piece, S(":")) ? S("1") : piece);
	}
	return buf_str(&out);
}

/* Whether the route lets a reader in, without running its handler: what is sent cannot be read, and
 * that is looked at only after rights. */
static bool lets_in(struct world *w, const struct route *r, const char *as)
{
	struct str path = example_path(w, r);
	struct scenario ask = {.as = as};
	if (r->method == GET)
		path = str_fmt(w->arena, STR_FMT "?%%ff", STR_ARG(path));
	else
		ask = (struct scenario){
			.as = as, .form = "x", .headers = "Content-Type: text/x-not-a-form"};
	ask.url = str_c(w->arena, path);
	world_ask(w, &ask);
	int in = r->method == GET ? 400 : 415, status = w->last.status;
	if (status != in && status != 401 && status != 403 && status != 303) {
		CHECK_INT(status, in);
		printf("    %s as %s\n", ask.url, as ? as : "nobody");
	}
	return status == in;
}

static void matrix_row(struct world *w, const struct route *r, struct buf *out)
{
	buf_fmt(out, "%-4s %s%-*s ", r->method == GET ? "GET" : "POST",
		r->flags & ROUTE_NO_ORG ? "" : "…", r->flags & ROUTE_NO_ORG ? 51 : 50, r->path);
	if (lets_in(w, r, NULL)) {
		buf_lit(out, "everybody\n");
		return;
	}
	if (lets_in(w, r, "signed_in")) {
		buf_lit(out, "whoever is signed in\n");
		return;
	}
	bool any = false;
	for (const struct role_shipped *role = roles_shipped; role->key; role++)
		if (lets_in(w, r, role->key)) {
			buf_fmt(out, "%s%s", any ? ", " : "", role->key);
			any = true;
		}
	CHECK(!lets_in(w, r, "admin_of_b")); /* a role elsewhere is no role here */
	buf_fmt(out, "%s\n", any ? "" : "nobody");
}

TEST_SQLITE("who may do what is what was reviewed in test/matrix.txt")
{
	struct world w;
	struct buf out = {.arena = test_arena};
	NEED(world_begin(&w, db, err, NULL));
	for (const struct route *const *r = crawl_routes(); *r; r++)
		matrix_row(&w, *r, &out);
	world_end(&w);
	CHECK_REVIEWED(buf_str(&out), MATRIX, "WAYPOST_MATRIX");
}

/* ---- every page ---- */

static void crawl_as(struct world *w, struct crawl *c, const char *as, const char *headers)
{
	*c = (struct crawl){.world = w, .as = as, .prefix = "/boreal", .headers = headers};
	crawl_run(c);
}

TEST_DB("every page that a visitor, a member and an administrator can reach is there")
{
	static const char *const readers[] = {NULL, "member", "standards_editor", "admin"};
	struct world w;
	NEED(world_begin_demo(&w, db, err));
	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
		struct crawl c;
		crawl_as(&w, &c, readers[i], i % 2 ? "Accept-Language: fr" : NULL);
		CHECK(c.pages > 5);
	}
	world_end(&w);
}

/* What their parameters name is the program's own and there in every organisation: which kind of
 * letter, in which language, which edition of CASE, what consent is asked for. Their stories show whose texts they touch. */
static const char *const everywhere[] = {
	"/org/letters/:kind/:language",   "/org/letters/:kind/:language/shipped",
	"/ims/case/:edition/CFDocuments", "/people/purposes/:code",
	"/people/purposes/:code/retire",
};

static bool names_a_row(const struct route *r)
{
	for (size_t i = 0; i < sizeof everywhere / sizeof *everywhere; i++)
		if (!strcmp(r->path, everywhere[i]))
			return false;
	return strchr(r->path, ':') != NULL;
}

/* A form's address, or a page's, in another organisation: nothing there, whoever asks. */
static void ask_elsewhere(struct world *w, const struct place_found *place)
{
	struct arena *a = w->arena;
	struct scenario ask = {
		.method = place->method,
		.url = str_c(a, str_fmt(a, "/birch" STR_FMT, STR_ARG(place->path))),
		.as = "admin_of_b",
		.form = strcmp(place->method, "POST") ? NULL : str_c(a, crawl_filled(a, place)),
		.status = 404,
	};
	world_ask(w, &ask);
	world_as_told(w, &ask, __FILE__, __LINE__);
}

TEST_DB("every address of one organisation is nothing in another")
{
	struct world w;
	struct crawl c;
	int asked = 0;
	NEED(world_begin_demo(&w, db, err));
	crawl_as(&w, &c, "admin", NULL);
	struct str before = world_rows(&w);
	for (size_t i = 0; i < c.count; i++)
		if (names_a_row(c.places[i].route)) {
			ask_elsewhere(&w, &c.places[i]);
			asked++;
		}
	CHECK(asked > 10);
	CHECK_STR(world_rows(&w), before);
	world_end(&w);
}

/* ---- malformed everything ---- */

static struct str with_field(struct arena *a, struct str form, const char *name, struct str value,
			     int times)
{
	struct buf out = {.arena = a};
	struct str rest = form, pair, own = str_fmt(a, "%s=", name);
	while (str_cut(&rest, '&', &pair))
		if (!str_starts(pair, own)) {
			buf_add(&out, pair);
			buf_char(&out, '&');
		}
	for (int i = 0; i < times; i++)
		buf_fmt(&out, "%s=" STR_FMT "&", name, STR_ARG(value));
	return buf_str(&out);
}

static void ask_badly(struct world *w, const struct place_found *place, struct str form)
{
	struct arena *a = w->arena;
	bool post = !strcmp(place->method, "POST");
	ptrdiff_t query = str_find_char(place->path, '?');
	struct str path = query < 0 ? place->path : str_sub(place->path, 0, (size_t)query);
	struct scenario ask = {
		.method = place->method,
		.url = str_c(a, post ? str_fmt(a, "/boreal" STR_FMT, STR_ARG(path))
				     : str_fmt(a, "/boreal" STR_FMT "?" STR_FMT, STR_ARG(path),
					       STR_ARG(form))),
		.as = "admin",
		.form = post ? str_c(a, form) : NULL,
		.status = 422,
	};
	world_ask(w, &ask);
	if (w->last.status >= 500)
		world_as_told(w, &ask, __FILE__, __LINE__);
}

static void ask_each_badly(struct world *w, const struct place_found *place)
{
	struct buf huge = {.arena = w->arena};
	struct str form;
	for (int i = 0; i < 1500; i++)
		buf_lit(&huge, "\xc3\xa9");
	const struct {
		struct str value;
		int times;
	} bad[] = {
		{S(""), 0},
		{S(""), 1},
		{S("%ff%fe"), 1},
		{S("a%00b"), 1},
		{S("-1"), 1},
		{S("0"), 1},
		{S("1e999"), 1},
		{S("nan"), 1},
		{S("99999999999999999999"), 1},
		{S("9223372036854775807"), 1},
		{S("2026-02-30"), 1},
		{S("x"), 3},
		{S("%0d%0aSet-Cookie:x"), 1},
		{S("'%22<script>"), 1},
		{S("../../etc"), 1},
		{buf_str(&huge), 1},
		{S("%f0%9f%91%8d"), 40},
	};
	if (!strcmp(place->method, "GET")) {
		ptrdiff_t query = str_find_char(place->path, '?');
		form = query < 0 ? (struct str){0} : str_from(place->path, (size_t)query + 1);
	} else {
		form = crawl_filled(w->arena, place);
	}
	for (const struct field *f = place->route->fields; f && f->name; f++)
		for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
			ask_badly(w, place,
				  with_field(w->arena, form, f->name, bad[i].value, bad[i].times));
}

/* What ends the asker's own session or rights is not for this test. */
static bool spares_the_asker(const struct route *r)
{
	return str_find(str_of(r->path), S("sign-out")) < 0;
}

TEST_DB("nothing that is sent makes a page fail: it is refused in words")
{
	struct world w;
	struct crawl c;
	const struct route *last = NULL;
	NEED(world_begin_demo(&w, db, err));
	crawl_as(&w, &c, "admin", NULL);
	for (size_t i = 0; i < c.count; i++) {
		bool same = c.places[i].route == last; /* one of each route will do */
		last = c.places[i].route;
		if (!same && spares_the_asker(last))
			ask_each_badly(&w, &c.places[i]);
	}
	world_end(&w);
}

/* ---- a failing database ---- */

TEST_DB("the database calls of every page made to fail in turn: 500, and nothing is written")
{
	struct world w;
	struct crawl c;
	const struct route *last = NULL;
	NEED(world_begin_demo(&w, db, err));
	crawl_as(&w, &c, "admin", NULL);
	for (size_t i = 0; i < c.count; i++) {
		const struct place_found *place = &c.places[i];
		struct scenario ask = {.url = str_c(w.arena, str_fmt(w.arena, "/boreal" STR_FMT,
								     STR_ARG(place->path))),
				       .as = "admin",
				       .status = 200};
		if (strcmp(place->method, "GET") || place->route == last)
			continue;
		last = place->route;
		world_ask(&w, &ask);
		if (w.last.status == 200)
			scenario_fail_each(&w, &ask);
	}
	world_end(&w);
}
