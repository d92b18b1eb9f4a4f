#pragma once
/* A CASE package sent by the page: read, shown, and saved by a job. The package is read anew each
 * time, in memory of its own: a large one would not fit into a request's. */
#include "web/req.h"

/* Asks for the job that saves it and leads to its page. */
int case_keep(struct req *, const struct val *import);
