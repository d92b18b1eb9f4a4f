#pragma once
/*
 * A job is work too long for a request: a row with an owner, its progress and a stop flag. A runner
 * claims it with a lease and runs it outside any transaction; the job itself writes in short
 * transactions that can be resumed, because a runner may die between two of them. When the lease
 * ends without a heartbeat another runner takes the job over and starts it again with the same
 * input.
 *
 * The functions below open and commit their own short transactions unless they say otherwise.
 */
#include "db/db.h"

struct apart;
struct file_store;

struct job {
	struct db *db;
	struct arena *arena; /* reset by the runner after the job */
	struct err *err;
	const struct file_store *files; /* core/file.h */
	const struct apart *apart;      /* who reads strangers' files (core/apart.h) */
	int64_t id, org, owner;         /* org 0: the server's own; owner 0: the program's */
	const struct val *input;        /* object as given to job_ask() */
	int64_t tries;                  /* 1 the first time */
	struct str holder;              /* the runner's name, of this lease */
	int64_t (*now)(void);           /* the runner's clock */
	int64_t lease;                  /* seconds */
	int64_t told_at;                /* last sign of life */
	bool lost; /* the lease went to another runner, or the owner said stop */
};

enum job_end {
	JOB_DONE,    /* job_result() says what came of it */
	JOB_REFUSED, /* a person's mistake: the result says what; not tried again */
	JOB_STOPPED, /* job_go_on() said so */
	JOB_FAILED,  /* the world failed: tried again with growing delay, then left as failed */
};

struct job_kind {
	const char *name; /* "standards.import" */
	enum job_end (*run)(struct job *, struct val *result);
	int max_tries; /* 0: 5 */
	int64_t lease; /* seconds between two signs of life; 0: 60 */
};

/* Inside the caller's transaction: the job exists if the request happens. Returns its id. `key`
 * makes asking twice one job (unique in the organisation while it is unfinished); NULL for none:
 * then 0 is never returned. */
struct job_asked {
	int64_t org, owner, not_before, now;
	const char *kind;
	struct str title; /* in the owner's words, for lists: "plan-2026.csv" */
	const struct val *input;
	const char *key;
};
int64_t job_ask(struct db *, struct arena *, const struct job_asked *);
/* The server's own, about one thing at an instant: asked again for the same instant it is the same one. */
void job_ask_at(struct db *, struct arena *, const struct job_asked *, int64_t about);

/* Takes the next due job of one of `kinds` (ends with a NULL name) and fills *job, whose db, arena,
 * err, holder and now the caller has set. NULL if there is none. */
const struct job_kind *job_claim(struct job *, const struct job_kind *kinds);
/* Something is due of one of `kinds`. Opens no transaction. */
bool job_is_due(struct db *, struct arena *, const struct job_kind *kinds, int64_t now);
/* Claims, runs and settles one job. False if none was due. */
bool job_run_next(struct job *, const struct job_kind *kinds);

/* Sign of life and progress: `done` of `total` (0: unknown), `words` what is being done now (a
 * msgid). False: stop now and return JOB_STOPPED. Call it between transactions, as often as you
 * like: it writes once a second. */
bool job_go_on(struct job *, int64_t done, int64_t total, const char *words);
/* Writes how it ended. Nothing is written if the lease was lost. Of the result its page shows
 * `message` (a msgid, or words of its owner) and a link to `path` (without the prefix). */
void job_settle(struct job *, const struct job_kind *, enum job_end, const struct val *result);

/* For its owner, inside the caller's transaction. */
struct val *job_seen(struct db *, struct arena *, int64_t org, int64_t owner,
		     int64_t id); /* or null */
struct val *job_list(struct db *, struct arena *, int64_t org, int64_t owner, int64_t before,
		     int64_t most); /* newest first; `before` an id, 0: all */
bool job_stop(struct db *, struct arena *, int64_t org, int64_t owner, int64_t id, int64_t now);
/* All of an organisation's, for its administrators: owner 0 in the three calls above. */

/* Pure: seconds to wait after this many tries. */
int64_t job_delay(int64_t tries);
