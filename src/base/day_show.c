/* Dates as people write them, in English and French. The last part of base/instant.h. */
#include "base/instant.h"
#include "base/lang.h"

struct calendar_words {
	const char *months[13], *short_months[13], *weekdays[8];
	const char *first; /* of the month */
};

static const struct calendar_words english = {
	.months = {"", "January", "February", "March", "April", "May", "June", "July", "August",
		   "September", "October", "November", "December"},
	.short_months = {"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
			 "Nov", "Dec"},
	.weekdays = {"", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
		     "Sunday"},
	.first = "1",
};

static const struct calendar_words french = {
	.months = {"", "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
		   "septembre", "octobre", "novembre", "décembre"},
	.short_months = {"", "janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août",
			 "sept.", "oct.", "nov.", "déc."},
	.weekdays = {"", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"},
	.first = "1er",
};

static const char *ordinal(struct arena *a, const struct calendar_words *words, int day)
{
	return day == 1 ? words->first : str_fmt(a, "%d", day).p;
}

struct str day_show(struct arena *a, struct str lang, enum day_style style, int64_t day)
{
	const struct calendar_words *words = lang_is_french(lang) ? &french : &english;
	int year, month, month_day;
	day_split(day, &year, &month, &month_day);
	const char *number = ordinal(a, words, month_day);
	switch (style) {
	case DAY_LONG:
		break;
	case DAY_WEEKDAY:
		return str_fmt(a, "%s %s %s %d", words->weekdays[day_weekday(day)], number,
			       words->months[month], year);
	case DAY_SHORT:
		return str_fmt(a, "%s %s %d", number, words->short_months[month], year);
	case DAY_MONTH:
		return str_fmt(a, "%s %d", words->months[month], year);
	}
	return str_fmt(a, "%s %s %d", number, words->months[month], year);
}

struct str time_show(struct arena *a, struct str lang, int seconds)
{
	int hour = seconds / 3600, minute = seconds / 60 % 60;
	if (!lang_is_french(lang))
		return str_fmt(a, "%02d:%02d", hour, minute);
	return minute ? str_fmt(a, "%d\u00A0h\u00A0%02d", hour, minute)
		      : str_fmt(a, "%d\u00A0h", hour);
}

struct str day_show_range(struct arena *a, struct str lang, int64_t first, int64_t last)
{
	if (first == last)
		return day_show(a, lang, DAY_LONG, first);
	const struct calendar_words *words = lang_is_french(lang) ? &french : &english;
	int years[2], months[2], days[2];
	day_split(first, &years[0], &months[0], &days[0]);
	day_split(last, &years[1], &months[1], &days[1]);
	struct str from = str_of(ordinal(a, words, days[0])); /* only as much as differs */
	if (years[0] != years[1])
		from = day_show(a, lang, DAY_LONG, first);
	else if (months[0] != months[1])
		from = str_fmt(a, STR_FMT " %s", STR_ARG(from), words->months[months[0]]);
	struct str to = day_show(a, lang, DAY_LONG, last);
	return lang_is_french(lang)
		       ? str_fmt(a, "du " STR_FMT " au " STR_FMT, STR_ARG(from), STR_ARG(to))
		       : str_fmt(a, STR_FMT " to " STR_FMT, STR_ARG(from), STR_ARG(to));
}
