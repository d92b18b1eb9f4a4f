#include "core/throttle.h"

#include "base/arena.h"

#include <arpa/inet.h>
#include <string.h>

enum {
	FREE_MISSES = 5,
	FREE_WHEN_HOT = 1,
	HALVED_AFTER = 2 * 3600, /* quiet halves what an account's mistakes count */
	NETWORK_HOT = 200,
	NETWORK_FORGIVES = 5, /* seconds for one mistake */
	SUCCESS_FORGIVES = 3,
};

/* A clock set back must not make anybody wait for it to catch up. */
static int64_t since(struct throttle_row row, int64_t now)
{
	return now > row.last_at ? now - row.last_at : 0;
}

static int64_t misses_now(struct throttle_row pair, int64_t now)
{
	int64_t halvings = since(pair, now) / HALVED_AFTER;
	return halvings > 40 ? 0 : pair.misses >> halvings;
}

static struct throttle_row network_now(struct throttle_row network, int64_t now)
{
	int64_t forgiven = since(network, now) / NETWORK_FORGIVES;
	if (forgiven >= network.misses)
		return (struct throttle_row){0, now};
	return (struct throttle_row){network.misses - forgiven,
				     network.last_at + forgiven * NETWORK_FORGIVES};
}

bool throttle_hot(struct throttle_row network, int64_t now)
{
	return network_now(network, now).misses >= NETWORK_HOT;
}

int64_t throttle_wait(struct throttle_row pair, bool hot, int64_t now)
{
	int64_t over = misses_now(pair, now) - (hot ? FREE_WHEN_HOT : FREE_MISSES);
	if (over < 0)
		return 0;
	int64_t delay = over < 9 ? (int64_t)2 << over : THROTTLE_WAIT_MOST;
	if (delay > THROTTLE_WAIT_MOST)
		delay = THROTTLE_WAIT_MOST;
	int64_t passed = since(pair, now);
	return passed < delay ? delay - passed : 0;
}

struct throttle_row throttle_after_miss(struct throttle_row pair, int64_t now)
{
	return (struct throttle_row){misses_now(pair, now) + 1, now};
}

struct throttle_row throttle_network_after(struct throttle_row network, bool right, int64_t now)
{
	struct throttle_row row = network_now(network, now);
	row.misses = right ? row.misses - SUCCESS_FORGIVES : row.misses + 1;
	if (row.misses < 0)
		row.misses = 0;
	return row;
}

struct str throttle_network(struct arena *a, struct str address)
{
	unsigned char six[16];
	char text[INET6_ADDRSTRLEN];
	if (address.n >= sizeof text || str_find_char(address, ':') < 0)
		return address;
	if (inet_pton(AF_INET6, str_c(a, address), six) != 1)
		return address;
	static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
	if (memcmp(six, mapped, sizeof mapped) == 0)
		return str_fmt(a, "%d.%d.%d.%d", six[12], six[13], six[14], six[15]);
	memset(six + 8, 0, 8);
	inet_ntop(AF_INET6, six, text, sizeof text);
	return str_fmt(a, "%s/64", text);
}

enum { CODE_KNOWN = 3 };

struct throttle throttle_of_code(struct arena *a, const char *kind, int64_t org, struct str typed,
				 struct str network)
{
	struct str begins = str_sub(typed, 0, typed.n < CODE_KNOWN ? typed.n : CODE_KNOWN);
	return (struct throttle){
		.account = str_fmt(a, "%s %lld " STR_FMT, kind, (long long)org, STR_ARG(begins)),
		.network = network};
}
