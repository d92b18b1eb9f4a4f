#pragma once
/* What the files that read a package share; nobody else includes it. */
#include "app/standards/case/case.h"
#include "app/standards/case/names.h"
#include "app/standards/case/package.h"
#include "base/arena.h"

enum { CASE_DEEPEST = 60 }; /* levels */

/* A package being read. What stays goes to `arena`, one object at a time is in `scratch`. */
struct reading_case {
	struct arena *arena, *scratch;
	struct case_package *out;
	const struct case_options *options;
	struct names ids[CASE_LISTS], part_ids, level_ids;
	int32_t items_cap, associations_cap, definitions_cap, parts_cap, levels_cap, unplaced_cap;
	unsigned char digest[32];
};

/* Makes room for one more and gives it, zeroed. */
#define MORE(r, list)                                                                              \
	(more_room((r)->arena, (void **)&(r)->out->list, (r)->out->list##_n, &(r)->list##_cap,     \
		   sizeof *(r)->out->list),                                                        \
	 &(r)->out->list[(r)->out->list##_n++])
void more_room(struct arena *, void **list, int32_t n, int32_t *cap, size_t each);

void case_put_aside(struct reading_case *, struct case_ref, struct str words, const char *reason);
struct str case_stay(struct reading_case *, struct str); /* a copy that stays */
/* Members of an object but for those named, as JSON; an empty str for none. */
struct str case_rest(struct reading_case *, const struct val *object, const char *const *without);
/* A UUID in lower case, or one made of what was given, or of `else_of`. *as_given is what was given
 * where it is not the UUID. */
struct str case_identity(struct reading_case *, const struct val *object, struct str else_of,
			 struct str *as_given);

/* package_read.c: one object each, as it comes */
void case_take_document(struct reading_case *, const struct val *);
void case_take_item(struct reading_case *, const struct val *, struct case_ref);
void case_take_association(struct reading_case *, const struct val *, struct case_ref);
void case_take_definition(struct reading_case *, const struct val *, struct case_ref);
void case_take_rubric(struct reading_case *, const struct val *, struct case_ref);

/* package_tree.c: when all are there */
void case_place(struct reading_case *);
/* package_rubric.c */
void case_place_rubrics(struct reading_case *);
