/* What watchers are told by a running program: ready or not, and how it is. */
#include "server/watch.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "db/upkeep.h"
#include "fixture.h"
#include "program.h"
#include "server/config.h"
#include "server/metrics.h"
#include "server/site.h"

#define CLOSE "Host: localhost\r\nConnection: close\r\n\r\n"
#define TOKEN "0123456789abcdef0123"

static struct str get(struct program *p, const char *path)
{
	return program_ask(
		p, str_c(test_arena, str_fmt(test_arena, "GET %s HTTP/1.1\r\n" CLOSE, path)));
}

/* The same program by the port of --metrics. */
static struct program watched(const struct program *p)
{
	struct program other = *p;
	other.port = (int)program_logged(p, "what=watching", "watch_port");
	CHECK(other.port > 0);
	return other;
}

static bool becomes_ready(struct program *p)
{
	for (int i = 0; i < 200; i++) {
		if (str_starts(get(p, "/readyz"), S("HTTP/1.1 200 ")))
			return true;
		usleep(50000);
	}
	return false;
}

static bool start(struct program *p)
{
	*p = (struct program){.folder = "/tmp/waypost-watch-XXXXXX"};
	if (!CHECK(mkdtemp(p->folder) != NULL))
		return false;
	const char *token = program_path(p, "token");
	int fd = open(token, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	CHECK(write(fd, TOKEN "\n", sizeof TOKEN) == sizeof TOKEN);
	close(fd);
	const char *const more[] = {"--metrics", "127.0.0.1:0", "--metrics-token-file", token,
				    NULL};
	return CHECK(program_start(p, more));
}

static int64_t metric(struct str page, const char *name)
{
	struct str line, mark = str_fmt(test_arena, "%s ", name);
	int64_t n = -999;
	while (str_cut(&page, '\n', &line))
		if (str_starts(line, mark))
			str_int(str_from(line, mark.n), &n);
	return n;
}

TEST("a server is ready once its clock turns and writes, and says so on both addresses")
{
	struct program p;
	NEED_PROGRAM();
	NEED(start(&p));
	struct program own = watched(&p);
	CHECK(becomes_ready(&p));
	struct str said = get(&own, "/readyz");
	CHECK(program_has(said, "database ok\nschema ok\nclock ok\nwriting ok\n"));
	CHECK(str_starts(get(&own, "/"), S("HTTP/1.1 404 ")));
	CHECK_STR(program_ask(&own, "POST /metrics HTTP/1.1\r\n" CLOSE), "");
	program_gone(&p);
}

TEST("metrics are given to who knows the token, and to nobody else")
{
	struct program p;
	NEED_PROGRAM();
	NEED(start(&p));
	CHECK(program_has(get(&p, "/metrics"), " 401 "));
	CHECK(program_has(
		program_ask(&p,
			    "GET /metrics HTTP/1.1\r\nAuthorization: Bearer 0123456789abcdef0124"
			    "\r\n" CLOSE),
		" 401 "));
	struct str said = program_ask(&p, "GET /metrics HTTP/1.1\r\nAuthorization: Bearer " TOKEN
					  "\r\n" CLOSE);
	CHECK(program_has(said, " 200 ") && program_has(said, "text/plain; version=0.0.4"));
	CHECK(program_has(said, "waypost_requests_total{lane=\"fast\",status=\"4xx\"} 2\n"));
	program_gone(&p);
}

TEST("what happens is counted: requests by lane, restarts, connections, what the disk has")
{
	struct program p;
	NEED_PROGRAM();
	NEED(start(&p));
	struct program own = watched(&p);
	CHECK(becomes_ready(&own));
	for (int i = 0; i < 3; i++)
		CHECK(program_has(get(&p, "/healthz"), " 200 "));
	struct buf large = {.arena = test_arena}; /* read beside the others, as a slow one */
	buf_lit(&large, "POST /language HTTP/1.1\r\nContent-Length: 80000\r\n"
			"Content-Type: application/x-www-form-urlencoded\r\n" CLOSE);
	for (int i = 0; i < 20000; i++)
		buf_lit(&large, "a=1&");
	CHECK(program_has(program_ask(&p, str_c(test_arena, buf_str(&large))), " 413 "));
	int open = program_connect(&p);
	CHECK(program_send(open, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"));
	usleep(300000);
	struct str page = get(&own, "/metrics");
	CHECK_INT(metric(page, "waypost_requests_total{lane=\"fast\",status=\"2xx\"}"), 4);
	CHECK_INT(metric(page, "waypost_requests_total{lane=\"slow\",status=\"4xx\"}"), 1);
	CHECK_INT(metric(page, "waypost_request_duration_seconds_count{lane=\"fast\"}"), 4);
	CHECK_INT(
		metric(page, "waypost_request_duration_seconds_bucket{lane=\"fast\",le=\"+Inf\"}"),
		4);
	CHECK_INT(metric(page, "waypost_connections"), 1);
	CHECK_INT(metric(page, "waypost_database_up"), 1);
	CHECK_INT(metric(page, "waypost_backup_age_seconds"), -1);
	CHECK_INT(metric(page, "waypost_outbox_dead"), 0);
	CHECK_INT(metric(page, "waypost_job_oldest_due_seconds"), 0);
	CHECK_INT(metric(page, "waypost_sessions"), 0);
	CHECK(metric(page, "waypost_wal_bytes") > 0);
	CHECK(metric(page, "waypost_database_bytes") > 4096);
	CHECK(metric(page, "waypost_disk_free_bytes{of=\"database\"}") > 0);
	pid_t worker = (pid_t)program_logged(&p, "name=worker", "pid");
	kill(worker, SIGKILL);
	CHECK(program_says(&p, "what=started name=worker", 2));
	page = get(&own, "/metrics");
	CHECK_INT(metric(page, "waypost_restarts_total{process=\"worker\"}"), 1);
	CHECK_INT(metric(page, "waypost_connections"), 0);
	close(open);
	struct str said;
	const char *db = str_c(test_arena, str_fmt(test_arena, "sqlite:%s/w.db", p.folder));
	const char *to = program_path(&p, "b");
	CHECK_INT(program_run(&said, NULL, "backup", to, "--db", db, NULL), 0);
	CHECK(metric(get(&own, "/metrics"), "waypost_backup_age_seconds") >= 0);
	program_gone(&p);
}

/* promtool's rules, as far as a page can break them: every sample has a type, said once before it.
 */
TEST("the page of metrics is what its format wants")
{
	struct program p;
	NEED_PROGRAM();
	NEED(start(&p));
	struct program own = watched(&p);
	struct str page = get(&own, "/metrics"), line, rest = page;
	rest = str_from(rest, (size_t)str_find(rest, S("\r\n\r\n")) + 4);
	int samples = 0;
	while (str_cut(&rest, '\n', &line)) {
		if (str_starts(line, S("# ")))
			continue;
		size_t n = 0;
		while (n < line.n && ((line.p[n] >= 'a' && line.p[n] <= 'z') || line.p[n] == '_'))
			n++;
		struct str name = str_sub(line, 0, n);
		static const char *const ends[] = {"_bucket", "_sum", "_count"};
		for (int i = 0; i < 3; i++)
			if (str_starts(name, S("waypost_request_duration")) &&
			    str_ends(name, str_of(ends[i])))
				name = str_sub(name, 0, name.n - strlen(ends[i]));
		struct str type = str_fmt(test_arena, "# TYPE " STR_FMT " ", STR_ARG(name));
		ptrdiff_t at = str_find(page, type);
		if (!CHECK(at >= 0))
			printf("    " STR_FMT "\n", STR_ARG(line));
		CHECK(str_find(str_from(page, (size_t)at + 1), type) < 0);
		samples++;
	}
	CHECK(samples > 40);
	CHECK(str_find(page, S("@")) < 0);
	program_gone(&p);
}

static int64_t now;

static int64_t told_time(void)
{
	return now;
}

static bool ready(struct db *db, struct err *err, struct metrics *m, const char *wanted)
{
	struct buf text = {.arena = test_arena};
	struct site site = {.metrics = m, .clock = told_time};
	db_begin(db, DB_READ, 0);
	bool yes = watch_ready(&site, db, err, &text);
	db_rollback(db);
	CHECK(program_has(buf_str(&text), wanted));
	return yes;
}

TEST_DB("a clock that stands still, writing that fails or a schema that is not ours: not ready")
{
	struct metrics *m = metrics_new();
	now = 10000;
	CHECK(!ready(db, err, NULL, "clock does not turn"));
	metrics_clock(m, now);
	CHECK(!ready(db, err, m, "writing has not worked"));
	metrics_written(m, now);
	CHECK(ready(db, err, m, "clock ok\nwriting ok\n"));
	now += 31;
	CHECK(!ready(db, err, m, "clock does not turn"));
	metrics_clock(m, now + 100);
	now += 100;
	CHECK(!ready(db, err, m, "writing has not worked"));
	metrics_written(m, now);
	db_begin(db, DB_WRITE, 0);
	db_exec(db, SQL("INSERT INTO migration (version, name, made_at) VALUES (9999, 'new', 0)"),
		NULL);
	CHECK(db_commit(db));
	CHECK(!ready(db, err, m, "schema is another program's"));
}

TEST_DB("what waits and what was given up is counted")
{
	struct buf text = {.arena = test_arena};
	struct site site = {.clock = told_time, .files.folder = "/tmp"};
	static const struct config config = {.db = STR("postgresql:")};
	site.config = &config;
	now = 5000;
	db_begin(db, DB_WRITE, 0);
	db_script(db, "rows",
		  "INSERT INTO org (slug, base, zone, made_at) VALUES ('a', 'b', 'UTC', 0);"
		  "INSERT INTO job (kind, input, due_at, made_at) VALUES ('k', '{}', 4000, 0);"
		  "INSERT INTO job (kind, input, due_at, made_at) VALUES ('k', '{}', 6000, 0);"
		  "INSERT INTO job (kind, input, due_at, made_at, state) VALUES "
		  "('k', '{}', 1000, 0, 'failed');"
		  "INSERT INTO server_state (name, at) VALUES ('backup', 4500)");
	for (int i = 0; i < 3; i++)
		db_exec(db,
			SQL("INSERT INTO letter (org, kind, template_version, lang, to_address, "
			    "to_name, sender_name, sender_address, reply_to, subject, body, html, "
			    "secret, unsubscribe, letter_key, state, due_at, made_at) SELECT o.id, "
			    "'k', 0, 'en', 'a', 'a', 'a', 'a', '', 's', 'b', 'h', 0, '', "
			    "CAST(:key AS text), CAST(:state AS text), 9000, 4900 FROM org o"),
			PARAMS("key", TEXT(i ? i > 1 ? "c" : "b" : "a"), "state",
			       TEXT(i ? "dead" : "queued")));
	CHECK(db_commit(db));
	db_begin(db, DB_READ, 0);
	watch_metrics(&site, db, err, &text);
	db_rollback(db);
	struct str page = buf_str(&text);
	CHECK_STR(err->text, "");
	CHECK_INT(metric(page, "waypost_outbox_queued"), 1);
	CHECK_INT(metric(page, "waypost_outbox_oldest_seconds"), 100);
	CHECK_INT(metric(page, "waypost_outbox_dead"), 2);
	CHECK_INT(metric(page, "waypost_job_oldest_due_seconds"), 1000);
	CHECK_INT(metric(page, "waypost_jobs_failed"), 1);
	CHECK_INT(metric(page, "waypost_backup_age_seconds"), 500);
	CHECK(metric(page, "waypost_database_bytes") > 1000);
	text = (struct buf){.arena = test_arena};
	watch_metrics(&site, NULL, err, &text);
	CHECK_INT(metric(buf_str(&text), "waypost_database_up"), 0);
}

TEST("counts of a worker that dies go with it; times find their bucket")
{
	struct metrics *m = metrics_new();
	metrics_clock(m, 1000);
	metrics_written(m, 1000);
	metrics_died(m, "clock", 1);
	CHECK_INT(m->restarts[1], 1);
	_Atomic int64_t *one = metrics_connections(m, 7), *two = metrics_connections(m, 8);
	*one = 3;
	*two = 4;
	CHECK_INT(metrics_open(m), 7);
	metrics_died(m, "worker", 7);
	CHECK_INT(metrics_open(m), 4);
	CHECK(metrics_connections(m, 9) == one);
	metrics_request(m, LANE_SLOW, 200, 100);
	metrics_request(m, LANE_SLOW, 503, 99000000);
	CHECK_INT(m->buckets[LANE_SLOW][0], 1);
	CHECK_INT(m->buckets[LANE_SLOW][METRICS_BUCKETS], 1);
	CHECK_INT(m->requests[LANE_SLOW][5], 1);
}
