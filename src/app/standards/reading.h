#pragma once
/*
 * What most pages of a standard begin with: find it by its slug in this organisation, choose the
 * version the reader may see and asked for, attach texts in the reader's language, and set what the
 * shared parts of the pages show: `standard`, `version`, `tabs`, `crumbs`.
 *
 * The version shown is the one of the field `number`; without it the newest adopted, else the
 * newest deprecated one, else the draft for those who may read drafts. What is not there for this
 * reader is not found.
 */
#include "web/req.h"

struct reading {
	struct val *standard; /* row of by_slug with title, summary and their languages */
	struct val *version;  /* row of versions */
	int64_t id, version_id;
	struct str lang; /* the data's: field `read`, else the interface's */
	bool draft;
};

/* `tab` is the current tab's path after the version ("", "/rubric"). False: answer NOT_FOUND. */
bool reading_open(struct req *, struct reading *, const char *tab);

/* The version's items, flat, in reading order with depth, kind_label and texts. */
struct val *reading_nodes(struct req *, const struct reading *);
/* Gives each of them what standards/node shows beside its text: lists `ratings` and `links`. */
void reading_parts(struct req *, const struct reading *, struct val *nodes);
/* The path of this version's pages: "/standards/slug" for the current one, else ".../v/2". */
struct str reading_path(struct req *, const struct reading *);

/* Adds a crumb; the last one has no path. */
void reading_crumbs(struct req *, struct str label, struct str path);

/* Sets draft, adopted, deprecated from `state`, and the days of publication and deprecation. */
void show_state(struct req *, struct val *row);

/* Sets `name` from an instant in `column`, as a date for people in the organisation's zone. */
void show_day(struct req *, struct val *row, const char *column, const char *name);
