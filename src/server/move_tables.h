#pragma once
/*
 * To whom every table of the schema belongs: what goes with an organisation that moves (`waypost
 * export`, `import`) and what is deleted with it (`waypost delete`). A test fails for a table of
 * the schema that is not in the list: whoever adds one decides here, in the place where the tables
 * it points at are already above it.
 */
#include <stdbool.h>

enum move_kind {
	MOVE_ROWS,   /* goes along, and is deleted with the organisation */
	MOVE_PEOPLE, /* the people it knows or whose names stand in its rows; deleted if nobody else
			has them */
	MOVE_PERSONS, /* rows of the people who belong to it; deleted with the person only */
	MOVE_STAYS,   /* does not go along; deleted with the organisation where it has one */
	MOVE_SERVER,  /* the server's own */
};

struct move_table {
	const char *name;
	enum move_kind kind;
	const char *where; /* which rows t are those of organisation :org; NULL: none */
	/* The standard a row is part of: one that other organisations refer to is kept whole. */
	const char *standard;
	const char *why; /* it does not go along */
};
extern const struct move_table move_tables[]; /* ends with a NULL name */

/* Columns that point at a row and have no foreign key: at `target`, or at the table that is named
 * in the column `target` begins with "=". */
struct move_pointer {
	const char *table, *column, *target;
};
extern const struct move_pointer move_pointers[]; /* ends with a NULL table */

/* Columns that go along as something else. */
struct move_value {
	const char *table, *column, *sql;
};
extern const struct move_value move_values[]; /* ends with a NULL table */

/* Nullable columns whose emptiness means something: a row that would lose one stays behind. */
struct move_needed {
	const char *table, *column;
};
extern const struct move_needed move_needed[]; /* ends with a NULL table */
