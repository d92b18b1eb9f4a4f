#include "app/standards/store_kept.h"

#include "app/standards/store_inside.h"
#include "base/arena.h"
#include "queries.h"

static struct val *of_org(struct writer *w, struct val *row)
{
	val_set_int(row, "org", w->org);
	return row;
}

void store_keep_document(struct writer *w, struct val *row)
{
	db_exec(w->db, &q_store_kept_document, of_org(w, row));
}

void store_keep_item(struct writer *w, struct val *row)
{
	db_exec(w->db, &q_store_kept_item, of_org(w, row));
}

void store_keep_association(struct writer *w, struct val *row)
{
	db_exec(w->db, &q_store_kept_association, of_org(w, row));
}

void store_keep_definition(struct writer *w, struct val *row)
{
	db_exec(w->db, &q_store_kept_definition, of_org(w, row));
}

int64_t store_keep_part(struct writer *w, struct val *row)
{
	return db_id(w->db, &q_store_kept_part, of_org(w, row));
}

static void run(struct writer *w, const struct query *const *all, struct val *p)
{
	for (; *all; all++)
		db_exec(w->db, *all, p);
}

void store_kept_forget(struct writer *w, int64_t version, struct str lang)
{
	static const struct query *const all[] = {
		&q_store_kept_forget_associations, &q_store_kept_forget_definitions,
		&q_store_kept_loosen_parts, &q_store_kept_forget_parts, NULL};
	struct val *p = store_params(w);
	val_set_int(p, "version", version);
	val_set_str(p, "lang", lang);
	run(w, all, p);
}

/* A part's row comes after that of what it stands in. */
static void copy_parts(struct writer *w, int64_t from, int64_t to)
{
	struct val *p = store_params(w);
	val_set_int(p, "version", from);
	struct val *rows = db_rows(w->db, &q_store_kept_parts, p);
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		val_set_int(row, "version", to);
		size_t k = i; /* what it stands in is not far above */
		while (k && val_i(row, "within") &&
		       val_i(val_at(rows, k - 1), "id") != val_i(row, "within"))
			k--;
		if (k && val_i(row, "within"))
			val_set(row, "within", val_get(val_at(rows, k - 1), "copy"));
		val_set_int(row, "copy", store_keep_part(w, row));
	}
}

void store_kept_copy(struct writer *w, int64_t from, int64_t to)
{
	static const struct query *const all[] = {
		&q_store_kept_copy_documents, &q_store_kept_copy_items,
		&q_store_kept_copy_associations, &q_store_kept_copy_definitions, NULL};
	struct val *p = store_params(w);
	val_set_int(p, "from", from);
	val_set_int(p, "to", to);
	run(w, all, p);
	copy_parts(w, from, to);
}

void store_carry_kept(struct writer *w, int64_t from, int64_t to, struct str source_lang)
{
	static const struct query *const all[] = {&q_store_kept_carry_documents,
						  &q_store_kept_carry_items,
						  &q_store_kept_carry_associations, NULL};
	struct val *p = store_params(w);
	val_set_int(p, "from", from);
	val_set_int(p, "to", to);
	val_set_str(p, "lang", source_lang);
	if (val_is_null(db_row(w->db, &q_store_kept_other_langs, p)))
		return;
	store_carry(w, from);
	run(w, all, p);
}

void store_kept_drop(struct writer *w, int64_t version)
{
	static const struct query *const all[] = {&q_store_kept_drop_items,
						  &q_store_kept_drop_associations,
						  &q_store_kept_drop_definitions,
						  &q_store_kept_loosen_all_parts,
						  &q_store_kept_drop_parts,
						  &q_store_kept_drop_documents,
						  NULL};
	struct val *p = store_params(w);
	val_set_int(p, "version", version);
	run(w, all, p);
}

void store_kept_remove(struct writer *w, int64_t version, int64_t node, int64_t item)
{
	static const struct query *const all[] = {&q_store_kept_remove_item,
						  &q_store_kept_remove_associations,
						  &q_store_kept_free_parts, NULL};
	struct val *p = store_at(w, version, item);
	val_set_int(p, "node", node);
	run(w, all, p);
}
