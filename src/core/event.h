#pragma once
/*
 * Reactions: how features learn of each other without knowing each other. A feature says that
 * something happened in the transaction in which it happened; others list the kinds they consume.
 * Each delivery runs in its own transaction together with the row that says it was done, so a
 * reaction happens exactly once or, if it fails, is tried again later, alone.
 */
#include "db/db.h"

struct event {
	int64_t org;
	const char *kind;        /* "standards.published": feature, dot, what happened */
	const char *object_kind; /* the thing's table, and its id */
	int64_t object;
	const struct val *data; /* object, small; NULL for none */
	int64_t at;
};
void event_say(struct db *, struct arena *, const struct event *);

struct reaction {
	const char *consumer; /* unique name of this row, kept for ever: "workshops.drafts" */
	const char *kind;
	/* `event`: {id, org, kind, object_kind, object, data, at}. Writes under the organisation's
	 * lock. */
	void (*react)(struct db *, struct arena *, const struct val *event);
};

/* Delivers what is due, at most `limit` events, oldest first; called by the clock job outside any
 * transaction. `reactions` ends with a NULL consumer. Returns how many events were finished. A
 * reaction that fails is tried again after 1, 2, 4 … minutes, at most an hour apart; the others go
 * on. */
int events_deliver(struct db *, struct arena *, struct err *, const struct reaction *reactions,
		   int64_t now, int limit);
/* Deletes finished events older than `before`, in a transaction of its own. */
int64_t events_sweep(struct db *, struct arena *, int64_t before);

int64_t event_delay(int64_t tries); /* pure: seconds to wait after so many failures */
