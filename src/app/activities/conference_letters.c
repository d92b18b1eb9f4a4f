/* What families are told of a conference: that there are times, which one is theirs, that it is not; and
 * the job that tells many. */
#include "app/activities/conference.h"

#include "app/activities/ask_letters.h"
#include "app/activities/calendar.h"
#include "base/arena.h"
#include "base/instant.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/event.h"
#include "core/letter.h"
#include "core/letters.h"
#include "core/link.h"
#include "core/org.h"
#include "queries.h"
#include "web/ics.h"

enum { STEP = CONFERENCE_STEP, LINK_DAYS = 120 * 86400, LINK_USES = 1000000 };

struct str conference_link(struct db *db, struct arena *a, const struct val *org, int64_t activity,
			   int64_t guardian, struct str email, int64_t now)
{
	struct str token = link_make(db, a,
				     &(struct link_new){.purpose = CONFERENCE_LINK,
							.org = val_i(org, "id"),
							.owner = guardian,
							.subject = activity,
							.address = email,
							.now = now,
							.ends_at = now + LINK_DAYS,
							.uses = LINK_USES});
	return str_fmt(a, STR_FMT "/activities/conference/" STR_FMT, STR_ARG(val_s(org, "base")),
		       STR_ARG(token));
}

struct val *conference_dressed(struct req *page, int64_t activity)
{
	struct val *rows = val_list(page->arena),
		   *row = calendar_row(page->db, page->arena, val_i(page->org, "id"), activity);
	if (val_is_null(row)) /* the world failed: nothing of this is kept */
		return row;
	val_push(rows, row);
	calendar_bytes(page, rows, "PUBLISH", true);
	return row;
}

/* ---- that there are times ---- */

static void invite(struct db *db, struct arena *a, const struct val *org, int64_t activity,
		   const struct val *to, int64_t now)
{
	int64_t guardian = val_i(to, "guardian"), id = val_i(org, "id");
	struct str email = contact_email(db, a, val_i(org, "id"), guardian),
		   lang = val_s(to, "lang");
	struct req page = ask_as_page(db, a, org, lang, now);
	const struct val *row = email.n ? conference_dressed(&page, activity) : val_null();
	if (val_is_null(row))
		return;
	struct str link = conference_link(db, a, org, activity, guardian, email, now);
	letter_post(
		db, a,
		&(struct letter){.kind = conference_letters[CONFERENCE_TIMES],
				 .org = id,
				 .person = guardian,
				 .to_address = email,
				 .to_name = val_s(to, "name"),
				 .lang = lang,
				 .values = ARGS(a, ARG(link), ARG_AS("name", val_s(to, "name")),
						ARG_AS("title", val_s(row, "title")),
						ARG_AS("org", val_s(page.org, "name"))),
				 .unsubscribe = str_fmt(a, STR_FMT "/stop", STR_ARG(link)),
				 .key = str_c(a, str_fmt(a, "conference.times.%lld.%lld",
							 (long long)activity, (long long)guardian)),
				 .now = now});
}

/* ---- about one time ---- */

static struct str when(struct arena *a, struct str lang, struct str starts_wall)
{
	struct wall wall;
	if (!wall_read(starts_wall, &wall))
		return starts_wall;
	return str_fmt(a, STR_FMT ", " STR_FMT, STR_ARG(day_show(a, lang, DAY_WEEKDAY, wall.day)),
		       STR_ARG(time_show(a, lang, wall.seconds)));
}

/* It stays one date of a child with a teacher, whichever time it has. */
static struct ics_event date_of(struct req *page, const struct val *plan, const struct val *slot,
				bool cancelled)
{
	int64_t made_at = val_i(plan, "made_at");
	struct str room = conference_room(page, slot);
	return (struct ics_event){
		.uid = str_fmt(page->arena, STR_FMT "/activities/%lld/conference/%lld/%lld",
			       STR_ARG(val_s(page->org, "base")), (long long)val_i(plan, "id"),
			       (long long)val_i(slot, "teacher"), (long long)val_i(slot, "child")),
		.sequence = page->now - made_at,
		.status = cancelled ? "CANCELLED" : "CONFIRMED",
		.wall = val_s(slot, "starts_wall"),
		.zone = val_s(plan, "zone"),
		.at = val_i(slot, "starts_at"),
		.minutes = (val_i(slot, "ends_at") - val_i(slot, "starts_at")) / 60,
		.title = conference_whose(page->arena, slot),
		.title_lang = page->lang,
		.place = room.n ? room : val_s(plan, "place_name"),
		.link = val_s(plan, "link"),
		.made_at = made_at,
		.changed_at = page->now};
}

struct str conference_dates(struct req *page, const struct val *plan, const struct val *slots,
			    bool cancelled)
{
	size_t count = val_count(slots);
	struct ics_event *events = arena_many(page->arena, struct ics_event, count + 1);
	for (size_t i = 0; i < count; i++)
		events[i] = date_of(page, plan, val_at(slots, i), cancelled);
	return ics_write(
		page->arena,
		&(struct ics){.method = "PUBLISH",
			      .name = val_s(page->org, "name"),
			      .lang = page->lang,
			      .events = events,
			      .count = zone_open(page->arena, val_s(plan, "zone")) ? count : 0});
}

struct str conference_whose(struct arena *a, const struct val *slot)
{
	return str_fmt(a, STR_FMT " – " STR_FMT, STR_ARG(val_s(slot, "teacher_name")),
		       STR_ARG(val_s(slot, "child_name")));
}

bool conference_in_touch(struct db *db, struct arena *a, const struct val *org,
			 const struct val *slot, int64_t now)
{
	return db_id(db, &q_ask_in_touch,
		     ARGS(a, ARG_AS("org", val_i(org, "id")), ARG_AS("child", val_i(slot, "child")),
			  ARG_AS("person", val_i(slot, "guardian")),
			  ARG_AS("today", org_today(a, org, now)))) != 0;
}

void conference_tell(struct db *db, struct arena *a, const struct val *org, const struct val *slot,
		     enum conference_letter what, int64_t now)
{
	int64_t guardian = val_i(slot, "guardian");
	struct str email = contact_email(db, a, val_i(org, "id"), guardian),
		   lang = val_s(slot, "guardian_lang");
	struct str who = val_s(slot, "interpreter_name");
	if (!guardian || !email.n || !conference_in_touch(db, a, org, slot, now))
		return;
	struct req page = ask_as_page(db, a, org, lang, now);
	struct str room = conference_room(&page, slot);
	struct val *slots = val_list(a), *copy = val_push_object(slots);
	const struct val *plan = calendar_row(db, a, val_i(org, "id"), val_i(slot, "activity"));
	val_merge(copy, slot);
	letter_post(
		db, a,
		&(struct letter){
			.kind = conference_letters[what],
			.org = val_i(org, "id"),
			.person = guardian,
			.to_address = email,
			.to_name = val_s(slot, "guardian_name"),
			.lang = lang,
			.values = ARGS(a, ARG_AS("name", val_s(slot, "guardian_name")),
				       ARG_AS("child", val_s(slot, "child_name")),
				       ARG_AS("teacher", val_s(slot, "teacher_name")),
				       ARG_AS("when", when(a, lang, val_s(slot, "starts_wall"))),
				       ARG_AS("where", room.n ? room : S("–")),
				       ARG_AS("interpreter", who.n ? who : S("–")),
				       ARG_AS("org", val_s(page.org, "name"))),
			.file = conference_dates(&page, plan, slots, what == CONFERENCE_CANCELLED),
			.file_name = S("conference.ics"),
			.file_type = S("text/calendar; charset=utf-8; method=PUBLISH"),
			.key = str_c(a, str_fmt(a, "%s.%lld.%lld", conference_letters[what]->name,
						(long long)val_i(slot, "id"),
						(long long)val_i(slot, "rev"))),
			.now = now});
}

/* ---- many ---- */

static int64_t invite_some(struct db *db, struct arena *a, const struct val *org,
			   const struct val *plan, int64_t after, int64_t now)
{
	int64_t last = 0;
	const struct val *rows = db_rows(
		db, &q_conference_receivers,
		ARGS(a, ARG_AS("org", val_i(org, "id")), ARG_AS("activity", val_i(plan, "id")),
		     ARG(after), ARG_AS("day", conference_day(plan)),
		     ARG_AS("today", org_today(a, org, now)), ARG_AS("most", STEP)));
	for (size_t i = 0; i < val_count(rows); i++) {
		last = val_i(val_at(rows, i), "guardian");
		invite(db, a, org, val_i(plan, "id"), val_at(rows, i), now);
	}
	return val_count(rows) == STEP ? last : 0;
}

static int64_t tell_some(struct db *db, struct arena *a, const struct val *org,
			 const struct val *plan, int64_t after, enum conference_letter what,
			 int64_t now)
{
	int64_t last = 0;
	const struct val *rows = db_rows(db, &q_conference_booked,
					 ARGS(a, ARG_AS("org", val_i(org, "id")),
					      ARG_AS("activity", val_i(plan, "id")), ARG(after),
					      ARG_AS("most", STEP)));
	for (size_t i = 0; i < val_count(rows); i++) {
		last = val_i(val_at(rows, i), "id");
		conference_tell(db, a, org, val_at(rows, i), what, now);
	}
	return val_count(rows) == STEP ? last : 0;
}

/* What the job is asked to write, and how the evening must stand for it: else all is different by now,
 * and told by another one. */
static const struct {
	const char *what, *status;
	enum conference_letter letter;
} works[] = {
	{"times", "planned", CONFERENCE_TIMES},
	{"moved", "planned", CONFERENCE_YOURS},
	{"cancelled", "cancelled", CONFERENCE_CANCELLED},
};
enum { WORKS = sizeof works / sizeof *works };

/* A few: where the next few begin, 0 when that was all. */
static int64_t some(struct db *db, struct arena *a, const struct val *org, const struct val *input,
		    int64_t now)
{
	int64_t after = val_i(input, "after");
	struct str what =
		val_s(input, "what").n ? val_s(input, "what") : S("times"); /* older jobs */
	const struct val *plan = calendar_row(db, a, val_i(org, "id"), val_i(input, "activity"));
	size_t w = 0;
	while (w < WORKS && !str_is(what, works[w].what))
		w++;
	if (w == WORKS || !str_is(val_s(plan, "status"), works[w].status))
		return 0;
	return works[w].letter == CONFERENCE_TIMES
		       ? invite_some(db, a, org, plan, after, now)
		       : tell_some(db, a, org, plan, after, works[w].letter, now);
}

static const struct letters_work work = {.job = CONFERENCE_JOB, .step = STEP, .some = some};

static void write_many(struct db *db, struct arena *a, const struct val *org, int64_t activity,
		       const char *what, struct letters_asked asked)
{
	asked.org = org;
	asked.input = ARGS(a, ARG(activity), ARG(what), ARG_AS("after", 0));
	letters_write(db, a, &work, &asked);
}

void conference_invite(struct req *r, int64_t activity)
{
	write_many(r->db, r->arena, r->org, activity, "times",
		   (struct letters_asked){.owner = val_i(r->me, "id"),
					  .title = str_of(tr(r, N_("Letters about a conference"))),
					  .now = r->now});
}

enum job_end conference_letters_job(struct job *job, struct val *result)
{
	return letters_job(job, result, &work,
			   str_fmt(job->arena, "/activities/%lld/conference",
				   (long long)val_i(job->input, "activity")));
}

static void tell_many(struct db *db, struct arena *a, const struct val *event, const char *what)
{
	int64_t id = val_i(event, "org"), at = val_i(event, "at");
	const struct val *org = org_by_id(db, a, id);
	struct val *args =
		ARGS(a, ARG_AS("org", id), ARG_AS("ids", val_s(val_get(event, "data"), "ids")));
	const struct val *all = db_rows(db, &q_conference_changed, args);
	for (size_t i = 0; i < val_count(all); i++) {
		int64_t activity = val_i(val_at(all, i), "id");
		if (str_is(str_of(what),
			   "cancelled")) /* should it take place after all, that is news */
			db_exec(db, &q_conference_renew, ARGS(a, ARG_AS("org", id), ARG(activity)));
		conference_remind_soon(db, a, id, activity, at);
		write_many(db, a, org, activity, what,
			   (struct letters_asked){.title = S(""), .now = at});
	}
}

/* A whole evening, or several: each family is told of each of their times. One that did not change has
 * its letter already. */
static void tell_moved(struct db *db, struct arena *a, const struct val *event)
{
	tell_many(db, a, event, "moved");
}

static void tell_cancelled(struct db *db, struct arena *a, const struct val *event)
{
	tell_many(db, a, event, "cancelled");
}

const struct reaction conference_reactions[] = {
	{"conference.cancelled", "activities.cancelled", tell_cancelled},
	{"conference.moved", "activities.changed", tell_moved},
	{0},
};
