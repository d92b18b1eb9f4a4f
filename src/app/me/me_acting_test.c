#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/args.h"
#include "core/group.h"
#include "core/person.h"
#include "core/right.h"
#include "crawl.h"
#include "example.h"

static void gives(struct world *w, const char *to, const char *role)
{
	role_give(w->db, w->arena, w->a, world_person(w, to),
		  role_by_key(w->db, w->arena, w->a, role), 0, 0, w->now);
}

/* The teacher is a registrar too. */
static void fill(struct world *w)
{
	gives(w, "teacher", "registrar");
	int64_t registrar = role_by_key(w->db, w->arena, w->a, "registrar");
	int64_t admin = role_by_key(w->db, w->arena, w->a, "admin");
	int64_t teacher = role_by_key(w->db, w->arena, w->a, "teacher");
	world_know_id(w, "as_registrar", registrar);
	world_know_id(w, "as_admin", admin);
	world_know_id(w, "as_teacher", teacher);
}

SCENARIOS("who holds two roles chooses one, acts with its rights alone, and sees in which", fill,
	  {.url = "/alder/people?words=x",
	   .as = "teacher",
	   .status = 303,
	   .has = {"/alder/me/acting?next="}},
	  {.url = "/alder/activities/new", .as = "teacher", .status = 303},
	  {.url = "/alder/people", .as = "teacher", .form = "name=X&language=en", .status = 403},
	  {.url = "/alder/me",
	   .as = "teacher",
	   .status = 200,
	   .has = {"Choose a role"},
	   .has_not = {">People</a>"}},
	  {.url = "/alder/me/acting?next=/people",
	   .as = "teacher",
	   .status = 200,
	   .has = {"Registrar", "Teacher", "Choose one first", "value=\"/people\""},
	   .has_not = {"Administrator"}},
	  {.url = "/alder/me/acting", .as = "teacher", .form = "role=%as_admin%", .status = 404},
	  {.url = "/alder/me/acting",
	   .as = "teacher",
	   .form = "role=%as_registrar%&next=/people",
	   .status = 303,
	   .has = {"Location: /alder/people"}},
	  {.url = "/alder/people", .as = "teacher", .status = 200, .has = {">Registrar</a>"}},
	  {.url = "/alder/activities/new",
	   .as = "teacher",
	   .status = 303,
	   .has = {"/alder/me/acting?next="}},
	  {.url = "/alder/me/acting", .as = "teacher", .form = "role=%as_teacher%", .status = 303},
	  {.url = "/alder/activities/new", .as = "teacher", .status = 200, .has = {">Teacher</a>"}},
	  {.url = "/alder/me/acting", .as = "teacher", .form = "role=", .status = 303},
	  {.url = "/alder/me", .as = "teacher", .status = 200, .has = {"For myself"}},
	  {.url = "/alder/people", .as = "teacher", .form = "name=X&language=en", .status = 403});

SCENARIOS("who holds one role acts in it without choosing, and may act for themself", fill,
	  {.url = "/alder/people", .as = "registrar", .status = 200, .has = {">Registrar</a>"}},
	  {.url = "/alder/me/acting", .as = "registrar", .form = "role=", .status = 303},
	  {.url = "/alder/people", .as = "registrar", .status = 303, .has = {"/me/acting"}},
	  {.url = "/alder/me/acting", .as = "signed_in", .status = 200, .has = {"For myself"}});

/* ---- one's own child ---- */

static void child(struct world *w)
{
	int64_t own = person_add(w->db, w->arena,
				 ARGS(w->arena, ARG_AS("name", "Own"), ARG_AS("lang", "en")), w->a,
				 w->now);
	guardian_add(w->db, w->arena, w->a, own, world_person(w, "admin"), S("2020-01-01"));
	world_know_id(w, "own_child", own);
	/* Every route's parameters as the sample has them, but the person. */
	world_know(w, "person", world_known(w, "own_child"));
}

static bool is_staffs(const struct route *r)
{
	bool over = r->right > SIGNED_IN && str_find(str_of(r->path), S("/:person")) >= 0;
	for (const struct field *f = r->fields; over && f && f->name; f++)
		if (str_is(str_of(f->name), "person"))
			return true;
	return over;
}

/* The path with the child, and 1 for what else it names: refused before that is looked for. */
static struct str path_of(struct world *w, const struct route *r)
{
	struct buf path = {.arena = w->arena};
	struct str rest = str_of(r->path), piece;
	buf_lit(&path, "/alder");
	str_cut(&rest, '/', &piece);
	while (str_cut(&rest, '/', &piece)) {
		buf_char(&path, '/');
		if (str_is(piece, ":person"))
			buf_add(&path, world_known(w, "own_child"));
		else if (piece.n && piece.p[0] == ':')
			buf_char(&path, '1');
		else
			buf_add(&path, piece);
	}
	return buf_str(&path);
}

TEST_DB("no page over a person opens for who is their parent, whatever right they hold")
{
	struct world w;
	int walked = 0;
	if (!CHECK(world_begin(&w, db, err, child)))
		return;
	for (const struct route *const *r = crawl_routes(); *r; r++) {
		if (!is_staffs(*r))
			continue;
		world_ask(&w, &(struct scenario){.url = str_c(w.arena, path_of(&w, *r)),
						 .as = "admin",
						 .form = (*r)->method == POST ? "" : NULL});
		walked++;
		if (!CHECK_INT(w.last.status, 403))
			printf("    %s\n", (*r)->path);
	}
	CHECK(walked > 25);
	world_end(&w);
}

static void acted(struct world *w)
{
	int64_t role = role_by_key(w->db, w->arena, w->a, "translator");
	world_know_id(w, "acting_role", role);
}

EXAMPLES(acted, {.url = "/me/acting", .as = "translator", .form = "role=%acting_role%"});
