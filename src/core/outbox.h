#pragma once
/*
 * The queue of letters. Each turn takes a few due letters of every organisation in turn, so that a
 * newsletter to thousands does not keep another organisation's sign-in link waiting. A letter is
 * claimed with a lease, sent outside any transaction, and settled: sent, tried again later, or
 * dead. A process that dies between sending and settling sends it again with the same Message-ID.
 */
#include "core/mail.h"

/* One turn of the clock job: sends what is due, at most `limit` letters. Returns how many it tried.
 */
int outbox_turn(struct db *, struct arena *, struct err *, const struct mail_server *, int64_t now,
		int limit);

/* For the page, inside the caller's transaction. `state` NULL: all. Newest first, before an id. */
struct val *outbox_list(struct db *, struct arena *, int64_t org, const char *state, int64_t before,
			int limit);
struct val *outbox_counts(struct db *, struct arena *,
			  int64_t org); /* {queued, sent, dead, cancelled} */
struct val *outbox_letter(struct db *, struct arena *, int64_t org,
			  int64_t id); /* all of it, or null */
bool outbox_again(struct db *, struct arena *, int64_t org, int64_t id,
		  int64_t now); /* dead: queued */
bool outbox_cancel(struct db *, struct arena *, int64_t org, int64_t id,
		   int64_t now); /* queued only */

/* Pure: seconds until the next try after `tries`; -1: give up. About two days in all. */
int64_t outbox_delay(int64_t tries);
