#include "server/clock.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "probe.h"
#include "server/site.h"

static volatile sig_atomic_t stop;

static void on_stop(int signal)
{
	(void)signal;
	stop = 1;
}

static int64_t real_time(void)
{
	return (int64_t)time(NULL);
}

static struct site *site_of(const char *smtp)
{
	static struct config config;
	struct secrets secrets = {0};
	config = (struct config){.db = str_of(fixture_url()),
				 .files = S("/tmp/waypost-no-files"),
				 .smtp = str_of(smtp),
				 .mail_from = S("office@waypost.example")};
	return site_new(test_arena, &config, probe_features, &secrets, real_time);
}

static pid_t start_clock(const struct site *site)
{
	pid_t pid = fork();
	if (pid)
		return pid;
	signal(SIGTERM, on_stop);
	clock_run(site, &stop);
	_exit(0);
}

static struct val *job_row(struct db *db, int64_t id)
{
	db_begin(db, DB_READ, 0);
	struct val *row = db_row(
		db, SQL("SELECT j.state AS state, j.result AS result FROM job j WHERE j.id = :id"),
		PARAMS("id", INT(id)));
	db_rollback(db);
	return row;
}

static int64_t ask(struct db *db, int64_t org, const char *kind)
{
	struct val *input = PARAMS("number", INT(21));
	struct job_asked asked = {.org = org, .kind = kind, .input = input, .now = real_time()};
	db_begin(db, DB_WRITE, org);
	int64_t id = job_ask(db, test_arena, &asked);
	CHECK(db_commit(db));
	return id;
}

static bool ends_as(struct db *db, int64_t id, const char *state, const char *result)
{
	struct timespec pause = {.tv_nsec = 50000000};
	struct val *row = val_null();
	for (int i = 0; i < 300; i++) {
		row = job_row(db, id);
		if (str_is(val_s(row, "state"), state))
			return CHECK_STR(val_s(row, "result"), result);
		nanosleep(&pause, NULL);
	}
	return CHECK_STR(val_s(row, "state"), state);
}

TEST_DB("the clock runs jobs in processes of their own; one that is killed is taken up again")
{
	struct world w;
	if (!CHECK(world_begin(&w, db, err, NULL)))
		return;
	int64_t works = ask(db, w.a, "probe.works"), dies = ask(db, w.a, "probe.dies");
	pid_t clock = start_clock(site_of(""));
	ends_as(db, works, "done", "{\"twice\":42}");
	ends_as(db, dies, "done", "{\"tries\":2}");
	int status;
	kill(clock, SIGTERM);
	waitpid(clock, &status, 0);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	world_end(&w);
}

TEST("the mail host is read from its address")
{
	static const struct {
		const char *smtp, *url, *user, *password;
		bool plain;
	} cases[] = {
		{"smtp://mail.example:587", "smtp://mail.example:587", NULL, NULL, false},
		{"smtps://me:p%40ss@mail.example", "smtps://mail.example", "me", "p@ss", false},
		{"smtp://127.0.0.1:2525", "smtp://127.0.0.1:2525", NULL, NULL, true},
		{"smtp://localhost", "smtp://localhost", NULL, NULL, true},
		{"", NULL, NULL, NULL, false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct mail_server m = clock_mail_server(site_of(cases[i].smtp), test_arena);
		CHECK_STR(m.url, cases[i].url);
		CHECK_STR(m.user, cases[i].user);
		CHECK_STR(m.password, cases[i].password);
		CHECK_INT(m.plain, cases[i].plain);
	}
}
