#include "app/me/me.h"

#include "core/erasure.h"
#include "core/person.h"

int me_erase_page(struct req *req)
{
	struct val *rows = erasures_of(req->db, req->arena, me_id(req), req->lang);
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		val_set_bool(row, "open",
			     !val_i(row, "answered_at") && !val_i(row, "withdrawn_at"));
		erasure_label(req, val_get(row, "lines"));
	}
	val_set(req->out, "rows", rows);
	val_set_bool(req->out, "known",
		     !val_is_null(person_in_org(req->db, req->arena, val_i(req->org, "id"),
						me_id(req), req->now)));
	return OK;
}

int me_erase(struct req *req)
{
	struct erasure_ask ask = {.org = val_i(req->org, "id"),
				  .person = me_id(req),
				  .how = "page",
				  .words = val_s(req->in, "words"),
				  .now = req->now};
	if (me_unproven(req))
		return me_prove_first(req, "/me/erase");
	if (!erasure_ask(req->db, req->arena, &ask)) {
		invalid(req, "words",
			N_("You have asked already, or this organisation does not know you."));
		return INVALID;
	}
	me_note(req, "erasure.asked");
	flash(req, N_("The organisation is asked. You read its answer here."));
	return see_other(req, "/me/erase");
}

int me_erase_withdraw(struct req *req)
{
	if (!erasure_withdraw(req->db, req->arena, me_id(req), val_i(req->in, "erasure"), req->now))
		return NOT_FOUND;
	me_note(req, "erasure.withdrawn");
	flash(req, N_("You have taken it back. Nothing was erased."));
	return see_other(req, "/me/erase");
}
