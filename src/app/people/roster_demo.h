#pragma once
/* Rosters of the demonstration's school. */
#include "db/db.h"

void roster_demo_fill(struct db *, struct arena *, struct err *, int64_t now);
