#pragma once
/* What the importer's tests share: the shipped layouts, the published documents, short ways to ask
 * a result, and the proof that no line is lost. */
#include "test.h"

#include "app/standards/import/import.h"

/* A file under the shared folder: `../shared`, or what WAYPOST_SHARED says. .p is NULL where it is
 * absent: the test is skipped. */
struct str shared_file(const char *path);
#define SHARED(bytes, path)                                                                        \
	struct str bytes = shared_file(path);                                                      \
	if (!(bytes).p)                                                                            \
	SKIP("../shared is absent")

struct val *imported(struct str bytes, const char *layout); /* with the shipped layouts */
struct val *imported_with(const struct layouts *, struct str bytes, const char *layout);
struct val *imported_text(const char *text, const char *layout);
const struct layouts *shipped_layouts(void);

/* The nth item (from 0) of a kind, or with a code, or whose text begins so; null if there is none.
 */
struct val *item_kind(const struct val *result, const char *kind, int nth);
struct val *item_code(const struct val *result, const char *code);
struct val *item_begins(const struct val *result, const char *text);
struct val *item_parent(const struct val *result, const struct val *item);
int kinds(const struct val *result, const char *kind);                            /* how many */
int children(const struct val *result, const struct val *item, const char *kind); /* NULL: any */
/* The tree as text: a line for each item, indented by depth: kind, code, text. */
struct str outline(struct arena *, const struct val *result, bool kinds);

/* Reads a text of which nothing is told: `auto` finds the layout and the language, every line has
 * its place, and the tree is `tree`, as outline() writes it with kinds. */
struct val *read_as(const char *text, const char *layout, const char *lang, const char *tree);

/* Every line that is not blank is in items, furniture or unplaced, in one of them only, and every
 * word of it is there. Says what is wrong as a failed check. */
bool conserved(struct str bytes, const struct val *result);

/* Every byte of a list of file names of documents, for tests over all of them. */
extern const char *const documents[5], *const document_layouts[5];
