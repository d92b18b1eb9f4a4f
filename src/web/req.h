#pragma once
/*
 * A handler turns input into a model and an answer; it never writes bytes. What it may touch is all
 * here: `in` holds the declared and validated fields, `out` becomes the page's model, `errors` maps
 * a field's name to a message in the reader's language. The dispatcher owns everything else.
 *
 * An answer is an HTTP status. A handler that finds input wrong calls invalid() and returns
 * INVALID: the form's page is shown again with errors and everything typed, as 422.
 */
#include "base/err.h"
#include "base/val.h"

struct apart;
struct arena;
struct form;
struct catalogue;
struct zone;
struct db;
struct file_store;
struct letter_kind;
struct mine;
struct personal;
struct query;
struct req;
struct secrets;

enum answer {
	OK = 200,
	CREATED = 201,
	SEE_OTHER = 303, /* after see_other() */
	FORBIDDEN = 403,
	NOT_FOUND = 404, /* also for what the reader may not know to exist */
	CONFLICT = 409,  /* someone else changed it: the page shows both texts */
	GONE = 410, /* a link that no longer works: the page in words, if `out` has what it needs */
	INVALID = 422,
	TOO_MANY = 429,
	ON_POOL =
		1000, /* too much for the event thread: the pool runs it again; only if may_wait */
};

enum method { GET, POST };

/* How one input field is read. A field that fails its kind never reaches the handler. The names
 * `me`, `org`, `now`, `url`, `lang` are taken; declaring one stops the build. */
enum field_kind {
	FIELD_TEXT,  /* one line, trimmed, NFC, no control characters */
	FIELD_LINES, /* several lines, CRLF made LF */
	FIELD_INT,
	FIELD_REAL,
	FIELD_FLAG,   /* a check box: 0 or 1, 0 when absent */
	FIELD_DATE,   /* civil date, YYYY-MM-DD */
	FIELD_ID,     /* positive integer: a row's id */
	FIELD_LANG,   /* a BCP 47 tag */
	FIELD_MANY,   /* repeated field: a list of texts */
	FIELD_COLUMN, /* as LINES, repeated: a list of texts, empty ones too, so that columns of one
			 form stand side by side; at most 1,000 */
	FIELD_FILE,   /* {name, type, bytes} */
	FIELD_SECRET, /* like TEXT, never trimmed, never shown again, never logged */
};

struct field {
	const char *name;
	enum field_kind kind;
	bool required;
	int64_t min, max; /* of a number; length in characters of text (0: 200 for TEXT, 20,000 for
			     LINES); bytes of a file */
	const char *const *one_of; /* allowed texts, NULL-terminated */
};

enum route_flag {
	ROUTE_TRACE = 1, /* a read that must leave an audit row before the first byte */
	ROUTE_TOKEN =
		2, /* authority is in a signed link: cookies are ignored, other sites may post */
	ROUTE_SLOW = 4,        /* runs on the pool, db mode DB_SLOW */
	ROUTE_NO_ORG = 8,      /* belongs to the server, not to an organisation */
	ROUTE_ANY_ORIGIN = 16, /* a public read other sites' scripts may use (CORS *) */
	ROUTE_COUNTS = 32,     /* counts wrong attempts: what a refused request wrote is kept */
	ROUTE_SECRET = 64,     /* its address has a secret in it: nobody keeps the page, and no page
				  after it is told the address. ROUTE_TOKEN says that too */
};

struct route {
	enum method method;
	const char *path; /* "/standards/:standard/items/:item": each :name is a declared field */
	int right;        /* core/right.h; 0 is NOBODY: forgetting it denies */
	int (*handler)(struct req *);
	const char *view;            /* "standards/index": src/app/standards/index.html */
	const struct query *version; /* one row {version}: makes the ETag; NULL: not cacheable */
	const struct field *fields;  /* ends with a NULL name */
	unsigned flags;
	const char *summary; /* for the API description, in English */
};

struct req {
	struct arena *arena;
	bool may_wait; /* a GET may answer ON_POOL */
	bool data;     /* the answer is JSON, CSV or dates, not a page */
	bool dates;    /* the answer is a calendar (.ics): the handler sets raw, or it is 404 */
	struct db *db;
	struct err err; /* sticky */
	const struct route *route;
	struct val *in, *out, *errors;
	const struct form
		*sent;       /* everything as it was sent: only for pages that carry a form along */
	struct val *me;      /* {id, name, lang, …} or null */
	struct val *org;     /* {id, slug, name, base, lang, langs, zone} */
	struct val *rights;  /* list of the names of rights held here */
	uint64_t right_bits; /* the same, as core/right.h's struct rights: for has_right() */
	struct str lang;     /* of the interface: "en" or "fr" */
	const struct catalogue *words; /* of that language; NULL for English */
	int64_t now;                   /* seconds since 1970 */
	struct str path;               /* without the organisation's prefix */
	struct str query;              /* as sent, without the '?' */
	struct str prefix;  /* "/cdpc" where the organisation is the first path segment, else "" */
	struct str network; /* the client's address, as the trusted proxy gives it */
	struct str agent;   /* the User-Agent header */
	const struct val *cookies;      /* as sent, name -> text; empty on a TOKEN route */
	bool demo;                      /* a demonstration: nothing here is anybody's */
	const struct secrets *secrets;  /* core/secret.h; handlers only hand it on */
	const struct file_store *files; /* core/file.h; likewise */
	const struct apart *apart;      /* core/apart.h; likewise */
	const struct letter_kind *const *letters; /* every kind, ends with NULL; may be NULL */
	const struct personal *personal;          /* likewise; ends with a NULL name */
	const struct mine *mine;                  /* likewise; ends with NULL words */
	struct str request_id;
	struct val *headers_out; /* set by handlers: name -> text; "Set-Cookie" -> list of texts */
	struct val *concerned;   /* of a ROUTE_TRACE: ids of people whose records the page shows,
				  beside in.person; each may read who saw it */
	struct val *released;    /* of a ROUTE_TRACE: { person, from_org, access_grant, purpose } of
				  what the page shows of others by a person's grant */
	const char *flashed;     /* what flash() was given: a msgid, or NULL */
	struct str raw;    /* set instead of a model: bytes of a download, with Content-Type in
			   headers_out */
	int raw_file;      /* the same bytes as an open file of the arena's; 0: there is none */
	void *dispatch;    /* the dispatcher's own */
	struct zone *zone; /* of req_zone() */
};

/* The organisation's, opened once; NULL without one. */
struct zone *req_zone(struct req *);
/* Which day it is there, YYYY-MM-DD; without an organisation, or with an unknown zone, in UTC. */
struct str req_today(struct req *);
int64_t req_midnight(struct req *,
		     struct str day); /* the instant at which it begins there; 0: it is no day */

/* Says that `field` is wrong; `message` is a msgid marked N_() in the caller. */
void invalid(struct req *, const char *field, const char *message);
/* Redirects after a POST; `format` is a path without the organisation's prefix, or begins with the
 * scheme of an address elsewhere. What goes into a path is encoded by the caller. */
int see_other(struct req *, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool has_right(const struct req *, int right);
/* Parameters for a query: a copy of `in` plus me (id or null), org (id), now and lang. */
struct val *params(struct req *);
/* The organisation's base address is https: its cookies are __Host- ones and no others count. */
bool org_is_secure(const struct val *org);
/* HttpOnly, SameSite=Lax, Path=/, Secure where the base address is https. `seconds` 0: until the
 * browser closes; negative: remove it. */
void set_cookie(struct req *, const char *name, struct str value, int64_t seconds);
/* A msgid shown once on the page that follows (the dispatcher carries it in a signed cookie). */
void flash(struct req *, const char *message);

/* The answer is in this language, whatever the browser asks for: for pages behind a link, which know
 * whom they were sent to. One that the program does not speak becomes the organisation's first. */
void speak(struct req *, struct str lang);
/* `languages`, for such a page: the languages of the interface with the address of the page at `path`
 * (behind the prefix) in each: { tag, name, current, path }. */
void speak_choices(struct req *, struct str path);

/* The text in the reader's language. N_() (base/str.h) only marks it for the catalogue. */
const char *tr(const struct req *, const char *msgid);
const char *trn(const struct req *, const char *one, const char *many, int64_t n);
