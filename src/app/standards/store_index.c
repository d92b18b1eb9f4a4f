/* What the search finds of a standard. */
#include "app/standards/store_fill.h"
#include "app/standards/store_inside.h"
#include "base/arena.h"
#include "core/job.h"
#include "db/search.h"
#include "queries.h"
#include "web/markdown.h"

/* One node's texts in one language, from rows {node, item, lang, field, body} ordered by item, node
 * and language. */
struct said {
	int64_t node, item;
	struct str lang, title, body;
};

static bool next_said(const struct val *rows, size_t *at, struct said *s)
{
	if (*at >= val_count(rows))
		return false;
	*s = (struct said){.node = val_i(val_at(rows, *at), "node"),
			   .item = val_i(val_at(rows, *at), "item"),
			   .lang = val_s(val_at(rows, *at), "lang")};
	for (; *at < val_count(rows); ++*at) {
		const struct val *row = val_at(rows, *at);
		if (val_i(row, "node") != s->node || !str_eq(val_s(row, "lang"), s->lang))
			break;
		struct str field = val_s(row, "field");
		if (str_is(field, "title"))
			s->title = val_s(row, "body");
		else if (str_is(field, "body")) /* notes are found by nobody */
			s->body = val_s(row, "body");
	}
	return true;
}

static struct val *said_in(struct writer *w, int64_t version, int64_t item)
{
	struct val *p = store_params(w);
	val_set_int(p, "version", version);
	val_set_int(p, "item", item);
	return db_rows(w->db, item ? &q_store_texts_of_item : &q_store_texts_of_version, p);
}

/* Rows come in the same order from both versions, so one walk is enough. */
static bool says_the_same(const struct val *published, size_t *at, const struct said *s)
{
	struct said was;
	for (size_t next = *at; next_said(published, &next, &was); *at = next) {
		int order = was.item < s->item ? -1 : was.item > s->item;
		order = order ? order : str_cmp(was.lang, s->lang);
		if (order > 0)
			return false;
		if (order == 0)
			return str_eq(was.title, s->title) && str_eq(was.body, s->body);
	}
	return false;
}

void store_unindex(struct writer *w, const struct val *nodes)
{
	struct val *ids = val_list(w->arena);
	for (size_t i = 0; i < val_count(nodes); i++)
		val_push(ids, val_get(val_at(nodes, i), "id"));
	search_remove(w->db, w->org, STORE_INDEXED, ids);
}

static void forget(struct writer *w, int64_t version, int64_t item)
{
	struct val *p = store_params(w);
	val_set_int(p, "version", version);
	val_set_int(p, "item", item);
	store_unindex(w, db_rows(w->db, item ? &q_store_node : &q_standards_nodes, p));
}

static int64_t published_before(struct writer *w, const struct val *is)
{
	struct val *p = store_params(w);
	val_set_int(p, "standard", val_i(is, "standard"));
	val_set_int(p, "version", val_i(is, "id"));
	return db_id(w->db, &q_store_published_before, p);
}

static bool holds(const struct val *langs, struct str lang)
{
	for (size_t i = 0; i < val_count(langs); i++)
		if (!val_is_null(val_get(val_at(langs, i), "published_at")) &&
		    str_eq(val_s(val_at(langs, i), "lang"), lang))
			return true;
	return false;
}

/* What is to be found, gathered: together it costs a part of each alone. */
struct finds {
	struct writer *w;
	struct str audience;
	struct search_document *docs;
	size_t count;
};

static struct finds finds_of(struct writer *w, const struct val *texts, bool draft)
{
	return (struct finds){
		.w = w,
		.audience = draft ? S("standards_read_draft") : S("public"),
		.docs = arena_many(w->arena, struct search_document, val_count(texts) + 1)};
}

static void add_said(struct finds *f, const struct said *s)
{
	f->docs[f->count++] =
		(struct search_document){.org = f->w->org,
					 .kind = STORE_INDEXED,
					 .id = s->node,
					 .lang = s->lang,
					 .audience = f->audience,
					 .title = markdown_text(f->w->arena, s->title),
					 .body = markdown_text(f->w->arena, s->body)};
}

static void index_items(struct writer *w, int64_t version, int64_t item)
{
	struct val *is = store_version(w, version);
	bool draft = str_is(val_s(is, "state"), "draft");
	int64_t before = published_before(w, is);
	struct val *p = store_params(w), *texts = said_in(w, version, item);
	val_set_int(p, "version", version);
	struct val *langs = db_rows(w->db, &q_standards_langs_of_version, p);
	struct val *published = draft && before ? said_in(w, before, item) : val_list(w->arena);
	struct said s;
	size_t there = 0;
	forget(w, version, item);
	if (!draft && val_i(store_version(w, before), "number") > val_i(is, "number"))
		return; /* a language of an older version: the newest stays what is found */
	if (before && !draft && !item)
		forget(w, before, 0);
	struct finds f = finds_of(w, texts, draft);
	for (size_t at = 0; next_said(texts, &at, &s);)
		if (draft ? !says_the_same(published, &there, &s) : holds(langs, s.lang))
			add_said(&f, &s);
	search_put(w->db, f.docs, f.count);
}

int64_t store_index_some(struct writer *w, int64_t version, int64_t after, int64_t most)
{
	struct val *is = store_version(w, version), *p = store_params(w);
	val_set_int(p, "version", version);
	/* They stand next to each other, because they were made so. */
	if (!after)
		after = db_id(w->db, &q_store_fill_first_node, p) - 1;
	val_set_int(p, "after", after);
	val_set_int(p, "most", most);
	struct val *nodes = db_rows(w->db, &q_store_fill_some_after, p);
	int64_t last = val_i(val_at(nodes, val_count(nodes) - 1), "id");
	if (!last || !str_is(val_s(is, "state"), "draft"))
		return 0;
	val_set_int(p, "to", last);
	val_set_int(p, "before", published_before(w, is));
	struct val *texts = db_rows(w->db, &q_store_fill_texts_between, p);
	struct val *published = val_i(p, "before") ? db_rows(w->db, &q_store_fill_texts_before, p)
						   : val_list(w->arena);
	struct said s;
	size_t there = 0;
	struct finds f = finds_of(w, texts, true);
	for (size_t at = 0; next_said(texts, &at, &s);)
		if (!says_the_same(published, &there, &s))
			add_said(&f, &s);
	search_put(w->db, f.docs, f.count);
	return last;
}

/* ---- a large version, in steps ---- */

/* In one transaction others wait some twenty milliseconds for this many. */
enum { AT_ONCE = 200 };

static bool is_large(struct writer *w, int64_t version)
{
	struct val *p = store_params(w);
	val_set_int(p, "version", version);
	val_set_int(p, "before", published_before(w, store_version(w, version)));
	val_set_int(p, "most", AT_ONCE);
	return db_id(w->db, &q_store_some_count, p) >= AT_ONCE;
}

void store_index_soon(struct writer *w, int64_t version)
{
	if (w->at_once || !is_large(w, version)) {
		store_index(w, version);
		return;
	}
	struct val *input = val_object(w->arena), *p = store_params(w);
	val_set_int(input, "version", version);
	val_set(p, "standard", val_get(store_version(w, version), "standard"));
	job_ask(w->db, w->arena,
		&(struct job_asked){.org = w->org,
				    .now = w->now,
				    .kind = "standards.index",
				    .title = val_s(db_row(w->db, &q_standards_by_id, p), "slug"),
				    .input = input});
}

/* The ids of some nodes, and the last one's item as :to. */
static struct val *some_nodes(struct writer *w, struct val *p, int64_t version, int64_t after,
			      int64_t most)
{
	val_set_int(p, "version", version);
	val_set_int(p, "after", after);
	val_set_int(p, "most", most);
	struct val *nodes = db_rows(w->db, &q_store_some_nodes, p);
	val_set_int(p, "to", val_i(val_at(nodes, val_count(nodes) - 1), "item"));
	return nodes;
}

int64_t store_index_published(struct writer *w, int64_t version, int64_t after, int64_t most)
{
	struct val *is = store_version(w, version), *p = store_params(w);
	int64_t before = published_before(w, is);
	if (val_is_null(is) || str_is(val_s(is, "state"), "draft") ||
	    val_i(store_version(w, before), "number") > val_i(is, "number"))
		return 0;
	struct val *nodes = some_nodes(w, p, version, after, most);
	int64_t last = val_i(p, "to");
	struct val *texts = db_rows(w->db, &q_store_texts_of_some, p),
		   *langs = db_rows(w->db, &q_standards_langs_of_version, p);
	struct said s;
	store_unindex(w, nodes);
	val_set_int(p, "version", before);
	store_unindex(w, db_rows(w->db, &q_store_nodes_between, p));
	struct finds f = finds_of(w, texts, false);
	for (size_t at = 0; next_said(texts, &at, &s);)
		if (holds(langs, s.lang))
			add_said(&f, &s);
	search_put(w->db, f.docs, f.count);
	return last;
}

int64_t store_unindex_some(struct writer *w, int64_t version, int64_t after, int64_t most)
{
	struct val *p = store_params(w);
	store_unindex(w, some_nodes(w, p, version, after, most));
	return val_i(p, "to");
}

void store_index(struct writer *w, int64_t version)
{
	index_items(w, version, 0);
}

void store_index_item(struct writer *w, int64_t version, int64_t item)
{
	index_items(w, version, item);
}

void store_reindex(struct db *db, struct arena *a, struct err *err, int64_t org)
{
	struct writer w = {.db = db, .arena = a, .org = org};
	struct val *versions = db_rows(db, &q_store_versions_of_org, store_params(&w));
	for (size_t i = 0; i < val_count(versions) && err->kind == ERR_NONE; i++)
		store_index(&w, val_i(val_at(versions, i), "id"));
}
