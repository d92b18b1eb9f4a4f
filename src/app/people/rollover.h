#pragma once
/*
 * The next school year: which group becomes which is chosen on a page, what follows is a batch
 * (people_batch.h) that is seen, done and undone as one. Who leaves gets a code, printed once, with which
 * they later have an invitation sent to an address of their own (rollover_claim.c).
 */
#include "base/val.h"

struct db;
struct req;

#define CLAIM_PURPOSE "people.claim"
enum { CLAIM_DAYS = 730, CLAIM_USES = 5 };

/* The plan of a rollover that is looked at, as it would be now. */
struct val *rollover_plan_of(struct req *, const struct val *batch);
/* What it reads of the organisation. `at` is the instant when the new year begins. */
struct val *rollover_stands(struct db *, struct arena *, int64_t org, int64_t from, int64_t to,
			    int64_t at);

int rollover_page(struct req *), rollover_add(struct req *);
/* rollover_claim.c */
int rollover_codes(struct req *); /* POST /people/batches/:batch/codes */
int claim_page(struct req *), claim_ask(struct req *);
