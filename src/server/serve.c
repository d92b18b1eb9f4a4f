#include "server/serve.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "server/features.h"
#include "server/http.h"
#include "server/log.h"
#include "server/process.h"
#include "server/site.h"

static int64_t clock_seconds(void)
{
	return (int64_t)time(NULL);
}

static int worker(const struct config *config, int listening, const volatile sig_atomic_t *stop)
{
	struct arena *a = arena_new(SIZE_MAX / 2);
	struct site *site = site_new(a, config, features, clock_seconds);
	bool good = http_serve(site, listening, stop);
	if (!good)
		log_line("process", "what=cannot-serve");
	arena_free(a);
	return good ? EXIT_OK : EXIT_FAILED;
}

static int clock_process(const struct config *config, int listening,
			 const volatile sig_atomic_t *stop)
{
	(void)config;
	close(listening);
	while (!*stop)
		pause();
	return EXIT_OK;
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
	int listening = process_listen(call->arena, config->listen, &problem);
	if (listening < 0) {
		fprintf(stderr, "waypost: " STR_FMT "\n", STR_ARG(problem));
		return EXIT_REFUSED;
	}
	log_line("process", "what=listening on=" STR_FMT, STR_ARG(config->listen));
	return process_run(config, listening, worker, clock_process);
}
