#include "disk.h"

#include "base/err.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

enum {
	FILES_MAX = 12,
	IMAGE_MAX = 64 << 20,
	WRITES_MAX = 20000, /* that no sync followed */
	SECTOR = 512,
	LOCKS = SQLITE_SHM_NLOCK,
	REGIONS = 8,
	REGION_BYTES = 32 * 1024,
};

struct image {
	char *p; /* IMAGE_MAX bytes, zero after the end */
	int64_t n;
};

/* One that is not safe yet. A cut-off has no bytes. */
struct change {
	int64_t at, n, bytes; /* `bytes`: where they lie in the file's log */
};

struct file {
	char name[512];
	bool there, named; /* for programs; after a power cut */
	bool log_like;     /* SQLite's own VFS syncs the folder with its first sync */
	struct image now, safe, log;
	struct change changes[WRITES_MAX];
	int change_count;
	int shared, users;
	struct handle *reserved, *exclusive;
	char *regions[REGIONS];
	int shm_shared[LOCKS];
	struct handle *shm_exclusive[LOCKS];
};

/* What SQLite allocates for an open file. */
struct handle {
	sqlite3_file base;
	struct file *file;
	int level;
	unsigned shm_shared;
};

static struct {
	sqlite3_vfs vfs, *real;
	struct disk disk;
	uint64_t random;
	bool busy; /* in `before` */
	struct file *files[FILES_MAX];
} all;

/* ---- images ---- */

static void *zeroes(size_t n)
{
	void *p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
		       -1, 0);
	MUST(p != MAP_FAILED);
	return p;
}

static void image_write(struct image *to, int64_t at, const void *bytes, int64_t n)
{
	MUST(at >= 0 && at + n <= IMAGE_MAX);
	if (!to->p)
		to->p = zeroes(IMAGE_MAX);
	memcpy(to->p + at, bytes, (size_t)n);
	if (at + n > to->n)
		to->n = at + n;
}

static void image_cut(struct image *i, int64_t n)
{
	if (n < i->n)
		memset(i->p + n, 0, (size_t)(i->n - n));
	if (n < i->n)
		i->n = n;
}

static void image_copy(struct image *to, const struct image *from)
{
	image_cut(to, 0);
	if (from->n)
		image_write(to, 0, from->p, from->n);
}

uint64_t disk_random(uint64_t below)
{
	uint64_t x = all.random; /* xorshift64 */
	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	all.random = x;
	return x % below;
}

/* ---- files ---- */

static struct file *find(const char *name)
{
	for (int i = 0; i < FILES_MAX; i++)
		if (all.files[i] && !strcmp(all.files[i]->name, name))
			return all.files[i];
	return NULL;
}

static struct file *find_or_make(const char *name)
{
	struct file *f = find(name);
	for (int i = 0; i < FILES_MAX && !f; i++)
		if (!all.files[i]) {
			f = all.files[i] = zeroes(sizeof *f);
			snprintf(f->name, sizeof f->name, "%s", name);
		}
	MUST(f);
	return f;
}

static struct file *log_of(const char *path, bool make)
{
	char name[512];
	snprintf(name, sizeof name, "%s-wal", path);
	return make ? find_or_make(name) : find(name);
}

static void empty(struct file *f)
{
	MUST(f->users == 0);
	image_cut(&f->now, 0);
	image_cut(&f->safe, 0);
	f->log.n = f->change_count = 0;
	f->there = f->named = false;
	for (int i = 0; i < REGIONS; i++)
		if (f->regions[i])
			memset(f->regions[i], 0, REGION_BYTES);
}

static void free_file(struct file *f)
{
	struct image *images[] = {&f->now, &f->safe, &f->log};
	for (int i = 0; i < 3; i++)
		if (images[i]->p)
			munmap(images[i]->p, IMAGE_MAX);
	for (int i = 0; i < REGIONS; i++)
		if (f->regions[i])
			munmap(f->regions[i], REGION_BYTES);
	munmap(f, sizeof *f);
}

void disk_put(const char *path, struct str bytes)
{
	struct file *f = find_or_make(path);
	empty(f);
	f->there = f->named = true;
	image_write(&f->now, 0, bytes.p, (int64_t)bytes.n);
	image_write(&f->safe, 0, bytes.p, (int64_t)bytes.n);
}

void disk_forget(const char *path)
{
	struct file *both[] = {find(path), log_of(path, false)};
	for (int i = 0; i < 2; i++)
		if (both[i])
			empty(both[i]);
}

/* ---- what is written, synced and cut ---- */

static void tell(void)
{
	if (!all.disk.before || all.busy)
		return;
	all.busy = true;
	all.disk.before(all.disk.context);
	all.busy = false;
}

static void remember(struct file *f, int64_t at, const void *bytes, int64_t n)
{
	MUST(f->change_count < WRITES_MAX);
	f->changes[f->change_count++] = (struct change){at, n, f->log.n};
	if (n)
		image_write(&f->log, f->log.n, bytes, n);
}

static void apply(const struct file *f, const struct change *c, struct image *to)
{
	if (c->n)
		image_write(to, c->at, f->log.p + c->bytes, c->n);
	else
		image_cut(to, c->at);
}

static void make_safe(struct file *f)
{
	if (!f->named)
		image_cut(&f->safe, 0); /* it may have been another of this name */
	for (int i = 0; i < f->change_count; i++)
		apply(f, &f->changes[i], &f->safe);
	f->log.n = f->change_count = 0;
	for (int i = 0; i < FILES_MAX && f->log_like && !f->named; i++)
		if (all.files[i] && all.files[i] != f)
			all.files[i]->named = all.files[i]->there;
	f->named = f->named || f->log_like;
}

/* Any of the sectors that a write touched: `of` in four. */
static void apply_some(const struct file *f, const struct change *c, struct image *to, unsigned of)
{
	if (!c->n && disk_random(4) < of)
		image_cut(to, c->at);
	for (int64_t done = 0; done < c->n;) {
		int64_t n = SECTOR - (c->at + done) % SECTOR;
		if (n > c->n - done)
			n = c->n - done;
		if (disk_random(4) < of)
			image_write(to, c->at + done, f->log.p + c->bytes + done, n);
		done += n;
	}
}

static void cut_file(const struct file *f, struct file *to)
{
	unsigned of = (unsigned)disk_random(5); /* none, …, all */
	empty(to);
	bool there = f->named || (f->there && disk_random(2));
	if (!f->there && f->named) /* deleted, and the folder not synced */
		there = disk_random(2);
	if (!there)
		return;
	image_copy(&to->now, &f->safe);
	for (int i = 0; i < f->change_count; i++)
		apply_some(f, &f->changes[i], &to->now, of);
	image_copy(&to->safe, &to->now);
	to->there = to->named = true;
}

void disk_cut(const char *path, const char *to)
{
	const struct file *f = find(path), *log = log_of(path, false);
	MUST(f);
	cut_file(f, find_or_make(to));
	if (log)
		cut_file(log, log_of(to, true));
}

/* ---- SQLite's methods of a file ---- */

static struct file *of(sqlite3_file *base)
{
	return ((struct handle *)(void *)base)->file;
}

static int file_unlock(sqlite3_file *base, int level)
{
	struct handle *h = (struct handle *)(void *)base;
	if (level < SQLITE_LOCK_RESERVED) {
		h->file->reserved = h->file->reserved == h ? NULL : h->file->reserved;
		h->file->exclusive = h->file->exclusive == h ? NULL : h->file->exclusive;
	}
	if (level == SQLITE_LOCK_NONE && h->level > SQLITE_LOCK_NONE)
		h->file->shared--;
	if (level < h->level)
		h->level = level;
	return SQLITE_OK;
}

static int file_lock(sqlite3_file *base, int level)
{
	struct handle *h = (struct handle *)(void *)base;
	struct file *f = h->file;
	if (h->level >= level)
		return SQLITE_OK;
	if (f->exclusive && f->exclusive != h)
		return SQLITE_BUSY;
	if (level == SQLITE_LOCK_SHARED)
		f->shared++;
	if (level >= SQLITE_LOCK_RESERVED) {
		if (f->reserved && f->reserved != h)
			return SQLITE_BUSY;
		f->reserved = h;
	}
	if (level == SQLITE_LOCK_EXCLUSIVE) {
		if (f->shared > 1)
			return SQLITE_BUSY;
		f->exclusive = h;
	}
	h->level = level;
	return SQLITE_OK;
}

static int file_reserved(sqlite3_file *base, int *yes)
{
	*yes = of(base)->reserved != NULL;
	return SQLITE_OK;
}

static int file_close(sqlite3_file *base)
{
	file_unlock(base, SQLITE_LOCK_NONE);
	of(base)->users--;
	return SQLITE_OK;
}

static int file_read(sqlite3_file *base, void *to, int n, sqlite3_int64 at)
{
	const struct image *i = &of(base)->now;
	int64_t have = at >= i->n ? 0 : i->n - at < n ? i->n - at : n;
	memset(to, 0, (size_t)n);
	if (have)
		memcpy(to, i->p + at, (size_t)have);
	return have == n ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int refusal(void)
{
	return all.disk.fails ? SQLITE_IOERR_WRITE : all.disk.read_only ? SQLITE_READONLY : 0;
}

static int file_write(sqlite3_file *base, const void *bytes, int n, sqlite3_int64 at)
{
	struct file *f = of(base);
	tell();
	if (refusal())
		return refusal();
	int64_t grows = at + n > f->now.n ? at + n - f->now.n : 0;
	if (grows && all.disk.room >= 0 && grows > all.disk.room)
		return SQLITE_FULL;
	if (all.disk.room >= 0)
		all.disk.room -= grows;
	remember(f, at, bytes, n);
	image_write(&f->now, at, bytes, n);
	return SQLITE_OK;
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 n)
{
	tell();
	if (refusal())
		return refusal();
	remember(of(base), n, NULL, 0);
	image_cut(&of(base)->now, n);
	return SQLITE_OK;
}

static int file_sync(sqlite3_file *base, int flags)
{
	(void)flags;
	tell();
	if (all.disk.fails)
		return SQLITE_IOERR_FSYNC;
	if (!all.disk.lies)
		make_safe(of(base));
	return SQLITE_OK;
}

static int file_size(sqlite3_file *base, sqlite3_int64 *n)
{
	*n = of(base)->now.n;
	return SQLITE_OK;
}

static int file_control(sqlite3_file *base, int what, void *argument)
{
	(void)base, (void)what, (void)argument;
	return SQLITE_NOTFOUND;
}

static int file_sector(sqlite3_file *base)
{
	(void)base;
	return SECTOR;
}

/* What SQLite's own VFS says of a Linux disk. */
static int file_traits(sqlite3_file *base)
{
	(void)base;
	return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

/* ---- the log's index, which lies in memory and is lost with it ---- */

static int shm_map(sqlite3_file *base, int number, int size, int extend, void volatile **to)
{
	struct file *f = of(base);
	MUST(number < REGIONS && size == REGION_BYTES);
	if (!f->regions[number] && extend)
		f->regions[number] = zeroes(REGION_BYTES);
	*to = f->regions[number];
	return SQLITE_OK;
}

static int shm_lock_one(struct handle *h, int i, int flags)
{
	struct file *f = h->file;
	bool mine = h->shm_shared & 1u << i;
	if (flags & SQLITE_SHM_UNLOCK) {
		f->shm_shared[i] -= mine;
		h->shm_shared &= ~(1u << i);
		f->shm_exclusive[i] = f->shm_exclusive[i] == h ? NULL : f->shm_exclusive[i];
		return SQLITE_OK;
	}
	if (f->shm_exclusive[i] && f->shm_exclusive[i] != h)
		return SQLITE_BUSY;
	if (flags & SQLITE_SHM_EXCLUSIVE) {
		if (f->shm_shared[i] > mine)
			return SQLITE_BUSY;
		f->shm_exclusive[i] = h;
	} else if (!mine) {
		f->shm_shared[i]++;
		h->shm_shared |= 1u << i;
	}
	return SQLITE_OK;
}

static int shm_lock(sqlite3_file *base, int from, int n, int flags)
{
	struct handle *h = (struct handle *)(void *)base;
	for (int i = from; i < from + n; i++)
		if (shm_lock_one(h, i, flags) != SQLITE_OK) {
			if (flags & SQLITE_SHM_LOCK)
				while (--i >= from)
					shm_lock_one(h, i,
						     (flags & ~SQLITE_SHM_LOCK) |
							     SQLITE_SHM_UNLOCK);
			return SQLITE_BUSY;
		}
	return SQLITE_OK;
}

static void shm_barrier(sqlite3_file *base)
{
	(void)base;
}

static int shm_unmap(sqlite3_file *base, int forget)
{
	struct handle *h = (struct handle *)(void *)base;
	for (int i = 0; i < LOCKS; i++)
		shm_lock_one(h, i, SQLITE_SHM_UNLOCK);
	for (int i = 0; i < REGIONS && forget; i++)
		if (h->file->regions[i])
			memset(h->file->regions[i], 0, REGION_BYTES);
	return SQLITE_OK;
}

/* ---- SQLite's methods of a disk ---- */

static int vfs_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *base, int flags,
		    int *got)
{
	static const sqlite3_io_methods methods = {
		2,           file_close, file_read,   file_write,    file_truncate, file_sync,
		file_size,   file_lock,  file_unlock, file_reserved, file_control,  file_sector,
		file_traits, shm_map,    shm_lock,    shm_barrier,   shm_unmap,     NULL,
		NULL};
	struct handle *h = (struct handle *)(void *)base;
	(void)vfs;
	h->base.pMethods = NULL;
	if (!name) /* a file without a name would be for what is too large for memory */
		return SQLITE_CANTOPEN;
	struct file *f = find(name);
	if (!f || !f->there) {
		if (!(flags & SQLITE_OPEN_CREATE) || all.disk.read_only)
			return SQLITE_CANTOPEN;
		f = find_or_make(name);
		f->there = true;
		f->log_like = flags & SQLITE_OPEN_WAL;
	}
	f->users++;
	*h = (struct handle){.base.pMethods = &methods, .file = f};
	if (got)
		*got = all.disk.read_only ? SQLITE_OPEN_READONLY
					  : flags & ~(SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE);
	return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
	struct file *f = find(name);
	(void)vfs;
	tell();
	if (refusal())
		return refusal();
	if (!f || !f->there)
		return SQLITE_IOERR_DELETE_NOENT;
	f->there = false;
	f->log.n = f->change_count = 0;
	image_cut(&f->now, 0);
	if (sync_folder)
		f->named = false;
	return SQLITE_OK;
}

static int vfs_access(sqlite3_vfs *vfs, const char *name, int how, int *yes)
{
	const struct file *f = find(name);
	(void)vfs, (void)how;
	*yes = f && f->there;
	return SQLITE_OK;
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *name, int size, char *to)
{
	(void)vfs;
	return snprintf(to, (size_t)size, "%s", name) < size ? SQLITE_OK : SQLITE_CANTOPEN;
}

struct disk *disk_begin(uint64_t seed)
{
	all.real = sqlite3_vfs_find(NULL);
	all.vfs = *all.real; /* time, randomness and sleep are the system's */
	all.vfs.iVersion = 2;
	all.vfs.zName = "disk";
	all.vfs.szOsFile = sizeof(struct handle);
	all.vfs.pNext = NULL;
	all.vfs.xOpen = vfs_open;
	all.vfs.xDelete = vfs_delete;
	all.vfs.xAccess = vfs_access;
	all.vfs.xFullPathname = vfs_full_path;
	all.disk = (struct disk){.room = -1};
	all.random = seed ? seed : 1;
	all.busy = false;
	sqlite3_vfs_register(&all.vfs, 1);
	return &all.disk;
}

void disk_end(void)
{
	sqlite3_vfs_unregister(&all.vfs);
	sqlite3_vfs_register(all.real, 1);
	for (int i = 0; i < FILES_MAX; i++)
		if (all.files[i]) {
			MUST(all.files[i]->users == 0);
			free_file(all.files[i]);
			all.files[i] = NULL;
		}
}
