/* A good request for each POST route of activities, by a careers leader. */
#include "base/arena.h"
#include "core/activity.h"
#include "core/args.h"
#include "core/group.h"
#include "core/link.h"
#include "core/person.h"
#include "core/place.h"
#include "core/right.h"
#include "core/term.h"
#include "example.h"

#define LEAD .as = "careers_lead"

static void fill(struct world *w)
{
	struct activity is = {.starts_at = w->now - 3600};
	world_know_id(w, "visit", world_activity(w, &is));
	is.visibility = "public";
	world_know_id(w, "open_day", world_activity(w, &is));
	is.visibility = "private";
	is.status = "cancelled";
	world_know_id(w, "off", world_activity(w, &is));
	int64_t lead = person_add(w->db, w->arena,
				  ARGS(w->arena, ARG_AS("name", "Lea"), ARG_AS("lang", "fr")), w->a,
				  w->now);
	role_give(w->db, w->arena, w->a, lead, role_by_key(w->db, w->arena, w->a, "teacher"), 0, 0,
		  w->now);
	world_know_id(w, "leader", lead);
	world_know_id(w, "own_method",
		      term_add(w->db, w->arena,
			       &(struct term){.org = w->a, .scheme = "method", .code = S("own")}));
	world_know_id(w, "class",
		      group_add(w->db, w->arena, w->a, "class", S("3B"), S("2020-09-01")));
	struct str token = link_make(w->db, w->arena,
				     &(struct link_new){.purpose = "feed.person",
							.org = w->a,
							.owner = stage_owner(w),
							.subject = stage_owner(w),
							.now = w->now,
							.ends_at = w->now + 86400,
							.uses = 9});
	world_know(w, "feed_token", token);
	struct val *links = links_of(w->db, w->arena, stage_owner(w), w->now);
	for (size_t i = 0; i < val_count(links); i++)
		if (str_is(val_s(val_at(links, i), "purpose"), "feed.person"))
			world_know_id(w, "feed", val_i(val_at(links, i), "id"));
	world_know_id(w, "hall",
		      place_add(w->db, w->arena, w->a,
				&(struct place){.name = S("Hall"), .zone = S("America/Toronto")}));
}

#define PLAN                                                                                       \
	"title=Visit&kind=visit&mode=in_person&date=2099-05-12&time=10:00&minutes=60"              \
	"&visibility=private&place=%hall%&method=%own_method%&responsible=%leader%"

EXAMPLES(fill, {.url = "/activities/%open_day%/share"}, {.url = "/activities/%open_day%/picture"},
	 {.url = "/activities/feed/%feed_token%"}, {.url = "/activities/%visit%/ask", LEAD},
	 {.url = "/activities/feeds", LEAD, .form = "feed=group&group=%class%", .status = 200},
	 {.url = "/activities/feeds/%feed%/revoke", .as = "translator", .form = ""},
	 {.url = "/activities/new", LEAD, .form = PLAN},
	 {.url = "/activities/%visit%/edit", LEAD, .form = PLAN "&rev=1"},
	 {.url = "/activities/%visit%/cancel", LEAD, .form = "rev=1&why=Snow"},
	 {.url = "/activities/%visit%/held", LEAD, .form = "rev=1"},
	 {.url = "/activities/%off%/again", LEAD, .form = "rev=1"},
	 {.url = "/activities/places/new", LEAD, .form = "name=Gym&zone=America/Toronto"},
	 {.url = "/activities/places/%hall%/edit", LEAD, .form = "name=Hall+2&rev=1"},
	 {.url = "/activities/places/%hall%/retire", LEAD, .form = ""},
	 {.url = "/activities/places/%hall%/return", LEAD, .form = ""});
