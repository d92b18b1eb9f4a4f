/* Items of a draft: what they say and where they stand. */
#include "app/standards/standards_rules.h"
#include "app/standards/store_inside.h"
#include "app/standards/store_kept.h"
#include "base/arena.h"
#include "core/text.h"
#include "core/uuid.h"
#include "queries.h"

struct val *store_at(struct writer *w, int64_t version, int64_t item)
{
	struct val *p = store_params(w);
	val_set_int(p, "version", version);
	val_set_int(p, "item", item);
	return p;
}

struct val *store_draft_version(struct writer *w, int64_t version)
{
	struct val *is = store_version(w, version);
	return str_is(val_s(is, "state"), "draft") ? is : val_null();
}

static void set_parent(struct val *p, int64_t parent)
{
	if (parent)
		val_set_int(p, "parent", parent);
	else
		val_set_null(p, "parent");
}

static int64_t identity(struct writer *w, int64_t standard, const struct val *as)
{
	if (val_i(as, "item"))
		return val_i(as, "item");
	struct val *p = store_params(w);
	val_set_int(p, "standard", standard);
	val_set_str(p, "uuid", val_s(as, "uuid").n ? val_s(as, "uuid") : uuid_new(w->arena));
	return db_id(w->db, &q_store_add_item, p);
}

int64_t store_item(struct writer *w, int64_t version, const struct val *as)
{
	struct val *is = store_draft_version(w, version);
	int64_t standard = val_i(is, "standard"), parent = val_i(as, "parent");
	if (val_is_null(is))
		return 0;
	if (parent && val_is_null(db_row(w->db, &q_store_node, store_at(w, version, parent))))
		return 0;
	int64_t item = identity(w, standard, as);
	struct val *p = store_at(w, version, item);
	set_parent(p, parent);
	val_set_int(p, "position", val_i(db_row(w->db, &q_store_last_position, p), "position") + 1);
	val_set_str(p, "kind", val_s(as, "kind"));
	val_set_str(p, "code", val_s(as, "code"));
	val_set_int(p, "guessed", val_b(as, "guessed"));
	int64_t node = db_id(w->db, &q_store_add_node, p);
	if (!node)
		return 0;
	val_set_int(p, "standard", standard);
	db_exec(w->db, &q_store_add_kind, p);
	store_text(w, "standard_node", node, "title", val_s(as, "lang"), val_s(as, "title"));
	store_text(w, "standard_node", node, "body", val_s(as, "lang"), val_s(as, "body"));
	return item;
}

struct val *store_writable(struct writer *w, int64_t version, struct str lang, enum stored *why)
{
	struct val *is = store_version(w, version);
	bool is_draft = str_is(val_s(is, "state"), "draft");
	*why = val_is_null(is) ? STORE_MISSING : STORED;
	if (*why == STORED && !is_draft &&
	    (str_eq(lang, val_s(is, "source_lang")) || store_is_frozen(w, version, lang)))
		*why = STORE_FROZEN;
	return *why == STORED ? is : val_null();
}

bool store_in_source(const struct val *version, struct str lang)
{
	return str_eq(lang, val_s(version, "source_lang"));
}

enum stored store_edit(struct writer *w, const struct val *as)
{
	static const struct {
		const char *field, *rev;
	} texts[] = {{"title", "title_rev"}, {"body", "body_rev"}};
	struct val *p = store_params(w);
	struct str lang = val_s(as, "lang");
	enum stored why;
	val_set_int(p, "node", val_i(as, "node"));
	struct val *node = db_row(w->db, &q_store_node_by_id, p);
	struct val *is = store_writable(w, val_i(node, "version"), lang, &why);
	if (why != STORED)
		return why;
	val_set_int(p, "rev", val_i(as, "rev"));
	val_set_str(p, "code", val_s(as, "code"));
	val_set_str(p, "kind", val_s(as, "kind"));
	val_set_int(p, "standard", val_i(is, "standard"));
	if (store_in_source(is, lang)) {
		if (!db_exec(w->db, &q_store_change_node, p))
			return STORE_STALE;
		db_exec(w->db, &q_store_add_kind, p);
	}
	for (size_t i = 0; i < 2; i++)
		if (!store_retext(w, "standard_node", val_i(node, "id"), texts[i].field, lang,
				  val_s(as, texts[i].field), val_i(as, texts[i].rev)))
			return STORE_STALE;
	store_touch(w, val_i(is, "standard"));
	return STORED;
}

enum stored store_move(struct writer *w, int64_t version, int64_t item, int64_t parent,
		       int64_t before)
{
	struct val *is = store_draft_version(w, version);
	if (val_is_null(is))
		return STORE_FROZEN;
	struct val *p = store_at(w, version, item);
	if (val_is_null(db_row(w->db, &q_store_node, p)))
		return STORE_MISSING;
	struct val *rows = db_rows(w->db, &q_standards_nodes, p);
	if (!standards_may_move(w->arena, rows, item, parent))
		return STORE_REFUSED;
	set_parent(p, parent);
	struct val *next =
		before ? db_row(w->db, &q_store_node, store_at(w, version, before)) : val_null();
	if (before && (val_is_null(next) || val_i(next, "parent") != parent))
		return STORE_STALE;
	if (before) {
		val_set_int(p, "position", val_i(next, "position"));
		db_exec(w->db, &q_store_make_room, p);
	} else {
		int64_t last = val_i(db_row(w->db, &q_store_last_position, p), "position");
		val_set_int(p, "position", last + 1);
	}
	db_exec(w->db, &q_store_place_node, p);
	store_touch(w, val_i(is, "standard"));
	return STORED;
}

/* Leaves first, so that no row is left without its parent. */
enum stored store_remove(struct writer *w, int64_t version, int64_t item, int64_t rev)
{
	static const struct query *const with_it[] = {&q_store_remove_descriptor_texts,
						      &q_store_remove_descriptors,
						      &q_store_remove_rating_texts,
						      &q_store_remove_ratings,
						      &q_store_remove_links,
						      &q_store_remove_comments};
	struct val *is = store_draft_version(w, version);
	if (val_is_null(is))
		return STORE_FROZEN;
	struct val *top = db_row(w->db, &q_store_node, store_at(w, version, item));
	if (val_is_null(top))
		return STORE_MISSING;
	if (val_i(top, "rev") != rev)
		return STORE_STALE;
	struct val *all = standards_outline(
		w->arena, db_rows(w->db, &q_standards_nodes, store_at(w, version, item)));
	size_t first = 0;
	while (first < val_count(all) && val_i(val_at(all, first), "item") != item)
		first++;
	if (first == val_count(all)) /* the database failed in between */
		return STORE_MISSING;
	int64_t depth = val_i(val_at(all, first), "depth");
	size_t end = first + 1;
	while (end < val_count(all) && val_i(val_at(all, end), "depth") > depth)
		end++;
	struct val *gone = val_list(w->arena);
	while (end-- > first) {
		struct val *node = val_at(all, end);
		struct val *p = store_at(w, version, val_i(node, "item"));
		val_set_int(p, "node", val_i(node, "id"));
		for (size_t i = 0; i < sizeof with_it / sizeof *with_it; i++)
			db_exec(w->db, with_it[i], p);
		store_kept_remove(w, version, val_i(node, "id"), val_i(node, "item"));
		db_exec(w->db, &q_store_remove_node, p);
		val_push(gone, node);
		text_forget(w->db, w->arena, "standard_node", val_i(node, "id"));
	}
	store_unindex(w, gone);
	store_touch(w, val_i(is, "standard"));
	return STORED;
}

enum stored store_descriptor(struct writer *w, int64_t version, int64_t item, struct str level,
			     struct str lang, struct str body, int64_t seen_rev)
{
	enum stored why;
	struct val *is = store_writable(w, version, lang, &why), *p = store_at(w, version, item);
	if (why != STORED || (!body.n && !seen_rev)) /* an empty cell stays one */
		return why;
	val_set_str(p, "level", level);
	bool source = store_in_source(is, lang);
	int64_t cell = db_id(w->db, source ? &q_store_put_descriptor : &q_store_descriptor_id, p);
	if (!cell)
		return source ? STORE_MISSING : STORE_REFUSED;
	if (!store_retext(w, "standard_descriptor", cell, "body", lang, body, seen_rev))
		return STORE_STALE;
	store_touch(w, val_i(is, "standard"));
	return STORED;
}

enum stored store_rating(struct writer *w, int64_t version, int64_t item, struct str scale,
			 struct str lang, struct str body, int64_t seen_rev)
{
	enum stored why;
	struct val *is = store_writable(w, version, lang, &why), *p = store_at(w, version, item);
	bool source = store_in_source(is, lang);
	if (why != STORED || (!source && !body.n && !seen_rev))
		return why;
	val_set_str(p, "scale", scale);
	val_set_int(p, "given", body.n > 0);
	int64_t rating = db_id(w->db, source ? &q_store_put_rating : &q_store_rating_id, p);
	if (!rating)
		return STORE_REFUSED;
	if ((body.n || seen_rev) &&
	    !store_retext(w, "standard_rating", rating, "body", lang, body, seen_rev))
		return STORE_STALE;
	store_touch(w, val_i(is, "standard"));
	return STORED;
}

enum stored store_unrate(struct writer *w, int64_t version, int64_t item, struct str scale,
			 struct str lang, int64_t seen_rev)
{
	enum stored why;
	struct val *is = store_writable(w, version, lang, &why), *p = store_at(w, version, item);
	if (why != STORED)
		return why;
	val_set_str(p, "scale", scale);
	int64_t rating = db_id(w->db, &q_store_rating_id, p);
	if (!rating)
		return STORED;
	if (seen_rev &&
	    !store_retext(w, "standard_rating", rating, "body", lang, (struct str){0}, seen_rev))
		return STORE_STALE;
	if (!store_in_source(is, lang))
		return STORED;
	text_forget(w->db, w->arena, "standard_rating", rating);
	val_set_int(p, "rating", rating);
	db_exec(w->db, &q_store_remove_rating, p);
	store_touch(w, val_i(is, "standard"));
	return STORED;
}

void store_link(struct writer *w, int64_t version, int64_t item, struct str label, struct str url,
		struct str reference)
{
	struct val *p = store_at(w, version, item);
	if (val_is_null(store_draft_version(w, version)))
		return;
	val_set_str(p, "label", label);
	val_set_str(p, "url", url);
	val_set_str(p, "reference", reference);
	db_exec(w->db, &q_store_add_link, p);
}
