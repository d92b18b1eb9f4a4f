#include "app/standards/reading.h"

#include "app/standards/kinds.h"
#include "app/standards/standards_rules.h"
#include "base/arena.h"
#include "base/instant.h"
#include "core/right.h"
#include "core/text.h"
#include "queries.h"

static const char *const standard_fields[] = {"title", "summary", NULL};
static const char *const node_fields[] = {"title", "body", NULL};
static const char *const name_field[] = {"name", NULL};

void show_day(struct req *r, struct val *row, const char *column, const char *name)
{
	if (val_is_null(val_get(row, column))) {
		val_set_null(row, name);
		return;
	}
	struct zone *zone = zone_open(r->arena, val_s(r->org, "zone"));
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

struct str reading_path(struct req *r, const struct reading *x)
{
	struct str slug = val_s(x->standard, "slug");
	if (!val_i(r->in, "number"))
		return str_fmt(r->arena, "/standards/" STR_FMT, STR_ARG(slug));
	return str_fmt(r->arena, "/standards/" STR_FMT "/v/%d", STR_ARG(slug),
		       (int)val_i(x->version, "number"));
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
	struct str here = reading_path(r, x);
	struct str standard =
		str_fmt(r->arena, "/standards/" STR_FMT, STR_ARG(val_s(x->standard, "slug")));
	struct val *p = query(r, x), *tabs = val_set_list(r->out, "tabs");
	struct val *has = db_row(r->db, &q_standards_contents, p);
	add_tab(r, tabs, here, "", N_("Read"), current);
	if (val_i(has, "levels"))
		add_tab(r, tabs, here, "/rubric", N_("Rubric"), current);
	if (val_i(has, "terms"))
		add_tab(r, tabs, here, "/glossary", N_("Glossary"), current);
	add_tab(r, tabs, standard, "/versions", N_("Versions"), current);
	val_set_str(r->out, "here", here);
	/* the version, where its number is part of the address */
	val_set(r->out, "dated", val_i(r->in, "number") ? x->version : val_null());
}

void reading_crumbs(struct req *r, struct str label, struct str path)
{
	struct val *crumbs = val_get(r->out, "crumbs");
	if (val_is_null(crumbs))
		crumbs = val_set_list(r->out, "crumbs");
	struct val *crumb = val_push_object(crumbs);
	val_set_str(crumb, "label", label);
	if (path.n)
		val_set_str(crumb, "path", path);
	else
		val_set_null(crumb, "path");
}

bool reading_open(struct req *r, struct reading *x, const char *tab)
{
	*x = (struct reading){.lang = val_s(r->in, "read").n ? val_s(r->in, "read") : r->lang};
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
	text_attach_one(r->db, r->arena, x->standard,
			&(struct text_want){.kind = "standard",
					    .id = "id",
					    .fields = standard_fields,
					    .lang = x->lang,
					    .first = val_s(x->standard, "source_lang")});
	show_state(r, x->version);
	val_set(r->out, "standard", x->standard);
	val_set(r->out, "version", x->version);
	set_tabs(r, x, tab);
	reading_crumbs(r, str_of(tr(r, N_("Standards"))), S("/standards"));
	return true;
}

static struct val *own_kinds(struct req *r, const struct reading *x)
{
	struct val *kinds = db_rows(r->db, &q_standards_kinds, query(r, x));
	text_attach(r->db, r->arena, kinds,
		    &(struct text_want){.kind = "standard_kind",
					.id = "id",
					.fields = name_field,
					.lang = x->lang,
					.first = val_s(x->standard, "source_lang")});
	return kinds;
}

struct val *reading_nodes(struct req *r, const struct reading *x)
{
	struct val *rows = db_rows(r->db, &q_standards_nodes, query(r, x));
	text_attach(r->db, r->arena, rows,
		    &(struct text_want){.kind = "standard_node",
					.id = "id",
					.fields = node_fields,
					.lang = x->lang,
					.first = val_s(x->standard, "source_lang")});
	kinds_label(r, rows, own_kinds(r, x));
	return standards_outline(r->arena, rows);
}
