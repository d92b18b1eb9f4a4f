#pragma once
/*
 * The way to a page, as {{>face/crumbs}} shows it: each call adds a step to out.crumbs. The last one is
 * the page itself and has no path. Paths are without the organisation's prefix; what goes into one
 * is encoded by the caller.
 */
#include "web/req.h"

/* `words` is a msgid, `path` a format or NULL. */
void crumb(struct req *, const char *words, const char *path, ...)
	__attribute__((format(printf, 3, 4)));
/* What has a name of its own. An empty path is none. */
void crumb_named(struct req *, struct str name, struct str path);
/* The text `name` of a row, which may be in another language than the page (core/text.h). */
void crumb_of(struct req *, const struct val *row, const char *name, struct str path);
