/* Backup, restore and the keys of sealed files. */
#include "server/commands.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/sealed.h"
#include "db/upkeep.h"
#include "server/config.h"
#include "server/copies.h"

static int refuse(const char *what, const char *why)
{
	fprintf(stderr, "waypost: %s: %s\n", what, why);
	return EXIT_REFUSED;
}

static const char *first_word(const struct command_call *call)
{
	return str_c(call->arena, val_get_str(val_at(val_get(call->args, "rest"), 0)));
}

/* --key, else the setting; *key is NULL where neither is. */
static int key_of(struct command_call *call, struct seal_key *room, const struct seal_key **key)
{
	const struct config *config = call->config;
	struct str path = val_s(call->args, "key"), problem = {0};
	if (!path.n)
		path = config->backup_key;
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

static int backup_run(struct command_call *call)
{
	struct seal_key room;
	struct copy_wanted wanted = {.path = first_word(call),
				     .files = !val_b(call->args, "no-files")};
	int64_t files = 0;
	if (!*wanted.path)
		return refuse("backup", "say where to: waypost backup FILE");
	if (!access(wanted.path, F_OK))
		return refuse(wanted.path, "is there already: name a new file");
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
	const char *path = first_word(call);
	if (!*path)
		return refuse("restore", "say from where: waypost restore FILE --db URL");
	int code = key_of(call, &room, &key);
	return code == EXIT_OK ? copy_restore(call, path, key) : code;
}

static int key_run(struct command_call *call)
{
	const char *path = first_word(call);
	struct str problem = {0};
	if (!*path)
		return refuse("key", "say where to: waypost key FILE");
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
