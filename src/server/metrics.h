#pragma once
/*
 * What a running server counts, in memory that its processes share: made before they are. Counting
 * is one atomic addition. What is asked of the database or the disk (the oldest letter, free room)
 * is asked when somebody looks (server/watch.h).
 *
 * Nothing here names a person, an address or an organisation.
 */
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum metrics_lane { LANE_FAST, LANE_SLOW, LANES };

enum {
	METRICS_CLASSES = 6,  /* of status: 1xx to 5xx; 0 is never used */
	METRICS_BUCKETS = 12, /* see metrics_bounds_us */
	METRICS_WORKERS = 256,
	METRICS_ROLES = 4,
};

struct metrics {
	_Atomic int64_t requests[LANES][METRICS_CLASSES];
	_Atomic int64_t buckets[LANES][METRICS_BUCKETS + 1]; /* the last: longer than all bounds */
	_Atomic int64_t microseconds[LANES];
	_Atomic int64_t restarts[METRICS_ROLES]; /* of metrics_roles */
	_Atomic int64_t cache_hits, cache_misses;
	_Atomic int64_t log_lost;             /* lines that could not be written */
	_Atomic int64_t clock_at, written_at; /* seconds: the clock's last turn, its last write */
	/* Open connections by worker, so that one that is killed takes its own with it. */
	struct {
		_Atomic int64_t pid, connections;
	} workers[METRICS_WORKERS];
};

extern const int64_t metrics_bounds_us[METRICS_BUCKETS];
extern const char *const metrics_roles[METRICS_ROLES]; /* "worker", … */

struct metrics *metrics_new(void); /* before forking; never NULL */

/* All of them allow NULL, for tests without processes. */
void metrics_request(struct metrics *, enum metrics_lane, int status, int64_t microseconds);
void metrics_cache(struct metrics *, bool hit);
void metrics_clock(struct metrics *, int64_t now);
void metrics_written(struct metrics *, int64_t now);
void metrics_died(struct metrics *, const char *role, pid_t);
/* A worker's own number, to count its connections with; NULL where there is no room. */
_Atomic int64_t *metrics_connections(struct metrics *, pid_t);
int64_t metrics_open(const struct metrics *); /* connections of all workers */
