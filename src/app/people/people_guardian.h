#pragma once
/*
 * The guardians of a child as pages, for who enters them (GUARDIANS_MANAGE): whom to call first, in
 * which language, what they may consent to, and a court's "no contact". The pages are confidential:
 * nobody sees those of themself or of their own child here, whatever their role.
 */
#include "core/feature.h"

bool people_over_child(struct req *); /* the reader may see these pages of that child */

extern const struct feature people_guardian_feature;
