#pragma once
/* Whether a database has the schema that its migrations make. Each engine says what a schema is in
 * lines of text ("index texts_by_org CREATE INDEX …"), of the database as it is and of one just
 * made by the same migrations; this compares the two. */
#include "db/engine.h"

/* Lines sorted by their bytes. A line of `want` that is missing is an error; so is one more of a
 * table that the program knows ("column TABLE.…", "constraint TABLE.…", "trigger TABLE.…").
 * Indexes, tables and functions of somebody else's are left alone. */
void expected_compare(struct db *, struct str have, struct str want);
/* All migrations up to the version that the database has, as one script; made in db->scratch. */
struct str expected_script(struct db *, int version);
