/*
 * Who can reach which personal data by which pages: found by asking, not by a list. Every text and
 * every day that is kept of a person gets a mark of its column and its row; then each GET route is
 * asked as each role, as a page, as JSON and as CSV, and the marks that come out are what was
 * reached. What belongs to the reader is not counted. The result is test/reach.txt, which a person
 * reviewed; script/audit shows it by role and by column. One engine is enough: the answers of both
 * are compared by every other story.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/args.h"
#include "core/right.h"
#include "crawl.h"
#include "db/db.h"
#include "example.h"
#include "server/reach_world.h"

#define REACH "test/reach.txt"

enum { ROUTES_MAX = 400, URLS_MAX = 8 };

static uint64_t reached[REACH_COLUMNS][ROUTES_MAX]; /* by which readers: a bit of each */

/* ---- readers ---- */

/* What a role reaches by itself; and, behind `near`, what more they reach by what they are to others. */
static struct reader {
	const char *as, *label;
	bool near, elsewhere, second; /* second: what the one before them found of others */
} readers[60];
static int reader_count;
enum { EVERYBODY, LINK, SIGNED };

static struct reader *add_reader(const char *as, const char *label)
{
	MUST(reader_count < 60);
	readers[reader_count] = (struct reader){.as = as, .label = label};
	return &readers[reader_count++];
}

static uint64_t bits_of(const struct role_shipped *role)
{
	struct rights rights = {0};
	for (const int *right = role->rights; right && *right != NOBODY; right++)
		rights = rights_with(rights, *right);
	return role->rights ? rights.bits : UINT64_MAX;
}

/* Of roles with the same rights one is asked; roles without any are anybody who is signed in. */
static const struct role_shipped *first_like(const struct role_shipped *role)
{
	const struct role_shipped *first = roles_shipped;
	while (bits_of(first) != bits_of(role))
		first++;
	return first;
}

/* The examples make all that a person has of their own for one, who has the role of a translator. */
static bool is_owner_of_all(const char *as)
{
	return !strcmp(as, "translator");
}

static void add_readers(void)
{
	reader_count = 0;
	add_reader(NULL, "everybody");
	add_reader(NULL, "whoever has the link");
	add_reader("signed_in", "whoever is signed in");
	for (const struct role_shipped *role = roles_shipped; role->key; role++)
		if (bits_of(role) && first_like(role) == role)
			add_reader(is_owner_of_all(role->key) ? "finance_read" : role->key,
				   role->key);
	add_reader("admin_of_b", "admin of another organisation")->elsewhere = true;
	add_reader("translator", "who takes part")->near = true;
	add_reader("teacher", "teacher of the group")->near = true;
	add_reader("learner", "learner of the group")->near = true;
	add_reader("guardian", "guardian of the child")->second = true;
	add_reader("guardian", "whoever is a guardian")->near = true;
}

/* ---- addresses of each route ---- */

static struct str filled_from(struct world *w, const struct route *r, const struct route *q,
			      struct str path)
{
	struct buf out = {.arena = w->arena};
	struct str wanted = str_of(r->path), had = str_of(q->path), want, have, piece;
	bool along = true;
	str_cut(&wanted, '/', &want);
	str_cut(&had, '/', &have);
	str_cut(&path, '/', &piece);
	while (str_cut(&wanted, '/', &want)) {
		along = along && str_cut(&had, '/', &have) && str_cut(&path, '/', &piece) &&
			str_eq(want, have);
		if (!along && str_starts(want, S(":")))
			return (struct str){0};
		buf_fmt(&out, "/" STR_FMT, STR_ARG(along ? piece : want));
	}
	return buf_str(&out);
}

static void add_url(struct val *urls, struct str url)
{
	if (url.n && !val_holds(urls, url) && val_count(urls) < URLS_MAX)
		val_push(urls, val_text(test_arena, url));
}

/* All that the examples and the world know for the parameters of a route. */
static struct val *urls_of(struct world *w, const struct route *r)
{
	struct arena *a = w->arena;
	struct val *urls = val_list(a);
	struct scenario ask;
	struct buf known = {.arena = a};
	struct str rest = str_of(r->path), piece;
	bool whole = true;
	if (str_find_char(rest, ':') < 0)
		add_url(urls, rest);
	for (const struct example *e = NULL; (e = example_next(w, e, &ask));) {
		const struct route *q = example_route(w, &ask);
		struct str path = world_filled(w, e->url);
		ptrdiff_t query = str_find_char(path, '?');
		if (q == NULL)
			continue;
		if (q == r || (!e->form && !strcmp(q->path, r->path)))
			add_url(urls, path);
		add_url(urls,
			filled_from(w, r, q, str_sub(path, 0, query < 0 ? path.n : (size_t)query)));
	}
	str_cut(&rest, '/', &piece);
	while (str_cut(&rest, '/', &piece)) {
		struct str value = piece;
		if (str_starts(piece, S(":")))
			value = world_known(w, str_c(a, str_from(piece, 1)));
		whole = whole && (value.n || !piece.n);
		buf_fmt(&known, "/" STR_FMT, STR_ARG(value));
	}
	add_url(urls, whole ? buf_str(&known) : (struct str){0});
	return urls;
}

/* ---- asking ---- */

static int64_t number_at(struct str text, size_t from, char end)
{
	int64_t n = 0;
	while (from < text.n && text.p[from] >= '0' && text.p[from] <= '9')
		n = n * 10 + (text.p[from++] - '0');
	return from < text.n && text.p[from] == end ? n : -1;
}

static void count(struct world *w, int reader, int route, int column, int64_t row)
{
	const struct reach_column *c = &reach.column[column];
	const struct reader *r = &readers[reader];
	uint64_t bit = (uint64_t)1 << reader;
	if (reached[column][route] & bit)
		return;
	int64_t who = r->as ? world_person(w, r->as) : 0;
	enum whose is = reach_whose(w, c->table, row, who, r->elsewhere ? w->b : 0);
	if (is == OTHERS)
		reached[column][route] |= bit;
	else if (is == CHILDS && r->as && !strcmp(r->as, "guardian"))
		reached[column][route] |= bit >> 1; /* of the child */
}

static void find_texts(struct world *w, int reader, int route, struct str body)
{
	for (ptrdiff_t at; (at = str_find(body, S("zqx"))) >= 0;) {
		body = str_from(body, (size_t)at + 3);
		int64_t column = number_at(body, 0, 'r'), row = number_at(body, 4, 'z');
		if (column >= 0 && column < reach.count && row >= 0)
			count(w, reader, route, (int)column, row);
	}
}

/* "2101-03-04", as data has it and a page's <time>; no other year of a test begins so. */
static void find_days(struct world *w, int reader, int route, struct str body)
{
	for (ptrdiff_t dash; (dash = str_find_char(body, '-')) >= 0;) {
		size_t at = (size_t)dash;
		bool likely =
			at >= 4 && at + 5 < body.n && body.p[at + 3] == '-' &&
			(!memcmp(body.p + at - 4, "19", 2) || !memcmp(body.p + at - 4, "21", 2));
		for (int i = 0; likely && i < reach.count; i++) {
			int64_t row = reach_day_row(&reach.column[i], str_from(body, at - 4));
			if (row >= 0)
				count(w, reader, route, i, row);
		}
		body = str_from(body, at + 1);
	}
}

static void ask(struct world *w, int reader, int route, const char *prefix, struct str path)
{
	static const char *const forms[] = {"Accept: text/html", "Accept: application/json",
					    "Accept: text/csv"};
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		world_ask(w,
			  &(struct scenario){.url = str_c(w->arena, str_fmt(w->arena, "%s" STR_FMT,
									    prefix, STR_ARG(path))),
					     .as = readers[reader].as,
					     .headers = forms[i]});
		if (!CHECK(w->last.status != 500))
			printf("    %s" STR_FMT " as %s\n", prefix, STR_ARG(path),
			       readers[reader].label);
		find_texts(w, reader, route, w->last.body);
		find_days(w, reader, route, w->last.body);
		if (w->last.status != 200) /* nor is it there in another form */
			return;
	}
}

/* A route whose authority is in a link is asked by nobody who has one. */
static bool reads(const struct reader *reader, const struct route *r)
{
	bool has_key = str_find_char(str_of(r->path), ':') >= 0;
	if (reader == &readers[LINK])
		return has_key && r->flags & (ROUTE_TOKEN | ROUTE_SECRET);
	return !has_key || !(r->flags & (reader->as ? ROUTE_TOKEN : ROUTE_TOKEN | ROUTE_SECRET));
}

static void ask_route(struct world *w, int route, bool near)
{
	const struct route *r = crawl_routes()[route];
	const struct val *urls = urls_of(w, r);
	const char *prefix = r->flags & ROUTE_NO_ORG ? "" : "/alder";
	if (!CHECK(val_count(urls) > 0))
		printf("    no EXAMPLES() has what is in GET %s\n", r->path);
	for (int i = 0; i < reader_count; i++)
		if (readers[i].near == near && !readers[i].elsewhere && !readers[i].second &&
		    reads(&readers[i], r))
			for (size_t u = 0; u < val_count(urls); u++)
				ask(w, i, route, prefix, val_get_str(val_at(urls, u)));
}

static void ask_routes(struct world *w, bool of_links, bool near)
{
	for (int i = 0; crawl_routes()[i]; i++) {
		const struct route *r = crawl_routes()[i];
		bool is_link = r->flags & (ROUTE_TOKEN | ROUTE_SECRET);
		if (r->method == GET && is_link == of_links)
			ask_route(w, i, near);
	}
}

/* A POST that answers with a page, as the list that is taken along does. */
static void ask_answers(struct world *w)
{
	struct scenario asked;
	for (const struct example *e = NULL; (e = example_next(w, e, &asked));) {
		const struct route *r = example_route(w, &asked);
		int route = 0;
		if (!e->form || e->status != 200 || !r || r->flags & ROUTE_TOKEN)
			continue;
		while (crawl_routes()[route]->method != POST ||
		       strcmp(crawl_routes()[route]->path, r->path) != 0)
			route++;
		for (int i = 0; i < reader_count; i++) {
			if (readers[i].near || readers[i].elsewhere || readers[i].second ||
			    i == LINK)
				continue;
			asked.as = readers[i].as;
			world_ask(w, &asked);
			find_texts(w, i, route, w->last.body);
			find_days(w, i, route, w->last.body);
		}
	}
}

/* Everybody on one organisation's list comes on the other's, and its administrator looks at all of
 * its pages, with its own ids and with those of the people who came. */
static void ask_elsewhere(struct stage *s, int reader)
{
	struct world *w = &s->w;
	struct val *mine = w->known;
	db_begin(w->db, DB_WRITE, w->b);
	db_exec(w->db,
		SQL("INSERT INTO person_org (org, person, sort_fold, since) SELECT CAST(:b AS "
		    "bigint), o.person, o.sort_fold, 1 FROM person_org o WHERE o.org = :org AND "
		    "NOT EXISTS (SELECT 1 FROM person_org n WHERE n.org = :b AND n.person = "
		    "o.person)"),
		ARGS(w->arena, ARG_AS("org", w->a), ARG_AS("b", w->b)));
	CHECK(db_commit(w->db));
	for (int i = 0; crawl_routes()[i]; i++) {
		const struct route *r = crawl_routes()[i];
		if (r->method != GET || r->flags & (ROUTE_TOKEN | ROUTE_NO_ORG))
			continue;
		for (int which = 0; which < 2; which++) {
			w->known = which ? s->theirs : mine;
			const struct val *urls = urls_of(w, r);
			for (size_t u = 0; u < val_count(urls); u++)
				ask(w, reader, i, "/birch", val_get_str(val_at(urls, u)));
		}
	}
	w->known = mine;
}

/* ---- what was found, as text ---- */

static bool has(int column, int route, int reader)
{
	return reached[column][route] >> reader & 1;
}

static int reader_of(const char *label)
{
	for (int i = 0; i < reader_count; i++)
		if (!strcmp(readers[i].label, label))
			return i;
	return SIGNED;
}

static void add_name(struct buf *out, bool *any, const char *name)
{
	buf_fmt(out, "%s%s", *any ? ", " : "", name);
	*any = true;
}

static void row_of(struct buf *out, int column, int route)
{
	bool any = false, all_of_us = has(column, route, EVERYBODY) || has(column, route, SIGNED);
	const struct route *r = crawl_routes()[route];
	struct str name = reach_name(&reach.column[column]);
	buf_fmt(out, "%-23s %-4s %s%-*s ", str_c(test_arena, name),
		r->method == GET ? "GET" : "POST", r->flags & ROUTE_NO_ORG ? "" : "…",
		r->flags & ROUTE_NO_ORG ? 48 : 47, r->path);
	for (int i = EVERYBODY; i <= SIGNED; i++)
		if (has(column, route, i) && !(i == SIGNED && any))
			add_name(out, &any, readers[i].label);
	for (const struct role_shipped *role = roles_shipped; role->key && !all_of_us; role++)
		if (bits_of(role) && has(column, route, reader_of(first_like(role)->key)))
			add_name(out, &any, role->key);
	for (int i = reader_of("admin of another organisation"); i < reader_count; i++)
		if (has(column, route, i) && (!all_of_us || readers[i].elsewhere) &&
		    (readers[i].elsewhere || !has(column, route, reader_of(readers[i].as))))
			add_name(out, &any, readers[i].label);
	buf_char(out, '\n');
}

static struct str found(void)
{
	struct buf out = {.arena = test_arena};
	for (int c = 0; c < reach.count; c++)
		for (int route = 0; crawl_routes()[route]; route++)
			if (reached[c][route])
				row_of(&out, c, route);
	return buf_str(&out);
}

TEST_SQLITE("which personal data each role can reach, and by which pages, is what was reviewed in "
	    "test/reach.txt")
{
	struct stage s;
	NEED(stage_begin(&s, db, err));
	world_demo(&s.w, false);
	memset(reached, 0, sizeof reached);
	add_readers();
	reach_role(&s.w, "finance_read", "translator");
	reach_read(&s.w);
	reach_rows(&s.w);
	reach_mark(&s.w, false);
	ask_routes(&s.w, true, false);
	reach_mark(&s.w, true);
	ask_routes(&s.w, false, false);
	ask_answers(&s.w);
	reach_near(&s.w);
	ask_routes(&s.w, false, true);
	ask_elsewhere(&s, reader_of("admin of another organisation"));
	CHECK_STR(err->text, "");
	stage_end(&s);
	CHECK_REVIEWED(found(), REACH, "WAYPOST_REACH");
}
