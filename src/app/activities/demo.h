#pragma once
/* What Lakeside School of the demonstration plans, held and cancelled; nothing here is anybody's. */
#include "db/db.h"

void activities_demo_fill(struct db *, struct arena *, struct err *, int64_t now);

/* And whom it asks: a family, a waiting list, an elder on the telephone. */
void ask_demo_fill(struct db *, struct arena *, struct err *, int64_t now);

/* And who was at what was held. */
void read_demo_fill(struct db *, struct arena *, struct err *, int64_t now);
