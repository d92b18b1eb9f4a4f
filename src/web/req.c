#include "web/req.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/instant.h"
#include "web/cookie.h"
#include "web/i18n.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static struct val *headers(struct req *r)
{
	if (!r->headers_out)
		r->headers_out = val_object(r->arena);
	return r->headers_out;
}

void invalid(struct req *r, const char *field, const char *message)
{
	if (!r->errors)
		r->errors = val_object(r->arena);
	if (!val_has(r->errors, field))
		val_set_str(r->errors, field, str_of(tr(r, message)));
}

/* A header's value: what has no place in an address is encoded, line ends above all. */
static struct str as_header(struct arena *a, struct str address)
{
	struct buf b = {.arena = a};
	for (size_t i = 0; i < address.n; i++) {
		unsigned char c = (unsigned char)address.p[i];
		if (c <= ' ' || c >= 0x7f || strchr("\"<>\\^`{|}", c))
			buf_fmt(&b, "%%%02X", c);
		else
			buf_char(&b, (char)c);
	}
	return buf_str(&b);
}

int see_other(struct req *r, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char text[4000];
	int n = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	struct str path = {text, n < 0 || (size_t)n >= sizeof text ? 0 : (size_t)n};
	/* Another site is only ever named by the program's own text, never by a value. */
	bool elsewhere = str_starts(str_of(format), S("https://")) ||
			 str_starts(str_of(format), S("http://"));
	bool here = str_starts(path, S("/")) && !str_starts(path, S("//")) &&
		    !str_starts(path, S("/\\"));
	if (!elsewhere && !here)
		path = S("/");
	struct buf to = {.arena = r->arena};
	if (!elsewhere)
		buf_add(&to, r->prefix);
	buf_add(&to, as_header(r->arena, path));
	val_set_str(headers(r), "Location", buf_str(&to));
	return SEE_OTHER;
}

bool has_right(const struct req *r, int right)
{
	return right > 0 && right < 64 && (r->right_bits >> right & 1);
}

struct val *params(struct req *r)
{
	struct val *p = val_object(r->arena);
	val_merge(p, r->in);
	val_set(p, "me", val_get(r->me, "id"));
	val_set(p, "org", val_get(r->org, "id"));
	val_set_int(p, "now", r->now);
	val_set_str(p, "lang", r->lang);
	return p;
}

bool org_is_secure(const struct val *org)
{
	return str_starts(val_s(org, "base"), S("https:"));
}

void set_cookie(struct req *r, const char *name, struct str value, int64_t seconds)
{
	bool secure = org_is_secure(r->org);
	struct val *list = val_get(headers(r), "Set-Cookie");
	if (val_is_null(list))
		list = val_set_list(headers(r), "Set-Cookie");
	struct str cookie = cookie_make(r->arena, name, value, seconds, secure ? COOKIE_SECURE : 0);
	val_push(list, val_text(r->arena, cookie));
}

void flash(struct req *r, const char *message)
{
	r->flashed = message;
}

const char *tr(const struct req *r, const char *msgid)
{
	return catalogue_text(r->words, msgid);
}

const char *trn(const struct req *r, const char *one, const char *many, int64_t n)
{
	return catalogue_plural(r->words, one, many, n);
}

struct zone *req_zone(struct req *r)
{
	struct str name = val_s(r->org, "zone");
	if (!r->zone && name.n)
		r->zone = zone_open(r->arena, name);
	return r->zone;
}

struct str req_today(struct req *r)
{
	struct zone *zone = req_zone(r);
	return day_text(r->arena, zone ? instant_wall(r->now, zone).day : r->now / 86400);
}

int64_t req_midnight(struct req *r, struct str day)
{
	struct wall wall = {0};
	return day_read(day, &wall.day) ? wall_instant(wall, req_zone(r), NULL) : 0;
}
