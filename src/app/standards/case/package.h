#pragma once
/*
 * A CASE package (1.0 or 1.1, bare or wrapped in {"CFPackage": …}) from bytes: pure, bounded by the
 * arena, safe for any input. The file is read object by object, so that a large one needs little
 * more memory than its own size; the bytes must live as long as the package.
 *
 * Conservation: every object of the package (the document, items, associations, definitions,
 * rubrics with their criteria and levels) is either an item of the tree, or kept as data, or
 * unplaced with a reason, and one of them only. A file that does not end, or is no JSON, is refused
 * whole: nothing is imported by halves.
 */
#include "base/val.h"

struct arena;

enum case_list {
	CASE_DOCUMENT,
	CASE_ITEMS,
	CASE_ASSOCIATIONS,
	CASE_CONCEPTS,
	CASE_SUBJECTS,
	CASE_LICENCES,
	CASE_ITEM_TYPES,
	CASE_GROUPINGS,
	CASE_RUBRICS,
	CASE_DEFINITIONS,
	CASE_OTHER, /* a member that CASE does not name */
	CASE_LISTS
};

/* Where an object stands in the file; -1 where it does not apply. */
struct case_ref {
	enum case_list list;
	int32_t at, criterion, level;
};

struct case_item {
	struct str uuid, identifier; /* identifier: as given, where it is not the uuid */
	struct str code, type, kind, lang, title, body, notes, data, uri;
	struct str of;             /* the item whose translation it is */
	int32_t parent, placed_by; /* indexes of an item, -1 at the top; of an association, -1 */
	int64_t position;
	struct case_ref ref;
	const char *guess; /* why its place is a guess, a msgid; else NULL */
};

/* One end of an association. `json` instead of title and uri where there is more to it. */
struct case_node {
	struct str identifier, title, uri, json;
};

struct case_association {
	struct str identifier, type, data; /* data: the members but for the two ends */
	struct case_node origin, destination;
	int64_t sequence; /* -1: none that orders */
	struct case_ref ref;
	bool placing;        /* it puts an item under its parent */
	bool plain_sequence; /* it is as CASE has it, and not in `data` */
};

struct case_definition {
	struct str identifier, data;
	struct case_ref ref;
};

/* A rubric, a criterion of it, a level of that. */
struct case_part {
	struct str identifier, data, item_identifier, quality, description;
	int32_t within, item, level; /* indexes: of a part, an item, a case_level; -1 */
	struct case_ref ref;
};

struct case_level {
	struct str uuid, name;
};

struct case_unplaced {
	struct case_ref ref;
	struct str words;   /* what it was about, cut short */
	const char *reason; /* a msgid */
};

struct case_package {
	const char *refused_code,
		*refused;   /* a msgid; nothing else is filled but `listed`, `error` */
	struct val *listed; /* {identifier, title} of a list of documents */
	struct str error;   /* where it is no JSON, for a developer */

	struct str uuid, identifier, title, summary, publisher, source_url, licence, version, lang;
	struct str data, other; /* of the document; members that CASE does not name */
	struct str of;          /* the document whose translation it is */
	struct str digest;      /* the same for the same objects in any order */
	bool lang_given, has_document;

	struct case_item *items;
	struct case_association *associations;
	struct case_definition *definitions;
	struct case_part *parts;
	struct case_level *levels;
	struct case_unplaced *unplaced;
	int32_t *order; /* items in reading order, parents first */
	int32_t items_n, associations_n, definitions_n, parts_n, levels_n, unplaced_n, order_n;
};

struct case_options {
	struct str lang;      /* instead of the package's own */
	struct str file_name; /* gives a title where there is none */
};

/* Does it look like JSON? Then case_read() says what it is, and no layout does. */
bool case_is_json(struct str bytes);
const struct case_package *case_read(struct arena *, struct str bytes, const struct case_options *);

struct str case_pointer(struct arena *, struct case_ref); /* RFC 6901 */
/* What is kept of an item's placing association and of any other (case.h). */
struct str case_child_data(struct arena *, const struct case_package *, const struct case_item *);
struct str case_association_data(struct arena *, const struct case_association *);
/* The same as the importer of documents tells it (import/import.h), with `pointer` for `line`, and
 * `kept` {what: number}; at most so many items, the first in reading order (counts.items has all).
 */
struct val *case_result(struct arena *, const struct case_package *, int most_items);

/* From one process to another (import_apart.h): a value, and back out of one that may be anything. A
 * refused package does not cross, and what is unplaced stays behind: case_result() tells both. */
struct val *case_package_out(struct arena *, const struct case_package *);
const struct case_package *case_package_in(struct arena *,
					   const struct val *); /* NULL: not sound */
