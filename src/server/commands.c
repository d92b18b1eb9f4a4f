#include "server/commands.h"

#include <stdio.h>

#include "base/arena.h"
#include "db/migrate.h"
#include "server/check.h"
#include "server/routes.h"
#include "server/serve.h"
#include "server/upgrade.h"

int command_refuse(const char *what, const char *why)
{
	fprintf(stderr, "waypost: %s: %s\n", what, why);
	return EXIT_REFUSED;
}

const char *command_word(const struct command_call *call)
{
	return str_c(call->arena, val_get_str(val_at(val_get(call->args, "rest"), 0)));
}

int command_key(struct command_call *call, struct str path, struct seal_key *room,
		const struct seal_key **key)
{
	struct str problem = {0};
	*key = NULL;
	if (!path.n)
		return EXIT_OK;
	if (!seal_key_read(call->arena, str_c(call->arena, path), room, &problem)) {
		fprintf(stderr, "waypost: " STR_FMT "\n", STR_ARG(problem));
		return EXIT_REFUSED;
	}
	*key = room;
	return EXIT_OK;
}

static int migrate_run(struct command_call *call)
{
	int before = db_schema_version(call->db, call->err), newest = db_schema_newest();
	if (call->err->kind != ERR_NONE)
		return EXIT_FAILED;
	if (before > newest) {
		fprintf(stderr,
			"waypost: the database has schema %d, this program knows %d: install a "
			"newer "
			"program\n",
			before, newest);
		return EXIT_REFUSED;
	}
	struct str backup;
	int code = upgrade(call, before, &backup);
	if (code != EXIT_OK)
		return code;
	printf("schema %d, was %d\n", newest, before);
	if (backup.n)
		printf("the database as it was: " STR_FMT "\n", STR_ARG(backup));
	return EXIT_OK;
}

const struct command server_commands[] = {
	{"serve", "[--db URL] [--listen ADDR:PORT] [--demo]",
	 "answer requests until SIGTERM or Ctrl-C",
	 "An embedded or an empty database is brought up to the program's schema first, after a\n"
	 "backup (--backup-dir); one on PostgreSQL that is older is left to `waypost migrate`.",
	 .run = serve, .flags = COMMAND_NO_DB},
	{"migrate", "[--db URL]", "bring the database up to the program's schema",
	 "A database that has rows is backed up first, into --backup-dir or beside the database;\n"
	 "where no backup can be made nothing is migrated, unless --no-backup is said.",
	 .run = migrate_run, .flags = COMMAND_ANY_SCHEMA},
	{"check", "", "show every setting and where it came from, and try them", .run = check_run,
	 .flags = COMMAND_NO_DB},
	{"routes", "", "list every address that is answered and the right it needs",
	 .run = routes_run, .flags = COMMAND_NO_DB},
	{0},
};
