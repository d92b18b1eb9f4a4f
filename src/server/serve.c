#include "server/serve.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "core/file.h"
#include "db/queue.h"
#include "db/upkeep.h"
#include "server/clock.h"
#include "server/demo.h"
#include "server/features.h"
#include "server/http.h"
#include "server/log.h"
#include "server/metrics.h"
#include "server/open.h"
#include "server/process.h"
#include "server/reader.h"
#include "server/site.h"
#include "server/watch.h"

/* What the processes inherit from their parent. */
static struct {
	struct secrets secrets;
	struct queue *queue;
	int held;       /* the database file, or 0 */
	int queue_held; /* the queue's file, or 0 */
	struct metrics *metrics;
	struct str metrics_token;
	int watching; /* the socket of --metrics */
	struct reader_line line;
} inherited;

static int64_t clock_seconds(void)
{
	return (int64_t)time(NULL);
}

static struct site *make_site(struct arena *a, const struct config *config)
{
	struct site *site = site_new(a, config, features, &inherited.secrets, clock_seconds);
	site->queue = inherited.queue;
	site->metrics = inherited.metrics;
	site->metrics_token = inherited.metrics_token;
	site->apart.ask = inherited.line.ask;
	return site;
}

static int worker(const struct config *config, int listening, const volatile sig_atomic_t *stop)
{
	struct arena *a = arena_new(SIZE_MAX / 2);
	bool good = http_serve(make_site(a, config), listening, stop);
	if (!good)
		log_line("process", "what=cannot-serve");
	arena_free(a);
	return good ? EXIT_OK : EXIT_FAILED;
}

/* The processes that no browser speaks to. */
static int without_socket(const struct config *config, int listening,
			  const volatile sig_atomic_t *stop,
			  int (*work)(const struct site *, const volatile sig_atomic_t *))
{
	struct arena *a = arena_new(SIZE_MAX / 2);
	close(listening);
	int code = work(make_site(a, config), stop);
	arena_free(a);
	return code;
}

static int clock_process(const struct config *config, int listening,
			 const volatile sig_atomic_t *stop)
{
	return without_socket(config, listening, stop, clock_run);
}

static int post_process(const struct config *config, int listening,
			const volatile sig_atomic_t *stop)
{
	return without_socket(config, listening, stop, post_run);
}

static int watch_process(const struct config *config, int listening,
			 const volatile sig_atomic_t *stop)
{
	struct arena *a = arena_new(SIZE_MAX / 2);
	close(listening);
	int code = watch_run(make_site(a, config), inherited.watching, stop);
	arena_free(a);
	return code;
}

static void child_died(const char *role, pid_t pid)
{
	metrics_died(inherited.metrics, role, pid);
}

/* False with *problem: what watchers need cannot be had. */
static bool open_watch(struct command_call *call, struct str *problem)
{
	const struct config *config = call->config;
	inherited.metrics = metrics_new();
	inherited.watching = -1;
	log_counts_lost(&inherited.metrics->log_lost);
	if (config->metrics_token_file.n &&
	    !watch_token(call->arena, str_c(call->arena, config->metrics_token_file),
			 &inherited.metrics_token, problem))
		return false;
	if (config->metrics.n)
		inherited.watching =
			process_listen(call->arena, config->metrics, "metrics", problem);
	return !config->metrics.n || inherited.watching >= 0;
}

/* A password in a setting; a default is no secret, and cannot be written. */
static void wipe(const struct config *config, const char *name, struct str value)
{
	for (const struct setting *s = settings; s->name; s++)
		if (!strcmp(s->name, name) && config->from[s - settings] != FROM_DEFAULT)
			sodium_memzero((void *)(uintptr_t)value.p, value.n);
}

/* What it forks reads what strangers made: it forgets what they might look for, and what it shares
 * with the other processes is not shared with them. */
static int reader_process(const struct config *config, int listening,
			  const volatile sig_atomic_t *stop)
{
	close(listening);
	close(inherited.line.ask);
	if (inherited.held > 0)
		close(inherited.held);
	if (inherited.queue_held > 0)
		close(inherited.queue_held);
	if (inherited.watching >= 0)
		close(inherited.watching);
	queue_free(inherited.queue);
	madvise(inherited.metrics, sizeof *inherited.metrics, MADV_DONTFORK);
	sodium_memzero(&inherited.secrets, sizeof inherited.secrets);
	wipe(config, "db", config->db);
	wipe(config, "smtp", config->smtp);
	sodium_memzero((void *)(uintptr_t)inherited.metrics_token.p, inherited.metrics_token.n);
	return reader_run(inherited.line.hear, features, stop);
}

/* The children of a server that was killed end within this time, if no request runs. */
enum { PREDECESSOR_MS = 3000 };

static int hold_database(struct command_call *call)
{
	const struct config *config = call->config;
	struct err err = {0};
	inherited.held = db_hold(str_c(call->arena, config->db), PREDECESSOR_MS, &err);
	if (inherited.held >= 0)
		return EXIT_OK;
	fprintf(stderr, "waypost: %s%s\n", err.text,
		err.kind == ERR_RETRY ? " already: stop it, or choose another with --db" : "");
	return err.kind == ERR_RETRY ? EXIT_REFUSED : EXIT_FAILED;
}

/* The parent keeps no connection: none may be used across a fork. */
static int prepare(struct command_call *call)
{
	const struct config *config = call->config;
	int code = hold_database(call);
	if (code == EXIT_OK)
		code = open_keys(call->arena, config, true, &inherited.secrets);
	call->secrets = &inherited.secrets;
	if (code == EXIT_OK && mkdir(call->files->folder, 0700) && errno != EEXIST) {
		fprintf(stderr, "waypost: cannot make the folder %s: %s\n", call->files->folder,
			strerror(errno));
		code = EXIT_FAILED;
	}
	if (code == EXIT_OK)
		code = open_database(call, SCHEMA_SERVE);
	if (code == EXIT_OK && config->demo) {
		struct str base = str_fmt(call->arena, "http://" STR_FMT, STR_ARG(config->listen));
		if (!demo_fill(call->db, call->arena, call->err, base, call->now))
			code = EXIT_FAILED;
	}
	open_close(call);
	return code;
}

/* Where there can be no file, the server's own writers still queue. */
static void open_queue(struct command_call *call)
{
	const struct config *config = call->config;
	inherited.queue = db_queue_serve(str_c(call->arena, config->db), &inherited.queue_held);
	if (!inherited.queue)
		inherited.queue = queue_new();
}

int serve(struct command_call *call)
{
	const struct config *config = call->config;
	struct str problem = {0};
	if (!log_open(str_c(call->arena, config->log))) {
		fprintf(stderr, "waypost: cannot write the log file " STR_FMT ": %s\n",
			STR_ARG(config->log), strerror(errno));
		return EXIT_FAILED;
	}
	int listening = process_listen(call->arena, config->listen, "listen", &problem);
	if (listening < 0 || !open_watch(call, &problem)) {
		fprintf(stderr, "waypost: " STR_FMT "\n", STR_ARG(problem));
		return EXIT_REFUSED;
	}
	int code = prepare(call);
	if (code != EXIT_OK)
		return code;
	open_queue(call);
	if (!reader_open(&inherited.line)) {
		fprintf(stderr, "waypost: cannot make a socket: %s\n", strerror(errno));
		return EXIT_FAILED;
	}
	log_line("process", "what=listening on=" STR_FMT " port=%d", STR_ARG(config->listen),
		 process_port(listening));
	const struct process_role roles[] = {
		{"worker", worker, process_workers(config)},
		{"clock", clock_process, 1},
		{"post", post_process, config->smtp.n > 0},
		{"watch", watch_process, config->metrics.n > 0},
		{"reader", reader_process, 1},
		{0},
	};
	if (inherited.watching >= 0)
		log_line("process", "what=watching on=" STR_FMT " watch_port=%d",
			 STR_ARG(config->metrics), process_port(inherited.watching));
	return process_run(config, listening, roles, child_died);
}
