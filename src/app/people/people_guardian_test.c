#include "app/people/people_guardian.h"

#include "base/arena.h"
#include "core/args.h"
#include "core/consent.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/person.h"
#include "example.h"

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

static int64_t says(struct world *w, int64_t child, int64_t by)
{
	return consent_give(w->db, w->arena,
			    &(struct consent){.org = w->a,
					      .person = child,
					      .purpose = "contact",
					      .words = "contact",
					      .words_rev = 1,
					      .lang = S("fr"),
					      .given_by = by,
					      .given_how = "paper",
					      .now = w->now,
					      .today = S("2021-01-01")});
}

WORLD(guardian_world)
{
	int64_t tom = world_newcomer(w, "guarded_sample", "Tom", "fr"),
		ann = world_newcomer(w, "guardian_sample", "Ann", "fr");
	world_know_id(w, "guardian", stands(w, tom, ann, false));
	world_know_id(w, "consent", says(w, tom, ann));
}

/* The registrar is Tom's parent; the administrator may not know anything about Kai. */
static void fill(struct world *w)
{
	int64_t tom = world_newcomer(w, "tom", "Tom Guarded", "fr"),
		kai = world_newcomer(w, "kai", "Kai Guarded", "fr");
	int64_t ann = world_newcomer(w, "ann", "Ann Guard", "fr");
	world_newcomer(w, "ben", "Ben Guard", "fr");
	int64_t row = stands(w, tom, ann, false);
	stands(w, tom, world_person(w, "registrar"), false);
	stands(w, kai, world_person(w, "admin"), true);
	world_know_id(w, "row", row);
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
	  fill, {.url = "/alder/people/%tom%", .as = "registrar", .status = 403},
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

static void with_children(struct world *w)
{
	fill(w);
	int64_t zoe = world_newcomer(w, "zoe", "Zoe Adult", "fr"),
		ben = world_newcomer(w, "dad", "Dad Guard", "fr");
	(void)zoe;
	stands(w,
	       person_add(w->db, w->arena,
			  ARGS(w->arena, ARG_AS("name", "Nobody"), ARG_AS("lang", "en")), w->a,
			  w->now),
	       ben, false);
}

#define TAKE(giver, answer)                                                                        \
	"purpose=contact&giver=" giver "&answer=" answer "&how=telephone&language=fr"

SCENARIOS(
	"an answer by telephone is taken down with who took it; a no holds over the yes until "
	"taken back",
	with_children, {.url = "/alder/people/%tom%/consents", .as = "teacher", .status = 403},
	{.url = "/alder/people/%tom%/consents", .as = "registrar", .status = 403},
	{.url = "/alder/people/%kai%/consents", ADMIN, .status = 404},
	{.url = "/alder/people/%tom%/consents", ADMIN, .form = TAKE("%ann%", "yes"), .status = 303},
	{.url = "/alder/people/%tom%/consents",
	 ADMIN,
	 .status = 200,
	 .has = {"tag on\">Yes", "Ann Guard, by telephone", "French",
		 "taken down by Person admin"}},
	{.url = "/alder/people/%tom%/consents",
	 ADMIN,
	 .form = TAKE("%dad%", "yes"),
	 .status = 422,
	 .has = {"may not answer for this purpose"}},
	{.url = "/alder/people/%tom%/consents", ADMIN, .form = TAKE("%ann%", "no"), .status = 303},
	{.url = "/alder/people/%tom%/consents",
	 ADMIN,
	 .status = 200,
	 .has = {"<strong>No</strong>", "<s>Yes</s>"},
	 .has_not = {"tag on\">Yes"},
	 .keep = {"answer", "/consents/"}},
	{.url = "/alder/people/%zoe%/consents", ADMIN, .status = 200, .has = {"Zoe Adult"}});

SCENARIOS("what the barred say, and on whose behalf, is not taken down", with_children,
	  {.url = "/alder/people/%kai%/consents",
	   .as = "registrar",
	   .status = 200,
	   .has_not = {"Person admin"}},
	  {.url = "/alder/people/%tom%/consents",
	   ADMIN,
	   .form = TAKE("%ann%", "yes") "&last_day=2001-01-01",
	   .status = 422,
	   .has = {"This day is over"}},
	  {.url = "/alder/people/%tom%/consents",
	   ADMIN,
	   .form = "purpose=nothing&giver=%ann%&answer=yes&how=paper&language=en",
	   .status = 404});

static void to_ask(struct world *w)
{
	int64_t tom = world_newcomer(w, "guarded", "Tom Guarded", "fr"),
		ann = world_newcomer(w, "guards", "Ann Guard", "fr");
	world_newcomer(w, "to_guard", "Ben Guard", "fr");
	world_know_id(w, "guarding", stands(w, tom, ann, false));
	world_know_id(w, "said", says(w, tom, ann));
}

EXAMPLES(to_ask,
	 {.url = "/people/%guarded%/guardians",
	  ADMIN,
	  .form = "who=%to_guard%&since=2026-01-01&position=1&allowed=contact"},
	 {.url = "/people/%guarded%/guardians/%guarding%",
	  ADMIN,
	  .form = "position=1&allowed=contact&rev=1"},
	 {.url = "/people/%guarded%/consents",
	  ADMIN,
	  .form = "purpose=contact&giver=%guards%&answer=no&how=paper&language=fr"},
	 {.url = "/people/%guarded%/consents/%said%/withdraw", ADMIN, .form = ""});
