#pragma once
/*
 * 1EdTech CASE 1.0 and 1.1 (Competencies and Academic Standards Exchange): what of a package is
 * kept where, so that import and provider agree and a round trip loses nothing that the schema has.
 *
 * Authority. What Waypost has a place for is in the standard's own tables and nowhere else:
 *
 *   CFDocument   identifier   standard.uuid (if it is a UUID, in lower case; else case_uuid() of
 * it) title, description           texts of 'standard': title, summary publisher, officialSourceURL
 * standard.publisher, .source_url language     standard.source_lang version standard_version.label
 *                licenseURI   standard.licence is its title
 *   CFItem       identifier   standard_item.uuid (likewise)
 *                fullStatement, abbreviatedStatement, notes: texts body, title, notes of the
 *                             'standard_node'. A heading has a title and no body: the two
 * statements are then the same words humanCodingScheme            standard_node.code CFItemType
 * standard_node.kind: case_kind() of its words; none: "statement" isChildOf    to the first parent:
 * standard_node.parent and .position. sequenceNumbers only order Rubric       a level whose
 * criterion names an item of the package: its description is the 'body' of a standard_descriptor,
 * its quality the 'name' of a standard_level
 *
 * Kept. Everything else stands in `data` (JSON, members as in the package) of the row that
 * schema/0006_case.sql has for the object: uri, lastChangeDateTime, extensions, members that CASE
 * does not name, all. `data` also has a member that Waypost has a place for, in two cases: where
 * the words were changed on the way in (HTML, see case_text()), and where two members share one
 * place. One rule tells whether it still holds: **a kept member stands as long as what it was made
 * into is unchanged** (case_text(data.fullStatement) is the body; kept_item.kind is the node's
 * kind, then CFItemType and CFItemTypeURI are those of `data`, which may have neither). Else it
 * is made anew from the tables.
 *
 * standard_kept_item.lang and the `lang` of every other kept row: the language of the package it
 * came in. Rows in the standard's source language belong to the first package; rows in another one
 * to the package that isTranslationOf it, whose items have identifiers of their own
 * (kept_item.identifier) and whose words are texts of the same nodes in that language.
 *
 * standard_kept_item.child is the identifier of the isChildOf association that places the item,
 * child_data the rest of it. Empty: the package had none for it. Its ends are those of the tree; an
 * end in child_data adds the title and uri that it had, if its identifier is still the right one,
 * and is missing where they are what the provider writes: uri the object's own kept one, title
 * case_title(). sequenceNumber is missing where it is node.position, which takes it over where the
 * siblings' numbers differ and are not negative. Kept numbers that no longer grow along the
 * siblings have lost their meaning: then all of these give their positions.
 *
 * Every other association, also a second parent, is a row of standard_association, with both ends
 * in `data` as they were; `origin` and `destination` are their identifiers, in lower case where
 * they are UUIDs. An object without a usable identifier gets case_uuid() of what it says; one that
 * was no UUID is kept in `data` as it was.
 *
 * A standard that never was a package has none of these rows.
 */
#include "base/str.h"

struct arena;

/* Version 5 (RFC 9562) in a namespace of Waypost's own: the same name gives the same UUID. */
struct str case_uuid(struct arena *, struct str name);

/* The title of an item where others point at it: its code, else the beginning of its words. */
struct str case_title(struct arena *, struct str code, struct str words);

/* The kind that a CFItemType becomes: one that Waypost ships, if its code is the same word, else
 * one of the standard's own, whose name is the type's ("Learning Target": learning-target). */
struct str case_kind(struct arena *, struct str item_type);

/* Words of a package as they are stored: NFC, line feeds, no control characters, HTML turned into
 * Markdown. Markdown, LaTeX and what has none of these come back as they are, but for white space
 * at the ends. */
struct str case_text(struct arena *, struct str words);
