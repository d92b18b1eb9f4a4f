#include "app/me/me.h"

#include "core/agreement.h"
#include "core/audit.h"

/* ---- what I agreed to ---- */

int me_agreements(struct req *req)
{
	int64_t org = val_i(req->org, "id");
	val_set(req->out, "open", terms_open(req->db, req->arena, org, me_id(req), req->lang));
	val_set(req->out, "agreements", agreements_of(req->db, req->arena, me_id(req), req->lang));
	return OK;
}

int me_agree(struct req *req)
{
	int64_t terms = val_i(req->in, "terms"), org = val_i(req->org, "id");
	if (val_is_null(terms_by_id(req->db, req->arena, org, terms)))
		return NOT_FOUND;
	if (agree(req->db, req->arena, org, me_id(req), terms, req->now))
		me_note(req, "terms.agreed");
	flash(req, N_("Your agreement is recorded."));
	return see_other(req, "/me/agreements");
}

int me_withdraw(struct req *req)
{
	if (!agreement_withdraw(req->db, req->arena, me_id(req), val_i(req->in, "agreement"),
				req->now))
		return NOT_FOUND;
	me_note(req, "terms.withdrawn");
	flash(req, N_("Your agreement is withdrawn."));
	return see_other(req, "/me/agreements");
}

/* ---- what was recorded about me ---- */

enum { PAGE = 50 };

static struct str verb_shown(const struct req *req, const struct val *row)
{
	struct str verb = val_s(row, "verb");
	if (str_is(val_s(row, "purpose"), "list"))
		return str_of(tr(req, N_("Taken along in a list of people")));
	if (str_is(val_s(row, "record"), "disclosure"))
		return str_of(tr(req, N_("Read by, or passed on to, somebody outside")));
	const char *words = audit_says(verb);
	return words ? str_of(tr(req, words)) : verb;
}

int me_record(struct req *req)
{
	const struct val *rows = recorded_about(req->db, req->arena, me_id(req), req->lang,
						val_i(req->in, "before"), PAGE);
	struct val *list = val_set_list(req->out, "rows");
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		struct val *one = val_push_object(list);
		bool outside = str_is(val_s(row, "record"), "disclosure");
		struct str to = val_s(row, "to_person_name");
		val_set_int(one, "at", val_i(row, "at"));
		val_set_str(one, "what", verb_shown(req, row));
		val_set_str(one, "org_name", val_s(row, "org_name"));
		if (outside && !to.n)
			to = val_s(row, "to_org_name").n ? val_s(row, "to_org_name")
							 : val_s(row, "to_outside");
		val_set_str(one, "who", outside ? to : val_s(row, "made_by_name"));
	}
	bool full = val_count(rows) == PAGE;
	val_set_int(req->out, "older", full ? val_i(val_at(rows, PAGE - 1), "at") : 0);
	return OK;
}
