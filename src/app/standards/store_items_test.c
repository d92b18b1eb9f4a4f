/* Items of a standard: moved, removed, replaced, out of reach of others, and found. */
#include "app/standards/store_inside.h"
#include "app/standards/store_story.h"
#include "base/arena.h"
#include "base/buf.h"
#include "core/text.h"
#include "db/search.h"
#include "queries.h"

TEST_DB("standards: an item moves anywhere but under itself")
{
	struct writer w = door_begin(db);
	struct door d = door_made(&w);
	int64_t name =
		door_add(&w, d.draft, d.greet, "performance", "A1.1", "en", "", "Asks the name");
	CHECK_INT(store_move(&w, d.draft, d.door, d.door, 0), STORE_REFUSED);
	CHECK_INT(store_move(&w, d.draft, d.door, name, 0), STORE_REFUSED);
	CHECK_INT(store_move(&w, d.draft, d.greet, d.chair, name), STORE_STALE);
	CHECK_INT(store_move(&w, d.draft, 999999, 0, 0), STORE_MISSING);
	CHECK_INT(store_move(&w, d.draft, d.chair, d.door, d.greet), STORED);
	CHECK_INT(store_move(&w, d.draft, d.greet, 0, 0), STORED);
	CHECK_STR(door_said(&w, d.draft),
		  "area A en:At the door\n"
		  ".competency A2 en:Offers a chair (frequency not given)\n"
		  "competency A1 en:Greets whoever comes [L1 en:Says hello]"
		  " [L2 en:Knows the names] (frequency en:Daily) <Guide " DOOR_LINK " G1>\n"
		  ".performance A1.1 en:Asks the name\n"
		  "L1 = en:New\n"
		  "L2 = en:Skilled\n");
	CHECK(db_commit(db));
}

TEST_DB("standards: what is removed goes with all under it, and the published version keeps it")
{
	struct writer w = door_begin(db);
	struct door d = door_made(&w);
	CHECK_INT(door_publish(&w, d.draft, NULL), STORED);
	struct str identities = door_uuids(&w, d.draft);
	int64_t texts = door_count(db, "SELECT count(*) AS n FROM texts");
	int64_t second = store_draft(&w, d.standard);
	CHECK_INT(store_remove(&w, second, d.door, door_rev(&w, second, d.door)), STORED);
	CHECK_STR(door_said(&w, second), "L1 = en:New\nL2 = en:Skilled\n");
	CHECK_INT(store_remove(&w, second, d.greet, 1), STORE_MISSING);
	CHECK_STR(door_said(&w, d.draft), DOOR_SAID);
	CHECK_STR(door_uuids(&w, d.draft), identities);
	/* of the second version only the names of its two levels are left */
	CHECK_INT(door_count(db, "SELECT count(*) AS n FROM texts"), texts + 2);
	/* what comes instead is nobody's heir, not even of a row's number */
	int64_t hall = door_add(&w, second, 0, "area", "H", "en", "In the hall", "");
	CHECK_INT(store_descriptor(&w, second, hall, S("L1"), S("en"), S("Waits"), 0), STORED);
	CHECK_INT(store_rating(&w, second, hall, S("frequency"), S("en"), S("Weekly"), 0), STORED);
	CHECK_STR(door_said(&w, second),
		  "area H en:In the hall [L1 en:Waits] (frequency en:Weekly)\n"
		  "L1 = en:New\nL2 = en:Skilled\n");
	CHECK(db_commit(db));
}

/* The codes at the far ends of an item's replacements. */
static struct str ends(struct writer *w, const struct query *q, int64_t item)
{
	struct buf b = {.arena = test_arena};
	struct val *rows = db_rows(w->db, q, store_at(w, 0, item));
	for (size_t i = 0; i < val_count(rows); i++)
		buf_fmt(&b, "%s" STR_FMT, i ? " " : "", STR_ARG(val_s(val_at(rows, i), "code")));
	return buf_str(&b);
}

TEST_DB("standards: items replace each other n to m, readable from both sides")
{
	struct writer w = door_begin(db);
	struct door d = door_made(&w);
	int64_t coat =
		door_add(&w, d.draft, d.door, "competency", "A3", "en", "", "Takes the coat");
	CHECK_INT(door_publish(&w, d.draft, NULL), STORED);
	CHECK_INT(store_replace(&w, d.greet, d.chair, S("halved")), STORED);
	CHECK_INT(store_replace(&w, d.greet, coat, S("the other half")), STORED);
	CHECK_INT(store_replace(&w, d.door, coat, S("")), STORED);
	CHECK_INT(store_replace(&w, d.greet, coat, S("again")), STORE_REFUSED);
	CHECK_INT(store_replace(&w, d.greet, d.greet, S("itself")), STORE_REFUSED);
	CHECK_INT(store_replace(&w, d.greet, 999999, S("nobody")), STORE_REFUSED);
	CHECK_STR(ends(&w, &q_standards_replaced_by, d.greet), "A2 A3");
	CHECK_STR(ends(&w, &q_standards_replaces, coat), "A1 A");
	CHECK_STR(ends(&w, &q_standards_replaces, d.greet), "");
	CHECK(db_commit(db));
}

/* Everything one organisation's ids could be used for by another. */
static void trespass(struct writer *w, const struct door *d, int64_t mine)
{
	int64_t v = d->draft;
	struct val *filled = door_form(&(struct writer){.db = w->db, .arena = test_arena, .org = 1},
				       v, d->greet, "en");
	val_set(filled, "body", TEXT("Mine"));
	CHECK_INT(store_edit(w, filled), STORE_MISSING);
	CHECK_INT(store_describe(w, d->standard,
				 PARAMS("work", TEXT("en"), "title", TEXT("Mine"), "title_rev",
					INT(1), "summary", TEXT(""), "summary_rev", INT(0))),
		  STORE_MISSING);
	CHECK_INT(store_draft(w, d->standard), 0);
	CHECK_INT(store_empty_draft(w, d->standard), 0);
	CHECK(!store_drop_draft(w, d->standard));
	CHECK_INT(door_add(w, v, 0, "area", "M", "en", "Mine", ""), 0);
	CHECK(store_move(w, v, d->chair, 0, 0) != STORED);
	CHECK(store_remove(w, v, d->chair, 1) != STORED);
	store_level(w, v, S("L1"), 9, S("en"), S("Mine"));
	store_level(w, v, S("L9"), 9, S("en"), S("Mine"));
	store_link(w, v, d->greet, S("Mine"), S(""), S(""));
	CHECK_INT(store_name_level(w, v, S("L1"), S("en"), S("Mine"), 1), STORE_MISSING);
	CHECK(store_raise_level(w, v, S("L2")) != STORED);
	CHECK_INT(store_descriptor(w, v, d->greet, S("L1"), S("en"), S("Mine"), 1), STORE_MISSING);
	CHECK_INT(store_rating(w, v, d->greet, S("frequency"), S("en"), S("Mine"), 1),
		  STORE_MISSING);
	CHECK_INT(store_unrate(w, v, d->greet, S("frequency"), S("en"), 1), STORE_MISSING);
	CHECK_INT(store_publish(w, v, 1, val_list(test_arena), S(""), S(""), S("")), STORE_MISSING);
	CHECK_INT(store_publish_lang(w, v, S("fr")), STORE_MISSING);
	CHECK_INT(store_deprecate(w, v, 1), STORE_MISSING);
	CHECK_INT(store_replace(w, d->greet, mine, S("")), STORE_REFUSED);
	CHECK_INT(store_replace(w, mine, d->greet, S("")), STORE_REFUSED);
}

TEST_DB("standards: another organisation's ids are not there, and nothing of theirs changes")
{
	struct writer w = door_begin(db);
	struct door d = door_made(&w);
	struct writer other = {.db = db, .arena = test_arena, .org = 2, .now = 100};
	int64_t own =
		door_standard(&other, "welcoming", "en", "Theirs"); /* the same slug: another org */
	CHECK(own && own != d.standard);
	int64_t v = store_draft(&other, own);
	int64_t mine = door_add(&other, v, 0, "area", "M", "en", "Mine", "");
	trespass(&other, &d, mine);
	CHECK_INT(door_add(&other, v, d.door, "area", "N", "en", "Under theirs", ""), 0);
	CHECK_INT(store_item(&other, v, PARAMS("item", INT(d.greet), "kind", TEXT("area"))), 0);
	CHECK(store_descriptor(&other, v, d.greet, S("L1"), S("en"), S("Mine"), 0) != STORED);
	CHECK(store_rating(&other, v, d.greet, S("frequency"), S("en"), S("Mine"), 0) != STORED);
	store_link(&other, v, d.greet, S("Mine"), S(""), S(""));
	CHECK_STR(door_said(&w, d.draft), DOOR_SAID);
	CHECK_STR(door_said(&other, v), "area M en:Mine\n");
	CHECK_STR(door_state(&w, d.draft), "draft");
	CHECK_INT(door_count(db, "SELECT count(*) AS n FROM standard_descriptor WHERE org = 2"), 0);
	CHECK_INT(door_count(db, "SELECT count(*) AS n FROM standard_rating WHERE org = 2"), 0);
	CHECK_INT(door_count(db, "SELECT count(*) AS n FROM standard_level WHERE org = 2"), 0);
	CHECK_INT(door_count(db, "SELECT count(*) AS n FROM standard_link WHERE org = 2"), 0);
	CHECK_INT(door_count(db, "SELECT count(*) AS n FROM texts WHERE org = 1 AND body = 'Mine'"),
		  0);
	struct val *title = text_history(db, test_arena, "standard", d.standard, "title", S("en"));
	CHECK_INT(val_count(title), 1);
	CHECK_STR(val_s(val_at(title, 0), "body"), "Welcoming");
	CHECK(db_commit(db));
}

/* What somebody finds: "A1 en 1" is an item's code, the language and the version's number. */
static struct str found(struct writer *w, bool drafts, const char *query)
{
	struct buf b = {.arena = test_arena};
	struct val *audiences = val_list(test_arena);
	val_push(audiences, TEXT("public"));
	if (drafts)
		val_push(audiences, TEXT("standards_read_draft"));
	struct val *hits =
		search_find(w->db, w->org, STORE_INDEXED, audiences, str_of(query), 9, 0);
	for (size_t i = 0; i < val_count(hits); i++) {
		struct val *node =
			db_row(w->db, &q_store_node_by_id,
			       PARAMS("org", INT(w->org), "node", val_get(val_at(hits, i), "id")));
		buf_fmt(&b, "%s" STR_FMT " " STR_FMT " %d", i ? ", " : "",
			STR_ARG(val_s(node, "code")), STR_ARG(val_s(val_at(hits, i), "lang")),
			(int)val_i(store_version(w, val_i(node, "version")), "number"));
	}
	return buf_str(&b);
}

TEST_DB("standards: a draft's words are found by those who may read drafts, and hide nothing")
{
	struct writer w = door_begin(db);
	struct door d = door_made(&w);
	store_index(&w, d.draft);
	CHECK_STR(found(&w, false, "whoever"), "");
	CHECK_STR(found(&w, true, "whoever"), "A1 en 1");
	CHECK_INT(door_publish(&w, d.draft, NULL), STORED);
	CHECK_STR(found(&w, false, "whoever"), "A1 en 1");

	int64_t second = store_draft(&w, d.standard);
	CHECK_INT(door_say(&w, second, d.greet, "en", "body", "Salutes by name"), STORED);
	CHECK_INT(door_say(&w, second, d.chair, "fr", "body", "Offre une chaise"), STORED);
	store_index_item(&w, second, d.greet);
	store_index_item(&w, second, d.chair);
	CHECK_STR(found(&w, false, "salutes"), "");
	CHECK_STR(found(&w, true, "salutes"), "A1 en 2");
	CHECK_STR(found(&w, false, "whoever"), "A1 en 1");
	CHECK_STR(found(&w, true, "offers"), "A2 en 1"); /* once: the draft says the same */
	CHECK_STR(found(&w, false, "chaise"), "");
	CHECK_STR(found(&w, true, "chaise"), "A2 fr 2");
	CHECK_INT(store_remove(&w, second, d.chair, door_rev(&w, second, d.chair)), STORED);
	CHECK_STR(found(&w, true, "chaise"), "");
	CHECK_STR(found(&w, false, "offers"), "A2 en 1");

	CHECK_INT(door_publish(&w, second, NULL), STORED);
	CHECK_STR(found(&w, false, "salutes"), "A1 en 2");
	CHECK_STR(found(&w, true, "whoever"), ""); /* the older version is not what is meant */
	CHECK_STR(found(&w, true, "offers"), "");
	struct writer other = {.db = db, .arena = test_arena, .org = 2, .now = 100};
	CHECK_STR(found(&other, true, "salutes"), "");
	CHECK(db_commit(db));
}

TEST_DB("standards: French published for an older version takes nothing newer out of the search")
{
	struct writer w = door_begin(db);
	struct door d = door_made(&w);
	CHECK_INT(door_publish(&w, d.draft, NULL), STORED);
	CHECK_INT(door_say(&w, d.draft, d.greet, "fr", "body", "Accueille"), STORED);
	CHECK_STR(found(&w, false, "accueille"), ""); /* not published yet */
	int64_t second = store_draft(&w, d.standard);
	CHECK_INT(door_say(&w, second, d.greet, "en", "body", "Salutes by name"), STORED);
	CHECK_INT(door_publish(&w, second, "fr"), STORED);
	CHECK_STR(found(&w, false, "salutes"), "A1 en 2");
	CHECK_STR(found(&w, false, "accueille"), "A1 fr 2");
	CHECK_INT(store_publish_lang(&w, d.draft, S("fr")), STORED);
	CHECK_STR(found(&w, false, "salutes"), "A1 en 2");
	CHECK_STR(found(&w, false, "accueille"), "A1 fr 2");
	CHECK_STR(found(&w, false, "whoever"), "");
	CHECK(db_commit(db));
}
