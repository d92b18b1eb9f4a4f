/* /readyz and /metrics on the public address, and the process of an address of its own. */
#include "server/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sodium.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "db/db.h"
#include "server/life.h"
#include "server/log.h"
#include "server/process.h"
#include "web/req.h"

#define TEXT    "text/plain; charset=utf-8"
#define METRICS "text/plain; version=0.0.4; charset=utf-8"

static int plain(struct req *req, int status, const char *type, struct str body)
{
	req->raw = body;
	val_set_str(req->headers_out, "Content-Type", str_of(type));
	val_set_str(req->headers_out, "Cache-Control", S("no-store"));
	return status;
}

static int readyz(struct req *req)
{
	const struct life *l = req->dispatch;
	struct buf text = {.arena = req->arena};
	bool ready = watch_ready(l->site, req->db, &req->err, &text);
	return plain(req, ready ? OK : 503, TEXT, buf_str(&text));
}

static bool same(struct str x, struct str y)
{
	return x.n == y.n && sodium_memcmp(x.p, y.p, x.n) == 0;
}

static int metrics(struct req *req)
{
	const struct life *l = req->dispatch;
	struct str token = l->site->metrics_token, sent;
	struct buf text = {.arena = req->arena};
	if (!token.n)
		return NOT_FOUND;
	sent = request_header(l->request, "Authorization");
	if (!str_starts(sent, S("Bearer ")) || !same(str_trim(str_from(sent, 7)), token)) {
		val_set_str(req->headers_out, "WWW-Authenticate", S("Bearer"));
		return plain(req, 401, TEXT, S("a token is wanted: --metrics-token-file\n"));
	}
	watch_metrics(l->site, req->db, &req->err, &text);
	return plain(req, OK, METRICS, buf_str(&text));
}

static const struct route routes[] = {
	{GET, "/readyz", PUBLIC, readyz, .flags = ROUTE_NO_ORG,
	 .summary = "Says whether requests may be sent here: database, schema, clock, writing"},
	{GET, "/metrics", PUBLIC, metrics, .flags = ROUTE_NO_ORG,
	 .summary = "Counts for those who watch the server, for who knows the token"},
	{0},
};

const struct feature watch_pages = {.name = "watch", .routes = routes};

bool watch_token(struct arena *a, const char *path, struct str *token, struct str *problem)
{
	char text[300];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text);
	int why = errno;
	if (fd >= 0)
		close(fd);
	struct str found = str_trim((struct str){text, n > 0 ? (size_t)n : 0});
	*token = str_dup(a, found);
	if (n < 0)
		*problem = str_fmt(a, "--metrics-token-file %s: %s", path, strerror(why));
	else if (found.n < 16 || found.n > 256)
		*problem = str_fmt(a, "--metrics-token-file %s: a token has 16 to 256 characters",
				   path);
	return n >= 0 && found.n >= 16 && found.n <= 256;
}

/* ---- an address of its own: one short question after the other ---- */

enum { QUESTION = 4096, PATIENCE_MS = 2000 };

struct watch {
	const struct site *site;
	struct arena *arena;
	struct db *db; /* NULL until it could be opened */
	struct err err;
};

static struct db *open_db(struct watch *w)
{
	if (!w->db)
		w->db = db_open(str_c(w->arena, w->site->config->db), &w->err);
	if (w->db) {
		db_use(w->db, w->arena, &w->err);
		db_begin(w->db, DB_READ, 0);
	}
	return w->db;
}

static void answer(struct watch *w, struct str path, struct buf *out)
{
	struct buf body = {.arena = w->arena};
	const char *status = "200 OK", *type = TEXT;
	if (str_is(path, "/metrics")) {
		watch_metrics(w->site, open_db(w), &w->err, &body);
		type = METRICS;
	} else if (str_is(path, "/readyz")) {
		bool ready = open_db(w) && watch_ready(w->site, w->db, &w->err, &body);
		if (!w->db)
			buf_lit(&body, "database cannot be reached\n");
		if (!ready)
			status = "503 Service Unavailable";
	} else {
		status = "404 Not Found";
		buf_lit(&body, "here are /metrics and /readyz\n");
	}
	buf_fmt(out,
		"HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\nCache-Control: "
		"no-store\r\nConnection: close\r\n\r\n",
		status, type, body.n);
	buf_add(out, buf_str(&body));
}

static void send_all(int fd, struct str bytes)
{
	while (bytes.n) {
		ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
		if (n <= 0)
			return;
		bytes = str_from(bytes, (size_t)n);
	}
}

/* The path asked for; empty if it is no GET, or does not come in time. */
static struct str question(struct arena *a, int fd)
{
	char *text = arena_alloc(a, QUESTION);
	size_t have = 0;
	struct str line, method, path = {0};
	while (have < QUESTION && str_find((struct str){text, have}, S("\r\n\r\n")) < 0) {
		ssize_t n = recv(fd, text + have, QUESTION - have, 0);
		if (n <= 0)
			return path;
		have += (size_t)n;
	}
	struct str rest = {text, have};
	if (str_cut(&rest, '\r', &line) && str_cut(&line, ' ', &method) && str_is(method, "GET"))
		str_cut(&line, ' ', &path);
	return path;
}

static void serve_one(struct watch *w, int fd)
{
	struct timeval patience = {.tv_sec = PATIENCE_MS / 1000};
	struct buf out = {.arena = w->arena};
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	struct str path = question(w->arena, fd);
	if (path.n) {
		answer(w, path, &out);
		send_all(fd, buf_str(&out));
	}
	close(fd);
	if (w->db)
		db_rollback(w->db);
	if (w->err.kind != ERR_NONE) {
		log_line("error", "what=watch at=%s:%d why=\"%s\"", w->err.file, w->err.line,
			 w->err.text);
		db_close(w->db);
		w->db = NULL;
	}
	w->err = (struct err){0};
	arena_reset(w->arena);
}

int watch_run(const struct site *site, int listening, const volatile sig_atomic_t *stop)
{
	struct watch w = {.site = site, .arena = arena_new(16 * 1024 * 1024)};
	while (!*stop) {
		struct pollfd socket = {.fd = listening, .events = POLLIN};
		if (process_reopen) {
			process_reopen = 0;
			log_reopen();
		}
		if (poll(&socket, 1, 1000) != 1)
			continue;
		int fd = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
		if (fd >= 0)
			serve_one(&w, fd);
	}
	db_close(w.db);
	arena_free(w.arena);
	return EXIT_OK;
}
