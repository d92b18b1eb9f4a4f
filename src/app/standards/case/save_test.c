/* Packages as rows: seen only when whole, known again by their identifiers, gone when stopped. */
#include "app/standards/case/save.h"

#include "app/standards/import/support_test.h"
#include "app/standards/store_inside.h"
#include "app/standards/store_story.h"
#include "base/arena.h"
#include "base/buf.h"
#include "queries.h"

#define A "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaa"
#define B "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbb"
#define ITEM(n, words, more)                                                                       \
	"{\"identifier\":\"" A n "\",\"uri\":\"https://x.example/" n                               \
	"\",\"fullStatement\":\"" words "\"" more "}"
#define CHILD(n, of, order)                                                                        \
	"{\"identifier\":\"" B n "\",\"associationType\":\"isChildOf\",\"sequenceNumber\":" order  \
	",\"originNodeURI\":{\"identifier\":\"" A n                                                \
	"\",\"title\":\"o\",\"uri\":\"u\"},\"destinationNodeURI\":{\"identifier\":\"" A of         \
	"\",\"title\":\"d\",\"uri\":\"u\"}}"
#define DOCUMENT                                                                                   \
	"\"CFDocument\":{\"identifier\":\"" A "0\",\"title\":\"Bread\",\"creator\":\"Guild\","     \
	"\"language\":\"en\",\"version\":\"2\"}"
#define RELATED                                                                                    \
	"{\"identifier\":\"" B "9\",\"associationType\":\"isRelatedTo\",\"originNodeURI\":"        \
	"{\"identifier\":\"" A "2\"},\"destinationNodeURI\":{\"identifier\":\"" B "0\"}}"

static const char *const bread =
	"{" DOCUMENT
	",\"CFItems\":[" ITEM("1", "Kneading", ",\"abbreviatedStatement\":\"Kneading\",\"CFItemType\":\"Area\"") "," ITEM(
		"2", "Kneads by hand",
		",\"humanCodingScheme\":\"K2\",\"CFItemType\":\"Hand "
		"skill\"") "," ITEM("3", "Waits",
				    ",\"humanCodingScheme\":\"K1\","
				    "\"CFItemType\":\"Hand "
				    "skill\",\"notes\":\"An hour\"") "],"
								     "\"CF"
								     "Asso"
								     "ciat"
								     "ions"
								     "\":"
								     "[" CHILD("2", "1", "7") "," CHILD("3", "1", "5") "," CHILD(
									     "1", "0",
									     "1") "," RELATED "],"
										  "\"CFDefinitions"
										  "\":{"
										  "\"CFItemTypes\":"
										  "[{"
										  "\"identifier\":"
										  "\"" B
										  "8\",\"title\":"
										  "\"Hand "
										  "skill\"}]},"
										  "\"CFRubrics\":[{"
										  "\"identifier\":"
										  "\"" B
										  "4\",\"title\":"
										  "\"R\","
										  "\"CFRubricCriter"
										  "ia\":[{"
										  "\"identifier\":"
										  "\"" B "5\","
										  "\"CFItemURI\":{"
										  "\"identifier\":"
										  "\"" A "2\"},"
										  "\"CFRubricCriter"
										  "ionLevels\":[{"
										  "\"identifier\":"
										  "\"" B "6\","
										  "\"quality\":"
										  "\"Good\","
										  "\"description\":"
										  "\"Soft "
										  "crumb\"},{"
										  "\"identifier\":"
										  "\"" B
										  "7\",\"quality\":"
										  "\"Poor\"}]}]}]}";

#define GOOD "6420ad4e-270d-5b58-919a-ebbd316fd0a8" /* made of its name */
#define SAID                                                                                       \
	"area  en:Kneading\n"                                                                      \
	".hand-skill K1 en:Waits en:An hour\n"                                                     \
	".hand-skill K2 en:Kneads by hand [" GOOD " en:Soft crumb]\n" GOOD " = en:Good\n"

/* The second edition: one reworded, one gone, one new. */
static const char *const more_bread =
	"{" DOCUMENT
	",\"CFItems\":[" ITEM("1", "Kneading", ",\"abbreviatedStatement\":\"Kneading\",\"CFItemType\":\"Area\"") "," ITEM(
		"2", "Kneads by hand and eye",
		",\"humanCodingScheme\":\"K2\",\"CFItemType\":\"Hand "
		"skill\"") "," ITEM("4", "Folds",
				    ",\"humanCo"
				    "dingScheme"
				    "\":\"K4\","
				    "\"CFItemTy"
				    "pe\":"
				    "\"Hand "
				    "skill\"") "],"
					       "\"CFAssociations\":"
					       "[" CHILD("2", "1", "7") "," CHILD(
						       "4", "1", "8") "," CHILD("1", "0", "1") "]}";

static const char *const pain =
	"{\"CFDocument\":{\"identifier\":\"" B
	"a\",\"title\":\"Pain\",\"language\":\"fr\"},\"CFItems\":["
	"{\"identifier\":\"" B
	"b\",\"fullStatement\":\"Pétrit à la main\",\"notes\":\"Une heure\"},"
	"{\"identifier\":\"" B "c\",\"fullStatement\":\"Ne traduit rien\"}],\"CFAssociations\":["
	"{\"identifier\":\"" B
	"d\",\"associationType\":\"isTranslationOf\",\"originNodeURI\":{\"identifier\":\"" B
	"a\"},\"destinationNodeURI\":{\"identifier\":\"" A "0\"}},{\"identifier\":\"" B
	"e\",\"associationType\":\"isTranslationOf\",\"originNodeURI\":{\"identifier\":\"" B
	"b\"},\"destinationNodeURI\":{\"identifier\":\"" A "2\"}}]}";

struct watched {
	struct db *db;
	int calls, stop_at; /* stop_at 0: never */
};

/* What a visitor of drafts would find while it is filled. */
static bool watch(void *context, int64_t done, int64_t total, const char *words)
{
	struct watched *s = context;
	(void)done, (void)total, (void)words;
	s->calls++;
	return s->calls != s->stop_at;
}

static const struct val *two_langs(void)
{
	struct val *langs = val_list(test_arena);
	val_push(langs, val_text(test_arena, S("en")));
	val_push(langs, val_text(test_arena, S("fr")));
	return langs;
}

static struct case_saved save(struct db *db, struct err *err, struct str text, int64_t now,
			      struct watched *watched)
{
	static const struct case_options none = {0};
	const struct case_package *p = case_read(test_arena, text, &none);
	struct case_saving s = {.db = db,
				.err = err,
				.org = 1,
				.now = now,
				.langs = two_langs(),
				.package = p,
				.go_on = watched ? watch : NULL,
				.context = watched};
	return case_save(test_arena, &s);
}

static struct writer begin(struct db *db)
{
	struct writer w = {.db = db, .arena = test_arena, .org = 1, .now = 1000};
	db_begin(db, DB_WRITE, 1);
	return w;
}

static void make_org(struct db *db)
{
	door_begin(db);
	CHECK(db_commit(db));
}

static int64_t count(struct db *db, const char *table)
{
	return door_count(
		db, str_c(test_arena, str_fmt(test_arena, "SELECT count(*) AS n FROM %s", table)));
}

/* The last letters of the identifiers of a version, in reading order. */
static struct str uuids(struct writer *w, int64_t version)
{
	struct str all = door_uuids(w, version), line;
	struct buf b = {.arena = test_arena};
	while (str_cut(&all, '\n', &line))
		buf_add(&b, str_from(line, line.n - 1));
	return buf_str(&b);
}

static const char *const tables[] = {"standard",
				     "standard_version",
				     "standard_item",
				     "standard_node",
				     "texts",
				     "standard_kept_item",
				     "standard_kept_document",
				     "standard_association",
				     "standard_definition",
				     "standard_rubric_part",
				     "standard_level",
				     "standard_descriptor",
				     "standard_kind",
				     "standard_version_lang",
				     "search_document"};

/* Rows of every table, as one text. */
static struct str rows(struct db *db)
{
	struct buf b = {.arena = test_arena};
	db_begin(db, DB_READ, 1);
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		buf_fmt(&b, "%s %d\n", tables[i], (int)count(db, tables[i]));
	db_rollback(db);
	return buf_str(&b);
}

static void publish(struct db *db, int64_t version)
{
	struct writer w = begin(db);
	CHECK_INT(door_publish(&w, version, NULL), STORED);
	CHECK(db_commit(db));
}

TEST_DB("a package becomes a draft with all it says")
{
	make_org(db);
	struct watched watched = {.db = db};
	struct case_saved saved = save(db, err, str_of(bread), 1000, &watched);
	CHECK_INT(saved.end, CASE_SAVED);
	CHECK(!saved.again && watched.calls > 3);
	struct writer w = begin(db);
	CHECK_STR(door_said(&w, saved.version), SAID);
	CHECK_STR(uuids(&w, saved.version), "132");
	struct val *p = store_params(&w);
	val_set_int(p, "standard", saved.standard);
	CHECK_STR(val_s(db_row(db, &q_standards_by_id, p), "slug"), "bread");
	CHECK_STR(val_s(db_row(db, &q_standards_by_id, p), "uuid"), A "0");
	CHECK_INT(count(db, "standard_association"), 1);
	CHECK_INT(count(db, "standard_definition"), 1);
	CHECK_INT(count(db, "standard_rubric_part"), 4);
	CHECK_INT(count(db, "standard_kept_item"), 3);
	CHECK_INT(count(db, "search_document"), 3);
	CHECK_INT(door_count(db, "SELECT count(*) AS n FROM standard_node WHERE position = 7"), 1);
	CHECK_INT(door_count(db, "SELECT count(*) AS n FROM texts WHERE field = 'notes' AND body = "
				 "'An hour'"),
		  1);
	db_rollback(db);
	CHECK_INT(err->kind, ERR_NONE);
}

TEST_DB("the same package again changes nothing")
{
	make_org(db);
	struct case_saved first = save(db, err, str_of(bread), 1000, NULL);
	struct str before = rows(db);
	struct case_saved again = save(db, err, str_of(bread), 2000, NULL);
	CHECK_INT(again.end, CASE_SAME);
	CHECK_INT(again.standard, first.standard);
	CHECK_STR(rows(db), before);
	publish(db, first.version);
	CHECK_INT(save(db, err, str_of(bread), 3000, NULL).end, CASE_SAME);
}

TEST_DB("a newer copy is the next draft, in which items are the same by identifier")
{
	make_org(db);
	struct case_saved first = save(db, err, str_of(bread), 1000, NULL);
	CHECK_INT(save(db, err, str_of(more_bread), 1500, NULL).end, CASE_REFUSED);
	publish(db, first.version);
	struct case_saved next = save(db, err, str_of(more_bread), 2000, NULL);
	CHECK_INT(next.end, CASE_SAVED);
	CHECK(next.again);
	CHECK_INT(next.standard, first.standard);
	struct writer w = begin(db);
	CHECK_STR(uuids(&w, next.version), "124");
	CHECK_STR(door_said(&w, first.version), SAID);
	CHECK_INT(count(db, "standard"), 1);
	CHECK_INT(count(db, "standard_item"), 4);
	CHECK_INT(count(db, "search_document"),
		  5); /* what is published, and what says something else */
	db_rollback(db);
}

static struct str other_title(const char *package, const char *title)
{
	struct str text = str_of(package), was = S("\"title\":\"Bread\"");
	size_t at = (size_t)str_find(text, was);
	return str_fmt(test_arena, STR_FMT "\"title\":\"%s\"" STR_FMT,
		       STR_ARG(str_sub(text, 0, at)), title, STR_ARG(str_from(text, at + was.n)));
}

static struct str called(struct db *db, int64_t standard)
{
	struct val *told = text_history(db, test_arena, "standard", standard, "title", S("en"));
	return val_s(val_at(told, 0), "body");
}

TEST_DB("a newer copy with another title renames the standard when it is published")
{
	make_org(db);
	struct case_saved first = save(db, err, str_of(bread), 1000, NULL);
	publish(db, first.version);
	struct case_saved next = save(db, err, other_title(more_bread, "Loaves"), 2000, NULL);
	struct writer w = begin(db);
	CHECK_STR(called(db, first.standard), "Bread"); /* as what its readers see */
	db_rollback(db);
	publish(db, next.version);
	next = save(db, err, other_title(bread, "Dough"), 3000, NULL);
	w = begin(db);
	CHECK_STR(called(db, first.standard), "Loaves");
	CHECK(store_retext(&w, "standard", first.standard, "title", S("en"), S("Our bread"),
			   TEXT_ANY));
	CHECK(db_commit(db));
	publish(db, next.version); /* a person's name for it stays */
	w = begin(db);
	CHECK_STR(called(db, first.standard), "Our bread");
	db_rollback(db);
}

TEST_DB("what is stopped leaves nothing")
{
	make_org(db);
	struct str before = rows(db);
	for (int at = 1; at <= 3; at++) {
		struct watched watched = {.db = db, .stop_at = at};
		CHECK_INT(save(db, err, str_of(bread), 1000, &watched).end, CASE_STOPPED);
		CHECK_STR(rows(db), before);
	}
	struct case_saved first = save(db, err, str_of(bread), 1000, NULL);
	publish(db, first.version);
	before = rows(db);
	struct watched watched = {.db = db, .stop_at = 2};
	CHECK_INT(save(db, err, str_of(more_bread), 2000, &watched).end, CASE_STOPPED);
	CHECK_STR(rows(db), before);
}

static bool is_shown(struct db *db)
{
	db_begin(db, DB_READ, 1);
	int64_t n = door_count(db, "SELECT count(*) AS n FROM standard_version WHERE filling = 0");
	db_rollback(db);
	return n > 0;
}

/* Does anybody see what is not whole? */
static bool is_seen(struct db *db)
{
	struct val *p = fixture_params("org", INT(1), "slug", TEXT("bread"), "after", TEXT(""),
				       "limit", INT(10), "drafts", INT(1), NULL);
	db_begin(db, DB_READ, 1);
	bool seen = val_count(db_rows(db, &q_standards_index, p)) ||
		    !val_is_null(db_row(db, &q_standards_by_slug, p)) ||
		    val_count(db_rows(db, &q_import_targets, p));
	db_rollback(db);
	return seen;
}

TEST_DB("an import cut off anywhere is seen by nobody, and taken up where it was")
{
	make_org(db);
	struct case_saved whole = {.end = CASE_FAILED};
	int64_t now = 1000;
	int cuts = 0;
	for (int nth = 1; whole.end == CASE_FAILED && nth < 400; nth += 3, now += 100) {
		db_use(db, test_arena, err);
		db_fail_at(db, nth);
		whole = save(db, err, str_of(bread), now, NULL);
		db_fail_at(db, 0);
		cuts += whole.end == CASE_FAILED;
		*err = (struct err){0};
		db_rollback(db);
		if (whole.end == CASE_FAILED && !is_shown(db))
			CHECK(!is_seen(db));
	}
	CHECK(cuts > 10);
	db_use(db, test_arena, err);
	struct case_saved again = save(db, err, str_of(bread), now + 100, NULL);
	CHECK(again.end == CASE_SAME || again.end == CASE_SAVED);
	struct writer w = begin(db);
	CHECK_STR(door_said(&w, again.version), SAID);
	CHECK_INT(count(db, "standard_node"), 3);
	CHECK_INT(count(db, "standard_association"), 1);
	CHECK_INT(count(db, "standard_rubric_part"), 4);
	db_rollback(db);
}

TEST_DB("an import under way is not disturbed by another")
{
	make_org(db);
	db_use(db, test_arena, err);
	db_fail_at(db, 40);
	CHECK_INT(save(db, err, str_of(bread), 1000, NULL).end, CASE_FAILED);
	db_fail_at(db, 0);
	*err = (struct err){0};
	db_rollback(db);
	struct case_saved other = save(db, err, str_of(bread), 1005, NULL);
	CHECK_INT(other.end, CASE_REFUSED);
	CHECK_STR(other.reason, "Another import of this package is under way");
	struct case_saved newer =
		save(db, err, str_of(more_bread), 1100, NULL); /* the other one is given up */
	CHECK_INT(newer.end, CASE_SAVED);
	struct writer w = begin(db);
	CHECK_STR(uuids(&w, newer.version), "124");
	db_rollback(db);
}

TEST_DB("a translation lays its words onto the items that it translates")
{
	make_org(db);
	struct case_saved first = save(db, err, str_of(bread), 1000, NULL);
	struct case_saved laid = save(db, err, str_of(pain), 1100, NULL);
	CHECK_INT(laid.end, CASE_LAID);
	CHECK_INT(laid.standard, first.standard);
	CHECK_INT(laid.laid, 1);
	CHECK_INT(laid.left, 1);
	struct writer w = begin(db);
	CHECK_STR(door_said(&w, first.version),
		  "area  en:Kneading\n"
		  ".hand-skill K1 en:Waits en:An hour\n"
		  ".hand-skill K2 en:Kneads by hand fr:Pétrit à la main fr:Une heure [" GOOD
		  " en:Soft crumb]\n" GOOD " = en:Good\n");
	CHECK_INT(count(db, "standard"), 1);
	CHECK_INT(count(db, "standard_kept_document"), 2);
	db_rollback(db);
	CHECK_INT(save(db, err, str_of(pain), 1200, NULL).end, CASE_SAME);
}

TEST_DB("the next edition keeps the words of the other language where it says the same")
{
	static const char said[] =
		"area  en:Kneading\n"
		".hand-skill K1 en:Waits en:An hour\n"
		".hand-skill K2 en:Kneads by hand fr:Pétrit à la main fr:Une heure [" GOOD
		" en:Soft crumb]\n" GOOD " = en:Good\n";
	make_org(db);
	struct case_saved first = save(db, err, str_of(bread), 1000, NULL);
	save(db, err, str_of(pain), 1100, NULL);
	publish(db, first.version);
	struct str other = str_fmt(test_arena, "{\"more\":1,%s", bread + 1);
	struct case_saved next = save(db, err, other, 1200, NULL);
	CHECK_INT(next.end, CASE_SAVED);
	struct writer w = begin(db);
	CHECK_STR(door_said(&w, next.version), said);
	struct val *p = store_params(&w);
	val_set_int(p, "version", next.version);
	CHECK_INT(val_i(db_row(db,
			       SQL("SELECT count(*) AS n FROM standard_kept_item k JOIN "
				   "standard_node n "
				   "ON n.id = k.node WHERE n.version = :version AND k.lang = 'fr'"),
			       p),
			"n"),
		  1);
	db_rollback(db);
	CHECK_INT(err->kind, ERR_NONE);
}

TEST_DB("an identifier that another standard has is kept, and the item gets its own")
{
	make_org(db);
	save(db, err, str_of(bread), 1000, NULL);
	struct case_saved other =
		save(db, err,
		     S("{\"CFDocument\":{\"identifier\":\"" B
		       "0\",\"title\":\"Cake\"},\"CFItems\":[" ITEM("1", "Beats eggs", "") "]}"),
		     1000, NULL);
	CHECK_INT(other.end, CASE_SAVED);
	struct writer w = begin(db);
	CHECK(!str_ends(door_uuids(&w, other.version), S(A "1\n")));
	CHECK_INT(door_count(db,
			     "SELECT count(*) AS n FROM standard_kept_item WHERE identifier = '" A
			     "1'"),
		  1);
	db_rollback(db);
	CHECK_INT(err->kind, ERR_NONE);
}

TEST_DB("the next draft keeps what a package said, until it is thrown away")
{
	make_org(db);
	struct case_saved first = save(db, err, str_of(bread), 1000, NULL);
	publish(db, first.version);
	struct str before = rows(db);
	struct writer w = begin(db);
	int64_t draft = store_draft(&w, first.standard);
	CHECK(draft != 0);
	CHECK_INT(count(db, "standard_kept_item"), 6);
	CHECK_INT(count(db, "standard_association"), 2);
	CHECK_INT(count(db, "standard_rubric_part"), 8);
	CHECK_INT(door_count(db, "SELECT count(*) AS n FROM standard_rubric_part a JOIN "
				 "standard_rubric_part b "
				 "ON b.id = a.within WHERE a.version = b.version"),
		  6);
	struct val *p = store_params(&w);
	val_set_str(p, "uuid", S(A "2"));
	val_set_int(p, "version", draft);
	struct val *node = db_row(db, &q_standards_node_of_uuid, p);
	CHECK_INT(store_remove(&w, draft, val_i(node, "item"), val_i(node, "rev")), STORED);
	CHECK_INT(count(db, "standard_kept_item"), 5);
	CHECK_INT(count(db, "standard_association"), 1);
	CHECK(store_drop_draft(&w, first.standard));
	CHECK(db_commit(db));
	CHECK_STR(rows(db), before);
	CHECK_INT(err->kind, ERR_NONE);
}

TEST_DB("every real package is saved: as many rows as objects")
{
	static const char *const files[] = {"opensalt-sample-20c5134f", "opensalt-test-Ordering",
					    "smarterbalanced-ELA-pkg1", "smarterbalanced-HSMATH"};
	make_org(db);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		SHARED(bytes, str_c(test_arena,
				    str_fmt(test_arena, "data/case-packages/%s.json", files[i])));
		static const struct case_options none = {0};
		const struct case_package *p = case_read(test_arena, bytes, &none);
		db_begin(db, DB_READ, 1);
		int64_t nodes = count(db, "standard_node"),
			kept = count(db, "standard_association"),
			definitions = count(db, "standard_definition");
		db_rollback(db);
		int32_t placing = 0;
		for (int32_t k = 0; k < p->associations_n; k++)
			placing += p->associations[k].placing;
		CHECK_INT(save(db, err, bytes, 1000, NULL).end, CASE_SAVED);
		db_begin(db, DB_READ, 1);
		CHECK_INT(count(db, "standard_node") - nodes, p->items_n);
		CHECK_INT(count(db, "standard_association") - kept, p->associations_n - placing);
		CHECK_INT(count(db, "standard_definition") - definitions, p->definitions_n);
		db_rollback(db);
	}
	CHECK_INT(err->kind, ERR_NONE);
}
