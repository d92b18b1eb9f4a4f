#pragma once
/*
 * A package into the database, however large: in transactions of some twenty milliseconds, into a
 * version that nobody sees before it is whole (store_fill.h). What was stopped is taken away again;
 * what was cut off is taken up where it was by the next import of the same package.
 *
 * The same CFDocument identifier again is the same standard: an identical package changes nothing,
 * another one becomes its next draft, in which items are known by their identifiers. A package that
 * isTranslationOf one that is here lays its words onto the same items; they are added one by one,
 * in a language that is not published yet.
 */
#include "app/standards/case/package.h"
#include "db/db.h"

struct case_saving {
	struct db *db;
	struct err *err;
	int64_t org, me, now;    /* me 0: the program */
	const struct val *langs; /* the organisation's languages, its first one first */
	const struct case_package *package;
	bool publish;     /* a new version is shown as a published one at once */
	struct str title; /* instead of the package's; may be empty */
	/* Between two transactions: false stops. May be NULL. `words` is a msgid. */
	bool (*go_on)(void *context, int64_t done, int64_t total, const char *words);
	void *context;
};

enum case_end {
	CASE_SAVED,   /* a standard, or its next draft */
	CASE_LAID,    /* the words of another language */
	CASE_SAME,    /* it is here already: nothing changed */
	CASE_REFUSED, /* `reason` says why */
	CASE_STOPPED,
	CASE_FAILED, /* err says why */
};

struct case_saved {
	enum case_end end;
	const char *reason; /* a msgid */
	int64_t standard, version;
	bool again; /* the standard was here before */
	int32_t laid,
		left; /* of a translation: items with words now, and those that translate none */
};

/* Allocates from `arena` what must last; the database's rows go elsewhere. */
struct case_saved case_save(struct arena *arena, const struct case_saving *);
