#include "test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define ARENA_LIMIT    ((size_t)1 << 30)
#define SECONDS_A_TEST 300

struct arena *test_arena;

static struct test *first;
static const struct test *running;
static bool failed, skipped;

/* The last is run first: the long ones are the server's, and short ones fill the end of a shared run. */
void test_add(struct test *t)
{
	t->next = first;
	first = t;
}

/* The sentence is printed once, before the first thing that is said about it. */
static void say(const char *file, int line)
{
	if (!failed && !skipped)
		printf("%s\n", running->sentence);
	printf("    %s:%d: ", file, line);
}

bool test_check(bool ok, const char *file, int line, const char *what)
{
	if (!ok) {
		say(file, line);
		printf("not so: %s\n", what);
		failed = true;
	}
	return ok;
}

static void show(const char *label, struct str s)
{
	const size_t most = 2000;
	printf("        %s %zu: \"", label, s.n);
	for (size_t i = 0; i < s.n && i < most; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '\n')
			printf("\\n");
		else if (c < 32 || c == 127)
			printf("\\x%02x", c);
		else
			putchar(c);
	}
	printf("\"%s\n", s.n > most ? " and more" : "");
}

bool test_check_str(struct str got, struct str want, const char *file, int line, const char *what)
{
	bool ok = str_eq(got, want);
	if (!ok) {
		say(file, line);
		printf("%s\n", what);
		show("got ", got);
		show("want", want);
		failed = true;
	}
	return ok;
}

bool test_check_int(int64_t got, int64_t want, const char *file, int line, const char *what)
{
	bool ok = got == want;
	if (!ok) {
		say(file, line);
		printf("%s: got %lld, want %lld\n", what, (long long)got, (long long)want);
		failed = true;
	}
	return ok;
}

void test_skip(const char *file, int line, const char *reason)
{
	say(file, line);
	printf("skipped: %s\n", reason);
	skipped = true;
}

static void too_long(int signal)
{
	(void)signal;
	static const char words[] = "does not end: ";
	if (write(2, words, sizeof words - 1) < 0 ||
	    write(2, running->sentence, strlen(running->sentence)) < 0 || write(2, "\n", 1) < 0)
		_exit(3);
	_exit(2);
}

static bool wanted(const struct test *t, int count, char **texts)
{
	bool any = false;
	for (int i = 0; i < count; i++) {
		if (texts[i][0] == '-')
			continue;
		any = true;
		if (strstr(t->sentence, texts[i]) || strstr(t->file, texts[i]))
			return true;
	}
	return !any;
}

static bool has_option(int count, char **texts, const char *option)
{
	for (int i = 0; i < count; i++)
		if (strcmp(texts[i], option) == 0)
			return true;
	return false;
}

/* The number of the next test that nobody has taken, in a file that several processes share. */
static unsigned next_turn(int count, char **texts)
{
	static const char option[] = "-share=";
	static atomic_uint alone, *turns;
	for (int i = 0; i < count && !turns; i++) {
		if (strncmp(texts[i], option, sizeof option - 1))
			continue;
		int fd = open(texts[i] + sizeof option - 1, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
		if (fd < 0 || ftruncate(fd, sizeof *turns)) {
			perror(texts[i]);
			_exit(2);
		}
		turns = mmap(NULL, sizeof *turns, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
		close(fd);
		if (turns == MAP_FAILED) {
			perror(texts[i]);
			_exit(2);
		}
	}
	return atomic_fetch_add(turns ? turns : &alone, 1);
}

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	int passes = 0, failures = 0, skips = 0;
	bool list = has_option(argc - 1, argv + 1, "-l");
	bool verbose = has_option(argc - 1, argv + 1, "-v");
	unsigned number = 0, mine = next_turn(argc - 1, argv + 1);
	signal(SIGALRM, too_long);
	test_arena = arena_new(ARENA_LIMIT);
	for (running = first; running; running = running->next) {
		if (!wanted(running, argc - 1, argv + 1))
			continue;
		if (list) {
			printf("%s: %s\n", running->file, running->sentence);
			continue;
		}
		if (number++ != mine)
			continue;
		failed = skipped = false;
		double begun = seconds();
		alarm(SECONDS_A_TEST);
		running->run();
		alarm(0);
		if (verbose)
			printf("%s: %s (%.0f ms)\n", running->file, running->sentence,
			       (seconds() - begun) * 1000);
		arena_reset(test_arena);
		*(failed ? &failures : skipped ? &skips : &passes) += 1;
		fflush(stdout);
		mine = next_turn(argc - 1, argv + 1);
	}
	arena_free(test_arena);
	if (!list)
		printf("%d passed, %d failed, %d skipped\n", passes, failures, skips);
	return failures > 0;
}
