/* Consents to answer, and those I gave: of this organisation as a form, of others by name. */
#include "app/me/me.h"

#include "core/consent_sheet.h"
#include "core/person.h"

int me_consents(struct req *req)
{
	struct str people = person_accounts(req->db, req->arena, me_id(req));
	consent_sheet(req, people, req_today(req));
	val_set(req->out, "elsewhere", consent_sheet_elsewhere(req, people));
	return OK;
}

int me_consents_answer(struct req *req)
{
	struct str people = person_accounts(req->db, req->arena, me_id(req));
	if (!consent_sheet_take(req, people, req_today(req)))
		return NOT_FOUND;
	flash(req, N_("Thank you. Your answer has arrived."));
	return see_other(req, "/me/consents");
}
