#pragma once
/*
 * A person asks an organisation to erase what it keeps of them and is answered line by line, one
 * line for each kind of record (core/personal.h): erased, anonymised (a participation keeps its
 * minutes and loses its name), or kept until a day because a retention rule of the organisation
 * says so. What was kept is erased on that day by the clock. When no organisation knows the person
 * any more, the account goes too: names, contacts, ways to sign in.
 *
 * A backup that is restored brings back what was erased since it was made, so what was answered is
 * also told to a journal outside the database (server/erased.h), from which it is carried out
 * again.
 *
 * Retention rules are data of an organisation: a kind, a jurisdiction, months after the newest
 * entry, and why, in words (core text, owner "retention_rule", field "because"). Of several rules
 * for one kind the one that keeps longest holds.
 */
#include "db/db.h"

struct personal;

enum erasure_end { ERASURE_ERASED, ERASURE_ANONYMISED, ERASURE_KEPT };
extern const char *const erasure_ends[]; /* "erased", "anonymised", "kept" */

/* ---- pure (erasure_rules.c) ---- */

struct erasure_line {
	const struct personal *kind;
	int64_t entries;
	enum erasure_end end;
	struct str until; /* of what is kept: YYYY-MM-DD */
	struct str jurisdiction, because;
};
/* What becomes of `entries` of a kind whose newest is of the day `newest`. `rules`: {kind,
 * jurisdiction, months, because}. */
struct erasure_line erasure_line(struct arena *, const struct personal *, int64_t entries,
				 int64_t newest, const struct val *rules, int64_t today);

/* ---- requests ---- */

struct erasure_ask {
	int64_t org, person;
	const char *how; /* "page", "paper", "telephone", "in_person" */
	int64_t by;      /* who wrote it down; 0 where the person did */
	struct str words;
	int64_t now;
};
/* 0: the organisation does not know the person, or a request of theirs is open. */
int64_t erasure_ask(struct db *, struct arena *, const struct erasure_ask *);
bool erasure_withdraw(struct db *, struct arena *, int64_t person, int64_t id, int64_t now);
/* {id, person, name, asked_how, asked_by_name, words, asked_at, withdrawn_at, answered_at,
 * answered_by_name} or null. */
struct val *erasure_row(struct db *, struct arena *, int64_t org, int64_t id);
struct val *erasure_list(struct db *, struct arena *, int64_t org, int64_t before, int limit);
/* What a person asked of whom, with its `lines` where it is answered. */
struct val *erasures_of(struct db *, struct arena *, int64_t person, struct str lang);
struct val *erasure_lines(struct db *, struct arena *, int64_t id);

/* What would be answered today: {kind, entries, answer, until, jurisdiction, because} for each kind
 * of which there is something. */
struct erasure_act {
	int64_t org, id, by, now;
	struct str lang; /* of the organisation's reasons */
	int64_t today;   /* in the organisation's zone */
	const struct personal *kinds;
};
struct val *erasure_plan(struct db *, struct arena *, const struct erasure_act *, int64_t person);
/* Carries the plan out and keeps it as the answer. False: it was answered or withdrawn, or it is
 * the last person who may give roles. */
bool erasure_answer(struct db *, struct arena *, const struct erasure_act *);
/* What was kept until a day that has come, of all organisations: ends it, each request in a
 * transaction of its own, at most a hundred. Returns how many lines: 0 when nothing is left. */
int erasures_due(struct db *, struct arena *, struct err *, const struct personal *kinds,
		 int64_t now);

/* Sets in each line `title`, in the reader's language, and the truths `kept` and `erased`. */
struct req;
void erasure_label(const struct req *, struct val *lines);

/* ---- rules ---- */

struct val *retention_rules(struct db *, struct arena *, int64_t org, struct str lang,
			    struct str first);
struct retention_rule {
	int64_t org, by, now;
	struct str kind, jurisdiction, lang, because;
	int64_t months;
};
int64_t retention_rule_add(struct db *, struct arena *, const struct retention_rule *);
bool retention_rule_retire(struct db *, struct arena *, int64_t org, int64_t id, int64_t now);
