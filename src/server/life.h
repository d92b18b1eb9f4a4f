#pragma once
/*
 * Inside dispatch: what one request gathers on its way through the files dispatch.c (the order of
 * steps), who.c (organisation, language, person, rights), read.c (target, fields, other sites),
 * form_page.c (showing a form again), carry.c (a form that waits for a sign-in), once.c, model.c
 * (what every template sees) and answer.c (bytes and headers). A step that ends the request sets
 * `status` and returns false.
 */
#include "base/arena.h"
#include "core/right.h"
#include "core/secret.h"
#include "db/db.h"
#include "server/cache.h"
#include "server/dispatch.h"
#include "server/site.h"
#include "web/field.h"
#include "web/negotiate.h"
#include "web/route.h"

struct lane {
	const struct site *site;
	struct arena *own;    /* as long as the lane */
	struct arena *arena;  /* of one request */
	struct db *db;        /* NULL until a request needs it, and after it failed */
	bool may_wait;        /* there is a pool behind it */
	int64_t turn;         /* the transport's, counted; 0: it tells of none */
	struct cache *cache;  /* NULL: keeps no answers */
	unsigned char id[12]; /* of requests: the first half is the lane's, the second counts */
	/* The calendars of the zones it was asked for first: to open one takes longer than a query. */
	struct {
		const char *name;
		struct zone *zone;
	} zones[4];
	size_t zone_count;
};

struct life {
	struct lane *lane;
	const struct site *site;
	struct arena *a;
	const struct request *request;
	struct response *response;
	struct req req; /* what the handler sees; req.dispatch leads back here */
	bool get;       /* GET or HEAD */
	struct str raw_path,
		url; /* as sent; without the prefix and with the query, to come back to */
	enum media media;
	struct route_match match;
	const struct site_lang *lang;
	struct rights rights;
	const struct val *roles; /* of a demonstration's organisation, for its bar */
	struct val *acting;      /* {label, choose}: the role of this request, or null */
	bool wants_role;         /* the right is held, but in another role than the one chosen */
	bool wants_second;       /* the right is held, but only with the second factor */
	struct form sent;        /* the body of a POST, the query of a GET */
	struct str once_key;     /* of the form being sent, or empty */
	struct str once;         /* for the forms being shown */
	struct str carry;        /* for sign-in forms: the sealed form that waits */
	struct str flash_shown;  /* a msgid, of the page before */
	bool flash_asks;         /* it wants something done now */
	struct str location;     /* of a redirect that is not the handler's */
	struct str etag;
	int64_t version; /* of the page, when etag is set */
	int status;
};

/* who.c */
bool who_org(struct life *);
bool who_person(struct life *);
void who_lang_alone(struct life *);
struct str who_network(struct life *);
bool who_may(struct life *, const struct route *);
/* Nobody's office reaches their own child: false with `status`, where in.person is. */
bool who_over(struct life *);
/* The languages a page may be shown in: a list of tags. */
struct val *who_langs(struct life *);
#define LANGUAGE_COOKIE "waypost_language"

/* read.c */
bool read_target(struct life *);
bool read_route(struct life *);
bool read_form(struct life *);
bool read_same_site(struct life *);
/* Reads the declared fields of `route` into a new in and errors. */
enum fields_result read_fields(struct life *, const struct route *);

/* form_page.c: the page of the form that `post` takes, with what was sent in its fields. False if
 * there is no such page for this reader: then the status is the caller's to choose. */
bool form_page(struct life *, const struct route *post);
/* Runs the handler of a GET route in a transaction of its own, with req.in as it is. */
bool form_page_get(struct life *, const struct route *get);

/* carry.c */
void carry_to_sign_in(struct life *); /* 401 with the sign-in form, or a redirect to it */
void carry_to_role(struct life *);    /* the right is another role's: choose */
void carry_to_second(struct life *);  /* the right is there, its second factor is not: set it up */
bool carry_on(struct life *);         /* after a sign-in: the form that waited; false if none did */

/* once.c */
/* Both: false if this form was sent before; then `location` is where its answer led. */
bool once_begin(struct life *); /* before the handler */
bool once_end(struct life *);   /* before the commit of an answer that leads somewhere */

/* model.c */
struct val *model_make(struct life *);

/* answer.c */
void answer_page(struct life *, const char *view);
void answer_error(struct life *, int status);
void answer_redirect(struct life *, int status);
struct str answer_location(struct life *); /* where a redirect leads, prefix and all */
/* The token of the session that this answer begins; empty if it begins none. */
struct str answer_session(struct life *);
void answer_raw(struct life *); /* req.raw */
void answer_bytes(struct life *, int status, struct str type, struct str body);
void answer_header(struct life *, const char *name, struct str value);
bool answer_known(struct life *); /* 304, by the route's version */

/* kept.c: public answers given before, told by the request alone */
bool kept_answer(struct life *); /* after the lane has its database; false: none that stands */
void kept_put(struct life *);    /* the answer just made */
