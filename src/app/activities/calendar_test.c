/* Dates that leave: the public calendar, one activity's file, and secret addresses. */
#include "base/arena.h"
#include "core/activity.h"
#include "core/args.h"
#include "core/group.h"
#include "core/link.h"
#include "scenario.h"

static void fill(struct world *w)
{
	int64_t class = group_add(w->db, w->arena, w->a, "class", S("3B"), S("2020-09-01"));
	group_join(w->db, w->arena, w->a, class, world_person(w, "member"), S("2020-09-01"));
	world_know_id(w, "class", class);
}

#define LEAD .as = "careers_lead"
#define PLAN(visibility, title)                                                                    \
	"kind=visit&mode=technology&minutes=90&visibility=" visibility "&title=" title             \
	"&date=2099-05-12&time=10:00&link=https://meet.example/x"

SCENARIOS(
	"the public calendar has what is public, without the address online, and is kept", fill,
	{.url = "/alder/activities/calendar", .status = 200, .has = {"Nothing public is planned"}},
	{.url = "/alder/", .status = 200, .has_not = {"Coming up", "Sample event"}},
	{.url = "/alder/activities/new",
	 LEAD,
	 .form = PLAN("public", "Open+day"),
	 .status = 303,
	 .keep = {"open", "Location: /alder/activities/"}},
	{.url = "/alder/activities/new", LEAD, .form = PLAN("invited", "For+us"), .status = 303},
	{.url = "/alder/activities/calendar",
	 .status = 200,
	 .has = {"Open day", "May 2099", "ETag: "},
	 .has_not = {"For us"}},
	{.url = "/alder/",
	 .status = 200,
	 .has = {"Coming up", "Open day", "Tuesday 12 May 2099, 10:00", "/activities/calendar\">"},
	 .has_not = {"For us", "Sample event", "meet.example"}},
	{.url = "/alder/",
	 .as = "signed_in",
	 .status = 200,
	 .has = {"Open day"},
	 .has_not = {"For us", "Sample event"}},
	{.url = "/alder/",
	 LEAD,
	 .status = 200,
	 .has = {"Open day", "For us", "Sample event",
		 "<h3><a href=\"/alder/activities/%open%\">"}},
	{.url = "/alder/activities/calendar.ics",
	 .status = 200,
	 .has = {"Content-Type: text/calendar; charset=utf-8", "SUMMARY;LANGUAGE=en:Open day",
		 "DTSTART;TZID=America/Toronto:20990512T100000", "STATUS:CONFIRMED", "SEQUENCE:1"},
	 .has_not = {"For us", "meet.example"}},
	{.url = "/alder/activities/%open%.ics",
	 LEAD,
	 .status = 200,
	 .has = {"meet.example", "activity-%open%.ics"}},
	{.url = "/alder/activities/%open%/cancel", LEAD, .form = "rev=1&why=Snow", .status = 303},
	{.url = "/alder/activities/calendar.ics",
	 .status = 200,
	 .has = {"STATUS:CANCELLED", "SEQUENCE:2"}},
	{.url = "/alder/activities/calendar", .status = 200, .has = {"Cancelled"}},
	{.url = "/alder/", .status = 200, .has = {"Open day", "Cancelled"}},
	{.url = "/alder/activities/%activity%.ics", .status = 404},
	{.url = "/alder/activities/new.ics", LEAD, .status = 404},
	{.url = "/alder/activities/calendar.json", .status = 200, .has = {"Open day"}});

TEST_DB("a stranger's first page is kept until what is on it changes or ends, a member's never")
{
	static const int64_t last_minute = 4082282980; /* 2099-05-12 11:29:40 in Toronto */
	struct world w;
	if (!CHECK(world_begin(&w, db, err, fill)))
		return;
	TELL(&w, .url = "/alder/", .status = 200, .keep = {"page", "ETag: \""});
	TELL(&w, .url = "/alder/", .headers = "If-None-Match: \"%page%\"", .status = 304);
	TELL(&w, .url = "/alder/activities/new", LEAD, .form = PLAN("public", "Open+day"),
	     .status = 303, .keep = {"open", "Location: /alder/activities/"});
	TELL(&w, .url = "/alder/", .headers = "If-None-Match: \"%page%\"", .status = 200,
	     .has = {"Open day"}, .keep = {"page", "ETag: \""});
	TELL(&w, .url = "/alder/", LEAD, .headers = "If-None-Match: \"%page%\"", .status = 200,
	     .has = {"no-store"}, .has_not = {"ETag"});
	w.now = last_minute;
	TELL(&w, .url = "/alder/", .status = 200, .has = {"Open day"},
	     .keep = {"page", "ETag: \""});
	w.now += 5;
	TELL(&w, .url = "/alder/", .headers = "If-None-Match: \"%page%\"", .status = 304);
	w.now += 60;
	TELL(&w, .url = "/alder/", .headers = "If-None-Match: \"%page%\"", .status = 200,
	     .has_not = {"Open day"});
	world_end(&w);
}

static struct str picture_of(struct world *w, const char *read, const char *accept)
{
	world_ask(w, &(struct scenario){
			     .url = str_c(w->arena,
					  str_fmt(w->arena, "/alder/activities/%%open%%/picture%s",
						  read)),
			     .headers = accept});
	CHECK_INT(w->last.status, 200);
	CHECK_STR(world_header(w, "Cache-Control"), "public, max-age=3600");
	return str_dup(w->arena, w->last.body);
}

TEST_SQLITE("a picture that others keep is in the language of its address, whoever asks first")
{
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	TELL(&w, .url = "/alder/activities/new", LEAD, .form = PLAN("public", "Open+day"),
	     .status = 303, .keep = {"open", "Location: /alder/activities/"});
	struct str plain = picture_of(&w, "", NULL), french = picture_of(&w, "?read=fr", NULL);
	CHECK(!str_eq(plain, french));
	CHECK(str_eq(picture_of(&w, "", "Accept-Language: fr"), plain));
	CHECK(str_eq(picture_of(&w, "", "Cookie: __Host-waypost_language=fr"), plain));
	CHECK(str_eq(picture_of(&w, "?read=fr", "Accept-Language: en"), french));
	CHECK(str_eq(picture_of(&w, "?read=en", "Accept-Language: fr"), plain));
	world_end(&w);
}

/* %lead% is who leads. */
static void fill_lead(struct world *w)
{
	fill(w);
	world_know_id(w, "lead", world_person(w, "careers_lead"));
}

SCENARIOS("a public activity has a picture and words for sharing, and what is not public has none",
	  fill_lead,
	  {.url = "/alder/activities/new",
	   LEAD,
	   .form = PLAN("public", "Open+day") "&responsible=%lead%",
	   .status = 303,
	   .keep = {"open", "Location: /alder/activities/"}},
	  {.url = "/alder/activities/%open%",
	   .status = 200,
	   .has = {"property=\"og:title\" content=\"Open day\"",
		   "/activities/%open%/picture?read=en\">",
		   "property=\"og:description\" content=\"Tuesday"}},
	  {.url = "/alder/activities/%open%/picture",
	   .status = 200,
	   .has = {"Content-Type: image/png", "Cache-Control: public, max-age=3600", "PNG"}},
	  {.url = "/alder/activities/%open%/picture?read=fr", .status = 200, .has = {"PNG"}},
	  {.url = "/alder/activities/%open%/share",
	   .status = 200,
	   .has = {"Open day\nTuesday 12 May 2099, 10:00\u00a0– 11:30\nhttps://"},
	   .has_not = {"meet.example"}},
	  {.url = "/alder/activities/%open%/share.json",
	   .status = 200,
	   .has = {"Open day"},
	   .has_not = {"meet.example", "Person careers_lead"}},
	  {.url = "/alder/activities/%open%.json",
	   .as = "translator",
	   .status = 200,
	   .has_not = {"meet.example", "Person careers_lead"}},
	  {.url = "/alder/activities/%open%/cancel", LEAD, .form = "rev=1&why=Snow", .status = 303},
	  {.url = "/alder/activities/%open%/share", .status = 200, .has = {"Cancelled – Open day"}},
	  {.url = "/alder/activities/%activity%/picture", LEAD, .status = 404},
	  {.url = "/alder/activities/%activity%/share", LEAD, .status = 404},
	  {.url = "/alder/activities/%activity%", LEAD, .status = 200, .has_not = {"og:title"}});

SCENARIOS("a secret address shows what its owner may see, until it is revoked", fill,
	  {.url = "/alder/activities/new",
	   LEAD,
	   .form = PLAN("invited", "For+3B") "&groups=%class%",
	   .status = 303},
	  {.url = "/alder/activities/feeds", .status = 303, .has = {"/alder/sign-in"}},
	  {.url = "/alder/activities/feeds",
	   .as = "member",
	   .status = 200,
	   .has_not = {"All activities here", "3B"}},
	  {.url = "/alder/activities/feeds", .as = "member", .form = "feed=org", .status = 403},
	  {.url = "/alder/activities/feeds",
	   .as = "member",
	   .form = "feed=group&group=%class%",
	   .status = 403},
	  {.url = "/alder/activities/feeds",
	   .as = "member",
	   .form = "feed=person",
	   .status = 200,
	   .has = {"shown only now"},
	   .keep = {"mine", "/activities/feed/"}},
	  {.url = "/alder/activities/feeds",
	   .as = "member",
	   .status = 200,
	   .has = {"My activities here", "In use"},
	   .has_not = {"shown only now"}});

#define MADE(name_) .status = 200, .has = {"shown only now"}, .keep = {name_, "/activities/feed/"}
#define FEED        .url = "/alder/activities/feeds"

SCENARIOS(
	"a feed is read without a session, shows what its owner may see, and ends when replaced",
	fill,
	{.url = "/alder/activities/new",
	 LEAD,
	 .form = PLAN("invited", "For+3B") "&groups=%class%",
	 .status = 303},
	{.url = "/alder/activities/new", LEAD, .form = PLAN("private", "For+staff"), .status = 303},
	{FEED, .as = "member", .form = "feed=person", MADE("mine")},
	{FEED, LEAD, .form = "feed=org", MADE("all")},
	{FEED, LEAD, .form = "feed=group&group=%class%", MADE("group")},
	{FEED, LEAD, .form = "feed=person", MADE("old")},
	{FEED, LEAD, .form = "feed=person", MADE("leads")},
	{.url = "/alder/activities/feed/%mine%",
	 .status = 200,
	 .has = {"For 3B", "meet.example", "Cache-Control: no-store"},
	 .has_not = {"For staff"}},
	{.url = "/alder/activities/feed/%all%", .status = 200, .has = {"For 3B", "For staff"}},
	{.url = "/alder/activities/feed/%group%",
	 .status = 200,
	 .has = {"For 3B"},
	 .has_not = {"For staff"}},
	{.url = "/alder/activities/feed/%old%", .status = 410},
	{.url = "/alder/activities/feed/%leads%", .status = 200},
	{.url = "/birch/activities/feed/%all%", .status = 410},
	{.url = "/alder/activities/feed/nonsense.ics", .status = 410},
	{.url = "/alder/activities/feeds",
	 LEAD,
	 .status = 200,
	 .keep = {"link", "activities/feeds/"}});

SCENARIOS("the feed of a group ends when its owner revokes it, and nobody else can", fill,
	  {.url = "/alder/activities/new",
	   LEAD,
	   .form = PLAN("invited", "For+3B") "&groups=%class%",
	   .status = 303},
	  {FEED, LEAD, .form = "feed=group&group=%class%", MADE("group")},
	  {.url = "/alder/activities/feed/%group%", .status = 200, .has = {"For 3B"}},
	  {FEED, LEAD, .status = 200, .has = {"Activities of a group", "3B"},
	   .keep = {"link", "activities/feeds/"}},
	  {.url = "/alder/activities/feeds/%link%", .as = "member", .form = "", .status = 404},
	  {.url = "/alder/activities/feed/%group%", .status = 200},
	  {.url = "/alder/activities/feeds/%link%", LEAD, .form = "", .status = 303},
	  {.url = "/alder/activities/feed/%group%", .status = 410});

/* Nothing but a right taken away stands between the two. */
static void without_rights(struct world *w)
{
	fill(w);
	struct str token = link_make(w->db, w->arena,
				     &(struct link_new){.purpose = "feed.org",
							.org = w->a,
							.owner = world_person(w, "member"),
							.subject = w->a,
							.now = w->now,
							.ends_at = w->now + 86400,
							.uses = 9});
	world_know(w, "former", token);
}

SCENARIOS("a feed of all activities ends with its owner’s right", without_rights,
	  {.url = "/alder/activities/feed/%former%.ics", .status = 410});

/* 3B has ended for the member, 4B begins later: %class% and %next%. An evening with 3B lies before. */
static void moved_up(struct world *w)
{
	int64_t member = world_person(w, "member"), lead = world_person(w, "careers_lead");
	int64_t old = group_add(w->db, w->arena, w->a, "class", S("3B"), S("2020-09-01")),
		next = group_add(w->db, w->arena, w->a, "class", S("4B"), S("2099-05-01"));
	struct activity evening = {.kind = "event",
				   .starts_wall = S("2021-03-01T23:30"), /* the 2nd in UTC */
				   .responsible = lead,
				   .visibility = "invited"};
	group_join(w->db, w->arena, w->a, old, member, S("2020-09-01"));
	group_leave(w->db, w->arena, w->a, old, member, S("2021-03-02"));
	group_join(w->db, w->arena, w->a, next, member, S("2099-05-12"));
	int64_t past = world_activity(w, &evening);
	db_exec(w->db,
		SQL("INSERT INTO activity_group (org, activity, people_group) VALUES (:org, :past, "
		    ":old)"),
		ARGS(w->arena, ARG_AS("org", w->a), ARG(past), ARG(old)));
	world_know_id(w, "class", old);
	world_know_id(w, "next", next);
	world_know_id(w, "past", past);
}

SCENARIOS("what is for a group is for those who belong to it on the day, not today", moved_up,
	  {.url = "/alder/activities/new",
	   LEAD,
	   .form = PLAN("invited", "For+3B") "&groups=%class%",
	   .status = 303,
	   .keep = {"left", "Location: /alder/activities/"}},
	  {.url = "/alder/activities/new",
	   LEAD,
	   .form = PLAN("invited", "For+4B") "&groups=%next%",
	   .status = 303,
	   .keep = {"joined", "Location: /alder/activities/"}},
	  {.url = "/alder/activities/%past%", .as = "member", .status = 200},
	  {.url = "/alder/activities/%left%", .as = "member", .status = 404},
	  {.url = "/alder/activities/%joined%",
	   .as = "member",
	   .status = 200,
	   .has = {"meet.example"}},
	  {.url = "/alder/activities",
	   .as = "member",
	   .status = 200,
	   .has = {"For 4B"},
	   .has_not = {"For 3B"}},
	  {.url = "/alder/activities?when=past",
	   .as = "member",
	   .status = 200,
	   .has = {"activities/%past%\""}},
	  {FEED, .as = "member", .form = "feed=person", MADE("mine")},
	  {.url = "/alder/activities/feed/%mine%",
	   .status = 200,
	   .has = {"For 4B"},
	   .has_not = {"For 3B"}},
	  {.url = "/alder/activities/%left%/notices",
	   LEAD,
	   .form = "group=%class%",
	   .status = 200,
	   .has_not = {"Person member"}},
	  {.url = "/alder/activities/%joined%/notices",
	   LEAD,
	   .form = "group=%next%",
	   .status = 200,
	   .has = {"Person member"}});

/* 1,300 public dates, one a minute. */
static void fill_year(struct world *w)
{
	fill(w);
	db_exec(w->db,
		SQL("INSERT INTO activity (org, kind, mode, status, starts_wall, zone, starts_at, "
		    "minutes, "
		    "visibility, responsible, made_at, uuid) "
		    "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT i + 1 FROM "
		    "n WHERE i < 1300) "
		    "SELECT CAST(:org AS bigint), 'event', 'technology', 'planned', "
		    "'2099-05-01T10:00', "
		    "'America/Toronto', 4081327200 + n.i * 60, 10 + n.i, 'public', CAST(:lead AS "
		    "bigint), "
		    "CAST(:now AS bigint), 'date-' || CAST(n.i AS text) FROM n"),
		PARAMS("org", INT(w->a), "lead", INT(world_person(w, "careers_lead")), "now",
		       INT(w->now)));
}

SCENARIOS("no date of a full year is missing in the public calendar or in a feed", fill_year,
	  {.url = "/alder/activities/calendar",
	   .status = 200,
	   .has = {"May 2099"},
	   .keep = {"next", "rel=\"next\" href=\"/alder"}},
	  {.url = "/alder%next%", .status = 200, .has = {"rel=\"next\""}},
	  {.url = "/alder/activities/calendar?after_at=4081405200&after_id=99999999",
	   .status = 200,
	   .has = {"/alder/activities/"},
	   .has_not = {"rel=\"next\""}},
	  {.url = "/alder/activities/calendar.ics", .status = 200, .has = {"UID:date-1300"}},
	  {.url = "/alder/activities/calendar.json", .status = 200, .has = {"\"minutes\":1310"}},
	  {FEED, LEAD, .form = "feed=org", MADE("all")},
	  {FEED, LEAD, .form = "feed=person", MADE("mine")},
	  {.url = "/alder/me", LEAD, .status = 200, .has = {"You have more dates than these"}},
	  {.url = "/alder/me", .as = "member", .status = 200, .has_not = {"more dates than these"}},
	  {.url = "/alder/activities/feed/%all%", .status = 200, .has = {"UID:date-1300"}},
	  {.url = "/alder/activities/feed/%mine%", .status = 200, .has = {"UID:date-1300"}});
