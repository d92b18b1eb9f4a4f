#pragma once
/*
 * The items of a document, passed by once: each is given to `each` as it comes, and what the rest
 * of a package is made of is remembered: where every item is, which kinds are used, terms and
 * rubric criteria. The cost is bounded by 200 bytes an item, whatever its text.
 */
#include "app/standards/case/relations.h"

struct case_body {
	struct case_view *view;
	struct case_doc *doc;
	struct case_spot *spots; /* by item, once all were passed by */
	size_t count;
	bool disordered; /* as case_spot, for the items at the top */
	struct case_parts parts;
	struct val *levels, *cells; /* rows of the rubric; cells by item */
	struct val *kinds;          /* those whose type is Waypost's own */
	struct val *terms;          /* CFConcepts of the terms */
	struct val *criteria;       /* {item, parent, words} */
	case_give *each;            /* NULL: nothing is wanted of the items themselves */
	void *context;
};

/* `each` gets CFItems as they stand in a package. Empty where the view says later. */
struct case_body case_body_of(struct case_view *, struct case_doc *, case_give *each,
			      void *context);
struct case_spot *case_body_find(const struct case_body *, int64_t item);

/* Every CFAssociation of the document. */
void case_body_relations(struct case_body *, case_give *, void *context);

/* CFRubrics of the document: those a package brought, and the descriptors that are in none. */
struct val *case_rubrics(struct case_body *);
