#pragma once
/*
 * Authority in an address: a random token with a purpose, a subject, an end and a number of uses,
 * stored hashed. Following one changes nothing: link_peek() reads on GET, link_use() spends on
 * POST. A link made with `browser` can be finished only where that cookie is.
 */
#include "base/str.h"

struct arena;
struct db;
struct val;

struct link_new {
	const char *purpose;         /* "signin", "invitation" */
	int64_t org, owner, subject; /* 0: none */
	struct str address;          /* where it is sent, or empty */
	struct str browser;          /* the asking browser's cookie, or empty: any browser */
	int64_t now, ends_at;
	int uses;  /* 0: one */
	bool code; /* the token is short, to be typed: core/secret.h's code of 15 letters, some 70
		      bits; secret_code_typed() makes of what was typed the token */
};
struct str link_make(struct db *, struct arena *, const struct link_new *); /* the token */
/* { id, org, owner, subject, address, needs_browser } or the null value: unknown, of another
 * purpose, ended, spent or revoked. Does not ask for the browser, so that a page can say what is
 * missing. */
struct val *link_peek(struct db *, struct arena *, const char *purpose, struct str token,
		      int64_t now);
/* The same, and spends one use; null also if the browser is not the one that asked. */
struct val *link_use(struct db *, struct arena *, const char *purpose, struct str token,
		     struct str browser, int64_t now);
struct val *links_of(struct db *, struct arena *, int64_t owner, int64_t now);
bool link_revoke(struct db *, struct arena *, int64_t owner, int64_t link, int64_t now);
/* Every open one of a purpose and subject, or of a purpose and address: a new one replaces them. */
void link_revoke_of(struct db *, struct arena *, const char *purpose, int64_t subject, int64_t now);
void link_revoke_to(struct db *, struct arena *, const char *purpose, struct str address,
		    int64_t now);
int64_t links_sweep(struct db *, struct arena *, int64_t now); /* ended a month ago: a job */
