#include "server/command.h"
#include "server/serve.h"

const struct command server_commands[] = {
	{.name = "serve",
	 .usage = "[--db URL] [--listen ADDR:PORT] [--demo] [--workers N]",
	 .summary = "answer requests until SIGTERM or Ctrl-C",
	 .run = serve,
	 .flags = COMMAND_NO_DB},
	{0},
};
