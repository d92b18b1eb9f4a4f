#pragma once
/*
 * The query of GET /CFDocuments (CASE 1.1 REST binding, section 3), as pure functions over the
 * documents as values: page by limit and offset, sort and orderBy, filter, fields.
 *
 *   filter  one predicate or two, joined by " AND " or " OR ": title~'guid' AND language='fr'. A
 *           predicate is a field, one of = != > >= < <= ~ and a value between single quotes. The
 *           value is compared without regard to case, as an instant where both sides are instants,
 *           as a number where the field is one. A field may be nested: licenseURI.title. Where it
 *           is a list, or lies in a list, the value is words joined by commas: = wants exactly
 *           those, ~ at least one of them. A document without the field is met by != only.
 *   sort    an unknown field leaves the order as it is; documents without it come last.
 *   fields  names joined by commas; an unknown one means all of every document, none is refused.
 *
 * What is refused has a word of the standard for it (imsx_codeMinorFieldValue). For a filter of an
 * unknown field the binding says invalid_filter_field, which its own schema forgets: the schema's
 * invalid_selection_field is given.
 */
#include "base/val.h"

struct arena;

struct case_query {
	struct str limit, offset, sort, order, filter, fields;
	bool has_fields; /* `fields` was there, maybe empty */
};

struct case_page {
	struct val *rows;             /* those of the page, with the fields asked for */
	int64_t total, limit, offset; /* documents that the filter lets through */
	const char *refused;          /* NULL, or the standard's word; then `field` is at fault */
	const char *field;
};

/* `known` names the fields of a document, `known_inside` those of what they lead to (a link's
 * title); both end with NULL. */
struct case_page case_query(struct arena *, const struct val *rows, const struct case_query *,
			    const char *const *known, const char *const *known_inside);

/* The Link header (RFC 8288) of a page: first, prev, next, last. `address` is complete and without
 * a query, `rest` the query as sent; limit and offset in it are replaced. The last page's limit is
 * what is left for it, as the binding's example has it. */
struct str case_links(struct arena *, struct str address, struct str rest,
		      const struct case_page *);
