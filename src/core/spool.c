#include "core/spool.h"

#include "base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct spool spool_new(struct arena *a, struct err *err, const char *folder)
{
	return (struct spool){.buf = {.arena = a}, .err = err, .folder = folder ? folder : "/tmp"};
}

static void close_file(void *file)
{
	close((int)(intptr_t)file);
}

static bool open_file(struct spool *s)
{
	struct str name = str_fmt(s->buf.arena, "%s/spool.XXXXXX", s->folder);
	char *path = arena_copy(s->buf.arena, name.p, name.n + 1);
	int made = mkstemp(path);
	if (made < 0)
		return false;
	unlink(path);
	s->file = fcntl(made, F_DUPFD_CLOEXEC, 3); /* never 0, which means none */
	close(made);
	if (s->file < 0)
		s->file = 0;
	else
		arena_defer(s->buf.arena, close_file, (void *)(intptr_t)s->file);
	return s->file;
}

static void to_file(struct spool *s)
{
	struct str rest = buf_str(&s->buf);
	s->buf.n = 0;
	if (s->err->kind != ERR_NONE)
		return;
	if (!s->file && !open_file(s)) {
		err_set(s->err, ERR_FAILED, "a temporary file: %s", strerror(errno));
		return;
	}
	while (rest.n) {
		ssize_t n = write(s->file, rest.p, rest.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			err_set(s->err, ERR_FAILED, "a temporary file: %s", strerror(errno));
			return;
		}
		s->written += (size_t)n;
		rest = str_from(rest, (size_t)n);
	}
}

void spool_turn(struct spool *s)
{
	if (s->buf.n >= SPOOL_MEMORY)
		to_file(s);
}

struct mapping {
	void *at;
	size_t size;
};

static void unmap(void *argument)
{
	struct mapping *m = argument;
	munmap(m->at, m->size);
}

struct str spool_end(struct spool *s, int *file)
{
	*file = 0;
	if (!s->file)
		return buf_str(&s->buf);
	to_file(s);
	if (s->err->kind != ERR_NONE)
		return (struct str){0};
	struct mapping *m = arena_one(s->buf.arena, struct mapping);
	*m = (struct mapping){mmap(NULL, s->written, PROT_READ, MAP_PRIVATE, s->file, 0),
			      s->written};
	if (m->at == MAP_FAILED) {
		err_set(s->err, ERR_FAILED, "a temporary file: %s", strerror(errno));
		return (struct str){0};
	}
	arena_defer(s->buf.arena, unmap, m);
	*file = s->file;
	return (struct str){m->at, m->size};
}
