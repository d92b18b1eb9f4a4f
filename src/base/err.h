#pragma once
/*
 * Three kinds of failure, never mixed:
 *  - a person's mistake is a return value, and a message beside the field;
 *  - the world failing (disk, network, database) is the sticky err: the first one wins, later calls
 *    of the same request do nothing, and the dispatcher answers 500 or tries again;
 *  - our own bug is MUST(): the process aborts, its parent logs and restarts it.
 */
#include "base/str.h"

enum err_kind {
	ERR_NONE,
	ERR_RETRY,  /* a lock, a deadlock or a serialisation failure: the whole request may be
		       retried */
	ERR_FAILED, /* the world failed */
	ERR_FULL,   /* no room: disk full, database read-only */
};

struct err {
	enum err_kind kind;
	const char *file; /* where it was first seen */
	int line;
	char text[240]; /* for the log: no personal data */
};

#define err_set(e, kind, ...) err_set_at((e), (kind), __FILE__, __LINE__, __VA_ARGS__)
void err_set_at(struct err *, enum err_kind, const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

#define MUST(condition) ((condition) ? (void)0 : must_failed(#condition, __FILE__, __LINE__))
_Noreturn void must_failed(const char *condition, const char *file, int line);
