#include "app/standards/store_story.h"

#include "app/standards/standards_rules.h"
#include "app/standards/store_inside.h"
#include "base/arena.h"
#include "base/buf.h"
#include "core/text.h"
#include "queries.h"

static const char *const node_fields[] = {"title", "body", NULL};

struct writer door_begin(struct db *db)
{
	static const char *const slugs[] = {"alder", "birch"};
	db_begin(db, DB_WRITE, 1);
	for (int64_t id = 1; id <= 2; id++)
		db_exec(db,
			SQL("INSERT INTO org (id, slug, base, zone, made_at) VALUES (:id, :slug, "
			    "'b', 'UTC', 0)"),
			PARAMS("id", INT(id), "slug", TEXT(slugs[id - 1])));
	return (struct writer){.db = db, .arena = test_arena, .org = 1, .now = 100};
}

int64_t door_standard(struct writer *w, const char *slug, const char *lang, const char *title)
{
	struct str none = {0};
	return store_standard(w, PARAMS("slug", TEXT(slug), "title", TEXT(title), "summary",
					val_text(test_arena, none), "source_lang", TEXT(lang),
					"publisher", TEXT("Alder"), "licence", TEXT(""),
					"source_url", TEXT("")));
}

int64_t door_add(struct writer *w, int64_t version, int64_t parent, const char *kind,
		 const char *code, const char *lang, const char *title, const char *body)
{
	return store_item(w, version,
			  PARAMS("parent", parent ? INT(parent) : val_null(), "kind", TEXT(kind),
				 "code", TEXT(code), "lang", TEXT(lang), "title", TEXT(title),
				 "body", TEXT(body)));
}

struct door door_made(struct writer *w)
{
	struct door d = {.standard = door_standard(w, "welcoming", "en", "Welcoming")};
	d.draft = store_draft(w, d.standard);
	d.door = door_add(w, d.draft, 0, "area", "A", "en", "At the door", "");
	d.greet =
		door_add(w, d.draft, d.door, "competency", "A1", "en", "", "Greets whoever comes");
	d.chair = door_add(w, d.draft, d.door, "competency", "A2", "en", "", "Offers a chair");
	store_level(w, d.draft, S("L1"), 1, S("en"), S("New"));
	store_level(w, d.draft, S("L2"), 2, S("en"), S("Skilled"));
	store_descriptor(w, d.draft, d.greet, S("L1"), S("en"), S("Says hello"), 0);
	store_descriptor(w, d.draft, d.greet, S("L2"), S("en"), S("Knows the names"), 0);
	store_rating(w, d.draft, d.greet, S("frequency"), S("en"), S("Daily"), 0);
	store_rating(w, d.draft, d.chair, S("frequency"), S("en"), S(""), 0);
	store_link(w, d.draft, d.greet, S("Guide"), S(DOOR_LINK), S("G1"));
	return d;
}

enum stored door_publish(struct writer *w, int64_t version, const char *lang)
{
	struct val *langs = val_list(test_arena);
	if (lang)
		val_push(langs, TEXT(lang));
	return store_publish(w, version, val_i(store_version(w, version), "rev"), langs, S(""),
			     S(""), S(""));
}

static void show_texts(struct buf *b, struct writer *w, const char *kind, int64_t owner)
{
	struct val *texts = text_all(w->db, test_arena, kind, owner);
	for (size_t i = 0; i < val_count(texts); i++)
		if (val_s(val_at(texts, i), "body").n)
			buf_fmt(b, " " STR_FMT ":" STR_FMT,
				STR_ARG(val_s(val_at(texts, i), "lang")),
				STR_ARG(val_s(val_at(texts, i), "body")));
}

static void show_parts(struct buf *b, struct writer *w, struct val *p, int64_t item)
{
	struct val *cells = db_rows(w->db, &q_standards_descriptors, p),
		   *ratings = db_rows(w->db, &q_standards_ratings, p),
		   *links = db_rows(w->db, &q_standards_links, p);
	for (size_t i = 0; i < val_count(cells); i++) {
		if (val_i(val_at(cells, i), "item") != item)
			continue;
		buf_fmt(b, " [" STR_FMT, STR_ARG(val_s(val_at(cells, i), "level")));
		show_texts(b, w, "standard_descriptor", val_i(val_at(cells, i), "id"));
		buf_lit(b, "]");
	}
	for (size_t i = 0; i < val_count(ratings); i++) {
		const struct val *r = val_at(ratings, i);
		if (val_i(r, "item") != item)
			continue;
		buf_fmt(b, " (" STR_FMT "%s", STR_ARG(val_s(r, "scale")),
			val_i(r, "given") ? "" : " not given");
		show_texts(b, w, "standard_rating", val_i(r, "id"));
		buf_lit(b, ")");
	}
	for (size_t i = 0; i < val_count(links); i++) {
		const struct val *l = val_at(links, i);
		if (val_i(l, "item") == item)
			buf_fmt(b, " <" STR_FMT " " STR_FMT " " STR_FMT ">",
				STR_ARG(val_s(l, "label")), STR_ARG(val_s(l, "url")),
				STR_ARG(val_s(l, "reference")));
	}
}

struct str door_said(struct writer *w, int64_t version)
{
	struct buf b = {.arena = test_arena};
	struct val *p = store_at(w, version, 0);
	struct val *rows = standards_outline(test_arena, db_rows(w->db, &q_standards_nodes, p));
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		for (int64_t depth = val_i(row, "depth"); depth > 0; depth--)
			buf_lit(&b, ".");
		buf_fmt(&b, STR_FMT " " STR_FMT, STR_ARG(val_s(row, "kind")),
			STR_ARG(val_s(row, "code")));
		show_texts(&b, w, "standard_node", val_i(row, "id"));
		show_parts(&b, w, p, val_i(row, "item"));
		buf_lit(&b, "\n");
	}
	struct val *levels = db_rows(w->db, &q_standards_levels, p);
	for (size_t i = 0; i < val_count(levels); i++) {
		buf_fmt(&b, STR_FMT " =", STR_ARG(val_s(val_at(levels, i), "uuid")));
		show_texts(&b, w, "standard_level", val_i(val_at(levels, i), "id"));
		buf_lit(&b, "\n");
	}
	return buf_str(&b);
}

struct str door_uuids(struct writer *w, int64_t version)
{
	struct buf b = {.arena = test_arena};
	struct val *rows = standards_outline(
		test_arena, db_rows(w->db, &q_standards_nodes, store_at(w, version, 0)));
	for (size_t i = 0; i < val_count(rows); i++)
		buf_fmt(&b, "%d=" STR_FMT "\n", (int)val_i(val_at(rows, i), "item"),
			STR_ARG(val_s(val_at(rows, i), "uuid")));
	return buf_str(&b);
}

struct str door_state(struct writer *w, int64_t version)
{
	return val_s(store_version(w, version), "state");
}

int64_t door_count(struct db *db, const char *sql)
{
	return val_i(db_row(db, fixture_sql(sql), val_object(test_arena)), "n");
}

struct val *door_form(struct writer *w, int64_t version, int64_t item, const char *lang)
{
	struct val *list = val_list(test_arena),
		   *row = db_row(w->db, &q_store_node, store_at(w, version, item));
	val_push(list, row);
	text_attach_here(w->db, test_arena, list,
			 &(struct text_want){.kind = "standard_node",
					     .id = "id",
					     .fields = node_fields,
					     .lang = str_of(lang)});
	val_set(row, "node", val_get(row, "id"));
	val_set(row, "lang", TEXT(lang));
	val_set(row, "title", val_get(row, "title_here"));
	val_set(row, "body", val_get(row, "body_here"));
	return row;
}

enum stored door_say(struct writer *w, int64_t version, int64_t item, const char *lang,
		     const char *field, const char *text)
{
	struct val *filled = door_form(w, version, item, lang);
	val_set(filled, field, TEXT(text));
	return store_edit(w, filled);
}

int64_t door_rev(struct writer *w, int64_t version, int64_t item)
{
	return val_i(db_row(w->db, &q_store_node, store_at(w, version, item)), "rev");
}
