#pragma once
/* The organisation's settings for its administrators, its affiliations, the texts of its letters,
 * the terms that people are asked to agree to, and the record of who did what. Short name, host and base address are shown and
 * not changed here: letters of everybody lead to them, so they are set by whoever runs the server.
 */
#include "core/feature.h"

extern const struct feature org_feature;

/* org_command.c */
extern const struct command org_commands[];
int org_set_run(struct command_call *);

void org_note(struct req *, const char *verb);
/* org_affiliations.c */
/* To those who may answer; to those who may read what was answered. */
extern const struct letter_kind org_affiliation_letter, org_affiliation_confirmed_letter,
	org_affiliation_declined_letter;
int org_affiliations(struct req *), org_affiliation_propose(struct req *);
int org_affiliation_page(struct req *), org_affiliation_answer(struct req *);
int org_affiliation_withdraw(struct req *), org_affiliation_end(struct req *);
/* org_letters.c */
int org_letters(struct req *), org_letter_page(struct req *), org_letter_version(struct req *);
int org_letter_save(struct req *), org_letter_drop(struct req *);
/* org_record.c */
int org_record(struct req *);
/* org_terms.c */
int org_terms(struct req *), org_term(struct req *);
int org_terms_page(struct req *), org_terms_publish(struct req *);
