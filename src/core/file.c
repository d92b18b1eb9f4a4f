#include "core/file.h"

#include "base/arena.h"
#include "base/code.h"
#include "core/args.h"
#include "queries.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX = 20 * 1024 * 1024, HASH_TEXT = 64 };

static struct str hash_of(struct arena *a, struct str bytes)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(hash, (const unsigned char *)bytes.p, bytes.n);
	return hex_of(a, (struct str){(const char *)hash, sizeof hash});
}

static bool hash_ok(struct str hash)
{
	for (size_t i = 0; i < hash.n; i++)
		if (!strchr("0123456789abcdef", hash.p[i]) || !hash.p[i])
			return false;
	return hash.n == HASH_TEXT;
}

static const char *folder_of(struct arena *a, const struct file_store *in, struct str first_two)
{
	return str_c(a, str_fmt(a, "%s/" STR_FMT, in->folder, STR_ARG(first_two)));
}

static const char *path_of(struct arena *a, const struct file_store *in, struct str hash)
{
	return str_c(a, str_fmt(a, "%s/" STR_FMT, folder_of(a, in, str_sub(hash, 0, 2)),
				STR_ARG(str_from(hash, 2))));
}

static bool world_failed(struct err *err, const char *what)
{
	enum err_kind kind = errno == ENOSPC || errno == EDQUOT || errno == EFBIG || errno == EROFS
				     ? ERR_FULL
				     : ERR_FAILED;
	err_set(err, kind, "files: %s: %s", what, strerror(errno));
	return false;
}

static bool sync_folder(struct err *err, const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return world_failed(err, "open folder");
	bool ok = !fsync(fd);
	if (!ok)
		world_failed(err, "sync folder");
	close(fd);
	return ok;
}

static bool write_all(struct err *err, int fd, struct str bytes)
{
	while (bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return world_failed(err, "write");
		bytes = str_from(bytes, (size_t)n);
	}
	return !fsync(fd) || world_failed(err, "sync");
}

/* Under a name of its own first: two processes may store the same bytes at once, and neither sees
 * the other's half. */
static bool store(struct arena *a, struct err *err, const struct file_store *to, struct str hash,
		  struct str bytes)
{
	const char *folder = folder_of(a, to, str_sub(hash, 0, 2));
	const char *path = path_of(a, to, hash);
	if (!access(path, F_OK))
		return (!utimensat(AT_FDCWD, path, NULL, 0) || world_failed(err, "touch")) &&
		       sync_folder(err, folder); /* whoever stored it may not be so far */
	if (mkdir(folder, 0700) && errno != EEXIST)
		return world_failed(err, "make folder");
	char *temporary = (char *)str_c(a, str_fmt(a, "%s/new-XXXXXX", folder));
	int fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0)
		return world_failed(err, "make file");
	bool ok = write_all(err, fd, bytes);
	if (close(fd) && ok)
		ok = world_failed(err, "close");
	if (ok && rename(temporary, path))
		ok = world_failed(err, "rename");
	if (!ok) {
		unlink(temporary);
		return false;
	}
	return sync_folder(err, folder) && sync_folder(err, to->folder);
}

static bool taken(const char *const *types, const char *type)
{
	if (!types)
		return strcmp(type, "application/octet-stream") != 0;
	for (; *types; types++)
		if (!strcmp(*types, type))
			return true;
	return false;
}

int64_t file_put(struct db *db, struct arena *a, struct err *err, const struct file_store *to,
		 const struct file_sent *sent, enum file_refusal *why)
{
	const char *type = file_sniff(sent->bytes);
	int64_t max = to->max ? to->max : MAX;
	*why = !sent->bytes.n                 ? FILE_EMPTY
	       : (int64_t)sent->bytes.n > max ? FILE_TOO_LARGE
	       : !taken(sent->types, type)    ? FILE_KIND_NOT_TAKEN
					      : FILE_OK;
	if (*why != FILE_OK || err->kind != ERR_NONE)
		return 0;
	struct str bytes = file_without_exif(a, sent->bytes), hash = hash_of(a, bytes);
	if (!store(a, err, to, hash, bytes))
		return 0;
	return db_id(db, &q_file_add,
		     ARGS(a, ARG_AS("org", sent->org), ARG(hash),
			  ARG_AS("name", file_plain_name(a, sent->name)), ARG(type),
			  ARG_AS("size", (int64_t)bytes.n), ARG_AS("now", sent->now),
			  ARG_NULL("made_by", sent->made_by)));
}

struct val *file_row(struct db *db, struct arena *a, int64_t org, int64_t id)
{
	return db_row(db, &q_file_row, ARGS(a, ARG(org), ARG(id)));
}

struct mapping {
	void *p;
	size_t n;
};

static void unmap(void *mapping)
{
	const struct mapping *m = mapping;
	munmap(m->p, m->n);
}

struct str file_bytes(const struct file_store *from, struct arena *a, struct err *err,
		      struct str hash)
{
	struct stat st;
	struct str none = {0};
	if (!hash_ok(hash)) {
		err_set(err, ERR_FAILED, "files: not a hash");
		return none;
	}
	int fd = open(path_of(a, from, hash), O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) || !st.st_size) {
		world_failed(err, "open");
		if (fd >= 0)
			close(fd);
		return none;
	}
	struct mapping *m = arena_one(a, struct mapping);
	m->n = (size_t)st.st_size;
	m->p = mmap(NULL, m->n, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (m->p == MAP_FAILED) {
		world_failed(err, "map");
		return none;
	}
	arena_defer(a, unmap, m);
	struct str bytes = {m->p, m->n};
	if (str_eq(hash_of(a, bytes), hash))
		return bytes;
	err_set(err, ERR_FAILED, "files: bytes of " STR_FMT " are damaged", STR_ARG(hash));
	return none;
}

bool file_take(const struct file_store *to, struct arena *a, struct err *err, struct str hash,
	       struct str bytes)
{
	if (!hash_ok(hash) || !str_eq(hash_of(a, bytes), hash)) {
		err_set(err, ERR_FAILED, "files: bytes that are not of their hash");
		return false;
	}
	return store(a, err, to, hash, bytes);
}

void file_forget(struct db *db, struct arena *a, int64_t org, int64_t id)
{
	db_exec(db, &q_file_forget, ARGS(a, ARG(org), ARG(id)));
}

/* Old, and no row points at it. The age is looked at last: storing the same bytes again makes them
 * young before there is a row. */
static bool forgotten(struct db *db, struct arena *a, const struct err *err, struct str hash,
		      const char *path, int64_t before)
{
	struct stat st;
	int64_t holders = 0;
	if (hash_ok(hash))
		holders = db_id(db, &q_file_holders, ARGS(a, ARG(hash)));
	return err->kind == ERR_NONE && !holders && !stat(path, &st) && st.st_mtime < before;
}

static int64_t sweep_folder(struct db *db, struct arena *a, const struct err *err,
			    const char *folder, struct str first, int64_t before)
{
	int64_t gone = 0;
	DIR *dir = opendir(folder);
	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		struct str name = str_of(entry->d_name);
		struct str hash = str_fmt(a, STR_FMT STR_FMT, STR_ARG(first), STR_ARG(name));
		const char *path = str_c(a, str_fmt(a, "%s/%s", folder, entry->d_name));
		if (!hash_ok(hash) && !str_starts(name, S("new-")))
			continue;
		db_begin(db, DB_READ, 0);
		if (forgotten(db, a, err, hash, path, before))
			gone += !unlink(path);
		db_rollback(db);
	}
	if (dir)
		closedir(dir);
	return gone;
}

int64_t file_sweep(struct db *db, struct arena *a, struct err *err, const struct file_store *in,
		   int64_t before)
{
	int64_t gone = 0;
	for (int i = 0; i < 256 && err->kind == ERR_NONE; i++) {
		struct str first = str_fmt(a, "%02x", (unsigned)i);
		gone += sweep_folder(db, a, err, folder_of(a, in, first), first, before);
	}
	return gone;
}
