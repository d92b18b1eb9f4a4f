#pragma once
/* Affiliations of the demonstration's organisations: one that holds, one that waits for the other
 * side, one that waits here. */
#include <stdint.h>

struct arena;
struct db;
struct err;

void org_demo_fill(struct db *, struct arena *, struct err *, int64_t now);
