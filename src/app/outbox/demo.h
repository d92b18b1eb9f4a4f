#pragma once
/* Letters of the demonstration: one to each person of every organisation, of which some were sent
 * and one came back, so that the page of letters can be looked at before anything was written. */
#include <stdint.h>

struct arena;
struct db;
struct err;
struct scale;

void outbox_demo_fill(struct db *, struct arena *, struct err *, int64_t now);
void outbox_demo_scale(struct scale *); /* core/scale.h */
