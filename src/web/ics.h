#pragma once
/*
 * Dates as calendars read them: iCalendar (RFC 5545), a pure function from values to bytes. Lines are
 * folded at 75 octets and end in CRLF; texts carry their LANGUAGE; what people typed is escaped.
 *
 * A wall time goes out as it was said, with its zone, and each zone as a VTIMEZONE that holds the
 * changes of its clocks around the events, from the same data that base/instant.h reads. Only a wall
 * time that exists twice goes out in UTC: RFC 5545 reads it as the first (3.3.5), not every program
 * does, and either may be meant.
 *
 * The same event keeps its UID for ever and raises SEQUENCE: a calendar then changes the entry it
 * has instead of adding one (RFC 5546, 2.1.4 and 2.1.5).
 */
#include "base/str.h"

struct arena;

struct ics_event {
	struct str uid;
	int64_t sequence;   /* its revision */
	const char *status; /* "CONFIRMED", "TENTATIVE", "CANCELLED" */
	struct str wall, zone;
	int64_t at; /* the same as an instant */
	int64_t minutes;
	struct str title, title_lang;
	struct str about, about_lang; /* may be empty, as the rest */
	struct str place, link;
	int64_t made_at, changed_at;
};

struct ics {
	const char *method; /* "PUBLISH", "REQUEST", "CANCEL" */
	struct str name;    /* of the calendar */
	struct str lang;    /* of the name */
	/* Of a REQUEST or CANCEL: who asks, and who is asked (e-mail addresses). */
	struct str organiser, organiser_name, attendee, attendee_name;
	const struct ics_event *events;
	size_t count;
};
struct str ics_write(struct arena *, const struct ics *);
