/* The program as a whole: processes, signals, sockets, commands and their exit codes. */
#include "program.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/steady.h"
#include "core/feature.h"

#define CLOSE "Host: localhost\r\nConnection: close\r\n\r\n"

TEST("it serves, and stops cleanly when it is told to")
{
	struct program p;
	NEED_PROGRAM();
	if (CHECK(program_serve(&p))) {
		struct str answer = program_ask(&p, "GET /healthz HTTP/1.1\r\n" CLOSE);
		CHECK(str_starts(answer, S("HTTP/1.1 200 ")));
		CHECK(program_has(answer, "\r\n\r\nok\n"));
		CHECK_INT(program_stop(&p), 0);
		CHECK(program_has(program_log(&p), "route=/healthz status=200"));
		CHECK(program_has(program_log(&p), "what=stopped clean=1"));
	}
	program_gone(&p);
}

TEST("a HEAD has the length of the page and no page; a client may keep its connection")
{
	struct program p;
	NEED_PROGRAM();
	if (CHECK(program_serve(&p))) {
		struct str answer = program_ask(&p, "HEAD /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n"
						    "GET /healthz HTTP/1.1\r\n" CLOSE);
		CHECK(program_has(answer, "Content-Length: 23\r\n"));
		CHECK(str_find(answer, S("User-agent")) < 0);
		CHECK(program_has(answer, "\r\n\r\nok\n"));
	}
	program_gone(&p);
}

TEST("a request that says the length of its body twice is refused, and nothing after it is read")
{
	static const char *const twice[] = {
		"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
	};
	struct program p;
	NEED_PROGRAM();
	if (CHECK(program_serve(&p)))
		for (size_t i = 0; i < sizeof twice / sizeof *twice; i++) {
			char request[256];
			snprintf(request, sizeof request,
				 "POST /language HTTP/1.1\r\nHost: x\r\n%s"
				 "GET /healthz HTTP/1.1\r\n" CLOSE,
				 twice[i]);
			struct str answer = program_ask(&p, request);
			CHECK(str_starts(answer, S("HTTP/1.1 400 ")));
			CHECK(str_find(answer, S("\r\n\r\nok\n")) < 0);
		}
	program_gone(&p);
}

/* The answer without its Date, and the value of its ETag. */
static struct str dateless(struct str answer, struct str *etag)
{
	struct buf out = {.arena = test_arena};
	struct str line;
	while (str_cut(&answer, '\n', &line)) {
		if (str_starts(line, S("ETag: ")))
			*etag = str_trim(str_from(line, 6));
		if (!str_starts(line, S("Date: ")))
			buf_add(&out, line);
	}
	return buf_str(&out);
}

TEST("a public page that is given again is the same, until what it shows has changed")
{
	struct program p;
	NEED_PROGRAM();
	if (CHECK(program_serve(&p))) {
		struct str out, etag = {0};
		const char *ask = "GET /alder/standards HTTP/1.1\r\n" CLOSE;
		const char *db = str_c(test_arena, str_fmt(test_arena, "sqlite:%s/w.db", p.folder));
		CHECK_INT(program_run(&out, "", "org", "add", "alder", "--db", db, NULL), 0);
		struct str made = dateless(program_ask(&p, ask), &etag);
		CHECK(str_starts(made, S("HTTP/1.1 200 ")) && etag.n > 10);
		CHECK_STR(dateless(program_ask(&p, ask), &etag), str_c(test_arena, made));
		CHECK_STR(dateless(program_ask(&p, ask), &etag), str_c(test_arena, made));
		const char *known =
			str_c(test_arena,
			      str_fmt(test_arena,
				      "GET /alder/standards HTTP/1.1\r\nIf-None-Match: " STR_FMT
				      "\r\n" CLOSE,
				      STR_ARG(etag)));
		struct str unchanged = dateless(program_ask(&p, known), &etag);
		CHECK(str_starts(unchanged, S("HTTP/1.1 304 ")));
		CHECK_STR(dateless(program_ask(&p, known), &etag), str_c(test_arena, unchanged));
		CHECK_STR(dateless(program_ask(&p, ask), &etag), str_c(test_arena, made));
		CHECK_INT(program_run(&out, "", "org", "set", "alder", "--base",
				      "https://alder.example", "--db", db, NULL),
			  0);
		struct str changed = program_ask(&p, known);
		CHECK(program_has(changed, "HTTP/1.1 200 ") &&
		      program_has(changed, "Strict-Transport"));
	}
	program_gone(&p);
}

TEST("a worker that is killed is replaced")
{
	struct program p;
	NEED_PROGRAM();
	if (CHECK(program_serve(&p))) {
		pid_t worker = (pid_t)program_logged(&p, "name=worker", "pid");
		CHECK(worker > 0);
		kill(worker, SIGKILL);
		CHECK(program_says(&p, "what=died name=worker", 1));
		CHECK(program_says(&p, "what=started name=worker", 2));
		CHECK(program_logged(&p, "what=started name=worker", "pid") != worker);
		CHECK(program_has(program_ask(&p, "GET /healthz HTTP/1.1\r\n" CLOSE), " 200 "));
	}
	program_gone(&p);
}

TEST("nothing outlives a parent that is killed")
{
	struct program p;
	NEED_PROGRAM();
	if (CHECK(program_serve(&p))) {
		pid_t worker = (pid_t)program_logged(&p, "name=worker", "pid");
		kill(p.pid, SIGKILL);
		program_stop(&p);
		for (int i = 0; i < 200 && !kill(worker, 0); i++)
			usleep(20000);
		CHECK(kill(worker, 0) != 0);
	}
	program_gone(&p);
}

static void add_org(const struct program *p)
{
	struct str said;
	const char *db = str_c(test_arena, str_fmt(test_arena, "sqlite:%s/w.db", p->folder));
	CHECK_INT(program_run(&said, NULL, "org", "add", "alder", "--db", db, NULL), EXIT_OK);
}

TEST("a stop waits for a slow request and lets nobody else in")
{
	static const char form[] = "email=ada%40example.org&password=correct+horse+battery";
	struct program p;
	NEED_PROGRAM();
	if (CHECK(program_serve(&p))) {
		add_org(&p);
		int slow = program_connect(&p);
		char request[400];
		snprintf(request, sizeof request,
			 "POST /alder/sign-in HTTP/1.1\r\nHost: localhost\r\n"
			 "Content-Type: application/x-www-form-urlencoded\r\n"
			 "Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
			 strlen(form), form);
		CHECK(program_send(slow, request));
		usleep(150000); /* the pool has it now, also where the machine is busy */
		kill(p.pid, SIGTERM);
		struct str answer = program_answer(slow);
		CHECK(program_has(answer, "HTTP/1.1 422 "));
		CHECK(program_has(answer, "</html>"));
		CHECK_INT(program_stop(&p), 0);
		CHECK_INT(program_connect(&p), -1);
	}
	program_gone(&p);
}

TEST("the answer of a slow request is sent when it is made, not at the next tick")
{
	static const char request[] =
		"POST /alder/sign-in HTTP/1.1\r\nHost: localhost\r\n"
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 44\r\n"
		"Connection: close\r\n\r\nemail=ada%40example.org&password=not+the+one";
	struct program p;
	NEED_PROGRAM();
	if (CHECK(program_serve(&p))) {
		int64_t best = 10000;
		add_org(&p);
		for (int i = 0; i < 5; i++) {
			int64_t began = steady_ms();
			CHECK(program_has(program_ask(&p, request), "HTTP/1.1 422 "));
			if (steady_ms() - began < best)
				best = steady_ms() - began;
		}
		CHECK(best < 800); /* the tick is a second; the hash takes a tenth of one */
		CHECK_INT(program_stop(&p), 0);
	}
	program_gone(&p);
}

TEST("two programs on one port: the second says so and ends")
{
	struct program p;
	struct str said;
	NEED_PROGRAM();
	if (CHECK(program_serve(&p))) {
		const char *at = str_c(test_arena, str_fmt(test_arena, "127.0.0.1:%d", p.port));
		CHECK_INT(program_run(&said, NULL, "serve", "--db", "sqlite:/tmp/never-made.db",
				      "--listen", at, NULL),
			  EXIT_REFUSED);
		CHECK(program_has(said, "another program already listens on"));
		CHECK(access("/tmp/never-made.db", F_OK) != 0);
	}
	program_gone(&p);
}

TEST("a log that was moved away is begun anew at SIGHUP")
{
	struct program p;
	NEED_PROGRAM();
	if (CHECK(program_serve(&p))) {
		const char *now = program_path(&p, "log");
		const char *old = program_path(&p, "log.1");
		CHECK(!rename(now, old));
		kill(p.pid, SIGHUP);
		for (int i = 0; i < 100 && !program_log(&p).n; i++) {
			program_ask(&p, "GET /healthz HTTP/1.1\r\n" CLOSE);
			usleep(20000);
		}
		CHECK(program_has(program_log(&p), "route=/healthz"));
	}
	program_gone(&p);
}

TEST("a log that was copied and cut goes on at its new end")
{
	struct program p;
	struct stat info;
	NEED_PROGRAM();
	if (CHECK(program_serve(&p))) {
		const char *now = program_path(&p, "log");
		CHECK(!truncate(now, 0));
		program_ask(&p, "GET /healthz HTTP/1.1\r\n" CLOSE);
		CHECK(program_says(&p, "route=/healthz", 1));
		CHECK(!stat(now, &info) && info.st_size < 1000);
		CHECK(str_starts(program_log(&p), S("t=")));
	}
	program_gone(&p);
}

TEST("a log on a full disk loses lines and stops nobody")
{
	struct program p;
	NEED_PROGRAM();
	if (CHECK(program_serve_unheard(&p, "/dev/full", -1))) {
		for (int i = 0; i < 20; i++)
			CHECK(program_has(program_ask(&p, "GET /healthz HTTP/1.1\r\n" CLOSE),
					  " 200 "));
		CHECK_INT(program_stop(&p), 0);
	}
	program_gone(&p);
}

TEST("a reader of the log that does not read stops nobody")
{
	struct program p;
	int pipes[2];
	NEED_PROGRAM();
	NEED(!pipe2(pipes, O_CLOEXEC));
	if (CHECK(program_serve_unheard(&p, "", pipes[1]))) {
		for (int i = 0; i < 700; i++) /* a pipe holds 64 KiB */
			CHECK(program_has(program_ask(&p, "GET /healthz HTTP/1.1\r\n" CLOSE),
					  " 200 "));
		CHECK_INT(program_stop(&p), 0);
	}
	close(pipes[0]);
	close(pipes[1]);
	program_gone(&p);
}

TEST("what is too large is refused before it is read")
{
	struct program p;
	struct buf many = {.arena = test_arena};
	NEED_PROGRAM();
	if (CHECK(program_serve(&p))) {
		add_org(&p);
		CHECK(program_has(
			program_ask(&p,
				    "POST /alder/language HTTP/1.1\r\nContent-Length: 999999999\r\n"
				    "Content-Type: application/x-www-form-urlencoded\r\n" CLOSE),
			" 413 "));
		buf_lit(&many, "GET /");
		for (int i = 0; i < 3000; i++)
			buf_char(&many, 'a');
		buf_lit(&many, " HTTP/1.1\r\n" CLOSE);
		CHECK(program_has(program_ask(&p, str_c(test_arena, buf_str(&many))), " 414 "));
		many = (struct buf){.arena = test_arena};
		buf_lit(&many, "GET /healthz HTTP/1.1\r\nX-Long: ");
		for (int i = 0; i < 8500; i++)
			buf_char(&many, 'a');
		buf_lit(&many, "\r\n" CLOSE);
		CHECK(program_has(program_ask(&p, str_c(test_arena, buf_str(&many))),
				  "Your browser sent too much"));
		many = (struct buf){.arena = test_arena};
		buf_lit(&many, "GET /healthz HTTP/1.1\r\n");
		for (int i = 0; i < 200; i++)
			buf_fmt(&many, "X-Header-%d: %d\r\n", i, i);
		buf_lit(&many, CLOSE);
		CHECK(program_has(program_ask(&p, str_c(test_arena, buf_str(&many))), " 431 "));
		CHECK(program_has(program_ask(&p, "BREW /healthz HTTP/1.1\r\n" CLOSE), " 405 "));
		CHECK(program_has(program_ask(&p, "GET /healthz HTTP/1.1\r\n" CLOSE), " 200 "));
	}
	program_gone(&p);
}

TEST("keys are made once, for their owner only")
{
	struct program p;
	struct stat keys;
	NEED_PROGRAM();
	if (CHECK(program_serve(&p))) {
		const char *path = program_path(&p, "w.db.keys");
		CHECK(!stat(path, &keys));
		CHECK_INT(keys.st_mode & 0777, 0600);
		CHECK_INT(keys.st_size, 65);
		CHECK_INT(program_stop(&p), 0);
		chmod(path, 0644);
		struct str said;
		const char *db = str_c(test_arena, str_fmt(test_arena, "sqlite:%s/w.db", p.folder));
		CHECK_INT(program_run(&said, NULL, "serve", "--db", db, "--listen", "127.0.0.1:0",
				      NULL),
			  EXIT_REFUSED);
		CHECK(program_has(said, "chmod 600"));
	}
	program_gone(&p);
}

/* ---- commands ---- */

TEST("commands say what they did, and their exit code says how it ended")
{
	struct str said;
	char folder[] = "/tmp/waypost-commands-XXXXXX";
	NEED_PROGRAM();
	NEED(mkdtemp(folder));
	const char *db = str_c(test_arena, str_fmt(test_arena, "sqlite:%s/w.db", folder));
	const char *copy = str_c(test_arena, str_fmt(test_arena, "%s/copy", folder));
	const char *again = str_c(test_arena, str_fmt(test_arena, "sqlite:%s/again.db", folder));
	CHECK_INT(program_run(&said, NULL, "org", "list", "--db", db, NULL), EXIT_REFUSED);
	CHECK(program_has(said, "run `waypost migrate` first"));
	CHECK_INT(program_run(&said, NULL, "migrate", "--db", db, NULL), EXIT_OK);
	CHECK_INT(program_run(&said, NULL, "org", "add", "alder", "--langs", "en,fr", "--names",
			      "Alder Guild / Guilde de l’Aulne", "--db", db, NULL),
		  EXIT_OK);
	CHECK_INT(program_run(&said, NULL, "org", "add", "alder", "--db", db, NULL), EXIT_REFUSED);
	CHECK_INT(program_run(&said, NULL, "org", "add", "Not A Slug", "--db", db, NULL),
		  EXIT_REFUSED);
	CHECK_INT(program_run(&said, "short\n", "user", "add", "ada@example.org", "--db", db, NULL),
		  EXIT_REFUSED);
	CHECK_INT(program_run(&said, "correct horse battery\n", "user", "add", "ada@example.org",
			      "--name", "Ada Lovelace", "--role", "admin", "--db", db, NULL),
		  EXIT_OK);
	CHECK_INT(program_run(&said, NULL, "user", "role", "ada@example.org", "emperor", "--db", db,
			      NULL),
		  EXIT_REFUSED);
	CHECK(program_has(said, "there are: admin"));
	CHECK_INT(program_run(&said, NULL, "user", "list", "--db", db, NULL), EXIT_OK);
	CHECK(program_has(said, "Lovelace, Ada"));
	CHECK_INT(program_run(&said, "another horse battery\n", "user", "password",
			      "bob@example.org", "--db", db, NULL),
		  EXIT_REFUSED);
	CHECK_INT(program_run(&said, NULL, "backup", copy, "--db", db, NULL), EXIT_OK);
	CHECK_INT(program_run(&said, NULL, "backup", copy, "--db", db, NULL), EXIT_REFUSED);
	CHECK_INT(program_run(&said, NULL, "restore", copy, "--db", again, NULL), EXIT_OK);
	CHECK_INT(program_run(&said, NULL, "restore", copy, "--db", again, NULL), EXIT_REFUSED);
	CHECK_INT(program_run(&said, NULL, "org", "list", "--db", again, NULL), EXIT_OK);
	CHECK(program_has(said, "Alder Guild"));
	CHECK_INT(program_run(&said, NULL, "check", "--db", again, NULL), EXIT_OK);
	CHECK(program_has(said, "database   ok"));
	CHECK_INT(program_run(&said, NULL, "check", "--db", "sqlite:/nowhere/w.db", NULL),
		  EXIT_FAILED);
	struct program gone = {0};
	snprintf(gone.folder, sizeof gone.folder, "%s", folder);
	program_gone(&gone);
}

TEST("the manual page has every command and every setting, and nothing that roff takes for its own")
{
	struct str page, help, line, word;
	NEED_PROGRAM();
	CHECK_INT(program_run(&page, NULL, "help", "manual", NULL), EXIT_OK);
	CHECK_INT(program_run(&help, NULL, "--help", NULL), EXIT_OK);
	struct str plain = page;
	size_t commands = 0, options = 0;
	while (str_cut(&help, '\n', &line)) {
		if (!str_starts(line, S("  ")) || line.n < 22)
			continue;
		bool option = str_starts(line, S("  --"));
		struct str name = str_trim(str_sub(line, 2, option ? line.n : 20));
		if (option)
			str_cut(&name, ' ', &word);
		else if (!str_find_char(line, '-') || str_starts(name, S("waypost")))
			continue;
		else
			word = name;
		options += option;
		commands += !option;
		struct buf want = {.arena = test_arena};
		buf_add(&want, option ? S(".B ") : S(".SS \"waypost "));
		for (size_t i = 0; i < word.n; i++) {
			if (word.p[i] == '-')
				buf_char(&want, '\\');
			buf_char(&want, word.p[i]);
		}
		CHECK(program_has(page, str_c(test_arena, buf_str(&want))));
	}
	CHECK(commands >= 15 && options >= 15);
	static const char *const requests[] = {".TH", ".SH", ".SS", ".TP", ".B ",
					       ".I ", ".PP", ".nf", ".fi", NULL};
	while (str_cut(&plain, '\n', &line)) {
		size_t i = 0;
		while (requests[i] && !str_starts(line, str_of(requests[i])))
			i++;
		CHECK(!str_starts(line, S("'")) && (!str_starts(line, S(".")) || requests[i]));
	}
}

TEST("a wrong command line is told what is right")
{
	struct str said;
	NEED_PROGRAM();
	CHECK_INT(program_run(&said, NULL, "", NULL), EXIT_USAGE);
	CHECK_INT(program_run(&said, NULL, "--help", NULL), EXIT_OK);
	CHECK(program_has(said, "serve"));
	CHECK_INT(program_run(&said, NULL, "user", "add", "--help", NULL), EXIT_OK);
	CHECK(program_has(said, "--role ROLE"));
	CHECK_INT(program_run(&said, NULL, "frobnicate", NULL), EXIT_USAGE);
	CHECK_INT(program_run(&said, NULL, "user", NULL), EXIT_USAGE);
	CHECK(program_has(said, "waypost user add"));
	CHECK_INT(program_run(&said, NULL, "serve", "--frob", NULL), EXIT_USAGE);
	CHECK(program_has(said, "no such option: --frob"));
	CHECK_INT(program_run(&said, NULL, "serve", "--workers", "many", NULL), EXIT_USAGE);
	CHECK(program_has(said, "not a number"));
	CHECK_INT(program_run(&said, NULL, "serve", "--listen", NULL), EXIT_USAGE);
	CHECK_INT(program_run(&said, NULL, "serve", "--config", "/nowhere", NULL), EXIT_USAGE);
}
