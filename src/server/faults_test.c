/* What happens to a server: killed processes, two servers on one database, no room, a clock set back. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/args.h"
#include "core/feature.h"
#include "core/session.h"
#include "program.h"
#include "scenario.h"

#define CLOSE "Host: localhost\r\nConnection: close\r\n\r\n"

static const char *in_folder(const struct program *p, const char *format)
{
	return str_c(test_arena, str_fmt(test_arena, format, p->folder));
}

/* ---- killed ---- */

static bool healthy(const struct program *p)
{
	return program_has(program_ask(p, "GET /healthz HTTP/1.1\r\n" CLOSE), " 200 ");
}

TEST("a second server on the same database is refused, other commands work beside the first")
{
	struct program p;
	struct str said;
	NEED_PROGRAM();
	if (CHECK(program_serve(&p))) {
		const char *db = in_folder(&p, "sqlite:%s/w.db");
		const char *link = in_folder(&p, "%s/link.db");
		CHECK(!symlink("w.db", link));
		CHECK_INT(program_run(&said, NULL, "serve", "--db", db, "--listen", "127.0.0.1:0",
				      NULL),
			  EXIT_REFUSED);
		CHECK(program_has(said, "another program serves this database already"));
		CHECK_INT(program_run(&said, NULL, "serve", "--db",
				      in_folder(&p, "sqlite:%s/link.db"), "--listen", "127.0.0.1:0",
				      NULL),
			  EXIT_REFUSED);
		CHECK_INT(program_run(&said, NULL, "org", "add", "alder", "--db", db, NULL),
			  EXIT_OK);
		CHECK_INT(program_run(&said, NULL, "check", "--db", db, NULL), EXIT_OK);
		CHECK(healthy(&p));
		CHECK_INT(program_stop(&p), 0);
	}
	program_gone(&p);
}

TEST("a server that is killed leaves its port and its database to the next one")
{
	struct program p;
	NEED_PROGRAM();
	if (CHECK(program_serve(&p))) {
		const char *db = in_folder(&p, "sqlite:%s/w.db");
		struct str said;
		CHECK_INT(program_run(&said, NULL, "org", "add", "alder", "--db", db, NULL),
			  EXIT_OK);
		const char *at = str_c(test_arena, str_fmt(test_arena, "127.0.0.1:%d", p.port));
		const char *const same_port[] = {"--listen", at, NULL};
		kill(p.pid, SIGKILL);
		program_stop(&p);
		for (int fd, i = 0; i < 200 && (fd = program_connect(&p)) >= 0; i++) {
			close(fd);
			usleep(20000);
		}
		unlink(in_folder(&p, "%s/log"));
		CHECK(program_start(&p, same_port));
		CHECK(healthy(&p));
		CHECK(program_has(program_ask(&p, "GET /alder/ HTTP/1.1\r\n" CLOSE), " 200 "));
		CHECK_INT(program_stop(&p), 0);
	}
	program_gone(&p);
}

/* ---- no room ---- */

static struct str sign_in(const struct program *p, const char *lang)
{
	static const char form[] = "email=ada%40example.org&password=correct+horse+battery";
	char request[400];
	snprintf(request, sizeof request,
		 "POST /alder/sign-in HTTP/1.1\r\nAccept-Language: %s\r\n"
		 "Content-Type: application/x-www-form-urlencoded\r\n"
		 "Content-Length: %zu\r\nHost: localhost\r\nConnection: close\r\n\r\n%s",
		 lang, strlen(form), form);
	return program_ask(p, request);
}

static bool let_files_grow(pid_t pid, bool on)
{
	struct rlimit limit;
	if (prlimit(pid, RLIMIT_FSIZE, NULL, &limit))
		return false;
	limit.rlim_cur = on ? limit.rlim_max : 0;
	return !prlimit(pid, RLIMIT_FSIZE, &limit, NULL);
}

TEST("a worker that may write no file says so, goes on reading, and writes again when it may")
{
	struct program p;
	struct str said;
	NEED_PROGRAM();
	if (CHECK(program_serve(&p))) {
		const char *db = in_folder(&p, "sqlite:%s/w.db");
		CHECK_INT(program_run(&said, NULL, "org", "add", "alder", "--langs", "en,fr",
				      "--db", db, NULL),
			  EXIT_OK);
		CHECK_INT(program_run(&said, "correct horse battery\n", "user", "add",
				      "ada@example.org", "--name", "Ada", "--role", "admin", "--db",
				      db, NULL),
			  EXIT_OK);
		pid_t worker = (pid_t)program_logged(&p, "name=worker", "pid");
		CHECK(program_has(sign_in(&p, "en"), " 303 "));
		CHECK(let_files_grow(worker, false));
		struct str english = sign_in(&p, "en"), french = sign_in(&p, "fr");
		if (!CHECK(program_has(english, " 507 ")))
			printf(STR_FMT, STR_ARG(program_log(&p)));
		CHECK(program_has(english, "Nothing can be saved just now"));
		CHECK(program_has(french, "Rien ne peut être enregistré"));
		CHECK(program_has(program_ask(&p, "GET /alder/ HTTP/1.1\r\n" CLOSE), " 200 "));
		CHECK(let_files_grow(worker, true));
		CHECK(program_has(sign_in(&p, "en"), " 303 "));
		CHECK_INT(program_logged(&p, "name=worker", "pid"), worker);
		CHECK_INT(program_stop(&p), 0);
	}
	program_gone(&p);
}

/* ---- a clock set back ---- */

enum { DAY = 86400 };

static int64_t session_ends(struct world *w, const char *as)
{
	db_begin(w->db, DB_READ, 0);
	int64_t at = val_i(db_row(w->db,
				  SQL("SELECT max(s.ends_at) AS at FROM session s "
				      "WHERE s.person = :person"),
				  PARAMS("person", INT(world_person(w, as)))),
			   "at");
	db_rollback(w->db);
	return at;
}

TEST_DB("after the clock was a day ahead, who signed in stays so, and no longer than from now")
{
	static const struct scenario me = {.url = "/alder/me", .as = "member", .status = 200};
	struct world w;
	if (CHECK(world_begin(&w, db, err, NULL))) {
		int64_t now = w.now;
		w.now = now + DAY;
		world_ask(&w, &me);
		CHECK(world_as_told(&w, &me, __FILE__, __LINE__));
		CHECK_INT(session_ends(&w, "member"), now + DAY + session_rules(false).idle);
		w.now = now;
		world_ask(&w, &me);
		CHECK(world_as_told(&w, &me, __FILE__, __LINE__));
		CHECK_INT(session_ends(&w, "member"), now + session_rules(false).idle);
	}
	world_end(&w);
}

TEST("what was proved while the clock was ahead is proved again before it counts")
{
	struct val *me = val_object(test_arena);
	val_set_int(me, "proved_at", 1000000);
	CHECK(session_is_fresh(me, 1000000));
	CHECK(session_is_fresh(me, 1000000 + SESSION_FRESH - 1));
	CHECK(!session_is_fresh(me, 1000000 + SESSION_FRESH));
	CHECK(!session_is_fresh(me, 1000000 - 1));
}

TEST_DB("a form sent again after the clock went back is still sent once")
{
	static const struct scenario form = {
		.url = "/alder/standards/new",
		.as = "standards_editor",
		.form = "title=Once&source_lang=en&once=0123456789abcdefghijkl",
		.status = 303,
		.has = {"Location: /alder/standards/once/draft"}};
	static const struct scenario page = {
		.url = "/alder/standards/once/draft", .as = "standards_editor", .status = 200};
	struct world w;
	if (CHECK(world_begin(&w, db, err, NULL))) {
		w.now += 40 * DAY / 10;
		world_ask(&w, &form);
		CHECK(world_as_told(&w, &form, __FILE__, __LINE__));
		struct str rows = world_rows(&w);
		w.now -= 3 * DAY;
		world_ask(&w, &form);
		CHECK(world_as_told(&w, &form, __FILE__, __LINE__));
		CHECK_STR(world_rows(&w), rows);
		world_ask(&w, &page);
		CHECK(world_as_told(&w, &page, __FILE__, __LINE__));
	}
	world_end(&w);
}

TEST_DB("a page kept from before the clock went back is not taken for one of today")
{
	static const struct scenario page = {
		.url = "/alder/standards", .status = 200, .keep = {"etag", "ETag: "}};
	struct world w;
	if (CHECK(world_begin(&w, db, err, NULL))) {
		w.now += DAY;
		world_ask(&w, &page);
		CHECK(world_as_told(&w, &page, __FILE__, __LINE__));
		struct str tomorrow = str_dup(test_arena, world_header(&w, "ETag"));
		w.now -= DAY;
		world_ask(&w, &page);
		CHECK(world_as_told(&w, &page, __FILE__, __LINE__));
		CHECK(tomorrow.n > 0 && !str_eq(world_header(&w, "ETag"), tomorrow));
	}
	world_end(&w);
}
