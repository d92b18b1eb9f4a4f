#include "core/link.h"

#include "core/args.h"
#include "core/secret.h"
#include "db/db.h"
#include "queries.h"

enum { KEPT = 30 * 86400 };

struct str link_make(struct db *db, struct arena *a, const struct link_new *link)
{
	struct str token = link->code ? secret_code(a, 3, 5) : secret_token(a);
	struct str hash = secret_hash(a, link->code ? secret_code_typed(a, token) : token);
	struct str browser = link->browser.n ? secret_hash(a, link->browser) : S("");
	db_id(db, &q_link_make,
	      ARGS(a, ARG_AS("token", hash), ARG_AS("purpose", link->purpose),
		   ARG_NULL("org", link->org), ARG_NULL("owner", link->owner),
		   ARG_NULL("subject", link->subject), ARG_NULL("address", link->address),
		   ARG_NULL("browser", browser), ARG_AS("now", link->now),
		   ARG_AS("ends_at", link->ends_at),
		   ARG_AS("uses_left", link->uses ? link->uses : 1)));
	return token;
}

struct val *link_peek(struct db *db, struct arena *a, const char *purpose, struct str token,
		      int64_t now)
{
	struct str hash = secret_hash(a, token);
	return db_row(db, &q_link_peek, ARGS(a, ARG_AS("token", hash), ARG(purpose), ARG(now)));
}

struct val *link_use(struct db *db, struct arena *a, const char *purpose, struct str token,
		     struct str browser, int64_t now)
{
	struct str hash = secret_hash(a, token), from = secret_hash(a, browser);
	return db_row(
		db, &q_link_spend,
		ARGS(a, ARG_AS("token", hash), ARG(purpose), ARG_AS("browser", from), ARG(now)));
}

struct val *links_of(struct db *db, struct arena *a, int64_t owner, int64_t now)
{
	return db_rows(db, &q_link_of_owner, ARGS(a, ARG(owner), ARG(now)));
}

bool link_revoke(struct db *db, struct arena *a, int64_t owner, int64_t id, int64_t now)
{
	return db_id(db, &q_link_revoke, ARGS(a, ARG(owner), ARG(id), ARG(now))) != 0;
}

void link_revoke_of(struct db *db, struct arena *a, const char *purpose, int64_t subject,
		    int64_t now)
{
	db_exec(db, &q_link_revoke_of, ARGS(a, ARG(purpose), ARG(subject), ARG(now)));
}

void link_revoke_to(struct db *db, struct arena *a, const char *purpose, struct str address,
		    int64_t now)
{
	db_exec(db, &q_link_revoke_to, ARGS(a, ARG(purpose), ARG(address), ARG(now)));
}

int64_t links_sweep(struct db *db, struct arena *a, int64_t now)
{
	return db_exec(db, &q_link_sweep, ARGS(a, ARG_AS("before", now - KEPT)));
}
