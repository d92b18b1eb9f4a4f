#pragma once
/*
 * The journal of erasures: a text file beside the database and not in it, so that a backup which is
 * restored does not bring back for good what a person had erased. One line for each request that
 * was answered, five numbers between tabs: when it was answered, the organisation and when it was
 * made, the person and when they were added, and who answered (0: nobody). No names.
 */
#include "db/db.h"

struct personal;

/* Brings the file and the database to say the same: what only the database has is written to the
 * file and synced; what only the file has is carried out again (core/erasure.h), if organisation
 * and person are those that it means. By the clock, when it begins and every few seconds; opens its own
 * transactions. Returns how many were carried out again; -1 with *problem where the file could not
 * be read or written. */
int erased_keep(struct db *, struct arena *, struct err *, const char *path,
		const struct personal *kinds, int64_t now, struct str *problem);
