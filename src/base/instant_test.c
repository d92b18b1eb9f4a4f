#include "base/instant.h"

#include "test.h"

static int64_t day(const char *text)
{
	int64_t d = INT64_MIN;
	CHECK(day_read(str_of(text), &d));
	return d;
}

TEST("civil days count from 1970 and read back as they were written")
{
	CHECK_INT(day("1970-01-01"), 0);
	CHECK_INT(day("2026-11-22"), 20779);
	CHECK_INT(day("0001-01-01"), -719162);
	CHECK_INT(day("9999-12-31"), 2932896);
	int64_t back;
	int y, m, d;
	for (int64_t n = -719162; n <= 2932896; n += 97) {
		day_split(n, &y, &m, &d);
		if (!CHECK(day_of(y, m, d, &back) && back == n))
			break;
	}
	CHECK_STR(day_text(test_arena, day("2024-02-29")), "2024-02-29");
	CHECK_STR(day_text(test_arena, INT64_MAX), "9999-12-31");
	CHECK_STR(day_text(test_arena, INT64_MIN), "0001-01-01");
}

TEST("what is no date is refused")
{
	static const char *const bad[] = {
		"",           "2026",        "2026-11",     "2026-11-31",
		"2026-02-29", "1900-02-29",  "2026-00-10",  "2026-13-01",
		"2026-01-00", "0000-01-01",  "2026-1-1",    "26-01-01",
		"2026/01/01", " 2026-01-01", "2026-01-01 ", "2026-01-01T",
		"+026-01-01", "-026-01-01",
	};
	int64_t d = 42;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (!CHECK(!day_read(str_of(bad[i]), &d)))
			CHECK_STR(bad[i], "the case that failed");
	CHECK_INT(d, 42);
}

TEST("weekdays and months are added as on a calendar")
{
	CHECK_INT(day_weekday(day("1970-01-01")), 4);
	CHECK_INT(day_weekday(day("2026-11-22")), 7);
	CHECK_INT(day_weekday(day("2026-11-23")), 1);
	CHECK_INT(day_weekday(day("1900-01-01")), 1);
	static const struct {
		const char *from;
		int months;
		const char *to;
	} cases[] = {
		{"2026-01-31", 1, "2026-02-28"},   {"2024-01-31", 1, "2024-02-29"},
		{"2026-01-31", -2, "2025-11-30"},  {"2026-11-22", 2, "2027-01-22"},
		{"2024-02-29", 12, "2025-02-28"},  {"2026-12-31", 0, "2026-12-31"},
		{"2026-01-15", -13, "2024-12-15"}, {"9999-11-30", 2, "9999-12-31"},
		{"0001-02-01", -2, "0001-01-01"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_STR(day_text(test_arena, day_add_months(day(cases[i].from), cases[i].months)),
			  cases[i].to);
}

TEST("a wall time is read with or without seconds")
{
	struct wall w;
	CHECK(wall_read(S("2026-11-22T14:30"), &w));
	CHECK_INT(w.day, 20779);
	CHECK_INT(w.seconds, 14 * 3600 + 30 * 60);
	CHECK_STR(wall_text(test_arena, w), "2026-11-22T14:30");
	CHECK(wall_read(S("2026-11-22T23:59:58"), &w));
	CHECK_STR(wall_text(test_arena, w), "2026-11-22T23:59:58");
	static const char *const bad[] = {
		"2026-11-22",       "2026-11-22T24:00",  "2026-11-22T14:60", "2026-11-22T14:30:60",
		"2026-11-22 14:30", "2026-11-22T14:30Z", "2026-11-31T14:30", "2026-11-22T14:3"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK(!wall_read(str_of(bad[i]), &w));
}

TEST("wall time and instant, across the change of clocks")
{
	static const struct {
		const char *zone, *wall, *instant;
		enum wall_case found;
		const char *shown; /* on the wall at that instant */
	} cases[] = {
		{"America/Toronto", "2026-11-22T14:30", "2026-11-22T19:30:00Z", WALL_PLAIN,
		 "2026-11-22T14:30"},
		{"America/Toronto", "2026-07-01T00:00", "2026-07-01T04:00:00Z", WALL_PLAIN,
		 "2026-07-01T00:00"},
		/* forward at 2:00 on 8 March 2026 */
		{"America/Toronto", "2026-03-08T01:59", "2026-03-08T06:59:00Z", WALL_PLAIN,
		 "2026-03-08T01:59"},
		{"America/Toronto", "2026-03-08T02:00", "2026-03-08T07:00:00Z", WALL_GAP,
		 "2026-03-08T03:00"},
		{"America/Toronto", "2026-03-08T02:30", "2026-03-08T07:30:00Z", WALL_GAP,
		 "2026-03-08T03:30"},
		{"America/Toronto", "2026-03-08T03:00", "2026-03-08T07:00:00Z", WALL_PLAIN,
		 "2026-03-08T03:00"},
		/* back at 2:00 on 1 November 2026 */
		{"America/Toronto", "2026-11-01T00:59", "2026-11-01T04:59:00Z", WALL_PLAIN,
		 "2026-11-01T00:59"},
		{"America/Toronto", "2026-11-01T01:30", "2026-11-01T05:30:00Z", WALL_TWICE,
		 "2026-11-01T01:30"},
		{"America/Toronto", "2026-11-01T02:00", "2026-11-01T07:00:00Z", WALL_PLAIN,
		 "2026-11-01T02:00"},
		{"Europe/Paris", "2026-03-29T02:30", "2026-03-29T01:30:00Z", WALL_GAP,
		 "2026-03-29T03:30"},
		{"America/St_Johns", "2026-01-01T00:00", "2026-01-01T03:30:00Z", WALL_PLAIN,
		 "2026-01-01T00:00"},
		/* half an hour back at 2:00 on 5 April 2026 */
		{"Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45:00Z", WALL_TWICE,
		 "2026-04-05T01:45"},
		/* Samoa had no 30 December 2011 */
		{"Pacific/Apia", "2011-12-30T12:00", "2011-12-30T22:00:00Z", WALL_GAP,
		 "2011-12-31T12:00"},
		{"America/Regina", "2026-07-01T12:00", "2026-07-01T18:00:00Z", WALL_PLAIN,
		 "2026-07-01T12:00"},
		{"Etc/UTC", "1969-12-31T23:59:59", "1969-12-31T23:59:59Z", WALL_PLAIN,
		 "1969-12-31T23:59:59"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct zone *zone = zone_open(test_arena, str_of(cases[i].zone));
		struct wall w = {0};
		enum wall_case found;
		NEED(zone && wall_read(str_of(cases[i].wall), &w));
		int64_t instant = wall_instant(w, zone, &found);
		CHECK_INT(found, cases[i].found);
		CHECK_STR(instant_rfc3339(test_arena, instant), cases[i].instant);
		CHECK_STR(wall_text(test_arena, instant_wall(instant, zone)), cases[i].shown);
	}
}

TEST("a zone is an IANA name, nothing else")
{
	static const char *const bad[] = {"",         "Mars/Olympus",    "GMT+5",
					  "America/", "Etc/Unknown",     "America/Toronto ",
					  "\xFF\xFE", "../../etc/passwd"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (!CHECK(!zone_open(test_arena, str_of(bad[i]))))
			CHECK_STR(bad[i], "the case that failed");
	char *long_name = arena_alloc(test_arena, 10000);
	CHECK(!zone_open(test_arena, (struct str){long_name, 10000}));
}

TEST("RFC 3339 in and out")
{
	static const struct {
		const char *text, *same; /* NULL: refused */
	} cases[] = {
		{"2026-11-22T19:30:00Z", "2026-11-22T19:30:00Z"},
		{"2026-11-22t19:30:00z", "2026-11-22T19:30:00Z"},
		{"2026-11-22T14:30:00-05:00", "2026-11-22T19:30:00Z"},
		{"2026-11-23T01:00:00+05:30", "2026-11-22T19:30:00Z"},
		{"2026-11-22T19:30:00.999999Z", "2026-11-22T19:30:00Z"},
		{"1990-12-31T23:59:60Z", "1990-12-31T23:59:59Z"},
		{"1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"},
		{"2026-11-22T19:30:00", NULL},
		{"2026-11-22T19:30Z", NULL},
		{"2026-11-22 19:30:00Z", NULL},
		{"2026-11-22T19:30:00.Z", NULL},
		{"2026-11-22T24:00:00Z", NULL},
		{"2026-11-22T19:30:61Z", NULL},
		{"2026-11-22T19:30:00+24:00", NULL},
		{"2026-11-22T19:30:00+0530", NULL},
		{"2026-11-22T19:30:00Zx", NULL},
		{"2026-11-22", NULL},
		{"2026-11-22T", NULL},
		{"", NULL},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t t;
		bool ok = instant_read_rfc3339(str_of(cases[i].text), &t);
		if (!CHECK_INT(ok, cases[i].same != NULL))
			CHECK_STR(cases[i].text, "the case that failed");
		if (ok)
			CHECK_STR(instant_rfc3339(test_arena, t), cases[i].same);
	}
	CHECK_STR(instant_rfc3339(test_arena, INT64_MAX), "9999-12-31T23:59:59Z");
	CHECK_STR(instant_rfc3339(test_arena, INT64_MIN), "0001-01-01T00:00:00Z");
}

TEST("HTTP dates in the three forms")
{
	int64_t t;
	static const char *const same[] = {"Sun, 06 Nov 1994 08:49:37 GMT",
					   "Sunday, 06-Nov-94 08:49:37 GMT",
					   "Sun Nov  6 08:49:37 1994"};
	for (size_t i = 0; i < 3; i++) {
		CHECK(instant_read_http(str_of(same[i]), &t));
		CHECK_INT(t, 784111777);
	}
	CHECK_STR(instant_http(test_arena, 784111777), same[0]);
	CHECK(instant_read_http(S("Tuesday, 01-Jan-30 00:00:00 GMT"), &t));
	CHECK_STR(instant_rfc3339(test_arena, t), "2030-01-01T00:00:00Z");
	static const char *const bad[] = {"",
					  "Sun, 06 Nov 1994",
					  "Sun, 06 Nov 1994 08:49:37 EST",
					  "Sun, 31 Feb 1994 08:49:37 GMT",
					  "Sun, 06 Nov 1994 25:49:37 GMT",
					  "Foo, 06 Nov 1994 08:49:37 GMT",
					  "Sun, 06 Nov 1994 08:49:37 GMT; x"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK(!instant_read_http(str_of(bad[i]), &t));
}

TEST("dates are written as people write them")
{
	struct str en = S("en"), fr = S("fr-CA");
	int64_t d = day("2026-11-22"), first = day("2026-12-01");
	CHECK_STR(day_show(test_arena, en, DAY_LONG, d), "22 November 2026");
	CHECK_STR(day_show(test_arena, fr, DAY_LONG, first), "1er décembre 2026");
	CHECK_STR(day_show(test_arena, fr, DAY_LONG, d), "22 novembre 2026");
	CHECK_STR(day_show(test_arena, en, DAY_WEEKDAY, d), "Sunday 22 November 2026");
	CHECK_STR(day_show(test_arena, fr, DAY_WEEKDAY, first), "mardi 1er décembre 2026");
	CHECK_STR(day_show(test_arena, en, DAY_SHORT, first), "1 Dec 2026");
	CHECK_STR(day_show(test_arena, fr, DAY_SHORT, first), "1er déc. 2026");
	CHECK_STR(day_show(test_arena, en, DAY_MONTH, d), "November 2026");
	CHECK_STR(day_show(test_arena, S("fr"), DAY_MONTH, d), "novembre 2026");
	CHECK_STR(day_show(test_arena, S("fra"), DAY_MONTH, d), "November 2026");
	CHECK_STR(time_show(test_arena, en, 52200), "14:30");
	CHECK_STR(time_show(test_arena, fr, 52200), "14\u00A0h\u00A030");
	CHECK_STR(time_show(test_arena, fr, 32400), "9\u00A0h");
	CHECK_STR(day_show_range(test_arena, en, d, d), "22 November 2026");
	CHECK_STR(day_show_range(test_arena, en, d, d + 2), "22 to 24 November 2026");
	CHECK_STR(day_show_range(test_arena, en, d, first), "22 November to 1 December 2026");
	CHECK_STR(day_show_range(test_arena, fr, first, first + 2), "du 1er au 3 décembre 2026");
	CHECK_STR(day_show_range(test_arena, fr, d, first), "du 22 novembre au 1er décembre 2026");
	CHECK_STR(day_show_range(test_arena, fr, first, day("2027-01-01")),
		  "du 1er décembre 2026 au 1er janvier 2027");
}

TEST("the second of two equal wall times is an offset's difference later; others are what they are")
{
	static const struct {
		const char *zone, *wall, *instant;
	} cases[] = {
		{"America/St_Johns", "2026-11-01T01:30", "2026-11-01T05:00:00Z"},
		{"America/Toronto", "2026-11-01T01:30", "2026-11-01T06:30:00Z"},
		{"America/Toronto", "2026-11-01T02:00", "2026-11-01T07:00:00Z"},
		{"America/Toronto", "2026-03-08T02:30", "2026-03-08T07:30:00Z"},
		{"Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T15:15:00Z"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct wall wall = {0};
		CHECK(wall_read(str_of(cases[i].wall), &wall));
		int64_t at =
			wall_instant_second(wall, zone_open(test_arena, str_of(cases[i].zone)));
		CHECK_STR(instant_rfc3339(test_arena, at), cases[i].instant);
	}
}

TEST("the hour of a zone has a name in each language, and so has its city")
{
	int64_t summer = 0, winter = 0;
	CHECK(instant_read_rfc3339(S("2026-11-01T04:00:00Z"), &summer));
	CHECK(instant_read_rfc3339(S("2026-11-01T05:00:00Z"), &winter));
	CHECK_STR(zone_hour_show(test_arena, S("en"), S("America/St_Johns"), summer),
		  "Newfoundland Daylight Time");
	CHECK_STR(zone_hour_show(test_arena, S("en"), S("America/St_Johns"), winter),
		  "Newfoundland Standard Time");
	CHECK_STR(zone_hour_show(test_arena, S("fr"), S("America/St_Johns"), winter),
		  "heure normale de Terre-Neuve");
	CHECK_STR(zone_city_show(test_arena, S("en"), S("America/St_Johns")), "St. John’s");
	CHECK_STR(zone_city_show(test_arena, S("fr"), S("America/St_Johns")),
		  "Saint-Jean de Terre-Neuve");
}
