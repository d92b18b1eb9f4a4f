#pragma once
/*
 * The people of an organisation for those who keep the list: find, add, correct, print a card,
 * invite; give roles and say what a role allows.
 *
 * Three rules stand above the rights (people_may.c): nobody acts on themself here (there is /me);
 * nobody acts on the names or the access of a person whom another organisation knows too; nobody
 * gives a role, a card or an invitation that reaches further than their own rights.
 */
#include "core/feature.h"
#include "core/right.h"

extern const struct feature people_feature;

int64_t people_org(const struct req *);
struct rights people_mine(const struct req *);
/* The person of the address; the null value if this organisation does not know them, or a court lets
 * nothing about them come to the reader (core/guardian.h). */
struct val *people_person(struct req *);
/* With the formal and the former names too, which are for who writes to the person and for who keeps
 * the names: the page that shows a person, and the form that changes them. */
struct val *people_person_whole(struct req *);
/* Their ways to sign in as this organisation may see them (signins_seen()), with `way` in words. */
struct val *people_signins(struct req *, int64_t person);
/* Enters contacts of them, and removes what the organisation entered. */
bool people_may_reach(struct req *, int64_t person);
bool people_may_change(struct req *, int64_t person);
bool people_may_let_in(struct req *, int64_t person); /* cards and invitations */
void people_note(struct req *, const char *verb, int64_t person, const char *object_kind,
		 int64_t object);
/* A list for {{>face/select}}: the roles the reader may give, `chosen` selected, and first of
 * all none, called `none` (a msgid). */
struct val *people_role_choices(struct req *, int64_t chosen, const char *none);
bool people_may_promise(struct req *, int64_t role); /* in an invitation */

/* people_list.c, people_contact.c */
int people_index(struct req *);
/* out.contacts with may_remove, out.may_reach. */
void people_contacts_show(struct req *, int64_t person);
int people_contact_page(struct req *), people_contact_add(struct req *),
	people_contact_remove(struct req *);
/* people_role.c */
int people_role_give(struct req *), people_role_take(struct req *);
int people_roles(struct req *), people_role_new(struct req *), people_role_add(struct req *);
int people_role_page(struct req *), people_role_save(struct req *);
/* people_invite.c */
extern const struct letter_kind people_invitation_letter;
int people_invitations(struct req *), people_invite(struct req *),
	people_invitation_revoke(struct req *);
/* people_card.c */
int people_card_page(struct req *), people_card(struct req *), people_second_remove(struct req *);
