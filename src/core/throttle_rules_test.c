#include "core/throttle.h"

#include "test.h"

/* Tries from `from` on, always wrong, as fast as allowed; returns how many guesses fit before
 * `until`. */
static int guesses(int64_t from, int64_t until, bool hot)
{
	struct throttle_row pair = {0};
	int count = 0;
	for (int64_t now = from; now < until;) {
		int64_t wait = throttle_wait(pair, hot, now);
		if (wait) {
			now += wait;
			continue;
		}
		pair = throttle_after_miss(pair, now);
		count++;
	}
	return count;
}

TEST("five mistakes are free, then the wait doubles from two seconds to a quarter of an hour")
{
	static const int64_t waits[] = {0,  0,  0,   0,   0,   2,   4,   8,  16,
					32, 64, 128, 256, 512, 900, 900, 900};
	for (int64_t misses = 0; misses < 17; misses++)
		CHECK_INT(throttle_wait((struct throttle_row){misses, 5000}, false, 5000),
			  waits[misses]);
	CHECK_INT(throttle_wait((struct throttle_row){1000000, 5000}, false, 5000),
		  THROTTLE_WAIT_MOST);
	CHECK_INT(throttle_wait((struct throttle_row){7, 5000}, false, 5005), 3);
	CHECK_INT(throttle_wait((struct throttle_row){7, 5000}, false, 5008), 0);
}

TEST("in a day somebody can guess about a hundred passwords of one account, not thousands")
{
	CHECK(guesses(0, 86400, false) < 120);
	CHECK(guesses(0, 86400, true) < 116);
	CHECK(guesses(0, 86400, false) > 20);
}

TEST("quiet is forgiven: half of the mistakes in two hours, all of them in a day")
{
	struct throttle_row pair = {12, 10000};
	CHECK_INT(throttle_after_miss(pair, 10000 + 7199).misses, 13);
	CHECK_INT(throttle_after_miss(pair, 10000 + 7200).misses, 7);
	CHECK_INT(throttle_after_miss(pair, 10000 + 86400).misses, 1);
	CHECK_INT(throttle_after_miss(pair, INT64_MAX / 2).misses, 1);
}

TEST("a clock set back makes nobody wait longer than the longest wait")
{
	struct throttle_row pair = {30, 1000000};
	CHECK_INT(throttle_wait(pair, false, 5), THROTTLE_WAIT_MOST);
	CHECK(!throttle_hot((struct throttle_row){199, 1000000}, 5));
}

TEST("a school of 900 where one pupil in four mistypes at nine o'clock is not a hot network")
{
	struct throttle_row network = {0};
	bool ever_hot = false;
	for (int pupil = 0; pupil < 900; pupil++) {
		int64_t now = 32400 + pupil * 2 / 3; /* ten minutes */
		if (pupil % 4 == 0)
			network = throttle_network_after(network, false, now);
		network = throttle_network_after(network, true, now);
		ever_hot |= throttle_hot(network, now);
	}
	CHECK(!ever_hot);
}

TEST("one password tried on a thousand accounts makes the network hot, and it cools down")
{
	struct throttle_row network = {0};
	for (int i = 0; i < 1000; i++)
		network = throttle_network_after(network, false, 5000);
	CHECK(throttle_hot(network, 5000));
	CHECK(throttle_hot(network, 5000 + 799 * 5));
	CHECK(!throttle_hot(network, 5000 + 801 * 5));
}

TEST("on a hot network the first attempt on an account is still open, the third waits")
{
	CHECK_INT(throttle_wait((struct throttle_row){0, 0}, true, 5000), 0);
	CHECK_INT(throttle_wait((struct throttle_row){1, 5000}, true, 5000), 2);
	CHECK_INT(throttle_wait((struct throttle_row){2, 5000}, true, 5000), 4);
}

TEST("mistakes a few seconds apart do not escape forgiveness by rounding")
{
	struct throttle_row network = {100, 0};
	for (int64_t now = 4; now <= 400; now += 4) /* each less than the five seconds */
		network = throttle_network_after(network, false, now);
	CHECK_INT(network.misses, 100 + 100 - 80);
}

TEST("the network of an address is what one household has")
{
	static const char *const cases[][2] = {
		{"203.0.113.9", "203.0.113.9"},
		{"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
		{"2001:db8:1:2::ffff", "2001:db8:1:2::/64"},
		{"::ffff:203.0.113.9", "203.0.113.9"},
		{"", ""},
		{"unix", "unix"},
		{"1:2:nonsense", "1:2:nonsense"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_STR(throttle_network(test_arena, str_of(cases[i][0])), cases[i][1]);
}

TEST("500 phones behind one address: four in ten mistype once, somebody among them guesses, and "
     "nobody waits more than 2 seconds")
{
	struct throttle_row network = {0}, guesser = {0};
	int64_t longest = 0;
	int guessed = 0, in = 0;
	for (int i = 0; i < 500; i++) {
		int64_t now = 32400 + i * 60 / 500; /* within a minute */
		struct throttle_row pair = {0};
		for (int j = 0; j < 20; j++) { /* twenty wrong ones for each phone */
			if (throttle_wait(guesser, throttle_hot(network, now), now) == 0) {
				guesser = throttle_after_miss(guesser, now);
				guessed++;
			}
			network = throttle_network_after(network, false, now);
		}
		if (i % 5 < 2) {
			CHECK_INT(throttle_wait(pair, throttle_hot(network, now), now), 0);
			pair = throttle_after_miss(pair, now);
			network = throttle_network_after(network, false, now);
			int64_t wait = throttle_wait(pair, throttle_hot(network, now), now);
			longest = wait > longest ? wait : longest;
			now += wait;
		}
		if (!CHECK_INT(throttle_wait(pair, throttle_hot(network, now), now), 0))
			break;
		network = throttle_network_after(network, true, now);
		in++;
	}
	CHECK_INT(in, 500);
	CHECK_INT(longest, 2);
	CHECK(guessed <= 8); /* of ten thousand wrong ones at one account */
}
