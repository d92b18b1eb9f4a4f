#pragma once
/*
 * Bringing a database to the program's schema. One that has rows is backed up first
 * (server/copies.h, without files: migrations do not touch them), into --backup-dir, or beside the
 * database; if that fails nothing is migrated, unless --no-backup is set.
 */
#include "core/feature.h"

/* From schema `has` to the program's. `backup`: the path of the backup made, or empty. An
 * exit_code; what is wrong is said on stderr or in call->err. */
int upgrade(struct command_call *, int has, struct str *backup);
