/* Whom I let read what I did: which organisation, in whose ledger, for what, until when. */
#include "app/me/me.h"

#include "base/instant.h"
#include "core/choices.h"
#include "core/consent.h"
#include "core/group.h"
#include "core/ledger.h"
#include "core/text.h"

enum { YEARS = 3 };

/* What a person grants; coverage and figures are an organisation's own. */
static const struct {
	enum ledger_reader reader;
	const char *label;
} purposes[] = {
	{READ_CPD, N_("My hours, as they could count for CPD")},
	{READ_EVIDENCE, N_("Which items of standards I exercised")},
	{READ_CONTACT, N_("Where I gave my time to others")},
};
enum { PURPOSES = sizeof purposes / sizeof *purposes };

static const char *purpose_label(struct str purpose)
{
	for (size_t i = 0; i < PURPOSES; i++)
		if (str_is(purpose, ledger_readers[purposes[i].reader]))
			return purposes[i].label;
	return NULL;
}

static bool is_minor(struct req *req)
{
	return minor_anywhere(req->db, req->arena, me_id(req), req_today(req));
}

static struct val *orgs(struct req *req)
{
	return access_grant_orgs(req->db, req->arena, me_id(req), req->lang, req->now);
}

static const struct val *org_named(const struct val *all, int64_t id)
{
	for (size_t i = 0; i < val_count(all); i++)
		if (val_i(val_at(all, i), "id") == id)
			return val_at(all, i);
	return val_null();
}

/* ---- the page ---- */

static void org_choices(struct req *req, const struct val *all, struct val *list)
{
	for (size_t i = 0; i < val_count(all); i++) {
		const struct val *org = val_at(all, i);
		struct str lang = val_s(org, "name_lang");
		struct val *one = choice_id(list, val_i(org, "id"), val_s(org, "name"), false);
		val_set_str(one, "label_lang", lang);
		val_set_bool(one, "label_other", text_is_other(lang, req->lang));
	}
}

static void choices(struct req *req)
{
	const struct val *all = orgs(req);
	struct val *purpose = val_set_list(req->out, "purpose_choices");
	struct val *from = val_set_list(req->out, "from_choices");
	struct val *any = choice(
		from, S(""),
		str_of(tr(req, N_("Every organisation, and what I wrote down myself"))), false);
	val_set_bool(any, "label_other", false);
	org_choices(req, all, from);
	org_choices(req, all, val_set_list(req->out, "reader_choices"));
	for (size_t i = 0; i < PURPOSES; i++)
		choice(purpose, str_of(ledger_readers[purposes[i].reader]),
		       str_of(tr(req, purposes[i].label)), false);
}

static void list_of(struct req *req, const struct val *rows)
{
	struct val *live = val_set_list(req->out, "grants"),
		   *ended = val_set_list(req->out, "ended");
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		int64_t ends = val_i(row, "ends_at"), revoked = val_i(row, "revoked_at");
		const char *label = purpose_label(val_s(row, "purpose"));
		val_set_str(row, "label", label ? str_of(tr(req, label)) : val_s(row, "purpose"));
		val_set_bool(row, "name_other", text_is_other(val_s(row, "name_lang"), req->lang));
		val_set_bool(row, "from_other",
			     val_i(row, "from_org") &&
				     text_is_other(val_s(row, "from_lang"), req->lang));
		val_set_int(row, "over_at", revoked ? revoked : ends);
		val_set_str(row, "last_day",
			    day_text(req->arena, instant_wall(ends - 1, req_zone(req)).day));
		val_push(revoked || (ends && ends <= req->now) ? ended : live, row);
	}
}

int me_grants(struct req *req)
{
	list_of(req, access_grant_list(req->db, req->arena, me_id(req), req->lang));
	choices(req);
	val_set_bool(req->out, "minor", is_minor(req));
	return OK;
}

/* ---- giving and ending ---- */

/* Its midnight after `day` where the page's organisation is; 0: not a day that may be chosen. */
static int64_t end_of(struct req *req, struct str day)
{
	int64_t today, last;
	if (!day_read(day, &last) || !day_read(req_today(req), &today) || last <= today ||
	    last > today + YEARS * 366)
		return 0;
	return req_midnight(req, day_text(req->arena, last + 1));
}

/* What was granted before of the same kind is replaced, so that the newest end is the one that
 * counts. */
static void replace(struct req *req, const struct access_grant *g)
{
	const struct val *rows = access_grant_list(req->db, req->arena, g->person, req->lang);
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		if (val_i(row, "org") == g->org && val_i(row, "from_org") == g->from_org &&
		    str_is(val_s(row, "purpose"), g->purpose) && !val_i(row, "activity"))
			access_grant_revoke(req->db, req->arena, g->person, val_i(row, "id"),
					    req->now);
	}
}

int me_grant_give(struct req *req)
{
	const struct val *all = orgs(req);
	struct access_grant g = {.person = me_id(req),
				 .org = val_i(req->in, "reader"),
				 .from_org = val_i(req->in, "from"),
				 .ends_at = end_of(req, val_s(req->in, "until")),
				 .now = req->now};
	for (size_t i = 0; i < PURPOSES; i++)
		if (str_is(val_s(req->in, "purpose"), ledger_readers[purposes[i].reader]))
			g.purpose = ledger_readers[purposes[i].reader];
	if (is_minor(req))
		return FORBIDDEN;
	if (val_is_null(org_named(all, g.org)) ||
	    (g.from_org && val_is_null(org_named(all, g.from_org))))
		return NOT_FOUND;
	if (g.org == g.from_org)
		invalid(req, "from", N_("It reads its own records already. Choose another one."));
	if (!g.ends_at)
		invalid(req, "until", N_("Choose a day from tomorrow on, within three years."));
	if (val_count(req->errors))
		return INVALID;
	replace(req, &g);
	access_grant_give(req->db, req->arena, &g);
	me_note(req, "grant.given");
	flash(req,
	      N_("They may read it from now on. You see here when they do, and end it when you "
		 "like."));
	return see_other(req, "/me/grants");
}

int me_grant_end(struct req *req)
{
	if (!access_grant_revoke(req->db, req->arena, me_id(req), val_i(req->in, "grant"),
				 req->now))
		return NOT_FOUND;
	me_note(req, "grant.ended");
	flash(req, N_("They may not read it any more."));
	return see_other(req, "/me/grants");
}
