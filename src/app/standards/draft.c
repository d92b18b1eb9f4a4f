/* The draft of a standard: its outline for those who write it, and the pages that change one item.
 */
#include "app/standards/draft.h"

#include "app/standards/kinds.h"
#include "app/standards/standards_rules.h"
#include "base/arena.h"
#include "core/right.h"
#include "core/text.h"
#include "core/uuid.h"
#include "queries.h"

struct writer writer_of(struct req *r)
{
	return (struct writer){.db = r->db,
			       .arena = r->arena,
			       .org = val_i(r->org, "id"),
			       .me = val_i(r->me, "id"),
			       .now = r->now};
}

bool draft_open(struct req *r, struct reading *x)
{
	struct val *draft = db_row(r->db, &q_draft_number, params(r));
	if (val_is_null(draft))
		return false;
	val_set(r->in, "number", val_get(draft, "number"));
	if (!reading_open(r, x, "/draft") || !x->draft)
		return false;
	reading_crumbs(
		r, val_s(x->standard, "title"),
		str_fmt(r->arena, "/standards/" STR_FMT, STR_ARG(val_s(x->standard, "slug"))));
	return true;
}

struct val *draft_node(struct req *r, const struct reading *x, struct str uuid)
{
	struct val *p = params(r);
	val_set_int(p, "version", x->version_id);
	val_set_str(p, "uuid", uuid);
	return db_row(r->db, &q_standards_node_of_uuid, p);
}

int draft_stored(struct req *r, enum stored how)
{
	static const int answers[] = {
		[STORED] = OK,
		[STORE_MISSING] = NOT_FOUND,
		[STORE_FROZEN] = CONFLICT,
		[STORE_STALE] = CONFLICT,
		[STORE_REFUSED] = INVALID,
	};
	(void)r;
	return answers[how];
}

int draft_to_item(struct req *r, struct str uuid)
{
	return see_other(r, "/standards/" STR_FMT "/draft#i-" STR_FMT,
			 STR_ARG(val_s(r->in, "slug")), STR_ARG(uuid));
}

/* GET /standards/:slug/draft */
int draft_show(struct req *r)
{
	struct reading x;
	if (!draft_open(r, &x))
		return NOT_FOUND;
	struct val *nodes = reading_nodes(r, &x);
	struct val *ids = val_list(r->arena);
	for (size_t i = 0; i < val_count(nodes); i++)
		val_push(ids, val_get(val_at(nodes, i), "id"));
	val_set(r->out, "complete", text_completeness(r->db, r->arena, "standard_node", ids));
	val_set_int(r->out, "count", (int64_t)val_count(nodes));
	val_set(r->out, "items", standards_tree(r->arena, nodes));
	reading_crumbs(r, str_of(tr(r, N_("Draft"))), (struct str){0});
	return OK;
}

/* POST /standards/:slug/draft: opens one */
int draft_begin(struct req *r)
{
	struct writer w = writer_of(r);
	struct val *standard = db_row(r->db, &q_standards_by_slug, params(r));
	if (val_is_null(standard))
		return NOT_FOUND;
	store_draft(&w, val_i(standard, "id"));
	return see_other(r, "/standards/" STR_FMT "/draft", STR_ARG(val_s(r->in, "slug")));
}

static void kind_choices(struct req *r, const struct reading *x)
{
	struct val *p = params(r), *list = val_set_list(r->out, "kind_choices");
	val_set_int(p, "standard", x->id);
	struct val *own = db_rows(r->db, &q_standards_kinds, p);
	struct str chosen = val_s(r->in, "kind");
	for (size_t i = 0; i < val_count(own); i++) {
		struct val *row = val_at(own, i);
		if (kind_named(val_s(row, "code")))
			continue;
		struct val *choice = val_push_object(list);
		val_set(choice, "value", val_get(row, "code"));
		val_set(choice, "label", val_get(row, "code"));
		val_set_bool(choice, "selected", str_eq(val_s(row, "code"), chosen));
	}
	for (const struct kind_shipped *k = kinds_shipped; k->code; k++) {
		struct val *choice = val_push_object(list);
		val_set_str(choice, "value", str_of(k->code));
		val_set_str(choice, "label", str_of(tr(r, k->label)));
		val_set_bool(choice, "selected", str_is(chosen, k->code));
	}
}

/* GET /standards/:slug/draft/add: a new item, under the item `under` or at the top */
int draft_add_form(struct req *r)
{
	struct reading x;
	if (!draft_open(r, &x))
		return NOT_FOUND;
	struct val *under = val_null();
	if (val_s(r->in, "under").n) {
		under = draft_node(r, &x, val_s(r->in, "under"));
		if (val_is_null(under))
			return NOT_FOUND;
	}
	val_set(r->out, "under", under);
	kind_choices(r, &x);
	reading_crumbs(r, str_of(tr(r, N_("Draft"))), reading_path(r, &x));
	reading_crumbs(r, str_of(tr(r, N_("Add an item"))), (struct str){0});
	return OK;
}

int draft_add(struct req *r)
{
	struct reading x;
	if (!draft_open(r, &x))
		return NOT_FOUND;
	if (!val_s(r->in, "title").n && !val_s(r->in, "body").n) {
		invalid(r, "body", N_("Enter what the item says"));
		return INVALID;
	}
	struct writer w = writer_of(r);
	struct val *as = val_object(r->arena);
	val_merge(as, r->in);
	val_set_str(as, "lang", val_s(x.standard, "source_lang"));
	if (val_s(r->in, "under").n) {
		struct val *under = draft_node(r, &x, val_s(r->in, "under"));
		if (val_is_null(under))
			return NOT_FOUND;
		val_set(as, "parent", val_get(under, "item"));
	}
	struct str uuid = uuid_new(r->arena);
	val_set_str(as, "uuid", uuid);
	if (!store_item(&w, x.version_id, as))
		return CONFLICT;
	flash(r, N_("The item was added."));
	return draft_to_item(r, uuid);
}

/* Both languages side by side: what the item says in the source language and in the one worked on.
 */
static void texts_of(struct req *r, const struct reading *x, const struct val *node)
{
	struct val *all = text_all(r->db, r->arena, "standard_node", val_i(node, "id"));
	struct str source = val_s(x->standard, "source_lang");
	struct str lang = val_s(r->in, "work").n ? val_s(r->in, "work") : source;
	struct val *from = val_set_object(r->out, "source");
	static const char *const names[] = {"title", "body"}, *const revs[] = {"title_rev",
									       "body_rev"};
	for (size_t k = 0; k < 2; k++) {
		val_set_str(from, names[k], (struct str){0});
		val_set_str(r->in, names[k], (struct str){0});
		val_set_int(r->in, revs[k], 0);
		for (size_t i = 0; i < val_count(all); i++) {
			struct val *t = val_at(all, i);
			if (!str_is(val_s(t, "field"), names[k]))
				continue;
			if (str_eq(val_s(t, "lang"), source))
				val_set(from, names[k], val_get(t, "body"));
			if (!str_eq(val_s(t, "lang"), lang))
				continue;
			val_set(r->in, names[k], val_get(t, "body"));
			val_set(r->in, revs[k], val_get(t, "rev"));
		}
	}
	val_set_str(r->out, "source_lang", source);
	val_set_str(r->in, "work", lang);
	val_set_bool(r->out, "translating", !str_eq(lang, source));
	struct val *langs = val_set_list(r->out, "work_langs"), *known = val_get(r->org, "langs");
	for (size_t i = 0; i < val_count(known); i++) {
		struct str tag = val_get_str(val_at(known, i));
		struct val *choice = val_push_object(langs);
		val_set_str(choice, "tag", tag);
		val_set_bool(choice, "current", str_eq(tag, lang));
	}
}

/* GET /standards/:slug/draft/items/:uuid */
int draft_edit_form(struct req *r)
{
	struct reading x;
	if (!draft_open(r, &x))
		return NOT_FOUND;
	struct val *node = draft_node(r, &x, val_s(r->in, "uuid"));
	if (val_is_null(node))
		return NOT_FOUND;
	static const char *const shown[] = {"code", "kind", "rev"};
	for (size_t i = 0; i < 3; i++)
		val_set(r->in, shown[i], val_get(node, shown[i]));
	texts_of(r, &x, node);
	kind_choices(r, &x);
	draft_parts(r, &x, node);
	val_set(r->out, "item", node);
	reading_crumbs(
		r, str_of(tr(r, N_("Draft"))),
		str_fmt(r->arena, "/standards/" STR_FMT "/draft", STR_ARG(val_s(r->in, "slug"))));
	reading_crumbs(r, val_s(node, "code").n ? val_s(node, "code") : str_of(tr(r, N_("Item"))),
		       (struct str){0});
	return OK;
}

int draft_edit(struct req *r)
{
	struct reading x;
	if (!draft_open(r, &x))
		return NOT_FOUND;
	struct val *node = draft_node(r, &x, val_s(r->in, "uuid"));
	if (val_is_null(node))
		return NOT_FOUND;
	struct writer w = writer_of(r);
	struct val *as = val_object(r->arena);
	val_merge(as, r->in);
	val_set(as, "node", val_get(node, "id"));
	val_set_str(as, "lang",
		    val_s(r->in, "work").n ? val_s(r->in, "work")
					   : val_s(x.standard, "source_lang"));
	if (!has_right(r, STANDARDS_EDIT)) {
		/* A translator changes the words of another language, never the item. */
		if (str_eq(val_s(as, "lang"), val_s(x.standard, "source_lang")))
			return FORBIDDEN;
		val_set(as, "code", val_get(node, "code"));
		val_set(as, "kind", val_get(node, "kind"));
	}
	enum stored how = store_edit(&w, as);
	if (how != STORED)
		return draft_stored(r, how);
	flash(r, N_("Saved."));
	return draft_to_item(r, val_s(r->in, "uuid"));
}
