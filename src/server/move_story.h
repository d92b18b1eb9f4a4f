#pragma once
/* For the tests of moving: the demonstration's organisation "boreal" with a row of nearly every kind
 * besides, "birch" with nearly none, a folder of a moment, and the commands as a person gives them. */
#include "program.h"
#include "scenario.h"

bool move_begin(struct world *, struct db *, struct err *);
void move_end(struct world *);
const char *move_path(const char *name); /* in the folder */
/* "TABLE (columns) VALUES (…)" inside a write transaction: $a and $b are the organisations, $1 and
 * $2 two people of the first, $TABLE the first row of hers in a table. */
void move_run(struct db *, const char *text);

/* {entry: bytes} of an archive's rows and files; the counts of summary.json as `counts`. */
struct val *move_contents(const char *path);
bool move_same(const struct val *x, const struct val *y);
/* The commands; an exit code. `as` may be NULL. */
int move_out(struct str *said, const char *db, const char *slug, const char *to);
int move_in_by(struct str *said, const char *db, const char *from, const char *as);
