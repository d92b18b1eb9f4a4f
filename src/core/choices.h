#pragma once
/*
 * What a form lets choose from, for {{>face/select}} and radio buttons: rows { value, label, selected }.
 * Of a list called FIELD_choices the dispatcher says itself which is selected: the one whose value
 * stands in in.FIELD.
 */
#include "web/req.h"

/* Adds one; the row, for what a page shows besides. */
struct val *choice(struct val *list, struct str value, struct str label, bool selected);
struct val *choice_id(struct val *list, int64_t id, struct str label, bool selected);
/* The organisation's languages, called as the reader calls them. */
void choice_langs(struct req *, struct val *list, struct str chosen);
