/* What holds for every POST route of the program, tried on a good request of each (test/example.h).
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/audit.h"
#include "crawl.h"
#include "example.h"
#include "server/site.h"

EXAMPLES(NULL, {.url = "/language", .as = "member", .form = "language=fr&back=/alder/me"},
	 {.url = "/demo", .form = "role=member&back=/me"},
	 {.url = "/style", .form = "title=x", .status = 422}); /* a form that is always wrong */

/* ---- the examples themselves ---- */

static bool same_route(const struct route *x, const struct route *y)
{
	return x && x->method == y->method && !strcmp(x->path, y->path) &&
	       ((x->flags ^ y->flags) & ROUTE_NO_ORG) == 0;
}

static bool has_example(struct world *w, const struct route *route)
{
	struct scenario ask;
	for (const struct example *e = NULL; (e = example_next(w, e, &ask));)
		if (same_route(example_route(w, &ask), route))
			return true;
	return false;
}

TEST_SQLITE("every POST route has a good request to be tried with")
{
	struct stage s;
	struct scenario ask;
	NEED(stage_begin(&s, db, err));
	for (const struct route *const *r = crawl_routes(); *r; r++)
		if ((*r)->method == POST && !CHECK(has_example(&s.w, *r)))
			printf("    no EXAMPLES() for POST %s\n", (*r)->path);
	for (const struct example *e = NULL; (e = example_next(&s.w, e, &ask));)
		if (!CHECK(example_route(&s.w, &ask)))
			printf("    %s is no route\n", e->url);
	stage_end(&s);
}

/* ---- a failing database ---- */

/* Whoever reads the record finds words for each verb. */
static void verbs_have_words(struct stage *s, const struct scenario *ask)
{
	struct db *db = s->w.db;
	db_begin(db, DB_READ, 0);
	const struct val *rows =
		db_rows(db, SQL("SELECT DISTINCT a.verb AS verb FROM audit a"), NULL);
	CHECK_INT(s->w.err->kind, ERR_NONE);
	for (size_t i = 0; i < val_count(rows); i++)
		if (!CHECK(audit_says(val_s(val_at(rows, i), "verb"))))
			printf("    %s wrote " STR_FMT "\n", ask->url,
			       STR_ARG(val_s(val_at(rows, i), "verb")));
	db_rollback(db);
}

/* Asks as the example says; how many calls of the database that took. Who is led on from a form has
 * written something: else a POST that leads back to the beginning would pass for a good one. */
static int calls_of(struct stage *s, const struct scenario *ask)
{
	world_ask(&s->w, ask);
	if (!world_as_told(&s->w, ask, __FILE__, __LINE__))
		return 0;
	int calls = db_fail_at(lane_db(s->w.lane), 0);
	if (s->w.last.status == 303 && !CHECK(!str_eq(world_contents(&s->w), s->contents)))
		printf("    %s wrote nothing\n", ask->url);
	verbs_have_words(s, ask);
	return calls;
}

static void fail_each(struct stage *s, const struct scenario *ask, int calls)
{
	struct scenario fails = *ask;
	fails.status = 500;
	for (int nth = 1; nth <= calls; nth += world_fail_step(&s->w)) {
		db_fail_at(lane_db(s->w.lane), nth);
		world_ask(&s->w, &fails);
		if (!world_as_told(&s->w, &fails, __FILE__, __LINE__))
			printf("    the call that failed: %d of %d\n", nth, calls);
	}
	db_fail_at(lane_db(s->w.lane), 0);
	if (!world_unchanged(&s->w, s->contents))
		printf("    after %s\n", ask->url);
}

TEST_DB("each POST does what it is for; its database calls made to fail in turn: 500, nothing is "
	"written and nothing is sent")
{
	struct stage s;
	struct scenario ask;
	int tried = 0;
	NEED(stage_begin(&s, db, err));
	for (const struct example *e = NULL; (e = example_next(&s.w, e, &ask));) {
		int calls = calls_of(&s, &ask);
		NEED(stage_back(&s));
		fail_each(&s, &ask, calls);
		tried += calls / world_fail_step(&s.w);
	}
	CHECK(tried > 1000 / world_fail_step(&s.w));
	stage_end(&s);
}

/* ---- the ids of another organisation ---- */

/* The names between two percent signs, one after another. */
static bool next_name(struct str *rest, struct str *name)
{
	ptrdiff_t open = str_find_char(*rest, '%');
	if (open < 0)
		return false;
	*rest = str_from(*rest, (size_t)open + 1);
	size_t n = 0;
	while (n < rest->n && (rest->p[n] == '_' || (rest->p[n] >= 'a' && rest->p[n] <= 'z')))
		n++;
	*name = n < rest->n && rest->p[n] == '%' ? str_sub(*rest, 0, n) : (struct str){0};
	*rest = str_from(*rest, name->n ? n + 1 : 0);
	return true;
}

/* Whether what stands for a field in the example is a %name% that the other organisation has. */
static bool names_a_row(struct stage *s, struct str value)
{
	struct str name;
	return str_starts(value, S("%")) && next_name(&value, &name) && name.n &&
	       val_has(s->theirs, str_c(s->w.arena, name));
}

static struct str segment_of(struct str path, const char *pattern, const char *field)
{
	struct str rest = str_of(pattern), mine, wanted = str_fmt(test_arena, ":%s", field), piece;
	while (str_cut(&rest, '/', &mine) && str_cut(&path, '/', &piece))
		if (str_eq(mine, wanted))
			return piece;
	return (struct str){0};
}

static struct str value_in_form(const char *form, const char *field)
{
	struct str all = str_of(form), mark = str_fmt(test_arena, "%s=", field);
	struct str part = str_fmt(test_arena, "name=\"%s\"\r\n\r\n", field);
	ptrdiff_t at = str_find(all, part);
	if (at >= 0)
		return str_from(all, (size_t)at + part.n);
	struct str pair;
	while (str_cut(&all, '&', &pair))
		if (str_starts(pair, mark))
			return str_from(pair, mark.n);
	return (struct str){0};
}

static bool is_word(const char *words, const char *name)
{
	struct str rest = str_of(words), word;
	while (str_cut(&rest, ' ', &word))
		if (str_is(word, name))
			return true;
	return false;
}

/* An id, or whatever the path names, must be one that could be another organisation's. */
static bool is_told(struct stage *s, const struct route *route, const struct field *f)
{
	struct scenario ask;
	bool param = str_find(str_of(route->path), str_fmt(s->w.arena, "/:%s", f->name)) >= 0;
	if (f->kind != FIELD_ID && (!param || f->kind == FIELD_INT))
		return true;
	for (const struct example *e = NULL; (e = example_next(&s->w, e, &ask));) {
		if (!same_route(example_route(&s->w, &ask), route))
			continue;
		struct str value = param ? segment_of(str_of(e->url), route->path, f->name)
					 : value_in_form(e->form, f->name);
		if (names_a_row(s, value) || (param && is_word(e->words, f->name)))
			return true;
	}
	return false;
}

static bool is_refusal(int status, const struct example *e)
{
	if (e->refused)
		return status == e->refused;
	return status == 404 || status == 410 || status == 422;
}

/* With `name` of the other organisation (NULL: with all of them), and nothing else changed. */
static void ask_for_theirs(struct stage *s, const struct example *e, const struct scenario *ask,
			   const char *name)
{
	struct val *mine = s->w.known;
	s->w.known = val_object(s->w.arena);
	val_merge(s->w.known, mine);
	if (name)
		val_set(s->w.known, name, val_get(s->theirs, name));
	else
		val_merge(s->w.known, s->theirs);
	world_ask(&s->w, ask);
	if (!CHECK(is_refusal(s->w.last.status, e)))
		printf("    %s %s with the other's %s: %d\n", ask->url, ask->form,
		       name ? name : "everything", s->w.last.status);
	s->w.known = mine;
}

static int ask_for_each(struct stage *s, const struct example *e, const struct scenario *ask)
{
	struct arena *a = s->w.arena;
	struct str rest = str_fmt(a, "%s %s", ask->url, ask->form), name;
	int asked = 0;
	while (next_name(&rest, &name)) {
		const char *key = str_c(a, name);
		if (!name.n || !val_has(s->theirs, key) ||
		    str_eq(val_s(s->theirs, key), world_known(&s->w, key)))
			continue;
		ask_for_theirs(s, e, ask, key);
		asked++;
	}
	if (asked > 1 && !e->refused)
		ask_for_theirs(s, e, ask, NULL);
	return asked;
}

/* Wrong codes are counted, and the other organisation's code is one. */
static struct str but_tries(struct stage *s, struct str contents)
{
	struct buf out = {.arena = s->w.arena};
	struct str line;
	while (str_cut(&contents, '\n', &line))
		if (!str_starts(line, S("throttle ")))
			buf_fmt(&out, STR_FMT "\n", STR_ARG(line));
	return buf_str(&out);
}

TEST_DB("whatever a POST names of another organisation is not there, and nothing is written")
{
	struct stage s;
	struct scenario ask;
	int asked = 0;
	NEED(stage_begin(&s, db, err));
	for (const struct route *const *r = crawl_routes(); *r; r++)
		for (const struct field *f = (*r)->fields; (*r)->method == POST && f && f->name;
		     f++)
			if (!CHECK(is_told(&s, *r, f)))
				printf("    no example of POST %s has a %%name%% for %s\n",
				       (*r)->path, f->name);
	for (const struct example *e = NULL; (e = example_next(&s.w, e, &ask));) {
		int here = ask.form ? ask_for_each(&s, e, &ask) : 0;
		if (here && !CHECK(str_eq(but_tries(&s, world_contents(&s.w)),
					  but_tries(&s, s.contents)))) {
			printf("    after %s\n", ask.url);
			NEED(stage_back(&s));
		}
		asked += here;
	}
	CHECK(asked > 60);
	stage_end(&s);
}
