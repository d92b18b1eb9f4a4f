#pragma once
/*
 * Writing a draft. Every form is a GET page and a POST to the same path: where input is refused or
 * someone else was faster, the dispatcher shows the page again with what was typed. Edit forms
 * carry the `rev` of the item and the revisions of its texts; two people never overwrite each
 * other.
 */
#include "app/standards/reading.h"
#include "app/standards/store.h"
#include "web/req.h"

struct writer writer_of(struct req *);
/* As reading_open(), of the draft. False: there is none this reader may see. */
bool draft_open(struct req *, struct reading *);
struct val *draft_node(struct req *, const struct reading *, struct str uuid); /* row or null */
int draft_stored(struct req *, enum stored);      /* the answer to what the store said */
int draft_to_item(struct req *, struct str uuid); /* back to the outline, at that item */

/* draft_parts.c: set what the item's page shows beside its text. */
void draft_parts(struct req *, const struct reading *, const struct val *node);

/* draft.c */
int draft_show(struct req *);
int draft_begin(struct req *);
int draft_add_form(struct req *);
int draft_add(struct req *);
int draft_edit_form(struct req *);
int draft_edit(struct req *);

/* draft_place.c */
int draft_move_form(struct req *);
int draft_move(struct req *);
int draft_remove_form(struct req *);
int draft_remove(struct req *);

/* draft_parts.c: descriptors, ratings, links, comments */
int draft_cells(struct req *);
int draft_ratings(struct req *);
int draft_link(struct req *);
int draft_unlink(struct req *);
int draft_comment(struct req *);
int draft_resolve(struct req *);

/* publish.c: settings, publication, a later language, the end of a version, replacement */
int standards_new_form(struct req *);
int standards_new(struct req *);
int standards_settings_form(struct req *);
int standards_settings(struct req *);
int publish_form(struct req *);
int publish(struct req *);
int publish_lang_form(struct req *);
int publish_lang(struct req *);
int deprecate_form(struct req *);
int deprecate(struct req *);
int replace_form(struct req *);
int replace(struct req *);
