#pragma once
/*
 * A disk for SQLite, in memory, that keeps only what was synced: a VFS that is the default one from
 * disk_begin() to disk_end(). Every file has two images: what programs read, and what is safe. A
 * write or a cut-off is safe from the file's next sync on; a new or a deleted name from the next
 * sync of its folder, which SQLite's own VFS does at the first sync of a log.
 *
 * disk_cut() copies a file and its log as a power cut would leave them at this moment: what is
 * safe, and of every write since, none, all, or any of its sectors of 512 bytes. The copy is opened
 * like any file; nothing else changes. The rules are those SQLite states of what it asks of a disk
 * (sqlite.org/atomiccommit.html, sections 2 and 3.7; a sector is written whole or not at all, and a
 * write touches no byte outside its range).
 *
 * One thread only.
 */
#include "base/str.h"

struct arena;

/* What may be made wrong with it; all zero is a good disk. */
struct disk {
	bool lies;      /* says that it synced and did not */
	bool read_only; /* refuses every write, and files are opened for reading only */
	bool fails;     /* every write and sync is an error of the device */
	int64_t room;   /* bytes that files may grow by before the disk is full; < 0: endless */
	/* Called before every write, cut-off, sync and deletion of what it does not do itself. */
	void (*before)(void *context);
	void *context;
};

struct disk *disk_begin(uint64_t seed);
void disk_end(void);
void disk_put(const char *path, struct str bytes); /* a file that is safe */
void disk_forget(const char *path);                /* it and its log; nobody may have it open */
void disk_cut(const char *path, const char *to);
uint64_t disk_random(uint64_t below);
/* What SQLite says of the file ("ok"), then every table, that of the schema first, with its number of
 * rows and a hash of all they hold: "org 2 0123456789abcdef\n…". The same text means the same contents. */
struct str disk_contents(struct arena *, const char *path);
