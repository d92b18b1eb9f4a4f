/* How many times fit into an evening, and how a time of day is typed. */
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
