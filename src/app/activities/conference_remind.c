/* The day before a conference: each family that has a time is reminded, once. */
#include "app/activities/conference.h"

#include "app/activities/ask_letters.h"
#include "app/activities/calendar.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/instant.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/letter.h"
#include "core/letters.h"
#include "queries.h"

enum { NINE = 9 * 3600 };

int64_t conference_reminded_at(struct str starts_wall, struct zone *zone)
{
	struct wall wall;
	if (!zone || !wall_read(starts_wall, &wall))
		return 0;
	wall = (struct wall){.day = wall.day - 1, .seconds = NINE};
	return wall_instant(wall, zone, NULL);
}

/* 0: it is not planned. */
static int64_t due_of(struct arena *a, const struct val *plan)
{
	return str_is(val_s(plan, "status"), "planned")
		       ? conference_reminded_at(val_s(plan, "starts_wall"),
						zone_open(a, val_s(plan, "zone")))
		       : 0;
}

void conference_remind_soon(struct db *db, struct arena *a, int64_t org, int64_t activity,
			    int64_t now)
{
	int64_t due = due_of(a, calendar_row(db, a, org, activity));
	if (due <= now) /* whoever books now has it in mind */
		return;
	job_ask_at(
		db, a,
		&(struct job_asked){.org = org,
				    .kind = CONFERENCE_DAY_JOB,
				    .input = ARGS(a, ARG(activity), ARG(due), ARG_AS("after", -1)),
				    .not_before = due,
				    .now = now},
		activity);
}

/* Of these times a line each: hours, with whom, about whom, where, and who interprets. */
static struct str lines_of(struct req *page, const struct val *slots)
{
	struct buf b = {.arena = page->arena};
	for (size_t i = 0; i < val_count(slots); i++) {
		const struct val *slot = val_at(slots, i);
		struct str room = conference_room(page, slot),
			   who = val_s(slot, "interpreter_name");
		struct wall from;
		if (!wall_read(val_s(slot, "starts_wall"), &from))
			continue;
		int64_t seconds = val_i(slot, "ends_at") - val_i(slot, "starts_at");
		int until = (int)((from.seconds + seconds) % 86400);
		if (b.n)
			buf_char(&b, '\n');
		buf_fmt(&b, STR_FMT " – " STR_FMT " · " STR_FMT,
			STR_ARG(time_show(page->arena, page->lang, from.seconds)),
			STR_ARG(time_show(page->arena, page->lang, until)),
			STR_ARG(conference_whose(page->arena, slot)));
		if (room.n)
			buf_fmt(&b, " · " STR_FMT, STR_ARG(room));
		if (who.n)
			buf_fmt(&b, " · %s " STR_FMT, tr(page, N_("Interpreter:")), STR_ARG(who));
	}
	return buf_str(&b);
}

/* The day, and by which clocks where those are not the organisation's. */
static struct str day_of_plan(struct req *page, const struct val *plan)
{
	struct wall wall;
	if (!wall_read(val_s(plan, "starts_wall"), &wall))
		return val_s(plan, "starts_wall");
	struct str day = day_show(page->arena, page->lang, DAY_WEEKDAY, wall.day),
		   clocks = val_s(plan, "zone_label");
	return clocks.n ? str_fmt(page->arena, STR_FMT " (" STR_FMT ")", STR_ARG(day),
				  STR_ARG(clocks))
			: day;
}

static struct str where(const struct val *plan)
{
	struct str place = val_s(plan, "place_name"), link = val_s(plan, "link");
	return place.n ? place : link.n ? link : S("–");
}

/* The times of a guardian that are to come, but those about a child who is kept from them since. */
static struct val *times_of(struct db *db, struct arena *a, const struct val *org, int64_t activity,
			    int64_t guardian, int64_t now)
{
	const struct val *all = db_rows(
		db, &q_conference_times_of,
		ARGS(a, ARG_AS("org", val_i(org, "id")), ARG(activity), ARG(guardian), ARG(now)));
	struct val *slots = val_list(a);
	for (size_t i = 0; i < val_count(all); i++)
		if (conference_in_touch(db, a, org, val_at(all, i), now))
			val_push(slots, val_at(all, i));
	return slots;
}

static void remind(struct db *db, struct arena *a, const struct val *org, const struct val *input,
		   const struct val *to, int64_t now)
{
	int64_t activity = val_i(input, "activity"), guardian = val_i(to, "guardian");
	struct str email = contact_email(db, a, val_i(org, "id"), guardian);
	struct val *slots = times_of(db, a, org, activity, guardian, now);
	struct req page = ask_as_page(db, a, org, val_s(to, "lang"), now);
	const struct val *plan = conference_dressed(&page, activity);
	if (!email.n || !val_count(slots) || val_is_null(plan))
		return;
	struct str link = conference_link(db, a, org, activity, guardian, email, now);
	struct str key = str_fmt(a, "conference.day.%lld.%lld.%lld", (long long)activity,
				 (long long)guardian, (long long)val_i(input, "due"));
	letter_post(db, a,
		    &(struct letter){.kind = conference_letters[CONFERENCE_DAY],
				     .org = val_i(org, "id"),
				     .person = guardian,
				     .to_address = email,
				     .to_name = val_s(to, "name"),
				     .lang = page.lang,
				     .values = ARGS(a, ARG(link), ARG_AS("name", val_s(to, "name")),
						    ARG_AS("title", val_s(plan, "title")),
						    ARG_AS("day", day_of_plan(&page, plan)),
						    ARG_AS("times", lines_of(&page, slots)),
						    ARG_AS("where", where(plan)),
						    ARG_AS("org", val_s(page.org, "name"))),
				     .unsubscribe = str_fmt(a, STR_FMT "/stop", STR_ARG(link)),
				     .file = conference_dates(&page, plan, slots, false),
				     .file_name = S("conference.ics"),
				     .file_type = S("text/calendar; charset=utf-8; method=PUBLISH"),
				     .key = str_c(a, key),
				     .now = now});
}

/* A few: where the next few begin, 0 when that was all. An evening that was moved has another job. */
static int64_t some(struct db *db, struct arena *a, const struct val *org, const struct val *input,
		    int64_t now)
{
	int64_t id = val_i(org, "id"), activity = val_i(input, "activity"), last = 0;
	if (due_of(a, calendar_row(db, a, id, activity)) != val_i(input, "due"))
		return 0;
	const struct val *rows = db_rows(db, &q_conference_reminded,
					 ARGS(a, ARG_AS("org", id), ARG(activity), ARG(now),
					      ARG_AS("after", val_i(input, "after")),
					      ARG_AS("most", CONFERENCE_STEP)));
	for (size_t i = 0; i < val_count(rows); i++) {
		last = val_i(val_at(rows, i), "guardian");
		remind(db, a, org, input, val_at(rows, i), now);
	}
	return val_count(rows) == CONFERENCE_STEP ? last : 0;
}

enum job_end conference_remind_job(struct job *job, struct val *result)
{
	static const struct letters_work work = {
		.job = CONFERENCE_DAY_JOB, .step = CONFERENCE_STEP, .some = some};
	return letters_job(job, result, &work,
			   str_fmt(job->arena, "/activities/%lld/conference",
				   (long long)val_i(job->input, "activity")));
}
