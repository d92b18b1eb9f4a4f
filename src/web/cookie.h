#pragma once
/* Cookies (RFC 6265bis). Reading is forgiving, writing is strict. */
#include "base/val.h"

/* The Cookie header as an object name -> text. The first of a name wins; what is malformed or
 * beyond 50 is left out. A cookie named __Host-NAME (RFC 6265bis, 4.1.3.2) is NAME here and wins
 * over a plain one: no other host can have set it. With `hosts_own` the others are left out. */
struct val *cookies_parse(struct arena *, struct str header, bool hosts_own);
struct str cookie_value(const struct val *cookies, const char *name); /* empty if not sent */

enum cookie_flag {
	COOKIE_SECURE = 1,  /* only over TLS and only from this host: __Host-NAME */
	COOKIE_STRICT = 2,  /* SameSite=Strict, else Lax */
	COOKIE_SCRIPTS = 4, /* readable by scripts: not HttpOnly */
};
/* A Set-Cookie value with Path=/. `seconds` 0: until the browser closes; negative: remove it. The
 * name and the value must be cookie text (token; RFC 6265, 4.1.1): that is our own duty. */
struct str cookie_make(struct arena *, const char *name, struct str value, int64_t seconds,
		       unsigned flags);
