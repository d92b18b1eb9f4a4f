#include "base/arena.h"
#include "core/args.h"
#include "core/consent.h"
#include "core/guardian.h"
#include "core/person.h"
#include "example.h"

#define ADMIN .as = "admin"

WORLD(purpose_world)
{
	world_know(w, "code", S("evidence"));
}

/* Kai may not be known to the registrar; Zoe answered for herself. */
static void fill(struct world *w)
{
	int64_t people[2] = {world_newcomer(w, "zoe", "Zoe Grown", "en"),
			     world_newcomer(w, "kai", "Kai Guarded", "en")};
	for (int i = 0; i < 2; i++)
		consent_give(w->db, w->arena,
			     &(struct consent){.org = w->a,
					       .person = people[i],
					       .purpose = "evidence",
					       .words = "evidence",
					       .words_rev = 1,
					       .given_by = people[i],
					       .given_how = "paper",
					       .now = w->now,
					       .today = S("2026-01-01")});
	guardian_enter(w->db, w->arena,
		       &(struct guardian){.org = w->a,
					  .child = people[1],
					  .person = world_person(w, "registrar"),
					  .position = 1,
					  .since = S("2020-01-01"),
					  .purposes = val_list(w->arena),
					  .no_contact = true,
					  .why = S("Order 1"),
					  .now = w->now});
}

#define WORDS "name=Evidence+anew&name=Preuve&words=May+we%3F&words=Pouvons-nous+%3F"

SCENARIOS("new words are a new version; an answer keeps the one it was given to, and the page says "
	  "which",
	  fill, {.url = "/alder/people/purposes", .as = "teacher", .status = 403},
	  {.url = "/alder/people/purposes",
	   ADMIN,
	   .status = 200,
	   .has = {"Use what they did as evidence", "Give time to others"}},
	  {.url = "/alder/people/purposes/evidence",
	   ADMIN,
	   .status = 200,
	   .has = {"Version 1", "Zoe Grown", "Kai Guarded",
		   "value=\"Use what they did as evidence\" lang=\"en\"",
		   "value=\"Voir ses activités servir de preuve\" lang=\"fr\""}},
	  {.url = "/alder/people/purposes/evidence",
	   .as = "registrar",
	   .status = 200,
	   .has = {"Zoe Grown"},
	   .has_not = {"Kai"}},
	  {.url = "/alder/people/purposes/evidence", ADMIN, .form = WORDS "&rev=0", .status = 303},
	  {.url = "/alder/people/purposes/evidence",
	   ADMIN,
	   .status = 200,
	   .has = {"Version 2", "May we?", "tag\">older"}},
	  {.url = "/alder/people/purposes/evidence",
	   ADMIN,
	   .form = WORDS "&rev=0",
	   .status = 422,
	   .has = {"Somebody else changed"}},
	  {.url = "/alder/people/%zoe%/consents",
	   ADMIN,
	   .status = 200,
	   .has = {"Evidence anew", "tag on\">Yes", "soft\">missing<"},
	   .has_not = {">No</span>"}},
	  {.url = "/alder/people/purposes/evidence/retire", ADMIN, .form = "rev=1", .status = 303},
	  {.url = "/alder/people/purposes", ADMIN, .status = 200, .has = {"no longer asked"}});

SCENARIOS("an organisation adds a purpose of its own, which is then asked like the others", fill,
	  {.url = "/alder/people/purposes",
	   ADMIN,
	   .form = "name=&name=&words=&words=",
	   .status = 422,
	   .has = {"at least one language"}},
	  {.url = "/alder/people/purposes",
	   ADMIN,
	   .form = "name=Photos&name=Photos&words=May+we+take+pictures%3F&words=",
	   .status = 303,
	   .keep = {"address", "Location: "}},
	  {.url = "%address%",
	   ADMIN,
	   .status = 200,
	   .has = {"May we take pictures?", "Nobody has answered yet"}},
	  {.url = "/alder/people/%zoe%/consents", ADMIN, .status = 200, .has = {"Photos"}},
	  {.url = "/alder/people/purposes/nothing", ADMIN, .status = 404});

EXAMPLES(NULL, {.url = "/people/purposes", ADMIN, .form = "name=Mine&words=Yes%3F"},
	 {.url = "/people/purposes/evidence",
	  ADMIN,
	  .form = "name=Mine&words=Yes%3F&rev=0",
	  .words = "code"},
	 {.url = "/people/purposes/figure/retire", ADMIN, .form = "rev=0", .words = "code"});
