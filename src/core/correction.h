#pragma once
/*
 * A person asks an organisation to correct what it keeps of them, in their own words. The request
 * lies before one person with a name, somebody who keeps the list of people, among what waits for
 * them; anybody with that right may answer. The answer is words too: what was corrected, or why not.
 * One request of a person is open at a time in an organisation.
 */
#include "db/db.h"

struct correction {
	int64_t org, person, to, now; /* to: before whom it lies; 0: nobody */
	struct str words;
};
/* 0: one is open, or the organisation does not know the person. */
int64_t correction_ask(struct db *, struct arena *, const struct correction *);
/* False: answered before. */
bool correction_answer(struct db *, struct arena *, int64_t org, int64_t id, int64_t by,
		       struct str answer, int64_t now);
/* { id, person, name, words, to_name, asked_at, answer, answered_at, answered_by_name }, open ones
 * first, then the newest. */
struct val *correction_list(struct db *, struct arena *, int64_t org);
struct val *correction_row(struct db *, struct arena *, int64_t org, int64_t id); /* or null */
/* What a person asked, in every organisation: the same and org_name. */
struct val *corrections_of(struct db *, struct arena *, int64_t person, struct str lang);
