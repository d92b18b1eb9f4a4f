#include "app/people/groups.h"

#include "base/arena.h"
#include "core/args.h"
#include "core/group.h"
#include "core/person.h"
#include "scenario.h"

static int64_t add(struct world *w, int64_t org, const char *name)
{
	return person_add(w->db, w->arena, ARGS(w->arena, ARG(name), ARG_AS("lang", "en")), org,
			  w->now);
}

/* Kim was in 3B until the end of January, Lou came in February, the teacher leads 3B and not 3C. */
static void fill(struct world *w)
{
	int64_t year =
		year_add(w->db, w->arena, w->a, S("2025-2026"), S("2025-08-01"), S("2026-08-01"));
	int64_t b = group_add(w->db, w->arena, w->a, "class", S("3B"), S("2025-08-01"));
	int64_t c = group_add(w->db, w->arena, w->a, "class", S("3C"), S("2025-08-01"));
	int64_t kim = add(w, w->a, "Kim Kite"), lou = add(w, w->a, "Lou Lake"),
		ana = add(w, w->a, "Ana"), elsewhere = add(w, w->b, "Eli Else");
	int64_t teacher = world_person(w, "teacher");
	group_join(w->db, w->arena, w->a, b, kim, S("2025-08-01"));
	group_leave(w->db, w->arena, w->a, b, kim, S("2026-02-01"));
	group_join(w->db, w->arena, w->a, b, lou, S("2026-02-01"));
	group_join(w->db, w->arena, w->a, c, ana, S("2025-08-01"));
	world_know_id(w, "leads",
		      group_staff_add(w->db, w->arena, w->a, b, teacher, S("2025-08-01")));
	world_know_id(w, "school_year", year);
	world_know_id(w, "b", b);
	world_know_id(w, "c", c);
	world_know_id(w, "kim", kim);
	world_know_id(w, "lou", lou);
	world_know_id(w, "ana", ana);
	world_know_id(w, "elsewhere", elsewhere);
}

SCENARIOS("a teacher sees the groups they are responsible for, and no others", fill,
	  {.url = "/alder/people/groups",
	   .as = "teacher",
	   .status = 200,
	   .has = {">3B<", "responsible for"},
	   .has_not = {">3C<", "Add a group"}},
	  {.url = "/alder/people/groups/%b%",
	   .as = "teacher",
	   .status = 200,
	   .has_not = {"Add members", "/choose", "/people/%kim%"}},
	  {.url = "/alder/people/groups/%c%", .as = "teacher", .status = 404},
	  {.url = "/alder/people/groups/%c%.csv", .as = "teacher", .status = 404},
	  {.url = "/alder/people/groups.json",
	   .as = "teacher",
	   .status = 200,
	   .has = {"\"3B\""},
	   .has_not = {"\"3C\""}},
	  {.url = "/alder/people/groups", .as = "member", .status = 403},
	  {.url = "/alder/people/groups", .as = "admin", .status = 200, .has = {">3B<", ">3C<"}},
	  {.url = "/alder/people/groups/%b%/staff/%leads%",
	   .as = "admin",
	   .form = "last_day=2025-08-31",
	   .status = 303},
	  {.url = "/alder/people/groups/%b%", .as = "teacher", .status = 404});

SCENARIOS(
	"who belonged to a group is asked for a day, and counted on that day", fill,
	{.url = "/alder/people/groups/%b%?day=2026-01-31",
	 .as = "admin",
	 .status = 200,
	 .has = {"1 member · 31 January 2026</h2>", ">Kite, Kim</a></th>", "Before and after"},
	 .has_not = {">Lake, Lou</a></th>"}},
	{.url = "/alder/people/groups/%b%?day=2026-02-01",
	 .as = "admin",
	 .status = 200,
	 .has = {">Lake, Lou</a></th>"},
	 .has_not = {">Kite, Kim</a></th>"}},
	{.url = "/alder/people/groups.json?day=2019-12-31",
	 .as = "admin",
	 .status = 200,
	 .has = {"\"members\":0"},
	 .has_not = {"\"members\":1"}},
	{.url = "/alder/people/%kim%", .as = "admin", .status = 200, .has = {">3B</a>", "until"}});

SCENARIOS("a group is added in its year, filled, changed without overwriting, and ended", fill,
	  {.url = "/alder/people/groups/new", .as = "admin", .status = 200, .has = {"2025-2026"}},
	  {.url = "/alder/people/groups",
	   .as = "admin",
	   .form = "name=4A&kind=class&year=%school_year%",
	   .status = 303},
	  {
		  .url = "%location%",
		  .as = "admin",
		  .status = 200,
		  .has = {"<h1>4A</h1>", "2025-2026", "1 August 2025"},
	  },
	  {.url = "/alder/people/groups/%c%/choose?words=lake",
	   .as = "admin",
	   .status = 200,
	   .has = {"Lake, Lou"},
	   .has_not = {"Eli"}},
	  {.url = "/alder/people/groups/%c%/choose",
	   .as = "admin",
	   .form = "words=lake&since=2026-02-01",
	   .status = 422,
	   .has = {"Choose at least one person"}},
	  {.url = "/alder/people/groups/%c%/choose",
	   .as = "admin",
	   .form = "people=%lou%&since=2025-01-01",
	   .status = 422,
	   .has = {"begins later"}},
	  {.url = "/alder/people/groups/%c%/choose",
	   .as = "admin",
	   .form = "people=%elsewhere%&since=2026-02-01",
	   .status = 404},
	  {.url = "/alder/people/groups/%c%/choose",
	   .as = "admin",
	   .form = "people=%lou%&people=%kim%&since=2025-09-01",
	   .status = 303},
	  {.url = "/alder/people/groups/%c%?day=2025-09-01",
	   .as = "admin",
	   .status = 200,
	   .has = {"3 members", "Kite, Kim", "Lake, Lou"}},
	  {.url = "/alder/people/groups/%c%/edit",
	   .as = "admin",
	   .form = "name=3C+Sud&kind=team&year=%school_year%&since=2025-08-01&rev=1",
	   .status = 303},
	  {.url = "/alder/people/groups/%c%/edit",
	   .as = "admin",
	   .status = 200,
	   .has = {"<option value=\"team\" selected>",
		   "<option value=\"%school_year%\" selected>"}},
	  {.url = "/alder/people/groups/%c%/edit",
	   .as = "admin",
	   .form = "name=3X&kind=class&since=2025-08-01&rev=1",
	   .status = 409,
	   .has = {"3C Sud", "value=\"3X\""}},
	  {.url = "/alder/people/groups/%c%/end",
	   .as = "admin",
	   .form = "last_day=2025-12-31",
	   .status = 303},
	  {.url = "/alder/people/groups/%c%?day=2025-12-31",
	   .as = "admin",
	   .status = 200,
	   .has = {"3 members"}},
	  {.url = "/alder/people/groups/%c%?day=2026-01-01",
	   .as = "admin",
	   .status = 200,
	   .has = {"0 members"}},
	  {.url = "/alder/people/groups/%c%/choose",
	   .as = "admin",
	   .form = "people=%lou%&since=2026-02-01",
	   .status = 422,
	   .has = {"has ended"}});

TEST_DB("a mistake leaves no membership, and nobody leaves before they came")
{
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	db_begin(w.db, DB_WRITE, w.a);
	int64_t c = 0, id, ana = 0;
	NEED(str_int(world_known(&w, "c"), &c) && str_int(world_known(&w, "ana"), &ana));
	id = val_i(val_at(group_members(w.db, w.arena, w.a, c, S("2026-01-01")), 0), "person");
	CHECK_INT(id, ana);
	CHECK(!group_leave(w.db, w.arena, w.a, c, ana, S("2025-07-31")));
	CHECK(group_leave(w.db, w.arena, w.a, c, ana, S("2025-08-01")));
	CHECK_INT(val_count(group_members(w.db, w.arena, w.a, c, S("2025-08-01"))), 0);
	CHECK(group_end(w.db, w.arena, w.a, c, S("2026-01-01")));
	CHECK(!group_end(w.db, w.arena, w.a, c, S("2026-01-02")));
	db_rollback(w.db);
	world_end(&w);
}

SCENARIOS("school years are kept apart, and changed without overwriting", NULL,
	  {.url = "/alder/people/groups/years",
	   .as = "admin",
	   .form = "name=2026-2027&since=2026-08-01&last_day=2026-07-01",
	   .status = 422},
	  {.url = "/alder/people/groups/years",
	   .as = "admin",
	   .form = "name=2026-2027&since=2026-08-01&last_day=2027-07-31",
	   .status = 303},
	  {.url = "/alder/people/groups/years",
	   .as = "admin",
	   .form = "name=Again&since=2026-08-01&last_day=2027-07-31",
	   .status = 422,
	   .has = {"begins on this day"}},
	  {.url = "/alder/people/groups/years",
	   .as = "admin",
	   .status = 200,
	   .has = {"2026-2027", "31 July 2027"},
	   .keep = {"made", "action=\"/alder/people/groups/years/"}},
	  {.url = "/alder/people/groups/years/%made%",
	   .as = "admin",
	   .form = "name=Late&since=2026-08-02&last_day=2027-07-31&rev=99",
	   .status = 422,
	   .has = {"Somebody else changed"}},
	  {.url = "/alder/people/groups/years", .as = "teacher", .status = 403});
