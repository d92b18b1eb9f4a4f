/* Codes for who leaves, printed once and stored hashed; and what they are good for: an invitation to an address
 * of one's own, with which the account one had at school becomes one's own. */
#include "app/people/people.h"
#include "app/people/people_batch.h"
#include "app/people/rollover.h"
#include "core/args.h"
#include "core/guardian.h"
#include "core/invite.h"
#include "core/letter.h"
#include "core/link.h"
#include "core/mail.h"
#include "core/person.h"
#include "core/secret.h"
#include "core/throttle.h"
#include "queries.h"

enum { DAY = 86400 };

int rollover_codes(struct req *req)
{
	const struct val *batch =
		batch_by_id(req->db, req->arena, people_org(req), val_i(req->in, "batch"));
	if (!str_is(val_s(batch, "state"), "applied") || !str_is(val_s(batch, "kind"), "rollover"))
		return NOT_FOUND;
	const struct val *leavers =
		guardian_shown(req, db_rows(req->db, &q_rollover_leavers, params(req)), "id");
	struct val *cards = val_set_list(req->out, "cards");
	for (size_t i = 0; i < val_count(leavers); i++) {
		int64_t person = val_i(val_at(leavers, i), "id");
		if (!people_may_let_in(req, person))
			continue;
		struct val *card = val_push_object(cards);
		link_revoke_of(req->db, req->arena, CLAIM_PURPOSE, person, req->now);
		struct str code = link_make(
			req->db, req->arena,
			&(struct link_new){.purpose = CLAIM_PURPOSE,
					   .code = true,
					   .org = people_org(req),
					   .subject = person,
					   .now = req->now,
					   .ends_at = req->now + (int64_t)CLAIM_DAYS * DAY,
					   .uses = CLAIM_USES});
		people_note(req, "claim.printed", person, "person", person);
		val_set_str(card, "name", val_s(val_at(leavers, i), "name"));
		val_set_str(card, "code", code);
	}
	val_set_int(req->out, "until", req->now + (int64_t)CLAIM_DAYS * DAY);
	val_set(req->out, "batch", val_get(batch, "id"));
	val_set_str(req->out, "title", val_s(batch, "title"));
	return OK;
}

int claim_page(struct req *req)
{
	(void)req;
	return OK;
}

static void invite(struct req *req, const struct val *person)
{
	int64_t org = people_org(req), id = val_i(person, "id");
	struct str email = val_s(req->in, "email"), name = val_s(person, "name"), token,
		   base = val_s(req->org, "base");
	struct val *invitation =
		ARGS(req->arena, ARG(org), ARG(email), ARG(name), ARG_AS("lang", req->lang),
		     ARG_AS("role", 0), ARG_AS("person", id));
	invite_make(req->db, req->arena, invitation, 0, req->now, &token);
	struct val *values = ARGS(req->arena,
				  ARG_AS("link", str_fmt(req->arena, STR_FMT "/invitation/" STR_FMT,
							 STR_ARG(base), STR_ARG(token))),
				  ARG_AS("org", val_s(req->org, "name")), ARG(name),
				  ARG_AS("by", val_s(req->org, "name")));
	letter_post(req->db, req->arena,
		    &(struct letter){.kind = &people_invitation_letter,
				     .org = org,
				     .person = id,
				     .to_address = email,
				     .to_name = name,
				     .lang = req->lang,
				     .values = values,
				     .key = str_c(req->arena, secret_hash(req->arena, token)),
				     .now = req->now});
	people_note(req, "claim.used", id, "person", id);
}

/* Whose code it is, with wrong ones counted; null with errors. */
static const struct val *claimed(struct req *req, struct str code)
{
	struct throttle who =
		throttle_of_code(req->arena, "claim", people_org(req), code, req->network);
	int64_t wait = throttle_ask(req->db, req->arena, req->secrets, &who, req->now);
	struct val *link =
		wait ? val_null() : link_peek(req->db, req->arena, CLAIM_PURPOSE, code, req->now);
	struct val *person = val_null();
	if (val_i(link, "org") == people_org(req))
		person = person_in_org(req->db, req->arena, people_org(req), val_i(link, "subject"),
				       req->now);
	bool right = !val_is_null(person);
	if (!wait)
		wait = throttle_settle(req->db, req->arena, req->secrets, &who, right, req->now);
	if (wait)
		invalid(req, "code",
			N_("Too many wrong codes. Wait a few minutes, then try again."));
	else if (!right)
		invalid(req, "code", N_("This code is not known, was used up, or is too old."));
	return wait ? val_null() : person;
}

/* The address is proved by the letter, and the letter leads to the page where a password is chosen. */
int claim_ask(struct req *req)
{
	struct str code = secret_code_typed(req->arena, val_s(req->in, "code"));
	const struct val *person = claimed(req, code);
	if (!mail_address_ok(val_s(req->in, "email")))
		invalid(req, "email", N_("This is not an e-mail address."));
	if (val_count(req->errors))
		return INVALID;
	link_use(req->db, req->arena, CLAIM_PURPOSE, code, (struct str){0}, req->now);
	invite(req, person);
	flash(req, N_("A letter is on its way. Its link leads to where you choose a password."));
	return see_other(req, "/people/claim");
}
