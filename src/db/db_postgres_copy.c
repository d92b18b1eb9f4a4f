/*
 * Copies of a PostgreSQL database by its own tools, run as children: pg_dump's custom format, and
 * pg_restore. A copy is read again before it counts: where the role may make databases it is
 * restored into one of a moment and that one is checked; where it may not, pg_restore reads all of
 * it to the end. Either way every table must have the rows that it had when the copy was made.
 */
#include "db/db_postgres.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_FOUND = 127, LINE = 300 };

static struct postgres *of(struct db *db)
{
	return (struct postgres *)db;
}

static bool good(const struct db *db)
{
	return !db->err->kind;
}

static void run(struct db *db, const char *sql)
{
	PQclear(postgres_simple(db, "copy", sql));
}

/* Runs although something failed, and hides nothing of that. */
static void run_always(struct db *db, const char *sql)
{
	struct err why = *db->err;
	*db->err = (struct err){0};
	run(db, sql);
	if (why.kind)
		*db->err = why;
}

static struct str answer(struct db *db, const char *sql)
{
	PGresult *r = postgres_simple(db, "copy", sql);
	struct str text = {0};
	if (r && PQntuples(r))
		text = str_dup(db->scratch, str_of(PQgetvalue(r, 0, 0)));
	PQclear(r);
	return text;
}

/* ---- children ---- */

/* By the environment, since command lines are everybody's to read. */
static void tell_connection(struct db *db, const char *database)
{
	PQconninfoOption *options = PQconninfoParse(of(db)->conninfo, NULL);
	for (PQconninfoOption *o = options; o && o->keyword; o++)
		if (o->envvar && o->val)
			setenv(o->envvar, o->val, 1);
	setenv("PGDATABASE", database, 1);
	PQconninfoFree(options);
}

static _Noreturn void child(struct db *db, const char *const *words, const char *database,
			    int output, int problems)
{
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	umask(077);
	tell_connection(db, database);
	setenv("LC_MESSAGES", "C", 1);
	dup2(output, STDOUT_FILENO);
	dup2(problems, STDERR_FILENO);
	execvp(words[0], (char **)(uintptr_t)words);
	_exit(NOT_FOUND);
}

static void tell_failure(struct db *db, const char *tool, int status, int problems)
{
	char text[300] = "";
	struct str rest, line = {0};
	ssize_t n = pread(problems, text, sizeof text - 1, 0);
	rest = (struct str){text, n > 0 ? (size_t)n : 0};
	str_cut(&rest, '\n', &line);
	if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND && !line.n)
		err_set(db->err, ERR_FAILED,
			"%s was not found on PATH: install PostgreSQL's client programs", tool);
	else if (WIFSIGNALED(status))
		err_set(db->err, ERR_FAILED, "%s was ended by signal %d", tool, WTERMSIG(status));
	else
		err_set(db->err, ERR_FAILED, "%s: %.180s", tool, str_c(db->scratch, line));
}

/* What a child writes, line by line; of long lines the beginning. */
static void read_lines(int from, void (*each)(void *, struct str), void *context)
{
	char part[65536], line[LINE];
	size_t length = 0;
	for (ssize_t n; (n = read(from, part, sizeof part)) != 0;) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return;
		for (ssize_t i = 0; i < n; i++) {
			if (part[i] == '\n') {
				each(context, (struct str){line, length});
				length = 0;
			} else if (length < sizeof line) {
				line[length++] = part[i];
			}
		}
	}
}

static void ignore(void *nothing, struct str line)
{
	(void)nothing, (void)line;
}

/* `words` ends with NULL; the first is the tool. */
static bool run_tool(struct db *db, const char *const *words, const char *database,
		     void (*each)(void *, struct str), void *context)
{
	int output[2] = {-1, -1}, status = 0;
	int problems = memfd_create("problems", MFD_CLOEXEC);
	if (!good(db) || problems < 0 || pipe2(output, O_CLOEXEC)) {
		err_set(db->err, ERR_FAILED, "%s: %s", words[0], strerror(errno));
		if (problems >= 0)
			close(problems);
		return false;
	}
	pid_t pid = fork();
	if (pid == 0)
		child(db, words, database, output[1], problems);
	close(output[1]);
	if (pid > 0)
		read_lines(output[0], each ? each : ignore, context);
	close(output[0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (pid < 0)
		err_set(db->err, ERR_FAILED, "%s: %s", words[0], strerror(errno));
	else if (status)
		tell_failure(db, words[0], status, problems);
	close(problems);
	return good(db);
}

/* ---- how many rows every table has, as lines "table rows" in the order of their names ---- */

static struct str counts_of(struct db *db)
{
	struct buf lines = {.arena = db->scratch};
	PGresult *r = postgres_simple(
		db, "copy",
		"SELECT format('SELECT %L || '' '' || count(*) FROM %s', c.relname, "
		"c.oid::regclass) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
		"WHERE c.relkind = 'r' AND n.nspname = current_schema "
		"ORDER BY c.relname COLLATE \"C\"");
	for (int i = 0; r && i < PQntuples(r) && good(db); i++) {
		struct str line = answer(db, PQgetvalue(r, i, 0));
		buf_fmt(&lines, STR_FMT "\n", STR_ARG(line));
	}
	PQclear(r);
	return buf_str(&lines);
}

struct reading {
	struct db *db;
	struct buf lines;
	struct str table; /* whose rows come; empty between tables */
	int64_t rows;
};

/* "COPY public.org (id, slug) FROM stdin;", its rows, and a line of two characters. */
static void read_copy(void *context, struct str line)
{
	struct reading *r = context;
	if (r->table.n && str_is(line, "\\.")) {
		buf_fmt(&r->lines, STR_FMT " %lld\n", STR_ARG(r->table), (long long)r->rows);
		r->table = (struct str){0};
	} else if (r->table.n) {
		r->rows++;
	} else if (str_starts(line, S("COPY "))) {
		struct str rest = str_from(line, 5), name;
		str_cut(&rest, ' ', &name);
		ptrdiff_t dot = str_find_char(name, '.');
		r->table = str_dup(r->db->scratch, str_from(name, (size_t)(dot + 1)));
		r->rows = 0;
	}
}

static bool has_line(struct str lines, struct str wanted)
{
	struct str line;
	while (str_cut(&lines, '\n', &line))
		if (str_eq(line, wanted))
			return true;
	return false;
}

static void compare_counts(struct db *db, struct str were, struct str are)
{
	struct str line;
	while (good(db) && str_cut(&were, '\n', &line))
		if (!has_line(are, line))
			err_set(db->err, ERR_FAILED, "the copy has not all rows of: " STR_FMT,
				STR_ARG(line));
}

/* ---- checking a copy ---- */

static void quote(struct buf *to, const char *word, const char *value)
{
	buf_fmt(to, "%s='", word);
	for (; *value; value++) {
		if (*value == '\'' || *value == '\\')
			buf_char(to, '\\');
		buf_char(to, *value);
	}
	buf_lit(to, "' ");
}

/* libpq's words for another database of the same server. */
static const char *beside(struct db *db, const char *database)
{
	struct buf words = {.arena = db->scratch};
	PQconninfoOption *options = PQconninfoParse(of(db)->conninfo, NULL);
	for (PQconninfoOption *o = options; o && o->keyword; o++)
		if (o->val && strcmp(o->keyword, "dbname") != 0)
			quote(&words, o->keyword, o->val);
	PQconninfoFree(options);
	quote(&words, "dbname", database);
	return str_c(db->scratch, buf_str(&words));
}

static bool fill(struct db *db, const char *database, const char *path)
{
	const char *const words[] = {
		"pg_restore",
		"--no-password",
		"--no-owner",
		"--no-privileges",
		"--exit-on-error",
		"--single-transaction",
		str_c(db->scratch, str_fmt(db->scratch, "--dbname=%s", database)),
		path,
		NULL};
	return run_tool(db, words, database, NULL, NULL);
}

static void check_in_scratch(struct db *db, const char *path, struct str counts)
{
	char name[60], sql[200];
	snprintf(name, sizeof name, "waypost_verify_%d", PQbackendPID(of(db)->conn));
	snprintf(sql, sizeof sql,
		 "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc "
		 "LC_COLLATE 'C' LC_CTYPE 'C'",
		 name);
	run(db, "SET default_transaction_read_only = off");
	run(db, sql);
	bool made = good(db);
	if (made && fill(db, name, path)) {
		struct db *copy = postgres_open(beside(db, name), db->err);
		if (copy) {
			copy->err = db->err;
			postgres_check(copy);
			if (good(db))
				compare_counts(db, counts, counts_of(copy));
			db_close(copy);
		}
	}
	snprintf(sql, sizeof sql, "DROP DATABASE %s WITH (FORCE)", name);
	if (made)
		run_always(db, sql);
	run_always(db, "SET default_transaction_read_only = on");
	db->verified = "restored into a database of a moment, checked, all rows counted";
}

static void check_by_reading(struct db *db, const char *path, struct str counts)
{
	const char *const words[] = {"pg_restore", "--data-only", "--file=-", path, NULL};
	struct reading r = {.db = db, .lines.arena = db->scratch};
	if (run_tool(db, words, "", read_copy, &r))
		compare_counts(db, counts, buf_str(&r.lines));
	db->verified = "read to its end, all rows counted; this role may not make databases, so it "
		       "was not restored for a trial";
}

/* ---- both ways ---- */

void postgres_backup(struct db *db, const char *to_path)
{
	if (!access(to_path, F_OK)) {
		err_set(db->err, ERR_FAILED, "%s: there is a file of this name already", to_path);
		return;
	}
	run(db, "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; "
		"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
	struct str snapshot = answer(db, "SELECT pg_export_snapshot()");
	struct str counts = counts_of(db), database = answer(db, "SELECT current_database()");
	bool may = answer(db, "SELECT 1 FROM pg_roles WHERE rolname = current_user AND "
			      "(rolcreatedb OR rolsuper)")
			   .n > 0;
	struct arena *a = db->scratch;
	const char *const words[] = {"pg_dump",
				     "--no-password",
				     "--format=custom",
				     "--no-owner",
				     "--no-privileges",
				     str_c(a, str_fmt(a, "--snapshot=" STR_FMT, STR_ARG(snapshot))),
				     str_c(a, str_fmt(a, "--file=%s", to_path)),
				     NULL};
	bool written = good(db) && run_tool(db, words, str_c(a, database), NULL, NULL);
	run_always(db, "ROLLBACK");
	if (written && may)
		check_in_scratch(db, to_path, counts);
	else if (written)
		check_by_reading(db, to_path, counts);
	run_always(db, "SET statement_timeout = '30s'; "
		       "SET idle_in_transaction_session_timeout = '60s'");
	if (!good(db))
		unlink(to_path);
}

void postgres_restore(struct db *db, const char *from_path)
{
	struct str there = answer(db, "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON "
				      "n.oid = c.relnamespace WHERE n.nspname = current_schema AND "
				      "c.relkind IN ('r', 'v') LIMIT 1");
	struct str database = answer(db, "SELECT current_database()");
	if (good(db) && there.n)
		err_set(db->err, ERR_FAILED,
			"the database is not empty (it has " STR_FMT "): name a new one",
			STR_ARG(there));
	if (good(db) && fill(db, str_c(db->scratch, database), from_path))
		postgres_check(db);
}
