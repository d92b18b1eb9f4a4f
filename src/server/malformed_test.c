/* What every route of the program does with what it cannot read: a clear 4xx in the reader's
 * language, and nothing written. Tried field by field on a good request of each (test/example.h).
 * SQLite is enough: what is refused here never reaches a database. What does is tried on both
 * engines in routes_test.c. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "crawl.h"
#include "example.h"

enum { HUGE = 1000 * 1000, PAGES_MAX = 500 };

/* ---- what is malformed ---- */

static bool is_text(const struct field *f)
{
	return f->kind == FIELD_TEXT || f->kind == FIELD_LINES || f->kind == FIELD_SECRET;
}

static bool is_number(const struct field *f)
{
	return f->kind == FIELD_INT || f->kind == FIELD_REAL;
}

static bool is_any(const struct field *f)
{
	return f->kind != FIELD_FILE;
}

static bool is_limited(const struct field *f)
{
	return is_any(f) && f->max < HUGE;
}

static bool is_of_a_kind(const struct field *f)
{
	return is_any(f) &&
	       ((!is_text(f) && f->kind != FIELD_MANY && f->kind != FIELD_COLUMN) || f->one_of);
}

static bool is_wanted(const struct field *f)
{
	return f->required && f->kind != FIELD_COLUMN;
}

static bool is_not_negative(const struct field *f)
{
	return is_of_a_kind(f) && (!is_number(f) || (f->min >= 0 && (f->min || f->max)));
}

static bool is_not_endless(const struct field *f)
{
	return is_of_a_kind(f) && (f->kind != FIELD_REAL || f->max);
}

/* `value` is percent-encoded; NULL: see too_long(). The statuses are those of a field of the query or
 * the body, and of one of the path; 0: that cannot be sent. */
static const struct malformed {
	const char *what, *value;
	bool (*refused_by)(const struct field *);
	int status, in_path;
} malformed[] = {
	{"no UTF-8", "%ff%fe", is_any, 400, 400},
	{"a NUL", "a%00b", is_any, 400, 400},
	{"too much", NULL, is_limited, 422, 404},
	{"words", "not+of+this+kind", is_of_a_kind, 422, 404},
	{"nothing", "", is_wanted, 422, 0},
	{"-1", "-1", is_not_negative, 422, 404},
	{"more than 64 bits", "99999999999999999999", is_not_endless, 422, 404},
};

/* A megabyte for the first field of a route, a letter too many for the others: time is short. */
static struct str too_long(const struct route *route, const struct field *f)
{
	static char letters[HUGE];
	size_t most = f->kind == FIELD_LINES || f->kind == FIELD_COLUMN ? 20000 : 200;
	const struct field *first = route->fields;
	while (!is_limited(first))
		first++;
	memset(letters, 'x', sizeof letters);
	return (struct str){letters, f == first ? HUGE : (f->max ? (size_t)f->max : most) + 1};
}

/* ---- one field of a request replaced ---- */

/* `path` with the segment that `pattern` calls :field replaced. */
static struct str with_segment(struct arena *a, struct str path, const char *pattern,
			       const char *field, struct str value, bool of_org)
{
	struct buf out = {.arena = a};
	struct str rest = str_of(pattern), mine, wanted = str_fmt(a, ":%s", field), piece;
	str_cut(&path, '/', &piece);
	if (of_org && str_cut(&path, '/', &piece))
		buf_fmt(&out, "/" STR_FMT, STR_ARG(piece));
	str_cut(&rest, '/', &mine);
	while (str_cut(&rest, '/', &mine) && str_cut(&path, '/', &piece))
		buf_fmt(&out, "/" STR_FMT, STR_ARG(str_eq(mine, wanted) ? value : piece));
	return buf_str(&out);
}

static struct str with_field(struct arena *a, struct str form, const char *field, struct str value)
{
	struct buf out = {.arena = a};
	struct str pair, own = str_fmt(a, "%s=", field);
	while (str_cut(&form, '&', &pair))
		if (pair.n && !str_starts(pair, own)) {
			buf_add(&out, pair);
			buf_char(&out, '&');
		}
	buf_fmt(&out, "%s=", field);
	buf_add(&out, value);
	return buf_str(&out);
}

/* Of a multipart form: one part more, since the last of a name counts. A NUL cannot be told. */
static struct str with_part(struct arena *a, struct str form, const char *field, const char *value)
{
	ptrdiff_t end = str_find(form, S("--frontier--"));
	struct str bytes = str_of(!strcmp(value, "%ff%fe") ? "\xff\xfe" : value);
	if (end < 0 || strstr(value, "%00"))
		return (struct str){0};
	return str_fmt(a,
		       STR_FMT
		       "--frontier\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n" STR_FMT
		       "\r\n--frontier--\r\n",
		       STR_ARG(str_sub(form, 0, (size_t)end)), field, STR_ARG(bytes));
}

static bool is_of_path(struct arena *a, const struct route *route, const char *field)
{
	struct str rest = str_of(route->path), piece, wanted = str_fmt(a, ":%s", field);
	while (str_cut(&rest, '/', &piece))
		if (str_eq(piece, wanted))
			return true;
	return false;
}

/* The good request with `field` as `m` says; false if that cannot be sent. */
static bool spoil(struct arena *a, const struct route *route, const struct field *field,
		  const struct malformed *m, struct scenario *ask)
{
	struct str value = m->value ? str_of(m->value) : too_long(route, field), form = {0};
	struct str rest = str_of(ask->url), path;
	str_cut(&rest, '?', &path);
	ask->status = m->status;
	if (is_of_path(a, route, field->name)) {
		ask->status = m->in_path;
		path = with_segment(a, path, route->path, field->name, value,
				    !(route->flags & ROUTE_NO_ORG));
		ask->url = str_c(a, str_fmt(a, STR_FMT "?" STR_FMT, STR_ARG(path), STR_ARG(rest)));
		return ask->status != 0;
	}
	if (!ask->form) {
		form = with_field(a, rest, field->name, value);
		ask->url = str_c(a, str_fmt(a, STR_FMT "?" STR_FMT, STR_ARG(path), STR_ARG(form)));
		return true;
	}
	if (ask->headers && strstr(ask->headers, "multipart/") && field->kind != FIELD_FILE) {
		form = with_part(a, str_of(ask->form), field->name, str_c(a, value));
		ask->form = str_c(a, form);
		return form.n > 0;
	}
	if (field->kind == FIELD_FILE)
		ask->headers = NULL; /* a form that has no files */
	form = with_field(a, field->kind == FIELD_FILE ? (struct str){0} : str_of(ask->form),
			  field->name, value);
	ask->form = str_c(a, form);
	return true;
}

/* ---- what was answered ---- */

/* A page in the reader's language that says what is wrong; what programs read is data. */
static bool is_clear(struct world *w)
{
	struct str body = w->last.body, type = world_header(w, "Content-Type");
	if (str_starts(type, S("application/json")))
		return str_starts(body, S("{"));
	return str_starts(type, S("text/html")) && str_find(body, S("<html lang=\"fr\"")) >= 0 &&
	       (w->last.status != 422 || str_find(body, S("Il y a un problème")) >= 0);
}

/* CASE has 400 for both. */
static bool is_told(struct world *w, int status)
{
	bool data = str_starts(world_header(w, "Content-Type"), S("application/json"));
	return w->last.status == (data && status == 422 ? 400 : status);
}

static void ask_spoilt(struct world *w, const struct route *route, const struct field *field,
		       const struct malformed *m, const struct scenario *ask)
{
	world_ask(w, ask);
	if (!CHECK(is_told(w, ask->status)) || !CHECK(is_clear(w)))
		printf("    %s %s: %s as %s: %d\n", ask->form ? "POST" : "GET", route->path,
		       field->name, m->what, w->last.status);
}

/* Requests of a megabyte have an arena of their own, emptied after each. */
static int ask_each(struct stage *s, const struct route *route, const struct scenario *good)
{
	struct arena *kept = s->w.arena, *own = arena_new(64 << 20);
	int asked = 0;
	s->w.arena = own;
	for (const struct field *f = route->fields; f && f->name; f++)
		for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) {
			struct scenario ask = *good;
			if (!malformed[i].refused_by(f) ||
			    !spoil(own, route, f, &malformed[i], &ask))
				continue;
			ask_spoilt(&s->w, route, f, &malformed[i], &ask);
			asked++;
			arena_reset(own);
		}
	s->w.arena = kept;
	arena_free(own);
	return asked;
}

/* Everybody reads French. */
static bool begin_in_french(struct stage *s, struct db *db, struct err *err)
{
	if (!stage_begin(s, db, err))
		return false;
	db_begin(s->w.db, DB_WRITE, 0);
	db_exec(s->w.db, SQL("UPDATE person SET lang = 'fr'"), val_object(s->w.arena));
	if (!CHECK(db_commit(s->w.db)))
		return false;
	s->contents = world_contents(&s->w);
	return true;
}

/* Nobody says it by a header, where the example has none of its own. */
static void speak_french(struct arena *a, struct scenario *ask)
{
	const char *french = "Accept-Language: fr";
	ask->headers = ask->headers ? str_c(a, str_fmt(a, "%s\n%s", ask->headers, french)) : french;
}

TEST_SQLITE("whatever a field of a POST is sent as that it cannot be, the answer is a clear 4xx in "
	    "the reader's language, and nothing is written")
{
	struct stage s;
	struct scenario ask;
	int asked = 0;
	NEED(begin_in_french(&s, db, err));
	for (const struct example *e = NULL; (e = example_next(&s.w, e, &ask));) {
		const struct route *route = example_route(&s.w, &ask);
		if (!ask.form || !CHECK(route))
			continue;
		speak_french(s.w.arena, &ask);
		asked += ask_each(&s, route, &ask);
		if (!world_unchanged(&s.w, s.contents)) {
			printf("    after %s\n", ask.url);
			s.contents = world_contents(&s.w);
		}
	}
	CHECK(asked > 1000);
	stage_end(&s);
}

/* ---- pages ---- */

static bool has_path(const struct route *r, const struct route *like)
{
	return r && !strcmp(r->path, like->path);
}

/* A good request for a page: one of its own, its form's, or where a link leads. */
static bool find_page(struct stage *s, const struct crawl *c, const struct route *route,
		      struct scenario *ask)
{
	for (int form = 0; form < 2; form++)
		for (const struct example *e = NULL; (e = example_next(&s->w, e, ask));)
			if (!ask->form == !form && has_path(example_route(&s->w, ask), route)) {
				ask->status = ask->form ? 200 : ask->status;
				ask->form = NULL;
				return true;
			}
	for (size_t i = 0; i < c->count; i++)
		if (!strcmp(c->places[i].method, "GET") && has_path(c->places[i].route, route)) {
			struct str url = str_fmt(s->w.arena, "%s" STR_FMT, c->prefix,
						 STR_ARG(c->places[i].path));
			*ask = (struct scenario){
				.url = str_c(s->w.arena, url), .as = c->as, .status = 200};
			return true;
		}
	return false;
}

/* What is good of a page is asked first: some leave a trace. */
static struct scenario *ask_well(struct stage *s)
{
	struct crawl c = {.world = &s->w, .as = "admin", .prefix = "/alder"};
	struct scenario *all = arena_many(s->w.arena, struct scenario, PAGES_MAX), *ask = all;
	crawl_run(&c);
	for (const struct route *const *r = crawl_routes(); *r; r++, ask++) {
		MUST(ask < all + PAGES_MAX);
		if ((*r)->method != GET || !(*r)->fields || !(*r)->fields->name)
			continue;
		if (!CHECK(find_page(s, &c, *r, ask))) {
			printf("    no EXAMPLES() and no link to GET %s\n", (*r)->path);
			continue;
		}
		speak_french(s->w.arena, ask);
		world_ask(&s->w, ask);
		if (!CHECK_INT(s->w.last.status, ask->status))
			printf("    %s\n", ask->url);
	}
	return all;
}

TEST_SQLITE("whatever a parameter of a page is sent as that it cannot be, the answer is a clear "
	    "4xx in the reader's language")
{
	struct stage s;
	int asked = 0;
	NEED(begin_in_french(&s, db, err));
	const struct scenario *ask = ask_well(&s);
	s.contents = world_contents(&s.w);
	for (const struct route *const *r = crawl_routes(); *r; r++, ask++)
		if (ask->url)
			asked += ask_each(&s, *r, ask);
	CHECK(asked > 300);
	world_unchanged(&s.w, s.contents);
	stage_end(&s);
}
