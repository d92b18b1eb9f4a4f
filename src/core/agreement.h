#pragma once
/* What an organisation asks people to agree to (terms of use, code of conduct: Markdown, by version
 * and language), and who agreed to which version in which language, until when. */
#include "base/str.h"

struct arena;
struct db;
struct val;

/* `version` 0 publishes the next one of `kind`; else a further language of that version. 0: there
 * is no such version, or it has that language. */
int64_t terms_publish(struct db *, struct arena *, int64_t org, const char *kind, int64_t version,
		      struct str lang, struct str title, struct str body, int64_t now);
/* The newest version of each kind, in `lang` or else the language it has:
 * { id, kind, version, lang, title, body, published_at } */
struct val *terms_current(struct db *, struct arena *, int64_t org, struct str lang);
/* Every text ever published, newest first, with how many have agreed to it: `agreed`. */
struct val *terms_all(struct db *, struct arena *, int64_t org);
struct val *terms_by_id(struct db *, struct arena *, int64_t org, int64_t id);
/* Those of terms_current() that this person has not agreed to in their newest version. */
struct val *terms_open(struct db *, struct arena *, int64_t org, int64_t person, struct str lang);
/* 0 if they have agreed already, or the terms are not this organisation's. */
int64_t agree(struct db *, struct arena *, int64_t org, int64_t person, int64_t terms, int64_t now);
bool agreement_withdraw(struct db *, struct arena *, int64_t person, int64_t id, int64_t now);
struct val *agreements_of(struct db *, struct arena *, int64_t person, struct str lang);
