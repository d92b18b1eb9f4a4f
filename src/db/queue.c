#include "db/queue.h"

#include "base/err.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* More than the threads that can ever wait at once; a ticket's mutex is slots[ticket % SLOTS]. */
enum { SLOTS = 1024, LOOK_AGAIN_MS = 100 };

/* Changes with what lies in a file. */
static const char made_so[8] = "queue 1";

struct queue {
	char layout[8];
	pthread_mutex_t guard; /* of `tail` */
	_Atomic int64_t tail;  /* the next ticket */
	_Atomic int64_t head;  /* every earlier ticket has left or died */
	pthread_mutex_t slots[SLOTS];
};

/* An empty queue in memory that is all zero. */
static struct queue *prepare(struct queue *q)
{
	pthread_mutexattr_t how;
	pthread_mutexattr_init(&how);
	pthread_mutexattr_setpshared(&how, PTHREAD_PROCESS_SHARED);
	pthread_mutexattr_setrobust(&how, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&q->guard, &how);
	for (int i = 0; i < SLOTS; i++)
		pthread_mutex_init(&q->slots[i], &how);
	pthread_mutexattr_destroy(&how);
	memcpy(q->layout, made_so, sizeof made_so);
	return q;
}

static struct queue *map(int how, int fd)
{
	void *p = mmap(NULL, sizeof(struct queue), PROT_READ | PROT_WRITE, MAP_SHARED | how, fd, 0);
	return p == MAP_FAILED ? NULL : p;
}

struct queue *queue_new(void)
{
	struct queue *q = map(MAP_ANONYMOUS, -1);
	MUST(q);
	return prepare(q);
}

/* All of it has room on the disk, or the first writer would die of a full one. */
struct queue *queue_serve(const char *path, int *held)
{
	char fresh[4096];
	struct queue *q = NULL;
	if (snprintf(fresh, sizeof fresh, "%s.new", path) >= (int)sizeof fresh)
		return NULL;
	unlink(fresh);
	int fd = open(fresh, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return NULL;
	if (!posix_fallocate(fd, 0, sizeof *q) && !flock(fd, LOCK_EX | LOCK_NB))
		q = map(0, fd);
	if (q)
		prepare(q);
	if (q && rename(fresh, path)) {
		queue_free(q);
		q = NULL;
	}
	if (q) {
		*held = fd;
		return q;
	}
	unlink(fresh);
	close(fd);
	return NULL;
}

/* Only a server keeps its file locked: where that can be had, the server has gone. */
struct queue *queue_join(const char *path)
{
	struct stat is;
	struct queue *q = NULL;
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return NULL;
	if (!fstat(fd, &is) && is.st_size == (off_t)sizeof *q && flock(fd, LOCK_SH | LOCK_NB) &&
	    errno == EWOULDBLOCK)
		q = map(0, fd);
	close(fd);
	if (q &&
	    (memcmp(q->layout, made_so, sizeof made_so) || madvise(q, sizeof *q, MADV_DONTFORK))) {
		queue_free(q);
		return NULL;
	}
	return q;
}

void queue_free(struct queue *q)
{
	munmap(q, sizeof *q);
}

static struct timespec from_now(int milliseconds)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += milliseconds / 1000;
	t.tv_nsec += milliseconds % 1000 * 1000000L;
	if (t.tv_nsec >= 1000000000L) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000L;
	}
	return t;
}

static bool before(struct timespec a, struct timespec b)
{
	return a.tv_sec != b.tv_sec ? a.tv_sec < b.tv_sec : a.tv_nsec < b.tv_nsec;
}

/* True once this thread has the mutex, whether it was let go or its owner died. */
static bool lock(pthread_mutex_t *m, const struct timespec *until)
{
	int e = pthread_mutex_clocklock(m, CLOCK_MONOTONIC, until);
	if (e == EOWNERDEAD)
		e = pthread_mutex_consistent(m);
	MUST(e == 0 || e == ETIMEDOUT);
	return e == 0;
}

/* The head only moves on: it is also what tells whose slots are free for new tickets. */
static void head_at_least(struct queue *q, int64_t ticket)
{
	int64_t now = atomic_load(&q->head);
	while (now < ticket && !atomic_compare_exchange_weak(&q->head, &now, ticket))
		;
}

/* Tickets that were given up while somebody kept the lock long count until this forgets them. */
static void sweep(struct queue *q)
{
	static const struct timespec at_once;
	int64_t t = atomic_load(&q->head);
	while (t < q->tail && lock(&q->slots[t % SLOTS], &at_once))
		pthread_mutex_unlock(&q->slots[t++ % SLOTS]);
	head_at_least(q, t);
}

/* A joiner that dies in here leaves `tail` as it was or one further: both are right. */
static int64_t join(struct queue *q, const struct timespec *until)
{
	int64_t ticket = -1;
	if (!lock(&q->guard, until))
		return -1;
	if (q->tail - atomic_load(&q->head) >= SLOTS)
		sweep(q);
	if (q->tail - atomic_load(&q->head) < SLOTS && lock(&q->slots[q->tail % SLOTS], until))
		ticket = q->tail++;
	pthread_mutex_unlock(&q->guard);
	return ticket;
}

/* Waits until `ticket` is let go. In short waits: once the head has passed it, its slot may belong
 * to a later ticket, which waits for us. */
static bool gone(struct queue *q, int64_t ticket, const struct timespec *until)
{
	while (atomic_load(&q->head) <= ticket) {
		struct timespec soon = from_now(LOOK_AGAIN_MS);
		bool last = before(*until, soon);
		if (lock(&q->slots[ticket % SLOTS], last ? until : &soon)) {
			pthread_mutex_unlock(&q->slots[ticket % SLOTS]);
			return true;
		}
		if (last)
			return false;
	}
	return true;
}

static void let_go(struct queue *q, int64_t ticket)
{
	pthread_mutex_unlock(&q->slots[ticket % SLOTS]);
}

int64_t queue_enter(struct queue *q, int milliseconds)
{
	struct timespec until = from_now(milliseconds);
	int64_t ticket = join(q, &until);
	/* A predecessor that left had its turn, and so had all before it: the head tells. One that
	 * died or gave up while waiting says nothing of those before it. */
	for (int64_t t = ticket - 1; t >= atomic_load(&q->head); t--) {
		if (!gone(q, t, &until)) {
			let_go(q, ticket);
			return -1;
		}
	}
	if (ticket >= 0)
		head_at_least(q, ticket);
	return ticket;
}

void queue_leave(struct queue *q, int64_t ticket)
{
	head_at_least(q, ticket + 1);
	let_go(q, ticket);
}

int queue_length(struct queue *q)
{
	return (int)(atomic_load(&q->tail) - atomic_load(&q->head));
}
