#pragma once
/* Imports and what else takes a while: its owner sees how far it is and stops it; who may read jobs sees everybody's. */
#include "core/feature.h"

extern const struct feature jobs_feature;
