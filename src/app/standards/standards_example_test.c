/* A good request for each POST route of Standards: two standards, the first with a draft beside
 * what is published, a crosswalk between them, and an import under way. */
#include "app/standards/import/import.h"
#include "app/standards/store_inside.h"
#include "app/standards/store_story.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "core/text.h"
#include "core/uuid.h"
#include "example.h"
#include "queries.h"

static const char *own_slug(struct world *w, const char *begins)
{
	return str_c(w->arena, str_fmt(w->arena, "%s-%lld", begins, (long long)w->a));
}

static struct str own_level(struct world *w, int n)
{
	return str_fmt(w->arena, "level-%d-of-%lld", n, (long long)w->a);
}

/* The uuid and the revisions of an item as its form has them. */
static void know_item(struct world *w, struct writer *by, int64_t version, int64_t item,
		      const char *name)
{
	struct val *form = door_form(by, version, item, "en"),
		   *nodes = db_rows(w->db, &q_standards_nodes, store_at(by, version, 0));
	for (size_t i = 0; i < val_count(nodes); i++)
		if (val_i(val_at(nodes, i), "item") == item)
			world_know(w, name, val_s(val_at(nodes, i), "uuid"));
	world_know_id(w, str_c(w->arena, str_fmt(w->arena, "%s_id", name)), item);
	world_know_id(w, str_c(w->arena, str_fmt(w->arena, "%s_rev", name)), val_i(form, "rev"));
	world_know_id(w, str_c(w->arena, str_fmt(w->arena, "%s_body_rev", name)),
		      val_i(form, "body_rev"));
}

/* A level, a link and a comment of the draft. */
static void know_parts(struct world *w, struct writer *by, int64_t draft, int64_t item)
{
	struct val *p = store_at(by, draft, item), *levels = db_rows(w->db, &q_standards_levels, p);
	val_set_str(p, "lang", S("en"));
	val_set_str(p, "body", S("Too short?"));
	val_set_int(p, "me", world_person(w, "member"));
	db_exec(w->db, &q_draft_add_comment, p);
	world_know(w, "level", val_s(val_at(levels, 0), "uuid"));
	world_know(w, "next_level", val_s(val_at(levels, 1), "uuid"));
	world_know_id(w, "comment", val_i(val_at(db_rows(w->db, &q_draft_comments, p), 0), "id"));
	world_know_id(w, "link_out",
		      val_i(val_at(db_rows(w->db, &q_draft_item_links, p), 0), "id"));
}

static struct door fill_first(struct world *w, struct writer *by)
{
	struct door d = {.standard = door_standard(by, own_slug(w, "door"), "en", "Welcoming")};
	d.draft = store_draft(by, d.standard);
	d.door = door_add(by, d.draft, 0, "area", "A", "en", "At the door", "");
	d.greet = door_add(by, d.draft, d.door, "criterion", "A1", "en", "", "Greets everybody");
	d.chair = door_add(by, d.draft, d.door, "competency", "A2", "en", "", "Offers a chair");
	store_level(by, d.draft, own_level(w, 1), 1, S("en"), S("New"));
	store_level(by, d.draft, own_level(w, 2), 2, S("en"), S("Skilled"));
	store_link(by, d.draft, d.greet, S("Guide"), S(DOOR_LINK), S("G1"));
	CHECK(door_publish(by, d.draft, NULL) == STORED);
	d.draft = store_draft(by, d.standard);
	know_item(w, by, d.draft, d.door, "area");
	know_item(w, by, d.draft, d.greet, "greet");
	know_item(w, by, d.draft, d.chair, "chair");
	know_parts(w, by, d.draft, d.greet);
	world_know(w, "door", str_of(own_slug(w, "door")));
	world_know_id(w, "door_id", d.standard);
	world_know_id(w, "draft_rev", val_i(store_version(by, d.draft), "rev"));
	return d;
}

static void fill_crosswalk(struct world *w, struct writer *by, const struct door *d, int64_t other,
			   int64_t item)
{
	struct val *p = store_params(by);
	val_set_str(p, "slug", str_of(own_slug(w, "walk")));
	val_set_str(p, "uuid", uuid_new(w->arena));
	val_set_str(p, "title", S("Doors and chairs"));
	val_set_int(p, "from_standard", d->standard);
	val_set_int(p, "to_standard", other);
	val_set_int(p, "crosswalk", db_id(w->db, &q_crosswalk_add, p));
	val_set_int(p, "from_item", d->chair);
	val_set_int(p, "to_item", item);
	val_set_str(p, "relation", S("covers"));
	val_set_int(p, "strength", 1);
	val_set_str(p, "note", S(""));
	world_know(w, "walk", val_s(p, "slug"));
	world_know_id(w, "row", db_id(w->db, &q_crosswalk_add_row, p));
}

static void fill_import(struct world *w, struct writer *by)
{
	struct str text = S("# Guests\n\n## At the door\n\n- Greets everybody\n- Takes the coat\n");
	struct import_options options = {.layout = S("markdown"), .lang = S("en")};
	struct val *result = import_document(w->arena, text, import_layouts(w->arena), &options);
	struct buf json = {.arena = w->arena};
	struct val *p = store_params(by);
	json_write(&json, result);
	val_set_str(p, "file_name", S("guests.md"));
	val_set(p, "bytes", val_blob(w->arena, text));
	val_set_str(p, "layout", val_s(val_get(result, "document"), "layout"));
	val_set_str(p, "lang", S("en"));
	val_set_str(p, "result", buf_str(&json));
	val_set_null(p, "onto");
	world_know_id(w, "import", db_id(w->db, &q_import_add, p));
	world_know_id(w, "line_item", (int64_t)val_count(val_get(result, "items")));
}

static void fill(struct world *w)
{
	struct writer by = {
		.db = w->db, .arena = w->arena, .org = w->a, .me = stage_owner(w), .now = w->now};
	struct door d = fill_first(w, &by);
	int64_t other = door_standard(&by, own_slug(w, "chair"), "en", "Chairs"),
		version = store_draft(&by, other),
		item = door_add(&by, version, 0, "competency", "C1", "en", "", "Mends chairs");
	CHECK(door_publish(&by, version, NULL) == STORED);
	know_item(w, &by, version, item, "mends");
	world_know_id(w, "chairs_id", other);
	world_know_id(w, "chairs_rev", val_i(store_version(&by, version), "rev"));
	world_know(w, "chairs", str_of(own_slug(w, "chair")));
	fill_crosswalk(w, &by, &d, other, item);
	fill_import(w, &by);
}

#define EDITOR .as = "standards_editor"
#define DRAFT  "/standards/%door%/draft"
#define GREET  DRAFT "/items/%greet%"
#define IMPORT "/standards/imports/%import%"
#define PART   "--frontier\r\nContent-Disposition: form-data; name="

/* clang-format off */

EXAMPLES(fill,
	/* The picker says what it was told; of another's items it has nothing to show. */
	{.url = "/standards/pick", .as = "member", .status = 200, .refused = 200,
	 .form = "pick=items&back=/standards&pick_standard=%door%&items=%chair_id%"},
	{.url = "/standards/%chairs%/v/1/since/1"},
	{.url = "/standards/new", EDITOR, .form = "title=Guests&summary=Who+comes&source_lang=en"},
	{.url = "/standards/%door%/settings", EDITOR,
	 .form = "work=en&title=Doors&summary=x&rev=1&title_rev=1&summary_rev=0"},
	{.url = "/standards/%door%/settings", .as = "translator",
	 .form = "work=fr&title=Portes&title_rev=0&summary_rev=0"},
	{.url = "/standards/%chairs%/draft", EDITOR, .form = ""},
	{.url = DRAFT, EDITOR},
	{.url = "/standards/%chairs%/v/1/items/%mends%/translate?work=fr", EDITOR},
	{.url = IMPORT "/items/%line_item%", EDITOR},
	{.url = "/standards/%door%/glossary"},
	{.url = "/standards/%door%/v/1/glossary"},
	{.url = DRAFT "/drop", EDITOR, .form = "rev=%draft_rev%"},
	{.url = DRAFT "/add", EDITOR, .form = "under=%area%&kind=note&title=More&body=Says+more"},
	{.url = DRAFT "/levels", EDITOR, .form = "work=en&part=%level%&text=Early&seen=1&raise=%next_level%"},
	{.url = GREET, EDITOR,
	 .form = "work=en&rev=%greet_rev%&title_rev=0&body_rev=%greet_body_rev%&kind=criterion&code=A1&"
		 "body=Greets+all&part=level/%level%&text=Says+hello&seen=0"},
	{.url = GREET, .as = "translator", .form = "work=fr&body=Accueille&title_rev=0&body_rev=0"},
	{.url = GREET "/move", EDITOR, .form = "how=after&beside=%chair%"},
	{.url = GREET "/remove", EDITOR, .form = "rev=%greet_rev%"},
	{.url = GREET "/links", EDITOR, .form = "label=More&address=https://example.org/more"},
	{.url = GREET "/links/remove", EDITOR, .form = "link=%link_out%"},
	{.url = GREET "/comments", .as = "member", .form = "comment=Good"},
	{.url = GREET "/comments/%comment%", EDITOR, .form = ""},
	{.url = DRAFT "/publish", EDITOR, .form = "rev=%draft_rev%&label=2027&note=Next"},
	{.url = "/standards/%chairs%/v/1/languages", EDITOR, .form = "work=fr"},
	{.url = "/standards/%chairs%/v/1/items/%mends%/translate", .as = "translator",
	 .form = "work=fr&body=R%C3%A9pare&title_rev=0&body_rev=0"},
	{.url = "/standards/%chairs%/v/1/deprecate", EDITOR, .form = "rev=%chairs_rev%"},
	{.url = "/standards/%chairs%/items/%mends%/replace", EDITOR, .form = "items=%chair_id%"},
	{.url = "/standards/imports/new?first=0", EDITOR},
	{.url = "/standards/imports/new", EDITOR,
	 .headers = "Content-Type: multipart/form-data; boundary=frontier",
	 .form = PART "\"onto\"\r\n\r\n%door_id%\r\n" PART "\"layout\"\r\n\r\nmarkdown\r\n"
		 PART "\"file\"; filename=\"doors.md\"\r\nContent-Type: text/markdown\r\n\r\n"
		 "# Doors\n\n## At the door\n\n- Greets everybody\n- Offers a chair\n\r\n--frontier--\r\n"},
	/* `item`, `criterion` and `level` are numbers inside the document. */
	{.url = IMPORT, EDITOR,
	 .form = "rev=1&op=drop&item=%line_item%&criterion=%line_item%&level=%line_item%"},
	{.url = IMPORT "/save", EDITOR, .form = "title=Guests"},
	{.url = IMPORT "/remove", EDITOR, .form = ""},
	{.url = "/standards/crosswalks/new", EDITOR,
	 .form = "title=Again&from_standard=%chairs_id%&to_standard=%door_id%"},
	{.url = "/standards/crosswalks/%walk%/add", EDITOR,
	 .form = "from_items=%greet_id%&to_items=%mends_id%&relation=same&strength=2"},
	{.url = "/standards/crosswalks/%walk%/rows/%row%", EDITOR,
	 .form = "rev=1&relation=overlaps&strength=2&act=review"});
