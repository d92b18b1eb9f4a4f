#include "app/people/people_merge.h"

#include "base/arena.h"
#include "core/args.h"
#include "core/group.h"
#include "core/merge.h"
#include "core/person.h"
#include "example.h"

static void fill(struct world *w)
{
	world_newcomer(w, "mia", "Mia Twice", "en");
	world_newcomer(w, "mya", "Mya Twice", "en");
	world_newcomer(w, "kid", "Kid Kidd", "en");
	world_know_id(w, "admin", world_person(w, "admin"));
	guardian_add(w->db, w->arena, w->a, world_newcomer(w, "small", "Small Child", "en"),
		     world_person(w, "registrar"), S("2020-01-01"));
}

SCENARIOS("the same person twice: looked for, seen side by side, made one, and two again", fill,
	  {.url = "/alder/people/%mia%/merge", .as = "teacher", .status = 403},
	  {.url = "/alder/people/%mia%/merge?words=twice",
	   .as = "registrar",
	   .status = 200,
	   .has = {"Twice, Mya", "merge?other=%mya%"},
	   .has_not = {"merge?other=%mia%"}},
	  {.url = "/alder/people/%mia%/merge?other=%mya%",
	   .as = "registrar",
	   .status = 200,
	   .has = {"is kept", "is joined to it", "Make them one", "For 30 days"}},
	  {.url = "/alder/people/%small%/merge?other=%mya%", .as = "registrar", .status = 403},
	  {.url = "/alder/people/%mia%/merge?other=%admin%", .as = "registrar", .status = 403},
	  {.url = "/alder/people/%mia%/merge",
	   .as = "registrar",
	   .form = "other=%mya%",
	   .status = 303,
	   .has = {"/people/merges"}},
	  {.url = "/alder/people/%mya%", .as = "registrar", .status = 404},
	  {.url = "/alder/people?words=twice",
	   .as = "registrar",
	   .status = 200,
	   .has = {"Twice, Mia"},
	   .has_not = {"Twice, Mya"}},
	  {.url = "/alder/people/merges",
	   .as = "registrar",
	   .status = 200,
	   .has = {"Mya Twice", "Undo"},
	   .keep = {"undo", "/people/merges/"}},
	  {.url = "/alder/org/record",
	   .as = "admin",
	   .status = 200,
	   .has = {"Two accounts made one"}},
	  {.url = "/alder/people/merges/%undo%", .as = "teacher", .form = "", .status = 403},
	  {.url = "/alder/people/merges/%undo%", .as = "registrar", .form = "", .status = 303},
	  {.url = "/alder/people/%mya%", .as = "registrar", .status = 200});

SCENARIOS("accounts stay two where one guards the other, and the page says why", fill,
	  {.url = "/alder/people/%kid%/guardians",
	   .as = "admin",
	   .form = "who=%mia%&since=2020-01-01&position=1&everything=1",
	   .status = 303},
	  {.url = "/alder/people/%mia%/merge?other=%kid%",
	   .as = "registrar",
	   .status = 200,
	   .has = {"nobody guards themself"},
	   .has_not = {"Make them one"}},
	  {.url = "/alder/people/%mia%/merge",
	   .as = "registrar",
	   .form = "other=%kid%",
	   .status = 422,
	   .has = {"cannot be made one"}});

/* ---- for the tests over all routes ---- */

static int64_t made(struct world *w, int64_t kept, int64_t alias)
{
	return merge_make(w->db, w->arena,
			  &(struct merge){.org = w->a,
					  .kept = kept,
					  .alias = alias,
					  .now = w->now,
					  .day = S("2026-01-01")});
}

WORLD(merge_world)
{
	int64_t id = made(w, world_newcomer(w, "merge_kept", "Una Merged", "en"),
			  world_newcomer(w, "merge_alias", "Oona", "en"));
	world_know_id(w, "merge", id);
}

static void twins(struct world *w)
{
	world_newcomer(w, "merging", "Ute Merging", "en");
	world_newcomer(w, "merging_too", "Uta Merging", "en");
	int64_t id = made(w, world_newcomer(w, "merged", "Ida Merged", "en"),
			  world_newcomer(w, "merged_too", "Eda", "en"));
	world_know_id(w, "merged_row", id);
}

EXAMPLES(twins, {.url = "/people/%merging%/merge?words=uta&other=%merging_too%", .as = "admin"},
	 {.url = "/people/%merging%/merge", .as = "admin", .form = "other=%merging_too%"},
	 {.url = "/people/merges/%merged_row%/undo", .as = "admin", .form = ""});
