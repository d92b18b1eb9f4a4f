#pragma once
/*
 * Consents as an organisation keeps them: what it asks consent for, and from which age band on a
 * learner decides which purpose alone. The pages are for who keeps guardians (GUARDIANS_MANAGE); those of one person are
 * confidential as the guardians' are (people_guardian.h).
 */
#include "core/feature.h"
#include "core/job.h"

extern const struct feature people_consent_feature;

/* people_band.c */
int people_bands(struct req *), people_band_add(struct req *), people_band_change(struct req *),
	people_band_remove(struct req *), people_band_purposes(struct req *);
int people_band_page(struct req *), people_band_save(struct req *);
/* What was typed of a band's place, without whose and its revision; NOT_FOUND or INVALID, else 0. */
struct band_place;
int people_band_typed(struct req *, struct band_place *);
void people_band_choices(struct req *); /* out.band_choices, and out.some_bands */
struct val *people_band_name(struct req *, int64_t band);
/* people_unbanded.c */
int people_unbanded(struct req *), people_unbanded_put(struct req *);
int64_t people_unbanded_count(struct req *);
/* Who decides a purpose for a learner, for the page: sets alone, from, last_day in `row`. `alone` is
 * band_alone(), `purposes` band_purposes() of core/band.h. */
void people_decides(struct req *, struct val *row, const struct val *purposes,
		    const struct val *alone, struct str purpose);

/* people_purpose.c */
int people_purposes(struct req *), people_purpose_add(struct req *), people_purpose(struct req *),
	people_purpose_save(struct req *), people_purpose_retire(struct req *);

/* people_consent_matrix.c: the consents of a group. What concerns a reader's own child, or somebody
 * a court keeps from them, is not in it. Staff of the group see what was said; who said it only who
 * keeps guardians. */
int people_group_consents(struct req *), people_group_ask(struct req *),
	people_group_remind(struct req *);
/* people_consent_letters.c: to who has not answered all, 25 at once and the others by a job. */
#define PEOPLE_JOB_CONSENTS "people.consents"
extern const struct letter_kind *const people_consent_letters[];
void people_consent_write(struct req *, int64_t group, bool remind);
enum job_end people_consent_job(struct job *, struct val *result);
/* people_consent_link.c */
int people_consent_sheet(struct req *), people_consent_answer(struct req *);
/* people_consent_demo.c */
void people_consent_demo_fill(struct db *, struct arena *, struct err *, int64_t now);
struct str people_given_how(const struct req *, struct str how); /* "on paper", for a page */

/* people_correction.c: what people ask to have corrected (core/correction.h), for PEOPLE_MANAGE */
int people_corrections(struct req *), people_correction_answer(struct req *);

/* people_words.c: one text in each language of the organisation, as the columns of a form. */
/* Sets `name` in `out`: { lang, label, body }. `typed` where the form comes back, else what is stored. */
void people_words_shown(struct req *, struct val *out, const char *name, const char *kind,
			int64_t owner, const char *field, const struct val *typed);
/* Stores column `field` of the form, whose languages are in the order of the organisation's. */
void people_words_keep(struct req *, const char *kind, int64_t owner, const char *field,
		       const struct val *bodies);
bool people_words_any(const struct val *bodies); /* one of them is not empty */
