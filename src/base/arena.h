#pragma once
/*
 * An arena owns every allocation of one lifetime: the process, or one request. There is no free():
 * what was allocated goes when the arena is reset. Memory is zeroed and aligned for any type.
 *
 * The limit is hard. Reaching it means input got past a bound that should have refused it: control
 * goes to the guard if one is set (the dispatcher answers 413 or 500), else the process aborts.
 * Deferred calls run in reverse order at arena_reset(), also after a jump to the guard.
 */
#include <setjmp.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(size_t limit); /* limit in bytes; aborts if the system has no memory */
void arena_reset(struct arena *); /* runs deferred calls, forgets everything, keeps one block */
void arena_free(struct arena *);  /* arena_reset(), then the arena itself */

void *arena_alloc(struct arena *, size_t bytes);                         /* never NULL */
void *arena_alloc_many(struct arena *, size_t bytes_each, size_t count); /* overflow is the limit */
/* The same, but not emptied: for what its maker writes whole at once. */
void *arena_alloc_bare(struct arena *, size_t bytes);
void *arena_copy(struct arena *, const void *from, size_t bytes);
/* Grows the last allocation in place where it can, else moves it. */
void *arena_grow(struct arena *, void *old, size_t old_bytes, size_t new_bytes);
/* The same, but what is added is not emptied, so that room which is never written costs nothing. */
void *arena_grow_bare(struct arena *, void *old, size_t old_bytes, size_t new_bytes);
void arena_defer(struct arena *, void (*call)(void *), void *argument);

/* if (setjmp(*arena_guard(a))) … sets the guard until the next reset, or until it was jumped to. */
jmp_buf *arena_guard(struct arena *);
size_t arena_used(const struct arena *);

#define arena_one(a, type)         ((type *)arena_alloc((a), sizeof(type)))
#define arena_many(a, type, count) ((type *)arena_alloc_many((a), sizeof(type), (count)))
