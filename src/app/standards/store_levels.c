/* The levels of a rubric: the columns that descriptors stand in. */
#include "app/standards/store_inside.h"
#include "base/arena.h"
#include "core/text.h"
#include "queries.h"

static struct val *level_at(struct writer *w, int64_t version, struct str uuid)
{
	struct val *p = store_at(w, version, 0);
	val_set_str(p, "uuid", uuid);
	return p;
}

void store_level(struct writer *w, int64_t version, struct str uuid, int64_t position,
		 struct str lang, struct str name)
{
	struct val *p = level_at(w, version, uuid);
	enum stored why;
	struct val *is = store_writable(w, version, lang, &why);
	if (why != STORED)
		return;
	val_set_int(p, "position", position);
	val_set_null(p, "score");
	bool draft = str_is(val_s(is, "state"), "draft");
	int64_t level = draft ? db_id(w->db, &q_store_put_level, p)
			      : val_i(db_row(w->db, &q_store_level, p), "id");
	if (level)
		store_retext(w, "standard_level", level, "name", lang, name, TEXT_ANY);
}

enum stored store_name_level(struct writer *w, int64_t version, struct str uuid, struct str lang,
			     struct str name, int64_t seen_rev)
{
	enum stored why;
	struct val *is = store_writable(w, version, lang, &why), *p = level_at(w, version, uuid);
	struct val *level = db_row(w->db, &q_store_level, p);
	if (why != STORED)
		return why;
	if (val_is_null(level))
		return STORE_MISSING;
	bool remove = !name.n && store_in_source(is, lang);
	if (remove && val_i(level, "descriptors"))
		return STORE_REFUSED;
	if (!store_retext(w, "standard_level", val_i(level, "id"), "name", lang, name, seen_rev))
		return STORE_STALE;
	if (remove) {
		text_forget(w->db, w->arena, "standard_level", val_i(level, "id"));
		db_exec(w->db, &q_store_remove_level_texts, p);
		db_exec(w->db, &q_store_remove_level_cells, p);
		db_exec(w->db, &q_store_remove_level, p);
	}
	store_touch(w, val_i(is, "standard"));
	return STORED;
}

enum stored store_raise_level(struct writer *w, int64_t version, struct str uuid)
{
	struct val *is = store_draft_version(w, version), *p = level_at(w, version, uuid);
	if (val_is_null(is))
		return STORE_FROZEN;
	struct val *level = db_row(w->db, &q_store_level, p);
	if (val_is_null(level))
		return STORE_MISSING;
	val_set_int(p, "position", val_i(level, "position"));
	struct val *above = db_row(w->db, &q_store_level_above, p);
	if (val_is_null(above))
		return STORED;
	val_set_int(p, "to", val_i(above, "position"));
	db_exec(w->db, &q_store_place_level, p);
	val_set_str(p, "uuid", val_s(above, "uuid"));
	val_set_int(p, "to", val_i(level, "position"));
	db_exec(w->db, &q_store_place_level, p);
	store_touch(w, val_i(is, "standard"));
	return STORED;
}
