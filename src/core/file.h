#pragma once
/*
 * Files lie on disk under the SHA-256 of their bytes (two levels: ab/cdef…), each once, whoever
 * sent it; a row says who holds it, under what name and of which type. Written to a temporary name,
 * synced, renamed, and the folder synced, before the row is: a row never points at bytes that are
 * not there. Bytes that no row points at (a transaction rolled back) are found by file_sweep().
 *
 * The type is sniffed from the bytes, never believed. Pictures lose their EXIF (place, camera,
 * time) before they are stored. Everything is served as an attachment.
 */
#include "db/db.h"

struct file_store {
	const char *folder; /* exists, writable */
	int64_t max;        /* bytes of one file; 0: 20 MiB */
};

enum file_refusal { FILE_OK, FILE_EMPTY, FILE_TOO_LARGE, FILE_KIND_NOT_TAKEN };
const char *file_refusal_words(enum file_refusal); /* a msgid */

struct file_sent {
	int64_t org, made_by, now;
	struct str name; /* as the person called it; folders and control characters are cut off */
	struct str bytes;
	const char *const *types; /* taken media types, NULL at the end; NULL: any that is known */
};
/* Stores it and returns the row's id; 0 with *why set if it is refused, or the sticky err. Call it
 * inside the write transaction of the thing that points at it. */
int64_t file_put(struct db *, struct arena *, struct err *, const struct file_store *,
		 const struct file_sent *, enum file_refusal *why);
/* {id, name, type, size, hash, made_at} or null: also null if it is another organisation's. */
struct val *file_row(struct db *, struct arena *, int64_t org, int64_t id);
/* The bytes behind a hash, mapped for the arena's life and checked against it; .p NULL with err
 * set. */
struct str file_bytes(const struct file_store *, struct arena *, struct err *, struct str hash);
/* Stores bytes that another server stored under this hash; checked against it. */
bool file_take(const struct file_store *, struct arena *, struct err *, struct str hash,
	       struct str bytes);
void file_forget(struct db *, struct arena *, int64_t org, int64_t id);
/* Deletes bytes older than `before` that no row points at; outside any transaction. Returns how
 * many. */
int64_t file_sweep(struct db *, struct arena *, struct err *, const struct file_store *,
		   int64_t before);

/* Pure (file_rules.c). */
const char *file_sniff(struct str bytes); /* a media type, "application/octet-stream" if unknown */
struct str file_without_exif(struct arena *, struct str picture); /* untouched if it is none */
struct str file_plain_name(struct arena *, struct str name);
