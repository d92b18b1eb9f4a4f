#include "app/org/org.h"

#include "base/arena.h"
#include "core/agreement.h"
#include "core/job.h"
#include "core/org.h"
#include "scenario.h"

static void fill(struct world *w)
{
	terms_publish(w->db, w->arena, w->b, "use", 0, S("en"), S("Rules of Birch"), S("x"),
		      w->now);
	const struct val *rows = terms_current(w->db, w->arena, w->b, S("en"));
	world_know_id(w, "of_b", val_i(val_at(rows, 0), "id"));
}

#define GOOD                                                                                       \
	"lang1=en&name1=Alder+House&lang2=fr&name2=Maison+de+l%E2%80%99Aulne&zone=America%"        \
	"2FHalifax&sender_name=&sender_email="

SCENARIOS(
	"names, languages, zone and sender are changed by administrators, never over another's "
	"change",
	NULL,
	{.url = "/alder/org",
	 .as = "admin",
	 .status = 200,
	 .has = {"value=\"Alder Guild\"", "value=\"America/Toronto\"", "(French)",
		 "name=\"lang3\""}},
	{.url = "/alder/org", .as = "registrar", .status = 403},
	{.url = "/alder/org", .as = "admin_of_b", .status = 403},
	{.url = "/alder/org", .as = "admin_of_b", .form = GOOD "&rev=1", .status = 403},
	{.url = "/alder/org",
	 .as = "admin",
	 .form = GOOD "&lang3=iu&name3=%E1%93%B4%E1%93%87%E1%95%97&rev=1",
	 .status = 303},
	{.url = "/alder/org",
	 .as = "admin",
	 .status = 200,
	 .has = {"<span>Alder House</span>", "America/Halifax", "Inuktitut",
		 "name=\"rev\" value=\"2\""}},
	{.url = "/alder/org",
	 .as = "admin",
	 .form = GOOD "&reflect_days=6&rev=2",
	 .status = 422,
	 .has = {"id=\"e-reflect_days\"", "value=\"6\""}},
	{.url = "/alder/org", .as = "admin", .form = GOOD "&reflect_days=366&rev=2", .status = 422},
	{.url = "/alder/org", .as = "admin", .form = GOOD "&reflect_days=14&rev=2", .status = 303},
	{.url = "/alder/org", .as = "admin", .form = GOOD "&rev=3", .status = 303},
	{.url = "/alder/org",
	 .as = "admin",
	 .status = 200,
	 .has = {"name=\"reflect_days\" type=\"number\" value=\"14\""}},
	{.url = "/alder/org",
	 .as = "admin",
	 .form = GOOD "&rev=1",
	 .status = 409,
	 .has = {"Someone else changed", "name=\"rev\" value=\"4\""}},
	{.url = "/alder/org", .headers = "Accept-Language: fr", .status = 303},
	{.url = "/alder/",
	 .headers = "Accept-Language: fr",
	 .status = 200,
	 .has = {"<span>Maison de l’Aulne</span>"}});

SCENARIOS("a language without a name is dropped; what is wrong is said and nothing typed is lost",
	  NULL,
	  {.url = "/alder/org",
	   .as = "admin",
	   .form = "lang1=en&name1=One&lang2=fr&name2=&zone=Mars%2FOlympus&sender_email=nonsense&"
		   "rev=1",
	   .status = 422,
	   .has = {"no time zone", "not an e-mail address", "value=\"One\"",
		   "value=\"Mars/Olympus\"", "value=\"nonsense\""}},
	  {.url = "/alder/org",
	   .as = "admin",
	   .form = "lang1=&name1=&zone=UTC&rev=1",
	   .status = 422,
	   .has = {"one language at least"}},
	  {.url = "/alder/org",
	   .as = "admin",
	   .form = "lang1=en&name1=One&lang2=en&name2=Two&zone=UTC&rev=1",
	   .status = 422,
	   .has = {"there twice", "value=\"Two\""}},
	  {.url = "/alder/org",
	   .as = "admin",
	   .form = "lang1=en&name1=One&lang2=e_n&name2=Two&zone=UTC&rev=1",
	   .status = 422,
	   .has = {"as a tag"}},
	  {.url = "/alder/org",
	   .as = "admin",
	   .form = "lang1=en&name1=One&lang2=fr&name2=&zone=UTC&rev=1",
	   .status = 303},
	  {.url = "/alder/org",
	   .as = "admin",
	   .status = 200,
	   .has = {"value=\"One\""},
	   .has_not = {"(French)", "name=\"lang3\""}});

SCENARIOS("short name, host and address cannot be changed from a page", NULL,
	  {.url = "/alder/org",
	   .as = "admin",
	   .form = GOOD "&slug=birch&host=evil.example&base=https%3A%2F%2Fevil.example&rev=1",
	   .status = 303},
	  {.url = "/alder/org",
	   .as = "admin",
	   .status = 200,
	   .has = {"https://waypost.example/alder"},
	   .has_not = {"evil"}});

SCENARIOS("terms are published by version and language, read by everybody, as text that can do no "
	  "harm",
	  fill, {.url = "/alder/org/terms", .as = "registrar", .status = 403},
	  {.url = "/alder/org/terms",
	   .as = "admin",
	   .form = "kind=conduct&language=en&title=&body=",
	   .status = 422},
	  {.url = "/alder/org/terms",
	   .as = "admin",
	   .form = "kind=conduct&language=en&title=Be+kind&body=%23+One%0A%0A%3Cscript%3Ealert(1)%"
		   "3C%2Fscript%3E%0A%0A-+listen",
	   .status = 303},
	  {.url = "/alder/terms",
	   .status = 200,
	   .has = {"Be kind", "Code of conduct"},
	   .has_not = {"Birch"},
	   .keep = {"new", "href=\"/alder/terms/"}},
	  {.url = "/alder/terms/%new%",
	   .status = 200,
	   .has = {"<h2>One</h2>", "<li>listen"},
	   .has_not = {"<script>alert"}},
	  {.url = "/alder/org/terms",
	   .as = "admin",
	   .form = "kind=conduct&language=fr&same_version=1&title=Soyez+aimables&body=x",
	   .status = 303},
	  {.url = "/alder/org/terms",
	   .as = "admin",
	   .form = "kind=conduct&language=fr&same_version=1&title=Encore&body=x",
	   .status = 422,
	   .has = {"already", "value=\"Encore\""}},
	  {.url = "/alder/org/terms",
	   .as = "admin",
	   .status = 200,
	   .has = {"Soyez aimables", "French"}},
	  {.url = "/alder/terms/%of_b%", .status = 404},
	  {.url = "/birch/terms/%of_b%", .status = 200});

static void to_be_deleted(struct world *w)
{
	struct str key = org_deletion_key(w->arena, w->a);
	job_ask(w->db, w->arena,
		&(struct job_asked){.kind = "org.delete",
				    .key = str_c(w->arena, key),
				    .now = w->now,
				    .not_before = w->now + 30 * 86400});
}

SCENARIOS("settings tell that an organisation is to be deleted, and how it can leave",
	  to_be_deleted,
	  {.url = "/alder/org",
	   .as = "admin",
	   .status = 200,
	   .has = {"This organisation will be deleted after", "waypost export --org alder FILE"}},
	  {.url = "/birch/org",
	   .as = "admin_of_b",
	   .status = 200,
	   .has = {"waypost export --org birch FILE"},
	   .has_not = {"will be deleted"}});
