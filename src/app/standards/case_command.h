#pragma once
/* A CASE package on its way in: `waypost import standard` hands packages on to here, and the page
 * asks for the job. */
#include "core/job.h"

struct command_call;

enum { CASE_MOST_BYTES = 512 << 20 }; /* of a file that is imported by command */

/* Reads, says and saves it, with progress; an exit code. `org` is 0 for a dry run. */
int case_import_command(struct command_call *, struct str file_name, struct str bytes, int64_t org);

extern const struct job_kind standards_jobs[]; /* "standards.import" {import, title} */
