#include "base/instant.h"

#include "base/arena.h"
#include "base/err.h"

#include <string.h>

#define DAY       86400
#define FIRST_DAY (-719162) /* 0001-01-01 */
#define LAST_DAY  2932896   /* 9999-12-31 */

static const char *const short_months[13] = {"",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char *const short_weekdays[8] = {"", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static const char *const weekdays[8] = {"",         "Monday", "Tuesday",  "Wednesday",
					"Thursday", "Friday", "Saturday", "Sunday"};

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int month_days(int year, int month)
{
	static const int days[13] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return days[month] + (month == 2 && leap);
}

/* Howard Hinnant, "chrono-compatible low-level date algorithms": years that begin in March, in eras
 * of 400. */
bool day_of(int year, int month, int day, int64_t *out)
{
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    day > month_days(year, month))
		return false;
	int y = year - (month <= 2), era = y / 400, year_of_era = y - era * 400;
	int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	*out = (int64_t)era * 146097 + day_of_era - 719468;
	return true;
}

void day_split(int64_t day, int *year, int *month, int *month_day)
{
	day = day < FIRST_DAY ? FIRST_DAY : day > LAST_DAY ? LAST_DAY : day;
	int z = (int)day + 719468, era = z / 146097, doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	*month_day = doy - (153 * mp + 2) / 5 + 1;
	*month = mp < 10 ? mp + 3 : mp - 9;
	*year = yoe + era * 400 + (*month <= 2);
}

int day_weekday(int64_t day)
{
	return (int)(((day + 3) % 7 + 7) % 7) + 1;
}

int64_t day_add_months(int64_t day, int months)
{
	int year, month, month_day;
	day_split(day, &year, &month, &month_day);
	int64_t count = (int64_t)year * 12 + month - 1 + months;
	year = (int)floor_div(count, 12);
	if (year < 1)
		return FIRST_DAY;
	if (year > 9999)
		return LAST_DAY;
	month = (int)(count - (int64_t)year * 12) + 1;
	int last = month_days(year, month);
	MUST(day_of(year, month, month_day < last ? month_day : last, &day));
	return day;
}

struct fields {
	int year, month, day, hour, minute, second;
};

static bool take_digits(struct str *s, int count, int *out)
{
	int n = 0;
	if (s->n < (size_t)count)
		return false;
	for (int i = 0; i < count; i++) {
		if (s->p[i] < '0' || s->p[i] > '9')
			return false;
		n = n * 10 + s->p[i] - '0';
	}
	*s = str_from(*s, (size_t)count);
	*out = n;
	return true;
}

static bool take_name(struct str *s, const char *const *names, int count, int *out)
{
	for (int i = 1; i <= count; i++) {
		if (!str_starts(*s, str_of(names[i])))
			continue;
		*s = str_from(*s, strlen(names[i]));
		*out = i;
		return true;
	}
	return false;
}

static bool take_padded(struct str *s, int *out)
{
	if (!s->n || *s->p != ' ')
		return take_digits(s, 2, out);
	*s = str_from(*s, 1);
	return take_digits(s, 1, out);
}

/* %Y year, %y its last two digits (70 to 99 are 19xx), %N month, %B its English name cut to three
 * letters, %D day, %E day with a leading space, %H %M %S, %A and %a the weekday, which is not
 * compared with the date; anything else is itself. */
static bool take_field(struct str *s, char what, struct fields *f)
{
	int ignored;
	switch (what) {
	case 'Y':
		return take_digits(s, 4, &f->year);
	case 'y':
		if (!take_digits(s, 2, &f->year))
			return false;
		f->year += f->year < 70 ? 2000 : 1900;
		return true;
	case 'N':
		return take_digits(s, 2, &f->month);
	case 'B':
		return take_name(s, short_months, 12, &f->month);
	case 'D':
		return take_digits(s, 2, &f->day);
	case 'E':
		return take_padded(s, &f->day);
	case 'H':
		return take_digits(s, 2, &f->hour);
	case 'M':
		return take_digits(s, 2, &f->minute);
	case 'S':
		return take_digits(s, 2, &f->second);
	case 'A':
		return take_name(s, weekdays, 7, &ignored);
	case 'a':
		return take_name(s, short_weekdays, 7, &ignored);
	}
	return false;
}

static bool take(struct str *s, const char *pattern, struct fields *f)
{
	for (; *pattern; pattern++) {
		if (*pattern == '%') {
			if (!take_field(s, *++pattern, f))
				return false;
		} else if (s->n && *s->p == *pattern) {
			*s = str_from(*s, 1);
		} else {
			return false;
		}
	}
	return true;
}

static bool fields_wall(const struct fields *f, struct wall *out)
{
	int second = f->second == 60 ? 59 : f->second;
	if (f->hour > 23 || f->minute > 59 || second > 59)
		return false;
	out->seconds = f->hour * 3600 + f->minute * 60 + second;
	return day_of(f->year, f->month, f->day, &out->day);
}

static int64_t wall_seconds(struct wall w)
{
	return w.day * DAY + w.seconds;
}

bool day_read(struct str s, int64_t *out)
{
	struct fields f = {0};
	return take(&s, "%Y-%N-%D", &f) && s.n == 0 && day_of(f.year, f.month, f.day, out);
}

struct str day_text(struct arena *a, int64_t day)
{
	int y, m, d;
	day_split(day, &y, &m, &d);
	return str_fmt(a, "%04d-%02d-%02d", y, m, d);
}

bool wall_read(struct str s, struct wall *out)
{
	struct fields f = {0};
	struct wall made;
	if (!take(&s, "%Y-%N-%DT%H:%M", &f) || (s.n && !take(&s, ":%S", &f)) || s.n ||
	    f.second > 59 || !fields_wall(&f, &made))
		return false;
	*out = made;
	return true;
}

struct str wall_text(struct arena *a, struct wall w)
{
	struct str day = day_text(a, w.day);
	int hour = w.seconds / 3600, minute = w.seconds / 60 % 60, second = w.seconds % 60;
	return second ? str_fmt(a, STR_FMT "T%02d:%02d:%02d", STR_ARG(day), hour, minute, second)
		      : str_fmt(a, STR_FMT "T%02d:%02d", STR_ARG(day), hour, minute);
}

static struct wall utc_wall(int64_t instant)
{
	const int64_t first = (int64_t)FIRST_DAY * DAY, last = (int64_t)LAST_DAY * DAY + DAY - 1;
	instant = instant < first ? first : instant > last ? last : instant;
	int64_t day = floor_div(instant, DAY);
	return (struct wall){.day = day, .seconds = (int)(instant - day * DAY)};
}

struct str instant_rfc3339(struct arena *a, int64_t instant)
{
	struct wall w = utc_wall(instant);
	int y, m, d;
	day_split(w.day, &y, &m, &d);
	return str_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", y, m, d, w.seconds / 3600,
		       w.seconds / 60 % 60, w.seconds % 60);
}

/* The fraction of a second is passed over. */
static bool skip_fraction(struct str *s)
{
	if (!s->n || *s->p != '.')
		return true;
	size_t i = 1;
	while (i < s->n && s->p[i] >= '0' && s->p[i] <= '9')
		i++;
	*s = str_from(*s, i);
	return i > 1;
}

bool instant_read_rfc3339(struct str s, int64_t *out)
{
	struct fields f = {0}, offset = {0};
	struct wall w;
	bool ok = take(&s, "%Y-%N-%D", &f) && s.n && (*s.p == 'T' || *s.p == 't');
	s = str_from(s, 1);
	if (!ok || !take(&s, "%H:%M:%S", &f) || !skip_fraction(&s) || !s.n || !fields_wall(&f, &w))
		return false;
	char sign = *s.p;
	s = str_from(s, 1);
	if (sign == '+' || sign == '-') {
		if (!take(&s, "%H:%M", &offset) || offset.hour > 23 || offset.minute > 59)
			return false;
	} else if (sign != 'Z' && sign != 'z') {
		return false;
	}
	if (s.n)
		return false;
	int64_t ahead = offset.hour * 3600 + offset.minute * 60;
	*out = wall_seconds(w) - (sign == '-' ? -ahead : ahead);
	return true;
}

struct str instant_http(struct arena *a, int64_t instant)
{
	struct wall w = utc_wall(instant);
	int y, m, d;
	day_split(w.day, &y, &m, &d);
	return str_fmt(a, "%s, %02d %s %04d %02d:%02d:%02d GMT", short_weekdays[day_weekday(w.day)],
		       d, short_months[m], y, w.seconds / 3600, w.seconds / 60 % 60,
		       w.seconds % 60);
}

bool instant_read_http(struct str s, int64_t *out)
{
	static const char *const forms[] = {
		"%a, %D %B %Y %H:%M:%S GMT",
		"%A, %D-%B-%y %H:%M:%S GMT",
		"%a %B %E %H:%M:%S %Y",
	};
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		struct str rest = s;
		struct fields f = {0};
		struct wall w;
		if (!take(&rest, forms[i], &f) || rest.n)
			continue;
		if (!fields_wall(&f, &w))
			return false;
		*out = wall_seconds(w);
		return true;
	}
	return false;
}
