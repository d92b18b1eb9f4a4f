/* The life of a standard and its versions: made, described, published, translated later,
 * deprecated, replaced. */
#include "app/standards/draft.h"
#include "app/standards/finding.h"
#include "app/standards/standards_rules.h"
#include "base/arena.h"
#include "base/instant.h"
#include "core/audit.h"
#include "core/text.h"
#include "queries.h"

static void lang_choices(struct req *r, const char *name, struct str chosen)
{
	struct val *list = val_set_list(r->out, name), *langs = val_get(r->org, "langs");
	for (size_t i = 0; i < val_count(langs); i++) {
		struct val *choice = val_push_object(list);
		val_set(choice, "value", val_at(langs, i));
		val_set(choice, "label", val_at(langs, i));
		val_set_bool(choice, "selected", str_eq(val_get_str(val_at(langs, i)), chosen));
	}
}

static bool org_speaks(const struct req *r, struct str lang)
{
	struct val *langs = val_get(r->org, "langs");
	for (size_t i = 0; i < val_count(langs); i++)
		if (str_eq(val_get_str(val_at(langs, i)), lang))
			return true;
	return false;
}

static void note(struct req *r, const char *verb, const char *kind, int64_t id)
{
	audit_add(r->db, r->arena,
		  &(struct audit){.org = val_i(r->org, "id"),
				  .made_by = val_i(r->me, "id"),
				  .verb = verb,
				  .object_kind = kind,
				  .object = id,
				  .at = r->now,
				  .request_id = r->request_id});
}

int standards_new_form(struct req *r)
{
	lang_choices(r, "lang_choices", val_s(r->org, "lang"));
	reading_crumbs(r, str_of(tr(r, N_("Standards"))), S("/standards"));
	reading_crumbs(r, str_of(tr(r, N_("Write a new standard"))), (struct str){0});
	return OK;
}

int standards_new(struct req *r)
{
	if (!org_speaks(r, val_s(r->in, "source_lang"))) {
		invalid(r, "source_lang", N_("Choose one of the organisation’s languages"));
		return INVALID;
	}
	struct writer w = writer_of(r);
	struct val *as = val_object(r->arena);
	val_merge(as, r->in);
	struct str slug = store_free_slug(&w, val_s(r->in, "title"));
	val_set_str(as, "slug", slug);
	int64_t id = store_standard(&w, as);
	if (!id)
		return CONFLICT;
	note(r, "standard.made", "standard", id);
	return see_other(r, "/standards/" STR_FMT "/draft", STR_ARG(slug));
}

/* GET and POST /standards/:slug/settings: its name and summary per language, and where it is from
 */
int standards_settings_form(struct req *r)
{
	struct reading x;
	if (!reading_open(r, &x, "/settings"))
		return NOT_FOUND;
	struct str lang =
		val_s(r->in, "work").n ? val_s(r->in, "work") : val_s(x.standard, "source_lang");
	static const char *const own[] = {"publisher", "licence", "source_url", "rev"};
	for (size_t i = 0; i < 4; i++)
		val_set(r->in, own[i], val_get(x.standard, own[i]));
	val_set_str(r->in, "work", lang);
	static const struct {
		const char *field, *rev;
	} texts[] = {{"title", "title_rev"}, {"summary", "summary_rev"}};
	struct val *all = text_all(r->db, r->arena, "standard", x.id);
	for (size_t k = 0; k < 2; k++) {
		val_set_str(r->in, texts[k].field, (struct str){0});
		val_set_int(r->in, texts[k].rev, 0);
		for (size_t i = 0; i < val_count(all); i++) {
			struct val *t = val_at(all, i);
			if (!str_is(val_s(t, "field"), texts[k].field) ||
			    !str_eq(val_s(t, "lang"), lang))
				continue;
			val_set(r->in, texts[k].field, val_get(t, "body"));
			val_set(r->in, texts[k].rev, val_get(t, "rev"));
		}
	}
	lang_choices(r, "work_choices", lang);
	reading_crumbs(r, val_s(x.standard, "title"), reading_path(r, &x));
	reading_crumbs(r, str_of(tr(r, N_("Settings"))), (struct str){0});
	return OK;
}

int standards_settings(struct req *r)
{
	struct reading x;
	if (!reading_open(r, &x, "/settings"))
		return NOT_FOUND;
	struct writer w = writer_of(r);
	struct val *p = params(r);
	val_set_int(p, "standard", x.id);
	if (!db_exec(r->db, &q_draft_settings, p))
		return CONFLICT;
	enum stored how = store_describe(&w, x.id, r->in);
	if (how != STORED)
		return draft_stored(r, how);
	flash(r, N_("Saved."));
	return see_other(r, "/standards/" STR_FMT, STR_ARG(val_s(x.standard, "slug")));
}

/* GET and POST /standards/:slug/draft/publish. What is not ready is said, never hidden: how many
 * items have no text in each language, which the importer guessed, which comments are open. */
int publish_form(struct req *r)
{
	struct reading x;
	if (!draft_open(r, &x))
		return NOT_FOUND;
	struct val *nodes = reading_nodes(r, &x), *ids = val_list(r->arena);
	int64_t guessed = 0;
	for (size_t i = 0; i < val_count(nodes); i++) {
		guessed += val_i(val_at(nodes, i), "guessed");
		val_push(ids, val_get(val_at(nodes, i), "id"));
	}
	struct val *complete = text_completeness(r->db, r->arena, "standard_node", ids);
	struct val *langs = val_get(complete, "langs"), *more = val_set_list(r->out, "more_langs");
	for (size_t i = 0; i < val_count(langs); i++) {
		struct val *l = val_at(langs, i);
		val_set_int(l, "missing", val_i(complete, "total") - val_i(l, "count"));
		if (!str_eq(val_s(l, "lang"), val_s(x.standard, "source_lang")))
			val_push(more, l);
	}
	struct val *p = params(r);
	val_set_int(p, "version", x.version_id);
	struct val *comments = db_rows(r->db, &q_draft_comment_counts, p);
	val_set_int(r->out, "guessed", guessed);
	val_set_int(r->out, "items", (int64_t)val_count(nodes));
	val_set_int(r->out, "commented", (int64_t)val_count(comments));
	val_set(r->in, "rev", val_get(x.version, "rev"));
	reading_crumbs(
		r, str_of(tr(r, N_("Draft"))),
		str_fmt(r->arena, "/standards/" STR_FMT "/draft", STR_ARG(val_s(r->in, "slug"))));
	reading_crumbs(r, str_of(tr(r, N_("Publish"))), (struct str){0});
	return OK;
}

int publish(struct req *r)
{
	struct reading x;
	if (!draft_open(r, &x))
		return NOT_FOUND;
	struct writer w = writer_of(r);
	struct str review_by = val_s(r->in, "review_by");
	enum stored how =
		store_publish(&w, x.version_id, val_i(r->in, "rev"), val_get(r->in, "langs"),
			      val_s(r->in, "label"), val_s(r->in, "note"), review_by);
	if (how != STORED)
		return draft_stored(r, how);
	note(r, "standard.published", "standard_version", x.version_id);
	flash(r, N_("The version is published."));
	return see_other(r, "/standards/" STR_FMT, STR_ARG(val_s(r->in, "slug")));
}

/* GET and POST /standards/:slug/v/:number/languages: a language that follows later */
int publish_lang_form(struct req *r)
{
	struct reading x;
	if (!reading_open(r, &x, "/versions") || x.draft)
		return NOT_FOUND;
	lang_choices(r, "work_choices", val_s(r->in, "work"));
	reading_crumbs(r, val_s(x.standard, "title"), reading_path(r, &x));
	reading_crumbs(r, str_of(tr(r, N_("Publish a language"))), (struct str){0});
	return OK;
}

int publish_lang(struct req *r)
{
	struct reading x;
	if (!reading_open(r, &x, "/versions") || x.draft)
		return NOT_FOUND;
	struct writer w = writer_of(r);
	enum stored how = store_publish_lang(&w, x.version_id, val_s(r->in, "work"));
	if (how == STORE_FROZEN) {
		invalid(r, "work", N_("This language is published already"));
		return INVALID;
	}
	if (how != STORED)
		return draft_stored(r, how);
	note(r, "standard.language_published", "standard_version", x.version_id);
	flash(r, N_("The language is published."));
	return see_other(r, "/standards/" STR_FMT "/versions", STR_ARG(val_s(r->in, "slug")));
}

int deprecate_form(struct req *r)
{
	struct reading x;
	if (!reading_open(r, &x, "/versions") || x.draft)
		return NOT_FOUND;
	val_set(r->in, "rev", val_get(x.version, "rev"));
	reading_crumbs(r, val_s(x.standard, "title"), reading_path(r, &x));
	reading_crumbs(r, str_of(tr(r, N_("Deprecate"))), (struct str){0});
	return OK;
}

int deprecate(struct req *r)
{
	struct reading x;
	if (!reading_open(r, &x, "/versions") || x.draft)
		return NOT_FOUND;
	struct writer w = writer_of(r);
	enum stored how = store_deprecate(&w, x.version_id, val_i(r->in, "rev"));
	if (how != STORED)
		return draft_stored(r, how);
	note(r, "standard.deprecated", "standard_version", x.version_id);
	flash(r, N_("The version is deprecated. It stays readable."));
	return see_other(r, "/standards/" STR_FMT "/versions", STR_ARG(val_s(r->in, "slug")));
}

/* GET and POST /standards/:slug/items/:uuid/replace: which items take the place of this one. The
 * picker fills `items`. */
int replace_form(struct req *r)
{
	struct reading x;
	if (!reading_open(r, &x, "/items"))
		return NOT_FOUND;
	struct val *node = draft_node(r, &x, val_s(r->in, "uuid"));
	if (val_is_null(node))
		return NOT_FOUND;
	val_set(r->out, "item", node);
	picked_items(r, "items", "picked_items");
	reading_crumbs(r, val_s(x.standard, "title"), reading_path(r, &x));
	reading_crumbs(r, str_of(tr(r, N_("Replace an item"))), (struct str){0});
	return OK;
}

int replace(struct req *r)
{
	struct reading x;
	if (!reading_open(r, &x, "/items"))
		return NOT_FOUND;
	struct val *node = draft_node(r, &x, val_s(r->in, "uuid")),
		   *items = val_get(r->in, "items");
	if (val_is_null(node))
		return NOT_FOUND;
	if (!val_count(items)) {
		invalid(r, "items", N_("Choose at least one item"));
		return INVALID;
	}
	struct writer w = writer_of(r);
	for (size_t i = 0; i < val_count(items); i++) {
		int64_t item = 0;
		if (!str_int(val_get_str(val_at(items, i)), &item) ||
		    store_replace(&w, val_i(node, "item"), item, val_s(r->in, "note")) != STORED) {
			invalid(r, "items", N_("One of these items cannot take its place"));
			return INVALID;
		}
	}
	note(r, "standard.replaced", "standard_item", val_i(node, "item"));
	flash(r, N_("The replacement is recorded; both items link to each other."));
	return see_other(r, "/standards/" STR_FMT "/items/" STR_FMT, STR_ARG(val_s(r->in, "slug")),
			 STR_ARG(val_s(r->in, "uuid")));
}
