#include "server/upgrade.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/instant.h"
#include "core/term.h"
#include "db/db.h"
#include "db/migrate.h"
#include "server/config.h"
#include "server/copies.h"
#include "server/log.h"

/* "/srv/waypost.db" and schema 6: "/srv/waypost.db.schema-6-2026-11-27T20-15-00Z.tar". */
static const char *path_for(struct command_call *call, int has)
{
	const struct config *config = call->config;
	struct arena *a = call->arena;
	bool embedded = str_starts(config->db, S("sqlite:"));
	struct str base = embedded ? str_from(config->db, strlen("sqlite:")) : S("waypost");
	if (!embedded && !config->backup_dir.n) { /* beside the files */
		const char *files = str_c(a, config->files), *slash = strrchr(files, '/');
		base = str_fmt(a, "%.*s" STR_FMT, slash ? (int)(slash - files) + 1 : 0, files,
			       STR_ARG(base));
	}
	if (config->backup_dir.n) {
		const char *name = str_c(a, base), *slash = strrchr(name, '/');
		base = str_fmt(a, STR_FMT "/%s", STR_ARG(config->backup_dir),
			       slash ? slash + 1 : name);
	}
	char *when = (char *)(uintptr_t)str_c(a, instant_rfc3339(a, call->now));
	for (char *c = when; *c; c++)
		if (*c == ':')
			*c = '-';
	return str_c(a, str_fmt(a, STR_FMT ".schema-%d-%s.tar", STR_ARG(base), has, when));
}

static int back_up(struct command_call *call, int has, struct str *backup)
{
	const struct config *config = call->config;
	struct seal_key key;
	struct str problem = {0};
	int64_t files;
	struct copy_wanted wanted = {.path = path_for(call, has)};
	if (config->backup_key.n) {
		wanted.key = &key;
		if (!seal_key_read(call->arena, str_c(call->arena, config->backup_key), &key,
				   &problem)) {
			fprintf(stderr, "waypost: " STR_FMT "\n", STR_ARG(problem));
			return EXIT_REFUSED;
		}
	}
	if (!copy_make(call, &wanted, &files)) {
		fprintf(stderr, "waypost: no backup could be made, so nothing was migrated; mend "
				"that, or make "
				"one yourself and say --no-backup\n");
		return EXIT_REFUSED;
	}
	*backup = str_of(wanted.path);
	log_line("upgrade", "what=backup schema=%d file=%s", has, wanted.path);
	return EXIT_OK;
}

int upgrade(struct command_call *call, int has, struct str *backup)
{
	const struct config *config = call->config;
	*backup = (struct str){0};
	if (has > 0 && has < db_schema_newest() && !config->no_backup) {
		int code = back_up(call, has, backup);
		if (code != EXIT_OK)
			return code;
	}
	if (!db_migrate(call->db, call->err) ||
	    !term_ship_all(call->db, call->arena, call->err, call->now))
		return EXIT_FAILED;
	if (has > 0 && has < db_schema_newest())
		log_line("upgrade", "what=migrated from=%d to=%d", has, db_schema_newest());
	return EXIT_OK;
}
