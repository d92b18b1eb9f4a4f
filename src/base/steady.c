#include "base/steady.h"

#include <time.h>

int64_t steady_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t steady_ms(void)
{
	return steady_us() / 1000;
}
