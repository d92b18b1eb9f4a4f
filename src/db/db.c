#include "base/buf.h"
#include "base/utf8.h"
#include "db/engine.h"
#include "db/queue.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { OWN_LIMIT = 64 << 20, SCRATCH_LIMIT = 64 << 20 };

struct db *db_open(const char *url, struct err *err)
{
	struct str rest = str_of(url), scheme;
	str_cut(&rest, ':', &scheme);
	if (str_is(scheme, "sqlite") && rest.n > 0)
		return sqlite_open(rest.p, err);
	if (str_is(scheme, "postgresql") || str_is(scheme, "postgres"))
		return postgres_open(str_starts(rest, S("//")) ? url : rest.p, err);
	err_set(err, ERR_FAILED, "a database is named sqlite:FILE or postgresql://HOST/NAME");
	return NULL;
}

void *db_new(const struct engine *engine, size_t size)
{
	struct arena *own = arena_new(OWN_LIMIT);
	struct db *db = arena_alloc(own, size);
	db->engine = engine;
	db->own = own;
	db->scratch = arena_new(SCRATCH_LIMIT);
	db->statement_count = all_queries_count;
	db->wait_ms = 10000;
	db->statements = arena_many(own, struct statement, (size_t)all_queries_count + 1);
	return db;
}

void db_delete(struct db *db)
{
	arena_free(db->scratch);
	arena_free(db->own);
}

/* Only tests have queries beyond all_queries. */
struct statement *db_statement(struct db *db, const struct query *query)
{
	int place = 2 * query->id + query->counts;
	MUST(place >= 0);
	if (place >= db->statement_count) {
		int count = place + 128;
		size_t each = sizeof *db->statements;
		db->statements =
			arena_grow(db->own, db->statements, (size_t)db->statement_count * each,
				   (size_t)count * each);
		db->statement_count = count;
	}
	return &db->statements[place];
}

void db_close(struct db *db)
{
	if (!db)
		return;
	db_rollback(db);
	db->engine->close(db);
	db_delete(db);
}

bool db_broken(const struct db *db)
{
	return db->broken;
}

const char *db_engine(const struct db *db)
{
	return db->engine->name;
}

void db_set_queue(struct db *db, struct queue *queue)
{
	db->queue = queue;
}

void db_set_wait(struct db *db, int milliseconds)
{
	db->wait_ms = milliseconds;
	db->engine->set_wait(db);
}

void db_use(struct db *db, struct arena *arena, struct err *err)
{
	MUST(!db->begun);
	db->arena = arena;
	db->err = err;
	db->calls = 0;
}

int db_fail_at(struct db *db, int nth)
{
	db->fail_in = nth;
	return db->calls;
}

static void make_ready(struct db *db)
{
	if (!db->err->kind && db->engine->ready)
		db->engine->ready(db);
}

void db_begin(struct db *db, enum db_mode mode, int64_t org)
{
	MUST(!db->begun && db->err);
	db->begun = true;
	db->mode = mode;
	db->org = org;
	db->writing = false;
	make_ready(db);
}

static bool failing(struct db *db)
{
	db->calls++;
	if (!db->err->kind && db->fail_in > 0 && --db->fail_in == 0)
		err_set(db->err, ERR_FAILED, "made to fail by a test");
	return db->err->kind != ERR_NONE;
}

static void open_transaction(struct db *db, bool write)
{
	if (db->open)
		return;
	db->engine->open(db, write);
	db->open = !db->err->kind;
	db->writing = write;
}

bool db_commit(struct db *db)
{
	MUST(db->begun && !db->running);
	if (failing(db)) {
		db_rollback(db);
		return false;
	}
	if (db->open)
		db->engine->commit(db);
	db->open = db->begun = false;
	return !db->err->kind;
}

void db_rollback(struct db *db)
{
	if (db->open || db->running)
		db->engine->rollback(db);
	db->open = db->begun = db->running = false;
}

/* json_each() reads it on both engines. */
static struct val *id_list(struct db *db, const struct val *list)
{
	struct buf json = {.arena = db->arena};
	buf_char(&json, '[');
	for (size_t i = 0; i < val_count(list); i++) {
		MUST(val_kind(val_at(list, i)) == VAL_INT);
		if (i)
			buf_char(&json, ',');
		buf_int(&json, val_get_int(val_at(list, i)));
	}
	buf_char(&json, ']');
	return val_text(db->arena, buf_str(&json));
}

static const struct val *argument(struct db *db, const struct query *q, const char *name,
				  const struct val *params)
{
	const struct val *v = val_get(params, name);
	struct str text = val_get_str(v);
	if (val_is_null(v) && !val_has(params, name))
		must_failed(str_c(db->arena, str_fmt(db->arena, "%s is given :%s", q->name, name)),
			    __FILE__, __LINE__);
	switch (val_kind(v)) {
	case VAL_TEXT:
		/* PostgreSQL refuses it and SQLite would keep it. Input was checked at the door. */
		if (memchr(text.n ? text.p : "", 0, text.n) || !utf8_valid(text))
			err_set(db->err, ERR_FAILED, "%s: :%s is not text", q->name, name);
		break;
	case VAL_LIST:
		return id_list(db, v);
	case VAL_REAL:
		MUST(isfinite(val_get_real(v)));
		break;
	case VAL_HTML:
	case VAL_OBJECT:
		must_failed(
			str_c(db->arena,
			      str_fmt(db->arena, "%s is given a :%s of a kind that no column has",
				      q->name, name)),
			__FILE__, __LINE__);
	default:
		break;
	}
	return v;
}

static void set_arguments(struct db *db, struct call *call)
{
	const struct query *query = call->query;
	for (int i = 0; query->params[i]; i++) {
		MUST(i < QUERY_PARAMS_MAX);
		call->args[i] = argument(db, query, query->params[i], call->params);
		call->arg_count = i + 1;
	}
}

/* What becomes of the rows is in the calls. */
static void run(struct db *db, struct call *calls, int count)
{
	MUST(db->begun && !db->running);
	for (int i = 0; i < count; i++) {
		if (failing(db))
			return;
		set_arguments(db, &calls[i]);
	}
	if (!db->err->kind && (calls->query->writes || db->mode != DB_SLOW))
		open_transaction(db, db->mode != DB_READ);
	if (db->err->kind)
		return;
	db->running = true;
	db->engine->run(db, calls, count);
	db->running = false;
}

static bool keep_first(void *context, struct val *row)
{
	struct val **first = context;
	*first = row;
	return false;
}

static bool keep_all(void *context, struct val *row)
{
	val_push(context, row);
	return true;
}

struct val *db_row(struct db *db, const struct query *query, const struct val *params)
{
	struct val *row = val_null();
	struct call call = {query, params, .arena = db->arena, .row = keep_first, .context = &row};
	run(db, &call, 1);
	return db->err->kind ? val_null() : row;
}

struct val *db_rows(struct db *db, const struct query *query, const struct val *params)
{
	struct val *rows = val_list(db->arena);
	struct call call = {query, params, .arena = db->arena, .row = keep_all, .context = rows};
	run(db, &call, 1);
	return db->err->kind ? val_list(db->arena) : rows;
}

static void ask_some(struct db *db, struct db_question *asked, int count)
{
	struct call calls[CALLS_MAX];
	for (int i = 0; i < count; i++) {
		MUST(!asked[i].query->writes);
		asked[i].rows = val_list(db->arena);
		calls[i] = (struct call){asked[i].query, asked[i].params, .arena = db->arena,
					 .row = keep_all, .context = asked[i].rows};
	}
	run(db, calls, count);
	for (int i = 0; i < count && db->err->kind; i++)
		asked[i].rows = val_list(db->arena);
}

void db_ask(struct db *db, struct db_question *asked, int count)
{
	for (int done = 0; done < count; done += CALLS_MAX)
		ask_some(db, asked + done, count - done < CALLS_MAX ? count - done : CALLS_MAX);
}

int64_t db_exec(struct db *db, const struct query *query, const struct val *params)
{
	struct call call = {query, params, .arena = db->arena};
	run(db, &call, 1);
	return db->err->kind ? 0 : call.changed;
}

int64_t db_id(struct db *db, const struct query *query, const struct val *params)
{
	struct val *row = db_row(db, query, params);
	MUST(val_is_null(row) || (val_count(row) == 1 && val_kind(val_at(row, 0)) == VAL_INT));
	return val_get_int(val_at(row, 0));
}

static const char *counting(struct arena *a, const char *text)
{
	struct str rows = str_of(text);
	while (rows.n && strchr("; \t\n", rows.p[rows.n - 1]))
		rows.n--;
	return str_c(a, str_fmt(a, "SELECT count(*) AS count FROM (" STR_FMT ") counted",
				STR_ARG(rows)));
}

int64_t db_count(struct db *db, const struct query *query, const struct val *params)
{
	struct query count = *query;
	count.counts = true;
	count.sqlite = counting(db->arena, query->sqlite);
	count.postgres = counting(db->arena, query->postgres);
	return db_id(db, &count, params);
}

struct each {
	struct arena *arena;
	bool (*each)(void *context, const struct val *row);
	void *context;
};

static bool pass_on(void *context, struct val *row)
{
	struct each *e = context;
	bool more = e->each(e->context, row);
	arena_reset(e->arena);
	return more;
}

void db_each(struct db *db, const struct query *query, const struct val *params,
	     bool (*each)(void *context, const struct val *row), void *context)
{
	struct each e = {db->scratch, each, context};
	arena_reset(db->scratch);
	struct call call = {query,          params,        .arena = db->scratch,
			    .row = pass_on, .context = &e, .streamed = true};
	run(db, &call, 1);
}

/* Upkeep */

void db_script(struct db *db, const char *name, const char *sql)
{
	MUST(db->begun && db->mode == DB_WRITE);
	if (failing(db))
		return;
	open_transaction(db, true);
	if (!db->err->kind)
		db->engine->script(db, name, sql);
}

void db_free_ids(struct db *db)
{
	if (db->engine->free_ids)
		db_script(db, "ids", db->engine->free_ids);
}

int db_hold(const char *url, int milliseconds, struct err *err)
{
	struct str rest = str_of(url), scheme;
	str_cut(&rest, ':', &scheme);
	return str_is(scheme, "sqlite") ? sqlite_hold(rest.p, milliseconds, err) : 0;
}

static struct queue *queue_beside(const char *url, int *held)
{
	char path[4096];
	struct str rest = str_of(url), scheme;
	str_cut(&rest, ':', &scheme);
	if (!str_is(scheme, "sqlite") ||
	    snprintf(path, sizeof path, STR_FMT "-queue", STR_ARG(rest)) >= (int)sizeof path)
		return NULL;
	return held ? queue_serve(path, held) : queue_join(path);
}

struct queue *db_queue_serve(const char *url, int *held)
{
	return queue_beside(url, held);
}

struct queue *db_queue_join(const char *url)
{
	return queue_beside(url, NULL);
}

bool db_check(struct db *db, struct err *err)
{
	db_use(db, db->scratch, err);
	make_ready(db);
	if (!err->kind)
		db->engine->check(db);
	arena_reset(db->scratch);
	return !err->kind;
}

bool db_backup(struct db *db, const char *to_path, struct err *err)
{
	db_use(db, db->scratch, err);
	make_ready(db);
	if (!err->kind)
		db->engine->backup(db, to_path);
	arena_reset(db->scratch);
	return !err->kind;
}

const char *db_verified(const struct db *db)
{
	return db->verified;
}

bool db_restore(const char *url, const char *from_path, struct err *err)
{
	struct str path = str_of(url);
	bool embedded = str_starts(path, S("sqlite:"));
	struct arena *arena = arena_new(OWN_LIMIT);
	struct db *db =
		db_open(embedded ? str_c(arena, str_fmt(arena, "sqlite:%s", from_path)) : url, err);
	if (db && embedded) {
		db_backup(db, url + strlen("sqlite:"), err);
	} else if (db) {
		db_use(db, db->scratch, err);
		db->engine->restore(db, from_path);
	}
	db_close(db);
	arena_free(arena);
	return !err->kind;
}

void db_checkpoint(struct db *db)
{
	if (db->engine->checkpoint)
		db->engine->checkpoint(db);
}

bool db_shape(struct db *db, const struct query *query, struct arena *arena, struct db_shape *shape,
	      struct err *err)
{
	*shape = (struct db_shape){0};
	db_use(db, db->scratch, err);
	make_ready(db);
	if (!err->kind)
		db->engine->shape(db, query, arena, shape);
	arena_reset(db->scratch);
	return !err->kind;
}
