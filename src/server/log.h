#pragma once
/*
 * Log lines, one write each, `name=value` words: "t=2026-11-22T19:52:39.123Z event=request …". They
 * carry no personal data: a request is told by its route's pattern, never by its address.
 */
#include <stdbool.h>
#include <stdint.h>

bool log_open(const char *file); /* NULL or "": the standard error; false with errno set */
void log_reopen(void);           /* the file may have been moved away */
void log_line(const char *event, const char *format, ...) __attribute__((format(printf, 2, 3)));
int64_t log_clock_us(void); /* monotonic */
