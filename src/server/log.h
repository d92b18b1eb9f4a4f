#pragma once
/*
 * Log lines, one write each, always at the end of the file (which may have been cut meanwhile),
 * `name=value` words: "t=2026-11-22T19:52:39.123Z event=request …". They carry no personal data: a
 * request is told by its route's pattern, never by its address.
 */
#include <stdbool.h>
#include <stdint.h>

bool log_open(const char *file); /* NULL or "": the standard error; false with errno set */
void log_reopen(void);           /* the file may have been moved away */
void log_line(const char *event, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Where lines that could not be written are counted: a full disk, a reader that does not read. They
 * are lost; nobody waits for them. */
void log_counts_lost(_Atomic int64_t *);
