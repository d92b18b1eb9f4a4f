#pragma once
/*
 * An invitation asks a person, by e-mail in their language, to join an organisation in a role. It
 * ends after 14 days, can be revoked, and is accepted once, by POST from the link; whoever accepts
 * chooses a password, or signs in and joins with the account they have.
 */
#include "base/str.h"

struct arena;
struct db;
struct val;

#define INVITE_DAYS 14

/* `invitation` is { org, email, name, lang, role, person (0: new) }. Returns the id; `*token` goes
 * into the letter. An open invitation of the same address there is replaced. */
int64_t invite_make(struct db *, struct arena *, const struct val *invitation, int64_t by,
		    int64_t now, struct str *token);
struct val *invites_list(struct db *, struct arena *, int64_t org, int64_t before, int limit,
			 int64_t now);
bool invite_revoke(struct db *, struct arena *, int64_t org, int64_t invitation, int64_t now);
/* { id, org, email, name, lang, role, person } of an open invitation, or the null value. */
struct val *invite_peek(struct db *, struct arena *, struct str token, int64_t now);
/* Spends the link; `person` 0 makes a person of `name` and `lang`. Returns the person, 0 if the
 * link no longer holds. */
int64_t invite_accept(struct db *, struct arena *, struct str token, int64_t person,
		      struct str name, struct str lang, int64_t now);
