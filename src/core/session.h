#pragma once
/*
 * A session is a cookie's token, random and with its person's number behind it, stored hashed. On a shared computer it ends after 20
 * minutes without use and 8 hours in all; else after 14 and 60 days. While `waiting` for the second
 * factor nobody is signed in: session_find() does not see it.
 *
 * The model is req->me: { id (the person), name, lang, session, shared, second (the second factor
 * was shown in this session), proved_at, due (seen long enough ago to be written: call
 * session_touch() in a short transaction of its own, after the answer), held (the roles that the person
 * has at the organisation asked about, as core/acting.h reads them) }.
 */
#include "base/str.h"

struct arena;
struct db;
struct val;

#define SESSION_COOKIE "waypost_session"
#define SESSION_MISSES 5         /* wrong codes, then the first factor again */
#define SESSION_FRESH  (15 * 60) /* how long a proof of identity stands for a sensitive change */

struct session_rules {
	int64_t idle, whole, touch; /* seconds */
};
struct session_rules session_rules(bool shared);
struct str session_network(struct arena *,
			   struct str address); /* "203.0.113.0/24", "2001:db8:1::/48" */
struct str session_agent(struct arena *, struct str user_agent); /* "Firefox on Windows" */

/* Who asks, and what they hold at `org` (0: nowhere), in one query. The null value if there is no such
 * session or it has ended. */
struct val *session_find(struct db *, struct arena *, struct str token, int64_t org, int64_t now);
/* Only those that wait for the second factor: { id, session, shared, means }. */
struct val *session_find_waiting(struct db *, struct arena *, struct str token, int64_t now);
/* Whose session a token is, or was: it says so itself, however long ago and by whomever it was ended.
 * 0: it does not. Nobody may do anything by this: it is the browser's word. */
int64_t session_was_of(struct str token);
void session_touch(struct db *, struct arena *, int64_t session, bool shared, int64_t now);

struct session_start {
	int64_t person, now;
	const char *means; /* "password", "card", "link", "invitation", "demo" */
	bool shared;
	bool waiting; /* the person has a second factor: session_pass() comes first */
	bool second;  /* shown already (a demo session) */
	struct str network, agent;
};
/* Returns the token for the cookie. A new one at every sign-in: nothing is fixed beforehand. */
struct str session_start(struct db *, struct arena *, const struct session_start *);

/* The second factor was right: a new token replaces the old one of the person's session. */
struct str session_pass(struct db *, struct arena *, int64_t person, int64_t session, bool shared,
			int64_t now);
/* Counts a wrong code; false when that was the last allowed and the session is gone. */
bool session_miss(struct db *, struct arena *, int64_t session, int64_t person);
void session_prove(struct db *, struct arena *, int64_t session, int64_t now);
/* No session of the person has shown the second factor any more. */
void session_forget_second(struct db *, struct arena *, int64_t person);
bool session_is_fresh(const struct val *me, int64_t now);
/* Time to write down that it was seen; also where the clock was ahead then, so that what it lasts is
 * counted from now. */
bool session_is_due(int64_t seen_at, bool shared, int64_t now);

struct val *sessions_of(struct db *, struct arena *, int64_t person, int64_t now);
bool session_end(struct db *, struct arena *, int64_t person, int64_t session);
/* Every one of the person's but `keep` (0: all). Returns how many. */
int64_t sessions_end_others(struct db *, struct arena *, int64_t person, int64_t keep);
int64_t sessions_sweep(struct db *, struct arena *, int64_t now); /* removes ended ones: a job */
