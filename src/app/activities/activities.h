#pragma once
/*
 * Activities: what people plan, answer, hold and correct together.
 *
 * Whoever reads an activity asks plan_open() for it (plan.h), which knows who may. The texts of one
 * are core text, its row core's (core/activity.h); the roles, items and groups beside it are written
 * here only.
 */
#include "core/feature.h"

extern const struct feature activities_feature, ask_feature; /* the plans; asking people */
