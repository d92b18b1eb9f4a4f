#include "app/people/people_consent.h"

#include "base/arena.h"
#include "core/args.h"
#include "core/band.h"
#include "core/consent_sheet.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/job.h"
#include "core/link.h"
#include "core/person.h"
#include "example.h"

#define ADMIN .as = "admin"

static void guards(struct world *w, int64_t child, int64_t person, bool no_contact)
{
	struct val *all = val_list(w->arena);
	val_push(all, val_text(w->arena, S(GUARDIAN_ANYTHING)));
	guardian_enter(w->db, w->arena,
		       &(struct guardian){.org = w->a,
					  .child = child,
					  .person = person,
					  .position = 1,
					  .since = S("2020-01-01"),
					  .purposes = all,
					  .no_contact = no_contact,
					  .why = no_contact ? S("Order 7") : S(""),
					  .now = w->now});
}

static void mail(struct world *w, int64_t person, const char *address)
{
	contact_add(w->db, w->arena,
		    ARGS(w->arena, ARG(person), ARG_AS("kind", "email"), ARG_AS("value", address)),
		    w->now);
}

static void key(struct world *w, const char *name, int64_t person)
{
	world_know(w, name,
		   link_make(w->db, w->arena,
			     &(struct link_new){.purpose = CONSENT_LINK,
						.org = w->a,
						.owner = person,
						.now = w->now,
						.ends_at = w->now + 1000000,
						.uses = 100}));
}

/* A mother of two in one class, a father kept away by a court, an elder in the class who answers for
 * herself and has no e-mail; the teacher of the class, whose own child is in it. */
static void fill(struct world *w)
{
	int64_t tom = world_newcomer(w, "tom", "Tom Small", "fr"),
		kim = world_newcomer(w, "kim", "Kim Small", "fr");
	int64_t mother = world_newcomer(w, "mother", "Ann Mother", "fr"),
		father = world_newcomer(w, "father", "Bob Barred", "fr");
	int64_t elder = world_newcomer(w, "elder", "Una Elder", "fr"),
		own = world_newcomer(w, "own", "Nell Own", "fr");
	int64_t teacher = world_person(w, "teacher");
	int64_t people[] = {tom, kim, elder, own};
	int64_t class = group_add(w->db, w->arena, w->a, "class", S("7Z"), S("2020-01-01"));
	for (int i = 0; i < 4; i++)
		group_join(w->db, w->arena, w->a, class, people[i], S("2020-01-01"));
	group_join(w->db, w->arena, w->a, class, world_person(w, "practitioner"), S("2020-01-01"));
	group_staff_add(w->db, w->arena, w->a, class, teacher, S("2020-01-01"));
	minor_until(w->db, w->arena, w->a, tom, S("2099-01-01"));
	minor_until(w->db, w->arena, w->a, kim, S("2099-01-01"));
	minor_until(w->db, w->arena, w->a, own, S("2099-01-01"));
	guards(w, tom, mother, false);
	guards(w, kim, mother, false);
	guards(w, tom, father, true);
	guards(w, own, teacher, false);
	mail(w, mother, "mother@small.example");
	mail(w, father, "father@small.example");
	key(w, "hers", mother);
	key(w, "his", father);
	key(w, "elders", elder);
	world_know_id(w, "class", class);
}

#define CONSENTS              "/alder/people/groups/%class%/consents"
#define LINE(who, what, says) "&learner=%" who "%&purpose=" what "&answer=" says

SCENARIOS("a mother of two answers by one link without an account, and takes one back the same way",
	  fill,
	  {.url = CONSENTS,
	   .as = "teacher",
	   .form = "purposes=figure&answer_by=2099-01-01",
	   .status = 403},
	  {.url = CONSENTS,
	   ADMIN,
	   .form = "answer_by=2099-01-01",
	   .status = 422,
	   .has = {"Choose what is asked"}},
	  {.url = CONSENTS,
	   ADMIN,
	   .form = "purposes=figure&answer_by=2001-01-01",
	   .status = 422,
	   .has = {"This day is over"}},
	  {.url = CONSENTS, ADMIN, .form = "purposes=nothing&answer_by=2099-01-01", .status = 404},
	  {.url = CONSENTS,
	   ADMIN,
	   .form = "purposes=figure&purposes=evidence&answer_by=2099-01-01",
	   .status = 303},
	  {.url = CONSENTS,
	   ADMIN,
	   .status = 200,
	   .has = {"Small, Tom", "missing", "Una Elder", "No e-mail"},
	   .has_not = {"Bob"}},
	  {.url = "/alder/people/answer/%hers%",
	   .status = 200,
	   .has = {"lang=\"fr\"", "Tom Small", "Kim Small", "Envoyer", "Person admin"},
	   .has_not = {"Nell", "Elder"}},
	  {.url = "/alder/people/answer/%his%", .status = 410, .has_not = {"Tom", "Kim"}},
	  {.url = "/birch/people/answer/%hers%", .status = 410, .has_not = {"Tom", "Kim"}},
	  {.url = "/alder/people/answer/%elders%?speaks=en",
	   .status = 200,
	   .has = {"For myself"},
	   .has_not = {"Tom"}},
	  {.url = "/alder/people/answer/%hers%",
	   .form = "speaks=fr" LINE("tom", "figure", "yes") LINE("tom", "evidence", "no")
		   LINE("kim", "figure", "yes") LINE("kim", "evidence", ""),
	   .status = 303,
	   .has = {"said=1&speaks=fr"}},
	  {.url = "%location%", .status = 200, .has = {"Merci", "Vous avez répondu le"}},
	  {.url = CONSENTS,
	   ADMIN,
	   .status = 200,
	   .has = {"tag on\">Yes", "tag attention\">No", "Ann Mother, on a page"}},
	  {.url = CONSENTS ".csv",
	   ADMIN,
	   .status = 200,
	   .has = {"learner,name,evidence,evidence_ground,figure", "\"Small, Tom\",no,",
		   "\"Small, Kim\",missing,,yes"}},
	  {.url = CONSENTS ".json", ADMIN, .status = 200, .has = {"\"evidence\":\"no\""}},
	  {.url = CONSENTS,
	   .as = "teacher",
	   .status = 200,
	   .has = {"Small, Tom", "on a page", "1 learner is left out"},
	   .has_not = {"Nell", "Ann Mother"}},
	  {.url = CONSENTS ".json",
	   .as = "teacher",
	   .status = 200,
	   .has_not = {"Nell", "Ann Mother"}},
	  {.url = "/alder/people/answer/%hers%",
	   .form = "speaks=fr" LINE("tom", "figure", "back"),
	   .status = 303},
	  {.url = CONSENTS ".csv",
	   ADMIN,
	   .status = 200,
	   .has = {"\"Small, Kim\",missing,,yes"},
	   .has_not = {"\"Small, Tom\",no,\"Ann Mother, on a page\",yes"}});

SCENARIOS("nobody answers for a child that is not theirs, nor after a court kept them away", fill,
	  {.url = CONSENTS, ADMIN, .form = "purposes=figure&answer_by=2099-01-01", .status = 303},
	  {.url = "/alder/people/answer/%his%",
	   .form = "speaks=fr" LINE("tom", "figure", "yes"),
	   .status = 404},
	  {.url = "/alder/people/answer/%hers%",
	   .form = "speaks=fr" LINE("own", "figure", "yes"),
	   .status = 404},
	  {.url = "/alder/people/answer/%hers%",
	   .form = "speaks=fr" LINE("tom", "cpd", "yes"),
	   .status = 404},
	  {.url = "/alder/people/answer/%hers%",
	   .form = "speaks=fr" LINE("tom", "figure", "perhaps"),
	   .status = 404},
	  {.url = "/alder/people/answer/nothing",
	   .form = "speaks=fr" LINE("tom", "figure", "yes"),
	   .status = 410},
	  {.url = "/alder/me/consents",
	   .as = "member",
	   .form = LINE("tom", "figure", "yes"),
	   .status = 404},
	  {.url = CONSENTS ".csv", ADMIN, .status = 200, .has_not = {",yes,"}});

SCENARIOS(
	"signed in, one answers on a page of one’s own, to which the list of what waits leads",
	fill, {.url = "/alder/me", .as = "teacher", .status = 200, .has_not = {"Nell Own"}},
	{.url = CONSENTS, ADMIN, .form = "purposes=figure&answer_by=2099-01-01", .status = 303},
	{.url = "/alder/me", .as = "teacher", .status = 200, .has = {"consents\">Nell Own</a>"}},
	{.url = "/alder/me",
	 .as = "practitioner",
	 .status = 200,
	 .has = {"consents\">My consents</a>"},
	 .has_not = {"consents\">Person practitioner"}},
	{.url = "/alder/me/consents",
	 .as = "teacher",
	 .status = 200,
	 .has = {"Nell Own", "Asked by Person admin", "1 January 2099"}},
	{.url = "/birch/me/consents", .as = "teacher", .status = 200, .has_not = {"Nell"}},
	{.url = "/alder/me/consents",
	 .as = "teacher",
	 .form = LINE("own", "figure", "no"),
	 .status = 303},
	{.url = "/alder/me", .as = "teacher", .status = 200, .has_not = {"Nell Own"}},
	{.url = CONSENTS ".csv", ADMIN, .status = 200, .has = {"no,\"Person teacher, on a page"}});

static int64_t letters(struct world *w, const char *kind)
{
	return val_i(
		db_row(w->db,
		       SQL("SELECT count(*) AS n FROM letter l WHERE l.org = :org AND l.kind = "
			   ":kind"),
		       ARGS(w->arena, ARG_AS("org", w->a), ARG(kind))),
		"n");
}

TEST_DB("each who has to answer gets one letter, a reminder while something is missing, the barred "
	"none")
{
	struct world w;
	if (!CHECK(world_begin(&w, db, err, fill)))
		return;
	world_ask(&w, &(struct scenario){.url = CONSENTS,
					 ADMIN,
					 .form = "purposes=figure&purposes=evidence&answer_by="
						 "2099-01-01"});
	CHECK_INT(w.last.status, 303);
	db_begin(w.db, DB_READ, w.a);
	CHECK_INT(letters(&w, "people.consents"), 1); /* the mother; the teacher has no address */
	db_commit(w.db);
	world_ask(&w, &(struct scenario){.url = CONSENTS "/remind", ADMIN, .form = ""});
	world_ask(&w, &(struct scenario){.url = CONSENTS "/remind", ADMIN, .form = ""});
	db_begin(w.db, DB_READ, w.a);
	CHECK_INT(letters(&w, "people.consents_reminder"), 1);
	db_commit(w.db);
	world_end(&w);
}

/* 70 children, each with a parent who has an address: the request writes to 25. */
enum { MANY = 70, AT_ONCE = 25 };

static void fill_many(struct world *w)
{
	int64_t class = group_add(w->db, w->arena, w->a, "class", S("9Z"), S("2020-01-01"));
	for (int i = 0; i < MANY; i++) {
		const char *child = str_c(w->arena, str_fmt(w->arena, "child%d", i)),
			   *parent = str_c(w->arena, str_fmt(w->arena, "parent%d", i));
		int64_t learner = world_newcomer(w, child, child, "fr"),
			giver = world_newcomer(w, parent, parent, "fr");
		group_join(w->db, w->arena, w->a, class, learner, S("2020-01-01"));
		minor_until(w->db, w->arena, w->a, learner, S("2099-01-01"));
		guards(w, learner, giver, false);
		mail(w, giver, str_c(w->arena, str_fmt(w->arena, "%s@many.example", parent)));
	}
	world_know_id(w, "class", class);
}

static struct job *running;
static int steps_left;

/* A clock that goes on; after so many looks at it the lease is no longer this runner's. */
static int64_t later(void)
{
	static int64_t now = 4000000000;
	if (steps_left && --steps_left == 0)
		running->holder = S("nobody");
	return now += 2;
}

static int64_t much_later(void)
{
	return later() + 1000000;
}

static int64_t written(struct world *w)
{
	db_begin(w->db, DB_READ, w->a);
	int64_t all = letters(w, "people.consents"),
		people = val_i(db_row(w->db,
				      SQL("SELECT count(DISTINCT l.person) AS n FROM letter l "
					  "WHERE l.org = :org AND l.kind = 'people.consents'"),
				      ARGS(w->arena, ARG_AS("org", w->a))),
			       "n");
	db_rollback(w->db);
	return CHECK_INT(all, people) ? all : -1; /* one letter each */
}

TEST_DB("a sheet for many is written to a few at a time, once to each, also when its job dies "
	"half-way")
{
	static const struct job_kind kinds[] = {
		{.name = PEOPLE_JOB_CONSENTS, .run = people_consent_job}, {0}};
	struct world w;
	struct scenario ask = {
		.url = CONSENTS, ADMIN, .form = "purposes=figure&answer_by=2120-01-01"};
	NEED(world_begin(&w, db, err, fill_many));
	world_ask(&w, &ask);
	CHECK_INT(w.last.status, 303);
	CHECK_INT(written(&w), AT_ONCE);
	struct job job = {.db = db, .arena = w.arena, .err = err, .now = later, .holder = S("one")};
	running = &job;
	steps_left = 4; /* taken, begun, and within the first step */
	CHECK(job_run_next(&job, kinds));
	CHECK_INT(written(&w), AT_ONCE * 2);
	struct job other = {
		.db = db, .arena = w.arena, .err = err, .now = much_later, .holder = S("two")};
	CHECK(job_run_next(&other, kinds));
	CHECK_INT(written(&w), MANY);
	world_ask(&w, &ask); /* asked once more the same day: nobody is written to again */
	CHECK_INT(written(&w), MANY);
	CHECK_STR(err->text, "");
	world_end(&w);
}

static void to_ask(struct world *w)
{
	int64_t child = world_newcomer(w, "asked_child", "Tom Asked", "fr"),
		mother = world_newcomer(w, "asked_mother", "Ann", "fr");
	int64_t group = group_add(w->db, w->arena, w->a, "class", S("8Z"), S("2020-01-01"));
	group_join(w->db, w->arena, w->a, group, child, S("2020-01-01"));
	group_join(w->db, w->arena, w->a, group, stage_owner(w), S("2020-01-01"));
	minor_until(w->db, w->arena, w->a, child, S("2099-01-01"));
	guards(w, child, mother, false);
	consent_ask(w->db, w->arena,
		    &(struct consent_ask){.org = w->a,
					  .group = group,
					  .now = w->now,
					  .purpose = S("figure"),
					  .answer_by = S("2099-01-01")});
	key(w, "consent_key", mother);
	world_know_id(w, "asked_class", group);
	world_know_id(w, "owner_learns", stage_owner(w));
}

EXAMPLES(to_ask,
	 {.url = "/people/groups/%asked_class%/consents",
	  ADMIN,
	  .form = "purposes=evidence&answer_by=2099-01-01"},
	 {.url = "/people/groups/%asked_class%/consents/remind", ADMIN, .form = ""},
	 {.url = "/people/answer/%consent_key%",
	  .form = "speaks=fr&learner=%asked_child%&purpose=figure&answer=yes"},
	 {.url = "/me/consents",
	  .as = "translator",
	  .form = "learner=%owner_learns%&purpose=figure&answer=yes"});
