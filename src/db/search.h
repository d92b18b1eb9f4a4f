#pragma once
/*
 * Full text search. Words are made in C for both engines (base/words.h) and stored in FTS5 or a
 * tsvector; a document is found by organisation and audience. What is stored replaces what was.
 *
 * All words must be found, in any order; a query that ends with `*` may end in an unfinished word.
 * Who may see a document is part of what is matched, so that it never uses up the thousand newest
 * matches that are ranked. A title counts more than a body.
 */
#include "db/db.h"

/* One document: a thing people look for, in one language. `kind` names its owner ("standard_item").
 */
struct search_document {
	int64_t org;
	const char *kind;
	int64_t id;
	struct str lang;
	struct str audience; /* "public", "org", or the name of a right: letters, digits, _ and - */
	struct str title, body;
};
/* Many of one organisation and kind, none of which is there: of what is there search_remove() comes first. To give a
 * hundred at once costs a third of giving each alone: their rows come first and then their words, since FTS5 writes
 * out what it has gathered whenever another table is written in between, and merges all these pieces afterwards. */
void search_put(struct db *, const struct search_document *, size_t count);
void search_remove(struct db *, int64_t org, const char *kind,
		   const struct val *ids); /* a list; in every language */

/* Ids best first, at most `limit` (<= 200) after skipping `skip`. `audiences` is a list of texts
 * the reader may see; `kind` NULL means any. Rows are {kind, id, lang}. */
struct val *search_find(struct db *, int64_t org, const char *kind, const struct val *audiences,
			struct str query, int limit, int skip);

/* Pure: the words of a query as an engine ("sqlite", "postgresql") wants them, whatever was typed.
 * Empty if there is nothing to look for. */
struct str search_expression(struct arena *, const char *engine, struct str query);
