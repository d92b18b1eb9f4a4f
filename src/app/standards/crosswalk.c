/* Crosswalks: how the items of two standards relate, row by row, each with who judged it and when.
 */
#include "app/standards/crosswalk.h"

#include "app/standards/draft.h"
#include "app/standards/finding.h"
#include "app/standards/kinds.h"
#include "app/standards/reading.h"
#include "app/standards/standards_rules.h"
#include "app/standards/store.h"
#include "app/standards/suggest_rules.h"
#include "base/arena.h"
#include "core/choices.h"
#include "core/crumbs.h"
#include "core/text.h"
#include "core/uuid.h"
#include "queries.h"

/* SUGGEST_TEXTS: a standard that says more is not gone through for suggestions. */
enum { CROSSWALK_PAGE = 100, SUGGEST_TEXTS = 20000 };

static const char *const node_fields[] = {"title", "body", NULL};
static const char *const standard_fields[] = {"title", NULL};

const struct relation relations[] = {
	{"same", N_("says the same as")},
	{"covers", N_("covers all of")},
	{"covered", N_("is covered by")},
	{"overlaps", N_("overlaps with")},
	{"supports", N_("supports")},
	{"related", N_("is related to")},
	{0},
};

static const char *const strengths[] = {N_("not judged"), N_("weak"), N_("clear"), N_("strong")};

static const char *relation_label(struct str code)
{
	for (const struct relation *k = relations; k->code; k++)
		if (str_is(code, k->code))
			return k->label;
	return "";
}

static void texts(struct req *r, struct val *rows, const char *id, const char *prefix)
{
	text_attach(r->db, r->arena, rows,
		    &(struct text_want){.kind = "standard_node",
					.id = id,
					.prefix = prefix,
					.fields = node_fields,
					.lang = r->lang,
					.first = val_s(r->org, "lang")});
	reading_words(r, rows, prefix);
}

void relations_label(struct req *r, struct val *rows)
{
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		val_set_str(row, "relation_label",
			    str_of(tr(r, relation_label(val_s(row, "relation")))));
		val_set_str(row, "strength_label",
			    str_of(tr(r, strengths[val_i(row, "strength") & 3])));
	}
}

static void standard_titles(struct req *r, struct val *rows)
{
	static const struct {
		const char *id, *prefix;
	} ends[] = {{"from_standard", "from_"}, {"to_standard", "to_"}};
	for (size_t i = 0; i < 2; i++)
		text_attach(r->db, r->arena, rows,
			    &(struct text_want){.kind = "standard",
						.id = ends[i].id,
						.prefix = ends[i].prefix,
						.fields = standard_fields,
						.lang = r->lang,
						.first = val_s(r->org, "lang")});
}

int crosswalk_index(struct req *r)
{
	struct val *rows = db_rows(r->db, &q_crosswalk_index, params(r));
	standard_titles(r, rows);
	val_set(r->out, "crosswalks", rows);
	val_set_bool(r->out, "some", val_count(rows) > 0);
	crumb(r, N_("Standards"), "/standards");
	crumb(r, N_("Crosswalks"), NULL);
	return OK;
}

static void choices(struct req *r, const char *name, const struct val *standards)
{
	struct val *list = val_set_list(r->out, name);
	for (size_t i = 0; i < val_count(standards); i++) {
		struct val *row = val_at(standards, i), *one;
		one = choice_id(list, val_i(row, "id"), val_s(row, "title"), false);
		val_set(one, "label_lang", val_get(row, "title_lang"));
		val_set(one, "label_other", val_get(row, "title_other"));
	}
}

static void crumbs(struct req *r)
{
	crumb(r, N_("Standards"), "/standards");
	crumb(r, N_("Crosswalks"), "/standards/crosswalks");
}

int crosswalk_new_form(struct req *r)
{
	struct val *standards = db_rows(r->db, &q_crosswalk_standards, params(r));
	text_attach(r->db, r->arena, standards,
		    &(struct text_want){.kind = "standard",
					.id = "id",
					.fields = standard_fields,
					.lang = r->lang,
					.first = val_s(r->org, "lang")});
	choices(r, "from_standard_choices", standards);
	choices(r, "to_standard_choices", standards);
	crumbs(r);
	crumb(r, N_("Start a crosswalk"), NULL);
	return OK;
}

int crosswalk_new(struct req *r)
{
	if (val_i(r->in, "from_standard") == val_i(r->in, "to_standard")) {
		invalid(r, "to_standard", N_("Choose two different standards"));
		return INVALID;
	}
	struct val *p = params(r);
	struct str slug = standards_slug(r->arena, val_s(r->in, "title")), tried = slug;
	int64_t id = 0;
	for (int i = 2; !id && i < 100 && r->err.kind == ERR_NONE; i++) {
		val_set_str(p, "slug", tried);
		id = db_id(r->db, &q_crosswalk_add, p);
		if (!id && val_is_null(db_row(r->db, &q_crosswalk_taken, p)))
			return NOT_FOUND; /* one of the standards is not of this organisation */
		if (!id)
			tried = str_fmt(r->arena, STR_FMT "-%d", STR_ARG(slug), i);
	}
	return see_other(r, "/standards/crosswalks/" STR_FMT, STR_ARG(tried));
}

static struct val *open_crosswalk(struct req *r)
{
	struct val *c = db_row(r->db, &q_crosswalk_by_slug, params(r));
	if (val_is_null(c))
		return c;
	struct val *one = val_list(r->arena);
	val_push(one, c);
	standard_titles(r, one);
	val_set(r->out, "crosswalk", c);
	crumbs(r);
	return c;
}

int crosswalk_show(struct req *r)
{
	struct val *c = open_crosswalk(r);
	if (val_is_null(c))
		return NOT_FOUND;
	struct val *p = params(r);
	val_set(p, "crosswalk", val_get(c, "id"));
	val_set_int(p, "after", val_i(r->in, "after"));
	val_set_int(p, "limit", CROSSWALK_PAGE + 1);
	struct val *rows = db_rows(r->db, &q_crosswalk_rows, p),
		   *list = val_set_list(r->out, "rows");
	for (size_t i = 0; i < val_count(rows) && i < CROSSWALK_PAGE; i++)
		val_push(list, val_at(rows, i));
	texts(r, list, "from_node", "from_");
	texts(r, list, "to_node", "to_");
	relations_label(r, list);
	val_set_bool(r->out, "some", val_count(list) > 0);
	if (val_count(rows) > CROSSWALK_PAGE)
		val_set(r->out, "next", val_get(val_at(list, CROSSWALK_PAGE - 1), "id"));
	else
		val_set_null(r->out, "next");
	crumb_named(r, val_s(c, "title"), (struct str){0});
	return OK;
}

static void set_choices(struct req *r)
{
	struct val *list = val_set_list(r->out, "relation_choices");
	for (const struct relation *k = relations; k->code; k++)
		choice(list, str_of(k->code), str_of(tr(r, k->label)), false);
	list = val_set_list(r->out, "strength_choices");
	for (int i = 0; i < 4; i++)
		choice_id(list, i, str_of(tr(r, strengths[i])), false);
}

/* What is chosen or compared with the item already. */
static struct val *not_wanted(struct req *r, struct val *p)
{
	struct val *rows = db_rows(r->db, &q_crosswalk_compared, p),
		   *chosen = val_get(r->out, "to_picked");
	for (size_t i = 0; i < val_count(chosen); i++)
		val_push(rows, val_at(chosen, i));
	return rows;
}

/* The items of the second standard that are most alike the one chosen of the first. */
static struct val *most_alike(struct req *r, const struct val *crosswalk, int64_t item)
{
	struct val *p = params(r);
	val_set(p, "crosswalk", val_get(crosswalk, "id"));
	val_set_int(p, "item", item);
	val_set_int(p, "limit", SUGGEST_TEXTS + 1);
	val_set(p, "standard", val_get(crosswalk, "to_standard"));
	val_set_int(p, "version", val_i(db_row(r->db, &q_crosswalk_newest, p), "version"));
	struct val *to = db_rows(r->db, &q_crosswalk_said, p);
	if (val_count(to) > SUGGEST_TEXTS)
		return val_list(r->arena);
	val_set(p, "standard", val_get(crosswalk, "from_standard"));
	val_set_int(p, "version", val_i(db_row(r->db, &q_crosswalk_newest_with, p), "version"));
	return suggest_items(suggest_from(r->arena, to), db_rows(r->db, &q_crosswalk_said_by, p),
			     item, not_wanted(r, p), SUGGEST_MOST);
}

/* Sets `suggested` for a person to tick, if one item of the first standard is chosen; `none_alike`
 * says that nothing was found for it. */
static void suggest(struct req *r, const struct val *crosswalk)
{
	struct val *from = val_get(r->out, "from_picked"), *ids = val_list(r->arena);
	bool one = val_count(from) == 1;
	struct val *alike = one ? most_alike(r, crosswalk, val_i(val_at(from, 0), "item")) : NULL;
	for (size_t i = 0; i < val_count(alike); i++)
		val_push(ids,
			 val_text(r->arena, val_show(r->arena, val_get(val_at(alike, i), "item"))));
	val_set(r->in, "suggested", ids);
	picked_items(r, "suggested", "suggested");
	val_set_bool(r->out, "none_alike", one && !val_count(ids));
	val_set_bool(r->out, "many_chosen", val_count(from) > 1);
}

/* GET and POST /crosswalks/:slug/add: one item of the first standard against those the picker chose
 */
int crosswalk_add_form(struct req *r)
{
	struct val *c = open_crosswalk(r);
	if (val_is_null(c))
		return NOT_FOUND;
	set_choices(r);
	picked_items(r, "from_items", "from_picked");
	picked_items(r, "to_items", "to_picked");
	suggest(r, c);
	crumb_named(
		r, val_s(c, "title"),
		str_fmt(r->arena, "/standards/crosswalks/" STR_FMT, STR_ARG(val_s(r->in, "slug"))));
	crumb(r, N_("Add rows"), NULL);
	return OK;
}

/* Its pages change, and what programs read of both standards. */
static void touch(struct req *r, const struct val *crosswalk, const struct val *p)
{
	struct writer w = writer_of(r);
	db_exec(r->db, &q_crosswalk_touch, p);
	store_shown(&w, val_i(crosswalk, "from_standard"), 0);
	store_shown(&w, val_i(crosswalk, "to_standard"), 0);
}

static const char *add_row(struct req *r, struct val *p, struct str from, struct str to)
{
	int64_t from_item = 0, to_item = 0;
	if (!str_int(from, &from_item) || !str_int(to, &to_item))
		return N_("One of these items is not of its standard");
	val_set_int(p, "from_item", from_item);
	val_set_int(p, "to_item", to_item);
	val_set_str(p, "uuid", uuid_new(r->arena));
	if (db_id(r->db, &q_crosswalk_add_row, p))
		return NULL;
	if (!val_is_null(db_row(r->db, &q_crosswalk_has_row, p)))
		return N_("These two items are compared already");
	return N_("One of these items is not of its standard");
}

int crosswalk_add(struct req *r)
{
	struct val *c = open_crosswalk(r);
	if (val_is_null(c))
		return NOT_FOUND;
	struct val *from = val_get(r->in, "from_items"), *to = val_get(r->in, "to_items");
	if (!val_count(from))
		invalid(r, "from_items", N_("Choose at least one item"));
	if (!val_count(to))
		invalid(r, "to_items", N_("Choose at least one item"));
	if (val_count(r->errors))
		return INVALID;
	struct val *p = params(r);
	val_set(p, "crosswalk", val_get(c, "id"));
	for (size_t i = 0; i < val_count(from); i++)
		for (size_t k = 0; k < val_count(to); k++) {
			const char *wrong = add_row(r, p, val_get_str(val_at(from, i)),
						    val_get_str(val_at(to, k)));
			if (wrong) {
				invalid(r, "to_items", wrong);
				return INVALID;
			}
		}
	touch(r, c, p);
	flash(r, N_("The rows were added."));
	return see_other(r, "/standards/crosswalks/" STR_FMT, STR_ARG(val_s(r->in, "slug")));
}

/* GET and POST /crosswalks/:slug/rows/:row: the judgement of one row */
int crosswalk_row_form(struct req *r)
{
	struct val *c = open_crosswalk(r);
	if (val_is_null(c))
		return NOT_FOUND;
	struct val *p = params(r);
	val_set(p, "crosswalk", val_get(c, "id"));
	struct val *row = db_row(r->db, &q_crosswalk_row, p);
	if (val_is_null(row))
		return NOT_FOUND;
	static const char *const shown[] = {"relation", "strength", "note", "rev"};
	for (size_t i = 0; i < 4; i++)
		val_set(r->in, shown[i], val_get(row, shown[i]));
	struct val *one = val_set_list(r->out, "rows");
	val_push(one, row);
	texts(r, one, "from_node", "from_");
	texts(r, one, "to_node", "to_");
	relations_label(r, one);
	set_choices(r);
	crumb_named(
		r, val_s(c, "title"),
		str_fmt(r->arena, "/standards/crosswalks/" STR_FMT, STR_ARG(val_s(r->in, "slug"))));
	crumb(r, N_("Judge a row"), NULL);
	return OK;
}

int crosswalk_row_save(struct req *r)
{
	struct val *c = open_crosswalk(r);
	if (val_is_null(c))
		return NOT_FOUND;
	struct val *p = params(r);
	val_set(p, "crosswalk", val_get(c, "id"));
	if (val_is_null(db_row(r->db, &q_crosswalk_row, p)))
		return NOT_FOUND;
	if (str_is(val_s(r->in, "act"), "remove")) {
		if (!db_exec(r->db, &q_crosswalk_remove_row, p))
			return CONFLICT;
	} else {
		bool reviewed = str_is(val_s(r->in, "act"), "review");
		val_set_str(p, "today", req_today(r));
		val_set_int(p, "reviewed", reviewed);
		if (!db_exec(r->db, &q_crosswalk_change_row, p))
			return CONFLICT;
	}
	touch(r, c, p);
	flash(r, N_("Saved."));
	return see_other(r, "/standards/crosswalks/" STR_FMT, STR_ARG(val_s(r->in, "slug")));
}
