#pragma once
/*
 * Two people edit one thing: the second to save is shown what is stored now above what they typed
 * ({{>face/conflict}}), and saves again. A GET handler calls conflict_none(); a POST that finds the
 * row changed calls conflict_with() for each text and returns conflict_answer().
 */
#include "web/req.h"

void conflict_none(struct req *);
void conflict_with(struct req *, const char *label, struct str value); /* label: a msgid */
/* `rev` is the stored one: the form now edits that. Returns CONFLICT. */
int conflict_answer(struct req *, int64_t rev);
