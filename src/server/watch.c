#include "server/watch.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "base/arena.h"
#include "core/args.h"
#include "db/db.h"
#include "db/migrate.h"
#include "queries.h"
#include "server/metrics.h"
#include "server/site.h"

enum {
	CLOCK_SILENT = 30,  /* seconds after which the clock counts as dead */
	WRITE_SILENT = 120, /* it writes every quarter of a minute */
};

static bool tell(struct buf *to, const char *what, bool good, const char *why)
{
	buf_fmt(to, "%s %s\n", what, good ? "ok" : why);
	return good;
}

bool watch_ready(const struct site *site, struct db *db, struct err *err, struct buf *to)
{
	const struct metrics *m = site->metrics;
	int64_t now = site->clock();
	struct val *row = db_row(db, &q_migrate_version, NULL);
	bool good = tell(to, "database", err->kind == ERR_NONE, "cannot be read");
	good &= tell(to, "schema", val_i(row, "version") == db_schema_newest(),
		     "is another program's");
	good &= tell(to, "clock", m && now - m->clock_at <= CLOCK_SILENT, "does not turn");
	good &= tell(to, "writing", m && now - m->written_at <= WRITE_SILENT,
		     "has not worked for two minutes");
	return good;
}

/* ---- text for Prometheus ---- */

static void head(struct buf *to, const char *name, const char *type, const char *help)
{
	buf_fmt(to, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void number(struct buf *to, const char *name, const char *type, const char *help, int64_t n)
{
	head(to, name, type, help);
	buf_fmt(to, "%s %lld\n", name, (long long)n);
}

static void gauge(struct buf *to, const char *name, const char *help, int64_t n)
{
	number(to, name, "gauge", help, n);
}

static const char *const lanes[LANES] = {"fast", "slow"};

static void requests(struct buf *to, const struct metrics *m)
{
	head(to, "waypost_requests_total", "counter", "Requests answered, by lane and status.");
	for (int lane = 0; lane < LANES; lane++)
		for (int class = 1; class < METRICS_CLASSES; class ++)
			buf_fmt(to, "waypost_requests_total{lane=\"%s\",status=\"%dxx\"} %lld\n",
				lanes[lane], class, (long long)m->requests[lane][class]);
}

static void seconds(struct buf *to, int64_t microseconds)
{
	buf_real(to, (double)microseconds / 1e6);
}

static void durations(struct buf *to, const struct metrics *m)
{
	static const char name[] = "waypost_request_duration_seconds";
	head(to, name, "histogram", "From the first byte of a request to its answer.");
	for (int lane = 0; lane < LANES; lane++) {
		int64_t sum = 0;
		for (int i = 0; i <= METRICS_BUCKETS; i++) {
			sum += m->buckets[lane][i];
			buf_fmt(to, "%s_bucket{lane=\"%s\",le=\"", name, lanes[lane]);
			if (i < METRICS_BUCKETS)
				seconds(to, metrics_bounds_us[i]);
			else
				buf_lit(to, "+Inf");
			buf_fmt(to, "\"} %lld\n", (long long)sum);
		}
		buf_fmt(to, "%s_sum{lane=\"%s\"} ", name, lanes[lane]);
		seconds(to, m->microseconds[lane]);
		buf_fmt(to, "\n%s_count{lane=\"%s\"} %lld\n", name, lanes[lane], (long long)sum);
	}
}

static void processes(struct buf *to, const struct metrics *m, int64_t now)
{
	head(to, "waypost_restarts_total", "counter", "Processes that died and were replaced.");
	for (int i = 0; i < METRICS_ROLES; i++)
		buf_fmt(to, "waypost_restarts_total{process=\"%s\"} %lld\n", metrics_roles[i],
			(long long)m->restarts[i]);
	gauge(to, "waypost_connections", "Open connections of all workers.", metrics_open(m));
	number(to, "waypost_cache_hits_total", "counter",
	       "Public pages answered from memory without being made.", m->cache_hits);
	number(to, "waypost_cache_misses_total", "counter",
	       "Requests of strangers that memory had no answer to.", m->cache_misses);
	number(to, "waypost_log_lines_lost_total", "counter",
	       "Log lines that could not be written.", m->log_lost);
	gauge(to, "waypost_clock_silent_seconds", "Since the clock process last turned.",
	      m->clock_at ? now - m->clock_at : -1);
	gauge(to, "waypost_write_silent_seconds", "Since it last wrote to the database.",
	      m->written_at ? now - m->written_at : -1);
}

/* ---- what the database knows ---- */

static int64_t age(int64_t now, int64_t since)
{
	return since ? now - since : 0;
}

static void waiting(struct buf *to, const struct val *row, int64_t now)
{
	gauge(to, "waypost_outbox_queued", "Letters that wait to be sent.",
	      val_i(row, "letters_queued"));
	gauge(to, "waypost_outbox_oldest_seconds", "Age of the oldest letter that waits; 0: none.",
	      age(now, val_i(row, "letter_at")));
	gauge(to, "waypost_outbox_dead", "Letters that were given up.", val_i(row, "letters_dead"));
	gauge(to, "waypost_job_oldest_due_seconds",
	      "How long the oldest due job has waited for a runner; 0: none.",
	      age(now, val_i(row, "job_at")));
	gauge(to, "waypost_jobs_failed", "Jobs that were given up.", val_i(row, "jobs_failed"));
	gauge(to, "waypost_events_pending", "Events that some consumer has not had.",
	      val_i(row, "events_pending"));
	gauge(to, "waypost_sessions", "Sessions that have not ended.", val_i(row, "sessions"));
	gauge(to, "waypost_backup_age_seconds", "Since the last `waypost backup`; -1: never.",
	      val_i(row, "backup_at") ? now - val_i(row, "backup_at") : -1);
}

static int64_t size_of(const char *path)
{
	struct stat info;
	return stat(path, &info) ? 0 : info.st_size;
}

/* Both rooms of one metric stand together: the format wants it. */
static void room(struct buf *to, const char *name, const char *help, const char *const paths[2],
		 bool free)
{
	static const char *const whose[2] = {"files", "database"};
	struct statvfs disk;
	head(to, name, "gauge", help);
	for (int i = 0; i < 2; i++)
		if (paths[i] && !statvfs(paths[i], &disk))
			buf_fmt(to, "%s{of=\"%s\"} %lld\n", name, whose[i],
				(long long)(free ? disk.f_bavail : disk.f_blocks) *
					(long long)disk.f_frsize);
}

static void disk(struct buf *to, const struct site *site)
{
	struct str url = site->config->db;
	struct arena *a = to->arena;
	const char *paths[2] = {site->files.folder, NULL};
	if (str_starts(url, S("sqlite:"))) {
		paths[1] = str_c(a, str_from(url, strlen("sqlite:")));
		gauge(to, "waypost_wal_bytes", "SQLite's log beside the database.",
		      size_of(str_c(a, str_fmt(a, "%s-wal", paths[1]))));
	}
	room(to, "waypost_disk_free_bytes", "Room left where it lies.", paths, true);
	room(to, "waypost_disk_bytes", "Room there in all.", paths, false);
}

void watch_metrics(const struct site *site, struct db *db, struct err *err, struct buf *to)
{
	int64_t now = site->clock();
	struct val *row = val_null(), *size = val_null();
	if (db) {
		row = db_row(db, &q_server_watch, ARGS(to->arena, ARG(now)));
		size = db_row(db, &q_server_size, NULL);
	}
	bool up = db && err->kind == ERR_NONE;
	gauge(to, "waypost_database_up", "1: the database answers.", up);
	if (site->metrics) {
		requests(to, site->metrics);
		durations(to, site->metrics);
		processes(to, site->metrics, now);
	}
	if (up) {
		waiting(to, row, now);
		gauge(to, "waypost_database_bytes", "Size of the database.", val_i(size, "size"));
		gauge(to, "waypost_schema", "Number of its last migration.",
		      val_i(row, "schema_version"));
	}
	disk(to, site);
}
