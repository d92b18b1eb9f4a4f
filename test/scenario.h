#pragma once
/*
 * Stories told through the dispatcher, in-process, once on each engine:
 *
 *   SCENARIOS("a member reads a draft, a visitor does not", fill,
 *           {.url = "/alder/standards/drafts", .status = 303},
 *           {.url = "/alder/standards/drafts", .as = "member", .status = 200, .has = {"Draft"}});
 *
 * Steps run one after the other in one world: two organisations, a ("/alder", English and French)
 * and b ("/birch"), both with every shipped role and, for each, one person whose session has shown
 * the second factor. `fill` (or NULL) puts in what the story needs, after everything that the WORLD
 * parts of all features put in.
 *
 * In url, form and headers, %location% is the Location of the last redirect, %NAME% what .keep took
 * or world_know() was told.
 */
#include "core/secret.h"
#include "fixture.h"
#include "server/dispatch.h"

struct world {
	struct db *db; /* for preparing; requests have a connection of their own */
	struct err *err;
	struct arena *arena;
	int64_t a, b; /* the organisations' ids */
	bool as_b;    /* they are exchanged for a while: `a` is "/birch" */
	int64_t now;  /* the time of requests */
	struct lane *lane;
	struct val *known; /* world_know(), .keep */
	struct str location;
	struct response last;
};

struct scenario {
	const char *method; /* NULL: GET, or POST where there is a form */
	const char *url;
	const char *as;   /* a role's key ("admin"), "signed_in": no role, "second": signed in with
			     two   letters; NULL: nobody */
	const char *form; /* "name=X&rev=1": urlencoded; "" is an empty form */
	const char *headers; /* more: "Accept: text/csv\nOrigin: https://elsewhere.example" */
	int status;
	const char *has[6], *has_not[6]; /* in the head ("Location: /alder/x") or the body */
	const char *keep[2]; /* NAME, and the text before it in the answer: kept up to a quote, a
				semicolon or a line end */
};

typedef void world_fill(struct world *);

#define SCENARIOS(sentence, fill, ...)                                                             \
	TEST_DB(sentence)                                                                          \
	{                                                                                          \
		static const struct scenario steps[] = {__VA_ARGS__};                              \
		scenarios_run(db, err, fill, steps, sizeof steps / sizeof *steps, __FILE__,        \
			      __LINE__);                                                           \
	}                                                                                          \
	_Static_assert(sizeof sentence > 1, "a scenario has a sentence")
void scenarios_run(struct db *, struct err *, world_fill *, const struct scenario *steps,
		   size_t count, const char *file, int line);

/* A feature's part of every world: sample objects in `a`, none in `b`, and the values of the
 * parameters of its paths (world_know(w, "standard", S("sample"))), so that the tests over all
 * routes can call them. One for each feature, in one of its test files. */
#define WORLD(fill)                                                                                \
	static world_fill fill;                                                                    \
	__attribute__((constructor)) static void TEST_JOIN(world_add_, __LINE__)(void)             \
	{                                                                                          \
		static struct world_part part = {fill, NULL};                                      \
		world_add(&part);                                                                  \
	}                                                                                          \
	static void fill(struct world *w)
struct world_part {
	world_fill *fill;
	struct world_part *next;
};
void world_add(struct world_part *);

/* For tests that are more than a table. */
bool world_begin(struct world *, struct db *, struct err *, world_fill *);
/* The same with the demonstration's contents: `a` is "/boreal"; `b` is "/birch" and empty. */
bool world_begin_demo(struct world *, struct db *, struct err *);
void world_end(struct world *);
/* Keeps the database as it is now; world_back() makes it so again (fixture_keep()). */
bool world_keep(struct world *);
bool world_back(struct world *);
void world_parts(struct world *);      /* what the WORLD of every feature puts into w->a */
void world_demo(struct world *, bool); /* whether it is a demonstration */
struct secrets world_keys(void);       /* the keys of every story */
void world_know(struct world *, const char *name, struct str value);
void world_know_id(struct world *, const char *name, int64_t id);
struct str world_known(struct world *, const char *name);  /* empty if nobody said it */
struct str world_filled(struct world *, const char *text); /* each %NAME% replaced */
int64_t world_person(struct world *, const char *as);      /* of organisation a */
/* Inside a write transaction: somebody new on its list, whose id the story knows as %NAME%. */
int64_t world_newcomer(struct world *, const char *name, const char *called, const char *lang);
/* Inside a write transaction: an activity, which is of organisation a, a planned visit in person, in
 * Toronto, of an hour, from now on, where `of` does not say otherwise (0, NULL or empty). Of the two
 * times of its beginning one is enough. */
struct activity;
int64_t world_activity(struct world *, const struct activity *of);
void world_activity_says(struct world *, int64_t activity, const char *field, const char *lang,
			 const char *body);
/* Outside of any: the column n of the one row of a query; :org is organisation a. */
int64_t world_count(struct world *, const char *sql);
/* Asks; the answer is in w->last until the next. */
void world_ask(struct world *, const struct scenario *);
struct str world_answer(struct world *); /* "200\nName: value\n\nbody" */
struct str world_header(struct world *, const char *name);
/* True if the answer is what the scenario says; else tells what differs. */
bool world_as_told(struct world *, const struct scenario *, const char *file, int line);
/* One step of such a story: world_ask() and world_as_told(). */
bool world_tell(struct world *, const struct scenario *, const char *file, int line);
#define TELL(w, ...) world_tell((w), &(struct scenario){__VA_ARGS__}, __FILE__, __LINE__)
/* Runs the jobs that are due (core/job.h), in this process; the time of requests goes on. */
struct job_kind;
void world_jobs(struct world *, const struct job_kind *);
/* How many rows every table has, as text: to show that nothing was written. */
struct str world_rows(struct world *);
/* All that is in every table, as one number a table; slower. */
struct str world_contents(struct world *);
/* True if they are what they were; else says in which tables they are not. */
bool world_unchanged(struct world *, struct str contents);
/* Where calls are made to fail in turn: each of them on SQLite, every fifth on PostgreSQL, where the
 * same code fails in the same places and takes twice the time. */
int world_fail_step(struct world *);

/* Makes every database call of one request fail in turn: 500, and no row more or less; until the
 * request ends as told. */
void scenario_fail_each(struct world *, const struct scenario *);

/* Whether the answer says `text`. Within a longer word than people write, as a form's random token, it is
 * not said: short names turn up there by chance. */
bool answer_says(struct str answer, struct str text);
