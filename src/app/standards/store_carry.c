/* Words in other languages, from a version to the draft that follows it. */
#include "app/standards/store_inside.h"
#include "base/arena.h"
#include "queries.h"

struct val *store_complete_langs(struct writer *w, int64_t draft)
{
	struct val *is = store_version(w, draft), *p = store_params(w), *tags = val_list(w->arena);
	val_set_int(p, "version", draft);
	val_set_int(p, "standard", val_i(is, "standard"));
	val_set_str(p, "source", val_s(is, "source_lang"));
	val_set_int(p, "before", db_id(w->db, &q_store_published_before, p));
	struct val *rows = db_rows(w->db, &q_store_complete_langs, p);
	for (size_t i = 0; i < val_count(rows); i++)
		val_push(tags, val_get(val_at(rows, i), "lang"));
	return tags;
}

void store_carry(struct writer *w, int64_t version)
{
	struct val *is = store_version(w, version), *p = store_params(w);
	val_set_int(p, "version", version);
	val_set_int(p, "standard", val_i(is, "standard"));
	val_set_str(p, "source", val_s(is, "source_lang"));
	int64_t draft = db_id(w->db, &q_store_draft_of, p);
	if (!draft || draft == version)
		return;
	val_set_int(p, "draft", draft);
	struct val *texts = db_rows(w->db, &q_store_carried, p);
	for (size_t i = 0; i < val_count(texts); i++) {
		const struct val *t = val_at(texts, i);
		store_retext(w, str_c(w->arena, val_s(t, "kind")), val_i(t, "owner"),
			     str_c(w->arena, val_s(t, "field")), val_s(t, "lang"), val_s(t, "body"),
			     TEXT_ANY);
	}
	if (!val_count(texts))
		return;
	store_index(w, draft);
	store_touch(w, val_i(is, "standard"));
}
