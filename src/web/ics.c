#include "web/ics.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/instant.h"

#include <libical/ical.h>
#include <string.h>

enum { YEAR = 366 * 86400, MINUTE = 60, MOST_ZONES = 32 };

static icaltimetype time_of(struct wall wall, bool utc)
{
	int year, month, day;
	day_split(wall.day, &year, &month, &day);
	icaltimetype t = icaltime_null_time();
	t.year = year, t.month = month, t.day = day;
	t.hour = wall.seconds / 3600;
	t.minute = wall.seconds / 60 % 60;
	t.second = wall.seconds % 60;
	if (utc)
		t.zone = icaltimezone_get_utc_timezone();
	return t;
}

static icaltimetype utc_of(int64_t instant)
{
	int64_t day = instant / 86400 - (instant % 86400 < 0);
	return time_of((struct wall){day, (int)(instant - day * 86400)}, true);
}

static void param(icalproperty *to, icalparameter *value)
{
	icalproperty_add_parameter(to, value);
}

/* A text with its language; none where it is empty. */
static void say(icalcomponent *to, struct arena *a, icalproperty *(*make)(const char *),
		struct str text, struct str lang)
{
	if (!text.n)
		return;
	icalproperty *p = make(str_c(a, text));
	if (lang.n)
		param(p, icalparameter_new_language(str_c(a, lang)));
	icalcomponent_add_property(to, p);
}

/* A name as a parameter holds it: without quotes of its own (RFC 5545, 3.2). */
static const char *bare(struct arena *a, struct str name)
{
	struct buf b = {.arena = a};
	for (size_t i = 0; i < name.n; i++)
		buf_char(&b, name.p[i] == '"' ? '\'' : name.p[i]);
	return str_c(a, buf_str(&b));
}

/* ---- zones ---- */

static void observance(icalcomponent *zone, struct zone_change c, bool summer)
{
	icalcomponent *part = summer ? icalcomponent_new(ICAL_XDAYLIGHT_COMPONENT)
				     : icalcomponent_new(ICAL_XSTANDARD_COMPONENT);
	/* the clock's own face just before it is changed */
	int64_t local = c.at + c.before, day = local / 86400 - (local % 86400 < 0);
	struct wall wall = {day, (int)(local - day * 86400)};
	icalcomponent_add_property(part, icalproperty_new_dtstart(time_of(wall, false)));
	icalcomponent_add_property(part, icalproperty_new_tzoffsetfrom(c.before));
	icalcomponent_add_property(part, icalproperty_new_tzoffsetto(c.after));
	icalcomponent_add_component(zone, part);
}

static icalcomponent *zone_component(struct arena *a, struct str name, int64_t from, int64_t until)
{
	struct zone *zone = zone_open(a, name);
	icalcomponent *to = icalcomponent_new(ICAL_VTIMEZONE_COMPONENT);
	icalcomponent_add_property(to, icalproperty_new_tzid(str_c(a, name)));
	int least = zone_offset(zone, from);
	struct zone_change c = {from, least, least};
	for (int64_t at = from; zone_next_change(zone, at, until, &c); at = c.at)
		least = c.after < least ? c.after : least;
	c = (struct zone_change){from, zone_offset(zone, from), zone_offset(zone, from)};
	observance(to, c, c.after > least);
	for (int64_t at = from; zone_next_change(zone, at, until, &c); at = c.at)
		observance(to, c, c.after > least);
	return to;
}

/* One VTIMEZONE for each zone, over the time of its events. */
static void add_zones(icalcomponent *calendar, struct arena *a, const struct ics *is)
{
	struct str done[MOST_ZONES];
	size_t count = 0;
	for (size_t i = 0; i < is->count; i++) {
		struct str name = is->events[i].zone;
		int64_t from = is->events[i].at, until = from;
		bool known = false;
		for (size_t k = 0; k < count; k++)
			known |= str_eq(done[k], name);
		if (known || count == MOST_ZONES)
			continue;
		done[count++] = name;
		for (size_t k = i; k < is->count; k++) {
			if (!str_eq(is->events[k].zone, name))
				continue;
			from = is->events[k].at < from ? is->events[k].at : from;
			until = is->events[k].at > until ? is->events[k].at : until;
		}
		icalcomponent_add_component(calendar,
					    zone_component(a, name, from - YEAR, until + YEAR));
	}
}

/* ---- events ---- */

static void add_start(icalcomponent *to, struct arena *a, const struct ics_event *e)
{
	struct wall wall = {0};
	enum wall_case found = WALL_PLAIN;
	bool said = wall_read(e->wall, &wall);
	if (said)
		wall_instant(wall, zone_open(a, e->zone), &found);
	if (!said || found == WALL_TWICE) {
		icalcomponent_add_property(to, icalproperty_new_dtstart(utc_of(e->at)));
	} else {
		icalproperty *start = icalproperty_new_dtstart(time_of(wall, false));
		param(start, icalparameter_new_tzid(str_c(a, e->zone)));
		icalcomponent_add_property(to, start);
	}
	if (e->minutes > 0)
		icalcomponent_add_property(to, icalproperty_new_duration(icaldurationtype_from_int(
						       (int)e->minutes * MINUTE)));
}

static void add_people(icalcomponent *to, struct arena *a, const struct ics *is)
{
	if (!is->organiser.n)
		return;
	struct str address = str_fmt(a, "mailto:" STR_FMT, STR_ARG(is->organiser));
	icalproperty *p = icalproperty_new_organizer(str_c(a, address));
	if (is->organiser_name.n)
		param(p, icalparameter_new_cn(bare(a, is->organiser_name)));
	icalcomponent_add_property(to, p);
	if (!is->attendee.n)
		return;
	address = str_fmt(a, "mailto:" STR_FMT, STR_ARG(is->attendee));
	p = icalproperty_new_attendee(str_c(a, address));
	if (is->attendee_name.n)
		param(p, icalparameter_new_cn(bare(a, is->attendee_name)));
	param(p, icalparameter_new_partstat(ICAL_PARTSTAT_NEEDSACTION));
	icalcomponent_add_property(to, p);
}

static icalproperty_status status_of(const char *status)
{
	return !strcmp(status, "CANCELLED")   ? ICAL_STATUS_CANCELLED
	       : !strcmp(status, "TENTATIVE") ? ICAL_STATUS_TENTATIVE
					      : ICAL_STATUS_CONFIRMED;
}

static icalcomponent *event(struct arena *a, const struct ics *is, const struct ics_event *e)
{
	icalcomponent *to = icalcomponent_new(ICAL_VEVENT_COMPONENT);
	icalcomponent_add_property(to, icalproperty_new_uid(str_c(a, e->uid)));
	icalcomponent_add_property(to, icalproperty_new_dtstamp(utc_of(e->changed_at)));
	add_start(to, a, e);
	say(to, a, icalproperty_new_summary, e->title, e->title_lang);
	say(to, a, icalproperty_new_description, e->about, e->about_lang);
	say(to, a, icalproperty_new_location, e->place, (struct str){0});
	say(to, a, icalproperty_new_url, e->link, (struct str){0});
	icalcomponent_add_property(to, icalproperty_new_status(status_of(e->status)));
	icalcomponent_add_property(to, icalproperty_new_sequence((int)e->sequence));
	icalcomponent_add_property(to, icalproperty_new_created(utc_of(e->made_at)));
	icalcomponent_add_property(to, icalproperty_new_lastmodified(utc_of(e->changed_at)));
	add_people(to, a, is);
	return to;
}

static icalproperty_method method_of(const char *method)
{
	return !strcmp(method, "REQUEST")  ? ICAL_METHOD_REQUEST
	       : !strcmp(method, "CANCEL") ? ICAL_METHOD_CANCEL
					   : ICAL_METHOD_PUBLISH;
}

struct str ics_write(struct arena *a, const struct ics *is)
{
	icalcomponent *calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
	icalcomponent_add_property(calendar, icalproperty_new_version("2.0"));
	icalcomponent_add_property(calendar, icalproperty_new_prodid("-//Waypost//Waypost//EN"));
	icalcomponent_add_property(calendar, icalproperty_new_method(method_of(is->method)));
	if (is->name.n) { /* RFC 7986, 5.1, and what calendars read before it */
		icalproperty *old = icalproperty_new_x(str_c(a, is->name));
		icalproperty_set_x_name(old, "X-WR-CALNAME");
		icalcomponent_add_property(calendar, old);
		say(calendar, a, icalproperty_new_name, is->name, is->lang);
	}
	add_zones(calendar, a, is);
	for (size_t i = 0; i < is->count; i++)
		icalcomponent_add_component(calendar, event(a, is, &is->events[i]));
	char *text = icalcomponent_as_ical_string_r(calendar);
	MUST(text);
	struct str out = str_dup(a, str_of(text));
	icalmemory_free_buffer(text);
	icalcomponent_free(calendar);
	return out;
}
