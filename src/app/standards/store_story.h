#pragma once
/*
 * For the tests of store.h: two organisations, a small standard about being at the door, and what a
 * version says as one text, so that "nothing changed" is one comparison.
 */
#include "app/standards/store.h"
#include "fixture.h"

struct door {
	int64_t standard, draft;
	int64_t door, greet, chair;
};

/* Begins a transaction in which there are the organisations 1 and 2; the writer is of the first. */
struct writer door_begin(struct db *);
/* Its standard: an area with two competencies; the first has two descriptors, a rating and a link,
 * the second a rating that is not given. */
struct door door_made(struct writer *);
#define DOOR_LINK "https://alder.example/guide"
#define DOOR_SAID                                                                                  \
	"area A en:At the door\n"                                                                  \
	".competency A1 en:Greets whoever comes [L1 en:Says hello] [L2 en:Knows the names] "       \
	"(frequency en:Daily) <Guide " DOOR_LINK " G1>\n"                                          \
	".competency A2 en:Offers a chair (frequency not given)\n"                                 \
	"L1 = en:New\n"                                                                            \
	"L2 = en:Skilled\n"

int64_t door_standard(struct writer *, const char *slug, const char *lang, const char *title);
/* An item of a draft under `parent` (0: at the top). */
int64_t door_add(struct writer *, int64_t version, int64_t parent, const char *kind,
		 const char *code, const char *lang, const char *title, const char *body);
/* Publishes the source's language and, if it is not NULL, one more. */
enum stored door_publish(struct writer *, int64_t version, const char *lang);

/* All that a version says: a line for each item in reading order, with a point for each level it
 * stands under another, its texts, [descriptors], (ratings) and <links>; then the levels. */
struct str door_said(struct writer *, int64_t version);
/* The identities of a version in reading order, a line each. */
struct str door_uuids(struct writer *, int64_t version);
struct str door_state(struct writer *, int64_t version);
int64_t door_rev(struct writer *, int64_t version, int64_t item);
int64_t door_count(struct db *, const char *sql); /* its column n */

/* The form of one item in one language as a person is given it, for store_edit(). */
struct val *door_form(struct writer *, int64_t version, int64_t item, const char *lang);
/* That form, with one field filled in differently, sent. */
enum stored door_say(struct writer *, int64_t version, int64_t item, const char *lang,
		     const char *field, const char *text);
