/* What waits for me: invitations to myself and to a child of mine. */
#include "app/activities/ask.h"
#include "base/arena.h"
#include "core/activity.h"
#include "core/args.h"
#include "core/group.h"
#include "core/person.h"
#include "core/text.h"
#include "example.h"

static int64_t plan(struct world *w, const char *title)
{
	int64_t id = world_activity(
		w, &(struct activity){.kind = "event", .starts_wall = S("2099-05-12T10:00")});
	world_activity_says(w, id, "title", "en", title);
	return id;
}

static void ask_of(struct world *w, const char *name, const char *title, int64_t who)
{
	int64_t of = plan(w, title);
	int64_t id = ask_add(w->db, w->arena,
			     &(struct ask_new){.org = w->a,
					       .activity = of,
					       .person = who,
					       .role = "participant",
					       .lang = S("en"),
					       .now = w->now});
	world_know_id(w, name, id);
	world_know_id(w, str_c(w->arena, str_fmt(w->arena, "%s_plan", name)), of);
}

/* A member is invited; so is the child of a teacher. */
static void fill(struct world *w)
{
	int64_t child = person_add(
		w->db, w->arena, ARGS(w->arena, ARG_AS("name", "Tim Child"), ARG_AS("lang", "en")),
		w->a, w->now);
	minor_until(w->db, w->arena, w->a, child, S("2098-01-01"));
	guardian_add(w->db, w->arena, w->a, child, world_person(w, "teacher"), S("2020-01-01"));
	world_know_id(w, "tim", child);
	world_activity(w, &(struct activity){.kind = "conference",
					     .starts_wall = S("2099-05-12T10:00"),
					     .responsible = world_person(w, "registrar")});
	ask_of(w, "mine", "Evening of mine", world_person(w, "member"));
	ask_of(w, "childs", "Evening of a child", child);
}

SCENARIOS(
	"an invitation waits on /me of who is to answer it, and leads to the page that answers",
	fill,
	{.url = "/alder/me",
	 .as = "member",
	 .status = 200,
	 .has = {"Evening of mine", "/alder/activities/invitations/%mine%"},
	 .has_not = {"Evening of a child", "say whether you come ·"}},
	{.url = "/alder/me",
	 .as = "teacher",
	 .status = 200,
	 .has = {"Evening of a child", "say whether you come · Tim Child"}},
	/* What has no title is called as its kind is. */
	{.url = "/alder/me",
	 .as = "registrar",
	 .status = 200,
	 .has = {">Conference</a>", "You are responsible"},
	 .has_not = {"Without a title"}},
	/* Whoever is asked may see it, though it is for staff. */
	{.url = "/alder/activities/%mine_plan%",
	 .as = "member",
	 .status = 200,
	 .has = {"Evening of mine"}},
	{.url = "/alder/", .as = "member", .status = 200, .has = {"Evening of mine"}},
	{.url = "/alder/activities/%childs_plan%", .as = "member", .status = 404},
	{.url = "/alder/activities/%mine_plan%", .as = "signed_in", .status = 404},
	{.url = "/alder/activities/invitations/%mine%", .as = "teacher", .status = 404},
	{.url = "/alder/activities/invitations/%mine%", .as = "teacher", .form = "", .status = 404},
	{.url = "/alder/activities/invitations/%mine%", .status = 303},
	{.url = "/alder/activities/invitations/%childs%",
	 .as = "teacher",
	 .status = 200,
	 .has = {"It is for Tim Child"}},
	{.url = "/alder/activities/invitations/%mine%",
	 .as = "member",
	 .status = 200,
	 .has = {"Evening of mine"}},
	{.url = "/alder/activities/invitations/%mine%",
	 .as = "member",
	 .form = "",
	 .status = 303,
	 .has = {"/alder/activities/answer/"}},
	{.url = "%location%", .form = "answer=decline", .status = 303},
	{.url = "/alder/me", .as = "member", .status = 200, .has_not = {"Evening of mine"}});

/* Tim's parents are signed in: one in touch, one whom a court keeps away, one whose time is over; and the parent of
 * a child that is none any more. */
static void fill_parents(struct world *w)
{
	static const char *const parents[] = {
		"INSERT INTO guardian (org, child, person, since, no_contact) VALUES (:org, "
		":child, "
		":kept, '2020-01-01', 1)",
		"INSERT INTO guardian (org, child, person, since, until) VALUES (:org, :child, "
		":former, "
		"'2020-01-01', '2026-01-01')",
	};
	fill(w);
	int64_t tim = 0;
	CHECK(str_int(world_known(w, "tim"), &tim));
	int64_t grown = world_newcomer(w, "grown", "Gro Grown", "en");
	minor_until(w->db, w->arena, w->a, grown, S("2020-01-01"));
	guardian_add(w->db, w->arena, w->a, tim, world_person(w, "guardian"), S("2020-01-01"));
	guardian_add(w->db, w->arena, w->a, grown, world_person(w, "profiler"), S("2020-01-01"));
	ask_of(w, "growns", "Evening of the grown", grown);
	for (size_t i = 0; i < 2; i++)
		db_exec(w->db, SQL(parents[i]),
			ARGS(w->arena, ARG_AS("org", w->a), ARG_AS("child", tim),
			     ARG_AS("kept", world_person(w, "learner")),
			     ARG_AS("former", world_person(w, "moderator"))));
}

#define TIMS "/alder/activities/%childs_plan%"
SCENARIOS("who answers for an asked child sees what it is asked to, as the child does, and nobody "
	  "else",
	  fill_parents,
	  {.url = TIMS, .as = "guardian", .status = 200, .has = {"Evening of a child"}},
	  {.url = TIMS ".ics", .as = "guardian", .status = 200, .has = {"SUMMARY"}},
	  {.url = "/alder/activities",
	   .as = "guardian",
	   .status = 200,
	   .has = {"Evening of a child"},
	   .has_not = {"Evening of mine"}},
	  {.url = "/alder/", .as = "guardian", .status = 200, .has = {"Evening of a child"}},
	  {.url = TIMS, .as = "learner", .status = 404},
	  {.url = TIMS, .as = "moderator", .status = 404},
	  {.url = TIMS, .as = "profiler", .status = 404},
	  {.url = "/alder/activities/%growns_plan%", .as = "profiler", .status = 404},
	  {.url = "/alder/activities/%mine_plan%", .as = "guardian", .status = 404},
	  {.url = TIMS, .as = "admin_of_b", .status = 404},
	  {.url = TIMS "/asked/%childs%/withdraw", .as = "admin", .form = "rev=1", .status = 303},
	  {.url = TIMS, .as = "guardian", .status = 404});

static void to_answer(struct world *w)
{
	ask_of(w, "waiting_for_me", "Waits", stage_owner(w));
}

EXAMPLES(to_answer,
	 {.url = "/activities/invitations/%waiting_for_me%", .as = "translator", .form = ""},
	 {.url = "/activities/invitations/%waiting_for_me%", .as = "translator"});
