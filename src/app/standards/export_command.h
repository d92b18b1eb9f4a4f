#pragma once
/* `waypost export standard SLUG`: a standard as the data its page gives (export.h), to the standard
 * output, as CSV or JSON. Drafts are read too: whoever has the database may read it. */
#include <stdint.h>

#include "base/str.h"

struct command_call;
struct val;

/* What the page /standards/SLUG gives as data, for somebody who may read everything; number 0: the
 * version that it shows. NULL: there is none. In the caller's transaction. */
struct val *export_model(struct command_call *, struct val *org, struct str slug, int64_t number);
int export_standard_command(struct command_call *);
