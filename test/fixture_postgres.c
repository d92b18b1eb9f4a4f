#include "fixture_postgres.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static PGconn *admin;
static pid_t owner;

static void forget(void)
{
	if (!admin || getpid() != owner)
		return;
	postgres_drop("test");
	postgres_drop("kept");
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
