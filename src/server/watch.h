#pragma once
/*
 * What those who watch a server ask: is it ready, and how is it? The same answers stand at /readyz
 * (everybody's, like /healthz) and at /metrics: on an address of its own (--metrics ADDR:PORT,
 * served by a process that does nothing else, and answers when all workers are busy), or on the
 * public one for who knows the token (--metrics-token-file, "Authorization: Bearer …"). Format:
 * Prometheus text exposition 0.0.4. doc/operations.md says what to alert on.
 */
#include <signal.h>

#include "base/buf.h"
#include "core/feature.h"

struct site;

/* Lines "what ok" or "what why not"; true if all are ok. Inside a read transaction. */
bool watch_ready(const struct site *, struct db *, struct err *, struct buf *to);
/* `db` NULL: the database is away, which is then told too. Inside a read transaction. */
void watch_metrics(const struct site *, struct db *, struct err *, struct buf *to);

extern const struct feature watch_pages; /* /readyz, /metrics */

/* The process of the address of its own. */
int watch_run(const struct site *, int listening, const volatile sig_atomic_t *stop);
/* The token in a file, trimmed; false with *problem saying why there is none. */
bool watch_token(struct arena *, const char *path, struct str *token, struct str *problem);
