#pragma once
/*
 * What ties one organisation to another on the same server: "member_of", "uses_standards_of" or
 * "reports_to". The one whose tie it is proposes, the other confirms or declines; until it is
 * confirmed it holds for nobody. Either side ends it with a day, the last on which it does not hold
 * any more. Days are civil dates. Rows stay: who proposed, answered and ended is kept.
 *
 * Each function is called for one of the two organisations and finds nothing of others'. `by` is
 * the person who does it, 0 the program.
 */
#include "db/db.h"

extern const char *const affiliation_kinds[]; /* NULL-terminated */

/* Whom one can be proposed to: { id, name }, the name in `lang` or the first language. */
struct val *affiliation_others(struct db *, struct arena *, int64_t org, struct str lang);

struct affiliation_ask {
	int64_t org, other, by, now;
	const char *kind;
	struct str since;
};
/* 0: one of this kind is open already, or there is no such organisation. */
int64_t affiliation_propose(struct db *, struct arena *, const struct affiliation_ask *);

struct affiliation_act {
	int64_t org, affiliation, by, now;
};
/* False: there is nothing to answer, or the side that asked wants to answer itself. */
bool affiliation_answer(struct db *, struct arena *, const struct affiliation_act *, bool yes);
bool affiliation_withdraw(struct db *, struct arena *, const struct affiliation_act *);
/* False: it does not hold, has its end already, or began later. */
bool affiliation_end(struct db *, struct arena *, const struct affiliation_act *, struct str until);

/* Newest first: { id, kind, since, until, state, mine, base, name, name_lang, proposed_at,
 * answered_at, ended_at }: the name is the other's, in `lang` or its first language; `mine` where
 * the tie is this organisation's own. One of them, null if it is not theirs. */
struct val *affiliations(struct db *, struct arena *, int64_t org, struct str lang);
struct val *affiliation_read(struct db *, struct arena *, int64_t org, struct str lang, int64_t id);
/* Holds on that day. */
bool affiliated(struct db *, struct arena *, int64_t org, int64_t other, const char *kind,
		struct str today);
/* Whose standards it uses on that day: { base, name, name_lang }. */
struct val *affiliation_standards(struct db *, struct arena *, int64_t org, struct str lang,
				  struct str today);
