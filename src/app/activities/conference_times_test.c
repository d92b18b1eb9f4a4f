/* How many times fit into an evening, how a time of day is typed, and when the day before is. */
#include "app/activities/conference.h"

#include "test.h"

TEST("times come from a beginning, a length and a pause, and what does not fit is not offered")
{
	int starts[9];
	struct conference_offer of = {.from = 1080, .until = 1140, .minutes = 10, .pause = 5};
	CHECK_INT(conference_times(&of, starts, 9), 4);
	CHECK_INT(starts[3], 1125);
	of.until = 1135;
	CHECK_INT(conference_times(&of, starts, 9), 4);
	of.until = 1134;
	CHECK_INT(conference_times(&of, starts, 9), 3);
	of.minutes = 0;
	CHECK_INT(conference_times(&of, starts, 9), 0);
	static const struct {
		const char *typed;
		int is;
	} times[] = {{"18:30", 1110}, {"1830", 1110}, {"18 h 30", 1110}, {"7", 420},
		     {"18h", 1080},   {"24:00", -1},  {"18:60", -1},     {"half six", -1},
		     {"1:2:3", -1},   {"", -1}};
	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		CHECK_INT(conference_minute(str_of(times[i].typed)), times[i].is);
}

TEST("the day before is nine in the morning where it takes place, also when the clocks change "
     "between")
{
	static const struct {
		const char *zone, *starts_wall, *at;
	} days[] = {
		{"America/Toronto", "2027-05-12T18:00", "2027-05-11T13:00:00Z"},
		{"America/Toronto", "2027-03-14T18:00", "2027-03-13T14:00:00Z"},
		{"America/Toronto", "2027-03-15T18:00", "2027-03-14T13:00:00Z"},
		{"America/Toronto", "2027-11-07T18:00", "2027-11-06T13:00:00Z"},
		{"America/St_Johns", "2027-11-08T00:30", "2027-11-07T12:30:00Z"},
		{"America/Vancouver", "2027-03-14T01:30", "2027-03-13T17:00:00Z"},
		{"Pacific/Auckland", "2027-01-01T18:00", "2026-12-30T20:00:00Z"},
	};
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		struct zone *zone = zone_open(test_arena, str_of(days[i].zone));
		int64_t at = conference_reminded_at(str_of(days[i].starts_wall), zone);
		CHECK_STR(instant_rfc3339(test_arena, at), days[i].at);
	}
	CHECK_INT(conference_reminded_at(S("2027-05-12T18:00"), NULL), 0);
}
