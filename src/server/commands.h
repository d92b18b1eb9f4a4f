#pragma once
/* The program's own commands, each table ending with a NULL name; features add theirs. */
#include "core/feature.h"
#include "core/sealed.h"

extern const struct command server_commands[]; /* serve, migrate, check */
extern const struct command people_commands[]; /* org …, user … */
extern const struct command move_commands[];   /* export, import, delete --org */
extern const struct command copy_commands[];   /* backup, restore, key */
extern const struct command demo_commands[];   /* demo */

/* ---- what several of them do ---- */

/* Says "waypost: what: why" on standard error. Returns EXIT_REFUSED. */
int command_refuse(const char *what, const char *why);
/* The first word that belongs to no option, or "". */
const char *command_word(const struct command_call *);
/* The key in the file `path`: read into *room, and *key points there; NULL if path is empty.
 * EXIT_OK, or EXIT_REFUSED and why on standard error. */
int command_key(struct command_call *, struct str path, struct seal_key *room,
		const struct seal_key **key);
