#pragma once
/*
 * What most pages of a standard begin with: find it by its slug in this organisation, choose the
 * version the reader may see and asked for, attach texts in the reader's language, and set what the
 * shared parts of the pages show: `standard`, `version`, `tabs`, `crumbs`.
 *
 * The version shown is the one of the field `number`; without it the newest adopted, else the
 * newest deprecated one, else the draft for those who may read drafts. What is not there for this
 * reader is not found.
 *
 * The language is the field `read`, else the interface's; a published version is read in its
 * published languages only, by those who may read drafts also in one they ask for.
 */
#include "core/text.h"
#include "web/req.h"

struct reading {
	struct val *standard; /* row of by_slug with title, summary and their languages */
	struct val *version;  /* row of versions */
	int64_t id, version_id;
	struct str lang; /* the data's */
	struct str path; /* of this version's pages: "/standards/slug", "…/v/2" or "…/draft" */
	bool draft;
};

/* `tab` is the current tab's path after the version ("", "/rubric"). False: answer NOT_FOUND. */
bool reading_open(struct req *, struct reading *, const char *tab);

/* Attaches the texts of rows that belong to this reading: in its language, else in the standard's
 * own. NAME_other says which of them are foreign to the page, whose language may be another still.
 */
void reading_texts(struct req *, const struct reading *, struct val *rows, struct text_want);

/* The version's items, flat, in reading order with depth, kind_label and texts. */
struct val *reading_nodes(struct req *, const struct reading *);
/* Gives each of them what standards/node shows beside its text: lists `ratings` and `links`. */
void reading_parts(struct req *, const struct reading *, struct val *nodes);
/* Says of links which language their labels are in, that of the standard: label_lang, label_other.
 */
void reading_links(struct req *, const struct reading *, struct val *links);
/* The cells of one rubric criterion, as the list `cells`; empty for other kinds. */
void reading_cells(struct req *, const struct reading *, struct val *node);
/* The kinds that are the standard's own: {id, code, position, name}. */
struct val *reading_kinds(struct req *, const struct reading *);
/* Those of them that have a name of their own, which is shown instead of the usual one: {id, code, name}. */
struct val *reading_kinds_named(struct req *, const struct reading *);
/* What pages show of rows that have a title and a body (names may have a prefix): `says`, the body
 * with its light Markdown, and `label`, the short name or else the first words of the body, without
 * marks, with label_lang and label_other. */
void reading_words(struct req *, struct val *rows, const char *prefix);
struct val *reading_light(struct req *, struct str body); /* `says` of one text */

/* Sets draft, adopted, deprecated from `state`, and the days of publication and deprecation. */
void show_state(struct req *, struct val *row);

/* Sets `name` from an instant in `column`, as a date for people in the organisation's zone. */
void show_day(struct req *, struct val *row, const char *column, const char *name);
