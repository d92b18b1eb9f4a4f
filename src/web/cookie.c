#include "web/cookie.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#include <string.h>

#define HOSTS_OWN "__Host-"

enum { MOST_COOKIES = 50 };

/* RFC 6265, 4.1.1: cookie-octet; with `name` an RFC 9110 token. */
static bool is_cookie_text(struct str s, bool name)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c <= ' ' || c >= 0x7f || strchr("\",;\\", c) ||
		    (name && strchr("()<>@:/[]?={}", c)))
			return false;
	}
	return !name || s.n > 0;
}

struct val *cookies_parse(struct arena *a, struct str header, bool hosts_own)
{
	struct val *plain = val_object(a), *own = val_object(a);
	struct str pair, name;
	while (val_count(plain) + val_count(own) < MOST_COOKIES && str_cut(&header, ';', &pair)) {
		struct str value = pair;
		if (str_find_char(pair, '=') < 1)
			continue;
		str_cut(&value, '=', &name);
		name = str_trim(name);
		value = str_trim(value);
		if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
			value = str_sub(value, 1, value.n - 1);
		if (!is_cookie_text(name, true) || !is_cookie_text(value, false))
			continue;
		bool is_own = str_starts(name, S(HOSTS_OWN));
		const char *key = str_c(a, is_own ? str_from(name, strlen(HOSTS_OWN)) : name);
		struct val *cookies = is_own ? own : plain;
		if (*key && !val_has(cookies, key))
			val_set_str(cookies, key, value);
	}
	if (hosts_own)
		return own;
	val_merge(plain, own);
	return plain;
}

struct str cookie_value(const struct val *cookies, const char *name)
{
	return val_s(cookies, name);
}

struct str cookie_make(struct arena *a, const char *name, struct str value, int64_t seconds,
		       unsigned flags)
{
	MUST(is_cookie_text(str_of(name), true) && is_cookie_text(value, false));
	struct buf b = {.arena = a};
	buf_fmt(&b, "%s%s=" STR_FMT "; Path=/", flags & COOKIE_SECURE ? HOSTS_OWN : "", name,
		STR_ARG(value));
	if (seconds > 0)
		buf_fmt(&b, "; Max-Age=%lld", (long long)seconds);
	else if (seconds < 0)
		buf_lit(&b, "; Max-Age=0");
	if (!(flags & COOKIE_SCRIPTS))
		buf_lit(&b, "; HttpOnly");
	if (flags & COOKIE_SECURE)
		buf_lit(&b, "; Secure");
	buf_add(&b, flags & COOKIE_STRICT ? S("; SameSite=Strict") : S("; SameSite=Lax"));
	return buf_str(&b);
}
