/* Plans told through their pages, on both engines. */
#include "base/arena.h"
#include "core/activity.h"
#include "core/args.h"
#include "core/group.h"
#include "core/org.h"
#include "core/person.h"
#include "core/place.h"
#include "core/text.h"
#include "scenario.h"

static struct str number(struct world *w, int64_t n)
{
	return str_fmt(w->arena, "%lld", (long long)n);
}

static int64_t add(struct world *w, const char *visibility, const char *title)
{
	int64_t id = world_activity(w, &(struct activity){.kind = "event",
							  .starts_wall = S("2099-05-12T10:00"),
							  .visibility = visibility});
	world_activity_says(w, id, "title", "en", title);
	return id;
}

/* What the paths of activities name, of organisation a. */
WORLD(activities_world)
{
	int64_t id = add(w, "private", "Sample event");
	world_know(w, "activity", number(w, id));
	world_know(w, "place",
		   number(w, place_add(w->db, w->arena, w->a,
				       &(struct place){.name = S("Sample hall"),
						       .zone = S("America/St_Johns")})));
}

/* A private, an invited and a public one; the member is in the invited group. */
static void fill(struct world *w)
{
	int64_t invited = add(w, "invited", "For us"), open = add(w, "public", "For everybody"),
		class = group_add(w->db, w->arena, w->a, "class", S("3B"), S("2020-09-01"));
	group_join(w->db, w->arena, w->a, class, world_person(w, "member"), S("2020-09-01"));
	world_know(w, "invited", number(w, invited));
	world_know(w, "open", number(w, open));
	world_know(w, "class", number(w, class));
}

/* The organisation is in Vancouver. */
static void fill_in_vancouver(struct world *w)
{
	fill(w);
	struct val *org = org_by_id(w->db, w->arena, w->a);
	val_set_str(org, "zone", S("America/Vancouver"));
	CHECK(org_change(w->db, w->arena, org) == ORG_CHANGED);
}

#define LEAD  .as = "careers_lead"
#define WHERE "kind=visit&mode=in_person&minutes=90&visibility=private"

SCENARIOS(
	"a visit is planned, changed, cancelled and planned again, and the old rows stay", fill,
	{.url = "/alder/activities/new", LEAD, .status = 200, .has = {"Sample hall", "3B"}},
	{.url = "/alder/activities/new", LEAD, .form = WHERE "&title=&date=&time=", .status = 422},
	{.url = "/alder/activities/new",
	 LEAD,
	 .form = WHERE "&title=To+the+mill&date=2099-05-12&time=10:00&groups=%class%&capacity=25"
		       "&going_out=1&learners_per_adult=8&slip=1&wanted_host=2&materials=Boots",
	 .status = 303,
	 .has = {"Location: /alder/activities/"},
	 .keep = {"mill", "Location: /alder/activities/"}},
	{.url = "%location%",
	 LEAD,
	 .status = 200,
	 .has = {"<h1>To the mill</h1>", "Tuesday 12 May 2099, 10:00\u00a0– 11:30",
		 "One adult for 8 learners", "Hosts (2)", "Boots", "<dd>3B</dd>"}},
	{.url = "/alder/activities/%mill%/edit",
	 LEAD,
	 .status = 200,
	 .has = {"value=\"To the mill\"", "value=\"10:00\"", "value=\"25\""}},
	{.url = "/alder/activities/%mill%/edit",
	 LEAD,
	 .form = WHERE "&title=To+the+mill&date=2099-05-13&time=9+h+15&rev=1&why=The+mill+asked",
	 .status = 303},
	{.url = "/alder/activities/%mill%",
	 LEAD,
	 .status = 200,
	 .has = {"Wednesday 13 May 2099, 09:15\u00a0– 10:45", "Tuesday 12 May 2099",
		 "The mill asked"}},
	{.url = "/alder/activities/%mill%/edit",
	 LEAD,
	 .form = WHERE "&title=Elsewhere&date=2099-05-14&time=9:15&rev=1",
	 .status = 409,
	 .has = {"Someone else changed", "value=\"Elsewhere\"", "name=\"rev\" value=\"2\"",
		 "Stored now:"}},
	{.url = "/alder/activities/%mill%/held", LEAD, .form = "rev=2", .status = 303},
	{.url = "/alder/activities/%mill%", LEAD, .status = 200, .has = {"<dd>Planned</dd>"}},
	{.url = "/alder/activities/%mill%/cancel", LEAD, .form = "rev=2&why=", .status = 422},
	{.url = "/alder/activities/%mill%/cancel", LEAD, .form = "rev=2&why=Snow", .status = 303},
	{.url = "/alder/activities/%mill%",
	 LEAD,
	 .status = 200,
	 .has = {"This activity is cancelled", "Snow"}},
	{.url = "/alder/activities/%mill%/again", LEAD, .form = "rev=3", .status = 303},
	{.url = "/alder/activities/%mill%",
	 LEAD,
	 .status = 200,
	 .has = {"<dd>Planned</dd>", "Snow"},
	 .has_not = {"This activity is cancelled"}});

SCENARIOS("saving a plan without a change is no correction", fill,
	  {.url = "/alder/activities/new",
	   LEAD,
	   .form = WHERE "&title=Same&date=2099-05-12&time=10:00&groups=%class%",
	   .status = 303,
	   .keep = {"same", "Location: /alder/activities/"}},
	  {.url = "/alder/activities/%same%/edit",
	   LEAD,
	   .form = WHERE "&title=Same&date=2099-05-12&time=10:00&groups=%class%&rev=1",
	   .status = 303},
	  {.url = "/alder/activities/%same%",
	   LEAD,
	   .status = 200,
	   .has_not = {"What it said before"}},
	  {.url = "/alder/activities/%same%/edit",
	   LEAD,
	   .form = WHERE "&title=Same&date=2099-05-12&time=10:00&rev=1",
	   .status = 303},
	  {.url = "/alder/activities/%same%",
	   LEAD,
	   .status = 200,
	   .has = {"What it said before"},
	   .has_not = {"<dd>3B</dd>"}});

SCENARIOS("a meeting in St. John’s booked from Vancouver: on the night clocks change it is asked "
	  "which",
	  fill_in_vancouver,
	  {.url = "/alder/activities/new",
	   LEAD,
	   .form = WHERE "&title=Call&place=%place%&date=2026-03-08&time=02:30",
	   .status = 422,
	   .has = {"skip this time"}},
	  {.url = "/alder/activities/new",
	   LEAD,
	   .form = WHERE "&title=Call&place=%place%&date=2026-11-01&time=01:30",
	   .status = 422,
	   .has = {"comes twice", "Newfoundland Daylight Time", "Newfoundland Standard Time",
		   "value=\"Call\""}},
	  {.url = "/alder/activities/new",
	   LEAD,
	   .form = WHERE "&title=Call&place=%place%&date=2026-11-01&time=01:30&which=second",
	   .status = 303,
	   .keep = {"call", "Location: /alder/activities/"}},
	  {.url = "/alder/activities/%call%",
	   LEAD,
	   .status = 200,
	   .has = {"Sunday 1 November 2026, 01:30\u00a0– 03:00, Newfoundland Standard Time",
		   "Here: Saturday 31 October 2026, 22:00\u00a0– 23:30"}},
	  {.url = "/alder/activities/%call%.ics",
	   LEAD,
	   .status = 200,
	   .has = {"DTSTART:20261101T050000Z", "TZID:America/St_Johns"}},
	  {.url = "/alder/activities/%call%/edit",
	   LEAD,
	   .status = 200,
	   .has = {"value=\"second\" checked"}},
	  {.url = "/alder/activities/%call%/edit",
	   LEAD,
	   .form = WHERE "&title=Call&place=%place%&date=2026-11-01&time=01:30&which=first&rev=1",
	   .status = 303},
	  {.url = "/alder/activities/%call%.ics",
	   LEAD,
	   .status = 200,
	   .has = {"DTSTART:20261101T040000Z"}},
	  {.url = "/alder/activities/new",
	   LEAD,
	   .form = WHERE "&title=Call&zone=America/Vancouver&place=%place%&date=2099-05-12"
			 "&time=09:00",
	   .status = 303},
	  {.url = "%location%", LEAD, .status = 200, .has_not = {"Here:"}});

SCENARIOS("who sees what: all, those who are invited, everybody", fill,
	  {.url = "/alder/activities",
	   .status = 200,
	   .has = {"For everybody"},
	   .has_not = {"For us", "Sample event", "Plan an activity"}},
	  {.url = "/alder/activities/%invited%", .status = 404},
	  {.url = "/alder/activities/%activity%", .status = 404},
	  {.url = "/alder/activities/%open%", .status = 200, .has_not = {"Change the plan"}},
	  {.url = "/alder/activities/%invited%/edit",
	   LEAD,
	   .form = "title=For+us&kind=event&mode=technology&visibility=invited&minutes=60&rev=1"
		   "&date=2099-05-12&time=10:00&groups=%class%&link=https://meet.example/x",
	   .status = 303},
	  {.url = "/alder/activities",
	   .as = "member",
	   .status = 200,
	   .has = {"For everybody", "For us"},
	   .has_not = {"Sample event"}},
	  {.url = "/alder/activities/%invited%",
	   .as = "member",
	   .status = 200,
	   .has = {"https://meet.example/x"},
	   .has_not = {"<dd>3B</dd>"}},
	  {.url = "/alder/activities", .as = "translator", .status = 200, .has_not = {"For us"}},
	  {.url = "/alder/activities/%invited%", .as = "translator", .status = 404},
	  {.url = "/alder/activities",
	   .as = "safeguarding_lead",
	   .status = 200,
	   .has = {"Sample event", "For us"},
	   .has_not = {"Plan an activity"}});

/* More than a list ever held: 301 who may lead, 201 corrections, 51 dates at one place. */
static void fill_long(struct world *w)
{
#define NUMBERS                                                                                    \
	"WITH RECURSIVE n(i) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i "  \
	"< :most) "
	struct val *args =
		ARGS(w->arena, ARG_AS("org", w->a), ARG_AS("most", 301), ARG_AS("now", w->now));
	fill(w);
	db_exec(w->db,
		SQL("INSERT INTO person (name, sort_name, lang, made_at) " NUMBERS
		    "SELECT 'Leader ' || CAST(i AS text), 'Leader ' || CAST(i AS text), 'en', "
		    "CAST(:now AS bigint) FROM n"),
		args);
	db_exec(w->db,
		SQL("INSERT INTO person_role (org, person, role, since) SELECT r.org, p.id, r.id, "
		    "0 "
		    "FROM role r, person p WHERE r.org = :org AND r.shipped = 'careers_lead' AND "
		    "p.name LIKE 'Leader %'"),
		args);
	val_set_int(args, "most", 201);
	val_set(args, "open", val_text(w->arena, world_known(w, "open")));
	db_exec(w->db,
		SQL("INSERT INTO activity_past (activity, rev, org, kind, mode, status, "
		    "starts_wall, zone, minutes, corrected_at, why) " NUMBERS
		    "SELECT a.id, i + 100, a.org, a.kind, a.mode, a.status, a.starts_wall, a.zone, "
		    "60, i, 'Reason ' || CAST(i AS text) || '.' FROM n, activity a WHERE a.org = "
		    ":org AND CAST(a.id AS text) = :open"),
		args);
	val_set_int(args, "most", 51);
	val_set(args, "hall", val_text(w->arena, world_known(w, "place")));
	db_exec(w->db,
		SQL("INSERT INTO activity (org, kind, mode, status, starts_wall, zone, starts_at, "
		    "minutes, visibility, made_at, place) " NUMBERS
		    "SELECT p.org, 'visit', 'in_person', 'planned', '2099-05-13T10:00', "
		    "'America/Toronto', 4082277600 + i, 60, 'private', CAST(:now AS bigint), p.id "
		    "FROM n, place p WHERE p.org = :org AND CAST(p.id AS text) = :hall"),
		args);
}

SCENARIOS(
	"the list is by kind, coming or past, in pages, and as data; a list that is long is whole "
	"or says how "
	"long it is",
	fill_long,
	{.url = "/alder/activities?kind=visit", LEAD, .status = 200, .has_not = {"Sample event"}},
	{.url = "/alder/activities?when=past", LEAD, .status = 200, .has_not = {"Sample event"}},
	{.url = "/alder/activities?after_at=4082277600&after_id=%activity%",
	 LEAD,
	 .status = 200,
	 .has = {"From the beginning"},
	 .has_not = {"Sample event"}},
	{.url = "/alder/activities.csv",
	 LEAD,
	 .status = 200,
	 .has = {"id,title,kind,mode,status,starts_wall", "For us"}},
	{.url = "/alder/activities.json", .status = 200, .has = {"\"title\":\"For everybody\""}},
	{.url = "/alder/activities/new", LEAD, .status = 200, .has = {">Leader 1<", ">Leader 99<"}},
	{.url = "/alder/activities/%open%",
	 LEAD,
	 .status = 200,
	 .has = {"Reason 1.", "Reason 201."}},
	{.url = "/alder/activities/places/%place%",
	 LEAD,
	 .status = 200,
	 .has = {"1 to 50 of 51", "/alder/activities/places/%place%?first=50"}},
	{.url = "/alder/activities/places/%place%?first=50",
	 LEAD,
	 .status = 200,
	 .has = {"51 to 51 of 51"}});

SCENARIOS(
	"a place is added, changed, retired and offered again", fill,
	{.url = "/alder/activities/places/new", LEAD, .form = "name=Gym&zone=Mars", .status = 422},
	{.url = "/alder/activities/places/new",
	 LEAD,
	 .form = "name=Gym&zone=&access=Two+steps&address=1+Main+Street",
	 .status = 303,
	 .keep = {"gym", "Location: /alder/activities/places/"}},
	{.url = "%location%", LEAD, .status = 200, .has = {"<h1>Gym</h1>", "Two steps"}},
	{.url = "/alder/language", LEAD, .form = "language=fr&back=/", .status = 303},
	{.url = "/alder/activities/places/%gym%",
	 LEAD,
	 .status = 200,
	 .has = {"lang=\"en\">Two steps"}},
	{.url = "/alder/language", LEAD, .form = "language=en&back=/", .status = 303},
	{.url = "/alder/activities/places/%gym%/edit",
	 LEAD,
	 .form = "name=Great+gym&rev=1",
	 .status = 303},
	{.url = "/alder/activities/places/%gym%/edit",
	 LEAD,
	 .form = "name=Small+gym&rev=1",
	 .status = 409,
	 .has = {"Someone else changed", "Great gym", "value=\"Small gym\""}},
	{.url = "/alder/activities/places/%gym%/retire", LEAD, .form = "", .status = 303},
	{.url = "/alder/activities/new", LEAD, .status = 200, .has_not = {"Great gym"}},
	{.url = "/alder/activities/new",
	 LEAD,
	 .form = WHERE "&title=X&date=2099-05-12&time=10:00&place=%gym%",
	 .status = 422,
	 .has = {"Choose one of the places"}},
	{.url = "/alder/activities/places/%gym%/return", LEAD, .form = "", .status = 303},
	{.url = "/alder/activities/new", LEAD, .status = 200, .has = {"Great gym"}},
	{.url = "/birch/activities/places/%gym%", .as = "admin_of_b", .status = 404},
	{.url = "/birch/activities/%open%", .as = "admin_of_b", .status = 404});
