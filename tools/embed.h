#pragma once
/*
 * The only generator. `embed queries ROOT BUILD OUT.h OUT.c FILE.sql…` turns the named statements
 *of the .sql files into constants (struct query, db/db.h); `embed assets ROOT BUILD OUT.c FILE…`
 *embeds files as they are (base/asset.h). What is wrong with a source is said as FILE:LINE: and
 *stops the build. Names are paths from ROOT, or from BUILD for files that the build made.
 *
 * A .sql file is a row of blocks:
 *
 *	-- by_name                      in src/core/person.sql: q_person_by_name
 *	-- scan: why                    a full scan is meant (else the tests refuse it)
 *	-- all orgs: why                the query does not bind :org, and that is meant
 *	SELECT id, name FROM person WHERE org = :org AND name = :name;
 *
 * Where the engines truly differ, two blocks of one name: `-- find sqlite` and `-- find postgres`.
 * What several statements of a file say alike is a part, said once above them:
 *
 *	-- part open_here               the conditions, or the columns
 *	-- use open_here                a line of a statement: they stand here
 */
#include "sql_text.h"

_Noreturn void stop(const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
struct piece file_bytes(const char *path); /* mapped for the rest of the run */
/* The path that names a file in the program: from `root`, or from `build`. */
const char *file_name(const char *path, const char *root, const char *build);

void embed_queries(const char *root, const char *build, char **args, int count);
void embed_assets(const char *root, const char *build, char **args, int count);
