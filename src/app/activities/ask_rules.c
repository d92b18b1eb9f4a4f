#include "app/activities/ask_rules.h"

#include "core/ledger.h"

enum { OFFER_SECONDS = 2 * 86400 };

const struct ask_word ask_states[ASK_STATES] = {
	[ASK_NONE] = {"", N_("Not asked")},
	[ASK_ASKED] = {"asked", N_("No answer yet")},
	[ASK_ACCEPTED] = {"accepted", N_("Comes")},
	[ASK_WAITING] = {"waiting", N_("On the waiting list")},
	[ASK_OFFERED] = {"offered", N_("Has an offer")},
	[ASK_DECLINED] = {"declined", N_("Does not come")},
	[ASK_OTHER_DATE] = {"other_date", N_("Would come on another date")},
	[ASK_CALL_ME] = {"call_me", N_("Asks for a call")},
	[ASK_EXPIRED] = {"expired", N_("The offer has ended")},
	[ASK_WITHDRAWN] = {"withdrawn", N_("No longer asked")},
};

const struct ask_word ask_answers[] = {
	[ACT_ACCEPT] = {"accept", N_("Yes, I come")},
	[ACT_DECLINE] = {"decline", N_("No, I cannot come")},
	[ACT_OTHER_DATE] = {"other_date", N_("Another date would suit me")},
	[ACT_CALL_ME] = {"call_me", N_("Please call me")},
	{NULL, NULL},
};

enum ask_state ask_state_of(struct str code)
{
	for (int s = ASK_ASKED; s < ASK_STATES; s++)
		if (str_is(code, ask_states[s].code))
			return (enum ask_state)s;
	return ASK_NONE;
}

enum ask_act ask_answer_act(struct str code)
{
	for (int act = 0; ask_answers[act].code; act++)
		if (str_is(code, ask_answers[act].code))
			return (enum ask_act)act;
	return ASK_ACTS;
}

/* What each act makes of each state; ASK_NONE: it cannot be done. ACCEPTED is what an acceptance
 * comes to if there is room, settled below. */
static const enum ask_state table[ASK_STATES][ASK_ACTS] = {
#define ANSWERS                                                                                    \
	[ACT_ACCEPT] = ASK_ACCEPTED, [ACT_DECLINE] = ASK_DECLINED,                                 \
	[ACT_OTHER_DATE] = ASK_OTHER_DATE, [ACT_CALL_ME] = ASK_CALL_ME,                            \
	[ACT_WITHDRAW] = ASK_WITHDRAWN
	[ASK_ASKED] = {ANSWERS},
	[ASK_ACCEPTED] = {ANSWERS},
	[ASK_WAITING] = {ANSWERS, [ACT_OFFER] = ASK_OFFERED},
	[ASK_OFFERED] = {ANSWERS, [ACT_EXPIRE] = ASK_EXPIRED},
	[ASK_DECLINED] = {ANSWERS, [ACT_ASK] = ASK_ASKED},
	[ASK_OTHER_DATE] = {ANSWERS, [ACT_ASK] = ASK_ASKED},
	[ASK_CALL_ME] = {ANSWERS, [ACT_ASK] = ASK_ASKED},
	[ASK_EXPIRED] = {ANSWERS, [ACT_ASK] = ASK_ASKED},
	[ASK_WITHDRAWN] = {[ACT_ASK] = ASK_ASKED},
#undef ANSWERS
};

static bool holds(int64_t state)
{
	return state == ASK_ACCEPTED || state == ASK_OFFERED;
}

static struct ask_next accept(struct ask_room room, int64_t seats)
{
	struct ask_next yes = {ASK_DONE, ASK_ACCEPTED, false};
	bool more = seats > room.seats, waits = room.state == ASK_WAITING;
	if (!seats || room.places == ASK_NO_LIMIT || (holds(room.state) && !more))
		return yes;
	if (seats > room.places)
		return (struct ask_next){.why = ASK_TOO_MANY};
	bool fits = !room.waiting && room.taken + seats <= room.places;
	if (fits)
		return yes;
	/* Who has seats keeps them, and gets no more while others wait. */
	if (holds(room.state))
		return (struct ask_next){.why = ASK_NO_ROOM};
	/* Who waits already keeps their turn, unless they ask for more. */
	return (struct ask_next){ASK_DONE, ASK_WAITING, !waits || more};
}

struct ask_next ask_next(enum ask_act act, struct ask_room room, int64_t seats)
{
	enum ask_state to = table[room.state][act];
	if (to == ASK_NONE)
		return (struct ask_next){.why = ASK_NOT_NOW};
	if (act == ACT_ACCEPT)
		return accept(room, seats);
	return (struct ask_next){ASK_DONE, to, false};
}

int64_t ask_first(const struct ask_waiter *waiter, int64_t count, int64_t places, int64_t free)
{
	for (int64_t i = 0; i < count; i++) {
		if (places != ASK_NO_LIMIT && waiter[i].seats > places)
			continue;
		return places == ASK_NO_LIMIT || waiter[i].seats <= free ? i : -1;
	}
	return -1;
}

int64_t ask_offer_until(int64_t now, int64_t starts_at)
{
	int64_t until = now + OFFER_SECONDS;
	return until < starts_at ? until : starts_at;
}

int64_t ask_seats(struct str role, int64_t adults, int64_t children)
{
	return ledger_part(role) == PART_LEARNS ? adults + children : 0;
}
