#include "server/http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/steady.h"
#include "server/dispatch.h"
#include "server/log.h"
#include "server/metrics.h"
#include "server/process.h"
#include "server/site.h"

enum {
	POOL_BYTES = 10 * 1024, /* of a connection: the heads of its request and of its answer */
	HEADERS_MAX = 64,
	HEAD_BYTES = 8 * 1024, /* names and values; the answer's head needs the rest */
	TARGET_MAX = 2048,
	SILENCE_SECONDS = 30,  /* nothing sent or received */
	HEAD_SECONDS = 75,     /* from the end of one request to the end of the next one's head */
	BODY_SECONDS = 30,     /* plus the time of the body at BODY_RATE */
	BODY_RATE = 16 * 1024, /* bytes a second */
	ANSWER_SECONDS = 600,
	QUEUE_MAX = 64,        /* slow requests waiting for a thread */
	YIELDS = 5,            /* nice(2) of the pool's threads: pages come first */
	LARGE = 64 * 1024,     /* bytes of a body that a thread reads apart: others need not wait */
	OVERRUN = 1024 * 1024, /* read past a body's limit to give a readable answer */
	BODIES = 256 * 1024 * 1024, /* of all requests of a process at one time */
};

/* One open connection. Only the event thread touches it. */
struct connection {
	struct connection *next, *previous;
	int fd;
	int64_t deadline; /* microseconds, monotonic */
	char address[INET6_ADDRSTRLEN];
};

/* One request. The pool touches it between suspending and resuming only. */
struct exchange {
	struct exchange *next; /* in the queue, or in the list of free ones */
	struct http *http;
	struct MHD_Connection *mhd;
	struct connection *connection;
	bool begun;
	bool ends; /* the connection, with this answer */
	int64_t started;
	size_t target_size, head_size;
	struct request request;
	struct manner manner;
	struct arena *arena; /* of the body; NULL if there is none */
	struct buf body;
	size_t received;
	struct MHD_Response *answer; /* made, not yet given to the library */
	bool lent;                   /* it belongs to the lane's kept answers */
	int status;
	bool later; /* the event thread's lane has left it to the pool */
	/* Not made empty for the next request. */
	char target[TARGET_MAX];
	struct header headers[HEADERS_MAX];
};

struct http {
	const struct site *site;
	struct MHD_Daemon *daemon;
	struct arena *arena;
	struct lane *lane;
	struct connection *open, *spare_connections;
	struct exchange *spare_exchanges;
	_Atomic int64_t *connections; /* of this worker, counted for all to see; or NULL */
	int running;   /* requests between their first byte and the last of their answer */
	size_t bodies; /* bytes, of all of them */
	bool stopping;
	int wake; /* written by the pool when it has an answer: the library alone would not look */

	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t wanted;
	struct exchange *first, *last;
	int queued;
	bool pool_ends;
};

static void *take_spare(struct arena *arena, void *list, size_t size, size_t emptied)
{
	void **spare = list; /* a list linked by the first member */
	if (!*spare)
		return arena_alloc(arena, size);
	void *taken = *spare;
	*spare = *(void **)taken;
	return memset(taken, 0, emptied);
}

/* ---- connections ---- */

static void set_deadline(struct connection *c, int64_t seconds)
{
	c->deadline = steady_us() + seconds * 1000000;
}

static void address_text(const struct sockaddr *from, char *to, socklen_t size)
{
	if (from && from->sa_family == AF_INET) {
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)from)->sin_addr, to,
			  size);
	} else if (from && from->sa_family == AF_INET6) {
		const struct in6_addr *six =
			&((const struct sockaddr_in6 *)(const void *)from)->sin6_addr;
		if (IN6_IS_ADDR_V4MAPPED(six))
			inet_ntop(AF_INET, &six->s6_addr[12], to, size);
		else
			inet_ntop(AF_INET6, six, to, size);
	}
}

static struct connection *connection_of(struct MHD_Connection *mhd)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info ? info->socket_context : NULL;
}

static void connection_opened(struct http *h, struct MHD_Connection *mhd, void **context)
{
	struct connection *c = take_spare(h->arena, &h->spare_connections,
					  sizeof(struct connection), sizeof(struct connection));
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
	c->fd = info ? info->connect_fd : -1;
	info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	address_text(info ? info->client_addr : NULL, c->address, sizeof c->address);
	set_deadline(c, HEAD_SECONDS);
	c->next = h->open;
	if (h->open)
		h->open->previous = c;
	h->open = c;
	*context = c;
	if (h->connections)
		++*h->connections;
}

static void connection_closed(struct http *h, struct connection *c)
{
	if (c->previous)
		c->previous->next = c->next;
	else
		h->open = c->next;
	if (c->next)
		c->next->previous = c->previous;
	c->next = h->spare_connections;
	h->spare_connections = c;
	if (h->connections)
		--*h->connections;
}

static void on_connection(void *context, struct MHD_Connection *mhd, void **own,
			  enum MHD_ConnectionNotificationCode what)
{
	struct http *h = context;
	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		connection_opened(h, mhd, own);
	else if (*own)
		connection_closed(h, *own);
}

/* The library ends silent connections; this ends those that send or read a byte now and then. */
static void end_overdue(struct http *h)
{
	int64_t now = steady_us();
	for (struct connection *c = h->open; c; c = c->next)
		if (c->deadline < now && c->fd >= 0)
			shutdown(c->fd, SHUT_RDWR);
}

/* ---- one request ---- */

static void *on_target(void *context, const char *target, struct MHD_Connection *mhd)
{
	struct http *h = context;
	struct exchange *x = take_spare(h->arena, &h->spare_exchanges, sizeof(struct exchange),
					offsetof(struct exchange, target));
	x->http = h;
	x->mhd = mhd;
	x->connection = connection_of(mhd);
	x->started = steady_us();
	x->target_size = strlen(target);
	if (x->target_size < TARGET_MAX)
		memcpy(x->target, target, x->target_size);
	h->running++;
	return x;
}

static void let_go(struct exchange *x)
{
	if (x->answer && !x->lent)
		MHD_destroy_response(x->answer);
	x->answer = NULL;
}

static void on_completed(void *context, struct MHD_Connection *mhd, void **own,
			 enum MHD_RequestTerminationCode why)
{
	(void)mhd;
	(void)why;
	struct http *h = context;
	struct exchange *x = *own;
	if (!x)
		return;
	*own = NULL;
	let_go(x);
	if (x->arena)
		arena_free(x->arena);
	h->bodies -= x->body.n;
	if (x->connection)
		set_deadline(x->connection, HEAD_SECONDS);
	x->next = h->spare_exchanges;
	h->spare_exchanges = x;
	h->running--;
}

static enum MHD_Result on_header(void *context, enum MHD_ValueKind kind, const char *name,
				 size_t name_size, const char *value, size_t value_size)
{
	(void)kind;
	struct exchange *x = context;
	x->head_size += name_size + value_size;
	if (x->request.header_count == HEADERS_MAX || x->head_size > HEAD_BYTES) {
		x->request.refused = 431;
		return MHD_NO;
	}
	x->headers[x->request.header_count++] =
		(struct header){{name, name_size}, {value ? value : "", value ? value_size : 0}};
	return MHD_YES;
}

/* Two statements about the body's length may be read differently by a proxy in front of us, which
 * then sees another next request than we do (RFC 9112, 6.3 and 11.2). */
static bool length_is_doubtful(const struct request *r)
{
	int said = 0;
	for (size_t i = 0; i < r->header_count; i++)
		said += str_eq_nocase(r->headers[i].name, S("Content-Length")) ||
			str_eq_nocase(r->headers[i].name, S("Transfer-Encoding"));
	return said > 1;
}

static size_t announced(const struct request *r)
{
	int64_t size = 0;
	str_int(request_header(r, "Content-Length"), &size);
	return size > 0 ? (size_t)size : 0;
}

static void read_head(struct exchange *x, const char *method)
{
	x->begun = true;
	x->request = (struct request){
		.method = str_of(method),
		.target = {x->target, x->target_size},
		.headers = x->headers,
		.peer = str_of(x->connection ? x->connection->address : ""),
	};
	MHD_get_connection_values_n(x->mhd, MHD_HEADER_KIND, on_header, x);
	if (x->target_size >= TARGET_MAX) {
		x->request.target = S("/");
		x->request.refused = 414;
	}
	if (length_is_doubtful(&x->request)) {
		x->request.refused = 400;
		x->ends = true;
	}
	x->manner = dispatch_manner(x->http->lane, x->request.method, x->request.target);
	if (announced(&x->request) > x->manner.body_limit && !x->request.refused)
		x->request.refused = 413;
	if (x->connection)
		set_deadline(x->connection,
			     BODY_SECONDS + (int64_t)(x->manner.body_limit / BODY_RATE));
}

/* False when so much came that the connection is not worth an answer. */
static bool read_body(struct exchange *x, const char *bytes, size_t size)
{
	x->received += size;
	if (x->received > x->manner.body_limit) {
		if (!x->request.refused)
			x->request.refused = 413;
		return x->received <= x->manner.body_limit + OVERRUN;
	}
	if (x->http->bodies + size > BODIES && !x->request.refused)
		x->request.refused = 503;
	if (x->request.refused)
		return true;
	x->http->bodies += size;
	if (!x->arena) {
		x->arena = arena_new(x->manner.body_limit * 4 + 1024 * 1024);
		x->body.arena = x->arena;
		/* Within the limit; not touched, so no memory, before bytes come. */
		buf_room(&x->body, announced(&x->request));
	}
	buf_add(&x->body, (struct str){bytes, size});
	return true;
}

static void log_request(const struct exchange *x, const struct response *r)
{
	const char *method = str_is(x->request.method, "POST")   ? "POST"
			     : str_is(x->request.method, "HEAD") ? "HEAD"
			     : str_is(x->request.method, "GET")  ? "GET"
								 : "other";
	log_line("request",
		 "id=" STR_FMT " method=%s route=%s status=%d us=%lld bytes=%zu org=" STR_FMT,
		 STR_ARG(r->request_id), method, r->route ? r->route : "-", r->status,
		 (long long)(steady_us() - x->started), r->body.n, STR_ARG(r->org));
}

static struct MHD_Response *make_answer(struct arena *scratch, const struct response *r)
{
	int file = r->file ? dup(r->file) : -1; /* the library closes it */
	struct MHD_Response *made =
		file >= 0 ? MHD_create_response_from_fd(r->body.n, file)
			  : MHD_create_response_from_buffer(r->body.n, (void *)(uintptr_t)r->body.p,
							    MHD_RESPMEM_MUST_COPY);
	MUST(made && "out of memory");
	for (size_t i = 0; i < r->header_count; i++)
		MHD_add_response_header(made, str_c(scratch, r->headers[i].name),
					str_c(scratch, r->headers[i].value));
	return made;
}

static void drop_answer(void *prepared)
{
	MHD_destroy_response(prepared); /* one that is still being sent lives until it is */
}

/* Runs on either kind of thread; afterwards x->answer is made, or x->later is set. */
static void answer(struct exchange *x, struct lane *lane)
{
	struct response r = {0};
	x->request.body = buf_str(&x->body);
	dispatch(lane, &x->request, &r);
	x->status = r.status;
	if (r.later) {
		x->later = true;
		return;
	}
	x->lent = r.prepared;
	x->answer = r.prepared && *r.prepared ? *r.prepared : make_answer(lane_arena(lane), &r);
	if (r.prepared)
		*r.prepared = x->answer;
	if (x->ends && !x->lent)
		MHD_add_response_header(x->answer, MHD_HTTP_HEADER_CONNECTION, "close");
	log_request(x, &r);
	metrics_request(x->http->site->metrics, lane == x->http->lane ? LANE_FAST : LANE_SLOW,
			r.status, steady_us() - x->started);
}

static enum MHD_Result send_answer(struct exchange *x)
{
	enum MHD_Result queued = MHD_queue_response(x->mhd, (unsigned)x->status, x->answer);
	let_go(x);
	if (x->connection)
		set_deadline(x->connection, ANSWER_SECONDS);
	return queued;
}

static bool enqueue(struct exchange *x)
{
	struct http *h = x->http;
	pthread_mutex_lock(&h->lock);
	bool room = h->queued < QUEUE_MAX;
	if (room) {
		/* Before a thread can see it: it may resume at once. */
		MHD_suspend_connection(x->mhd);
		x->next = NULL;
		if (h->last)
			h->last->next = x;
		else
			h->first = x;
		h->last = x;
		h->queued++;
		pthread_cond_signal(&h->wanted);
	}
	pthread_mutex_unlock(&h->lock);
	return room;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *mhd, const char *url,
				  const char *method, const char *version, const char *bytes,
				  size_t *size, void **own)
{
	(void)context;
	(void)mhd;
	(void)url;
	(void)version;
	struct exchange *x = *own;
	if (!x)
		return MHD_NO;
	if (!x->begun) {
		read_head(x, method);
		if (!x->request.refused)
			return MHD_YES;
	} else if (*size > 0) {
		if (!read_body(x, bytes, *size))
			return MHD_NO;
		*size = 0;
		return MHD_YES;
	}
	bool apart = x->manner.slow || x->body.n > LARGE;
	if (!x->answer && apart && !x->request.refused) {
		if (enqueue(x))
			return MHD_YES;
		x->request.refused = 503;
	}
	if (!x->answer)
		answer(x, x->http->lane);
	if (x->later && !x->answer) {
		if (enqueue(x))
			return MHD_YES;
		x->later = false;
		x->request.refused = 503;
		answer(x, x->http->lane);
	}
	return send_answer(x);
}

/* ---- the pool of slow requests ---- */

static struct exchange *next_queued(struct http *h)
{
	pthread_mutex_lock(&h->lock);
	while (!h->first && !h->pool_ends)
		pthread_cond_wait(&h->wanted, &h->lock);
	struct exchange *x = h->first;
	if (x) {
		h->first = x->next;
		if (!h->first)
			h->last = NULL;
		h->queued--;
	}
	pthread_mutex_unlock(&h->lock);
	return x;
}

static void *pool_thread(void *context)
{
	struct http *h = context;
	struct lane *lane = NULL; /* a connection to the database only when there is work */
	setpriority(PRIO_PROCESS, (id_t)gettid(), YIELDS);
	for (struct exchange *x; (x = next_queued(h));) {
		if (!lane)
			lane = lane_new(h->site, false);
		answer(x, lane);
		MHD_resume_connection(x->mhd);
		eventfd_write(h->wake, 1);
	}
	if (lane)
		lane_free(lane);
	return NULL;
}

/* Signals are for the event thread: they end its waiting. */
static void start_pool(struct http *h, pthread_t *threads, int count)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	for (int i = 0; i < count; i++)
		MUST(!pthread_create(&threads[i], NULL, pool_thread, h));
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* ---- the event loop ---- */

static struct MHD_Daemon *daemon_start(struct http *h, int listening)
{
	const struct config *config = h->site->config;
	return MHD_start_daemon(
		MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request, h,
		MHD_OPTION_LISTEN_SOCKET, listening, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)POOL_BYTES, MHD_OPTION_CONNECTION_LIMIT, (unsigned)config->connections,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)config->connections_per_address,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SILENCE_SECONDS,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, on_target, h,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, h, MHD_OPTION_NOTIFY_COMPLETED,
		on_completed, h, MHD_OPTION_END);
}

/* Until a socket, the pool or a signal wants something, or so many milliseconds. */
static void wait_for_work(struct http *h, int most)
{
	MHD_UNSIGNED_LONG_LONG due;
	eventfd_t count;
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	struct pollfd p[] = {{info->epoll_fd, POLLIN, 0}, {h->wake, POLLIN, 0}};
	if (MHD_get_timeout(h->daemon, &due) == MHD_YES && due < (unsigned)most)
		most = (int)due;
	if (poll(p, 2, most) > 0 && p[1].revents)
		eventfd_read(h->wake, &count);
}

static void loop(struct http *h, const volatile sig_atomic_t *stop)
{
	int64_t swept = steady_us(), last_moment = 0;
	for (;;) {
		wait_for_work(h, h->stopping ? 50 : 1000);
		lane_turn(h->lane);
		if (MHD_run(h->daemon) != MHD_YES)
			break;
		int64_t now = steady_us();
		if (process_reopen) {
			process_reopen = 0;
			log_reopen();
		}
		if (now - swept > 1000000) {
			end_overdue(h);
			swept = now;
		}
		if (*stop && !h->stopping) {
			h->stopping = true;
			last_moment = now + h->site->config->grace * 1000000;
			MHD_quiesce_daemon(h->daemon);
		}
		if (h->stopping && (h->running == 0 || now > last_moment))
			break;
	}
}

static void allow_many_files(void)
{
	struct rlimit files;
	if (!getrlimit(RLIMIT_NOFILE, &files)) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
}

bool http_serve(const struct site *site, int listening, const volatile sig_atomic_t *stop)
{
	struct http h = {.site = site,
			 .lock = PTHREAD_MUTEX_INITIALIZER,
			 .wanted = PTHREAD_COND_INITIALIZER};
	pthread_t threads[64];
	int count = (int)site->config->slow_threads;
	allow_many_files();
	h.arena = arena_new(SIZE_MAX / 2);
	h.lane = lane_new(site, true);
	h.connections = metrics_connections(site->metrics, getpid());
	lane_prepares(h.lane, drop_answer);
	h.wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	h.daemon = daemon_start(&h, listening);
	if (!h.daemon || h.wake < 0)
		return false;
	start_pool(&h, threads, count);
	process_short_turns();
	loop(&h, stop);
	pthread_mutex_lock(&h.lock);
	h.pool_ends = true;
	pthread_cond_broadcast(&h.wanted);
	pthread_mutex_unlock(&h.lock);
	for (int i = 0; i < count; i++)
		pthread_join(threads[i], NULL);
	MHD_stop_daemon(h.daemon);
	close(h.wake);
	lane_free(h.lane);
	arena_free(h.arena);
	return true;
}
