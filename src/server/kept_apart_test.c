/*
 * Whom a court keeps from somebody is nowhere in what that person reads, whichever office they hold
 * (core/guardian.h). Shown on every page of the demonstration's school, twice: pages that show a
 * child to others are the ones that count.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/words.h"
#include "core/args.h"
#include "core/org.h"
#include "core/person.h"
#include "core/right.h"
#include "crawl.h"
#include "example.h"

/* A second office, at the school of the demonstration: it has classes, askings, a conference. */
static int64_t serve(struct world *w, int64_t who)
{
	db_begin(w->db, DB_WRITE, 0);
	int64_t org = val_i(org_by_slug(w->db, w->arena, S("lakeside")), "id");
	person_join(w->db, w->arena, who, org, w->now);
	role_give(w->db, w->arena, org, who, role_by_key(w->db, w->arena, org, "admin"), 0, who,
		  w->now);
	return db_commit(w->db) ? org : 0;
}

static struct val *rows_of(struct world *w, int64_t org, const struct query *query)
{
	db_begin(w->db, DB_READ, org);
	struct val *rows = db_rows(w->db, query, ARGS(w->arena, ARG(org)));
	db_rollback(w->db);
	return rows;
}

static struct val *children_of(struct world *w, int64_t org)
{
	return rows_of(
		w, org,
		SQL("SELECT DISTINCT p.id AS id, p.name AS name FROM membership m JOIN "
		    "people_group g ON g.id = m.people_group JOIN person p ON p.id = m.person "
		    "WHERE m.org = :org AND g.kind = 'class' AND NOT EXISTS (SELECT 1 FROM person "
		    "n WHERE n.name = p.name AND n.id <> p.id) ORDER BY p.id"));
}

/* What the demonstration has of nobody in a class, or of others only. */
static void add_more(struct world *w, int64_t org, int64_t child)
{
	static const char *const more[] = {
		"INSERT INTO correction (org, person, words, asked_at) VALUES (:org, :child, 'w', "
		":now)",
		"INSERT INTO erasure (org, person, asked_how, words, asked_at) "
		"VALUES (:org, :child, 'paper', '', :now)",
		"INSERT INTO activity_ask (org, activity, person, role, lang, state, made_at) "
		"SELECT a.org, a.id, CAST(:child AS bigint), 'learner', 'en', 'asked', CAST(:now "
		"AS bigint) "
		"FROM activity a WHERE a.org = :org",
		"INSERT INTO person_merge (org, kept, alias, made_at, undo_until, undone_at) "
		"SELECT CAST(:org AS bigint), CAST(:child AS bigint), max(p.id), 1, 2, CAST(:now "
		"AS bigint) FROM person p",
		"INSERT INTO letter (org, person, kind, template_version, lang, to_address, "
		"to_name, sender_name, "
		"sender_address, reply_to, subject, body, html, secret, unsubscribe, letter_key, "
		"due_at, made_at) "
		"SELECT CAST(:org AS bigint), p.id, 'people.invitation', 0, 'en', 'x@example.org', "
		"p.name, '', '', '', 's', "
		"'b', '', 0, '', 'k', 1, 1 FROM person p WHERE p.id = :child AND :now > 0",
		"INSERT INTO letter (org, kind, template_version, lang, to_address, to_name, "
		"sender_name, "
		"sender_address, reply_to, subject, body, html, secret, unsubscribe, letter_key, "
		"due_at, made_at) "
		"SELECT CAST(:org AS bigint), 'activities.invitation', 0, 'en', 'm@example.org', "
		"'Mother', '', '', '', 's', "
		"'For ' || p.name || '.', '', 0, '', 'm', 1, 1 FROM person p WHERE p.id = :child "
		"AND :now > 0",
		"INSERT INTO letter (org, kind, template_version, lang, to_address, to_name, "
		"sender_name, "
		"sender_address, reply_to, subject, body, html, secret, unsubscribe, letter_key, "
		"due_at, made_at) "
		"SELECT CAST(:org AS bigint), 'activities.moved', 0, 'en', 'n@example.org', "
		"'Neighbour', '', '', '', 'About ' || p.name, 'b', '', 0, '', 'n', 1, 1 FROM "
		"person p "
		"WHERE p.id = :child AND :now > 0",
		"INSERT INTO invitation (org, email, name, lang, made_at, ends_at, accepted_at, "
		"accepted_by) "
		"SELECT CAST(:org AS bigint), 'x@example.org', p.name, 'en', 1, 2, CAST(:now AS "
		"bigint), p.id FROM person p "
		"WHERE p.id = :child",
	};
	db_begin(w->db, DB_WRITE, org);
	for (size_t i = 0; i < sizeof more / sizeof *more; i++)
		db_exec(w->db, SQL(more[i]),
			ARGS(w->arena, ARG(org), ARG(child), ARG_AS("now", w->now)));
	CHECK(db_commit(w->db));
}

/* One of the children that the answer shows, by name or by address, or null. */
static const struct val *shown(struct world *w, const struct val *children)
{
	if (w->last.status != 200)
		return NULL;
	struct str answer = world_answer(w);
	for (size_t i = 0; i < val_count(children); i++) {
		const struct val *child = val_at(children, i);
		struct str path =
			str_fmt(w->arena, "/people/%lld\"", (long long)val_i(child, "id"));
		if (str_find(answer, val_s(child, "name")) >= 0 || str_find(answer, path) >= 0)
			return child;
	}
	return NULL;
}

/* One of the children that this page shows to the reader, or NULL. */
static const struct val *shows(struct world *w, struct str path, const struct val *children)
{
	struct scenario s = {
		.url = str_c(w->arena, str_fmt(w->arena, "/lakeside" STR_FMT, STR_ARG(path))),
		.as = "admin"};
	world_ask(w, &s);
	return shown(w, children);
}

/* Pages that show a child to whoever nobody keeps apart: found once, looked at again. */
struct walk {
	struct world *w;
	const struct val *children;
	struct val *paths;
};

static void look(struct walk *k, struct str path)
{
	if (shows(k->w, path, k->children))
		val_push(k->paths, val_text(k->w->arena, path));
}

static struct str encoded(struct arena *a, struct str text)
{
	struct buf out = {.arena = a};
	for (size_t i = 0; i < text.n; i++)
		buf_fmt(&out, "%%%02X", (unsigned char)text.p[i]);
	return buf_str(&out);
}

static void search(struct walk *k, struct str path, const char *field)
{
	struct arena *a = k->w->arena;
	ptrdiff_t query = str_find_char(path, '?');
	path = str_sub(path, 0, query < 0 ? path.n : (size_t)query);
	for (size_t i = 0; i < 2; i++) {
		/* What was typed is shown again: in small letters. */
		struct str name = fold(a, val_s(val_at(k->children, i), "name"));
		look(k, str_fmt(a, STR_FMT "?%s=" STR_FMT, STR_ARG(path), field,
				STR_ARG(encoded(a, name))));
	}
}

/* /a?b in another form: /a.json?b. */
static struct str as_form(struct arena *a, struct str path, const char *form)
{
	ptrdiff_t query = str_find_char(path, '?');
	size_t n = query < 0 ? path.n : (size_t)query;
	return str_fmt(a, STR_FMT "%s" STR_FMT, STR_ARG(str_sub(path, 0, n)), form,
		       STR_ARG(str_from(path, n)));
}

/* As a page, as data, looked for by name. */
static void look_each(struct walk *k, const struct route *route, struct str path)
{
	static const char *const forms[] = {"", ".json", ".csv"};
	static const char *const words[] = {"words", "who", "q"};
	for (size_t f = 0; f < sizeof forms / sizeof *forms; f++)
		look(k, as_form(k->w->arena, path, forms[f]));
	for (const struct field *f = route->fields; f && f->name; f++)
		for (size_t i = 0; i < sizeof words / sizeof *words; i++)
			if (!strcmp(f->name, words[i]))
				search(k, path, words[i]);
}

/* /activities/:activity/asked of each activity: the crawl goes to a few. */
static void look_at_activities(struct walk *k, const struct val *activities)
{
	struct str head = S("/activities/:activity");
	for (const struct route *const *r = crawl_routes(); *r; r++) {
		struct str path = str_of((*r)->path), tail;
		if ((*r)->method != GET || !str_starts(path, head))
			continue;
		tail = str_from(path, head.n);
		for (size_t i = 0; i < val_count(activities) && str_find_char(tail, ':') < 0; i++)
			look_each(k, *r,
				  str_fmt(k->w->arena, "/activities/%lld" STR_FMT,
					  (long long)val_i(val_at(activities, i), "id"),
					  STR_ARG(tail)));
	}
}

static void keep_apart(struct world *w, int64_t org, int64_t who, const struct val *children)
{
	db_begin(w->db, DB_WRITE, org);
	for (size_t i = 0; i < val_count(children); i++)
		db_exec(w->db,
			SQL("INSERT INTO guardian (org, child, person, since, no_contact) VALUES "
			    "(:org, :child, :who, '2020-01-01', 1)"),
			ARGS(w->arena, ARG(org), ARG(who),
			     ARG_AS("child", val_i(val_at(children, i), "id"))));
	CHECK(db_commit(w->db));
}

TEST_SQLITE("whom a court keeps from a reader is on no page of theirs, whichever office they hold")
{
	struct world w;
	NEED(world_begin_demo(&w, db, err));
	int64_t me = world_person(&w, "admin"), org = serve(&w, me);
	struct val *children = children_of(&w, org);
	NEED(val_count(children) > 3);
	add_more(&w, org, val_i(val_at(children, 0), "id"));
	struct walk k = {&w, children, val_list(w.arena)};
	struct crawl c = {.world = &w, .as = "admin", .prefix = "/lakeside"};
	crawl_run(&c);
	for (size_t i = 0; i < c.count; i++)
		if (!strcmp(c.places[i].method, "GET"))
			look_each(&k, c.places[i].route, c.places[i].path);
	look_at_activities(
		&k,
		rows_of(&w, org,
			SQL("SELECT a.id AS id FROM activity a WHERE a.org = :org ORDER BY a.id")));
	CHECK(val_count(k.paths) > 150);
	keep_apart(&w, org, me, children);
	for (size_t i = 0; i < val_count(k.paths); i++) {
		struct str path = val_get_str(val_at(k.paths, i));
		const struct val *child = shows(&w, path, children);
		if (!CHECK(!child))
			printf("    " STR_FMT " shows " STR_FMT "\n", STR_ARG(path),
			       STR_ARG(val_s(child, "name")));
	}
	CHECK_STR(err->text, "");
	world_end(&w);
}

/* ---- what they may send ---- */

/* Fields of a path or a form that name a person. */
static bool is_of_person(const char *field)
{
	static const char *const names[] = {"person", "child", "learner", "people",
					    "kept",   "alias", "members", "who"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!strcmp(field, names[i]))
			return true;
	return false;
}

/* Every reader is kept from everybody else, in the organisation of the examples. */
static bool keep_all_apart(struct world *w)
{
	db_begin(w->db, DB_WRITE, w->a);
	db_exec(w->db, SQL("UPDATE guardian SET no_contact = 1 WHERE org = :org"),
		ARGS(w->arena, ARG_AS("org", w->a)));
	db_exec(w->db,
		SQL("INSERT INTO guardian (org, child, person, since, no_contact) SELECT DISTINCT "
		    "CAST(:org AS bigint), c.id, s.person, '2020-01-01', 1 FROM session s, person "
		    "c "
		    "WHERE c.id <> s.person AND NOT EXISTS (SELECT 1 FROM guardian g WHERE g.org = "
		    ":org AND g.child = c.id AND g.person = s.person)"),
		ARGS(w->arena, ARG_AS("org", w->a)));
	return CHECK(db_commit(w->db)) && world_keep(w);
}

/* The newest entry of the record, and whom the entries behind `after` are about. */
static struct val *recorded(struct world *w, int64_t after)
{
	db_begin(w->db, DB_READ, w->a);
	struct val *rows = db_rows(w->db,
				   SQL("SELECT a.id AS id, a.person AS person, a.verb AS verb FROM "
				       "audit a WHERE a.id > :after ORDER BY a.id DESC"),
				   ARGS(w->arena, ARG(after)));
	db_rollback(w->db);
	return rows;
}

static int64_t people_there(struct world *w)
{
	db_begin(w->db, DB_READ, w->a);
	const struct val *row =
		db_row(w->db, SQL("SELECT max(p.id) AS id FROM person p"), val_object(w->arena));
	db_rollback(w->db);
	return val_i(row, "id");
}

/* The form's field names somebody else by a %name%. */
static bool names_other(struct world *w, struct str form, const char *field, int64_t me)
{
	struct str sent = str_fmt(w->arena, "%s=%%", field), name;
	ptrdiff_t at = str_find(form, sent);
	struct str rest = at < 0 ? S("") : str_from(form, (size_t)at + sent.n);
	if (!str_cut(&rest, '%', &name))
		return false;
	return !str_eq(world_known(w, str_c(w->arena, name)),
		       str_fmt(w->arena, "%lld", (long long)me));
}

static bool names_person(struct world *w, const struct example *e, const struct route *route,
			 int64_t me)
{
	for (const struct field *f = route->fields; f && f->name; f++) {
		struct str part = str_fmt(w->arena, "/:%s", f->name);
		if (is_of_person(f->name) && (names_other(w, str_of(e->form), f->name, me) ||
					      str_find(str_of(route->path), part) >= 0))
			return true;
	}
	return false;
}

/* What is a standard's, the organisation's or one's own sign-in has nobody else in it. */
static bool is_of_nobody(const char *path)
{
	static const char *const heads[] = {"/standards", "/comments", "/org",  "/jobs",
					    "/sign",      "/links",    "/terms"};
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (str_starts(str_of(path), str_of(heads[i])))
			return true;
	return false;
}

/* True: it was done to somebody who is kept from whoever sent it, or they were told of them. */
static bool did(struct stage *s, const struct example *e, const struct route *route, int64_t before,
		int64_t known, struct str *to)
{
	int64_t me = world_person(&s->w, e->as);
	int status = s->w.last.status;
	if (status == 403 || status == 404 || status == 410 || status == 422)
		return false;
	const struct val *rows = recorded(&s->w, before);
	for (size_t i = 0; i < val_count(rows); i++) {
		int64_t person = val_i(val_at(rows, i), "person");
		*to = val_s(val_at(rows, i), "verb");
		if (person && person != me && person <= known)
			return true;
	}
	*to = S("names a person");
	return names_person(&s->w, e, route, me);
}

TEST_SQLITE(
	"nor is anything done to them by what that reader sends: each POST that names them says "
	"that nobody is there")
{
	struct stage s;
	struct scenario ask;
	int refused = 0;
	NEED(stage_begin(&s, db, err));
	NEED(keep_all_apart(&s.w));
	int64_t known = people_there(&s.w);
	int64_t before = val_i(val_at(recorded(&s.w, 0), 0), "id");
	for (const struct example *e = NULL; (e = example_next(&s.w, e, &ask));) {
		const struct route *route = example_route(&s.w, &ask);
		struct str what = {0};
		if (!e->form || !e->as || !route || route->flags & (ROUTE_TOKEN | ROUTE_NO_ORG) ||
		    is_of_nobody(route->path))
			continue;
		world_ask(&s.w, &ask);
		if (!CHECK(!did(&s, e, route, before, known, &what)))
			printf("    POST %s as %s: %d, " STR_FMT "\n", route->path, e->as,
			       s.w.last.status, STR_ARG(what));
		refused += s.w.last.status == 403 || s.w.last.status == 404;
		if (s.w.last.status < 400)
			NEED(stage_back(&s));
	}
	CHECK(refused > 20);
	CHECK_STR(err->text, "");
	stage_end(&s);
}
