#pragma once
/*
 * Mail by SMTP. mail_message() is pure: the bytes of one message (RFC 5322, MIME
 * multipart/alternative, with a file inside multipart/mixed, RFC 2047 header words, RFC 8058 one-click
 * unsubscription); a line break in a header value cannot get into it. A mailer keeps its connection for the letters of one turn.
 */
#include "db/db.h"

bool mail_begin(void); /* once in a process, before anything else of this */

struct mail_server {
	const char *url; /* "smtp://host:587" or "smtps://host:465"; NULL: no mail is sent */
	const char *user, *password; /* NULL: no authentication */
	const char *ca;              /* file of certificates to trust; NULL: the system's */
	bool plain;                  /* do not insist on TLS: loopback and tests only */
	const char *host;            /* of Message-ID and HELO: the server's own name */
	const char *sender;          /* address of organisations that have none of their own */
	const char *bounce;          /* envelope sender; NULL: the letter's sender */
	int64_t timeout;             /* seconds for one letter; 0: 30 */
};

/* `letter` is a row of the table letter (schema/0002_core.sql) with a sender's address. */
struct str mail_message(struct arena *, const struct val *letter, const char *host, int64_t now);

enum mail_end {
	MAIL_SENT,
	MAIL_LATER,   /* the server is away or said 4xx */
	MAIL_REFUSED, /* 5xx: this letter will never be taken */
};
/* Only whether a host answers, within five seconds: NULL, or libcurl's words. */
const char *mail_unreachable(const char *url);
struct mailer;
struct mailer *mailer_open(struct arena *, const struct mail_server *); /* closed with the arena */
/* `answer` receives the server's words or libcurl's, cut short, in the arena. */
enum mail_end mailer_send(struct mailer *, const struct val *letter, int64_t now,
			  struct str *answer);

/* Pure (mail_rules.c) */
bool mail_address_ok(struct str); /* one @, no space, no line break, < 255 bytes */
struct str mail_header_words(struct arena *,
			     struct str);           /* RFC 2047, folded; ASCII stays as it is */
struct str mail_date(struct arena *, int64_t now);  /* RFC 5322, UTC */
struct str mail_quoted(struct arena *, struct str); /* quoted-printable, CRLF lines */
