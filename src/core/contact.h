#pragma once
/* How a person can be reached: e-mail, telephone, post, web, other. Nothing is unique or required:
 * a family may share an address. An address a letter has come back from by link is confirmed.
 *
 * What an organisation entered is its own and no other one's, also where both know the person; what a
 * person says of themself serves all that know them. `org` is who asks: 0 for the person, of all. */
#include "base/str.h"

struct arena;
struct db;
struct req;
struct val;

/* The form in which two writings of one address are equal; empty if it cannot be one. Pure. */
struct str contact_fold(struct arena *, struct str kind, struct str value);

/* `contact` is { person, kind, value, label, preferred }, and org where an organisation keeps it.
 * 0: it cannot be one of that kind. */
int64_t contact_add(struct db *, struct arena *, const struct val *contact, int64_t now);
bool contact_has(struct db *, struct arena *, int64_t org, int64_t person, struct str kind,
		 struct str value);
bool contact_remove(struct db *, struct arena *, int64_t org, int64_t person, int64_t contact);
bool contact_prefer(struct db *, struct arena *, int64_t org, int64_t person, int64_t contact);
void contact_confirm(struct db *, struct arena *, int64_t person, struct str email, int64_t now);
/* { id, kind, value, label, preferred, confirmed_at, own: of the person, not of an organisation },
 * preferred first. */
struct val *contacts_of(struct db *, struct arena *, int64_t org, int64_t person);
extern const char *const contact_kinds[]; /* ends with NULL */
/* out.kinds, for {{>face/select}}: all of them, the one of in.kind selected. */
void contact_kind_choices(struct req *);
/* Where to write to a person: the preferred, else the first confirmed, else the first address. */
struct str contact_email(struct db *, struct arena *, int64_t org, int64_t person);
