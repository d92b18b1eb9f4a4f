#pragma once
/* `waypost export standard SLUG`: a standard as the data its page gives (export.h), to the standard
 * output, as CSV or JSON. Drafts are read too: whoever has the database may read it. */
struct command_call;

int export_standard_command(struct command_call *);
