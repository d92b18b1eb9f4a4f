#pragma once
/*
 * What an organisation asks consent for. The program comes with some purposes and words for them; an
 * organisation writes its own words, adds purposes and retires what it no longer asks. Words have
 * versions: a new one changes nothing about what was answered, each answer keeps the number of the
 * version it was given to (core/consent.h: words, words_rev). A version holds all languages.
 */
#include "db/db.h"

struct req;

/* In order: { code, name, name_lang, name_other, words, words_lang, words_other, version, own, rev,
 * retired } in the reader's language; `all`: also those that are retired. */
struct val *purposes_of(struct req *, bool all);
/* One of them by code, or the null value. */
struct val *purpose_named(const struct val *purposes, struct str code);

struct purpose_edit {
	int64_t org, by, now, rev; /* rev 0: it was not touched yet */
	struct str code;           /* empty: a new purpose */
};
/* Begins the next version of a purpose, or the first of a new one (code is set): the id of the
 * version, whose texts the caller writes. 0: changed since `rev`. */
int64_t purpose_version_add(struct db *, struct arena *, struct purpose_edit *);
bool purpose_retire(struct db *, struct arena *, const struct purpose_edit *, bool retired);
/* The id of the newest version the organisation wrote itself; 0: none. */
int64_t purpose_version_of(struct db *, struct arena *, int64_t org, struct str code);
/* { version, made_at, by_name } of the organisation's own, newest first. */
struct val *purpose_versions(struct db *, struct arena *, int64_t org, struct str code);
/* Who answered which: { id, person, name, given_by_name, answer, version, given_at, withdrawn_at },
 * newest first, without those of whom `reader` may see nothing here on that day; at most so many,
 * older than one (0: the newest). */
struct val *purpose_answers(struct db *, struct arena *, int64_t org, struct str code,
			    int64_t reader, struct str day, int64_t before, int64_t most);
