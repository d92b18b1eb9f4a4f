/* What becomes of French words when the next version is already being written, or comes as a
 * document. */
#include "app/standards/store_inside.h"
#include "app/standards/store_story.h"
#include "base/arena.h"
#include "queries.h"

/* The texts of one item in a language, "title|body". */
static struct str in(struct writer *w, int64_t version, int64_t item, const char *lang)
{
	struct val *form = door_form(w, version, item, lang);
	return str_fmt(test_arena, STR_FMT "|" STR_FMT, STR_ARG(val_s(form, "title")),
		       STR_ARG(val_s(form, "body")));
}

TEST_DB("standards: words added to what is published reach the draft where it says the same")
{
	struct writer w = door_begin(db);
	struct door d = door_made(&w);
	CHECK_INT(door_publish(&w, d.draft, NULL), STORED);
	int64_t first = d.draft, second = store_draft(&w, d.standard);
	CHECK_INT(door_say(&w, second, d.greet, "en", "body", "Greets by name"), STORED);
	CHECK_INT(door_say(&w, first, d.door, "fr", "title", "À la porte"), STORED);
	CHECK_INT(door_say(&w, first, d.greet, "fr", "body", "Salue qui vient"), STORED);
	CHECK_INT(door_say(&w, first, d.chair, "fr", "body", "Offre un siège"), STORED);
	CHECK_INT(door_say(&w, second, d.chair, "fr", "body", "Avance une chaise"), STORED);
	CHECK_INT(store_name_level(&w, first, S("L1"), S("fr"), S("Débutant"), 0), STORED);
	CHECK_INT(store_descriptor(&w, first, d.greet, S("L1"), S("fr"), S("Dit bonjour"), 0),
		  STORED);
	CHECK_INT(store_rating(&w, first, d.greet, S("frequency"), S("fr"), S("Chaque jour"), 0),
		  STORED);
	store_carry(&w, first);
	CHECK_STR(door_said(&w, second),
		  "area A en:At the door fr:À la porte\n"
		  ".competency A1 en:Greets by name [L1 en:Says hello fr:Dit bonjour]"
		  " [L2 en:Knows the names] (frequency en:Daily fr:Chaque jour)"
		  " <Guide " DOOR_LINK " G1>\n"
		  ".competency A2 en:Offers a chair fr:Avance une chaise (frequency not given)\n"
		  "L1 = en:New fr:Débutant\n"
		  "L2 = en:Skilled\n");
	CHECK_STR(in(&w, first, d.chair, "fr"), "|Offre un siège"); /* and not the other way */
	CHECK(db_commit(db));
}

TEST_DB("standards: what was brought follows the version until somebody writes it in the draft")
{
	struct writer w = door_begin(db);
	struct door d = door_made(&w);
	CHECK_INT(door_publish(&w, d.draft, NULL), STORED);
	int64_t first = d.draft, second = store_draft(&w, d.standard);
	CHECK_INT(door_say(&w, first, d.door, "fr", "title", "À la porte"), STORED);
	CHECK_INT(door_say(&w, first, d.chair, "fr", "body", "Offre"), STORED);
	CHECK_INT(door_say(&w, first, d.greet, "fr", "body", "Salue"), STORED);
	store_carry(&w, first);
	CHECK_INT(door_say(&w, second, d.chair, "fr", "body", "Avance une chaise"), STORED);
	CHECK_INT(door_say(&w, second, d.greet, "fr", "body", ""), STORED); /* taken back */
	CHECK_INT(door_say(&w, first, d.door, "fr", "title", "Sur le seuil"), STORED);
	CHECK_INT(door_say(&w, first, d.chair, "fr", "body", "Offre un siège"), STORED);
	CHECK_INT(door_say(&w, first, d.greet, "fr", "body", "Salue chacun"), STORED);
	CHECK_INT(store_publish_lang(&w, first, S("fr")), STORED); /* brings it by itself */
	CHECK_STR(in(&w, second, d.door, "fr"), "Sur le seuil|");
	CHECK_STR(in(&w, second, d.chair, "fr"), "|Avance une chaise");
	CHECK_STR(in(&w, second, d.greet, "fr"), "|");
	struct str before = door_said(&w, second);
	store_carry(&w, first); /* again changes nothing */
	CHECK_STR(door_said(&w, second), before);
	struct writer other = {.db = db, .arena = test_arena, .org = 2, .now = 100};
	store_carry(&other, first); /* nor does another organisation */
	store_carry(&w, second);    /* nor a draft */
	CHECK_STR(door_said(&w, second), before);
	CHECK(db_commit(db));
}

TEST_DB("standards: the next edition is published in a language whose texts are all there")
{
	struct writer w = door_begin(db);
	struct door d = {.standard = door_standard(&w, "door", "en", "Doors")};
	d.draft = store_draft(&w, d.standard);
	d.door = door_add(&w, d.draft, 0, "area", "A", "en", "At the door", "");
	d.greet = door_add(&w, d.draft, d.door, "competency", "A1", "en", "", "Greets");
	CHECK_INT(door_say(&w, d.draft, d.door, "fr", "title", "À la porte"), STORED);
	CHECK_INT(door_say(&w, d.draft, d.greet, "fr", "body", "Salue"), STORED);
	CHECK_INT(val_count(store_complete_langs(&w, d.draft)), 0); /* nothing was before */
	CHECK_INT(door_publish(&w, d.draft, "fr"), STORED);
	int64_t second = store_draft(&w, d.standard);
	struct val *langs = store_complete_langs(&w, second);
	CHECK_INT(val_count(langs), 1);
	CHECK_STR(val_get_str(val_at(langs, 0)), "fr");
	int64_t chair = door_add(&w, second, d.door, "competency", "A2", "en", "", "Offers");
	CHECK_INT(val_count(store_complete_langs(&w, second)), 0);
	CHECK_INT(door_say(&w, second, chair, "fr", "body", "Offre"), STORED);
	CHECK_INT(val_count(store_complete_langs(&w, second)), 1);
	store_level(&w, second, S("L1"), 1, S("en"), S("New"));
	CHECK_INT(val_count(store_complete_langs(&w, second)), 0);
	struct writer other = {.db = db, .arena = test_arena, .org = 2, .now = 100};
	CHECK_INT(val_count(store_complete_langs(&other, second)), 0);
	CHECK(db_commit(db));
}
