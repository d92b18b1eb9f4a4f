#include "server/clock.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/steady.h"
#include "core/erasure.h"
#include "core/event.h"
#include "core/file.h"
#include "core/link.h"
#include "core/outbox.h"
#include "core/session.h"
#include "core/throttle.h"
#include "db/upkeep.h"
#include "queries.h"
#include "server/erased.h"
#include "server/log.h"
#include "server/metrics.h"
#include "server/process.h"
#include "server/site.h"
#include "web/url.h"

enum {
	RUNNERS_MAX = 2,
	EVENTS_A_TURN = 100,
	LETTERS_A_TURN = 20,
	JOB_MEMORY = 1 << 30,
	JOB_SECONDS = 900, /* of processor time */
	JOB_FILES = 64,
	HOUR = 3600,
	WRITES_EVERY = 15,
	ONCE_KEPT = 86400,
	EVENTS_KEPT = 30 * 86400,
	FILES_KEPT = 7 * 86400, /* of nobody */
	ERASED_TIMES = 100,
};

struct turn {
	const struct site *site;
	struct arena *arena;
	struct db *db;
	struct err err;
	const struct job_kind *jobs;
	const struct reaction *reactions;
	const struct job_kind *kinds;
	pid_t runners[RUNNERS_MAX];
};

/* ---- tables of all features ---- */

const struct job_kind *clock_job_kinds(const struct site *site, struct arena *a)
{
	return site_rows(a, site->features,
			 (struct site_table){.at = offsetof(struct feature, jobs),
					     .size = sizeof(struct job_kind),
					     .end = offsetof(struct job_kind, name)});
}

static const struct reaction *all_reactions(const struct site *site, struct arena *a)
{
	return site_rows(a, site->features,
			 (struct site_table){.at = offsetof(struct feature, reactions),
					     .size = sizeof(struct reaction),
					     .end = offsetof(struct reaction, consumer)});
}

/* ---- jobs ---- */

bool clock_run_job(const struct site *site, struct db *db)
{
	static int turn;
	struct err err = {0};
	char host[64] = "";
	struct arena *own = arena_new(16 * 1024 * 1024), *work = arena_new(JOB_MEMORY);
	gethostname(host, sizeof host - 1);
	struct job job = {
		.db = db,
		.arena = work,
		.err = &err,
		.files = &site->files,
		.apart = &site->apart,
		.now = site->clock,
		.holder = str_fmt(own, "%s:%d:%d:%lld", host, (int)getpid(), ++turn,
				  (long long)steady_us()),
	};
	db_use(db, work, &err);
	bool ran = job_run_next(&job, clock_job_kinds(site, own));
	if (ran)
		log_line("job", "id=%lld org=%lld error=\"%s\"", (long long)job.id,
			 (long long)job.org, err.text);
	else if (err.kind != ERR_NONE)
		log_line("error", "what=job at=%s:%d why=\"%s\"", err.file, err.line, err.text);
	db_rollback(db);
	arena_free(work);
	arena_free(own);
	return ran;
}

static void limit(int what, rlim_t most)
{
	struct rlimit r = {.rlim_cur = most, .rlim_max = most};
	setrlimit(what, &r);
}

static void confine(void)
{
#ifndef WITH_ADDRESS_SANITIZER /* it needs terabytes of addresses */
	limit(RLIMIT_AS, JOB_MEMORY + (rlim_t)512 * 1024 * 1024);
#endif
	limit(RLIMIT_CPU, JOB_SECONDS);
	limit(RLIMIT_NOFILE, JOB_FILES);
	limit(RLIMIT_CORE, 0);
	setpriority(PRIO_PROCESS, 0, 10);
	prctl(PR_SET_PDEATHSIG, SIGKILL); /* what it did is kept, the rest is taken up again */
}

static _Noreturn void runner(const struct turn *t)
{
	struct err err = {0};
	signal(SIGTERM, SIG_DFL);
	confine();
	struct db *db = db_open(str_c(t->arena, t->site->config->db), &err);
	if (db) {
		db_set_queue(db, t->site->queue);
		clock_run_job(t->site, db);
	}
	_exit(db ? 0 : 1);
}

static void reap_runners(struct turn *t)
{
	int status;
	for (int i = 0; i < RUNNERS_MAX; i++) {
		if (t->runners[i] <= 0 || waitpid(t->runners[i], &status, WNOHANG) <= 0)
			continue;
		if (WIFSIGNALED(status))
			log_line("job", "what=killed pid=%d signal=%d", (int)t->runners[i],
				 WTERMSIG(status));
		t->runners[i] = 0;
	}
}

static bool some_job_is_due(struct turn *t)
{
	db_begin(t->db, DB_READ, 0);
	bool due = job_is_due(t->db, t->arena, t->kinds, t->site->clock());
	db_rollback(t->db);
	return due && t->err.kind == ERR_NONE;
}

static void start_runner(struct turn *t)
{
	for (int i = 0; i < RUNNERS_MAX; i++) {
		if (t->runners[i])
			continue;
		pid_t pid = fork();
		if (pid == 0)
			runner(t);
		t->runners[i] = pid > 0 ? pid : 0;
		return;
	}
}

/* ---- sweeping ---- */

static void sweep_forms(struct turn *t, int64_t now)
{
	struct val *p = val_object(t->arena);
	val_set_int(p, "before", now - ONCE_KEPT);
	db_exec(t->db, &q_server_once_sweep, p);
}

static void sweep_sessions(struct turn *t, int64_t now)
{
	sessions_sweep(t->db, t->arena, now);
}

static void sweep_links(struct turn *t, int64_t now)
{
	links_sweep(t->db, t->arena, now);
}

static void sweep_throttle(struct turn *t, int64_t now)
{
	throttle_sweep(t->db, t->arena, now);
}

static void (*const sweeps[])(struct turn *, int64_t now) = {sweep_forms, sweep_sessions,
							     sweep_links, sweep_throttle};

static void said(struct turn *t, const char *what)
{
	if (t->err.kind != ERR_NONE)
		log_line("error", "what=%s at=%s:%d why=\"%s\"", what, t->err.file, t->err.line,
			 t->err.text);
	db_rollback(t->db);
	t->err = (struct err){0};
	arena_reset(t->arena);
	db_use(t->db, t->arena, &t->err);
}

static void keep_erased(struct turn *t, int64_t now)
{
	struct str problem = {0};
	int done = erased_keep(t->db, t->arena, &t->err, str_c(t->arena, t->site->config->erased),
			       t->site->personal, now, &problem);
	if (done > 0)
		log_line("erased", "again=%d", done);
	if (done < 0)
		log_line("error", "what=erased why=\"" STR_FMT "\"", STR_ARG(problem));
	said(t, "erased");
}

static void hourly(struct turn *t, int64_t now)
{
	for (size_t i = 0; i < sizeof sweeps / sizeof *sweeps; i++) {
		db_begin(t->db, DB_WRITE, 0);
		sweeps[i](t, now);
		if (t->err.kind == ERR_NONE)
			db_commit(t->db);
		said(t, "sweep");
	}
	events_sweep(t->db, t->arena, now - EVENTS_KEPT);
	said(t, "sweep-events");
	file_sweep(t->db, t->arena, &t->err, &t->site->files, now - FILES_KEPT);
	said(t, "sweep-files");
	int done = 1;
	for (int i = 0; i < ERASED_TIMES && done; i++) { /* a year that left, in some hours */
		done = erasures_due(t->db, t->arena, &t->err, t->site->personal, now);
		said(t, "erasures-due");
	}
}

/* A row is written now and then, so that a database that cannot be is known before a person is
 * told. */
static void prove_writing(struct turn *t, int64_t now)
{
	struct val *p = val_object(t->arena);
	val_set_str(p, "name", S("clock"));
	val_set_int(p, "at", now);
	val_set_str(p, "words", S(""));
	db_begin(t->db, DB_WRITE, 0);
	db_exec(t->db, &q_server_state_put, p);
	if (t->err.kind == ERR_NONE && db_commit(t->db))
		metrics_written(t->site->metrics, now);
	said(t, "writing");
}

/* ---- the two processes ---- */

/* False when it is time to stop. */
static bool wait_second(const volatile sig_atomic_t *stop)
{
	struct timespec second = {.tv_sec = 1};
	if (!*stop)
		nanosleep(&second, NULL);
	if (process_reopen) {
		process_reopen = 0;
		log_reopen();
	}
	return !*stop;
}

static bool turn_begins(struct turn *t)
{
	if (!t->db) {
		t->db = db_open(str_c(t->arena, t->site->config->db), &t->err);
		if (!t->db)
			log_line("error", "what=database-away why=\"%s\"", t->err.text);
		t->err = (struct err){0};
		if (!t->db)
			return false;
		db_set_queue(t->db, t->site->queue);
		db_use(t->db, t->arena, &t->err);
	}
	return true;
}

static void turn_ends(struct turn *t)
{
	if (t->db)
		db_close(t->db);
	arena_free(t->arena);
}

int clock_run(const struct site *site, const volatile sig_atomic_t *stop)
{
	struct arena *own = arena_new(16 * 1024 * 1024);
	struct turn t = {.site = site,
			 .arena = arena_new(64 * 1024 * 1024),
			 .reactions = all_reactions(site, own),
			 .kinds = clock_job_kinds(site, own)};
	int64_t swept = site->clock() - HOUR + 60; /* the first minute is for people */
	int64_t written = 0;
	while (wait_second(stop)) {
		int64_t now = site->clock();
		reap_runners(&t);
		if (!turn_begins(&t))
			continue;
		metrics_clock(site->metrics, now);
		if (now - written >= WRITES_EVERY || now < written) {
			prove_writing(&t, now);
			keep_erased(&t,
				    now); /* at first: the database may be one that was restored */
			written = now;
		}
		bool due = some_job_is_due(&t);
		said(&t, "jobs");
		if (due)
			start_runner(&t);
		events_deliver(t.db, t.arena, &t.err, t.reactions, now, EVENTS_A_TURN);
		said(&t, "events");
		if (now - swept >= HOUR || now < swept - HOUR) { /* set back */
			hourly(&t, now);
			swept = now;
		}
		db_checkpoint(t.db);
	}
	turn_ends(&t);
	arena_free(own);
	return EXIT_OK;
}

static struct str without_percent(struct arena *a, struct str text)
{
	struct str plain;
	return url_decode(a, text, false, &plain) ? plain : text;
}

static bool is_loopback(struct str host)
{
	return str_starts(host, S("127.")) || str_starts(host, S("localhost")) ||
	       str_starts(host, S("[::1]"));
}

/* smtp://USER:PASSWORD@HOST:PORT */
struct mail_server clock_mail_server(const struct site *site, struct arena *a)
{
	const struct config *c = site->config;
	struct mail_server m = {0};
	ptrdiff_t scheme = str_find(c->smtp, S("://"));
	if (scheme < 0)
		return m;
	struct str host = str_from(c->smtp, (size_t)scheme + 3), user = {0};
	ptrdiff_t at = str_find_char(host, '@');
	if (at >= 0) {
		struct str who = str_sub(host, 0, (size_t)at);
		str_cut(&who, ':', &user);
		m.user = str_c(a, without_percent(a, user));
		m.password = str_c(a, without_percent(a, who));
		host = str_from(host, (size_t)at + 1);
	}
	m.url = str_c(a, str_fmt(a, STR_FMT "://" STR_FMT,
				 STR_ARG(str_sub(c->smtp, 0, (size_t)scheme)), STR_ARG(host)));
	m.plain = is_loopback(host);
	m.sender = c->mail_from.n ? str_c(a, c->mail_from) : NULL;
	ptrdiff_t domain = str_find_char(c->mail_from, '@');
	m.host = domain < 0 ? "localhost" : str_c(a, str_from(c->mail_from, (size_t)domain + 1));
	return m;
}

int post_run(const struct site *site, const volatile sig_atomic_t *stop)
{
	struct arena *own = arena_new(1024 * 1024);
	struct turn t = {.site = site, .arena = arena_new(256 * 1024 * 1024)};
	struct mail_server server = clock_mail_server(site, own);
	while (wait_second(stop)) {
		if (!server.url || !turn_begins(&t))
			continue;
		while (!*stop && outbox_turn(t.db, t.arena, &t.err, &server, site->clock(),
					     LETTERS_A_TURN) == LETTERS_A_TURN)
			said(&t, "post");
		said(&t, "post");
	}
	turn_ends(&t);
	arena_free(own);
	return EXIT_OK;
}
