#include "core/throttle.h"

#include "core/args.h"
#include "core/secret.h"
#include "db/db.h"
#include "queries.h"

enum { KEPT = 2 * 86400 };

struct keys {
	struct str pair, network;
};

static struct keys keys_of(struct arena *a, const struct secrets *secrets,
			   const struct throttle *who)
{
	struct str network = throttle_network(a, who->network);
	bool known = who->browser.n > 0;
	struct str from = known ? who->browser : network;
	struct str pair = str_fmt(a, "%s " STR_FMT " " STR_FMT, known ? "browser" : "network",
				  STR_ARG(from), STR_ARG(who->account));
	return (struct keys){secret_keyed_hash(a, secrets, S("throttle pair"), pair),
			     secret_keyed_hash(a, secrets, S("throttle network"), network)};
}

static struct throttle_row row_of(struct db *db, struct arena *a, struct str key)
{
	const struct val *row = db_row(db, &q_throttle_read, ARGS(a, ARG(key)));
	return (struct throttle_row){val_i(row, "misses"), val_i(row, "last_at")};
}

static void write_row(struct db *db, struct arena *a, struct str key, struct throttle_row row)
{
	db_exec(db, &q_throttle_write,
		ARGS(a, ARG(key), ARG_AS("misses", row.misses), ARG_AS("last_at", row.last_at)));
}

int64_t throttle_ask(struct db *db, struct arena *a, const struct secrets *secrets,
		     const struct throttle *who, int64_t now)
{
	struct keys keys = keys_of(a, secrets, who);
	bool hot = throttle_hot(row_of(db, a, keys.network), now);
	return throttle_wait(row_of(db, a, keys.pair), hot, now);
}

int64_t throttle_settle(struct db *db, struct arena *a, const struct secrets *secrets,
			const struct throttle *who, bool right, int64_t now)
{
	struct keys keys = keys_of(a, secrets, who);
	/* A write first, so that what is read next is what no other attempt can change any more. */
	db_exec(db, &q_throttle_claim, ARGS(a, ARG_AS("key", keys.pair), ARG(now)));
	db_exec(db, &q_throttle_claim, ARGS(a, ARG_AS("key", keys.network), ARG(now)));
	struct throttle_row network = row_of(db, a, keys.network), pair = row_of(db, a, keys.pair);
	int64_t wait = throttle_wait(pair, throttle_hot(network, now), now);
	if (wait)
		return wait;
	write_row(db, a, keys.network, throttle_network_after(network, right, now));
	write_row(db, a, keys.pair,
		  right ? (struct throttle_row){0, now} : throttle_after_miss(pair, now));
	return 0;
}

int64_t throttle_sweep(struct db *db, struct arena *a, int64_t now)
{
	return db_exec(db, &q_throttle_sweep, ARGS(a, ARG_AS("before", now - KEPT)));
}
