#pragma once
/*
 * Text per language, as rows: what a thing is called is data about it, one row for each language
 * and revision, never a column. An owner is a kind and an id ("standard_node", 7), a field is one
 * of its names ("title"). Old revisions stay and can be read.
 *
 * A reader is never shown a blank: where the wanted language is missing the text comes in another
 * one and says which, so that the page can put the right lang attribute beside it. The order is:
 * exactly the wanted tag, its primary language (fr for fr-CA), the owner's or organisation's first
 * language, then the first by tag. An empty body counts as missing.
 *
 * Texts are looked up by owner, not by organisation: whoever found the owner's row has checked that
 * it may be read. `org` is kept for export and erasure; 0 is the server itself (shipped
 * vocabulary).
 */
#include "db/db.h"

struct text {
	int64_t org;
	const char *kind; /* of the owner: the name of its table */
	int64_t owner;
	const char *field;
	struct str lang;  /* BCP 47 */
	struct str body;  /* empty takes the text back; its history stays */
	int64_t made_by;  /* person; 0: the program */
	int64_t made_at;  /* seconds since 1970 */
	int64_t seen_rev; /* the revision the writer had before them; TEXT_ANY: do not look */
};
enum { TEXT_ANY = -1 };

/* Stores a revision and returns its number; the same body again changes nothing and returns the
 * current one. 0 means that someone else saved after seen_rev (0: there was none yet). */
int64_t text_put(struct db *, struct arena *, const struct text *);
/* For an owner just made: one INSERT, no look at what was there. Ignores seen_rev, skips an empty
 * body. */
void text_first(struct db *, struct arena *, const struct text *);

/* What a page wants: fields of the owners found in a list, in one query whatever its length. For a
 * field `title` each row gets title, title_lang and title_other (true where it is not in the
 * language of the page it stands on, which then says so with a lang attribute). With prefix "item_"
 * the names are item_title and so on. `fields` ends with NULL; a text missing in every language is
 * set as "" so that a template knows the name. */
struct text_want {
	const char *kind;
	const char *id;     /* name of the id in each row; rows without one are left alone */
	const char *prefix; /* may be NULL */
	const char *const *fields;
	struct str lang, first; /* wanted; and the one that is next best */
	struct str page;        /* the language of the page; empty: the wanted one */
};
void text_attach(struct db *, struct arena *, struct val *list, const struct text_want *);
/* The same for one row. */
void text_attach_one(struct db *, struct arena *, struct val *row, const struct text_want *);

/* What a form that edits one language begins with: each field in exactly `lang` as title_here (""
 * if there is none, or it was taken back), and its revision as title_rev (0: there was never one).
 */
void text_attach_here(struct db *, struct arena *, struct val *list, const struct text_want *);

/* Every current text of one owner, also those taken back, whose body is empty: {field, lang, rev,
 * body}. */
struct val *text_all(struct db *, struct arena *, const char *kind, int64_t owner);
/* Every revision, newest first: {rev, body, made_at, made_by}. */
struct val *text_history(struct db *, struct arena *, const char *kind, int64_t owner,
			 const char *field, struct str lang);
/* How complete each language is over the owners whose ids are in `ids` (a list of ints):
 * {total, langs: [{lang, count}]}; total is the number of (owner, field) with a text in any
 * language. */
struct val *text_completeness(struct db *, struct arena *, const char *kind, const struct val *ids);
/* The owners among `ids` that have a text in some language and not in `lang`: {owner}, by id. */
struct val *text_missing(struct db *, struct arena *, const char *kind, const struct val *ids,
			 struct str lang);
/* Gives one owner the current texts of another of the same kind, in every language, as first
 * revisions: for a new version of something published. */
void text_copy(struct db *, struct arena *, const char *kind, int64_t from, int64_t to);
/* Deletes the texts of an owner that is deleted itself, history and all. */
void text_forget(struct db *, struct arena *, const char *kind, int64_t owner);

/* "[7,9]": the ids of a list of rows (or, with name NULL, of a list of integers) for a query's
 * IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j). Missing ids are left out. */
struct str text_ids(struct arena *, const struct val *list, const char *name);

/* Pure (text_rules.c): how well `lang` serves a reader, 4 best, 1 least; 0 if lang is empty. */
int text_rank(struct str lang, struct str wanted, struct str first);
/* Pure: is a text in `lang` foreign to a page in the language `page`? */
bool text_is_other(struct str lang, struct str page);
