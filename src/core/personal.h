#pragma once
/*
 * What is kept of a person, kind by kind: the one list behind the file that a person takes away
 * (app/me). Core has its own rows; a feature adds those of its tables (core/feature.h). A column of
 * the schema that points at a person and is in no row, nor left out with a reason, fails a test
 * (src/server/personal_test.c).
 *
 * `take` gets :people (the ids of all accounts of the person, core/text.h's text_ids()) and :lang,
 * and gives all rows, oldest first. Its columns are published as they are named: never what is
 * another person's, never a secret. A column that ends in _at is an instant. Each has a title in
 * personal_column().
 */
#include "core/erasure.h"

struct arena;
struct query;
struct val;

struct personal {
	const char *name;   /* "consents": what the archive calls it */
	const char *title;  /* a msgid */
	const char *covers; /* "consent.person consent.given_by": columns of the schema */
	const struct query *take;
	/* How it ends when the person asks an organisation to be erased (core/erasure.h). `kept`
	 * gets :org and :people and gives {n, newest_at, newest_day}: how many entries, and an
	 * instant or a day of the newest. `gone` gets :by too. NULL: it is the account's, and goes
	 * with it. */
	enum erasure_end end;
	const struct query *kept, *gone;
};
extern const struct personal personal_core[]; /* ends with a NULL name */

/* The row of that name; NULL: none, or one of a newer program. */
const struct personal *personal_named(const struct personal *kinds, struct str name);
const char *personal_column(struct str column); /* a msgid; NULL: none */
