#include "db/db.h"

#include "base/arena.h"
#include "db/queue.h"
#include "db/upkeep.h"
#include "fixture.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Many processes at once on one database: what a handler relies on without thinking of it. */

enum { PROCESSES = 16, SEATS = 20 };

/* What children tell the test. */
struct shared {
	_Atomic int ready, go, booked, failed, order[64], next;
	_Atomic bool holds;
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

static bool soon(_Atomic int *n, int at_least)
{
	for (int i = 0; i < 3000 && *n < at_least; i++)
		wait_ms(5);
	return *n >= at_least;
}

static int wait_for_children(void)
{
	int status, bad = 0;
	while (wait(&status) > 0)
		bad += !WIFEXITED(status) || WEXITSTATUS(status) != 0;
	return bad;
}

static void make_slot(struct db *db)
{
	db_begin(db, DB_WRITE, 0);
	db_script(db, "slot",
		  "CREATE TABLE slot (id bigint NOT NULL PRIMARY KEY, seats bigint NOT NULL);"
		  "CREATE TABLE booking (slot bigint NOT NULL, reader bigint NOT NULL, "
		  "PRIMARY KEY (slot, reader));"
		  "INSERT INTO slot (id, seats) VALUES (1, 20)");
	CHECK(db_commit(db));
}

static const char book[] = "INSERT INTO booking (slot, reader) SELECT 1, :reader WHERE "
			   "(SELECT count(*) FROM booking b WHERE b.slot = 1) < "
			   "(SELECT s.seats FROM slot s WHERE s.id = 1) ON CONFLICT DO NOTHING";

/* One client: five requests, each tried again as the dispatcher would. */
static void client(const char *url, struct queue *queue, struct shared *s, int number)
{
	struct err err = {0};
	struct db *db = db_open(url, &err);
	s->ready++;
	while (!s->go)
		wait_ms(1);
	if (!db)
		_exit(1);
	db_set_queue(db, queue);
	for (int i = 0; i < 5; i++) {
		bool ok = false;
		for (int tries = 0; tries < 5 && !ok; tries++) {
			err = (struct err){0};
			db_use(db, test_arena, &err);
			db_begin(db, DB_WRITE, 1);
			int64_t n = db_exec(db, SQL(book), PARAMS("reader", INT(number * 100 + i)));
			ok = db_commit(db);
			s->booked += ok ? (int)n : 0;
		}
		s->failed += !ok;
	}
	db_close(db);
	_exit(0);
}

static void race(struct db *db, struct queue *queue)
{
	struct shared *s = shared_new();
	make_slot(db);
	SQL(book); /* made once, before the children are */
	for (int i = 0; i < PROCESSES; i++)
		if (fork() == 0)
			client(fixture_url(), queue, s, i);
	CHECK(soon(&s->ready, PROCESSES));
	s->go = 1;
	CHECK_INT(wait_for_children(), 0);
	CHECK_INT(s->booked, SEATS);
	CHECK_INT(s->failed, 0);
	db_begin(db, DB_READ, 1);
	CHECK_INT(val_i(db_row(db, SQL("SELECT count(*) AS n FROM booking"), NULL), "n"), SEATS);
	CHECK(db_commit(db));
	munmap(s, sizeof *s);
}

TEST_DB("sixteen processes book twenty seats eighty times: twenty are booked")
{
	struct queue *queue = queue_new();
	race(db, queue);
	queue_free(queue);
}

/* Two programs on one file have a queue each or none: SQLite's own lock keeps them apart. */
TEST_DB("programs that share no queue do not oversell either")
{
	race(db, NULL);
}

TEST_DB("writers of one organisation see what the one before them wrote")
{
	enum { EACH = 25 };
	struct queue *queue = queue_new();
	struct shared *s = shared_new();
	const struct query *read = SQL("SELECT s.seats AS seats FROM slot s WHERE s.id = 1");
	const struct query *write = SQL("UPDATE slot SET seats = :seats WHERE id = 1");
	make_slot(db);
	for (int i = 0; i < 8; i++) {
		if (fork())
			continue;
		struct err e = {0};
		struct db *own = db_open(fixture_url(), &e);
		db_set_queue(own, queue);
		for (int k = 0; k < EACH; k++) {
			db_use(own, test_arena, &e);
			db_begin(own, DB_WRITE, 1);
			int64_t seats = val_i(db_row(own, read, NULL), "seats");
			db_exec(own, write, PARAMS("seats", INT(seats + 1)));
			s->failed += !db_commit(own);
		}
		db_close(own);
		_exit(0);
	}
	CHECK_INT(wait_for_children(), 0);
	CHECK_INT(s->failed, 0);
	db_begin(db, DB_READ, 1);
	CHECK_INT(val_i(db_row(db, read, NULL), "seats"), SEATS + 8 * EACH);
	CHECK(db_commit(db));
	queue_free(queue);
	munmap(s, sizeof *s);
}

/* A request in another process that holds the lock until it is killed. */
static pid_t holder(struct queue *queue, struct shared *s)
{
	pid_t child = fork();
	if (child)
		return child;
	struct err e = {0};
	struct db *own = db_open(fixture_url(), &e);
	db_set_queue(own, queue);
	db_use(own, test_arena, &e);
	db_begin(own, DB_WRITE, 1);
	db_exec(own, SQL("UPDATE slot SET seats = 0 WHERE id = 1"), NULL);
	s->holds = e.kind == ERR_NONE;
	for (;;)
		pause();
}

TEST_DB("a process killed inside its transaction leaves nothing, and the next one goes on at once")
{
	struct queue *queue = queue_new();
	struct shared *s = shared_new();
	struct timespec from, to;
	make_slot(db);
	db_set_queue(db, queue);
	SQL("UPDATE slot SET seats = 0 WHERE id = 1");
	pid_t child = holder(queue, s);
	for (int i = 0; i < 1000 && !s->holds; i++)
		wait_ms(5);
	CHECK(s->holds);
	if (fork() == 0) { /* kills it while we wait behind it */
		wait_ms(100);
		kill(child, SIGKILL);
		_exit(0);
	}
	clock_gettime(CLOCK_MONOTONIC, &from);
	db_begin(db, DB_WRITE, 1);
	struct val *row =
		db_row(db, SQL("SELECT s.seats AS seats FROM slot s WHERE s.id = 1"), NULL);
	db_exec(db, SQL("UPDATE slot SET seats = seats + 1 WHERE id = 1"), NULL);
	clock_gettime(CLOCK_MONOTONIC, &to);
	CHECK(db_commit(db));
	CHECK_INT(val_i(row, "seats"), SEATS);
	CHECK((to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000 < 8000);
	wait_for_children();
	db_set_queue(db, NULL);
	queue_free(queue);
	munmap(s, sizeof *s);
}

TEST_POSTGRES("organisations do not wait for each other")
{
	struct err other_err = {0};
	struct db *other = db_open(fixture_url(), &other_err);
	NEED(other);
	make_slot(db);
	db_use(other, test_arena, &other_err);
	db_begin(db, DB_WRITE, 1);
	db_exec(db, SQL("INSERT INTO slot (id, seats) VALUES (2, 1)"), NULL);
	db_begin(other, DB_WRITE, 2);
	CHECK_INT(db_exec(other, SQL("INSERT INTO slot (id, seats) VALUES (3, 1)"), NULL), 1);
	CHECK(db_commit(other));
	CHECK(db_commit(db));
	db_close(other);
}

TEST_POSTGRES("a deadlock is a reason to try the request again")
{
	struct shared *s = shared_new();
	const struct query *one = SQL("UPDATE slot SET seats = 1 WHERE id = :id");
	make_slot(db);
	db_begin(db, DB_WRITE, 1);
	db_exec(db, SQL("INSERT INTO slot (id, seats) VALUES (2, 1)"), NULL);
	CHECK(db_commit(db));
	struct val *first = PARAMS("id", INT(1)), *second = PARAMS("id", INT(2));
	if (fork() == 0) {
		struct err e = {0};
		struct db *own = db_open(fixture_url(), &e);
		db_use(own, test_arena, &e);
		db_begin(own, DB_WRITE, 2);
		db_exec(own, one, second);
		s->ready = 1;
		while (!s->go)
			wait_ms(1);
		db_exec(own, one, first);
		s->failed = (int)e.kind;
		s->next = db_commit(own);
		db_close(own);
		_exit(0);
	}
	db_begin(db, DB_WRITE, 1);
	db_exec(db, one, first);
	CHECK(soon(&s->ready, 1));
	s->go = 1;
	wait_ms(50);
	db_exec(db, one, second);
	bool ok = db_commit(db);
	CHECK_INT(wait_for_children(), 0);
	CHECK(ok != (s->next != 0)); /* one of the two went through */
	CHECK_INT(ok ? s->failed : (int)err->kind, ERR_RETRY);
	munmap(s, sizeof *s);
}

TEST_DB("a writer that another keeps waiting too long is told to try again")
{
	struct err other_err = {0};
	struct db *other = db_open(fixture_url(), &other_err);
	NEED(other);
	make_slot(db);
	db_use(other, test_arena, &other_err);
	db_begin(other, DB_WRITE, 1);
	db_exec(other, SQL("UPDATE slot SET seats = 0 WHERE id = 1"), NULL);
	db_set_wait(db, 100);
	db_begin(db, DB_WRITE, 1);
	db_exec(db, SQL("UPDATE slot SET seats = 1 WHERE id = 1"), NULL);
	CHECK_INT(err->kind, ERR_RETRY);
	CHECK(!db_commit(db));
	CHECK(db_commit(other));
	db_close(other);
}

/* A command beside a server: it was not forked from it, and writes one batch after the other. */
static _Noreturn void command(const char *url, struct shared *s)
{
	struct err e = {0};
	struct db *own = db_open(url, &e);
	if (!own)
		_exit(1);
	db_set_queue(own, db_queue_join(url));
	s->ready++;
	while (!s->go && e.kind == ERR_NONE) {
		db_use(own, test_arena, &e);
		db_begin(own, DB_WRITE, 1);
		db_exec(own, SQL("UPDATE slot SET seats = 0 WHERE id = 1"), NULL);
		wait_ms(2);
		s->booked++;
		db_commit(own);
	}
	db_close(own);
	_exit(e.kind != ERR_NONE);
}

TEST_DB("a server's writer waits for one batch of a command beside it, not for all")
{
	enum { WRITES = 20 };
	struct shared *s = shared_new();
	int held = 0, passed = 0, status = 0;
	struct queue *queue = db_queue_serve(fixture_url(), &held);
	const struct query *write = SQL("UPDATE slot SET seats = 1 WHERE id = 1");
	SQL("UPDATE slot SET seats = 0 WHERE id = 1");
	make_slot(db);
	db_set_queue(db, queue);
	pid_t child = fork();
	if (child == 0) {
		if (queue)
			queue_free(queue); /* it must find its own way */
		command(fixture_url(), s);
	}
	CHECK(soon(&s->ready, 1) && soon(&s->booked, 1));
	for (int i = 0; i < WRITES; i++) {
		wait_ms(1);
		int before = s->booked;
		db_begin(db, DB_WRITE, 1);
		db_exec(db, write, NULL);
		passed += s->booked - before;
		CHECK(db_commit(db));
	}
	s->go = 1;
	CHECK(waitpid(child, &status, 0) == child && !status);
	CHECK(passed <= 3 * WRITES);
	if (passed > 3 * WRITES)
		printf("    %d batches in the time of %d waits\n", passed, WRITES);
	db_set_queue(db, NULL);
	if (queue)
		queue_free(queue);
	if (held > 0)
		close(held);
	munmap(s, sizeof *s);
}
