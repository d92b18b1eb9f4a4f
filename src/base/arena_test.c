#include "base/arena.h"

#include "base/buf.h"
#include "test.h"

#include <stdint.h>
#include <string.h>

static bool all_zero(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i])
			return false;
	return true;
}

TEST("an arena gives zeroed, aligned memory of any size, also after a reset")
{
	struct arena *a = arena_new(8 << 20);
	for (int round = 0; round < 3; round++) {
		for (size_t n = 0; n < 300000; n = n * 3 / 2 + 1) {
			char *p = arena_alloc(a, n);
			CHECK_INT((uintptr_t)p % _Alignof(max_align_t), 0);
			CHECK(all_zero(p, n));
			memset(p, 0xff, n);
		}
		CHECK(arena_used(a) > 300000);
		arena_reset(a);
		CHECK_INT(arena_used(a), 0);
	}
	arena_free(a);
}

TEST("the last allocation grows in place, an earlier one moves and keeps its bytes")
{
	struct arena *a = arena_new(1 << 20);
	char *p = arena_alloc(a, 10);
	memcpy(p, "0123456789", 10);
	CHECK(arena_grow(a, p, 10, 1000) == p);
	CHECK(all_zero(p + 10, 990));
	char *q = arena_alloc(a, 1);
	char *moved = arena_grow(a, p, 1000, 2000);
	CHECK(moved != p && moved != q);
	CHECK_STR(((struct str){moved, 10}), "0123456789");
	CHECK_STR(((struct str){p, 10}), "0123456789");
	CHECK(all_zero(moved + 10, 1990));
	CHECK(arena_grow(a, moved, 2000, 5) == moved);
	arena_free(a);
}

TEST("small allocations go on in the same block beside a large one")
{
	struct arena *a = arena_new(4 << 20);
	char *before = arena_alloc(a, 16);
	arena_alloc(a, 1 << 20);
	char *after = arena_alloc(a, 16);
	CHECK(after > before && after - before < 128);
	arena_free(a);
}

struct log {
	char text[8];
	size_t n;
};

struct entry {
	struct log *log;
	char letter;
};

static void write_letter(void *argument)
{
	struct entry *e = argument;
	e->log->text[e->log->n++] = e->letter;
}

/* Whether the body reached the limit. The body is another function because what it keeps in
 * registers is lost by the jump. */
static bool jumps(struct arena *a, void (*body)(struct arena *))
{
	if (setjmp(*arena_guard(a)))
		return true;
	body(a);
	return false;
}

static void many_small(struct arena *a)
{
	for (int i = 0; i < 1000; i++)
		arena_alloc(a, 100);
}

static void huge_count(struct arena *a)
{
	arena_many(a, int64_t, SIZE_MAX / 4);
}

static void huge_size(struct arena *a)
{
	arena_alloc(a, SIZE_MAX - 3);
}

static void huge_growth(struct arena *a)
{
	arena_grow(a, arena_alloc(a, 8), 8, SIZE_MAX - 3);
}

static void long_text(struct arena *a)
{
	struct buf b = {.arena = a};
	for (int i = 0; i < 100000; i++)
		buf_lit(&b, "0123456789");
}

static void nothing_much(struct arena *a)
{
	arena_alloc(a, 100);
}

TEST("what was deferred runs once, last first, also after the limit was reached")
{
	struct log log = {0};
	struct arena *a = arena_new(10000);
	for (int c = 'a'; c <= 'c'; c++) {
		struct entry *e = arena_one(a, struct entry);
		*e = (struct entry){&log, (char)c};
		arena_defer(a, write_letter, e);
	}
	CHECK(jumps(a, many_small));
	arena_reset(a);
	arena_reset(a);
	CHECK_STR(((struct str){log.text, log.n}), "cba");
	arena_free(a);
}

TEST("a size or count that overflows, and a buffer without end, are the limit")
{
	struct arena *a = arena_new(100000);
	CHECK(jumps(a, huge_count));
	CHECK(jumps(a, huge_size));
	CHECK(jumps(a, huge_growth));
	CHECK(jumps(a, long_text));
	CHECK(!jumps(a, nothing_much));
	arena_free(a);
}
