#include "smtp.h"

#include "base/json.h"

#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 4 * 1024 * 1024, PATIENCE = 2000, PATIENCE_AT_START = 20000 };

struct smtp {
	pid_t pid;
	int to, from; /* its input, its output */
	const char *url;
	char *line;
	size_t n;
};

static void stop(void *smtp)
{
	struct smtp *s = smtp;
	close(s->to); /* it ends with its input */
	close(s->from);
	waitpid(s->pid, NULL, 0);
}

/* The next line it says, or the empty str. */
static struct str line_of(struct smtp *s, int patience)
{
	s->n = 0;
	while (s->n < LINE_MAX_BYTES) {
		struct pollfd p = {s->from, POLLIN, 0};
		if (poll(&p, 1, patience) <= 0 || read(s->from, s->line + s->n, 1) != 1)
			return (struct str){0};
		if (s->line[s->n] == '\n')
			break;
		s->n++;
	}
	return str_dup(test_arena, (struct str){s->line, s->n});
}

struct smtp *smtp_start(const char *option, const char *value)
{
	char *const argv[] = {(char *)"node", (char *)"test/mail/server.mjs", (char *)option,
			      (char *)value, NULL};
	struct smtp *s = arena_one(test_arena, struct smtp);
	int in[2], out[2];
	posix_spawn_file_actions_t files;
	if (pipe(in) || pipe(out))
		return NULL;
	s->line = arena_alloc(test_arena, LINE_MAX_BYTES);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, in[0], 0);
	posix_spawn_file_actions_adddup2(&files, out[1], 1);
	posix_spawn_file_actions_addopen(&files, 2, "/dev/null", 1, 0);
	for (int i = 0; i < 2; i++) {
		posix_spawn_file_actions_addclose(&files, in[i]);
		posix_spawn_file_actions_addclose(&files, out[i]);
	}
	int failed = posix_spawnp(&s->pid, "node", &files, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&files);
	close(in[0]);
	close(out[1]);
	s->to = in[1];
	s->from = out[0];
	if (failed) {
		close(s->to);
		close(s->from);
		return NULL;
	}
	arena_defer(test_arena, stop, s);
	struct str port = line_of(s, PATIENCE_AT_START);
	s->url = str_c(test_arena, str_fmt(test_arena, "smtp://127.0.0.1:" STR_FMT, STR_ARG(port)));
	return port.n ? s : NULL;
}

const char *smtp_url(const struct smtp *s)
{
	return s->url;
}

struct val *smtp_next(struct smtp *s)
{
	struct json_error wrong;
	struct str line = line_of(s, PATIENCE);
	struct val *letter = line.n ? json_read(test_arena, line, LINE_MAX_BYTES, &wrong) : NULL;
	return letter ? letter : val_null();
}

struct str smtp_header(const struct val *letter, const char *key)
{
	const struct val *headers = val_get(letter, "headers");
	for (size_t i = 0; i < val_count(headers); i++)
		if (str_is(val_s(val_at(headers, i), "key"), key))
			return val_s(val_at(headers, i), "value");
	return (struct str){0};
}
