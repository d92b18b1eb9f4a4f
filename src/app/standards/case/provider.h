#pragma once
/*
 * The CASE provider (1EdTech CASE 1.1 and 1.0): what is published here as the objects of CASE, and
 * which identifier each has.
 *
 * A CFDocument is one published language of one published version. In the source's language the
 * newest version has the standing identifiers: standard.uuid, and standard_item.uuid of its items.
 * In another language the newest version that has it stands likewise, with the identifiers of the
 * package it came in, or with ones made of the standard's uuid and the language. An item that is in
 * no newer version keeps its standing identifier in the last version that has it: what an address
 * meant it means for ever.
 *
 * Every older document has an identifier of version 5 made of uuid, language and number. What
 * stands in it has its standing identifier turned by the document's: XOR, but for the bits of
 * version and variant. Turning twice gives back what was turned, so that an object is found by its
 * identifier without a table, and no two documents share one. Associations that Waypost itself sees
 * are turned by their role likewise: the isChildOf of an item, its isTranslationOf.
 *
 *   what Waypost has                 what it is in CASE
 *   standard, version, language      CFDocument; isTranslationOf the source's, replacedBy the newer
 *   state                            adoptionStatus (Implemented, Retired; in 1.0 Adopted,
 * Deprecated) label, note, review-by           version, notes, extensions.waypost_review_by item
 * CFItem: body fullStatement, title abbreviatedStatement (each the other's where one is missing),
 * code humanCodingScheme, kind CFItemType and CFItemTypeURI place isChildOf with sequenceNumber
 *   text missing in the language     the source's, with the item's own `language`; the item is
 *                                    then exactMatchOf its source, not isTranslationOf
 *   term                             CFItem, and CFConcept
 *   example                          CFItem, and exemplar of what it stands under
 *   context rating, link             extensions.waypost_ratings, .waypost_links of the CFItem
 *   levels, descriptors              CFRubric, one a document; criterion = item, quality = level
 *   licence                          CFLicense and licenseURI
 *   kinds                            CFItemTypes
 *   crosswalk                        CFAssociationGrouping; its rows by the table in relations.c
 *   replaced item, older version     replacedBy
 *   what a package brought           as it came (case.h), but for null and what CASE does not name
 */
#include "app/standards/case/shape_rules.h"
#include "web/req.h"

/* One document: a row of provide.sql's `documents`, and what is worked out from it. */
struct case_doc {
	struct val *row;
	int64_t standard, version, number;
	struct str uuid, lang, source_lang;
	struct str identifier, uri;
	struct str by;   /* what turns the identifiers of an older version; empty: nothing */
	struct str tone; /* what turns those of a language other than the source's; empty */
	struct str title, changed; /* changed: lastChangeDateTime */
	struct val *kept;          /* the CFDocument as it came, or null */
	struct val *kinds;         /* names of kinds, or NULL until they are asked for */
};

struct case_view {
	struct req *r;
	enum case_edition edition;
	struct str api; /* "https://example.org/alder/ims/case/v1p1" */
	struct case_doc *docs;
	size_t count;
	struct str child, translation, replaced, exemplar, concept, criterion, rubric, licence,
		moved;                  /* what turns by role */
	const struct catalogue *french; /* NULL until it is wanted */
	bool later;            /* a large document is to be gone through: the answer is ON_POOL */
	struct arena *scratch; /* for what is written and forgotten; the request's unless set */
};

/* An item of a document, to lead to. */
struct case_spot {
	int64_t item;
	struct str identifier, base, uri; /* uri only where it is not Waypost's own */
	struct str label;                 /* case_title() */
	struct str source; /* its identifier in the document of the source's language */
	struct str name;   /* its short name, where the document has a rubric */
	struct str next;   /* its identifier in the newer version; empty if it is in none */
	bool disordered;   /* the kept numbers of its children do not put them in order */
	bool spoken;       /* there is a text in the document's language */
	bool kept;         /* came with a package: */
	struct val *came;  /* the CFItem, while the scratch arena is as it is; or null */
	struct val *row;   /* of items, likewise */
};

struct case_view case_open(struct req *, enum case_edition);

/* Turns an identifier; see above. An empty `by` leaves it. Pure. */
struct str case_turned(struct arena *, struct str identifier, struct str by);

/* Before a document is gone through: true, and view->later, if that is not for this thread. */
bool case_must_wait(struct case_view *, const struct case_doc *);

struct case_doc *case_doc_of(struct case_view *, struct str identifier);
/* The standing document of a standard's language; with lang empty of its source. NULL if none. */
struct case_doc *case_doc_standing(struct case_view *, int64_t standard, struct str lang);
/* The document of the same version in the source's language, and the next newer in the same one. */
struct case_doc *case_doc_source(struct case_view *, const struct case_doc *);
struct case_doc *case_doc_newer(struct case_view *, const struct case_doc *);

struct val *case_doc_object(struct case_view *, const struct case_doc *, bool alone);

/* Parameters of a query about a document: org, standard, version, lang, source_lang, item 0. */
struct val *case_params(struct case_view *, const struct case_doc *);
struct case_spot case_spot_of(struct case_view *, const struct case_doc *, struct val *row);
/* `parts` has the rows of ratings and links of the document or of the item. */
struct case_parts {
	struct val *ratings, *links; /* by item */
};
struct case_parts case_parts_of(struct case_view *, struct case_doc *, int64_t item);
struct val *case_item_object(struct case_view *, struct case_doc *, const struct case_spot *,
			     const struct case_parts *, bool alone);

/* Addresses and links. */
struct str case_uri(struct case_view *, const char *path, struct str identifier);
struct val *case_link_to(struct case_view *, struct str title, struct str identifier,
			 struct str uri);
struct val *case_doc_link(struct case_view *, const struct case_doc *);

/* What a package brought, as a value; null where there is nothing to read. */
struct val *case_kept(struct case_view *, struct str json);
/* The member as it came stands as long as it means what is stored (case.h). */
void case_put_words(struct case_view *, struct val *is, const struct val *kept, const char *name,
		    struct str stored);

/* definitions.c: the licence and the item types of a document that are Waypost's own. */
struct str case_kind_label(struct case_view *, struct case_doc *, struct str kind);
struct str case_kind_identifier(struct case_view *, const struct case_doc *, struct str kind);
bool case_licence_came(struct case_view *, const struct case_doc *); /* with its package */
struct str case_licence_identifier(struct case_view *, const struct case_doc *);
/* {CFConcepts: […], …} of a document. `kinds` is a list of the kinds whose type is Waypost's own,
 * `terms` one of CFConcepts to be added. */
struct val *case_definitions(struct case_view *, struct case_doc *, const struct val *kinds,
			     const struct val *terms);
