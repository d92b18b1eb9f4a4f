/* What belongs to an item beside its text: descriptors at each level, context ratings, links
 * outside and the comments of its readers. */
#include "app/standards/draft.h"
#include "app/standards/kinds.h"
#include "app/standards/scales.h"
#include "base/arena.h"
#include "core/right.h"
#include "core/text.h"
#include "queries.h"

static const char *const body_field[] = {"body", NULL};
static const char *const name_field[] = {"name", NULL};

#define LEVEL  "level/"
#define RATING "rating/"

static struct val *about(struct req *r, const struct reading *x, const struct val *node)
{
	struct val *p = params(r);
	val_set_int(p, "version", x->version_id);
	val_set(p, "item", val_get(node, "item"));
	return p;
}

/* ---- descriptors and ratings ---- */

/* The place of a part in the lists `part`, `text` and `seen`, which were sent side by side, one
 * entry for each text area; -1 where it was not sent. */
static ptrdiff_t sent_at(const struct req *r, struct str part)
{
	struct val *parts = val_get(r->in, "part");
	for (size_t i = 0; i < val_count(parts); i++)
		if (str_eq(val_get_str(val_at(parts, i)), part))
			return (ptrdiff_t)i;
	return -1;
}

static bool was_asked(const struct req *r, struct str part)
{
	struct val *asked = val_get(r->in, "asked");
	for (size_t i = 0; i < val_count(asked); i++)
		if (str_eq(val_get_str(val_at(asked, i)), part))
			return true;
	return false;
}

void draft_typed(struct req *r, struct val *rows, const char *prefix, const char *key)
{
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		struct str part = str_fmt(r->arena, "%s" STR_FMT, prefix, STR_ARG(val_s(row, key)));
		struct str stored = val_s(row, "body_here");
		ptrdiff_t at = sent_at(r, part);
		val_set_str(row, "part", part);
		val_set(row, "text", val_get(row, "body_here"));
		val_set(row, "says", reading_light(r, val_s(row, "body")));
		val_set_null(row, "stored");
		if (at < 0)
			continue;
		struct val *typed = val_at(val_get(r->in, "text"), (size_t)at);
		int64_t seen = val_get_int(val_at(val_get(r->in, "seen"), (size_t)at));
		val_set(row, "text", typed);
		val_set_bool(row, "asked", was_asked(r, part));
		if (seen != val_i(row, "body_rev") && !str_eq(val_get_str(typed), stored))
			val_set_str(row, "stored", stored);
	}
}

static void texts(struct req *r, const struct reading *x, struct val *rows, const char *kind,
		  struct str lang)
{
	struct str source = val_s(x->standard, "source_lang");
	struct text_want want = {
		.kind = kind, .id = "id", .fields = body_field, .lang = lang, .first = source};
	text_attach_here(r->db, r->arena, rows, &want);
	want.lang = source;
	text_attach(r->db, r->arena, rows, &want);
	for (size_t i = 0; i < val_count(rows); i++)
		if (!val_has(val_at(rows, i), "body"))
			val_set_str(val_at(rows, i), "body", (struct str){0});
}

static struct val *cells_of(struct req *r, const struct reading *x, const struct val *node,
			    struct str lang)
{
	const struct kind_shipped *kind = kind_named(val_s(node, "kind"));
	if (!kind || kind->place != KIND_ROW)
		return val_list(r->arena);
	struct val *cells = db_rows(r->db, &q_draft_item_cells, about(r, x, node));
	reading_texts(r, x, cells,
		      (struct text_want){.kind = "standard_level",
					 .id = "level_id",
					 .prefix = "level_",
					 .fields = name_field});
	texts(r, x, cells, "standard_descriptor", lang);
	draft_typed(r, cells, LEVEL, "level");
	return cells;
}

/* Every scale in the source's language; in another one those that have an answer. */
static struct val *ratings_of(struct req *r, const struct reading *x, const struct val *node,
			      struct str lang)
{
	bool source = str_eq(lang, val_s(x->standard, "source_lang"));
	struct val *rated = db_rows(r->db, &q_draft_item_ratings, about(r, x, node)),
		   *list = val_list(r->arena);
	for (const struct scale *s = scales; s->code; s++) {
		struct val *row = val_object(r->arena);
		val_set_str(row, "scale", str_of(s->code));
		val_set_null(row, "id");
		val_set_bool(row, "asked", false);
		for (size_t i = 0; i < val_count(rated); i++)
			if (str_is(val_s(val_at(rated, i), "scale"), s->code)) {
				val_merge(row, val_at(rated, i));
				val_set_bool(row, "asked", !val_i(row, "given"));
			}
		if (source || val_i(row, "given"))
			val_push(list, row);
	}
	scales_label(r, list);
	texts(r, x, list, "standard_rating", lang);
	draft_typed(r, list, RATING, "scale");
	return list;
}

void draft_parts(struct req *r, const struct reading *x, const struct val *node, struct str lang)
{
	bool rated = str_is(val_s(node, "kind"), "category") ||
		     str_is(val_s(node, "kind"), "competency");
	val_set(r->out, "cells", cells_of(r, x, node, lang));
	val_set(r->out, "ratings", rated ? ratings_of(r, x, node, lang) : val_list(r->arena));
}

static enum stored put_part(struct req *r, const struct reading *x, int64_t item, struct str lang,
			    size_t i)
{
	struct writer w = writer_of(r);
	struct str part = val_get_str(val_at(val_get(r->in, "part"), i)),
		   text = val_get_str(val_at(val_get(r->in, "text"), i));
	int64_t seen = val_get_int(val_at(val_get(r->in, "seen"), i));
	if (str_starts(part, S(LEVEL)))
		return store_descriptor(&w, x->version_id, item, str_from(part, sizeof LEVEL - 1),
					lang, text, seen);
	struct str scale = str_from(part, sizeof RATING - 1);
	for (const struct scale *s = scales; str_starts(part, S(RATING)) && s->code; s++)
		if (str_is(scale, s->code) && !text.n && !was_asked(r, part))
			return store_unrate(&w, x->version_id, item, scale, lang, seen);
		else if (str_is(scale, s->code))
			return store_rating(&w, x->version_id, item, scale, lang, text, seen);
	return STORE_MISSING;
}

enum stored draft_put_parts(struct req *r, const struct reading *x, const struct val *node,
			    struct str lang)
{
	size_t n = val_count(val_get(r->in, "part"));
	if (n != val_count(val_get(r->in, "text")) || n != val_count(val_get(r->in, "seen")))
		return STORE_MISSING;
	for (size_t i = 0; i < n; i++) {
		enum stored how = put_part(r, x, val_i(node, "item"), lang, i);
		if (how != STORED)
			return how;
	}
	return STORED;
}

/* ---- links and comments ---- */

void draft_comments(struct req *r, const struct reading *x, const struct val *node)
{
	struct val *p = about(r, x, node);
	struct val *links = db_rows(r->db, &q_draft_item_links, p);
	reading_links(r, x, links);
	val_set(r->out, "links", links);
	struct val *comments = db_rows(r->db, &q_draft_comments, p);
	for (size_t i = 0; i < val_count(comments); i++)
		show_day(r, val_at(comments, i), "made_at", "made_on");
	val_set(r->out, "comments", comments);
}

/* The parameters of a query about the item of the path, with `standard`, `version` and `item`; null: not found.
 * What its page shows is not read: other writers wait. */
static struct val *item_of_path(struct req *r)
{
	struct val *p = params(r), *found = db_row(r->db, &q_draft_item_of_path, p);
	if (val_is_null(found) || !has_right(r, STANDARDS_READ_DRAFT))
		return val_null();
	val_merge(p, found);
	return p;
}

static int back(struct req *r, const char *message, const char *part)
{
	struct str work = val_s(r->in, "work");
	flash(r, message);
	return see_other(r, "/standards/" STR_FMT "/draft/items/" STR_FMT "%s" STR_FMT "#%s",
			 STR_ARG(val_s(r->in, "slug")), STR_ARG(val_s(r->in, "uuid")),
			 work.n ? "?work=" : "", STR_ARG(work), part);
}

int draft_link(struct req *r)
{
	struct val *p = item_of_path(r);
	if (val_is_null(p))
		return NOT_FOUND;
	struct writer w = writer_of(r);
	struct str url = val_s(r->in, "address");
	if (url.n && !str_starts(url, S("https://")) && !str_starts(url, S("http://"))) {
		invalid(r, "address", N_("An address begins with https://"));
		return INVALID;
	}
	store_link(&w, val_i(p, "version"), val_i(p, "item"), val_s(r->in, "label"), url,
		   (struct str){0});
	store_touch(&w, val_i(p, "standard"));
	return back(r, N_("The link was added."), "links");
}

int draft_unlink(struct req *r)
{
	struct val *p = item_of_path(r);
	if (val_is_null(p))
		return NOT_FOUND;
	struct writer w = writer_of(r);
	if (!db_exec(r->db, &q_draft_remove_link, p))
		return NOT_FOUND;
	store_touch(&w, val_i(p, "standard"));
	return back(r, N_("The link was removed."), "links");
}

int draft_comment(struct req *r)
{
	struct val *p = item_of_path(r);
	if (val_is_null(p))
		return NOT_FOUND;
	val_set(p, "body", val_get(r->in, "comment"));
	db_exec(r->db, &q_draft_add_comment, p);
	return back(r, N_("Your comment was added."), "comments");
}

int draft_resolve(struct req *r)
{
	struct val *p = item_of_path(r);
	if (val_is_null(p) || !db_exec(r->db, &q_draft_resolve_comment, p))
		return NOT_FOUND;
	return back(r, N_("The comment is settled."), "comments");
}
