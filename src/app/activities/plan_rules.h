#pragma once
/*
 * What is decided about a plan, as pure functions: when it is, and the words its codes stand for.
 *
 * A plan's time is a wall time in a zone (base/instant.h). Nobody is put on a night on which clocks
 * change without being asked: a time that does not exist is refused, of one that exists twice it is
 * asked which.
 */
#include "base/instant.h"

struct plan_word {
	const char *code, *label; /* label: a msgid */
};
/* Each ends with a NULL code. */
extern const struct plan_word plan_kinds[], plan_modes[], plan_statuses[], plan_visibilities[];
/* All but "series", which is what several activities are, not one. */
extern const struct plan_word *const plan_kinds_offered;
/* Roles that people are looked for in, by the names of core/ledger.h; the form's field is "wanted_"
 * and the code. */
extern const struct plan_word plan_roles[];
/* The label of a code, or the code where it is not in the table. */
const char *plan_label(struct arena *, const struct plan_word *, struct str code);
/* The mode in which the field's standards list a method (CDPC 20.2, P2); "" if none of them does. */
const char *plan_method_mode(struct str method);

enum plan_when { WHEN_PLAIN, WHEN_NO_TIME, WHEN_NO_ZONE, WHEN_GAP, WHEN_TWICE };
struct plan_time {
	struct str wall;    /* "2026-11-22T14:30" */
	int64_t at;         /* of WHEN_TWICE the first */
	int64_t at_second;  /* the other one; else the same */
	struct wall gap_to; /* of WHEN_GAP: what clocks show instead */
};
/* `time` is what was typed: "14:30", "14 h 30", "9:05". */
enum plan_when plan_time(struct arena *, struct str date, struct str time, struct str zone,
			 struct plan_time *out);

/* How a plan repeats; ends with a NULL code. */
extern const struct plan_word plan_repeats[];
enum { PLAN_REPEATED_MOST = 60 };
/* The days from `first` to `until`, at most `most` of them; returns how many there are, `most` + 1 if
 * more. Monthly is the same date, or the last day of a shorter month. */
size_t plan_repeated(int64_t first, struct str repeat, int64_t until, int64_t *days, size_t most);

/* "Tuesday 24 November 2026, 10:00 – 11:30"; minutes 0: only when it begins. */
struct str plan_hours(struct arena *, struct str lang, int64_t at, int64_t minutes, struct zone *);

/* Adults for so many learners at most `per_adult` to one; 0 if that is not said. */
int64_t plan_adults(int64_t learners, int64_t per_adult);
