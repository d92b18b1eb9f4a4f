/* The letter that asks afterwards, and its link. */
#include "app/activities/ask.h"
#include "app/activities/reflect.h"
#include "app/activities/reflect_world.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/job.h"
#include "core/person.h"

#define OTHERS "/alder/activities/%mill%/reflections"

static int64_t invited(struct world *w, int64_t activity, const char *name, const char *lang)
{
	int64_t id =
		person_add(w->db, w->arena, ARGS(w->arena, ARG(name), ARG(lang)), w->a, w->now);
	contact_add(
		w->db, w->arena,
		ARGS(w->arena, ARG_AS("person", id), ARG_AS("kind", "email"),
		     ARG_AS("value", str_c(w->arena, str_fmt(w->arena, "%s@example.org", name)))),
		w->now);
	ask_add(w->db, w->arena,
		&(struct ask_new){.org = w->a,
				  .activity = activity,
				  .person = id,
				  .role = "participant",
				  .lang = str_of(lang),
				  .now = w->now - 8 * DAY});
	return id;
}

static const struct val *letters(struct world *w)
{
	return db_rows(
		w->db,
		SQL("SELECT l.to_name AS to_name, l.lang AS lang, l.body AS body, l.unsubscribe "
		    "AS unsubscribe FROM letter l WHERE l.kind = 'activities.reflection' ORDER "
		    "BY l.id"),
		NULL);
}

/* The world's clock, and two days later. */
static int64_t soon(void)
{
	return 1795000000;
}

static int64_t late(void)
{
	return soon() + 2 * DAY;
}

static void run_job(struct world *w, int64_t (*now)(void))
{
	static const struct job_kind kinds[] = {{.name = REFLECT_JOB, .run = reflect_job}, {0}};
	struct job job = {
		.db = w->db, .arena = w->arena, .err = w->err, .now = now, .holder = S("test")};
	while (job_run_next(&job, kinds))
		continue;
}

TEST_DB("adults who were invited get one letter in their language when it is time, and its link "
	"answers")
{
	struct world w;
	NEED(world_begin(&w, db, err, NULL));
	CHECK_INT(w.now, soon());
	db_begin(db, DB_WRITE, w.a);
	int64_t mill = visit(&w, 2 * HOUR, 1);
	int64_t lea = invited(&w, mill, "lea", "fr"), ann = invited(&w, mill, "ann", "en"),
		bob = invited(&w, mill, "bob", "en"), kim = invited(&w, mill, "kim", "en"),
		no_mail = person_add(db, w.arena,
				     ARGS(w.arena, ARG_AS("name", "Moses"), ARG_AS("lang", "en")),
				     w.a, w.now);
	activity_settle(db, w.arena, w.a, mill, "held");
	minor_until(db, w.arena, w.a, kim, S("2098-01-01"));
	db_exec(db, &q_ask_unask,
		ARGS(w.arena, ARG_AS("org", w.a), ARG_AS("person", bob), ARG_AS("now", w.now)));
	const int64_t came[] = {lea, ann, bob, kim, no_mail};
	for (size_t i = 0; i < sizeof came / sizeof *came; i++)
		there(&w, mill, came[i], "participant", i == 1 ? "absent" : "attended");
	reflect_soon(db, w.arena, w.a, mill, w.now);
	reflect_soon(db, w.arena, w.a, mill, w.now); /* attendance saved twice */
	CHECK(db_commit(db));
	run_job(&w, soon); /* the day after has not come */
	db_begin(db, DB_READ, w.a);
	CHECK_INT(val_count(letters(&w)), 0);
	db_rollback(db);
	run_job(&w, late);
	db_begin(db, DB_WRITE, w.a);
	reflect_soon(db, w.arena, w.a, mill, late()); /* and once more, corrected */
	CHECK(db_commit(db));
	run_job(&w, late);
	db_begin(db, DB_READ, w.a);
	const struct val *all = letters(&w), *letter = val_at(all, 0);
	CHECK_INT(val_count(all), 1);
	CHECK_STR(val_s(letter, "to_name"), "lea");
	CHECK_STR(val_s(letter, "lang"), "fr");
	CHECK(str_find(val_s(letter, "body"), S("Au moulin")) > 0);
	CHECK(str_find(val_s(letter, "body"), S("Quoi de neuf ?")) > 0);
	CHECK(str_ends(val_s(letter, "unsubscribe"), S("/stop")));
	ptrdiff_t at = str_find(val_s(letter, "body"), S("/activities/reflection/"));
	NEED(at > 0);
	struct str path = str_from(val_s(letter, "body"), (size_t)at);
	path = str_sub(path, 0, (size_t)str_find(path, S("\n")));
	world_know(&w, "link", str_dup(w.arena, path));
	db_rollback(db);
	w.now = late();
	world_know_id(&w, "mill", mill);
	static const struct scenario steps[] = {
		{.url = "/alder%link%",
		 .status = 200,
		 .has = {"lang=\"fr\"", "Quoi de neuf", "Personne d’autre que vous"}},
		{.url = "/alder%link%",
		 .form = "words=Le+bruit&rev=0&shared=1",
		 .status = 303,
		 .has = {"said=saved&speaks=fr"}},
		{.url = "/alder%link%?speaks=en",
		 .status = 200,
		 .has = {"You answered on 20 November 2026", "></textarea>", "Replace my answer",
			 "Delete my answer", "name=\"rev\" value=\"1\""},
		 .has_not = {"Le bruit"}},
		{.url = "/alder%link%.json", .status = 200, .has_not = {"Le bruit"}},
		{.url = "/alder%link%",
		 .form = "words=Non&rev=0",
		 .status = 409,
		 .has = {"Non</textarea>"},
		 .has_not = {"Le bruit"}},
		{.url = "/alder%link%",
		 .form = "words=&rev=1",
		 .status = 422,
		 .has_not = {"Le bruit"}},
		{.url = OTHERS,
		 .as = "facilitator",
		 .status = 200,
		 .has = {"Le bruit", "lang=\"fr\""}},
		{.url = "/alder%link%/end", .form = "what=private", .status = 303},
		{.url = OTHERS, .as = "facilitator", .status = 200, .has_not = {"Le bruit"}},
		{.url = "/alder%link%/end",
		 .form = "what=delete",
		 .status = 303,
		 .has = {"said=deleted"}},
		{.url = "%location%", .status = 200, .has_not = {"Le bruit"}},
		{.url = "/birch%link%", .status = 410, .has = {"no longer works"}},
	};
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		world_ask(&w, &steps[i]);
		CHECK(world_as_told(&w, &steps[i], __FILE__, __LINE__));
	}
	w.now += 31 * DAY;
	static const struct scenario ended = {
		.url = "/alder%link%", .status = 410, .has = {"no longer works"}};
	world_ask(&w, &ended);
	CHECK(world_as_told(&w, &ended, __FILE__, __LINE__));
	CHECK_STR(err->text, "");
	world_end(&w);
}
