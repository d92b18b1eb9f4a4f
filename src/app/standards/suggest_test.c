/* Suggestions of a crosswalk, as the page shows them. */
#include "app/standards/store_inside.h"
#include "app/standards/store_story.h"
#include "base/arena.h"
#include "core/text.h"
#include "queries.h"
#include "scenario.h"

/* Two standards about tea, the second with a draft open, and a crosswalk without rows. */
static void tea(struct world *w)
{
	struct writer by = {.db = w->db, .arena = w->arena, .org = w->a, .now = w->now};
	int64_t from = door_standard(&by, "tea", "en", "Tea"), one = store_draft(&by, from);
	int64_t to = door_standard(&by, "the", "fr", "Le thé"), two = store_draft(&by, to);
	world_know_id(w, "pours",
		      door_add(&by, one, 0, "competency", "A1", "en", "", "Pours tea for guests"));
	world_know_id(w, "walks",
		      door_add(&by, one, 0, "competency", "A2", "en", "", "Walks the dog"));
	int64_t serves =
		door_add(&by, two, 0, "competency", "Z", "fr", "", "Sert du thé aux invités");
	world_know_id(w, "serves", serves);
	world_know_id(w, "french",
		      door_add(&by, two, 0, "competency", "A1", "fr", "", "Guests tea pours"));
	world_know_id(w, "dogs",
		      door_add(&by, two, 0, "competency", "Y", "fr", "", "Promène le chien"));
	CHECK(door_say(&by, two, serves, "en", "body", "Pouring the tea of a guest") == STORED);
	CHECK(door_publish(&by, one, NULL) == STORED);
	CHECK(door_publish(&by, two, "en") == STORED);
	two = store_draft(&by, to);
	world_know_id(w, "drafted",
		      door_add(&by, two, 0, "competency", "X", "fr", "", "Pours tea"));
	struct val *p = store_params(&by);
	val_set_str(p, "slug", S("teas"));
	val_set_str(p, "title", S("Teas"));
	val_set_int(p, "from_standard", from);
	val_set_int(p, "to_standard", to);
	CHECK(db_id(w->db, &q_crosswalk_add, p));
}

/* clang-format off */
#define TEAS   "/alder/standards/crosswalks/teas"
#define EDITOR .as = "standards_editor"
#define OFFER  "id=\"suggested-"

SCENARIOS("standards: of one item chosen the page suggests what is alike; a person takes it or not", tea,
	{.url = TEAS "/add", EDITOR, .status = 200, .has_not = {OFFER, "shares enough words", "one item at a time"}},
	{.url = TEAS "/add?from_items=%pours%", EDITOR, .status = 200,
	 .has = {OFFER "%serves%\" name=\"to_items\" value=\"%serves%\" aria-describedby", "Pouring the tea of a guest"},
	 .has_not = {OFFER "%french%", OFFER "%dogs%", OFFER "%drafted%", "shares enough words", "suggested-%serves%\" checked"}},
	{.url = TEAS "/add", EDITOR, .form = "from_items=%pours%&note=Kept&picked=1", .status = 200,
	 .has = {OFFER "%serves%", "value=\"Kept\""}},
	{.url = TEAS "/add?from_items=%pours%&to_items=%serves%", EDITOR, .status = 200, .has_not = {OFFER}},
	{.url = TEAS "/add?from_items=%walks%", EDITOR, .status = 200, .has = {"shares enough words"}, .has_not = {OFFER}},
	{.url = TEAS "/add?from_items=%serves%", EDITOR, .status = 200, .has = {"shares enough words"}, .has_not = {OFFER}},
	{.url = TEAS "/add?from_items=%pours%&from_items=%walks%", EDITOR, .status = 200, .has = {"one item at a time"}, .has_not = {OFFER}},
	{.url = TEAS, .status = 200, .has = {"No items have been compared yet."}},
	{.url = TEAS "/add", EDITOR, .form = "from_items=%pours%&to_items=&relation=same", .status = 422, .has = {OFFER "%serves%"}},
	{.url = TEAS "/add", EDITOR, .form = "from_items=%pours%&to_items=%serves%&relation=same", .status = 303},
	{.url = TEAS "/add?from_items=%pours%", EDITOR, .status = 200, .has = {"shares enough words"}, .has_not = {OFFER}});
/* clang-format on */
