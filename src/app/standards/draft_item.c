/* The form of one item in one language: of a draft, and of a published version while a further
 * language is being written. */
#include "app/standards/draft.h"
#include "app/standards/forest.h"
#include "app/standards/kinds.h"
#include "base/arena.h"
#include "core/choices.h"
#include "core/right.h"
#include "core/text.h"
#include "queries.h"

static const char *const node_fields[] = {"title", "body", NULL};

bool draft_may_write(const struct req *r, const struct reading *x, struct str lang)
{
	return has_right(r, STANDARDS_EDIT) || (has_right(r, STANDARDS_TRANSLATE) &&
						!str_eq(lang, val_s(x->standard, "source_lang")));
}

bool draft_work(struct req *r, const struct reading *x, struct str *lang)
{
	struct str source = val_s(x->standard, "source_lang"), work = val_s(r->in, "work");
	struct val *langs = val_get(r->org, "langs"), *list = val_set_list(r->out, "work_langs");
	*lang = work.n ? work : source;
	bool known = str_eq(*lang, source);
	val_set_str(val_push_object(list), "tag", source);
	for (size_t i = 0; i < val_count(langs); i++) {
		struct str tag = val_get_str(val_at(langs, i));
		if (str_eq(tag, source))
			continue;
		val_set_str(val_push_object(list), "tag", tag);
		known |= str_eq(tag, *lang);
	}
	for (size_t i = 0; i < val_count(list); i++)
		val_set_bool(val_at(list, i), "current",
			     str_eq(val_s(val_at(list, i), "tag"), *lang));
	val_set_str(r->in, "work", *lang);
	val_set_str(r->out, "source_lang", source);
	val_set_bool(r->out, "several_work", val_count(list) > 1);
	val_set_bool(r->out, "translating", !str_eq(*lang, source));
	val_set_bool(r->out, "writable", draft_may_write(r, x, *lang));
	return known;
}

/* ---- how far a language is ---- */

static const struct {
	const char *kind;
	const struct query *rows; /* NULL: the nodes themselves */
} translated[] = {
	{"standard_node", NULL},
	{"standard_descriptor", &q_standards_descriptors},
	{"standard_rating", &q_standards_ratings},
};
enum { TRANSLATED = sizeof translated / sizeof *translated };

struct progress {
	struct val *rows[TRANSLATED], *ids[TRANSLATED];
};

static struct progress progress_of(struct req *r, const struct reading *x, struct val *nodes)
{
	struct progress all;
	struct val *p = params(r);
	val_set_int(p, "version", x->version_id);
	for (int k = 0; k < TRANSLATED; k++) {
		all.rows[k] = translated[k].rows ? db_rows(r->db, translated[k].rows, p) : nodes;
		all.ids[k] = val_list(r->arena);
		for (size_t i = 0; i < val_count(all.rows[k]); i++)
			val_push(all.ids[k], val_get(val_at(all.rows[k], i), "id"));
	}
	return all;
}

static bool holds(const struct val *owners, int64_t id)
{
	size_t low = 0, high = val_count(owners);
	while (low < high) {
		size_t middle = (low + high) / 2;
		int64_t here = val_i(val_at(owners, middle), "owner");
		if (here == id)
			return true;
		if (here < id)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

/* The first item after `after` (a uuid, or empty), round and round, that lacks words in `lang`. */
static struct str next_lacking(struct req *r, const struct progress *all, struct str lang,
			       struct str after)
{
	struct forest f = forest_of(r->arena, all->rows[0]);
	bool *lacks = arena_many(r->arena, bool, (size_t)f.count + 1), past = !after.n;
	struct str first = {0};
	for (int k = 0; k < TRANSLATED; k++) {
		struct val *owners =
			text_missing(r->db, r->arena, translated[k].kind, all->ids[k], lang);
		for (size_t i = 0; val_count(owners) && i < val_count(all->rows[k]); i++) {
			struct val *row = val_at(all->rows[k], i);
			struct place *at = forest_find(&f, val_i(row, "item"));
			if (at && holds(owners, val_i(row, "id")))
				lacks[at - f.places] = true;
		}
	}
	for (int32_t i = 0; i < f.count; i++) {
		struct str uuid = val_s(f.places[i].row, "uuid");
		if (lacks[i] && past)
			return uuid;
		if (lacks[i] && !first.n && !str_eq(uuid, after))
			first = uuid;
		past |= str_eq(uuid, after);
	}
	return first;
}

struct val *draft_complete(struct req *r, const struct reading *x, struct val *nodes)
{
	struct val *out = val_object(r->arena), *list = val_set_list(out, "langs");
	struct val *langs = val_get(r->out, "work_langs");
	struct progress all = progress_of(r, x, nodes);
	int64_t total = 0;
	for (size_t i = 0; i < val_count(langs); i++) {
		struct val *row = val_push_object(list);
		val_set(row, "lang", val_get(val_at(langs, i), "tag"));
		val_set_int(row, "count", 0);
	}
	for (int k = 0; k < TRANSLATED; k++) {
		struct val *c = text_completeness(r->db, r->arena, translated[k].kind, all.ids[k]);
		total += val_i(c, "total");
		for (size_t i = 0; i < val_count(list); i++)
			for (size_t n = 0; n < val_count(val_get(c, "langs")); n++) {
				struct val *row = val_at(list, i),
					   *l = val_at(val_get(c, "langs"), n);
				if (str_eq(val_s(l, "lang"), val_s(row, "lang")))
					val_set_int(row, "count",
						    val_i(row, "count") + val_i(l, "count"));
			}
	}
	val_set_int(out, "total", total);
	for (size_t i = 0; i < val_count(list); i++) {
		struct val *row = val_at(list, i);
		struct str lang = val_s(row, "lang");
		val_set_int(row, "missing", total - val_i(row, "count"));
		val_set_bool(row, "writable", draft_may_write(r, x, lang));
		val_set_str(row, "first", next_lacking(r, &all, lang, (struct str){0}));
	}
	return out;
}

/* ---- the form ---- */

void draft_kind_choices(struct req *r, const struct reading *x)
{
	struct val *list = val_set_list(r->out, "kind_choices"), *own = reading_kinds(r, x);
	for (size_t i = 0; i < val_count(own); i++) {
		struct str code = val_s(val_at(own, i), "code"),
			   name = val_s(val_at(own, i), "name");
		if (!kind_named(code))
			choice(list, code, name.n ? name : code, false);
	}
	for (const struct kind_shipped *k = kinds_shipped; k->code; k++)
		choice(list, str_of(k->code), str_of(tr(r, k->label)), false);
}

/* What is said in the language worked on, and beside it what the source says. */
static int item_form(struct req *r, const struct reading *x)
{
	static const char *const shown[][2] = {{"code", "code"},
					       {"kind", "kind"},
					       {"rev", "rev"},
					       {"title", "work_title_here"},
					       {"title_rev", "work_title_rev"},
					       {"body", "work_body_here"},
					       {"body_rev", "work_body_rev"}};
	struct str lang;
	struct val *node = draft_node(r, x, val_s(r->in, "uuid")), *one = val_list(r->arena);
	if (val_is_null(node) || !draft_work(r, x, &lang))
		return NOT_FOUND;
	val_push(one, node);
	struct text_want want = {.kind = "standard_node",
				 .id = "id",
				 .fields = node_fields,
				 .lang = lang,
				 .prefix = "work_"};
	text_attach_here(r->db, r->arena, one, &want);
	want.lang = want.first = val_s(x->standard, "source_lang");
	want.prefix = "source_";
	text_attach(r->db, r->arena, one, &want);
	reading_words(r, one, "source_");
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		val_set(r->in, shown[i][0], val_get(node, shown[i][1]));
	draft_kind_choices(r, x);
	draft_parts(r, x, node, lang);
	val_set(r->out, "item", node);
	return OK;
}

/* Saves what the form sent; the caller says where to go. */
static int save(struct req *r, const struct reading *x, struct str *lang)
{
	struct val *node = draft_node(r, x, val_s(r->in, "uuid")), *as = val_object(r->arena);
	if (val_is_null(node))
		return NOT_FOUND;
	if (!draft_work(r, x, lang)) {
		invalid(r, "work", N_("Choose one of the organisation’s languages"));
		return INVALID;
	}
	if (!draft_may_write(r, x, *lang))
		return FORBIDDEN;
	bool source = str_eq(*lang, val_s(x->standard, "source_lang"));
	if (source && !val_s(r->in, "title").n && !val_s(r->in, "body").n)
		invalid(r, "body", N_("Enter what the item says"));
	if (source && !val_s(r->in, "kind").n)
		invalid(r, "kind", N_("Choose what kind of item it is"));
	if (val_count(r->errors))
		return INVALID;
	struct writer w = writer_of(r);
	val_merge(as, r->in);
	val_set(as, "node", val_get(node, "id"));
	val_set_str(as, "lang", *lang);
	enum stored how = store_edit(&w, as);
	if (how == STORED)
		how = draft_put_parts(r, x, node, *lang);
	if (how == STORED)
		store_index_item(&w, x->version_id, val_i(node, "item"));
	if (how == STORED && !x->draft)
		store_carry(&w, x->version_id);
	return draft_answer(how);
}

/* Back to the outline, or on to the next item that lacks words in this language. */
static int after_saving(struct req *r, const struct reading *x, struct str lang, const char *page)
{
	struct str uuid = val_s(r->in, "uuid"), next = {0};
	flash(r, N_("Saved."));
	if (str_is(val_s(r->in, "act"), "next")) {
		struct progress all = progress_of(r, x, reading_nodes(r, x));
		next = next_lacking(r, &all, lang, uuid);
	}
	if (next.n)
		return see_other(r, STR_FMT "/items/" STR_FMT "%s?work=" STR_FMT, STR_ARG(x->path),
				 STR_ARG(next), page, STR_ARG(lang));
	if (x->draft)
		return draft_to_item(r, uuid);
	return see_other(r, STR_FMT "/languages", STR_ARG(x->path));
}

/* GET and POST /standards/:slug/draft/items/:uuid */
int draft_edit_form(struct req *r)
{
	struct reading x;
	if (!draft_open(r, &x))
		return NOT_FOUND;
	int answer = item_form(r, &x);
	if (answer != OK)
		return answer;
	draft_comments(r, &x, val_get(r->out, "item"));
	draft_crumbs(r, &x, N_("Edit an item"));
	return OK;
}

int draft_edit(struct req *r)
{
	struct reading x;
	struct str lang;
	if (!draft_open(r, &x))
		return NOT_FOUND;
	int answer = save(r, &x, &lang);
	return answer == OK ? after_saving(r, &x, lang, "") : answer;
}

/* A published version, in a language that is not published yet. */
static bool open_published(struct req *r, struct reading *x)
{
	if (!reading_open(r, x, "/versions") || x->draft)
		return false;
	struct str lang = val_s(r->in, "work");
	struct writer w = writer_of(r);
	return lang.n && !str_eq(lang, val_s(x->standard, "source_lang")) &&
	       !store_is_frozen(&w, x->version_id, lang);
}

/* Leads only to the languages that are still open. */
static void leave_open_langs(struct req *r, const struct reading *x)
{
	struct val *langs = val_get(r->out, "work_langs"), *open = val_list(r->arena);
	struct writer w = writer_of(r);
	for (size_t i = 0; i < val_count(langs); i++)
		if (!store_is_frozen(&w, x->version_id, val_s(val_at(langs, i), "tag")))
			val_push(open, val_at(langs, i));
	val_set(r->out, "work_langs", open);
	val_set_bool(r->out, "several_work", val_count(open) > 1);
}

/* GET and POST /standards/:slug/v/:number/items/:uuid/translate */
int draft_translate_form(struct req *r)
{
	struct reading x;
	if (!open_published(r, &x))
		return NOT_FOUND;
	int answer = item_form(r, &x);
	if (answer != OK)
		return answer;
	leave_open_langs(r, &x);
	draft_crumbs(r, &x, N_("Translate an item"));
	return OK;
}

int draft_translate(struct req *r)
{
	struct reading x;
	struct str lang;
	if (!open_published(r, &x))
		return NOT_FOUND;
	int answer = save(r, &x, &lang);
	return answer == OK ? after_saving(r, &x, lang, "/translate") : answer;
}
