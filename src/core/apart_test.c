#include "core/apart_test.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/pack.h"
#include "test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What a parser that was taken over might try. A file is read twice, first the sample, before
 * anything is given up: nothing is tried then. */

static bool is_sample(struct str bytes)
{
	return str_is(bytes, "sample");
}

static struct val *done(struct arena *a, struct str bytes)
{
	struct val *v = val_object(a);
	val_set_int(v, "size", (int64_t)bytes.n);
	return v;
}

static struct val *good(struct arena *a, struct str bytes, const struct val *options)
{
	struct val *v = done(a, bytes);
	val_merge(v, options);
	return v;
}

#define TRIES(name, what)                                                                          \
	static struct val *name(struct arena *a, struct str bytes, const struct val *options)      \
	{                                                                                          \
		(void)options;                                                                     \
		if (!is_sample(bytes))                                                             \
			(what);                                                                    \
		return done(a, bytes);                                                             \
	}

static int code(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
		    0) == MAP_FAILED;
}

static void fill_arena(struct arena *a)
{
	for (;;)
		arena_alloc(a, 1 << 20);
}

static void fill_memory(void)
{
	for (char *p; (p = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
				-1, 0)) != MAP_FAILED;)
		memset(p, 1, 1 << 20);
	abort();
}

static void spin(void)
{
	for (volatile uint64_t i = 0;; i++)
		continue;
}

static void wait_for_ever(void)
{
	char c;
	while (read(3, &c, 1) >= 0)
		continue;
}

TRIES(opens, open("/etc/hostname", O_RDONLY))
TRIES(creates, open("/tmp/waypost-apart-test", O_CREAT | O_WRONLY, 0600))
TRIES(connects, socket(AF_INET, SOCK_STREAM, 0))
TRIES(forks, fork())
TRIES(executes, execl("/bin/true", "true", (char *)NULL))
TRIES(signals, kill(getppid(), SIGTERM))
TRIES(writes_code, code())
TRIES(writes_elsewhere, (void)!write(1, "x", 1))
TRIES(frees_itself, setrlimit(RLIMIT_CPU, &(struct rlimit){99, 99}))
TRIES(breaks, MUST(!"this parser is wrong"))
TRIES(fills_arena, fill_arena(a))
TRIES(fills_memory, fill_memory())
TRIES(spins, spin())
TRIES(waits, wait_for_ever())

/* Looked at while the sample is read: afterwards nothing may be asked. */
static struct val *yields(struct arena *a, struct str bytes, const struct val *options)
{
	static int rank;
	struct val *out = val_object(a);
	(void)options;
	if (str_is(bytes, "sample"))
		rank = getpriority(PRIO_PROCESS, 0);
	val_set_bool(out, "yields", rank > 0);
	return out;
}

#define KIND(name_)                                                                                \
	{                                                                                          \
#name_, name_, "sample", 64 << 20, 1                                               \
	}
const struct apart_kind apart_bad_kinds[] = {
	KIND(good),
	KIND(yields),
	KIND(opens),
	KIND(creates),
	KIND(connects),
	KIND(forks),
	KIND(executes),
	KIND(signals),
	KIND(writes_code),
	KIND(writes_elsewhere),
	KIND(frees_itself),
	KIND(breaks),
	KIND(fills_arena),
	KIND(fills_memory),
	KIND(spins),
	KIND(waits),
	{0},
};

const struct apart_kind *apart_bad_kind(const char *name)
{
	const struct apart_kind *k = apart_bad_kinds;
	while (k->name && strcmp(k->name, name))
		k++;
	MUST(k->name);
	return k;
}

/* What the broken ones say of themselves is not for whoever reads the tests' output. */
static enum apart_end quietly(const char *name, struct val **given)
{
	int kept = dup(2), nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
	dup2(nothing, 2);
	enum apart_end end = apart_read(APART_ALONE, test_arena, apart_bad_kind(name), S("a file"),
					val_object(test_arena), given);
	dup2(kept, 2);
	close(kept);
	close(nothing);
	return end;
}

TEST("a stranger's file is read in a process of its own, and what it gives comes back whole")
{
	struct val *given = NULL;
	struct val *options = val_object(test_arena);
	val_set_str(options, "lang", S("fr"));
	char *big = arena_alloc(test_arena, 3 << 20);
	CHECK_INT(apart_read(APART_ALONE, test_arena, apart_bad_kind("good"),
			     (struct str){big, 3 << 20}, options, &given),
		  APART_READ);
	CHECK_STR(json_text(test_arena, given), "{\"size\":3145728,\"lang\":\"fr\"}");
	CHECK_INT(apart_read(APART_ALONE, test_arena, apart_bad_kind("good"), (struct str){0},
			     options, &given),
		  APART_READ);
	CHECK_STR(json_text(test_arena, given), "{\"size\":0,\"lang\":\"fr\"}");
	CHECK_INT(apart_read(APART_ALONE, test_arena, apart_bad_kind("yields"), S("a file"),
			     options, &given),
		  APART_READ);
	CHECK_STR(json_text(test_arena, given),
		  "{\"yields\":true}"); /* to those who answer pages */
}

TEST("a parser of strangers' files that tries what it may not is killed, and that is said")
{
	static const char *const names[] = {"opens",       "creates",      "connects",
					    "forks",       "executes",     "signals",
					    "writes_code", "frees_itself", "writes_elsewhere"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct val *given = NULL;
		if (!CHECK_INT(quietly(names[i], &given), APART_FAULT))
			printf("    it %s\n", names[i]);
		CHECK(!given);
	}
	CHECK(access("/tmp/waypost-apart-test", F_OK) != 0);
}

TEST("a parser of strangers' files that breaks or wants all memory costs its own process only")
{
	struct val *given;
	CHECK_INT(quietly("breaks", &given), APART_FAULT);
	CHECK_INT(quietly("fills_arena", &given), APART_FAULT);
#ifndef WITH_ADDRESS_SANITIZER /* its allocator knows no such limit */
	CHECK_INT(quietly("fills_memory", &given), APART_FAULT);
#endif
	CHECK_INT(quietly("good", &given), APART_READ);
}

TEST("what a parser of strangers' files gives is taken up to the size its kind may give")
{
	struct apart_kind kind = *apart_bad_kind("good");
	struct val *given = NULL;
	struct buf b = {.arena = test_arena};
	CHECK_INT(apart_read(APART_ALONE, test_arena, &kind, S("stolen"), val_object(test_arena),
			     &given),
		  APART_READ);
	pack_write(&b, given);
	for (size_t less = 0; less < 2; less++) {
		kind.answer = b.n - less;
		CHECK_INT(apart_read(APART_ALONE, test_arena, &kind, S("stolen"),
				     val_object(test_arena), &given),
			  less ? APART_FAULT : APART_READ);
	}
}

TEST("a parser of strangers' files that never ends is ended, whether it computes or waits")
{
	struct val *given;
	time_t began = time(NULL);
	CHECK_INT(quietly("spins", &given), APART_SLOW);
	CHECK_INT(quietly("waits", &given), APART_SLOW);
	CHECK(time(NULL) - began < 30);
	CHECK(waitpid(-1, NULL, WNOHANG) <= 0); /* nobody is left behind */
}
