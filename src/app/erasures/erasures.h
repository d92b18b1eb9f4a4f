#pragma once
/*
 * Who asks to be erased, and the organisation's answer, line by line (core/erasure.h): for those
 * with the right ERASURES_MANAGE, never over their own case. The rules by which something must be
 * kept are here too. A person asks at /me/erase (app/me), or somebody writes it down for them here.
 */
#include "core/feature.h"

extern const struct feature erasures_feature;

/* rules.c */
int erasures_rules(struct req *), erasures_rule_add(struct req *),
	erasures_rule_retire(struct req *);
