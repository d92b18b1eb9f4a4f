#pragma once
/*
 * In which form and language to answer (RFC 9110, 12.5). A suffix of the path wins over Accept, so
 * that a person can link to the CSV of any list.
 */
#include "base/val.h"

enum media { MEDIA_HTML, MEDIA_JSON, MEDIA_CSV, MEDIA_ICS, MEDIA_COUNT, MEDIA_NONE = MEDIA_COUNT };

extern const struct media_row {
	const char *suffix; /* ".json" */
	const char *type;   /* "application/json" */
	const char *header; /* the Content-Type to send */
} media_table[MEDIA_COUNT];

/* Cuts a known suffix off the path; MEDIA_NONE if it has none. */
enum media media_of_suffix(struct str *path);
/* The best of those offered (bits 1 << MEDIA_…); HTML where nothing is asked or all is equal, and
 * MEDIA_NONE if nothing offered is acceptable. */
enum media media_accepted(struct str accept, unsigned offered);

/* The first of `langs` (a list of tags) that the header prefers; "fr-CA" finds "fr" and "fr" finds
 * "fr-CA". Empty if none is wanted. */
struct str lang_accepted(struct str accept_language, const struct val *langs);
