#include "server/copies.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/instant.h"
#include "core/archive.h"
#include "core/args.h"
#include "core/file.h"
#include "db/db.h"
#include "db/migrate.h"
#include "db/upkeep.h"
#include "queries.h"
#include "server/commands.h"
#include "server/config.h"

enum { FILE_MOST = 1 << 30 };

#define FORMAT "waypost-backup-1"

static bool good(const struct command_call *call)
{
	return call->err->kind == ERR_NONE;
}

static bool embedded(struct str url)
{
	return str_starts(url, S("sqlite:"));
}

static const char *entry_of(struct str engine)
{
	return str_is(engine, "sqlite") ? "waypost.db" : "waypost.dump";
}

/* ---- a folder of a moment, for the database's own copy ---- */

static const char *folder_make(struct command_call *call)
{
	const struct config *config = call->config;
	const char *temporary = getenv("TMPDIR");
	struct str base = embedded(config->db)      ? str_from(config->db, strlen("sqlite:"))
			  : temporary && *temporary ? str_fmt(call->arena, "%s/waypost", temporary)
						    : S("/tmp/waypost");
	char *path = (char *)(uintptr_t)str_c(
		call->arena, str_fmt(call->arena, STR_FMT ".copy-XXXXXX", STR_ARG(base)));
	if (mkdtemp(path))
		return path;
	err_set(call->err, ERR_FAILED, "%s: %s", path, strerror(errno));
	return NULL;
}

static void folder_gone(const char *folder, const char *file)
{
	unlink(file);
	rmdir(folder);
}

/* ---- making ---- */

/* The hashes of all files, sorted. */
static struct val *hashes_of(struct command_call *call)
{
	struct val *all = val_list(call->arena), *page;
	struct str after = {0};
	db_use(call->db, call->arena, call->err);
	do {
		db_begin(call->db, DB_READ, 0);
		page = db_rows(call->db, &q_file_all, ARGS(call->arena, ARG(after)));
		db_rollback(call->db);
		for (size_t i = 0; i < val_count(page); i++) {
			after = val_s(val_at(page, i), "hash");
			val_push(all, val_text(call->arena, after));
		}
	} while (val_count(page) && good(call));
	return all;
}

static void add_file(struct command_call *call, struct archive *to, struct str hash,
		     struct arena *work)
{
	struct str bytes = file_bytes(call->files, work, call->err, hash);
	const char *name =
		str_c(call->arena, str_fmt(call->arena, "files/" STR_FMT, STR_ARG(hash)));
	if (good(call))
		archive_add(to, name, bytes);
	arena_reset(work);
}

/* Files of two sorted lists, each once: those that were there before the database was copied, and
 * those that came while it was. */
static int64_t add_files(struct command_call *call, struct archive *to, const struct val *before,
			 const struct val *after)
{
	struct arena *work = arena_new(SIZE_MAX / 2);
	int64_t count = 0;
	for (size_t i = 0, j = 0; (i < val_count(before) || j < val_count(after)) && good(call);) {
		struct str x = val_get_str(val_at(before, i)), y = val_get_str(val_at(after, j));
		int order = !x.n ? 1 : !y.n ? -1 : str_cmp(x, y);
		add_file(call, to, order <= 0 ? x : y, work);
		count++;
		i += order <= 0;
		j += order >= 0;
	}
	arena_free(work);
	return count;
}

static struct val *manifest_of(struct command_call *call, bool files)
{
	struct val *m = val_object(call->arena);
	struct str engine = str_of(db_engine(call->db));
	val_set_str(m, "format", S(FORMAT));
	val_set_str(m, "engine", engine);
	val_set_int(m, "schema", db_schema_version(call->db, call->err));
	val_set_int(m, "made_at", call->now);
	val_set_str(m, "database", str_of(entry_of(engine)));
	val_set_bool(m, "files", files);
	return m;
}

bool copy_make(struct command_call *call, const struct copy_wanted *wanted, int64_t *files)
{
	struct val *none = val_list(call->arena), *before = wanted->files ? hashes_of(call) : none;
	struct val *manifest = manifest_of(call, wanted->files);
	const char *folder = good(call) ? folder_make(call) : NULL;
	if (!folder)
		return false;
	const char *name = entry_of(str_of(db_engine(call->db)));
	const char *copy = str_c(call->arena, str_fmt(call->arena, "%s/%s", folder, name));
	if (db_backup(call->db, copy, call->err)) {
		struct val *after = wanted->files ? hashes_of(call) : none;
		struct archive *to = archive_create(call->arena, wanted->path, wanted->key,
						    manifest, call->now, call->err);
		archive_add_file(to, name, copy);
		*files = add_files(call, to, before, after);
		if (archive_finish(to) && !archive_verify(wanted->path, wanted->key, call->err))
			unlink(wanted->path);
	}
	folder_gone(folder, copy);
	return good(call);
}

bool copy_noted(struct command_call *call, const char *path)
{
	const char *slash = strrchr(path, '/');
	db_use(call->db, call->arena, call->err);
	db_begin(call->db, DB_WRITE, 0);
	db_exec(call->db, &q_server_state_put,
		ARGS(call->arena, ARG_AS("name", "backup"), ARG_AS("at", call->now),
		     ARG_AS("words", slash ? slash + 1 : path)));
	return db_commit(call->db);
}

/* ---- restoring ---- */

static bool is_empty(struct command_call *call)
{
	const struct config *config = call->config;
	struct db *db = db_open(str_c(call->arena, config->db), call->err);
	int has = db ? db_schema_version(db, call->err) : 0;
	if (has)
		command_refuse("restore",
			       "the database is not empty: make a new one with createdb");
	db_close(db);
	return good(call) && !has;
}

/* Does the archive fit this program and these settings? */
static int fits(struct command_call *call, const char *path, const struct val *manifest)
{
	const struct config *config = call->config;
	struct stat info;
	struct str to = config->db, engine = val_s(manifest, "engine");
	if (!str_is(val_s(manifest, "format"), FORMAT))
		return command_refuse(
			path, "it is no backup: an organisation comes in by `waypost import`");
	if (val_i(manifest, "schema") > db_schema_newest())
		return command_refuse(path, "it was written by a newer program: install that one");
	if (str_is(engine, "sqlite") != embedded(to))
		return command_refuse(
			path, embedded(to) ? "it is of a PostgreSQL database: --db postgresql://…"
					   : "it is of an embedded database: --db sqlite:NEW");
	if (embedded(to) && !stat(str_c(call->arena, str_from(to, strlen("sqlite:"))), &info))
		return command_refuse(str_c(call->arena, to), "is there already: name a new file");
	if (!embedded(to) && !is_empty(call))
		return EXIT_REFUSED;
	if (mkdir(call->files->folder, 0700) && errno != EEXIST)
		return command_refuse(call->files->folder, strerror(errno));
	return EXIT_OK;
}

static int64_t take_out(struct command_call *call, struct archive *from, const char *database,
			const char *to)
{
	struct arena *work = arena_new(SIZE_MAX / 2);
	struct str name;
	int64_t files = 0;
	while (archive_next(from, &name)) {
		if (str_is(name, database))
			archive_extract(from, to);
		if (!str_starts(name, S("files/")))
			continue;
		struct str bytes = archive_bytes(from, work, FILE_MOST);
		if (good(call))
			file_take(call->files, work, call->err, str_from(name, 6), bytes);
		files++;
		arena_reset(work);
	}
	arena_free(work);
	return files;
}

/* The database last: it is what makes a restore complete. */
static int put_back(struct command_call *call, struct archive *from, const struct val *manifest)
{
	const struct config *config = call->config;
	const char *name = entry_of(val_s(manifest, "engine")), *folder = folder_make(call);
	if (!folder)
		return EXIT_FAILED;
	const char *copy = str_c(call->arena, str_fmt(call->arena, "%s/%s", folder, name));
	int64_t files = take_out(call, from, name, copy);
	if (good(call))
		db_restore(str_c(call->arena, config->db), copy, call->err);
	folder_gone(folder, copy);
	if (!good(call))
		return EXIT_FAILED;
	printf("restored and checked: the database (schema %lld) and ",
	       (long long)val_i(manifest, "schema"));
	if (val_b(manifest, "files"))
		printf("%lld files", (long long)files);
	else
		printf("no files, since none are in it: those in %s stay as they are",
		       call->files->folder);
	printf("; put the keys file back as " STR_FMT "\n", STR_ARG(config->keys));
	return EXIT_OK;
}

int copy_restore(struct command_call *call, const char *path, const struct seal_key *key)
{
	struct val *manifest;
	if (!archive_verify(path, key, call->err))
		return EXIT_REFUSED;
	struct archive *from = archive_open(call->arena, path, key, &manifest, call->err);
	int code = good(call) ? fits(call, path, manifest) : EXIT_FAILED;
	if (code == EXIT_OK)
		code = put_back(call, from, manifest);
	archive_close(from);
	return code;
}
