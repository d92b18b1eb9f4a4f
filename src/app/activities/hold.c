#include "app/activities/hold.h"

#include "app/activities/plan.h"
#include "app/activities/reflect.h"
#include "base/arena.h"
#include "base/numbers.h"
#include "core/activity.h"
#include "core/args.h"
#include "core/crumbs.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/ledger.h"
#include "core/pages.h"
#include "core/participation.h"
#include "core/person.h"
#include "core/right.h"
#include "queries.h"

enum { FOUND_MOST = 20, EARLY = 12 * 3600, SHEET = 300 }; /* lines of a page; a form has 500 */

static int64_t org_id(const struct req *r)
{
	return val_i(r->org, "id");
}

bool hold_may_attend(const struct req *r, const struct val *activity)
{
	return has_right(r, ACTIVITIES_ATTEND) ||
	       (val_i(r->me, "id") && val_i(activity, "responsible") == val_i(r->me, "id"));
}

bool hold_has_begun(const struct req *r, const struct val *activity)
{
	return val_i(activity, "starts_at") <= r->now + EARLY && !val_b(activity, "cancelled");
}

/* ---- the sheet ---- */

static bool stands(const struct val *rows, int64_t person)
{
	for (size_t i = 0; i < val_count(rows); i++)
		if (val_i(val_at(rows, i), "person") == person)
			return true;
	return false;
}

static void add_row(struct val *rows, struct str key, const struct val *of, struct str state)
{
	struct val *row = val_push_object(rows);
	val_set_str(row, "key", key);
	val_set_str(row, "name", val_s(of, "name"));
	val_set_int(row, "person", val_i(of, "person"));
	val_set_str(row, "state", state);
	val_set_bool(row, "here", str_is(state, "attended"));
	val_set_bool(row, "absent", str_is(state, "absent"));
	val_set_int(row, "id", val_i(of, "id"));
	val_set_int(row, "people_group", val_i(of, "people_group"));
}

/* Whom a tick is about: "r12" is a row of the ledger, "m5-34" person 34 as a member of group 5. */
static struct val *sheet(struct req *r, const struct val *activity, const struct val *known,
			 const struct val *groups)
{
	struct val *rows = val_list(r->arena);
	struct numbers stand = {.arena = r->arena}; /* people who have a row */
	struct str day = str_sub(val_s(activity, "starts_wall"), 0, 10);
	for (size_t i = 0; i < val_count(known); i++) {
		const struct val *row = val_at(known, i);
		if (!val_i(row, "person") || str_is(val_s(row, "state"), "void"))
			continue;
		add_row(rows, str_fmt(r->arena, "r%lld", (long long)val_i(row, "id")), row,
			val_s(row, "state"));
		numbers_put(&stand, val_i(row, "person"), 1);
	}
	for (size_t g = 0; g < val_count(groups); g++) {
		int64_t group = val_i(val_at(groups, g), "id");
		const struct val *members = guardian_shown(
			r, group_members(r->db, r->arena, org_id(r), group, day), "person");
		for (size_t i = 0; i < val_count(members); i++) {
			struct val *member = val_at(members, i);
			if (numbers_get(&stand, val_i(member, "person")))
				continue;
			numbers_put(&stand, val_i(member, "person"), 1);
			val_set_int(member, "people_group", group);
			add_row(rows,
				str_fmt(r->arena, "m%lld-%lld", (long long)group,
					(long long)val_i(member, "person")),
				member, S(""));
		}
	}
	return rows;
}

/* Groups that are invited, each with the heads counted for it; the last row is everybody else. */
static struct val *counted(struct req *r, const struct val *known, const struct val *groups)
{
	struct val *rows = val_list(r->arena);
	for (size_t g = 0; g <= val_count(groups); g++) {
		bool last = g == val_count(groups);
		struct val *one = val_push_object(rows);
		int64_t group = last ? 0 : val_i(val_at(groups, g), "id");
		val_set_int(one, "group", group);
		val_set_str(one, "name",
			    last ? str_of(tr(r, N_("Others, not by name")))
				 : val_s(val_at(groups, g), "name"));
		val_set_int(one, "heads", 0);
		val_set_int(one, "id", 0);
		for (size_t i = 0; i < val_count(known); i++) {
			const struct val *row = val_at(known, i);
			if (!val_i(row, "heads") || val_i(row, "people_group") != group ||
			    str_is(val_s(row, "state"), "void"))
				continue;
			val_set_int(one, "heads", val_i(row, "heads"));
			val_set_int(one, "id", val_i(row, "id"));
		}
	}
	return rows;
}

static const struct val *known_of(struct req *r, int64_t activity)
{
	return guardian_shown(r, participation_list(r->db, r->arena, org_id(r), activity),
			      "person");
}

static struct val *groups_of(struct req *r, int64_t activity)
{
	return db_rows(r->db, &q_activities_groups,
		       ARGS(r->arena, ARG_AS("org", org_id(r)), ARG(activity)));
}

static void find(struct req *r, const struct val *rows)
{
	struct val *found = val_set_list(r->out, "found");
	const struct val *people = people_found_some(r, val_s(r->in, "words"), FOUND_MOST);
	for (size_t i = 0; i < val_count(people); i++)
		if (!stands(rows, val_i(val_at(people, i), "id")))
			val_push(found, val_at(people, i));
}

static int attendance_page(struct req *r)
{
	struct val *activity = plan_open(r);
	if (val_is_null(activity))
		return NOT_FOUND;
	if (!hold_may_attend(r, activity))
		return FORBIDDEN;
	struct val *groups = groups_of(r, val_i(activity, "id"));
	const struct val *known = known_of(r, val_i(activity, "id"));
	struct val *rows = sheet(r, activity, known, groups);
	for (size_t i = 0; val_b(r->in, "everybody") && i < val_count(rows); i++)
		val_set_bool(val_at(rows, i), "here", !val_b(val_at(rows, i), "absent"));
	val_set(r->out, "rows",
		pages_of(r, rows, SHEET,
			 str_fmt(r->arena, "/activities/%lld/attendance?first=",
				 (long long)val_i(activity, "id"))));
	val_set(r->out, "counted", counted(r, known, groups));
	val_set_bool(r->out, "open", hold_has_begun(r, activity));
	val_set_bool(r->out, "finds", has_right(r, PEOPLE_READ) || has_right(r, ACTIVITIES_ATTEND));
	find(r, rows);
	if (!val_i(r->in, "minutes"))
		val_set(r->in, "minutes", val_get(activity, "minutes"));
	plan_tabs(r, val_i(activity, "id"), "/attendance");
	crumb(r, N_("Attendance"), NULL);
	return OK;
}

/* ---- saving it ---- */

struct taking {
	struct req *r;
	int64_t activity, minutes;
	int faster; /* rows that somebody else changed meanwhile */
};

static struct participation row_to(const struct taking *t)
{
	return (struct participation){.org = org_id(t->r),
				      .activity = t->activity,
				      .minutes = t->minutes,
				      .ground = "duty",
				      .attested_by = val_i(t->r->me, "id"),
				      .now = t->r->now,
				      .by = val_i(t->r->me, "id"),
				      .why = "attendance"};
}

/* The same person, role and ground, now with another state. */
static void correct(struct taking *t, const struct val *shown, const char *state, int64_t minutes)
{
	const struct req *r = t->r;
	const struct val *was =
		participation_row(r->db, r->arena, org_id(r), 0, val_i(shown, "id"));
	struct participation to = row_to(t);
	if (val_is_null(was) || val_i(was, "superseded_at")) {
		t->faster++;
		return;
	}
	if (str_is(val_s(was, "state"), state) && val_i(was, "minutes") == minutes)
		return;
	to.person = val_i(was, "person");
	to.heads = val_i(was, "heads");
	to.group = val_i(was, "people_group");
	to.role = str_c(r->arena, val_s(was, "role"));
	to.ground = str_c(r->arena, val_s(was, "ground"));
	to.consent = val_i(was, "consent");
	to.claimed_by = val_i(was, "claimed_by");
	to.state = state;
	to.minutes = minutes;
	if (!participation_correct(r->db, r->arena, org_id(r), val_i(was, "id"), &to))
		t->faster++;
}

static void take_row(struct taking *t, const struct val *row, bool here)
{
	const char *state = here ? "attended" : "absent";
	int64_t minutes = here ? t->minutes : 0;
	if (val_i(row, "id")) {
		correct(t, row, state, minutes);
		return;
	}
	struct participation to = row_to(t);
	to.person = val_i(row, "person");
	to.group = val_i(row, "people_group");
	to.role = "learner";
	to.state = state;
	to.minutes = minutes;
	if (!participation_add(t->r->db, t->r->arena, &to))
		t->faster++;
}

static bool recorded(const struct val *rows, int64_t person)
{
	for (size_t i = 0; i < val_count(rows); i++)
		if (val_i(val_at(rows, i), "person") == person && val_i(val_at(rows, i), "id"))
			return true;
	return false;
}

/* Somebody took this line meanwhile: it is another one of the sheet now, or was one. */
static bool was_of_sheet(const struct req *r, const struct val *rows, struct str key)
{
	ptrdiff_t dash = str_find_char(key, '-');
	int64_t id;
	if (str_starts(key, S("m")))
		return dash > 0 && str_int(str_from(key, (size_t)dash + 1), &id) &&
		       recorded(rows, id);
	return str_starts(key, S("r")) && str_int(str_from(key, 1), &id) &&
	       !val_is_null(participation_row(r->db, r->arena, org_id(r), 0, id));
}

/* Counts the lines that are no longer what they were. False: one never was of this sheet. */
static bool look_over(struct taking *t, const struct val *rows)
{
	const struct val *sent = val_get(t->r->in, "row");
	for (size_t i = 0; i < val_count(sent); i++) {
		struct str key = val_get_str(val_at(sent, i));
		bool still = false;
		for (size_t k = 0; k < val_count(rows) && !still; k++)
			still = str_eq(key, val_s(val_at(rows, k), "key"));
		if (!still && !was_of_sheet(t->r, rows, key))
			return false;
		t->faster += !still;
	}
	return true;
}

/* False: one of them is nobody of this organisation. */
static bool take_walk_ins(struct taking *t)
{
	const struct val *came = val_get(t->r->in, "came"), *kept = guardian_kept(t->r);
	for (size_t i = 0; i < val_count(came); i++) {
		struct participation to = row_to(t);
		if (!str_int(val_get_str(val_at(came, i)), &to.person) ||
		    val_is_null(
			    person_in_org(t->r->db, t->r->arena, to.org, to.person, t->r->now)) ||
		    guardian_keeps(kept, to.person))
			return false;
		to.role = "participant";
		to.state = "attended";
		if (!participation_add(t->r->db, t->r->arena, &to))
			t->faster++;
	}
	return true;
}

static void take_heads(struct taking *t, const struct val *row, int64_t heads)
{
	struct participation to = row_to(t);
	if (heads == val_i(row, "heads"))
		return;
	if (val_i(row, "id") && !heads) {
		correct(t, row, "void", 0);
		return;
	}
	to.heads = heads;
	to.group = val_i(row, "group");
	to.role = val_i(row, "group") ? "learner" : "participant";
	to.state = "attended";
	if (val_i(row, "id")
		    ? !participation_correct(t->r->db, t->r->arena, to.org, val_i(row, "id"), &to)
		    : !participation_add(t->r->db, t->r->arena, &to))
		t->faster++;
}

/* False: a number of the form is none. */
static bool take_counts(struct taking *t, const struct val *rows)
{
	const struct val *groups = val_get(t->r->in, "counted_group"),
			 *heads = val_get(t->r->in, "counted");
	for (size_t i = 0; i < val_count(groups) && i < val_count(heads); i++) {
		int64_t group, n = 0;
		struct str typed = str_trim(val_get_str(val_at(heads, i)));
		if (!str_int(val_get_str(val_at(groups, i)), &group) ||
		    (typed.n && (!str_int(typed, &n) || n < 0 || n > 100000)))
			return false;
		size_t k = 0;
		while (k < val_count(rows) && val_i(val_at(rows, k), "group") != group)
			k++;
		if (k == val_count(rows))
			return false;
		take_heads(t, val_at(rows, k), n);
	}
	return true;
}

/* Who was there exercised what was planned, at the version that was chosen. */
void hold_exercise(struct req *r, int64_t activity)
{
	const struct val *items = db_rows(r->db, &q_hold_items,
					  ARGS(r->arena, ARG_AS("org", org_id(r)), ARG(activity)));
	if (!val_count(items))
		return;
	const struct val *rows = known_of(r, activity);
	struct val *there = val_list(r->arena);
	for (size_t i = 0; i < val_count(rows); i++)
		if (str_is(val_s(val_at(rows, i), "state"), "attended"))
			val_push(there, val_at(rows, i));
	for (size_t i = 0; i < val_count(items); i++)
		participation_exercise(r->db, r->arena, there, val_i(val_at(items, i), "item"),
				       val_i(val_at(items, i), "version"));
}

static int attendance(struct req *r)
{
	struct val *activity = plan_open(r);
	if (val_is_null(activity))
		return NOT_FOUND;
	if (!hold_may_attend(r, activity))
		return FORBIDDEN;
	struct taking t = {
		.r = r, .activity = val_i(activity, "id"), .minutes = val_i(r->in, "minutes")};
	if (!hold_has_begun(r, activity)) {
		flash(r, N_("Nobody was there yet: it has not begun, or it is cancelled."));
		return see_other(r, "/activities/%lld", (long long)t.activity);
	}
	const struct val *known = known_of(r, t.activity);
	struct val *groups = groups_of(r, t.activity), *rows = sheet(r, activity, known, groups);
	struct val *counts = counted(r, known, groups);
	if (!look_over(&t, rows)) {
		invalid(r, "row", N_("This sheet has changed. Look at it, and tick again."));
		return INVALID;
	}
	if (val_b(activity, "planned"))
		activity_settle(r->db, r->arena, org_id(r), t.activity, "held");
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		if (val_holds(val_get(r->in, "row"), val_s(row, "key")))
			take_row(&t, row, val_holds(val_get(r->in, "here"), val_s(row, "key")));
	}
	if (!take_walk_ins(&t)) {
		invalid(r, "came", N_("There is no such person here."));
		return INVALID;
	}
	if (!take_counts(&t, counts)) {
		invalid(r, "counted", N_("Give numbers of people, such as 24."));
		return INVALID;
	}
	hold_exercise(r, t.activity);
	reflect_soon(r->db, r->arena, org_id(r), t.activity, r->now);
	plan_note(r, "attendance.taken", t.activity);
	flash(r, t.faster ? N_("Saved, but someone else changed some of it meanwhile: look again.")
			  : N_("The attendance is saved."));
	int64_t next = val_i(r->in, "first") + SHEET; /* the rest of a large sheet */
	return next < (int64_t)val_count(rows)
		       ? see_other(r, "/activities/%lld/attendance?first=%lld",
				   (long long)t.activity, (long long)next)
		       : see_other(r, "/activities/%lld/attendance", (long long)t.activity);
}

/* ---- routes ---- */

static const struct field page_fields[] = {
	{.name = "activity", .kind = FIELD_ID, .required = true},
	{.name = "words", .kind = FIELD_TEXT, .max = 100},
	{.name = "everybody", .kind = FIELD_FLAG},
	PAGES_FIRST,
	{0},
};
static const struct field save_fields[] = {
	{.name = "activity", .kind = FIELD_ID, .required = true},
	PAGES_FIRST,
	{.name = "row", .kind = FIELD_MANY},
	{.name = "here", .kind = FIELD_MANY},
	{.name = "came", .kind = FIELD_MANY},
	{.name = "minutes", .kind = FIELD_INT, .required = true, .min = 0, .max = 100000},
	{.name = "counted_group", .kind = FIELD_COLUMN},
	{.name = "counted", .kind = FIELD_COLUMN},
	{0},
};
static const struct field code_fields[] = {
	{.name = "activity", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field code_put_fields[] = {
	{.name = "activity", .kind = FIELD_ID, .required = true},
	{.name = "close", .kind = FIELD_FLAG},
	{0},
};
static const struct field here_fields[] = {
	{.name = "activity", .kind = FIELD_ID, .required = true},
	{.name = "said", .kind = FIELD_FLAG},
	{0},
};
static const struct field here_put_fields[] = {
	{.name = "activity", .kind = FIELD_ID, .required = true},
	{.name = "code", .kind = FIELD_TEXT, .required = true, .max = 20},
	{0},
};
static const struct field link_fields[] = {
	{.name = "key", .kind = FIELD_TEXT, .required = true, .max = 100},
	{.name = "said", .kind = FIELD_FLAG},
	{.name = "speaks", .kind = FIELD_LANG},
	{0},
};
static const struct field link_put_fields[] = {
	{.name = "key", .kind = FIELD_TEXT, .required = true, .max = 100},
	{.name = "code", .kind = FIELD_TEXT, .required = true, .max = 20},
	{.name = "speaks", .kind = FIELD_LANG},
	{0},
};
static const struct route routes[] = {
	{GET, "/activities/:activity/attendance", SIGNED_IN, attendance_page,
	 "activities/attendance", .fields = page_fields, .summary = "The attendance sheet"},
	{POST, "/activities/:activity/attendance", SIGNED_IN, attendance, "activities/attendance",
	 .fields = save_fields, .summary = "Say who was there; saying it again corrects it"},
	{GET, "/activities/:activity/code", SIGNED_IN, hold_code_page, "activities/hold_code",
	 .fields = code_fields, .summary = "The code for the projector; it changes every minute"},
	{POST, "/activities/:activity/code", SIGNED_IN, hold_code_put, "activities/hold_code",
	 .fields = code_put_fields, .summary = "Show the code, or close it"},
	{GET, "/activities/:activity/here", SIGNED_IN, hold_here_page, "activities/hold_here",
	 .fields = here_fields, .summary = "Form for the code on the screen"},
	{POST, "/activities/:activity/here", SIGNED_IN, hold_here_put, "activities/hold_here",
	 .fields = here_put_fields, .flags = ROUTE_COUNTS,
	 .summary = "Say with the code on the screen that one is there"},
	{GET, "/activities/answer/:key/here", PUBLIC, hold_link_page, "activities/hold_link",
	 .fields = link_fields, .flags = ROUTE_TOKEN,
	 .summary = "Form for the code on the screen, behind the link of an invitation"},
	{POST, "/activities/answer/:key/here", PUBLIC, hold_link_put, "activities/hold_link",
	 .fields = link_put_fields, .flags = ROUTE_TOKEN | ROUTE_COUNTS,
	 .summary = "Say with the code on the screen and one's link that one is there"},
	{0},
};

const struct feature hold_feature = {.name = "activities", .routes = routes};
