/* CFDefinitions: what came with a package, and Waypost's own licence, kinds, terms and crosswalks.
 */
#include "app/standards/case/case.h"
#include "app/standards/case/relations.h"
#include "app/standards/kinds.h"
#include "base/arena.h"
#include "base/instant.h"
#include "queries.h"
#include "web/i18n.h"

static const struct {
	const char *part, *list, *path;
	const struct case_shape *shape;
} parts[] = {
	{"concept", "CFConcepts", "CFConcepts", &case_concept},
	{"subject", "CFSubjects", "CFSubjects", &case_subject},
	{"licence", "CFLicenses", "CFLicenses", &case_license},
	{"item_type", "CFItemTypes", "CFItemTypes", &case_item_type},
	{"grouping", "CFAssociationGroupings", "CFAssociationGroupings", &case_grouping},
};
enum { CONCEPT, SUBJECT, LICENCE, ITEM_TYPE, GROUPING, PARTS };

/* ---- kinds ---- */

static struct val *kinds_of(struct case_view *v, struct case_doc *d)
{
	if (!d->kinds)
		d->kinds = db_rows(v->r->db, &q_provide_kinds, case_params(v, d));
	return d->kinds;
}

/* Labels are in the document's language, whoever asks. */
static const struct catalogue *words_of(struct case_view *v, struct case_doc *d)
{
	bool french = str_is(str_sub(d->lang, 0, 2), "fr");
	if (french && !v->french)
		v->french = catalogue_shipped(v->r->arena, S("fr"));
	return french ? v->french : NULL;
}

struct str case_kind_label(struct case_view *v, struct case_doc *d, struct str kind)
{
	const struct val *own = kinds_of(v, d);
	for (size_t i = 0; i < val_count(own); i++) {
		const struct val *k = val_at(own, i);
		struct str name = val_s(k, "name"), source = val_s(k, "source_name");
		if (str_eq(val_s(k, "code"), kind) && (name.n || source.n))
			return name.n ? name : source;
	}
	const struct kind_shipped *k = kind_named(kind);
	return k ? str_of(catalogue_text(words_of(v, d), k->label)) : kind;
}

struct str case_kind_identifier(struct case_view *v, const struct case_doc *d, struct str kind)
{
	return case_uuid(v->scratch, str_fmt(v->scratch, STR_FMT "/kind/" STR_FMT,
					     STR_ARG(d->identifier), STR_ARG(kind)));
}

struct str case_licence_identifier(struct case_view *v, const struct case_doc *d)
{
	return case_turned(v->scratch, d->identifier, v->licence);
}

/* ---- one definition ---- */

static void add(struct case_view *v, struct case_doc *d, struct val *lists, int part,
		struct val *is, const struct val *kept)
{
	struct val *otherwise = val_object(v->scratch), *list = val_get(lists, parts[part].list);
	struct str id = val_s(is, "identifier"), title = val_s(is, "title");
	if (!title.n)
		title = val_s(kept, "title");
	for (size_t i = 0; i < val_count(list); i++)
		if (str_eq(val_s(val_at(list, i), "identifier"), id))
			return;
	if (val_is_null(list))
		list = val_set_list(lists, parts[part].list);
	val_set_str(otherwise, "uri", case_uri(v, parts[part].path, id));
	val_set_str(otherwise, "title", title.n ? title : id);
	val_set_str(otherwise, "description", title);
	val_set_str(otherwise, "licenseText", title);
	val_set_str(otherwise, "hierarchyCode", str_fmt(v->scratch, "%zu", val_count(list) + 1));
	val_set_str(otherwise, "lastChangeDateTime",
		    instant_rfc3339(v->scratch, val_i(d->row, "said_at")));
	if (parts[part].shape != &case_item_type)
		val_set_null(otherwise, "description");
	val_push(list,
		 case_shaped(v->scratch, parts[part].shape, v->edition, true, is, kept, otherwise));
}

static void add_kept(struct case_view *v, struct case_doc *d, struct val *lists)
{
	struct val *rows = db_rows(v->r->db, &q_provide_definitions, case_params(v, d));
	for (int part = 0; part < PARTS; part++)
		for (size_t i = 0; i < val_count(rows); i++) {
			const struct val *row = val_at(rows, i);
			if (!str_is(val_s(row, "part"), parts[part].part))
				continue;
			struct val *is = val_object(v->scratch);
			struct str id = case_turned(v->scratch, val_s(row, "identifier"), d->by);
			val_set_str(is, "identifier", id);
			if (d->by.n)
				val_set_str(is, "uri", case_uri(v, parts[part].path, id));
			add(v, d, lists, part, is, case_kept(v, val_s(row, "data")));
		}
}

static void add_kinds(struct case_view *v, struct case_doc *d, struct val *lists,
		      const struct val *kinds)
{
	const struct val *own = kinds_of(v, d);
	for (size_t i = 0; i < val_count(own); i++) {
		struct str kind = val_s(val_at(own, i), "code");
		bool used = false;
		for (size_t k = 0; k < val_count(kinds); k++)
			used |= str_eq(val_get_str(val_at(kinds, k)), kind);
		if (!used)
			continue;
		struct val *is = val_object(v->scratch);
		val_set_str(is, "identifier", case_kind_identifier(v, d, kind));
		val_set_str(is, "title", case_kind_label(v, d, kind));
		val_set_str(is, "typeCode", kind);
		val_set_str(is, "hierarchyCode", str_fmt(v->scratch, "%zu", i + 1));
		add(v, d, lists, ITEM_TYPE, is, NULL);
	}
}

static void add_groupings(struct case_view *v, struct case_doc *d, struct val *lists)
{
	const struct val *crosswalks = case_crosswalks(v, d);
	for (size_t i = 0; i < val_count(crosswalks); i++) {
		struct val *is = val_object(v->scratch);
		val_set(is, "identifier", val_get(val_at(crosswalks, i), "identifier"));
		val_set(is, "title", val_get(val_at(crosswalks, i), "title"));
		val_set_str(
			is, "lastChangeDateTime",
			instant_rfc3339(v->scratch, val_i(val_at(crosswalks, i), "created_at")));
		add(v, d, lists, GROUPING, is, NULL);
	}
}

struct val *case_definitions(struct case_view *v, struct case_doc *d, const struct val *kinds,
			     const struct val *terms)
{
	struct val *lists = val_object(v->scratch), *ordered = val_object(v->scratch);
	struct str licence = val_s(d->row, "licence");
	add_kept(v, d, lists);
	for (size_t i = 0; i < val_count(terms); i++)
		add(v, d, lists, CONCEPT, val_at(terms, i), NULL);
	if (licence.n && !case_licence_came(v, d)) {
		struct val *is = val_object(v->scratch);
		val_set_str(is, "identifier", case_licence_identifier(v, d));
		val_set_str(is, "title", licence);
		val_set_str(is, "licenseText", licence);
		add(v, d, lists, LICENCE, is, NULL);
	}
	add_kinds(v, d, lists, kinds);
	add_groupings(v, d, lists);
	for (int part = 0; part < PARTS; part++)
		if (val_has(lists, parts[part].list))
			val_set(ordered, parts[part].list, val_get(lists, parts[part].list));
	return ordered;
}
