/* A version while it is filled: many rows, few questions. */
#include "app/standards/store_fill.h"

#include "app/standards/kinds.h"
#include "app/standards/store_inside.h"
#include "base/arena.h"
#include "core/text.h"
#include "queries.h"

int64_t store_fill_standard(struct writer *w, const struct val *as)
{
	static const char *const columns[] = {"uuid", "source_lang", "publisher", "licence",
					      "source_url"};
	struct val *p = store_params(w);
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		val_set_str(p, columns[i], val_s(as, columns[i]));
	/* No address leads here, and no other standard has it. */
	val_set_str(p, "slug", str_fmt(w->arena, "~" STR_FMT, STR_ARG(val_s(as, "uuid"))));
	int64_t standard = db_id(w->db, &q_store_fill_add_standard, p);
	if (!standard)
		return 0;
	struct str lang = val_s(as, "source_lang");
	store_text(w, "standard", standard, "title", lang, val_s(as, "title"));
	store_text(w, "standard", standard, "summary", lang, val_s(as, "summary"));
	return standard;
}

int64_t store_fill_begin(struct writer *w, int64_t standard)
{
	struct val *p = store_params(w);
	val_set_int(p, "standard", standard);
	int64_t version = db_id(w->db, &q_store_fill_begin, p);
	if (!version)
		return 0;
	val_set_int(p, "version", version);
	val_set_str(p, "lang", val_s(store_version(w, version), "source_lang"));
	db_exec(w->db, &q_store_add_version_lang, p);
	return version;
}

void store_fill_kind(struct writer *w, int64_t standard, struct str kind, struct str lang,
		     struct str name)
{
	struct val *p = store_params(w);
	val_set_int(p, "standard", standard);
	val_set_str(p, "kind", kind);
	int64_t id = db_id(w->db, &q_store_fill_kind_named, p);
	if (id && !kind_named(kind))
		store_text(w, "standard_kind", id, "name", lang, name);
}

int64_t store_fill_item(struct writer *w, int64_t standard, int64_t version,
			const struct fill_item *as, int64_t *node)
{
	struct val *p = val_object(w->arena);
	int64_t item = as->item;
	val_add(p, "org", val_int(w->arena, w->org));
	if (!item) {
		val_add(p, "standard", val_int(w->arena, standard));
		val_add(p, "uuid", val_text(w->arena, as->uuid));
		item = db_id(w->db, &q_store_fill_add_item, p);
	}
	*node = 0;
	if (!item)
		return 0;
	val_add(p, "version", val_int(w->arena, version));
	val_add(p, "item", val_int(w->arena, item));
	val_add(p, "parent", as->parent ? val_int(w->arena, as->parent) : val_null());
	val_add(p, "position", val_int(w->arena, as->position));
	val_add(p, "kind", val_text(w->arena, as->kind));
	val_add(p, "code", val_text(w->arena, as->code));
	val_add(p, "guessed", val_bool(w->arena, as->guessed));
	*node = db_id(w->db, &q_store_fill_add_node, p);
	store_text(w, "standard_node", *node, "title", as->lang, as->title);
	store_text(w, "standard_node", *node, "body", as->lang, as->body);
	store_text(w, "standard_node", *node, "notes", as->lang, as->notes);
	return item;
}

void store_fill_show(struct writer *w, int64_t standard, int64_t version, struct str slug)
{
	struct val *p = store_params(w);
	val_set_int(p, "standard", standard);
	val_set_int(p, "version", version);
	if (slug.n) {
		val_set_str(p, "slug", slug);
		db_exec(w->db, &q_store_fill_name, p);
	}
	db_exec(w->db, &q_store_fill_show, p);
	store_touch(w, standard);
}

/* ---- taking it away ---- */

static struct val *with_ids(struct val *p, struct arena *a, const struct val *rows,
			    const char *name)
{
	val_set_str(p, "ids", text_ids(a, rows, name));
	return p;
}

static void forget_texts(struct writer *w, struct val *p, const char *kind, const struct val *rows)
{
	val_set_str(p, "kind", str_of(kind));
	db_exec(w->db, &q_store_fill_some_texts, with_ids(p, w->arena, rows, "id"));
}

/* Rows whose texts go first. */
static const struct worded {
	const struct query *last, *remove;
	const char *kind;
} worded[] = {
	{&q_store_fill_last_descriptors, &q_store_fill_remove_descriptors, "standard_descriptor"},
	{&q_store_fill_last_ratings, &q_store_fill_remove_ratings, "standard_rating"},
	{&q_store_fill_last_levels, &q_store_fill_remove_levels, "standard_level"},
};

static bool undo_nodes(struct writer *w, struct val *p)
{
	struct val *rows = db_rows(w->db, &q_store_fill_last_nodes, p);
	if (!val_count(rows))
		return false;
	forget_texts(w, p, "standard_node", rows);
	db_exec(w->db, &q_store_fill_remove_kept_items, p);
	db_exec(w->db, &q_store_fill_remove_nodes, p);
	db_exec(w->db, &q_store_fill_remove_items, with_ids(p, w->arena, rows, "item"));
	return true;
}

static void undo_standard(struct writer *w, struct val *p, int64_t standard)
{
	if (db_id(w->db, &q_store_fill_has_version, p))
		return;
	struct val *row = val_object(w->arena), *rows = val_list(w->arena);
	val_set_int(row, "id", standard);
	val_push(rows, row);
	forget_texts(w, p, "standard", rows);
	forget_texts(w, p, "standard_kind", db_rows(w->db, &q_store_fill_kinds, p));
	db_exec(w->db, &q_store_fill_remove_kinds, p);
	db_exec(w->db, &q_store_fill_remove_standard, p);
}

bool store_fill_undo(struct writer *w, int64_t standard, int64_t version, int64_t most)
{
	static const struct query *const plain[] = {
		&q_store_fill_remove_links, &q_store_fill_remove_associations,
		&q_store_fill_remove_definitions, &q_store_fill_remove_parts};
	struct val *p = store_params(w);
	val_set_int(p, "standard", standard);
	val_set_int(p, "version", version);
	val_set_int(p, "most", most);
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		if (db_exec(w->db, plain[i], p))
			return true;
	for (size_t i = 0; i < sizeof worded / sizeof *worded; i++) {
		struct val *rows = db_rows(w->db, worded[i].last, p);
		if (!val_count(rows))
			continue;
		forget_texts(w, p, worded[i].kind, rows);
		db_exec(w->db, worded[i].remove, p);
		return true;
	}
	if (undo_nodes(w, p))
		return true;
	db_exec(w->db, &q_store_fill_remove_document, p);
	db_exec(w->db, &q_store_fill_remove_langs, p);
	text_forget(w->db, w->arena, "standard_version", version);
	db_exec(w->db, &q_store_fill_remove_version, p);
	undo_standard(w, p, standard);
	return false;
}
