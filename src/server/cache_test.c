#include "server/cache.h"

#include "base/arena.h"
#include "test.h"

enum { BODY = 3000 };

static char body[BODY];

static void put(struct cache *c, int key, int64_t version)
{
	struct cached one = {.key = str_fmt(test_arena, "page %d", key),
			     .version = version,
			     .params = val_object(test_arena),
			     .body = {body, BODY}};
	cache_put(c, &one);
}

static int64_t version_of(const struct cache *c, int key)
{
	const struct cached *found = cache_find(c, str_fmt(test_arena, "page %d", key));
	return found ? found->version : 0;
}

TEST("a kept answer is found until newer ones need its room, and memory stays bounded")
{
	enum { BYTES = 200000 };
	struct cache *c = cache_new(test_arena, BYTES);
	put(c, 1, 10);
	CHECK_INT(version_of(c, 1), 10);
	put(c, 1, 11);
	CHECK_INT(version_of(c, 1), 11);
	CHECK_INT(version_of(c, 2), 0);
	for (int i = 100; i < 110; i++)
		put(c, i, i);
	CHECK_INT(version_of(c, 1), 11);
	for (int i = 200; i < 1000; i++) {
		put(c, i, i);
		CHECK_INT(version_of(c, i), i);
	}
	CHECK_INT(version_of(c, 1), 0);
	int kept = 0;
	for (int i = 200; i < 1000; i++)
		kept += version_of(c, i) == i;
	CHECK(kept > 5 && kept < BYTES / BODY);
	cache_free(c);
}

TEST("what would fill the memory alone is not kept, nor what cannot be asked for again")
{
	struct cache *c = cache_new(test_arena, 16 * BODY);
	struct val *list = val_object(test_arena);
	put(c, 1, 1);
	CHECK_INT(version_of(c, 1), 0);
	cache_free(c);
	c = cache_new(test_arena, 1 << 20);
	val_set_list(list, "ids");
	struct cached one = {.key = S("page 3"), .version = 3, .params = list, .body = S("x")};
	cache_put(c, &one);
	CHECK_INT(version_of(c, 3), 0);
	cache_free(c);
}

static int dropped;

static void drop(void *prepared)
{
	CHECK(prepared);
	dropped++;
}

TEST("what was prepared of a kept answer is dropped once, when the answer is replaced or forgotten")
{
	enum { BYTES = 200000 };
	struct cache *c = cache_new(test_arena, BYTES);
	static int form;
	dropped = 0;
	cache_drops(c, drop);
	put(c, 1, 10);
	cache_find(c, S("page 1"))->prepared[0] = &form;
	cache_find(c, S("page 1"))->prepared[1] = &form;
	put(c, 1, 11);
	CHECK_INT(dropped, 2);
	CHECK(!cache_find(c, S("page 1"))->prepared[0]);
	cache_find(c, S("page 1"))->prepared[0] = &form;
	for (int i = 100; i < 300; i++)
		put(c, i, i);
	CHECK_INT(dropped, 3);
	cache_find(c, S("page 299"))->prepared[1] = &form;
	cache_free(c);
	CHECK_INT(dropped, 4);
}
