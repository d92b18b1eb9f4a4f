#pragma once
/*
 * An activity that is being held: who is there. The sheet has everybody who is expected and the
 * members, on the day, of the groups that are invited; who is not ticked was absent. A class without
 * names is counted by heads. Saying it again corrects it: rows of the ledger stay and say what they
 * were (core/participation.h). For those with the right ACTIVITIES_ATTEND and whoever is responsible.
 */
#include "core/feature.h"

extern const struct feature hold_feature;
