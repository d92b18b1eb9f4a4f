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
	struct activity is = {.org = w->a,
			      .kind = "event",
			      .mode = "in_person",
			      .status = "planned",
			      .starts_wall = S("2099-05-12T10:00"),
			      .zone = S("America/Toronto"),
			      .starts_at = 4082277600,
			      .minutes = 60,
			      .visibility = "private",
			      .now = w->now};
	int64_t id = activity_add(w->db, w->arena, &is);
	text_first(w->db, w->arena,
		   &(struct text){.org = w->a,
				  .kind = "activity",
				  .owner = id,
				  .field = "title",
				  .lang = S("en"),
				  .body = str_of(title),
				  .made_at = w->now});
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

static void to_answer(struct world *w)
{
	ask_of(w, "waiting_for_me", "Waits", stage_owner(w));
}

EXAMPLES(to_answer,
	 {.url = "/activities/invitations/%waiting_for_me%", .as = "translator", .form = ""},
	 {.url = "/activities/invitations/%waiting_for_me%", .as = "translator"});
