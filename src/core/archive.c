#include "core/archive.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/code.h"
#include "base/json.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUMS     "SHA256SUMS"
#define MANIFEST "manifest.json"

enum { BLOCK = 512, PART = 65536, NAME = 100, MANIFEST_MAX = 1 << 20 };

/* The fields of a header block, as POSIX lays them. */
struct header {
	char name[NAME], mode[8], uid[8], gid[8], size[12], mtime[12], sum[8], type;
	char link[NAME], magic[6], version[2], user[32], group[32], major[8], minor[8];
	char prefix[155], pad[12];
};

struct archive {
	struct sealed *file;
	struct arena *arena;
	struct err *err;
	const char *path;
	int64_t now;
	struct buf sums;
	crypto_hash_sha256_state sum; /* of the entry under way */
	struct str name;
	int64_t left, padding; /* of the entry being read */
	bool ended;
};

static bool good(const struct archive *r)
{
	return r->err->kind == ERR_NONE;
}

static void refuse(struct archive *r, const char *why)
{
	err_set(r->err, ERR_FAILED, "%s: %s", r->path, why);
}

static bool name_ok(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || strchr("._-/", c);
		if (!c || (!plain && !str_is(name, SUMS)))
			return false;
	}
	return name.n && name.n <= NAME && name.p[0] != '/' && str_find(name, S("..")) < 0;
}

static void begin_sum(struct archive *r, struct str name)
{
	r->name = name;
	crypto_hash_sha256_init(&r->sum);
}

static void add_sum(struct archive *r, const char *bytes, size_t n)
{
	crypto_hash_sha256_update(&r->sum, (const unsigned char *)bytes, n);
}

static void end_sum(struct archive *r)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_final(&r->sum, hash);
	struct str hex = hex_of(r->arena, (struct str){(const char *)hash, sizeof hash});
	buf_fmt(&r->sums, STR_FMT "  " STR_FMT "\n", STR_ARG(hex), STR_ARG(r->name));
}

/* ---- writing ---- */

static unsigned sum_of(const struct header *h)
{
	const unsigned char *p = (const unsigned char *)h;
	unsigned sum = 0;
	for (size_t i = 0; i < sizeof *h; i++)
		sum += i >= offsetof(struct header, sum) && i < offsetof(struct header, type)
			       ? ' '
			       : p[i];
	return sum;
}

/* Eleven octal digits hold 8 GiB; what is larger is written as GNU tar does, in binary. */
static void put_size(char to[12], int64_t size)
{
	char digits[24];
	if (size < 1LL << 33) {
		snprintf(digits, sizeof digits, "%011llo", (unsigned long long)size);
		memcpy(to, digits, 12);
		return;
	}
	to[0] = (char)0x80;
	for (int i = 11; i > 3; i--, size >>= 8)
		to[i] = (char)(size & 0xff);
}

static void put_header(struct archive *r, struct str name, int64_t size)
{
	struct header h = {.type = '0', .mode = "0000600", .uid = "0000000", .gid = "0000000"};
	char digits[24];
	MUST(name_ok(name));
	memcpy(h.name, name.p, name.n);
	memcpy(h.magic, "ustar", 6);
	memcpy(h.version, "00", 2);
	put_size(h.size, size);
	snprintf(digits, sizeof digits, "%011llo", (unsigned long long)r->now);
	memcpy(h.mtime, digits, 12);
	snprintf(digits, sizeof digits, "%06o", sum_of(&h));
	memcpy(h.sum, digits, 7);
	h.sum[7] = ' ';
	sealed_write(r->file, (struct str){(const char *)&h, sizeof h});
}

static void pad(struct archive *r, int64_t size)
{
	static const char zeros[BLOCK];
	size_t over = (size_t)(size % BLOCK);
	if (over)
		sealed_write(r->file, (struct str){zeros, BLOCK - over});
}

void archive_add(struct archive *r, const char *name, struct str bytes)
{
	if (!good(r))
		return;
	put_header(r, str_of(name), (int64_t)bytes.n);
	begin_sum(r, str_of(name));
	add_sum(r, bytes.p, bytes.n);
	end_sum(r);
	sealed_write(r->file, bytes);
	pad(r, (int64_t)bytes.n);
}

static void add_all(struct archive *r, int fd, int64_t size, const char *path)
{
	char part[PART];
	int64_t left = size;
	while (left && good(r)) {
		size_t most = left < PART ? (size_t)left : PART;
		ssize_t n = read(fd, part, most);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			err_set(r->err, ERR_FAILED, "%s: %s", path,
				n ? strerror(errno) : "became shorter while it was read");
			return;
		}
		add_sum(r, part, (size_t)n);
		sealed_write(r->file, (struct str){part, (size_t)n});
		left -= n;
	}
}

void archive_add_file(struct archive *r, const char *name, const char *path)
{
	struct stat info;
	if (!good(r))
		return;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &info)) {
		err_set(r->err, ERR_FAILED, "%s: %s", path, strerror(errno));
	} else {
		put_header(r, str_of(name), info.st_size);
		begin_sum(r, str_of(name));
		add_all(r, fd, info.st_size, path);
		end_sum(r);
		pad(r, info.st_size);
	}
	if (fd >= 0)
		close(fd);
}

struct archive *archive_create(struct arena *a, const char *path, const struct seal_key *key,
			       const struct val *manifest, int64_t now, struct err *err)
{
	struct archive *r = arena_one(a, struct archive);
	struct buf json = {.arena = a};
	*r = (struct archive){.arena = a, .err = err, .path = path, .now = now, .sums.arena = a};
	r->file = sealed_create(a, path, key, err);
	json_write_pretty(&json, manifest);
	archive_add(r, MANIFEST, buf_str(&json));
	return r;
}

bool archive_finish(struct archive *r)
{
	static const char end[2 * BLOCK];
	struct str sums = buf_str(&r->sums);
	if (good(r)) {
		put_header(r, S(SUMS), (int64_t)sums.n);
		sealed_write(r->file, sums);
		pad(r, (int64_t)sums.n);
		sealed_write(r->file, (struct str){end, sizeof end});
	}
	return sealed_finish(r->file);
}

/* ---- reading ---- */

static bool number(const char *text, size_t n, int64_t *out)
{
	*out = 0;
	if (text[0] & 0x80) {
		for (size_t i = 4; i < n; i++)
			*out = *out << 8 | (unsigned char)text[i];
		return *out >= 0;
	}
	for (size_t i = 0; i < n && text[i] && text[i] != ' '; i++) {
		if (text[i] < '0' || text[i] > '7')
			return false;
		*out = *out << 3 | (text[i] - '0');
	}
	return true;
}

static bool take(struct archive *r, char *to, size_t n)
{
	if (sealed_read(r->file, to, n) < n)
		refuse(r, "it is cut short");
	return good(r);
}

/* The bytes of the entry under way; no more are left afterwards. */
static size_t read_part(struct archive *r, char *to, size_t most)
{
	size_t n = r->left < (int64_t)most ? (size_t)r->left : most;
	if (!n || !take(r, to, n))
		return 0;
	add_sum(r, to, n);
	r->left -= (int64_t)n;
	return n;
}

static void pass_over(struct archive *r)
{
	char part[PART];
	if (!r->name.n)
		return;
	while (r->left && good(r))
		read_part(r, part, sizeof part);
	if (good(r) && r->padding)
		take(r, part, (size_t)r->padding);
	end_sum(r);
	r->name = (struct str){0};
}

/* What was summed on the way is, byte for byte, what the writer summed. */
static void read_end(struct archive *r, int64_t size)
{
	struct str sums = buf_str(&r->sums);
	char end[2 * BLOCK + BLOCK];
	static const char zeros[2 * BLOCK];
	r->ended = true;
	bool same = size == (int64_t)sums.n;
	char *written = arena_alloc(r->arena, sums.n + 1);
	if (same && !take(r, written, sums.n))
		return;
	if (!same || !str_eq((struct str){written, sums.n}, sums)) {
		refuse(r, "it is damaged: an entry is not what its sum says");
		return;
	}
	size_t padding = (BLOCK - (size_t)size % BLOCK) % BLOCK;
	if (!take(r, end, padding) || !take(r, end, sizeof zeros))
		return;
	if (memcmp(end, zeros, sizeof zeros) != 0 || sealed_read(r->file, end, 1))
		refuse(r, "something was added to its end");
}

static bool read_header(struct archive *r, struct header *h, int64_t *size)
{
	int64_t sum;
	if (!take(r, (char *)h, sizeof *h))
		return false;
	if (memcmp(h->magic, "ustar", 5) != 0 || !number(h->sum, sizeof h->sum, &sum) ||
	    sum != sum_of(h) || h->type != '0' || !number(h->size, sizeof h->size, size))
		refuse(r, "it is no archive of Waypost, or it is damaged");
	return good(r);
}

bool archive_next(struct archive *r, struct str *name)
{
	struct header h;
	int64_t size = 0;
	pass_over(r);
	if (r->ended || !good(r) || !read_header(r, &h, &size))
		return false;
	struct str found = str_dup(r->arena, (struct str){h.name, strnlen(h.name, NAME)});
	if (!name_ok(found)) {
		refuse(r, "it has an entry of an impossible name");
		return false;
	}
	if (str_is(found, SUMS)) {
		read_end(r, size);
		return false;
	}
	begin_sum(r, found);
	r->left = size;
	r->padding = (BLOCK - size % BLOCK) % BLOCK;
	*name = found;
	return true;
}

struct str archive_bytes(struct archive *r, struct arena *a, size_t most)
{
	if (!good(r))
		return (struct str){0};
	if (r->left > (int64_t)most) {
		refuse(r, "an entry is larger than it may be");
		return (struct str){0};
	}
	size_t n = (size_t)r->left;
	char *bytes = arena_alloc(a, n + 1);
	if (n && read_part(r, bytes, n) < n)
		return (struct str){0};
	return (struct str){bytes, n};
}

bool archive_extract(struct archive *r, const char *path)
{
	char part[PART];
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		err_set(r->err, ERR_FAILED, "%s: %s", path, strerror(errno));
	for (size_t n; good(r) && (n = read_part(r, part, sizeof part));) {
		const char *p = part;
		while (n && good(r)) {
			ssize_t wrote = write(fd, p, n);
			if (wrote < 0 && errno != EINTR)
				err_set(r->err, errno == ENOSPC ? ERR_FULL : ERR_FAILED, "%s: %s",
					path, strerror(errno));
			p += wrote > 0 ? wrote : 0;
			n -= wrote > 0 ? (size_t)wrote : 0;
		}
	}
	if (fd >= 0 && (fsync(fd) | close(fd)) && good(r))
		err_set(r->err, ERR_FAILED, "%s: %s", path, strerror(errno));
	return good(r);
}

struct archive *archive_open(struct arena *a, const char *path, const struct seal_key *key,
			     struct val **manifest, struct err *err)
{
	struct archive *r = arena_one(a, struct archive);
	struct json_error wrong;
	struct str name;
	*r = (struct archive){.arena = a, .err = err, .path = path, .sums.arena = a};
	*manifest = NULL;
	r->file = sealed_open(a, path, key, err);
	if (archive_next(r, &name) && str_is(name, MANIFEST))
		*manifest = json_read(a, archive_bytes(r, a, MANIFEST_MAX), MANIFEST_MAX, &wrong);
	if (!*manifest) {
		if (good(r))
			refuse(r, "it has no manifest: it is no archive of Waypost");
		*manifest = val_null();
	}
	return r;
}

void archive_close(struct archive *r)
{
	sealed_close(r->file);
}

bool archive_verify(const char *path, const struct seal_key *key, struct err *err)
{
	struct arena *a = arena_new(SIZE_MAX / 2);
	struct val *manifest;
	struct str name;
	struct archive *r = archive_open(a, path, key, &manifest, err);
	while (archive_next(r, &name))
		;
	archive_close(r);
	arena_free(a);
	return err->kind == ERR_NONE;
}
