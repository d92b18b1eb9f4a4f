#pragma once
/*
 * The process that forks for each file a stranger made (core/apart.h): one thread, no database, no
 * keys, no connection. It parses nothing itself: it takes a socket from whoever asks, gives it to a
 * child, ends the child when its time is over, and tells the asker how the child ended.
 */
#include "core/apart.h"
#include "core/feature.h"

#include <signal.h>

/* Made before the processes are. Workers ask at `ask`, the reader hears at `hear`. */
struct reader_line {
	int ask, hear;
};
bool reader_open(struct reader_line *);

/* Returns when *stop is set. */
int reader_run(int hear, const struct feature *const *features, const volatile sig_atomic_t *stop);
