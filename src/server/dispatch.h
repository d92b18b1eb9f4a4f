#pragma once
/*
 * The life of a request, from a parsed request to an answer, with no HTTP library in it: tests call
 * it in-process. DESIGN's order is the order of dispatch.c:
 *
 *   organisation (by host, else the first path segment) -> route -> who asks and their rights there
 *   -> the route's right -> other sites' POSTs refused -> declared fields -> validator: 304 or a
 *   stored public answer -> handler (a GET cannot write) -> commit if below 400 (ROUTE_COUNTS: 500)
 *   -> on ERR_RETRY the whole again -> INVALID shows the form's page with what was typed -> HTML,
 *   JSON or CSV.
 *
 * What a template sees: the names of the handler's `out`, over these (model.c makes them):
 *
 *   in           the fields as read; as typed, where they were refused
 *   errors       messages by field
 *   error_list   {field, message}, in the order of the fields
 *   conflict     null, unless a handler that answers CONFLICT sets it: both texts
 *   me           {id, name, lang, …} or null
 *   org          {id, slug, name, lang, langs, …} or null
 *   can          the reader's rights as truths: {{#can.standards_edit}}
 *   lang         the page's language
 *   langs        {tag, name, current}: what may be chosen; empty where there is one
 *   prefix       "/cdpc" or "": before every path of a link
 *   path, url    without the prefix; url has the query, for forms that come back here
 *   now, today   seconds; civil date in the organisation's zone
 *   nav          {label, about, path, current}
 *   demo         {roles: {role, label}} with --demo, else null
 *   flash        a msgid shown once
 *   once         a token: {{>face/once}} in create forms
 *   carry        a sealed form that waits for its sender to sign in: {{>face/carry}}
 *   asset        file names with their hash: {{asset.site_css}}
 *   request_id   for error pages
 *
 * Conventions that forms rely on. A POST row's `view` is the page of its form: when it is refused,
 * the GET row with the same view is run and shown with 422 (or 409), the fields typed standing over
 * those stored. A 409's page has `conflict` and `theirs`, what is stored where it differs from what
 * was typed, and the revisions (`rev`, `…_rev`) that are stored now. A POST with the field `picked`
 * comes from the item picker and shows the page again, 200, running no handler. In a list of `out`
 * called NAME_choices, {value, label}, the rows that stand in the field NAME are `selected`.
 * Signing in is GET and POST /sign-in with the field `next`; its forms hold
 * {{>face/carry}}. A list is a CSV if `out` has a list called `rows`, else its first list; `?excel`
 * is for spreadsheets in French.
 */
#include "base/str.h"
#include "web/req.h"

struct arena;
struct site;

struct header {
	struct str name, value;
};

/* One request as the HTTP library parsed it. Everything is borrowed from the caller. */
struct request {
	struct str method; /* "GET" */
	struct str target; /* path and query as sent */
	const struct header *headers;
	size_t header_count;
	struct str body;
	struct str peer; /* address of the other end of the connection, without the port */
	int refused; /* 413, 414, 431 or 503: the transport refuses it; only the answer is wanted */
};

enum { RESPONSE_HEADERS_MAX = 32 };

struct response {
	int status;
	struct header headers[RESPONSE_HEADERS_MAX];
	size_t header_count;
	struct str body;
	int file;   /* the body as an open file, as long as the body; 0: none */
	bool later; /* no answer yet: ask a lane that keeps no answers, on the pool */
	/* For the log line. */
	struct str request_id;
	const char *route; /* the pattern, never the address itself */
	struct str org;    /* slug, or empty */
	/* Where the transport may leave its own form of this very answer, and finds it when the
	 * answer is given again; NULL: nowhere. */
	void **prepared;
};

/* What one thread owns: an arena for requests, a connection, compiled templates, the public
 * answers. Opening connects to the database when the first request needs it. */
struct lane;
struct lane *lane_new(const struct site *, bool keeps_answers);
void lane_free(struct lane *);
/* The transport prepares kept answers; `drop` frees one when the answer is forgotten. */
void lane_prepares(struct lane *, void (*drop)(void *prepared));
/* The transport has waited, and now answers all that came meanwhile: among these, the requests for
 * one kept answer share one look at the database, which is made after they came. What still comes
 * during the turn may share it too. A POST of the lane ends the turn. A lane that is told of no turn
 * looks for each request. */
void lane_turn(struct lane *);
struct arena *lane_arena(struct lane *); /* of the request just answered */
struct db *lane_db(struct lane *);       /* NULL while the database cannot be reached */

/* Answers one request. The answer lives until the lane's next call. Never fails: what goes wrong is
 * an answer too. */
void dispatch(struct lane *, const struct request *, struct response *);

/* What to do with a request before its body is here. */
struct manner {
	bool slow;         /* for the pool */
	size_t body_limit; /* bytes; more is 413 */
};
struct manner dispatch_manner(struct lane *, struct str method, struct str target);

struct str request_header(const struct request *, const char *name); /* empty if not sent */
