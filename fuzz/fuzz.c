/* libFuzzer's entry for one target: compiled once for each, with -DTARGET=fuzz_url. */
#include "targets.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct arena *arena;
	if (!arena)
		arena = arena_new(256 << 20);
	TARGET(arena, (struct str){(const char *)bytes, size});
	arena_reset(arena);
	return 0;
}
