#pragma once
/*
 * For tests: seats and a line of people as somebody would keep them on paper, written without the
 * rules (ask_rules.h), so that the two can be compared. Who holds seats is one list, who stands in
 * line another, in order.
 */
#include "app/activities/ask_rules.h"

#include <string.h>

enum { MODEL_PEOPLE = 64 };
struct model {
	int64_t places;
	int count;
	enum ask_state says[MODEL_PEOPLE]; /* 1 to count */
	int64_t seats[MODEL_PEOPLE];       /* held or wanted in the line */
	int64_t offer_until[MODEL_PEOPLE];
	int line[MODEL_PEOPLE], in_line;
};

static inline void model_leave_line(struct model *m, int who)
{
	int kept = 0;
	for (int i = 0; i < m->in_line; i++)
		if (m->line[i] != who)
			m->line[kept++] = m->line[i];
	m->in_line = kept;
}

static inline bool model_holds(const struct model *m, int who)
{
	return m->says[who] == ASK_ACCEPTED || m->says[who] == ASK_OFFERED;
}

static inline int64_t model_taken(const struct model *m)
{
	int64_t taken = 0;
	for (int i = 1; i <= m->count; i++)
		taken += model_holds(m, i) ? m->seats[i] : 0;
	return taken;
}

static inline bool model_could_ever(const struct model *m, int who)
{
	return m->places < 0 || m->seats[who] <= m->places;
}

/* Lets in from the front of the line until the first who could come and finds no room. */
static inline void model_offers(struct model *m, int64_t now)
{
	for (int i = 0; i < m->in_line;) {
		int who = m->line[i];
		if (!model_could_ever(m, who)) {
			i++;
			continue;
		}
		if (m->places >= 0 && model_taken(m) + m->seats[who] > m->places)
			return;
		model_leave_line(m, who);
		m->says[who] = ASK_OFFERED;
		m->offer_until[who] = ask_offer_until(now, INT64_MAX);
	}
}

/* Offers that have ended by now make room, all at once. */
static inline void model_time(struct model *m, int64_t now)
{
	for (int i = 1; i <= m->count; i++)
		if (m->says[i] == ASK_OFFERED && m->offer_until[i] <= now)
			m->says[i] = ASK_EXPIRED;
	model_offers(m, now);
}

static inline bool model_yes(struct model *m, int who, int64_t want)
{
	int64_t has = m->says[who] == ASK_WAITING || model_holds(m, who) ? m->seats[who] : 0;
	bool someone_waits = false, was_waiting = m->says[who] == ASK_WAITING;
	for (int i = 0; i < m->in_line; i++)
		someone_waits |= m->line[i] != who && model_could_ever(m, m->line[i]);
	bool shrinks = model_holds(m, who) && want <= has;
	int64_t others = model_taken(m) - (model_holds(m, who) ? has : 0);
	if (m->places >= 0 && !shrinks && want > m->places)
		return false;
	if (m->places < 0 || shrinks || (!someone_waits && others + want <= m->places)) {
		model_leave_line(m, who);
		m->says[who] = ASK_ACCEPTED;
		m->seats[who] = want;
		return true;
	}
	if (model_holds(m, who))
		return false;
	if (!was_waiting || want > has) {
		model_leave_line(m, who);
		m->line[m->in_line++] = who;
	}
	m->says[who] = ASK_WAITING;
	m->seats[who] = want;
	return true;
}

/* One thing that somebody does; false: refused, nothing changed but what time has changed. */
static inline bool model_do(struct model *m, enum ask_act act, int who, int64_t want, int64_t now)
{
	static const enum ask_state becomes[ASK_ACTS] = {[ACT_DECLINE] = ASK_DECLINED,
							 [ACT_OTHER_DATE] = ASK_OTHER_DATE,
							 [ACT_CALL_ME] = ASK_CALL_ME,
							 [ACT_WITHDRAW] = ASK_WITHDRAWN,
							 [ACT_ASK] = ASK_ASKED};
	bool done = false, out = m->says[who] == ASK_WITHDRAWN;
	model_time(m, now);
	bool stands =
		m->says[who] == ASK_ASKED || model_holds(m, who) || m->says[who] == ASK_WAITING;
	if (act == ACT_ACCEPT)
		done = !out && model_yes(m, who, want);
	else if (act == ACT_ASK ? !stands : !out) {
		model_leave_line(m, who);
		m->says[who] = becomes[act];
		done = true;
	}
	model_offers(m, now);
	return done;
}
