#pragma once
/* Databases on the server of WAYPOST_TEST_PG, for fixture.c. Names are made this run's own; what is
 * left at its end is dropped. */
#include <stdbool.h>
#include <stddef.h>

/* Makes it anew, as a copy of `from` if that is not NULL; its url goes to `url`. */
bool postgres_make(const char *name, const char *from, char *url, size_t size);
/* The database "test" as the database "template" is: the one of the test before, emptied, if its
 * schema is as it was. */
bool postgres_fresh(char *url, size_t size);
/* A second schema of "test" takes its rows as they are now, or gives back those that are others now,
 * which takes a tenth of the time of a copy of the database. */
bool postgres_keep(void);
bool postgres_back(void);
void postgres_drop(const char *name);
/* Statements outside any transaction, on the server's first database. */
bool postgres_run(const char *sql);
/* Made anew with an order of text that the program must refuse. */
bool postgres_make_icu(const char *name, char *url, size_t size);
/* Whether it takes new connections. */
bool postgres_allow(const char *name, bool connections);
