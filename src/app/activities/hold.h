#pragma once
/*
 * An activity that is being held: who is there. The sheet has everybody who is expected and the
 * members, on the day, of the groups that are invited; who is not ticked was absent. A class without
 * names is counted by heads. Saying it again corrects it: rows of the ledger stay and say what they
 * were (core/participation.h). For those with the right ACTIVITIES_ATTEND and whoever is responsible.
 */
#include "core/feature.h"

/* The right, or being responsible for it; it has begun and is not cancelled. */
bool hold_may_attend(const struct req *, const struct val *activity);
bool hold_has_begun(const struct req *, const struct val *activity);
/* Who was there exercised what was planned. */
void hold_exercise(struct req *, int64_t activity);

/* By the code on the projector (hold_rules.h): hold_code.c. */
int hold_code_page(struct req *);
int hold_code_put(struct req *);
int hold_here_page(struct req *);
int hold_here_put(struct req *);
int hold_link_page(struct req *);
int hold_link_put(struct req *);

extern const struct feature hold_feature;
