#include "app/standards/case/find.h"

#include "base/arena.h"
#include "queries.h"

#include <string.h>

static struct val *ask(struct case_view *v, const struct query *query, struct str uuid)
{
	struct val *p = params(v->r);
	val_set_str(p, "uuid", uuid);
	return db_row(v->r->db, query, p);
}

/* ---- items ---- */

/* Is the item what the identifier means in this document? */
static bool is_meant(struct case_view *v, struct case_doc *d, int64_t item, struct str identifier,
		     struct case_found *found)
{
	struct val *p = case_params(v, d);
	val_set_int(p, "item", item);
	struct val *row = db_row(v->r->db, &q_provide_item, p);
	if (val_is_null(row))
		return false;
	*found = (struct case_found){.doc = d, .spot = case_spot_of(v, d, row)};
	return str_eq(found->spot.identifier, identifier);
}

static bool is_meant_in(struct case_view *v, const struct val *row, struct str lang,
			struct str identifier, struct case_found *found)
{
	for (size_t i = 0; i < v->count; i++) {
		struct case_doc *d = &v->docs[i];
		if (d->standard == val_i(row, "standard") &&
		    str_eq(d->lang, lang.n ? lang : d->source_lang) &&
		    is_meant(v, d, val_i(row, "item"), identifier, found))
			return true;
	}
	return false;
}

struct case_found case_find_item(struct case_view *v, struct str identifier)
{
	struct case_found found;
	struct val *row = ask(v, &q_provide_find_item, identifier);
	if (!val_is_null(row) && is_meant_in(v, row, (struct str){0}, identifier, &found))
		return found;
	row = ask(v, &q_provide_find_kept_item, identifier);
	if (!val_is_null(row) && is_meant_in(v, row, val_s(row, "lang"), identifier, &found))
		return found;
	for (size_t i = 0; i < v->count; i++) {
		struct case_doc *d = &v->docs[i];
		struct str here = case_turned(v->scratch, identifier, d->by);
		if (!d->by.n && !d->tone.n)
			continue;
		row = ask(v, &q_provide_find_item, case_turned(v->scratch, here, d->tone));
		if (!val_is_null(row) && is_meant(v, d, val_i(row, "item"), identifier, &found))
			return found;
		row = d->tone.n && d->by.n ? ask(v, &q_provide_find_kept_item, here) : val_null();
		if (!val_is_null(row) && is_meant(v, d, val_i(row, "item"), identifier, &found))
			return found;
	}
	return (struct case_found){0};
}

/* ---- associations ---- */

struct pick {
	struct str identifier;
	struct val *found;
};

static void pick(void *context, struct val *object)
{
	struct pick *p = context;
	if (!p->found && str_eq(val_s(object, "identifier"), p->identifier))
		p->found = object;
}

static bool pick_of_item(struct case_view *v, struct case_doc *d, int64_t item, struct pick *p)
{
	struct val *q = case_params(v, d);
	val_set_int(q, "item", item);
	struct val *row = db_row(v->r->db, &q_provide_item, q);
	if (val_is_null(row))
		return false;
	struct case_spot s = case_spot_of(v, d, row);
	case_give_item(v, d, row, &s, pick, p);
	return p->found || v->later;
}

static bool pick_kept(struct case_view *v, struct case_doc *d, struct pick *p)
{
	if (case_must_wait(v, d))
		return true;
	struct case_relations x = case_relations_of(v, d, pick, p);
	case_give_kept(&x, NULL);
	return p->found;
}

/* In a document: what the package brought, by the identifier it had there. */
static bool pick_brought(struct case_view *v, struct case_doc *d, struct pick *p)
{
	struct str there = case_turned(v->scratch, p->identifier, d->by);
	struct val *row = ask(v, &q_provide_find_association, there);
	if (val_i(row, "standard") == d->standard && str_eq(val_s(row, "lang"), d->lang) &&
	    pick_kept(v, d, p))
		return true;
	row = ask(v, &q_provide_find_child, there);
	return val_i(row, "standard") == d->standard && str_eq(val_s(row, "lang"), d->lang) &&
	       pick_of_item(v, d, val_i(row, "item"), p);
}

static bool pick_crossing(struct case_view *v, struct case_doc *d, struct pick *p)
{
	static const struct query *const queries[] = {&q_provide_find_crosswalk_row,
						      &q_provide_find_replacement};
	bool stands = !d->by.n && !d->tone.n;
	struct str names[] = {p->identifier, case_turned(v->scratch, p->identifier, d->identifier)};
	for (int i = 0; i < 4; i++) {
		struct val *row =
			i / 2 || stands ? ask(v, queries[i % 2], names[i / 2]) : val_null();
		if (val_is_null(row))
			continue;
		bool first = val_i(row, "standard") == d->standard;
		if (first && pick_of_item(v, d, val_i(row, "item"), p))
			return true;
		if (val_i(row, "other_standard") == d->standard &&
		    pick_of_item(v, d, val_i(row, "other_item"), p))
			return true;
	}
	return false;
}

struct val *case_find_association(struct case_view *v, struct str identifier)
{
	struct pick p = {.identifier = identifier};
	const struct str roles[] = {v->child, v->translation, v->replaced, v->exemplar};
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		struct case_found of =
			case_find_item(v, case_turned(v->scratch, identifier, roles[i]));
		if (of.doc && pick_of_item(v, of.doc, of.spot.item, &p))
			return p.found ? p.found : val_null();
	}
	for (size_t i = 0; i < v->count; i++) {
		struct case_relations x = {
			.view = v, .doc = &v->docs[i], .give = pick, .context = &p};
		case_give_document(&x);
		if (p.found || pick_brought(v, &v->docs[i], &p) ||
		    pick_crossing(v, &v->docs[i], &p))
			break;
	}
	return p.found && !v->later ? p.found : val_null();
}

/* ---- definitions ---- */

static bool has_crosswalk(struct case_view *v, const struct case_doc *d, struct str identifier)
{
	struct val *list = case_crosswalks(v, d);
	for (size_t i = 0; i < val_count(list); i++)
		if (str_eq(val_s(val_at(list, i), "identifier"), identifier))
			return true;
	return false;
}

static bool has_kind(struct case_view *v, struct case_doc *d, const struct val *kinds,
		     struct str identifier)
{
	for (size_t i = 0; i < val_count(kinds); i++)
		if (str_eq(case_kind_identifier(v, d, val_get_str(val_at(kinds, i))), identifier))
			return true;
	return false;
}

static struct val *kinds_used(struct case_view *v, struct case_doc *d)
{
	struct val *rows = db_rows(v->r->db, &q_provide_kinds_used, case_params(v, d)),
		   *list = val_list(v->scratch);
	for (size_t i = 0; i < val_count(rows); i++)
		val_push(list, val_get(val_at(rows, i), "kind"));
	return list;
}

static bool was_brought(struct case_view *v, const struct query *query, struct case_doc *d,
			struct str identifier)
{
	struct val *row = ask(v, query, case_turned(v->scratch, identifier, d->by));
	return val_i(row, "standard") == d->standard && str_eq(val_s(row, "lang"), d->lang);
}

static struct val *with_children(struct case_view *v, const struct val *all, struct str identifier,
				 bool children)
{
	struct val *list = val_list(v->scratch);
	struct str code = {0};
	for (size_t i = 0; i < val_count(all); i++)
		if (str_eq(val_s(val_at(all, i), "identifier"), identifier)) {
			val_push(list, val_at(all, i));
			code = str_fmt(v->scratch, STR_FMT ".",
				       STR_ARG(val_s(val_at(all, i), "hierarchyCode")));
		}
	for (size_t i = 0; children && code.n > 1 && i < val_count(all); i++)
		if (str_starts(val_s(val_at(all, i), "hierarchyCode"), code))
			val_push(list, val_at(all, i));
	return list;
}

struct val *case_find_definitions(struct case_view *v, const char *list, struct str identifier,
				  bool children)
{
	struct case_found term = {0};
	if (!strcmp(list, "CFConcepts"))
		term = case_find_item(v, case_turned(v->scratch, identifier, v->concept));
	for (size_t i = 0; i < v->count; i++) {
		struct case_doc *d = &v->docs[i];
		struct val *kinds = val_list(v->scratch), *terms = val_list(v->scratch);
		if (!strcmp(list, "CFItemTypes"))
			kinds = kinds_used(v, d);
		bool here = was_brought(v, &q_provide_find_definition, d, identifier) ||
			    str_eq(case_licence_identifier(v, d), identifier) || term.doc == d ||
			    has_kind(v, d, kinds, identifier) ||
			    (!strcmp(list, "CFAssociationGroupings") &&
			     has_crosswalk(v, d, identifier));
		if (!here)
			continue;
		if (term.doc == d)
			terms = case_body_of(v, d, NULL, NULL).terms;
		struct val *all = val_get(case_definitions(v, d, kinds, terms), list);
		struct val *found = with_children(v, all, identifier, children);
		if (val_count(found))
			return found;
	}
	return val_list(v->scratch);
}

struct val *case_find_rubric(struct case_view *v, struct str identifier)
{
	for (size_t i = 0; i < v->count; i++) {
		struct case_doc *d = &v->docs[i];
		if (!was_brought(v, &q_provide_find_rubric, d, identifier) &&
		    !str_eq(case_turned(v->scratch, d->identifier, v->rubric), identifier))
			continue;
		struct case_body body = case_body_of(v, d, NULL, NULL);
		struct val *all = case_rubrics(&body);
		for (size_t k = 0; k < val_count(all); k++)
			if (str_eq(val_s(val_at(all, k), "identifier"), identifier))
				return val_at(all, k);
	}
	return val_null();
}
