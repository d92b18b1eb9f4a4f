#pragma once
/*
 * First come, first served, among the threads of several processes: SQLite's writers wait here for
 * their turn, since its busy timeout is no queue (32 writers: worst wait 4 s, here 9 ms).
 *
 * The queue lies in memory shared by a process and those it forks afterwards. Each ticket has a
 * robust mutex that its holder keeps locked from joining to leaving; the next one waits for that of
 * its predecessor, so that the kernel wakes it when the predecessor leaves or is killed, whether it
 * was working or waiting. Nothing needs to be cleaned up after a death.
 *
 * A queue in a file is joined also by processes that were not forked from the one that made it:
 * commands beside a server. Each server makes a new file, because a power cut leaves mutexes that
 * nobody will ever let go.
 */
#include <stdbool.h>
#include <stdint.h>

struct queue;

struct queue *queue_new(void); /* before forking; never NULL */
/* The same in a new file in the place of an older one. It is joined as long as *held is open in this
 * process or in one that it forks. NULL if there can be no such file. */
struct queue *queue_serve(const char *path, int *held);
/* That of a server which runs now; NULL: none does, or it is of another build. Children of this
 * process do not have it. */
struct queue *queue_join(const char *path);
void queue_free(struct queue *); /* unmaps it in this process */

/* Waits for its turn and returns its ticket; -1 if it did not come in time. The same thread leaves.
 */
int64_t queue_enter(struct queue *, int milliseconds);
void queue_leave(struct queue *, int64_t ticket);
/* How many hold or wait, more or less: some may have been killed. */
int queue_length(struct queue *);
