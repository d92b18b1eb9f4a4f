#pragma once
/*
 * A list that may be long, a page at a time: face/pages says which part of how many is shown and leads to
 * the others. For lists that are read whole anyway (their number is needed, or whom a court keeps
 * from somebody is taken out of them); what is larger is read by keys, as core/audit.h does. The
 * route has the field `first`, PAGES_FIRST.
 */
#include "web/field.h"
#include "web/req.h"

#define PAGES_FIRST                                                                                \
	{                                                                                          \
		.name = "first", .kind = FIELD_INT, .min = 0, .max = 100000                        \
	}

/* Sets out.pages and returns where the page begins; `path` is up to the number: "/people/checks?first=". */
size_t pages_begin(struct req *, size_t total, size_t most, int64_t first, struct str path);
/* The rows of one page. */
struct val *pages_rows(struct req *, const struct val *all, size_t begin, size_t most);
/* Both, by in.first; all rows for who asks for data. */
struct val *pages_of(struct req *, struct val *all, size_t most, struct str path);
