#include "core/text.h"

#include "base/arena.h"
#include "core/args.h"
#include "core/place.h"
#include "core/term.h"
#include "fixture.h"

TEST("a reader gets the wanted language, its relative, the first one, then any")
{
	CHECK_INT(text_rank(S("fr"), S("fr"), S("en")), 4);
	CHECK_INT(text_rank(S("FR"), S("fr"), S("en")), 4);
	CHECK_INT(text_rank(S("fr-CA"), S("fr"), S("en")), 3);
	CHECK_INT(text_rank(S("fr"), S("fr-CA"), S("en")), 3);
	CHECK_INT(text_rank(S("en"), S("fr"), S("en")), 2);
	CHECK_INT(text_rank(S("iu"), S("fr"), S("en")), 1);
	CHECK_INT(text_rank(S(""), S("fr"), S("en")), 0);
	CHECK_INT(text_rank(S("fra"), S("fr"), S("en")), 1);
}

static int64_t put(struct db *db, int64_t owner, const char *field, const char *lang,
		   const char *body, int64_t seen_rev)
{
	return text_put(db, test_arena,
			&(struct text){.kind = "thing",
				       .owner = owner,
				       .field = field,
				       .lang = str_of(lang),
				       .body = str_of(body),
				       .made_at = 100,
				       .seen_rev = seen_rev});
}

TEST_DB("two people who edit one text never overwrite each other, and every revision stays")
{
	db_begin(db, DB_WRITE, 0);
	CHECK_INT(put(db, 7, "title", "en", "Listening", 0), 1);
	CHECK_INT(put(db, 7, "title", "en", "Listening well", 1), 2);
	CHECK_INT(put(db, 7, "title", "en", "Hearing", 1), 0);        /* had seen revision 1 */
	CHECK_INT(put(db, 7, "title", "en", "Hearing", 0), 0);        /* thought there was none */
	CHECK_INT(put(db, 7, "title", "en", "Listening well", 1), 2); /* means the same */
	CHECK_INT(put(db, 7, "title", "en", "Hearing", TEXT_ANY), 3);
	CHECK_INT(put(db, 7, "title", "fr", "Écouter", 0), 1);
	struct val *history = text_history(db, test_arena, "thing", 7, "title", S("en"));
	CHECK_INT(val_count(history), 3);
	CHECK_STR(val_s(val_at(history, 0), "body"), "Hearing");
	CHECK_STR(val_s(val_at(history, 2), "body"), "Listening");
	CHECK_INT(val_count(text_all(db, test_arena, "thing", 7)), 2);
	for (int64_t i = 0; i < 200; i++) /* however often: the first one is still there */
		put(db, 7, "title", "en", i % 2 ? "Hearing" : "Hearing well", TEXT_ANY);
	history = text_history(db, test_arena, "thing", 7, "title", S("en"));
	CHECK_STR(val_s(val_at(history, val_count(history) - 1), "body"), "Listening");
	text_forget(db, test_arena, "thing", 7);
	CHECK_INT(val_count(text_all(db, test_arena, "thing", 7)), 0);
	CHECK(db_commit(db));
}

static struct val *things(struct db *db, const char *lang)
{
	static const char *const fields[] = {"title", "body", NULL};
	struct val *list = val_list(test_arena);
	for (int64_t id = 1; id <= 40; id++)
		val_set_int(val_push_object(list), "item", id % 4); /* 0: a row without an owner */
	text_attach(db, test_arena, list,
		    &(struct text_want){.kind = "thing",
					.id = "item",
					.prefix = "item_",
					.fields = fields,
					.lang = str_of(lang),
					.first = S("en")});
	return list;
}

TEST_DB("texts come to a whole list in one query, each saying which language it is in")
{
	db_begin(db, DB_WRITE, 0);
	put(db, 1, "title", "en", "Listening", 0);
	put(db, 1, "title", "fr", "Écouter", 0);
	put(db, 1, "body", "en", "To listen is …", 0);
	put(db, 2, "title", "iu", "ᓈᓚᒃᓂᖅ", 0);
	put(db, 2, "title", "es", "Escuchar", 0);
	put(db, 1, "body", "fr", "Écouter, c’est …", 0);
	put(db, 1, "body", "fr", "", TEXT_ANY); /* taken back */
	CHECK(db_commit(db));

	db_use(db, test_arena, err);
	db_begin(db, DB_READ, 0);
	struct val *list = things(db, "fr");
	CHECK_INT(db_fail_at(db, 0), 1); /* one query for forty rows */
	struct val *one = val_at(list, 0), *two = val_at(list, 1), *three = val_at(list, 2);
	CHECK_STR(val_s(one, "item_title"), "Écouter");
	CHECK_STR(val_s(one, "item_title_lang"), "fr");
	CHECK(!val_b(one, "item_title_other"));
	CHECK_STR(val_s(one, "item_body"), "To listen is …");
	CHECK_STR(val_s(one, "item_body_lang"), "en");
	CHECK(val_b(one, "item_body_other"));
	CHECK_STR(val_s(two, "item_title"), "Escuchar"); /* neither: the first by its tag */
	CHECK(val_b(two, "item_title_other"));
	CHECK_STR(val_s(three, "item_title"),
		  ""); /* in no language, but a template knows the name */
	CHECK(val_has(three, "item_title"));
	CHECK(!val_has(val_at(list, 3), "item_title"));
	CHECK_STR(val_s(val_at(list, 36), "item_title"), "Écouter");
	CHECK(db_commit(db));
}

TEST_DB("owners that are close together or far apart get their own texts and no one else's")
{
	static const char *const fields[] = {"title", NULL};
	static const struct {
		int64_t owners[4];
		const char *titles[4];
	} cases[] = {
		{{1}, {"One"}},
		{{2, 4}, {"Two", "Four"}}, /* not the third */
		{{4, 1, 2, 1}, {"Four", "One", "Two", "One"}},
		{{1, 5, 900}, {"One", "", "Far"}},
		{{900, 901}, {"Far", ""}},
		{{0, 3}, {"", "Three"}},
		{{0}, {""}},
	};
	db_begin(db, DB_WRITE, 0);
	put(db, 1, "title", "en", "One", 0);
	put(db, 2, "title", "en", "Two", 0);
	put(db, 3, "title", "en", "Three", 0);
	put(db, 4, "title", "en", "Four", 0);
	put(db, 900, "title", "en", "Far", 0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct val *list = val_list(test_arena);
		for (size_t k = 0; k < 4 && cases[i].titles[k]; k++)
			val_set_int(val_push_object(list), "id", cases[i].owners[k]);
		text_attach(
			db, test_arena, list,
			&(struct text_want){
				.kind = "thing", .id = "id", .fields = fields, .lang = S("en")});
		for (size_t k = 0; k < val_count(list); k++)
			CHECK_STR(val_s(val_at(list, k), "title"), cases[i].titles[k]);
	}
	CHECK(db_commit(db));
}

TEST_DB("a text says that it is foreign to the page it stands on, not to the language asked for")
{
	static const char *const fields[] = {"title", NULL};
	static const struct {
		const char *wanted, *page, *gets;
		bool other;
	} cases[] = {
		{"fr", "en", "Écouter", true},   {"fr", "fr-CA", "Écouter", false},
		{"en", "fr", "Listening", true}, {"iu", "en", "Listening", false},
		{"iu", "fr", "Listening", true}, {"fr", "", "Écouter", false},
		{"iu", "", "Listening", true},
	};
	db_begin(db, DB_WRITE, 0);
	put(db, 1, "title", "en", "Listening", 0);
	put(db, 1, "title", "fr", "Écouter", 0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct val *row = val_object(test_arena);
		val_set_int(row, "id", 1);
		text_attach_one(db, test_arena, row,
				&(struct text_want){.kind = "thing",
						    .id = "id",
						    .fields = fields,
						    .lang = str_of(cases[i].wanted),
						    .first = S("en"),
						    .page = str_of(cases[i].page)});
		CHECK_STR(val_s(row, "title"), cases[i].gets);
		CHECK_INT(val_b(row, "title_other"), cases[i].other);
	}
	CHECK(db_commit(db));
}

TEST_DB("completeness counts what is there in each language against what is there in any")
{
	struct val *ids = val_list(test_arena);
	for (int64_t id = 1; id <= 3; id++)
		val_push(ids, INT(id));
	db_begin(db, DB_WRITE, 0);
	put(db, 1, "title", "en", "One", 0);
	put(db, 2, "title", "en", "Two", 0);
	put(db, 2, "body", "en", "Two of them", 0);
	put(db, 2, "title", "fr", "Deux", 0);
	put(db, 9, "title", "fr", "Neuf", 0); /* not asked for */
	struct val *c = text_completeness(db, test_arena, "thing", ids);
	CHECK_INT(val_i(c, "total"), 3);
	CHECK_INT(val_count(val_get(c, "langs")), 2);
	CHECK_INT(val_i(val_at(val_get(c, "langs"), 0), "count"), 3);
	CHECK_STR(val_s(val_at(val_get(c, "langs"), 1), "lang"), "fr");
	CHECK_INT(val_i(val_at(val_get(c, "langs"), 1), "count"), 1);
	CHECK(db_commit(db));
}

static int64_t an_org(struct db *db, const char *slug)
{
	return db_id(db,
		     SQL("INSERT INTO org (slug, base, zone, made_at) VALUES (:slug, "
			 "'https://example.test', 'UTC', 1) RETURNING id"),
		     ARGS(test_arena, ARG(slug)));
}

TEST_DB("an organisation adds its own terms to a shipped vocabulary and retires only those")
{
	db_begin(db, DB_WRITE, 0);
	int64_t one = an_org(db, "one"), other = an_org(db, "other");
	struct arena *a = test_arena;
	term_ship(db, a, term_shipped, 1);
	term_ship(db, a, term_shipped, 2); /* changes nothing */
	int64_t shipped = (int64_t)val_count(term_list(db, a, one, "method", S("fr"), S("en")));
	CHECK(shipped > 10);
	int64_t mine = term_add(
		db, a, &(struct term){.org = one, .scheme = "method", .code = S("sewing_circle")});
	CHECK(mine > 0);
	CHECK_INT(term_add(db, a,
			   &(struct term){
				   .org = one, .scheme = "method", .code = S("sewing_circle")}),
		  0);
	CHECK_INT(term_add(db, a,
			   &(struct term){.org = one, .scheme = "method", .code = S("webinar")}),
		  0);
	struct val *list = term_list(db, a, one, "method", S("fr"), S("en"));
	CHECK_INT(val_count(list), shipped + 1);
	CHECK_INT(val_i(val_at(list, 0), "id"), mine); /* position 0 stands first */
	CHECK_STR(val_s(val_at(list, 1), "name"), "Visite en classe");
	CHECK_INT(val_count(term_list(db, a, other, "method", S("fr"), S("en"))), shipped);
	CHECK_INT(term_find(db, a, other, "method", S("sewing_circle")), 0);

	CHECK(!term_retire(db, a, other, mine, 5));
	CHECK(!term_retire(db, a, one, term_find(db, a, one, "method", S("webinar")), 5));
	CHECK(term_retire(db, a, one, mine, 5));
	CHECK_INT(val_count(term_list(db, a, one, "method", S("fr"), S("en"))), shipped);
	CHECK_INT(term_find(db, a, one, "method", S("sewing_circle")), mine); /* old rows keep it */
	CHECK(db_commit(db));
}

TEST_DB("a place is its organisation's business and no one else's")
{
	struct arena *a = test_arena;
	db_begin(db, DB_WRITE, 0);
	int64_t one = an_org(db, "one"), other = an_org(db, "other");
	int64_t hall = place_add(db, a, one,
				 &(struct place){S("Hall"), S("1 Main Street"),
						 S("America/Toronto"), S("Two steps")});
	CHECK(val_is_null(place_row(db, a, other, hall)));
	CHECK(!place_edit(db, a, other, hall, 1,
			  &(struct place){.name = S("Mine"), .zone = S("UTC")}));
	CHECK(place_edit(
		db, a, one, hall, 1,
		&(struct place){S("Great hall"), S("1 Main Street"), S("UTC"), S("Ramp")}));
	CHECK(!place_edit(db, a, one, hall, 1,
			  &(struct place){.name = S("Small hall"), .zone = S("UTC")})); /* stale */
	CHECK_STR(val_s(place_row(db, a, one, hall), "name"), "Great hall");
	CHECK(place_retire(db, a, one, hall, 9));
	CHECK_INT(val_count(place_list(db, a, one)), 0);
	CHECK(!val_is_null(place_row(db, a, one, hall)));
	CHECK(db_commit(db));
}
