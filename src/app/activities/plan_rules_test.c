#include "app/activities/plan_rules.h"

#include "core/ledger.h"
#include "core/term.h"
#include "test.h"

#include <string.h>

TEST("a plan's time is read as people type it, and a night on which clocks change is asked about")
{
	static const struct {
		const char *date, *time, *zone;
		enum plan_when when;
		const char *at, *second;
	} cases[] = {
		{"2026-11-24", "14:30", "America/Toronto", WHEN_PLAIN, "2026-11-24T19:30:00Z", ""},
		{"2026-11-24", "14 h 30", "America/Toronto", WHEN_PLAIN, "2026-11-24T19:30:00Z",
		 ""},
		{"2026-11-24", "9:05", "America/Winnipeg", WHEN_PLAIN, "2026-11-24T15:05:00Z", ""},
		{"2026-11-24", "9 h", "America/Winnipeg", WHEN_PLAIN, "2026-11-24T15:00:00Z", ""},
		{"2026-11-24", "half past nine", "America/Winnipeg", WHEN_NO_TIME, "", ""},
		{"2026-11-24", "24:00", "America/Winnipeg", WHEN_NO_TIME, "", ""},
		{"2026-11-24", "9:", "America/Winnipeg", WHEN_NO_TIME, "", ""},
		{"2026-11-24", "9:5", "America/Winnipeg", WHEN_NO_TIME, "", ""},
		{"2026-11-24", "930", "America/Winnipeg", WHEN_NO_TIME, "", ""},
		{"2026-11-24", "", "America/Winnipeg", WHEN_NO_TIME, "", ""},
		{"2026-02-30", "9:00", "America/Winnipeg", WHEN_NO_TIME, "", ""},
		{"2026-11-24", "9:00", "Mars/Olympus", WHEN_NO_ZONE, "", ""},
		{"2026-03-08", "02:30", "America/St_Johns", WHEN_GAP, "2026-03-08T06:00:00Z", ""},
		{"2026-11-01", "01:30", "America/St_Johns", WHEN_TWICE, "2026-11-01T04:00:00Z",
		 "2026-11-01T05:00:00Z"},
		{"2026-11-01", "01:30", "America/Regina", WHEN_PLAIN, "2026-11-01T07:30:00Z", ""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct plan_time t;
		enum plan_when when = plan_time(test_arena, str_of(cases[i].date),
						str_of(cases[i].time), str_of(cases[i].zone), &t);
		CHECK_INT(when, cases[i].when);
		if (*cases[i].at)
			CHECK_STR(instant_rfc3339(test_arena, t.at), cases[i].at);
		if (*cases[i].second)
			CHECK_STR(instant_rfc3339(test_arena, t.at_second), cases[i].second);
	}
}

TEST("a plan repeats by weeks or months, to its last day and not without end")
{
	static const struct {
		int64_t first;
		const char *repeat;
		int64_t until;
		size_t count;
		const char *last;
	} cases[] = {
		{20000, "weekly", 20000, 1, "2024-10-04"},
		{20000, "weekly", 20020, 3, "2024-10-18"},
		{20000, "weekly", 20021, 4, "2024-10-25"},
		{20000, "fortnightly", 20021, 2, "2024-10-18"},
		{20119, "monthly", 20209, 4, "2025-04-30"}, /* 31 January: 28 February, 31 March */
		{20000, "weekly", 30000, 61, NULL},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t days[PLAN_REPEATED_MOST];
		size_t n = plan_repeated(cases[i].first, str_of(cases[i].repeat), cases[i].until,
					 days, PLAN_REPEATED_MOST);
		CHECK_INT(n, cases[i].count);
		if (cases[i].last && n)
			CHECK_STR(day_text(test_arena, days[n - 1]), cases[i].last);
	}
}

TEST("adults are counted up, and not at all where nothing is said")
{
	CHECK_INT(plan_adults(20, 10), 2);
	CHECK_INT(plan_adults(21, 10), 3);
	CHECK_INT(plan_adults(0, 10), 0);
	CHECK_INT(plan_adults(21, 0), 0);
}

TEST("roles looked for are roles of the ledger, and every method with a mode is shipped")
{
	for (const struct plan_word *w = plan_roles; w->code; w++)
		CHECK(ledger_part(str_of(w->code)) != PART_NONE);
	int listed = 0;
	for (const struct term_shipped *t = term_shipped; t->scheme; t++)
		listed += !strcmp(t->scheme, "method") && *plan_method_mode(str_of(t->code));
	CHECK_INT(listed, 16); /* ten in person, four by technology, two in writing */
}
