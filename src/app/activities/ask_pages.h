#pragma once
/*
 * The pages of asking. Staff: whom to ask, who answered what, answers taken by telephone or in
 * person (ask_pages.c), printed notices with their codes (ask_notice.c). The people asked: behind the
 * link of a letter (ask_link.c) or the code of a notice, without an account.
 *
 * A telephone number that somebody leaves to be called at is shown to the activity's responsible
 * person only; while there is none, to whoever asked.
 */
#include "app/activities/ask.h"
#include "web/req.h"

/* Sets in `ask` and out what a page with the form of an answer shows. */
void ask_show(struct req *, struct val *ask);
/* The link in.key and the asking behind it, for_other where it is a child's; the page speaks their
 * language. Null: it is no link of an invitation here, or no longer. */
struct val *ask_behind(struct req *, struct val **link);
/* The groups that are invited and that the reader may ask: those they are responsible for, or all
 * where they see all by name (read.h). */
struct val *ask_groups(struct req *);
/* NAME: the numbers from..most as choices. */
void ask_numbers(struct req *, const char *name, int64_t from, int64_t most, int64_t chosen);
/* Reads the form of an answer; and records it with the letters that follow. False: errors say why. */
bool ask_read(struct req *, const struct val *ask, struct ask_answer *to);
bool ask_take(struct req *, const struct val *ask, const struct ask_answer *);

int ask_answer_page(struct req *);
int ask_answer_put(struct req *);
/* ask_mine.c: from the list of what waits for me */
int ask_mine_page(struct req *);
int ask_mine_go(struct req *);
int ask_stop_page(struct req *);
int ask_stop_put(struct req *);

int ask_list(struct req *);
int ask_form(struct req *);
int ask_group_put(struct req *);
int ask_people_put(struct req *);
int ask_person_put(struct req *);
int ask_one_page(struct req *);
int ask_one_put(struct req *);
int ask_withdraw(struct req *);
int ask_remind(struct req *);

int ask_notices(struct req *);
int ask_notices_print(struct req *);
int ask_code_page(struct req *);
int ask_code_put(struct req *);
