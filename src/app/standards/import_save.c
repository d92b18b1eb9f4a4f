#include "app/standards/import_save.h"

#include "app/standards/import/edit.h"
#include "app/standards/store_inside.h"
#include "base/arena.h"
#include "base/buf.h"
#include "core/text.h"
#include "core/uuid.h"
#include "queries.h"

/* One document on its way into a version: what became of the importer's own ids. */
struct saving {
	struct writer *w;
	const struct val *result;
	struct str lang;
	int64_t standard, version;
	struct val *known; /* items of an earlier version, for import_save_again(), else null */
	int64_t *item_of;  /* by the importer's id: the item, 0 if it is held elsewhere */
	size_t ids;
	struct str *level_of; /* by the importer's level id */
	size_t levels;
	bool *used;               /* of known */
	struct val *known_levels; /* with their names, for import_save_again(), else null */
};

static size_t highest_id(const struct val *rows)
{
	int64_t most = 0;
	for (size_t i = 0; i < val_count(rows); i++)
		if (val_i(val_at(rows, i), "id") > most)
			most = val_i(val_at(rows, i), "id");
	return (size_t)most;
}

static int64_t item_of(const struct saving *s, int64_t id)
{
	return id > 0 && (size_t)id <= s->ids ? s->item_of[id] : 0;
}

/* An answer to a rating scale is an item of the document but a row of its own here. */
static bool holds_rating(const struct val *result, int64_t id)
{
	struct val *ratings = val_get(result, "ratings");
	for (size_t i = 0; i < val_count(ratings); i++)
		if (val_i(val_at(ratings, i), "rating") == id)
			return true;
	return false;
}

/* A heading is a name for what stands under it; a term has a name and a text. */
static void name_and_body(struct val *as, const struct val *item)
{
	bool heading = val_b(item, "heading");
	struct str text = val_s(item, "markdown").n ? val_s(item, "markdown") : val_s(item, "text");
	val_set_str(as, "title", heading ? val_s(item, "text") : val_s(item, "title"));
	val_set_str(as, "body", heading ? (struct str){0} : text);
}

/* The item it was in the earlier version: by code, else by kind and text; each is taken once. */
static int64_t known_item(struct saving *s, const struct val *item)
{
	struct str code = val_s(item, "code"), text = val_s(item, "text");
	for (size_t i = 0; i < val_count(s->known); i++) {
		const struct val *k = val_at(s->known, i);
		if (s->used[i] || !str_eq(val_s(k, "kind"), val_s(item, "kind")))
			continue;
		bool same = code.n ? str_eq(val_s(k, "code"), code)
				   : !val_s(k, "code").n && str_eq(val_s(k, "text"), text);
		if (!same)
			continue;
		s->used[i] = true;
		return val_i(k, "item");
	}
	return 0;
}

static void save_item(struct saving *s, const struct val *item)
{
	int64_t id = val_i(item, "id");
	if (id <= 0 || (size_t)id > s->ids || holds_rating(s->result, id))
		return;
	struct val *as = val_object(s->w->arena);
	int64_t parent = item_of(s, val_i(item, "parent"));
	if (parent)
		val_set_int(as, "parent", parent);
	val_set_str(as, "kind", val_s(item, "kind"));
	val_set_str(as, "code", val_s(item, "code"));
	val_set_str(as, "lang", s->lang);
	val_set_bool(as, "guessed", val_b(item, "guessed"));
	name_and_body(as, item);
	int64_t known = known_item(s, item);
	if (known)
		val_set_int(as, "item", known);
	s->item_of[id] = store_item(s->w, s->version, as);
}

static struct val *level_named(const struct saving *s, struct str name)
{
	for (size_t i = 0; i < val_count(s->known_levels); i++)
		if (str_eq(val_s(val_at(s->known_levels, i), "name"), name))
			return val_at(s->known_levels, i);
	return val_null();
}

static bool holds_level(const struct val *levels, struct str name)
{
	for (size_t i = 0; i < val_count(levels); i++)
		if (str_eq(val_s(val_at(levels, i), "name"), name))
			return true;
	return false;
}

/* The level that the i-th was in the earlier version: that of its name, else that of its place if
 * there are as many and that one's name is gone; else a new one. */
static struct str level_uuid(const struct saving *s, const struct val *levels, size_t i)
{
	const struct val *known = level_named(s, val_s(val_at(levels, i), "name"));
	if (val_is_null(known) && val_count(levels) == val_count(s->known_levels) &&
	    !holds_level(levels, val_s(val_at(s->known_levels, i), "name")))
		known = val_at(s->known_levels, i);
	return val_is_null(known) ? uuid_new(s->w->arena) : val_s(known, "uuid");
}

static void save_levels(struct saving *s)
{
	struct val *levels = val_get(s->result, "levels");
	for (size_t i = 0; i < val_count(levels); i++) {
		const struct val *level = val_at(levels, i);
		struct str uuid = level_uuid(s, levels, i);
		s->level_of[val_i(level, "id")] = uuid;
		store_level(s->w, s->version, uuid, (int64_t)i + 1, s->lang, val_s(level, "name"));
	}
}

/* Several descriptors of one cell are its paragraphs; they come next to each other. */
static void save_descriptors(struct saving *s)
{
	struct val *rows = val_get(s->result, "descriptors");
	for (size_t i = 0; i < val_count(rows);) {
		const struct val *first = val_at(rows, i);
		int64_t criterion = val_i(first, "criterion"), level = val_i(first, "level");
		struct buf body = {.arena = s->w->arena};
		for (; i < val_count(rows); i++) {
			const struct val *d = val_at(rows, i);
			if (val_i(d, "criterion") != criterion || val_i(d, "level") != level)
				break;
			if (body.n)
				buf_lit(&body, "\n\n");
			buf_add(&body,
				val_s(d, "markdown").n ? val_s(d, "markdown") : val_s(d, "text"));
		}
		if (item_of(s, criterion) && level > 0 && (size_t)level <= s->levels)
			store_descriptor(s->w, s->version, item_of(s, criterion),
					 s->level_of[level], s->lang, buf_str(&body), TEXT_ANY);
	}
}

static void save_ratings(struct saving *s)
{
	struct val *rows = val_get(s->result, "ratings");
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *r = val_at(rows, i);
		int64_t item = item_of(s, val_i(r, "item"));
		struct str answer = val_b(r, "given") ? val_s(r, "answer") : (struct str){0};
		if (item)
			store_rating(s->w, s->version, item, val_s(r, "scale"), s->lang, answer,
				     TEXT_ANY);
	}
}

static void save_links(struct saving *s)
{
	struct val *rows = val_get(s->result, "links");
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *l = val_at(rows, i);
		int64_t item = item_of(s, val_i(l, "item"));
		if (item && val_b(l, "outside"))
			store_link(s->w, s->version, item, val_s(l, "text"), val_s(l, "url"),
				   val_s(l, "code"));
	}
}

static void room_for(struct saving *s, const struct val *items)
{
	s->ids = highest_id(items);
	s->levels = highest_id(val_get(s->result, "levels"));
	s->item_of = arena_many(s->w->arena, int64_t, s->ids + 1);
	s->level_of = arena_many(s->w->arena, struct str, s->levels + 1);
}

static void save_all(struct saving *s)
{
	struct val *items = val_get(s->result, "items");
	room_for(s, items);
	for (size_t i = 0; i < val_count(items); i++)
		save_item(s, val_at(items, i));
	save_levels(s);
	save_descriptors(s);
	save_ratings(s);
	save_links(s);
	store_index(s->w, s->version);
	store_touch(s->w, s->standard);
}

static struct str first_of(struct str a, struct str b)
{
	return a.n ? a : b;
}

/* Items of a version as the matching compares them: {item, code, kind, text, parent, position}. */
static struct val *known_items(struct writer *w, int64_t standard, int64_t version)
{
	static const char *const fields[] = {"title", "body", NULL};
	struct val *p = store_params(w);
	val_set_int(p, "version", version);
	val_set_int(p, "standard", standard);
	struct val *rows = db_rows(w->db, &q_standards_nodes, p);
	struct str lang = val_s(store_version(w, version), "source_lang");
	text_attach(w->db, w->arena, rows,
		    &(struct text_want){.kind = "standard_node",
					.id = "id",
					.fields = fields,
					.lang = lang,
					.first = lang});
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		val_set_str(row, "text", first_of(val_s(row, "body"), val_s(row, "title")));
	}
	return rows;
}

static struct val *known_levels(struct writer *w, int64_t version)
{
	static const char *const fields[] = {"name", NULL};
	struct val *p = store_params(w);
	val_set_int(p, "version", version);
	struct val *rows = db_rows(w->db, &q_standards_levels, p);
	struct str lang = val_s(store_version(w, version), "source_lang");
	text_attach(w->db, w->arena, rows,
		    &(struct text_want){.kind = "standard_level",
					.id = "id",
					.fields = fields,
					.lang = lang,
					.first = lang});
	return rows;
}

int64_t import_save(struct writer *w, const struct val *result, const struct val *as)
{
	const struct val *document = val_get(result, "document");
	struct val *standard = val_object(w->arena);
	struct str title = first_of(val_s(as, "title"), val_s(document, "title"));
	struct saving s = {.w = w,
			   .result = result,
			   .known = val_null(),
			   .known_levels = val_null(),
			   .lang = first_of(val_s(document, "lang"), S("en"))};
	val_set_str(standard, "title", title);
	val_set_str(standard, "summary", val_s(document, "subtitle"));
	val_set_str(standard, "slug", store_free_slug(w, first_of(val_s(as, "slug"), title)));
	val_set_str(standard, "source_lang", s.lang);
	val_set_str(standard, "publisher",
		    first_of(val_s(as, "publisher"), val_s(document, "publisher")));
	val_set_str(standard, "licence", (struct str){0});
	val_set_str(standard, "source_url", val_s(document, "url"));
	s.standard = store_standard(w, standard);
	if (!s.standard)
		return 0;
	s.version = store_draft(w, s.standard);
	save_all(&s);
	return s.standard;
}

int64_t import_save_again(struct writer *w, int64_t standard, const struct val *result)
{
	struct val *p = store_params(w);
	val_set_int(p, "standard", standard);
	int64_t newest = db_id(w->db, &q_store_newest, p);
	if (!newest || db_id(w->db, &q_store_draft_of, p))
		return 0;
	struct saving s = {.w = w,
			   .result = result,
			   .standard = standard,
			   .lang = first_of(val_s(val_get(result, "document"), "lang"), S("en"))};
	if (!store_in_source(store_version(w, newest), s.lang))
		return 0;
	s.known = known_items(w, standard, newest);
	s.known_levels = known_levels(w, newest);
	s.used = arena_many(w->arena, bool, val_count(s.known) + 1);
	s.version = store_empty_draft(w, standard);
	if (!s.version)
		return 0;
	save_all(&s);
	store_carry(w, newest);
	return s.version;
}

/* What a document says besides its ratings: an answer to a scale is no item here. */
static struct val *without_ratings(struct arena *a, const struct val *result)
{
	struct val *items = val_get(result, "items"), *out = val_object(a),
		   *kept = val_set_list(out, "items");
	for (size_t i = 0; i < val_count(items); i++)
		if (!holds_rating(result, val_i(val_at(items, i), "id")))
			val_push(kept, val_at(items, i));
	return out;
}

static void lay_texts(struct saving *s, const struct val *pairs)
{
	struct val *p = store_params(s->w);
	val_set_int(p, "version", s->version);
	for (size_t i = 0; i < val_count(pairs); i++) {
		struct val *pair = val_at(pairs, i), *as = val_object(s->w->arena);
		val_set(p, "item", val_get(pair, "item"));
		int64_t node = val_i(db_row(s->w->db, &q_store_node, p), "id");
		s->item_of[val_i(pair, "id")] = val_i(pair, "item");
		name_and_body(as, pair);
		store_retext(s->w, "standard_node", node, "title", s->lang, val_s(as, "title"),
			     TEXT_ANY);
		store_retext(s->w, "standard_node", node, "body", s->lang, val_s(as, "body"),
			     TEXT_ANY);
	}
}

/* Levels meet by their order. */
static void lay_levels(struct saving *s)
{
	struct val *p = store_params(s->w), *names = val_get(s->result, "levels");
	val_set_int(p, "version", s->version);
	struct val *levels = db_rows(s->w->db, &q_standards_levels, p);
	for (size_t i = 0; i < val_count(names) && i < val_count(levels); i++) {
		struct str uuid = val_s(val_at(levels, i), "uuid"),
			   name = val_s(val_at(names, i), "name");
		s->level_of[val_i(val_at(names, i), "id")] = uuid;
		store_name_level(s->w, s->version, uuid, s->lang, name, TEXT_ANY);
	}
}

enum stored import_save_onto(struct writer *w, int64_t standard, const struct val *result,
			     struct val **laid)
{
	const struct val *document = val_get(result, "document"), *items = val_get(result, "items");
	struct val *p = store_params(w);
	val_set_int(p, "standard", standard);
	int64_t version = db_id(w->db, &q_store_newest, p);
	struct saving s = {.w = w,
			   .result = result,
			   .standard = standard,
			   .version = version,
			   .known = val_null(),
			   .known_levels = val_null(),
			   .lang = val_s(document, "lang")};
	if (!version)
		return STORE_MISSING;
	if (!s.lang.n || str_eq(s.lang, val_s(store_version(w, version), "source_lang")))
		return STORE_REFUSED;
	if (store_is_frozen(w, version, s.lang))
		return STORE_FROZEN;
	*laid = import_lay_onto(w->arena, known_items(w, standard, version),
				without_ratings(w->arena, result));
	val_set_int(*laid, "version", version);
	room_for(&s, items);
	store_retext(w, "standard", standard, "title", s.lang, val_s(document, "title"), TEXT_ANY);
	store_retext(w, "standard", standard, "summary", s.lang, val_s(document, "subtitle"),
		     TEXT_ANY);
	lay_texts(&s, val_get(*laid, "pairs"));
	lay_levels(&s);
	save_descriptors(&s);
	save_ratings(&s);
	val_set_int(p, "version", version);
	val_set_str(p, "lang", s.lang);
	db_exec(w->db, &q_store_add_version_lang, p);
	store_carry(w, version);
	store_index(w, version);
	store_touch(w, standard);
	return STORED;
}
