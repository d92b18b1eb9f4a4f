#include "db/queue.h"

#include "test.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WAITERS = 12 };

struct shared {
	_Atomic int started, done, order[WAITERS * 4];
	_Atomic int inside, most_inside;
};

static struct shared *shared_new(void)
{
	struct shared *s =
		mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return s == MAP_FAILED ? NULL : s;
}

static void wait_ms(int ms)
{
	nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000L}, NULL);
}

static void wait_for_children(void)
{
	while (wait(NULL) > 0)
		;
}

/* Joins, says when it had its turn, and stays a moment. */
static pid_t waiter(struct queue *q, struct shared *s, int number)
{
	pid_t child = fork();
	if (child)
		return child;
	int64_t ticket = queue_enter(q, 20000);
	if (ticket < 0)
		_exit(1);
	int inside = ++s->inside;
	if (inside > s->most_inside)
		s->most_inside = inside;
	s->order[s->done++] = number;
	wait_ms(2);
	s->inside--;
	queue_leave(q, ticket);
	_exit(0);
}

/* Each once the one before it is in the queue, behind the one who holds it. */
static void start_waiters(struct queue *q, struct shared *s, pid_t *children)
{
	for (int i = 0; i < WAITERS; i++) {
		children[i] = waiter(q, s, i);
		while (queue_length(q) < i + 2)
			wait_ms(1);
	}
}

TEST("those who wait for the queue have their turn in the order in which they came")
{
	struct queue *q = queue_new();
	struct shared *s = shared_new();
	pid_t children[WAITERS];
	int64_t ticket = queue_enter(q, 1000);
	CHECK(ticket >= 0);
	start_waiters(q, s, children);
	CHECK_INT(s->done, 0);
	queue_leave(q, ticket);
	wait_for_children();
	CHECK_INT(s->done, WAITERS);
	for (int i = 0; i < WAITERS; i++)
		CHECK_INT(s->order[i], i);
	CHECK_INT(s->most_inside, 1);
	queue_free(q);
	munmap(s, sizeof *s);
}

TEST("whoever is killed while waiting or while holding the queue is passed over")
{
	struct queue *q = queue_new();
	struct shared *s = shared_new();
	pid_t children[WAITERS], holder = fork();
	if (holder == 0) {
		s->inside = queue_enter(q, 1000) >= 0;
		for (;;)
			pause();
	}
	while (!s->inside)
		wait_ms(1);
	s->inside = 0;
	start_waiters(q, s, children);
	for (int i = 0; i < WAITERS; i++)
		if (i % 3 != 2) /* two neighbours die, one lives */
			kill(children[i], SIGKILL);
	CHECK_INT(s->done, 0);
	kill(holder, SIGKILL);
	wait_for_children();
	CHECK_INT(s->done, WAITERS / 3);
	for (int i = 0; i < WAITERS / 3; i++)
		CHECK_INT(s->order[i], i * 3 + 2);
	CHECK_INT(s->most_inside, 1);
	int64_t ticket = queue_enter(q, 1000);
	CHECK(ticket >= 0);
	queue_leave(q, ticket);
	queue_free(q);
	munmap(s, sizeof *s);
}

TEST("a turn that does not come in time is given up, and the next one is not held up by it")
{
	struct queue *q = queue_new();
	struct shared *s = shared_new();
	int64_t ticket = queue_enter(q, 1000);
	if (fork() == 0) {
		s->started = queue_enter(q, 50) < 0 ? 1 : 2;
		_exit(0);
	}
	while (!s->started)
		wait_ms(1);
	CHECK_INT(s->started, 1);
	pid_t next = waiter(q, s, 5);
	while (queue_length(q) < 3)
		wait_ms(1);
	CHECK_INT(s->done, 0);
	queue_leave(q, ticket);
	wait_for_children();
	CHECK(next > 0);
	CHECK_INT(s->done, 1);
	queue_free(q);
	munmap(s, sizeof *s);
}

/* More tickets than there are slots are given up behind one holder. */
TEST("a queue full of tickets given up is empty again when its holder leaves")
{
	struct queue *q = queue_new();
	int64_t ticket = queue_enter(q, 1000);
	if (fork() == 0) {
		for (int i = 0; i < 1100; i++)
			if (queue_enter(q, 0) >= 0)
				_exit(1);
		_exit(0);
	}
	int status;
	wait(&status);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	queue_leave(q, ticket);
	ticket = queue_enter(q, 1000);
	CHECK(ticket >= 0);
	queue_leave(q, ticket);
	CHECK_INT(queue_length(q), 0);
	queue_free(q);
}

/* What they count without any other lock adds up, but for the one step a killed process was at. */
TEST("eight processes that come and go, six of them killed, never meet inside")
{
	enum { CHILDREN = 8, KILLED = 6 };
	struct queue *q = queue_new();
	struct shared *s = shared_new();
	volatile int *together = (volatile int *)&s->inside;
	pid_t children[CHILDREN];
	for (int i = 0; i < CHILDREN; i++) {
		children[i] = fork();
		if (children[i])
			continue;
		for (int64_t ticket; (ticket = queue_enter(q, 10000)) >= 0;
		     queue_leave(q, ticket)) {
			*together = *together + 1;
			s->order[i]++;
		}
		_exit(1);
	}
	for (int i = 0; i < KILLED; i++) {
		wait_ms(30);
		kill(children[i], SIGKILL);
	}
	int before = s->order[KILLED];
	wait_ms(200);
	CHECK(s->order[KILLED] > before);
	kill(children[6], SIGKILL);
	kill(children[7], SIGKILL);
	wait_for_children();
	int sum = 0;
	for (int i = 0; i < CHILDREN; i++)
		sum += s->order[i];
	CHECK(*together - sum >= 0 && *together - sum <= CHILDREN);
	CHECK(sum > 100);
	queue_free(q);
	munmap(s, sizeof *s);
}

TEST("a queue in a file is joined while its server lives, and by nobody afterwards")
{
	char path[] = "/tmp/waypost-queue-XXXXXX";
	int fd = mkstemp(path), held = -1;
	close(fd);
	CHECK(!queue_join(path)); /* no queue at all */
	struct queue *q = queue_serve(path, &held);
	if (CHECK(q)) {
		struct queue *other = queue_join(path);
		if (CHECK(other && other != q)) {
			int64_t ticket = queue_enter(q, 1000);
			CHECK(ticket >= 0 && queue_enter(other, 20) < 0);
			queue_leave(q, ticket);
			ticket = queue_enter(other, 1000);
			CHECK(ticket >= 0);
			queue_leave(other, ticket);
			queue_free(other);
		}
		queue_free(q);
		close(held);
		CHECK(!queue_join(path)); /* it may be of before a power cut */
	}
	unlink(path);
}
