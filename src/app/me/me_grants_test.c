/* What a person did elsewhere is read by grant: given, seen, ended. */
#include "core/activity.h"
#include "core/group.h"
#include "core/participation.h"
#include "core/person.h"
#include "scenario.h"

enum { HOUR = 3600 };

/* The member of the first organisation spoke at a session of the second. */
static void fill(struct world *w)
{
	int64_t me = world_person(w, "member"), pupil = world_person(w, "learner");
	struct activity is = {.org = w->b,
			      .kind = "session",
			      .status = "held",
			      .starts_at = w->now - 9 * 24 * HOUR,
			      .minutes = 45,
			      .now = w->now - 9 * 24 * HOUR};
	person_join(w->db, w->arena, me, w->b, w->now);
	int64_t activity = world_activity(w, &is);
	participation_add(w->db, w->arena,
			  &(struct participation){.org = w->b,
						  .activity = activity,
						  .person = me,
						  .role = "speaker",
						  .state = "attended",
						  .minutes = 45,
						  .ground = "agreement",
						  .attested_by = me,
						  .now = w->now,
						  .why = ""});
	minor_until(w->db, w->arena, w->a, pupil, S("2030-01-01"));
	world_know_id(w, "me", me);
	world_know_id(w, "a", w->a);
	world_know_id(w, "b", w->b);
}

#define CPD    "/alder/activities/people/%me%/cpd"
#define LEAD   .as = "careers_lead"
#define ME     .as = "member"
#define GRANTS "/alder/me/grants"

SCENARIOS("what I did elsewhere is read where I let it, for one purpose and until a day, and I "
	  "read that it was",
	  fill, {.url = CPD, LEAD, .status = 200, .has = {"0 entries"}, .has_not = {"45 minutes"}},
	  {.url = "/alder/me/record", ME, .status = 200, .has_not = {"somebody outside"}},
	  {.url = GRANTS,
	   ME,
	   .status = 200,
	   .has = {"You let no other organisation read", "Birch", "CPD"}},
	  {.url = GRANTS,
	   ME,
	   .form = "reader=%a%&purpose=cpd&from=%b%&until=2026-01-01",
	   .status = 422,
	   .has = {"within three years"}},
	  {.url = GRANTS,
	   ME,
	   .form = "reader=%a%&purpose=cpd&from=%a%&until=2026-12-31",
	   .status = 422,
	   .has = {"reads its own records already"}},
	  {.url = GRANTS,
	   ME,
	   .form = "reader=%a%&purpose=figure&from=%b%&until=2026-12-31",
	   .status = 422},
	  {.url = GRANTS,
	   .as = "translator",
	   .form = "reader=%a%&purpose=cpd&from=%b%&until=2026-12-31",
	   .status = 404},
	  {.url = GRANTS,
	   .as = "learner",
	   .form = "reader=%a%&purpose=cpd&from=&until=2026-12-31",
	   .status = 403},
	  {.url = GRANTS,
	   .as = "learner",
	   .status = 200,
	   .has = {"your school asks your guardians"},
	   .has_not = {"name=\"until\""}},
	  {.url = GRANTS,
	   ME,
	   .form = "reader=%a%&purpose=evidence&from=%b%&until=2026-12-31",
	   .status = 303},
	  {.url = CPD, LEAD, .status = 200, .has = {"0 entries"}},
	  {.url = GRANTS,
	   ME,
	   .form = "reader=%a%&purpose=cpd&from=%b%&until=2026-12-31",
	   .status = 303},
	  {.url = GRANTS,
	   ME,
	   .form = "reader=%a%&purpose=cpd&from=%b%&until=2027-01-31",
	   .status = 303},
	  {.url = GRANTS,
	   ME,
	   .status = 200,
	   .has = {"31 January 2027", "No longer"}, /* the newer end replaced the other */
	   .keep = {"grant", "/me/grants/"}},
	  {.url = CPD, LEAD, .status = 200, .has = {"45 minutes"}},
	  {.url = "/alder/activities/people/%me%/contact",
	   LEAD,
	   .status = 200,
	   .has_not = {"45 minutes"}},
	  {.url = "/alder/me/record",
	   ME,
	   .status = 200,
	   .has = {"somebody outside", "Person careers_lead", ">Birch Board<"}},
	  {.url = "/alder/me/grants/%grant%", .as = "translator", .form = "", .status = 404},
	  {.url = "/alder/me/grants/%grant%", ME, .form = "", .status = 303},
	  {.url = CPD, LEAD, .status = 200, .has = {"0 entries"}, .has_not = {"45 minutes"}},
	  {.url = "/alder/me/grants/%grant%", ME, .form = "", .status = 404});
