/* libFuzzer's entry for one target: compiled once for each, with -DTARGET=fuzz_url. */
#include "base/err.h"
#include "targets.h"

#include <sanitizer/asan_interface.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* One byte too far in an arena must be seen, or most faults would be missed. */
static void check_sight(struct arena *a)
{
	const char *eight = arena_alloc(a, 8);
	MUST(!__asan_address_is_poisoned(eight + 7) && __asan_address_is_poisoned(eight + 8));
	arena_reset(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct arena *arena;
	if (!arena) {
		arena = arena_new(256 << 20);
		check_sight(arena);
	}
	TARGET(arena, (struct str){(const char *)bytes, size});
	arena_reset(arena);
	return 0;
}
