#include "core/check.h"

#include "base/arena.h"
#include "core/args.h"
#include "core/person.h"
#include "core/term.h"
#include "example.h"

static int64_t checked(struct world *w, int64_t person, int64_t kind, const char *until)
{
	return check_add(w->db, w->arena,
			 &(struct adult_check){.org = w->a,
					       .person = person,
					       .kind = kind,
					       .by = world_person(w, "registrar"),
					       .valid_until = str_of(until),
					       .now = w->now});
}

static int64_t fill_with(struct world *w, const char *name)
{
	int64_t person = person_add(w->db, w->arena,
				    ARGS(w->arena, ARG(name), ARG_AS("lang", "en")), w->a, w->now);
	int64_t kind = term_add(
		w->db, w->arena,
		&(struct term){
			.org = w->a, .scheme = CHECK_SCHEME, .code = S("own"), .position = 9});
	if (!kind)
		kind = term_find(w->db, w->arena, w->a, CHECK_SCHEME, S("own"));
	world_know_id(w, "adult", person);
	world_know_id(w, "check_kind", kind);
	return kind;
}

WORLD(check_world)
{
	int64_t kind = fill_with(w, "Vic Example"), person = 0;
	CHECK(str_int(world_known(w, "adult"), &person));
	world_know_id(w, "check", checked(w, person, kind, "2099-01-01"));
}

static void fill(struct world *w)
{
	int64_t kind = fill_with(w, "Vera Volunteer"), person = 0;
	CHECK(str_int(world_known(w, "adult"), &person));
	CHECK(checked(w, person, kind, "2020-01-01"));
	CHECK_INT(checked(w, world_person(w, "registrar"), kind, "2099-01-01"), 0); /* oneself */
	CHECK_INT(checked(w, person, 999999, "2099-01-01"), 0);
	CHECK_INT(check_holds(w->db, w->arena, w->a, person, S("2020-01-02")), 0);
	CHECK(check_holds(w->db, w->arena, w->a, person, S("2020-01-01")));
	world_know_id(w, "registrar", world_person(w, "registrar"));
}

SCENARIOS(
	"a check is noted by who saw the paper, is listed when it ends, and can be taken back",
	fill, {.url = "/alder/people/%adult%/checks", .as = "teacher", .status = 403},
	{.url = "/alder/people/%registrar%/checks", .as = "registrar", .status = 403},
	{.url = "/alder/people/checks",
	 .as = "registrar",
	 .status = 200,
	 .has = {"Volunteer, Vera", "ended"}},
	{.url = "/alder/people/%adult%/checks",
	 .as = "registrar",
	 .form = "kind=%check_kind%&valid_until=2001-01-01",
	 .status = 422,
	 .has = {"This day is over"}},
	{.url = "/alder/people/%adult%/checks",
	 .as = "registrar",
	 .form = "kind=%check_kind%&valid_until=2099-01-01",
	 .status = 303},
	{.url = "/alder/people/checks",
	 .as = "registrar",
	 .status = 200,
	 .has_not = {"Volunteer, Vera"}},
	{.url = "/alder/people/%adult%/checks",
	 .as = "registrar",
	 .status = 200,
	 .has = {"tag on\">holds", "Person registrar", "1 January 2099"},
	 .keep = {"end", "/checks/"}},
	{.url = "/alder/people/%adult%/checks/%end%", .as = "registrar", .form = "", .status = 303},
	{.url = "/alder/people/%adult%/checks",
	 .as = "registrar",
	 .status = 200,
	 .has = {"taken back"},
	 .has_not = {"tag on\">holds"}},
	{.url = "/alder/people/%adult%/checks/%end%",
	 .as = "registrar",
	 .form = "",
	 .status = 404});

static void to_ask(struct world *w)
{
	int64_t kind = fill_with(w, "Vera Volunteer"), person = 0;
	CHECK(str_int(world_known(w, "adult"), &person));
	world_know_id(w, "noted", checked(w, person, kind, "2099-01-01"));
}

EXAMPLES(to_ask,
	 {.url = "/people/%adult%/checks",
	  .as = "registrar",
	  .form = "kind=%check_kind%&valid_until=2099-01-01"},
	 {.url = "/people/%adult%/checks/%noted%/end", .as = "registrar", .form = ""});
