/* A school year of 520 in one group, each with a parent: no list ends before the last of them. */
#include "base/arena.h"
#include "core/check.h"
#include "core/group.h"
#include "core/term.h"
#include "scenario.h"

static void insert(struct world *w, const char *text, int64_t group, int64_t kind)
{
	db_exec(w->db, fixture_sql(text),
		PARAMS("org", INT(w->a), "now", INT(w->now), "admin", INT(world_person(w, "admin")),
		       "g", INT(group), "kind", INT(kind)));
}

#define NUMBERS                                                                                    \
	"WITH RECURSIVE n(i) AS (SELECT CAST(10001 AS bigint) UNION ALL SELECT i + 1 FROM n "      \
	"WHERE i < 10520) "
#define PEOPLE(name)                                                                               \
	"INSERT INTO person (name, sort_name, lang, made_at) " NUMBERS "SELECT '" name             \
	" ' || CAST(i AS text), '" name " ' || CAST(i AS text), 'en', CAST(:now AS bigint) FROM n"
/* of each pupil p; their parent was made 520 after them */
#define EACH " FROM person p WHERE p.name LIKE 'Pupil 1____'"

static const char *const year[] = {
	PEOPLE("Pupil"),
	PEOPLE("Quest"),
	"INSERT INTO person_org (org, person, sort_fold, since) SELECT CAST(:org AS "
	"bigint), "
	"p.id, lower(p.name), CAST(:now AS bigint) - 9 FROM person p "
	"WHERE p.name LIKE 'Pupil 1____' OR p.name LIKE 'Quest 1____'",
	"INSERT INTO person_word (word, person) SELECT lower(substr(p.name, 1, 5)), p.id "
	"FROM person p WHERE p.name LIKE 'Pupil 1____' OR p.name LIKE 'Quest 1____'",
	"INSERT INTO membership (org, people_group, person, since) "
	"SELECT CAST(:org AS bigint), CAST(:g AS bigint), p.id, '2020-09-01'" EACH,
	"INSERT INTO membership (org, people_group, person, since, until) "
	"SELECT CAST(:org AS bigint), CAST(:g AS bigint), p.id + 520, '2020-09-01', "
	"'2020-09-02'" EACH,
	"INSERT INTO minority (org, person, until) SELECT CAST(:org AS bigint), p.id, "
	"'2099-01-01'" EACH,
	"INSERT INTO guardian (org, child, person, since) SELECT CAST(:org AS bigint), "
	"p.id, "
	"p.id + 520, '2020-01-01'" EACH,
	"INSERT INTO consent (org, person, purpose, words, words_rev, given_by, given_how, "
	"given_at) SELECT CAST(:org AS bigint), p.id, 'figure', 'figure', 1, p.id + 520, "
	"'paper', CAST(:now AS bigint) - 5" EACH " ORDER BY p.id",
	"INSERT INTO adult_check (org, person, kind, verified_by, verified_at, valid_until) "
	"SELECT CAST(:org AS bigint), p.id + 520, CAST(:kind AS bigint), CAST(:admin AS "
	"bigint), CAST(:now AS bigint) - 5, '2020-01-01'" EACH,
	"INSERT INTO person_merge (org, kept, alias, made_at, undo_until) SELECT CAST(:org "
	"AS bigint), p.id, p.id + 520, CAST(:now AS bigint) - 5, CAST(:now AS bigint) + "
	"86400" EACH " ORDER BY p.id",
	"INSERT INTO correction (org, person, words, asked_at) SELECT CAST(:org AS bigint), "
	"p.id, p.name, CAST(:now AS bigint) - 5" EACH " ORDER BY p.id",
	"INSERT INTO people_batch (org, kind, title, state, made_at) " NUMBERS
	"SELECT CAST(:org AS bigint), 'roster', 'List ' || CAST(i AS text), 'applied', "
	"CAST(:now AS bigint) - i FROM n WHERE i <= 10120",
	"INSERT INTO people_batch_row (org, batch, position, line, action, person, data, "
	"before, state, trouble) SELECT CAST(:org AS bigint), (SELECT b.id FROM "
	"people_batch b WHERE b.title = 'List 10001'), p.id, p.id, 'leave', p.id, '{}', "
	"'{}', 'skipped', 'They left meanwhile.'" EACH,
};

/* Nobody has an e-mail address. All have answered to one purpose, and are asked another. */
static void fill(struct world *w)
{
	int64_t group = group_add(w->db, w->arena, w->a, "other", S("Year"), S("2020-09-01"));
	int64_t kind = term_add(
		w->db, w->arena,
		&(struct term){
			.org = w->a, .scheme = CHECK_SCHEME, .code = S("many"), .position = 9});
	for (size_t i = 0; i < sizeof year / sizeof *year; i++)
		insert(w, year[i], group, kind);
	CHECK(group && kind);
	int64_t pupil = val_i(
		db_row(w->db, SQL("SELECT p.id AS id FROM person p WHERE p.name = 'Pupil 10001'"),
		       val_object(w->arena)),
		"id");
	struct str ticked = S("");
	for (int i = 0; i < 250; i++)
		ticked = str_fmt(w->arena, STR_FMT "&people=%lld", STR_ARG(ticked),
				 (long long)pupil + 520 + i);
	world_know(w, "quests", ticked);
	world_know_id(w, "pupil", pupil);
	world_know_id(w, "list",
		      val_i(db_row(w->db,
				   SQL("SELECT b.id AS id FROM people_batch b WHERE b.title = "
				       "'List 10001'"),
				   val_object(w->arena)),
			    "id"));
	world_know_id(w, "year", group);
}

#define ADMIN  .as = "admin"
#define CLERK  .as = "registrar"
#define MORE   "There are more. Type more of the name."
#define OF(to) "/alder/people/groups/%year%" to

SCENARIOS("no list of a year of 520 ends before the last of them", fill,
	  {.url = OF(""),
	   ADMIN,
	   .status = 200,
	   .has = {"520 members", "Pupil 10200<", "1 to 200 of 520", "&amp;first=200",
		   "320 more are not listed here"},
	   .has_not = {"Pupil 10201<"}},
	  {.url = OF("?first=500"),
	   ADMIN,
	   .status = 200,
	   .has = {"520 members", "Pupil 10520<"},
	   .has_not = {"Pupil 10500<"}},
	  {.url = OF(".csv"), ADMIN, .status = 200, .has = {"Pupil 10001", "Pupil 10520"}},
	  {.url = "/alder/people/batches",
	   ADMIN,
	   .status = 200,
	   .has = {"List 10100<", "/people/batches?first=100"},
	   .has_not = {"List 10102<"}},
	  {.url = "/alder/people/batches?first=100", ADMIN, .status = 200, .has = {"List 10120<"}},
	  {.url = "/alder/people/batches/%list%?from=500",
	   ADMIN,
	   .status = 200,
	   .has = {"Pupil 10520", "501 to 520 of 520"},
	   .has_not = {"Pupil 10500"}},
	  {.url = OF("/choose?words=pupil"), ADMIN, .status = 200, .has = {MORE}},
	  {.url = OF("/choose?words=person"), ADMIN, .status = 200, .has_not = {MORE}},
	  {.url = "/alder/people/%pupil%/guardians/new?words=quest",
	   ADMIN,
	   .status = 200,
	   .has = {MORE}},
	  {.url = "/alder/people/%pupil%/merge?words=quest", CLERK, .status = 200, .has = {MORE}},
	  {.url = OF("/cards?first=480"),
	   ADMIN,
	   .status = 200,
	   .has = {"Pupil 10520<", "name=\"first\" value=\"480\"", "481 to 520 of 520"},
	   .has_not = {"Pupil 10480<"}},
	  {.url = OF("/consents"),
	   ADMIN,
	   .form = "purposes=evidence&answer_by=2099-01-01",
	   .status = 303},
	  {.url = OF("/consents"),
	   ADMIN,
	   .status = 200,
	   .has = {"520 people have not answered all", "<li>Quest 10001</li>",
		   "<li>Quest 10520</li>"}},
	  {.url = "/alder/people/purposes/figure",
	   ADMIN,
	   .status = 200,
	   .has = {"Pupil 10520<", "Pupil 10321<"},
	   .has_not = {"Pupil 10320<"},
	   .keep = {"older", "rel=\"next\" href=\"/alder"}},
	  {.url = "/alder%older%", ADMIN, .status = 200, .has = {"Pupil 10320<"}},
	  {.url = OF("/choose"), ADMIN, .form = "since=2020-10-01%quests%", .status = 303},
	  {.url = OF(""), ADMIN, .status = 200, .has = {"770 members"}},
	  {.url = "/alder/people/checks?first=500",
	   CLERK,
	   .status = 200,
	   .has = {"Quest 10520<", "of 520"}},
	  {.url = "/alder/people/merges?first=500", CLERK, .status = 200, .has = {"Pupil 10001<"}},
	  {.url = "/alder/people/corrections?first=500",
	   ADMIN,
	   .status = 200,
	   .has = {"Pupil 10001<"}});
