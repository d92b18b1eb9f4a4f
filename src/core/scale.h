#pragma once
/*
 * Synthetic data of any size for trying and measuring a server: plausible, in English and French,
 * from the small vocabulary of scale.json. The same seed on the same day makes the same rows.
 *
 * `waypost demo --scale N` (server/demo_scale.c) makes one organisation and asks each feature's
 * demo_scale for its part. What is made lives in batches: scale_next() commits what was written and
 * forgets the arena, so that memory does not grow with N; ids and seeds are kept, rows are not.
 */
#include "db/db.h"

struct scale {
	struct db *db;
	struct arena *arena; /* of the batch */
	struct err *err;
	int64_t now;   /* the last midnight: everything is dated back from it */
	int64_t texts; /* N: how many texts shall be found by search */
	int64_t org;
	uint64_t state; /* of the random numbers */
	struct val *words;
};

/* Inside a batch, and after scale_begin(). `seed` 0 is a seed too. */
void scale_begin(struct scale *, struct arena *own, uint64_t seed);
bool scale_next(struct scale *); /* false: the err is set, stop */

uint64_t scale_below(struct scale *, uint64_t n); /* 0 to n - 1 */
struct str scale_uuid(struct scale *);

struct said {
	struct str en, fr;
};
struct said scale_pick(struct scale *, const char *list);
struct said scale_sentence(struct scale *); /* 6 to 25 words; some name a place few others name */
struct said scale_text(struct scale *);     /* one to three of them */
struct str scale_place(struct scale *);     /* of about 5,000 names that nobody has heard of */
struct str scale_name(struct scale *);      /* a person's: one word now and then */
