#pragma once
/*
 * A real SMTP server on loopback for unit tests: test/mail/server.mjs, which takes every letter and
 * hands it back as a parser for mail programs understood it. NULL where node or its packages are
 * not installed: the test is skipped then. It ends with the test's arena, or when the test program
 * dies.
 */
#include "base/val.h"
#include "test.h"

struct smtp;

/* `option` and `value` of the server ("--refuse", an address), or NULL. */
struct smtp *smtp_start(const char *option, const char *value);
const char *smtp_url(const struct smtp *); /* "smtp://127.0.0.1:PORT" */
/* The next letter that came: {from, to, subject, headers: [{key, value}], text, html, raw}; null if
 * none comes within two seconds. */
struct val *smtp_next(struct smtp *);
struct str smtp_header(const struct val *letter,
		       const char *key); /* lower case; empty if missing */
