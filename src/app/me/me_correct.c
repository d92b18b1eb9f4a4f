/* Asking this organisation to correct what it keeps of me, and what was answered. */
#include "app/me/me.h"

#include "core/correction.h"
#include "core/right.h"

/* Who keeps the list of people: the first of them who is not the one that asks. */
static struct val *reader(struct req *req)
{
	struct val *all =
		right_holders(req->db, req->arena, val_i(req->org, "id"), PEOPLE_MANAGE, req->now);
	for (size_t i = 0; i < val_count(all); i++)
		if (val_i(val_at(all, i), "id") != me_id(req))
			return val_at(all, i);
	return val_null();
}

int me_correct_page(struct req *req)
{
	val_set(req->out, "rows", corrections_of(req->db, req->arena, me_id(req), req->lang));
	val_set_str(req->out, "reader", val_s(reader(req), "name"));
	return OK;
}

int me_correct(struct req *req)
{
	int64_t id = correction_ask(req->db, req->arena,
				    &(struct correction){.org = val_i(req->org, "id"),
							 .person = me_id(req),
							 .to = val_i(reader(req), "id"),
							 .now = req->now,
							 .words = val_s(req->in, "words")});
	if (!id) {
		invalid(req, "words",
			N_("You have asked already, or this organisation does not know you."));
		return INVALID;
	}
	me_note(req, "correction.asked");
	flash(req, N_("The organisation is asked. You read its answer here."));
	return see_other(req, "/me/correct");
}
