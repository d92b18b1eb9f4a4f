#pragma once
/*
 * Files that strangers made are read apart: in a process of its own for each file, which has one
 * end of a socket and nothing else. It gets the bytes, gives a value back (base/pack.h), and ends. Before
 * it sees a byte it gives up everything: no file can be opened, no connection made, no program
 * started, no code written (seccomp: what is not on the list of apart_confine.c kills it), memory
 * and processor time are limited, and whoever made it ends it when its time is over. It yields to
 * those who answer pages. What a file does to its parser therefore costs that file, not the server.
 *
 * Workers have threads, so none of them may fork: they ask the reader (server/reader.h), a process
 * with one thread that holds no key and no connection, and forks for each. A command, which has one
 * thread, forks by itself.
 *
 * What comes back was made by a process that may have been taken over: the caller checks it as it
 * checks any input.
 */
#include "base/str.h"

struct arena;
struct val;

/* One kind of file, a constant of the feature that reads it (core/feature.h). */
struct apart_kind {
	const char *name; /* "standards.document" */
	/* Pure. Bytes and options (an object) to whatever the kind gives. */
	struct val *(*read)(struct arena *, struct str bytes, const struct val *options);
	/* A small file, read once before anything is given up, so that what libraries load at
	 * their first use is there. */
	const char *sample;
	size_t memory;       /* bytes; the arena and everything else */
	int64_t cpu_seconds; /* of processor time; three times that of the clock */
	size_t answer;       /* bytes of what it gives, packed; more is a fault; 0: 256 MB */
};

enum apart_end {
	APART_READ,
	APART_FAULT, /* the parser crashed, wanted more memory, or tried what it may not */
	APART_SLOW,  /* it took too long */
	APART_AWAY,  /* there is no reader to ask */
};

/* Who reads. The socket to the reader, or alone: this process has one thread and forks itself. */
struct apart {
	int ask;
};
#define APART_ALONE ((struct apart){-1})

/* *given, in the arena, is what the kind gave; it is left alone if that is not APART_READ. */
enum apart_end apart_read(struct apart, struct arena *, const struct apart_kind *, struct str bytes,
			  const struct val *options, struct val **given);
const char *apart_words(enum apart_end); /* a msgid for whoever sent the file */

/* ---- for the process that forks ---- */

/* Of a child just forked: takes the other end of the socket, confines itself, reads one file of one
 * of the kinds (NULL at the end). Says on its standard error what broke, if it `tells`. */
_Noreturn void apart_child(int socket, const struct apart_kind *const *kinds, bool tells);
void apart_warm(const struct apart_kind *);
enum apart_end apart_end_of(int wait_status, bool overdue);
int64_t apart_seconds(const struct apart_kind *); /* by the clock, after which it is killed */

/* Limits and filter (apart_confine.c); false if this system cannot. Only `socket` can be read and
 * written afterwards, and standard error if it `tells`. */
bool apart_confine(const struct apart_kind *, int socket, bool tells);
