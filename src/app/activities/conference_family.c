/* One family's page: every child beside the others, with each of their teachers a time. Behind the link
 * of a letter, signed in, or filled in by the school while the family is on the telephone. */
#include "app/activities/calendar.h"
#include "app/activities/conference.h"
#include "app/activities/plan.h"
#include "base/instant.h"
#include "core/args.h"
#include "core/choices.h"
#include "core/guardian.h"
#include "core/link.h"
#include "core/person.h"
#include "queries.h"

struct family {
	int64_t guardian, by;
	const char *how;
	struct str path; /* of its page, without the prefix */
	struct str day, today;
	const struct val *plan, *rows; /* rows: conference_families() */
	struct str lang;               /* which the guardian speaks */
};

struct val *conference_plan(struct req *r)
{
	struct val *rows = val_list(r->arena),
		   *row = calendar_row(r->db, r->arena, val_i(r->org, "id"),
				       val_i(r->in, "activity"));
	if (val_is_null(row) || !str_is(val_s(row, "kind"), "conference"))
		return val_null();
	val_push(rows, row);
	calendar_bytes(r, rows, "PUBLISH", true); /* dresses the row */
	val_set(r->out, "activity", row);
	return row;
}

struct str conference_day(const struct val *plan)
{
	return str_sub(val_s(plan, "starts_wall"), 0, 10);
}

struct str conference_time(struct req *r, struct str starts_wall)
{
	struct wall wall;
	return wall_read(starts_wall, &wall) ? time_show(r->arena, r->lang, wall.seconds)
					     : starts_wall;
}

struct str conference_room(const struct req *r, const struct val *slot)
{
	struct str room = val_s(slot, "room");
	int64_t number;
	return str_int(room, &number)
		       ? str_fmt(r->arena, "%s " STR_FMT, tr(r, N_("Room")), STR_ARG(room))
		       : room;
}

/* False: 404. The guardian has a child there, by whichever account. */
static bool open_family(struct req *r, struct family *f)
{
	f->plan = conference_plan(r);
	if (val_is_null(f->plan))
		return false;
	f->day = conference_day(f->plan);
	f->today = req_today(r);
	f->rows = guardian_shown(r,
				 conference_families(r->db, r->arena, val_i(r->org, "id"),
						     val_i(f->plan, "id"), f->guardian, f->day,
						     f->today),
				 "child");
	f->lang = val_s(val_at(f->rows, 0), "lang");
	return val_count(f->rows) > 0;
}

/* ---- the page ---- */

static bool of_family(const struct family *f, int64_t child)
{
	for (size_t i = 0; i < val_count(f->rows); i++)
		if (val_i(val_at(f->rows, i), "child") == child)
			return true;
	return false;
}

/* Another time of this family's meets it. */
static bool meets(const struct family *f, const struct val *slots, const struct val *slot,
		  int64_t child)
{
	for (size_t i = 0; i < val_count(slots); i++) {
		const struct val *o = val_at(slots, i);
		bool moved =
			val_i(o, "child") == child && val_i(o, "teacher") == val_i(slot, "teacher");
		bool theirs = val_i(o, "child") && of_family(f, val_i(o, "child"));
		if (theirs && !moved && val_i(o, "starts_at") < val_i(slot, "ends_at") &&
		    val_i(o, "ends_at") > val_i(slot, "starts_at"))
			return true;
	}
	return false;
}

static void show_teacher(struct req *r, const struct family *f, struct val *list, int64_t teacher,
			 int64_t child, const struct val *slots)
{
	struct val *one = val_object(r->arena), *choices = val_set_list(one, "choices");
	bool any = false;
	val_set_null(one, "slot");
	val_set_null(one, "interpreter_name"); /* moving keeps who interprets */
	val_set_int(one, "child", child);
	val_set_int(one, "teacher", teacher);
	for (size_t i = 0; i < val_count(slots); i++) {
		const struct val *s = val_at(slots, i);
		if (val_i(s, "teacher") != teacher)
			continue;
		any = true;
		val_set(one, "name", val_get(s, "teacher_name"));
		val_set_str(one, "room_shown", conference_room(r, s));
		if (val_i(s, "child") == child) {
			val_set(one, "slot", val_get(s, "id"));
			val_set_str(one, "when", conference_time(r, val_s(s, "starts_wall")));
			val_set(one, "interpreter_name", val_get(s, "interpreter_name"));
		}
		if (val_i(s, "child") || val_i(s, "starts_at") <= r->now ||
		    meets(f, slots, s, child))
			continue;
		choice_id(choices, val_i(s, "id"), conference_time(r, val_s(s, "starts_wall")),
			  false);
	}
	if (any)
		val_push(list, one);
}

static bool interpreted(struct req *r, const struct family *f)
{
	const struct val *rows = db_rows(r->db, &q_conference_interpreters,
					 ARGS(r->arena, ARG_AS("org", val_i(r->org, "id")),
					      ARG_AS("activity", val_i(f->plan, "id"))));
	for (size_t i = 0; i < val_count(rows); i++)
		if (str_eq(val_s(val_at(rows, i), "tongue"), f->lang))
			return true;
	return false;
}

static int show_family(struct req *r, const struct family *f)
{
	struct val *p = ARGS(r->arena, ARG_AS("org", val_i(r->org, "id")),
			     ARG_AS("activity", val_i(f->plan, "id")), ARG_AS("day", f->day));
	struct val *children = val_set_list(r->out, "children");
	const struct val *slots = db_rows(r->db, &q_conference_slots, p);
	for (size_t i = 0; i < val_count(f->rows); i++) {
		const struct val *row = val_at(f->rows, i);
		struct val *one = val_push_object(children), *teachers;
		val_set(one, "id", val_get(row, "child"));
		val_set(one, "name", val_get(row, "child_name"));
		teachers = val_set_list(one, "teachers");
		val_set(p, "child", val_get(row, "child"));
		const struct val *teach = db_rows(r->db, &q_conference_teach, p);
		for (size_t k = 0; k < val_count(teach); k++)
			show_teacher(r, f, teachers, val_i(val_at(teach, k), "teacher"),
				     val_i(row, "child"), slots);
	}
	val_set_bool(r->out, "gone", false);
	val_set_bool(r->out, "said", val_b(r->in, "said"));
	val_set_bool(r->out, "may_interpret", interpreted(r, f));
	val_set_str(r->out, "page_path", f->path);
	val_set(r->out, "family_name", val_get(val_at(f->rows, 0), "name"));
	val_set_bool(r->out, "by_phone", f->by > 0);
	val_set_bool(r->out, "planned", str_is(val_s(f->plan, "status"), "planned"));
	if (!val_has(r->out, "languages"))
		val_set_list(r->out, "languages");
	return OK;
}

/* ---- booking ---- */

static const struct val *slot_of(struct req *r, const struct family *f)
{
	return db_row(r->db, &q_conference_slot,
		      ARGS(r->arena, ARG_AS("org", val_i(r->org, "id")),
			   ARG_AS("activity", val_i(f->plan, "id")),
			   ARG_AS("slot", val_i(r->in, "slot"))));
}

/* Behind a link there are no cookies that could carry a message: the address says that it was done. */
static int done(struct req *r, const struct family *f, const char *words)
{
	if (!str_is(str_of(f->how), "link")) {
		flash(r, words);
		return see_other(r, STR_FMT, STR_ARG(f->path));
	}
	return see_other(r, STR_FMT "?said=1&speaks=" STR_FMT, STR_ARG(f->path), STR_ARG(r->lang));
}

static int give_back(struct req *r, const struct family *f)
{
	const struct val *slot = slot_of(r, f);
	int64_t child = val_i(slot, "child");
	if (!child || !of_family(f, child) ||
	    !conference_give_back(r->db, r->arena, val_i(r->org, "id"), val_i(f->plan, "id"),
				  val_i(slot, "id"), child))
		return NOT_FOUND;
	conference_tell(r->db, r->arena, r->org, slot, CONFERENCE_CANCELLED, r->now);
	return done(r, f, N_("The time is given back."));
}

static int put(struct req *r, const struct family *f)
{
	static const char *const why[] = {
		[CONFERENCE_TAKEN] =
			N_("This time was taken just now, or is over. Choose another one."),
		[CONFERENCE_CLASH] = N_("You are with another teacher at that time. Choose another "
					"one."),
		[CONFERENCE_ALONE] = N_("Nobody is free to interpret at that time. Choose another "
					"one, or book without."),
	};
	struct conference_booking b = {.org = val_i(r->org, "id"),
				       .activity = val_i(f->plan, "id"),
				       .slot = val_i(r->in, "slot"),
				       .child = val_i(r->in, "child"),
				       .guardian = f->guardian,
				       .wants = val_b(r->in, "interpreter"),
				       .tongue = f->lang,
				       .how = f->how,
				       .by = f->by,
				       .now = r->now,
				       .today = f->today,
				       .day = f->day};
	if (val_b(r->in, "cancel"))
		return give_back(r, f);
	if (!of_family(f, b.child) || val_is_null(slot_of(r, f)))
		return NOT_FOUND;
	enum conference_end end = conference_book(r->db, r->arena, &b);
	if (end != CONFERENCE_BOOKED) {
		invalid(r, "slot", why[end]);
		return INVALID;
	}
	conference_tell(r->db, r->arena, r->org, slot_of(r, f), CONFERENCE_YOURS, r->now);
	conference_remind_soon(r->db, r->arena, b.org, b.activity, r->now);
	return done(r, f, N_("The time is yours."));
}

/* ---- by link ---- */

/* The guardian whose link it is, and the activity it is about; 0: it no longer works. The page speaks
 * their language, unless it was asked for in another. */
static int64_t whose_link(struct req *r, int64_t *activity)
{
	struct str key = val_s(r->in, "key"), speaks = val_s(r->in, "speaks");
	const struct val *link = link_peek(r->db, r->arena, CONFERENCE_LINK, key, r->now);
	if (val_is_null(link) || val_i(link, "org") != val_i(r->org, "id"))
		return 0;
	int64_t guardian = val_i(link, "owner");
	*activity = val_i(link, "subject");
	speak(r, speaks.n ? speaks : val_s(person_by_id(r->db, r->arena, guardian), "lang"));
	return guardian;
}

static struct str link_path(struct req *r)
{
	return str_fmt(r->arena, "/activities/conference/" STR_FMT, STR_ARG(val_s(r->in, "key")));
}

static bool by_link(struct req *r, struct family *f)
{
	int64_t activity = 0, guardian = whose_link(r, &activity);
	*f = (struct family){.guardian = guardian, .how = "link", .path = link_path(r)};
	val_set_int(r->in, "activity", activity);
	return guardian && open_family(r, f);
}

static int gone(struct req *r)
{
	val_set_bool(r->out, "gone", true);
	val_set_list(r->out, "children");
	val_set_list(r->out, "languages");
	val_set_null(r->out, "activity");
	return GONE;
}

int conference_link_page(struct req *r)
{
	struct family f;
	if (!by_link(r, &f))
		return gone(r);
	speak_choices(r, f.path);
	return show_family(r, &f);
}

int conference_link_put(struct req *r)
{
	struct family f;
	return by_link(r, &f) ? put(r, &f) : gone(r);
}

/* ---- no more letters that invite or remind ---- */

/* As whose_link(). */
static int64_t who_stops(struct req *r)
{
	int64_t activity, guardian = whose_link(r, &activity);
	struct str path = link_path(r);
	val_set_list(r->out, "languages");
	val_set_str(r->out, "path", path);
	val_set_str(r->out, "of", str_of(N_("Times with the teachers")));
	val_set_bool(r->out, "gone", !guardian);
	val_set_bool(r->out, "done", false);
	if (guardian)
		speak_choices(r, str_fmt(r->arena, STR_FMT "/stop", STR_ARG(path)));
	return guardian;
}

int conference_stop_page(struct req *r)
{
	return who_stops(r) ? OK : GONE;
}

int conference_stop_put(struct req *r)
{
	int64_t person = who_stops(r);
	if (!person)
		return GONE;
	db_exec(r->db, &q_ask_unask,
		ARGS(r->arena, ARG_AS("org", val_i(r->org, "id")), ARG(person),
		     ARG_AS("now", r->now)));
	val_set_bool(r->out, "done", true);
	return OK;
}

/* ---- signed in, and by telephone ---- */

static bool of_me(struct req *r, struct family *f)
{
	*f = (struct family){.guardian = val_i(r->me, "id"), .how = "page"};
	f->path = str_fmt(r->arena, "/activities/%lld/conference/mine",
			  (long long)val_i(r->in, "activity"));
	return open_family(r, f);
}

static bool by_phone(struct req *r, struct family *f)
{
	int64_t guardian = val_i(r->in, "guardian");
	*f = (struct family){.guardian = guardian, .by = val_i(r->me, "id"), .how = "telephone"};
	f->path = str_fmt(r->arena, "/activities/%lld/conference/family/%lld",
			  (long long)val_i(r->in, "activity"), (long long)guardian);
	return guardian > 0 && open_family(r, f);
}

int conference_mine_page(struct req *r)
{
	struct family f;
	return of_me(r, &f) ? show_family(r, &f) : NOT_FOUND;
}

int conference_mine_put(struct req *r)
{
	struct family f;
	return of_me(r, &f) ? put(r, &f) : NOT_FOUND;
}

int conference_phone_page(struct req *r)
{
	struct family f;
	return by_phone(r, &f) ? show_family(r, &f) : NOT_FOUND;
}

int conference_phone_put(struct req *r)
{
	struct family f;
	return by_phone(r, &f) ? put(r, &f) : NOT_FOUND;
}
