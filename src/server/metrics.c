#include "server/metrics.h"

#include <string.h>
#include <sys/mman.h>

#include "base/err.h"

const int64_t metrics_bounds_us[METRICS_BUCKETS] = {
	100, 250, 500, 1000, 2500, 5000, 10000, 25000, 100000, 500000, 2000000, 10000000};
const char *const metrics_roles[METRICS_ROLES] = {"worker", "clock", "post", "watch"};

struct metrics *metrics_new(void)
{
	struct metrics *m =
		mmap(NULL, sizeof *m, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	MUST(m != MAP_FAILED);
	return m;
}

static void add(_Atomic int64_t *to, int64_t n)
{
	atomic_fetch_add_explicit(to, n, memory_order_relaxed);
}

void metrics_request(struct metrics *m, enum metrics_lane lane, int status, int64_t microseconds)
{
	int bucket = 0, class = status / 100;
	if (!m || class < 1 || class >= METRICS_CLASSES)
		return;
	while (bucket < METRICS_BUCKETS && microseconds > metrics_bounds_us[bucket])
		bucket++;
	add(&m->requests[lane][class], 1);
	add(&m->buckets[lane][bucket], 1);
	add(&m->microseconds[lane], microseconds);
}

void metrics_cache(struct metrics *m, bool hit)
{
	if (m)
		add(hit ? &m->cache_hits : &m->cache_misses, 1);
}

void metrics_clock(struct metrics *m, int64_t now)
{
	if (m)
		atomic_store(&m->clock_at, now);
}

void metrics_written(struct metrics *m, int64_t now)
{
	if (m)
		atomic_store(&m->written_at, now);
}

void metrics_died(struct metrics *m, const char *role, pid_t pid)
{
	for (int i = 0; m && i < METRICS_ROLES; i++)
		if (!strcmp(role, metrics_roles[i]))
			add(&m->restarts[i], 1);
	for (int i = 0; m && i < METRICS_WORKERS; i++)
		if (m->workers[i].pid == pid) {
			m->workers[i].connections = 0;
			m->workers[i].pid = 0;
		}
}

_Atomic int64_t *metrics_connections(struct metrics *m, pid_t pid)
{
	for (int i = 0; m && i < METRICS_WORKERS; i++) {
		int64_t free = 0;
		if (atomic_compare_exchange_strong(&m->workers[i].pid, &free, pid))
			return &m->workers[i].connections;
	}
	return NULL;
}

int64_t metrics_open(const struct metrics *m)
{
	int64_t sum = 0;
	for (int i = 0; i < METRICS_WORKERS; i++)
		sum += m->workers[i].connections;
	return sum;
}
