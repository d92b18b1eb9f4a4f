/* The life of a standard as its rows tell it: nothing published ever changes, nothing is lost. */
#include "app/standards/standards_rules.h"
#include "app/standards/store_inside.h"
#include "app/standards/store_story.h"
#include "base/arena.h"
#include "base/buf.h"
#include "core/text.h"
#include "queries.h"

enum { MONTH = 30 * 24 * 3600 };

static const char *const node_fields[] = {"title", "body", NULL};

TEST_DB("standards: what is published refuses every change, and stays as it was")
{
	struct writer w = door_begin(db);
	struct door d = door_made(&w);
	CHECK_STR(door_said(&w, d.draft), DOOR_SAID);
	CHECK_INT(door_publish(&w, d.draft, NULL), STORED);
	CHECK_STR(door_state(&w, d.draft), "adopted");
	CHECK_INT(door_say(&w, d.draft, d.greet, "en", "body", "Ignores"), STORE_FROZEN);
	CHECK_INT(store_move(&w, d.draft, d.chair, 0, 0), STORE_FROZEN);
	CHECK_INT(store_remove(&w, d.draft, d.chair, door_rev(&w, d.draft, d.chair)), STORE_FROZEN);
	CHECK_INT(store_descriptor(&w, d.draft, d.greet, S("L1"), S("en"), S("No"), 1),
		  STORE_FROZEN);
	CHECK_INT(store_descriptor(&w, d.draft, d.chair, S("L1"), S("en"), S("No"), 0),
		  STORE_FROZEN);
	CHECK_INT(store_rating(&w, d.draft, d.greet, S("frequency"), S("en"), S("Never"), 1),
		  STORE_FROZEN);
	CHECK_INT(store_unrate(&w, d.draft, d.greet, S("frequency"), S("en"), 1), STORE_FROZEN);
	CHECK_INT(store_name_level(&w, d.draft, S("L1"), S("en"), S("Old"), 1), STORE_FROZEN);
	CHECK_INT(store_raise_level(&w, d.draft, S("L2")), STORE_FROZEN);
	CHECK_INT(door_publish(&w, d.draft, NULL), STORE_FROZEN);
	CHECK_INT(door_add(&w, d.draft, d.door, "competency", "A3", "en", "", "New"), 0);
	store_level(&w, d.draft, S("L1"), 9, S("en"), S("Old"));
	store_link(&w, d.draft, d.chair, S("Another"), S(""), S(""));
	CHECK(!store_drop_draft(&w, d.standard));
	CHECK_STR(door_said(&w, d.draft), DOOR_SAID);
	CHECK(db_commit(db));
}

TEST_DB("standards: the next draft keeps every identity and says the same in every language")
{
	struct writer w = door_begin(db);
	struct door d = door_made(&w);
	CHECK_INT(door_say(&w, d.draft, d.door, "fr", "title", "À la porte"), STORED);
	CHECK_INT(store_name_level(&w, d.draft, S("L1"), S("fr"), S("Débutant"), 0), STORED);
	CHECK_INT(store_descriptor(&w, d.draft, d.greet, S("L1"), S("fr"), S("Dit bonjour"), 0),
		  STORED);
	CHECK_INT(store_rating(&w, d.draft, d.greet, S("frequency"), S("fr"), S("Chaque jour"), 0),
		  STORED);
	CHECK_INT(door_publish(&w, d.draft, "fr"), STORED);
	struct str before = door_said(&w, d.draft), identities = door_uuids(&w, d.draft);
	CHECK_STR(before, "area A en:At the door fr:À la porte\n"
			  ".competency A1 en:Greets whoever comes"
			  " [L1 en:Says hello fr:Dit bonjour] [L2 en:Knows the names]"
			  " (frequency en:Daily fr:Chaque jour) <Guide " DOOR_LINK " G1>\n"
			  ".competency A2 en:Offers a chair (frequency not given)\n"
			  "L1 = en:New fr:Débutant\n"
			  "L2 = en:Skilled\n");
	int64_t second = store_draft(&w, d.standard);
	CHECK(second != d.draft);
	CHECK_INT(store_draft(&w, d.standard), second); /* there is one draft at most */
	CHECK_INT(store_empty_draft(&w, d.standard), 0);
	CHECK_INT(val_i(store_version(&w, second), "number"), 2);
	CHECK_STR(door_said(&w, second), before);
	CHECK_STR(door_uuids(&w, second), identities);

	CHECK_INT(door_say(&w, second, d.greet, "en", "body", "Greets by name"), STORED);
	CHECK_INT(store_descriptor(&w, second, d.greet, S("L1"), S("fr"), S("Salue"), 1), STORED);
	CHECK_INT(store_unrate(&w, second, d.greet, S("frequency"), S("en"), 1), STORED);
	CHECK_INT(store_name_level(&w, second, S("L2"), S("en"), S("Able"), 1), STORED);
	CHECK_STR(door_said(&w, d.draft), before);
	CHECK_STR(door_said(&w, second), "area A en:At the door fr:À la porte\n"
					 ".competency A1 en:Greets by name"
					 " [L1 en:Says hello fr:Salue] [L2 en:Knows the names]"
					 " <Guide " DOOR_LINK " G1>\n"
					 ".competency A2 en:Offers a chair (frequency not given)\n"
					 "L1 = en:New fr:Débutant\n"
					 "L2 = en:Able\n");
	CHECK(db_commit(db));
}

static struct val *rows_in(struct writer *w, int64_t version, struct str lang)
{
	struct val *rows = db_rows(w->db, &q_standards_nodes, store_at(w, version, 0));
	text_attach(w->db, test_arena, rows,
		    &(struct text_want){.kind = "standard_node",
					.id = "id",
					.fields = node_fields,
					.lang = lang,
					.first = lang});
	return rows;
}

/* "changed A1 recoded, moved A2, …" without what is the same */
static struct str differences(struct writer *w, int64_t old, int64_t new)
{
	static const char *const how[] = {"reworded", "retitled", "recoded", "also_moved"};
	struct buf b = {.arena = test_arena};
	struct val *all =
		standards_diff(test_arena, rows_in(w, old, S("en")), rows_in(w, new, S("en")));
	for (size_t i = 0; i < val_count(all); i++) {
		const struct val *e = val_at(all, i);
		if (str_is(val_s(e, "change"), "same"))
			continue;
		buf_fmt(&b, "%s" STR_FMT " " STR_FMT, b.n ? ", " : "", STR_ARG(val_s(e, "change")),
			STR_ARG(val_s(e, "code")));
		for (size_t k = 0; k < sizeof how / sizeof *how; k++)
			if (val_b(e, how[k]))
				buf_fmt(&b, " %s", how[k]);
	}
	return buf_str(&b);
}

TEST_DB("standards: the difference of two versions names what changed and nothing else")
{
	struct writer w = door_begin(db);
	struct door d = door_made(&w);
	int64_t coat =
		door_add(&w, d.draft, d.door, "competency", "A3", "en", "", "Takes the coat");
	CHECK_INT(door_publish(&w, d.draft, NULL), STORED);
	int64_t second = store_draft(&w, d.standard);
	CHECK_STR(differences(&w, d.draft, second), "");
	CHECK_INT(door_say(&w, second, d.greet, "en", "body", "Greets by name"), STORED);
	CHECK_INT(door_say(&w, second, d.door, "en", "code", "D"), STORED);
	CHECK_INT(door_say(&w, second, d.chair, "fr", "body", "Offre une chaise"), STORED);
	CHECK_INT(store_remove(&w, second, coat, door_rev(&w, second, coat)), STORED);
	int64_t leave = door_add(&w, second, 0, "area", "B", "en", "On leaving", "");
	CHECK_INT(store_move(&w, second, d.chair, leave, 0), STORED);
	CHECK_STR(differences(&w, d.draft, second),
		  "changed D recoded, changed A1 reworded, added B, moved A2, removed A3");
	CHECK(db_commit(db));
}

TEST_DB("standards: French comes months after, changes no identity, and is then frozen too")
{
	struct writer w = door_begin(db);
	struct door d = door_made(&w);
	CHECK_INT(store_publish_lang(&w, d.draft, S("fr")), STORE_REFUSED); /* still a draft */
	CHECK_INT(door_publish(&w, d.draft, NULL), STORED);
	struct str identities = door_uuids(&w, d.draft);
	int64_t items = door_count(db, "SELECT count(*) AS n FROM standard_item");
	w.now += 5 * MONTH;
	CHECK_INT(door_say(&w, d.draft, d.door, "fr", "title", "À la porte"), STORED);
	CHECK_INT(door_say(&w, d.draft, d.door, "fr", "title", "Sur le seuil"), STORED);
	CHECK_INT(store_descriptor(&w, d.draft, d.greet, S("L1"), S("fr"), S("Dit bonjour"), 0),
		  STORED);
	/* a cell and a rating that the source has not got are not a matter of language */
	CHECK_INT(store_descriptor(&w, d.draft, d.chair, S("L1"), S("fr"), S("Offre"), 0),
		  STORE_REFUSED);
	CHECK_INT(store_rating(&w, d.draft, d.door, S("frequency"), S("fr"), S("Toujours"), 0),
		  STORE_REFUSED);
	struct val *sly = door_form(&w, d.draft, d.door, "fr");
	val_set(sly, "code", TEXT("Z"));
	val_set(sly, "kind", TEXT("other"));
	CHECK_INT(store_edit(&w, sly),
		  STORED); /* French words, unchanged; the code is not French */
	struct str with_french =
		str_of("area A en:At the door fr:Sur le seuil\n"
		       ".competency A1 en:Greets whoever comes [L1 en:Says hello fr:Dit bonjour]"
		       " [L2 en:Knows the names] (frequency en:Daily) <Guide " DOOR_LINK " G1>\n"
		       ".competency A2 en:Offers a chair (frequency not given)\n"
		       "L1 = en:New\n"
		       "L2 = en:Skilled\n");
	CHECK_STR(door_said(&w, d.draft), with_french);
	CHECK(!store_is_frozen(&w, d.draft, S("fr")));
	CHECK_INT(store_publish_lang(&w, d.draft, S("fr")), STORED);
	CHECK(store_is_frozen(&w, d.draft, S("fr")));
	CHECK_INT(store_publish_lang(&w, d.draft, S("fr")), STORE_FROZEN);
	CHECK_INT(door_say(&w, d.draft, d.door, "fr", "title", "Dehors"), STORE_FROZEN);
	CHECK_INT(door_say(&w, d.draft, d.chair, "fr", "body", "Offre"), STORE_FROZEN);
	CHECK_INT(store_descriptor(&w, d.draft, d.greet, S("L1"), S("fr"), S("Non"), 1),
		  STORE_FROZEN);
	CHECK_STR(door_said(&w, d.draft), with_french);
	CHECK_STR(door_uuids(&w, d.draft), identities);
	CHECK_INT(door_count(db, "SELECT count(*) AS n FROM standard_item"), items);
	CHECK_INT(door_count(db, "SELECT count(*) AS n FROM standard_version"), 1);
	CHECK(db_commit(db));
}

TEST_DB("standards: a third language is data alone, and a standard may be in French only")
{
	struct writer w = door_begin(db);
	struct door d = door_made(&w);
	CHECK_INT(door_say(&w, d.draft, d.door, "iu", "title", "ᐃᓯᖅᓯᒪᕕᒃ"), STORED);
	CHECK_INT(door_publish(&w, d.draft, "iu"), STORED);
	CHECK(store_is_frozen(&w, d.draft, S("iu")));
	CHECK(!store_is_frozen(&w, d.draft, S("fr")));
	CHECK_INT(door_say(&w, d.draft, d.door, "iu", "title", "ᐊᓯᐊ"), STORE_FROZEN);

	int64_t accueil = door_standard(&w, "accueil", "fr", "Accueil"),
		v = store_draft(&w, accueil);
	int64_t seuil = door_add(&w, v, 0, "area", "A", "fr", "Sur le seuil", "");
	CHECK_INT(store_rating(&w, v, seuil, S("frequency"), S("fr"), S("Souvent"), 0), STORED);
	CHECK_INT(door_publish(&w, v, NULL), STORED);
	CHECK(store_is_frozen(&w, v, S("fr")));
	CHECK(!store_is_frozen(&w, v, S("en")));
	CHECK_INT(door_say(&w, v, seuil, "fr", "title", "Dehors"), STORE_FROZEN);
	CHECK_INT(door_say(&w, v, seuil, "en", "title", "On the step"), STORED);
	CHECK_STR(door_said(&w, v),
		  "area A en:On the step fr:Sur le seuil (frequency fr:Souvent)\n");
	CHECK(db_commit(db));
}

TEST_DB("standards: of two people who edit one item the second is told, and nothing is lost")
{
	struct writer w = door_begin(db);
	struct door d = door_made(&w);
	CHECK(db_commit(db));

	db_begin(db, DB_WRITE, 1);
	struct val *first = door_form(&w, d.draft, d.greet, "en"),
		   *second = door_form(&w, d.draft, d.greet, "en"),
		   *french = door_form(&w, d.draft, d.greet, "fr");
	val_set(first, "body", TEXT("Greets by name"));
	CHECK_INT(store_edit(&w, first), STORED);
	CHECK(db_commit(db));

	db_begin(db, DB_WRITE, 1);
	val_set(second, "code", TEXT("A9"));
	val_set(second, "body", TEXT("Greets twice"));
	CHECK_INT(store_edit(&w, second), STORE_STALE); /* the item moved on */
	val_set_int(second, "rev", door_rev(&w, d.draft, d.greet));
	CHECK_INT(store_edit(&w, second), STORE_STALE); /* its words did */
	db_rollback(db);

	db_begin(db, DB_WRITE, 1);
	val_set(french, "body", TEXT("Accueille"));
	CHECK_INT(store_edit(&w, french), STORED); /* another language is nobody else's edit */
	CHECK_INT(store_edit(&w, french), STORED); /* sent twice: it says the same */
	val_set(french, "body", TEXT("Salue"));
	CHECK_INT(store_edit(&w, french), STORE_STALE);
	CHECK_INT(store_remove(&w, d.draft, d.greet, 1), STORE_STALE);
	CHECK_INT(store_descriptor(&w, d.draft, d.greet, S("L1"), S("en"), S("Nods"), 0),
		  STORE_STALE);
	CHECK_INT(store_rating(&w, d.draft, d.greet, S("frequency"), S("en"), S("Once"), 0),
		  STORE_STALE);
	CHECK_INT(store_name_level(&w, d.draft, S("L1"), S("en"), S("Newest"), 0), STORE_STALE);
	CHECK_INT(store_publish(&w, d.draft, 9, val_list(test_arena), S(""), S(""), S("")),
		  STORE_STALE);
	struct val *row = door_form(&w, d.draft, d.greet, "en");
	CHECK_STR(val_s(row, "code"), "A1");
	CHECK_STR(val_s(row, "body"), "Greets by name");
	CHECK_STR(val_s(door_form(&w, d.draft, d.greet, "fr"), "body"), "Accueille");
	struct val *history =
		text_history(db, test_arena, "standard_node", val_i(row, "id"), "body", S("en"));
	CHECK_INT(val_count(history), 2);
	CHECK_STR(val_s(val_at(history, 1), "body"), "Greets whoever comes");
	CHECK_STR(door_state(&w, d.draft), "draft");
	CHECK(db_commit(db));
}

TEST_DB("standards: publishing deprecates the version before, which stays readable as it was")
{
	struct writer w = door_begin(db);
	struct door d = door_made(&w);
	CHECK_INT(door_publish(&w, d.draft, NULL), STORED);
	w.now += 12 * MONTH;
	int64_t second = store_draft(&w, d.standard);
	CHECK_STR(door_state(&w, d.draft), "adopted"); /* an open draft deprecates nothing */
	CHECK_INT(door_say(&w, second, d.greet, "en", "body", "Greets by name"), STORED);
	CHECK_INT(door_publish(&w, second, NULL), STORED);
	CHECK_STR(door_state(&w, d.draft), "deprecated");
	CHECK_STR(door_state(&w, second), "adopted");
	CHECK_STR(door_said(&w, d.draft), DOOR_SAID);
	CHECK_INT(door_say(&w, d.draft, d.greet, "en", "body", "Back"), STORE_FROZEN);
	CHECK_INT(store_deprecate(&w, d.draft, 3), STORE_FROZEN);
	CHECK_INT(store_deprecate(&w, second, 1), STORE_STALE);
	CHECK_INT(store_deprecate(&w, second, 2), STORED);
	CHECK_STR(door_state(&w, second), "deprecated");
	CHECK(db_commit(db));
}

TEST_DB("standards: a draft thrown away leaves no trace, and the next one starts afresh")
{
	struct writer w = door_begin(db);
	struct door d = door_made(&w);
	CHECK(!store_drop_draft(&w, d.standard)); /* there is nothing else of this standard */
	CHECK_INT(door_publish(&w, d.draft, NULL), STORED);
	struct str identities = door_uuids(&w, d.draft);
	int64_t texts = door_count(db, "SELECT count(*) AS n FROM texts");
	for (int time = 0; time < 2; time++) {
		int64_t second = store_draft(&w, d.standard);
		CHECK_STR(door_said(&w, second), DOOR_SAID);
		CHECK_STR(door_uuids(&w, second), identities);
		CHECK_INT(door_say(&w, second, d.greet, "en", "body", "Greets by name"), STORED);
		CHECK_INT(store_descriptor(&w, second, d.greet, S("L2"), S("en"), S("All"), 1),
			  STORED);
		CHECK_INT(store_descriptor(&w, second, d.chair, S("L2"), S("en"), S("Two"), 0),
			  STORED);
		store_index(&w, second);
		CHECK(store_drop_draft(&w, d.standard));
		CHECK(!store_drop_draft(&w, d.standard));
		CHECK_INT(door_count(db, "SELECT count(*) AS n FROM standard_version"), 1);
		CHECK_INT(door_count(db, "SELECT count(*) AS n FROM texts"), texts);
	}
	CHECK_STR(door_said(&w, d.draft), DOOR_SAID);
	CHECK_STR(door_uuids(&w, d.draft), identities);
	CHECK(db_commit(db));
}
