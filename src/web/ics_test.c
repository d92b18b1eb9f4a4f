#include "web/ics.h"

#include "base/instant.h"
#include "test.h"

static struct ics_event call(const char *wall, int64_t at)
{
	return (struct ics_event){
		.uid = S("7f0c2a34-0000-4000-8000-000000000001"),
		.sequence = 3,
		.status = "CONFIRMED",
		.wall = str_of(wall),
		.zone = S("America/St_Johns"),
		.at = at,
		.minutes = 90,
		.title = S("Réunion; à l’aube, au port"),
		.title_lang = S("fr"),
		.about = S(
			"Première ligne\nUne deuxième ligne qui est assez longue pour que la ligne "
			"du calendrier soit pliée, avec des é et des ᐃᓄᒃᑎᑐᑦ dedans"),
		.about_lang = S("fr"),
		.place = S("9 Pier Street\nSt. John’s"),
		.link = S("https://example.org/a?b=1,2"),
		.made_at = 1790000000,
		.changed_at = 1790000060};
}

static struct str written(struct ics_event *e, const char *method)
{
	return ics_write(test_arena, &(struct ics){.method = method,
						   .name = S("École du Lac"),
						   .lang = S("fr"),
						   .events = e,
						   .count = 1});
}

#define HOLDS(text, part) CHECK(str_find(text, S(part)) >= 0)

TEST("an event goes out in its own clock's time, with that clock's changes")
{
	struct ics_event e = call("2026-11-02T01:30", 1793595600);
	struct str text = written(&e, "PUBLISH");
	HOLDS(text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
	HOLDS(text, "METHOD:PUBLISH\r\n");
	HOLDS(text, "DTSTART;TZID=America/St_Johns:20261102T013000\r\n");
	HOLDS(text, "DURATION:PT1H30M\r\n");
	HOLDS(text, "SEQUENCE:3\r\n");
	HOLDS(text, "UID:7f0c2a34-0000-4000-8000-000000000001\r\n");
	HOLDS(text, "SUMMARY;LANGUAGE=fr:Réunion\\; à l’aube\\, au port\r\n");
	HOLDS(text, "TZID:America/St_Johns\r\n");
	HOLDS(text, "BEGIN:STANDARD\r\nDTSTART:20261101T020000\r\nTZOFFSETFROM:-0230\r\n"
		    "TZOFFSETTO:-0330\r\nEND:STANDARD\r\n");
	HOLDS(text, "BEGIN:DAYLIGHT\r\nDTSTART:20270314T020000\r\nTZOFFSETFROM:-0330\r\n"
		    "TZOFFSETTO:-0230\r\nEND:DAYLIGHT\r\n");
	HOLDS(text, "DTSTAMP:20260921T");
}

TEST("a time that exists twice goes out in UTC, so that nobody has to guess")
{
	struct ics_event first = call("2026-11-01T01:30", 1793505600),
			 second = call("2026-11-01T01:30", 1793509200);
	HOLDS(written(&first, "PUBLISH"), "DTSTART:20261101T040000Z\r\n");
	HOLDS(written(&second, "PUBLISH"), "DTSTART:20261101T050000Z\r\n");
}

TEST("lines are folded at 75 octets, between characters, and no line break of a text is one of a "
     "line")
{
	struct ics_event e = call("2026-11-02T01:30", 1793595600);
	struct str rest = written(&e, "PUBLISH"), line;
	size_t longest = 0;
	while (str_cut(&rest, '\n', &line)) {
		CHECK(line.n > 0 && line.p[line.n - 1] == '\r');
		longest = line.n > longest ? line.n : longest;
		CHECK(((unsigned char)line.p[line.p[0] == ' '] & 0xc0) != 0x80);
	}
	CHECK(longest <= 76); /* with its CR */
}

TEST("a cancelled event says so, to whom it is sent")
{
	struct ics_event e = call("2026-11-02T01:30", 1793595600);
	e.status = "CANCELLED";
	struct str text = ics_write(test_arena, &(struct ics){.method = "CANCEL",
							      .organiser = S("a@lake.example"),
							      .organiser_name = S("École; Lac"),
							      .attendee = S("b@home.example"),
							      .attendee_name = S("Bo \"the\" Both"),
							      .events = &e,
							      .count = 1});
	HOLDS(text, "METHOD:CANCEL\r\n");
	HOLDS(text, "STATUS:CANCELLED\r\n");
	HOLDS(text, "ORGANIZER;CN=\"École; Lac\":mailto:a@lake.example\r\n");
	HOLDS(text, "ATTENDEE;CN=Bo 'the' Both;PARTSTAT=NEEDS-ACTION:mailto:b@home.example\r\n");
}
