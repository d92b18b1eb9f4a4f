#pragma once
/*
 * ZIP archives in memory (PKWARE APPNOTE 6.3), for files that people open with what they have:
 * deflated, names in UTF-8 and marked so, as libzip writes and reads them.
 */
#include "base/str.h"

struct arena;
struct err;

struct zipped_entry {
	struct str name; /* "data/consents.json": a relative path */
	struct str bytes;
};
/* The archive's bytes, every entry dated `now` (seconds since 1970, UTC); empty with the err set if
 * there was no memory. `entries` ends with an empty name. */
struct str zipped(struct arena *, struct err *, const struct zipped_entry *entries, int64_t now);
/* One entry of an archive, at most `most` bytes of it; .p NULL if there is none of that name, it is
 * larger, its sum is wrong, or the bytes are no archive. */
struct str unzipped(struct arena *, struct str archive, const char *name, size_t most);
