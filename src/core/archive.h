#pragma once
/*
 * An archive is one file that holds named entries in a row: POSIX's ustar format (IEEE 1003.1,
 * pax), so that `tar -tvf` reads it, sealed as core/sealed.h says if there is a key. The first
 * entry is "manifest.json"; the last is "SHA256SUMS", one line for each entry before it as
 * sha256sum writes them, so that a damaged archive in the clear is told too.
 *
 * Names are at most 100 bytes of a-z 0-9 . _ - / and never begin with a slash or hold "..".
 */
#include "core/sealed.h"

struct val;
struct archive;

struct archive *archive_create(struct arena *, const char *path, const struct seal_key *,
			       const struct val *manifest, int64_t now, struct err *);
void archive_add(struct archive *, const char *name, struct str bytes);
void archive_add_file(struct archive *, const char *name, const char *path);
/* Writes the sums; false with the err set: then there is no archive. */
bool archive_finish(struct archive *);

/* Reads the manifest; `manifest` is null where the err is set. */
struct archive *archive_open(struct arena *, const char *path, const struct seal_key *,
			     struct val **manifest, struct err *);
/* The next entry's name, in the arena given to archive_open(); false at the end or with the err
 * set. The end is an error if a sum was wrong, or missing. */
bool archive_next(struct archive *, struct str *name);
/* The whole of it: into an arena, at most `most` bytes; or into a new file. Once for each entry;
 * what is not asked for is read over and summed all the same. */
struct str archive_bytes(struct archive *, struct arena *, size_t most);
bool archive_extract(struct archive *, const char *path);
void archive_close(struct archive *);

/* Reads an archive to its end, and nothing else: true if all of it is as it was written. */
bool archive_verify(const char *path, const struct seal_key *, struct err *);
