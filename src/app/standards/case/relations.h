#pragma once
/*
 * CFAssociations: how each is made, for a package and for an item alone. Crosswalk rows say in CASE
 * what the table in relations.c has for their relation; what CASE has no word for is "ext:" and
 * ours, and isRelatedTo in 1.0.
 */
#include "app/standards/case/provider.h"

typedef void case_give(void *context, struct val *object);

struct case_relations {
	struct case_view *view;
	struct case_doc *doc;
	case_give *give;
	void *context;
	/* Where the items of the document are, if all are known: by item. */
	const struct case_spot *spots;
	size_t count;
	struct val *kept; /* rows of `associations` */
	struct str *said; /* "type origin" of those, sorted: Waypost says none of them again */
	size_t said_count;
};

struct case_relations case_relations_of(struct case_view *, struct case_doc *, case_give *,
					void *context);
/* Does the kept number of a row of placed or siblings grow on the one before? All siblings in
 * their order; `*before` is INT64_MIN at first. */
bool case_in_order(struct case_view *, const struct val *row, int64_t *before);
/* The isChildOf of an item; `above` is NULL at the top. `ordered`: kept numbers stand. */
void case_give_child(struct case_relations *, const struct val *row, const struct case_spot *,
		     const struct case_spot *above, bool ordered);
/* What Waypost sees of an item by itself: its source, its successor, what it is an example of. */
void case_give_own(struct case_relations *, struct str kind, const struct case_spot *,
		   const struct case_spot *above);
/* The same of the document. */
void case_give_document(struct case_relations *);
/* What a package brought; with `of` only those that begin or end at the item. */
void case_give_kept(struct case_relations *, const struct case_spot *of);
/* Crosswalk rows and replacements; with an item only its own. */
void case_give_crossing(struct case_relations *, const struct case_spot *of);

/* Everything that begins or ends at an item. */
void case_give_item(struct case_view *, struct case_doc *, struct val *row,
		    const struct case_spot *, case_give *, void *context);

/* The CFAssociationGroupings of crosswalks that touch a standard (0: of all). */
struct val *case_crosswalks(struct case_view *, const struct case_doc *);
