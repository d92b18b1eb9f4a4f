#include "server/erased.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/args.h"
#include "core/erasure.h"
#include "core/org.h"
#include "queries.h"

enum { FIELDS = 6 };

static const char *const names[FIELDS] = {"answered_at", "org",     "org_made_at",
					  "person",      "made_at", "answered_by"};

static int trouble(struct arena *a, const char *path, struct str *problem)
{
	*problem = str_fmt(a, "%s: %s", path, strerror(errno));
	return -1;
}

/* ---- the file ---- */

static bool read_line(struct str line, struct val *row)
{
	for (int i = 0; i < FIELDS; i++) {
		struct str word = line;
		ptrdiff_t tab = str_find_char(line, '\t');
		int64_t n;
		if (tab >= 0) {
			word = str_sub(line, 0, (size_t)tab);
			line = str_from(line, (size_t)tab + 1);
		}
		if ((tab < 0) != (i == FIELDS - 1) || !str_int(word, &n))
			return false;
		val_set_int(row, names[i], n);
	}
	return true;
}

/* A line that a power cut left half written is passed over: the database has it still. */
static int read_file(struct arena *a, const char *path, struct val *rows, struct str *problem)
{
	struct stat info = {0};
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? 0 : trouble(a, path, problem);
	fstat(fd, &info);
	char *bytes = arena_many(a, char, (size_t)info.st_size + 1);
	ssize_t n = 0, got;
	while ((got = read(fd, bytes + n, (size_t)(info.st_size - n))) > 0)
		n += got;
	close(fd);
	if (got < 0)
		return trouble(a, path, problem);
	struct str text = {bytes, (size_t)n}, line;
	while (str_cut(&text, '\n', &line)) {
		struct val *row = val_object(a);
		if (read_line(line, row))
			val_push(rows, row);
	}
	return 0;
}

static int append(struct arena *a, const char *path, struct str lines, struct str *problem)
{
	if (!lines.n)
		return 0;
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return trouble(a, path, problem);
	bool good = write(fd, lines.p, lines.n) == (ssize_t)lines.n && fsync(fd) == 0;
	if (!good)
		trouble(a, path, problem);
	close(fd);
	return good ? 0 : -1;
}

/* ---- both ---- */

static bool same(const struct val *a, const struct val *b)
{
	for (int i = 0; i < FIELDS - 1; i++)
		if (val_i(a, names[i]) != val_i(b, names[i]))
			return false;
	return true;
}

static bool among(const struct val *rows, const struct val *row)
{
	for (size_t i = 0; i < val_count(rows); i++)
		if (same(val_at(rows, i), row))
			return true;
	return false;
}

static void write_line(struct buf *b, const struct val *row)
{
	for (int i = 0; i < FIELDS; i++) {
		buf_int(b, val_i(row, names[i]));
		buf_char(b, i == FIELDS - 1 ? '\n' : '\t');
	}
}

/* Of a journal that lies beside another database: a line that means nobody here costs a look. */
static bool means_somebody(struct db *db, const struct val *line)
{
	db_begin(db, DB_READ, val_i(line, "org"));
	bool meant = val_i(db_row(db, &q_server_erased_meant, line), "n") > 0;
	db_rollback(db);
	return meant;
}

/* What is refused (the last who may give roles) leaves nothing behind, and is tried again. */
static bool again(struct db *db, struct arena *a, const struct val *line,
		  const struct personal *kinds, int64_t now)
{
	struct erasure_act act = {.org = val_i(line, "org"),
				  .by = val_i(line, "answered_by"),
				  .now = val_i(line, "answered_at"),
				  .today = now / 86400,
				  .kinds = kinds};
	struct erasure_ask ask = {
		.org = act.org, .person = val_i(line, "person"), .how = "restored", .now = act.now};
	if (!means_somebody(db, line))
		return false;
	db_begin(db, DB_WRITE, act.org);
	act.lang = val_s(org_by_id(db, a, act.org), "lang");
	/* asked before, answered after the backup */
	db_exec(db, &q_server_erased_open, line);
	act.id = erasure_ask(db, a, &ask);
	if (act.id && erasure_answer(db, a, &act))
		return db_commit(db);
	db_rollback(db);
	return false;
}

int erased_keep(struct db *db, struct arena *a, struct err *err, const char *path,
		const struct personal *kinds, int64_t now, struct str *problem)
{
	struct val *lines = val_list(a);
	struct buf more = {.arena = a};
	int done = 0;
	if (read_file(a, path, lines, problem) < 0)
		return -1;
	db_begin(db, DB_READ, 0);
	const struct val *rows = db_rows(db, &q_server_erased, val_object(a));
	db_rollback(db);
	for (size_t i = 0; i < val_count(rows); i++)
		if (!among(lines, val_at(rows, i)))
			write_line(&more, val_at(rows, i));
	for (size_t i = 0; i < val_count(lines) && err->kind == ERR_NONE; i++)
		if (!among(rows, val_at(lines, i)))
			done += again(db, a, val_at(lines, i), kinds, now);
	if (err->kind != ERR_NONE)
		return done;
	return append(a, path, buf_str(&more), problem) < 0 ? -1 : done;
}
