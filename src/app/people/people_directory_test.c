/* The directory: narrowed, taken along with what its reader may see, and back in as it went out. */
#include "app/people/people_batch.h"
#include "base/arena.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/person.h"
#include "core/right.h"
#include "example.h"

#define REGISTRAR .as = "registrar"

static const struct {
	const char *name, *lang, *email, *phone;
} people[] = {{"Ada Moss", "en", "moss@home.example", "+1 204 555 0101"},
	      {"ᐱᑕ", "iu", NULL, NULL},
	      {"Zoé Lachance-Roy", "fr", "moss@home.example", NULL}};

/* A day decides: what was and what is to come are no groups of today. */
static void not_today(struct world *w, int64_t person)
{
	int64_t before =
		group_add(w->db, w->arena, w->a, "class", S("Last year’s"), S("2020-09-01"));
	group_join(w->db, w->arena, w->a, before, person, S("2020-09-01"));
	group_leave(w->db, w->arena, w->a, before, person, S("2021-07-01"));
	group_join(w->db, w->arena, w->a,
		   group_add(w->db, w->arena, w->a, "class", S("Next year’s"), S("2098-09-01")),
		   person, S("2098-09-01"));
}

/* A court keeps the registrar from a child. */
static void keep_apart(struct world *w, int64_t learner)
{
	int64_t kept = person_add(
		w->db, w->arena, ARGS(w->arena, ARG_AS("name", "Kept Apart"), ARG_AS("lang", "en")),
		w->a, w->now);
	role_give(w->db, w->arena, w->a, kept, learner, 0, 0, w->now);
	CHECK(guardian_enter(w->db, w->arena,
			     &(struct guardian){.org = w->a,
						.child = kept,
						.person = world_person(w, "registrar"),
						.position = 1,
						.since = S("2025-01-01"),
						.purposes = val_list(w->arena),
						.no_contact = true,
						.why = S("No 1"),
						.now = w->now}));
}

static void fill(struct world *w)
{
	int64_t year =
		year_add(w->db, w->arena, w->a, S("2025–2026"), S("2025-09-01"), S("2026-12-31"));
	int64_t class = group_add(w->db, w->arena, w->a, "class", S("7A"), S("2025-09-01"));
	group_change(w->db, w->arena, w->a,
		     ARGS(w->arena, ARG_AS("id", class), ARG_AS("rev", 1), ARG_AS("kind", "class"),
			  ARG_AS("name", "7A"), ARG(year), ARG_AS("since", "2025-09-01")));
	int64_t learner = role_by_key(w->db, w->arena, w->a, "learner");
	for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
		struct val *who = ARGS(w->arena, ARG_AS("name", people[i].name),
				       ARG_AS("lang", people[i].lang));
		int64_t person = person_add(w->db, w->arena, who, w->a, w->now);
		role_give(w->db, w->arena, w->a, person, learner, 0, 0, w->now);
		if (people[i].email)
			contact_add(w->db, w->arena,
				    ARGS(w->arena, ARG(person), ARG_AS("kind", "email"),
					 ARG_AS("value", people[i].email)),
				    w->now);
		if (people[i].phone)
			contact_add(w->db, w->arena,
				    ARGS(w->arena, ARG(person), ARG_AS("kind", "phone"),
					 ARG_AS("value", people[i].phone)),
				    w->now);
		if (i)
			group_join(w->db, w->arena, w->a, class, person, S("2025-09-01"));
		else
			world_know_id(w, "ada", person);
		if (i != 1)
			continue;
		not_today(w, person);
	}
	int64_t ada = 0;
	CHECK(str_int(world_known(w, "ada"), &ada));
	minor_until(w->db, w->arena, w->a, ada, S("2099-01-01"));
	int64_t gone =
		person_add(w->db, w->arena,
			   ARGS(w->arena, ARG_AS("name", "Gone Person"), ARG_AS("lang", "en")),
			   w->a, w->now - 99);
	person_leave(w->db, w->arena, gone, w->a, w->now - 9);
	keep_apart(w, learner);
	/* Who may read the list and nothing more. */
	int64_t readers = role_add(w->db, w->arena, w->a, S("Readers"),
				   rights_with((struct rights){0}, PEOPLE_READ), w->now);
	role_give(w->db, w->arena, w->a, world_person(w, "signed_in"), readers, 0, 0, w->now);
	role_give(w->db, w->arena, w->a, ada, readers, 0, 0, w->now - 9);
	world_know_id(w, "class", class);
	world_know_id(w, "tenth",
		      group_add(w->db, w->arena, w->a, "class", S("10A"), S("2025-09-01")));
	world_know_id(w, "year", year);
	world_know_id(w, "learner", learner);
}

/* A page and ten more of one role. */
static void crowd(struct world *w)
{
	int64_t learner = role_by_key(w->db, w->arena, w->a, "learner");
	for (int i = 0; i < 60; i++)
		role_give(w->db, w->arena, w->a,
			  world_newcomer(w, "last",
					 str_c(w->arena, str_fmt(w->arena, "Kin %02d", i)), "en"),
			  learner, 0, 0, w->now);
	world_know_id(w, "learner", learner);
}

SCENARIOS("the people that a narrowed list has on all its pages are counted; a whole long list is "
	  "not",
	  crowd,
	  {.url = "/alder/people?role=%learner%",
	   REGISTRAR,
	   .status = 200,
	   .has = {"<caption>61 people</caption>", "00, Kin"},
	   .has_not = {"59, Kin"}},
	  {.url = "/alder/people?words=kin+59",
	   REGISTRAR,
	   .status = 200,
	   .has = {"<caption>1 person</caption>"}},
	  {.url = "/alder/people",
	   REGISTRAR,
	   .status = 200,
	   .has = {"Next page"},
	   .has_not = {"<caption>"}});

SCENARIOS("people are narrowed by role, group, year and state; contacts are for who writes to them",
	  fill,
	  {.url = "/alder/people?group=%class%",
	   REGISTRAR,
	   .status = 200,
	   .has = {"ᐱᑕ", "Lachance-Roy, Zoé",
		   "7A (2025–2026)</option>\n<option value=\"%tenth%\">10A</option>",
		   "ᐱᑕ</a></th><td data-label=\"Groups\">7A</td>"},
	   .has_not = {"Moss, Ada"}},
	  {.url = "/alder/people?year=%year%&words=zoe",
	   REGISTRAR,
	   .status = 200,
	   .has = {"Lachance-Roy, Zoé"},
	   .has_not = {"ᐱᑕ"}},
	  {.url = "/alder/people?words=moss+ada",
	   REGISTRAR,
	   .status = 200,
	   .has = {"Moss, Ada</a></th>", "<td data-label=\"Roles\">Learner, Readers</td>"},
	   .has_not = {"ᐱᑕ</a>"}},
	  {.url = "/alder/people?role=%learner%&sort=newest",
	   REGISTRAR,
	   .status = 200,
	   .has = {"Moss, Ada", "ᐱᑕ"},
	   .has_not = {"Person registrar</a></th>"}},
	  {.url = "/alder/people?state=minors",
	   REGISTRAR,
	   .status = 200,
	   .has = {"Moss, Ada"},
	   .has_not = {"ᐱᑕ"}},
	  {.url = "/alder/people?state=left",
	   REGISTRAR,
	   .status = 200,
	   .has = {"Person, Gone"},
	   .has_not = {"Moss, Ada"}},
	  {.url = "/alder/people?group=999999",
	   REGISTRAR,
	   .status = 200,
	   .has = {"Nobody on the list is so."}},
	  {.url = "/alder/people/%ada%", REGISTRAR, .status = 200, .has = {"moss@home.example"}},
	  {.url = "/alder/people/%ada%",
	   .as = "signed_in",
	   .status = 200,
	   .has = {"Ada Moss"},
	   .has_not = {"moss@home.example", "Contacts</h2>"}},
	  {.url = "/alder/people/export", .as = "teacher", .form = "", .status = 403},
	  {.url = "/alder/people/export",
	   .as = "signed_in",
	   .form = "role=%learner%",
	   .status = 200,
	   .has = {"Ada Moss", "text/csv", "Name in lists,", "Kept Apart"},
	   .has_not = {"moss@home.example", "2099-01-01", "E-mail"}},
	  {.url = "/alder/people/export",
	   REGISTRAR,
	   .form = "role=%learner%",
	   .status = 200,
	   .has = {"moss@home.example", "2099-01-01", "'+1 204 555 0101", "A minor until"},
	   .has_not = {"Kept Apart"}});

/* Every one of the people in it can read who took it along. */
static void back_in(struct world *w, const char *header)
{
	world_ask(w, &(struct scenario){.url = "/alder/people/export", REGISTRAR, .form = ""});
	struct str file = w->last.body;
	struct str form =
		str_fmt(w->arena,
			"--frontier\r\nContent-Disposition: form-data; name=\"file\"; "
			"filename=\"people.csv\"\r\nContent-Type: text/csv\r\n\r\n" STR_FMT
			"\r\n--frontier--\r\n",
			STR_ARG(file));
	CHECK(str_find(file, S("ᐱᑕ")) > 0);
	CHECK(str_find(file, str_of(header)) >= 0);
	TELL(w, .url = "/alder/people/batches", REGISTRAR, .status = 303,
	     .headers = "Content-Type: multipart/form-data; boundary=frontier",
	     .form = str_c(w->arena, form));
	world_know_id(w, "batch",
		      world_count(w, "SELECT max(id) AS n FROM people_batch WHERE org = :org"));
	TELL(w, .url = "/alder/people/batches/%batch%", REGISTRAR, .status = 200,
	     .has = {"part=wrong", "part=changed"},
	     .has_not = {"/apply\"", "<strong>1", "<strong>2", "<strong>3"});
}

TEST_DB("the list that goes out comes back in and changes nothing; who is in it can read that it "
	"went")
{
	struct world held, *w = &held;
	NEED(world_begin(w, db, err, fill));
	int64_t before = world_count(w, "SELECT count(*) AS n FROM disclosure WHERE org = :org");
	back_in(w, "Number in Waypost,Number in the school's own system,Name,");
	CHECK_INT(world_count(w, "SELECT count(*) AS n FROM disclosure WHERE org = :org") - before,
		  world_count(
			  w,
			  "SELECT count(*) AS n FROM person_org o JOIN person p ON p.id = "
			  "o.person WHERE o.org = :org AND o.until IS NULL AND p.same_as IS NULL") -
			  2);
	TELL(w, .url = "/alder/language", REGISTRAR, .form = "language=fr&back=/", .status = 303);
	back_in(w, "Numéro dans Waypost;Numéro dans le système de l’école;Nom;");
	TELL(w, .url = "/alder/me/record", .as = "teacher", .status = 200,
	     .has = {"Taken along in a list of people", "Person registrar"});
	world_end(w);
}

static void to_ask(struct world *w)
{
	int64_t class = group_add(w->db, w->arena, w->a, "class", S("6F"), S("2025-09-01"));
	int64_t person = person_add(
		w->db, w->arena, ARGS(w->arena, ARG_AS("name", "Xio Export"), ARG_AS("lang", "en")),
		w->a, w->now);
	int64_t year = year_add(w->db, w->arena, w->a, S("2051"), S("2051-01-01"), S("2052-01-01"));
	int64_t role = role_add(w->db, w->arena, w->a, S("Exported"), (struct rights){0}, w->now);
	group_join(w->db, w->arena, w->a, class, person, S("2025-09-01"));
	role_give(w->db, w->arena, w->a, person, role, 0, 0, w->now);
	world_know_id(w, "list_group", class);
	world_know_id(w, "list_role", role);
	world_know_id(w, "list_year", year);
}

EXAMPLES(to_ask,
	 {.url = "/people?role=%list_role%&group=%list_group%&year=%list_year%&state=minors&sort="
		 "newest",
	  REGISTRAR},
	 {.url = "/people/export",
	  REGISTRAR,
	  .form = "role=%list_role%&group=%list_group%",
	  .status = 200},
	 {.url = "/people/export", REGISTRAR, .form = "year=%list_year%", .status = 200});
