#include "base/arena.h"

#include "base/err.h"

#include <stdlib.h>
#include <string.h>

/* Under the address sanitizer what is not allocated is poisoned, with a gap after each allocation,
 * so that running over one is found as it would be with malloc. */
#ifdef WITH_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#define POISON(p, n)   ASAN_POISON_MEMORY_REGION(p, n)
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#define GAP            16
#define SPOIL(p, n)    memset(p, 0xA5, n) /* so that who counts on empty bytes is found */
#else
#define POISON(p, n)   ((void)0)
#define UNPOISON(p, n) ((void)0)
#define GAP            0
#define SPOIL(p, n)    ((void)0)
#endif

#define ALIGN       _Alignof(max_align_t)
#define FIRST_BLOCK (32 * 1024)
#define MAX_BLOCK   (256 * 1024) /* of blocks shared by allocations, and of the one that is kept */

struct block {
	struct block *older;
	size_t size, used; /* of bytes[] */
	_Alignas(max_align_t) char bytes[];
};

struct deferred {
	struct deferred *earlier;
	void (*call)(void *);
	void *argument;
};

struct arena {
	struct block *newest;
	size_t used, limit;
	char *last; /* the latest allocation, which may grow in place */
	struct block *last_block;
	struct deferred *deferred;
	bool guarded;
	jmp_buf guard;
};

static size_t round_up(size_t n)
{
	return (n + ALIGN - 1) & ~(ALIGN - 1);
}

static _Noreturn void over_limit(struct arena *a)
{
	MUST(a->guarded && "arena limit reached without a guard");
	a->guarded = false;
	longjmp(a->guard, 1);
}

static struct block *block_new(size_t size)
{
	struct block *b = malloc(sizeof *b + size);
	MUST(b && "out of memory");
	b->older = NULL;
	b->size = size;
	b->used = 0;
	POISON(b->bytes, size);
	return b;
}

static void block_free(struct block *b)
{
	UNPOISON(b->bytes, b->size);
	free(b);
}

struct arena *arena_new(size_t limit)
{
	struct arena *a = calloc(1, sizeof *a);
	MUST(a && "out of memory");
	a->limit = limit;
	return a;
}

void arena_reset(struct arena *a)
{
	/* A deferred call may defer another. */
	while (a->deferred) {
		struct deferred *d = a->deferred;
		a->deferred = d->earlier;
		d->call(d->argument);
	}
	struct block *keep = NULL, *older;
	for (struct block *b = a->newest; b; b = older) {
		older = b->older;
		if (b->size <= MAX_BLOCK && (!keep || b->size > keep->size)) {
			if (keep)
				block_free(keep);
			keep = b;
		} else {
			block_free(b);
		}
	}
	if (keep) {
		keep->older = NULL;
		keep->used = 0;
		POISON(keep->bytes, keep->size);
	}
	a->newest = keep;
	a->used = 0;
	a->last = NULL;
	a->guarded = false;
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	arena_reset(a);
	if (a->newest)
		block_free(a->newest);
	free(a);
}

/* A block with room for `n`. A large allocation gets a block of its own, put behind the newest one,
 * whose free end stays in use. */
static struct block *block_for(struct arena *a, size_t n)
{
	struct block *top = a->newest;
	if (n > MAX_BLOCK / 4) {
		struct block *own = block_new(n);
		if (top) {
			own->older = top->older;
			top->older = own;
		} else {
			a->newest = own;
		}
		return own;
	}
	size_t size = top ? top->size * 2 : FIRST_BLOCK;
	if (size > MAX_BLOCK)
		size = MAX_BLOCK;
	while (size < n)
		size *= 2;
	struct block *b = block_new(size);
	b->older = top;
	return a->newest = b;
}

static void *take(struct arena *a, size_t bytes)
{
	if (bytes > a->limit || a->used > a->limit - bytes)
		over_limit(a);
	size_t n = round_up(bytes ? bytes : 1) + GAP;
	struct block *b = a->newest;
	if (!b || b->size - b->used < n)
		b = block_for(a, n);
	char *p = b->bytes + b->used;
	b->used += n;
	a->used += n;
	a->last = p;
	a->last_block = b;
	UNPOISON(p, bytes);
	return p;
}

void *arena_alloc(struct arena *a, size_t bytes)
{
	return memset(take(a, bytes), 0, bytes);
}

void *arena_alloc_bare(struct arena *a, size_t bytes)
{
	void *p = take(a, bytes);
	SPOIL(p, bytes);
	return p;
}

void *arena_alloc_many(struct arena *a, size_t bytes_each, size_t count)
{
	size_t bytes;
	if (__builtin_mul_overflow(bytes_each, count, &bytes))
		over_limit(a);
	return arena_alloc(a, bytes);
}

void *arena_copy(struct arena *a, const void *from, size_t bytes)
{
	void *p = take(a, bytes);
	return bytes ? memcpy(p, from, bytes) : p;
}

void *arena_grow_bare(struct arena *a, void *old, size_t old_bytes, size_t new_bytes)
{
	if (new_bytes <= old_bytes)
		return old;
	size_t more = new_bytes - old_bytes;
	if (old && old == a->last) {
		struct block *b = a->last_block;
		size_t at = (size_t)(a->last - b->bytes);
		if (new_bytes <= a->limit && more <= a->limit && a->used <= a->limit - more &&
		    at + GAP <= b->size && round_up(new_bytes) <= b->size - at - GAP) {
			size_t end = at + round_up(new_bytes) + GAP;
			a->used += end - b->used;
			b->used = end;
			UNPOISON(old, new_bytes);
			SPOIL((char *)old + old_bytes, more);
			return old;
		}
	}
	char *p = take(a, new_bytes);
	if (old)
		memcpy(p, old, old_bytes);
	SPOIL(p + old_bytes, more);
	return p;
}

void *arena_grow(struct arena *a, void *old, size_t old_bytes, size_t new_bytes)
{
	char *p = arena_grow_bare(a, old, old_bytes, new_bytes);
	if (new_bytes > old_bytes)
		memset(p + old_bytes, 0, new_bytes - old_bytes);
	return p;
}

void arena_defer(struct arena *a, void (*call)(void *), void *argument)
{
	struct deferred *d = arena_one(a, struct deferred);
	*d = (struct deferred){.earlier = a->deferred, .call = call, .argument = argument};
	a->deferred = d;
}

jmp_buf *arena_guard(struct arena *a)
{
	a->guarded = true;
	return &a->guard;
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}
