/* Backup, restore and the keys of sealed files. */
#include "server/commands.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/upkeep.h"
#include "server/config.h"
#include "server/copies.h"

/* --key, else the setting. */
static int key_of(struct command_call *call, struct seal_key *room, const struct seal_key **key)
{
	const struct config *config = call->config;
	struct str path = val_s(call->args, "key");
	return command_key(call, path.n ? path : config->backup_key, room, key);
}

static int backup_run(struct command_call *call)
{
	struct seal_key room;
	struct copy_wanted wanted = {.path = command_word(call),
				     .files = !val_b(call->args, "no-files")};
	int64_t files = 0;
	if (!*wanted.path)
		return command_refuse("backup", "say where to: waypost backup FILE");
	if (!access(wanted.path, F_OK))
		return command_refuse(wanted.path, "is there already: name a new file");
	int code = key_of(call, &room, &wanted.key);
	if (code != EXIT_OK)
		return code;
	if (!copy_make(call, &wanted, &files) || !copy_noted(call, wanted.path))
		return EXIT_FAILED;
	printf("copied%s and checked: the database and %lld files; keep the keys file%s elsewhere\n"
	       "the database was %s; the archive was read again to its end\n",
	       wanted.key ? ", sealed" : "", (long long)files, wanted.key ? " and this key" : "",
	       db_verified(call->db));
	return EXIT_OK;
}

static int restore_run(struct command_call *call)
{
	struct seal_key room;
	const struct seal_key *key;
	const char *path = command_word(call);
	if (!*path)
		return command_refuse("restore", "say from where: waypost restore FILE --db URL");
	int code = key_of(call, &room, &key);
	return code == EXIT_OK ? copy_restore(call, path, key) : code;
}

static int key_run(struct command_call *call)
{
	const char *path = command_word(call);
	struct str problem = {0};
	if (!*path)
		return command_refuse("key", "say where to: waypost key FILE");
	if (!seal_key_make(call->arena, path, &problem)) {
		fprintf(stderr, "waypost: " STR_FMT "\n", STR_ARG(problem));
		return EXIT_REFUSED;
	}
	printf("made %s: keep a copy where the backups are not; without it nothing sealed with it "
	       "can be read\n",
	       path);
	return EXIT_OK;
}

static const struct option_row backup_options[] = {
	{"key", "FILE", "seal it with the key in FILE (`waypost key`); default: --backup-key"},
	{"no-files", NULL, "the database alone"},
	{0},
};

static const struct option_row restore_options[] = {
	{"key", "FILE", "the key it was sealed with; default: --backup-key"},
	{0},
};

const struct command copy_commands[] = {
	{"backup", "FILE [--key FILE]", "copy a running database and its files, and check the copy",
	 "FILE is made: an archive that tar reads, sealed where a key is named. The server goes "
	 "on\n"
	 "meanwhile. A PostgreSQL database is copied by pg_dump, which must be on PATH, and "
	 "restored\n"
	 "into a database of a moment for a trial where the role may make one.\n"
	 "The keys file is not copied: keep it elsewhere, nothing sealed can be read without it.",
	 backup_options, backup_run, 0},
	{"restore", "FILE --db URL [--key FILE]", "put a backup into a new database, and check it",
	 "All of FILE is read and checked before anything is touched. The database is a new file\n"
	 "(--db sqlite:NEW) or an empty PostgreSQL database, of the engine that the backup is of.\n"
	 "What people had erased since the backup is erased again when the server starts, from\n"
	 "the journal that --erased names: keep it with the keys.",
	 restore_options, restore_run, COMMAND_NO_DB},
	{"key", "FILE", "make a key that backups and exports are sealed with",
	 "FILE is made, for its owner only.", NULL, key_run, COMMAND_NO_DB},
	{0},
};
