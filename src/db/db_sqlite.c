#include "db/db_sqlite.h"

#include "db/queue.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static struct sqlite *of(struct db *db)
{
	return (struct sqlite *)db;
}

static enum err_kind kind_of(int code)
{
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_PROTOCOL: /* lost a race for the log's locks */
		return ERR_RETRY;
	case SQLITE_FULL:
	case SQLITE_READONLY:
		return ERR_FULL;
	default:
		return ERR_FAILED;
	}
}

/* What SQLite takes for a broken disk and is none: a quota, a limit on the size of files, a disk that
 * was mounted again for reading only. sqlite3_system_errno() knows nothing of a COMMIT. */
static bool has_no_room(struct db *db, int code)
{
	static const int which[] = {SQLITE_FCNTL_FILE_POINTER, SQLITE_FCNTL_JOURNAL_POINTER};
	for (int i = 0; i < 2 && (code & 0xff) == SQLITE_IOERR; i++) {
		sqlite3_file *file = NULL;
		int why = 0;
		sqlite3_file_control(of(db)->handle, "main", which[i], &file);
		if (file && file->pMethods)
			file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &why);
		if (why == ENOSPC || why == EDQUOT || why == EFBIG || why == EROFS)
			return true;
	}
	return false;
}

static bool is_broken(int code)
{
	switch (code & 0xff) {
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_NOMEM:
		return true;
	default:
		return false;
	}
}

/* SQLite's messages name tables and columns, never values. */
void sqlite_failed(struct db *db, int code, const char *what)
{
	bool full = has_no_room(db, code);
	db->broken = db->broken || (!full && is_broken(code));
	err_set(db->err, full ? ERR_FULL : kind_of(code), "%s: %s (SQLite %d)", what,
		sqlite3_errmsg(of(db)->handle), code);
}

void sqlite_do(struct db *db, const char *sql)
{
	if (db->err->kind)
		return;
	int code = sqlite3_exec(of(db)->handle, sql, NULL, NULL, NULL);
	if (code != SQLITE_OK)
		sqlite_failed(db, code, sql);
}

int64_t sqlite_number(struct db *db, const char *sql)
{
	sqlite3_stmt *s = NULL;
	int64_t number = 0;
	if (db->err->kind)
		return 0;
	int code = sqlite3_prepare_v2(of(db)->handle, sql, -1, &s, NULL);
	if (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW)
		number = sqlite3_column_int64(s, 0);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		sqlite_failed(db, code, sql);
	sqlite3_finalize(s);
	return number;
}

/* Queries */

static void learn(struct db *db, struct statement *s)
{
	sqlite3_stmt *handle = s->handle;
	s->column_count = sqlite3_column_count(handle);
	MUST(s->column_count <= COLUMNS_MAX);
	s->names = arena_many(db->own, struct val_name, (size_t)s->column_count);
	for (int i = 0; i < s->column_count; i++)
		s->names[i] = val_name(str_c(db->own, str_of(sqlite3_column_name(handle, i))));
	s->ready = true;
}

/* RETURNING makes SQLite keep a copy of every page that the statement changes, so that it could be
 * undone alone, which costs more than the new row. The id of one new row is known without it. */
static struct statement *prepared(struct db *db, const struct query *query)
{
	struct statement *s = db_statement(db, query);
	if (s->ready)
		return s;
	sqlite3_stmt *handle = NULL;
	int bytes = query->insert_bytes ? (int)query->insert_bytes : -1;
	int code = sqlite3_prepare_v3(of(db)->handle, query->sqlite, bytes,
				      SQLITE_PREPARE_PERSISTENT, &handle, NULL);
	if (code != SQLITE_OK) {
		sqlite_failed(db, code, query->name);
		return NULL;
	}
	s->handle = handle;
	learn(db, s);
	return s;
}

/* An empty str may have no pointer, which SQLite would take for null. */
static const char *bytes_of(struct str s)
{
	return s.p ? s.p : "";
}

static int bind(sqlite3_stmt *s, int number, const struct val *v)
{
	struct str text = val_get_str(v);
	switch (val_kind(v)) {
	case VAL_BOOL:
		return sqlite3_bind_int64(s, number, val_get_bool(v));
	case VAL_INT:
		return sqlite3_bind_int64(s, number, val_get_int(v));
	case VAL_REAL:
		return sqlite3_bind_double(s, number, val_get_real(v));
	case VAL_TEXT:
		return sqlite3_bind_text64(s, number, bytes_of(text), text.n, SQLITE_STATIC,
					   SQLITE_UTF8);
	case VAL_BLOB:
		return sqlite3_bind_blob64(s, number, bytes_of(text), text.n, SQLITE_STATIC);
	default:
		return sqlite3_bind_null(s, number);
	}
}

static struct val *value(struct arena *arena, sqlite3_stmt *s, int column)
{
	/* Not safe while another thread uses the connection, which none does; column_text() and its
	 * kin would ask for each value three times whether one does. */
	sqlite3_value *v = sqlite3_column_value(s, column);
	int type = sqlite3_value_type(v);
	switch (type) {
	case SQLITE_INTEGER:
		return val_int(arena, sqlite3_value_int64(v));
	case SQLITE_FLOAT:
		return val_real(arena, sqlite3_value_double(v));
	case SQLITE_NULL:
		return val_null();
	default:
		break;
	}
	bool text = type == SQLITE_TEXT;
	const void *p = text ? (const void *)sqlite3_value_text(v) : sqlite3_value_blob(v);
	size_t n = (size_t)sqlite3_value_bytes(v);
	struct str bytes = {n ? p : "", n};
	return text ? val_text_copy(arena, bytes) : val_blob(arena, str_dup(arena, bytes));
}

static struct val *row(struct arena *arena, const struct statement *s)
{
	struct val *object = val_object_for(arena, (size_t)s->column_count + ROW_GROWS);
	for (int i = 0; i < s->column_count; i++)
		val_add_named(object, s->names[i], value(arena, s->handle, i));
	return object;
}

static void give_rowid(struct db *db, struct call *call)
{
	struct val *row = val_object_for(call->arena, 1);
	val_add(row, "id", val_int(call->arena, sqlite3_last_insert_rowid(of(db)->handle)));
	call->row(call->context, row);
}

/* A change is always stepped to its end; of a read, rows that nobody wants are left. */
static int step_all(struct call *call, const struct statement *s, sqlite3_stmt *handle)
{
	int code;
	bool more = call->row;
	while ((code = sqlite3_step(handle)) == SQLITE_ROW) {
		if (more)
			more = call->row(call->context, row(call->arena, s));
		if (!more && !call->query->writes)
			return SQLITE_DONE;
	}
	return code;
}

static void run_one(struct db *db, struct call *call)
{
	struct statement *s = prepared(db, call->query);
	if (!s)
		return;
	/* What PRAGMA query_only would refuse; setting that expires every statement of the cache.
	 */
	if (!sqlite3_stmt_readonly(s->handle) && !db->writing) {
		err_set(db->err, ERR_FAILED, "%s writes, and the request only reads",
			call->query->name);
		return;
	}
	of(db)->running = s->handle;
	int code = SQLITE_OK;
	for (int i = 0; i < call->arg_count && code == SQLITE_OK; i++)
		code = bind(s->handle, i + 1, call->args[i]);
	if (code == SQLITE_OK)
		code = step_all(call, s, s->handle);
	if (code != SQLITE_DONE)
		sqlite_failed(db, code, call->query->name);
	if (call->query->writes)
		call->changed = sqlite3_changes64(of(db)->handle);
	if (call->query->insert_bytes && code == SQLITE_DONE && call->changed && call->row)
		give_rowid(db, call);
	sqlite3_reset(s->handle);
	of(db)->running = NULL;
}

static void run(struct db *db, struct call *calls, int count)
{
	for (int i = 0; i < count && !db->err->kind; i++)
		run_one(db, &calls[i]);
}

/* Transactions */

/* For the queue, and then for another program's lock. */
static void set_wait(struct db *db)
{
	sqlite3_busy_timeout(of(db)->handle, db->wait_ms);
}

static int step_once(sqlite3_stmt *s)
{
	int code = sqlite3_step(s);
	sqlite3_reset(s);
	return code;
}

static void leave_queue(struct db *db)
{
	if (of(db)->ticket >= 0)
		queue_leave(db->queue, of(db)->ticket);
	of(db)->ticket = -1;
}

static void open_transaction(struct db *db, bool write)
{
	struct sqlite *s = of(db);
	if (write && db->queue) {
		s->ticket = queue_enter(db->queue, db->wait_ms);
		if (s->ticket < 0) {
			err_set(db->err, ERR_RETRY, "the writers' queue did not move");
			return;
		}
	}
	int code = step_once(write ? s->begin_write : s->begin);
	if (code != SQLITE_DONE) {
		sqlite_failed(db, code, "BEGIN");
		leave_queue(db);
	}
}

static void rollback(struct db *db)
{
	struct sqlite *s = of(db);
	if (s->running)
		sqlite3_reset(s->running);
	s->running = NULL;
	if (!sqlite3_get_autocommit(s->handle)) /* a full disk has rolled it back already */
		step_once(s->rollback);
	leave_queue(db);
}

static void commit(struct db *db)
{
	int code = step_once(of(db)->commit);
	if (code != SQLITE_DONE) {
		sqlite_failed(db, code, "COMMIT");
		rollback(db);
	}
	leave_queue(db);
}

/* Opening and closing */

static void close_db(struct db *db)
{
	struct sqlite *s = of(db);
	for (int i = 0; i < db->statement_count; i++)
		sqlite3_finalize(db->statements[i].handle);
	sqlite3_finalize(s->begin);
	sqlite3_finalize(s->begin_write);
	sqlite3_finalize(s->commit);
	sqlite3_finalize(s->rollback);
	sqlite3_close(s->handle);
}

static const struct engine engine = {
	.name = "sqlite",
	.close = close_db,
	.set_wait = set_wait,
	.open = open_transaction,
	.commit = commit,
	.rollback = rollback,
	.run = run,
	.script = sqlite_script,
	.migrating = sqlite_migrating,
	.migrated = sqlite_migrated,
	.check = sqlite_check,
	.checkpoint = sqlite_checkpoint,
	.backup = sqlite_backup,
	.shape = sqlite_shape,
	/* AUTOINCREMENT: an id is never given again, so an old link never shows another's row. */
	.id_column = "INTEGER PRIMARY KEY AUTOINCREMENT",
	.suffix = ".sqlite.sql",
};

/* The file holds personal data: it is made readable for its owner alone, and its log with it. A
 * file that is there is not touched: closing it here would drop this process's locks on it. */
static bool make_private(const char *path, struct err *err)
{
	if (!access(path, F_OK))
		return true;
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0)
		close(fd);
	else if (errno != EEXIST)
		err_set(err, ERR_FAILED, "%s: %s", path, strerror(errno));
	return !err->kind;
}

static void prepare_own(struct db *db, const char *sql, sqlite3_stmt **to)
{
	int code = sqlite3_prepare_v3(of(db)->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, to, NULL);
	if (code != SQLITE_OK)
		sqlite_failed(db, code, sql);
}

/* The busy timeout comes before the journal mode: two processes may open a new file at once. */
static void set_up(struct db *db)
{
	struct sqlite *s = of(db);
	set_wait(db);
	sqlite3_db_config(s->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(s->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(s->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite_collations(s->handle);
	sqlite_rank(db);
	sqlite_do(db, "PRAGMA journal_mode = WAL");
	sqlite_do(db, "PRAGMA synchronous = FULL");
	sqlite_do(db, "PRAGMA foreign_keys = ON");
	sqlite_do(db, "PRAGMA case_sensitive_like = ON");
	sqlite_do(db, "PRAGMA temp_store = MEMORY");
	sqlite_do(db, "PRAGMA cache_size = -8000");
	sqlite_do(db, "PRAGMA wal_autocheckpoint = 10000"); /* see db_checkpoint() */
	sqlite_do(db, "PRAGMA journal_size_limit = 67108864");
	prepare_own(db, "BEGIN", &s->begin);
	prepare_own(db, "BEGIN IMMEDIATE", &s->begin_write);
	prepare_own(db, "COMMIT", &s->commit);
	prepare_own(db, "ROLLBACK", &s->rollback);
}

struct db *sqlite_open(const char *path, struct err *err)
{
	if (!make_private(path, err))
		return NULL;
	/* Nobody asks SQLite how much memory it uses, and counting takes a lock. Has effect before
	 * a program's first connection. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	struct sqlite *s = db_new(&engine, sizeof *s);
	struct db *db = &s->db;
	db->err = err;
	s->ticket = -1;
	int code = sqlite3_open_v2(
		path, &s->handle,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
	if (code != SQLITE_OK)
		sqlite_failed(db, code, "opening");
	else if (sqlite3_db_readonly(s->handle, "main"))
		err_set(err, ERR_FAILED, "the file may not be written");
	else
		set_up(db);
	if (!err->kind)
		return db;
	db_close(db);
	struct err why = *err;
	err->kind = ERR_NONE;
	err_set_at(err, why.kind, why.file, why.line, "%s: %s", path, why.text);
	return NULL;
}
