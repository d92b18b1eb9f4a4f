#pragma once
/*
 * Age bands: how an organisation divides learners by age, from the youngest, with names in its
 * languages (core/text.h, owner "age_band", field "name"). A person is in a band from a day on; on
 * the day it changes the next one begins, by itself. There are no birth dates.
 *
 * For each purpose the organisation says from which band on a learner decides alone; where it says
 * nothing, from the first adult band on. Before that day a guardian decides, from it on the learner
 * and nobody else: what a guardian answered no longer counts, yes or no (core/consent.h). The day
 * begins at midnight where the organisation is.
 *
 * Until when somebody is a minor (core/group.h) follows from the first adult band.
 */
#include "db/db.h"

#define BAND_FOREVER "9999-12-31" /* a minor, and nobody said until when */

/* { id, position, adult, rev, people, name, name_lang, name_other } from the youngest. */
struct val *bands_of(struct db *, struct arena *, int64_t org, struct str lang, struct str first);
struct age_band {
	int64_t org, id, rev, position;
	bool adult;
};
enum band_answer { BAND_DONE, BAND_STALE, BAND_TWICE /* another one has that place */ };
enum band_answer band_add(struct db *, struct arena *, struct age_band *); /* sets id */
enum band_answer band_change(struct db *, struct arena *, const struct age_band *);
/* False: somebody is in it, or it decides a purpose. */
bool band_remove(struct db *, struct arena *, int64_t org, int64_t id);

/* { purpose, band } for each purpose the organisation decided. */
struct val *band_purposes(struct db *, struct arena *, int64_t org);
void band_purpose_set(struct db *, struct arena *, int64_t org, struct str purpose, int64_t band);

struct band_place {
	int64_t org, person, band, rev; /* rev 0: there was none yet */
	struct str since, until;        /* until empty: not known */
	int64_t since_at, until_at;     /* their midnights where the organisation is */
};
bool band_place(struct db *, struct arena *, const struct band_place *); /* false: stale */
/* { band, since, since_at, until, until_at, rev } as it was entered, or the null value. */
struct val *band_of(struct db *, struct arena *, int64_t org, int64_t person);
/* { purpose, since, since_at }: since when, or from when on, the learner decides alone. */
struct val *band_alone(struct db *, struct arena *, int64_t org, int64_t person);

/* Pure. The id of the band on a day: the one that was entered, or the next one by position. */
int64_t band_on(const struct val *bands, const struct val *of, struct str day);
/* Pure. The row of `alone` for a purpose; the null value: never, as far as is known. */
const struct val *band_alone_for(const struct val *purposes, const struct val *alone,
				 struct str purpose);
