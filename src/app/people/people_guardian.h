#pragma once
/*
 * The guardians of a child as pages, for who enters them (GUARDIANS_MANAGE): whom to call first, in
 * which language, what they may consent to, and a court's "no contact". The pages are confidential:
 * nobody sees those of themself or of their own child here, whatever their role.
 */
#include "core/feature.h"

/* 0, or the answer that refuses. Sets `person` of the page. */
int people_reach(struct req *);
bool people_over_child(struct req *); /* the reader may see these pages of that child */

/* people_guardian_consent.c: what was answered for a learner, and taking down an answer. */
int people_consents(struct req *), people_consent_take(struct req *),
	people_consent_withdraw(struct req *);

/* people_check.c: checks of adults. */
int people_checks(struct req *), people_check_add(struct req *), people_check_end(struct req *),
	people_checks_ending(struct req *);

extern const struct feature people_guardian_feature;
