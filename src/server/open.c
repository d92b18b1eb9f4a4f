#include "server/open.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "core/mail.h"
#include "db/db.h"
#include "db/migrate.h"
#include "db/upkeep.h"
#include "server/upgrade.h"

bool open_libraries(void)
{
	if (sodium_init() < 0 || !mail_begin()) {
		fprintf(stderr, "waypost: the cryptographic libraries cannot be used\n");
		return false;
	}
	return true;
}

/* ---- keys ---- */

static int keys_problem(const char *path, const char *what, int code)
{
	fprintf(stderr, "waypost: keys file %s: %s\n", path, what);
	return code;
}

/* Else a power cut may take the new name away, and with it all that the keys seal. */
static bool sync_folder_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct str folder = slash ? (struct str){path, (size_t)(slash - path) + 1} : S(".");
	int fd = open(str_c(a, folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && !fsync(fd);
	if (fd >= 0)
		close(fd);
	return good;
}

static int make_keys(struct arena *a, const char *path)
{
	struct str line = str_fmt(a, STR_FMT "\n", STR_ARG(secret_new_key(a)));
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return keys_problem(path, strerror(errno), EXIT_FAILED);
	bool good = write(fd, line.p, line.n) == (ssize_t)line.n && !fsync(fd) &&
		    sync_folder_of(a, path);
	int why = errno;
	close(fd);
	if (good)
		return EXIT_OK;
	unlink(path);
	return keys_problem(path, strerror(why), EXIT_FAILED);
}

int open_keys(struct arena *a, const struct config *config, bool make, struct secrets *secrets)
{
	char text[128];
	struct stat info;
	const char *path = str_c(a, config->keys);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT && make) {
		int made = make_keys(a, path);
		if (made != EXIT_OK)
			return made;
		fd = open(path, O_RDONLY | O_CLOEXEC);
	}
	if (fd < 0)
		return keys_problem(path, strerror(errno), EXIT_FAILED);
	ssize_t n = read(fd, text, sizeof text);
	bool known = !fstat(fd, &info);
	close(fd);
	if (!known || n < 0)
		return keys_problem(path, strerror(errno), EXIT_FAILED);
	if (info.st_mode & 077)
		return keys_problem(path, "others can read it: chmod 600 it", EXIT_REFUSED);
	if (!secrets_from(secrets, str_trim((struct str){text, (size_t)n}), COST_SERVER))
		return keys_problem(
			path, "it holds no key of 64 hexadecimal digits: put the saved one back",
			EXIT_REFUSED);
	sodium_memzero(text, sizeof text);
	return EXIT_OK;
}

/* ---- database ---- */

static bool is_embedded(const struct command_call *call)
{
	return !strcmp(db_engine(call->db), "sqlite");
}

static int fit_schema(struct command_call *call, enum open_schema how)
{
	struct str backup;
	int has = db_schema_version(call->db, call->err), newest = db_schema_newest();
	if (call->err->kind != ERR_NONE)
		return EXIT_FAILED;
	if (has == newest)
		return EXIT_OK;
	if (has > newest) {
		fprintf(stderr,
			"waypost: the database was written by a newer program (schema %d, this one "
			"knows %d): install that one\n",
			has, newest);
		return EXIT_REFUSED;
	}
	if (how == SCHEMA_SERVE && (has == 0 || is_embedded(call)))
		return upgrade(call, has, &backup);
	if (has == 0) {
		fprintf(stderr, "waypost: " STR_FMT " is empty: run `waypost migrate` first\n",
			STR_ARG(config_masked(call->arena,
					      ((const struct config *)call->config)->db)));
		return EXIT_REFUSED;
	}
	fprintf(stderr,
		"waypost: the database has schema %d, this program wants %d: run `waypost "
		"migrate`, "
		"which backs it up first\n",
		has, newest);
	return EXIT_REFUSED;
}

int open_database(struct command_call *call, enum open_schema how)
{
	const struct config *config = call->config;
	call->db = db_open(str_c(call->arena, config->db), call->err);
	if (!call->db)
		return EXIT_FAILED;
	if (how != SCHEMA_SERVE)
		db_set_queue(call->db, db_queue_join(str_c(call->arena, config->db)));
	int code = how == SCHEMA_ANY ? EXIT_OK : fit_schema(call, how);
	if (call->err->kind == ERR_NONE)
		db_use(call->db, call->arena, call->err);
	return code;
}

void open_close(struct command_call *call)
{
	if (call->db)
		db_close(call->db);
	call->db = NULL;
}
