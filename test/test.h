#pragma once
/*
 * The test harness. A test sits beside the code it proves, in a *_test.c file:
 *
 *   TEST("a name of one word is shown as it is") {
 *           CHECK_STR(name_shown(test_arena, S("Aicha")), "Aicha");
 *   }
 *
 * All of them are one program, `unit [-l] [-v] [-share=FILE] [TEXT…]`: with TEXT only those whose
 * sentence or file contains one of the texts; -l lists them, -v says each and how long it took; processes
 * of the same FILE, empty at first, share the tests. A failed CHECK is reported and the test goes on;
 * a failed NEED ends it. The last line is "N passed, N failed, N skipped".
 */
#include "base/arena.h"
#include "base/str.h"

struct test {
	const char *sentence, *file;
	void (*run)(void);
	struct test *next;
};

extern struct arena *test_arena; /* reset after each test */

void test_add(struct test *);
bool test_check(bool ok, const char *file, int line, const char *what);
bool test_check_str(struct str got, struct str want, const char *file, int line, const char *what);
bool test_check_int(int64_t got, int64_t want, const char *file, int line, const char *what);
void test_skip(const char *file, int line, const char *reason);
bool test_reviewed(struct str got, const char *path, const char *switch_name, const char *file,
		   int line);

static inline struct str test_same_str(struct str s)
{
	return s;
}

/* CHECK_STR and CHECK_INT take what was got first, then what is wanted; a text may be a struct str
 * or a C string on either side. */
#define TEST_STR(s)                                                                                \
	_Generic((s), struct str : test_same_str, char * : str_of, const char * : str_of)(s)
#define CHECK(condition)     test_check((condition), __FILE__, __LINE__, #condition)
#define CHECK_STR(got, want) test_check_str(TEST_STR(got), TEST_STR(want), __FILE__, __LINE__, #got)
#define CHECK_INT(got, want)                                                                       \
	test_check_int((int64_t)(got), (int64_t)(want), __FILE__, __LINE__, #got)
/* A text that a person reviewed and committed, line by line; with the switch in the environment it is
 * written anew, for them to look at the difference. */
#define CHECK_REVIEWED(got, path, switch_name)                                                     \
	test_reviewed((got), (path), (switch_name), __FILE__, __LINE__)
#define NEED(condition)                                                                            \
	do {                                                                                       \
		if (!CHECK(condition))                                                             \
			return;                                                                    \
	} while (0)
#define SKIP(reason)                                                                               \
	do {                                                                                       \
		test_skip(__FILE__, __LINE__, (reason));                                           \
		return;                                                                            \
	} while (0)

#define TEST_JOIN_(a, b) a##b
#define TEST_JOIN(a, b)  TEST_JOIN_(a, b)
#define TEST(sentence_)                                                                            \
	static void TEST_JOIN(test_run_, __LINE__)(void);                                          \
	__attribute__((constructor)) static void TEST_JOIN(test_add_, __LINE__)(void)              \
	{                                                                                          \
		static struct test test = {sentence_, __FILE__, TEST_JOIN(test_run_, __LINE__),    \
					   NULL};                                                  \
		test_add(&test);                                                                   \
	}                                                                                          \
	static void TEST_JOIN(test_run_, __LINE__)(void)
