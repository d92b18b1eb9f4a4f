#pragma once
/* The families of the demonstration's school. */
#include "db/db.h"

void people_guardian_demo_fill(struct db *, struct arena *, struct err *, int64_t now);
