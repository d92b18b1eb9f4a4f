#include "app/standards/case/relations.h"

#include "app/standards/case/case.h"
#include "base/arena.h"
#include "base/instant.h"
#include "core/text.h"
#include "core/uuid.h"
#include "queries.h"

#include <stdlib.h>

/* One end of an association. */
struct end {
	struct str identifier, uri, label;
};

static const struct {
	const char *relation, *type;
	bool turned; /* in CASE it is said from the other end */
} crossings[] = {
	{"same", "exactMatchOf", false},     {"covers", "isPartOf", true},
	{"covered", "isPartOf", false},      {"overlaps", "ext:overlaps", false},
	{"supports", "ext:supports", false}, {"related", "isRelatedTo", false},
};

static struct end end_of(struct case_view *v, const struct case_spot *s)
{
	struct str uri = s->uri.n ? s->uri : case_uri(v, "CFItems", s->identifier);
	return (struct end){s->identifier, uri, s->label};
}

static struct end end_of_doc(const struct case_doc *d)
{
	return (struct end){d->identifier, d->uri, d->title};
}

static struct end end_named(struct case_view *v, struct str identifier, struct str label)
{
	return (struct end){identifier, case_uri(v, "CFItems", identifier), label};
}

static struct val *node_link(struct case_view *v, struct end e)
{
	return case_link_to(v, e.label, e.identifier, e.uri);
}

/* What is so of an association; the caller may add to it. */
static struct val *said(struct case_view *v, const struct case_doc *d, struct str identifier,
			const char *type, struct end from, struct end to)
{
	struct val *is = val_object(v->scratch);
	val_set_str(is, "identifier", identifier);
	val_set_str(is, "associationType", case_type_in(v->scratch, v->edition, str_of(type)));
	val_set(is, "originNodeURI", node_link(v, from));
	val_set(is, "destinationNodeURI", node_link(v, to));
	val_set(is, "CFDocumentURI", case_doc_link(v, d));
	return is;
}

static void give(struct case_relations *x, const struct val *is, const struct val *kept)
{
	struct case_view *v = x->view;
	struct val *otherwise = val_object(v->scratch);
	val_set_str(otherwise, "uri", case_uri(v, "CFAssociations", val_s(is, "identifier")));
	val_set_str(otherwise, "lastChangeDateTime", x->doc->changed);
	x->give(x->context,
		case_shaped(v->scratch, &case_association, v->edition, true, is, kept, otherwise));
}

/* ---- what was said already by the package ---- */

static int by_text(const void *left, const void *right)
{
	return str_cmp(*(const struct str *)left, *(const struct str *)right);
}

static struct str saying(struct arena *a, const char *type, struct str origin)
{
	return str_fmt(a, "%s " STR_FMT, type, STR_ARG(origin));
}

static bool was_said(const struct case_relations *x, const char *type, struct str origin)
{
	struct str key = saying(x->view->scratch, type, origin);
	return x->said_count &&
	       bsearch(&key, x->said, x->said_count, sizeof *x->said, by_text) != NULL;
}

struct case_relations case_relations_of(struct case_view *v, struct case_doc *d, case_give *to,
					void *context)
{
	struct case_relations x = {.view = v, .doc = d, .give = to, .context = context};
	struct arena *a = v->r->arena;
	x.kept = db_rows(v->r->db, &q_provide_associations, case_params(v, d));
	x.said_count = val_count(x.kept);
	x.said = arena_many(a, struct str, x.said_count + 1);
	for (size_t i = 0; i < x.said_count; i++)
		x.said[i] = saying(a, str_c(a, val_s(val_at(x.kept, i), "type")),
				   val_s(val_at(x.kept, i), "origin"));
	qsort(x.said, x.said_count, sizeof *x.said, by_text);
	return x;
}

/* ---- isChildOf ---- */

bool case_in_order(struct case_view *v, const struct val *row, int64_t *before)
{
	struct val *kept = case_kept(v, val_s(row, "child_data"));
	int64_t number = val_has(kept, "sequenceNumber") ? val_i(kept, "sequenceNumber")
							 : val_i(row, "position");
	bool grows = *before <= number;
	*before = number;
	return grows;
}

/* The title and the address that an end had stand while it is still that end. */
static void keep_end(struct val *is, const char *name, const struct val *kept)
{
	struct val *end = val_get(kept, name);
	if (!val_is_null(end) &&
	    str_eq_nocase(val_s(end, "identifier"), val_s(val_get(is, name), "identifier")))
		val_set(is, name, end);
}

void case_give_child(struct case_relations *x, const struct val *row, const struct case_spot *s,
		     const struct case_spot *above, bool ordered)
{
	struct case_view *v = x->view;
	struct val *kept = case_kept(v, val_s(row, "child_data"));
	struct str child = val_s(row, "child");
	struct str id =
		child.n ? case_turned(v->scratch, child, s->next.n ? x->doc->by : (struct str){0})
			: case_turned(v->scratch, s->identifier, v->child);
	struct val *is = said(v, x->doc, id, "isChildOf", end_of(v, s),
			      above ? end_of(v, above) : end_of_doc(x->doc));
	if (!ordered || !val_has(kept, "sequenceNumber"))
		val_set(is, "sequenceNumber", val_get(row, "position"));
	keep_end(is, "originNodeURI", kept);
	keep_end(is, "destinationNodeURI", kept);
	if (s->next.n)
		val_set_str(is, "uri", case_uri(v, "CFAssociations", id));
	if (!child.n)
		val_set_str(is, "lastChangeDateTime",
			    instant_rfc3339(v->scratch, val_i(x->doc->row, "said_at")));
	give(x, is, kept);
}

/* ---- what Waypost sees ---- */

static void give_exemplar(struct case_relations *x, struct str kind, const struct case_spot *s,
			  const struct case_spot *above)
{
	struct case_view *v = x->view;
	if (above && !s->kept && str_is(kind, "example"))
		give(x,
		     said(v, x->doc, case_turned(v->scratch, s->identifier, v->exemplar),
			  "exemplar", end_of(v, s), end_of(v, above)),
		     NULL);
}

void case_give_own(struct case_relations *x, struct str kind, const struct case_spot *s,
		   const struct case_spot *above)
{
	struct case_view *v = x->view;
	const char *same = s->spoken ? "isTranslationOf" : "exactMatchOf";
	struct arena *a = v->scratch;
	if (x->doc->tone.n && s->source.n && !was_said(x, same, s->base))
		give(x,
		     said(v, x->doc, case_turned(a, s->identifier, v->translation), same,
			  end_of(v, s), end_named(v, s->source, s->label)),
		     NULL);
	if (s->next.n && !was_said(x, "replacedBy", s->base))
		give(x,
		     said(v, x->doc, case_turned(a, s->identifier, v->replaced), "replacedBy",
			  end_of(v, s), end_named(v, s->next, s->label)),
		     NULL);
	give_exemplar(x, kind, s, above);
}

void case_give_document(struct case_relations *x)
{
	struct case_view *v = x->view;
	struct case_doc *d = x->doc, *source = case_doc_source(v, d), *newer = case_doc_newer(v, d);
	if (d->tone.n && source && !was_said(x, "isTranslationOf", d->identifier))
		give(x,
		     said(v, d, case_turned(v->scratch, d->identifier, v->translation),
			  "isTranslationOf", end_of_doc(d), end_of_doc(source)),
		     NULL);
	if (newer)
		give(x,
		     said(v, d, case_turned(v->scratch, d->identifier, v->replaced), "replacedBy",
			  end_of_doc(d), end_of_doc(newer)),
		     NULL);
}

/* ---- what a package brought ---- */

static const struct case_spot *spot_named(const struct case_relations *x, struct str base)
{
	for (size_t i = 0; i < x->count; i++)
		if (str_eq(x->spots[i].base, base))
			return &x->spots[i];
	return NULL;
}

/* An end that lies in an older version is led to where the item stands in it. */
static void move_end(struct case_relations *x, struct val *is, const char *name,
		     const struct val *kept)
{
	struct val *end = val_get(kept, name);
	const struct case_spot *s = spot_named(x, val_s(end, "identifier"));
	if (s && s->next.n)
		end = node_link(x->view, end_of(x->view, s));
	val_set(is, name, end);
}

void case_give_kept(struct case_relations *x, const struct case_spot *of)
{
	struct case_view *v = x->view;
	for (size_t i = 0; i < val_count(x->kept); i++) {
		const struct val *row = val_at(x->kept, i);
		if (of && !str_eq(val_s(row, "origin"), of->base) &&
		    !str_eq(val_s(row, "destination"), of->base))
			continue;
		struct val *is = val_object(v->scratch), *kept = case_kept(v, val_s(row, "data"));
		struct str id = case_turned(v->scratch, val_s(row, "identifier"), x->doc->by);
		val_set_str(is, "identifier", id);
		val_set_str(is, "associationType",
			    case_type_in(v->scratch, v->edition, val_s(row, "type")));
		if (x->doc->by.n) {
			move_end(x, is, "originNodeURI", kept);
			move_end(x, is, "destinationNodeURI", kept);
			val_set_str(is, "uri", case_uri(v, "CFAssociations", id));
		}
		val_set(is, "CFDocumentURI", case_doc_link(v, x->doc));
		give(x, is, kept);
	}
}

/* ---- crosswalk rows and replacements ---- */

static const struct case_spot *spot_of(const struct case_relations *x, int64_t item)
{
	size_t low = 0, high = x->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (x->spots[middle].item < item)
			low = middle + 1;
		else
			high = middle;
	}
	return low < x->count && x->spots[low].item == item ? &x->spots[low] : NULL;
}

static struct end crossing_end(struct case_relations *x, const struct val *row, bool from)
{
	const char *const names[][5] = {
		{"to_item", "to_uuid", "to_title", "to_body", "to_code"},
		{"from_item", "from_uuid", "from_title", "from_body", "from_code"}};
	const char *const *name = names[from];
	const struct case_spot *s = spot_of(x, val_i(row, name[0]));
	if (s)
		return end_of(x->view, s);
	struct str words = val_s(row, name[3]).n ? val_s(row, name[3]) : val_s(row, name[2]);
	return end_named(x->view, val_s(row, name[1]),
			 case_title(x->view->scratch, val_s(row, name[4]), words));
}

static struct val *crossing_rows(struct case_relations *x, const struct query *query,
				 const struct case_spot *of)
{
	static const char *const fields[] = {"title", "body", NULL};
	struct val *p = case_params(x->view, x->doc);
	val_set_int(p, "item", of ? of->item : 0);
	struct val *rows = db_rows(x->view->r->db, query, p);
	for (int from = 0; from < 2; from++)
		text_attach(x->view->r->db, x->view->r->arena, rows,
			    &(struct text_want){.kind = "standard_node",
						.id = from ? "from_node" : "to_node",
						.prefix = from ? "from_" : "to_",
						.fields = fields,
						.lang = x->doc->lang,
						.first = x->doc->source_lang});
	return rows;
}

/* A row lies in the standing document of the source's language; other documents have it turned. */
static struct str crossing_identifier(struct case_relations *x, const struct val *row)
{
	const struct case_doc *d = x->doc;
	bool own = !d->by.n && !d->tone.n && d->standard == val_i(row, "from_standard");
	return case_turned(x->view->scratch, val_s(row, "uuid"),
			   own ? (struct str){0} : d->identifier);
}

static struct str crosswalk_identifier(struct arena *a, const struct val *row)
{
	return case_uuid(a, str_fmt(a, STR_FMT "/crosswalk/" STR_FMT,
				    STR_ARG(val_s(row, "from_uuid")), STR_ARG(val_s(row, "slug"))));
}

static void put_grouping(struct case_view *v, struct val *is, const struct val *groupings,
			 struct str slug)
{
	for (size_t i = 0; i < val_count(groupings); i++) {
		const struct val *g = val_at(groupings, i);
		if (str_eq(val_s(g, "slug"), slug))
			val_set(is, "CFAssociationGroupingURI",
				case_link_to(v, val_s(g, "title"), val_s(g, "identifier"),
					     case_uri(v, "CFAssociationGroupings",
						      val_s(g, "identifier"))));
	}
}

static void give_crosswalk(struct case_relations *x, const struct val *row,
			   const struct val *groupings)
{
	struct case_view *v = x->view;
	size_t k = 0, kinds = sizeof crossings / sizeof *crossings;
	while (k < kinds - 1 && !str_is(val_s(row, "relation"), crossings[k].relation))
		k++;
	struct val *is = said(v, x->doc, crossing_identifier(x, row), crossings[k].type,
			      crossing_end(x, row, !crossings[k].turned),
			      crossing_end(x, row, crossings[k].turned));
	struct val *extensions = val_object(v->scratch);
	val_set(extensions, "waypost_relation", val_get(row, "relation"));
	if (val_i(row, "strength"))
		val_set(extensions, "waypost_strength", val_get(row, "strength"));
	if (!val_is_null(val_get(row, "reviewed_on")))
		val_set(extensions, "waypost_reviewed_on", val_get(row, "reviewed_on"));
	val_set(is, "extensions", extensions);
	if (val_s(row, "note").n)
		val_set(is, "notes", val_get(row, "note"));
	put_grouping(v, is, groupings, val_s(row, "crosswalk"));
	give(x, is, NULL);
}

void case_give_crossing(struct case_relations *x, const struct case_spot *of)
{
	struct val *rows = crossing_rows(x, &q_provide_crosswalked, of);
	struct val *groupings =
		val_count(rows) ? case_crosswalks(x->view, x->doc) : val_list(x->view->scratch);
	for (size_t i = 0; i < val_count(rows); i++)
		give_crosswalk(x, val_at(rows, i), groupings);
	rows = crossing_rows(x, &q_provide_replaced, of);
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		if (!of && !spot_of(x, val_i(row, "from_item")) &&
		    !spot_of(x, val_i(row, "to_item")))
			continue;
		struct val *is = said(x->view, x->doc, crossing_identifier(x, row), "replacedBy",
				      crossing_end(x, row, true), crossing_end(x, row, false));
		if (val_s(row, "note").n)
			val_set(is, "notes", val_get(row, "note"));
		give(x, is, NULL);
	}
}

struct val *case_crosswalks(struct case_view *v, const struct case_doc *d)
{
	struct val *rows = db_rows(v->r->db, &q_provide_crosswalks, params(v->r)),
		   *list = val_list(v->r->arena);
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		if (d && val_i(row, "from_standard") != d->standard &&
		    val_i(row, "to_standard") != d->standard)
			continue;
		val_set_str(row, "identifier", crosswalk_identifier(v->r->arena, row));
		val_push(list, row);
	}
	return list;
}

/* ---- everything about one item ---- */

static struct val *item_row(struct case_view *v, const struct case_doc *d, int64_t item)
{
	struct val *p = case_params(v, d);
	val_set_int(p, "item", item);
	return item ? db_row(v->r->db, &q_provide_item, p) : val_null();
}

static bool are_in_order(struct case_view *v, const struct val *rows)
{
	int64_t before = INT64_MIN;
	bool ordered = true;
	for (size_t i = 0; i < val_count(rows); i++)
		ordered &= case_in_order(v, val_at(rows, i), &before);
	return ordered;
}

static void give_place(struct case_relations *x, const struct val *row, const struct case_spot *s,
		       const struct case_spot *above)
{
	struct val *p = case_params(x->view, x->doc);
	val_set(p, "parent", val_get(row, "parent"));
	struct val *siblings = db_rows(x->view->r->db, &q_provide_siblings, p);
	bool ordered = are_in_order(x->view, siblings);
	for (size_t i = 0; i < val_count(siblings); i++)
		if (val_i(val_at(siblings, i), "item") == s->item)
			case_give_child(x, val_at(siblings, i), s, above, ordered);
}

static void give_children(struct case_relations *x, const struct case_spot *s)
{
	struct val *p = case_params(x->view, x->doc);
	val_set_int(p, "parent", s->item);
	struct val *rows = db_rows(x->view->r->db, &q_provide_children, p);
	bool ordered = are_in_order(x->view, rows);
	for (size_t i = 0; i < val_count(rows); i++) {
		struct case_spot child = case_spot_of(x->view, x->doc, val_at(rows, i));
		case_give_child(x, val_at(rows, i), &child, s, ordered);
		give_exemplar(x, val_s(val_at(rows, i), "kind"), &child, s);
	}
}

/* In the source's language: what the same item of other languages says of this one. */
static void give_translations(struct case_relations *x, const struct case_spot *s)
{
	struct case_view *v = x->view;
	for (size_t i = 0; i < v->count && !x->doc->tone.n; i++) {
		struct case_doc *d = &v->docs[i];
		if (d->version != x->doc->version || !d->tone.n)
			continue;
		struct val *row = item_row(v, d, s->item);
		if (val_is_null(row))
			continue;
		struct case_spot there = case_spot_of(v, d, row);
		struct case_relations y = case_relations_of(v, d, x->give, x->context);
		there.next = (struct str){0}; /* only what leads here */
		case_give_own(&y, (struct str){0}, &there, NULL);
	}
}

void case_give_item(struct case_view *v, struct case_doc *d, struct val *row,
		    const struct case_spot *s, case_give *to, void *context)
{
	if (case_must_wait(v, d))
		return;
	struct case_relations x = case_relations_of(v, d, to, context);
	struct val *parent = item_row(v, d, val_i(row, "parent"));
	struct case_spot above = {0};
	if (!val_is_null(parent))
		above = case_spot_of(v, d, parent);
	x.spots = s;
	x.count = 1;
	give_place(&x, row, s, above.item ? &above : NULL);
	case_give_own(&x, val_s(row, "kind"), s, above.item ? &above : NULL);
	give_children(&x, s);
	case_give_kept(&x, s);
	case_give_crossing(&x, s);
	give_translations(&x, s);
}
