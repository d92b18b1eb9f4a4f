#pragma once
/*
 * Signing in and out, e-mailed links and invitations. Every way ends in account_begin(): the
 * session starts, waits for the second factor where the person has one, and the reader goes on to
 * where they wanted to be (the field `next`).
 */
#include "core/feature.h"
#include "core/signin.h"

extern const struct feature account_feature;

/* account_link.c */
extern const struct letter_kind account_link_letter;
int account_link_page(struct req *), account_link_ask(struct req *),
	account_link_sent(struct req *);
int account_link_open(struct req *), account_link_use(struct req *);
/* account_invitation.c */
int account_invitation_page(struct req *), account_invitation_accept(struct req *);

/* `account` is what was typed, folded (for the browser's cookie), or empty. */
int account_begin(struct req *, int64_t person, const char *means, struct str account);
/* One person begins at once; several are shown to choose from, on the route's own view. */
int account_choose(struct req *, const struct val *people, const char *means, struct str account);
void account_note(struct req *, const char *verb, int64_t person); /* an audit row */
/* Says beside `field` how long to wait. */
void account_wait(struct req *, const char *field, int64_t seconds);
