/* A card to sign in with: user name, code and PIN, shown once, to be printed and handed over. */
#include "app/people/people.h"

#include "app/people/people_cards.h"
#include "base/buf.h"
#include "core/qr.h"
#include "core/second.h"
#include "core/session.h"
#include "core/signin.h"
#include "web/url.h"

int people_card_page(struct req *req)
{
	struct val *person = people_person(req);
	int64_t id = val_i(person, "id");
	if (val_is_null(person))
		return NOT_FOUND;
	if (!people_may_let_in(req, id))
		return FORBIDDEN;
	val_set(req->out, "person", person);
	val_set_str(req->in, "user_name",
		    signin_user_name_free(req->db, req->arena, people_org(req),
					  val_s(person, "name"), NULL));
	return OK;
}

/* Where the card leads: the form with the user name filled in. The code and the PIN are typed. */
struct val *people_card_qr(struct req *req, struct str user_name)
{
	struct buf address = {.arena = req->arena};
	buf_fmt(&address, STR_FMT "/sign-in/card", STR_ARG(val_s(req->org, "base")));
	query_add(&address, "user_name", user_name);
	return qr_code(req->arena, buf_str(&address));
}

int people_card(struct req *req)
{
	struct val *person = people_person(req);
	struct signin at = signin_at(req);
	int64_t id = val_i(person, "id");
	if (val_is_null(person))
		return NOT_FOUND;
	if (!people_may_let_in(req, id))
		return FORBIDDEN;
	struct val *card = signin_card_make(&at, id, val_s(req->in, "user_name"));
	if (val_is_null(card)) {
		flash(req, N_("Somebody else has this user name. Choose another."));
		return see_other(req, "/people/%lld/card", (long long)id);
	}
	people_note(req, "card.made", id, "person", id);
	val_set(req->out, "person", person);
	val_set(req->out, "card", card);
	val_set(req->out, "qr", people_card_qr(req, val_s(card, "user_name")));
	return OK;
}

/* Somebody whose device and recovery codes are gone: who keeps the list knows them, takes the
 * second factor off and ends what sessions there are. They sign in and set up another. */
int people_second_remove(struct req *req)
{
	int64_t id = val_i(req->in, "person");
	if (val_is_null(people_person(req)))
		return NOT_FOUND;
	if (!people_may_let_in(req, id))
		return FORBIDDEN;
	second_remove(req->db, req->arena, id);
	sessions_end_others(req->db, req->arena, id, 0);
	people_note(req, "second.off", id, "person", id);
	flash(req,
	      N_("The second factor is removed. The person signs in and sets up another one."));
	return see_other(req, "/people/%lld", (long long)id);
}
