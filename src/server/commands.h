#pragma once
/* The program's own commands, each table ending with a NULL name; features add theirs. */
#include "core/feature.h"

extern const struct command server_commands[]; /* serve, migrate, check */
extern const struct command people_commands[]; /* org …, user … */
extern const struct command move_commands[];   /* export, import, delete --org */
extern const struct command copy_commands[];   /* backup, restore, key */
extern const struct command demo_commands[];   /* demo */
