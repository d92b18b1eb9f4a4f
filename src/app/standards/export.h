#pragma once
/*
 * A standard as data: what .csv and .json of its pages give. A row for each item in reading order:
 * code, kind, parent (its code), depth, uuid, and title_xx and body_xx for each language that can
 * be read, and what else it has (export_parts.h); a rubric's rows are its criteria with a column for each level; a glossary's its terms.
 * Each replaces the page's model and returns OK.
 */
#include "app/standards/reading.h"

int export_items(struct req *, const struct reading *, struct val *nodes);
int export_rubric(struct req *, const struct val *areas);
int export_terms(struct req *, const struct val *terms);
