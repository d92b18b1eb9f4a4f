#pragma once
/*
 * Three kinds of time, never mixed:
 *  - an instant: int64_t seconds since 1970-01-01T00:00:00Z, when something happened;
 *  - a civil day: int64_t days since 1970-01-01 in the proleptic Gregorian calendar, a birthday or
 * a deadline, the same everywhere. Adding and counting days is + and -. Stored as YYYY-MM-DD;
 *  - a wall time with a zone: what the clock on the wall will show where something is planned.
 *    Governments move clocks, so it is stored as it was said and made an instant when it is needed.
 *
 * Where clocks go forward, a wall time that does not exist means the one later by the gap (02:30
 * becomes 03:30); where they go back, one that exists twice means the first (RFC 5545, 3.3.5).
 * Years are 1 to 9999. No function here reads a clock.
 */
#include "base/str.h"

struct zone;

struct wall {
	int64_t day;
	int seconds; /* since midnight, 0 to 86,399 */
};

/* Civil days */
bool day_of(int year, int month, int day, int64_t *out); /* false if there is no such date */
void day_split(int64_t day, int *year, int *month, int *month_day);
bool day_read(struct str, int64_t *out); /* exactly YYYY-MM-DD */
struct str day_text(struct arena *, int64_t day);
int day_weekday(int64_t day); /* 1 Monday … 7 Sunday */
/* The same date so many months on, or the last day of a shorter month: 31 January + 1 is 28 or 29
 * February. Months may be negative. */
int64_t day_add_months(int64_t day, int months);

/* Wall times: "2026-11-22T14:30" or with ":05" */
bool wall_read(struct str, struct wall *out);
struct str wall_text(struct arena *, struct wall); /* seconds only where there are some */

/* Zones are IANA names ("America/Toronto"). NULL if there is none of that name. */
struct zone *zone_open(struct arena *, struct str name);
enum wall_case { WALL_PLAIN, WALL_GAP, WALL_TWICE };
int64_t wall_instant(struct wall, struct zone *, enum wall_case *found); /* found may be NULL */
/* The same, but of a time that exists twice the second. */
int64_t wall_instant_second(struct wall, struct zone *);
struct wall instant_wall(int64_t instant, struct zone *);

/* The next change of a zone's clocks after `from`; false if none is known before `until`. */
struct zone_change {
	int64_t at;
	int before, after; /* seconds east of UTC */
};
bool zone_next_change(struct zone *, int64_t from, int64_t until, struct zone_change *out);
int zone_offset(struct zone *, int64_t at);

/* Instants as text. Reading takes any offset; fractions of a second are cut, :60 is :59. */
struct str instant_rfc3339(struct arena *, int64_t instant); /* "2026-11-22T19:30:00Z" */
bool instant_read_rfc3339(struct str, int64_t *out);
struct str instant_http(struct arena *, int64_t instant); /* "Sun, 22 Nov 2026 19:30:00 GMT" */
bool instant_read_http(struct str, int64_t *out);         /* the three forms of RFC 9110, 5.6.7 */

/* What the hour of a zone is called at an instant, "Newfoundland Daylight Time", and where one knows it
 * by, "St. John’s": from ICU's data, in a language. `zone` is a name that zone_open() takes. */
struct str zone_hour_show(struct arena *, struct str lang, struct str zone, int64_t at);
struct str zone_city_show(struct arena *, struct str lang, struct str zone);

/* For people; `lang` "fr" or a tag that begins "fr-" is French, all else English. */
enum day_style {
	DAY_LONG,    /* 22 November 2026	1er décembre 2026 */
	DAY_WEEKDAY, /* Sunday 22 November 2026	mardi 1er décembre 2026 */
	DAY_SHORT,   /* 22 Nov 2026		1er déc. 2026 */
	DAY_MONTH,   /* November 2026		décembre 2026 */
};
struct str day_show(struct arena *, struct str lang, enum day_style, int64_t day);
struct str time_show(struct arena *, struct str lang, int seconds); /* 14:30	14 h 30 */
/* "22 to 24 November 2026", "du 30 novembre au 1er décembre 2026"; one day if they are the same */
struct str day_show_range(struct arena *, struct str lang, int64_t first, int64_t last);
