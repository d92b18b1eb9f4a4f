/* The school's side of a conference: times offered, who interprets, whom to write to, sheets. */
#include "app/activities/conference.h"

#include "app/activities/plan.h"
#include "base/buf.h"
#include "base/instant.h"
#include "base/lang.h"
#include "core/args.h"
#include "core/choices.h"
#include "core/crumbs.h"
#include "core/guardian.h"
#include "core/mine.h"
#include "core/person.h"
#include "core/personal.h"
#include "core/right.h"
#include "queries.h"

static int64_t org_of(const struct req *r)
{
	return val_i(r->org, "id");
}

static struct val *args_here(struct req *r, const struct val *plan)
{
	return ARGS(r->arena, ARG_AS("org", org_of(r)), ARG_AS("activity", val_i(plan, "id")),
		    ARG_AS("day", conference_day(plan)), ARG_AS("today", req_today(r)));
}

/* The plan as its readers see it; null: 404. */
static struct val *open_plan(struct req *r)
{
	struct val *row = plan_open(r);
	return str_is(val_s(row, "kind"), "conference") ? row : val_null();
}

static bool offered(const struct val *choices, int64_t id)
{
	for (size_t i = 0; i < val_count(choices); i++)
		if (val_i(val_at(choices, i), "id") == id)
			return true;
	return false;
}

/* ---- the page ---- */

/* What is not said of a time that is booked for a child who is kept from the reader. */
static const char *const whose[] = {"child_name", "guardian", "guardian_name", "interpreter_name",
				    "child"};

static void show_slots(struct req *r, const struct val *rows)
{
	struct val *teachers = val_set_list(r->out, "teachers"), *slots = NULL;
	const struct val *kept = guardian_kept(r);
	int64_t last = 0, booked = 0;
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		if (val_i(row, "teacher") != last || !slots) {
			struct val *one = val_push_object(teachers);
			last = val_i(row, "teacher");
			val_set_int(one, "teacher", last);
			val_set(one, "name", val_get(row, "teacher_name"));
			slots = val_set_list(one, "slots");
		}
		val_set_str(row, "time", conference_time(r, val_s(row, "starts_wall")));
		val_set_str(row, "room_shown", conference_room(r, row));
		val_set_bool(row, "booked", val_i(row, "child") > 0);
		booked += val_i(row, "child") > 0;
		for (size_t k = 0;
		     k < sizeof whose / sizeof *whose && guardian_keeps(kept, val_i(row, "child"));
		     k++)
			val_set_null(row, whose[k]);
		val_push(slots, row);
	}
	val_set_int(r->out, "slot_count", (int64_t)val_count(rows));
	val_set_int(r->out, "booked_count", booked);
}

static int64_t times_of(const struct val *slots, int64_t child)
{
	int64_t n = 0;
	for (size_t i = 0; i < val_count(slots); i++)
		n += val_i(val_at(slots, i), "child") == child;
	return n;
}

/* One row a family, the children's names in one text. */
static void show_families(struct req *r, const struct val *rows, const struct val *slots)
{
	struct val *families = val_set_list(r->out, "families"), *one = NULL;
	struct buf names = {.arena = r->arena};
	int64_t last = 0, booked = 0;
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		bool next = !one || val_i(row, "guardian") != last;
		if (next) {
			one = val_push_object(families);
			last = val_i(row, "guardian");
			names = (struct buf){.arena = r->arena};
			booked = 0;
			val_set_int(one, "guardian", last);
			val_set_bool(one, "is_me", last == val_i(r->me, "id"));
			val_set_bool(one, "written_to", val_b(row, "written_to"));
			val_set(one, "sort_name", val_get(row, "sort_name"));
			val_set_str(one, "language",
				    lang_name(r->arena, val_s(row, "lang"), r->lang));
		}
		if (names.n)
			buf_lit(&names, ", ");
		buf_add(&names, val_s(row, "child_name"));
		booked += times_of(slots, val_i(row, "child"));
		val_set_str(one, "children", buf_str(&names));
		val_set_int(one, "booked", booked);
	}
}

static void show_interpreters(struct req *r, struct val *p, struct zone *zone)
{
	struct val *rows = db_rows(r->db, &q_conference_interpreters, p);
	static const char *const tongues[] = {"fr", "en", "iu", "cr", "mic", "ar", "es", "pa",
					      "fa", "so", "tl", "uk", "vi",  "zh", NULL};
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		struct wall from = instant_wall(val_i(row, "starts_at"), zone),
			    to = instant_wall(val_i(row, "ends_at"), zone);
		val_set_str(row, "language", lang_name(r->arena, val_s(row, "tongue"), r->lang));
		val_set_str(row, "from", time_show(r->arena, r->lang, from.seconds));
		val_set_str(row, "to", time_show(r->arena, r->lang, to.seconds));
	}
	val_set(r->out, "interpreters", rows);
	struct val *choices = val_set_list(r->out, "tongue_choices");
	for (int i = 0; tongues[i]; i++)
		choice(choices, str_of(tongues[i]),
		       lang_name(r->arena, str_of(tongues[i]), r->lang), false);
}

static void defaults(struct req *r)
{
	if (!val_i(r->in, "minutes"))
		val_set_int(r->in, "minutes", 10);
	if (!val_i(r->in, "pause"))
		val_set_int(r->in, "pause", 0);
}

static int page(struct req *r)
{
	struct val *plan = open_plan(r);
	if (val_is_null(plan))
		return NOT_FOUND;
	struct val *p = args_here(r, plan), *choices = val_set_list(r->out, "teacher_choices");
	const struct val *teachers = db_rows(r->db, &q_conference_teachers, p);
	for (size_t i = 0; i < val_count(teachers); i++)
		choice_id(choices, val_i(val_at(teachers, i), "id"),
			  val_s(val_at(teachers, i), "name"), false);
	struct val *slots = db_rows(r->db, &q_conference_slots, p);
	show_families(
		r,
		guardian_shown(r,
			       conference_families(r->db, r->arena, org_of(r), val_i(plan, "id"), 0,
						   conference_day(plan), req_today(r)),
			       "child"),
		slots);
	show_slots(r, slots);
	show_interpreters(r, p, zone_open(r->arena, val_s(plan, "zone")));
	defaults(r);
	plan_tabs(r, val_i(plan, "id"), "/conference");
	return OK;
}

/* GET …/conference/sheet: one teacher's evening on paper. */
static int sheet(struct req *r)
{
	struct val *plan = open_plan(r);
	if (val_is_null(plan))
		return NOT_FOUND;
	struct val *rows = db_rows(r->db, &q_conference_slots, args_here(r, plan)),
		   *list = val_list(r->arena);
	for (size_t i = 0; i < val_count(rows); i++)
		if (val_i(val_at(rows, i), "teacher") == val_i(r->in, "teacher"))
			val_push(list, val_at(rows, i));
	if (!val_count(list))
		return NOT_FOUND;
	show_slots(r, list);
	crumb(r, N_("Conference"), "/activities/%lld/conference",
	      (long long)val_i(r->in, "activity"));
	crumb(r, N_("Sheet to print"), NULL);
	return OK;
}

/* ---- writing ---- */

static bool hours(struct req *r, int *from, int *until)
{
	*from = conference_minute(val_s(r->in, "from"));
	*until = conference_minute(val_s(r->in, "until"));
	if (*from < 0)
		invalid(r, "from", N_("Write a time of day, as 18:30."));
	if (*until < 0)
		invalid(r, "until", N_("Write a time of day, as 18:30."));
	else if (*from >= *until)
		invalid(r, "until", N_("The end is not after the beginning."));
	return !val_count(r->errors);
}

static int back(struct req *r, const struct val *plan, const char *words)
{
	flash(r, words);
	return see_other(r, "/activities/%lld/conference", (long long)val_i(plan, "id"));
}

static int offer(struct req *r)
{
	struct val *plan = open_plan(r);
	if (val_is_null(plan))
		return NOT_FOUND;
	struct conference_offer of = {.org = org_of(r),
				      .activity = val_i(plan, "id"),
				      .teacher = val_i(r->in, "teacher"),
				      .day = conference_day(plan),
				      .zone = val_s(plan, "zone"),
				      .minutes = (int)val_i(r->in, "minutes"),
				      .pause = (int)val_i(r->in, "pause"),
				      .second = val_b(plan, "second"),
				      .room = val_s(r->in, "room")};
	if (!offered(db_rows(r->db, &q_conference_teachers, args_here(r, plan)), of.teacher))
		return NOT_FOUND;
	if (!hours(r, &of.from, &of.until))
		return INVALID;
	if (!conference_offer(r->db, r->arena, &of)) {
		invalid(r, "from", N_("The teacher has other times then, or none fits."));
		return INVALID;
	}
	plan_note(r, "conference.offered", of.activity);
	return back(r, plan, N_("The times are offered."));
}

static int interpret(struct req *r)
{
	struct val *plan = open_plan(r);
	int from, until;
	if (val_is_null(plan))
		return NOT_FOUND;
	const struct val *found = people_found(r, val_s(r->in, "who"), 2);
	if (val_count(found) != 1)
		invalid(r, "who",
			N_("Type enough of the name that one person of the organisation fits."));
	if (!hours(r, &from, &until))
		return INVALID;
	struct zone *zone = zone_open(r->arena, val_s(plan, "zone"));
	struct wall wall = {0}, end;
	enum wall_case is;
	day_read(conference_day(plan), &wall.day);
	end = wall;
	wall.seconds = from * 60;
	end.seconds = until * 60;
	struct val *p = args_here(r, plan);
	val_set(p, "person", val_get(val_at(found, 0), "id"));
	val_set(p, "tongue", val_get(r->in, "tongue"));
	bool second = val_b(plan, "second");
	val_set_int(p, "starts_at", conference_instant(wall, zone, second, &is));
	val_set_int(p, "ends_at", conference_instant(end, zone, second, &is));
	if (!db_id(r->db, &q_conference_interpret, p)) {
		invalid(r, "who", N_("This person interprets then already."));
		return INVALID;
	}
	plan_note(r, "conference.offered", val_i(plan, "id"));
	return back(r, plan, N_("The interpreter is noted."));
}

static int letters(struct req *r)
{
	struct val *plan = open_plan(r);
	if (val_is_null(plan))
		return NOT_FOUND;
	conference_invite(r, val_i(plan, "id"));
	return back(r, plan,
		    N_("The letters are on their way. Who was written to before is not written to "
		       "again."));
}

static int take_away(struct req *r)
{
	struct val *plan = open_plan(r);
	if (val_is_null(plan))
		return NOT_FOUND;
	struct val *p = args_here(r, plan);
	val_set(p, "slot", val_get(r->in, "slot"));
	const struct val *slot = db_row(r->db, &q_conference_slot, p);
	if (val_is_null(slot) || !db_id(r->db, &q_conference_take_away, p))
		return NOT_FOUND;
	conference_tell(r->db, r->arena, r->org, slot, CONFERENCE_CANCELLED, r->now);
	plan_note(r, "conference.cancelled", val_i(plan, "id"));
	return back(r, plan, N_("The time is taken away; whoever had it is told."));
}

/* ---- routes ---- */

#define ACTIVITY                                                                                   \
	{                                                                                          \
		.name = "activity", .kind = FIELD_ID, .required = true                             \
	}
static const struct field page_fields[] = {ACTIVITY, {0}};
static const struct field sheet_fields[] = {
	ACTIVITY, {.name = "teacher", .kind = FIELD_ID, .required = true}, {0}};
static const struct field slot_fields[] = {
	ACTIVITY, {.name = "slot", .kind = FIELD_ID, .required = true}, {0}};
static const struct field offer_fields[] = {
	ACTIVITY,
	{.name = "teacher", .kind = FIELD_ID, .required = true},
	{.name = "from", .kind = FIELD_TEXT, .required = true, .max = 10},
	{.name = "until", .kind = FIELD_TEXT, .required = true, .max = 10},
	{.name = "minutes", .kind = FIELD_INT, .required = true, .min = 3, .max = 120},
	{.name = "pause", .kind = FIELD_INT, .max = 60},
	{.name = "room", .kind = FIELD_TEXT, .max = 60},
	{0},
};
static const struct field interpret_fields[] = {
	ACTIVITY,
	{.name = "who", .kind = FIELD_TEXT, .required = true, .max = 100},
	{.name = "tongue", .kind = FIELD_LANG, .required = true},
	{.name = "from", .kind = FIELD_TEXT, .required = true, .max = 10},
	{.name = "until", .kind = FIELD_TEXT, .required = true, .max = 10},
	{0},
};
#define BOOKING                                                                                    \
	{.name = "child", .kind = FIELD_ID}, {.name = "slot", .kind = FIELD_ID, .required = true}, \
		{.name = "interpreter", .kind = FIELD_FLAG},                                       \
	{                                                                                          \
		.name = "cancel", .kind = FIELD_FLAG                                               \
	}
static const struct field link_fields[] = {
	{.name = "key", .kind = FIELD_TEXT, .required = true, .max = 100},
	{.name = "speaks", .kind = FIELD_LANG},
	{.name = "said", .kind = FIELD_FLAG},
	{0},
};
static const struct field link_put_fields[] = {
	{.name = "key", .kind = FIELD_TEXT, .required = true, .max = 100},
	{.name = "speaks", .kind = FIELD_LANG},
	BOOKING,
	{0},
};
static const struct field stop_fields[] = {
	{.name = "key", .kind = FIELD_TEXT, .required = true, .max = 100},
	{.name = "speaks", .kind = FIELD_LANG},
	{0},
};
static const struct field stop_put_fields[] = {
	{.name = "key", .kind = FIELD_TEXT, .required = true, .max = 100},
	{0},
};
static const struct field mine_put_fields[] = {ACTIVITY, BOOKING, {0}};
static const struct field phone_fields[] = {
	ACTIVITY, {.name = "guardian", .kind = FIELD_ID, .required = true}, {0}};
static const struct field phone_put_fields[] = {
	ACTIVITY, {.name = "guardian", .kind = FIELD_ID, .required = true}, BOOKING, {0}};

static const struct route routes[] = {
	{GET, "/activities/:activity/conference", ACTIVITIES_PLAN, page, "activities/conference",
	 .fields = page_fields, .summary = "The times of a conference, and its families"},
	{POST, "/activities/:activity/conference/times", ACTIVITIES_PLAN, offer,
	 "activities/conference", .fields = offer_fields,
	 .summary = "Offer a teacher's times, from a beginning, a length and a pause"},
	{POST, "/activities/:activity/conference/times/:slot/remove", ACTIVITIES_PLAN, take_away,
	 .fields = slot_fields, .summary = "Take a time away; who had it is told"},
	{POST, "/activities/:activity/conference/interpreters", ACTIVITIES_PLAN, interpret,
	 "activities/conference", .fields = interpret_fields,
	 .summary = "Note who interprets which language, and when"},
	{POST, "/activities/:activity/conference/letters", ACTIVITIES_PLAN, letters,
	 .fields = page_fields, .summary = "Write to the families, each with a link of their own"},
	{GET, "/activities/:activity/conference/sheet", ACTIVITIES_PLAN, sheet,
	 "activities/conference_sheet", .fields = sheet_fields,
	 .summary = "One teacher's times on paper"},
	{GET, "/activities/:activity/conference/mine", SIGNED_IN, conference_mine_page,
	 "activities/conference_mine", .fields = page_fields,
	 .summary = "My children's times at a conference"},
	{POST, "/activities/:activity/conference/mine", SIGNED_IN, conference_mine_put,
	 "activities/conference_mine", .fields = mine_put_fields,
	 .summary = "Book or give back a time for a child of mine"},
	{GET, "/activities/:activity/conference/family/:guardian", ACTIVITIES_PLAN,
	 conference_phone_page, "activities/conference_phone", .fields = phone_fields,
	 .summary = "A family's times at a conference, for the telephone and on paper"},
	{POST, "/activities/:activity/conference/family/:guardian", ACTIVITIES_PLAN,
	 conference_phone_put, "activities/conference_phone", .fields = phone_put_fields,
	 .summary = "Book or give back a time for a family on the telephone"},
	{GET, "/activities/conference/:key", PUBLIC, conference_link_page,
	 "activities/conference_link", .fields = link_fields, .flags = ROUTE_TOKEN,
	 .summary = "A family's times at a conference, behind the link of a letter"},
	{POST, "/activities/conference/:key", PUBLIC, conference_link_put,
	 "activities/conference_link", .fields = link_put_fields, .flags = ROUTE_TOKEN,
	 .summary = "Book or give back a time by the link of a letter"},
	{GET, "/activities/conference/:key/stop", PUBLIC, conference_stop_page, "activities/stop",
	 .fields = stop_fields, .flags = ROUTE_TOKEN,
	 .summary = "Want no more letters that invite or remind, by the link of a letter"},
	{POST, "/activities/conference/:key/stop", PUBLIC, conference_stop_put, "activities/stop",
	 .fields = stop_put_fields, .flags = ROUTE_TOKEN,
	 .summary = "No more letters that invite or remind (RFC 8058)"},
	{0},
};

static const struct personal personal[] = {
	{"conference_times", N_("Times of conferences"),
	 "conference_slot.teacher conference_slot.child conference_slot.guardian "
	 "conference_slot.interpreter",
	 &q_conference_personal, ERASURE_ERASED, &q_conference_personal_kept,
	 &q_conference_personal_gone},
	{"interpreting", N_("Interpreting at conferences"), "conference_interpreter.person",
	 &q_conference_interprets, ERASURE_ERASED, &q_conference_interprets_kept,
	 &q_conference_interprets_gone},
	{0},
};

static const struct mine mine[] = {
	{MINE_TASK, N_("Choose a time with the teachers"), &q_conference_waits_for_me},
	{MINE_DATE, N_("You talk with the teacher"), &q_conference_booked_of_me},
	{0},
};

static const struct job_kind jobs[] = {
	{.name = CONFERENCE_JOB, .run = conference_letters_job},
	{.name = CONFERENCE_DAY_JOB, .run = conference_remind_job},
	{0},
};

const struct feature conference_feature = {
	.name = "activities",
	.routes = routes,
	.personal = personal,
	.mine = mine,
	.reactions = conference_reactions,
	.letters = conference_letters,
	.jobs = jobs,
	.demo_fill = conference_demo_fill,
};
