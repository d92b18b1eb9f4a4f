/* Standards, their versions and their publication. Items are in store_items.c. */
#include "app/standards/store.h"

#include "app/standards/kinds.h"
#include "app/standards/standards_rules.h"
#include "app/standards/store_inside.h"
#include "app/standards/store_kept.h"
#include "base/arena.h"
#include "core/text.h"
#include "core/uuid.h"
#include "queries.h"

struct val *store_params(struct writer *w)
{
	struct val *p = val_object(w->arena);
	val_set_int(p, "org", w->org);
	val_set_int(p, "now", w->now);
	if (w->me)
		val_set_int(p, "me", w->me);
	else
		val_set_null(p, "me");
	return p;
}

void store_text(struct writer *w, const char *kind, int64_t owner, const char *field,
		struct str lang, struct str body)
{
	text_first(w->db, w->arena,
		   &(struct text){.org = w->org,
				  .kind = kind,
				  .owner = owner,
				  .field = field,
				  .lang = lang,
				  .body = body,
				  .made_by = w->me,
				  .made_at = w->now});
}

bool store_retext(struct writer *w, const char *kind, int64_t owner, const char *field,
		  struct str lang, struct str body, int64_t seen_rev)
{
	return text_put(w->db, w->arena,
			&(struct text){.org = w->org,
				       .kind = kind,
				       .owner = owner,
				       .field = field,
				       .lang = lang,
				       .body = body,
				       .made_by = w->me,
				       .made_at = w->now,
				       .seen_rev = seen_rev}) > 0;
}

void store_touch(struct writer *w, int64_t standard)
{
	struct val *p = store_params(w);
	val_set_int(p, "standard", standard);
	db_exec(w->db, &q_store_touch, p);
}

void store_shown(struct writer *w, int64_t standard, int64_t except)
{
	struct val *p = store_params(w);
	val_set_int(p, "standard", standard);
	val_set_int(p, "except", except);
	db_exec(w->db, &q_store_shown, p);
}

struct val *store_version(struct writer *w, int64_t version)
{
	struct val *p = store_params(w);
	val_set_int(p, "version", version);
	return db_row(w->db, &q_store_version, p);
}

/* Second segments of /standards that mean something else. */
static const char *const reserved_slugs[] = {"new",  "imports",    "drafts", "search",
					     "pick", "crosswalks", NULL};

static bool slug_is_free(struct writer *w, struct str slug)
{
	for (const char *const *s = reserved_slugs; *s; s++)
		if (str_is(slug, *s))
			return false;
	struct val *p = store_params(w);
	val_set_str(p, "slug", slug);
	return !db_id(w->db, &q_store_slug_taken, p);
}

struct str store_free_slug(struct writer *w, struct str title)
{
	struct str slug = standards_slug(w->arena, title), tried = slug;
	for (int i = 2; !slug_is_free(w, tried) && i < 1000; i++)
		tried = str_fmt(w->arena, STR_FMT "-%d", STR_ARG(slug), i);
	return tried;
}

static int64_t add_version(struct writer *w, int64_t standard, struct str source_lang)
{
	struct val *p = store_params(w);
	val_set_int(p, "standard", standard);
	int64_t version = db_id(w->db, &q_store_add_version, p);
	if (!version)
		return 0;
	val_set_int(p, "version", version);
	val_set_str(p, "lang", source_lang);
	db_exec(w->db, &q_store_add_version_lang, p);
	return version;
}

int64_t store_standard(struct writer *w, const struct val *as)
{
	static const char *const columns[] = {"slug", "source_lang", "publisher", "licence",
					      "source_url"};
	struct val *p = store_params(w);
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		val_set_str(p, columns[i], val_s(as, columns[i]));
	val_set_str(p, "uuid", val_s(as, "uuid").n ? val_s(as, "uuid") : uuid_new(w->arena));
	int64_t standard = db_id(w->db, &q_store_add_standard, p);
	if (!standard)
		return 0;
	struct str lang = val_s(as, "source_lang");
	store_text(w, "standard", standard, "title", lang, val_s(as, "title"));
	store_text(w, "standard", standard, "summary", lang, val_s(as, "summary"));
	add_version(w, standard, lang);
	return standard;
}

enum stored store_describe(struct writer *w, int64_t standard, const struct val *as)
{
	static const struct {
		const char *field, *rev;
	} texts[] = {{"title", "title_rev"}, {"summary", "summary_rev"}};
	struct val *p = store_params(w);
	val_set_int(p, "standard", standard);
	if (val_is_null(db_row(w->db, &q_standards_by_id, p)))
		return STORE_MISSING;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (!store_retext(w, "standard", standard, texts[i].field, val_s(as, "work"),
				  val_s(as, texts[i].field), val_i(as, texts[i].rev)))
			return STORE_STALE;
	store_touch(w, standard);
	store_shown(w, standard, 0);
	return STORED;
}

/* What a new draft takes over from the version before it, and loses again when it is dropped: rows
 * by the query, and their texts. */
static const struct copied {
	const struct query *rows, *add;
	const char *kind; /* owner of their texts; NULL: they have none */
} copied[] = {
	{&q_standards_nodes, &q_store_copy_node, "standard_node"},
	{&q_standards_levels, &q_store_copy_level, "standard_level"},
	{&q_standards_descriptors, &q_store_copy_descriptor, "standard_descriptor"},
	{&q_standards_ratings, &q_store_copy_rating, "standard_rating"},
	{&q_standards_links, &q_store_copy_link, NULL},
};

static void copy_version(struct writer *w, int64_t from, int64_t to)
{
	for (size_t i = 0; i < sizeof copied / sizeof *copied; i++) {
		struct val *p = store_params(w);
		val_set_int(p, "version", from);
		struct val *rows = db_rows(w->db, copied[i].rows, p);
		for (size_t k = 0; k < val_count(rows); k++) {
			struct val *row = val_at(rows, k);
			int64_t old = val_i(row, "id");
			val_set_int(row, "org", w->org);
			val_set_int(row, "version", to);
			int64_t id = db_id(w->db, copied[i].add, row);
			if (copied[i].kind)
				text_copy(w->db, w->arena, copied[i].kind, old, id);
		}
	}
}

int64_t store_draft(struct writer *w, int64_t standard)
{
	struct val *p = store_params(w);
	val_set_int(p, "standard", standard);
	int64_t draft = db_id(w->db, &q_store_draft_of, p);
	if (draft)
		return draft;
	int64_t newest = db_id(w->db, &q_store_newest, p);
	if (!newest)
		return 0;
	struct val *version = store_version(w, newest);
	draft = add_version(w, standard, val_s(version, "source_lang"));
	if (!draft) /* one is being filled */
		return 0;
	copy_version(w, newest, draft);
	store_kept_copy(w, newest, draft);
	text_copy(w->db, w->arena, "standard_version", newest, draft);
	store_touch(w, standard);
	return draft;
}

int64_t store_empty_draft(struct writer *w, int64_t standard)
{
	struct val *p = store_params(w);
	val_set_int(p, "standard", standard);
	int64_t newest = db_id(w->db, &q_store_newest, p);
	return newest ? add_version(w, standard, val_s(store_version(w, newest), "source_lang"))
		      : 0;
}

bool store_drop_draft(struct writer *w, int64_t standard)
{
	static const struct query *const parts[] = {
		&q_store_drop_comments,    &q_store_drop_links,  &q_store_drop_ratings,
		&q_store_drop_descriptors, &q_store_drop_levels, &q_store_drop_nodes,
		&q_store_drop_langs,       &q_store_drop_version};
	struct val *p = store_params(w);
	val_set_int(p, "standard", standard);
	int64_t draft = db_id(w->db, &q_store_draft_of, p);
	val_set_int(p, "version", draft);
	if (!draft || !db_id(w->db, &q_store_other_version, p))
		return false;
	struct val *nodes = db_rows(w->db, &q_standards_nodes, p);
	store_unindex(w, nodes);
	for (size_t i = 0; i < sizeof copied / sizeof *copied; i++) {
		struct val *rows = copied[i].kind ? db_rows(w->db, copied[i].rows, p) : val_null();
		for (size_t k = 0; k < val_count(rows); k++)
			text_forget(w->db, w->arena, copied[i].kind, val_i(val_at(rows, k), "id"));
	}
	store_kept_drop(w, draft);
	text_forget(w->db, w->arena, "standard_version", draft);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		db_exec(w->db, parts[i], p);
	store_touch(w, standard);
	return true;
}

/* Languages in which every text of the version that has one in the source language has one too may
 * be frozen; the caller has asked the person which. */
static void freeze(struct writer *w, int64_t version, struct str lang)
{
	struct val *p = store_params(w);
	val_set_int(p, "version", version);
	val_set_str(p, "lang", lang);
	db_exec(w->db, &q_store_publish_lang, p);
}

static struct str title_in(struct writer *w, const char *kind, int64_t owner, struct str lang)
{
	struct val *texts = text_all(w->db, w->arena, kind, owner);
	for (size_t i = 0; i < val_count(texts); i++)
		if (str_is(val_s(val_at(texts, i), "field"), "title") &&
		    str_eq(val_s(val_at(texts, i), "lang"), lang))
			return val_s(val_at(texts, i), "body");
	return (struct str){0};
}

void store_call_version(struct writer *w, int64_t version, struct str lang, struct str title)
{
	store_text(w, "standard_version", version, "title", lang, title);
}

/* A standard is called what its newest edition is called, unless a person named it otherwise. */
static void take_name(struct writer *w, const struct val *is, struct val *p)
{
	struct str lang = val_s(is, "source_lang");
	int64_t standard = val_i(is, "standard"),
		before = db_id(w->db, &q_store_published_before, p);
	struct str name = title_in(w, "standard_version", val_i(is, "id"), lang);
	if (!before || !name.n)
		return;
	struct str was = title_in(w, "standard_version", before, lang);
	struct val *told = text_history(w->db, w->arena, "standard", standard, "title", lang);
	if (!was.n) /* an edition from before they kept their names */
		was = val_s(val_at(told, val_count(told) - 1), "body");
	if (str_eq(was, val_s(val_at(told, 0), "body")))
		store_retext(w, "standard", standard, "title", lang, name, TEXT_ANY);
}

enum stored store_publish(struct writer *w, int64_t version, int64_t rev, const struct val *langs,
			  struct str label, struct str note, struct str review_by)
{
	struct val *is = store_version(w, version);
	if (val_is_null(is))
		return STORE_MISSING;
	if (!str_is(val_s(is, "state"), "draft"))
		return STORE_FROZEN;
	struct val *p = store_params(w);
	val_set_int(p, "version", version);
	val_set_int(p, "standard", val_i(is, "standard"));
	val_set_int(p, "rev", rev);
	val_set_str(p, "label", label);
	val_set_str(p, "note", note);
	if (review_by.n)
		val_set_str(p, "review_by", review_by);
	else
		val_set_null(p, "review_by");
	if (!db_exec(w->db, &q_store_publish, p))
		return STORE_STALE;
	take_name(w, is, p);
	db_exec(w->db, &q_store_deprecate_older, p);
	freeze(w, version, val_s(is, "source_lang"));
	for (size_t i = 0; i < val_count(langs); i++)
		freeze(w, version, val_get_str(val_at(langs, i)));
	store_index_soon(w, version);
	store_touch(w, val_i(is, "standard"));
	store_shown(w, val_i(is, "standard"), version);
	return STORED;
}

enum stored store_publish_lang(struct writer *w, int64_t version, struct str lang)
{
	struct val *is = store_version(w, version);
	if (val_is_null(is))
		return STORE_MISSING;
	if (str_is(val_s(is, "state"), "draft"))
		return STORE_REFUSED;
	if (store_is_frozen(w, version, lang))
		return STORE_FROZEN;
	freeze(w, version, lang);
	store_carry(w, version);
	store_index_soon(w, version);
	store_touch(w, val_i(is, "standard"));
	return STORED;
}

enum stored store_deprecate(struct writer *w, int64_t version, int64_t rev)
{
	struct val *is = store_version(w, version);
	if (val_is_null(is))
		return STORE_MISSING;
	struct val *p = store_params(w);
	val_set_int(p, "version", version);
	val_set_int(p, "rev", rev);
	if (!db_exec(w->db, &q_store_deprecate, p))
		return str_is(val_s(is, "state"), "adopted") ? STORE_STALE : STORE_FROZEN;
	store_touch(w, val_i(is, "standard"));
	store_shown(w, val_i(is, "standard"), 0);
	return STORED;
}

enum stored store_replace(struct writer *w, int64_t old_item, int64_t new_item, struct str note)
{
	struct val *p = store_params(w);
	val_set_int(p, "old_item", old_item);
	val_set_int(p, "new_item", new_item);
	val_set_str(p, "note", note);
	val_set_str(p, "uuid", uuid_new(w->arena));
	if (!db_id(w->db, &q_store_add_replacement, p))
		return STORE_REFUSED;
	const int64_t items[] = {old_item, new_item};
	for (int i = 0; i < 2; i++) {
		store_touch(w, store_standard_of(w, items[i]));
		store_shown(w, store_standard_of(w, items[i]), 0);
	}
	return STORED;
}

bool store_is_frozen(struct writer *w, int64_t version, struct str lang)
{
	struct val *p = store_params(w);
	val_set_int(p, "version", version);
	val_set_str(p, "lang", lang);
	return !val_is_null(db_row(w->db, &q_store_lang_is_frozen, p));
}

int64_t store_standard_of(struct writer *w, int64_t item)
{
	struct val *p = store_params(w);
	val_set_int(p, "item", item);
	return db_id(w->db, &q_store_standard_of, p);
}
