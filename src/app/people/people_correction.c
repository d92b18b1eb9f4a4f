/* What people ask to have corrected, and the answers. */
#include "app/people/people.h"
#include "app/people/people_consent.h"
#include "core/correction.h"
#include "core/guardian.h"
#include "core/pages.h"

enum { PAGE = 50 };

/* Nobody answers for themself or for their own child. */
static bool over(struct req *req, int64_t person)
{
	return right_over_person(req->db, req->arena, people_mine(req), PEOPLE_MANAGE,
				 people_org(req), val_i(req->me, "id"), person, req_today(req));
}

int people_corrections(struct req *req)
{
	struct val *rows = pages_of(req, correction_list(req->db, req->arena, people_org(req)),
				    PAGE, S("/people/corrections?first="));
	struct val *list = val_set_list(req->out, "rows");
	for (size_t i = 0; i < val_count(rows); i++)
		if (over(req, val_i(val_at(rows, i), "person")))
			val_push(list, val_at(rows, i));
	return OK;
}

int people_correction_answer(struct req *req)
{
	int64_t org = people_org(req), id = val_i(req->in, "correction");
	const struct val *row = correction_row(req->db, req->arena, org, id);
	if (val_is_null(row))
		return NOT_FOUND;
	if (!over(req, val_i(row, "person")))
		return FORBIDDEN;
	if (!correction_answer(req->db, req->arena, org, id, val_i(req->me, "id"),
			       val_s(req->in, "answer"), req->now)) {
		invalid(req, "answer", N_("Somebody has answered already."));
		return INVALID;
	}
	people_note(req, "correction.answered", val_i(row, "person"), "correction", id);
	flash(req, N_("The answer is given: the person reads it on their own page."));
	return see_other(req, "/people/corrections");
}
