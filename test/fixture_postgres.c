#include "fixture_postgres.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static PGconn *admin;
static PGconn *inside; /* in the database "test" between two tests */
static char shape[64]; /* of its schema when it was made */
static pid_t owner;

static void leave(void)
{
	PQfinish(inside);
	inside = NULL;
}

static void forget(void)
{
	if (!admin || getpid() != owner)
		return;
	postgres_drop("test");
	postgres_drop("empty");
	postgres_drop("template");
	PQfinish(admin);
	admin = NULL;
}

static void say_nothing(void *nothing, const char *message)
{
	(void)nothing, (void)message;
}

static bool connected(void)
{
	if (!admin) {
		admin = PQconnectdb(getenv("WAYPOST_TEST_PG"));
		PQsetNoticeProcessor(admin, say_nothing, NULL);
		owner = getpid();
		atexit(forget);
	}
	if (PQstatus(admin) == CONNECTION_OK)
		return true;
	PQreset(admin); /* a test may have ended every connection */
	return PQstatus(admin) == CONNECTION_OK;
}

bool postgres_run(const char *sql)
{
	if (!connected()) {
		printf("    %s", PQerrorMessage(admin));
		return false;
	}
	PGresult *r = PQexec(admin, sql);
	ExecStatusType status = PQresultStatus(r);
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		printf("    %s", PQresultErrorMessage(r));
	PQclear(r);
	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static void full_name(char *to, size_t size, const char *name)
{
	snprintf(to, size, "waypost_%s_%d", name, (int)owner);
}

static bool make(const char *name, const char *how, char *url, size_t size)
{
	char sql[300], own[64];
	leave();
	postgres_drop(name);
	full_name(own, sizeof own, name);
	snprintf(sql, sizeof sql, "CREATE DATABASE %s %s", own, how);
	snprintf(url, size, "postgresql:%s dbname=%s", getenv("WAYPOST_TEST_PG"), own);
	return postgres_run(sql);
}

bool postgres_make(const char *name, const char *from, char *url, size_t size)
{
	char how[200], source[64];
	connected(); /* which makes names this run's own */
	full_name(source, sizeof source, from ? from : "");
	snprintf(how, sizeof how, "TEMPLATE %s ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'",
		 from ? source : "template0");
	return make(name, how, url, size);
}

bool postgres_make_icu(const char *name, char *url, size_t size)
{
	return make(name, "TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'fr'",
		    url, size);
}

bool postgres_allow(const char *name, bool connections)
{
	char sql[200], own[64];
	full_name(own, sizeof own, name);
	snprintf(sql, sizeof sql, "ALTER DATABASE %s ALLOW_CONNECTIONS %s", own,
		 connections ? "true" : "false");
	return postgres_run(sql);
}

void postgres_drop(const char *name)
{
	char sql[200], own[64];
	full_name(own, sizeof own, name);
	snprintf(sql, sizeof sql, "DROP DATABASE IF EXISTS %s WITH (FORCE)", own);
	postgres_run(sql);
}

/* Between two tests "test" is emptied rather than made anew, which takes ten times as long. What
 * follows says whether its schema, its rights and its migrations are still those it was made with. */
static const char shape_sql[] =
	"SELECT md5(concat_ws('|', "
	"(SELECT string_agg(concat_ws(' ', oid, relname, relkind, relnatts, relchecks, relacl), "
	"',' "
	"ORDER BY oid) FROM pg_class WHERE relnamespace <> 11 AND relkind <> 't'), "
	"(SELECT concat_ws(' ', count(*), sum(CAST(CAST(xmin AS text) AS bigint))) FROM "
	"pg_attribute WHERE attrelid > 16383), "
	"(SELECT concat_ws(' ', count(*), sum(CAST(CAST(xmin AS text) AS bigint))) FROM "
	"pg_trigger), "
	"(SELECT concat_ws(' ', count(*), sum(CAST(objid AS bigint))) FROM pg_depend), "
	"(SELECT string_agg(CAST(m AS text), ',' ORDER BY m.version) FROM public.migration m), "
	"(SELECT concat_ws(' ', datacl, datallowconn) FROM pg_database WHERE datname = "
	"current_database()), "
	"(SELECT count(*) FROM pg_db_role_setting)))";

/* Few rows are deleted, which leaves files as they are; for many, that would be the slower way. */
static const char empty_sql[] =
	"SET session_replication_role = replica; SET lock_timeout = '2s'; "
	"DO $$ DECLARE t record; BEGIN "
	"PERFORM pg_terminate_backend(pid) FROM pg_stat_activity "
	"WHERE datname = current_database() AND pid <> pg_backend_pid(); "
	"FOR t IN SELECT CAST(c.oid AS regclass) AS name, pg_relation_size(c.oid) AS size "
	"FROM pg_class c WHERE c.relnamespace = CAST('public' AS regnamespace) "
	"AND c.relkind = 'r' AND c.relname <> 'migration' AND pg_relation_size(c.oid) > 0 LOOP "
	"IF t.size > 400000 THEN EXECUTE format('TRUNCATE %s CASCADE', t.name); "
	"ELSE EXECUTE format('DELETE FROM %s', t.name); END IF; END LOOP; "
	"PERFORM setval(CAST(s.seqrelid AS regclass), s.seqstart, false) FROM pg_sequence s "
	"WHERE pg_sequence_last_value(s.seqrelid) IS NOT NULL; "
	"END $$";

static bool enter(void)
{
	char own[64], words[600];
	if (inside && PQstatus(inside) == CONNECTION_OK)
		return true;
	leave();
	full_name(own, sizeof own, "test");
	snprintf(words, sizeof words, "%s dbname=%s", getenv("WAYPOST_TEST_PG"), own);
	inside = PQconnectdb(words);
	PQsetNoticeProcessor(inside, say_nothing, NULL);
	return PQstatus(inside) == CONNECTION_OK;
}

static bool run_inside(const char *sql)
{
	PGresult *r = PQexec(inside, sql);
	bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;
	if (!ok)
		printf("    %s", PQresultErrorMessage(r));
	PQclear(r);
	return ok;
}

static bool shape_now(char *to, size_t size)
{
	PGresult *r = PQexec(inside, shape_sql);
	bool ok = PQresultStatus(r) == PGRES_TUPLES_OK;
	snprintf(to, size, "%s", ok ? PQgetvalue(r, 0, 0) : "");
	PQclear(r);
	return ok;
}

static const char keep_sql[] =
	"CREATE SCHEMA kept; "
	"DO $$ DECLARE t record; BEGIN "
	"FOR t IN SELECT c.relname AS name FROM pg_class c "
	"WHERE c.relnamespace = CAST('public' AS regnamespace) AND c.relkind = 'r' LOOP "
	"EXECUTE format('CREATE TABLE kept.%1$I AS TABLE public.%1$I', t.name); END LOOP; "
	"CREATE TABLE kept.sequences AS SELECT s.seqrelid AS id, s.seqstart AS since, "
	"pg_sequence_last_value(s.seqrelid) AS value FROM pg_sequence s; "
	"END $$";

static const char back_sql[] =
	"SET session_replication_role = replica; SET lock_timeout = '2s'; "
	"DO $$ DECLARE t record; differs boolean; BEGIN "
	"FOR t IN SELECT c.relname AS name FROM pg_class c "
	"WHERE c.relnamespace = CAST('public' AS regnamespace) AND c.relkind = 'r' LOOP "
	"EXECUTE format('SELECT EXISTS (TABLE public.%1$I EXCEPT ALL TABLE kept.%1$I) "
	"OR EXISTS (TABLE kept.%1$I EXCEPT ALL TABLE public.%1$I)', t.name) INTO differs; "
	"IF differs THEN EXECUTE format('DELETE FROM public.%1$I; "
	"INSERT INTO public.%1$I TABLE kept.%1$I', t.name); END IF; END LOOP; "
	"PERFORM setval(CAST(k.id AS regclass), coalesce(k.value, k.since), k.value IS NOT NULL) "
	"FROM kept.sequences k WHERE pg_sequence_last_value(k.id) IS DISTINCT FROM k.value; "
	"END $$";

bool postgres_keep(void)
{
	return enter() && run_inside(keep_sql);
}

bool postgres_back(void)
{
	return enter() && run_inside(back_sql);
}

static bool emptied(void)
{
	char now[64];
	if (!shape[0] || !enter())
		return false;
	return run_inside(empty_sql) && shape_now(now, sizeof now) && !strcmp(now, shape);
}

bool postgres_fresh(char *url, size_t size)
{
	char own[64];
	if (emptied()) {
		full_name(own, sizeof own, "test");
		snprintf(url, size, "postgresql:%s dbname=%s", getenv("WAYPOST_TEST_PG"), own);
		return true;
	}
	return postgres_make("test", "template", url, size) && enter() &&
	       shape_now(shape, sizeof shape);
}
