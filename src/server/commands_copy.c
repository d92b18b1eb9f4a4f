/*
 * Backup and restore. A backup is a folder: waypost.db, a copy made while the server runs and
 * checked row by row, and files/, each checked against its hash. The keys are not in it: whoever
 * takes the backup should not read what they seal. Restoring never writes over anything.
 */
#include "server/commands.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "core/file.h"
#include "db/db.h"
#include "db/upkeep.h"
#include "queries.h"
#include "server/config.h"

static int refuse(const char *what, const char *why)
{
	fprintf(stderr, "waypost: %s: %s\n", what, why);
	return EXIT_REFUSED;
}

static const char *joined(struct arena *a, const char *folder, const char *name)
{
	return str_c(a, str_fmt(a, "%s/%s", folder, name));
}

static int make_folder(const char *path)
{
	if (!mkdir(path, 0700))
		return EXIT_OK;
	return refuse(path,
		      errno == EEXIST ? "is there already: name a new folder" : strerror(errno));
}

/* Every file that the rows of `db` name, from one folder to another. */
static int64_t copy_files(struct command_call *call, struct db *db, const struct file_store *from,
			  const struct file_store *to)
{
	struct arena *work = arena_new(SIZE_MAX / 2);
	struct str after = {0};
	int64_t copied = 0;
	struct val *page;
	do {
		struct val *p = val_object(call->arena);
		val_set_str(p, "after", after);
		db_use(db, call->arena, call->err);
		db_begin(db, DB_READ, 0);
		page = db_rows(db, &q_file_all, p);
		db_rollback(db);
		for (size_t i = 0; i < val_count(page) && call->err->kind == ERR_NONE; i++) {
			after = val_s(val_at(page, i), "hash");
			copied += file_copy(from, to, work, call->err, after);
			arena_reset(work);
		}
	} while (val_count(page) && call->err->kind == ERR_NONE);
	arena_free(work);
	return copied;
}

static struct str word(const struct command_call *call, size_t index)
{
	return val_get_str(val_at(val_get(call->args, "rest"), index));
}

static int backup_run(struct command_call *call)
{
	struct arena *a = call->arena;
	const char *folder = str_c(a, word(call, 0));
	if (!*folder)
		return refuse("backup", "say where to: waypost backup FOLDER");
	if (strcmp(db_engine(call->db), "sqlite"))
		return refuse("backup",
			      "use pg_dump for a PostgreSQL database, and copy the folder "
			      "of --files beside it");
	struct file_store files = {.folder = joined(a, folder, "files")};
	const char *database = joined(a, folder, "waypost.db");
	int code = make_folder(folder);
	if (code == EXIT_OK)
		code = make_folder(files.folder);
	if (code != EXIT_OK || !db_backup(call->db, database, call->err))
		return code == EXIT_OK ? EXIT_FAILED : code;
	struct db *copy = db_open(str_c(a, str_fmt(a, "sqlite:%s", database)), call->err);
	if (!copy)
		return EXIT_FAILED;
	int64_t count = copy_files(call, copy, call->files, &files);
	db_close(copy);
	if (call->err->kind != ERR_NONE)
		return EXIT_FAILED;
	printf("copied and checked: the database and %lld files; keep the keys file elsewhere\n",
	       (long long)count);
	return EXIT_OK;
}

static int restore_run(struct command_call *call)
{
	struct arena *a = call->arena;
	const struct config *config = call->config;
	const char *folder = str_c(a, word(call, 0)), *to = str_c(a, config->db);
	if (!*folder)
		return refuse("restore", "say from where: waypost restore FOLDER --db sqlite:NEW");
	if (strncmp(to, "sqlite:", 7))
		return refuse("restore", "a backup becomes a file: --db sqlite:NEW");
	struct stat info;
	if (stat(joined(a, folder, "waypost.db"), &info))
		return refuse(folder, "there is no waypost.db in it: is it a backup?");
	if (!stat(to + 7, &info))
		return refuse(to + 7, "is there already: name a new file");
	struct file_store from = {.folder = joined(a, folder, "files")};
	if (mkdir(call->files->folder, 0700) && errno != EEXIST)
		return refuse(call->files->folder, strerror(errno));
	struct db *copy = db_open(str_c(a, str_fmt(a, "sqlite:%s/waypost.db", folder)), call->err);
	if (!copy)
		return EXIT_FAILED;
	int64_t count = copy_files(call, copy, &from, call->files);
	if (call->err->kind ==
	    ERR_NONE) /* the database last: it is what makes a restore complete */
		db_backup(copy, to + 7, call->err);
	db_close(copy);
	if (call->err->kind != ERR_NONE)
		return EXIT_FAILED;
	printf("restored and checked: the database and %lld files; put the keys file back "
	       "as " STR_FMT "\n",
	       (long long)count, STR_ARG(config->keys));
	return EXIT_OK;
}

const struct command copy_commands[] = {
	{"backup", "FOLDER", "copy a running database and its files, and check the copy",
	 "FOLDER is made. The keys file is not copied: keep it elsewhere, nothing sealed can be "
	 "read\n"
	 "without it.",
	 .run = backup_run},
	{"restore", "FOLDER --db sqlite:NEW", "put a backup into a new database, and check it",
	 .run = restore_run, .flags = COMMAND_NO_DB},
	{0},
};
