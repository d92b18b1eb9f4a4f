#pragma once
/*
 * The objects of CASE 1.1 and 1.0 as data: which members each has, in which order, of which kind.
 * One table brings every answer into shape, says what a filter may name, and is written out as the
 * OpenAPI description (discovery.c); the tests compare it with the official schemas.
 *
 * Nothing leaves that is not in the table: no null, no empty text where the standard wants an
 * address or a date, no member of 1.1 in 1.0. What cannot be brought into the kind of its member (a
 * list where a text belongs) is left out, an address is percent-encoded, a date cut off a time.
 */
#include "base/val.h"

struct arena;

enum case_kind {
	CASE_TEXT,
	CASE_UUID,
	CASE_URI,
	CASE_DATE,
	CASE_INSTANT,
	CASE_INT,
	CASE_REAL,
	CASE_TEXTS,      /* a list of texts */
	CASE_EXTENSIONS, /* an object of anything; inside a list where `many` */
	CASE_OBJECT,     /* one of `of`; a list of them where `many` */
};

enum case_member_flag {
	CASE_REQUIRED = 1,
	CASE_SINCE_11 = 2, /* not in 1.0 */
	CASE_ALONE = 4,    /* not inside a package */
	CASE_MANY = 8,     /* a list */
};

struct case_shape;

struct case_member {
	const char *name; /* NULL at the end */
	enum case_kind kind;
	unsigned flags;
	const struct case_shape *of;
};

struct case_shape {
	const char *name; /* as the official OpenAPI file calls it, without "DType" */
	const struct case_member *members;
};

extern const struct case_shape case_document, case_item, case_association, case_concept,
	case_subject, case_license, case_item_type, case_grouping, case_rubric, case_criterion,
	case_level, case_link, case_node_link;

enum case_edition { CASE_11, CASE_10 };

/* The first of the three that has a member in its kind gives it: what is so, what was kept from a
 * package, what is said for want of better. Each may be null. */
struct val *case_shaped(struct arena *, const struct case_shape *, enum case_edition, bool alone,
			const struct val *is, const struct val *kept, const struct val *otherwise);

/* The names of a shape's members in an edition; ends with NULL. */
const char *const *case_names(struct arena *, const struct case_shape *, enum case_edition);

/* An association's type in an edition: 1.0 has neither isTranslationOf nor ext:, both are
 * isRelatedTo there. A type that neither has is ext: and its letters. */
struct str case_type_in(struct arena *, enum case_edition, struct str type);
/* A word of imsx_codeMinorFieldValue in an edition. */
const char *case_word_in(enum case_edition, const char *word);
