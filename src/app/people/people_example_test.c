/* A good request for each POST route about people, by who keeps the list. */
#include "base/arena.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/invite.h"
#include "core/person.h"
#include "core/right.h"
#include "example.h"

#define ADMIN .as = "admin"

static void fill(struct world *w)
{
	struct val *sam = ARGS(w->arena, ARG_AS("name", "Sam Sample"), ARG_AS("lang", "en"));
	int64_t person = person_add(w->db, w->arena, sam, w->a, w->now);
	int64_t guides = role_add(w->db, w->arena, w->a, S("Guides"), (struct rights){0}, w->now);
	int64_t member = role_by_key(w->db, w->arena, w->a, "member");
	struct val *contact = ARGS(w->arena, ARG(person), ARG_AS("kind", "email"),
				   ARG_AS("value", "sam@example.org"));
	struct val *guest = ARGS(w->arena, ARG_AS("org", w->a), ARG_AS("email", "ira@example.org"),
				 ARG_AS("name", "Ira"), ARG_AS("lang", "en"),
				 ARG_AS("role", guides), ARG_AS("person", 0));
	struct str token;
	int64_t class = group_add(w->db, w->arena, w->a, "class", S("3B"), S("2020-01-01"));
	world_know_id(w, "kept_group", class);
	world_know_id(w, "joined",
		      group_join(w->db, w->arena, w->a, class, person, S("2020-01-01")));
	world_know_id(w, "leads",
		      group_staff_add(w->db, w->arena, w->a, class, person, S("2020-01-01")));
	world_know_id(w, "newcomer",
		      person_add(w->db, w->arena,
				 ARGS(w->arena, ARG_AS("name", "Noa"), ARG_AS("lang", "en")), w->a,
				 w->now));
	world_know_id(w, "class_year",
		      year_add(w->db, w->arena, w->a, S("2020"), S("2020-01-01"), S("2021-01-01")));
	world_know_id(w, "listed", person);
	world_know_id(w, "contact_of", contact_add(w->db, w->arena, contact, w->now));
	world_know_id(w, "guides", guides);
	world_know_id(w, "member_role", member);
	world_know_id(w, "held", role_give(w->db, w->arena, w->a, person, guides, 0, 0, w->now));
	world_know_id(w, "invited", invite_make(w->db, w->arena, guest, 0, w->now, &token));
}

EXAMPLES(fill, {.url = "/people", ADMIN, .form = "name=Noor&language=fr"},
	 {.url = "/people/%listed%/edit", ADMIN, .form = "name=Sami&language=en&rev=1"},
	 {.url = "/people/%listed%/leave", ADMIN, .form = ""},
	 {.url = "/people/%listed%/contacts", ADMIN, .form = "kind=web&value=https://sam.example"},
	 {.url = "/people/%listed%/contacts/%contact_of%/remove", ADMIN, .form = ""},
	 {.url = "/people/%listed%/card", ADMIN, .form = "user_name=sam", .status = 200},
	 {.url = "/people/%listed%/second/remove", ADMIN, .form = ""},
	 {.url = "/people/%listed%/roles", ADMIN, .form = "role=%member_role%&until=2099-01-31"},
	 {.url = "/people/%listed%/roles/%held%/take", ADMIN, .form = ""},
	 {.url = "/people/roles", ADMIN, .form = "name=Hosts&allowed=people_read"},
	 {.url = "/people/roles/%guides%", ADMIN, .form = "name=Hosts&allowed=people_read&rev=1"},
	 {.url = "/people/groups", ADMIN, .form = "name=4A&kind=class&year=%class_year%"},
	 {.url = "/people/groups/%kept_group%/edit",
	  ADMIN,
	  .form = "name=3D&kind=class&year=%class_year%&since=2020-01-01&rev=1"},
	 {.url = "/people/groups/%kept_group%/end", ADMIN, .form = "last_day=2020-12-31"},
	 {.url = "/people/groups/%kept_group%/choose",
	  ADMIN,
	  .form = "to=staff&people=%newcomer%&since=2020-02-01"},
	 {.url = "/people/groups/%kept_group%/members/%joined%",
	  ADMIN,
	  .form = "last_day=2020-12-31"},
	 {.url = "/people/groups/%kept_group%/staff/%leads%", ADMIN, .form = "last_day=2020-12-31"},
	 {.url = "/people/groups/years",
	  ADMIN,
	  .form = "name=2021&since=2021-01-01&last_day=2021-12-31"},
	 {.url = "/people/groups/years/%class_year%",
	  ADMIN,
	  .form = "name=2020b&since=2020-01-01&last_day=2020-12-31&rev=1"},
	 {.url = "/people/invitations",
	  ADMIN,
	  .form = "email=sam@example.org&name=Sam&language=en&role=%guides%&person=%listed%"},
	 {.url = "/people/invitations/%invited%/revoke", ADMIN, .form = ""});
