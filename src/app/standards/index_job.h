#pragma once
/*
 * The search index follows a large version that was published: a job, asked for by the transaction
 * that publishes (store_index_soon()). It works in short transactions and may be started again from
 * the beginning: what is there already is put there once more.
 */
#include "core/job.h"

struct command_call;

enum job_end index_job(struct job *, struct val *result); /* input {version} */
/* By a command that has just published: what no server's clock has begun. */
void index_now(struct command_call *);
