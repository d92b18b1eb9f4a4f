#pragma once
/*
 * The real program, started and stopped by a test: for what only processes, sockets and signals can
 * show. It is the one built beside the tests; where it is missing the test is skipped.
 */
#include "test.h"

#include <sys/types.h>

struct program {
	char folder[64]; /* of its own, with the database, the keys and the log */
	pid_t pid;
	int port;
};

bool program_is_built(void);
#define NEED_PROGRAM()                                                                             \
	do {                                                                                       \
		if (!program_is_built())                                                           \
			SKIP("the program is not built beside the tests");                         \
	} while (0)

/* Runs a command to its end; what it wrote (both streams) is in *output. Its exit code, 128 + the
 * signal that ended it. `input` is its standard input. Ends with NULL. */
int program_run(struct str *output, const char *input, const char *word, ...)
	__attribute__((sentinel));
/* `waypost serve` in a new folder, on a free port; false if it does not come up. */
bool program_serve(struct program *);
/* The same in the folder that is there, with further words, which count more (NULL at the end). */
bool program_start(struct program *, const char *const *more);
/* In a new folder, but its log goes to `log`, or (where that is "") to the file `output`: nothing
 * is known of it but that it accepts connections. */
bool program_serve_unheard(struct program *, const char *log, int output);
int program_stop(
	struct program *); /* SIGTERM; its exit code; the folder stays until program_gone() */
void program_gone(struct program *);

const char *program_path(const struct program *, const char *name); /* in its folder */
/* Is this in what a program wrote? If not, the test's output says what was there instead. */
bool program_has(struct str text, const char *wanted);
struct str program_log(const struct program *);
/* The number after `name=` in the last log line that contains `with`; 0 if there is none. */
int64_t program_logged(const struct program *, const char *with, const char *name);
/* Waits until the log has `text` so many times; false after ten seconds. */
bool program_says(const struct program *, const char *text, int times);

int program_connect(const struct program *); /* a socket */
bool program_send(int socket, const char *text);
struct str program_answer(int socket); /* all of it, until the other end closes */
/* One request from beginning to end. */
struct str program_ask(const struct program *, const char *request);
