#pragma once
/*
 * Activities as dates of a calendar: the public calendar, the file of one activity, and feeds behind
 * secret addresses (core/link.h: purposes "feed.person", "feed.group", "feed.org"). A feed shows what
 * its owner may see now, not what they might when it was made.
 */
#include "web/req.h"

/* The bytes of a calendar of rows that hold the columns of q_calendar_*: also for letters. `inside`:
 * the reader may know the address online. */
struct str calendar_bytes(struct req *, struct val *rows, const char *method, bool inside);

/* Answers with one activity as plan_open() gave it. */
int calendar_one(struct req *, const struct val *activity);
int calendar_public(struct req *);
int calendar_feeds(struct req *);
int calendar_feed_make(struct req *);
int calendar_feed_revoke(struct req *);
int calendar_feed(struct req *);
/* Sets raw to these rows as a file. */
int calendar_answer(struct req *, struct val *rows, const char *file, bool inside);
