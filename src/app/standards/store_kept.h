#pragma once
/*
 * What a CASE package said that the tables of standards have no place for (case/case.h): rows
 * beside a version, written when it is filled, copied into the next draft, gone with what they
 * belong to. Each call runs in the caller's write transaction.
 */
#include "app/standards/store.h"

/* Objects of column values; `org` is added. document: version, lang, identifier, digest, data,
 * package. item: node, lang, identifier, kind, data, child, child_data. association: version, lang,
 * identifier, type, origin, destination, position, data. definition: version, lang, part,
 * identifier, position, data. part: version, lang, part, within, identifier, position, item, level,
 * data. */
void store_keep_document(struct writer *, struct val *row); /* replaces that of its language */
void store_keep_item(struct writer *, struct val *row);     /* likewise */
void store_keep_association(struct writer *, struct val *row);
void store_keep_definition(struct writer *, struct val *row);
int64_t store_keep_part(struct writer *, struct val *row);
/* Forgets associations, definitions and rubrics that came in this language, to be given anew. */
void store_kept_forget(struct writer *, int64_t version, struct str lang);

void store_kept_copy(struct writer *, int64_t from, int64_t to); /* for the nodes that are there */
/* store_carry() from a version to the draft filled after it, and what was kept in those languages.
 */
void store_carry_kept(struct writer *, int64_t from, int64_t to, struct str source_lang);
void store_kept_drop(struct writer *, int64_t version);
void store_kept_remove(struct writer *, int64_t version, int64_t node, int64_t item);
