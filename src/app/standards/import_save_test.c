/* What the importer read, as rows: a new standard, and the same publication again. */
#include "app/standards/import_save.h"

#include "app/standards/store_inside.h"
#include "app/standards/store_story.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "core/text.h"
#include "queries.h"

static struct val *json(const char *text)
{
	struct json_error wrong;
	struct val *v = json_read(test_arena, str_of(text), 1 << 20, &wrong);
	MUST(v);
	return v;
}

#define DOCUMENT                                                                                   \
	"{\"document\":{\"title\":\"Welcoming\",\"subtitle\":\"At the door\",\"lang\":\"en\","     \
	"\"publisher\":\"Alder\",\"url\":\"https://alder.example/w\"},"
#define AREA                                                                                       \
	"{\"id\":1,\"parent\":null,\"kind\":\"area\",\"code\":\"A\",\"heading\":true,"             \
	"\"text\":\"At the door\"},"
#define TERM                                                                                       \
	"{\"id\":5,\"parent\":null,\"kind\":\"term\",\"code\":\"\",\"title\":\"Guest\","           \
	"\"text\":\"Who comes\"}"

/* An area with two competencies, of which the first has a rubric; both are asked how often. */
static const char *const first_edition = DOCUMENT
	"\"items\":[" AREA
	"{\"id\":2,\"parent\":1,\"kind\":\"competency\",\"code\":\"A1\",\"guessed\":true,"
	"\"text\":\"Greets whoever comes\",\"markdown\":\"Greets *whoever* comes\"},"
	"{\"id\":3,\"parent\":2,\"kind\":\"rating\",\"code\":\"\",\"text\":\"How often? Daily\"},"
	"{\"id\":4,\"parent\":1,\"kind\":\"competency\",\"code\":\"A2\",\"text\":\"Offers a "
	"chair\"},"
	"{\"id\":6,\"parent\":4,\"kind\":\"rating\",\"code\":\"\",\"text\":\"How often?\"}," TERM
	"],\"levels\":[{\"id\":1,\"name\":\"New\"},{\"id\":2,\"name\":\"Skilled\"}],"
	"\"descriptors\":[{\"criterion\":2,\"level\":1,\"text\":\"Says hello\"},"
	"{\"criterion\":2,\"level\":1,\"text\":\"Smiles\"},"
	"{\"criterion\":2,\"level\":2,\"text\":\"Knows the names\"},"
	"{\"criterion\":99,\"level\":2,\"text\":\"Of nothing\"},"
	"{\"criterion\":4,\"level\":99,\"text\":\"At no level\"}],"
	"\"ratings\":[{\"item\":2,\"rating\":3,\"scale\":\"frequency\",\"answer\":\"Daily\","
	"\"given\":true},"
	"{\"item\":4,\"rating\":6,\"scale\":\"frequency\",\"answer\":\"\",\"given\":false}],"
	"\"links\":[{\"item\":4,\"text\":\"Guide\",\"url\":\"" DOOR_LINK "\",\"code\":\"G1\","
	"\"outside\":true},"
	"{\"item\":4,\"text\":\"see A1\",\"code\":\"A1\",\"to\":2,\"outside\":false}]}";

/* The next one: A1 says something else, A2 is gone, A3 is new, and the term stands first. */
static const char *const next_edition = DOCUMENT
	"\"items\":[" TERM "," AREA
	"{\"id\":2,\"parent\":1,\"kind\":\"competency\",\"code\":\"A3\",\"text\":\"Takes the "
	"coat\"},"
	"{\"id\":3,\"parent\":1,\"kind\":\"competency\",\"code\":\"A1\",\"text\":\"Greets by "
	"name\"}],\"levels\":[],\"descriptors\":[],\"ratings\":[],\"links\":[]}";

/* What a version says, with its levels, which have a new uuid each, as L1, L2, … */
static struct str said(struct writer *w, int64_t version)
{
	struct str text = door_said(w, version);
	struct val *levels = db_rows(w->db, &q_standards_levels, store_at(w, version, 0));
	for (size_t i = 0; i < val_count(levels); i++) {
		struct str uuid = val_s(val_at(levels, i), "uuid"), rest = text;
		struct buf b = {.arena = test_arena};
		for (ptrdiff_t at; (at = str_find(rest, uuid)) >= 0;) {
			buf_fmt(&b, STR_FMT "L%zu", STR_ARG(str_sub(rest, 0, (size_t)at)), i + 1);
			rest = str_from(rest, (size_t)at + uuid.n);
		}
		buf_add(&b, rest);
		text = buf_str(&b);
	}
	return text;
}

/* The item that has this code in a version, 0 if none; the term has "". */
static int64_t coded(struct writer *w, int64_t version, const char *code)
{
	struct val *rows = db_rows(w->db, &q_standards_nodes, store_at(w, version, 0));
	for (size_t i = 0; i < val_count(rows); i++)
		if (str_is(val_s(val_at(rows, i), "code"), code))
			return val_i(val_at(rows, i), "item");
	return 0;
}

static bool guessed(struct writer *w, int64_t version, int64_t item)
{
	return val_i(db_row(w->db, &q_store_node, store_at(w, version, item)), "guessed") == 1;
}

static struct str words(struct writer *w, int64_t standard, const char *field)
{
	return val_s(
		val_at(text_history(w->db, test_arena, "standard", standard, field, S("en")), 0),
		"body");
}

#define FIRST_SAID                                                                                 \
	"area A en:At the door\n"                                                                  \
	".competency A1 en:Greets *whoever* comes [L1 en:Says hello\n\nSmiles]"                    \
	" [L2 en:Knows the names] (frequency en:Daily)\n"                                          \
	".competency A2 en:Offers a chair (frequency not given) <Guide " DOOR_LINK " G1>\n"        \
	"term  en:Who comes en:Guest\n"                                                            \
	"L1 = en:New\n"                                                                            \
	"L2 = en:Skilled\n"

TEST_DB("standards import: what was read becomes a standard with a draft that says all of it")
{
	struct writer w = door_begin(db);
	int64_t standard = import_save(&w, json(first_edition), val_null());
	NEED(standard > 0);
	int64_t draft = store_draft(&w, standard);
	CHECK_STR(door_state(&w, draft), "draft");
	CHECK_STR(said(&w, draft), FIRST_SAID);
	CHECK_STR(words(&w, standard, "title"), "Welcoming");
	CHECK_STR(words(&w, standard, "summary"), "At the door");
	struct val *area = door_form(&w, draft, coded(&w, draft, "A"), "en"),
		   *term = door_form(&w, draft, coded(&w, draft, ""), "en");
	CHECK_STR(val_s(area, "title"), "At the door"); /* a heading is a name, not a text */
	CHECK_STR(val_s(area, "body"), "");
	CHECK_STR(val_s(term, "title"), "Guest");
	CHECK_STR(val_s(term, "body"), "Who comes");
	CHECK(guessed(&w, draft, coded(&w, draft, "A1")));
	CHECK(!guessed(&w, draft, coded(&w, draft, "A2")));
	/* a person who has looked and saved has confirmed it */
	CHECK_INT(door_say(&w, draft, coded(&w, draft, "A1"), "en", "code", "A1"), STORED);
	CHECK(!guessed(&w, draft, coded(&w, draft, "A1")));

	int64_t again = import_save(&w, json(first_edition),
				    PARAMS("title", TEXT("Hosting"), "slug", TEXT("welcoming")));
	CHECK_STR(words(&w, again, "title"), "Hosting");
	CHECK_STR(val_s(store_version(&w, draft), "slug"), "welcoming");
	CHECK_STR(val_s(store_version(&w, store_draft(&w, again)), "slug"), "welcoming-2");
	CHECK(coded(&w, store_draft(&w, again), "A1") != coded(&w, draft, "A1"));
	CHECK(db_commit(db));
}

TEST_DB("standards import: the next edition knows its items by code, and leaves the last as it was")
{
	struct writer w = door_begin(db);
	int64_t standard = import_save(&w, json(first_edition), val_null());
	int64_t first = store_draft(&w, standard);
	CHECK_INT(import_save_again(&w, standard, json(next_edition)), 0); /* nothing published */
	CHECK_STR(said(&w, first), FIRST_SAID);
	CHECK_INT(door_publish(&w, first, NULL), STORED);
	struct str identities = door_uuids(&w, first);
	int64_t second = import_save_again(&w, standard, json(next_edition));
	NEED(second > 0);
	CHECK_INT(store_draft(&w, standard), second);
	CHECK_INT(val_i(store_version(&w, second), "number"), 2);
	CHECK_STR(said(&w, second), "term  en:Who comes en:Guest\n"
				    "area A en:At the door\n"
				    ".competency A3 en:Takes the coat\n"
				    ".competency A1 en:Greets by name\n");
	CHECK_INT(coded(&w, second, "A"), coded(&w, first, "A"));
	CHECK_INT(coded(&w, second, "A1"), coded(&w, first, "A1"));
	CHECK_INT(coded(&w, second, ""), coded(&w, first, ""));
	CHECK_INT(coded(&w, second, "A2"), 0);
	/* A3 is new; read again it is refused, since a draft is somebody's work */
	CHECK_INT(door_count(db, "SELECT count(*) AS n FROM standard_item"), 5);
	CHECK_INT(import_save_again(&w, standard, json(next_edition)), 0);
	CHECK_STR(said(&w, first), FIRST_SAID);
	CHECK_STR(door_uuids(&w, first), identities);
	CHECK_INT(door_count(db, "SELECT count(*) AS n FROM standard_version"), 2);
	CHECK(db_commit(db));
}

/* The first edition with a rubric of `levels`, and with A1 and the greeting reworded or not. */
static struct val *edition(const char *levels, const char *greeting, const char *names)
{
	return json(
		str_c(test_arena,
		      str_fmt(test_arena,
			      DOCUMENT
			      "\"items\":[" AREA "{\"id\":2,\"parent\":1,\"kind\":\"competency\","
			      "\"code\":\"A1\",\"text\":\"%s\"},"
			      "{\"id\":3,\"parent\":2,\"kind\":\"rating\",\"text\":\"How often? "
			      "Daily\"}," TERM "],\"levels\":[%s],\"descriptors\":["
			      "{\"criterion\":2,\"level\":1,\"text\":\"Says hello\"},"
			      "{\"criterion\":2,\"level\":2,\"text\":\"%s\"}],"
			      "\"ratings\":[{\"item\":2,\"rating\":3,\"scale\":\"frequency\","
			      "\"answer\":\"Daily\",\"given\":true}],\"links\":[]}",
			      greeting, levels, names)));
}

static struct str level_at(struct writer *w, int64_t version, size_t i)
{
	struct val *levels = db_rows(w->db, &q_standards_levels, store_at(w, version, 0));
	return val_s(val_at(levels, i), "uuid");
}

#define NEW_AND_SKILLED "{\"id\":1,\"name\":\"New\"},{\"id\":2,\"name\":\"Skilled\"}"

TEST_DB("standards import: the next edition keeps levels, and French where it says the same")
{
	struct writer w = door_begin(db);
	int64_t standard =
		import_save(&w, edition(NEW_AND_SKILLED, "Greets", "Knows names"), val_null());
	int64_t first = store_draft(&w, standard);
	int64_t greet = coded(&w, first, "A1");
	struct str low = level_at(&w, first, 0), high = level_at(&w, first, 1);
	CHECK_INT(door_say(&w, first, coded(&w, first, "A"), "fr", "title", "À la porte"), STORED);
	CHECK_INT(door_say(&w, first, greet, "fr", "body", "Salue"), STORED);
	CHECK_INT(door_say(&w, first, coded(&w, first, ""), "fr", "title", "Hôte"), STORED);
	CHECK_INT(store_name_level(&w, first, low, S("fr"), S("Début"), 0), STORED);
	CHECK_INT(store_name_level(&w, first, high, S("fr"), S("Maîtrise"), 0), STORED);
	CHECK_INT(store_descriptor(&w, first, greet, low, S("fr"), S("Dit bonjour"), 0), STORED);
	CHECK_INT(store_descriptor(&w, first, greet, high, S("fr"), S("Sait les noms"), 0), STORED);
	CHECK_INT(store_rating(&w, first, greet, S("frequency"), S("fr"), S("Par jour"), 0),
		  STORED);
	CHECK_INT(door_publish(&w, first, "fr"), STORED);

	/* one level has another name, and one cell another text */
	int64_t second = import_save_again(
		&w, standard,
		edition("{\"id\":1,\"name\":\"New\"},{\"id\":2,\"name\":\"Able\"}", "Greets",
			"Knows most names"));
	NEED(second > 0);
	CHECK_STR(level_at(&w, second, 0), low);
	CHECK_STR(level_at(&w, second, 1), high);
	CHECK_STR(said(&w, second), "area A en:At the door fr:À la porte\n"
				    ".competency A1 en:Greets fr:Salue"
				    " [L1 en:Says hello fr:Dit bonjour] [L2 en:Knows most names]"
				    " (frequency en:Daily fr:Par jour)\n"
				    "term  en:Who comes en:Guest fr:Hôte\n"
				    "L1 = en:New fr:Début\n"
				    "L2 = en:Able\n");
	CHECK_INT(door_publish(&w, second, NULL), STORED);

	/* levels change places and one comes between; the competency says something else */
	int64_t third = import_save_again(
		&w, standard,
		edition("{\"id\":1,\"name\":\"Able\"},{\"id\":3,\"name\":\"Between\"},"
			"{\"id\":2,\"name\":\"New\"}",
			"Greets by name", "Says hello"));
	NEED(third > 0);
	CHECK_STR(level_at(&w, third, 0), high);
	CHECK_STR(level_at(&w, third, 2), low);
	CHECK(!str_eq(level_at(&w, third, 1), low) && !str_eq(level_at(&w, third, 1), high));
	CHECK_STR(said(&w, third), "area A en:At the door fr:À la porte\n"
				   ".competency A1 en:Greets by name [L1 en:Says hello]"
				   " [L3 en:Says hello fr:Dit bonjour]"
				   " (frequency en:Daily fr:Par jour)\n"
				   "term  en:Who comes en:Guest fr:Hôte\n"
				   "L1 = en:Able\n"
				   "L2 = en:Between\n"
				   "L3 = en:New fr:Début\n");
	CHECK(db_commit(db));
}

TEST_DB("standards import: a document in another language is no next edition")
{
	struct writer w = door_begin(db);
	int64_t standard = import_save(&w, json(first_edition), val_null());
	int64_t first = store_draft(&w, standard);
	CHECK_INT(door_publish(&w, first, NULL), STORED);
	struct val *french = json(next_edition);
	val_set(val_get(french, "document"), "lang", TEXT("fr"));
	CHECK_INT(import_save_again(&w, standard, french), 0);
	CHECK_INT(door_count(db, "SELECT count(*) AS n FROM standard_version"), 1);
	CHECK(import_save_again(&w, standard, json(next_edition)) > 0);
	CHECK(db_commit(db));
}

TEST_DB("standards import: another organisation's standard takes no next edition")
{
	struct writer w = door_begin(db);
	int64_t standard = import_save(&w, json(first_edition), val_null());
	int64_t first = store_draft(&w, standard);
	CHECK_INT(door_publish(&w, first, NULL), STORED);
	struct writer other = {.db = db, .arena = test_arena, .org = 2, .now = 100};
	CHECK_INT(import_save_again(&other, standard, json(next_edition)), 0);
	CHECK_STR(said(&w, first), FIRST_SAID);
	CHECK_INT(door_count(db, "SELECT count(*) AS n FROM standard_version"), 1);
	CHECK(db_commit(db));
}
