#include "db/expected.h"

#include "base/buf.h"
#include "db/migrate.h"

/* "column org.slug text NOT NULL": kind "column", table "org". */
static struct str table_of(struct str line, struct str *kind)
{
	struct str table;
	str_cut(&line, ' ', kind);
	str_cut(&line, '.', &table);
	return table;
}

static bool of_known_table(struct db *db, struct str line, struct str want)
{
	struct str kind, table = table_of(line, &kind);
	if (!str_is(kind, "column") && !str_is(kind, "constraint") && !str_is(kind, "trigger"))
		return false;
	struct str mark = str_fmt(db->scratch, "\ntable " STR_FMT "\n", STR_ARG(table));
	return str_find(want, mark) >= 0 || str_starts(want, str_from(mark, 1));
}

static void tell(struct db *db, const char *what, struct str line)
{
	err_set(db->err, ERR_FAILED, "the schema is not the program's: %s: %.150s", what,
		str_c(db->scratch, line));
}

void expected_compare(struct db *db, struct str have, struct str want)
{
	struct str all = want, mine = {0}, theirs = {0};
	bool more_mine = str_cut(&want, '\n', &mine), more_theirs = str_cut(&have, '\n', &theirs);
	while ((more_mine || more_theirs) && !db->err->kind) {
		int order = !more_theirs ? -1 : !more_mine ? 1 : str_cmp(mine, theirs);
		if (order < 0)
			tell(db, "missing or different", mine);
		else if (order > 0 && of_known_table(db, theirs, all))
			tell(db, "added or changed", theirs);
		if (order <= 0)
			more_mine = str_cut(&want, '\n', &mine);
		if (order >= 0)
			more_theirs = str_cut(&have, '\n', &theirs);
	}
}

struct str expected_script(struct db *db, int version)
{
	struct buf script = {.arena = db->scratch};
	if (db->engine->prelude)
		buf_fmt(&script, "%s;\n", db->engine->prelude);
	db_migration_texts(db, &script, version);
	buf_char(&script, 0);
	return str_sub(buf_str(&script), 0, script.n - 1);
}
