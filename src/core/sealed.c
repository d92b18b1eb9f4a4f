#include "core/sealed.h"

#include "base/arena.h"
#include "base/code.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC    "waypost-sealed-1\n"
#define KEY_WORD "waypost-key-1 "

enum {
	MAGIC_BYTES = sizeof MAGIC - 1,
	NAME_BYTES = 8,
	HEAD = MAGIC_BYTES + NAME_BYTES,
	HEADER = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
	MORE = crypto_secretstream_xchacha20poly1305_ABYTES,
	CHUNK = 65536,
};

struct sealed {
	struct err *err;
	const char *path, *part; /* part: NULL when reading */
	int fd;
	bool has_key, last_seen;
	crypto_secretstream_xchacha20poly1305_state stream;
	unsigned char head[HEAD]; /* goes into every chunk's seal */
	unsigned char plain[CHUNK + 1], closed[CHUNK + MORE];
	size_t held, at; /* bytes of plain: waiting to be written; read, and given so far */
};

static void world_failed(struct sealed *s, const char *what)
{
	enum err_kind kind =
		errno == ENOSPC || errno == EDQUOT || errno == EROFS ? ERR_FULL : ERR_FAILED;
	err_set(s->err, kind, "%s: %s: %s", s->path, what, strerror(errno));
}

static bool good(const struct sealed *s)
{
	return s->err->kind == ERR_NONE;
}

/* ---- keys ---- */

static bool problem_with(struct arena *a, struct str *problem, const char *path, const char *what)
{
	*problem = str_fmt(a, "key file %s: %s", path, what);
	return false;
}

bool seal_key_make(struct arena *a, const char *path, struct str *problem)
{
	unsigned char key[32];
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return problem_with(a, problem, path,
				    errno == EEXIST
					    ? "is there already: a key is never written over"
					    : strerror(errno));
	randombytes_buf(key, sizeof key);
	struct str hex = hex_of(a, (struct str){(const char *)key, sizeof key});
	struct str line = str_fmt(a, KEY_WORD STR_FMT "\n", STR_ARG(hex));
	bool written = write(fd, line.p, line.n) == (ssize_t)line.n && !fsync(fd);
	int why = errno;
	close(fd);
	sodium_memzero(key, sizeof key);
	if (written)
		return true;
	unlink(path);
	return problem_with(a, problem, path, strerror(why));
}

bool seal_key_read(struct arena *a, const char *path, struct seal_key *key, struct str *problem)
{
	char text[128];
	struct stat info;
	struct str bytes;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text);
	bool known = n >= 0 && !fstat(fd, &info);
	int why = errno;
	if (fd >= 0)
		close(fd);
	if (!known)
		return problem_with(a, problem, path, strerror(why));
	if (info.st_mode & 077)
		return problem_with(a, problem, path, "others can read it: chmod 600 it");
	struct str line = str_trim((struct str){text, (size_t)n});
	if (!str_starts(line, S(KEY_WORD)) ||
	    !hex_read(a, str_from(line, strlen(KEY_WORD)), &bytes) || bytes.n != sizeof key->bytes)
		return problem_with(a, problem, path,
				    "it holds no key: `waypost key FILE` makes one");
	memcpy(key->bytes, bytes.p, sizeof key->bytes);
	sodium_memzero(text, sizeof text);
	return true;
}

static void head_of(unsigned char head[HEAD], const struct seal_key *key)
{
	static const char purpose[] = "waypost: the name of a key";
	memcpy(head, MAGIC, MAGIC_BYTES);
	unsigned char hash[crypto_generichash_BYTES];
	crypto_generichash(hash, sizeof hash, (const unsigned char *)purpose, sizeof purpose,
			   key->bytes, sizeof key->bytes);
	memcpy(head + MAGIC_BYTES, hash, NAME_BYTES);
}

/* ---- writing ---- */

static void put(struct sealed *s, const void *bytes, size_t n)
{
	const char *p = bytes;
	while (n && good(s)) {
		ssize_t wrote = write(s->fd, p, n);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0) {
			world_failed(s, "cannot be written");
			return;
		}
		p += wrote;
		n -= (size_t)wrote;
	}
}

struct sealed *sealed_create(struct arena *a, const char *path, const struct seal_key *key,
			     struct err *err)
{
	struct sealed *s = arena_one(a, struct sealed);
	*s = (struct sealed){.err = err, .path = str_c(a, str_of(path)), .has_key = key != NULL};
	s->part = str_c(a, str_fmt(a, "%s.part", path));
	s->fd = open(s->part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (s->fd < 0) {
		world_failed(s, "cannot be made");
		return s;
	}
	if (key) {
		unsigned char header[HEADER];
		head_of(s->head, key);
		crypto_secretstream_xchacha20poly1305_init_push(&s->stream, header, key->bytes);
		put(s, s->head, HEAD);
		put(s, header, HEADER);
	}
	return s;
}

static void put_chunk(struct sealed *s, bool last)
{
	if (s->has_key) {
		unsigned long long n = 0;
		crypto_secretstream_xchacha20poly1305_push(
			&s->stream, s->closed, &n, s->plain, s->held, s->head, HEAD,
			last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
		put(s, s->closed, (size_t)n);
	} else {
		put(s, s->plain, s->held);
	}
	s->held = 0;
}

/* A full chunk waits: only the end knows which one is the last. */
void sealed_write(struct sealed *s, struct str bytes)
{
	while (bytes.n && good(s)) {
		if (s->held == CHUNK)
			put_chunk(s, false);
		size_t n = bytes.n < CHUNK - s->held ? bytes.n : CHUNK - s->held;
		memcpy(s->plain + s->held, bytes.p, n);
		s->held += n;
		bytes = str_from(bytes, n);
	}
}

static void sync_folder_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct str folder = slash ? str_sub(str_of(path), 0, (size_t)(slash - path) + 1) : S(".");
	int fd = open(str_c(a, folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
}

bool sealed_finish(struct sealed *s)
{
	struct arena *a = arena_new(64 * 1024);
	if (good(s))
		put_chunk(s, true);
	if (good(s) && fsync(s->fd))
		world_failed(s, "cannot be written");
	if (s->fd >= 0)
		close(s->fd);
	if (good(s) && rename(s->part, s->path))
		world_failed(s, "cannot be named");
	if (good(s))
		sync_folder_of(a, s->path);
	else if (s->fd >= 0)
		unlink(s->part);
	s->fd = -1;
	sodium_memzero(&s->stream, sizeof s->stream);
	arena_free(a);
	return good(s);
}

/* ---- reading ---- */

/* As many bytes as there are, up to n. */
static size_t take(struct sealed *s, void *to, size_t n)
{
	size_t have = 0;
	while (have < n && good(s)) {
		ssize_t got = read(s->fd, (char *)to + have, n - have);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			world_failed(s, "cannot be read");
		if (got <= 0)
			break;
		have += (size_t)got;
	}
	return have;
}

static void refuse(struct sealed *s, const char *why)
{
	err_set(s->err, ERR_FAILED, "%s: %s", s->path, why);
}

static void read_head(struct sealed *s, const struct seal_key *key)
{
	unsigned char head[HEAD] = {0}, header[HEADER];
	size_t n = take(s, head, HEAD);
	bool is_sealed = n >= MAGIC_BYTES && !memcmp(head, MAGIC, MAGIC_BYTES);
	if (!good(s))
		return;
	if (!key && is_sealed)
		refuse(s, "it is sealed: name its key with --key FILE");
	else if (key && !is_sealed)
		refuse(s, "it is not sealed: leave --key away if it may be read by anybody");
	if (!key && lseek(s->fd, 0, SEEK_SET) < 0)
		world_failed(s, "cannot be read");
	if (!key || !good(s))
		return;
	head_of(s->head, key);
	if (n < HEAD || take(s, header, HEADER) < HEADER)
		refuse(s, "it is cut short");
	else if (memcmp(head, s->head, HEAD) != 0)
		refuse(s, "it was sealed with another key");
	else if (crypto_secretstream_xchacha20poly1305_init_pull(&s->stream, header, key->bytes))
		refuse(s, "it is damaged");
}

struct sealed *sealed_open(struct arena *a, const char *path, const struct seal_key *key,
			   struct err *err)
{
	struct sealed *s = arena_one(a, struct sealed);
	*s = (struct sealed){.err = err, .path = str_c(a, str_of(path)), .has_key = key != NULL};
	s->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (s->fd < 0)
		world_failed(s, "cannot be opened");
	else
		read_head(s, key);
	return s;
}

static void open_chunk(struct sealed *s)
{
	unsigned long long n = 0;
	unsigned char tag = 0, more;
	size_t got = take(s, s->closed, CHUNK + MORE);
	if (!good(s))
		return;
	if (got < MORE)
		refuse(s, "it is cut short");
	else if (crypto_secretstream_xchacha20poly1305_pull(&s->stream, s->plain, &n, &tag,
							    s->closed, got, s->head, HEAD))
		refuse(s, got < CHUNK + MORE ? "it is cut short, or was changed"
					     : "it was changed, or is damaged");
	s->last_seen = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
	if (good(s) && s->last_seen && take(s, &more, 1))
		refuse(s, "something was added to its end");
	s->held = good(s) ? (size_t)n : 0;
}

size_t sealed_read(struct sealed *s, char *to, size_t most)
{
	size_t given = 0;
	if (!s->has_key)
		return good(s) ? take(s, to, most) : 0;
	while (given < most && good(s)) {
		if (s->at == s->held && s->last_seen)
			break;
		if (s->at == s->held) {
			s->at = s->held = 0;
			open_chunk(s);
		}
		size_t n = s->held - s->at < most - given ? s->held - s->at : most - given;
		memcpy(to + given, s->plain + s->at, n);
		s->at += n;
		given += n;
	}
	return given;
}

void sealed_close(struct sealed *s)
{
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
	sodium_memzero(&s->stream, sizeof s->stream);
	sodium_memzero(s->plain, sizeof s->plain);
}
