/* What belongs to an item beside its text: descriptors at each level, context ratings, links
 * outside and the comments of its readers. */
#include "app/standards/draft.h"
#include "app/standards/kinds.h"
#include "app/standards/scales.h"
#include "base/arena.h"
#include "core/text.h"
#include "queries.h"

static const char *const body_field[] = {"body", NULL};
static const char *const name_field[] = {"name", NULL};

static struct val *about(struct req *r, const struct reading *x, const struct val *node)
{
	struct val *p = params(r);
	val_set_int(p, "version", x->version_id);
	val_set(p, "item", val_get(node, "item"));
	return p;
}

static void texts(struct req *r, const struct reading *x, struct val *rows, const char *kind,
		  const char *id, const char *const *fields, const char *prefix)
{
	text_attach(r->db, r->arena, rows,
		    &(struct text_want){.kind = kind,
					.id = id,
					.prefix = prefix,
					.fields = fields,
					.lang = val_s(r->in, "work"),
					.first = val_s(x->standard, "source_lang")});
}

/* The revision of the text in the language worked on; what the form sends back as seen. */
static void revs(struct req *r, struct val *rows, const char *kind)
{
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		struct val *all = text_all(r->db, r->arena, kind, val_i(row, "id"));
		val_set_int(row, "body_rev", 0);
		val_set_str(row, "body_here", (struct str){0});
		for (size_t k = 0; k < val_count(all); k++) {
			struct val *t = val_at(all, k);
			if (!str_eq(val_s(t, "lang"), val_s(r->in, "work")))
				continue;
			val_set(row, "body_rev", val_get(t, "rev"));
			val_set(row, "body_here", val_get(t, "body"));
		}
	}
}

static struct val *all_scales(struct req *r, const struct val *rated)
{
	struct val *list = val_list(r->arena);
	for (const struct scale *s = scales; s->code; s++) {
		struct val *row = val_push_object(list);
		val_set_str(row, "scale", str_of(s->code));
		val_set_null(row, "id");
		val_set_bool(row, "asked", false);
		for (size_t i = 0; i < val_count(rated); i++)
			if (str_is(val_s(val_at(rated, i), "scale"), s->code)) {
				val_merge(row, val_at(rated, i));
				val_set_bool(row, "asked", true);
			}
	}
	scales_label(r, list);
	return list;
}

void draft_parts(struct req *r, const struct reading *x, const struct val *node)
{
	struct val *p = about(r, x, node);
	const struct kind_shipped *kind = kind_named(val_s(node, "kind"));
	bool row = kind && kind->place == KIND_ROW;
	struct val *cells = row ? db_rows(r->db, &q_draft_item_cells, p) : val_list(r->arena);
	texts(r, x, cells, "standard_level", "level_id", name_field, "level_");
	texts(r, x, cells, "standard_descriptor", "id", body_field, NULL);
	revs(r, cells, "standard_descriptor");
	val_set(r->out, "cells", cells);
	struct val *ratings = all_scales(r, db_rows(r->db, &q_draft_item_ratings, p));
	texts(r, x, ratings, "standard_rating", "id", body_field, NULL);
	revs(r, ratings, "standard_rating");
	bool rated = str_is(val_s(node, "kind"), "category") ||
		     str_is(val_s(node, "kind"), "competency");
	val_set(r->out, "ratings", rated ? ratings : val_list(r->arena));
	val_set(r->out, "links", db_rows(r->db, &q_draft_item_links, p));
	struct val *comments = db_rows(r->db, &q_draft_comments, p);
	for (size_t i = 0; i < val_count(comments); i++)
		show_day(r, val_at(comments, i), "made_at", "made_on");
	val_set(r->out, "comments", comments);
}

/* Opens the draft and the item of the path; false: not found. */
static bool open_item(struct req *r, struct reading *x, struct val **node)
{
	if (!draft_open(r, x))
		return false;
	*node = draft_node(r, x, val_s(r->in, "uuid"));
	return !val_is_null(*node);
}

static int back(struct req *r, const char *message)
{
	flash(r, message);
	return see_other(r, "/standards/" STR_FMT "/draft/items/" STR_FMT "?work=" STR_FMT,
			 STR_ARG(val_s(r->in, "slug")), STR_ARG(val_s(r->in, "uuid")),
			 STR_ARG(val_s(r->in, "work")));
}

typedef enum stored put_fn(struct writer *, int64_t version, int64_t item, struct str name,
			   struct str lang, struct str body, int64_t seen_rev);

/* The lists `name`, `body` and `rev` were sent side by side, one entry for each text area. */
static int put_all(struct req *r, put_fn *put, const char *message)
{
	struct reading x;
	struct val *node;
	if (!open_item(r, &x, &node))
		return NOT_FOUND;
	struct writer w = writer_of(r);
	struct val *names = val_get(r->in, "name"), *bodies = val_get(r->in, "text"),
		   *seen = val_get(r->in, "seen");
	if (val_count(names) != val_count(bodies) || val_count(names) != val_count(seen))
		return INVALID;
	for (size_t i = 0; i < val_count(names); i++) {
		int64_t rev = 0;
		str_int(val_get_str(val_at(seen, i)), &rev);
		enum stored how =
			put(&w, x.version_id, val_i(node, "item"), val_get_str(val_at(names, i)),
			    val_s(r->in, "work"), val_get_str(val_at(bodies, i)), rev);
		if (how != STORED)
			return draft_stored(r, how);
	}
	return back(r, message);
}

int draft_cells(struct req *r)
{
	return put_all(r, store_descriptor, N_("The descriptors were saved."));
}

static enum stored put_rating(struct writer *w, int64_t version, int64_t item, struct str name,
			      struct str lang, struct str body, int64_t seen_rev)
{
	for (const struct scale *s = scales; s->code; s++)
		if (str_is(name, s->code))
			return store_rating(w, version, item, name, lang, body, seen_rev);
	return STORE_REFUSED;
}

int draft_ratings(struct req *r)
{
	return put_all(r, put_rating, N_("The ratings were saved."));
}

int draft_link(struct req *r)
{
	struct reading x;
	struct val *node;
	if (!open_item(r, &x, &node))
		return NOT_FOUND;
	struct writer w = writer_of(r);
	struct str url = val_s(r->in, "address");
	if (url.n && !str_starts(url, S("https://")) && !str_starts(url, S("http://"))) {
		invalid(r, "address", N_("An address begins with https://"));
		return INVALID;
	}
	store_link(&w, x.version_id, val_i(node, "item"), val_s(r->in, "label"), url,
		   (struct str){0});
	return back(r, N_("The link was added."));
}

int draft_unlink(struct req *r)
{
	struct reading x;
	struct val *node;
	if (!open_item(r, &x, &node))
		return NOT_FOUND;
	db_exec(r->db, &q_draft_remove_link, about(r, &x, node));
	return back(r, N_("The link was removed."));
}

int draft_comment(struct req *r)
{
	struct reading x;
	struct val *node;
	if (!open_item(r, &x, &node))
		return NOT_FOUND;
	struct val *p = about(r, &x, node);
	val_set(p, "body", val_get(r->in, "comment"));
	db_exec(r->db, &q_draft_add_comment, p);
	return back(r, N_("Your comment was added."));
}

int draft_resolve(struct req *r)
{
	struct reading x;
	struct val *node;
	if (!open_item(r, &x, &node))
		return NOT_FOUND;
	if (!db_exec(r->db, &q_draft_resolve_comment, about(r, &x, node)))
		return NOT_FOUND;
	return back(r, N_("The comment is settled."));
}
