/* Attendance by a code that changes: on the projector, and typed by whoever is there. */
#include "app/activities/ask_pages.h"
#include "app/activities/hold.h"
#include "app/activities/hold_rules.h"
#include "app/activities/plan.h"
#include "app/activities/reflect.h"
#include "base/arena.h"
#include "core/activity.h"
#include "core/args.h"
#include "core/crumbs.h"
#include "core/ledger.h"
#include "core/participation.h"
#include "core/qr.h"
#include "core/secret.h"
#include "core/throttle.h"
#include "queries.h"

enum { OPEN_FOR = 20 * 60 };

static int64_t org_id(const struct req *r)
{
	return val_i(r->org, "id");
}

/* { activity, status, minutes, day, opened_at, opened_by, closes_at, here } or null: not open. */
static struct val *open_code(struct req *r, int64_t activity)
{
	return db_row(
		r->db, &q_hold_code,
		ARGS(r->arena, ARG_AS("org", org_id(r)), ARG(activity), ARG_AS("now", r->now)));
}

static struct str digits_at(struct req *r, const struct val *code, int64_t step)
{
	struct str text =
		code_text(r->arena, val_i(code, "activity"), val_i(code, "opened_at"), step);
	return code_digits(r->arena,
			   secret_keyed_hash(r->arena, r->secrets, S("attendance code"), text));
}

/* ---- on the projector ---- */

int hold_code_page(struct req *r)
{
	struct val *activity = plan_open(r);
	if (val_is_null(activity))
		return NOT_FOUND;
	if (!hold_may_attend(r, activity))
		return FORBIDDEN;
	struct val *code = open_code(r, val_i(activity, "id"));
	val_set_bool(r->out, "opens", hold_has_begun(r, activity));
	val_set_null(r->out, "code");
	if (!val_is_null(code)) {
		struct str path =
			str_fmt(r->arena, STR_FMT "/activities/%lld/here",
				STR_ARG(val_s(r->org, "base")), (long long)val_i(activity, "id"));
		struct str digits = digits_at(r, code, code_step(r->now));
		val_set_str(code, "digits", code_shown(r->arena, digits));
		val_set_str(code, "plain", digits);
		val_set_int(code, "left", code_left(r->now));
		val_set_str(code, "address", path);
		val_set(code, "qr", qr_code(r->arena, path));
		val_set(r->out, "code", code);
		/* The page turns itself over with the code: without it there is nothing to read. */
		val_set_str(r->headers_out, "Refresh",
			    str_fmt(r->arena, "%lld", (long long)code_left(r->now)));
	}
	plan_tabs(r, val_i(activity, "id"), "/attendance");
	crumb(r, N_("Attendance"), NULL);
	return OK;
}

int hold_code_put(struct req *r)
{
	struct val *activity = plan_open(r);
	if (val_is_null(activity))
		return NOT_FOUND;
	if (!hold_may_attend(r, activity))
		return FORBIDDEN;
	int64_t id = val_i(activity, "id");
	if (!hold_has_begun(r, activity)) {
		flash(r, N_("Nobody was there yet: it has not begun, or it is cancelled."));
		return see_other(r, "/activities/%lld", (long long)id);
	}
	struct val *args = ARGS(r->arena, ARG_AS("org", org_id(r)), ARG_AS("activity", id),
				ARG_AS("by", val_i(r->me, "id")), ARG_AS("now", r->now),
				ARG_AS("closes_at", r->now + OPEN_FOR));
	db_exec(r->db, val_b(r->in, "close") ? &q_hold_code_close : &q_hold_code_open, args);
	plan_note(r, val_b(r->in, "close") ? "attendance.code_closed" : "attendance.code_opened",
		  id);
	return see_other(
		r, val_b(r->in, "close") ? "/activities/%lld/attendance" : "/activities/%lld/code",
		(long long)id);
}

/* ---- whoever is there ---- */

/* Says that somebody was there, as the sheet would. `asked` is the role in which they were asked, if
 * they were. False: they are not on it. */
static bool mark(struct req *r, const struct val *code, int64_t person, struct str asked)
{
	int64_t activity = val_i(code, "activity");
	struct val *args = ARGS(r->arena, ARG_AS("org", org_id(r)), ARG(activity), ARG(person),
				ARG_AS("day", val_s(code, "day")));
	const struct val *was = db_row(r->db, &q_hold_mine, args);
	struct participation to = {.org = org_id(r),
				   .activity = activity,
				   .person = person,
				   .role = "learner",
				   .state = "attended",
				   .minutes = val_i(code, "minutes"),
				   .ground = "duty",
				   .attested_by = val_i(code, "opened_by"),
				   .now = r->now,
				   .by = person,
				   .why = "code"};
	if (str_is(val_s(was, "state"), "attended"))
		return true;
	if (val_is_null(was)) {
		to.group = db_id(r->db, &q_hold_group, args);
		if (!to.group && !asked.n)
			return false;
		if (!to.group)
			to.role = str_c(r->arena, asked);
		if (ledger_part(str_of(to.role)) == PART_GIVES)
			to.ground = "agreement";
	} else {
		to.person = val_i(was, "person");
		to.group = val_i(was, "people_group");
		to.role = str_c(r->arena, val_s(was, "role"));
		to.ground = str_c(r->arena, val_s(was, "ground"));
		to.consent = val_i(was, "consent");
		to.claimed_by = val_i(was, "claimed_by");
	}
	if (str_is(val_s(code, "status"), "planned"))
		activity_settle(r->db, r->arena, org_id(r), activity, "held");
	int64_t row = val_is_null(was) ? participation_add(r->db, r->arena, &to)
				       : participation_correct(r->db, r->arena, org_id(r),
							       val_i(was, "id"), &to);
	if (!row)
		return false;
	hold_exercise(r, activity);
	reflect_soon(r->db, r->arena, org_id(r), activity, r->now);
	return true;
}

/* The code that was typed, with wrong ones counted. False with errors. */
static bool typed_right(struct req *r, const struct val *code, int64_t person)
{
	struct throttle who = {.account = str_fmt(r->arena, "here %lld %lld",
						  (long long)val_i(r->in, "activity"),
						  (long long)person),
			       .network = r->network};
	int64_t wait = throttle_ask(r->db, r->arena, r->secrets, &who, r->now);
	struct str typed = val_s(r->in, "code");
	int64_t step = code_step(r->now);
	bool right = !wait && !val_is_null(code) &&
		     (code_is(typed, digits_at(r, code, step)) ||
		      code_is(typed, digits_at(r, code, step - 1)));
	if (!wait)
		wait = throttle_settle(r->db, r->arena, r->secrets, &who, right, r->now);
	if (wait)
		invalid(r, "code", N_("Too many wrong codes. Wait a few minutes, then try again."));
	else if (!right)
		invalid(r, "code",
			N_("This is not the code on the screen now. Look again: it changes."));
	return !wait && right;
}

static bool come(struct req *r, int64_t activity, int64_t person, struct str asked)
{
	struct val *code = open_code(r, activity);
	if (!typed_right(r, code, person))
		return false;
	if (!mark(r, code, person, asked))
		invalid(r, "code",
			N_("The code is right, but your name is not on the list. Tell whoever "
			   "leads."));
	return !val_count(r->errors);
}

static void here_page(struct req *r, struct str path)
{
	val_set_str(r->out, "path", path);
	val_set_bool(r->out, "said", val_b(r->in, "said"));
	val_set_str(r->in, "code", (struct str){0});
}

static struct str own_path(struct req *r)
{
	return str_fmt(r->arena, "/activities/%lld/here", (long long)val_i(r->in, "activity"));
}

int hold_here_page(struct req *r)
{
	here_page(r, own_path(r));
	return OK;
}

int hold_here_put(struct req *r)
{
	int64_t activity = val_i(r->in, "activity");
	if (!db_id(r->db, &q_hold_known, params(r)))
		return NOT_FOUND;
	if (come(r, activity, val_i(r->me, "id"), S("")))
		return see_other(r, "/activities/%lld/here?said=1", (long long)activity);
	here_page(r, own_path(r));
	return INVALID;
}

/* With the link of an invitation; only their own, not a child's. */
static int invited(struct req *r, struct val **ask)
{
	struct val *link;
	*ask = ask_behind(r, &link);
	return val_is_null(*ask) ? GONE : val_b(*ask, "for_other") ? NOT_FOUND : OK;
}

static struct str link_path(struct req *r)
{
	return str_fmt(r->arena, "/activities/answer/" STR_FMT "/here",
		       STR_ARG(val_s(r->in, "key")));
}

int hold_link_page(struct req *r)
{
	struct val *ask;
	int status = invited(r, &ask);
	if (status == OK)
		here_page(r, link_path(r));
	return status;
}

int hold_link_put(struct req *r)
{
	struct val *ask;
	int status = invited(r, &ask);
	if (status != OK)
		return status;
	val_set(r->in, "activity", val_get(ask, "activity"));
	if (come(r, val_i(ask, "activity"), val_i(ask, "person"), val_s(ask, "role")))
		return see_other(r, STR_FMT "?said=1", STR_ARG(link_path(r)));
	here_page(r, link_path(r));
	return INVALID;
}
