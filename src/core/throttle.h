#pragma once
/*
 * Wrong sign-ins slow down whoever makes them: by account *and* network, so a stranger elsewhere
 * cannot make the owner wait; a browser that has signed this account in before has a row of its
 * own, so a classmate behind the same address cannot either. A refused attempt is not counted and
 * not checked, so hammering does not lengthen the wait.
 *
 * A whole network is never shut: a school has one address. When it makes many mistakes (200 in
 * use, one is forgiven each 5 seconds, each success takes back three), an account there has one
 * free mistake instead of five. The first attempt is always open.
 *
 * Times in seconds. throttle_rules.c is pure.
 */
#include "base/str.h"

struct arena;
struct db;
struct secrets;

struct throttle_row {
	int64_t misses, last_at;
};

#define THROTTLE_WAIT_MOST 900
bool throttle_hot(struct throttle_row network, int64_t now);
/* How long until the next attempt may be made; 0: now. */
int64_t throttle_wait(struct throttle_row pair, bool hot, int64_t now);
struct throttle_row throttle_after_miss(struct throttle_row pair, int64_t now);
struct throttle_row throttle_network_after(struct throttle_row network, bool right, int64_t now);
/* The part of an address that one household or school has: IPv4 whole, IPv6 /64. */
struct str throttle_network(struct arena *, struct str address);

/* Who tries: `account` as typed and folded (also one that does not exist), `browser` the known
 * browser's mark for it or empty. */
struct throttle {
	struct str account, network, browser;
};
/* Who tries codes of a kind: by network and the code's first letters, so that neither can all be
 * tried nor one person keep the others of a school from theirs. */
struct throttle throttle_of_code(struct arena *, const char *kind, int64_t org, struct str typed,
				 struct str network);
/* Before the check: how long to wait; 0: go on. */
int64_t throttle_ask(struct db *, struct arena *, const struct secrets *, const struct throttle *,
		     int64_t now);
/* After the check, inside the write transaction: counts it. If others were counted meanwhile and
 * the wait is not 0, the answer must not be told: guessing many at once learns nothing. */
int64_t throttle_settle(struct db *, struct arena *, const struct secrets *,
			const struct throttle *, bool right, int64_t now);
int64_t throttle_sweep(struct db *, struct arena *, int64_t now); /* rows that no longer matter */
