#include "app/people/people_guardian.h"

#include "base/arena.h"
#include "core/args.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/person.h"
#include "example.h"

static int64_t one(struct world *w, const char *name, const char *as)
{
	int64_t id =
		person_add(w->db, w->arena,
			   ARGS(w->arena, ARG_AS("name", as), ARG_AS("lang", "fr")), w->a, w->now);
	world_know(w, name, str_fmt(w->arena, "%lld", (long long)id));
	return id;
}

static int64_t stands(struct world *w, int64_t child, int64_t person, bool no_contact)
{
	struct val *all = val_list(w->arena);
	val_push(all, val_text(w->arena, S(GUARDIAN_ANYTHING)));
	return guardian_enter(w->db, w->arena,
			      &(struct guardian){.org = w->a,
						 .child = child,
						 .person = person,
						 .position = 2,
						 .since = S("2020-01-01"),
						 .purposes = all,
						 .no_contact = no_contact,
						 .why = no_contact ? S("Order 12") : S(""),
						 .now = w->now});
}

WORLD(guardian_world)
{
	int64_t tom = one(w, "guarded_sample", "Tom"), ann = one(w, "guardian_sample", "Ann");
	world_know(w, "guardian", str_fmt(w->arena, "%lld", (long long)stands(w, tom, ann, false)));
}

/* The registrar is Tom's parent; the administrator may not know anything about Kai. */
static void fill(struct world *w)
{
	int64_t tom = one(w, "tom", "Tom Guarded"), kai = one(w, "kai", "Kai Guarded");
	int64_t ann = one(w, "ann", "Ann Guard");
	one(w, "ben", "Ben Guard");
	int64_t row = stands(w, tom, ann, false);
	stands(w, tom, world_person(w, "registrar"), false);
	stands(w, kai, world_person(w, "admin"), true);
	world_know(w, "row", str_fmt(w->arena, "%lld", (long long)row));
}

#define ADMIN .as = "admin"

SCENARIOS("a guardian is entered by who may, found by name, and shown in the order of calling",
	  fill, {.url = "/alder/people/%tom%/guardians", .as = "member", .status = 403},
	  {.url = "/alder/people/%tom%/guardians", .as = "teacher", .status = 403},
	  {.url = "/alder/people/%tom%/guardians",
	   ADMIN,
	   .status = 200,
	   .has = {"Ann Guard", "French", "Everything"}},
	  {.url = "/alder/people/%tom%/guardians/new?words=guard",
	   ADMIN,
	   .status = 200,
	   .has = {"Guard, Ben", "Guard, Ann"},
	   .has_not = {"Guarded, Tom"}},
	  {.url = "/alder/people/%tom%/guardians",
	   ADMIN,
	   .form = "words=guard&who=%ben%&since=2026-01-01&position=1&allowed=contact",
	   .status = 303},
	  {.url = "/alder/people/%tom%/guardians",
	   ADMIN,
	   .status = 200,
	   .has = {"Ben Guard", "Be asked to take part", "Ann Guard"}},
	  {.url = "/alder/people/%tom%/guardians",
	   ADMIN,
	   .form = "words=guard&who=%ben%&since=2026-02-01&position=1&allowed=contact",
	   .status = 422,
	   .has = {"guardian of the child already"}},
	  {.url = "/alder/people/%tom%/guardians",
	   ADMIN,
	   .form = "words=guard&who=%tom%&since=2026-02-01&position=1",
	   .status = 422});

SCENARIOS(
	"no contact needs its reason, and then the page no longer says how to reach the person",
	fill,
	{.url = "/alder/people/%tom%/guardians/%row%", ADMIN, .status = 200, .has = {"Ann Guard"}},
	{.url = "/alder/people/%tom%/guardians/%row%",
	 ADMIN,
	 .form = "position=2&allowed=*&no_contact=1&rev=1",
	 .status = 422,
	 .has = {"Say which decision"}},
	{.url = "/alder/people/%tom%/guardians/%row%",
	 ADMIN,
	 .form = "position=2&allowed=*&no_contact=1&no_contact_why=Order+7&rev=1",
	 .status = 303},
	{.url = "/alder/people/%tom%/guardians",
	 ADMIN,
	 .status = 200,
	 .has = {"No contact", "Order 7"}},
	{.url = "/alder/people/%tom%/guardians/%row%",
	 ADMIN,
	 .form = "position=2&allowed=*&rev=1",
	 .status = 409},
	{.url = "/alder/people/%tom%/guardians/%row%",
	 ADMIN,
	 .form = "position=2&allowed=*&rev=2&last_day=2019-01-01",
	 .status = 422,
	 .has = {"before the first day"}});

SCENARIOS("the guardians of one’s own child are not one’s own to keep; whom a court keeps away "
	  "finds nobody",
	  fill, {.url = "/alder/people/%tom%", .as = "registrar", .status = 200},
	  {.url = "/alder/people/%tom%/guardians", .as = "registrar", .status = 403},
	  {.url = "/alder/people/%tom%/guardians/new", .as = "registrar", .status = 403},
	  {.url = "/alder/people/%tom%/guardians/%row%", .as = "registrar", .status = 403},
	  {.url = "/alder/people/%tom%/guardians/%row%",
	   .as = "registrar",
	   .form = "position=2&allowed=*&rev=1",
	   .status = 403},
	  {.url = "/alder/people/%kai%/guardians", .as = "registrar", .status = 200},
	  {.url = "/alder/people/%kai%", ADMIN, .status = 404, .has_not = {"Kai"}},
	  {.url = "/alder/people/%kai%/guardians", ADMIN, .status = 404, .has_not = {"Kai"}},
	  {.url = "/alder/people/%kai%/edit", ADMIN, .status = 404},
	  {.url = "/alder/people/%kai%/contacts", ADMIN, .status = 404});

static void to_ask(struct world *w)
{
	int64_t tom = one(w, "guarded", "Tom Guarded"), ann = one(w, "guards", "Ann Guard");
	one(w, "to_guard", "Ben Guard");
	world_know(w, "guarding", str_fmt(w->arena, "%lld", (long long)stands(w, tom, ann, false)));
}

EXAMPLES(to_ask,
	 {.url = "/people/%guarded%/guardians",
	  ADMIN,
	  .form = "who=%to_guard%&since=2026-01-01&position=1&allowed=contact"},
	 {.url = "/people/%guarded%/guardians/%guarding%",
	  ADMIN,
	  .form = "position=1&allowed=contact&rev=1"});
