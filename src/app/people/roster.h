#pragma once
/*
 * A roster that comes as a file: sent, read apart (roster_read.h), its columns given a meaning
 * (roster_rules.h), compared with what stands (people_plan_rules.h) and shown; what is then done is a
 * batch (people_batch.h). What a person said of the columns is remembered for the next file with the
 * same ones.
 */
#include "base/val.h"

struct req;

/* The plan of a roster that is looked at, as it would be now; and what was read, in `*read`. */
struct val *roster_plan_of(struct req *, const struct val *batch, struct val **read,
			   struct val **settings);
/* Facts about the files for a page: { files: [{name, encoding, separator, rows, bom}], date_order,
 * date_example, one }. */
void roster_facts(struct req *, const struct val *read, const struct val *settings);
/* The roles of the organisation with every name a file may give them, and whether this reader may. */
struct val *roster_roles(struct req *);

int roster_send(struct req *);    /* POST /people/batches */
int roster_columns(struct req *); /* GET /people/batches/:batch/columns */
int roster_settle(struct req *);  /* POST */
