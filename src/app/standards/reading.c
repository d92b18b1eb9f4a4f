#include "app/standards/reading.h"

#include "app/standards/kinds.h"
#include "app/standards/standards_rules.h"
#include "base/arena.h"
#include "base/instant.h"
#include "base/utf8.h"
#include "core/crumbs.h"
#include "core/right.h"
#include "core/text.h"
#include "queries.h"
#include "web/markdown.h"

#include <string.h>

enum { LABEL_LENGTH = 90 };

static const char *const standard_fields[] = {"title", "summary", NULL};
static const char *const node_fields[] = {"title", "body", NULL};
static const char *const name_field[] = {"name", NULL};

void show_day(struct req *r, struct val *row, const char *column, const char *name)
{
	if (val_is_null(val_get(row, column))) {
		val_set_null(row, name);
		return;
	}
	struct zone *zone = req_zone(r);
	struct wall wall = instant_wall(val_i(row, column), zone);
	val_set_str(row, name, day_show(r->arena, r->lang, DAY_LONG, wall.day));
}

void show_state(struct req *r, struct val *row)
{
	static const char *const states[] = {"draft", "adopted", "deprecated"};
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		val_set_bool(row, states[i], str_is(val_s(row, "state"), states[i]));
	show_day(r, row, "published_at", "published_on");
	show_day(r, row, "deprecated_at", "deprecated_on");
}

static struct val *query(struct req *r, const struct reading *x)
{
	struct val *p = params(r);
	val_set_int(p, "standard", x->id);
	val_set_int(p, "version", x->version_id);
	val_set_int(p, "drafts", has_right(r, STANDARDS_READ_DRAFT));
	return p;
}

static struct val *choose_version(struct req *r, const struct val *versions)
{
	static const char *const order[] = {"adopted", "deprecated", "draft"};
	int64_t number = val_i(r->in, "number");
	for (size_t k = 0; !number && k < sizeof order / sizeof *order; k++)
		for (size_t i = 0; i < val_count(versions); i++)
			if (str_is(val_s(val_at(versions, i), "state"), order[k]))
				return val_at(versions, i);
	for (size_t i = 0; i < val_count(versions); i++)
		if (number && val_i(val_at(versions, i), "number") == number)
			return val_at(versions, i);
	return val_null();
}

static struct str path_of(struct req *r, const struct reading *x)
{
	struct str slug = val_s(x->standard, "slug");
	if (!val_i(r->in, "number"))
		return str_fmt(r->arena, "/standards/" STR_FMT, STR_ARG(slug));
	return str_fmt(r->arena, "/standards/" STR_FMT "/v/%d", STR_ARG(slug),
		       (int)val_i(x->version, "number"));
}

static struct val *org_langs(struct req *r)
{
	struct val *list = val_list(r->arena), *langs = val_get(r->org, "langs");
	for (size_t i = 0; i < val_count(langs); i++)
		val_set(val_push_object(list), "lang", val_at(langs, i));
	return list;
}

/* The languages this version can be read in here, and the one it is. */
static void choose_lang(struct req *r, struct reading *x)
{
	struct val *langs = x->draft ? org_langs(r)
				     : db_rows(r->db, &q_standards_langs_of_version, query(r, x)),
		   *list = val_set_list(r->out, "read_langs");
	struct str asked = val_s(r->in, "read"), wanted = asked.n ? asked : r->lang;
	bool every = x->draft || (asked.n && has_right(r, STANDARDS_READ_DRAFT));
	int best = 2;
	x->lang = every ? wanted : val_s(x->standard, "source_lang");
	for (size_t i = 0; i < val_count(langs); i++) {
		struct val *row = val_at(langs, i);
		struct str lang = val_s(row, "lang");
		int rank = text_rank(lang, wanted, (struct str){0});
		if (!every && val_is_null(val_get(row, "published_at")))
			continue;
		if (!every && rank > best) {
			best = rank;
			x->lang = lang;
		}
		val_push(list, row);
	}
	for (size_t i = 0; i < val_count(list); i++)
		val_set_bool(val_at(list, i), "current",
			     str_eq(val_s(val_at(list, i), "lang"), x->lang));
	val_set_bool(r->out, "several_langs", val_count(list) > 1);
}

static void add_tab(struct req *r, struct val *tabs, struct str base, const char *path,
		    const char *label, const char *current)
{
	struct val *tab = val_push_object(tabs);
	val_set_str(tab, "path", str_fmt(r->arena, STR_FMT "%s", STR_ARG(base), path));
	val_set_str(tab, "label", str_of(tr(r, label)));
	val_set_bool(tab, "current", str_is(str_of(path), current));
}

static void set_tabs(struct req *r, const struct reading *x, const char *current)
{
	struct str here = x->path;
	struct str standard =
		str_fmt(r->arena, "/standards/" STR_FMT, STR_ARG(val_s(x->standard, "slug")));
	struct val *p = query(r, x), *tabs = val_set_list(r->out, "tabs");
	struct val *has = db_row(r->db, &q_standards_contents, p);
	bool in_version = !strcmp(current, "/rubric") || !strcmp(current, "/glossary");
	add_tab(r, tabs, here, "", N_("Read"), current);
	if (val_i(has, "levels"))
		add_tab(r, tabs, here, "/rubric", N_("Rubric"), current);
	if (val_i(has, "terms"))
		add_tab(r, tabs, here, "/glossary", N_("Glossary"), current);
	add_tab(r, tabs, standard, "/versions", N_("Versions"), current);
	add_tab(r, tabs, standard, "/machines", N_("For machines"), current);
	if (has_right(r, STANDARDS_READ_DRAFT) && val_i(has, "drafts"))
		add_tab(r, tabs, standard, "/draft", N_("Draft"), current);
	val_set_bool(r->out, "may_begin", !val_i(has, "drafts"));
	val_set_str(r->out, "here", here);
	/* the version, where its number is part of the address */
	val_set(r->out, "dated", val_i(r->in, "number") ? x->version : val_null());
	/* elsewhere the address of the same page that stays with this version */
	if (val_i(r->in, "number"))
		val_set_null(r->out, "lasting");
	else
		val_set_str(r->out, "lasting",
			    str_fmt(r->arena, STR_FMT "/v/%d%s", STR_ARG(standard),
				    (int)val_i(x->version, "number"), in_version ? current : ""));
}

void reading_texts(struct req *r, const struct reading *x, struct val *rows, struct text_want want)
{
	want.lang = x->lang;
	want.first = val_s(x->standard, "source_lang");
	want.page = r->lang;
	text_attach(r->db, r->arena, rows, &want);
}

bool reading_open(struct req *r, struct reading *x, const char *tab)
{
	*x = (struct reading){.standard = val_null()};
	x->standard = db_row(r->db, &q_standards_by_slug, params(r));
	if (val_is_null(x->standard))
		return false;
	x->id = val_i(x->standard, "id");
	struct val *versions = db_rows(r->db, &q_standards_versions, query(r, x));
	x->version = choose_version(r, versions);
	if (val_is_null(x->version))
		return false;
	x->version_id = val_i(x->version, "id");
	x->draft = str_is(val_s(x->version, "state"), "draft");
	x->path = path_of(r, x);
	choose_lang(r, x);
	struct val *one = val_list(r->arena);
	val_push(one, x->standard);
	reading_texts(
		r, x, one,
		(struct text_want){.kind = "standard", .id = "id", .fields = standard_fields});
	show_state(r, x->version);
	val_set(r->out, "standard", x->standard);
	val_set(r->out, "version", x->version);
	set_tabs(r, x, tab);
	crumb(r, N_("Standards"), "/standards");
	return true;
}

void reading_links(struct req *r, const struct reading *x, struct val *links)
{
	struct str lang = val_s(x->standard, "source_lang");
	for (size_t i = 0; i < val_count(links); i++) {
		struct val *link = val_at(links, i);
		val_set_str(link, "label_lang", lang);
		val_set_bool(link, "label_other", text_is_other(lang, r->lang));
	}
}

static struct val *kinds_of(struct req *r, const struct reading *x, const struct query *which)
{
	struct val *kinds = db_rows(r->db, which, query(r, x));
	text_attach(r->db, r->arena, kinds,
		    &(struct text_want){.kind = "standard_kind",
					.id = "id",
					.fields = name_field,
					.lang = r->lang,
					.first = val_s(x->standard, "source_lang")});
	return kinds;
}

struct val *reading_kinds(struct req *r, const struct reading *x)
{
	return kinds_of(r, x, &q_standards_kinds);
}

struct val *reading_kinds_named(struct req *r, const struct reading *x)
{
	return kinds_of(r, x, &q_standards_kinds_named);
}

/* Bodies are plain words but for an import's bold and italics: most need no parser. */
struct val *reading_light(struct req *r, struct str body)
{
	static const bool is_markup[256] = {
		['*'] = true,  ['_'] = true,  ['`'] = true, ['['] = true,
		['\\'] = true, ['~'] = true,  ['&'] = true, ['<'] = true,
		[':'] = true,  ['\n'] = true, ['\0'] = true};
	for (size_t i = 0; i < body.n; i++)
		if (is_markup[(unsigned char)body.p[i]])
			return markdown(r->arena, body, 6, MARKDOWN_INLINE);
	return val_text(r->arena, body);
}

static struct str plain(struct req *r, struct str text)
{
	struct val *shown = reading_light(r, text);
	return val_kind(shown) == VAL_TEXT ? text : markdown_text(r->arena, text);
}

void reading_words(struct req *r, struct val *rows, const char *prefix)
{
	enum {
		TITLE,
		BODY,
		TITLE_LANG,
		BODY_LANG,
		TITLE_OTHER,
		BODY_OTHER,
		SAYS,
		LABEL,
		LABEL_LANG,
		LABEL_OTHER,
		NAMES
	};
	static const char *const plain_names[NAMES] = {
		"title",      "body", "title_lang", "body_lang",  "title_other",
		"body_other", "says", "label",      "label_lang", "label_other"};
	const char *name[NAMES];
	for (int i = 0; i < NAMES; i++)
		name[i] =
			prefix ? str_c(r->arena, str_fmt(r->arena, "%s%s", prefix, plain_names[i]))
			       : plain_names[i];
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		struct str title = val_s(row, name[TITLE]), body = val_s(row, name[BODY]);
		int from = title.n ? TITLE : BODY;
		val_set(row, name[SAYS], reading_light(r, body));
		struct str label = utf8_one_line(r->arena, plain(r, title.n ? title : body));
		val_set_str(row, name[LABEL],
			    title.n ? label : utf8_shorten(r->arena, label, LABEL_LENGTH));
		val_set(row, name[LABEL_LANG], val_get(row, name[from + TITLE_LANG]));
		val_set(row, name[LABEL_OTHER], val_get(row, name[from + TITLE_OTHER]));
	}
}

struct val *reading_nodes(struct req *r, const struct reading *x)
{
	struct val *rows = db_rows(r->db, &q_standards_nodes, query(r, x));
	reading_texts(
		r, x, rows,
		(struct text_want){.kind = "standard_node", .id = "id", .fields = node_fields});
	kinds_label(r, rows, reading_kinds_named(r, x));
	reading_words(r, rows, NULL);
	return standards_outline(r->arena, rows);
}
