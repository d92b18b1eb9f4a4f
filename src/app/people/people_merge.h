#pragma once
/*
 * Two accounts of one person made one, as pages: found by name, seen side by side, made, listed, and
 * undone for 30 days (core/merge.h). For who holds PEOPLE_MERGE, over both: not themself, not their own
 * child, nobody who may do here what they may not.
 */
#include "core/feature.h"

struct req;

bool people_may_merge(struct req *, int64_t person);

extern const struct feature people_merge_feature;
