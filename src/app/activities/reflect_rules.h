#pragma once
/*
 * The question asked afterwards, as pure functions and data: when it is asked, which questions are
 * offered, and which number of answers may be shown.
 *
 * Whoever leads an activity knows who was there, and reads with a name what was shared with them. So
 * the number of answers is that of the others, and it is shown by the rules of figures
 * (read_rules.h): neither those who answered for themselves alone nor those who did not may be few,
 * and as long as answers may still come it grows by full steps, so that one more answer between two
 * looks is not seen.
 */
#include "app/activities/plan_rules.h"

struct arena;

/* From when: after the end. The code of so many days, and the days of a code; ends with a NULL. */
extern const struct plan_word reflect_afters[];
int64_t reflect_days(struct str code);
struct str reflect_after(int64_t days);

/* Questions that are offered, in words of our own; the words that are stored are the organisation's. */
struct reflect_offer {
	const char *code, *en, *fr;
};
extern const struct reflect_offer reflect_offers[]; /* ends with a NULL code */
/* The words of an offer in a language; empty: it has none. */
struct str reflect_offered(struct str code, struct str lang);

struct reflect_count {
	int64_t answered;
	bool least;  /* at least so many */
	bool hidden; /* more than those who shared is not said */
};
/* `others` were there beside the reader; of these `answered`, and `shared` of those let the reader
 * read it. `over`: nobody can answer any more. */
struct reflect_count reflect_count(struct arena *, int64_t others, int64_t answered, int64_t shared,
				   int64_t fewest, bool over);
