#include "base/arena.h"
#include "core/correction.h"
#include "example.h"

#define ADMIN .as = "admin"

WORLD(correction_world)
{
	int64_t id =
		correction_ask(w->db, w->arena,
			       &(struct correction){.org = w->a,
						    .person = world_person(w, "standards_editor"),
						    .words = S("Sample"),
						    .now = w->now});
	world_know_id(w, "correction", id);
}

SCENARIOS(
	"a person asks for a correction; it lies before somebody with a name, who answers it once",
	NULL, {.url = "/alder/me/correct", .status = 303},
	{.url = "/alder/people/corrections", .as = "member", .status = 403},
	{.url = "/alder/me/correct", .as = "member", .form = "words=", .status = 422},
	{.url = "/alder/me/correct",
	 .as = "member",
	 .status = 200,
	 .has = {"It will lie before Person"}},
	{.url = "/alder/me/correct",
	 .as = "member",
	 .form = "words=My+name+has+two+n",
	 .status = 303},
	{.url = "/alder/me/correct",
	 .as = "member",
	 .form = "words=Again",
	 .status = 422,
	 .has = {"You have asked already"}},
	{.url = "/alder/me/correct",
	 .as = "member",
	 .status = 200,
	 .has = {"My name has two n", "Waits for an answer"}},
	{.url = "/alder/people/corrections",
	 ADMIN,
	 .status = 200,
	 .has = {"Person member", "two n"},
	 .keep = {"asked", "/alder/people/corrections/"}},
	{.url = "/alder/me", ADMIN, .status = 200, .has = {"/alder/people/corrections"}});

SCENARIOS("nobody answers their own request; an answer is read by who asked", NULL,
	  {.url = "/alder/me/correct", ADMIN, .form = "words=Mine", .status = 303},
	  {.url = "/alder/people/corrections", ADMIN, .status = 200, .has_not = {"Mine"}},
	  {.url = "/alder/people/corrections/%correction%",
	   ADMIN,
	   .form = "answer=It+is+done",
	   .status = 303},
	  {.url = "/alder/people/corrections/%correction%",
	   ADMIN,
	   .form = "answer=Twice",
	   .status = 422,
	   .has = {"answered already"}},
	  {.url = "/alder/me/correct",
	   .as = "standards_editor",
	   .status = 200,
	   .has = {"It is done", "Person admin"}});

static void to_ask(struct world *w)
{
	int64_t id = correction_ask(w->db, w->arena,
				    &(struct correction){.org = w->a,
							 .person = world_person(w, "coordinator"),
							 .words = S("To answer"),
							 .now = w->now});
	world_know_id(w, "to_correct", id);
}

EXAMPLES(to_ask, {.url = "/people/corrections/%to_correct%", ADMIN, .form = "answer=Done"},
	 {.url = "/me/correct", .as = "translator", .form = "words=Please"});
