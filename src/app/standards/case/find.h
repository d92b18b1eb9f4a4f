#pragma once
/* Which published object an identifier means; see provider.h for how they are made. What is not
 * published here, or is another organisation's, is not found. */
#include "app/standards/case/body.h"

struct case_found {
	struct case_doc *doc;  /* NULL: nothing */
	struct case_spot spot; /* of an item */
};

struct case_found case_find_item(struct case_view *, struct str identifier);
/* The association itself, or null. */
struct val *case_find_association(struct case_view *, struct str identifier);
/* `list` is a member of CFDefinitions: "CFConcepts". The one asked for, then with `children` those
 * below it by hierarchyCode; an empty list if there is none. */
struct val *case_find_definitions(struct case_view *, const char *list, struct str identifier,
				  bool children);
struct val *case_find_rubric(struct case_view *, struct str identifier);
