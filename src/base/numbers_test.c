#include "base/numbers.h"
#include "test.h"

TEST("what was put for a number is got for it, also of many and of numbers far apart")
{
	struct numbers n = {.arena = test_arena};
	CHECK_INT(numbers_get(&n, 1), 0);
	for (int64_t i = -1000; i < 1000; i++)
		numbers_put(&n, i * 4294967296, (size_t)(i + 1001));
	for (int64_t i = -1000; i < 1000; i++)
		if (!CHECK_INT(numbers_get(&n, i * 4294967296), i + 1001))
			break;
	CHECK_INT(numbers_get(&n, 1), 0);
	CHECK_INT(n.count, 2000);
	numbers_put(&n, 0, 7);
	CHECK_INT(numbers_get(&n, 0), 7);
	CHECK_INT(numbers_get(&n, INT64_MAX), 0);
	numbers_put(&n, INT64_MAX, 8);
	CHECK_INT(numbers_get(&n, INT64_MAX), 8);
	CHECK_INT(n.count, 2001);
	CHECK(n.room <= 4 * n.count);
}
