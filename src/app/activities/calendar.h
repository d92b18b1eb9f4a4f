#pragma once
/*
 * Activities as dates of a calendar: the public calendar, the file of one activity, and feeds behind
 * secret addresses (core/link.h: purposes "feed.person", "feed.group", "feed.org"). A feed shows what
 * its owner may see now, not what they might when it was made.
 */
#include "web/req.h"

/* What a date shows of these activities (rows with {id}, or with `name` for it), in order of time. */
struct val *calendar_rows(struct db *, struct arena *, int64_t org, const struct val *of,
			  const char *name);
/* The same of one, or null. */
struct val *calendar_row(struct db *, struct arena *, int64_t org, int64_t activity);
/* The bytes of a calendar of such rows: also for letters. `inside`:
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
