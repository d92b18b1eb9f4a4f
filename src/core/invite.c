#include "core/invite.h"

#include "core/args.h"
#include "core/contact.h"
#include "core/link.h"
#include "core/person.h"
#include "core/right.h"
#include "db/db.h"
#include "queries.h"

static const char purpose[] = "invitation";

int64_t invite_make(struct db *db, struct arena *a, const struct val *invitation, int64_t by,
		    int64_t now, struct str *token)
{
	int64_t org = val_i(invitation, "org"), ends_at = now + INVITE_DAYS * 86400;
	struct str email = contact_fold(a, S("email"), val_s(invitation, "email"));
	struct val *args = ARGS(a, ARG(org), ARG(email), ARG_AS("name", val_s(invitation, "name")),
				ARG_AS("lang", val_s(invitation, "lang")),
				ARG_NULL("role", val_i(invitation, "role")),
				ARG_NULL("person", val_i(invitation, "person")),
				ARG_NULL("invited_by", by), ARG(now), ARG(ends_at));
	const struct val *replaced = db_rows(db, &q_invite_replace, args);
	for (size_t i = 0; i < val_count(replaced); i++)
		link_revoke_of(db, a, purpose, val_i(val_at(replaced, i), "id"), now);
	int64_t id = db_id(db, &q_invite_make, args);
	*token = link_make(db, a,
			   &(struct link_new){.purpose = purpose,
					      .org = org,
					      .subject = id,
					      .address = email,
					      .now = now,
					      .ends_at = ends_at});
	return id;
}

struct val *invites_list(struct db *db, struct arena *a, int64_t org, int64_t before, int limit,
			 int64_t now)
{
	return db_rows(db, &q_invite_list,
		       ARGS(a, ARG(org), ARG_AS("before", before ? before : INT64_MAX),
			    ARG_AS("most", limit), ARG(now)));
}

bool invite_revoke(struct db *db, struct arena *a, int64_t org, int64_t id, int64_t now)
{
	if (!db_id(db, &q_invite_revoke, ARGS(a, ARG(org), ARG(id), ARG(now))))
		return false;
	link_revoke_of(db, a, purpose, id, now);
	return true;
}

static struct val *open_one(struct db *db, struct arena *a, const struct val *link, int64_t now)
{
	if (val_is_null(link))
		return val_null();
	return db_row(db, &q_invite_open, ARGS(a, ARG_AS("id", val_i(link, "subject")), ARG(now)));
}

struct val *invite_peek(struct db *db, struct arena *a, struct str token, int64_t now)
{
	return open_one(db, a, link_peek(db, a, purpose, token, now), now);
}

int64_t invite_accept(struct db *db, struct arena *a, struct str token, int64_t person,
		      struct str name, struct str lang, int64_t now)
{
	const struct val *open = open_one(db, a, link_use(db, a, purpose, token, S(""), now), now);
	int64_t org = val_i(open, "org"), known = val_i(open, "person");
	if (val_is_null(open) || (known && person && known != person))
		return 0;
	if (!person)
		person = known;
	if (!person)
		person = person_add(db, a, ARGS(a, ARG(name), ARG(lang)), 0, now);
	if (!db_id(db, &q_invite_accept,
		   ARGS(a, ARG_AS("id", val_i(open, "id")), ARG(person), ARG(now))))
		return 0;
	person_join(db, a, person, org, now);
	if (val_i(open, "role"))
		role_give(db, a, org, person, val_i(open, "role"), 0, val_i(open, "invited_by"),
			  now);
	return person;
}
