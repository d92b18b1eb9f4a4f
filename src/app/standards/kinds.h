#pragma once
/*
 * The kinds of items that come with Waypost. A standard copies those it uses into standard_kind; a
 * kind it adds itself has its names in core text (owner 'standard_kind', field 'name'). The list
 * follows PRODUCT's "Standards": what the five source documents are made of.
 */
#include "base/str.h"

struct val;
struct req;

enum kind_place {
	KIND_STATEMENT, /* stands in the tree: what a person reads the standard for */
	KIND_SUPPORT,   /* stands under a statement and explains it */
	KIND_TERM,      /* belongs to the glossary */
	KIND_ROW,       /* a rubric criterion: the grid shows it with its descriptors */
};

struct kind_shipped {
	const char *code;  /* "performance" */
	const char *label; /* msgid */
	enum kind_place place;
	bool plain; /* reads by itself: a page of the whole does not name the kind */
};
extern const struct kind_shipped kinds_shipped[];       /* ends with a NULL code */
const struct kind_shipped *kind_named(struct str code); /* NULL if it is not shipped */

/* Sets kind_label, and kind_plain, on every row that has `kind`, from the standard's own names or the shipped ones.
 * `own` is a list of {code, name}; a code nobody knows is its own label. */
void kinds_label(struct req *, struct val *rows, const struct val *own);
