#include "db/queue.h"

#include "base/err.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <time.h>

/* More than the threads that can ever wait at once; a ticket's mutex is slots[ticket % SLOTS]. */
enum { SLOTS = 1024, LOOK_AGAIN_MS = 100 };

struct queue {
	pthread_mutex_t guard; /* of `tail` */
	_Atomic int64_t tail;  /* the next ticket */
	_Atomic int64_t head;  /* every earlier ticket has left or died */
	pthread_mutex_t slots[SLOTS];
};

struct queue *queue_new(void)
{
	struct queue *q =
		mmap(NULL, sizeof *q, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	MUST(q != MAP_FAILED);
	pthread_mutexattr_t how;
	pthread_mutexattr_init(&how);
	pthread_mutexattr_setpshared(&how, PTHREAD_PROCESS_SHARED);
	pthread_mutexattr_setrobust(&how, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&q->guard, &how);
	for (int i = 0; i < SLOTS; i++)
		pthread_mutex_init(&q->slots[i], &how);
	pthread_mutexattr_destroy(&how);
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
