/* Checks of adults: noted by who saw the paper, and those that end soon. */
#include "app/people/people_guardian.h"

#include "app/people/people.h"
#include "base/instant.h"
#include "core/args.h"
#include "core/check.h"
#include "core/choices.h"
#include "core/guardian.h"
#include "core/pages.h"
#include "core/term.h"

enum { SOON_DAYS = 60, PAGE = 200 };

static struct val *kinds(struct req *req)
{
	return term_list(req->db, req->arena, people_org(req), CHECK_SCHEME, req->lang,
			 val_s(req->org, "lang"));
}

/* Sets kind_name of each row; a kind that was retired shows none. */
static void name_kinds(struct req *req, struct val *rows)
{
	const struct val *terms = kinds(req);
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		val_set_str(row, "kind_name", S(""));
		for (size_t k = 0; k < val_count(terms); k++)
			if (val_i(val_at(terms, k), "id") == val_i(row, "kind"))
				val_set_str(row, "kind_name", val_s(val_at(terms, k), "name"));
	}
}

static int reach(struct req *req)
{
	struct val *person = people_person(req);
	if (val_is_null(person))
		return NOT_FOUND;
	if (!right_over(people_mine(req), CHECKS_MANAGE, val_i(req->me, "id"), val_i(person, "id")))
		return FORBIDDEN;
	val_set(req->out, "person", person);
	return 0;
}

int people_checks(struct req *req)
{
	int refused = reach(req);
	if (refused)
		return refused;
	struct val *rows = checks_of(req->db, req->arena, people_org(req), val_i(req->in, "person"),
				     req_today(req));
	const struct val *terms = kinds(req);
	struct val *choices = val_set_list(req->out, "kinds");
	for (size_t i = 0; i < val_count(rows); i++)
		val_set_bool(val_at(rows, i), "taken_back",
			     !val_is_null(val_get(val_at(rows, i), "ended_at")));
	name_kinds(req, rows);
	for (size_t i = 0; i < val_count(terms); i++) {
		const struct val *term = val_at(terms, i);
		choice_id(choices, val_i(term, "id"), val_s(term, "name"),
			  val_i(term, "id") == val_i(req->in, "kind"));
	}
	val_set(req->out, "rows", rows);
	return OK;
}

int people_check_add(struct req *req)
{
	int refused = reach(req);
	if (refused)
		return refused;
	int64_t person = val_i(req->in, "person");
	if (str_cmp(val_s(req->in, "valid_until"), req_today(req)) < 0) {
		invalid(req, "valid_until", N_("This day is over."));
		return INVALID;
	}
	int64_t id = check_add(req->db, req->arena,
			       &(struct adult_check){.org = people_org(req),
						     .person = person,
						     .kind = val_i(req->in, "kind"),
						     .by = val_i(req->me, "id"),
						     .valid_until = val_s(req->in, "valid_until"),
						     .now = req->now});
	if (!id)
		return NOT_FOUND;
	people_note(req, "check.noted", person, "adult_check", id);
	flash(req, N_("The check is noted."));
	return see_other(req, "/people/%lld/checks", (long long)person);
}

int people_check_end(struct req *req)
{
	int refused = reach(req);
	if (refused)
		return refused;
	int64_t person = val_i(req->in, "person"), id = val_i(req->in, "check");
	if (!check_end(req->db, req->arena, people_org(req), person, id, req->now))
		return NOT_FOUND;
	people_note(req, "check.ended", person, "adult_check", id);
	flash(req, N_("The check no longer holds."));
	return see_other(req, "/people/%lld/checks", (long long)person);
}

/* GET /people/checks: those that end within two months, and those that have ended. */
int people_checks_ending(struct req *req)
{
	int64_t day = instant_wall(req->now, req_zone(req)).day;
	struct str today = req_today(req);
	struct val *rows =
		guardian_shown(req,
			       checks_ending(req->db, req->arena, people_org(req),
					     day_text(req->arena, day + SOON_DAYS), req->now),
			       "person");
	rows = pages_of(req, rows, PAGE, S("/people/checks?first="));
	for (size_t i = 0; i < val_count(rows); i++)
		val_set_bool(val_at(rows, i), "over",
			     str_cmp(val_s(val_at(rows, i), "valid_until"), today) < 0);
	name_kinds(req, rows);
	val_set(req->out, "rows", rows);
	return OK;
}
