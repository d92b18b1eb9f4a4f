#include "app/activities/plan_rules.h"

#include <ctype.h>

const struct plan_word plan_kinds[] = {
	{"series", N_("Series")}, {"event", N_("Event")},
	{"visit", N_("Visit")},   {"session", N_("Session")},
	{"course", N_("Course")}, {"conference", N_("Conference")},
	{"letter", N_("Letter")}, {0},
};
const struct plan_word *const plan_kinds_offered = plan_kinds + 1;

const struct plan_word plan_modes[] = {
	{"in_person", N_("In person")},
	{"technology", N_("By technology")},
	{"written", N_("In writing")},
	{0},
};
const struct plan_word plan_statuses[] = {
	{"planned", N_("Planned")},
	{"held", N_("Held")},
	{"cancelled", N_("Cancelled")},
	{0},
};
const struct plan_word plan_visibilities[] = {
	{"private", N_("Staff who see all activities, and who is asked")},
	{"invited", N_("Staff who see all activities, who is asked, and the groups invited")},
	{"public", N_("Everybody: it stands in the public calendar")},
	{0},
};
const struct plan_word plan_roles[] = {
	{"speaker", N_("Speakers")},
	{"host", N_("Hosts")},
	{"mentor", N_("Mentors")},
	{"volunteer", N_("Volunteers")},
	{"facilitator", N_("Facilitators")},
	{"second_adult", N_("Second adults")},
	{0},
};

static const struct {
	const char *method, *mode;
} methods[] = {
	{"classroom_visit", "in_person"},    {"open_house", "in_person"},
	{"conference_parents", "in_person"}, {"after_school", "in_person"},
	{"career_fair", "in_person"},        {"show_and_tell", "in_person"},
	{"meet_and_greet", "in_person"},     {"interview", "in_person"},
	{"work_site_visit", "in_person"},    {"field_trip", "in_person"},
	{"website", "technology"},           {"email", "technology"},
	{"social_media", "technology"},      {"webinar", "technology"},
	{"newsletter", "written"},           {"notice", "written"},
};

const char *plan_label(struct arena *a, const struct plan_word *words, struct str code)
{
	for (; words->code; words++)
		if (str_is(code, words->code))
			return words->label;
	return str_c(a, code);
}

const char *plan_method_mode(struct str method)
{
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
		if (str_is(method, methods[i].method))
			return methods[i].mode;
	return "";
}

/* "14:30", "14 h 30", "14h" */
static bool clock_read(struct str text, int *seconds)
{
	int part[2] = {0, 0}, digits[2] = {0, 0}, at = 0;
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		if (isdigit(c) && digits[at] < 2) {
			part[at] = part[at] * 10 + c - '0';
			digits[at]++;
		} else if ((c == ':' || c == 'h' || c == 'H') && at == 0 && digits[0]) {
			at = 1;
		} else if (c != ' ') {
			return false;
		}
	}
	bool hour_only = at == 1 && !digits[1] && text.p[text.n - 1] != ':';
	if (!digits[0] || at == 0 || (digits[1] != 2 && !hour_only) || part[0] > 23 || part[1] > 59)
		return false;
	*seconds = part[0] * 3600 + part[1] * 60;
	return true;
}

enum plan_when plan_time(struct arena *a, struct str date, struct str time, struct str zone,
			 struct plan_time *out)
{
	struct wall wall = {0};
	*out = (struct plan_time){0};
	if (!day_read(date, &wall.day) || !clock_read(str_trim(time), &wall.seconds))
		return WHEN_NO_TIME;
	struct zone *z = zone_open(a, zone);
	if (!z)
		return WHEN_NO_ZONE;
	enum wall_case found;
	out->wall = wall_text(a, wall);
	out->at = wall_instant(wall, z, &found);
	out->at_second = wall_instant_second(wall, z);
	out->gap_to = instant_wall(out->at, z);
	return found == WALL_GAP ? WHEN_GAP : found == WALL_TWICE ? WHEN_TWICE : WHEN_PLAIN;
}

const struct plan_word plan_repeats[] = {
	{"weekly", N_("Every week")},
	{"fortnightly", N_("Every two weeks")},
	{"monthly", N_("Every month")},
	{0},
};

size_t plan_repeated(int64_t first, struct str repeat, int64_t until, int64_t *days, size_t most)
{
	size_t count = 0;
	int week = str_is(repeat, "weekly") ? 7 : 14;
	for (int64_t day = first; day <= until; count++) {
		if (count == most)
			return most + 1;
		days[count] = day;
		day = str_is(repeat, "monthly") ? day_add_months(first, (int)count + 1)
						: day + week;
	}
	return count;
}

struct str plan_hours(struct arena *a, struct str lang, int64_t at, int64_t minutes,
		      struct zone *zone)
{
	struct wall begin = instant_wall(at, zone), end = instant_wall(at + minutes * 60, zone);
	struct str day = day_show(a, lang, DAY_WEEKDAY, begin.day),
		   from = time_show(a, lang, begin.seconds),
		   until = time_show(a, lang, end.seconds);
	if (!minutes)
		return str_fmt(a, STR_FMT ", " STR_FMT, STR_ARG(day), STR_ARG(from));
	if (end.day == begin.day)
		return str_fmt(a, STR_FMT ", " STR_FMT "\u00a0– " STR_FMT, STR_ARG(day),
			       STR_ARG(from), STR_ARG(until));
	struct str last = day_show(a, lang, DAY_WEEKDAY, end.day);
	return str_fmt(a, STR_FMT ", " STR_FMT " – " STR_FMT ", " STR_FMT, STR_ARG(day),
		       STR_ARG(from), STR_ARG(last), STR_ARG(until));
}

int64_t plan_adults(int64_t learners, int64_t per_adult)
{
	return per_adult > 0 && learners > 0 ? (learners + per_adult - 1) / per_adult : 0;
}
