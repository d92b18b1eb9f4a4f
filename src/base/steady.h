#pragma once
/* How long something takes: a clock that nobody sets (CLOCK_MONOTONIC), from some moment on. */
#include <stdint.h>

int64_t steady_us(void); /* microseconds */
int64_t steady_ms(void);
