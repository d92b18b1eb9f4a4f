/* The life of a standard and its versions: made, described, published, translated later,
 * deprecated, replaced. */
#include "app/standards/draft.h"
#include "app/standards/finding.h"
#include "app/standards/standards_rules.h"
#include "base/arena.h"
#include "base/lang.h"
#include "core/audit.h"
#include "core/choices.h"
#include "core/crumbs.h"
#include "core/text.h"
#include "queries.h"

static struct val *lang_choices(struct req *r, const char *name)
{
	struct val *list = val_set_list(r->out, name), *langs = val_get(r->org, "langs");
	for (size_t i = 0; i < val_count(langs); i++) {
		struct str tag = val_get_str(val_at(langs, i));
		choice(list, tag, lang_own_name(r->arena, tag, r->lang), false);
	}
	return list;
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
	lang_choices(r, "source_lang_choices");
	/* who reads French writes French, where the organisation does */
	if (!val_s(r->in, "source_lang").n)
		val_set_str(r->in, "source_lang",
			    org_speaks(r, r->lang) ? r->lang : val_s(r->org, "lang"));
	crumb(r, N_("Standards"), "/standards");
	crumb(r, N_("Write a new standard"), NULL);
	return OK;
}

/* Where a document was published: an address of the web, or nothing. */
static bool url_is_right(struct req *r, const char *field)
{
	struct str url = val_s(r->in, field);
	if (!url.n || str_starts(url, S("https://")) || str_starts(url, S("http://")))
		return true;
	invalid(r, field, N_("An address begins with https://"));
	return false;
}

int standards_new(struct req *r)
{
	if (!org_speaks(r, val_s(r->in, "source_lang"))) {
		invalid(r, "source_lang", N_("Choose one of the organisation’s languages"));
		return INVALID;
	}
	if (!url_is_right(r, "source_url"))
		return INVALID;
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

/* GET and POST /standards/:slug/settings: its name and summary per language, and where it is from.
 * Who only translates changes words of other languages. */
int standards_settings_form(struct req *r)
{
	static const char *const fields[] = {"title", "summary", NULL};
	static const char *const shown[][2] = {
		{"publisher", "publisher"},       {"licence", "licence"},
		{"source_url", "source_url"},     {"rev", "rev"},
		{"title", "work_title_here"},     {"title_rev", "work_title_rev"},
		{"summary", "work_summary_here"}, {"summary_rev", "work_summary_rev"}};
	struct reading x;
	struct str lang;
	if (!reading_open(r, &x, "/settings") || !draft_work(r, &x, &lang))
		return NOT_FOUND;
	struct val *one = val_list(r->arena);
	val_push(one, x.standard);
	text_attach_here(r->db, r->arena, one,
			 &(struct text_want){.kind = "standard",
					     .id = "id",
					     .fields = fields,
					     .lang = lang,
					     .prefix = "work_"});
	text_attach(r->db, r->arena, one,
		    &(struct text_want){.kind = "standard",
					.id = "id",
					.fields = fields,
					.lang = val_s(x.standard, "source_lang"),
					.prefix = "source_"});
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		val_set(r->in, shown[i][0], val_get(x.standard, shown[i][1]));
	val_set(r->out, "source_title", val_get(x.standard, "source_title"));
	val_set(r->out, "source_summary", val_get(x.standard, "source_summary"));
	draft_crumbs(r, &x, N_("Settings"));
	return OK;
}

int standards_settings(struct req *r)
{
	struct reading x;
	struct str lang;
	if (!reading_open(r, &x, "/settings"))
		return NOT_FOUND;
	bool known = draft_work(r, &x, &lang),
	     source = str_eq(lang, val_s(x.standard, "source_lang"));
	if (!known)
		invalid(r, "work", N_("Choose one of the organisation’s languages"));
	else if (!draft_may_write(r, &x, lang))
		return FORBIDDEN;
	if (source && !val_s(r->in, "title").n)
		invalid(r, "title", N_("Enter a title"));
	url_is_right(r, "source_url");
	if (val_count(r->errors))
		return INVALID;
	struct writer w = writer_of(r);
	struct val *p = params(r);
	val_set_int(p, "standard", x.id);
	if (source && !db_exec(r->db, &q_draft_settings, p))
		return CONFLICT;
	enum stored how = store_describe(&w, x.id, r->in);
	if (how != STORED)
		return draft_answer(how);
	flash(r, N_("Saved."));
	return see_other(r, "/standards/" STR_FMT, STR_ARG(val_s(x.standard, "slug")));
}

/* The languages of the organisation but the source's, which follow it or may follow later. */
static void further_langs(struct req *r, const struct reading *x, const char *name)
{
	struct val *complete = val_get(r->out, "complete"), *langs = val_get(complete, "langs"),
		   *list = val_set_list(r->out, name);
	for (size_t i = 0; i < val_count(langs); i++) {
		struct val *row = val_at(langs, i);
		if (str_eq(val_s(row, "lang"), val_s(x->standard, "source_lang")))
			continue;
		val_set(row, "value", val_get(row, "lang"));
		val_set_str(row, "label", lang_own_name(r->arena, val_s(row, "lang"), r->lang));
		val_push(list, row);
	}
}

/* GET and POST /standards/:slug/draft/publish. What is not ready is said, never hidden: how many
 * texts each language lacks, which places the importer guessed, which comments are open. */
int publish_form(struct req *r)
{
	struct reading x;
	struct str lang;
	if (!draft_open(r, &x))
		return NOT_FOUND;
	struct val *nodes = reading_nodes(r, &x);
	int64_t guessed = 0;
	for (size_t i = 0; i < val_count(nodes); i++)
		guessed += val_i(val_at(nodes, i), "guessed");
	draft_work(r, &x, &lang);
	val_set(r->out, "complete", draft_complete(r, &x, nodes));
	further_langs(r, &x, "langs_choices");
	struct val *p = params(r);
	val_set_int(p, "version", x.version_id);
	struct val *comments = db_rows(r->db, &q_draft_comment_counts, p);
	val_set_int(r->out, "guessed", guessed);
	val_set_int(r->out, "items", (int64_t)val_count(nodes));
	val_set_int(r->out, "commented", (int64_t)val_count(comments));
	val_set(r->in, "rev", val_get(x.version, "rev"));
	draft_crumbs(r, &x, N_("Publish"));
	return OK;
}

static bool langs_are_known(struct req *r, const struct val *langs)
{
	for (size_t i = 0; i < val_count(langs); i++)
		if (!org_speaks(r, val_get_str(val_at(langs, i)))) {
			invalid(r, "langs", N_("Choose among the organisation’s languages"));
			return false;
		}
	return true;
}

int publish(struct req *r)
{
	struct reading x;
	if (!draft_open(r, &x))
		return NOT_FOUND;
	if (!langs_are_known(r, val_get(r->in, "langs")))
		return INVALID;
	if (!val_count(reading_nodes(r, &x))) {
		invalid(r, "label", N_("This draft has no items yet"));
		return INVALID;
	}
	struct writer w = writer_of(r);
	struct str review_by = val_s(r->in, "review_by");
	enum stored how =
		store_publish(&w, x.version_id, val_i(r->in, "rev"), val_get(r->in, "langs"),
			      val_s(r->in, "label"), val_s(r->in, "note"), review_by);
	if (how != STORED)
		return draft_answer(how);
	note(r, "standard.published", "standard_version", x.version_id);
	flash(r, N_("The version is published."));
	return see_other(r, "/standards/" STR_FMT, STR_ARG(val_s(r->in, "slug")));
}

/* GET and POST /standards/:slug/v/:number/languages: how far each language of a published version
 * is, and the publication of one that follows later */
int publish_lang_form(struct req *r)
{
	struct reading x;
	struct str lang;
	if (!reading_open(r, &x, "/versions") || x.draft)
		return NOT_FOUND;
	struct val *p = params(r);
	val_set_int(p, "version", x.version_id);
	draft_work(r, &x, &lang);
	val_set(r->out, "complete", draft_complete(r, &x, reading_nodes(r, &x)));
	struct val *published = db_rows(r->db, &q_standards_langs_of_version, p),
		   *langs = val_path(r->out, "complete.langs");
	for (size_t i = 0; i < val_count(langs); i++) {
		struct val *row = val_at(langs, i);
		val_set_null(row, "published_at");
		for (size_t k = 0; k < val_count(published); k++)
			if (str_eq(val_s(val_at(published, k), "lang"), val_s(row, "lang")))
				val_set(row, "published_at",
					val_get(val_at(published, k), "published_at"));
		show_day(r, row, "published_at", "published_on");
	}
	draft_crumbs(r, &x, N_("Languages"));
	return OK;
}

int publish_lang(struct req *r)
{
	struct reading x;
	if (!reading_open(r, &x, "/versions") || x.draft)
		return NOT_FOUND;
	if (!org_speaks(r, val_s(r->in, "work"))) {
		invalid(r, "work", N_("Choose one of the organisation’s languages"));
		return INVALID;
	}
	struct writer w = writer_of(r);
	enum stored how = store_publish_lang(&w, x.version_id, val_s(r->in, "work"));
	if (how == STORE_FROZEN) {
		invalid(r, "work", N_("This language is published already"));
		return INVALID;
	}
	if (how != STORED)
		return draft_answer(how);
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
	draft_crumbs(r, &x, N_("Deprecate a version"));
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
		return draft_answer(how);
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
	draft_crumbs(r, &x, N_("Replace an item"));
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
