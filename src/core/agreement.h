#pragma once
/* What an organisation asks people to agree to (terms of use, code of conduct: Markdown, by version
 * and language), and who agreed to which version in which language, until when. */
#include "base/str.h"

struct arena;
struct db;
struct val;

/* Publishes the next version of `kind` in one language, or a further language of the version in
 * force when `version` is given. Returns the row's id. */
int64_t terms_publish(struct db *, struct arena *, int64_t org, const char *kind, int64_t version,
		      struct str lang, struct str title, struct str body, int64_t now);
/* The newest version of each kind, in `lang` or else the language it has. */
struct val *terms_current(struct db *, struct arena *, int64_t org, struct str lang);
struct val *terms_by_id(struct db *, struct arena *, int64_t org, int64_t terms);
/* Those of terms_current() that this person has not agreed to in their newest version. */
struct val *terms_open(struct db *, struct arena *, int64_t org, int64_t person, struct str lang);
void agree(struct db *, struct arena *, int64_t org, int64_t person, int64_t terms, int64_t now);
bool agreement_withdraw(struct db *, struct arena *, int64_t person, int64_t agreement,
			int64_t now);
struct val *agreements_of(struct db *, struct arena *, int64_t person);
