#pragma once
/*
 * What a person sees and changes of their own: names and contacts, roles in every organisation,
 * sessions, ways to sign in, the second factor, what they agreed to, what was recorded about them.
 * Nothing here takes a person from the address: it is always the reader.
 *
 * What gives power over the account (password, second factor, ways to sign in) needs a proof of
 * identity not older than a quarter of an hour: me_unproven() leads to /me/prove and back.
 */
#include "core/feature.h"
#include "core/signin.h"

extern const struct feature me_feature;

int64_t me_id(const struct req *);
void me_note(struct req *, const char *verb); /* an audit row about oneself */
bool me_unproven(struct req *);
int me_prove_first(struct req *, const char *back);

/* me_access.c */
int me_sessions(struct req *), me_session_end(struct req *), me_sessions_end(struct req *);
int me_access(struct req *), me_password_page(struct req *), me_password(struct req *);
int me_signin_remove(struct req *), me_link_revoke(struct req *);
int me_prove_page(struct req *), me_prove(struct req *);
/* me_confirm.c */
extern const struct letter_kind me_confirm_letter;
int me_confirm_ask(struct req *), me_confirm_page(struct req *), me_confirm(struct req *);
/* me_second.c */
int me_second_page(struct req *), me_second_begin(struct req *), me_second_confirm(struct req *);
int me_second_codes(struct req *), me_second_remove(struct req *);
/* me_record.c */
int me_agreements(struct req *), me_agree(struct req *), me_withdraw(struct req *);
int me_record(struct req *);
/* me_consents.c */
int me_consents(struct req *), me_consents_answer(struct req *);
/* me_grants.c */
int me_grants(struct req *), me_grant_give(struct req *), me_grant_end(struct req *);
/* me_correct.c */
int me_correct_page(struct req *), me_correct(struct req *);
/* me_lists.c: sets out.tasks and out.dates */
void me_lists(struct req *);
/* me_file.c */
int me_file_page(struct req *), me_file(struct req *);
/* me_acting.c */
int me_acting_page(struct req *), me_acting(struct req *);
/* me_erase.c */
int me_erase_page(struct req *), me_erase(struct req *), me_erase_withdraw(struct req *);
