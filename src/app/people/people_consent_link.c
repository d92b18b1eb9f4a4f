/*
 * Consents answered by the link of a letter: no account, no cookie, no script. One link is for all
 * that its receiver is asked in this organisation, and works for taking back as well.
 */
#include "app/people/people.h"
#include "app/people/people_consent.h"
#include "base/arena.h"
#include "core/args.h"
#include "core/consent_sheet.h"
#include "core/link.h"
#include "core/person.h"

/* The accounts of whoever the link was sent to, the page in their language. Empty: it is gone. */
static struct str behind(struct req *r)
{
	const struct val *link =
		link_peek(r->db, r->arena, CONSENT_LINK, val_s(r->in, "key"), r->now);
	if (val_is_null(link) || val_i(link, "org") != people_org(r))
		return S("");
	const struct val *reader = person_by_id(r->db, r->arena, val_i(link, "owner"));
	speak(r, val_s(r->in, "speaks").n ? val_s(r->in, "speaks") : val_s(reader, "lang"));
	return person_accounts(r->db, r->arena, val_i(link, "owner"));
}

int people_consent_sheet(struct req *r)
{
	struct str people = behind(r);
	speak_choices(r,
		      str_fmt(r->arena, "/people/answer/" STR_FMT, STR_ARG(val_s(r->in, "key"))));
	val_set(r->out, "key", val_get(r->in, "key"));
	val_set_bool(r->out, "said", val_b(r->in, "said"));
	val_set_list(r->out, "learners");
	if (people.n)
		consent_sheet(r, people, req_today(r));
	bool gone = !val_count(val_get(r->out, "learners"));
	val_set_bool(r->out, "gone", gone);
	return gone ? GONE : OK;
}

int people_consent_answer(struct req *r)
{
	struct str people = behind(r);
	if (!people.n)
		return people_consent_sheet(r);
	if (!consent_sheet_take(r, people, req_today(r)))
		return NOT_FOUND;
	return see_other(r, "/people/answer/" STR_FMT "?said=1&speaks=" STR_FMT,
			 STR_ARG(val_s(r->in, "key")), STR_ARG(r->lang));
}
