#pragma once
/*
 * Finding items: the search page, and the item picker, which other pages lend.
 *
 * The picker takes a half-filled form and gives it back. A form that lets a person choose items
 * holds the part standards/picked: a button that posts the whole form to /standards/pick, with
 * `back` (the form's own path) and `pick` (the name of the field to fill). The picker shows a
 * search and the items of a standard, and carries every other field along as it was sent. "Use
 * these items" posts the lot to `back` with `picked`, and the dispatcher shows that form again,
 * nothing lost and nothing saved. No script is needed, and several standards may be gone through
 * before coming back.
 */
#include "web/req.h"

/* Sets out.NAME to the rows of the items whose ids stand in the list in.FIELD: {item, code, kind,
 * title, body, standard_title, slug, uuid}, in the order chosen. Ids of another organisation are
 * dropped. */
void picked_items(struct req *, const char *field, const char *name);

int standards_search(struct req *);
int standards_pick(struct req *);
