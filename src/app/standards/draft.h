#pragma once
/*
 * Writing a draft. Every form is a GET page and a POST to the same path: where input is refused or
 * someone else was faster, the dispatcher shows the page again with what was typed. Edit forms
 * carry the `rev` of the item and the revisions of its texts; two people never overwrite each
 * other.
 *
 * An item's form edits one language, the field `work`. In the language the standard is written in
 * it changes the item too; in another it only adds words, which is all that a translator may do,
 * and may go on after publication until that language is published itself.
 */
#include "app/standards/reading.h"
#include "app/standards/store.h"
#include "web/req.h"

struct writer writer_of(struct req *);
/* As reading_open(), of the draft. False: there is none this reader may see. */
bool draft_open(struct req *, struct reading *);
/* Row with texts, words and kind_label, or null. */
struct val *draft_node(struct req *, const struct reading *, struct str uuid);
int draft_answer(enum stored);                    /* the answer to what the store said */
int draft_to_item(struct req *, struct str uuid); /* back to the outline, at that item */
void draft_crumbs(struct req *, const struct reading *, const char *here); /* here: a msgid */

/* The language worked on: the field `work`, else the source's. Sets out.work_langs and
 * out.translating. False: the organisation does not use that language. */
bool draft_work(struct req *, const struct reading *, struct str *lang);
/* May this reader write in that language? */
bool draft_may_write(const struct req *, const struct reading *, struct str lang);

/* How far each language is, over items, descriptors and ratings: {total, langs: [{lang, count,
 * missing, writable, first: uuid of the first item that lacks words}]}, after draft_work(). */
struct val *draft_complete(struct req *, const struct reading *, struct val *nodes);
/* Sets out.kind_choices: the standard's own kinds first, then those that come with Waypost. */
void draft_kind_choices(struct req *, const struct reading *);

/* draft_parts.c: what stands beside an item's text. draft_parts() sets it for the item's page;
 * draft_put_parts() saves what the form sent of it. */
void draft_parts(struct req *, const struct reading *, const struct val *node, struct str lang);
enum stored draft_put_parts(struct req *, const struct reading *, const struct val *node,
			    struct str lang);
void draft_comments(struct req *, const struct reading *, const struct val *node); /* and links */

/* Text areas sent side by side in the lists `part`, `text` and `seen`: gives each row (with body,
 * body_here and body_rev) its `part`, prefix and the value of `key`; `text`, as typed or else as it
 * is; `says`; and `stored`, where somebody else has changed what was typed over. */
void draft_typed(struct req *, struct val *rows, const char *prefix, const char *key);

/* draft.c */
int draft_show(struct req *);
int draft_begin(struct req *);
int draft_drop_form(struct req *);
int draft_drop(struct req *);
int draft_add_form(struct req *);
int draft_add(struct req *);
int draft_edit_form(struct req *);
int draft_edit(struct req *);
int draft_translate_form(struct req *);
int draft_translate(struct req *);

/* draft_place.c */
int draft_move_form(struct req *);
int draft_move(struct req *);
int draft_remove_form(struct req *);
int draft_remove(struct req *);

/* draft_parts.c: links and comments */
int draft_link(struct req *);
int draft_unlink(struct req *);
int draft_comment(struct req *);
int draft_resolve(struct req *);

/* draft_levels.c: the levels of a rubric */
int draft_levels_form(struct req *);
int draft_levels(struct req *);

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
