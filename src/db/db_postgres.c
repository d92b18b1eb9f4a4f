#include "db/db_postgres.h"

#include <endian.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

/* The organisation's lock: a class of our own in the upper bits, the organisation below. */
#define LOCK_CLASS ((int64_t)0x5750 << 48)

static struct postgres *of(struct db *db)
{
	return (struct postgres *)db;
}

/* The message is kept but where it may quote a value (class 22). `lost` also where the connection
 * works but its prepared statements cannot be trusted: the next request gets a new one. */
void postgres_failed(struct db *db, const PGresult *result, const char *what)
{
	static const struct {
		const char *state;
		enum err_kind kind;
		bool lost;
	} states[] = {
		{"40001", ERR_RETRY, false}, /* serialization_failure */
		{"40P01", ERR_RETRY, false}, /* deadlock_detected */
		{"55P03", ERR_RETRY, false}, /* lock_not_available: lock_timeout */
		{"53100", ERR_FULL, false},  /* disk_full */
		{"25006", ERR_FULL, false},  /* read_only_sql_transaction: a standby */
		{"0A000", ERR_FAILED, true}, /* cached plan must not change result type */
		{"26000", ERR_FAILED, true}, /* prepared statement does not exist: a pooler */
	};
	struct postgres *pg = of(db);
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	const char *text = state ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	enum err_kind kind = ERR_FAILED;
	for (size_t i = 0; state && i < sizeof states / sizeof *states; i++) {
		if (strcmp(state, states[i].state))
			continue;
		kind = states[i].kind;
		pg->lost = pg->lost || states[i].lost;
	}
	if (!state || PQstatus(pg->conn) != CONNECTION_OK)
		pg->lost = true;
	if (kind == ERR_FULL && !db->writing && strcmp(state, "25006") == 0)
		kind = ERR_FAILED; /* a request that only reads tried to write */
	if (state && !strncmp(state, "22", 2))
		text = "a value of the wrong form";
	err_set(db->err, kind, "%s: %s (PostgreSQL %s)", what, text ? text : "the server was lost",
		state ? state : "-");
}

/* Sending and receiving */

static bool sent(struct db *db, int ok, const char *what)
{
	if (!ok)
		postgres_failed(db, NULL, what);
	return ok;
}

static bool send_own(struct db *db, const char *statement)
{
	return sent(db, PQsendQueryPrepared(of(db)->conn, statement, 0, NULL, NULL, NULL, 1),
		    statement);
}

static bool send_beginning(struct db *db)
{
	struct postgres *pg = of(db);
	if (!pg->pending)
		return true;
	pg->pending = false;
	if (!db->writing)
		return send_own(db, "begin_read");
	uint64_t key = htobe64((uint64_t)(LOCK_CLASS | db->org));
	const char *value = (const char *)&key;
	static const int length = sizeof key, binary = 1;
	return send_own(db, "begin_write") &&
	       sent(db, PQsendQueryPrepared(pg->conn, "lock", 1, &value, &length, &binary, 1),
		    "lock");
}

static bool sync(struct db *db)
{
	int ok = PQpipelineSync(of(db)->conn);
	of(db)->unread += ok;
	return sent(db, ok, "sync");
}

static void take_rows(struct call *call, const struct statement *s, const PGresult *result);

static void forget_results(struct postgres *pg)
{
	for (int i = 0; i < CALLS_MAX; i++) {
		PQclear(pg->results[i]);
		pg->results[i] = NULL;
	}
}

/* Of more than `count` results those of the last commands are kept. */
static void keep_result(struct postgres *pg, int count, PGresult *r)
{
	PQclear(pg->results[0]);
	for (int i = 1; i < count; i++)
		pg->results[i - 1] = pg->results[i];
	pg->results[count - 1] = r;
}

/* Reads every answer up to the sync; those of the last `count` commands are in pg->results until
 * forget_results(). False with the error set, and none kept. Rows of a streamed call are taken as
 * they come. */
static bool receive(struct db *db, struct call *streamed, const struct statement *s, int count,
		    const char *what)
{
	struct postgres *pg = of(db);
	for (;;) {
		PGresult *r = PQgetResult(pg->conn);
		if (!r) /* the end of one command's results */
			r = PQgetResult(pg->conn);
		ExecStatusType status = r ? PQresultStatus(r) : PGRES_FATAL_ERROR;
		if (status == PGRES_PIPELINE_SYNC) {
			PQclear(r);
			pg->unread--;
			break;
		}
		if (status == PGRES_FATAL_ERROR)
			postgres_failed(db, r, what);
		keep_result(pg, count, r);
		if (streamed && status == PGRES_SINGLE_TUPLE)
			take_rows(streamed, s, r);
		if (!r || pg->lost)
			break;
	}
	if (db->err->kind)
		forget_results(pg);
	return !db->err->kind;
}

/* The answer to a command of our own, of which nothing is wanted: whether it worked says db->err. */
static void receive_own(struct db *db, const char *what)
{
	receive(db, NULL, NULL, 1, what);
	forget_results(of(db));
}

bool postgres_begin_now(struct db *db)
{
	if (of(db)->pending && send_beginning(db) && sync(db))
		receive_own(db, "BEGIN");
	return !db->err->kind;
}

/* Values */

static void kind_must_be(const struct call *call, int i, bool right, uint32_t type)
{
	char text[160];
	if (right)
		return;
	snprintf(text, sizeof text, "%s: :%s is of type %u and is given kind %d", call->query->name,
		 call->query->params[i], type, (int)val_kind(call->args[i]));
	must_failed(text, __FILE__, __LINE__);
}

struct wire {
	uint64_t number[QUERY_PARAMS_MAX];
	const char *value[QUERY_PARAMS_MAX];
	int length[QUERY_PARAMS_MAX], format[QUERY_PARAMS_MAX];
};

static void encode(const struct call *call, int i, uint32_t type, struct wire *w)
{
	const struct val *v = call->args[i];
	enum val_kind kind = val_kind(v);
	struct str text = val_get_str(v);
	double real = val_get_real(v);
	w->format[i] = 1;
	w->value[i] = NULL;
	switch (kind) {
	case VAL_NULL:
		return;
	case VAL_BOOL:
	case VAL_INT:
		kind_must_be(call, i, type == OID_INT8, type);
		w->number[i] = kind == VAL_BOOL ? val_get_bool(v) : (uint64_t)val_get_int(v);
		break;
	case VAL_REAL:
		kind_must_be(call, i, type == OID_FLOAT8, type);
		memcpy(&w->number[i], &real, sizeof real);
		break;
	default:
		kind_must_be(call, i, type == (kind == VAL_BLOB ? OID_BYTEA : OID_TEXT), type);
		w->value[i] = text.n ? text.p : "";
		w->length[i] = (int)text.n;
		return;
	}
	w->number[i] = htobe64(w->number[i]);
	w->value[i] = (const char *)&w->number[i];
	w->length[i] = sizeof w->number[i];
}

static uint64_t big_endian(const char *p, int n)
{
	uint64_t v = 0;
	for (int i = 0; i < n; i++)
		v = v << 8 | (unsigned char)p[i];
	return v;
}

static struct val *decode(struct arena *arena, uint32_t type, const char *p, int n)
{
	uint64_t bits = n <= 8 ? big_endian(p, n) : 0;
	uint32_t bits4 = (uint32_t)bits;
	double real;
	float real4;
	switch (type) {
	case OID_INT2:
		return val_int(arena, (int16_t)bits);
	case OID_INT4:
		return val_int(arena, (int32_t)bits4);
	case OID_INT8:
		return val_int(arena, (int64_t)bits);
	case OID_FLOAT4:
		memcpy(&real4, &bits4, sizeof real4);
		return val_real(arena, (double)real4);
	case OID_FLOAT8:
		memcpy(&real, &bits, sizeof real);
		return val_real(arena, real);
	case OID_BYTEA:
		return val_blob(arena, str_dup(arena, (struct str){p, (size_t)n}));
	default:
		return val_text_copy(arena, (struct str){p, (size_t)n});
	}
}

static struct val *row(struct arena *arena, const struct statement *s, const PGresult *r,
		       int number)
{
	struct val *object = val_object_for(arena, (size_t)s->column_count + ROW_GROWS);
	for (int i = 0; i < s->column_count; i++) {
		bool null = PQgetisnull(r, number, i);
		val_add_named(object, s->names[i],
			      null ? val_null()
				   : decode(arena, s->types[i], PQgetvalue(r, number, i),
					    PQgetlength(r, number, i)));
	}
	return object;
}

static void take_rows(struct call *call, const struct statement *s, const PGresult *result)
{
	int n = PQntuples(result);
	for (int i = 0; i < n && call->row; i++)
		if (!call->row(call->context, row(call->arena, s, result, i)))
			call->row = NULL;
}

/* Queries */

static bool type_allowed(uint32_t type)
{
	return type == OID_INT2 || type == OID_INT4 || type == OID_INT8 || type == OID_FLOAT4 ||
	       type == OID_FLOAT8 || type == OID_TEXT || type == OID_VARCHAR || type == OID_BYTEA;
}

static void learn(struct db *db, struct statement *s, const char *name, const PGresult *described)
{
	s->param_count = PQnparams(described);
	s->column_count = PQnfields(described);
	MUST(s->param_count <= QUERY_PARAMS_MAX && s->column_count <= COLUMNS_MAX);
	s->param_types = arena_many(db->own, uint32_t, (size_t)s->param_count + 1);
	s->names = arena_many(db->own, struct val_name, (size_t)s->column_count + 1);
	s->types = arena_many(db->own, uint32_t, (size_t)s->column_count + 1);
	for (int i = 0; i < s->param_count; i++)
		s->param_types[i] = PQparamtype(described, i);
	for (int i = 0; i < s->column_count; i++) {
		s->names[i] = val_name(str_c(db->own, str_of(PQfname(described, i))));
		s->types[i] = PQftype(described, i);
		if (!type_allowed(s->types[i]))
			must_failed(str_c(db->own, str_fmt(db->own,
							   "%s: column %s is of type %u, which the "
							   "rules do not allow",
							   name, s->names[i].text, s->types[i])),
				    __FILE__, __LINE__);
	}
	s->connection = of(db)->connection;
	s->ready = true;
}

static bool prepare(struct db *db, const struct query *q)
{
	struct postgres *pg = of(db);
	struct statement *s = db_statement(db, q);
	if (s->ready && s->connection == pg->connection)
		return true;
	snprintf(s->name, sizeof s->name, "%c%d", q->counts ? 'n' : 'q', q->id);
	if (!send_beginning(db) ||
	    !sent(db, PQsendPrepare(pg->conn, s->name, q->postgres, 0, NULL), q->name) ||
	    !sent(db, PQsendDescribePrepared(pg->conn, s->name), q->name) || !sync(db) ||
	    !receive(db, NULL, NULL, 1, q->name))
		return false;
	learn(db, s, q->name, pg->results[0]);
	forget_results(pg);
	return true;
}

static bool send_call(struct db *db, const struct call *call)
{
	const struct statement *s = db_statement(db, call->query);
	struct wire w;
	MUST(call->arg_count == s->param_count);
	for (int i = 0; i < call->arg_count; i++)
		encode(call, i, s->param_types[i], &w);
	return sent(db,
		    PQsendQueryPrepared(of(db)->conn, s->name, call->arg_count, w.value, w.length,
					w.format, 1),
		    call->query->name);
}

static void run(struct db *db, struct call *calls, int count)
{
	struct postgres *pg = of(db);
	struct call *streamed = calls->streamed ? calls : NULL;
	for (int i = 0; i < count; i++)
		if (!prepare(db, calls[i].query))
			return;
	if (streamed && !postgres_begin_now(db)) /* rows come singly from the first command only */
		return;
	bool good = send_beginning(db);
	for (int i = 0; i < count && good; i++)
		good = send_call(db, &calls[i]);
	if (!good || !sync(db))
		return;
	if (streamed)
		PQsetSingleRowMode(pg->conn);
	if (!receive(db, streamed, db_statement(db, calls->query), count, calls->query->name))
		return;
	for (int i = 0; i < count; i++) {
		if (calls[i].query->writes)
			str_int(str_of(PQcmdTuples(pg->results[i])), &calls[i].changed);
		take_rows(&calls[i], db_statement(db, calls[i].query), pg->results[i]);
	}
	forget_results(pg);
}

/* Transactions */

static void open_transaction(struct db *db, bool write)
{
	(void)write; /* db->writing says so when the beginning is sent */
	of(db)->pending = true;
}

void postgres_drain(struct db *db)
{
	struct postgres *pg = of(db);
	struct err ignored = {0}, *kept = db->err;
	db->err = &ignored;
	while (pg->unread > 0 && !pg->lost)
		receive(db, &(struct call){0}, NULL, 1, "drain");
	forget_results(pg);
	db->err = kept;
}

/* COMMIT of a transaction that failed answers ROLLBACK and is no error to the server. What a read
 * has seen stands before its COMMIT: its answer is taken when the next transaction begins. */
static void commit(struct db *db)
{
	struct postgres *pg = of(db);
	if (pg->pending) {
		pg->pending = false;
		return;
	}
	if (send_own(db, "commit") && sync(db) && !db->writing)
		return;
	if (!db->err->kind && receive(db, NULL, NULL, 1, "COMMIT") &&
	    strcmp(PQcmdStatus(pg->results[0]), "COMMIT"))
		err_set(db->err, ERR_FAILED, "COMMIT: the transaction was rolled back");
	forget_results(pg);
	if (pg->lost)
		postgres_disconnect(db);
}

static void rollback(struct db *db)
{
	struct postgres *pg = of(db);
	struct err ignored = {0}, *kept = db->err;
	forget_results(pg);
	postgres_drain(db);
	db->err = &ignored;
	if (!pg->pending && !pg->lost && send_own(db, "rollback") && sync(db))
		receive_own(db, "ROLLBACK");
	pg->pending = false;
	db->err = kept;
	if (pg->lost)
		postgres_disconnect(db); /* and with it the organisation's lock */
}

/* A server that went away while nothing was asked of it has said so: there is something to read, an
 * error and then the end. */
static void listen_for_end(struct postgres *pg)
{
	struct pollfd socket = {.fd = PQsocket(pg->conn), .events = POLLIN};
	while (!pg->lost && poll(&socket, 1, 0) == 1)
		pg->lost = !PQconsumeInput(pg->conn) || PQstatus(pg->conn) != CONNECTION_OK;
}

static void ready(struct db *db)
{
	listen_for_end(of(db));
	postgres_drain(db);
	if (of(db)->lost) {
		postgres_disconnect(db);
		postgres_connect(db);
	}
}

static const struct engine engine = {
	.name = "postgresql",
	.close = postgres_disconnect,
	.ready = ready,
	.set_wait = postgres_set_wait,
	.open = open_transaction,
	.commit = commit,
	.rollback = rollback,
	.run = run,
	.script = postgres_script,
	.migrating = postgres_migrating,
	.check = postgres_check,
	.backup = postgres_backup,
	.restore = postgres_restore,
	.shape = postgres_shape,
	.id_column = "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
	.suffix = ".postgres.sql",
	.free_ids = postgres_free_ids,
	.prelude = postgres_prelude,
};

struct db *postgres_open(const char *conninfo, struct err *err)
{
	struct postgres *pg = db_new(&engine, sizeof *pg);
	struct db *db = &pg->db;
	db->err = err;
	pg->conninfo = str_c(db->own, str_of(conninfo));
	if (postgres_connect(db))
		return db;
	db_close(db);
	return NULL;
}
