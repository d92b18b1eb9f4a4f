#pragma once
/*
 * Bytes of HTTP to `struct request` and back; the only file that knows the library. One event
 * thread (the caller's) answers fast requests; slow ones, and those with a large body, wait for the
 * pool with their connection suspended, so that a page never waits behind a password or a form of
 * ten thousand fields. Every connection has limits of size and
 * of time, of the whole as well as of silence.
 */
#include <signal.h>
#include <stdbool.h>

struct site;

/* Serves on an open listening socket until *stop is set, then finishes what runs, at most `grace`
 * seconds of the configuration. False with errno if it could not begin. */
bool http_serve(const struct site *, int listening, const volatile sig_atomic_t *stop);
