#include "base/arena.h"
#include "core/args.h"
#include "core/band.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/person.h"
#include "core/right.h"
#include "core/text.h"
#include "example.h"

#define ADMIN .as = "admin"

static void band(struct world *w, const char *name, int64_t position, const char *as, bool adult)
{
	struct age_band b = {.org = w->a, .position = position, .adult = adult};
	band_add(w->db, w->arena, &b);
	text_first(w->db, w->arena,
		   &(struct text){.org = w->a,
				  .kind = "age_band",
				  .owner = b.id,
				  .field = "name",
				  .lang = S("en"),
				  .body = str_of(as),
				  .made_at = w->now});
	world_know_id(w, name, b.id);
}

WORLD(band_world)
{
	band(w, "band", 90, "Sample band", false);
}

static void fill(struct world *w)
{
	world_newcomer(w, "zoe", "Zoe Young", "en");
	band(w, "young", 1, "Up to thirteen", false);
	band(w, "old", 2, "From fourteen", false);
	band(w, "adults", 3, "Grown up", true);
}

SCENARIOS("the page of a pupil says both days: the last on which a guardian decides, and the first "
	  "alone",
	  fill, {.url = "/alder/people/bands", .as = "teacher", .status = 403},
	  {.url = "/alder/people/bands",
	   ADMIN,
	   .status = 200,
	   .has = {"Up to thirteen", "Grown up", "The first adult band"}},
	  {.url = "/alder/people/bands/purposes",
	   ADMIN,
	   .form = "purpose=evidence&from=%old%",
	   .status = 303},
	  {.url = "/alder/people/bands/purposes",
	   ADMIN,
	   .form = "purpose=nothing&from=%old%",
	   .status = 404},
	  {.url = "/alder/people/%zoe%/band", .as = "teacher", .status = 403},
	  {.url = "/alder/people/%zoe%/band",
	   ADMIN,
	   .status = 200,
	   .has = {"No age band is entered"}},
	  {.url = "/alder/people/%zoe%/band",
	   ADMIN,
	   .form = "band=%young%&since=2025-09-01&until=2099-03-15&rev=0",
	   .status = 303},
	  {.url = "/alder/people/%zoe%/band",
	   ADMIN,
	   .status = 200,
	   .has = {"A guardian, the last time on", "14 March 2099", "the learner alone from",
		   "15 March 2099", "From fourteen"}},
	  {.url = "/alder/people/%zoe%/consents",
	   ADMIN,
	   .status = 200,
	   .has = {"14 March 2099", "15 March 2099"}},
	  {.url = "/alder/people/%zoe%/band",
	   ADMIN,
	   .form = "band=%old%&since=2025-09-01&rev=0",
	   .status = 422,
	   .has = {"Somebody else changed this"}},
	  {.url = "/alder/people/%zoe%/band",
	   ADMIN,
	   .form = "band=%old%&since=2025-09-01&until=2025-08-01&rev=1",
	   .status = 422,
	   .has = {"changes after it began"}},
	  {.url = "/alder/people/%zoe%/band",
	   ADMIN,
	   .form = "band=%old%&since=2025-09-01&rev=1",
	   .status = 303},
	  {.url = "/alder/people/%zoe%/band",
	   ADMIN,
	   .status = 200,
	   .has = {"The learner alone, since", "A guardian"}});

SCENARIOS("age bands are kept in order, named in both languages, and stay while somebody is in one",
	  fill,
	  {.url = "/alder/people/bands",
	   ADMIN,
	   .form = "position=2&name=Twice&name=Deux",
	   .status = 422,
	   .has = {"has this place in the order"}},
	  {.url = "/alder/people/bands",
	   ADMIN,
	   .form = "position=9&name=&name=",
	   .status = 422,
	   .has = {"at least one language"}},
	  {.url = "/alder/people/bands",
	   ADMIN,
	   .form = "position=9&name=Elders&name=A%C3%AEn%C3%A9s&adult=1",
	   .status = 303},
	  {.url = "/alder/people/bands",
	   ADMIN,
	   .headers = "Accept-Language: fr",
	   .status = 200,
	   .has = {"Aînés"}},
	  {.url = "/alder/people/bands/%young%",
	   ADMIN,
	   .form = "position=1&name=Under+14&name=&rev=7",
	   .status = 422},
	  {.url = "/alder/people/bands/%young%/remove", ADMIN, .form = "", .status = 303},
	  {.url = "/alder/people/bands", ADMIN, .status = 200, .has_not = {"Up to thirteen"}});

/* A learner by role, two of a class, somebody of a team, and a class mate who is the registrar's own
 * child. */
static void fill_unbanded(struct world *w)
{
	fill(w);
	int64_t class = group_add(w->db, w->arena, w->a, "class", S("8B"), S("2020-09-01")),
		team = group_add(w->db, w->arena, w->a, "team", S("Team"), S("2020-09-01"));
	role_give(w->db, w->arena, w->a, world_newcomer(w, "by_role", "Bea Role", "en"),
		  role_by_key(w->db, w->arena, w->a, "learner"), 0, 0, w->now);
	int64_t own = world_newcomer(w, "own", "Own Child", "en");
	group_join(w->db, w->arena, w->a, class, own, S("2020-09-01"));
	group_join(w->db, w->arena, w->a, class, world_newcomer(w, "ann", "Ann Mate", "en"),
		   S("2020-09-01"));
	group_join(w->db, w->arena, w->a, class, world_newcomer(w, "cal", "Cal Mate", "en"),
		   S("2020-09-01"));
	group_join(w->db, w->arena, w->a, team, world_newcomer(w, "adult", "Adam Team", "en"),
		   S("2020-09-01"));
	guardian_add(w->db, w->arena, w->a, own, world_person(w, "registrar"), S("2020-01-01"));
	world_know_id(w, "class_8b", class);
}

#define WITHOUT   .url = "/alder/people/bands/without"
#define REGISTRAR .as = "registrar"
SCENARIOS(
	"learners without an age band are one list, and get one together, seen first",
	fill_unbanded, {WITHOUT, .as = "teacher", .status = 403},
	{WITHOUT, .as = "teacher", .form = "whom=all&band=%young%&since=2025-09-01", .status = 403},
	{.url = "/alder/people/bands",
	 REGISTRAR,
	 .status = 200,
	 .has = {"learners are without an age band", "/people/bands/without"}},
	{WITHOUT, REGISTRAR, .status = 200,
	 .has = {">Mate, Ann", ">Role, Bea", ">Mate, Cal", "Child, Own <span",
		 "counts as an adult here"},
	 .has_not = {"Adam", "Zoe"}},
	{.url = "/alder/people/bands/without?group=%class_8b%",
	 REGISTRAR,
	 .status = 200,
	 .has = {"<legend>3 learners</legend>", "Ann"},
	 .has_not = {"Bea"}},
	{WITHOUT, REGISTRAR, .form = "whom=ticked&band=%young%&since=2025-09-01", .status = 422,
	 .has = {"Tick whom it is about"}},
	{WITHOUT, REGISTRAR, .form = "whom=ticked&people=%ann%&band=%young%&since=2099-09-01",
	 .status = 422, .has = {"This day has not come yet", "value=\"%ann%\" checked"}},
	/* The whole class, as it would be: nothing is changed yet, and one's own child is not in it. */
	{WITHOUT, REGISTRAR,
	 .form = "whom=all&group=%class_8b%&band=%young%&since=2025-09-01&until=2099-03-15",
	 .status = 200,
	 .has = {"2 learners get this age band", "Up to thirteen",
		 "name=\"people\" value=\"%ann%\"", "15 March 2099"},
	 .has_not = {"name=\"people\" value=\"%own%\"", "Bea"}},
	{.url = "/alder/people/%ann%/band",
	 ADMIN,
	 .status = 200,
	 .has = {"No age band is entered"}},
	{WITHOUT, REGISTRAR,
	 .form = "whom=ticked&people=%ann%&people=%own%&people=%adult%&band=%young%&since="
		 "2025-09-01&until=2099-03-15&sure=1",
	 .status = 303},
	{.url = "/alder/people/%ann%/band",
	 ADMIN,
	 .status = 200,
	 .has = {"Up to thirteen", "15 March 2099"}},
	{.url = "/alder/people/%own%/band",
	 ADMIN,
	 .status = 200,
	 .has = {"No age band is entered"}},
	{.url = "/alder/people/%adult%/band",
	 ADMIN,
	 .status = 200,
	 .has = {"No age band is entered"}},
	{.url = "/alder/org/record", ADMIN, .status = 200, .has = {"Age band of a person entered"}},
	{WITHOUT, REGISTRAR, .status = 200, .has_not = {"Ann"}},
	{WITHOUT, REGISTRAR, .form = "whom=ticked&people=%ann%&band=%old%&since=2025-09-01&sure=1",
	 .status = 422});

static void to_ask(struct world *w)
{
	int64_t class = group_add(w->db, w->arena, w->a, "class", S("1A"), S("2020-09-01"));
	world_newcomer(w, "banded", "Zoe Banded", "en");
	group_join(w->db, w->arena, w->a, class, world_newcomer(w, "unbanded", "Una Banded", "en"),
		   S("2020-09-01"));
	world_know_id(w, "band_class", class);
	band(w, "a_band", 41, "Some", false);
	band(w, "free_band", 42, "Free", true);
}

EXAMPLES(to_ask, {.url = "/people/bands", ADMIN, .form = "position=55&name=New"},
	 {.url = "/people/bands/%free_band%", ADMIN, .form = "position=43&name=Other&rev=1"},
	 {.url = "/people/bands/%free_band%/remove", ADMIN, .form = ""},
	 {.url = "/people/bands/without", ADMIN},
	 {.url = "/people/bands/without",
	  ADMIN,
	  .form = "whom=ticked&group=%band_class%&people=%unbanded%&band=%a_band%&since="
		  "2025-01-01&sure=1"},
	 {.url = "/people/bands/purposes", ADMIN, .form = "purpose=evidence&from=%a_band%"},
	 {.url = "/people/%banded%/band",
	  ADMIN,
	  .form = "band=%a_band%&since=2025-01-01&until=2090-01-01&rev=0"});
