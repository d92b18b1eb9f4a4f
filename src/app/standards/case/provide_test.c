#include "app/standards/case/provider.h"
#include "app/standards/case/shape_rules.h"
#include "base/arena.h"
#include "base/json.h"
#include "core/uuid.h"
#include "example.h"

#define API "/boreal/ims/case/v1p1"

/* What may be asked of each; the world of examples has few of these kinds. */
#define NONE(kind)                                                                                 \
	{                                                                                          \
		.url = "/ims/case/v1p1/" kind "/%greet%", .status = 404                            \
	}
EXAMPLES(NULL, {.url = "/ims/case/v1p1/CFItems/%greet%"},
	 {.url = "/ims/case/v1p0/CFItemAssociations/%greet%"}, NONE("CFDocuments"),
	 NONE("CFPackages"), NONE("CFAssociations"), NONE("CFAssociationGroupings"),
	 NONE("CFConcepts"), NONE("CFItemTypes"), NONE("CFLicenses"), NONE("CFSubjects"),
	 NONE("CFRubrics"));

static struct str asked(struct world *w, const char *url)
{
	world_ask(w, &(struct scenario){.url = url});
	return world_answer(w);
}

static struct str text_of(struct world *w, const char *sql)
{
	db_begin(w->db, DB_READ, 0);
	struct str s = val_s(db_row(w->db, SQL(sql), PARAMS("org", INT(w->a))), "text");
	db_rollback(w->db);
	return s;
}

static const char *url_of(const char *path, struct str id)
{
	return str_c(test_arena, str_fmt(test_arena, API "/%s/" STR_FMT, path, STR_ARG(id)));
}

static bool has(struct str all, const char *part)
{
	return str_find(all, str_of(part)) >= 0;
}

TEST("case: what is turned twice is what it was, and still an identifier of its version")
{
	for (int i = 0; i < 200; i++) {
		struct str a = uuid_new(test_arena), b = uuid_new(test_arena);
		struct str turned = case_turned(test_arena, a, b);
		CHECK(uuid_ok(turned));
		CHECK_INT(turned.p[14], '4');
		CHECK_INT(turned.p[19], a.p[19]);
		CHECK(!str_eq(turned, a));
		CHECK_STR(case_turned(test_arena, turned, b), a);
	}
	struct str id = uuid_new(test_arena);
	CHECK_STR(case_turned(test_arena, id, (struct str){0}), id);
}

TEST("case: members come in their kind, in their order, or not at all")
{
	static const struct {
		const char *is, *kept, *want;
		enum case_edition edition;
	} cases[] = {
		{"{}", "{}", "{}", CASE_11},
		{"{\"notes\":\"n\",\"fullStatement\":\"f\"}", "{}",
		 "{\"fullStatement\":\"f\",\"notes\":\"n\"}", CASE_11},
		{"{\"notes\":null}", "{\"notes\":\"kept\"}", "{\"notes\":\"kept\"}", CASE_11},
		{"{\"notes\":\"is\"}", "{\"notes\":\"kept\"}", "{\"notes\":\"is\"}", CASE_11},
		{"{\"notes\":[1],\"colour\":\"red\"}", "{}", "{}", CASE_11},
		{"{\"humanCodingScheme\":7}", "{}", "{\"humanCodingScheme\":\"7\"}", CASE_11},
		{"{\"identifier\":\"7\",\"uri\":\"\"}", "{\"uri\":\"no address\"}", "{}", CASE_11},
		{"{\"uri\":\"http://a.example/b c/\xC3\xA9%20%zz\"}", "{}",
		 "{\"uri\":\"http://a.example/b%20c/%C3%A9%20%25zz\"}", CASE_11},
		{"{\"statusStartDate\":\"2026-02-30\"}",
		 "{\"statusStartDate\":\"2026-02-03T10:00:00Z\"}",
		 "{\"statusStartDate\":\"2026-02-03\"}", CASE_11},
		{"{\"lastChangeDateTime\":\"soon\"}",
		 "{\"lastChangeDateTime\":\"2018-03-01T21:01:43+00:00\"}",
		 "{\"lastChangeDateTime\":\"2018-03-01T21:01:43+00:00\"}", CASE_11},
		{"{\"lastChangeDateTime\":\"2018-03-01\"}", "{}",
		 "{\"lastChangeDateTime\":\"2018-03-01T00:00:00Z\"}", CASE_11},
		{"{\"educationLevel\":\"KG\",\"conceptKeywords\":[],\"subject\":[\"a\",null,2]}",
		 "{}", "{\"subject\":[\"a\",\"2\"],\"educationLevel\":[\"KG\"]}", CASE_11},
		{"{\"subject\":[\"a\"],\"educationLevel\":[\"KG\"],\"extensions\":{\"a\":1}}", "{}",
		 "{\"educationLevel\":[\"KG\"]}", CASE_10},
		{"{\"extensions\":[]}", "{\"extensions\":{}}", "{}", CASE_11},
		{"{\"extensions\":{\"a\":null,\"b\":[null,{\"c\":null}]}}", "{}",
		 "{\"extensions\":{\"b\":[{}]}}", CASE_11},
		{"{\"licenseURI\":{\"title\":\"t\",\"identifier\":\"x\",\"uri\":\"http://a\"}}",
		 "{}", "{}", CASE_11},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct json_error e;
		struct buf b = {.arena = test_arena};
		json_write(&b, case_shaped(test_arena, &case_item, cases[i].edition, true,
					   json_read(test_arena, str_of(cases[i].is), 1000, &e),
					   json_read(test_arena, str_of(cases[i].kept), 1000, &e),
					   NULL));
		CHECK_STR(buf_str(&b), cases[i].want);
	}
}

TEST("case: types of associations in each edition")
{
	static const char *const cases[][3] = {
		{"isChildOf", "isChildOf", "isChildOf"},
		{"isTranslationOf", "isTranslationOf", "isRelatedTo"},
		{"ext:overlaps", "ext:overlaps", "isRelatedTo"},
		{"is Similar To", "ext:isSimilarTo", "isRelatedTo"},
		{"???", "isRelatedTo", "isRelatedTo"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (int edition = 0; edition < 2; edition++)
			CHECK_STR(case_type_in(test_arena, edition ? CASE_10 : CASE_11,
					       str_of(cases[i][0])),
				  cases[i][1 + edition]);
}

TEST_DB("case: a draft is nowhere, and neither is another organisation")
{
	struct world w;
	NEED(world_begin_demo(&w, db, err));
	struct str draft = text_of(&w, "SELECT s.uuid AS text FROM standard s WHERE s.org = :org "
				       "AND s.slug = 'working-with-employers'");
	struct str item = text_of(&w, "SELECT i.uuid AS text FROM standard_item i JOIN standard s "
				      "ON s.id = i.standard WHERE s.org = :org AND s.slug = "
				      "'working-with-employers' ORDER BY i.id LIMIT 1");
	struct str public = text_of(&w, "SELECT s.uuid AS text FROM standard s WHERE s.org = :org "
					"AND s.slug = 'guiding-adults'");
	NEED(uuid_ok(draft) && uuid_ok(item) && uuid_ok(public));
	CHECK(!has(asked(&w, API "/CFDocuments"), "employers"));
	CHECK(has(asked(&w, url_of("CFDocuments", public)), "Guiding adults"));
	CHECK(has(asked(&w, url_of("CFPackages", draft)), "404"));
	CHECK(has(asked(&w, url_of("CFItems", item)), "404"));
	CHECK(has(asked(&w, url_of("CFItemAssociations", item)), "unknownobject"));
	world_ask(&w, &(struct scenario){
			      .url = str_c(test_arena,
					   str_fmt(test_arena,
						   "/birch/ims/case/v1p1/CFDocuments/" STR_FMT,
						   STR_ARG(public)))});
	CHECK_INT(w.last.status, 404);
	/* Upper case is the same identifier. */
	char *upper = arena_copy(test_arena, public.p, public.n);
	for (size_t i = 0; i < public.n; i++)
		if (upper[i] >= 'a' && upper[i] <= 'f')
			upper[i] = (char)(upper[i] - 32);
	CHECK(has(asked(&w, url_of("CFDocuments", (struct str){upper, public.n})), "Guiding"));
	world_end(&w);
}

static struct str changed(struct world *w, struct str uuid)
{
	struct str all = asked(w, url_of("CFPackages", uuid));
	ptrdiff_t at = str_find(all, S("lastChangeDateTime\":\""));
	return at < 0 ? (struct str){0}
		      : str_dup(test_arena, str_sub(all, (size_t)at + 21, (size_t)at + 41));
}

TEST_DB("case: lastChangeDateTime moves when anything of the package does, and not before")
{
	struct world w;
	NEED(world_begin_demo(&w, db, err));
	struct str rubric = text_of(&w, "SELECT s.uuid AS text FROM standard s WHERE s.org = :org "
					"AND s.slug = 'practice-rubric'");
	struct str before = changed(&w, rubric), same = changed(&w, rubric);
	CHECK(before.n == 20);
	CHECK_STR(same, before);
	/* A draft of the next version is nobody's business. */
	struct scenario draft = {.url = "/boreal/standards/practice-rubric/draft",
				 .as = "standards_editor",
				 .form = "",
				 .status = 303};
	w.now += 60;
	world_ask(&w, &draft);
	CHECK_INT(w.last.status, 303);
	CHECK_STR(changed(&w, rubric), before);
	/* A row of a crosswalk that ends in it is judged. */
	struct str row = text_of(&w, "SELECT CAST(min(w.id) AS text) AS text FROM crosswalk_row w "
				     "WHERE w.org = :org");
	w.now += 60;
	world_ask(&w, &(struct scenario){
			      .url = str_c(test_arena, str_fmt(test_arena,
							       "/boreal/standards/crosswalks/"
							       "adults-and-rubric/rows/" STR_FMT,
							       STR_ARG(row))),
			      .as = "standards_editor",
			      .form = "act=review&relation=same&strength=2&note=&rev=1"});
	CHECK_INT(w.last.status, 303);
	struct str after = changed(&w, rubric);
	CHECK(str_cmp(after, before) > 0);
	CHECK(has(asked(&w, url_of("CFPackages", rubric)), "exactMatchOf"));
	world_end(&w);
}

TEST_DB("case: every database call of a package fails in turn, and nothing half is answered")
{
	struct world w;
	NEED(world_begin_demo(&w, db, err));
	struct str uuid =
		text_of(&w, "SELECT s.uuid AS text FROM standard s WHERE s.org = :org AND "
			    "s.slug = 'practice-rubric'");
	scenario_fail_each(&w, &(struct scenario){.url = url_of("CFPackages", uuid),
						  .status = 200,
						  .has = {"\"CFRubrics\":["}});
	world_end(&w);
}
