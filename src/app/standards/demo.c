#include "app/standards/demo.h"

#include "app/standards/store_inside.h"
#include "base/arena.h"
#include "base/asset.h"
#include "base/json.h"
#include "core/org.h"
#include "core/text.h"
#include "core/uuid.h"
#include "queries.h"

enum { DEMO_BYTES = 1 << 20, DAY = 86400 };

struct demo {
	struct writer w;
	int64_t standard, version;
	struct str lang;     /* of the source */
	struct val *uuids;   /* of the levels */
	struct val *item_of; /* "slug code" -> item, for changes and crosswalks */
	struct str slug;
};

static struct str in(const struct val *text, struct str lang)
{
	return val_s(text, lang.n == 2 && lang.p[0] == 'f' ? "fr" : "en");
}

static struct str other_of(struct str lang)
{
	return str_is(lang, "fr") ? S("en") : S("fr");
}

/* The other language of a text whose first one is stored. */
static void also(struct demo *d, const char *kind, int64_t owner, const char *field,
		 const struct val *text)
{
	struct str lang = other_of(d->lang);
	if (owner && in(text, lang).n)
		store_retext(&d->w, kind, owner, field, lang, in(text, lang), TEXT_ANY);
}

static const char *key_of(struct demo *d, struct str slug, struct str code)
{
	return str_c(d->w.arena,
		     str_fmt(d->w.arena, STR_FMT " " STR_FMT, STR_ARG(slug), STR_ARG(code)));
}

static int64_t node_of(struct demo *d, int64_t item)
{
	struct val *p = store_params(&d->w);
	val_set_int(p, "version", d->version);
	val_set_int(p, "item", item);
	return val_i(db_row(d->w.db, &q_store_node, p), "id");
}

static void put_ratings(struct demo *d, int64_t item, const struct val *ratings)
{
	for (size_t i = 0; i < val_count(ratings); i++) {
		const char *scale = val_name_at(ratings, i);
		struct val *text = val_get(ratings, scale);
		store_rating(&d->w, d->version, item, str_of(scale), d->lang, in(text, d->lang), 0);
		if (!val_is_null(text))
			store_rating(&d->w, d->version, item, str_of(scale), other_of(d->lang),
				     in(text, other_of(d->lang)), 0);
	}
}

static void put_cells(struct demo *d, int64_t item, const struct val *cells)
{
	for (size_t i = 0; i < val_count(cells); i++) {
		struct str level = val_get_str(val_at(d->uuids, i));
		struct val *text = val_at(cells, i);
		store_descriptor(&d->w, d->version, item, level, d->lang, in(text, d->lang),
				 TEXT_ANY);
		store_descriptor(&d->w, d->version, item, level, other_of(d->lang),
				 in(text, other_of(d->lang)), TEXT_ANY);
	}
}

static void put_items(struct demo *d, int64_t parent, const struct val *items, int depth)
{
	MUST(depth < 20);
	for (size_t i = 0; i < val_count(items); i++) {
		struct val *is = val_at(items, i), *as = val_object(d->w.arena);
		if (parent)
			val_set_int(as, "parent", parent);
		val_set_str(as, "kind", val_s(is, "kind"));
		val_set_str(as, "code", val_s(is, "code"));
		val_set_str(as, "lang", d->lang);
		val_set_str(as, "title", in(val_get(is, "title"), d->lang));
		val_set_str(as, "body", in(val_get(is, "body"), d->lang));
		int64_t item = store_item(&d->w, d->version, as), node = node_of(d, item);
		also(d, "standard_node", node, "title", val_get(is, "title"));
		also(d, "standard_node", node, "body", val_get(is, "body"));
		if (val_s(is, "code").n)
			val_set_int(d->item_of, key_of(d, d->slug, val_s(is, "code")), item);
		put_ratings(d, item, val_get(is, "ratings"));
		put_cells(d, item, val_get(is, "levels"));
		put_items(d, item, val_get(is, "items"), depth + 1);
	}
}

static void put_levels(struct demo *d, const struct val *levels)
{
	d->uuids = val_list(d->w.arena);
	for (size_t i = 0; i < val_count(levels); i++) {
		struct str uuid = uuid_new(d->w.arena);
		struct val *text = val_at(levels, i);
		val_push(d->uuids, val_text(d->w.arena, uuid));
		store_level(&d->w, d->version, uuid, (int64_t)i + 1, d->lang, in(text, d->lang));
		store_level(&d->w, d->version, uuid, (int64_t)i + 1, other_of(d->lang),
			    in(text, other_of(d->lang)));
	}
}

static void publish(struct demo *d, const struct val *how, int64_t days_ago)
{
	struct val *is = store_version(&d->w, d->version);
	d->w.now -= days_ago * DAY;
	store_publish(&d->w, d->version, val_i(is, "rev"), val_get(how, "langs"),
		      val_s(how, "label"), val_s(how, "note"), val_s(how, "review_by"));
	d->w.now += days_ago * DAY;
}

/* A second version: {code, body} replaces a text, `add` items come under `under`. */
static void change(struct demo *d, const struct val *changes)
{
	d->version = store_draft(&d->w, d->standard);
	struct val *texts = val_get(changes, "texts");
	for (size_t i = 0; i < val_count(texts); i++) {
		struct val *t = val_at(texts, i), *body = val_get(t, "body");
		int64_t item = val_i(d->item_of, key_of(d, d->slug, val_s(t, "code")));
		int64_t node = node_of(d, item);
		store_retext(&d->w, "standard_node", node, "body", d->lang, in(body, d->lang),
			     TEXT_ANY);
		also(d, "standard_node", node, "body", body);
	}
	int64_t under = val_i(d->item_of, key_of(d, d->slug, val_s(changes, "under")));
	put_items(d, under, val_get(changes, "add"), 0);
	if (val_has(changes, "publish"))
		publish(d, val_get(changes, "publish"), val_i(changes, "days_ago"));
	else
		store_index(&d->w, d->version);
}

static void put_standard(struct demo *d, const struct val *is)
{
	struct val *as = val_object(d->w.arena);
	val_merge(as, is);
	d->lang = val_s(is, "source_lang");
	d->slug = val_s(is, "slug");
	val_set_str(as, "title", in(val_get(is, "title"), d->lang));
	val_set_str(as, "summary", in(val_get(is, "summary"), d->lang));
	d->standard = store_standard(&d->w, as);
	if (!d->standard)
		return; /* the world failed: the caller looks at the error */
	also(d, "standard", d->standard, "title", val_get(is, "title"));
	also(d, "standard", d->standard, "summary", val_get(is, "summary"));
	d->version = store_draft(&d->w, d->standard);
	put_levels(d, val_get(is, "levels"));
	put_items(d, 0, val_get(is, "items"), 0);
	if (val_has(is, "publish"))
		publish(d, val_get(is, "publish"), val_i(is, "days_ago"));
	else
		store_index(&d->w, d->version);
	if (val_has(is, "changes"))
		change(d, val_get(is, "changes"));
}

static int64_t standard_id(struct demo *d, struct str slug)
{
	struct val *p = store_params(&d->w);
	val_set_str(p, "slug", slug);
	return val_i(db_row(d->w.db, &q_standards_by_slug, p), "id");
}

static void put_crosswalk(struct demo *d, const struct val *is)
{
	struct str from = val_s(is, "from"), to = val_s(is, "to");
	struct val *p = store_params(&d->w), *rows = val_get(is, "rows");
	val_set_str(p, "slug", val_s(is, "slug"));
	val_set_str(p, "title", val_s(is, "title"));
	val_set_int(p, "from_standard", standard_id(d, from));
	val_set_int(p, "to_standard", standard_id(d, to));
	val_set_int(p, "crosswalk", db_id(d->w.db, &q_crosswalk_add, p));
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		val_set_int(p, "from_item", val_i(d->item_of, key_of(d, from, val_s(row, "from"))));
		val_set_int(p, "to_item", val_i(d->item_of, key_of(d, to, val_s(row, "to"))));
		val_set_str(p, "relation", val_s(row, "relation"));
		val_set_int(p, "strength", val_i(row, "strength"));
		val_set_str(p, "note", val_s(row, "note"));
		val_set_str(p, "uuid", uuid_new(d->w.arena));
		db_id(d->w.db, &q_crosswalk_add_row, p);
	}
}

void standards_demo_fill(struct db *db, struct arena *a, struct err *err, int64_t now)
{
	struct json_error wrong;
	struct str text = asset_str(asset_find("src/app/standards/demo.json"));
	const struct val *orgs = json_read(a, text, DEMO_BYTES, &wrong);
	if (!orgs) {
		err_set(err, ERR_FAILED, "demo.json:%d: %s", wrong.line, wrong.text);
		return;
	}
	for (size_t i = 0; i < val_count(orgs); i++) {
		const struct val *is = val_at(orgs, i);
		struct val *org = org_by_slug(db, a, val_s(is, "org"));
		struct demo d = {.w = {.db = db,
				       .arena = a,
				       .org = val_i(org, "id"),
				       .now = now,
				       .at_once = true},
				 .item_of = val_object(a)};
		struct val *standards = val_get(is, "standards"),
			   *walks = val_get(is, "crosswalks");
		for (size_t k = 0; k < val_count(standards); k++)
			put_standard(&d, val_at(standards, k));
		for (size_t k = 0; k < val_count(walks); k++)
			put_crosswalk(&d, val_at(walks, k));
	}
}
