#include "db/db_sqlite.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unicode/ucol.h>
#include <unistd.h>

static struct sqlite *of(struct db *db)
{
	return (struct sqlite *)db;
}

/* Collations */

static int compare(void *collator, int a_bytes, const void *a, int b_bytes, const void *b)
{
	UErrorCode status = U_ZERO_ERROR;
	UCollationResult order = ucol_strcollUTF8(collator, a, a_bytes, b, b_bytes, &status);
	if (U_SUCCESS(status) && order != UCOL_EQUAL)
		return order == UCOL_LESS ? -1 : 1;
	/* PostgreSQL orders what the language holds equal by bytes. */
	int by_bytes = memcmp(a, b, (size_t)(a_bytes < b_bytes ? a_bytes : b_bytes));
	return by_bytes ? by_bytes : a_bytes - b_bytes;
}

static void close_collator(void *collator)
{
	ucol_close(collator);
}

/* "fr-CA-x-icu" is ICU's collation of the language tag before "-x-icu". */
static void collation_needed(void *nothing, sqlite3 *handle, int encoding, const char *name)
{
	(void)nothing, (void)encoding;
	struct str tag = str_of(name);
	char locale[40];
	UErrorCode status = U_ZERO_ERROR;
	if (!str_ends(tag, S("-x-icu")) || tag.n - 6 >= sizeof locale)
		return;
	snprintf(locale, sizeof locale, "%.*s", (int)tag.n - 6, tag.p);
	UCollator *collator = ucol_open(locale, &status);
	if (U_SUCCESS(status))
		sqlite3_create_collation_v2(handle, name, SQLITE_UTF8, collator, compare,
					    close_collator);
}

void sqlite_collations(sqlite3 *handle)
{
	sqlite3_collation_needed(handle, NULL, collation_needed);
}

/* Migrations */

void sqlite_script(struct db *db, const char *name, const char *sql)
{
	int code = sqlite3_exec(of(db)->handle, sql, NULL, NULL, NULL);
	if (code != SQLITE_OK)
		sqlite_failed(db, code, name);
}

/* With foreign keys on, dropping a table while rebuilding it would delete its children. */
void sqlite_migrating(struct db *db, bool on)
{
	sqlite_do(db, on ? "PRAGMA foreign_keys = OFF" : "PRAGMA foreign_keys = ON");
}

/* Checking and copying */

void sqlite_migrated(struct db *db)
{
	sqlite3_stmt *s = NULL;
	int code = sqlite3_prepare_v2(of(db)->handle, "PRAGMA foreign_key_check", -1, &s, NULL);
	if (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW)
		err_set(db->err, ERR_FAILED, "a row of %s points at a row of %s that is not there",
			sqlite3_column_text(s, 0), sqlite3_column_text(s, 2));
	else if (code != SQLITE_DONE)
		sqlite_failed(db, code, "foreign_key_check");
	sqlite3_finalize(s);
}

void sqlite_checkpoint(struct db *db)
{
	sqlite3_wal_checkpoint_v2(of(db)->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

/* flock() is told apart from the locks of fcntl() that SQLite takes on the same file (flock(2), notes)
 * and goes with the open file to every child. It stays open: closing it would drop SQLite's locks. */
int sqlite_hold(const char *path, int milliseconds, struct err *err)
{
	enum { LOOK_AGAIN_MS = 50 };
	static const struct timespec nap = {.tv_nsec = LOOK_AGAIN_MS * 1000000L};
	int fd = open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0) {
		err_set(err, ERR_FAILED, "%s: %s", path, strerror(errno));
		return -1;
	}
	while (flock(fd, LOCK_EX | LOCK_NB)) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			err_set(err, ERR_FAILED, "%s: cannot be held: %s", path, strerror(errno));
		else if (milliseconds <= 0)
			err_set(err, ERR_RETRY, "%s: another program serves this database", path);
		if (err->kind) {
			close(fd);
			return -1;
		}
		nanosleep(&nap, NULL);
		milliseconds -= LOOK_AGAIN_MS;
	}
	return fd;
}

/* In one step: a writer in between would make it begin again. Writers do not wait for it. */
static void copy(struct db *db, sqlite3 *to)
{
	sqlite3_backup *b = sqlite3_backup_init(to, "main", of(db)->handle, "main");
	int code = b ? sqlite3_backup_step(b, -1) : sqlite3_errcode(to);
	sqlite3_backup_finish(b);
	if (code != SQLITE_DONE)
		err_set(db->err, (code & 0xff) == SQLITE_FULL ? ERR_FULL : ERR_FAILED, "backup: %s",
			sqlite3_errstr(code));
}

static void sync_folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char folder[4096] = ".";
	if (slash)
		snprintf(folder, sizeof folder, "%.*s", (int)(slash - path) + 1, path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
}

static void verify(struct db *db, const char *path)
{
	struct db *made = sqlite_open(path, db->err);
	if (!made)
		return;
	made->err = db->err;
	sqlite_check(made);
	db_close(made);
}

void sqlite_backup(struct db *db, const char *to_path)
{
	char part[4096];
	int n = snprintf(part, sizeof part, "%s.part", to_path);
	if (n >= (int)sizeof part || !access(to_path, F_OK)) {
		err_set(db->err, ERR_FAILED, "%s: there is a file of this name already", to_path);
		return;
	}
	unlink(part);
	int fd = open(part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) {
		err_set(db->err, ERR_FAILED, "%s: cannot be written", part);
		return;
	}
	sqlite3 *to = NULL;
	if (sqlite3_open_v2(part, &to, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
		copy(db, to);
	else
		err_set(db->err, ERR_FAILED, "%s: cannot be written", part);
	sqlite3_close(to);
	if (!db->err->kind)
		verify(db, part);
	if (!db->err->kind && (fsync(fd) || rename(part, to_path)))
		err_set(db->err, ERR_FAILED, "%s: cannot be written", to_path);
	close(fd);
	db->verified = "opened and checked from end to end";
	if (db->err->kind)
		unlink(part);
	else
		sync_folder_of(to_path);
}
